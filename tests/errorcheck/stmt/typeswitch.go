package main

import "fmt"

type reader interface{ Read() }
type file struct{}

func (*file) Read() {}

type other struct{}

func (other) Read(n int) {}

func main() {
	var e any
	var r reader
	var i int
	switch e.(type) {
	case int, string, int: // ERROR `duplicate case int in type switch`
	case nil, nil: // ERROR `duplicate case nil in type switch`
	case error, fmt.Stringer, error: // ERROR `duplicate case error in type switch`
	case 5: // ERROR `5 is not a type`
	case "a": // ERROR `"a" is not a type`
	case i: // ERROR `i \(local variable\) is not a type`
	case undefined: // ERROR `undefined: undefined`
	case []int, []string, []int: // ERROR `duplicate case \[\]int in type switch`
	case func(), func(int):
	case struct{ a int }, struct{ a int }: // ERROR `duplicate case struct\{a int\} in type switch`
	case *int, **int, *int: // ERROR `duplicate case \*int in type switch`
	case any, interface{}: // ERROR `duplicate case interface\{\} in type switch`
	case byte, uint8: // ERROR `duplicate case uint8 in type switch`
	case rune, int32: // ERROR `duplicate case int32 in type switch`
	}
	switch r.(type) {
	case *file:
	case file: // ERROR `impossible type switch case: file`
	case other: // ERROR `impossible type switch case: other`
	case int: // ERROR `impossible type switch case: int`
	case error:
	case nil:
	case reader:
	}
	switch i.(type) { // ERROR `i \(variable of type int\) is not an interface`
	}
	switch x := i.(type) { // ERROR `i \(variable of type int\) is not an interface`
	case int:
		_ = x
	}
	switch main.(type) { // ERROR `main \(value of type func\(\)\) is not an interface`
	}
	switch e.(type) {
	default:
	case int:
	default: // ERROR `multiple defaults \(first at .*\.go:52:2\)`
	}
	switch x := e.(type) {
	case int:
		x.foo() // ERROR `x\.foo undefined \(type int has no field or method foo\)`
		x = "a" // ERROR `cannot use "a" \(untyped string constant\) as int value in assignment`
	case string, bool:
		x.foo() // ERROR `x\.foo undefined \(type any has no field or method foo\)`
	case reader:
		x.Read(1) // ERROR `too many arguments in call to x\.Read`
		x.Write() // ERROR `x\.Write undefined \(type reader has no field or method Write\)`
	}
	switch x := e; y := x.(type) { // ERROR `y declared and not used`
	}
	switch e.(type) {
	case int:
		fallthrough // ERROR `cannot fallthrough in type switch`
	case string:
		break
		continue // ERROR `continue is not in a loop`
	}
	_ = e.(int) + "a" // ERROR `invalid operation: e\.\(int\) \+ "a" \(mismatched types int and untyped string\)`
	_ = i.(int) // ERROR `invalid operation: i \(variable of type int\) is not an interface`
	_ = r.(file) // ERROR `impossible type assertion: r\.\(file\)`
	_ = r.(*file)
	_ = r.(int) // ERROR `impossible type assertion: r\.\(int\)`
	_ = r.(error)
	_ = e.(undefined) // ERROR `undefined: undefined`
	_, ok := e.(string)
	var s string // ERROR `declared and not used: s`
	s, ok = e.(string)
	s, ok = e.(int) // ERROR `cannot use e\.\(int\) \(comma, ok expression of type int\) as string value in multiple assignment`
	s, i = e.(string) // ERROR `cannot use ok value of \(comma, ok\) expression \(untyped bool value\) as int value in multiple assignment`
	_ = ok
	_ = e.(type) // ERROR `invalid syntax tree: use of \.\(type\) outside type switch`
}

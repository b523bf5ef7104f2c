package main

type t struct{ f func() }

func f() int { return 1 }

func main() {
	i, s, b := 1, "a", true
	var e any
	switch i {
	case 1, 2, 1: // ERROR `duplicate case 1 \(constant of type int\) in expression switch`
	case 2: // ERROR `duplicate case 2 \(constant of type int\) in expression switch`
	case 1.0: // ERROR `duplicate case 1\.0 \(constant 1 of type int\) in expression switch`
	case 'a', 97: // ERROR `duplicate case 97 \(constant of type int\) in expression switch`
	case "a": // ERROR `cannot convert "a" \(untyped string constant\) to type int`
	case 1.5: // ERROR `1\.5 \(untyped float constant\) truncated to int`
	case nil: // ERROR `cannot convert nil to type int`
	case s: // ERROR `invalid case s in switch on i \(mismatched types string and int\)`
	case f(), f():
	case int8(1): // ERROR `invalid case int8\(1\) in switch on i \(mismatched types int8 and int\)`
	}
	switch s {
	case "a", "b", "a": // ERROR `duplicate case "a" \(constant of type string\) in expression switch`
	case 'a': // ERROR `cannot convert 'a' \(untyped rune constant 97\) to type string`
	case "x" + "y", "xy": // ERROR `duplicate case "xy" \(constant of type string\) in expression switch`
	}
	switch {
	case true, true:
	case b:
	case i: // ERROR `invalid case i in switch on true \(mismatched types int and bool\)`
	case 1: // ERROR `cannot convert 1 \(untyped int constant\) to type bool`
	case i == 1, i == 1:
	case "a": // ERROR `cannot convert "a" \(untyped string constant\) to type bool`
	}
	switch e {
	case 1, 1.0, "a", 1, "a", nil, nil: // ERROR `duplicate case 1 \(constant of type int\) in expression switch` `duplicate case "a" \(constant of type string\) in expression switch`
	case []int{}: // ERROR `invalid case \[\]int\{\} in switch on e \(slice can only be compared to nil\)`
	case main: // ERROR `invalid case main in switch on e \(func can only be compared to nil\)`
	case int8(1), int8(1): // ERROR `duplicate case int8\(1\) \(constant 1 of type int8\) in expression switch`
	}
	switch b {
	case true, false, true:
	case 1: // ERROR `cannot convert 1 \(untyped int constant\) to type bool`
	}
	switch i {
	default:
	case 1:
	default: // ERROR `multiple defaults \(first at .*\.go:46:2\)`
	default: // ERROR `multiple defaults \(first at .*\.go:46:2\)`
	}
	switch main {
	case nil:
	case main: // ERROR `invalid case main in switch on main \(func can only be compared to nil\)`
	}
	switch (t{}) { // ERROR `cannot switch on \(t\{\}\) \(value of struct type t\) \(t is not comparable\)`
	case t{}:
	}
	switch []int{} {
	case nil:
	}
	switch 1.5 {
	case 1.5, 3.0 / 2: // ERROR `duplicate case 3\.0 / 2 \(constant 1\.5 of type float64\) in expression switch`
	case 1:
	}
	switch 1 << 40 {
	case 1:
	}
	switch f {
	}
	switch t { // ERROR `t \(type\) is not an expression`
	}
	switch len { // ERROR `len \(built-in\) must be called`
	}
	switch x := 1; x {
	}
	switch x := 1; {
	case x: // ERROR `invalid case x in switch on true \(mismatched types int and bool\)`
	}
	switch undefined { // ERROR `undefined: undefined`
	case 1, "a":
	}
	switch f() {
	case undefined: // ERROR `undefined: undefined`
	case 1:
		y := 1 // ERROR `declared and not used: y`
	case 2:
		_ = y // ERROR `undefined: y`
	}
}

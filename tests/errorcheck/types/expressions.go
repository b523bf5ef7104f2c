package main

import "fmt"

var a undefined // ERROR `undefined: undefined`
var b fmt.Undefined // ERROR `undefined: fmt\.Undefined`
var c fmt // ERROR `fmt \(package name\) is not a type`
var d main // ERROR `main \(function\) is not a type`
var f []undefined // ERROR `undefined: undefined`
var g [5]undefined // ERROR `undefined: undefined`
var h [-1]int // ERROR `invalid array length -1 \(untyped int constant\)`
var i ["a"]int // ERROR `array length "a" \(untyped string constant\) must be integer`
var j [1.5]int // ERROR `array length 1\.5 \(untyped float constant\) must be integer`
var k [f]int // ERROR `invalid array length f`
var l map[[]int]int // ERROR `invalid map key type \[\]int`
var m map[func()]int // ERROR `invalid map key type func\(\)`
var n map[undefined]int // ERROR `undefined: undefined`
var o chan undefined // ERROR `undefined: undefined`
var p func(undefined) undefined // ERROR `undefined: undefined`
var q *undefined // ERROR `undefined: undefined`
var r struct{ a undefined } // ERROR `undefined: undefined`
var s interface{ m(undefined) } // ERROR `undefined: undefined`
var t len // ERROR `len \(built-in function\) is not a type`
var u nil // ERROR `nil \(untyped nil\) is not a type`
var v true // ERROR `true \(constant\) is not a type`
var w fmt.Println // ERROR `fmt\.Println \(value of type func\(a \.\.\.any\) \(n int, err error\)\) is not a type`
var x int.foo // ERROR `int\.foo is not a type`
var y (undefined) // ERROR `undefined: undefined`
var z x.y
var aa [...]int // ERROR `invalid use of \[\.\.\.\] array \(outside a composite literal\)`
var bb list[int]
var cc list // ERROR `cannot use generic type list\[T any\] without instantiation`
var dd list[int, int] // ERROR `too many type arguments for type list: have 2, want 1`
var ee list[undefined] // ERROR `undefined: undefined`
var ff int[string] // ERROR `invalid operation: int\[string\] \(int is not a generic type\)`
var gg func() (int, undefined) // ERROR `undefined: undefined`
var hh [1 << 62]int

type list[T any] []T

func main() {
	_ = []main{} // ERROR `main \(function\) is not a type`
	_ = make([]fmt, 1) // ERROR `fmt \(package name\) is not a type`
	var x a // ERROR `a \(package-level variable\) is not a type`
	var y int = x // ERROR `declared and not used: y`
	_ = new(a)
	_ = any(1).(a) // ERROR `a \(package-level variable\) is not a type`
	_ = map[string]a{} // ERROR `a \(package-level variable\) is not a type`
	func(x a) {}(1) // ERROR `a \(package-level variable\) is not a type`
}

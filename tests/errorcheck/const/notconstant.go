package main

import "strings"

var v = 1

func f() int { return 1 }

type t struct{ a int }

const (
	a = v // ERROR `v \(variable of type int\) is not constant`
	b = f() // ERROR `f\(\) \(value of type int\) is not constant`
	c = "a" + strings.ToUpper("b") // ERROR `"a" \+ strings\.ToUpper\("b"\) \(value of type string\) is not constant`
	d = []int{1} // ERROR `\[\]int\{…\} \(value of type \[\]int\) is not constant`
	e = t{} // ERROR `t\{\} \(value of struct type t\) is not constant`
	g = &v // ERROR `&v \(value of type \*int\) is not constant`
	h = nil // ERROR `nil is not constant`
	i = len([]int{1}) // ERROR `len\(\[\]int\{…\}\) \(value of type int\) is not constant`
	j = len([3]int{})
	k = len("abc")
	l = cap([2]int{f(), 1}) // ERROR `cap\(\[2\]int\{…\}\) \(value of type int\) is not constant`
	m = len([1]int{f()}) // ERROR `len\(\[1\]int\{…\}\) \(value of type int\) is not constant`
	n = func() {} // ERROR `func\(\) \{\} \(value of type func\(\)\) is not constant`
	o = "abc"[1] // ERROR `"abc"\[1\] \(value of type byte\) is not constant`
	p = "abc"[1:] // ERROR `"abc"\[1:\] \(value of type string\) is not constant`
	q = any(1) // ERROR `any\(1\) \(value of interface type any\) is not constant`
	r = f // ERROR `f \(value of type func\(\) int\) is not constant`
	s = int // ERROR `int \(type\) is not an expression`
	u = v == 1 // ERROR `v == 1 \(untyped bool value\) is not constant`
	w = new(int) // ERROR `new\(int\) \(value of type \*int\) is not constant`
	x = complex(1, 2)
	y = real(1i)
	z = min(1, 2)
)

const aa int // ERROR `missing init expr for aa`
const bb, cc = 1 // ERROR `missing init expr for cc`
const dd = 1, 2 // ERROR `extra init expr 2`
const ee string = 1 // ERROR `cannot use 1 \(untyped int constant\) as string value in constant declaration`
const ff []int = nil // ERROR `invalid constant type \[\]int`
const gg t = 1 // ERROR `invalid constant type t`
const hh error = nil // ERROR `invalid constant type error`

func main() {
	const x = v // ERROR `v \(variable of type int\) is not constant`
	const y = x
	const z []int = []int{1} // ERROR `invalid constant type \[\]int`
	var arr [v]int // ERROR `invalid array length v`
	var arr2 [f()]int // ERROR `array length f\(\) \(value of type int\) must be constant`
	var arr3 [len("abc")]int
	_, _, _ = arr, arr2, arr3
}

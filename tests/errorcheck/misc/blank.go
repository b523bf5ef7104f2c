package main

import _ "strings"

type _ struct{ a undefined } // ERROR `undefined: undefined`
type _ int
type t struct{ _ int }

const _ = 1 << 600 // ERROR `constant shift overflow`
const _ int8 = 300 // ERROR `cannot use 300 \(untyped int constant\) as int8 value in constant declaration \(overflows\)`

var _ = undefined // ERROR `undefined: undefined`
var _ int = "a" // ERROR `cannot use "a" \(untyped string constant\) as int value in variable declaration`
var _, _ = 1, "a"
var _ = func() int { return "a" } // ERROR `cannot use "a" \(untyped string constant\) as int value in return statement`

func _() { undefined() } // ERROR `undefined: undefined`
func _(x int) int {} // ERROR `missing return`
func f(_ int, _ string) (_ error) { return 1 } // ERROR `cannot use 1 \(constant of type int\) as error value in return statement: int does not implement error \(missing method Error\)`

func main() {
	_ = 1
	_ = undefined // ERROR `undefined: undefined`
	_ := 1 // ERROR `no new variables on left side of :=`
	_, _ = 1 // ERROR `assignment mismatch: 2 variables but 1 value`
	_, x := 1, _ // ERROR `declared and not used: x` `cannot use _ as value or type`
	_++ // ERROR `cannot use _ as value or type`
	_ += 1 // ERROR `cannot use _ as value or type`
	_() // ERROR `cannot use _ as value or type`
	_.x() // ERROR `cannot use _ as value or type`
	f(_, "a") // ERROR `cannot use _ as value or type`
	f(1, 2) // ERROR `cannot use 2 \(untyped int constant\) as string value in argument to f`
	var y = _ // ERROR `declared and not used: y` `cannot use _ as value or type`
	for _ = range 3 {
	}
	for _, _ = range []int{} {
	}
	t{}._ = 1 // ERROR `t\{\}\._ undefined \(type t has no field or method _\)`
	_ = t{_: 1} // ERROR `unknown field _ in struct literal of type t`
	if _ { // ERROR `cannot use _ as value or type`
	}
	switch _ { // ERROR `cannot use _ as value or type`
	}
	_: for {
	}
	_ = []int{_} // ERROR `cannot use _ as value or type`
	_ = _ // ERROR `cannot use _ as value or type`
	return _ // ERROR `cannot use _ as value or type`
}

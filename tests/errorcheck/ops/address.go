package main

const c = 1

type t struct{ f int }

func (t) m() {}

func get() t    { return t{} }
func ptr() *t   { return nil }
func arr() [2]int { return [2]int{} }

func main() {
	i := 1
	m := map[string]t{}
	s := []int{1}
	_ = &i
	_ = &1 // ERROR `invalid operation: cannot take address of 1 \(untyped int constant\)`
	_ = &c // ERROR `invalid operation: cannot take address of c \(untyped int constant 1\)`
	_ = &"a" // ERROR `invalid operation: cannot take address of "a" \(untyped string constant\)`
	_ = &get() // ERROR `invalid operation: cannot take address of get\(\) \(value of struct type t\)`
	_ = &get().f // ERROR `invalid operation: cannot take address of get\(\)\.f \(value of type int\)`
	_ = &ptr().f
	_ = &m["a"] // ERROR `invalid operation: cannot take address of m\["a"\] \(map index expression of struct type t\)`
	_ = &m["a"].f // ERROR `invalid operation: cannot take address of m\["a"\]\.f \(value of type int\)`
	_ = &s[0]
	_ = &arr()[0] // ERROR `invalid operation: cannot take address of arr\(\)\[0\] \(value of type int\)`
	_ = &t{}
	_ = &(t{})
	_ = &t{}.f // ERROR `invalid operation: cannot take address of t\{\}\.f \(value of type int\)`
	_ = &get // ERROR `invalid operation: cannot take address of get \(value of type func\(\) t\)`
	_ = &i + 1 // ERROR `invalid operation: &i \+ 1 \(mismatched types \*int and untyped int\)`
	_ = &(i + 1) // ERROR `invalid operation: cannot take address of i \+ 1 \(value of type int\)`
	_ = &t.m // ERROR `invalid operation: cannot take address of t\.m \(value of type func\(t\)\)`
	_ = &len // ERROR `len \(built-in\) must be called`
	_ = &int // ERROR `int \(type\) is not an expression`
	_ = &nil // ERROR `invalid operation: cannot take address of nil`
	_ = *i // ERROR `invalid operation: cannot indirect i \(variable of type int\)`
	_ = *"a" // ERROR `invalid operation: cannot indirect "a" \(untyped string constant\)`
	_ = *main // ERROR `invalid operation: cannot indirect main \(value of type func\(\)\)`
	_ = *&i
	_ = **&i // ERROR `invalid operation: cannot indirect \*&i \(variable of type int\)`
	var e any
	_ = *e // ERROR `invalid operation: cannot indirect e \(variable of interface type any\)`
	_ = arr()[:] // ERROR `cannot slice unaddressable value arr\(\) \(value of type \[2\]int\)`
	_ = get().m
}

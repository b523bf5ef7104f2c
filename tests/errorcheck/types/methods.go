package main

import "strings"

type t struct{ a int }
type p *t
type i interface{ m() }
type pi *i

func (t) a()             {} // ERROR `field and method with the same name a`
func (t) m()             {}
func (t) m()             {} // ERROR `method t\.m already declared at .*\.go:11:10`
func (*t) m()            {} // ERROR `method t\.m already declared at .*\.go:11:10`
func (x t) n(x int)      {} // ERROR `x redeclared in this block`
func (p) m()             {} // ERROR `invalid receiver type p \(pointer or interface type\)`
func (i) m2()            {} // ERROR `invalid receiver type i \(pointer or interface type\)`
func (pi) m3()           {} // ERROR `invalid receiver type pi \(pointer or interface type\)`
func (int) m()           {} // ERROR `cannot define new methods on non-local type int`
func (*int) m()          {} // ERROR `cannot define new methods on non-local type int`
func (strings.Builder) m() {} // ERROR `cannot define new methods on non-local type strings\.Builder`
func ([]int) m()         {} // ERROR `invalid receiver type \[\]int`
func (**t) m()           {} // ERROR `invalid receiver type \*\*t`
func (undefined) m()     {} // ERROR `undefined: undefined`
func (struct{}) m()      {} // ERROR `invalid receiver type struct\{\}`
func (t) o() int         { return "a" } // ERROR `cannot use "a" \(untyped string constant\) as int value in return statement`
func (x t) q() { x.undefined() } // ERROR `x\.undefined undefined \(type t has no field or method undefined\)`
func (x *t) r() { x = t{}; x.a = 1 } // ERROR `cannot use t\{\} \(value of struct type t\) as \*t value in assignment` `cannot assign to x\.a \(neither addressable nor a map index expression\)`
func (_ t) s() { _.m() } // ERROR `cannot use _ as value or type`
func (t t) t(t t) t { return t } // ERROR `t redeclared in this block`
func (t) String() int { return 1 }
func (t) init()       {}
func (t) main()       {}
func (t) _()          {}
func (t) _()          {}

func main() {
	t.m() // ERROR `not enough arguments in call to t\.m`
	t{}.m(1) // ERROR `too many arguments in call to t\{\}\.m`
	(&t{}).q()
	var f func(t) = t.m
	var g func(t, int) = t.m // ERROR `cannot use t\.m \(value of type func\(t\)\) as func\(t, int\) value in variable declaration`
	var h func() = t{}.m
	_, _, _ = f, g, h
}

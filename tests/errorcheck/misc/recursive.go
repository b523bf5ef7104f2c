package main

type a struct{ a a } // ERROR `invalid recursive type: a refers to itself`
type b struct{ c [2]c } // ERROR `invalid recursive type b`
type c struct{ b b }
type d []d
type e map[string]e
type f func(f) f
type g *g
type h h // ERROR `invalid recursive type: h refers to itself`
type i interface{ i } // ERROR `invalid recursive type: i refers to itself`
type j interface{ m() j }
type k [len(k{})]int // ERROR `invalid recursive type: k refers to itself`
type l struct{ p *l }
type m = m // ERROR `invalid recursive type: m refers to itself`
type n = []n // ERROR `invalid recursive type: n refers to itself`
type o = *o // ERROR `invalid recursive type: o refers to itself`

const p = q // ERROR `initialization cycle for p`
const q = p

var r = s // ERROR `initialization cycle for r`
var s = func() int { return r } // ERROR `cannot use r \(variable of type func\(\) int\) as int value in return statement`

func t() int { return u }

var u = t() // ERROR `initialization cycle for u`

func main() {
	var x a
	var y b
	_ = x.a.a.a
	_ = y.c[0].b
	_ = k{}
	type local struct{ l local } // ERROR `invalid recursive type: local refers to itself`
	type local2 struct{ l *local2 }
	var z = z // ERROR `declared and not used: z` `undefined: z`
}

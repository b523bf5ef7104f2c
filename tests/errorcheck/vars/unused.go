package main

import "errors"

func f() (int, error) { return 0, errors.New("") }

func params(a, b int) (r int) { return }

type t struct{}

func (t t) m() {}

func main() {
	a := 1 // ERROR `declared and not used: a`
	var b int // ERROR `declared and not used: b`
	var c, d = 1, 2 // ERROR `declared and not used: d`
	_ = c
	e := 5 // ERROR `declared and not used: e`
	e = 6
	x, err := f() // ERROR `declared and not used: err`
	_ = x
	var g func() // ERROR `declared and not used: g`
	g = func() {
		h := 1 // ERROR `declared and not used: h`
		i := 2
		_ = i
	}
	if j := 1; true { // ERROR `declared and not used: j`
	}
	for k := 0; ; { // ERROR `declared and not used: k`
	}
	for l, m := range []int{} { // ERROR `declared and not used: m`
		_ = l
	}
	switch n := 1; { // ERROR `declared and not used: n`
	}
	var o struct{ f int }
	o.f = 1
	var p []int
	p[0] = 1
	var q *int
	*q = 1
	{
		const unusedConst = 1
		type unusedType int
		r := 1 // ERROR `declared and not used: r`
	}
	s := 1 // ERROR `declared and not used: s`
	func() { s = 2 }()
	u := 1
	u++
	v := 1
	v += 1
	w := func() { w2 := 1 } // ERROR `declared and not used: w` `declared and not used: w2`
}

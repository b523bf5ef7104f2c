package main

import "os" // ERROR `"os" imported and not used`

func f(a int) (b int) {
	a := 1 // ERROR `no new variables on left side of :=`
	b := 2 // ERROR `no new variables on left side of :=`
	var a int // ERROR `a redeclared in this block`
	{
		a := 3
		_ = a
	}
	return
}

func main() {
	x = 1 // ERROR `undefined: x`
	x := x // ERROR `undefined: x`
	if y := 1; y > 0 {
		y := y // ERROR `declared and not used: y`
	}
	_ = y // ERROR `undefined: y`
	for i := 0; i < 1; i++ {
	}
	_ = i // ERROR `undefined: i`
	switch z := 1; z {
	case 1:
		w := 1
		_ = w
	case 2:
		_ = w // ERROR `undefined: w`
	}
	_ = z // ERROR `undefined: z`
	var v = v // ERROR `declared and not used: v` `undefined: v`
	const c = c // ERROR `undefined: c`
	type T T // ERROR `invalid recursive type: T refers to itself`
	var T2 T2 // ERROR `declared and not used: T2` `undefined: T2`
	len := 5
	_ = len("a") // ERROR `invalid operation: cannot call len \(variable of type int\): int is not a function`
	int := 1
	var q int = 1 // ERROR `int \(local variable\) is not a type`
	true := false
	if true {
	}
	nil := 1
	var p *string = nil // ERROR `cannot use nil \(variable of type int\) as \*string value in variable declaration`
	os := 1
	os.Exit(1) // ERROR `os\.Exit undefined \(type int has no field or method Exit\)`
	_ = func() { fwd() } // ERROR `undefined: fwd`
	fwd := func() {}
	{
		inner := 1
		_ = inner
	}
	inner = 2 // ERROR `undefined: inner`
	var a, b = b, a // ERROR `declared and not used: b` `undefined: b` `undefined: a`
	d, e := e, 1 // ERROR `declared and not used: e` `undefined: e`
	_, _, _, _, _, _ = x, q, p, fwd, d, a
	string := "a"
	var s string // ERROR `declared and not used: s` `string \(local variable\) is not a type`
}

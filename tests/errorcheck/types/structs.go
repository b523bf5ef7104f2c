package main

type a struct {
	x int
	x string // ERROR `x redeclared`
	y, y int // ERROR `y redeclared`
	_ int
	_ string
}
type b struct {
	int
	*int // ERROR `int redeclared`
	string
	a
	*a // ERROR `a redeclared`
}
type c struct {
	*undefined // ERROR `undefined: undefined`
}
type d struct{ *e } // ERROR `embedded field type cannot be a pointer to an interface`
type e interface{ m() }
type g struct {
	e
	m int
}
type h struct {
	x func(
		int,
	) undefined // ERROR `undefined: undefined`
	y [n]int // ERROR `undefined array length n or missing type constraint`
	z map[[]int]string // ERROR `invalid map key type \[\]int`
	w chan<- undefined // ERROR `undefined: undefined`
}
type pa *a
type i struct{ pa } // ERROR `embedded field type cannot be a pointer`
type j struct {
	k struct {
		l struct{ m int }
	}
}

func main() {
	var v j
	v.k.l.m = "a" // ERROR `cannot use "a" \(untyped string constant\) as int value in assignment`
	v.k.l.n = 1 // ERROR `v\.k\.l\.n undefined \(type struct\{m int\} has no field or method n\)`
	v.k.m = 1 // ERROR `v\.k\.m undefined \(type struct\{l struct\{m int\}\} has no field or method m\)`
	_ = v.k.l == struct{ m int }{}
	_ = v.k.l == struct{ n int }{} // ERROR `invalid operation: v\.k\.l == struct\{n int\}\{\} \(mismatched types struct\{m int\} and struct\{n int\}\)`
	_ = a{}.x
	_ = b{}.int + "a" // ERROR `invalid operation: b\{\}\.int \+ "a" \(mismatched types int and untyped string\)`
	_ = g{}.m() // ERROR `invalid operation: cannot call g\{\}\.m \(value of type int\): int is not a function`
	_ = i{}.pa
}

package main

type a interface {
	m()
	m() // ERROR `duplicate method m`
	n(int) string
	_() // ERROR `methods must have a unique non-blank name`
}
type b interface {
	a // ERROR `duplicate method m`
	m() int
}
type c interface {
	int
	m()
}
type d interface{ int | string }
type e interface{ ~int | error } // ERROR `cannot use error in union \(error contains methods\)`
type f interface{ comparable }
type g interface {
	undefined // ERROR `undefined: undefined`
	*a
	[]int
}
type h interface{ ~myint } // ERROR `invalid use of ~ \(underlying type of myint is int\)`
type myint int
type i interface{ int | ~int } // ERROR `overlapping terms ~int and int`
type j interface{ a | b } // ERROR `cannot use main\.a in union \(main\.a contains methods\)` `cannot use main\.b in union \(main\.b contains methods\)`

func use(d, f) {} // ERROR `cannot use type d outside a type constraint: interface contains type constraints` `cannot use type f outside a type constraint: interface is \(or embeds\) comparable`

var x d // ERROR `cannot use type d outside a type constraint: interface contains type constraints`
var y f // ERROR `cannot use type f outside a type constraint: interface is \(or embeds\) comparable`
var z []c // ERROR `cannot use type c outside a type constraint: interface contains type constraints`
var w map[string]d // ERROR `cannot use type d outside a type constraint: interface contains type constraints`
var v interface{ int } // ERROR `cannot use type interface\{int\} outside a type constraint: interface contains type constraints`
var u func(d) f // ERROR `cannot use type d outside a type constraint: interface contains type constraints` `cannot use type f outside a type constraint: interface is \(or embeds\) comparable`
var t struct{ d d } // ERROR `cannot use type d outside a type constraint: interface contains type constraints`

func gen[T d, U f, V int, W undefined, Y c | d]() {} // ERROR `undefined: undefined` `cannot use main\.c in union \(main\.c contains methods\)`

func main() {
	_ = a(nil)
	_ = d(nil) // ERROR `cannot use interface d in conversion \(contains specific type constraints or is comparable\)` `use of untyped nil in assignment to _ identifier`
	_ = any(1).(d) // ERROR `cannot use type d outside a type constraint: interface contains type constraints`
	switch any(1).(type) {
	case d: // ERROR `cannot use type d outside a type constraint: interface contains type constraints`
	case a:
	case myint:
	}
	type k interface{ k } // ERROR `invalid recursive type: k refers to itself`
	type l interface{ m(l) l }
	var q l = nil
	q.m(1) // ERROR `cannot use 1 \(constant of type int\) as l value in argument to q\.m: int does not implement l \(missing method m\)`
	q.m(q).m(q).n() // ERROR `q\.m\(q\)\.m\(q\)\.n undefined \(type l has no field or method n\)`
}

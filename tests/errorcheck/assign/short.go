package main

type t struct{ a int }

func f() (int, error) { return 0, nil }

func main() {
	a := 1 // ERROR `declared and not used: a`
	a := 2 // ERROR `no new variables on left side of :=`
	a, b := 1, 2
	a, b := 3, 4 // ERROR `no new variables on left side of :=`
	c, c := 1, 2 // ERROR `c repeated on left side of :=`
	_ := 5 // ERROR `no new variables on left side of :=`
	_, _ := f() // ERROR `no new variables on left side of :=`
	var v t
	v.a := 5 // ERROR `non-name v\.a on left side of :=`
	v.a, d := 1, 2 // ERROR `non-name v\.a on left side of :=`
	x, err := f() // ERROR `declared and not used: err`
	y, err := f()
	x, err := f() // ERROR `no new variables on left side of :=`
	nothing := nil // ERROR `use of untyped nil in assignment`
	main := main
	_, _, _, _, _, _, _ = b, c, d, x, y, nothing, main
}

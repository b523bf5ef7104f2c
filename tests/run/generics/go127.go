// What Go 1.26 and 1.27 added to the language: new(expr), generic methods, promoted fields in literals.
package main

import "fmt"

type Box[T any] struct{ v T }

func (b Box[T]) Map[U any](f func(T) U) Box[U] { return Box[U]{f(b.v)} }

type Plain struct{ n int }

func (p *Plain) As[T ~int | ~float64]() T      { return T(p.n) }
func (p Plain) Pair[A, B any](a A, b B) (B, A) { return b, a }

type inner struct{ A, B int }
type outer struct {
	inner
	C string
}

func main() {
	p := new(42)
	*p++
	s := new("str")
	q := new(fmt.Sprint(*s, *p))
	fmt.Println(*p, *s, *q, *new(int8(5)), *new(1.5))
	b := Box[int]{3}.Map(func(i int) string { return fmt.Sprint(i, "!") }).Map(func(s string) int { return len(s) })
	fmt.Printf("%v %T\n", b, b)
	pl := &Plain{7}
	fmt.Println(pl.As[float64]()/2, pl.As[int]())
	fmt.Println(pl.Pair(1, "x"))
	f := pl.Pair[string, bool]
	fmt.Println(f("y", true))
	o := outer{A: 1, B: 2, C: "c"}
	fmt.Printf("%+v\n", o)
}

// Interfaces: embedding, dynamic types, assertions, comparison, method sets, nil.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
)

type shape interface {
	area() float64
	perimeter() float64
}
type named interface{ name() string }
type namedShape interface {
	shape
	named
}

type circle struct{ r float64 }
type rect struct{ w, h float64 }
type tiny uint8
type big struct {
	a, b, c int
	s       string
}

func (c circle) area() float64      { return 3 * c.r * c.r }
func (c circle) perimeter() float64 { return 6 * c.r }
func (c circle) name() string       { return "circle" }
func (r *rect) area() float64       { return r.w * r.h }
func (r *rect) perimeter() float64  { return 2 * (r.w + r.h) }
func (t tiny) name() string         { return fmt.Sprint("tiny", uint8(t)) }
func (b big) name() string          { b.a++; return fmt.Sprint(b.s, b.a, b.c) }

type wrapper struct {
	shape
	label string
}

type myErr struct{ code int }

func (e *myErr) Error() string        { return fmt.Sprint("code ", e.code) }
func (e *myErr) Is(target error) bool { return target == io.EOF && e.code == 0 }

func mayFail(n int) error {
	var e *myErr
	if n > 0 {
		e = &myErr{n}
		return e
	}
	if n < 0 {
		return e // a nil pointer in a non-nil interface
	}
	return nil
}

type stack[T any] []T

type visitor interface{ visit(n int) visitor }
type countV struct{ n *int }

func (c countV) visit(k int) visitor {
	*c.n += k
	if *c.n > 5 {
		return nil
	}
	return c
}

func main() {
	shapes := []shape{circle{1}, &rect{2, 3}, wrapper{circle{2}, "w"}}
	for _, s := range shapes {
		n, ok := s.(named)
		if ok {
			fmt.Println(s.area(), s.perimeter(), n.name())
		} else {
			fmt.Printf("%v %v %T\n", s.area(), s.perimeter(), s)
		}
	}
	var ns namedShape = circle{3}
	var s shape = ns
	_, isRect := s.(*rect)
	c := s.(circle)
	fmt.Println(c.r, isRect, s == shape(circle{3}), s != nil)
	for _, n := range []named{tiny(7), big{1, 2, 3, "b"}, &big{4, 5, 6, "p"}, circle{}} {
		fmt.Print(n.name(), " ")
	}
	fmt.Println()
	for i := -1; i < 2; i++ {
		err := mayFail(i)
		var me *myErr
		fmt.Println(err == nil, errors.As(err, &me))
	}
	fmt.Println(errors.Is(mayFail(1), io.EOF), errors.Is(&myErr{0}, io.EOF))
	wrapped := fmt.Errorf("outer: %w", fmt.Errorf("inner: %w", os.ErrNotExist))
	fmt.Println(wrapped, errors.Is(wrapped, os.ErrNotExist), errors.Unwrap(errors.Unwrap(wrapped)) == os.ErrNotExist)
	var e1, e2 any = 1, 1.0
	fmt.Println(e1 == e2, e1 == any(1), any(nil) == nil, any([2]int{1}) == any([2]int{1, 0}), any(&c) == any(&c))
	f := ns.area
	g := shape.perimeter
	fmt.Println(f(), g(&rect{1, 1}))
	n := 0
	for v := visitor(countV{&n}); v != nil; v = v.visit(2) {
	}
	fmt.Println(n)
	var w io.Writer = os.Stdout
	if _, ok := w.(io.Reader); ok {
		fmt.Println("stdout is a reader too")
	}
	_, ok := w.(interface{ Nonsense() })
	fmt.Println(ok)
	var x any = big{1, 2, 3, "x"}
	b := x.(big)
	b.a = 100
	fmt.Println(x.(big).a, b.a)
	switch v := x.(type) {
	case named:
		fmt.Println("named", v.name())
	}
	vals := []any{1, "a", nil, 2.5, true, 'r', []int{1}, map[string]int{"k": 1}, struct{ a int }{1}, &struct{ b int }{2}, tiny(3), error(nil), complex(1, 2)}
	for _, v := range vals {
		fmt.Printf("%T=%v ", v, v)
	}
	fmt.Println()
	type local struct{ x int }
	var l any = local{1}
	fmt.Printf("%T %v %+v %#v\n", l, l, l, l)
	m := map[shape]string{circle{1}: "c1"}
	fmt.Println(m[circle{1}], m[circle{2}] == "")
	func(args ...any) { fmt.Println(len(args), args[0] == nil) }(nil, 1)
}

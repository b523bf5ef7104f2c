// Package variables are initialised by dependency, through functions, methods and literals.
package main

import (
	"fmt"
	"strings"
)

var (
	a     = f("a", b, c)
	b     = f("b", d())
	c, e  = two("ce")
	x1    = func() int { fmt.Println("x1 literal", y1); return y1 + 1 }()
	y1    = f("y1")
	_     = f("blank")
	m     = map[string]int{"k": f("in map")}
	p     = &q
	q     = f("q")
	t     = T{}.m()
	gg    = g[int](3)
	fn    = func() int { return later }
	useF  = fn()
	later = f("later")
)

type T struct{}

func (T) m() int { return viaMethod }

var viaMethod = f("viaMethod")

func g[X any](x X) X { fmt.Println("g", inG); return x }

var inG = f("inG")

func f(s string, xs ...int) int { fmt.Println("init", s, xs); return len(s) }
func d() int                    { return e * 2 }
func two(s string) (int, int)   { fmt.Println("two", s); return 1, 2 }

func init() { fmt.Println("init 1", a, b, c) }
func init() { fmt.Println("init 2") }

const (
	c0 = iota
	c1
	_
	c3 = "s"
	c4
	c5, c6 = iota, iota * 10
	c7, c8
)

type Weekday int

const (
	Sunday Weekday = iota
	Monday
)

func (d Weekday) String() string { return [...]string{"Sun", "Mon"}[d] }

type Flags uint8

const (
	A Flags = 1 << iota
	B
	C
)

func main() {
	fmt.Println(c0, c1, c3, c4, c5, c6, c7, c8, Sunday, Monday, A|C, x1, *p, t, gg, useF, m)
	fmt.Printf("%v %d %s %+v %#v %T %x\n", Monday, Monday, Monday, Monday, Monday, Monday, Monday)
	fmt.Println(strings.ToUpper("done"))
	var local = func() (n int) {
		defer func() { n++ }()
		return 5
	}()
	fmt.Println(local)
}

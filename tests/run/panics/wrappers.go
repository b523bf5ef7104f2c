package main

import "fmt"

type T int

func (T) F() {}

type E struct{}

func (E) G() {}

type big struct{ a, b, c int }

func (b big) Sum() int { return b.a + b.b + b.c }

type inner struct{ *big }

func try(what string, f func()) {
	defer func() {
		r := recover()
		if e, ok := r.(error); ok {
			fmt.Println(what, "error:", e)
		} else {
			fmt.Println(what, "value:", r)
		}
	}()
	f()
}

// A deferred recover is called by the function that defers it.
func deferredRecover() {
	defer func() { fmt.Println("outer:", recover()) }()
	defer func() {
		defer recover()
	}()
	panic("gone")
}

func direct() {
	defer recover()
	panic("stays")
}

func nested() {
	defer func() { fmt.Println("first:", recover()) }()
	defer func() {
		defer func() { fmt.Println("second:", recover()) }()
		defer recover()
		panic(2)
	}()
	panic(1)
}

func afterRecovery() {
	defer func() { fmt.Println("after:", recover()) }()
	defer func() {
		defer recover()
		defer func() { fmt.Println("inner:", recover()) }()
		panic(2)
	}()
	panic(1)
}

var (
	i interface{ F() }
	g interface{ G() }
)

func main() {
	deferredRecover()
	try("direct", direct)
	nested()
	afterRecovery()

	var t *T
	i = t
	try("T", func() { i.F() })
	try("T direct", func() { t.F() })
	var e *E
	g = e
	try("E", func() { g.G() })
	var b *big
	var s interface{ Sum() int } = b
	try("big", func() { s.Sum() })
	s = inner{}
	try("inner", func() { s.Sum() })
	s = (*inner)(nil)
	try("*inner", func() { s.Sum() })
	try("bound", func() { _ = s.Sum })
	s = b
	f := s.Sum
	try("bound big", func() { f() })
	try("expression", func() { (*big).Sum(b) })
	h := (*big).Sum
	try("expression value", func() { h(b) })
}

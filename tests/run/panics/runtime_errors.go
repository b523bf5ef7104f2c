// Run-time errors are panics with Go's texts.
package main

import (
	"errors"
	"fmt"
	"runtime"
)

type T struct{ x, y int }

func (t *T) get() int { return t.y }
func (t T) val() int  { return t.x }

type I interface{ val() int }
type J interface{ other() }

func try(name string, f func()) {
	defer func() {
		r := recover()
		err, isErr := r.(error)
		_, isRuntime := r.(runtime.Error)
		fmt.Printf("%s: %v | %v %v\n", name, r, isErr, isRuntime)
		if isErr && errors.Unwrap(err) != nil {
			fmt.Println("unwraps")
		}
	}()
	f()
}

func main() {
	var (
		p   *T
		m   map[string]int
		s   = []int{1, 2, 3}
		arr [4]int
		str = "héy"
		i   any
		ifc I
		fn  func(int) int
		n   = 5
		neg = -1
		z   int
	)
	try("nil field", func() { fmt.Println(p.y) })
	try("nil method ptr", func() { fmt.Println(p.get()) })
	try("nil method val", func() { fmt.Println(p.val()) })
	try("nil iface", func() { fmt.Println(ifc.val()) })
	try("nil func", func() { fn(1) })
	try("nil store", func() { p.x = 1 })
	try("nil deref", func() { var q *int; *q = 1 })
	try("nil array ptr", func() { var q *[4]int; fmt.Println(q[2]) })
	try("nil map", func() { m["a"] = 1 })
	try("index", func() { fmt.Println(s[n]) })
	try("index neg", func() { fmt.Println(s[neg]) })
	try("index store", func() { s[n] = 1 })
	try("array", func() { fmt.Println(arr[n]) })
	try("string", func() { fmt.Println(str[n]) })
	try("slice hi", func() { fmt.Println(s[:n]) })
	try("slice lo", func() { fmt.Println(s[n:]) })
	try("slice order", func() { n := 3; fmt.Println(s[n:1]) })
	try("slice neg", func() { fmt.Println(s[neg:]) })
	try("slice 3", func() { fmt.Println(s[0:1:n]) })
	try("slice 3b", func() { k := 3; fmt.Println(s[0:k:2]) })
	try("slice 3c", func() { k := 2; fmt.Println(s[k:1:1]) })
	try("slice str", func() { fmt.Println(str[n:]) })
	try("slice str2", func() { fmt.Println(str[1:n]) })
	try("slice arr", func() { fmt.Println(arr[:n]) })
	try("div", func() { fmt.Println(n / z) })
	try("rem", func() { fmt.Println(n % z) })
	try("div u8", func() { var a, b uint8; fmt.Println(a / b) })
	try("shift", func() { fmt.Println(1 << neg) })
	try("assert nil", func() { fmt.Println(i.(int)) })
	try("assert nil iface", func() { fmt.Println(i.(I)) })
	try("assert wrong", func() { i = "x"; fmt.Println(i.(int)) })
	try("assert method", func() { fmt.Println(i.(I)) })
	try("assert ptr", func() { i = &T{}; fmt.Println(i.(T)) })
	try("assert iface", func() { ifc = T{}; fmt.Println(ifc.(J)) })
	try("makeslice", func() { _ = make([]int, neg) })
	try("makeslice cap", func() { _ = make([]int, 1, z) })
	try("makeslice huge", func() { _ = make([]int, 1<<62+n) })
	try("compare", func() { var a, b any = s, s; fmt.Println(a == b) })
	try("compare struct", func() { var a, b any = struct{ f func() }{}, struct{ f func() }{}; fmt.Println(a == b) })
	try("hash", func() { mm := map[any]int{}; mm[s] = 1 })
	try("hash lookup", func() { mm := map[any]int{}; fmt.Println(mm[fn]) })
	try("to array", func() { fmt.Println([4]int(s)) })
	try("to array ptr", func() { fmt.Println((*[4]int)(s)) })
	try("close nil", func() { var c chan int; close(c) })
	try("custom", func() { panic(fmt.Errorf("custom %d", 1)) })
	try("string", func() { panic("plain") })
	try("value", func() { panic(T{1, 2}) })
	try("nil panic", func() { panic(nil) })
	try("none", func() {})
	var pn *runtime.PanicNilError
	func() {
		defer func() { fmt.Println(errors.As(recover().(error), &pn)) }()
		panic(nil)
	}()
	var te *runtime.TypeAssertionError
	func() {
		defer func() { fmt.Println(errors.As(recover().(error), &te)) }()
		_ = i.(string)
	}()
}

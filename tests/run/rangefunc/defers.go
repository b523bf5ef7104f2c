// Deferred calls of loop bodies belong to the function around them: they recover its panics and run in its order.
package main

import "fmt"

func ints(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func a() {
	for i := range ints(3) {
		defer func() { fmt.Println("deferred", i, recover()) }()
	}
	panic("after loop")
}

func b() {
	for i := range ints(3) {
		defer func() {
			r := recover()
			fmt.Println("b deferred", i, r)
			panic(fmt.Sprint("again ", i, " ", r))
		}()
		if i == 2 {
			panic("in loop")
		}
	}
}

func c() (r int) {
	defer func() { fmt.Println("c outer", recover(), r) }()
	for i := range ints(2) {
		defer func(n int) { r += n; fmt.Println("c", n) }(i + 1)
		defer fmt.Println("plain", i)
		for j := range ints(2) {
			defer func() { fmt.Println("inner", i, j, recover()) }()
		}
	}
	return 10
}

type T struct{}

func (T) rec(s string) { fmt.Println(s, recover()) }

func d() {
	for range ints(1) {
		defer T{}.rec("method")
		defer fmt.Println("x")
	}
	var p *int
	*p = 1
}

func main() {
	a()
	func() {
		defer func() { fmt.Println("main", recover()) }()
		b()
	}()
	fmt.Println(c())
	d()
}

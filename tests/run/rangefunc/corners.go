// Every way out of a loop over a function, and every misuse that Go checks.
package main

import (
	"fmt"
	"iter"
	"runtime"
)

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			_, isRT := r.(runtime.Error)
			fmt.Println(name, "panic:", r, isRT)
		} else {
			fmt.Println(name, "ok")
		}
	}()
	f()
}

func ints(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Println("iter cleanup")
		for i := range n {
			if !yield(i) {
				fmt.Println("stopped at", i)
				return
			}
		}
	}
}

func bad(yield func(int) bool) {
	yield(1)
	yield(2)
	yield(3)
}

var saved func(int) bool

func save(yield func(int) bool) {
	saved = yield
	yield(1)
}

func swallow(yield func(int) bool) {
	defer func() { fmt.Println("swallow", recover()) }()
	yield(1)
}

func find(n int) (res int, err error) {
	defer func() { fmt.Println("find deferred", res) }()
	for i := range ints(10) {
		defer fmt.Println("deferred in loop", i)
		if i == n {
			return i * 100, nil
		}
	}
	return -1, fmt.Errorf("none")
}

func labels() string {
outer:
	for i := range ints(3) {
		for j := range ints(3) {
			switch {
			case i == 0 && j == 1:
				continue outer
			case i == 1 && j == 1:
				break outer
			}
			fmt.Println("ij", i, j)
		}
	}
	for i := range ints(5) {
		if i == 2 {
			goto done
		}
	}
	return "not reached"
done:
	return "done"
}

func mixed() int {
	for i := 0; i < 3; i++ {
		for j := range ints(4) {
			for k := range 3 {
				if k == 1 {
					break
				}
				if j == 2 {
					return i*100 + j*10 + k
				}
			}
		}
	}
	return -1
}

func panics() {
	for i := range ints(3) {
		if i == 1 {
			panic(fmt.Sprint("from body ", i))
		}
	}
}

func nested3() (r []int) {
	for a := range ints(2) {
		for b := range ints(2) {
			for c := range ints(2) {
				r = append(r, a*4+b*2+c)
				if a == 1 && b == 0 && c == 1 {
					return
				}
			}
		}
	}
	return nil
}

func closures() {
	var fs []func() int
	for i := range ints(3) {
		fs = append(fs, func() int { i += 10; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), " ", f(), " ")
	}
	fmt.Println()
}

func assign() {
	var x int
	var m = map[string]int{}
	for x = range ints(3) {
	}
	for m["a"] = range ints(4) {
	}
	fmt.Println(x, m)
	n := 0
	for range ints(4) {
		n++
	}
	fmt.Println(n)
}

func goexits() {
	done := make(chan bool)
	go func() {
		defer close(done)
		defer fmt.Println("goexit deferred")
		for i := range ints(3) {
			if i == 1 {
				runtime.Goexit()
			}
		}
	}()
	<-done
}

func zeroArg(yield func() bool) {
	for yield() {
	}
}

type gen struct{ n int }

func (g gen) each(yield func(k, v int) bool) {
	for i := range g.n {
		if !yield(i, i*i) {
			return
		}
	}
}

type named func(yield func(string) bool)

func recoverInBody() {
	for i := range ints(2) {
		func() {
			defer func() { fmt.Println("rec", recover()) }()
			if i == 1 {
				panic("p1")
			}
		}()
	}
}

func deferOrder() {
	for i := range ints(3) {
		defer func() { fmt.Println("deferred", i, recover()) }()
	}
	panic("after loop")
}

func main() {
	try("bad", func() {
		for x := range bad {
			if x == 1 {
				break
			}
		}
	})
	try("saved", func() {
		for range save {
		}
		saved(2)
	})
	try("saved break", func() {
		for range save {
			break
		}
		saved(2)
	})
	try("swallow", func() {
		for range swallow {
			panic("body panics")
		}
	})
	try("swallow break", func() {
		for range swallow {
			break
		}
	})
	try("panics", panics)
	fmt.Println(find(2))
	fmt.Println(find(20))
	fmt.Println(labels())
	fmt.Println(mixed())
	fmt.Println(nested3())
	closures()
	assign()
	goexits()
	n := 0
	for range zeroArg {
		if n++; n == 5 {
			break
		}
	}
	fmt.Println(n)
	for k, v := range gen(gen{4}).each {
		fmt.Print(k, v, " ")
	}
	for k := range gen(gen{4}).each {
		fmt.Print(k, " ")
	}
	for s := range named(func(y func(string) bool) { _ = y("a") && y("b") }) {
		fmt.Print(s)
	}
	fmt.Println()
	recoverInBody()
	try("deferOrder", deferOrder)
	try("concurrent yield", func() {
		for range func(yield func(int) bool) {
			yield(1)
			ok := make(chan any)
			go func() {
				defer func() { ok <- recover() }()
				yield(2)
			}()
			fmt.Println(<-ok)
		} {
		}
	})
	try("reenter", func() {
		var y func(int) bool
		for i := range func(yield func(int) bool) { y = yield; yield(1) } {
			if i == 1 {
				y(2)
			}
			fmt.Println("in", i)
		}
	})
	try("nil iterator", func() {
		var it iter.Seq[int]
		for range it {
		}
	})
}

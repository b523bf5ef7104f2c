// Range over functions: break, continue, return, labels, goto, defer, nested, and misuse.
package main

import (
	"fmt"
	"iter"
	"slices"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Print("(done ", n, ")")
		for i := range n {
			if !yield(i) {
				fmt.Print("(stopped at ", i, ")")
				return
			}
		}
	}
}

func pairs(s string) iter.Seq2[int, rune] {
	return func(yield func(int, rune) bool) {
		for i, r := range s {
			if !yield(i, r) {
				return
			}
		}
	}
}

func times(n int) func(func() bool) {
	return func(yield func() bool) {
		for range n {
			if !yield() {
				return
			}
		}
	}
}

func find(n int) (res string) {
	defer func() { res += " deferred" }()
	for i := range count(10) {
		defer func() { res += fmt.Sprint(" d", i) }()
		if i == n {
			return fmt.Sprint("found ", i)
		}
	}
	return "none"
}

func nested() (int, int) {
outer:
	for i := range count(4) {
		for j := range count(4) {
			switch {
			case j == 1 && i == 0:
				continue outer
			case i == 2:
				break outer
			case i == 1 && j == 2:
				return i, j
			}
		}
	}
	return -1, -1
}

func gotos() string {
	for i := range count(5) {
		if i == 3 {
			goto end
		}
	}
	return "no"
end:
	return "via goto"
}

type tree struct {
	l, r *tree
	v    int
}

func (t *tree) all() iter.Seq[int] {
	return func(yield func(int) bool) { t.push(yield) }
}
func (t *tree) push(yield func(int) bool) bool {
	return t == nil || t.l.push(yield) && yield(t.v) && t.r.push(yield)
}

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover()) }()
	f()
}

func main() {
	for i := range count(3) {
		fmt.Print(i, " ")
	}
	fmt.Println()
	for i := range count(5) {
		if i == 1 {
			continue
		}
		if i == 3 {
			break
		}
		fmt.Print(i, " ")
	}
	fmt.Println()
	for i, r := range pairs("aé") {
		fmt.Print(i, string(r), " ")
	}
	for i := range pairs("xyz") {
		fmt.Print(i)
	}
	n := 0
	for range times(4) {
		n++
	}
	fmt.Println(n)
	fmt.Println(find(2), find(100))
	fmt.Println(nested())
	fmt.Println(gotos())
	t := &tree{&tree{nil, nil, 1}, &tree{&tree{nil, nil, 3}, nil, 4}, 2}
	for v := range t.all() {
		if v == 4 {
			break
		}
		fmt.Print(v, " ")
	}
	fmt.Println()
	var fs []func() int
	for i := range count(3) {
		fs = append(fs, func() int { i++; return i })
	}
	fmt.Println(fs[0](), fs[0](), fs[2]())
	x := 0
	for x = range count(4) {
	}
	fmt.Println(x)
	var arr [3]int
	k := 0
	for arr[k] = range count(3) {
		k = (k + 1) % 3
	}
	fmt.Println(arr)

	try("continues after false", func() {
		for range func(yield func() bool) { yield(); yield() } {
			break
		}
	})
	try("called after exit", func() {
		var saved func(int) bool
		for range func(yield func(int) bool) { saved = yield; yield(1) } {
		}
		saved(2)
	})
	try("panic in body", func() {
		for i := range count(3) {
			if i == 1 {
				panic("from the body")
			}
		}
	})
	try("panic in iterator", func() {
		for range func(yield func() bool) { yield(); panic("from the iterator") } {
		}
	})
	try("swallowed panic", func() {
		for range func(yield func() bool) {
			defer func() { recover() }()
			yield()
		} {
			panic("body")
		}
	})
	next, stop := iter.Pull2(pairs("ab"))
	i, r, ok := next()
	fmt.Println(i, r, ok)
	stop()
	i, r, ok = next()
	fmt.Println(i, r, ok)
	c := make(chan int)
	go func() {
		for i := range slices.Values([]int{0, 1}) {
			c <- i
		}
		close(c)
	}()
	for v := range c {
		fmt.Print(v, ";")
	}
	fmt.Println()
	sel := func() int {
		for i := range count(10) {
			select {
			default:
				if i == 4 {
					return i * 10
				}
			}
		}
		return 0
	}
	fmt.Println(sel())
}

// Pull iterators: ends, panics, Goexit, misuse of next and yield, goroutines that exist from the beginning.
package main

import (
	"errors"
	"fmt"
	"iter"
	"runtime"
)

func try(name string, f func()) {
	done := make(chan bool)
	go func() {
		defer close(done)
		defer func() {
			if e := recover(); e != nil {
				fmt.Println(name, "panic:", e)
			}
		}()
		f()
		fmt.Println(name, "ok")
	}()
	<-done
}

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Println("seq ends")
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func main() {
	try("all", func() {
		next, stop := iter.Pull(count(3))
		fmt.Println(runtime.NumGoroutine())
		fmt.Println(next())
		fmt.Println(runtime.NumGoroutine())
		fmt.Println(next())
		fmt.Println(next())
		fmt.Println(next())
		fmt.Println(next())
		stop()
		stop()
	})
	try("stop", func() {
		next, stop := iter.Pull(count(3))
		fmt.Println(next())
		stop()
		fmt.Println(next())
	})
	try("stop first", func() {
		next, stop := iter.Pull(count(3))
		stop()
		fmt.Println(next())
	})
	try("panic", func() {
		next, stop := iter.Pull(func(yield func(int) bool) {
			yield(1)
			panic("seq panics")
		})
		fmt.Println(next())
		func() {
			defer func() { fmt.Println("got", recover()) }()
			fmt.Println(next())
		}()
		fmt.Println(next())
		stop()
	})
	try("panic in stop", func() {
		next, stop := iter.Pull(func(yield func(int) bool) {
			yield(1)
			panic(errors.New("seq panics"))
		})
		fmt.Println(next())
		stop()
	})
	try("goexit", func() {
		next, _ := iter.Pull(func(yield func(int) bool) {
			yield(1)
			runtime.Goexit()
		})
		fmt.Println(next())
		fmt.Println(next())
		fmt.Println("not here")
	})
	try("yield after end", func() {
		var y func(int) bool
		next, _ := iter.Pull(func(yield func(int) bool) {
			y = yield
			yield(1)
		})
		fmt.Println(next())
		fmt.Println(next())
		fmt.Println(y(3))
	})
	try("yield ignores stop", func() {
		next, stop := iter.Pull(func(yield func(int) bool) {
			fmt.Println(yield(1))
			fmt.Println(yield(2))
			fmt.Println(yield(3))
		})
		fmt.Println(next())
		stop()
	})
	try("yield outside", func() {
		var y func(int) bool
		next, stop := iter.Pull(func(yield func(int) bool) {
			y = yield
			yield(1)
		})
		fmt.Println(next())
		defer stop()
		fmt.Println(y(3))
	})
	try("next within", func() {
		var next func() (int, bool)
		var stop func()
		next, stop = iter.Pull(func(yield func(int) bool) {
			fmt.Println(next())
			yield(1)
		})
		fmt.Println(next())
		stop()
	})
	try("pull2", func() {
		next, stop := iter.Pull2(func(yield func(int, string) bool) {
			yield(1, "a")
			yield(2, "b")
		})
		fmt.Println(next())
		fmt.Println(next())
		fmt.Println(next())
		stop()
	})
	try("recursive", func() {
		var walk func(n int) iter.Seq[int]
		walk = func(n int) iter.Seq[int] {
			return func(yield func(int) bool) {
				if n == 0 {
					return
				}
				next, stop := iter.Pull(walk(n - 1))
				defer stop()
				for {
					v, ok := next()
					if !ok {
						break
					}
					if !yield(v) {
						return
					}
				}
				yield(n)
			}
		}
		for v := range walk(20) {
			fmt.Print(v, " ")
			if v == 15 {
				break
			}
		}
		fmt.Println()
	})
	try("never", func() {
		next, _ := iter.Pull(count(3))
		_ = next
	})
	try("abandoned", func() {
		next, _ := iter.Pull(count(3))
		fmt.Println(next())
	})
	next, stop := iter.Pull(count(20000))
	s := 0
	for {
		v, ok := next()
		if !ok {
			break
		}
		s += v
	}
	stop()
	fmt.Println(s)
}

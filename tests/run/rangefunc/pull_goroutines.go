// The goroutine of an iter.Pull is gone when its last value, its end or its stop has been seen.
package main

import (
	"fmt"
	"iter"
	"runtime"
)

func upTo(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func main() {
	before := runtime.NumGoroutine()
	wrong := 0
	extra := func(want int) {
		if runtime.NumGoroutine()-before != want {
			wrong++
		}
	}
	for round := range 2000 {
		next, stop := iter.Pull(upTo(3))
		extra(1)
		for range round % 4 {
			next()
			extra(1)
		}
		if round%2 == 0 {
			stop()
		} else {
			for _, ok := next(); ok; _, ok = next() {
			}
		}
		extra(0)
	}
	fmt.Println("miscounted:", wrong)
}

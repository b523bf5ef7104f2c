// Goroutines started by the thousand, tiny ones and such that need both processors, from one goroutine and from several.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

func tiny(n int) int64 {
	var wg sync.WaitGroup
	var sum atomic.Int64
	for i := range n {
		wg.Add(1)
		go func() {
			sum.Add(int64(i))
			wg.Done()
		}()
	}
	wg.Wait()
	return sum.Load()
}

// In the midst of tiny ones, pairs that wait for each other without giving way.
func pairs(rounds int) (met int64) {
	var wg sync.WaitGroup
	var small, both atomic.Int64
	for range rounds {
		for range 600 {
			wg.Go(func() { small.Add(1) })
		}
		var here atomic.Int64
		for range 2 {
			wg.Go(func() {
				here.Add(1)
				for here.Load() != 2 {
				}
				both.Add(1)
			})
		}
	}
	wg.Wait()
	if small.Load() != int64(600*rounds) {
		panic("some are missing")
	}
	return both.Load() / 2
}

// Tiny ones that ready others: what they make runnable is not held back.
func replies(n int) (sum int) {
	c := make(chan int)
	var wg sync.WaitGroup
	done := make(chan int)
	go func() {
		s := 0
		for v := range c {
			s += v
		}
		done <- s
	}()
	for i := range n {
		wg.Go(func() { c <- i })
	}
	wg.Wait()
	close(c)
	return <-done
}

func main() {
	for _, procs := range []int{2, 1, 2, 5} {
		runtime.GOMAXPROCS(procs)
		fmt.Println("tiny", tiny(20_000))
		fmt.Println("pairs", pairs(10))
		fmt.Println("replies", replies(3_000))
		var wg sync.WaitGroup
		var all atomic.Int64
		for range 4 {
			wg.Go(func() { all.Add(tiny(3_000)) })
		}
		wg.Wait()
		fmt.Println("several", all.Load())
	}
}

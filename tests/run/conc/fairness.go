// schedstress: none (it is about the order of the queues)
// gcstress: slow (10,000 goroutines are looked at for every allocation)
// procs: 1
//
// One processor, 10,000 goroutines that are always ready, pairs that wake each other without end, and one that never
// lets go: everybody gets a turn. Counted in turns, not in time.
package main

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"
)

const (
	many   = 10_000
	rounds = 30
)

func main() {
	turns := make([]int, many)
	stop := false
	start := make(chan bool)
	var wg sync.WaitGroup
	for i := range many {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-start
			for !stop {
				turns[i]++
				if turns[i] == rounds {
					stop = true
				}
				runtime.Gosched()
			}
		}()
	}
	time.Sleep(time.Millisecond)
	close(start)
	wg.Wait()
	// Those that come late in the first or the last round miss it; nobody misses more.
	fmt.Println("ready ones:", slices.Min(turns) >= rounds-3)

	// Two that wake each other are never off the short way of the scheduler; the others run all the same.
	stop = false
	ping, pong := make(chan int), make(chan int)
	go func() {
		for x := range ping {
			pong <- x
		}
		close(pong)
	}()
	hops, others := 0, make([]int, 100)
	for i := range others {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for !stop {
				others[i]++
				runtime.Gosched()
			}
		}()
	}
	for hops < 50_000_000 && (hops%1000 != 0 || slices.Min(others) < 10) {
		ping <- hops
		<-pong
		hops++
	}
	stop = true
	close(ping)
	wg.Wait()
	fmt.Println("beside a pair:", slices.Min(others) >= 10)

	// One that computes for ever is asked to yield, whoever waits: a ready one, a timer, a channel.
	stop = false
	spins := 0
	wg.Add(1)
	go func() {
		defer wg.Done()
		for !stop {
			spins++
		}
	}()
	c := make(chan int)
	go func() {
		for i := range 3 {
			time.Sleep(time.Millisecond)
			c <- i
		}
		close(c)
	}()
	got := 0
	for range c {
		got++
	}
	for range 3 {
		runtime.Gosched()
	}
	stop = true
	wg.Wait()
	fmt.Println("beside one that never yields:", got, spins > 0)
}

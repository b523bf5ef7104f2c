// gcstress: slow (20,000 goroutines are looked at for every allocation)
// Many goroutines: preemption, Gosched, Goexit, NumGoroutine, deep stacks, a ring.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

func ring(n, rounds int) int {
	first := make(chan int)
	in := first
	for range n {
		out := make(chan int)
		go func(in <-chan int, out chan<- int) {
			for v := range in {
				out <- v + 1
			}
			close(out)
		}(in, out)
		in = out
	}
	v := 0
	for range rounds {
		first <- v
		v = <-in
	}
	close(first)
	<-in
	return v
}

func deep(n int, up, c chan int) int {
	if n == 0 {
		up <- 1
		return <-c
	}
	var pad [10]int
	pad[n%10] = n
	return deep(n-1, up, c) + pad[n%10] - n
}

func tree(depth int) int {
	if depth == 0 {
		return 1
	}
	c := make(chan int, 2)
	for range 2 {
		go func() { c <- tree(depth - 1) }()
	}
	return <-c + <-c
}

func main() {
	fmt.Println(ring(100, 50))
	fmt.Println(tree(10))

	up, c := make(chan int), make(chan int)
	res := make(chan int)
	for range 10 {
		go func() { res <- deep(5000, up, c) }()
	}
	for range 10 {
		<-up
	}
	for range 10 {
		c <- 7
	}
	s := 0
	for range 10 {
		s += <-res
	}
	fmt.Println(s)

	stop := false
	go func() {
		for !stop { // no call, no channel: only preemption lets others run
		}
	}()
	n := 0
	go func() {
		for {
			n++
		}
	}()
	time.Sleep(5 * time.Millisecond)
	stop = true
	fmt.Println("not starved")

	var wg sync.WaitGroup
	log := make(chan string, 10)
	wg.Go(func() {
		defer func() { log <- "deferred ran " + fmt.Sprint(recover()) }()
		func() {
			defer func() { log <- "inner" }()
			runtime.Goexit()
		}()
		log <- "unreachable"
	})
	wg.Wait()
	fmt.Println(<-log, <-log, len(log))

	const many = 20000
	wg.Add(many)
	hold := make(chan bool)
	var mu sync.Mutex
	total := 0
	for i := range many {
		go func() {
			defer wg.Done()
			<-hold
			mu.Lock()
			total += i
			mu.Unlock()
		}()
	}
	fmt.Println(runtime.NumGoroutine() > many)
	close(hold)
	wg.Wait()
	fmt.Println(total)

	start := time.Now()
	for i := range 50 {
		wg.Go(func() { time.Sleep(time.Duration(i%10) * time.Millisecond) })
	}
	wg.Wait()
	fmt.Println(time.Since(start) >= 9*time.Millisecond)
	order := make(chan int, 3)
	for _, d := range []int{150, 10, 80} {
		go func() { time.Sleep(time.Duration(d) * time.Millisecond); order <- d }()
	}
	fmt.Println(<-order, <-order, <-order)
	go fmt.Sprint("builtin and method goroutines")
	go wg.Wait()
	go func(a, b int, s string) { order <- a + b + len(s) }(1, 2, "xyz")
	fmt.Println(<-order)
	go T{5}.send(order)
	fmt.Println(<-order)
	var i interface{ send(chan int) } = T{6}
	go i.send(order)
	fmt.Println(<-order)
	runtime.GC()
	fmt.Println(runtime.GOMAXPROCS(0) >= 1, runtime.NumCPU() >= 1)
}

type T struct{ v int }

func (t T) send(c chan int) { c <- t.v }

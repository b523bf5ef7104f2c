// Select: default, several ready, send and receive, fairness, nil cases, in loops, with break and labels.
package main

import (
	"fmt"
	"time"
)

func gen(n, id int) <-chan int {
	c := make(chan int)
	go func() {
		for i := range n {
			c <- id*1000 + i
		}
		close(c)
	}()
	return c
}

func main() {
	a, b := gen(50, 1), gen(70, 2)
	na, nb, last := 0, 0, map[int]int{}
	for a != nil || b != nil {
		select {
		case v, ok := <-a:
			if !ok {
				a = nil
				break
			}
			na++
			if v%1000 < last[1] {
				fmt.Println("order lost")
			}
			last[1] = v % 1000
		case v, ok := <-b:
			if !ok {
				b = nil
				continue
			}
			nb++
			last[2] = v % 1000
		}
	}
	fmt.Println(na, nb, last)

	counts := [2]int{}
	x, y := make(chan int, 1), make(chan int, 1)
	for range 1000 {
		x <- 1
		y <- 2
		select {
		case <-x:
			counts[0]++
			<-y
		case <-y:
			counts[1]++
			<-x
		}
	}
	fmt.Println(counts[0] > 100, counts[1] > 100)

	out, in := make(chan int, 1), make(chan int, 1)
	in <- 5
	got := 0
	for i := range 2 {
		select {
		case out <- i + 10:
			got += <-out
		case v := <-in:
			got += v * 100
		}
	}
	fmt.Println(got == 21 || got == 510 || got == 511)

	select {
	case v := <-make(chan int):
		fmt.Println("impossible", v)
	case <-time.After(time.Millisecond):
		fmt.Println("timeout")
	}

	tick := time.NewTicker(time.Millisecond)
	n := 0
loop:
	for {
		select {
		case <-tick.C:
			n++
			if n == 3 {
				break loop
			}
		}
	}
	tick.Stop()
	fmt.Println(n)

	var m = map[string]int{}
	arr := [3]int{}
	src := make(chan int, 2)
	src <- 1
	src <- 2
	i := 1
	select {
	case arr[i] = <-src:
	}
	var ok bool
	select {
	case m["k"], ok = <-src:
	}
	fmt.Println(arr, m, ok)

	calls := ""
	f := func(s string, c chan int) chan int { calls += s; return c }
	val := func() int { calls += "v"; return 1 }
	z := make(chan int, 1)
	select {
	case <-f("a", nil):
	case f("b", z) <- val():
	case f("c", nil) <- val():
	}
	fmt.Println(calls, len(z))

	quit := make(chan bool)
	res := make(chan int)
	go func() {
		s := 0
		for {
			select {
			case v := <-res:
				s += v
			case quit <- true:
				fmt.Println("sum", s)
				res <- s
				return
			}
		}
	}()
	for i := range 100 {
		res <- i
	}
	<-quit
	fmt.Println(<-res)
	select {
	case s := <-func() chan string { c := make(chan string, 1); c <- "inline"; return c }():
		fmt.Println(s)
	}
}

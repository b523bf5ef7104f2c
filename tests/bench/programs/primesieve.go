// The concurrent prime sieve: a chain of filters, one goroutine per prime; reports milliseconds.
package main

import (
	"fmt"
	"os"
	"time"
)

func generate(ch chan<- int) {
	for i := 2; ; i++ {
		ch <- i
	}
}

func filter(in <-chan int, out chan<- int, prime int) {
	for {
		i := <-in
		if i%prime != 0 {
			out <- i
		}
	}
}

func main() {
	start := time.Now()
	ch := make(chan int)
	go generate(ch)
	prime := 0
	for range 1_000 {
		prime = <-ch
		next := make(chan int)
		go filter(ch, next, prime)
		ch = next
	}
	elapsed := time.Since(start)
	fmt.Println(prime)
	fmt.Fprintf(os.Stderr, "metric ms %.1f\n", float64(elapsed.Nanoseconds())/1e6)
}

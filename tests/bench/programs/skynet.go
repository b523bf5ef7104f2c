// Skynet: a tree of goroutines, ten children each, 1,000,000 leaves that add up; reports milliseconds.
package main

import (
	"fmt"
	"os"
	"time"
)

func skynet(out chan<- int, num, size int) {
	if size == 1 {
		out <- num
		return
	}
	results := make(chan int)
	part := size / 10
	for i := range 10 {
		go skynet(results, num+i*part, part)
	}
	sum := 0
	for range 10 {
		sum += <-results
	}
	out <- sum
}

func main() {
	start := time.Now()
	out := make(chan int)
	go skynet(out, 0, 1_000_000)
	sum := <-out
	elapsed := time.Since(start)
	fmt.Println(sum)
	fmt.Fprintf(os.Stderr, "metric ms %.1f\n", float64(elapsed.Nanoseconds())/1e6)
}

// A token goes round a ring of 1,000 goroutines; reports ns per hop.
package main

import (
	"fmt"
	"os"
	"time"
)

func main() {
	const size, laps = 1_000, 1_000
	first := make(chan int)
	var in <-chan int = first
	for range size - 1 {
		out := make(chan int)
		go func(in <-chan int) {
			for v := range in {
				out <- v + 1
			}
			close(out)
		}(in)
		in = out
	}
	start := time.Now()
	v := 0
	for range laps {
		first <- v
		v = 1 + <-in
	}
	elapsed := time.Since(start)
	close(first)
	fmt.Println(v)
	fmt.Fprintf(os.Stderr, "metric ns/hop %.1f\n", float64(elapsed.Nanoseconds())/(size*laps))
}

// Ping-pong over an unbuffered channel; reports ns per hop.
package main

import (
	"fmt"
	"os"
	"time"
)

func main() {
	const n = 1_000_000
	ping, pong := make(chan int), make(chan int)
	go func() {
		for v := range ping {
			pong <- v + 1
		}
		close(pong)
	}()
	start := time.Now()
	v := 0
	for range n {
		ping <- v
		v = <-pong
	}
	elapsed := time.Since(start)
	close(ping)
	fmt.Println(v)
	fmt.Fprintf(os.Stderr, "metric ns/hop %.1f\n", float64(elapsed.Nanoseconds())/(2*n))
}

// A producer and a consumer over a channel with 128 places; reports ns per message.
package main

import (
	"fmt"
	"os"
	"time"
)

func main() {
	const n = 4_000_000
	c := make(chan int, 128)
	start := time.Now()
	go func() {
		for i := range n {
			c <- i
		}
		close(c)
	}()
	sum := 0
	for v := range c {
		sum += v
	}
	elapsed := time.Since(start)
	fmt.Println(sum)
	fmt.Fprintf(os.Stderr, "metric ns/message %.1f\n", float64(elapsed.Nanoseconds())/n)
}

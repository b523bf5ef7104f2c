// One consumer selects over four producers; reports ns per message.
package main

import (
	"fmt"
	"os"
	"time"
)

func main() {
	const n = 250_000
	producer := func() chan int {
		c := make(chan int)
		go func() {
			for i := range n {
				c <- i
			}
			close(c)
		}()
		return c
	}
	start := time.Now()
	a, b, c, d := producer(), producer(), producer(), producer()
	sum, open := 0, 4
	for open > 0 {
		var v int
		var ok bool
		select {
		case v, ok = <-a:
			if !ok {
				a = nil
			}
		case v, ok = <-b:
			if !ok {
				b = nil
			}
		case v, ok = <-c:
			if !ok {
				c = nil
			}
		case v, ok = <-d:
			if !ok {
				d = nil
			}
		}
		if !ok {
			open--
		}
		sum += v
	}
	elapsed := time.Since(start)
	fmt.Println(sum)
	fmt.Fprintf(os.Stderr, "metric ns/message %.1f\n", float64(elapsed.Nanoseconds())/(4*n))
}

// Spawns a million goroutines and waits for them; reports ns each.
package main

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

func main() {
	const n = 1_000_000
	var sum atomic.Int64
	var wg sync.WaitGroup
	start := time.Now()
	for i := range n {
		wg.Add(1)
		go func() {
			sum.Add(int64(i))
			wg.Done()
		}()
	}
	wg.Wait()
	elapsed := time.Since(start)
	fmt.Println(sum.Load())
	fmt.Fprintf(os.Stderr, "metric ns/goroutine %.1f\n", float64(elapsed.Nanoseconds())/n)
}

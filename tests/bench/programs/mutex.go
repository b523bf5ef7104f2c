// Eight goroutines contend for one mutex; reports ns per critical section.
package main

import (
	"fmt"
	"os"
	"sync"
	"time"
)

func main() {
	const workers, n = 8, 500_000
	var mu sync.Mutex
	var wg sync.WaitGroup
	count := 0
	start := time.Now()
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range n {
				mu.Lock()
				count++
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	elapsed := time.Since(start)
	fmt.Println(count)
	fmt.Fprintf(os.Stderr, "metric ns/section %.1f\n", float64(elapsed.Nanoseconds())/(workers*n))
}

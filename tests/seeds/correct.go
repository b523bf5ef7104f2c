// A correct program stays correct under every seed.
// seeds: 1..12 no fault

package main

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
)

func main() {
	var n atomic.Int64
	var mu sync.RWMutex
	m := map[int]int{}
	jobs, results := make(chan int), make(chan int, 3)
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range jobs {
				mu.RLock()
				_, ok := m[j]
				mu.RUnlock()
				if !ok {
					mu.Lock()
					m[j] = j * j
					mu.Unlock()
				}
				n.Add(1)
				results <- j
			}
		}()
	}
	go func() {
		for i := range 200 {
			jobs <- i % 50
		}
		close(jobs)
		wg.Wait()
		close(results)
	}()
	sum := 0
	for r := range results {
		sum += r
	}
	fmt.Println(sum, n.Load(), len(m))
	if sum != 4900 {
		os.Exit(1)
	}
}

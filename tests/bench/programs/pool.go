// A pool of eight workers takes jobs from one channel and answers on another; reports ns per job.
package main

import (
	"fmt"
	"os"
	"sync"
	"time"
)

func main() {
	const workers, n = 8, 1_000_000
	jobs, results := make(chan int, 64), make(chan int, 64)
	var wg sync.WaitGroup
	start := time.Now()
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range jobs {
				results <- j * 2
			}
		}()
	}
	go func() {
		for i := range n {
			jobs <- i
		}
		close(jobs)
		wg.Wait()
		close(results)
	}()
	sum := 0
	for r := range results {
		sum += r
	}
	elapsed := time.Since(start)
	fmt.Println(sum)
	fmt.Fprintf(os.Stderr, "metric ns/job %.1f\n", float64(elapsed.Nanoseconds())/n)
}

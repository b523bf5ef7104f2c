// 100,000 goroutines sleep ten times, 10 to 100 ms each; compared by CPU time.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	const n = 100_000
	var wg sync.WaitGroup
	for i := range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range 10 {
				time.Sleep(time.Duration(10+(i*7+j*13)%90) * time.Millisecond)
			}
		}()
	}
	wg.Wait()
	fmt.Println("slept")
}

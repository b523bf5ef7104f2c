// An update is lost only when a goroutine is stopped between reading and writing.
// seeds: 1..60 exits with status

package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
)

func main() {
	counter := 0
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 3 {
				x := counter
				if x == 2 {
					runtime.Gosched()
				}
				counter = x + 1
			}
		}()
	}
	wg.Wait()
	fmt.Println(counter)
	if counter != 6 {
		os.Exit(3)
	}
}

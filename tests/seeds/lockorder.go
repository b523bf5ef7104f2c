// Two goroutines take two locks in opposite orders.
// seeds: 1..200 deadlocks

package main

import (
	"fmt"
	"sync"
)

func step() {}

func main() {
	var a, b sync.Mutex
	var wg sync.WaitGroup
	wg.Add(2)
	lock := func(x, y *sync.Mutex) {
		defer wg.Done()
		for range 1 {
			x.Lock()
			step()
			y.Lock()
			step()
			y.Unlock()
			x.Unlock()
		}
	}
	go lock(&a, &b)
	go lock(&b, &a)
	wg.Wait()
	fmt.Println("done")
}

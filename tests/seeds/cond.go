// A wake-up is lost if the condition changes outside the lock. Some seeds find it.
// seeds: 1..300 deadlocks

package main

import "sync"

func main() {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	var ready bool
	go func() {
		ready = true
		cond.Signal()
	}()
	mu.Lock()
	if !ready {
		cond.Wait()
	}
	mu.Unlock()
}

// Sleeping takes no time; what is simulated is exact.
// seeds: 1..4 no fault

package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

func main() {
	start := time.Now()
	var wg sync.WaitGroup
	for i := range 1000 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			time.Sleep(time.Duration(i) * time.Hour)
		}()
	}
	wg.Wait()
	fmt.Println(time.Since(start))

	ctx, cancel := context.WithTimeout(context.Background(), 24*time.Hour)
	defer cancel()
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	n := 0
	for ctx.Err() == nil {
		select {
		case <-tick.C:
			n++
		case <-ctx.Done():
		}
	}
	fmt.Println(n >= 23, ctx.Err())

	done := make(chan time.Time)
	stopped := time.AfterFunc(time.Hour, func() { panic("stopped") })
	time.AfterFunc(2*time.Hour, func() { done <- time.Now() })
	fmt.Println(stopped.Stop(), (<-done).Sub(start).Round(time.Hour))

	// Waiting by looking again and again ends, too.
	for begin := time.Now(); time.Since(begin) < 20*time.Millisecond; {
	}
	late := false
	time.AfterFunc(time.Millisecond, func() { late = true })
	for !late {
	}
}

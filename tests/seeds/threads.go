// Goroutines wired to threads, finalizers, pools and collections: all of it repeats.
// seeds: 1..10 no fault
// differs

package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

type node struct {
	id  int
	pad [5]int
}

func main() {
	var mu sync.Mutex
	var log []string
	note := func(format string, args ...any) {
		mu.Lock()
		log = append(log, fmt.Sprintf(format, args...))
		mu.Unlock()
	}
	var wg sync.WaitGroup
	pool := sync.Pool{New: func() any { note("new"); return new(node) }}
	for g := range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if g%2 == 0 {
				runtime.LockOSThread()
			}
			for i := range 5 {
				n := pool.Get().(*node)
				note("%d:%d %p", g, i, n)
				pool.Put(n)
				if i == g {
					runtime.GC()
				}
				time.Sleep(time.Duration(g*i) * time.Microsecond)
			}
		}()
	}
	wg.Wait()
	for i := range 8 {
		func() {
			runtime.SetFinalizer(&node{id: i}, func(n *node) { note("fin %d", n.id) })
		}()
	}
	for range 3 {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	mu.Lock()
	for _, line := range log {
		fmt.Println(line)
	}
	mu.Unlock()
}

// Every kind of lock, contended: nobody is lost, nothing is lost.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
)

type queue struct {
	mu       sync.Mutex
	notEmpty *sync.Cond
	notFull  *sync.Cond
	items    []int
}

func (q *queue) put(x int) {
	q.mu.Lock()
	for len(q.items) >= 3 {
		q.notFull.Wait()
	}
	q.items = append(q.items, x)
	q.mu.Unlock()
	q.notEmpty.Signal()
}

func (q *queue) get() int {
	q.mu.Lock()
	for len(q.items) == 0 {
		q.notEmpty.Wait()
	}
	x := q.items[0]
	q.items = q.items[1:]
	q.mu.Unlock()
	q.notFull.Signal()
	return x
}

func main() {
	rounds, _ := strconv.Atoi(os.Args[1])
	q := &queue{}
	q.notEmpty, q.notFull = sync.NewCond(&q.mu), sync.NewCond(&q.mu)
	n := 100 * rounds
	var rw sync.RWMutex
	var once [64]sync.Once
	var ran atomic.Int32
	table := map[int]int{}
	var sum atomic.Int64
	var wg sync.WaitGroup
	for g := range 6 {
		wg.Add(2)
		go func() {
			defer wg.Done()
			for i := g; i < n; i += 6 {
				q.put(i)
				if i%37 == 0 {
					runtime.Gosched()
				}
			}
		}()
		go func() {
			defer wg.Done()
			for i := g; i < n; i += 6 {
				x := q.get()
				sum.Add(int64(x))
				once[x%64].Do(func() { ran.Add(1); runtime.Gosched() })
				rw.RLock()
				_, ok := table[x%512]
				rw.RUnlock()
				if !ok {
					rw.Lock()
					table[x%512]++
					rw.Unlock()
				}
			}
		}()
	}
	wg.Wait()
	if want := int64(n) * int64(n-1) / 2; sum.Load() != want || ran.Load() != int32(min(64, n)) {
		panic(fmt.Sprint(sum.Load(), want, ran.Load()))
	}
	fmt.Println("ok")
}

// Package sync: mutexes, conditions, once, pools, maps, wait groups.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

type counter struct {
	sync.Mutex
	n map[string]int
}

type queue struct {
	mu    sync.Mutex
	some  *sync.Cond
	items []int
}

func (q *queue) put(v int) {
	q.mu.Lock()
	q.items = append(q.items, v)
	q.mu.Unlock()
	q.some.Signal()
}

func (q *queue) get() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.some.Wait()
	}
	v := q.items[0]
	q.items = q.items[1:]
	return v
}

func main() {
	c := counter{n: map[string]int{}}
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range 200 {
				c.Lock()
				c.n[fmt.Sprint(j%3)]++
				c.Unlock()
				if j%50 == i {
					runtime.Gosched()
				}
			}
		}()
	}
	wg.Wait()
	fmt.Println(c.n)

	var rw sync.RWMutex
	shared, reads := 0, atomic.Int64{}
	for i := range 10 {
		wg.Go(func() {
			for range 100 {
				if i%5 == 0 {
					rw.Lock()
					shared++
					rw.Unlock()
				} else {
					rw.RLock()
					if shared >= 0 {
						reads.Add(1)
					}
					rw.RUnlock()
				}
			}
		})
	}
	wg.Wait()
	fmt.Println(shared, reads.Load(), rw.TryLock(), rw.TryRLock())

	q := &queue{}
	q.some = sync.NewCond(&q.mu)
	total := make(chan int)
	for range 4 {
		go func() {
			s := 0
			for {
				v := q.get()
				if v < 0 {
					total <- s
					return
				}
				s += v
			}
		}()
	}
	for i := range 1000 {
		q.put(i)
	}
	for range 4 {
		q.put(-1)
	}
	sum := 0
	for range 4 {
		sum += <-total
	}
	fmt.Println(sum)

	var once sync.Once
	for range 5 {
		wg.Go(func() { once.Do(func() { fmt.Println("once") }) })
	}
	wg.Wait()
	val := sync.OnceValue(func() int { fmt.Println("computed"); return 42 })
	fmt.Println(val(), val())

	var m sync.Map
	for i := range 10 {
		m.Store(i, i*i)
	}
	v, ok := m.Load(3)
	_, loaded := m.LoadOrStore(3, 0)
	m.Delete(4)
	n := 0
	m.Range(func(k, v any) bool { n += v.(int); return true })
	fmt.Println(v, ok, loaded, n)

	p := sync.Pool{New: func() any { return new([]byte) }}
	b := p.Get().(*[]byte)
	*b = append(*b, "pooled"...)
	p.Put(b)
	fmt.Println(p.Get() != nil)

	var flag atomic.Bool
	var ptr atomic.Pointer[string]
	var u atomic.Uint32
	s := "stored"
	ptr.Store(&s)
	fmt.Println(flag.Swap(true), flag.Load(), *ptr.Load(), u.Add(^uint32(0)), u.CompareAndSwap(1<<32-1, 7), u.Load())
	var raw int32
	atomic.AddInt32(&raw, 5)
	fmt.Println(atomic.LoadInt32(&raw), atomic.CompareAndSwapInt32(&raw, 5, 6), atomic.SwapInt32(&raw, 9), raw)
	var av atomic.Value
	av.Store([]int{1})
	fmt.Println(av.Load())

	var mu sync.Mutex
	mu.Lock()
	fmt.Println(mu.TryLock())
	mu.Unlock()
	barrier := sync.NewCond(&mu)
	ready, waiting := false, 0
	for range 5 {
		wg.Go(func() {
			mu.Lock()
			waiting++
			for !ready {
				barrier.Wait()
			}
			mu.Unlock()
		})
	}
	for {
		mu.Lock()
		if waiting == 5 {
			ready = true
			barrier.Broadcast()
			mu.Unlock()
			break
		}
		mu.Unlock()
		runtime.Gosched()
	}
	wg.Wait()
	fmt.Println("all woke")
}

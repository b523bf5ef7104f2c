// Locks and atomic operations while nobody contends, in every way that they can be called; and their misuse.
package main

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"
)

type guarded struct {
	name string
	sync.Mutex
	n int
}

type deep struct {
	pad [3]int
	*guarded
	rw sync.RWMutex
}

func (g *guarded) inc() int {
	g.Lock()
	defer g.Unlock()
	g.n++
	return g.n
}

var global sync.Mutex

func caught(what string, f func()) {
	defer func() {
		r := recover()
		err, ok := r.(runtime.Error)
		var nilError runtime.Error
		fmt.Println(what, "|", r, ok && errors.As(err, &nilError))
	}()
	f()
}

func state(mu *sync.Mutex) int32 { return *(*int32)(unsafe.Pointer(mu)) }

func mutexes() {
	var mu sync.Mutex
	mu.Lock()
	fmt.Println(state(&mu), mu.TryLock())
	mu.Unlock()
	fmt.Println(state(&mu), mu.TryLock(), state(&mu))
	mu.Unlock()

	global.Lock()
	fmt.Println(global.TryLock())
	global.Unlock()

	d := deep{guarded: &guarded{name: "deep"}}
	d.Lock()
	d.n = 5
	fmt.Println(state(&d.Mutex), d.TryLock())
	d.Unlock()
	fmt.Println(d.inc(), d.inc(), state(&d.Mutex))

	// As values, through an interface, deferred, in a goroutine.
	lock, unlock := mu.Lock, (*sync.Mutex).Unlock
	lock()
	fmt.Println(state(&mu))
	unlock(&mu)
	var l sync.Locker = &d
	l.Lock()
	fmt.Println(state(&d.Mutex))
	l.Unlock()
	func() {
		mu.Lock()
		defer mu.Unlock()
		defer fmt.Println("deferred with", state(&mu))
	}()
	done := make(chan bool)
	mu.Lock()
	go func() {
		defer close(done)
		mu.Unlock()
	}()
	<-done
	fmt.Println(state(&mu), state(&d.Mutex))
	mus := make([]sync.Mutex, 3)
	for i := range mus {
		mus[i].Lock()
	}
	mus[1].Unlock()
	fmt.Println(state(&mus[0]), state(&mus[1]), state(&mus[2]))
}

func readers() {
	var d deep
	rw := &d.rw
	rw.RLock()
	rw.RLock()
	fmt.Println(rw.TryLock(), rw.TryRLock())
	rw.RUnlock()
	rw.RUnlock()
	rw.RUnlock()
	rw.Lock()
	fmt.Println(rw.TryRLock(), rw.TryLock())
	rw.Unlock()
	l := rw.RLocker()
	l.Lock()
	fmt.Println(rw.TryLock())
	l.Unlock()
	fmt.Println(rw.TryLock())

	// Deferred, alone and while a writer waits.
	rw.Unlock()
	for wait := range 2 {
		var wg sync.WaitGroup
		func() {
			rw.RLock()
			defer rw.RUnlock()
			if wait == 1 {
				wg.Go(func() {
					rw.Lock()
					defer rw.Unlock()
				})
				for rw.TryRLock() {
					rw.RUnlock()
					runtime.Gosched()
				}
			}
			defer fmt.Println(rw.TryLock())
		}()
		wg.Wait()
		fmt.Println(rw.TryLock())
		rw.Unlock()
	}
	rw.RLock()
	rw.RUnlock()
	rw.Lock()

	// A writer that waits for readers, and a reader that waits for the writer.
	rw.Unlock()
	rw.RLock()
	order := make(chan string, 4)
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		rw.Lock()
		order <- "writer"
		rw.Unlock()
	}()
	for rw.TryRLock() {
		rw.RUnlock()
		runtime.Gosched()
	}
	go func() {
		defer wg.Done()
		rw.RLock()
		order <- "reader"
		rw.RUnlock()
	}()
	runtime.Gosched()
	order <- "first"
	rw.RUnlock()
	wg.Wait()
	fmt.Println(<-order, <-order, <-order)
}

func groups() {
	var wg sync.WaitGroup
	wg.Wait()
	wg.Add(3)
	wg.Add(-1)
	done := wg.Done
	done()
	go wg.Done()
	wg.Wait()
	for i := range 100 {
		wg.Add(i % 3)
		for range i % 3 {
			go func() { wg.Done() }()
		}
		wg.Wait()
	}
	caught("negative", func() {
		var wg sync.WaitGroup
		wg.Add(1)
		wg.Done()
		wg.Done()
	})
	caught("negative at once", func() { new(sync.WaitGroup).Add(-1) })
}

func onces() {
	var once sync.Once
	calls := 0
	for range 3 {
		once.Do(func() { calls++ })
	}
	fmt.Println(calls)
	var embedded struct {
		sync.Once
		n int
	}
	do := embedded.Do
	for i := range 3 {
		embedded.Do(func() { embedded.n += i + 1 })
		do(func() { embedded.n += 10 })
	}
	fmt.Println(embedded.n)
	// One that panics counts as done.
	var bad sync.Once
	caught("once", func() { bad.Do(func() { panic("the function's own") }) })
	bad.Do(func() { fmt.Println("not again") })
	// The arguments are evaluated each time.
	arg := func() func() { calls++; return func() {} }
	once.Do(arg())
	once.Do(arg())
	fmt.Println(calls)
	defer once.Do(func() { fmt.Println("not reached") })
	go once.Do(func() { fmt.Println("not reached") })
	// Those who come second wait until it is done.
	var slow sync.Once
	value := 0
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			slow.Do(func() {
				runtime.Gosched()
				value = 7
			})
			if value != 7 {
				fmt.Println("too early")
			}
		})
	}
	wg.Wait()
}

func atomics() {
	var i32, u32, i64 = int32(-5), uint32(1<<32 - 1), int64(-1 << 40)
	var u64 uint64 = 1<<64 - 2
	var uptr uintptr = 3
	fmt.Println(atomic.AddInt32(&i32, -3), atomic.LoadInt32(&i32), atomic.SwapInt32(&i32, -9), i32)
	fmt.Println(atomic.AddUint32(&u32, 2), atomic.LoadUint32(&u32), atomic.SwapUint32(&u32, 1<<31), u32)
	fmt.Println(atomic.AddInt64(&i64, 1), atomic.LoadInt64(&i64), atomic.SwapInt64(&i64, 4), i64)
	fmt.Println(atomic.AddUint64(&u64, 3), atomic.LoadUint64(&u64), atomic.SwapUint64(&u64, 1<<63), u64)
	fmt.Println(atomic.AddUintptr(&uptr, 4), atomic.LoadUintptr(&uptr), atomic.SwapUintptr(&uptr, 5), uptr)
	fmt.Println(atomic.CompareAndSwapInt32(&i32, -9, 1<<31-1), atomic.CompareAndSwapInt32(&i32, -9, 0), i32)
	fmt.Println(atomic.CompareAndSwapUint32(&u32, 1<<31, 6), atomic.CompareAndSwapUint32(&u32, 1, 2), u32)
	fmt.Println(atomic.CompareAndSwapInt64(&i64, 4, -6), atomic.CompareAndSwapInt64(&i64, 1, 2), i64)
	fmt.Println(atomic.AddInt32(&i32, 1), atomic.AndInt32(&i32, 0x0f), atomic.OrInt32(&i32, -1<<31), i32)
	fmt.Println(atomic.AndUint32(&u32, 3), atomic.OrUint32(&u32, 8), u32)
	fmt.Println(atomic.AndInt64(&i64, -4), atomic.OrInt64(&i64, 1), i64)
	fmt.Println(atomic.AndUint64(&u64, 1), atomic.OrUint64(&u64, 1<<62), u64)
	atomic.StoreInt32(&i32, -1)
	atomic.StoreUint32(&u32, 77)
	atomic.StoreInt64(&i64, -2)
	atomic.StoreUint64(&u64, 78)
	fmt.Println(i32, u32, i64, u64)

	// Neighbours stay as they are.
	near := [3]int32{1, 2, 3}
	atomic.AddInt32(&near[1], -10)
	atomic.StoreInt32(&near[1], near[1]*2)
	fmt.Println(near)

	var s struct {
		b  bool
		i  atomic.Int32
		u  atomic.Uint32
		l  atomic.Int64
		ul atomic.Uint64
		up atomic.Uintptr
		ok atomic.Bool
		p  atomic.Pointer[string]
	}
	fmt.Println(s.i.Add(-7), s.i.Load(), s.i.Swap(3), s.i.CompareAndSwap(3, -3), s.i.And(-4), s.i.Or(1), s.i.Load())
	fmt.Println(s.u.Add(1<<32-1), s.u.Load(), s.u.Swap(3), s.u.CompareAndSwap(2, 9), s.u.And(2), s.u.Or(1), s.u.Load())
	fmt.Println(s.l.Add(-7), s.l.Load(), s.l.Swap(3), s.l.CompareAndSwap(3, -3), s.l.And(-4), s.l.Or(1), s.l.Load())
	fmt.Println(s.ul.Add(1<<64-1), s.ul.Load(), s.ul.Swap(3), s.ul.CompareAndSwap(3, 9), s.ul.Load(), s.up.Add(2))
	fmt.Println(s.ok.Load(), s.ok.Swap(true), s.ok.CompareAndSwap(false, true), s.ok.CompareAndSwap(true, false), s.ok.Load())
	s.ok.Store(true)
	a, b := "a", "b"
	fmt.Println(s.ok.Load(), s.p.Load() == nil, s.p.CompareAndSwap(nil, &a), s.p.CompareAndSwap(nil, &b), *s.p.Swap(&b), *s.p.Load())
	s.p.Store(nil)
	load, add := s.l.Load, (*atomic.Int64).Add
	s.l.Store(40)
	fmt.Println(s.p.Load(), load(), add(&s.l, 2), s.b)
	var p unsafe.Pointer
	atomic.StorePointer(&p, unsafe.Pointer(&a))
	fmt.Println(atomic.CompareAndSwapPointer(&p, nil, nil), *(*string)(atomic.LoadPointer(&p)), *(*string)(atomic.SwapPointer(&p, nil)), p)
	type loader interface{ Load() *string }
	fmt.Println(loader(&s.p).Load())

	var sum atomic.Int64
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 1000 {
				sum.Add(int64(i))
				atomic.AddInt32(&i32, 1)
			}
		})
	}
	wg.Wait()
	fmt.Println(sum.Load(), i32)
}

func nils() {
	var mu *sync.Mutex
	var g *guarded
	var d deep
	var rw *sync.RWMutex
	var wg *sync.WaitGroup
	var once *sync.Once
	var i32 *int32
	var i64 *atomic.Int64
	var p *atomic.Pointer[int]
	caught("Lock", func() { mu.Lock() })
	caught("Unlock", func() { mu.Unlock() })
	caught("TryLock", func() { mu.TryLock() })
	caught("embedded", func() { g.Lock() })
	caught("through a pointer", func() { d.Unlock() })
	caught("deferred", func() { defer mu.Unlock() })
	caught("interface", func() { sync.Locker(mu).Lock() })
	caught("RLock", func() { rw.RLock() })
	caught("RUnlock", func() { rw.RUnlock() })
	caught("writer", func() { rw.Lock() })
	caught("Add", func() { wg.Add(1) })
	caught("Done", func() { wg.Done() })
	caught("Do", func() { once.Do(func() {}) })
	caught("AddInt32", func() { atomic.AddInt32(i32, 1) })
	caught("Load", func() { i64.Load() })
	caught("Store", func() { i64.Store(1) })
	caught("CompareAndSwap", func() { p.CompareAndSwap(nil, nil) })
}

// where says which functions call it.
func where() {
	var pcs [8]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "main.") || f.Function == "sync.(*Once).Do" {
			fmt.Print(f.Function, " ")
		}
		if !more {
			break
		}
	}
	fmt.Println()
}

func main() {
	mutexes()
	readers()
	groups()
	onces()
	atomics()
	nils()
	var once sync.Once
	once.Do(where)
	once.Do(where)
}

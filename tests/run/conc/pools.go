// A pool gives back what it was given, and two collections empty it.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

func main() {
	// Another P's own object may be out of reach.
	runtime.GOMAXPROCS(1)
	made := 0
	p := sync.Pool{New: func() any { made++; return new([100]int) }}
	x := p.Get().(*[100]int)
	x[0] = 42
	p.Put(x)
	x = nil
	y := p.Get().(*[100]int)
	fmt.Println(y[0], made)
	p.Put(y)
	y = nil
	// It survives one collection,
	runtime.GC()
	z := p.Get().(*[100]int)
	fmt.Println(z[0], made)
	p.Put(z)
	z = nil
	// and not two.
	runtime.GC()
	runtime.GC()
	fmt.Println(p.Get().(*[100]int)[0], made)

	var empty sync.Pool
	fmt.Println(empty.Get())
	empty.Put(nil)
	fmt.Println(empty.Get())

	// Used by many at a time, nothing is handed out twice.
	runtime.GOMAXPROCS(4)
	var many sync.Pool
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 500 {
				b, _ := many.Get().(*[2]int)
				if b == nil {
					b = new([2]int)
				}
				if b[0] != 0 {
					panic("handed out twice")
				}
				b[0] = g + 1
				if i%50 == 0 {
					runtime.GC()
				} else {
					runtime.Gosched()
				}
				if b[0] != g+1 {
					panic("somebody else has it")
				}
				b[0] = 0
				many.Put(b)
			}
		}()
	}
	wg.Wait()
	fmt.Println("done")
}

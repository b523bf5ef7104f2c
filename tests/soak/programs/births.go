// Goroutines are born and die in trees and bursts, some wired to threads, while the number of processors changes and
// garbage is collected.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
)

type tree struct{ left, right *tree }

func grow(depth int) *tree {
	if depth == 0 {
		return &tree{}
	}
	l := make(chan *tree)
	go func() { l <- grow(depth - 1) }()
	r := grow(depth - 1)
	return &tree{<-l, r}
}

func (t *tree) count() int {
	if t.left == nil {
		return 1
	}
	return t.left.count() + t.right.count()
}

func deep(n int) int {
	if n == 0 {
		return 0
	}
	return 1 + deep(n-1)
}

func main() {
	rounds, _ := strconv.Atoi(os.Args[1])
	stop := make(chan bool)
	changed := make(chan bool)
	go func() {
		defer close(changed)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				runtime.GOMAXPROCS(1 + i%8)
				runtime.Gosched()
			}
		}
	}()
	for round := range rounds {
		if n := grow(7).count(); n != 128 {
			panic(n)
		}
		var wg sync.WaitGroup
		var n atomic.Int32
		for i := range 300 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				if i%50 == 0 {
					runtime.LockOSThread()
					runtime.Gosched()
				}
				if i%100 == 7 {
					defer n.Add(1)
					runtime.Goexit()
				}
				n.Add(int32(deep(i) - i + 1))
			}()
		}
		if round%8 == 0 {
			runtime.GC()
		}
		wg.Wait()
		if n.Load() != 300 {
			panic(n.Load())
		}
	}
	close(stop)
	<-changed
	fmt.Println("ok")
}

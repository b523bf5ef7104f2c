// The same work by two CPU-bound goroutines on one core and on two; reports the time on two relative to one.
package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"time"
)

func work(seed uint32) uint32 {
	x := seed
	for range 30_000_000 {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
	}
	return x
}

func both(procs int) (time.Duration, uint32) {
	runtime.GOMAXPROCS(procs)
	var wg sync.WaitGroup
	var r [2]uint32
	start := time.Now()
	for i := range r {
		wg.Add(1)
		go func() {
			defer wg.Done()
			r[i] = work(uint32(i + 1))
		}()
	}
	wg.Wait()
	return time.Since(start), r[0] ^ r[1]
}

func main() {
	one, a := both(1)
	two, b := both(2)
	fmt.Println(a == b, a)
	fmt.Fprintf(os.Stderr, "metric of-one-core %.3f\n", two.Seconds()/one.Seconds())
}

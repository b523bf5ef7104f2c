// Goroutines that come back from blocking calls while the world is stopped: the collector meets them half-way.
package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"time"
)

func main() {
	var wg sync.WaitGroup
	stop := make(chan bool)
	for range 16 {
		r, w, err := os.Pipe()
		if err != nil {
			panic(err)
		}
		wg.Go(func() {
			defer w.Close()
			b := []byte{1}
			for {
				select {
				case <-stop:
					return
				default:
				}
				w.Write(b)
			}
		})
		wg.Go(func() {
			b := make([]byte, 1)
			for {
				if n, _ := r.Read(b); n == 0 {
					return
				}
			}
		})
	}
	end := time.Now().Add(300 * time.Millisecond)
	n := 0
	for time.Now().Before(end) {
		runtime.GC()
		n++
	}
	close(stop)
	wg.Wait()
	fmt.Println(n > 0)
}

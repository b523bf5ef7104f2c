// procs: 1
// stress: none (it looks at GOMAXPROCS)
// A goroutine in an endless loop starves nobody, even with one P.
package main

import (
	"fmt"
	"runtime"
	"time"
)

func main() {
	fmt.Println(runtime.GOMAXPROCS(0))
	for range 3 {
		go func() {
			for {
			}
		}()
	}
	done := make(chan int)
	go func() {
		s := 0
		for i := range 1000 {
			s += i
		}
		done <- s
	}()
	fmt.Println(<-done)
	time.Sleep(time.Millisecond)
	fmt.Println(runtime.GOMAXPROCS(4), runtime.GOMAXPROCS(0))
}

// LockOSThread: the goroutine keeps its thread, others run elsewhere, and its end is the thread's.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
)

// thread is the id of the thread that runs the caller.
func thread() string {
	self, err := os.Readlink("/proc/thread-self")
	if err != nil {
		panic(err)
	}
	return self[strings.LastIndexByte(self, 0x2f)+1:]
}

var atInit string

func init() {
	// The main thread, whatever else runs.
	c := make(chan bool)
	go func() { c <- true }()
	<-c
	atInit = thread()
	runtime.LockOSThread()
}

func main() {
	main := fmt.Sprint(os.Getpid())
	fmt.Println(atInit == main, thread() == main)
	var wg sync.WaitGroup
	var mu sync.Mutex
	seen := map[string]int{}
	for range 5 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			runtime.LockOSThread()
			runtime.LockOSThread()
			own := thread()
			mu.Lock()
			seen[own]++
			mu.Unlock()
			for range 50 {
				runtime.Gosched()
				if thread() != own {
					panic("it was moved")
				}
			}
			runtime.UnlockOSThread()
			if thread() != own || own == main {
				panic("it was moved")
			}
			// It ends locked, and its thread with it.
		}()
	}
	for range 5 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 50 {
				runtime.Gosched()
				if thread() == main {
					panic("the main thread is taken")
				}
			}
		}()
	}
	wg.Wait()
	fmt.Println(len(seen), thread() == main)
	runtime.UnlockOSThread()
	runtime.UnlockOSThread()
	done := make(chan bool)
	go func() { close(done) }()
	<-done
	fmt.Println("done")
}

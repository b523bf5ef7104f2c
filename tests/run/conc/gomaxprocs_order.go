// schedstress: none (it is about the order of the queues)
// procs: 2
// On one P the goroutine made last is the next to run, also just behind a change of GOMAXPROCS: the caller of what stops
// the world is not preempted for it.
package main

import (
	"fmt"
	"runtime"
)

func main() {
	for round := range 5 {
		old := runtime.GOMAXPROCS(1)
		var order []int
		done := make(chan bool)
		for i := range 3 {
			go func() {
				order = append(order, i)
				done <- true
			}()
		}
		for range 3 {
			<-done
		}
		fmt.Println(round, order)
		runtime.GOMAXPROCS(old)
	}
	runtime.GOMAXPROCS(1)
	runtime.GC()
	var order []int
	done := make(chan bool)
	for i := range 3 {
		go func() {
			order = append(order, i)
			done <- true
		}()
	}
	for range 3 {
		<-done
	}
	fmt.Println(order)
}

// exit: 2
// stress: none (the state of sleeping helpers differs)
package main

import "sync"

func main() {
	c := make(chan int)
	var mu sync.Mutex
	mu.Lock()
	go func() { mu.Lock() }()
	go func() {
		select {}
	}()
	<-c
}

// Selects over the same few channels by everybody, sending and receiving, with timeouts and closes.
package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

func main() {
	rounds, _ := strconv.Atoi(os.Args[1])
	var sent, got, timeouts atomic.Int64
	for range max(1, rounds/10) {
		a, b, c := make(chan int), make(chan int, 1), make(chan int, 7)
		quit := make(chan bool)
		var senders, receivers sync.WaitGroup
		for g := range 8 {
			senders.Add(1)
			go func() {
				defer senders.Done()
				for i := range 120 {
					select {
					case a <- i:
					case b <- i:
					case c <- i:
					}
					sent.Add(1)
				}
			}()
			receivers.Add(1)
			go func() {
				defer receivers.Done()
				for {
					var late <-chan time.Time
					if g%3 == 0 {
						late = time.After(50 * time.Microsecond)
					}
					select {
					case <-a:
						got.Add(1)
					case <-b:
						got.Add(1)
					case <-c:
						got.Add(1)
					case <-late:
						timeouts.Add(1)
					case <-quit:
						// What is buffered is taken by whoever comes last.
						for {
							select {
							case <-b:
								got.Add(1)
							case <-c:
								got.Add(1)
							default:
								return
							}
						}
					}
				}
			}()
		}
		senders.Wait()
		close(quit)
		receivers.Wait()
		if got.Load() != sent.Load() {
			panic(fmt.Sprint(sent.Load(), " sent, ", got.Load(), " received"))
		}
	}
	fmt.Println("ok")
}

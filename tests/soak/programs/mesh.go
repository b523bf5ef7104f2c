// Values wander through a mesh of channels of all sizes; each is counted once at the end.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
)

func main() {
	rounds, _ := strconv.Atoi(os.Args[1])
	const nodes = 24
	in := make([]chan int, nodes)
	for i := range in {
		in[i] = make(chan int, i%5)
	}
	done := make(chan int, nodes)
	var senders, hops sync.WaitGroup
	for i := range nodes {
		hops.Add(1)
		go func() {
			defer hops.Done()
			for v := range in[i] {
				// The lowest three digits count the hops that are left.
				if v%1000 == 0 {
					done <- v / 1000
					continue
				}
				next := in[(i*7+v)%nodes]
				select {
				case next <- v - 1:
				case done <- v / 1000:
				default:
					// Everybody may be full: somebody else has to wait for the place.
					hops.Add(1)
					go func() {
						defer hops.Done()
						select {
						case next <- v - 1:
						case done <- v / 1000:
						}
					}()
				}
			}
		}()
	}
	total := 200 * rounds
	for s := range 8 {
		senders.Add(1)
		go func() {
			defer senders.Done()
			for i := s; i < total; i += 8 {
				in[i%nodes] <- i*1000 + i%9
				if i%64 == 0 {
					runtime.Gosched()
				}
			}
		}()
	}
	seen := make([]bool, total)
	for range total {
		v := <-done
		if seen[v] {
			panic(fmt.Sprint("twice: ", v))
		}
		seen[v] = true
	}
	senders.Wait()
	for _, c := range in {
		close(c)
	}
	hops.Wait()
	fmt.Println("ok")
}

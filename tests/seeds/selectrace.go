// Only some orders of the cases lead to the nil map.
// seeds: 1..100 panics

package main

import "fmt"

func main() {
	data, quit := make(chan int, 4), make(chan bool, 1)
	seen := map[int]bool{}
	for i := range 4 {
		data <- i
	}
	quit <- true
	for range 5 {
		select {
		case x := <-data:
			seen[x] = true
			fmt.Println("got", x, len(seen))
		case <-quit:
			if len(seen) == 2 {
				seen = nil
			}
		}
	}
}

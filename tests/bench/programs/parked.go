// Parks 1,000,000 goroutines on a channel and reports the bytes of memory each takes.
package main

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
)

// resident is the process's resident memory in bytes.
func resident() int {
	status, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	pages, _ := strconv.Atoi(string(bytes.Fields(status)[1]))
	return pages * 4096
}

func main() {
	const n = 1_000_000
	hold, ready, done := make(chan struct{}), make(chan struct{}), make(chan int)
	before := resident()
	for i := range n {
		go func() {
			ready <- struct{}{}
			<-hold
			done <- i
		}()
	}
	for range n {
		<-ready
	}
	after := resident()
	close(hold)
	sum := 0
	for range n {
		sum += <-done
	}
	fmt.Println(sum)
	fmt.Fprintf(os.Stderr, "metric bytes/goroutine %d\n", (after-before)/n)
}

// exit: 2
// Goexit in main lets the others go on; when they are done it is a deadlock.
package main

import (
	"fmt"
	"runtime"
)

func main() {
	c := make(chan bool)
	go func() {
		<-c
		fmt.Println("others finish")
	}()
	defer close(c)
	runtime.Goexit()
}

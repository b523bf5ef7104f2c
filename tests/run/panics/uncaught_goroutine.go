// exit: 2
// A panic in any goroutine ends the program.
package main

import "time"

func work(c chan int) {
	panic([]string{"unusual"})
}

func main() {
	c := make(chan int)
	go work(c)
	<-c
	time.Sleep(time.Hour)
}

package main

import (
	"fmt"
	"runtime"
	"strings"
)

func f(a, b int, c chan bool) {
	buf := make([]byte, 2000)
	s := string(buf[:runtime.Stack(buf, false)])
	i := strings.Index(s, "created by")
	j := strings.LastIndex(s, ".go:")
	fmt.Println(i > 0, strings.Fields(s[j:])[0])
	c <- true
}

func main() {
	c := make(chan bool)
	go f(
		1,
		2,
		c,
	)
	<-c
	go func() {
		f(1, 2, c)
	}()
	<-c
	go func(x int) {
		f(1, x, c)
	}(
		3,
	)
	<-c
}

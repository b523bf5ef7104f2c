package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"sync"
)

func serve(ln net.Listener) {
	for {
		c, err := ln.Accept()
		if err != nil {
			return
		}
		go func() {
			defer c.Close()
			io.Copy(c, c)
		}()
	}
}

func main() {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go serve(ln)
	var wg sync.WaitGroup
	sums := make([]int, 8)
	for i := range sums {
		wg.Go(func() {
			c, err := net.Dial("tcp", ln.Addr().String())
			if err != nil {
				panic(err)
			}
			r := bufio.NewReader(c)
			for k := range 20 {
				fmt.Fprintf(c, "message %d of %d\n", k, i)
				line, err := r.ReadString('\n')
				if err != nil {
					panic(err)
				}
				var a, b int
				fmt.Sscanf(line, "message %d of %d", &a, &b)
				if a != k || b != i {
					panic(line)
				}
				sums[i] += a
			}
			c.(*net.TCPConn).CloseWrite()
			rest, err := io.ReadAll(r)
			if len(rest) != 0 || err != nil {
				panic(err)
			}
			c.Close()
		})
	}
	wg.Wait()
	fmt.Println(sums)
	ln.Close()
	_, err = ln.Accept()
	fmt.Println(err != nil)
}

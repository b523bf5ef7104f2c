// TCP echo over 64 connections on loopback, both ends in this process; reports ns per round trip.
package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"time"
)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	const conns, trips = 64, 2_000
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				buf := make([]byte, 512)
				for {
					n, err := c.Read(buf)
					if err != nil {
						return
					}
					if _, err := c.Write(buf[:n]); err != nil {
						return
					}
				}
			}()
		}
	}()
	open := make([]net.Conn, conns)
	for i := range open {
		open[i], err = net.Dial("tcp", l.Addr().String())
		check(err)
	}
	var wg sync.WaitGroup
	sums := make([]int, conns)
	start := time.Now()
	for i, c := range open {
		wg.Go(func() {
			out, in := make([]byte, 64), make([]byte, 64)
			for t := range trips {
				out[t%64] = byte(t)
				_, err := c.Write(out)
				check(err)
				_, err = io.ReadFull(c, in)
				check(err)
				sums[i] += int(in[t%64])
			}
		})
	}
	wg.Wait()
	elapsed := time.Since(start)
	for _, c := range open {
		c.Close()
	}
	l.Close()
	total := 0
	for _, s := range sums {
		total += s
	}
	fmt.Println(total)
	fmt.Fprintf(os.Stderr, "metric ns/round-trip %.0f\n", float64(elapsed.Nanoseconds())/(conns*trips))
}

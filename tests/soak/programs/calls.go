// Blocking calls and the poller beside computing goroutines: pipes, sockets with deadlines and closes, files.
package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"sync"
	"time"
)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	rounds, _ := strconv.Atoi(os.Args[1])
	var wg sync.WaitGroup
	run := func(f func()) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f()
		}()
	}
	stop := make(chan bool)
	spins := 0
	spinning := make(chan bool)
	go func() {
		defer close(spinning)
		for {
			select {
			case <-stop:
				return
			default:
				spins++
			}
		}
	}()
	for range 4 {
		run(func() {
			r, w, err := os.Pipe()
			check(err)
			run(func() {
				for i := range 20 * rounds {
					_, err := fmt.Fprintf(w, "%7d\n", i)
					check(err)
				}
				check(w.Close())
			})
			buf := make([]byte, 8)
			for i := 0; ; i++ {
				if _, err := io.ReadFull(r, buf); err != nil {
					if err != io.EOF || i != 20*rounds {
						panic(fmt.Sprint(i, err))
					}
					break
				}
			}
			check(r.Close())
		})
		run(func() {
			for range rounds {
				data, err := os.ReadFile("/proc/self/status")
				check(err)
				if len(data) == 0 {
					panic("an empty file")
				}
			}
		})
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	run(func() {
		for {
			c, err := l.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			check(err)
			run(func() {
				defer c.Close()
				io.Copy(c, c)
			})
		}
	})
	var clients sync.WaitGroup
	for g := range 6 {
		clients.Add(1)
		go func() {
			defer clients.Done()
			for i := range rounds {
				c, err := net.Dial("tcp", l.Addr().String())
				check(err)
				for j := range 5 {
					text := fmt.Sprintf("%d-%d-%d", g, i, j)
					_, err = io.WriteString(c, text)
					check(err)
					buf := make([]byte, len(text))
					_, err = io.ReadFull(c, buf)
					check(err)
					if string(buf) != text {
						panic(text)
					}
				}
				switch i % 3 {
				case 0:
					check(c.SetReadDeadline(time.Now().Add(time.Millisecond)))
					if _, err := c.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
						panic(err)
					}
				case 1:
					closed := make(chan error)
					go func() {
						_, err := c.Read(make([]byte, 1))
						closed <- err
					}()
					check(c.Close())
					if err := <-closed; !errors.Is(err, net.ErrClosed) {
						panic(err)
					}
				}
				c.Close()
			}
		}()
	}
	clients.Wait()
	check(l.Close())
	wg.Wait()
	close(stop)
	<-spinning
	if spins == 0 {
		panic("the computing goroutine never ran")
	}
	fmt.Println("ok")
}

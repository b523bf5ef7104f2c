// What comes with, just before and just after the end of a connection is never lost, however events and reads interleave.
package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"runtime"
	"sync"
	"syscall"
	"time"
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func pair(l net.Listener) (*net.TCPConn, *net.TCPConn) {
	got := make(chan net.Conn)
	go func() { got <- must(l.Accept()) }()
	a := must(net.Dial("tcp", l.Addr().String()))
	return a.(*net.TCPConn), (<-got).(*net.TCPConn)
}

// readAll reads with room to spare, so that every read empties the connection.
func readAll(c net.Conn) (n int, err error) {
	buf := make([]byte, 4096)
	for {
		m, err := c.Read(buf)
		n += m
		if err != nil {
			return n, err
		}
	}
}

func main() {
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	const rounds = 300
	pause := func(i int) {
		for range i % 7 {
			runtime.Gosched()
		}
	}
	var wg sync.WaitGroup
	results := make([]string, 4)
	run := func(k int, what string, one func(i int, a, b *net.TCPConn) error) {
		wg.Go(func() {
			for i := range rounds {
				a, b := pair(l)
				if err := one(i, a, b); err != nil {
					results[k] = fmt.Sprint(what, ": round ", i, ": ", err)
					return
				}
				a.Close()
				b.Close()
			}
			results[k] = what + ": ok"
		})
	}

	// data and the end together
	run(0, "end behind data", func(i int, a, b *net.TCPConn) error {
		go func() {
			a.Write(make([]byte, 10))
			pause(i)
			a.Write(make([]byte, 5))
			a.CloseWrite()
		}()
		n, err := readAll(b)
		if n != 15 || err != io.EOF {
			return fmt.Errorf("%d %v", n, err)
		}
		// the other direction still works
		b.Write([]byte("late"))
		b.CloseWrite()
		n, err = readAll(a)
		if n != 4 || err != io.EOF {
			return fmt.Errorf("back: %d %v", n, err)
		}
		return nil
	})
	wg.Wait()
	run(1, "reset behind data", func(i int, a, b *net.TCPConn) error {
		a.SetLinger(0)
		a.Write(make([]byte, 10))
		buf := make([]byte, 100)
		n, err := b.Read(buf)
		if n != 10 || err != nil {
			return fmt.Errorf("%d %v", n, err)
		}
		go func() {
			pause(i)
			a.Close()
		}()
		n, err = b.Read(buf)
		if n != 0 || !errors.Is(err, syscall.ECONNRESET) {
			return fmt.Errorf("%d %v", n, err)
		}
		n, err = b.Read(buf)
		if n != 0 || err != io.EOF {
			return fmt.Errorf("again: %d %v", n, err)
		}
		return nil
	})
	wg.Wait()
	run(2, "deadline in between", func(i int, a, b *net.TCPConn) error {
		buf := make([]byte, 100)
		a.Write([]byte("x"))
		b.Read(buf)
		b.SetReadDeadline(time.Unix(1, 0))
		a.Write([]byte("y"))
		if n, err := b.Read(buf); n != 0 || !err.(net.Error).Timeout() {
			return fmt.Errorf("%d %v", n, err)
		}
		b.SetReadDeadline(time.Time{})
		if n, err := b.Read(buf); n != 1 || err != nil {
			return fmt.Errorf("after it: %d %v", n, err)
		}
		b.SetReadDeadline(time.Now().Add(time.Millisecond / 4))
		if n, err := b.Read(buf); n != 0 || !err.(net.Error).Timeout() {
			return fmt.Errorf("while waiting: %d %v", n, err)
		}
		b.SetReadDeadline(time.Time{})
		go a.Write([]byte("z"))
		if n, err := b.Read(buf); n != 1 || err != nil {
			return fmt.Errorf("at the end: %d %v", n, err)
		}
		if n, err := b.Read(nil); n != 0 || err != nil {
			return fmt.Errorf("nothing: %d %v", n, err)
		}
		return nil
	})
	wg.Wait()
	run(3, "raw reads in between", func(i int, a, b *net.TCPConn) error {
		buf := make([]byte, 100)
		raw := must(b.SyscallConn())
		a.Write([]byte("abc"))
		b.Read(buf)
		go a.Write([]byte("defg"))
		got := 0
		err := raw.Read(func(fd uintptr) bool {
			n, err := syscall.Read(int(fd), buf[:2])
			if err == syscall.EAGAIN {
				return false
			}
			got = n
			return true
		})
		if err != nil || got != 2 {
			return fmt.Errorf("raw: %d %v", got, err)
		}
		// two bytes are left, and no event will tell
		if n, err := io.ReadFull(b, buf[:2]); n != 2 || err != nil {
			return fmt.Errorf("rest: %d %v", n, err)
		}
		return nil
	})
	wg.Wait()
	for _, r := range results {
		fmt.Println(r)
	}
}

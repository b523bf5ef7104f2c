// Descriptors run out and come back, with Go's errors; then ten thousand connections at once.
package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"time"
)

func clean(err error) string {
	if err == nil {
		return "<nil>"
	}
	s := err.Error()
	for {
		i := strings.Index(s, "127.0.0.1:")
		if i < 0 {
			return s
		}
		j := i + len("127.0.0.1:")
		for j < len(s) && s[j] >= '0' && s[j] <= '9' {
			j++
		}
		s = s[:i] + "ADDR" + s[j:]
	}
}

func show(what string, err error) {
	var ne net.Error
	ok := errors.As(err, &ne)
	fmt.Println(what, clean(err), ok && ne.Temporary(), ok && ne.Timeout(), errors.Is(err, syscall.EMFILE))
}

func main() {
	var lim syscall.Rlimit
	syscall.Getrlimit(syscall.RLIMIT_NOFILE, &lim)
	fmt.Println("raised", lim.Cur == lim.Max || lim.Cur > 4096)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	low := lim
	low.Cur = 60
	fmt.Println(syscall.Setrlimit(syscall.RLIMIT_NOFILE, &low))
	// run out on the client's side
	var conns []net.Conn
	for {
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			show("dial", err)
			break
		}
		conns = append(conns, c)
	}
	fmt.Println(len(conns) > 30)
	_, err = os.Open("/dev/null")
	show("open", err)
	_, _, err = os.Pipe()
	show("pipe", err)
	_, err = net.Listen("tcp", "127.0.0.1:0")
	show("listen", err)
	_, err = net.ListenPacket("udp", "127.0.0.1:0")
	show("packet", err)
	_, err = l.Accept()
	show("accept", err)
	// and recover
	for _, c := range conns[:10] {
		c.Close()
	}
	c, err := l.Accept()
	show("accept", err)
	c.Close()
	c, err = net.Dial("tcp", l.Addr().String())
	show("dial", err)
	c.Close()
	for _, c := range conns {
		c.Close()
	}
	syscall.Setrlimit(syscall.RLIMIT_NOFILE, &lim)
	l.Close()

	// ten thousand connections
	n := 10000
	if lim.Cur < 21000 {
		n = int(lim.Cur)/2 - 100
	}
	l, err = net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				b := make([]byte, 8)
				for {
					n, err := c.Read(b)
					if err != nil {
						return
					}
					c.Write(b[:n])
				}
			}()
		}
	}()
	all := make([]net.Conn, n)
	for i := range all {
		if all[i], err = net.DialTimeout("tcp", l.Addr().String(), time.Minute); err != nil {
			fmt.Println(i, clean(err))
			return
		}
	}
	ok := 0
	for round := range 2 {
		for _, c := range all {
			c.Write([]byte{byte(round)})
		}
		buf := make([]byte, 1)
		for _, c := range all {
			if _, err := io.ReadFull(c, buf); err == nil && buf[0] == byte(round) {
				ok++
			}
		}
	}
	fmt.Println(ok == 2*n)
	for _, c := range all {
		c.Close()
	}
	l.Close()
	fmt.Println("done")
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"time"
)

func show(what string, err error) {
	text := "<nil>"
	if err != nil {
		text = err.Error()
	}
	// ports differ
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if strings.HasPrefix(text[i:], "127.0.0.1:") && i+10 < len(text) && text[i+10] >= '2' && text[i+10] <= '9' {
			b.WriteString("127.0.0.1:PORT")
			i += 10
			for i < len(text) && text[i] >= '0' && text[i] <= '9' {
				i++
			}
			i--
			continue
		}
		b.WriteByte(text[i])
	}
	var ne net.Error
	isNet := errors.As(err, &ne)
	timeout := isNet && ne.Timeout()
	fmt.Printf("%s: %s | net %v timeout %v closed %v eof %v refused %v deadline %v\n", what, b.String(), isNet, timeout,
		errors.Is(err, net.ErrClosed), err == io.EOF, errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, os.ErrDeadlineExceeded))
}

func pair() (net.Conn, net.Conn, net.Listener) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	a, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		panic(err)
	}
	b, err := ln.Accept()
	if err != nil {
		panic(err)
	}
	return a, b, ln
}

func main() {
	_, err := net.Dial("tcp", "127.0.0.1:1")
	show("refused", err)
	_, err = net.Dial("tcp", "127.0.0.1")
	show("no port", err)
	_, err = net.Dial("tcp", "127.0.0.1:http2")
	show("bad port", err)
	_, err = net.Dial("tcp", "127.0.0.1:99999")
	show("large port", err)
	_, err = net.Dial("foo", "127.0.0.1:1")
	show("bad net", err)
	_, err = net.Listen("udp", "127.0.0.1:0")
	show("listen udp", err)
	_, err = net.Listen("tcp", "1.2.3.4:0")
	show("listen elsewhere", err)
	_, err = net.Dial("unix", "/nonexistent/sock")
	show("unix", err)
	_, err = net.Dial("tcp", "")
	show("empty", err)

	a, b, ln := pair()
	_, err = net.Listen("tcp", ln.Addr().String())
	show("in use", err)
	a.SetReadDeadline(time.Now().Add(10 * time.Millisecond))
	_, err = a.Read(make([]byte, 1))
	show("deadline", err)
	a.SetReadDeadline(time.Time{})
	b.Write([]byte("hey"))
	buf := make([]byte, 10)
	n, err := a.Read(buf)
	fmt.Println(n, string(buf[:n]))
	show("read", err)
	b.Close()
	_, err = a.Read(buf)
	show("eof", err)
	_, err = b.Read(buf)
	show("closed read", err)
	_, err = b.Write(buf)
	show("closed write", err)
	show("closed close", b.Close())
	show("closed set", b.SetDeadline(time.Now()))
	go func() {
		time.Sleep(5 * time.Millisecond)
		ln.Close()
	}()
	_, err = ln.Accept()
	show("accept", err)
	show("close listener", ln.Close())

	// close under a blocked read
	a, b, ln = pair()
	go func() {
		time.Sleep(5 * time.Millisecond)
		a.Close()
	}()
	_, err = a.Read(buf)
	show("closed under read", err)
	// reset
	a, b, ln2 := pair()
	a.(*net.TCPConn).SetLinger(0)
	a.Close()
	time.Sleep(5 * time.Millisecond)
	_, err = b.Read(buf)
	show("reset", err)
	b.Write(buf)
	_, err = b.Write(buf)
	show("broken", err)
	ln.Close()
	ln2.Close()
	// a full socket and a write deadline
	a, b, _ = pair()
	a.SetWriteDeadline(time.Now().Add(20 * time.Millisecond))
	_, err = a.Write(make([]byte, 64<<20))
	show("write deadline", err)
	b.Close()

	_, err = net.DialTimeout("tcp", "192.0.2.1:80", time.Nanosecond)
	show("dial timeout", err)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var d net.Dialer
	_, err = d.DialContext(ctx, "tcp", "127.0.0.1:80")
	show("canceled", err)
	fmt.Println(errors.Is(err, context.Canceled))
	l, _ := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	l.SetDeadline(time.Now().Add(5 * time.Millisecond))
	_, err = l.Accept()
	show("accept deadline", err)
	_, err = net.ResolveTCPAddr("tcp", "127.0.0.1:bogus")
	show("resolve", err)
	_, _, err = net.SplitHostPort("a:b:c")
	show("split", err)
	_, _, err = net.ParseCIDR("10.0.0.0/33")
	show("cidr", err)
	_, err = net.LookupHost("")
	show("lookup", err)
}

// A peer that is stopped (SIGSTOP): deadlines pass, nothing is lost when it goes on, and its death is seen.
package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"syscall"
	"time"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func state(err error) string {
	var ne net.Error
	if errors.As(err, &ne) && ne.Timeout() && errors.Is(err, os.ErrDeadlineExceeded) {
		return "timeout"
	}
	return fmt.Sprint(err)
}

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	c, err := net.Dial("tcp", l.Addr().String())
	must(err)
	peer, err := l.Accept()
	must(err)
	// cat is the peer that gets stopped
	f, err := peer.(*net.TCPConn).File()
	must(err)
	peer.Close()
	cmd := exec.Command("cat")
	cmd.Stdin, cmd.Stdout = f, f
	must(cmd.Start())
	f.Close()
	buf := make([]byte, 64<<10)
	c.Write([]byte("hello"))
	n, err := c.Read(buf)
	fmt.Println(string(buf[:n]), err)
	fmt.Println(cmd.Process.Signal(syscall.SIGSTOP))
	c.Write([]byte("world"))
	c.SetReadDeadline(time.Now().Add(30 * time.Millisecond))
	n, err = c.Read(buf)
	fmt.Println(n, state(err))
	c.SetWriteDeadline(time.Now().Add(50 * time.Millisecond))
	sent := 0
	for err = nil; ; {
		n, err = c.Write(buf)
		sent += n
		if err != nil {
			break
		}
	}
	fmt.Println(sent > 100<<10, state(err))
	// it goes on
	fmt.Println(cmd.Process.Signal(syscall.SIGCONT))
	c.SetDeadline(time.Time{})
	_, err = io.CopyN(io.Discard, c, int64(sent+5))
	fmt.Println(err)
	// and dies
	cmd.Process.Kill()
	_, err = c.Read(buf)
	fmt.Println(err == io.EOF || errors.Is(err, syscall.ECONNRESET))
	fmt.Println(cmd.Wait())
}

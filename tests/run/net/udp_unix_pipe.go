package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"path"
	"time"
)

func main() {
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := pc.ReadFrom(buf)
			if err != nil {
				return
			}
			pc.WriteTo(append([]byte("re: "), buf[:n]...), from)
		}
	}()
	c, err := net.Dial("udp", pc.LocalAddr().String())
	if err != nil {
		panic(err)
	}
	fmt.Println(c.LocalAddr().Network(), c.RemoteAddr().String() == pc.LocalAddr().String())
	buf := make([]byte, 100)
	for i := range 3 {
		fmt.Fprintf(c, "packet %d", i)
		n, err := c.Read(buf)
		fmt.Println(string(buf[:n]), err)
	}
	c.Write(nil)
	n, err := c.Read(buf)
	fmt.Println(string(buf[:n]), err)
	_, err = c.(*net.UDPConn).WriteToUDP([]byte("x"), pc.LocalAddr().(*net.UDPAddr))
	fmt.Println(err != nil)
	pc.Close()

	dir, _ := os.MkdirTemp("", "net")
	defer os.RemoveAll(dir)
	sock := path.Join(dir, "s")
	ln, err := net.Listen("unix", sock)
	if err != nil {
		panic(err)
	}
	fmt.Println(ln.Addr().Network(), ln.Addr().String() == sock)
	go func() {
		c, err := ln.Accept()
		if err != nil {
			panic(err)
		}
		b, err := io.ReadAll(c)
		fmt.Fprintf(c, "got %d %v", len(b), err)
		c.Close()
	}()
	uc, err := net.Dial("unix", sock)
	if err != nil {
		panic(err)
	}
	fmt.Fprint(uc, "hello unix")
	uc.(*net.UnixConn).CloseWrite()
	b, err := io.ReadAll(uc)
	fmt.Println(string(b), err, uc.LocalAddr().String() == "", uc.RemoteAddr().String() == sock)
	ln.Close()
	_, err = os.Stat(sock)
	fmt.Println(os.IsNotExist(err))

	ga, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path.Join(dir, "a"), Net: "unixgram"})
	fmt.Println(err)
	gb, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path.Join(dir, "b"), Net: "unixgram"})
	fmt.Println(err)
	n, err = ga.WriteTo([]byte("dgram"), gb.LocalAddr())
	fmt.Println(n, err)
	n, from, err := gb.ReadFrom(buf)
	fmt.Println(string(buf[:n]), from.String() == path.Join(dir, "a"), err)

	p, q := net.Pipe()
	go func() {
		fmt.Fprint(p, "through the pipe")
		p.Close()
	}()
	b, err = io.ReadAll(q)
	fmt.Println(string(b), err)
	_, err = q.Write([]byte("x"))
	fmt.Println(err)
	p, q = net.Pipe()
	q.SetReadDeadline(time.Now().Add(5 * time.Millisecond))
	_, err = q.Read(buf)
	fmt.Println(err)
}

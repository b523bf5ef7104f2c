// A connection of network unixpacket ends with io.EOF.
package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
)

func main() {
	dir, _ := os.MkdirTemp("", "minigo")
	defer os.RemoveAll(dir)
	addr := &net.UnixAddr{Name: filepath.Join(dir, "s"), Net: "unixpacket"}
	l, err := net.ListenUnix("unixpacket", addr)
	if err != nil {
		fmt.Println(err)
		return
	}
	got := make(chan string)
	go func() {
		c, err := l.Accept()
		if err != nil {
			got <- err.Error()
			return
		}
		text, err := io.ReadAll(c)
		got <- fmt.Sprint(string(text), " ", err)
	}()
	c, err := net.DialUnix("unixpacket", nil, addr)
	if err != nil {
		fmt.Println(err)
		return
	}
	c.Write([]byte("one,"))
	c.Write([]byte("two"))
	c.Close()
	fmt.Println(<-got)
}

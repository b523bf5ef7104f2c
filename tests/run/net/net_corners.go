// Package net's corners: addresses and names, dialers and their hooks, datagrams, Unix sockets, interfaces, pipes.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
	"time"
)

func main() {
	for _, s := range []string{"a:1", "a", "a:", ":1", "[::1]:1", "[::1]", "::1", "[::1", "::1]:1", "a:b:c", "[a]b:1", "[a]:1:2", "", ":", "[]:1", "[fe80::1%lo]:x"} {
		h, p, err := net.SplitHostPort(s)
		fmt.Printf("%q %q %q %v\n", s, h, p, err)
	}
	fmt.Println(net.JoinHostPort("a", "1"), net.JoinHostPort("::1", "http"), net.JoinHostPort("fe80::1%lo", "2"))
	for _, s := range []string{"1.2.3.4", "::1", "1.2.3", "x", "", "::ffff:1.2.3.4", "01.2.3.4", "fe80::1%lo", "1:2:3:4:5:6:7:8"} {
		ip := net.ParseIP(s)
		fmt.Println(s, ip, len(ip), ip.To4() != nil, ip.To16() != nil, ip.IsLoopback(), ip.IsPrivate(), ip.DefaultMask(), ip.IsGlobalUnicast())
	}
	for _, s := range []string{"10.0.0.1/8", "::1/64", "10.0.0.1", "10.0.0.1/33", "x/8", "10.0.0.1/x", "1.2.3.4/-1"} {
		ip, n, err := net.ParseCIDR(s)
		fmt.Println(s, ip, n, err)
		if n != nil {
			o, b := n.Mask.Size()
			fmt.Println("  ", n.Mask, o, b, n.Contains(net.ParseIP("10.2.3.4")), n.Network())
		}
	}
	fmt.Println(net.CIDRMask(20, 32), net.IPv4Mask(255, 0, 255, 0), net.IPv4(1, 2, 3, 4).Equal(net.ParseIP("1.2.3.4")), net.IPv4bcast, net.IPv6loopback)
	m, err := net.ParseMAC("00:00:5e:00:53:01")
	fmt.Println(m, err)
	_, err = net.ParseMAC("00:00:5e")
	fmt.Println(err)
	for _, nw := range []string{"tcp", "tcp4", "tcp6", "udp", "ip"} {
		a, err := net.ResolveTCPAddr(nw, "127.0.0.1:80")
		fmt.Println(nw, a, err)
		b, err := net.ResolveUDPAddr(nw, "[::1]:domain")
		fmt.Println(nw, b, err)
	}
	a, err := net.ResolveTCPAddr("tcp", "localhost:http")
	fmt.Println(a.IP.IsLoopback(), a.Port, err)
	u, err := net.ResolveUnixAddr("unix", "/x")
	fmt.Println(u, u.Network(), err)
	hosts, err := net.LookupHost("localhost")
	fmt.Println(len(hosts) > 0, err)
	p, err := net.LookupPort("tcp", "https")
	fmt.Println(p, err)
	_, err = net.LookupPort("tcp", "nonsense")
	fmt.Println(err)
	_, err = net.LookupHost("")
	fmt.Println(err)
	ips, err := net.LookupIP("127.0.0.1")
	fmt.Println(ips, err)
	// dialer
	ln, _ := net.Listen("tcp4", "127.0.0.1:0")
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			go io.Copy(c, c)
		}
	}()
	d := net.Dialer{Timeout: time.Minute, KeepAlive: time.Second, LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)}}
	called := 0
	d.Control = func(network, address string, c syscall.RawConn) error {
		called++
		return c.Control(func(fd uintptr) {
			syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 8192)
		})
	}
	c, err := d.Dial("tcp", ln.Addr().String())
	fmt.Println(err, called, strings.HasPrefix(c.LocalAddr().String(), "127.0.0.2:"), c.RemoteAddr().String() == ln.Addr().String())
	tc := c.(*net.TCPConn)
	fmt.Println(tc.SetNoDelay(false), tc.SetKeepAlive(true), tc.SetKeepAlivePeriod(time.Second), tc.SetLinger(3), tc.SetReadBuffer(4096), tc.SetWriteBuffer(4096))
	f, err := tc.File()
	fmt.Println(f != nil, err)
	c2, err := net.FileConn(f)
	fmt.Println(c2.LocalAddr().String() == c.LocalAddr().String(), err)
	c2.Write([]byte("hi"))
	b := make([]byte, 10)
	n, err := c.Read(b)
	fmt.Println(string(b[:n]), err)
	d.Control = func(network, address string, c syscall.RawConn) error { return errors.New("not that") }
	_, err = d.Dial("tcp", "127.0.0.1:9")
	fmt.Println(err)
	d.Control = nil
	d.LocalAddr = &net.UDPAddr{}
	_, err = d.Dial("tcp", "127.0.0.1:9")
	fmt.Println(err)
	d = net.Dialer{Deadline: time.Unix(1, 0)}
	_, err = d.Dial("tcp", ln.Addr().String())
	fmt.Println(err != nil && strings.HasSuffix(err.Error(), "i/o timeout"))
	lc := net.ListenConfig{Control: func(network, address string, c syscall.RawConn) error {
		fmt.Println("control", network, address)
		return nil
	}}
	l2, err := lc.Listen(context.Background(), "tcp", "127.0.0.1:0")
	fmt.Println(err)
	l2.Close()
	pc, err := lc.ListenPacket(context.Background(), "udp4", "127.0.0.1:0")
	fmt.Println(err, pc.LocalAddr().(*net.UDPAddr).AddrPort().Addr())
	// UDP
	uc := pc.(*net.UDPConn)
	cl, _ := net.DialUDP("udp", nil, uc.LocalAddr().(*net.UDPAddr))
	cl.Write([]byte("datagram"))
	n, from, err := uc.ReadFromUDPAddrPort(b[:4])
	fmt.Println(string(b[:n]), from == cl.LocalAddr().(*net.UDPAddr).AddrPort(), err)
	n, err = uc.WriteToUDPAddrPort([]byte("back"), from)
	fmt.Println(n, err)
	n, err = cl.Read(b)
	fmt.Println(string(b[:n]), err)
	_, err = cl.WriteTo([]byte("x"), uc.LocalAddr())
	fmt.Println(errors.Is(err, net.ErrWriteToConnected))
	_, err = uc.Write([]byte("x"))
	fmt.Println(err != nil)
	uc.SetReadDeadline(time.Now().Add(10 * time.Millisecond))
	_, _, err = uc.ReadFrom(b)
	fmt.Println(errors.Is(err, os.ErrDeadlineExceeded))
	uc.Close()
	cl.Write([]byte("x"))
	time.Sleep(10 * time.Millisecond)
	_, err = cl.Write([]byte("x"))
	fmt.Println(errors.Is(err, syscall.ECONNREFUSED))
	fmt.Println(net.TCPAddrFromAddrPort(netip.MustParseAddrPort("[fe80::1%lo]:5")), (&net.TCPAddr{Port: 5}), (*net.TCPAddr)(nil), &net.UDPAddr{IP: net.IPv6loopback, Port: 1}, &net.IPAddr{IP: net.IPv4(1, 2, 3, 4)}, &net.IPNet{IP: net.IPv4(1, 2, 3, 4), Mask: net.CIDRMask(8, 32)})
	// unix datagrams
	dir, _ := os.MkdirTemp("", "ux")
	defer os.RemoveAll(dir)
	sa := &net.UnixAddr{Name: filepath.Join(dir, "a"), Net: "unixgram"}
	sb := &net.UnixAddr{Name: filepath.Join(dir, "b"), Net: "unixgram"}
	ua, err := net.ListenUnixgram("unixgram", sa)
	fmt.Println(err)
	ub, err := net.DialUnix("unixgram", sb, sa)
	fmt.Println(err)
	ub.Write([]byte("gram"))
	n, ufrom, err := ua.ReadFromUnix(b)
	fmt.Println(string(b[:n]), ufrom.Name == sb.Name, err)
	n, err = ua.WriteToUnix([]byte("reply"), ufrom)
	fmt.Println(n, err)
	n, err = ub.Read(b)
	fmt.Println(string(b[:n]), err)
	ua.Close()
	_, err = ub.Write([]byte("x"))
	fmt.Println(errors.Is(err, syscall.ECONNREFUSED))
	// seqpacket keeps boundaries
	lp, err := net.ListenUnix("unixpacket", &net.UnixAddr{Name: filepath.Join(dir, "p"), Net: "unixpacket"})
	fmt.Println(err)
	pcn, err := net.Dial("unixpacket", filepath.Join(dir, "p"))
	fmt.Println(err)
	pcn.Write([]byte("one"))
	pcn.Write([]byte("two"))
	ac, _ := lp.Accept()
	n, _ = ac.Read(b)
	fmt.Println(string(b[:n]))
	n, _ = ac.Read(b)
	fmt.Println(string(b[:n]))
	// abstract
	la, err := net.Listen("unix", "@minigo-test-"+fmt.Sprint(os.Getpid()))
	fmt.Println(err, strings.HasPrefix(la.Addr().String(), "@minigo"))
	la.Close()
	_, err = net.Listen("unix", strings.Repeat("x", 200))
	fmt.Println(err != nil)
	l3, _ := net.Listen("unix", filepath.Join(dir, "s"))
	_, err = net.Listen("unix", filepath.Join(dir, "s"))
	fmt.Println(errors.Is(err, syscall.EADDRINUSE))
	l3.Close()
	_, err = os.Stat(filepath.Join(dir, "s"))
	fmt.Println(os.IsNotExist(err))
	// interfaces
	ifs, err := net.Interfaces()
	names := []string{}
	for _, i := range ifs {
		names = append(names, i.Name)
	}
	sort.Strings(names)
	lo, err2 := net.InterfaceByName("lo")
	fmt.Println(len(ifs) > 0, err, err2, lo.Flags&net.FlagLoopback != 0, lo.MTU > 1000, lo.Flags)
	as, err := lo.Addrs()
	fmt.Println(as[0], as[0].Network(), err)
	_, err = net.InterfaceByName("nope0")
	fmt.Println(err)
	_, err = net.InterfaceByIndex(-1)
	fmt.Println(err)
	// Pipe
	x, y := net.Pipe()
	go func() { x.Write([]byte("hello")); x.Close() }()
	n, err = y.Read(b[:3])
	fmt.Println(string(b[:n]), err)
	n, err = y.Read(b)
	fmt.Println(string(b[:n]), err)
	n, err = y.Read(b)
	fmt.Println(n, err)
	_, err = y.Write(b)
	fmt.Println(err)
	_, err = x.Read(b)
	fmt.Println(err, x.LocalAddr(), x.LocalAddr().Network())
	x, y = net.Pipe()
	x.SetDeadline(time.Now().Add(5 * time.Millisecond))
	_, err = x.Read(b)
	fmt.Println(err, errors.Is(err, os.ErrDeadlineExceeded))
	_, err = x.Write(b)
	fmt.Println(err)
	x.SetDeadline(time.Time{})
	go y.Write([]byte("z"))
	n, err = x.Read(b)
	fmt.Println(n, err)
	// Buffers
	bufs := net.Buffers{[]byte("ab"), []byte("cd")}
	cc, err := net.Dial("tcp", ln.Addr().String())
	nn, err := bufs.WriteTo(cc)
	fmt.Println(nn, err, len(bufs))
	io.ReadFull(cc, b[:4])
	fmt.Println(string(b[:4]))
	// closing twice and errors
	cc.Close()
	fmt.Println(errors.Is(cc.Close(), net.ErrClosed))
	_, err = cc.(*net.TCPConn).SyscallConn()
	fmt.Println(err)
}

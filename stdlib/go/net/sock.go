package net

import (
	"context"
	"internal/poll"
	"internal/sys"
	"os"
	"sync"
	"syscall"
	"time"
)

// netFD is a socket.
type netFD struct {
	pfd          poll.FD
	family, kind int
	connected    bool
	net          string
	laddr, raddr Addr
}

// rawAddrLen is enough for every address in the kernel's form.
const rawAddrLen = 112

// sysErr gives an error number of a call the form in which it is reported.
func sysErr(call string, r int) error {
	return os.NewSyscallError(call, syscall.Errno(-r))
}

func wrapSysErr(call string, err error) error {
	if _, ok := err.(syscall.Errno); ok {
		return os.NewSyscallError(call, err)
	}
	return err
}

var ipv6 struct {
	once  sync.Once
	works bool
}

// supportsIPv6 tries whether the system knows IPv6.
func supportsIPv6() bool {
	ipv6.once.Do(func() {
		fd := sys.Socket(sys.AF_INET6, sys.SOCK_STREAM, sys.IPPROTO_TCP)
		if fd < 0 {
			return
		}
		raw := encodeInet(sys.AF_INET6, inetAddr{ip: IPv6loopback})
		ipv6.works = sys.Bind(fd, raw) >= 0
		sys.Close(fd)
	})
	return ipv6.works
}

// encodeInet returns an address in the kernel's form.
func encodeInet(family int, a inetAddr) []byte {
	if family == sys.AF_INET {
		raw := make([]byte, 16)
		raw[0], raw[2], raw[3] = byte(family), byte(a.port>>8), byte(a.port)
		if ip := a.ip.To4(); ip != nil {
			copy(raw[4:8], ip)
		}
		return raw
	}
	raw := make([]byte, 28)
	raw[0], raw[2], raw[3] = byte(family), byte(a.port>>8), byte(a.port)
	// 0.0.0.0 on an IPv6 socket is all of both.
	if len(a.ip) != 0 && !a.ip.Equal(IPv4zero) {
		copy(raw[8:24], a.ip.To16())
	}
	scope := zoneIndex(a.zone)
	raw[24], raw[25], raw[26], raw[27] = byte(scope), byte(scope>>8), byte(scope>>16), byte(scope>>24)
	return raw
}

func encodeUnix(name string) ([]byte, error) {
	if len(name) >= 108 {
		return nil, syscall.EINVAL
	}
	raw := make([]byte, 2, 2+len(name)+1)
	raw[0] = sys.AF_UNIX
	raw = append(raw, name...)
	if name == "" {
		return raw, nil
	}
	if name[0] == '@' {
		raw[2] = 0 // a name without a file
		return raw, nil
	}
	return append(raw, 0), nil
}

// decode returns an address for a socket of this network.
func (fd *netFD) decode(raw []byte) Addr {
	if len(raw) < 2 {
		if fd.family == sys.AF_UNIX {
			return &UnixAddr{Net: fd.net}
		}
		return nil
	}
	switch int(raw[0]) {
	case sys.AF_INET:
		if len(raw) < 8 {
			return nil
		}
		return inetAddr{ip: IP{raw[4], raw[5], raw[6], raw[7]}, port: int(raw[2])<<8 | int(raw[3])}.addr(fd.net)
	case sys.AF_INET6:
		if len(raw) < 28 {
			return nil
		}
		ip := append(make(IP, 0, IPv6len), raw[8:24]...)
		scope := int(raw[24]) | int(raw[25])<<8 | int(raw[26])<<16 | int(raw[27])<<24
		return inetAddr{ip: ip, port: int(raw[2])<<8 | int(raw[3]), zone: zoneName(scope)}.addr(fd.net)
	case sys.AF_UNIX:
		name := raw[2:]
		if len(name) == 0 {
			return &UnixAddr{Name: "@", Net: fd.net}
		}
		if name[0] == 0 {
			return &UnixAddr{Name: "@" + string(name[1:]), Net: fd.net}
		}
		for i, c := range name {
			if c == 0 {
				name = name[:i]
				break
			}
		}
		return &UnixAddr{Name: string(name), Net: fd.net}
	}
	return nil
}

// encode returns one of this package's addresses in the kernel's form.
func (fd *netFD) encode(a Addr) ([]byte, error) {
	switch a := a.(type) {
	case *TCPAddr:
		return fd.encodeIP(inetAddr{a.IP, a.Zone, a.Port})
	case *UDPAddr:
		return fd.encodeIP(inetAddr{a.IP, a.Zone, a.Port})
	case *UnixAddr:
		return encodeUnix(a.Name)
	}
	return nil, syscall.EINVAL
}

func (fd *netFD) encodeIP(a inetAddr) ([]byte, error) {
	if fd.family == sys.AF_INET {
		if len(a.ip) == 0 {
			a.ip = IPv4zero
		}
		if a.ip.To4() == nil {
			return nil, &AddrError{Err: "non-IPv4 address", Addr: a.ip.String()}
		}
	} else if len(a.ip) != 0 && a.ip.To16() == nil {
		return nil, &AddrError{Err: "non-IPv6 address", Addr: a.ip.String()}
	}
	return encodeInet(fd.family, a), nil
}

// newSocket makes a socket with the options that all have.
func newSocket(network string, family, kind int, v6only bool) (*netFD, error) {
	proto := 0
	s := sys.Socket(family, kind, proto)
	if s < 0 {
		return nil, sysErr("socket", s)
	}
	if family == sys.AF_INET6 {
		only := 0
		if v6only {
			only = 1
		}
		sys.SetsockoptInt(s, sys.IPPROTO_IPV6, sys.IPV6_V6ONLY, only)
	}
	if kind == sys.SOCK_DGRAM && family != sys.AF_UNIX {
		sys.SetsockoptInt(s, sys.SOL_SOCKET, sys.SO_BROADCAST, 1)
	}
	return makeFD(network, s, family, kind), nil
}

func makeFD(network string, s, family, kind int) *netFD {
	fd := &netFD{family: family, kind: kind, net: network}
	fd.pfd.Sysfd = s
	if kind == sys.SOCK_STREAM || kind == sys.SOCK_SEQPACKET {
		fd.pfd.Flags = poll.ZeroReadIsEOF
		if family != sys.AF_UNIX {
			fd.pfd.Flags |= poll.IsTCP
		}
	}
	return fd
}

// setAddrs asks the kernel for both ends.
func (fd *netFD) setAddrs(remote []byte) {
	var raw [rawAddrLen]byte
	if n := sys.Getsockname(fd.pfd.Sysfd, raw[:]); n >= 0 {
		fd.laddr = fd.decode(raw[:n])
	}
	if n := sys.Getpeername(fd.pfd.Sysfd, raw[:]); n >= 0 {
		fd.raddr = fd.decode(raw[:n])
	} else if remote != nil {
		fd.raddr = fd.decode(remote)
	}
}

// abandon closes a socket that did not come to anything.
func (fd *netFD) abandon() {
	if fd.pfd.Pollable() {
		fd.pfd.Close()
	} else {
		sys.Close(fd.pfd.Sysfd)
	}
}

// control lets the user's function see the socket before it is used.
type controlFunc func(ctx context.Context, network, address string, c syscall.RawConn) error

type rawConn struct {
	fd *netFD
}

func (c rawConn) Control(f func(fd uintptr)) error {
	err := c.fd.pfd.Control(func(s int) { f(uintptr(s)) })
	if err != nil {
		err = &OpError{Op: "raw-control", Net: c.fd.net, Addr: c.fd.laddr, Err: err}
	}
	return err
}

func (c rawConn) Read(f func(fd uintptr) (done bool)) error {
	for {
		done := false
		if err := c.Control(func(s uintptr) { done = f(s) }); err != nil || done {
			return err
		}
		if err := c.fd.pfd.WaitRead(); err != nil {
			return &OpError{Op: "raw-read", Net: c.fd.net, Source: c.fd.laddr, Addr: c.fd.raddr, Err: err}
		}
	}
}

func (c rawConn) Write(f func(fd uintptr) (done bool)) error {
	for {
		done := false
		if err := c.Control(func(s uintptr) { done = f(s) }); err != nil || done {
			return err
		}
		if err := c.fd.pfd.WaitWrite(); err != nil {
			return &OpError{Op: "raw-write", Net: c.fd.net, Source: c.fd.laddr, Addr: c.fd.raddr, Err: err}
		}
	}
}

// connect connects to remote within the context's time.
func (fd *netFD) connect(ctx context.Context, remote []byte) error {
	r := sys.Connect(fd.pfd.Sysfd, remote)
	switch r {
	case -sys.EINPROGRESS, -sys.EALREADY, -sys.EINTR, 0, -sys.EISCONN:
	default:
		return sysErr("connect", r)
	}
	if err := ctx.Err(); err != nil {
		return mapErr(err)
	}
	if err := fd.pfd.Init(); err != nil {
		return os.NewSyscallError("epoll_ctl", err)
	}
	if r == 0 || r == -sys.EISCONN {
		return nil
	}
	if t, ok := ctx.Deadline(); ok {
		fd.pfd.SetDeadline(t, poll.ModeWrite)
		defer fd.pfd.SetDeadline(time.Time{}, poll.ModeWrite)
	}
	if ctx.Done() != nil {
		// When the context ends, the wait does.
		done := make(chan bool)
		ended := make(chan bool)
		go func() {
			select {
			case <-ctx.Done():
				fd.pfd.SetDeadline(time.Unix(1, 0), poll.ModeWrite)
			case <-done:
			}
			ended <- true
		}()
		defer func() {
			close(done)
			<-ended
		}()
	}
	for {
		if err := fd.pfd.WaitWrite(); err != nil {
			if e := ctx.Err(); e != nil {
				return mapErr(e)
			}
			return err
		}
		e, errno := sys.GetsockoptInt(fd.pfd.Sysfd, sys.SOL_SOCKET, sys.SO_ERROR)
		if errno != 0 {
			return sysErr("getsockopt", -errno)
		}
		switch e {
		case sys.EINPROGRESS, sys.EALREADY, sys.EINTR:
			continue
		case sys.EISCONN:
			return nil
		case 0:
			// An event that has nothing to do with the connection comes, too.
			var raw [rawAddrLen]byte
			if sys.Getpeername(fd.pfd.Sysfd, raw[:]) >= 0 {
				return nil
			}
			continue
		}
		return sysErr("connect", -e)
	}
}

// dialFD makes a socket and connects it; without a remote address it is one that receives packets at the local one.
func dialFD(ctx context.Context, network string, family, kind int, v6only bool, local, remote Addr, control controlFunc) (*netFD, error) {
	fd, err := newSocket(network, family, kind, v6only)
	if err != nil {
		return nil, err
	}
	if err := fd.dial(ctx, local, remote, control); err != nil {
		fd.abandon()
		return nil, err
	}
	return fd, nil
}

func isNilAddr(a Addr) bool {
	switch a := a.(type) {
	case nil:
		return true
	case *TCPAddr:
		return a == nil
	case *UDPAddr:
		return a == nil
	case *UnixAddr:
		return a == nil
	case *IPAddr:
		return a == nil
	}
	return false
}

func (fd *netFD) dial(ctx context.Context, local, remote Addr, control controlFunc) error {
	if control != nil {
		shown := local
		if !isNilAddr(remote) {
			shown = remote
		}
		text := ""
		if !isNilAddr(shown) {
			text = shown.String()
		}
		if err := control(ctx, fd.controlNetwork(), text, rawConn{fd}); err != nil {
			return err
		}
	}
	if !isNilAddr(local) {
		raw, err := fd.encode(local)
		if err != nil {
			return err
		}
		if r := sys.Bind(fd.pfd.Sysfd, raw); r < 0 {
			return sysErr("bind", r)
		}
	}
	var raw []byte
	if !isNilAddr(remote) {
		var err error
		if raw, err = fd.encode(remote); err != nil {
			return err
		}
		if err := fd.connect(ctx, raw); err != nil {
			return err
		}
		fd.connected = true
	} else if err := fd.pfd.Init(); err != nil {
		return os.NewSyscallError("epoll_ctl", err)
	}
	fd.setAddrs(raw)
	return nil
}

// controlNetwork is the network with its version, as control functions are told it.
func (fd *netFD) controlNetwork() string {
	if baseNetwork(fd.net) != fd.net || fd.family == sys.AF_UNIX {
		return fd.net
	}
	if fd.family == sys.AF_INET {
		return fd.net + "4"
	}
	return fd.net + "6"
}

// listenFD makes a socket that listens, or receives packets.
func listenFD(ctx context.Context, network string, family, kind int, v6only bool, local Addr, control controlFunc) (*netFD, error) {
	fd, err := newSocket(network, family, kind, v6only)
	if err != nil {
		return nil, err
	}
	if err := fd.listen(ctx, local, control); err != nil {
		fd.abandon()
		return nil, err
	}
	return fd, nil
}

func (fd *netFD) listen(ctx context.Context, local Addr, control controlFunc) error {
	stream := fd.kind != sys.SOCK_DGRAM
	if stream && fd.family != sys.AF_UNIX {
		if r := sys.SetsockoptInt(fd.pfd.Sysfd, sys.SOL_SOCKET, sys.SO_REUSEADDR, 1); r < 0 {
			return sysErr("setsockopt", r)
		}
	}
	raw, err := fd.encode(local)
	if err != nil {
		return err
	}
	if control != nil {
		if err := control(ctx, fd.controlNetwork(), local.String(), rawConn{fd}); err != nil {
			return err
		}
	}
	if r := sys.Bind(fd.pfd.Sysfd, raw); r < 0 {
		return sysErr("bind", r)
	}
	if stream {
		if r := sys.Listen(fd.pfd.Sysfd, sys.SOMAXCONN); r < 0 {
			return sysErr("listen", r)
		}
	}
	if err := fd.pfd.Init(); err != nil {
		return os.NewSyscallError("epoll_ctl", err)
	}
	fd.setAddrs(nil)
	return nil
}

// accept returns the next connection.
func (fd *netFD) accept() (*netFD, error) {
	var raw [rawAddrLen]byte
	s, n, err := fd.pfd.Accept(raw[:])
	if err != nil {
		return nil, wrapSysErr("accept4", err)
	}
	c := makeFD(fd.net, s, fd.family, fd.kind)
	c.connected = true
	if err := c.pfd.Init(); err != nil {
		sys.Close(s)
		return nil, os.NewSyscallError("epoll_ctl", err)
	}
	c.raddr = c.decode(raw[:n])
	var local [rawAddrLen]byte
	if n := sys.Getsockname(s, local[:]); n >= 0 {
		c.laddr = c.decode(local[:n])
	}
	return c, nil
}

func (fd *netFD) fail(op string, err error) error {
	return &OpError{Op: op, Net: fd.net, Source: fd.laddr, Addr: fd.raddr, Err: err}
}

// wildcard reports whether an address is that of no one machine.
func (a inetAddr) wildcard() bool { return len(a.ip) == 0 || a.ip.IsUnspecified() }

// pickFamily decides between IPv4 and IPv6, and whether an IPv6 socket is for IPv6 alone.
func pickFamily(network string, local, remote *inetAddr, listening bool) (family int, v6only bool) {
	switch network[len(network)-1] {
	case '4':
		return sys.AF_INET, false
	case '6':
		return sys.AF_INET6, true
	}
	if listening && (local == nil || local.wildcard()) {
		if local != nil && len(local.ip) == IPv4len || !supportsIPv6() {
			return sys.AF_INET, false
		}
		return sys.AF_INET6, false
	}
	is4 := func(a *inetAddr) bool { return a == nil || len(a.ip) == 0 || a.ip.To4() != nil }
	if is4(local) && is4(remote) {
		return sys.AF_INET, false
	}
	return sys.AF_INET6, false
}

func inetOf(a Addr) *inetAddr {
	switch a := a.(type) {
	case *TCPAddr:
		if a != nil {
			return &inetAddr{a.IP, a.Zone, a.Port}
		}
	case *UDPAddr:
		if a != nil {
			return &inetAddr{a.IP, a.Zone, a.Port}
		}
	}
	return nil
}

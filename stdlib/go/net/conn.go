package net

import (
	"internal/poll"
	"internal/sys"
	"io"
	"os"
	"sync"
	"syscall"
	"time"
)

// conn is what all connections have in common.
type conn struct {
	fd *netFD
}

func (c *conn) ok() bool { return c != nil && c.fd != nil }

// Read reads data; the end is io.EOF.
func (c *conn) Read(b []byte) (int, error) {
	if !c.ok() {
		return 0, syscall.EINVAL
	}
	n, err := c.fd.pfd.Read(b)
	if err != nil && err != io.EOF {
		err = c.fd.fail("read", wrapSysErr("read", err))
	}
	return n, err
}

// Write writes all of b.
func (c *conn) Write(b []byte) (int, error) {
	if !c.ok() {
		return 0, syscall.EINVAL
	}
	n, err := c.fd.pfd.Write(b)
	if err != nil {
		err = c.fd.fail("write", wrapSysErr("write", err))
	}
	return n, err
}

// Close closes the connection; calls that wait return.
func (c *conn) Close() error {
	if !c.ok() {
		return syscall.EINVAL
	}
	err := c.fd.pfd.Close()
	if err != nil {
		err = c.fd.fail("close", err)
	}
	return err
}

// LocalAddr returns our end.
func (c *conn) LocalAddr() Addr {
	if !c.ok() {
		return nil
	}
	return c.fd.laddr
}

// RemoteAddr returns the other end.
func (c *conn) RemoteAddr() Addr {
	if !c.ok() {
		return nil
	}
	return c.fd.raddr
}

func (c *conn) deadline(t time.Time, modes int) error {
	if !c.ok() {
		return syscall.EINVAL
	}
	if err := c.fd.pfd.SetDeadline(t, modes); err != nil {
		return &OpError{Op: "set", Net: c.fd.net, Addr: c.fd.laddr, Err: err}
	}
	return nil
}

// SetDeadline sets the time after which calls fail; zero for never.
func (c *conn) SetDeadline(t time.Time) error { return c.deadline(t, poll.ModeRead|poll.ModeWrite) }

// SetReadDeadline sets the time after which reading fails.
func (c *conn) SetReadDeadline(t time.Time) error { return c.deadline(t, poll.ModeRead) }

// SetWriteDeadline sets the time after which writing fails.
func (c *conn) SetWriteDeadline(t time.Time) error { return c.deadline(t, poll.ModeWrite) }

func (c *conn) option(level, name, value int) error {
	if !c.ok() {
		return syscall.EINVAL
	}
	if err := c.fd.pfd.SetsockoptInt(level, name, value); err != nil {
		return &OpError{Op: "set", Net: c.fd.net, Source: c.fd.laddr, Addr: c.fd.raddr, Err: wrapSysErr("setsockopt", err)}
	}
	return nil
}

// SetReadBuffer sets how much the system holds for reading.
func (c *conn) SetReadBuffer(bytes int) error { return c.option(sys.SOL_SOCKET, sys.SO_RCVBUF, bytes) }

// SetWriteBuffer sets how much the system holds that was written.
func (c *conn) SetWriteBuffer(bytes int) error { return c.option(sys.SOL_SOCKET, sys.SO_SNDBUF, bytes) }

// File returns a copy of the descriptor.
func (c *conn) File() (f *os.File, err error) {
	if !c.ok() {
		return nil, syscall.EINVAL
	}
	return c.fd.file()
}

func (fd *netFD) file() (*os.File, error) {
	s, err := fd.pfd.Dup()
	if err != nil {
		return nil, &OpError{Op: "file", Net: fd.net, Source: fd.laddr, Addr: fd.raddr, Err: wrapSysErr("dup", err)}
	}
	name := fd.net + ":"
	if fd.laddr != nil {
		name += fd.laddr.String()
	}
	name += "->"
	if fd.raddr != nil {
		name += fd.raddr.String()
	}
	return os.NewFile(uintptr(s), name), nil
}

// SyscallConn gives access to the descriptor.
func (c *conn) SyscallConn() (syscall.RawConn, error) {
	if !c.ok() {
		return nil, syscall.EINVAL
	}
	return rawConn{c.fd}, nil
}

func (c *conn) shutdown(how int) error {
	if !c.ok() {
		return syscall.EINVAL
	}
	if err := c.fd.pfd.Shutdown(how); err != nil {
		return c.fd.fail("close", wrapSysErr("shutdown", err))
	}
	return nil
}

// ---- TCP ----

// TCPConn is a TCP connection.
type TCPConn struct {
	conn
}

// KeepAliveConfig says how a connection finds out that the other end is gone.
type KeepAliveConfig struct {
	Enable   bool
	Idle     time.Duration // without traffic, until the first question; 0: 15 seconds
	Interval time.Duration // between questions; 0: 15 seconds
	Count    int           // questions without answer; 0: 9
}

func newTCPConn(fd *netFD, keepAlive time.Duration, config KeepAliveConfig) *TCPConn {
	c := &TCPConn{conn{fd}}
	sys.SetsockoptInt(fd.pfd.Sysfd, sys.IPPROTO_TCP, sys.TCP_NODELAY, 1)
	if !config.Enable && keepAlive >= 0 {
		config = KeepAliveConfig{Enable: true, Idle: keepAlive}
	}
	if config.Enable {
		c.SetKeepAliveConfig(config)
	}
	return c
}

// SetNoDelay says whether small packets are sent at once, which is so unless it is changed.
func (c *TCPConn) SetNoDelay(noDelay bool) error {
	return c.option(sys.IPPROTO_TCP, sys.TCP_NODELAY, boolInt(noDelay))
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// SetKeepAlive says whether the system asks now and then whether the other end is still there.
func (c *TCPConn) SetKeepAlive(keepalive bool) error {
	return c.option(sys.SOL_SOCKET, sys.SO_KEEPALIVE, boolInt(keepalive))
}

const defaultKeepAlive = 15 * time.Second

func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }

// SetKeepAlivePeriod sets how long the connection may be idle until the system asks.
func (c *TCPConn) SetKeepAlivePeriod(d time.Duration) error {
	if d == 0 {
		d = defaultKeepAlive
	}
	if d < 0 {
		return nil
	}
	return c.option(sys.IPPROTO_TCP, sys.TCP_KEEPIDLE, seconds(d))
}

// SetKeepAliveConfig sets all of it.
func (c *TCPConn) SetKeepAliveConfig(config KeepAliveConfig) error {
	if err := c.SetKeepAlive(config.Enable); err != nil {
		return err
	}
	if err := c.SetKeepAlivePeriod(config.Idle); err != nil {
		return err
	}
	if config.Interval == 0 {
		config.Interval = defaultKeepAlive
	}
	if config.Interval > 0 {
		if err := c.option(sys.IPPROTO_TCP, sys.TCP_KEEPINTVL, seconds(config.Interval)); err != nil {
			return err
		}
	}
	if config.Count == 0 {
		config.Count = 9
	}
	if config.Count > 0 {
		return c.option(sys.IPPROTO_TCP, sys.TCP_KEEPCNT, config.Count)
	}
	return nil
}

// SetLinger says what Close does with data that was not sent yet: below zero it goes on in the background, at zero the
// data is dropped, above it goes on for so many seconds.
func (c *TCPConn) SetLinger(sec int) error {
	if !c.ok() {
		return syscall.EINVAL
	}
	on := byte(1)
	if sec < 0 {
		on, sec = 0, 0
	}
	value := []byte{on, 0, 0, 0, byte(sec), byte(sec >> 8), byte(sec >> 16), byte(sec >> 24)}
	if err := c.fd.pfd.Setsockopt(sys.SOL_SOCKET, sys.SO_LINGER, value); err != nil {
		return c.fd.fail("set", wrapSysErr("setsockopt", err))
	}
	return nil
}

// CloseRead ends reading.
func (c *TCPConn) CloseRead() error { return c.shutdown(0) }

// CloseWrite ends writing: the other end reads io.EOF.
func (c *TCPConn) CloseWrite() error { return c.shutdown(1) }

type writerOnly struct {
	io.Writer
}

// ReadFrom copies everything from r.
func (c *TCPConn) ReadFrom(r io.Reader) (int64, error) {
	if !c.ok() {
		return 0, syscall.EINVAL
	}
	n, err := io.Copy(writerOnly{c}, r)
	if err != nil && err != io.EOF {
		if _, ok := err.(*OpError); !ok {
			err = c.fd.fail("readfrom", err)
		}
	}
	return n, err
}

// TCPListener waits for TCP connections.
type TCPListener struct {
	fd *netFD
	lc ListenConfig
}

func (l *TCPListener) ok() bool { return l != nil && l.fd != nil }

// AcceptTCP waits for the next connection.
func (l *TCPListener) AcceptTCP() (*TCPConn, error) {
	if !l.ok() {
		return nil, syscall.EINVAL
	}
	fd, err := l.fd.accept()
	if err != nil {
		return nil, &OpError{Op: "accept", Net: l.fd.net, Addr: l.fd.laddr, Err: err}
	}
	return newTCPConn(fd, l.lc.KeepAlive, l.lc.KeepAliveConfig), nil
}

// Accept waits for the next connection.
func (l *TCPListener) Accept() (Conn, error) {
	c, err := l.AcceptTCP()
	if err != nil {
		return nil, err
	}
	return c, nil
}

func (fd *netFD) closeListener() error {
	if err := fd.pfd.Close(); err != nil {
		return &OpError{Op: "close", Net: fd.net, Addr: fd.laddr, Err: err}
	}
	return nil
}

// Close stops listening.
func (l *TCPListener) Close() error {
	if !l.ok() {
		return syscall.EINVAL
	}
	return l.fd.closeListener()
}

// Addr returns where it listens.
func (l *TCPListener) Addr() Addr { return l.fd.laddr }

// SetDeadline sets the time after which Accept fails.
func (l *TCPListener) SetDeadline(t time.Time) error {
	if !l.ok() {
		return syscall.EINVAL
	}
	return (&conn{l.fd}).SetDeadline(t)
}

// File returns a copy of the descriptor.
func (l *TCPListener) File() (f *os.File, err error) { return l.fd.file() }

// SyscallConn gives access to the descriptor.
func (l *TCPListener) SyscallConn() (syscall.RawConn, error) { return rawConn{l.fd}, nil }

// ---- UDP ----

// UDPConn is a UDP socket.
type UDPConn struct {
	conn
}

// ReadFromUDP reads one packet.
func (c *UDPConn) ReadFromUDP(b []byte) (n int, addr *UDPAddr, err error) {
	if !c.ok() {
		return 0, nil, syscall.EINVAL
	}
	n, a, err := c.readFrom(b)
	addr, _ = a.(*UDPAddr)
	return n, addr, err
}

// readFrom reads one packet; the end of a stream is io.EOF.
func (c *conn) readFrom(b []byte) (int, Addr, error) {
	var raw [rawAddrLen]byte
	n, alen, err := c.fd.pfd.RecvFrom(b, 0, raw[:])
	if err != nil {
		if err != io.EOF {
			err = c.fd.fail("read", wrapSysErr("recvfrom", err))
		}
		return n, nil, err
	}
	addr := c.fd.decode(raw[:alen])
	// IPv4 on an IPv6 socket looks like IPv4.
	if u, ok := addr.(*UDPAddr); ok {
		if ip := u.IP.To4(); ip != nil && len(u.IP) == IPv6len {
			u.IP = ip.To16()
		}
	}
	return n, addr, nil
}

// ReadFrom reads one packet.
func (c *UDPConn) ReadFrom(b []byte) (int, Addr, error) {
	n, addr, err := c.ReadFromUDP(b)
	if addr == nil {
		return n, nil, err
	}
	return n, addr, err
}

// ReadMsgUDP reads one packet; there is nothing beside it.
func (c *UDPConn) ReadMsgUDP(b, oob []byte) (n, oobn, flags int, addr *UDPAddr, err error) {
	n, addr, err = c.ReadFromUDP(b)
	return n, 0, 0, addr, err
}

func (c *conn) writeTo(b []byte, addr Addr) (int, error) {
	fail := func(err error) (int, error) {
		if isNilAddr(addr) {
			addr = nil
		}
		return 0, &OpError{Op: "write", Net: c.fd.net, Source: c.fd.laddr, Addr: addr, Err: err}
	}
	if c.fd.connected {
		return fail(ErrWriteToConnected)
	}
	if isNilAddr(addr) {
		return fail(errMissingAddress)
	}
	raw, err := c.fd.encode(addr)
	if err != nil {
		return fail(err)
	}
	n, err := c.fd.pfd.SendTo(b, 0, raw)
	if err != nil {
		return fail(wrapSysErr("sendto", err))
	}
	return n, nil
}

// WriteToUDP sends one packet.
func (c *UDPConn) WriteToUDP(b []byte, addr *UDPAddr) (int, error) {
	if !c.ok() {
		return 0, syscall.EINVAL
	}
	return c.writeTo(b, addr)
}

// WriteTo sends one packet.
func (c *UDPConn) WriteTo(b []byte, addr Addr) (int, error) {
	if !c.ok() {
		return 0, syscall.EINVAL
	}
	a, ok := addr.(*UDPAddr)
	if !ok {
		return 0, &OpError{Op: "write", Net: c.fd.net, Source: c.fd.laddr, Addr: addr, Err: syscall.EINVAL}
	}
	return c.writeTo(b, a)
}

// WriteMsgUDP sends one packet, with nothing beside it.
func (c *UDPConn) WriteMsgUDP(b, oob []byte, addr *UDPAddr) (n, oobn int, err error) {
	if c.fd.connected {
		n, err = c.Write(b)
	} else {
		n, err = c.WriteToUDP(b, addr)
	}
	return n, 0, err
}

// ---- Unix ----

// UnixConn is a Unix socket.
type UnixConn struct {
	conn
}

// CloseRead ends reading.
func (c *UnixConn) CloseRead() error { return c.shutdown(0) }

// CloseWrite ends writing.
func (c *UnixConn) CloseWrite() error { return c.shutdown(1) }

// ReadFromUnix reads one packet.
func (c *UnixConn) ReadFromUnix(b []byte) (int, *UnixAddr, error) {
	if !c.ok() {
		return 0, nil, syscall.EINVAL
	}
	n, a, err := c.readFrom(b)
	addr, _ := a.(*UnixAddr)
	if addr != nil && addr.Name == "" {
		addr = nil
	}
	return n, addr, err
}

// ReadFrom reads one packet.
func (c *UnixConn) ReadFrom(b []byte) (int, Addr, error) {
	n, addr, err := c.ReadFromUnix(b)
	if addr == nil {
		return n, nil, err
	}
	return n, addr, err
}

// WriteToUnix sends one packet.
func (c *UnixConn) WriteToUnix(b []byte, addr *UnixAddr) (int, error) {
	if !c.ok() {
		return 0, syscall.EINVAL
	}
	if addr != nil && addr.Net != c.fd.net {
		return 0, &OpError{Op: "write", Net: c.fd.net, Source: c.fd.laddr, Addr: addr, Err: syscall.EAFNOSUPPORT}
	}
	return c.writeTo(b, addr)
}

// WriteTo sends one packet.
func (c *UnixConn) WriteTo(b []byte, addr Addr) (int, error) {
	if !c.ok() {
		return 0, syscall.EINVAL
	}
	a, ok := addr.(*UnixAddr)
	if !ok {
		return 0, &OpError{Op: "write", Net: c.fd.net, Source: c.fd.laddr, Addr: addr, Err: syscall.EINVAL}
	}
	return c.WriteToUnix(b, a)
}

// UnixListener waits for connections on a Unix socket.
type UnixListener struct {
	fd     *netFD
	path   string
	unlink bool
	once   sync.Once
}

func (l *UnixListener) ok() bool { return l != nil && l.fd != nil }

// AcceptUnix waits for the next connection.
func (l *UnixListener) AcceptUnix() (*UnixConn, error) {
	if !l.ok() {
		return nil, syscall.EINVAL
	}
	fd, err := l.fd.accept()
	if err != nil {
		return nil, &OpError{Op: "accept", Net: l.fd.net, Addr: l.fd.laddr, Err: err}
	}
	return &UnixConn{conn{fd}}, nil
}

// Accept waits for the next connection.
func (l *UnixListener) Accept() (Conn, error) {
	c, err := l.AcceptUnix()
	if err != nil {
		return nil, err
	}
	return c, nil
}

// Close stops listening, and removes the socket's file.
func (l *UnixListener) Close() error {
	if !l.ok() {
		return syscall.EINVAL
	}
	l.once.Do(func() {
		if l.unlink && l.path != "" && l.path[0] != '@' {
			os.Remove(l.path)
		}
	})
	return l.fd.closeListener()
}

// SetUnlinkOnClose says whether Close removes the socket's file.
func (l *UnixListener) SetUnlinkOnClose(unlink bool) { l.unlink = unlink }

// Addr returns where it listens.
func (l *UnixListener) Addr() Addr { return l.fd.laddr }

// SetDeadline sets the time after which Accept fails.
func (l *UnixListener) SetDeadline(t time.Time) error { return (&conn{l.fd}).SetDeadline(t) }

// File returns a copy of the descriptor.
func (l *UnixListener) File() (f *os.File, err error) { return l.fd.file() }

// SyscallConn gives access to the descriptor.
func (l *UnixListener) SyscallConn() (syscall.RawConn, error) { return rawConn{l.fd}, nil }

// ---- from files ----

func fileFD(f *os.File) (*netFD, error) {
	s := sys.Fcntl(int(f.Fd()), sys.F_DUPFD_CX, 0)
	if s < 0 {
		return nil, sysErr("fcntl", s)
	}
	kind, errno := sys.GetsockoptInt(s, sys.SOL_SOCKET, sys.SO_TYPE)
	if errno != 0 {
		sys.Close(s)
		return nil, sysErr("getsockopt", -errno)
	}
	var raw [rawAddrLen]byte
	n := sys.Getsockname(s, raw[:])
	if n < 2 {
		sys.Close(s)
		return nil, sysErr("getsockname", min(n, -sys.EINVAL))
	}
	fd := makeFD("tcp", s, int(raw[0]), kind)
	switch {
	case fd.family == sys.AF_UNIX && kind == sys.SOCK_DGRAM:
		fd.net = "unixgram"
	case fd.family == sys.AF_UNIX && kind == sys.SOCK_SEQPACKET:
		fd.net = "unixpacket"
	case fd.family == sys.AF_UNIX:
		fd.net = "unix"
	case kind == sys.SOCK_DGRAM:
		fd.net = "udp"
	}
	err := poll.SetNonblock(s, true)
	if err == nil {
		err = fd.pfd.Init()
	}
	if err != nil {
		sys.Close(s)
		return nil, err
	}
	fd.setAddrs(nil)
	fd.connected = fd.raddr != nil
	return fd, nil
}

// FileConn returns the connection of an open file; the file stays open.
func FileConn(f *os.File) (c Conn, err error) {
	fd, err := fileFD(f)
	if err != nil {
		return nil, &OpError{Op: "file", Net: "file+net", Addr: fileAddr(f.Name()), Err: err}
	}
	switch baseNetwork(fd.net) {
	case "tcp":
		return newTCPConn(fd, 0, KeepAliveConfig{}), nil
	case "udp":
		return &UDPConn{conn{fd}}, nil
	}
	return &UnixConn{conn{fd}}, nil
}

// FileListener returns the listener of an open file; the file stays open.
func FileListener(f *os.File) (ln Listener, err error) {
	fd, err := fileFD(f)
	if err != nil {
		return nil, &OpError{Op: "file", Net: "file+net", Addr: fileAddr(f.Name()), Err: err}
	}
	if fd.family == sys.AF_UNIX {
		return &UnixListener{fd: fd, path: fd.laddr.String()}, nil
	}
	return &TCPListener{fd: fd}, nil
}

type fileAddr string

func (fileAddr) Network() string  { return "file+net" }
func (f fileAddr) String() string { return string(f) }

package net

import (
	"context"
	"internal/sys"
	"syscall"
	"time"
)

// Dialer connects to addresses. The zero value does it without a limit of time but the system's.
type Dialer struct {
	// Timeout is how long connecting may take.
	Timeout time.Duration
	// Deadline is when connecting must be done.
	Deadline time.Time
	// LocalAddr is our end; nil for any.
	LocalAddr Addr
	DualStack bool
	// FallbackDelay is how long to wait for IPv6 before IPv4 is tried beside it; 0: 300 ms, negative: never.
	FallbackDelay time.Duration
	// KeepAlive is how often the system asks whether the other end is there; 0: 15 seconds, negative: never.
	KeepAlive       time.Duration
	KeepAliveConfig KeepAliveConfig
	Resolver        *Resolver
	// Cancel ends connecting when it is closed. A context does it better.
	Cancel <-chan struct{}
	// Control is called with the socket before it is connected.
	Control        func(network, address string, c syscall.RawConn) error
	ControlContext func(ctx context.Context, network, address string, c syscall.RawConn) error
}

func (d *Dialer) control() controlFunc {
	if d.ControlContext != nil {
		return d.ControlContext
	}
	if d.Control != nil {
		return func(ctx context.Context, network, address string, c syscall.RawConn) error {
			return d.Control(network, address, c)
		}
	}
	return nil
}

// deadline returns the earliest of the dialer's limits.
func (d *Dialer) deadline() time.Time {
	t := d.Deadline
	if d.Timeout != 0 {
		if by := time.Now().Add(d.Timeout); t.IsZero() || by.Before(t) {
			t = by
		}
	}
	return t
}

// Dial connects to an address.
func Dial(network, address string) (Conn, error) {
	var d Dialer
	return d.Dial(network, address)
}

// DialTimeout connects to an address within a time.
func DialTimeout(network, address string, timeout time.Duration) (Conn, error) {
	d := Dialer{Timeout: timeout}
	return d.Dial(network, address)
}

// Dial connects to an address.
func (d *Dialer) Dial(network, address string) (Conn, error) {
	return d.DialContext(context.Background(), network, address)
}

// DialContext connects to an address; the context ends the attempt, not the connection.
func (d *Dialer) DialContext(ctx context.Context, network, address string) (Conn, error) {
	if ctx == nil {
		panic("nil context")
	}
	if t := d.deadline(); !t.IsZero() {
		if old, ok := ctx.Deadline(); !ok || t.Before(old) {
			sub, cancel := context.WithDeadline(ctx, t)
			defer cancel()
			ctx = sub
		}
	}
	if d.Cancel != nil {
		sub, cancel := context.WithCancel(ctx)
		defer cancel()
		go func() {
			select {
			case <-d.Cancel:
				cancel()
			case <-sub.Done():
			}
		}()
		ctx = sub
	}
	fail := func(err error) (Conn, error) {
		return nil, &OpError{Op: "dial", Net: network, Err: err}
	}
	switch base := baseNetwork(network); base {
	case "":
		return fail(UnknownNetworkError(network))
	case "ip":
		return fail(&AddrError{Err: "raw IP sockets are not supported", Addr: address})
	case "unix", "unixgram", "unixpacket":
		a := &UnixAddr{Name: address, Net: network}
		if !isNilAddr(d.LocalAddr) && d.LocalAddr.Network() != network {
			return fail(&AddrError{Err: "mismatched local address type", Addr: d.LocalAddr.String()})
		}
		return d.dialOne(ctx, network, a)
	}
	r := d.Resolver
	if r == nil {
		r = DefaultResolver
	}
	if address == "" {
		return fail(errMissingAddress)
	}
	list, err := resolveInet(ctx, r, network, address)
	if err != nil {
		return fail(err)
	}
	if !isNilAddr(d.LocalAddr) {
		local := inetOf(d.LocalAddr)
		if local == nil || d.LocalAddr.Network() != baseNetwork(network) {
			return fail(&AddrError{Err: "mismatched local address type", Addr: d.LocalAddr.String()})
		}
		if !local.wildcard() {
			var same []inetAddr
			for _, a := range list {
				if len(a.ip) == 0 || (a.ip.To4() != nil) == (local.ip.To4() != nil) {
					same = append(same, a)
				}
			}
			if list = same; len(list) == 0 {
				return fail(&AddrError{Err: errNoSuitableAddress.Error(), Addr: address})
			}
		}
	}
	// Both families race if the host has both: the first address's goes first.
	var primary, other []Addr
	for _, a := range list {
		v4 := a.ip.To4() != nil
		if first := list[0].ip.To4() != nil; v4 == first || d.FallbackDelay < 0 || network != "tcp" {
			primary = append(primary, a.addr(network))
		} else {
			other = append(other, a.addr(network))
		}
	}
	return d.dialRace(ctx, network, primary, other)
}

// dialRace tries the addresses of two families.
func (d *Dialer) dialRace(ctx context.Context, network string, primary, other []Addr) (Conn, error) {
	if len(other) == 0 {
		return d.dialSerial(ctx, network, primary)
	}
	type result struct {
		c       Conn
		err     error
		primary bool
	}
	over := make(chan struct{})
	defer close(over)
	results := make(chan result)
	sub, cancel := context.WithCancel(ctx)
	defer cancel()
	start := func(list []Addr, isPrimary bool) {
		c, err := d.dialSerial(sub, network, list)
		select {
		case results <- result{c, err, isPrimary}:
		case <-over:
			if c != nil {
				c.Close()
			}
		}
	}
	go start(primary, true)
	delay := d.FallbackDelay
	if delay == 0 {
		delay = 300 * time.Millisecond
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	running, started := 1, false
	var firstErr, otherErr error
	for {
		select {
		case <-timer.C:
			if !started {
				started = true
				running++
				go start(other, false)
			}
		case r := <-results:
			if r.err == nil {
				return r.c, nil
			}
			if r.primary {
				firstErr = r.err
			} else {
				otherErr = r.err
			}
			if running--; running == 0 && started {
				if firstErr == nil {
					firstErr = otherErr
				}
				return nil, firstErr
			}
			if !started {
				started = true
				running++
				go start(other, false)
			}
		}
	}
}

// dialSerial tries one address after the other, each with its share of the time.
func (d *Dialer) dialSerial(ctx context.Context, network string, list []Addr) (Conn, error) {
	var firstErr error
	for i, a := range list {
		if err := ctx.Err(); err != nil {
			return nil, &OpError{Op: "dial", Net: network, Source: d.LocalAddr, Addr: a, Err: mapErr(err)}
		}
		attempt := ctx
		if by, ok := ctx.Deadline(); ok && i+1 < len(list) {
			left := time.Until(by)
			share := max(left/time.Duration(len(list)-i), min(2*time.Second, left))
			sub, cancel := context.WithTimeout(ctx, share)
			defer cancel()
			attempt = sub
		}
		c, err := d.dialOne(attempt, network, a)
		if err == nil {
			return c, nil
		}
		if firstErr == nil {
			firstErr = err
		}
	}
	if firstErr == nil {
		firstErr = &OpError{Op: "dial", Net: network, Err: errMissingAddress}
	}
	return nil, firstErr
}

func (d *Dialer) dialOne(ctx context.Context, network string, remote Addr) (Conn, error) {
	local := d.LocalAddr
	if isNilAddr(local) {
		local = nil
	}
	c, err := d.connect(ctx, network, local, remote)
	if err != nil {
		return nil, &OpError{Op: "dial", Net: network, Source: local, Addr: remote, Err: err}
	}
	return c, nil
}

func (d *Dialer) connect(ctx context.Context, network string, local, remote Addr) (Conn, error) {
	switch baseNetwork(network) {
	case "tcp":
		fd, err := dialInet(ctx, network, sys.SOCK_STREAM, local, remote, d.control())
		if err != nil {
			return nil, err
		}
		return newTCPConn(fd, d.KeepAlive, d.KeepAliveConfig), nil
	case "udp":
		fd, err := dialInet(ctx, network, sys.SOCK_DGRAM, local, remote, d.control())
		if err != nil {
			return nil, err
		}
		return &UDPConn{conn{fd}}, nil
	}
	fd, err := dialFD(ctx, network, sys.AF_UNIX, unixKind(network), false, local, remote, d.control())
	if err != nil {
		return nil, err
	}
	return &UnixConn{conn{fd}}, nil
}

func unixKind(network string) int {
	switch network {
	case "unixgram":
		return sys.SOCK_DGRAM
	case "unixpacket":
		return sys.SOCK_SEQPACKET
	}
	return sys.SOCK_STREAM
}

func dialInet(ctx context.Context, network string, kind int, local, remote Addr, control controlFunc) (*netFD, error) {
	l, r := inetOf(local), inetOf(remote)
	if r == nil {
		return nil, errMissingAddress
	}
	family, v6only := pickFamily(network, l, r, false)
	// No machine is this machine.
	if r.wildcard() {
		ip := IPv6loopback
		if family == sys.AF_INET {
			ip = IPv4(127, 0, 0, 1)
		}
		remote = inetAddr{ip, r.zone, r.port}.addr(network)
	}
	return dialFD(ctx, network, family, kind, v6only, local, remote, control)
}

// DialTCP connects to a TCP address.
func DialTCP(network string, laddr, raddr *TCPAddr) (*TCPConn, error) {
	fail := func(err error) (*TCPConn, error) {
		e := &OpError{Op: "dial", Net: network, Err: err}
		if laddr != nil {
			e.Source = laddr
		}
		if raddr != nil {
			e.Addr = raddr
		}
		return nil, e
	}
	if baseNetwork(network) != "tcp" {
		return fail(UnknownNetworkError(network))
	}
	if raddr == nil {
		return fail(errMissingAddress)
	}
	fd, err := dialInet(context.Background(), network, sys.SOCK_STREAM, laddr, raddr, nil)
	if err != nil {
		return fail(err)
	}
	return newTCPConn(fd, 0, KeepAliveConfig{}), nil
}

// DialUDP makes a UDP socket that sends to and receives from raddr alone.
func DialUDP(network string, laddr, raddr *UDPAddr) (*UDPConn, error) {
	fail := func(err error) (*UDPConn, error) {
		e := &OpError{Op: "dial", Net: network, Err: err}
		if laddr != nil {
			e.Source = laddr
		}
		if raddr != nil {
			e.Addr = raddr
		}
		return nil, e
	}
	if baseNetwork(network) != "udp" {
		return fail(UnknownNetworkError(network))
	}
	if raddr == nil {
		return fail(errMissingAddress)
	}
	fd, err := dialInet(context.Background(), network, sys.SOCK_DGRAM, laddr, raddr, nil)
	if err != nil {
		return fail(err)
	}
	return &UDPConn{conn{fd}}, nil
}

// DialUnix connects to a Unix socket.
func DialUnix(network string, laddr, raddr *UnixAddr) (*UnixConn, error) {
	fail := func(err error) (*UnixConn, error) {
		e := &OpError{Op: "dial", Net: network, Err: err}
		if laddr != nil {
			e.Source = laddr
		}
		if raddr != nil {
			e.Addr = raddr
		}
		return nil, e
	}
	switch network {
	case "unix", "unixgram", "unixpacket":
	default:
		return fail(UnknownNetworkError(network))
	}
	fd, err := dialFD(context.Background(), network, sys.AF_UNIX, unixKind(network), false, laddr, raddr, nil)
	if err != nil {
		return fail(err)
	}
	return &UnixConn{conn{fd}}, nil
}

// ListenConfig listens at addresses.
type ListenConfig struct {
	// Control is called with the socket before it is bound.
	Control func(network, address string, c syscall.RawConn) error
	// KeepAlive is that of accepted connections; see [Dialer].
	KeepAlive       time.Duration
	KeepAliveConfig KeepAliveConfig
}

func (lc *ListenConfig) control() controlFunc {
	if lc.Control == nil {
		return nil
	}
	return func(ctx context.Context, network, address string, c syscall.RawConn) error {
		return lc.Control(network, address, c)
	}
}

// Listen listens at a local address: "tcp", "tcp4", "tcp6", "unix" or "unixpacket".
func Listen(network, address string) (Listener, error) {
	var lc ListenConfig
	return lc.Listen(context.Background(), network, address)
}

// ListenPacket receives packets at a local address: "udp", "udp4", "udp6" or "unixgram".
func ListenPacket(network, address string) (PacketConn, error) {
	var lc ListenConfig
	return lc.ListenPacket(context.Background(), network, address)
}

// localAddr looks up where to listen.
func localAddr(ctx context.Context, network, address string) (Addr, error) {
	list, err := resolveInet(ctx, DefaultResolver, network, address)
	if err != nil {
		return nil, err
	}
	return preferred(list, len(address) > 0 && address[0] == '[').addr(network), nil
}

// Listen listens at a local address.
func (lc *ListenConfig) Listen(ctx context.Context, network, address string) (Listener, error) {
	fail := func(a Addr, err error) (Listener, error) {
		return nil, &OpError{Op: "listen", Net: network, Addr: a, Err: err}
	}
	switch network {
	case "tcp", "tcp4", "tcp6":
		a, err := localAddr(ctx, network, address)
		if err != nil {
			return fail(nil, err)
		}
		family, v6only := pickFamily(network, inetOf(a), nil, true)
		fd, err := listenFD(ctx, network, family, sys.SOCK_STREAM, v6only, a, lc.control())
		if err != nil {
			return fail(a, err)
		}
		return &TCPListener{fd: fd, lc: *lc}, nil
	case "unix", "unixpacket":
		a := &UnixAddr{Name: address, Net: network}
		fd, err := listenFD(ctx, network, sys.AF_UNIX, unixKind(network), false, a, lc.control())
		if err != nil {
			return fail(a, err)
		}
		return &UnixListener{fd: fd, path: fd.laddr.String(), unlink: true}, nil
	}
	if baseNetwork(network) != "" {
		return fail(unexpected(ctx, network, address))
	}
	return fail(nil, UnknownNetworkError(network))
}

// unexpected is the error of an address that is right, but for something else.
func unexpected(ctx context.Context, network, address string) (Addr, error) {
	var a Addr = &UnixAddr{Name: address, Net: network}
	if len(baseNetwork(network)) <= 3 {
		var err error
		if a, err = localAddr(ctx, network, address); err != nil {
			return nil, err
		}
	}
	return a, &AddrError{Err: "unexpected address type", Addr: address}
}

// ListenPacket receives packets at a local address.
func (lc *ListenConfig) ListenPacket(ctx context.Context, network, address string) (PacketConn, error) {
	fail := func(a Addr, err error) (PacketConn, error) {
		return nil, &OpError{Op: "listen", Net: network, Addr: a, Err: err}
	}
	switch network {
	case "udp", "udp4", "udp6":
		a, err := localAddr(ctx, network, address)
		if err != nil {
			return fail(nil, err)
		}
		family, v6only := pickFamily(network, inetOf(a), nil, true)
		fd, err := listenFD(ctx, network, family, sys.SOCK_DGRAM, v6only, a, lc.control())
		if err != nil {
			return fail(a, err)
		}
		return &UDPConn{conn{fd}}, nil
	case "unixgram":
		a := &UnixAddr{Name: address, Net: network}
		fd, err := listenFD(ctx, network, sys.AF_UNIX, sys.SOCK_DGRAM, false, a, lc.control())
		if err != nil {
			return fail(a, err)
		}
		return &UnixConn{conn{fd}}, nil
	}
	if baseNetwork(network) != "" {
		return fail(unexpected(ctx, network, address))
	}
	return fail(nil, UnknownNetworkError(network))
}

// ListenTCP listens at a TCP address; nil for all of this machine, at a port that the system picks.
func ListenTCP(network string, laddr *TCPAddr) (*TCPListener, error) {
	if laddr == nil {
		laddr = &TCPAddr{}
	}
	err := error(UnknownNetworkError(network))
	if baseNetwork(network) == "tcp" {
		var fd *netFD
		family, v6only := pickFamily(network, inetOf(laddr), nil, true)
		if fd, err = listenFD(context.Background(), network, family, sys.SOCK_STREAM, v6only, laddr, nil); err == nil {
			return &TCPListener{fd: fd}, nil
		}
	}
	return nil, &OpError{Op: "listen", Net: network, Addr: laddr, Err: err}
}

// ListenUDP receives packets at a UDP address; nil for all of this machine, at a port that the system picks.
func ListenUDP(network string, laddr *UDPAddr) (*UDPConn, error) {
	if laddr == nil {
		laddr = &UDPAddr{}
	}
	err := error(UnknownNetworkError(network))
	if baseNetwork(network) == "udp" {
		var fd *netFD
		family, v6only := pickFamily(network, inetOf(laddr), nil, true)
		if fd, err = listenFD(context.Background(), network, family, sys.SOCK_DGRAM, v6only, laddr, nil); err == nil {
			return &UDPConn{conn{fd}}, nil
		}
	}
	return nil, &OpError{Op: "listen", Net: network, Addr: laddr, Err: err}
}

// ListenUnix listens at a Unix socket.
func ListenUnix(network string, laddr *UnixAddr) (*UnixListener, error) {
	if laddr == nil {
		return nil, &OpError{Op: "listen", Net: network, Err: errMissingAddress}
	}
	err := error(UnknownNetworkError(network))
	if network == "unix" || network == "unixpacket" {
		var fd *netFD
		if fd, err = listenFD(context.Background(), network, sys.AF_UNIX, unixKind(network), false, laddr, nil); err == nil {
			return &UnixListener{fd: fd, path: fd.laddr.String(), unlink: true}, nil
		}
	}
	return nil, &OpError{Op: "listen", Net: network, Addr: laddr, Err: err}
}

// ListenUnixgram receives packets at a Unix socket.
func ListenUnixgram(network string, laddr *UnixAddr) (*UnixConn, error) {
	if laddr == nil {
		return nil, &OpError{Op: "listen", Net: network, Err: errMissingAddress}
	}
	err := error(UnknownNetworkError(network))
	if network == "unixgram" {
		var fd *netFD
		if fd, err = listenFD(context.Background(), network, sys.AF_UNIX, sys.SOCK_DGRAM, false, laddr, nil); err == nil {
			return &UnixConn{conn{fd}}, nil
		}
	}
	return nil, &OpError{Op: "listen", Net: network, Addr: laddr, Err: err}
}

// Package net is connections: TCP, UDP and Unix sockets, their addresses, and the look-up of names.
package net

import (
	"context"
	"errors"
	"internal/poll"
	"io"
	"os"
	"syscall"
	"time"
)

// Addr is one end of a connection.
type Addr interface {
	// Network returns the network's name, such as "tcp".
	Network() string
	// String returns the address, such as "192.0.2.1:25".
	String() string
}

// Conn is a stream connection. Several goroutines may use it at the same time.
type Conn interface {
	// Read reads data; it can be made to return an error that is os.ErrDeadlineExceeded after a time.
	Read(b []byte) (n int, err error)
	// Write writes all of b.
	Write(b []byte) (n int, err error)
	// Close closes the connection; calls that wait return with ErrClosed.
	Close() error
	// LocalAddr returns our end.
	LocalAddr() Addr
	// RemoteAddr returns the other end.
	RemoteAddr() Addr
	// SetDeadline sets the time after which Read and Write fail; zero for never.
	SetDeadline(t time.Time) error
	SetReadDeadline(t time.Time) error
	SetWriteDeadline(t time.Time) error
}

// PacketConn is a connection of packets, each with an address of its own.
type PacketConn interface {
	// ReadFrom reads one packet.
	ReadFrom(p []byte) (n int, addr Addr, err error)
	// WriteTo writes one packet.
	WriteTo(p []byte, addr Addr) (n int, err error)
	Close() error
	LocalAddr() Addr
	SetDeadline(t time.Time) error
	SetReadDeadline(t time.Time) error
	SetWriteDeadline(t time.Time) error
}

// Listener waits for connections.
type Listener interface {
	// Accept waits for the next connection.
	Accept() (Conn, error)
	// Close stops listening; an Accept that waits returns with ErrClosed.
	Close() error
	// Addr returns where it listens.
	Addr() Addr
}

// Error is an error of the network.
type Error interface {
	error
	// Timeout reports whether time ran out.
	Timeout() bool
	// Temporary says little; do not use it.
	Temporary() bool
}

// ErrClosed is what use of a closed connection comes to. Test for it by errors.Is.
var ErrClosed error = poll.ErrNetClosing

// ErrWriteToConnected: a packet with an address was written to a connection that has one.
var ErrWriteToConnected = errors.New("use of WriteTo with pre-connected connection")

var (
	errMissingAddress          = errors.New("missing address")
	errNoSuitableAddress       = errors.New("no suitable address found")
	errCanceled                = canceledError{}
	errTimeout           error = &timeoutError{}
)

type canceledError struct{}

func (canceledError) Error() string        { return "operation was canceled" }
func (canceledError) Is(target error) bool { return target == context.Canceled }

type timeoutError struct{}

func (*timeoutError) Error() string        { return "i/o timeout" }
func (*timeoutError) Timeout() bool        { return true }
func (*timeoutError) Temporary() bool      { return true }
func (*timeoutError) Is(target error) bool { return target == context.DeadlineExceeded }

// mapErr gives the errors of contexts this package's form.
func mapErr(err error) error {
	switch err {
	case context.Canceled:
		return errCanceled
	case context.DeadlineExceeded:
		return errTimeout
	}
	return err
}

// OpError says which operation failed, on which connection, and why.
type OpError struct {
	Op     string // "read", "write", "dial"…
	Net    string // "tcp", "udp6"…
	Source Addr   // our end, if there is one
	Addr   Addr   // where the operation was to go, or the other end
	Err    error
}

func (e *OpError) Unwrap() error { return e.Err }

func (e *OpError) Error() string {
	if e == nil {
		return "<nil>"
	}
	s := e.Op
	if e.Net != "" {
		s += " " + e.Net
	}
	if e.Source != nil {
		s += " " + e.Source.String()
	}
	if e.Addr != nil {
		if e.Source != nil {
			s += "->"
		} else {
			s += " "
		}
		s += e.Addr.String()
	}
	return s + ": " + e.Err.Error()
}

// inner is the error below a system call's name.
func (e *OpError) inner() error {
	if s, ok := e.Err.(*os.SyscallError); ok {
		return s.Err
	}
	return e.Err
}

// Timeout reports whether time ran out.
func (e *OpError) Timeout() bool {
	t, ok := e.inner().(interface{ Timeout() bool })
	return ok && t.Timeout()
}

// Temporary says little; do not use it.
func (e *OpError) Temporary() bool {
	if e.Op == "accept" {
		if n, ok := e.inner().(syscall.Errno); ok && (n == syscall.ECONNRESET || n == syscall.ECONNABORTED) {
			return true
		}
	}
	t, ok := e.inner().(interface{ Temporary() bool })
	return ok && t.Temporary()
}

// ParseError is an error of a text that is no address.
type ParseError struct {
	Type string // what was expected
	Text string
}

func (e *ParseError) Error() string   { return "invalid " + e.Type + ": " + e.Text }
func (e *ParseError) Timeout() bool   { return false }
func (e *ParseError) Temporary() bool { return false }

// AddrError is an error of an address.
type AddrError struct {
	Err  string
	Addr string
}

func (e *AddrError) Error() string {
	if e == nil {
		return "<nil>"
	}
	if e.Addr != "" {
		return "address " + e.Addr + ": " + e.Err
	}
	return e.Err
}
func (e *AddrError) Timeout() bool   { return false }
func (e *AddrError) Temporary() bool { return false }

// UnknownNetworkError is a network's name that nobody knows.
type UnknownNetworkError string

func (e UnknownNetworkError) Error() string   { return "unknown network " + string(e) }
func (e UnknownNetworkError) Timeout() bool   { return false }
func (e UnknownNetworkError) Temporary() bool { return false }

// InvalidAddrError is an address that cannot be used so.
type InvalidAddrError string

func (e InvalidAddrError) Error() string   { return string(e) }
func (e InvalidAddrError) Timeout() bool   { return false }
func (e InvalidAddrError) Temporary() bool { return false }

// DNSError is what became of looking up a name.
type DNSError struct {
	UnwrapErr   error
	Err         string
	Name        string
	Server      string
	IsTimeout   bool
	IsTemporary bool
	IsNotFound  bool
}

func (e *DNSError) Unwrap() error { return e.UnwrapErr }

func (e *DNSError) Error() string {
	if e == nil {
		return "<nil>"
	}
	s := "lookup " + e.Name
	if e.Server != "" {
		s += " on " + e.Server
	}
	return s + ": " + e.Err
}

// Timeout reports whether time ran out.
func (e *DNSError) Timeout() bool { return e.IsTimeout }

// Temporary says whether asking again may help.
func (e *DNSError) Temporary() bool { return e.IsTimeout || e.IsTemporary }

// Buffers is several pieces of memory, to be written one after the other.
type Buffers [][]byte

// WriteTo writes all of them, and leaves what was not written.
func (v *Buffers) WriteTo(w io.Writer) (n int64, err error) {
	for len(*v) > 0 {
		b := (*v)[0]
		m, err := w.Write(b)
		n += int64(m)
		if m < len(b) {
			(*v)[0] = b[m:]
		} else {
			(*v)[0] = nil
			*v = (*v)[1:]
		}
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// Read takes bytes out of them.
func (v *Buffers) Read(p []byte) (n int, err error) {
	for len(p) > 0 && len(*v) > 0 {
		m := copy(p, (*v)[0])
		p = p[m:]
		n += m
		if m < len((*v)[0]) {
			(*v)[0] = (*v)[0][m:]
		} else {
			(*v)[0] = nil
			*v = (*v)[1:]
		}
	}
	if len(*v) == 0 {
		err = io.EOF
	}
	return n, err
}

// Package poll is files and sockets with waiting: a goroutine that would block is parked until the kernel says that the
// descriptor is ready, its deadline passes or it is closed.
package poll

import (
	"errors"
	"internal/sys"
	"io"
	"syscall"
	"time"
)

// Bits of FD's flags.
const (
	// ZeroReadIsEOF: reading nothing means that there is no more. Not so for datagrams.
	ZeroReadIsEOF = 1 << iota
	// IsFile: a file, not a socket: its error when closed is another.
	IsFile
	isBlocking
	// IsStd: standard output or error. A broken pipe there ends the process.
	IsStd
	// IsTCP: a TCP connection: a read that is not full has emptied it.
	IsTCP
)

// FD is a descriptor in use. The natives (stdlib/src/poll.rs) know its layout. It must not be copied.
type FD struct {
	state               uint64
	rsema, wsema, csema uint32
	Flags               uint32
	Sysfd               int
	pd                  uintptr
}

func (fd *FD) read(p []byte) (n, errno int)
func (fd *FD) write(p []byte) (n, errno int)
func (fd *FD) pread(p []byte, off int64) (n, errno int)
func (fd *FD) pwrite(p []byte, off int64) (n, errno int)
func (fd *FD) recvfrom(p []byte, flags int, addr []byte) (n, errno, alen int)
func (fd *FD) sendto(p []byte, flags int, addr []byte) (n, errno int)
func (fd *FD) accept(addr []byte) (sysfd, errno, alen int)
func (fd *FD) waitRead() (n, errno int)
func (fd *FD) waitWrite() (n, errno int)
func (fd *FD) setDeadline(ns int64, modes int) (errno int)
func (fd *FD) open() (errno int)
func (fd *FD) incref() (errno int)
func (fd *FD) decref()
func (fd *FD) close() (errno int)

// Errors of the package; negative numbers from the natives.
var (
	ErrFileClosing = errors.New("use of closed file")
	ErrNetClosing  = errNetClosing{}
	ErrNoDeadline  = errors.New("file type does not support deadline")
	ErrNotPollable = errors.New("not pollable")

	// ErrDeadlineExceeded is os.ErrDeadlineExceeded.
	ErrDeadlineExceeded error = &DeadlineExceededError{}
)

type errNetClosing struct{}

func (errNetClosing) Error() string   { return "use of closed network connection" }
func (errNetClosing) Timeout() bool   { return false }
func (errNetClosing) Temporary() bool { return false }

// DeadlineExceededError is the type of ErrDeadlineExceeded.
type DeadlineExceededError struct{}

func (*DeadlineExceededError) Error() string   { return "i/o timeout" }
func (*DeadlineExceededError) Timeout() bool   { return true }
func (*DeadlineExceededError) Temporary() bool { return true }

func (fd *FD) err(errno int) error {
	switch {
	case errno > 0:
		return syscall.Errno(errno)
	case errno == 0:
		return nil
	}
	switch errno {
	case -1:
		if fd.Flags&IsFile != 0 {
			return ErrFileClosing
		}
		return ErrNetClosing
	case -2:
		return ErrDeadlineExceeded
	case -3:
		return ErrNoDeadline
	case -5:
		return io.ErrUnexpectedEOF
	}
	return ErrNotPollable
}

// Init has the poller watch a descriptor, which is made nonblocking if it is not. A failure leaves one that blocks.
func (fd *FD) Init() error {
	return fd.err(fd.open())
}

// SetBlocking makes the file block from now on. The poller is no longer asked.
func (fd *FD) SetBlocking() {
	if fd.pd != 0 && fd.Flags&isBlocking == 0 && fd.incref() == 0 {
		fd.Flags |= isBlocking
		SetNonblock(fd.Sysfd, false)
		fd.decref()
	}
}

// Pollable reports whether the poller watches the descriptor.
func (fd *FD) Pollable() bool { return fd.pd != 0 }

// Read reads like an [io.Reader].
func (fd *FD) Read(p []byte) (int, error) {
	n, errno := fd.read(p)
	if errno != 0 {
		return 0, fd.err(errno)
	}
	if n == 0 && len(p) != 0 && fd.Flags&ZeroReadIsEOF != 0 {
		return 0, io.EOF
	}
	return n, nil
}

// Pread reads at an offset.
func (fd *FD) Pread(p []byte, off int64) (int, error) {
	n, errno := fd.pread(p, off)
	if errno != 0 {
		return 0, fd.err(errno)
	}
	if n == 0 && len(p) != 0 && fd.Flags&ZeroReadIsEOF != 0 {
		return 0, io.EOF
	}
	return n, nil
}

// Write writes all of p, or returns an error.
func (fd *FD) Write(p []byte) (int, error) {
	n, errno := fd.write(p)
	if errno != 0 {
		return n, fd.err(errno)
	}
	return n, nil
}

// Pwrite writes at an offset.
func (fd *FD) Pwrite(p []byte, off int64) (int, error) {
	n, errno := fd.pwrite(p, off)
	return n, fd.err(errno)
}

// RecvFrom receives a datagram; the sender's address is put into addr.
func (fd *FD) RecvFrom(p []byte, flags int, addr []byte) (n, alen int, err error) {
	n, errno, alen := fd.recvfrom(p, flags, addr)
	if errno != 0 {
		return 0, 0, fd.err(errno)
	}
	if n == 0 && len(p) != 0 && fd.Flags&ZeroReadIsEOF != 0 {
		return 0, alen, io.EOF
	}
	return n, alen, nil
}

// SendTo sends a datagram.
func (fd *FD) SendTo(p []byte, flags int, addr []byte) (int, error) {
	n, errno := fd.sendto(p, flags, addr)
	return n, fd.err(errno)
}

// Accept returns the descriptor of a new connection, nonblocking.
func (fd *FD) Accept(addr []byte) (sysfd, alen int, err error) {
	sysfd, errno, alen := fd.accept(addr)
	if errno != 0 {
		return -1, 0, fd.err(errno)
	}
	return sysfd, alen, nil
}

// WaitWrite waits until the descriptor can be written to.
func (fd *FD) WaitWrite() error {
	_, errno := fd.waitWrite()
	return fd.err(errno)
}

// WaitRead waits until the descriptor can be read from.
func (fd *FD) WaitRead() error {
	_, errno := fd.waitRead()
	return fd.err(errno)
}

// Directions of a deadline.
const (
	ModeRead  = 1
	ModeWrite = 2
)

// SetDeadline sets the deadline of the given directions; a zero time for none.
func (fd *FD) SetDeadline(t time.Time, modes int) error {
	var ns int64
	if !t.IsZero() {
		if ns = int64(time.Until(t)); ns == 0 {
			ns = -1
		}
	}
	return fd.err(fd.setDeadline(ns, modes))
}

// Acquire keeps the descriptor open until Release, unless it is closing.
func (fd *FD) Acquire() error { return fd.err(fd.incref()) }

// Release ends what Acquire began.
func (fd *FD) Release() { fd.decref() }

// Control calls f with the descriptor kept open.
func (fd *FD) Control(f func(sysfd int)) error {
	if errno := fd.incref(); errno != 0 {
		return fd.err(errno)
	}
	defer fd.decref()
	f(fd.Sysfd)
	return nil
}

// Shutdown ends one or both directions of a connection.
func (fd *FD) Shutdown(how int) error {
	if errno := fd.incref(); errno != 0 {
		return fd.err(errno)
	}
	r := sys.Shutdown(fd.Sysfd, how)
	fd.decref()
	return fd.err(-r)
}

// SetsockoptInt sets an option of a socket.
func (fd *FD) SetsockoptInt(level, name, value int) error {
	if errno := fd.incref(); errno != 0 {
		return fd.err(errno)
	}
	r := sys.SetsockoptInt(fd.Sysfd, level, name, value)
	fd.decref()
	return fd.err(-r)
}

// Setsockopt sets an option of a socket.
func (fd *FD) Setsockopt(level, name int, value []byte) error {
	if errno := fd.incref(); errno != 0 {
		return fd.err(errno)
	}
	r := sys.Setsockopt(fd.Sysfd, level, name, value)
	fd.decref()
	return fd.err(-r)
}

// Dup returns a second descriptor of the file.
func (fd *FD) Dup() (int, error) {
	if errno := fd.incref(); errno != 0 {
		return -1, fd.err(errno)
	}
	r := sys.Fcntl(fd.Sysfd, sys.F_DUPFD_CX, 0)
	fd.decref()
	if r < 0 {
		return -1, fd.err(-r)
	}
	return r, nil
}

// SetNonblock changes whether a descriptor blocks.
func SetNonblock(sysfd int, nonblocking bool) error {
	flags := sys.Fcntl(sysfd, sys.F_GETFL, 0)
	if flags < 0 {
		return syscall.Errno(-flags)
	}
	want := flags &^ sys.O_NONBLOCK
	if nonblocking {
		want |= sys.O_NONBLOCK
	}
	if want != flags {
		if r := sys.Fcntl(sysfd, sys.F_SETFL, want); r < 0 {
			return syscall.Errno(-r)
		}
	}
	return nil
}

// Close makes all operations under way return, and closes the file when the last has.
func (fd *FD) Close() error {
	return fd.err(fd.close())
}

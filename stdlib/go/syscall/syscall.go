// Package syscall has the system's error numbers, signals and environment.
package syscall

import (
	"errors"
	"internal/oserror"
)

// Errno is an error number of the system.
type Errno uintptr

const (
	E2BIG   Errno = 7
	EAGAIN  Errno = 11
	ENOTSUP       = EOPNOTSUPP

	EWOULDBLOCK = EAGAIN
	EDEADLOCK   = EDEADLK
)

const (
	_ Errno = iota
	EPERM
	ENOENT
	ESRCH
	EINTR
	EIO
	ENXIO
	_
	ENOEXEC
	EBADF
	ECHILD
	_
	ENOMEM
	EACCES
	EFAULT
	ENOTBLK
	EBUSY
	EEXIST
	EXDEV
	ENODEV
	ENOTDIR
	EISDIR
	EINVAL
	ENFILE
	EMFILE
	ENOTTY
	ETXTBSY
	EFBIG
	ENOSPC
	ESPIPE
	EROFS
	EMLINK
	EPIPE
	EDOM
	ERANGE
	EDEADLK
	ENAMETOOLONG
	ENOLCK
	ENOSYS
	ENOTEMPTY
	ELOOP
)

const (
	EPROTO Errno = 71 + iota
	EMULTIHOP
	EDOTDOT
	EBADMSG
	EOVERFLOW
)

const (
	EILSEQ Errno = 84 + iota
	ERESTART
	ESTRPIPE
	EUSERS
	ENOTSOCK
	EDESTADDRREQ
	EMSGSIZE
	EPROTOTYPE
	ENOPROTOOPT
	EPROTONOSUPPORT
	ESOCKTNOSUPPORT
	EOPNOTSUPP
	EPFNOSUPPORT
	EAFNOSUPPORT
	EADDRINUSE
	EADDRNOTAVAIL
	ENETDOWN
	ENETUNREACH
	ENETRESET
	ECONNABORTED
	ECONNRESET
	ENOBUFS
	EISCONN
	ENOTCONN
	ESHUTDOWN
	ETOOMANYREFS
	ETIMEDOUT
	ECONNREFUSED
	EHOSTDOWN
	EHOSTUNREACH
	EALREADY
	EINPROGRESS
	ESTALE
)

const (
	EDQUOT     Errno = 122
	ECANCELED  Errno = 125
	EOWNERDEAD Errno = 130
)

// Error returns the system's text.
func (e Errno) Error() string

// Is relates error numbers to the errors of package os.
func (e Errno) Is(target error) bool {
	switch target {
	case oserror.ErrPermission:
		return e == EACCES || e == EPERM
	case oserror.ErrExist:
		return e == EEXIST || e == ENOTEMPTY
	case oserror.ErrNotExist:
		return e == ENOENT
	case errors.ErrUnsupported:
		return e == ENOSYS || e == ENOTSUP || e == EOPNOTSUPP
	}
	return false
}

// Temporary reports whether trying again may help.
func (e Errno) Temporary() bool {
	return e == EINTR || e == EMFILE || e == ENFILE || e.Timeout()
}

// Timeout reports whether it is about time.
func (e Errno) Timeout() bool { return e == EAGAIN || e == EWOULDBLOCK || e == ETIMEDOUT }

// Signal is a signal number.
type Signal int

const (
	SIGHUP Signal = 1 + iota
	SIGINT
	SIGQUIT
	SIGILL
	SIGTRAP
	SIGABRT
	SIGBUS
	SIGFPE
	SIGKILL
	SIGUSR1
	SIGSEGV
	SIGUSR2
	SIGPIPE
	SIGALRM
	SIGTERM
	SIGSTKFLT
	SIGCHLD
	SIGCONT
	SIGSTOP
	SIGTSTP
	SIGTTIN
	SIGTTOU
	SIGURG
	SIGXCPU
	SIGXFSZ
	SIGVTALRM
	SIGPROF
	SIGWINCH
	SIGIO
	SIGPWR
	SIGSYS
)

// Signal marks signals.
func (s Signal) Signal() {}

// String returns the system's text.
func (s Signal) String() string

const (
	Stdin  = 0
	Stdout = 1
	Stderr = 2
)

const (
	O_RDONLY    = 0x0
	O_WRONLY    = 0x1
	O_RDWR      = 0x2
	O_CREAT     = 0x40
	O_EXCL      = 0x80
	O_NOCTTY    = 0x100
	O_TRUNC     = 0x200
	O_APPEND    = 0x400
	O_NONBLOCK  = 0x800
	O_SYNC      = 0x101000
	O_DIRECTORY = 0x10000
	O_NOFOLLOW  = 0x20000
	O_CLOEXEC   = 0x80000

	S_IFMT   = 0xf000
	S_IFSOCK = 0xc000
	S_IFLNK  = 0xa000
	S_IFREG  = 0x8000
	S_IFBLK  = 0x6000
	S_IFDIR  = 0x4000
	S_IFCHR  = 0x2000
	S_IFIFO  = 0x1000
	S_ISUID  = 0x800
	S_ISGID  = 0x400
	S_ISVTX  = 0x200
)

// WaitStatus is how a process ended.
type WaitStatus uint32

// Exited reports whether the process ended by itself.
func (w WaitStatus) Exited() bool { return w&0x7f == 0 }

// Signaled reports whether a signal ended the process.
func (w WaitStatus) Signaled() bool { return w&0x7f != 0x7f && w&0x7f != 0 }

// ExitStatus returns the process's status, -1 if it did not end by itself.
func (w WaitStatus) ExitStatus() int {
	if !w.Exited() {
		return -1
	}
	return int(w>>8) & 0xff
}

// Signal returns the signal that ended the process, or -1.
func (w WaitStatus) Signal() Signal {
	if !w.Signaled() {
		return -1
	}
	return Signal(w & 0x7f)
}

func getenv(key string) (value string, found bool)
func setenv(key, value string)
func unsetenv(key string)

// Environ returns the environment, each variable as key=value.
func Environ() []string

// Clearenv deletes all variables.
func Clearenv()

// Getenv returns the value of a variable.
func Getenv(key string) (value string, found bool) {
	if key == "" {
		return "", false
	}
	return getenv(key)
}

// Setenv sets a variable.
func Setenv(key, value string) error {
	if key == "" {
		return EINVAL
	}
	for i := range len(key) {
		if key[i] == '=' || key[i] == 0 {
			return EINVAL
		}
	}
	for i := range len(value) {
		if value[i] == 0 {
			return EINVAL
		}
	}
	setenv(key, value)
	return nil
}

// Unsetenv deletes a variable.
func Unsetenv(key string) error {
	unsetenv(key)
	return nil
}

// Exit ends the process.
func Exit(code int)

func Getpid() int
func Getppid() int
func Getuid() int
func Geteuid() int
func Getgid() int
func Getegid() int

// Getpagesize returns the size of a memory page.
func Getpagesize() int { return 4096 }

// Kill sends a signal to a process.
func Kill(pid int, sig Signal) error {
	if e := kill(pid, int(sig)); e != 0 {
		return e
	}
	return nil
}

func kill(pid, sig int) Errno
func open(path string, mode, perm int) (fd int, err Errno)
func read(fd int, p []byte) (n int, err Errno)
func write(fd int, p []byte) (n int, err Errno)
func close_(fd int) Errno

func result(n int, e Errno) (int, error) {
	if e != 0 {
		return -1, e
	}
	return n, nil
}

// Open opens a file.
func Open(path string, mode int, perm uint32) (fd int, err error) {
	return result(open(path, mode, int(perm)))
}

// Read reads from a descriptor.
func Read(fd int, p []byte) (n int, err error) { return result(read(fd, p)) }

// Write writes to a descriptor.
func Write(fd int, p []byte) (n int, err error) { return result(write(fd, p)) }

// Close closes a descriptor.
func Close(fd int) error {
	_, err := result(0, close_(fd))
	return err
}

// Conn gives access to a descriptor.
type Conn interface {
	SyscallConn() (RawConn, error)
}

// RawConn calls functions with a descriptor.
type RawConn interface {
	Control(f func(fd uintptr)) error
	Read(f func(fd uintptr) (done bool)) error
	Write(f func(fd uintptr) (done bool)) error
}

// Stat_t is what the system says of a file.
type Stat_t struct {
	Dev     uint64
	Ino     uint64
	Nlink   uint64
	Mode    uint32
	Uid     uint32
	Gid     uint32
	_       int32
	Rdev    uint64
	Size    int64
	Blksize int64
	Blocks  int64
	Atim    Timespec
	Mtim    Timespec
	Ctim    Timespec
	_       [3]int64
}

// Timespec is a time in seconds and nanoseconds.
type Timespec struct {
	Sec  int64
	Nsec int64
}

// Unix returns the parts.
func (ts *Timespec) Unix() (sec int64, nsec int64) { return ts.Sec, ts.Nsec }

package syscall

import "internal/sys"

// SysProcAttr is what a new process is besides its files and environment.
type SysProcAttr struct {
	Chroot     string
	Credential *Credential
	Ptrace     bool
	Setsid     bool // a new session
	Setpgid    bool // the process group Pgid, or a new one if that is 0
	Setctty    bool
	Noctty     bool
	Ctty       int
	Foreground bool
	Pgid       int
	Pdeathsig  Signal
}

// Credential is a user with groups.
type Credential struct {
	Uid         uint32
	Gid         uint32
	Groups      []uint32
	NoSetGroups bool
}

// CoreDump reports whether the process left its memory behind.
func (w WaitStatus) CoreDump() bool { return w.Signaled() && w&0x80 != 0 }

// Stopped reports whether the process has been stopped.
func (w WaitStatus) Stopped() bool { return w&0xff == 0x7f }

// Continued reports whether the process goes on.
func (w WaitStatus) Continued() bool { return w == 0xffff }

// StopSignal returns the signal that stopped the process, or -1.
func (w WaitStatus) StopSignal() Signal {
	if !w.Stopped() {
		return -1
	}
	return Signal(w>>8) & 0xff
}

// Timeval is a time in seconds and microseconds.
type Timeval struct {
	Sec  int64
	Usec int64
}

// NsecToTimeval converts nanoseconds.
func NsecToTimeval(nsec int64) Timeval {
	return Timeval{nsec / 1e9, nsec % 1e9 / 1e3}
}

// Nano returns the time in nanoseconds.
func (tv *Timeval) Nano() int64 { return tv.Sec*1e9 + tv.Usec*1e3 }

// Unix returns seconds and nanoseconds.
func (tv *Timeval) Unix() (sec int64, nsec int64) { return tv.Sec, tv.Usec * 1000 }

// Rusage is what a process used. Only times and memory are filled in.
type Rusage struct {
	Utime    Timeval
	Stime    Timeval
	Maxrss   int64
	Ixrss    int64
	Idrss    int64
	Isrss    int64
	Minflt   int64
	Majflt   int64
	Nswap    int64
	Inblock  int64
	Oublock  int64
	Msgsnd   int64
	Msgrcv   int64
	Nsignals int64
	Nvcsw    int64
	Nivcsw   int64
}

// Flags of Wait4.
const (
	WNOHANG   = 1
	WUNTRACED = 2
)

// Wait4 waits for a child.
func Wait4(pid int, wstatus *WaitStatus, options int, rusage *Rusage) (wpid int, err error) {
	var usage [3]int64
	wpid, status := sys.Wait4(pid, options, &usage)
	if wpid < 0 {
		return -1, Errno(-wpid)
	}
	if wstatus != nil {
		*wstatus = WaitStatus(status)
	}
	if rusage != nil {
		rusage.Utime = NsecToTimeval(1000 * usage[0])
		rusage.Stime = NsecToTimeval(1000 * usage[1])
		rusage.Maxrss = usage[2]
	}
	return wpid, nil
}

// Limits of Getrlimit.
const (
	RLIMIT_CPU    = 0
	RLIMIT_FSIZE  = 1
	RLIMIT_DATA   = 2
	RLIMIT_STACK  = 3
	RLIMIT_CORE   = 4
	RLIMIT_NOFILE = 7
	RLIMIT_AS     = 9
)

// Rlimit is a limit of a resource, and how far it can be raised.
type Rlimit struct {
	Cur uint64
	Max uint64
}

// Getrlimit returns a limit.
func Getrlimit(resource int, rlim *Rlimit) error {
	var lim [2]uint64
	if r := sys.Getrlimit(resource, &lim); r < 0 {
		return Errno(-r)
	}
	*rlim = Rlimit{lim[0], lim[1]}
	return nil
}

// Setrlimit sets a limit.
func Setrlimit(resource int, rlim *Rlimit) error {
	lim := [2]uint64{rlim.Cur, rlim.Max}
	if r := sys.Setrlimit(resource, &lim); r < 0 {
		return Errno(-r)
	}
	return nil
}

// Pipe makes a pipe.
func Pipe(p []int) error { return Pipe2(p, 0) }

// Pipe2 makes a pipe with flags.
func Pipe2(p []int, flags int) error {
	if len(p) != 2 {
		return EINVAL
	}
	r, w := sys.Pipe(flags)
	if r < 0 {
		return Errno(-r)
	}
	p[0], p[1] = r, w
	return nil
}

func status(r int) error {
	if r < 0 {
		return Errno(-r)
	}
	return nil
}

// Dup2 makes newfd a copy of oldfd.
func Dup2(oldfd, newfd int) error { return status(sys.Dup2(oldfd, newfd)) }

// Dup makes a copy of a descriptor.
func Dup(oldfd int) (fd int, err error) {
	r := sys.Fcntl(oldfd, sys.F_DUPFD, 0)
	if r < 0 {
		return -1, Errno(-r)
	}
	return r, nil
}

// SetNonblock says whether a descriptor blocks.
func SetNonblock(fd int, nonblocking bool) error {
	flags := sys.Fcntl(fd, sys.F_GETFL, 0)
	if flags >= 0 {
		flags &^= O_NONBLOCK
		if nonblocking {
			flags |= O_NONBLOCK
		}
		flags = sys.Fcntl(fd, sys.F_SETFL, flags)
	}
	return status(flags)
}

// CloseOnExec has a descriptor closed when a program is started.
func CloseOnExec(fd int) { sys.Fcntl(fd, sys.F_SETFD, 1) }

// Options of sockets.
const (
	AF_UNIX      = sys.AF_UNIX
	AF_INET      = sys.AF_INET
	AF_INET6     = sys.AF_INET6
	SOCK_STREAM  = sys.SOCK_STREAM
	SOCK_DGRAM   = sys.SOCK_DGRAM
	SOL_SOCKET   = sys.SOL_SOCKET
	SO_REUSEADDR = sys.SO_REUSEADDR
	SO_KEEPALIVE = sys.SO_KEEPALIVE
	SO_SNDBUF    = sys.SO_SNDBUF
	SO_RCVBUF    = sys.SO_RCVBUF
	SO_BROADCAST = sys.SO_BROADCAST
	IPPROTO_TCP  = sys.IPPROTO_TCP
	TCP_NODELAY  = sys.TCP_NODELAY
	SHUT_RD      = 0
	SHUT_WR      = 1
	SHUT_RDWR    = 2
)

// SetsockoptInt sets an option of a socket.
func SetsockoptInt(fd, level, opt int, value int) error {
	return status(sys.SetsockoptInt(fd, level, opt, value))
}

// GetsockoptInt returns an option of a socket.
func GetsockoptInt(fd, level, opt int) (value int, err error) {
	value, e := sys.GetsockoptInt(fd, level, opt)
	if e != 0 {
		return 0, Errno(e)
	}
	return value, nil
}

// Socketpair makes two connected sockets.
func Socketpair(domain, typ, proto int) (fd [2]int, err error) {
	a, b := sys.Socketpair(domain, typ, proto)
	if a < 0 {
		return fd, Errno(-a)
	}
	return [2]int{a, b}, nil
}

// Mkfifo makes a named pipe.
func Mkfifo(path string, mode uint32) error { return status(sys.Mkfifo(path, int(mode))) }

// What Flock does.
const (
	LOCK_SH = 1
	LOCK_EX = 2
	LOCK_NB = 4
	LOCK_UN = 8
)

// Flock locks a file, or unlocks it.
func Flock(fd int, how int) error { return status(sys.Flock(fd, how)) }

// Fsync has the system write what it holds of a file.
func Fsync(fd int) error { return status(sys.Fsync(fd)) }

// Umask sets which permissions new files do not get, and returns what was set before.
func Umask(mask int) (oldmask int) { return sys.Umask(mask) }

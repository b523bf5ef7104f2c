// Package sys is the system calls that packages syscall, os and net are made of. A result below zero is a negated
// error number; descriptors are made with close-on-exec set.
package sys

func Close(fd int) int
func Pipe(flags int) (r, w int)
func Fcntl(fd, cmd, arg int) int
func Dup2(from, to int) int

// Socket makes a nonblocking socket. Addresses are in the kernel's form.
func Socket(domain, kind, proto int) int
func Socketpair(domain, kind, proto int) (a, b int)
func Bind(fd int, addr []byte) int
func Connect(fd int, addr []byte) int
func Listen(fd, backlog int) int
func Getsockname(fd int, buf []byte) int
func Getpeername(fd int, buf []byte) int
func Shutdown(fd, how int) int

// Peek looks at what can be read from a socket, without waiting: 0 at the end, above 0 if there is something.
func Peek(fd int) int
func GetsockoptInt(fd, level, name int) (value, errno int)
func Setsockopt(fd, level, name int, value []byte) int
func SetsockoptInt(fd, level, name, value int) int

func Mkfifo(path string, mode int) int
func Flock(fd, how int) int
func Fsync(fd int) int
func Umask(mask int) int

func Getrlimit(resource int, lim *[2]uint64) int
func Setrlimit(resource int, lim *[2]uint64) int

// PidfdOpen returns a descriptor that becomes readable when the process ends.
func PidfdOpen(pid int) int

// Wait4 fills usage with user and system time in microseconds and the largest resident set in KiB.
func Wait4(pid, options int, usage *[3]int64) (wpid, status int)

// Spawn starts a process. Its descriptor i is a copy of fds[i], or closed if that is -1. flags: 1 for a new session, 2
// for the process group pgid.
func Spawn(path string, argv, env []string, dir string, fds []int, flags, pgid int) int

// Getaddrinfo returns addresses of 16 bytes with a scope id of 4 bytes behind each, or an EAI code.
func Getaddrinfo(host string, family int) ([]byte, int)

// Getnameinfo returns the name of an address of 4 or 16 bytes.
func Getnameinfo(addr []byte) (string, int)

// Interfaces returns lines: "INDEX NAME FLAGS MTU MAC" of an interface, "INDEX + ADDRESS/BITS" of its addresses.
func Interfaces() string

// What is not the same on every system.
const (
	F_GETFL    = 3
	F_SETFL    = 4
	F_GETFD    = 1
	F_SETFD    = 2
	F_DUPFD    = 0
	F_DUPFD_CX = 1030 // F_DUPFD_CLOEXEC

	O_NONBLOCK = 0x800
	O_CLOEXEC  = 0x80000

	AF_UNSPEC = 0
	AF_UNIX   = 1
	AF_INET   = 2
	AF_INET6  = 10

	SOCK_STREAM    = 1
	SOCK_DGRAM     = 2
	SOCK_SEQPACKET = 5

	SOL_SOCKET   = 1
	SO_REUSEADDR = 2
	SO_TYPE      = 3
	SO_ERROR     = 4
	SO_BROADCAST = 6
	SO_SNDBUF    = 7
	SO_RCVBUF    = 8
	SO_KEEPALIVE = 9
	SO_LINGER    = 13

	IPPROTO_TCP   = 6
	IPPROTO_UDP   = 17
	IPPROTO_IPV6  = 41
	IPV6_V6ONLY   = 26
	TCP_NODELAY   = 1
	TCP_KEEPIDLE  = 4
	TCP_KEEPINTVL = 5
	TCP_KEEPCNT   = 6
	SOMAXCONN     = 4096
)

// Error numbers that the packages look for.
const (
	EPERM        = 1
	ENOENT       = 2
	EINTR        = 4
	EBADF        = 9
	ECHILD       = 10
	EAGAIN       = 11
	EACCES       = 13
	EEXIST       = 17
	EINVAL       = 22
	EMFILE       = 24
	EPIPE        = 32
	EISCONN      = 106
	EALREADY     = 114
	EINPROGRESS  = 115
	ENOPROTOOPT  = 92
	EADDRINUSE   = 98
	ECONNREFUSED = 111
	EAFNOSUPPORT = 97
)

// Call makes any system call; the errno is 0 if it went well.
func Call(trap, a1, a2, a3, a4, a5, a6 uintptr) (r, errno uintptr)

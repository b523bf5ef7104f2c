package syscall

// Numbers of the system: protection and mapping of memory, modes, flags, and the calls themselves.
const (
	CLONE_NEWCGROUP = 0x2000000
	CLONE_NEWIPC    = 0x8000000
	CLONE_NEWNET    = 0x40000000
	CLONE_NEWNS     = 0x20000
	CLONE_NEWPID    = 0x20000000
	CLONE_NEWTIME   = 0x80
	CLONE_NEWUSER   = 0x10000000
	CLONE_NEWUTS    = 0x4000000

	DT_BLK     = 0x6
	DT_CHR     = 0x2
	DT_DIR     = 0x4
	DT_FIFO    = 0x1
	DT_LNK     = 0xa
	DT_REG     = 0x8
	DT_SOCK    = 0xc
	DT_UNKNOWN = 0x0
	DT_WHT     = 0xe

	F_DUPFD         = 0x0
	F_DUPFD_CLOEXEC = 0x406
	F_EXLCK         = 0x4
	F_GETFD         = 0x1
	F_GETFL         = 0x3
	F_GETLEASE      = 0x401
	F_GETLK         = 0x5
	F_GETLK64       = 0x5
	F_GETOWN        = 0x9
	F_GETOWN_EX     = 0x10
	F_GETPIPE_SZ    = 0x408
	F_GETSIG        = 0xb
	F_LOCK          = 0x1
	F_NOTIFY        = 0x402
	F_OK            = 0x0
	F_RDLCK         = 0x0
	F_SETFD         = 0x2
	F_SETFL         = 0x4
	F_SETLEASE      = 0x400
	F_SETLK         = 0x6
	F_SETLK64       = 0x6
	F_SETLKW        = 0x7
	F_SETLKW64      = 0x7
	F_SETOWN        = 0x8
	F_SETOWN_EX     = 0xf
	F_SETPIPE_SZ    = 0x407
	F_SETSIG        = 0xa
	F_SHLCK         = 0x8
	F_TEST          = 0x3
	F_TLOCK         = 0x2
	F_ULOCK         = 0x0
	F_UNLCK         = 0x2
	F_WRLCK         = 0x1

	MADV_DOFORK      = 0xb
	MADV_DONTFORK    = 0xa
	MADV_DONTNEED    = 0x4
	MADV_HUGEPAGE    = 0xe
	MADV_HWPOISON    = 0x64
	MADV_MERGEABLE   = 0xc
	MADV_NOHUGEPAGE  = 0xf
	MADV_NORMAL      = 0x0
	MADV_RANDOM      = 0x1
	MADV_REMOVE      = 0x9
	MADV_SEQUENTIAL  = 0x2
	MADV_UNMERGEABLE = 0xd
	MADV_WILLNEED    = 0x3

	MAP_32BIT      = 0x40
	MAP_ANON       = 0x20
	MAP_ANONYMOUS  = 0x20
	MAP_DENYWRITE  = 0x800
	MAP_EXECUTABLE = 0x1000
	MAP_FILE       = 0x0
	MAP_FIXED      = 0x10
	MAP_GROWSDOWN  = 0x100
	MAP_HUGETLB    = 0x40000
	MAP_LOCKED     = 0x2000
	MAP_NONBLOCK   = 0x10000
	MAP_NORESERVE  = 0x4000
	MAP_POPULATE   = 0x8000
	MAP_PRIVATE    = 0x2
	MAP_SHARED     = 0x1
	MAP_STACK      = 0x20000
	MAP_TYPE       = 0xf

	O_ACCMODE   = 0x3
	O_ASYNC     = 0x2000
	O_DIRECT    = 0x4000
	O_DSYNC     = 0x1000
	O_FSYNC     = 0x101000
	O_LARGEFILE = 0x0
	O_NDELAY    = 0x800
	O_NOATIME   = 0x40000
	O_RSYNC     = 0x101000

	PROT_EXEC      = 0x4
	PROT_GROWSDOWN = 0x1000000
	PROT_GROWSUP   = 0x2000000
	PROT_NONE      = 0x0
	PROT_READ      = 0x1
	PROT_WRITE     = 0x2

	RUSAGE_CHILDREN = -1
	RUSAGE_SELF     = 0x0
	RUSAGE_THREAD   = 0x1

	S_BLKSIZE = 0x200
	S_IEXEC   = 0x40
	S_IREAD   = 0x100
	S_IRGRP   = 0x20
	S_IROTH   = 0x4
	S_IRUSR   = 0x100
	S_IRWXG   = 0x38
	S_IRWXO   = 0x7
	S_IRWXU   = 0x1c0
	S_IWGRP   = 0x10
	S_IWOTH   = 0x2
	S_IWRITE  = 0x80
	S_IWUSR   = 0x80
	S_IXGRP   = 0x8
	S_IXOTH   = 0x1
	S_IXUSR   = 0x40

	WALL = 0x40000000

	WCLONE = 0x80000000

	WCONTINUED = 0x8

	WEXITED = 0x4

	WNOTHREAD = 0x20000000

	WNOWAIT = 0x1000000

	WORDSIZE = 0x40

	WSTOPPED = 0x2

	SYS_READ              = 0
	SYS_WRITE             = 1
	SYS_OPEN              = 2
	SYS_CLOSE             = 3
	SYS_STAT              = 4
	SYS_FSTAT             = 5
	SYS_LSTAT             = 6
	SYS_POLL              = 7
	SYS_LSEEK             = 8
	SYS_MMAP              = 9
	SYS_MPROTECT          = 10
	SYS_MUNMAP            = 11
	SYS_BRK               = 12
	SYS_RT_SIGACTION      = 13
	SYS_RT_SIGPROCMASK    = 14
	SYS_IOCTL             = 16
	SYS_PREAD64           = 17
	SYS_PWRITE64          = 18
	SYS_READV             = 19
	SYS_WRITEV            = 20
	SYS_ACCESS            = 21
	SYS_PIPE              = 22
	SYS_SELECT            = 23
	SYS_SCHED_YIELD       = 24
	SYS_MADVISE           = 28
	SYS_DUP               = 32
	SYS_DUP2              = 33
	SYS_NANOSLEEP         = 35
	SYS_GETPID            = 39
	SYS_SENDFILE          = 40
	SYS_SOCKET            = 41
	SYS_CONNECT           = 42
	SYS_ACCEPT            = 43
	SYS_SENDTO            = 44
	SYS_RECVFROM          = 45
	SYS_BIND              = 49
	SYS_LISTEN            = 50
	SYS_FORK              = 57
	SYS_EXECVE            = 59
	SYS_EXIT              = 60
	SYS_WAIT4             = 61
	SYS_KILL              = 62
	SYS_UNAME             = 63
	SYS_FCNTL             = 72
	SYS_FLOCK             = 73
	SYS_FSYNC             = 74
	SYS_FDATASYNC         = 75
	SYS_TRUNCATE          = 76
	SYS_FTRUNCATE         = 77
	SYS_GETDENTS          = 78
	SYS_GETCWD            = 79
	SYS_CHDIR             = 80
	SYS_FCHDIR            = 81
	SYS_RENAME            = 82
	SYS_MKDIR             = 83
	SYS_RMDIR             = 84
	SYS_CREAT             = 85
	SYS_LINK              = 86
	SYS_UNLINK            = 87
	SYS_SYMLINK           = 88
	SYS_READLINK          = 89
	SYS_CHMOD             = 90
	SYS_FCHMOD            = 91
	SYS_CHOWN             = 92
	SYS_FCHOWN            = 93
	SYS_LCHOWN            = 94
	SYS_UMASK             = 95
	SYS_GETTIMEOFDAY      = 96
	SYS_GETRLIMIT         = 97
	SYS_GETRUSAGE         = 98
	SYS_SYSINFO           = 99
	SYS_TIMES             = 100
	SYS_GETUID            = 102
	SYS_SYSLOG            = 103
	SYS_GETGID            = 104
	SYS_SETUID            = 105
	SYS_SETGID            = 106
	SYS_GETEUID           = 107
	SYS_GETEGID           = 108
	SYS_SETPGID           = 109
	SYS_GETPPID           = 110
	SYS_GETPGRP           = 111
	SYS_SETSID            = 112
	SYS_STATFS            = 137
	SYS_FSTATFS           = 138
	SYS_GETPRIORITY       = 140
	SYS_SETPRIORITY       = 141
	SYS_MLOCK             = 149
	SYS_MUNLOCK           = 150
	SYS_PRCTL             = 157
	SYS_CHROOT            = 161
	SYS_SYNC              = 162
	SYS_MOUNT             = 165
	SYS_UMOUNT2           = 166
	SYS_GETTID            = 186
	SYS_FUTEX             = 202
	SYS_SCHED_SETAFFINITY = 203
	SYS_SCHED_GETAFFINITY = 204
	SYS_EPOLL_CREATE      = 213
	SYS_GETDENTS64        = 217
	SYS_TGKILL            = 234
	SYS_OPENAT            = 257
	SYS_MKDIRAT           = 258
	SYS_UNLINKAT          = 263
	SYS_RENAMEAT          = 264
	SYS_SPLICE            = 275
	SYS_FALLOCATE         = 285
	SYS_EPOLL_CREATE1     = 291
	SYS_DUP3              = 292
	SYS_PIPE2             = 293
	SYS_INOTIFY_INIT1     = 294
	SYS_PRLIMIT64         = 302
	SYS_EXIT_GROUP        = 231
	SYS_CLOCK_GETTIME     = 228
	SYS_CLOCK_NANOSLEEP   = 230
	SYS_UTIMENSAT         = 280
	SYS_GETPGID           = 121
	SYS_GETSID            = 124
	SYS_MSYNC             = 26

	TIOCGWINSZ = 0x5413

	TCGETS = 0x5401

	TCSETS = 0x5402

	TIOCSCTTY = 0x540e

	TIOCNOTTY = 0x5422

	TIOCGPGRP = 0x540f

	TIOCSPGRP = 0x5410

	ICANON = 0x2

	ECHO = 0x8

	ISIG = 0x1

	IXON = 0x400

	ICRNL = 0x100

	VMIN = 0x6

	VTIME = 0x5

	OPOST = 0x1

	IEXTEN = 0x8000

	BRKINT = 0x2

	INPCK = 0x10

	ISTRIP = 0x20

	CS8 = 0x30

	PathMax = 0x1000

	SIGCLD = 0x11

	PTRACE_TRACEME = 0x0

	PR_SET_PDEATHSIG = 0x1
)

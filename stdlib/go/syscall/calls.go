package syscall

import (
	"internal/sys"
	"sync"
	"unsafe"
)

// Syscall makes a system call.
func Syscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno) {
	return Syscall6(trap, a1, a2, a3, 0, 0, 0)
}

// Syscall6 makes a system call.
func Syscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno) {
	r, e := sys.Call(trap, a1, a2, a3, a4, a5, a6)
	return r, 0, Errno(e)
}

// RawSyscall is Syscall.
func RawSyscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno) {
	return Syscall6(trap, a1, a2, a3, 0, 0, 0)
}

// RawSyscall6 is Syscall6.
func RawSyscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno) {
	return Syscall6(trap, a1, a2, a3, a4, a5, a6)
}

// call makes a system call of which the first result matters.
func call(trap uintptr, args ...uintptr) (int, error) {
	var a [6]uintptr
	copy(a[:], args)
	r, e := sys.Call(trap, a[0], a[1], a[2], a[3], a[4], a[5])
	if e != 0 {
		return -1, Errno(e)
	}
	return int(r), nil
}

func call0(trap uintptr, args ...uintptr) error {
	_, err := call(trap, args...)
	return err
}

// ByteSliceFromString returns s with a zero byte behind it; EINVAL if there is one in it.
func ByteSliceFromString(s string) ([]byte, error) {
	for i := range len(s) {
		if s[i] == 0 {
			return nil, EINVAL
		}
	}
	return append([]byte(s), 0), nil
}

// BytePtrFromString returns a pointer to ByteSliceFromString's result.
func BytePtrFromString(s string) (*byte, error) {
	b, err := ByteSliceFromString(s)
	if err != nil {
		return nil, err
	}
	return &b[0], nil
}

// onPath makes a system call whose first argument is a path.
func onPath(trap uintptr, path string, args ...uintptr) error {
	p, err := BytePtrFromString(path)
	if err != nil {
		return err
	}
	err = call0(trap, append([]uintptr{uintptr(unsafe.Pointer(p))}, args...)...)
	keep(p)
	return err
}

// keep marks what p points at as used until here: numbers do not keep objects.
func keep(p *byte) {}

func onPaths(trap uintptr, from, to string) error {
	p, err := BytePtrFromString(to)
	if err != nil {
		return err
	}
	err = onPath(trap, from, uintptr(unsafe.Pointer(p)))
	keep(p)
	return err
}

func data(b []byte) uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(b))) }

func Access(path string, mode uint32) error    { return onPath(SYS_ACCESS, path, uintptr(mode)) }
func Chdir(path string) error                  { return onPath(SYS_CHDIR, path) }
func Chmod(path string, mode uint32) error     { return onPath(SYS_CHMOD, path, uintptr(mode)) }
func Chroot(path string) error                 { return onPath(SYS_CHROOT, path) }
func Mkdir(path string, mode uint32) error     { return onPath(SYS_MKDIR, path, uintptr(mode)) }
func Rmdir(path string) error                  { return onPath(SYS_RMDIR, path) }
func Unlink(path string) error                 { return onPath(SYS_UNLINK, path) }
func Truncate(path string, length int64) error { return onPath(SYS_TRUNCATE, path, uintptr(length)) }
func Rename(from, to string) error             { return onPaths(SYS_RENAME, from, to) }
func Link(path, link string) error             { return onPaths(SYS_LINK, path, link) }
func Symlink(path, link string) error          { return onPaths(SYS_SYMLINK, path, link) }

func Chown(path string, uid int, gid int) error {
	return onPath(SYS_CHOWN, path, uintptr(uid), uintptr(gid))
}

func Lchown(path string, uid int, gid int) error {
	return onPath(SYS_LCHOWN, path, uintptr(uid), uintptr(gid))
}

// Stat returns what is known of a file.
func Stat(path string, st *Stat_t) error { return onPath(SYS_STAT, path, uintptr(unsafe.Pointer(st))) }

// Lstat is Stat of a link itself.
func Lstat(path string, st *Stat_t) error {
	return onPath(SYS_LSTAT, path, uintptr(unsafe.Pointer(st)))
}

// Fstat is Stat of a descriptor's file.
func Fstat(fd int, st *Stat_t) error {
	return call0(SYS_FSTAT, uintptr(fd), uintptr(unsafe.Pointer(st)))
}

func Fchdir(fd int) error              { return call0(SYS_FCHDIR, uintptr(fd)) }
func Fchmod(fd int, mode uint32) error { return call0(SYS_FCHMOD, uintptr(fd), uintptr(mode)) }
func Fchown(fd int, uid, gid int) error {
	return call0(SYS_FCHOWN, uintptr(fd), uintptr(uid), uintptr(gid))
}
func Fdatasync(fd int) error               { return call0(SYS_FDATASYNC, uintptr(fd)) }
func Ftruncate(fd int, length int64) error { return call0(SYS_FTRUNCATE, uintptr(fd), uintptr(length)) }
func Dup3(oldfd, newfd int, flags int) error {
	return call0(SYS_DUP3, uintptr(oldfd), uintptr(newfd), uintptr(flags))
}
func Sync()                                 { call(SYS_SYNC) }
func Setuid(uid int) error                  { return call0(SYS_SETUID, uintptr(uid)) }
func Setgid(gid int) error                  { return call0(SYS_SETGID, uintptr(gid)) }
func Setpgid(pid, pgid int) error           { return call0(SYS_SETPGID, uintptr(pid), uintptr(pgid)) }
func Setsid() (pid int, err error)          { return call(SYS_SETSID) }
func Getpgid(pid int) (pgid int, err error) { return call(SYS_GETPGID, uintptr(pid)) }
func Getpriority(which, who int) (int, error) {
	return call(SYS_GETPRIORITY, uintptr(which), uintptr(who))
}

func Fallocate(fd int, mode uint32, off int64, length int64) error {
	return call0(SYS_FALLOCATE, uintptr(fd), uintptr(mode), uintptr(off), uintptr(length))
}

func Setpriority(which, who, prio int) error {
	return call0(SYS_SETPRIORITY, uintptr(which), uintptr(who), uintptr(prio))
}

// Gettid returns the thread's number.
func Gettid() (tid int) {
	tid, _ = call(SYS_GETTID)
	return
}

// Getpgrp returns the process group.
func Getpgrp() (pid int) {
	pid, _ = call(SYS_GETPGRP)
	return
}

// Tgkill sends a signal to a thread.
func Tgkill(tgid, tid int, sig Signal) error {
	return call0(SYS_TGKILL, uintptr(tgid), uintptr(tid), uintptr(sig))
}

// Seek sets where a descriptor reads and writes.
func Seek(fd int, offset int64, whence int) (off int64, err error) {
	n, err := call(SYS_LSEEK, uintptr(fd), uintptr(offset), uintptr(whence))
	return int64(n), err
}

// Pread reads at an offset.
func Pread(fd int, p []byte, offset int64) (n int, err error) {
	return call(SYS_PREAD64, uintptr(fd), data(p), uintptr(len(p)), uintptr(offset))
}

// Pwrite writes at an offset.
func Pwrite(fd int, p []byte, offset int64) (n int, err error) {
	return call(SYS_PWRITE64, uintptr(fd), data(p), uintptr(len(p)), uintptr(offset))
}

// Readlink puts a link's target into buf.
func Readlink(path string, buf []byte) (n int, err error) {
	p, err := BytePtrFromString(path)
	if err != nil {
		return -1, err
	}
	n, err = call(SYS_READLINK, uintptr(unsafe.Pointer(p)), data(buf), uintptr(len(buf)))
	keep(p)
	return n, err
}

// Getcwd puts the current directory, and a zero byte, into buf.
func Getcwd(buf []byte) (n int, err error) { return call(SYS_GETCWD, data(buf), uintptr(len(buf))) }

// ImplementsGetwd says that there is a Getwd.
const ImplementsGetwd = true

// Getwd returns the current directory.
func Getwd() (wd string, err error) {
	var buf [4096]byte
	n, err := Getcwd(buf[:])
	if err != nil {
		return "", err
	}
	return string(buf[:n-1]), nil
}

// Getdents and ReadDirent read entries of a directory as the kernel has them.
func Getdents(fd int, buf []byte) (n int, err error) {
	return call(SYS_GETDENTS64, uintptr(fd), data(buf), uintptr(len(buf)))
}

func ReadDirent(fd int, buf []byte) (n int, err error) { return Getdents(fd, buf) }

// Gettimeofday sets tv to the time.
func Gettimeofday(tv *Timeval) error { return call0(SYS_GETTIMEOFDAY, uintptr(unsafe.Pointer(tv)), 0) }

// Getrusage returns what the process has used.
func Getrusage(who int, rusage *Rusage) error {
	return call0(SYS_GETRUSAGE, uintptr(who), uintptr(unsafe.Pointer(rusage)))
}

// Nanosleep sleeps; what is left, if it is interrupted, goes to leftover.
func Nanosleep(time *Timespec, leftover *Timespec) error {
	return call0(SYS_NANOSLEEP, uintptr(unsafe.Pointer(time)), uintptr(unsafe.Pointer(leftover)))
}

// Exec replaces the process by another program.
func Exec(argv0 string, argv []string, envv []string) error {
	path, err := BytePtrFromString(argv0)
	if err != nil {
		return err
	}
	list := func(texts []string) (*[]*byte, error) {
		ptrs := make([]*byte, len(texts)+1)
		for i, t := range texts {
			p, err := BytePtrFromString(t)
			if err != nil {
				return nil, err
			}
			ptrs[i] = p
		}
		return &ptrs, nil
	}
	args, err := list(argv)
	if err != nil {
		return err
	}
	env, err := list(envv)
	if err != nil {
		return err
	}
	err = call0(SYS_EXECVE, uintptr(unsafe.Pointer(path)), uintptr(unsafe.Pointer(&(*args)[0])),
		uintptr(unsafe.Pointer(&(*env)[0])))
	keep(path)
	keep((*args)[0])
	keep((*env)[0])
	return err
}

// Mappings by their last byte's address, so that only what was mapped here is unmapped.
var mapped struct {
	sync.Mutex
	m map[*byte][]byte
}

// Mmap maps a file, or memory with MAP_ANON, into the address space.
func Mmap(fd int, offset int64, length int, prot int, flags int) (b []byte, err error) {
	if length <= 0 {
		return nil, EINVAL
	}
	r, e := sys.Call(SYS_MMAP, 0, uintptr(length), uintptr(prot), uintptr(flags), uintptr(fd), uintptr(offset))
	if e != 0 {
		return nil, Errno(e)
	}
	b = unsafe.Slice((*byte)(unsafe.Pointer(r)), length)
	mapped.Lock()
	defer mapped.Unlock()
	if mapped.m == nil {
		mapped.m = map[*byte][]byte{}
	}
	mapped.m[&b[length-1]] = b
	return b, nil
}

// Munmap undoes Mmap.
func Munmap(b []byte) error {
	if len(b) == 0 || len(b) != cap(b) {
		return EINVAL
	}
	mapped.Lock()
	defer mapped.Unlock()
	last := &b[len(b)-1]
	if m := mapped.m[last]; m == nil || &m[0] != &b[0] {
		return EINVAL
	}
	if err := call0(SYS_MUNMAP, data(b), uintptr(len(b))); err != nil {
		return err
	}
	delete(mapped.m, last)
	return nil
}

func Mprotect(b []byte, prot int) error {
	return call0(SYS_MPROTECT, data(b), uintptr(len(b)), uintptr(prot))
}
func Madvise(b []byte, advice int) error {
	return call0(SYS_MADVISE, data(b), uintptr(len(b)), uintptr(advice))
}
func Mlock(b []byte) error   { return call0(SYS_MLOCK, data(b), uintptr(len(b))) }
func Munlock(b []byte) error { return call0(SYS_MUNLOCK, data(b), uintptr(len(b))) }

// NsecToTimespec converts nanoseconds.
func NsecToTimespec(nsec int64) Timespec {
	sec := nsec / 1e9
	if nsec %= 1e9; nsec < 0 {
		nsec += 1e9
		sec--
	}
	return Timespec{Sec: sec, Nsec: nsec}
}

// TimespecToNsec converts to nanoseconds.
func TimespecToNsec(ts Timespec) int64 { return ts.Sec*1e9 + ts.Nsec }

// TimevalToNsec converts to nanoseconds.
func TimevalToNsec(tv Timeval) int64 { return tv.Sec*1e9 + tv.Usec*1e3 }

// Utsname is what Uname returns: texts that end with a zero.
type Utsname struct {
	Sysname, Nodename, Release, Version, Machine, Domainname [65]int8
}

// Uname describes the system.
func Uname(buf *Utsname) error { return call0(SYS_UNAME, uintptr(unsafe.Pointer(buf))) }

// Sysinfo_t is what Sysinfo returns.
type Sysinfo_t struct {
	Uptime                                                       int64
	Loads                                                        [3]uint64
	Totalram, Freeram, Sharedram, Bufferram, Totalswap, Freeswap uint64
	Procs, Pad                                                   uint16
	Pad_cgo_0                                                    [4]byte
	Totalhigh, Freehigh                                          uint64
	Unit                                                         uint32
	X_f                                                          [0]byte
	Pad_cgo_1                                                    [4]byte
}

// Sysinfo returns figures of the system.
func Sysinfo(info *Sysinfo_t) error { return call0(SYS_SYSINFO, uintptr(unsafe.Pointer(info))) }

// Fsid names a file system.
type Fsid struct{ X__val [2]int32 }

// Statfs_t is what Statfs returns.
type Statfs_t struct {
	Type, Bsize                         int64
	Blocks, Bfree, Bavail, Files, Ffree uint64
	Fsid                                Fsid
	Namelen, Frsize, Flags              int64
	Spare                               [4]int64
}

// Statfs returns figures of a path's file system.
func Statfs(path string, buf *Statfs_t) error {
	return onPath(SYS_STATFS, path, uintptr(unsafe.Pointer(buf)))
}

// Fstatfs returns figures of a descriptor's file system.
func Fstatfs(fd int, buf *Statfs_t) error {
	return call0(SYS_FSTATFS, uintptr(fd), uintptr(unsafe.Pointer(buf)))
}

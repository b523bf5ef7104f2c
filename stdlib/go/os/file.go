// Package os is the operating system: files, environment, process.
package os

import (
	"errors"
	"internal/oserror"
	"internal/poll"
	"internal/sys"
	"io"
	"io/fs"
	"syscall"
	"time"
)

// Flags for OpenFile.
const (
	O_RDONLY int = syscall.O_RDONLY
	O_WRONLY int = syscall.O_WRONLY
	O_RDWR   int = syscall.O_RDWR
	O_APPEND int = syscall.O_APPEND
	O_CREATE int = syscall.O_CREAT
	O_EXCL   int = syscall.O_EXCL
	O_SYNC   int = syscall.O_SYNC
	O_TRUNC  int = syscall.O_TRUNC

	SEEK_SET int = 0
	SEEK_CUR int = 1
	SEEK_END int = 2

	PathSeparator     = '/'
	PathListSeparator = ':'

	DevNull = "/dev/null"
)

// Errors; test for them by errors.Is.
var (
	ErrInvalid          = oserror.ErrInvalid
	ErrPermission       = oserror.ErrPermission
	ErrExist            = oserror.ErrExist
	ErrNotExist         = oserror.ErrNotExist
	ErrClosed           = oserror.ErrClosed
	ErrNoDeadline       = poll.ErrNoDeadline
	ErrDeadlineExceeded = poll.ErrDeadlineExceeded
	ErrProcessDone      = errors.New("os: process already finished")
	ErrNoHandle         = errors.New("os: process handle unavailable")
)

type (
	// PathError is an error of an operation on a file.
	PathError = fs.PathError
	// FileInfo is what is known of a file.
	FileInfo = fs.FileInfo
	// FileMode is a file's type and permissions.
	FileMode = fs.FileMode
	// DirEntry is an entry of a directory.
	DirEntry = fs.DirEntry
)

const (
	ModeDir        = fs.ModeDir
	ModeAppend     = fs.ModeAppend
	ModeExclusive  = fs.ModeExclusive
	ModeTemporary  = fs.ModeTemporary
	ModeSymlink    = fs.ModeSymlink
	ModeDevice     = fs.ModeDevice
	ModeNamedPipe  = fs.ModeNamedPipe
	ModeSocket     = fs.ModeSocket
	ModeSetuid     = fs.ModeSetuid
	ModeSetgid     = fs.ModeSetgid
	ModeCharDevice = fs.ModeCharDevice
	ModeSticky     = fs.ModeSticky
	ModeIrregular  = fs.ModeIrregular
	ModeType       = fs.ModeType
	ModePerm       = fs.ModePerm
)

// LinkError is an error of an operation on two names.
type LinkError struct {
	Op  string
	Old string
	New string
	Err error
}

func (e *LinkError) Error() string { return e.Op + " " + e.Old + " " + e.New + ": " + e.Err.Error() }
func (e *LinkError) Unwrap() error { return e.Err }

// SyscallError is an error of a system call.
type SyscallError struct {
	Syscall string
	Err     error
}

func (e *SyscallError) Error() string { return e.Syscall + ": " + e.Err.Error() }
func (e *SyscallError) Unwrap() error { return e.Err }

// Timeout reports whether it is about time.
func (e *SyscallError) Timeout() bool { return timeout(e.Err) }

// NewSyscallError returns err as a SyscallError; nil stays nil.
func NewSyscallError(syscall string, err error) error {
	if err == nil {
		return nil
	}
	return &SyscallError{syscall, err}
}

func timeout(err error) bool {
	t, ok := err.(interface{ Timeout() bool })
	return ok && t.Timeout()
}

// underlying takes the error out of what this package wraps it in.
func underlying(err error) error {
	switch e := err.(type) {
	case *PathError:
		return e.Err
	case *LinkError:
		return e.Err
	case *SyscallError:
		return e.Err
	}
	return err
}

func is(err, target error) bool {
	err = underlying(err)
	if err == target {
		return true
	}
	e, ok := err.(syscall.Errno)
	return ok && e.Is(target)
}

// IsExist reports whether a file exists already. errors.Is does it for wrapped errors, too.
func IsExist(err error) bool { return is(err, ErrExist) }

// IsNotExist reports whether a file does not exist. errors.Is does it for wrapped errors, too.
func IsNotExist(err error) bool { return is(err, ErrNotExist) }

// IsPermission reports whether something is not allowed. errors.Is does it for wrapped errors, too.
func IsPermission(err error) bool { return is(err, ErrPermission) }

// IsTimeout reports whether time ran out.
func IsTimeout(err error) bool { return timeout(underlying(err)) }

// IsPathSeparator reports whether c is a slash.
func IsPathSeparator(c uint8) bool { return c == '/' }

// File is an open file.
type File struct {
	pfd    poll.FD
	name   string
	append bool
	dir    *dirReader
}

// The standard files.
var (
	Stdin  = NewFile(0, "/dev/stdin")
	Stdout = NewFile(1, "/dev/stdout")
	Stderr = NewFile(2, "/dev/stderr")
)

// NewFile returns a File for a descriptor. One that does not block is waited for without blocking a thread.
func NewFile(fd uintptr, name string) *File {
	if int(fd) < 0 {
		return nil
	}
	f := newFile(int(fd), name)
	if flags := sys.Fcntl(int(fd), sys.F_GETFL, 0); flags >= 0 {
		f.append = flags&O_APPEND != 0
		if flags&sys.O_NONBLOCK != 0 {
			f.pfd.Init()
		}
	}
	return f
}

func newFile(fd int, name string) *File {
	f := &File{name: name}
	f.pfd.Sysfd = fd
	f.pfd.Flags = poll.IsFile | poll.ZeroReadIsEOF
	if fd == 1 || fd == 2 {
		f.pfd.Flags |= poll.IsStd
	}
	return f
}

// watch has the poller watch a file that can make one wait: a pipe, a terminal or another device.
func (f *File) watch() {
	if poll.SetNonblock(f.pfd.Sysfd, true) != nil {
		return
	}
	if f.pfd.Init() != nil {
		poll.SetNonblock(f.pfd.Sysfd, false)
	}
}

func open(path string, flag, perm int) (fd int, err syscall.Errno)
func seek(fd int, off int64, whence int) (pos int64, err syscall.Errno)

// fdOp does something with a descriptor; see stdlib/src/os.rs for the numbers.
func fdOp(op, fd, x, y int) syscall.Errno

// pathOp does something with one or two names.
func pathOp(op int, a, b string, x, y int) syscall.Errno

const (
	opSync = iota + 1
	opTruncate
	opChmod
	opChown
	opChdir
	opMkdir
	opRmdir
	opUnlink
	opRename
	opLink
	opSymlink
	opLchown
)

// Open opens a file for reading.
func Open(name string) (*File, error) { return OpenFile(name, O_RDONLY, 0) }

// Create creates a file, or empties the one that is there, for reading and writing.
func Create(name string) (*File, error) { return OpenFile(name, O_RDWR|O_CREATE|O_TRUNC, 0666) }

// OpenFile opens a file with flags, and with permissions if it is created.
func OpenFile(name string, flag int, perm FileMode) (*File, error) {
	fd, e := open(name, flag, sysMode(perm))
	if e != 0 {
		return nil, &PathError{Op: "open", Path: name, Err: e}
	}
	f := newFile(fd, name)
	f.append = flag&O_APPEND != 0
	var st syscall.Stat_t
	if stat(fd, "", true, &st) == 0 {
		switch st.Mode & syscall.S_IFMT {
		case syscall.S_IFREG, syscall.S_IFDIR:
		default:
			f.watch()
		}
	}
	return f, nil
}

// Pipe returns two connected files: what is written to w is read from r.
func Pipe() (r *File, w *File, err error) {
	a, b := sys.Pipe(sys.O_CLOEXEC | sys.O_NONBLOCK)
	if a < 0 {
		return nil, nil, NewSyscallError("pipe2", syscall.Errno(-a))
	}
	r, w = newFile(a, "|0"), newFile(b, "|1")
	r.pfd.Init()
	w.pfd.Init()
	return r, w, nil
}

// fail gives an error of package poll or an error number the form in which it is reported; io.EOF and nil stay.
func (f *File) fail(op string, err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	if e, ok := err.(syscall.Errno); ok && e == 0 {
		return nil
	}
	if err == poll.ErrFileClosing {
		err = ErrClosed
	}
	return &PathError{Op: op, Path: f.name, Err: err}
}

// acquire keeps the file open until release.
func (f *File) acquire(op string) error {
	if f == nil {
		return ErrInvalid
	}
	return f.fail(op, f.pfd.Acquire())
}

func (f *File) release() { f.pfd.Release() }

// Name returns the name that the file was opened by.
func (f *File) Name() string { return f.name }

// Fd returns the descriptor. From then on reading and writing block a thread, and deadlines have no effect.
func (f *File) Fd() uintptr {
	if f == nil {
		return ^uintptr(0)
	}
	f.pfd.SetBlocking()
	return uintptr(f.pfd.Sysfd)
}

// Close closes the file.
func (f *File) Close() error {
	if f == nil {
		return ErrInvalid
	}
	return f.fail("close", f.pfd.Close())
}

// Read reads up to len(b) bytes. The end is 0, [io.EOF].
func (f *File) Read(b []byte) (n int, err error) {
	if f == nil {
		return 0, ErrInvalid
	}
	if n, err = f.pfd.Read(b); err != nil {
		err = f.fail("read", err)
	}
	return n, err
}

// ReadAt reads len(b) bytes from an offset.
func (f *File) ReadAt(b []byte, off int64) (n int, err error) {
	if f == nil {
		return 0, ErrInvalid
	}
	if off < 0 {
		return 0, &PathError{Op: "readat", Path: f.name, Err: errors.New("negative offset")}
	}
	for n < len(b) {
		m, err := f.pfd.Pread(b[n:], off+int64(n))
		if err != nil {
			return n, f.fail("read", err)
		}
		n += m
	}
	return n, nil
}

// Write writes b.
func (f *File) Write(b []byte) (n int, err error) {
	if f == nil {
		return 0, ErrInvalid
	}
	if n, err = f.pfd.Write(b); err != nil {
		err = f.fail("write", err)
	}
	return n, err
}

// WriteString writes s.
func (f *File) WriteString(s string) (n int, err error) { return f.Write([]byte(s)) }

// WriteAt writes b at an offset.
func (f *File) WriteAt(b []byte, off int64) (n int, err error) {
	if f == nil {
		return 0, ErrInvalid
	}
	if f.append {
		return 0, errors.New("os: invalid use of WriteAt on file opened with O_APPEND")
	}
	if off < 0 {
		return 0, &PathError{Op: "writeat", Path: f.name, Err: errors.New("negative offset")}
	}
	n, err = f.pfd.Pwrite(b, off)
	return n, f.fail("write", err)
}

// only hides the methods that io.Copy would call again.
type only struct {
	f *File
}

func (o only) Write(b []byte) (int, error) { return o.f.Write(b) }
func (o only) Read(b []byte) (int, error)  { return o.f.Read(b) }

// ReadFrom implements [io.ReaderFrom].
func (f *File) ReadFrom(r io.Reader) (n int64, err error) {
	if f == nil {
		return 0, ErrInvalid
	}
	return io.Copy(only{f}, r)
}

// WriteTo implements [io.WriterTo].
func (f *File) WriteTo(w io.Writer) (n int64, err error) {
	if f == nil {
		return 0, ErrInvalid
	}
	return io.Copy(w, only{f})
}

// Seek sets the offset of the next Read or Write.
func (f *File) Seek(offset int64, whence int) (ret int64, err error) {
	if err := f.acquire("seek"); err != nil {
		return 0, err
	}
	ret, e := seek(f.pfd.Sysfd, offset, whence)
	f.release()
	if e == 0 && f.dir != nil && ret == 0 {
		f.dir = nil // begins anew
	}
	return ret, f.fail("seek", e)
}

// Sync writes what the system holds back to the disk.
func (f *File) Sync() error { return f.do("sync", opSync, 0, 0) }

// Truncate sets the file's length.
func (f *File) Truncate(size int64) error { return f.do("truncate", opTruncate, int(size), 0) }

// Chmod sets permissions.
func (f *File) Chmod(mode FileMode) error { return f.do("chmod", opChmod, sysMode(mode), 0) }

// Chown sets the owner.
func (f *File) Chown(uid, gid int) error { return f.do("chown", opChown, uid, gid) }

// Chdir makes the file the current directory.
func (f *File) Chdir() error { return f.do("chdir", opChdir, 0, 0) }

func (f *File) do(name string, op, x, y int) error {
	if err := f.acquire(name); err != nil {
		return err
	}
	e := fdOp(op, f.pfd.Sysfd, x, y)
	f.release()
	return f.fail(name, e)
}

// SetDeadline sets the time after which Read and Write fail; zero for never. Only pipes, terminals and the like have it.
func (f *File) SetDeadline(t time.Time) error { return f.deadline(t, poll.ModeRead|poll.ModeWrite) }

// SetReadDeadline sets the time after which Read fails.
func (f *File) SetReadDeadline(t time.Time) error { return f.deadline(t, poll.ModeRead) }

// SetWriteDeadline sets the time after which Write fails.
func (f *File) SetWriteDeadline(t time.Time) error { return f.deadline(t, poll.ModeWrite) }

func (f *File) deadline(t time.Time, modes int) error {
	if f == nil {
		return ErrInvalid
	}
	return f.pfd.SetDeadline(t, modes)
}

type rawConn struct {
	f *File
}

func (c rawConn) Control(f func(fd uintptr)) error {
	if err := c.f.acquire("SyscallConn"); err != nil {
		return err
	}
	f(uintptr(c.f.pfd.Sysfd))
	c.f.release()
	return nil
}

func (c rawConn) Read(f func(fd uintptr) (done bool)) error {
	return c.until(f, c.f.pfd.WaitRead)
}

func (c rawConn) Write(f func(fd uintptr) (done bool)) error {
	return c.until(f, c.f.pfd.WaitWrite)
}

func (c rawConn) until(f func(fd uintptr) (done bool), wait func() error) error {
	for {
		done := false
		if err := c.Control(func(fd uintptr) { done = f(fd) }); err != nil || done {
			return err
		}
		if err := wait(); err != nil {
			return c.f.fail("SyscallConn", err)
		}
	}
}

// SyscallConn gives access to the descriptor.
func (f *File) SyscallConn() (syscall.RawConn, error) {
	if f == nil {
		return nil, ErrInvalid
	}
	return rawConn{f}, nil
}

// sysMode returns mode as the system has it.
func sysMode(mode FileMode) int {
	m := int(mode.Perm())
	if mode&ModeSetuid != 0 {
		m |= syscall.S_ISUID
	}
	if mode&ModeSetgid != 0 {
		m |= syscall.S_ISGID
	}
	if mode&ModeSticky != 0 {
		m |= syscall.S_ISVTX
	}
	return m
}

// ReadFile reads a whole file.
func ReadFile(name string) ([]byte, error) {
	f, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAll(f)
}

func readAll(f *File) ([]byte, error) {
	size := 512
	var st syscall.Stat_t
	if stat(f.pfd.Sysfd, "", true, &st) == 0 && st.Size < 1<<40 {
		size = max(size, int(st.Size)+1)
	}
	b := make([]byte, 0, size)
	for {
		n, err := f.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		if err == io.EOF {
			return b, nil
		}
		if err != nil {
			return b, err
		}
		if len(b) == cap(b) {
			b = append(b, 0)[:len(b)]
		}
	}
}

// WriteFile writes a whole file, created with perm if need be.
func WriteFile(name string, data []byte, perm FileMode) error {
	f, err := OpenFile(name, O_WRONLY|O_CREATE|O_TRUNC, perm)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err1 := f.Close(); err1 != nil && err == nil {
		err = err1
	}
	return err
}

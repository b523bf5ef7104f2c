// Package os is the operating system: files, environment, process.
package os

import (
	"errors"
	"internal/oserror"
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
	ErrNoDeadline       = errors.New("file type does not support deadline")
	ErrDeadlineExceeded = error(&deadlineError{})
	ErrProcessDone      = errors.New("os: process already finished")
	ErrNoHandle         = errors.New("os: process handle unavailable")
)

type deadlineError struct{}

func (*deadlineError) Error() string   { return "i/o timeout" }
func (*deadlineError) Timeout() bool   { return true }
func (*deadlineError) Temporary() bool { return true }

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
	fd     int // -1: closed
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

// NewFile returns a File for a descriptor.
func NewFile(fd uintptr, name string) *File {
	if int(fd) < 0 {
		return nil
	}
	return &File{fd: int(fd), name: name}
}

func open(path string, flag, perm int) (fd int, err syscall.Errno)
func read(fd int, p []byte) (n int, err syscall.Errno)
func write(fd int, p []byte) (n int, err syscall.Errno)
func pread(fd int, p []byte, off int64) (n int, err syscall.Errno)
func pwrite(fd int, p []byte, off int64) (n int, err syscall.Errno)
func seek(fd int, off int64, whence int) (pos int64, err syscall.Errno)
func pipe() (r, w int, err syscall.Errno)

// fdOp does something with a descriptor; see stdlib/src/os.rs for the numbers.
func fdOp(op, fd, x, y int) syscall.Errno

// pathOp does something with one or two names.
func pathOp(op int, a, b string, x, y int) syscall.Errno

const (
	opClose = iota
	opSync
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
	return &File{fd: fd, name: name, append: flag&O_APPEND != 0}, nil
}

// Pipe returns two connected files: what is written to w is read from r.
func Pipe() (r *File, w *File, err error) {
	a, b, e := pipe()
	if e != 0 {
		return nil, nil, NewSyscallError("pipe2", e)
	}
	return &File{fd: a, name: "|0"}, &File{fd: b, name: "|1"}, nil
}

// check says whether the file can be used.
func (f *File) check(op string) error {
	if f == nil {
		return ErrInvalid
	}
	if f.fd < 0 {
		return &PathError{Op: op, Path: f.name, Err: ErrClosed}
	}
	return nil
}

func (f *File) fail(op string, e syscall.Errno) error {
	if e == 0 {
		return nil
	}
	return &PathError{Op: op, Path: f.name, Err: e}
}

// Name returns the name that the file was opened by.
func (f *File) Name() string { return f.name }

// Fd returns the descriptor.
func (f *File) Fd() uintptr {
	if f == nil {
		return ^uintptr(0)
	}
	return uintptr(f.fd)
}

// Close closes the file.
func (f *File) Close() error {
	if err := f.check("close"); err != nil {
		return err
	}
	fd := f.fd
	f.fd = -1
	return f.fail("close", fdOp(opClose, fd, 0, 0))
}

// Read reads up to len(b) bytes. The end is 0, [io.EOF].
func (f *File) Read(b []byte) (n int, err error) {
	if err := f.check("read"); err != nil {
		return 0, err
	}
	n, e := read(f.fd, b)
	if e != 0 {
		return 0, f.fail("read", e)
	}
	if n == 0 && len(b) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

// ReadAt reads len(b) bytes from an offset.
func (f *File) ReadAt(b []byte, off int64) (n int, err error) {
	if err := f.check("read"); err != nil {
		return 0, err
	}
	if off < 0 {
		return 0, &PathError{Op: "readat", Path: f.name, Err: errors.New("negative offset")}
	}
	for n < len(b) {
		m, e := pread(f.fd, b[n:], off+int64(n))
		if e != 0 {
			return n, f.fail("read", e)
		}
		if m == 0 {
			return n, io.EOF
		}
		n += m
	}
	return n, nil
}

// Write writes b.
func (f *File) Write(b []byte) (n int, err error) {
	if err := f.check("write"); err != nil {
		return 0, err
	}
	n, e := write(f.fd, b)
	if e != 0 {
		return n, f.fail("write", e)
	}
	return n, nil
}

// WriteString writes s.
func (f *File) WriteString(s string) (n int, err error) { return f.Write([]byte(s)) }

// WriteAt writes b at an offset.
func (f *File) WriteAt(b []byte, off int64) (n int, err error) {
	if err := f.check("write"); err != nil {
		return 0, err
	}
	if f.append {
		return 0, errors.New("os: invalid use of WriteAt on file opened with O_APPEND")
	}
	if off < 0 {
		return 0, &PathError{Op: "writeat", Path: f.name, Err: errors.New("negative offset")}
	}
	for n < len(b) {
		m, e := pwrite(f.fd, b[n:], off+int64(n))
		if e != 0 {
			return n, f.fail("write", e)
		}
		n += m
	}
	return n, nil
}

// only hides the methods that io.Copy would call again.
type only struct {
	f *File
}

func (o only) Write(b []byte) (int, error) { return o.f.Write(b) }
func (o only) Read(b []byte) (int, error)  { return o.f.Read(b) }

// ReadFrom implements [io.ReaderFrom].
func (f *File) ReadFrom(r io.Reader) (n int64, err error) {
	if err := f.check("write"); err != nil {
		return 0, err
	}
	return io.Copy(only{f}, r)
}

// WriteTo implements [io.WriterTo].
func (f *File) WriteTo(w io.Writer) (n int64, err error) {
	if err := f.check("read"); err != nil {
		return 0, err
	}
	return io.Copy(w, only{f})
}

// Seek sets the offset of the next Read or Write.
func (f *File) Seek(offset int64, whence int) (ret int64, err error) {
	if err := f.check("seek"); err != nil {
		return 0, err
	}
	ret, e := seek(f.fd, offset, whence)
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
	if err := f.check(name); err != nil {
		return err
	}
	return f.fail(name, fdOp(op, f.fd, x, y))
}

// SetDeadline fails: files have no deadlines.
func (f *File) SetDeadline(t time.Time) error { return f.noDeadline() }

// SetReadDeadline fails: files have no deadlines.
func (f *File) SetReadDeadline(t time.Time) error { return f.noDeadline() }

// SetWriteDeadline fails: files have no deadlines.
func (f *File) SetWriteDeadline(t time.Time) error { return f.noDeadline() }

func (f *File) noDeadline() error {
	if err := f.check("set deadline"); err != nil {
		return err
	}
	return &PathError{Op: "set deadline", Path: f.name, Err: ErrNoDeadline}
}

type rawConn struct {
	f *File
}

func (c rawConn) Control(f func(fd uintptr)) error {
	if err := c.f.check("SyscallConn"); err != nil {
		return err
	}
	f(uintptr(c.f.fd))
	return nil
}

func (c rawConn) Read(f func(fd uintptr) (done bool)) error {
	return c.Control(func(fd uintptr) { f(fd) })
}

func (c rawConn) Write(f func(fd uintptr) (done bool)) error { return c.Read(f) }

// SyscallConn gives access to the descriptor.
func (f *File) SyscallConn() (syscall.RawConn, error) {
	if err := f.check("SyscallConn"); err != nil {
		return nil, err
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
	size := 512
	var st syscall.Stat_t
	if stat(f.fd, "", true, &st) == 0 && st.Size < 1<<40 {
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

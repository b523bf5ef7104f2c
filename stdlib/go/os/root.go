package os

import (
	"errors"
	"internal/sys"
	"io/fs"
	"sort"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// Root is a directory whose files are reached by names that do not lead out of it, whatever symbolic links there are.
//
// Names are walked along one directory at a time, without following links; a link's target is walked along in turn.
// The directory that has the file is then named by its descriptor, below /proc/self/fd.
type Root struct {
	name string
	mu   sync.RWMutex // held for reading while fd is used
	fd   int          // -1 when closed
}

var errEscapes = errors.New("path escapes from parent")

const (
	oPath     = 0x200000
	oNoFollow = 0x20000
	mostLinks = 255
)

// OpenRoot opens a directory.
func OpenRoot(name string) (*Root, error) {
	fd, e := open(name, oDirectory|sys.O_CLOEXEC, 0)
	if e != 0 {
		return nil, &PathError{Op: "open", Path: name, Err: notDir(e)}
	}
	return &Root{name: name, fd: fd}, nil
}

const oDirectory = 0x10000

func notDir(e syscall.Errno) error {
	if e == syscall.ENOTDIR {
		return errors.New("not a directory")
	}
	return e
}

// OpenInRoot opens a file of a directory for reading.
func OpenInRoot(dir, name string) (*File, error) {
	r, err := OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return r.Open(name)
}

// Name returns the name that the directory was opened by.
func (r *Root) Name() string { return r.name }

// Close closes the directory.
func (r *Root) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fd >= 0 {
		sys.Close(r.fd)
		r.fd = -1
	}
	return nil
}

func inside(fd int, name string) string { return "/proc/self/fd/" + strconv.Itoa(fd) + "/" + name }

// names splits a path; a slash at the end is a last element of ".".
func names(path string) (list []string) {
	for i := 0; i < len(path); {
		j := i
		for j < len(path) && path[j] != '/' {
			j++
		}
		if j > i {
			list = append(list, path[i:j])
		}
		i = j + 1
	}
	if path[len(path)-1] == '/' {
		list = append(list, ".")
	}
	return
}

// locate calls f with a path of the file, which leads through no link; if follow is set, the file is no link either.
func (r *Root) locate(name string, follow bool, f func(path string) error) error {
	r.mu.RLock()
	defer r.mu.RUnlock()
	switch {
	case r.fd < 0:
		return ErrClosed
	case name == "":
		return errors.New("empty path")
	case name[0] == '/':
		return errEscapes
	}
	dirs := []int{r.fd}
	defer func() {
		for _, fd := range dirs[1:] {
			sys.Close(fd)
		}
	}()
	rest := names(name)
	for links := 0; ; {
		here := dirs[len(dirs)-1]
		first, last := rest[0], len(rest) == 1
		path := inside(here, first)
		switch {
		case first == "..":
			if len(dirs) == 1 {
				return errEscapes
			}
			sys.Close(here)
			if dirs = dirs[:len(dirs)-1]; last {
				return f(inside(dirs[len(dirs)-1], "."))
			}
			rest = rest[1:]
			continue
		case first == "." && !last:
			rest = rest[1:]
			continue
		case !last || follow:
			target, e := readlink(path)
			if e == 0 {
				if links++; links > mostLinks {
					return syscall.ELOOP
				}
				if target == "" || target[0] == '/' {
					return errEscapes
				}
				rest = append(names(target), rest[1:]...)
				continue
			}
		}
		if last {
			return f(path)
		}
		fd, e := open(path, oPath|oDirectory|oNoFollow|sys.O_CLOEXEC, 0)
		if e != 0 {
			return e
		}
		dirs = append(dirs, fd)
		rest = rest[1:]
	}
}

// do is locate with an error that names the operation and the file.
func (r *Root) do(op, name string, follow bool, f func(path string) error) error {
	if err := r.locate(name, follow, f); err != nil {
		return &PathError{Op: op, Path: name, Err: underlying(err)}
	}
	return nil
}

func (r *Root) join(name string) string {
	switch {
	case r.name == "" || r.name == ".":
		return name
	case r.name[len(r.name)-1] == '/':
		return r.name + name
	}
	return r.name + "/" + name
}

// Open opens a file for reading.
func (r *Root) Open(name string) (*File, error) { return r.OpenFile(name, O_RDONLY, 0) }

// Create creates a file, or empties the one that is there.
func (r *Root) Create(name string) (*File, error) {
	return r.OpenFile(name, O_RDWR|O_CREATE|O_TRUNC, 0666)
}

// OpenFile opens a file with flags, and with permissions if it is created.
func (r *Root) OpenFile(name string, flag int, perm FileMode) (f *File, err error) {
	if perm&0777 != perm {
		return nil, &PathError{Op: "openat", Path: name, Err: errors.New("unsupported file mode")}
	}
	follow := flag&(O_CREATE|O_EXCL) != O_CREATE|O_EXCL
	err = r.do("openat", name, follow, func(path string) error {
		f, err = OpenFile(path, flag|oNoFollow, perm)
		return err
	})
	if err != nil {
		return nil, err
	}
	f.name = r.join(name)
	return f, nil
}

// OpenRoot opens a directory in the directory.
func (r *Root) OpenRoot(name string) (sub *Root, err error) {
	file := false
	err = r.do("openat", name, true, func(path string) error {
		fd, e := open(path, oDirectory|oNoFollow|sys.O_CLOEXEC, 0)
		if e != 0 {
			file = e == syscall.ENOTDIR
			return notDir(e)
		}
		sub = &Root{name: r.join(name), fd: fd}
		return nil
	})
	if file {
		err = &PathError{Op: "open", Path: r.join(name), Err: underlying(err)}
	}
	return
}

func (r *Root) stat(op, name string, follow bool) (fi FileInfo, err error) {
	err = r.do(op, name, follow, func(path string) error {
		if fi, err = Lstat(path); err == nil {
			fi.(*fileStat).name = baseName(name)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return
}

// Stat returns what is known of a file.
func (r *Root) Stat(name string) (FileInfo, error) { return r.stat("statat", name, true) }

// Lstat is Stat of a link itself.
func (r *Root) Lstat(name string) (FileInfo, error) { return r.stat("statat", name, false) }

// Mkdir makes a directory.
func (r *Root) Mkdir(name string, perm FileMode) error {
	if perm&0777 != perm {
		return &PathError{Op: "mkdirat", Path: name, Err: errors.New("unsupported file mode")}
	}
	return r.do("mkdirat", name, false, func(path string) error { return Mkdir(path, perm) })
}

// MkdirAll makes a directory and those that it is to be in.
func (r *Root) MkdirAll(name string, perm FileMode) error {
	if perm&0777 != perm {
		return &PathError{Op: "mkdirat", Path: name, Err: errors.New("unsupported file mode")}
	}
	for i := 1; i <= len(name); i++ {
		if i < len(name) && name[i] != '/' {
			continue
		}
		part := name[:i]
		if fi, err := r.Stat(part); err == nil && fi.IsDir() {
			continue
		} else if err == nil && i < len(name) {
			return &PathError{Op: "openat", Path: part, Err: syscall.ENOTDIR}
		}
		err := r.Mkdir(part, perm)
		if err == nil || errors.Is(err, ErrExist) && i < len(name) {
			continue
		}
		if errors.Is(err, ErrExist) {
			err = &PathError{Op: "mkdirat", Path: name, Err: syscall.ENOTDIR}
		}
		return short(err, name)
	}
	if name == "" {
		return r.Mkdir(name, perm)
	}
	return nil
}

// Remove removes a file or an empty directory.
func (r *Root) Remove(name string) error { return r.do("removeat", name, false, Remove) }

// RemoveAll removes a file, or a directory with everything in it.
func (r *Root) RemoveAll(name string) error {
	if name == "." || len(name) > 1 && name[len(name)-2:] == "/." {
		return &PathError{Op: "RemoveAll", Path: name, Err: syscall.EINVAL}
	}
	err := r.do("RemoveAll", name, false, RemoveAll)
	if errors.Is(err, ErrNotExist) {
		return nil
	}
	return err
}

// Chmod sets a file's mode.
func (r *Root) Chmod(name string, mode FileMode) error {
	return r.do("chmodat", name, true, func(path string) error { return Chmod(path, mode) })
}

// Chown sets a file's owner.
func (r *Root) Chown(name string, uid, gid int) error {
	return r.do("chownat", name, true, func(path string) error { return Lchown(path, uid, gid) })
}

// Lchown is Chown of a link itself.
func (r *Root) Lchown(name string, uid, gid int) error {
	return r.do("lchownat", name, false, func(path string) error { return Lchown(path, uid, gid) })
}

// Chtimes sets a file's times.
func (r *Root) Chtimes(name string, atime time.Time, mtime time.Time) error {
	return r.do("chtimesat", name, true, func(path string) error { return Chtimes(path, atime, mtime) })
}

// Readlink returns a link's target.
func (r *Root) Readlink(name string) (target string, err error) {
	err = r.do("readlinkat", name, false, func(path string) error {
		target, err = Readlink(path)
		return err
	})
	return
}

// two locates two files; the first one is left alone by functions that only create the second.
func (r *Root) two(op, oldname, newname string, f func(from, to string) error) error {
	err := r.locate(oldname, false, func(from string) error {
		return r.locate(newname, false, func(to string) error { return f(from, to) })
	})
	if err != nil {
		return &LinkError{op, oldname, newname, underlying(err)}
	}
	return nil
}

// Rename renames a file.
func (r *Root) Rename(oldname, newname string) error {
	return r.two("renameat", oldname, newname, Rename)
}

// Link makes a hard link.
func (r *Root) Link(oldname, newname string) error { return r.two("linkat", oldname, newname, Link) }

// Symlink makes a symbolic link. Its target may be anything; what leads out of the directory is not followed.
func (r *Root) Symlink(oldname, newname string) error {
	err := r.locate(newname, false, func(path string) error { return Symlink(oldname, path) })
	if err != nil {
		return &LinkError{"symlinkat", oldname, newname, underlying(err)}
	}
	return nil
}

// ReadFile returns what is in a file.
func (r *Root) ReadFile(name string) (b []byte, err error) {
	f, err := r.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAll(f)
}

// WriteFile writes a file anew.
func (r *Root) WriteFile(name string, data []byte, perm FileMode) error {
	f, err := r.OpenFile(name, O_WRONLY|O_CREATE|O_TRUNC, perm)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// FS returns the directory as a file system.
func (r *Root) FS() fs.FS { return (*rootFS)(r) }

type rootFS Root

func (r *rootFS) check(op, name string) error {
	if !fs.ValidPath(name) {
		return &PathError{Op: op, Path: name, Err: ErrInvalid}
	}
	return nil
}

func (r *rootFS) Open(name string) (fs.File, error) {
	if err := r.check("open", name); err != nil {
		return nil, err
	}
	f, err := (*Root)(r).Open(name)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (r *rootFS) ReadDir(name string) ([]DirEntry, error) {
	if err := r.check("readdir", name); err != nil {
		return nil, err
	}
	f, err := (*Root)(r).Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	list, err := f.ReadDir(-1)
	sort.Slice(list, func(i, j int) bool { return list[i].Name() < list[j].Name() })
	return list, err
}

func (r *rootFS) ReadFile(name string) ([]byte, error) {
	if err := r.check("readfile", name); err != nil {
		return nil, err
	}
	return (*Root)(r).ReadFile(name)
}

func (r *rootFS) ReadLink(name string) (string, error) {
	if err := r.check("readlink", name); err != nil {
		return "", err
	}
	return (*Root)(r).Readlink(name)
}

func (r *rootFS) Stat(name string) (FileInfo, error) {
	if err := r.check("stat", name); err != nil {
		return nil, err
	}
	return (*Root)(r).Stat(name)
}

func (r *rootFS) Lstat(name string) (FileInfo, error) {
	if err := r.check("lstat", name); err != nil {
		return nil, err
	}
	return (*Root)(r).Lstat(name)
}

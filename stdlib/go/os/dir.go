package os

import (
	"errors"
	"io"
	"io/fs"
	"sort"
	"syscall"
	"time"
)

// stat describes a file: of that name, or if it is empty of that descriptor.
func stat(fd int, path string, follow bool, st *syscall.Stat_t) syscall.Errno

type fileStat struct {
	name    string
	size    int64
	mode    FileMode
	modTime time.Time
	sys     syscall.Stat_t
}

func (fs *fileStat) Name() string       { return fs.name }
func (fs *fileStat) Size() int64        { return fs.size }
func (fs *fileStat) Mode() FileMode     { return fs.mode }
func (fs *fileStat) ModTime() time.Time { return fs.modTime }
func (fs *fileStat) IsDir() bool        { return fs.mode.IsDir() }
func (fs *fileStat) Sys() any           { return &fs.sys }

func baseName(name string) string {
	for len(name) > 1 && name[len(name)-1] == '/' {
		name = name[:len(name)-1]
	}
	for i := len(name) - 2; i >= 0; i-- {
		if name[i] == '/' {
			return name[i+1:]
		}
	}
	return name
}

func newStat(name string, st syscall.Stat_t) *fileStat {
	mode := FileMode(st.Mode & 0777)
	switch st.Mode & syscall.S_IFMT {
	case syscall.S_IFBLK:
		mode |= ModeDevice
	case syscall.S_IFCHR:
		mode |= ModeDevice | ModeCharDevice
	case syscall.S_IFDIR:
		mode |= ModeDir
	case syscall.S_IFIFO:
		mode |= ModeNamedPipe
	case syscall.S_IFLNK:
		mode |= ModeSymlink
	case syscall.S_IFSOCK:
		mode |= ModeSocket
	}
	if st.Mode&syscall.S_ISGID != 0 {
		mode |= ModeSetgid
	}
	if st.Mode&syscall.S_ISUID != 0 {
		mode |= ModeSetuid
	}
	if st.Mode&syscall.S_ISVTX != 0 {
		mode |= ModeSticky
	}
	return &fileStat{baseName(name), st.Size, mode, time.Unix(st.Mtim.Unix()), st}
}

func statPath(op, name string, follow bool) (FileInfo, error) {
	var st syscall.Stat_t
	e := syscall.ENOENT
	if name != "" {
		e = stat(-1, name, follow, &st)
	}
	if e != 0 {
		return nil, &PathError{Op: op, Path: name, Err: e}
	}
	return newStat(name, st), nil
}

// Stat describes a file.
func Stat(name string) (FileInfo, error) { return statPath("stat", name, true) }

// Lstat is like [Stat] but does not follow a link.
func Lstat(name string) (FileInfo, error) { return statPath("lstat", name, false) }

// Stat describes the file.
func (f *File) Stat() (FileInfo, error) {
	if err := f.acquire("stat"); err != nil {
		return nil, err
	}
	defer f.release()
	var st syscall.Stat_t
	if e := stat(f.pfd.Sysfd, "", true, &st); e != 0 {
		return nil, f.fail("stat", e)
	}
	return newStat(f.name, st), nil
}

// SameFile reports whether both describe the same file.
func SameFile(fi1, fi2 FileInfo) bool {
	a, ok1 := fi1.(*fileStat)
	b, ok2 := fi2.(*fileStat)
	return ok1 && ok2 && a.sys.Dev == b.sys.Dev && a.sys.Ino == b.sys.Ino
}

// dirReader is what is left of a directory's entries.
type dirReader struct {
	entries []*dirEntry
}

type dirEntry struct {
	parent string
	name   string
	typ    FileMode
}

func (d *dirEntry) Name() string            { return d.name }
func (d *dirEntry) IsDir() bool             { return d.typ.IsDir() }
func (d *dirEntry) Type() FileMode          { return d.typ }
func (d *dirEntry) Info() (FileInfo, error) { return Lstat(d.parent + "/" + d.name) }
func (d *dirEntry) String() string          { return fs.FormatDirEntry(d) }

// readDir returns all entries, each as type (a digit as in d_type, '?' if unknown), name and a zero byte.
func readDir(fd int) (entries string, err syscall.Errno)

// take returns the next n entries, or all if n <= 0.
func (f *File) take(op string, n int) ([]*dirEntry, error) {
	if err := f.acquire(op); err != nil {
		return nil, err
	}
	defer f.release()
	if f.dir == nil {
		data, e := readDir(f.pfd.Sysfd)
		if e != 0 {
			return nil, f.fail(op, e)
		}
		f.dir = new(dirReader)
		for data != "" {
			i := 1
			for data[i] != 0 {
				i++
			}
			d := &dirEntry{parent: f.name, name: data[1:i]}
			switch data[0] {
			case '1':
				d.typ = ModeNamedPipe
			case '2':
				d.typ = ModeDevice | ModeCharDevice
			case '4':
				d.typ = ModeDir
			case '6':
				d.typ = ModeDevice
			case ':':
				d.typ = ModeSymlink
			case '<':
				d.typ = ModeSocket
			case '?':
				if info, err := d.Info(); err == nil {
					d.typ = info.Mode().Type()
				}
			}
			f.dir.entries = append(f.dir.entries, d)
			data = data[i+1:]
		}
	}
	left := f.dir.entries
	if n <= 0 || n > len(left) {
		if n > 0 && len(left) == 0 {
			return nil, io.EOF
		}
		n = len(left)
	}
	f.dir.entries = left[n:]
	return left[:n], nil
}

// ReadDir returns the next n entries, or all that are left if n <= 0. The end is [io.EOF] if n > 0.
func (f *File) ReadDir(n int) ([]DirEntry, error) {
	list, err := f.take("readdirent", n)
	entries := make([]DirEntry, len(list))
	for i, d := range list {
		entries[i] = d
	}
	return entries, err
}

// Readdirnames is like [File.ReadDir] for names.
func (f *File) Readdirnames(n int) (names []string, err error) {
	list, err := f.take("readdirent", n)
	names = make([]string, len(list))
	for i, d := range list {
		names[i] = d.name
	}
	return names, err
}

// Readdir is like [File.ReadDir] for descriptions of the files.
func (f *File) Readdir(n int) ([]FileInfo, error) {
	list, err := f.take("readdirent", n)
	infos := make([]FileInfo, 0, len(list))
	for _, d := range list {
		info, err := d.Info()
		if IsNotExist(err) {
			continue // removed meanwhile
		}
		if err != nil {
			return infos, err
		}
		infos = append(infos, info)
	}
	return infos, err
}

// ReadDir returns a directory's entries by name.
func ReadDir(name string) ([]DirEntry, error) {
	f, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	list, err := f.ReadDir(-1)
	sort.Slice(list, func(i, j int) bool { return list[i].Name() < list[j].Name() })
	return list, err
}

func onPath(op string, n int, name string, x, y int) error {
	if e := pathOp(n, name, "", x, y); e != 0 {
		return &PathError{Op: op, Path: name, Err: e}
	}
	return nil
}

func onPaths(op string, n int, oldname, newname string) error {
	if e := pathOp(n, oldname, newname, 0, 0); e != 0 {
		return &LinkError{op, oldname, newname, e}
	}
	return nil
}

// Chdir changes the current directory.
func Chdir(dir string) error { return onPath("chdir", opChdir, dir, 0, 0) }

// Mkdir makes a directory.
func Mkdir(name string, perm FileMode) error { return onPath("mkdir", opMkdir, name, sysMode(perm), 0) }

// Chmod sets a file's permissions.
func Chmod(name string, mode FileMode) error {
	return onPath("chmod", opChmod, name, sysMode(mode), 0)
}

// Chown sets a file's owner.
func Chown(name string, uid, gid int) error { return onPath("chown", opChown, name, uid, gid) }

// Lchown is like [Chown] but does not follow a link.
func Lchown(name string, uid, gid int) error { return onPath("lchown", opLchown, name, uid, gid) }

// Truncate sets a file's length.
func Truncate(name string, size int64) error {
	return onPath("truncate", opTruncate, name, int(size), 0)
}

// Rename renames a file.
func Rename(oldpath, newpath string) error {
	if fi, err := Lstat(newpath); err == nil && fi.IsDir() {
		if old, err := Lstat(oldpath); err != nil {
			return &LinkError{"rename", oldpath, newpath, underlying(err)}
		} else if newpath == oldpath || !SameFile(fi, old) {
			return &LinkError{"rename", oldpath, newpath, syscall.EEXIST}
		}
	}
	return onPaths("rename", opRename, oldpath, newpath)
}

// Link makes a second name for a file.
func Link(oldname, newname string) error { return onPaths("link", opLink, oldname, newname) }

// Symlink makes a symbolic link.
func Symlink(oldname, newname string) error { return onPaths("symlink", opSymlink, oldname, newname) }

func readlink(name string) (target string, err syscall.Errno)

// Readlink returns where a symbolic link leads.
func Readlink(name string) (string, error) {
	s, e := readlink(name)
	if e != 0 {
		return "", &PathError{Op: "readlink", Path: name, Err: e}
	}
	return s, nil
}

func setTimes(name string, asec, ansec, msec, mnsec int64) syscall.Errno

// Chtimes sets when a file was read and changed last. A zero time leaves it.
func Chtimes(name string, atime time.Time, mtime time.Time) error {
	part := func(t time.Time) (int64, int64) {
		if t.IsZero() {
			return 0, 1<<30 - 2
		}
		return t.Unix(), int64(t.Nanosecond())
	}
	as, an := part(atime)
	ms, mn := part(mtime)
	if e := setTimes(name, as, an, ms, mn); e != 0 {
		return &PathError{Op: "chtimes", Path: name, Err: e}
	}
	return nil
}

// Remove removes a file or an empty directory.
func Remove(name string) error {
	e := pathOp(opUnlink, name, "", 0, 0)
	if e == 0 {
		return nil
	}
	e1 := pathOp(opRmdir, name, "", 0, 0)
	if e1 == 0 {
		return nil
	}
	if e1 != syscall.ENOTDIR { // the more telling of the two
		e = e1
	}
	return &PathError{Op: "remove", Path: name, Err: e}
}

// MkdirAll makes a directory and those above it that are missing.
func MkdirAll(path string, perm FileMode) error {
	if dir, err := Stat(path); err == nil {
		if dir.IsDir() {
			return nil
		}
		return &PathError{Op: "mkdir", Path: path, Err: syscall.ENOTDIR}
	}
	i := len(path) - 1
	for i >= 0 && path[i] == '/' {
		i--
	}
	for i >= 0 && path[i] != '/' {
		i--
	}
	if i > 0 {
		if err := MkdirAll(path[:i], perm); err != nil {
			return err
		}
	}
	err := Mkdir(path, perm)
	if err != nil {
		if dir, err1 := Lstat(path); err1 == nil && dir.IsDir() {
			return nil
		}
	}
	return err
}

// RemoveAll removes a file or a directory with all that is in it. A path that does not exist is no error.
func RemoveAll(path string) error {
	if path == "" {
		return nil
	}
	if base := baseName(path); base == "." || path == "/." {
		return &PathError{Op: "RemoveAll", Path: path, Err: syscall.EINVAL}
	}
	err := Remove(path)
	if err == nil || IsNotExist(err) {
		return nil
	}
	dir, serr := Lstat(path)
	if serr != nil {
		if IsNotExist(serr) {
			return nil
		}
		return serr
	}
	if !dir.IsDir() {
		return err
	}
	list, err := ReadDir(path)
	for _, d := range list {
		if err1 := RemoveAll(path + "/" + d.Name()); err1 != nil && err == nil {
			err = err1
		}
	}
	err1 := Remove(path)
	if err1 == nil || IsNotExist(err1) {
		return nil
	}
	if err == nil {
		err = err1
	}
	return err
}

// TempDir returns the directory for temporary files.
func TempDir() string {
	if dir := Getenv("TMPDIR"); dir != "" {
		return dir
	}
	return "/tmp"
}

// random returns digits for a temporary name.
func random() string

// tempName splits a pattern at its last star, behind the directory.
func tempName(op, dir, pattern string) (prefix, suffix string, err error) {
	if dir == "" {
		dir = TempDir()
	}
	star := len(pattern)
	for i := range len(pattern) {
		if pattern[i] == '/' {
			return "", "", &PathError{Op: op, Path: pattern, Err: errors.New("pattern contains path separator")}
		}
		if pattern[i] == '*' {
			star = i
		}
	}
	prefix = pattern[:star]
	if star < len(pattern) {
		suffix = pattern[star+1:]
	}
	if dir[len(dir)-1] != '/' {
		dir += "/"
	}
	return dir + prefix, suffix, nil
}

// CreateTemp creates a new file in dir, named by pattern with random digits at its last star or its end.
func CreateTemp(dir, pattern string) (*File, error) {
	prefix, suffix, err := tempName("createtemp", dir, pattern)
	if err != nil {
		return nil, err
	}
	for try := 0; ; {
		name := prefix + random() + suffix
		f, err := OpenFile(name, O_RDWR|O_CREATE|O_EXCL, 0600)
		if IsExist(err) {
			if try++; try < 10000 {
				continue
			}
			return nil, &PathError{Op: "createtemp", Path: prefix + "*" + suffix, Err: ErrExist}
		}
		return f, err
	}
}

// MkdirTemp makes a new directory in dir, named as by [CreateTemp].
func MkdirTemp(dir, pattern string) (string, error) {
	prefix, suffix, err := tempName("mkdirtemp", dir, pattern)
	if err != nil {
		return "", err
	}
	for try := 0; ; {
		name := prefix + random() + suffix
		err := Mkdir(name, 0700)
		if err == nil {
			return name, nil
		}
		if IsExist(err) {
			if try++; try < 10000 {
				continue
			}
			return "", &PathError{Op: "mkdirtemp", Path: prefix + "*" + suffix, Err: ErrExist}
		}
		if IsNotExist(err) {
			// The folder that is missing is named, not the one that could not be made in it.
			parent := dir
			if parent == "" {
				parent = TempDir()
			}
			if _, missing := Stat(parent); IsNotExist(missing) {
				return "", missing
			}
		}
		return "", err
	}
}

// DirFS returns the tree of files below dir.
func DirFS(dir string) fs.FS { return dirFS(dir) }

type dirFS string

func (dir dirFS) full(op, name string) (string, error) {
	if dir == "" {
		return "", &PathError{Op: op, Path: name, Err: errors.New("os: DirFS with empty root")}
	}
	ok := fs.ValidPath(name)
	for i := range len(name) {
		ok = ok && name[i] != 0
	}
	if !ok {
		return "", &PathError{Op: op, Path: name, Err: ErrInvalid}
	}
	if dir[len(dir)-1] == '/' {
		return string(dir) + name, nil
	}
	return string(dir) + "/" + name, nil
}

// short gives an error the name that the caller knows.
func short(err error, name string) error {
	if e, ok := err.(*PathError); ok {
		e.Path = name
	}
	return err
}

func (dir dirFS) Open(name string) (fs.File, error) {
	full, err := dir.full("open", name)
	if err != nil {
		return nil, err
	}
	f, err := Open(full)
	if err != nil {
		return nil, short(err, name)
	}
	return f, nil
}

func (dir dirFS) ReadFile(name string) ([]byte, error) {
	full, err := dir.full("readfile", name)
	if err != nil {
		return nil, err
	}
	b, err := ReadFile(full)
	return b, short(err, name)
}

func (dir dirFS) ReadDir(name string) ([]DirEntry, error) {
	full, err := dir.full("readdir", name)
	if err != nil {
		return nil, err
	}
	list, err := ReadDir(full)
	return list, short(err, name)
}

func (dir dirFS) Stat(name string) (FileInfo, error) {
	full, err := dir.full("stat", name)
	if err != nil {
		return nil, err
	}
	fi, err := Stat(full)
	return fi, short(err, name)
}

func (dir dirFS) Lstat(name string) (FileInfo, error) {
	full, err := dir.full("lstat", name)
	if err != nil {
		return nil, err
	}
	fi, err := Lstat(full)
	return fi, short(err, name)
}

func (dir dirFS) ReadLink(name string) (string, error) {
	full, err := dir.full("readlink", name)
	if err != nil {
		return "", err
	}
	s, err := Readlink(full)
	return s, short(err, name)
}

// CopyFS copies a tree of files to dir, which is made if need be. Files that exist are not overwritten.
func CopyFS(dir string, fsys fs.FS) error {
	return fs.WalkDir(fsys, ".", func(path string, d DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := dir + "/" + path
		if path == "." {
			to = dir
		}
		switch d.Type() {
		case ModeDir:
			return MkdirAll(to, 0777)
		case ModeSymlink:
			target, err := fs.ReadLink(fsys, path)
			if err != nil {
				return err
			}
			return Symlink(target, to)
		case 0:
		default:
			return &PathError{Op: "CopyFS", Path: path, Err: ErrInvalid}
		}
		r, err := fsys.Open(path)
		if err != nil {
			return err
		}
		defer r.Close()
		info, err := r.Stat()
		if err != nil {
			return err
		}
		w, err := OpenFile(to, O_CREATE|O_EXCL|O_WRONLY, 0666|info.Mode()&0777)
		if err != nil {
			return err
		}
		if _, err := io.Copy(w, r); err != nil {
			w.Close()
			return &PathError{Op: "Copy", Path: to, Err: err}
		}
		return w.Close()
	})
}

// Package fstest has a file system in memory, and a test of file systems.
package fstest

import (
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// MapFS is a file system of the files in a map from paths to their contents. Folders need not be listed.
type MapFS map[string]*MapFile

// MapFile is a file or folder.
type MapFile struct {
	Data    []byte
	Mode    fs.FileMode
	ModTime time.Time
	Sys     any
}

var (
	_ fs.FS         = MapFS(nil)
	_ fs.ReadLinkFS = MapFS(nil)
)

// Open opens a file or folder.
func (fsys MapFS) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	real, ok := fsys.follow(name)
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	file := fsys[real]
	if file != nil && file.Mode&fs.ModeDir == 0 {
		return &openFile{name, info{path.Base(name), file}, 0}, nil
	}
	entries, needed := fsys.entries(real)
	if file == nil && len(entries) == 0 && !needed && real != "." {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	if file == nil {
		file = &MapFile{Mode: fs.ModeDir | 0o555}
	}
	base := path.Base(name)
	return &openDir{name, info{base, file}, entries, 0}, nil
}

// entries lists what lies directly in a folder, and whether anything says that there is one.
func (fsys MapFS) entries(dir string) (list []fs.DirEntry, exists bool) {
	prefix := dir + "/"
	if dir == "." {
		prefix = ""
	}
	known := map[string]*MapFile{}
	for name, file := range fsys {
		rest, ok := strings.CutPrefix(name, prefix)
		if !ok || rest == "" || rest == "." {
			continue
		}
		first, _, deeper := strings.Cut(rest, "/")
		if !deeper {
			known[first] = file
		} else if known[first] == nil {
			known[first] = &MapFile{Mode: fs.ModeDir | 0o555}
		}
	}
	for name, file := range known {
		list = append(list, info{name, file})
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return list, len(list) > 0
}

// follow resolves symbolic links.
func (fsys MapFS) follow(name string) (string, bool) {
	for range 40 {
		next, moved := fsys.step(name)
		if !moved {
			return name, true
		}
		if !fs.ValidPath(next) {
			return "", false
		}
		name = next
	}
	return "", false
}

// step replaces the first link in a path by what it points to.
func (fsys MapFS) step(name string) (string, bool) {
	for i := 0; i <= len(name); i++ {
		if i < len(name) && name[i] != '/' {
			continue
		}
		file := fsys[name[:i]]
		if file != nil && file.Mode.Type() == fs.ModeSymlink {
			return path.Join(path.Dir(name[:i]), string(file.Data), name[i:]), true
		}
	}
	return name, false
}

// lookup finds a file or folder without following a link at the end of its path.
func (fsys MapFS) lookup(op, name string) (*MapFile, error) {
	missing := &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	if !fs.ValidPath(name) {
		return nil, missing
	}
	dir, ok := fsys.follow(path.Dir(name))
	if !ok {
		return nil, missing
	}
	real := path.Join(dir, path.Base(name))
	if file := fsys[real]; file != nil {
		return file, nil
	}
	if _, exists := fsys.entries(real); exists || real == "." {
		return &MapFile{Mode: fs.ModeDir | 0o555}, nil
	}
	return nil, missing
}

// ReadLink returns what a symbolic link points to.
func (fsys MapFS) ReadLink(name string) (string, error) {
	file, err := fsys.lookup("readlink", name)
	if err != nil {
		return "", err
	}
	if file.Mode.Type() != fs.ModeSymlink {
		return "", &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrInvalid}
	}
	return string(file.Data), nil
}

// Lstat describes a file, or a link itself.
func (fsys MapFS) Lstat(name string) (fs.FileInfo, error) {
	file, err := fsys.lookup("lstat", name)
	if err != nil {
		return nil, err
	}
	return info{path.Base(name), file}, nil
}

// The general functions, which use Open.
type onlyOpen struct{ fs.FS }

func (fsys MapFS) ReadFile(name string) ([]byte, error)  { return fs.ReadFile(onlyOpen{fsys}, name) }
func (fsys MapFS) Stat(name string) (fs.FileInfo, error) { return fs.Stat(onlyOpen{fsys}, name) }
func (fsys MapFS) ReadDir(name string) ([]fs.DirEntry, error) {
	return fs.ReadDir(onlyOpen{fsys}, name)
}
func (fsys MapFS) Glob(pattern string) ([]string, error) { return fs.Glob(onlyOpen{fsys}, pattern) }
func (fsys MapFS) Sub(dir string) (fs.FS, error)         { return fs.Sub(subOnly{fsys}, dir) }

type subOnly struct{ MapFS }

// Sub hides MapFS's, so that fs.Sub does not call it again.
func (subOnly) Sub() {}

// info describes a file.
type info struct {
	name string
	f    *MapFile
}

func (i info) Name() string               { return i.name }
func (i info) Size() int64                { return int64(len(i.f.Data)) }
func (i info) Mode() fs.FileMode          { return i.f.Mode }
func (i info) Type() fs.FileMode          { return i.f.Mode.Type() }
func (i info) ModTime() time.Time         { return i.f.ModTime }
func (i info) IsDir() bool                { return i.f.Mode.IsDir() }
func (i info) Sys() any                   { return i.f.Sys }
func (i info) Info() (fs.FileInfo, error) { return i, nil }
func (i info) String() string             { return fs.FormatFileInfo(i) }

type openFile struct {
	path string
	info
	at int64
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openFile) Close() error               { return nil }

func (f *openFile) Read(b []byte) (int, error) {
	n, err := f.ReadAt(b, f.at)
	if err == io.EOF && n > 0 {
		err = nil
	}
	f.at += int64(n)
	return n, err
}

func (f *openFile) ReadAt(b []byte, at int64) (int, error) {
	if at < 0 {
		return 0, &fs.PathError{Op: "read", Path: f.path, Err: fs.ErrInvalid}
	}
	if at >= f.Size() {
		return 0, io.EOF
	}
	n := copy(b, f.f.Data[at:])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

func (f *openFile) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += f.at
	case io.SeekEnd:
		offset += f.Size()
	}
	if offset < 0 || offset > f.Size() {
		return 0, &fs.PathError{Op: "seek", Path: f.path, Err: fs.ErrInvalid}
	}
	f.at = offset
	return offset, nil
}

type openDir struct {
	path string
	info
	entries []fs.DirEntry
	at      int
}

func (d *openDir) Stat() (fs.FileInfo, error) { return d.info, nil }
func (d *openDir) Close() error               { return nil }

func (d *openDir) Read(b []byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.path, Err: fs.ErrInvalid}
}

func (d *openDir) ReadDir(count int) ([]fs.DirEntry, error) {
	left := d.entries[d.at:]
	if count > 0 && len(left) == 0 {
		return nil, io.EOF
	}
	if count > 0 && len(left) > count {
		left = left[:count]
	}
	d.at += len(left)
	return slices.Clone(left), nil
}

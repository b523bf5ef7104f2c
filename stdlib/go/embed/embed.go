// Package embed gives access to files that were put into the program by //go:embed lines.
package embed

import (
	"errors"
	"io"
	"io/fs"
	"sort"
	"strconv"
	"strings"
	"time"
)

// FS is a tree of files that cannot be changed.
type FS struct {
	files *[]file // by folder and name
}

var (
	_ fs.ReadDirFS  = FS{}
	_ fs.ReadFileFS = FS{}
	_ io.Seeker     = (*openFile)(nil)
	_ io.ReaderAt   = (*openFile)(nil)
)

// A file is a file, or a folder, whose name then ends with a slash.
type file struct {
	name string
	data string
}

// Embedded__ is what the compiler calls for a variable of type FS. Of each file, data has the name, a zero byte, the
// length, a zero byte and the contents.
func Embedded__(data string) FS {
	var files []file
	for data != "" {
		name, rest, _ := strings.Cut(data, "\x00")
		length, rest, _ := strings.Cut(rest, "\x00")
		n, _ := strconv.Atoi(length)
		files = append(files, file{name, rest[:n]})
		data = rest[n:]
	}
	sort.Slice(files, func(i, j int) bool {
		a, x, _ := split(files[i].name)
		b, y, _ := split(files[j].name)
		return a < b || a == b && x < y
	})
	return FS{&files}
}

// split returns the folder and the last part of a name.
func split(name string) (dir, elem string, isDir bool) {
	name, isDir = strings.CutSuffix(name, "/")
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		return name[:i], name[i+1:], isDir
	}
	return ".", name, isDir
}

func (f *file) Name() string {
	_, elem, _ := split(f.name)
	return elem
}

func (f *file) Size() int64                { return int64(len(f.data)) }
func (f *file) ModTime() time.Time         { return time.Time{} }
func (f *file) IsDir() bool                { return strings.HasSuffix(f.name, "/") }
func (f *file) Sys() any                   { return nil }
func (f *file) Type() fs.FileMode          { return f.Mode().Type() }
func (f *file) Info() (fs.FileInfo, error) { return f, nil }
func (f *file) String() string             { return fs.FormatFileInfo(f) }

func (f *file) Mode() fs.FileMode {
	if f.IsDir() {
		return fs.ModeDir | 0555
	}
	return 0444
}

func (f FS) all() []file {
	if f.files == nil {
		return nil
	}
	return *f.files
}

// lookup returns a file, or nil.
func (f FS) lookup(name string) *file {
	if !fs.ValidPath(name) {
		return nil
	}
	if name == "." {
		return &file{name: "./"}
	}
	dir, elem, _ := split(name)
	files := f.all()
	i := sort.Search(len(files), func(i int) bool {
		d, e, _ := split(files[i].name)
		return d > dir || d == dir && e >= elem
	})
	if i < len(files) && strings.TrimSuffix(files[i].name, "/") == name {
		return &files[i]
	}
	return nil
}

// inside returns what lies in a folder.
func (f FS) inside(dir string) []file {
	files := f.all()
	at := func(beyond bool) int {
		return sort.Search(len(files), func(i int) bool {
			d, _, _ := split(files[i].name)
			return d > dir || d == dir && !beyond
		})
	}
	return files[at(false):at(true)]
}

// Open opens a file for reading.
func (f FS) Open(name string) (fs.File, error) {
	file := f.lookup(name)
	if file == nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	if file.IsDir() {
		return &openDir{file, f.inside(name)}, nil
	}
	return &openFile{file, 0}, nil
}

// ReadDir returns what lies in a folder, by name.
func (f FS) ReadDir(name string) ([]fs.DirEntry, error) {
	file, err := f.Open(name)
	if err != nil {
		return nil, err
	}
	dir, ok := file.(*openDir)
	if !ok {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("not a directory")}
	}
	return dir.take(len(dir.rest)), nil
}

// ReadFile returns the contents of a file.
func (f FS) ReadFile(name string) ([]byte, error) {
	file, err := f.Open(name)
	if err != nil {
		return nil, err
	}
	open, ok := file.(*openFile)
	if !ok {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("is a directory")}
	}
	return []byte(open.f.data), nil
}

// An openFile is a file that was opened.
type openFile struct {
	f  *file
	at int64
}

func (f *openFile) Close() error               { return nil }
func (f *openFile) Stat() (fs.FileInfo, error) { return f.f, nil }

func (f *openFile) invalid(op string) error {
	return &fs.PathError{Op: op, Path: f.f.name, Err: fs.ErrInvalid}
}

func (f *openFile) Read(b []byte) (int, error) {
	if f.at >= f.f.Size() {
		return 0, io.EOF
	}
	n := copy(b, f.f.data[f.at:])
	f.at += int64(n)
	return n, nil
}

func (f *openFile) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += f.at
	case io.SeekEnd:
		offset += f.f.Size()
	}
	if offset < 0 || offset > f.f.Size() {
		return 0, f.invalid("seek")
	}
	f.at = offset
	return offset, nil
}

func (f *openFile) ReadAt(b []byte, offset int64) (int, error) {
	if offset < 0 || offset > f.f.Size() {
		return 0, f.invalid("read")
	}
	n := copy(b, f.f.data[offset:])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

// An openDir is a folder that was opened.
type openDir struct {
	f    *file
	rest []file
}

func (d *openDir) Close() error               { return nil }
func (d *openDir) Stat() (fs.FileInfo, error) { return d.f, nil }

func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.f.name, Err: errors.New("is a directory")}
}

func (d *openDir) take(n int) []fs.DirEntry {
	list := make([]fs.DirEntry, n)
	for i := range list {
		list[i] = &d.rest[i]
	}
	d.rest = d.rest[n:]
	return list
}

func (d *openDir) ReadDir(count int) ([]fs.DirEntry, error) {
	n := len(d.rest)
	switch {
	case n == 0 && count <= 0:
		return nil, nil
	case n == 0:
		return nil, io.EOF
	case count > 0:
		n = min(n, count)
	}
	return d.take(n), nil
}

package fstest

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"testing/iotest"
)

// TestFS checks that a file system behaves, and that it has (at least) the expected files; with none expected it must be
// empty.
func TestFS(fsys fs.FS, expected ...string) error {
	if err := testFS(fsys, expected...); err != nil {
		return err
	}
	for _, name := range expected {
		if dir := path.Dir(name); dir != "." {
			sub, err := fs.Sub(fsys, dir)
			if err != nil {
				return err
			}
			var below []string
			for _, other := range expected {
				if len(other) > len(dir) && other[:len(dir)] == dir && other[len(dir)] == '/' {
					below = append(below, other[len(dir)+1:])
				}
			}
			if err := testFS(sub, below...); err != nil {
				return fmt.Errorf("testing fs.Sub(fsys, %s): %w", dir, err)
			}
			break // one is enough
		}
	}
	return nil
}

func testFS(fsys fs.FS, expected ...string) error {
	t := tester{fsys: fsys}
	t.checkDir(".")
	t.checkOpen(".")
	if len(expected) == 0 {
		if slices.ContainsFunc(t.found, func(name string) bool { return name != "." }) {
			t.errorf("expected empty file system but found files:\n%v", t.found)
		}
	}
	for _, name := range expected {
		if !slices.Contains(t.found, name) {
			t.errorf("expected but not found: %s", name)
		}
	}
	if len(t.errs) == 0 {
		return nil
	}
	return fmt.Errorf("TestFS found errors:\n%w", errors.Join(t.errs...))
}

type tester struct {
	fsys  fs.FS
	found []string // everything, folders too
	errs  []error
}

func (t *tester) errorf(format string, args ...any) {
	t.errs = append(t.errs, fmt.Errorf(format, args...))
}

// checkDir reads a folder in every way, and all below it.
func (t *tester) checkDir(dir string) {
	t.found = append(t.found, dir)
	file, err := t.fsys.Open(dir)
	if err != nil {
		t.errorf("%s: Open: %w", dir, err)
		return
	}
	defer file.Close()
	d, ok := file.(fs.ReadDirFile)
	if !ok {
		t.errorf("%s: Open returned File type %T, not a fs.ReadDirFile", dir, file)
		return
	}
	list, err := d.ReadDir(-1)
	if err != nil {
		t.errorf("%s: ReadDir(-1): %w", dir, err)
		return
	}
	if again, err := d.ReadDir(-1); len(again) > 0 || err != nil {
		t.errorf("%s: ReadDir(-1) at EOF = %d entries, %v, wanted 0 entries, nil", dir, len(again), err)
	}
	if again, err := d.ReadDir(1); len(again) > 0 || err != io.EOF {
		t.errorf("%s: ReadDir(1) at EOF = %d entries, %v, wanted 0 entries, EOF", dir, len(again), err)
	}
	t.checkPieces(dir, list)
	if sorted, err := fs.ReadDir(t.fsys, dir); err != nil {
		t.errorf("%s: fs.ReadDir: %w", dir, err)
	} else if names(sorted) != names(list) {
		t.errorf("%s: fs.ReadDir lists %s, File.ReadDir %s", dir, names(sorted), names(list))
	} else if !slices.IsSortedFunc(sorted, func(a, b fs.DirEntry) int { return cmpNames(a.Name(), b.Name()) }) {
		t.errorf("%s: fs.ReadDir list not sorted", dir)
	}
	for _, e := range list {
		name := path.Join(dir, e.Name())
		t.checkEntry(name, e)
		if e.IsDir() {
			t.checkDir(name)
		} else {
			t.checkFile(name, e)
		}
		t.checkOpen(name)
	}
}

func cmpNames(a, b string) int {
	if a < b {
		return -1
	}
	if a > b {
		return 1
	}
	return 0
}

// names are the entries' names, sorted, in one text.
func names(list []fs.DirEntry) string {
	var all []string
	for _, e := range list {
		all = append(all, e.Name())
	}
	slices.Sort(all)
	return fmt.Sprint(all)
}

// checkPieces reads a folder a few entries at a time.
func (t *tester) checkPieces(dir string, want []fs.DirEntry) {
	file, err := t.fsys.Open(dir)
	if err != nil {
		t.errorf("%s: second Open: %w", dir, err)
		return
	}
	defer file.Close()
	d, ok := file.(fs.ReadDirFile)
	if !ok {
		t.errorf("%s: second Open returned File type %T", dir, file)
		return
	}
	var all []fs.DirEntry
	for n := 1; ; n = 3 - n {
		part, err := d.ReadDir(n)
		if len(part) > n {
			t.errorf("%s: ReadDir(%d) returned %d entries", dir, n, len(part))
		}
		all = append(all, part...)
		if err == io.EOF {
			break
		}
		if err != nil || len(part) == 0 {
			t.errorf("%s: ReadDir(%d): %d entries, %v", dir, n, len(part), err)
			return
		}
	}
	if names(all) != names(want) {
		t.errorf("%s: in pieces ReadDir lists %s, at once %s", dir, names(all), names(want))
	}
}

// checkEntry compares an entry with what Stat says.
func (t *tester) checkEntry(name string, e fs.DirEntry) {
	if e.Name() != path.Base(name) {
		t.errorf("%s: the entry's name is %q", name, e.Name())
	}
	file, err := t.fsys.Open(name)
	if err != nil {
		if e.Type()&fs.ModeSymlink == 0 {
			t.errorf("%s: Open: %w", name, err)
		}
		return
	}
	defer file.Close()
	stat, err := file.Stat()
	if err != nil {
		t.errorf("%s: Stat: %w", name, err)
		return
	}
	if e.Type()&fs.ModeSymlink != 0 {
		return
	}
	if e.Type() != stat.Mode().Type() || e.IsDir() != stat.IsDir() {
		t.errorf("%s: the entry's type is %v, Stat's %v", name, e.Type(), stat.Mode().Type())
	}
	own, err := e.Info()
	if err != nil {
		t.errorf("%s: entry.Info: %w", name, err)
		return
	}
	other, err := fs.Stat(t.fsys, name)
	if err != nil {
		t.errorf("%s: fs.Stat: %w", name, err)
		return
	}
	for _, i := range []fs.FileInfo{own, other} {
		if i.Name() != stat.Name() || i.Mode() != stat.Mode() || !i.ModTime().Equal(stat.ModTime()) || !stat.IsDir() && i.Size() != stat.Size() {
			t.errorf("%s: %s differs from Stat: %s", name, fs.FormatFileInfo(i), fs.FormatFileInfo(stat))
		}
	}
}

// checkFile reads a file in every way.
func (t *tester) checkFile(name string, e fs.DirEntry) {
	t.found = append(t.found, name)
	if !e.Type().IsRegular() {
		return
	}
	file, err := t.fsys.Open(name)
	if err != nil {
		return // said already
	}
	data, err := io.ReadAll(file)
	file.Close()
	if err != nil {
		t.errorf("%s: Open+ReadAll: %w", name, err)
		return
	}
	if again, err := fs.ReadFile(t.fsys, name); err != nil || !reflect.DeepEqual(again, data) {
		t.errorf("%s: fs.ReadFile: %d bytes instead of %d, %v", name, len(again), len(data), err)
	}
	file, err = t.fsys.Open(name)
	if err != nil {
		t.errorf("%s: second Open: %w", name, err)
		return
	}
	defer file.Close()
	if err := iotest.TestReader(file, data); err != nil {
		t.errorf("%s: failed TestReader:\n\t%w", name, err)
	}
}

// checkOpen tries paths that are not valid.
func (t *tester) checkOpen(name string) {
	bad := []string{"/" + name, name + "/."}
	if name == "." {
		bad = append(bad, "/")
	} else {
		bad = append(bad, name+"/", "./"+name, "x/../"+name)
	}
	for _, b := range bad {
		if file, err := t.fsys.Open(b); err == nil {
			file.Close()
			t.errorf("%s: Open(%s) succeeded, want error", name, b)
		}
	}
}

// Package filepath works on file paths of the system, which separates their elements by slashes.
package filepath

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"syscall"
)

const (
	Separator     = os.PathSeparator
	ListSeparator = os.PathListSeparator
)

// SkipDir is what a walk function returns to skip a directory.
var SkipDir error = fs.SkipDir

// SkipAll is what a walk function returns to end the walk.
var SkipAll error = fs.SkipAll

// ErrBadPattern says that a pattern is malformed.
var ErrBadPattern = errors.New("syntax error in pattern")

var errInvalidPath = errors.New("invalid path")

// WalkFunc is called for each file that Walk visits.
type WalkFunc func(path string, info fs.FileInfo, err error) error

// Clean returns the shortest name for path by the text alone.
func Clean(p string) string { return path.Clean(p) }

// IsLocal reports whether path stays within the directory that it is evaluated in.
func IsLocal(p string) bool {
	if p == "" || IsAbs(p) {
		return false
	}
	depth := 0
	for e := range strings.SplitSeq(p, "/") {
		switch e {
		case "", ".":
		case "..":
			if depth--; depth < 0 {
				return false
			}
		default:
			depth++
		}
	}
	return true
}

// Localize turns a slash-separated path that is valid for io/fs into one of the system.
func Localize(p string) (string, error) {
	if !fs.ValidPath(p) || strings.IndexByte(p, 0) >= 0 {
		return "", errInvalidPath
	}
	return p, nil
}

// ToSlash returns path with separators replaced by slashes.
func ToSlash(path string) string { return path }

// FromSlash returns path with slashes replaced by separators.
func FromSlash(path string) string { return path }

// SplitList splits a list as it stands in PATH.
func SplitList(path string) []string {
	if path == "" {
		return []string{}
	}
	return strings.Split(path, string(ListSeparator))
}

// Split splits path behind its last separator.
func Split(p string) (dir, file string) { return path.Split(p) }

// Join joins the elements that are not empty, and cleans the result.
func Join(elem ...string) string { return path.Join(elem...) }

// Ext is the part of the last element from its last dot on.
func Ext(p string) string { return path.Ext(p) }

// EvalSymlinks returns path with its symbolic links followed.
func EvalSymlinks(p string) (string, error) {
	const most = 255
	links := 0
	done, rest := "", p
	for rest != "" {
		n := strings.IndexByte(rest, '/')
		e := rest
		if n >= 0 {
			e, rest = rest[:n], rest[n+1:]
		} else {
			rest = ""
		}
		switch {
		case e == "" && n == 0 && done == "":
			done = "/"
			continue
		case e == "" || e == "." && (done != "" || rest != ""):
			continue
		case e == "..":
			last := done[strings.LastIndexByte(done, '/')+1:]
			switch {
			case done == "/":
			case done == "" || last == "..":
				done = Join(done, "..")
				if done != ".." && !strings.HasSuffix(done, "/..") {
					done += "/.."
				}
			default:
				if done = done[:len(done)-len(last)]; len(done) > 1 {
					done = done[:len(done)-1]
				}
			}
			continue
		}
		next := done + e
		if done != "" && done != "/" {
			next = done + "/" + e
		}
		fi, err := os.Lstat(next)
		if err != nil {
			return "", err
		}
		if fi.Mode()&fs.ModeSymlink == 0 {
			if !fi.Mode().IsDir() && n >= 0 && strings.Trim(rest, "/") != "" {
				return "", syscall.ENOTDIR
			}
			done = next
			continue
		}
		if links++; links > most {
			return "", errors.New("EvalSymlinks: too many links")
		}
		target, err := os.Readlink(next)
		if err != nil {
			return "", err
		}
		if IsAbs(target) {
			done = ""
		}
		if rest = target + "/" + rest; n < 0 {
			rest = target
		}
	}
	return Clean(done), nil
}

// IsAbs reports whether path begins at the root.
func IsAbs(path string) bool { return strings.HasPrefix(path, "/") }

// Abs returns path as it is seen from the root.
func Abs(path string) (string, error) {
	if IsAbs(path) {
		return Clean(path), nil
	}
	wd, err := os.Getwd()
	if err != nil {
		return "", err
	}
	return Join(wd, path), nil
}

// Rel returns a path that leads from base to targ, by the texts alone.
func Rel(basepath, targpath string) (string, error) {
	base, targ := Clean(basepath), Clean(targpath)
	if base == targ {
		return ".", nil
	}
	if base == "." {
		base = ""
	}
	if IsAbs(base) != IsAbs(targ) {
		return "", errors.New("Rel: can't make " + targpath + " relative to " + basepath)
	}
	split := func(p string) []string { return strings.FieldsFunc(p, func(r rune) bool { return r == '/' }) }
	b, t := split(base), split(targ)
	for len(b) > 0 && len(t) > 0 && b[0] == t[0] {
		b, t = b[1:], t[1:]
	}
	if slices.Contains(b, "..") {
		return "", errors.New("Rel: can't make " + targpath + " relative to " + basepath)
	}
	up := slices.Repeat([]string{".."}, len(b))
	if targ == "." {
		t = nil
	}
	return strings.Join(append(up, t...), "/"), nil
}

// WalkDir calls fn for root and everything below it, in lexical order.
func WalkDir(root string, fn fs.WalkDirFunc) error {
	info, err := os.Lstat(root)
	if err != nil {
		err = fn(root, nil, err)
	} else {
		err = walkDir(root, fs.FileInfoToDirEntry(info), fn)
	}
	return ended(err)
}

func ended(err error) error {
	if err == SkipDir || err == SkipAll {
		return nil
	}
	return err
}

func walkDir(path string, d fs.DirEntry, fn fs.WalkDirFunc) error {
	if err := fn(path, d, nil); err != nil || !d.IsDir() {
		if err == SkipDir && d.IsDir() {
			err = nil
		}
		return err
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		if err = fn(path, d, err); err != nil {
			if err == SkipDir {
				err = nil
			}
			return err
		}
	}
	for _, e := range entries {
		if err := walkDir(Join(path, e.Name()), e, fn); err == SkipDir {
			break
		} else if err != nil {
			return err
		}
	}
	return nil
}

// Walk calls fn for root and everything below it, in lexical order. WalkDir does less work.
func Walk(root string, fn WalkFunc) error {
	info, err := os.Lstat(root)
	if err != nil {
		err = fn(root, nil, err)
	} else {
		err = walk(root, info, fn)
	}
	return ended(err)
}

func walk(path string, info fs.FileInfo, fn WalkFunc) error {
	if !info.IsDir() {
		return fn(path, info, nil)
	}
	names, err := sortedNames(path)
	err1 := fn(path, info, err)
	if err != nil || err1 != nil {
		return err1
	}
	for _, name := range names {
		file := Join(path, name)
		fi, err := os.Lstat(file)
		if err != nil {
			if err := fn(file, fi, err); err != nil && err != SkipDir {
				return err
			}
			continue
		}
		if err = walk(file, fi, fn); err != nil && (!fi.IsDir() || err != SkipDir) {
			return err
		}
	}
	return nil
}

func sortedNames(dir string) ([]string, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	names, err := f.Readdirnames(-1)
	f.Close()
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	return names, nil
}

// Base is the last element of path.
func Base(p string) string { return path.Base(p) }

// Dir is path without its last element.
func Dir(p string) string { return path.Dir(p) }

// VolumeName is what comes before the root: nothing, on this system.
func VolumeName(path string) string { return "" }

// Match reports whether name matches the shell pattern.
func Match(pattern, name string) (matched bool, err error) {
	matched, err = path.Match(pattern, name)
	if err != nil {
		err = ErrBadPattern
	}
	return
}

// Glob returns the names of the files that match the pattern.
func Glob(pattern string) (matches []string, err error) { return glob(pattern, 0) }

func glob(pattern string, depth int) (matches []string, err error) {
	if depth == 10000 {
		return nil, ErrBadPattern
	}
	if _, err := Match(pattern, ""); err != nil {
		return nil, err
	}
	if !hasMeta(pattern) {
		if _, err := os.Lstat(pattern); err != nil {
			return nil, nil
		}
		return []string{pattern}, nil
	}
	dir, file := Split(pattern)
	switch dir {
	case "":
		dir = "."
	case "/":
	default:
		dir = dir[:len(dir)-1]
	}
	if !hasMeta(dir) {
		return globIn(dir, file, nil)
	}
	if dir == pattern {
		return nil, ErrBadPattern
	}
	dirs, err := glob(dir, depth+1)
	if err != nil {
		return nil, err
	}
	for _, d := range dirs {
		if matches, err = globIn(d, file, matches); err != nil {
			return
		}
	}
	return
}

func globIn(dir, pattern string, matches []string) ([]string, error) {
	if fi, err := os.Stat(dir); err != nil || !fi.IsDir() {
		return matches, nil
	}
	names, _ := sortedNames(dir)
	for _, n := range names {
		ok, err := Match(pattern, n)
		if err != nil {
			return matches, err
		}
		if ok {
			matches = append(matches, Join(dir, n))
		}
	}
	return matches, nil
}

func hasMeta(s string) bool { return strings.ContainsAny(s, `*?[\`) }

// HasPrefix is strings.HasPrefix; it stays for old programs.
func HasPrefix(p, prefix string) bool { return strings.HasPrefix(p, prefix) }

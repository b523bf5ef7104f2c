package main

import (
	"fmt"
	"io/fs"
	"io/ioutil"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	ps := []string{"", ".", "..", "/", "a", "a/", "/a", "a/b", "a/../b", "../a", "../../a", "/..", "//a//b", "a/./b", "./a", "a/b/../../..", "/a/b/c", "a b", "x/y/z.tar.gz", ".hidden", "dir/.x", "a/b/", "...", "a/..b"}
	for _, p := range ps {
		d, f := filepath.Split(p)
		fmt.Printf("%q clean %q dir %q base %q ext %q split %q %q abs %v local %v vol %q slash %q\n", p, filepath.Clean(p), filepath.Dir(p), filepath.Base(p), filepath.Ext(p), d, f, filepath.IsAbs(p), filepath.IsLocal(p), filepath.VolumeName(p), filepath.ToSlash(p))
		l, err := filepath.Localize(p)
		fmt.Printf("%q %v\n", l, err)
		for _, q := range ps {
			r, err := filepath.Rel(p, q)
			fmt.Printf("%q %q: %q %v\n", p, q, r, err)
		}
	}
	fmt.Printf("%q %q\n", filepath.SplitList("a:b::c"), filepath.SplitList(""))
	for _, m := range []string{"*", "a*", "[a-c]*", "[^a]*", "?", "[", "a[", "\\", "*/b", "a/*", "[]a]", "[-x]", "a\\*"} {
		for _, n := range []string{"", "a", "abc", "b", "a/b", "a*"} {
			ok, err := filepath.Match(m, n)
			fmt.Println(m, n, ok, err)
		}
	}
	dir, err := os.MkdirTemp("", "fp")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	os.Chdir(dir)
	os.MkdirAll("t/a/b", 0o755)
	os.MkdirAll("t/c", 0o755)
	os.WriteFile("t/a/f1.txt", []byte("x"), 0o644)
	os.WriteFile("t/a/b/f2.go", []byte("xy"), 0o600)
	os.WriteFile("t/c/f3.go", nil, 0o600)
	os.Symlink("a/b", "t/link")
	os.Symlink("../a/f1.txt", "t/c/up")
	os.Symlink("loop", "t/loop")
	show := func(s string) string { return strings.ReplaceAll(s, dir, "DIR") }
	filepath.WalkDir("t", func(p string, d fs.DirEntry, err error) error {
		fmt.Println("walkdir", p, d, err)
		return nil
	})
	filepath.Walk("t", func(p string, d fs.FileInfo, err error) error {
		fmt.Println("walk", p, d.Name(), d.Mode(), d.IsDir(), err)
		if p == "t/a/b" {
			return filepath.SkipDir
		}
		if p == "t/c/f3.go" {
			return filepath.SkipAll
		}
		return nil
	})
	fmt.Println(filepath.WalkDir("nope", func(p string, d fs.DirEntry, err error) error { fmt.Println(p, d, err); return err }))
	fmt.Println(filepath.Walk("nope", func(p string, d fs.FileInfo, err error) error { fmt.Println(p, d, err); return nil }))
	for _, g := range []string{"t/*", "t/*/*", "*/*/*.go", "t/a", "none*", "[", "t/[ac]", "t/a/", "*/", "/*no*such"} {
		m, err := filepath.Glob(g)
		fmt.Println(g, m, err)
	}
	for _, l := range []string{"t/link", "t/link/f2.go", "t/c/up", "t/loop", "t/none", "t/link/../f1.txt", "t/a/f1.txt/x", ".", "", "t/./a/../c"} {
		r, err := filepath.EvalSymlinks(l)
		fmt.Println(l, r, err)
	}
	a, err := filepath.Abs("x/../y")
	fmt.Println(show(a), err)
	l, err := ioutil.ReadDir("t")
	for _, f := range l {
		fmt.Println(f.Name(), f.Mode())
	}
	_, err = ioutil.ReadDir("zz")
	fmt.Println(err)
	b, err := ioutil.ReadFile("t/a/f1.txt")
	fmt.Println(string(b), err)
	f, _ := ioutil.TempFile(dir, "x*.y")
	fmt.Println(filepath.Ext(f.Name()))
	b, _ = ioutil.ReadAll(ioutil.NopCloser(strings.NewReader("all")))
	fmt.Println(string(b))
}

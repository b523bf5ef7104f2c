package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	dir, _ := os.MkdirTemp("", "root")
	defer os.RemoveAll(dir)
	os.MkdirAll(dir+"/in/a/b", 0o755)
	os.WriteFile(dir+"/out.txt", []byte("outside"), 0o644)
	os.WriteFile(dir+"/in/a/f.txt", []byte("inside"), 0o644)
	os.Symlink("../../out.txt", dir+"/in/a/escape")
	os.Symlink("../a/f.txt", dir+"/in/a/ok")
	os.Symlink("/etc", dir+"/in/abs")
	os.Symlink("a", dir+"/in/dirlink")
	os.Symlink("loop", dir+"/in/loop")
	os.Symlink("a/../..", dir+"/in/up")
	show := func(a ...any) { fmt.Print(strings.ReplaceAll(fmt.Sprintln(a...), dir, "DIR")) }
	_, err := os.OpenRoot(dir + "/none")
	show(err)
	_, err = os.OpenRoot(dir + "/out.txt")
	show(err)
	r, err := os.OpenRoot(dir + "/in")
	show(r.Name(), err)
	for _, n := range []string{"a/f.txt", "a/ok", "a/escape", "abs/passwd", "abs", "dirlink/f.txt", "loop", "up/out.txt", "../out.txt", "a/../a/f.txt", "a/b/../../a/./f.txt", "a/../../out.txt", "/etc/passwd", "", ".", "a/", "a/f.txt/", "a/f.txt/x", "none", "none/x", "..", "a/.."} {
		b, err := r.ReadFile(n)
		show("read", n, string(b), err)
		fi, err := r.Stat(n)
		if err == nil {
			show("stat", n, fi.Name(), fi.IsDir(), fi.Mode())
		} else {
			show("stat", n, err)
		}
		fi, err = r.Lstat(n)
		if err == nil {
			show("lstat", n, fi.Name(), fi.Mode())
		} else {
			show("lstat", n, err)
		}
		t, err := r.Readlink(n)
		show("readlink", n, t, err)
	}
	f, err := r.Create("new.txt")
	show(f.Name(), err)
	fmt.Fprint(f, "content")
	show(f.Close())
	show(r.WriteFile("a/w.txt", []byte("w"), 0o600), r.WriteFile("a/escape", []byte("w"), 0o600), r.WriteFile("x/y", nil, 0o600))
	show(r.Mkdir("m", 0o755), r.Mkdir("m", 0o755), r.Mkdir("../m", 0o755), r.MkdirAll("p/q/r", 0o755), r.MkdirAll("p/q", 0o755), r.MkdirAll("new.txt/x", 0o755), r.Mkdir("z", 0o1777))
	show(r.Rename("new.txt", "p/renamed"), r.Rename("nope", "x"), r.Rename("p/renamed", "../x"), r.Link("p/renamed", "p/hard"), r.Symlink("renamed", "p/sym"), r.Symlink("x", "../y"))
	b, err := r.ReadFile("p/sym")
	show(string(b), err)
	show(r.Chmod("p/hard", 0o600), r.Chtimes("p/hard", time.Unix(1, 0), time.Unix(2, 0)), r.Chmod("nope", 0))
	fi, _ := r.Stat("p/hard")
	show(fi.Mode(), fi.ModTime().Unix())
	sub, err := r.OpenRoot("dirlink")
	show(sub.Name(), err)
	b, err = sub.ReadFile("f.txt")
	show(string(b), err)
	_, err = sub.ReadFile("ok")
	show(err)
	_, err = r.OpenRoot("p/hard")
	show(err)
	fs.WalkDir(r.FS(), ".", func(p string, d fs.DirEntry, err error) error {
		show(p, d, err)
		return nil
	})
	_, err = fs.ReadFile(r.FS(), "../out.txt")
	show(err)
	m, err := fs.Glob(r.FS(), "a/*.txt")
	show(m, err)
	show(r.Remove("p/hard"), r.Remove("p"), r.Remove("nope"), r.RemoveAll("p"), r.RemoveAll("nope"), r.RemoveAll("../out.txt"), r.RemoveAll("."), r.Remove("a/escape"))
	_, err = os.Stat(filepath.Join(dir, "out.txt"))
	show(err)
	f, err = os.OpenInRoot(dir, "in/a/f.txt")
	show(f.Name(), err)
	f.Close()
	_, err = r.OpenFile("a/f.txt", os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	show(err)
	_, err = r.OpenFile("a/f.txt", os.O_RDONLY, os.ModeDir)
	show(err)
	show(r.Close(), r.Close())
	_, err = r.Open("a")
	show(err)
}

// Files in the program: as strings, bytes and trees, here and in another package.
package main

import (
	em "embed"
	"fmt"
	"io"
	"io/fs"

	"example.com/embedded/texts"
)

type name string

//go:embed hello.txt
var hello string

var (
	//go:embed script.sh
	script []byte

	// Of a type of our own.
	//
	//go:embed hello.txt
	named name
)

//go:embed static hello.txt
//go:embed texts/*.go
var tree em.FS

//go:embed all:static
var all em.FS

var length = len(hello)

func main() {
	fmt.Printf("%q %q %q %d\n", hello, script, named, length)
	fmt.Printf("%q %d\n", texts.Greeting, texts.Length)
	show := func(p string, d fs.DirEntry, err error) error {
		i, _ := d.Info()
		fmt.Println(p, d.IsDir(), i.Size(), i.Mode(), i.ModTime().IsZero(), d, err)
		return nil
	}
	fs.WalkDir(tree, ".", show)
	fs.WalkDir(all, ".", show)
	for _, n := range []string{"hello.txt", "static", "static/", "nope", "../x", ".", "static/sub/b.txt"} {
		b, err := tree.ReadFile(n)
		e, err2 := tree.ReadDir(n)
		fmt.Printf("%q %v, %d %v\n", b, err, len(e), err2)
		f, err := tree.Open(n)
		if err != nil {
			fmt.Println(err)
			continue
		}
		x := make([]byte, 3)
		k, err := f.Read(x)
		fmt.Println(k, err)
		if s, ok := f.(io.Seeker); ok {
			fmt.Println(s.Seek(-1, io.SeekEnd))
			fmt.Println(s.Seek(-1, io.SeekStart))
			k, err = f.(io.ReaderAt).ReadAt(x, 1)
			fmt.Println(k, err, string(x[:k]))
		}
	}
	sub, err := fs.Sub(tree, "static")
	names, err2 := fs.Glob(sub, "*/*.txt")
	fmt.Println(err, names, err2)
	var empty em.FS
	_, err = empty.ReadFile("x")
	fmt.Println(err)
	script[0] = 'X'
	fmt.Printf("%q\n", script[:3])
}

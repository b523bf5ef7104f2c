// What os and os/exec say of folders that are not there, and of a PATH without any.
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	dir, err := os.MkdirTemp("", "minigo")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	missing := filepath.Join(dir, "missing")
	var pe *fs.PathError
	_, err = os.MkdirTemp(missing, "x")
	fmt.Println(errors.As(err, &pe), errors.Is(err, fs.ErrNotExist), pe.Op, pe.Path == missing)
	_, err = os.CreateTemp(missing, "x")
	fmt.Println(errors.As(err, &pe), errors.Is(err, fs.ErrNotExist), pe.Op, filepath.Dir(pe.Path) == missing)

	os.Chdir(dir)
	os.WriteFile("tool", nil, 0o700)
	os.Setenv("PATH", "")
	for _, file := range []string{"tool", "", ".", "./tool"} {
		path, err := exec.LookPath(file)
		fmt.Printf("%q %v\n", path, err)
	}
	os.Setenv("PATH", ":/nowhere")
	path, err := exec.LookPath("tool")
	fmt.Printf("%q %v\n", path, err)
}

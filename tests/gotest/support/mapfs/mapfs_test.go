package mapfs

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func TestMapFS(t *testing.T) {
	m := fstest.MapFS{
		"hello":             {Data: []byte("hello, world\n")},
		"fortune/k/ken.txt": {Data: []byte("a fortune\n")},
		"fortune/empty":     {Mode: fs.ModeDir | 0o755},
	}
	if err := fstest.TestFS(m, "hello", "fortune", "fortune/k", "fortune/k/ken.txt"); err != nil {
		t.Fatal(err)
	}
	if err := fstest.TestFS(m, "nowhere"); err == nil || !strings.Contains(err.Error(), "expected but not found: nowhere") {
		t.Error(err)
	}
	var seen []string
	fs.WalkDir(m, ".", func(path string, d fs.DirEntry, err error) error {
		seen = append(seen, path)
		return err
	})
	if got := strings.Join(seen, " "); got != ". fortune fortune/empty fortune/k fortune/k/ken.txt hello" {
		t.Error(got)
	}
	if text, err := m.ReadFile("hello"); err != nil || string(text) != "hello, world\n" {
		t.Error(string(text), err)
	}
	if _, err := m.Open("missing"); !errors.Is(err, fs.ErrNotExist) || err.Error() != "open missing: file does not exist" {
		t.Error(err)
	}
	if names, err := m.Glob("fortune/*"); err != nil || len(names) != 2 {
		t.Error(names, err)
	}
	if sub, err := m.Sub("fortune"); err != nil {
		t.Error(err)
	} else if text, err := fs.ReadFile(sub, "k/ken.txt"); err != nil || string(text) != "a fortune\n" {
		t.Error(string(text), err)
	}
}

func TestDirFS(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "a/b"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "a/b/c.txt"), []byte("text"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := fstest.TestFS(os.DirFS(dir), "a/b/c.txt"); err != nil {
		t.Error(err)
	}
}

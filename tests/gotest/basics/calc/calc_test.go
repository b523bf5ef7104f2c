package calc

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAdd(t *testing.T) {
	if Add(1, 2) != 3 {
		t.Fatal("1 + 2 is not 3")
	}
	t.Log("logged", "by a test that passes")
}

func expect(t *testing.T, want, got int) {
	t.Helper()
	if want != got {
		t.Errorf("want %d,\ngot %d", want, got)
	}
}

func TestHelper(t *testing.T) {
	expect(t, 4, Add(2, 2))
	expect(t, 5, Add(2, 2))
}

func TestSub(t *testing.T) {
	for _, name := range []string{"same", "same", "", "with space", "nested/name"} {
		t.Run(name, func(t *testing.T) {
			t.Cleanup(func() { t.Log("cleaned up") })
			t.Run("inner", func(t *testing.T) {
				if strings.Contains(t.Name(), "space") {
					t.Error("inner fails")
				}
			})
		})
	}
}

func TestFatalInSub(t *testing.T) {
	if t.Run("fatal", func(t *testing.T) { t.Fatalf("%v", io.EOF) }) {
		t.Error("it did not fail")
	}
	fmt.Println("the test goes on")
}

func TestSkip(t *testing.T) {
	t.Skipf("skipped for %s", "a reason")
}

func TestPlaces(t *testing.T) {
	dir := t.TempDir()
	if other := t.TempDir(); filepath.Dir(dir) != filepath.Dir(other) || dir == other {
		t.Error(dir, other)
	}
	before, _ := os.Getwd()
	t.Run("moves", func(t *testing.T) {
		t.Chdir(dir)
		t.Setenv("CALC_TEST", "set")
		if err := os.WriteFile("file", []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	})
	if after, _ := os.Getwd(); after != before || os.Getenv("CALC_TEST") != "" {
		t.Error("not restored")
	}
	if _, err := os.Stat(filepath.Join(dir, "file")); err != nil {
		t.Error(err)
	}
	t.Cleanup(func() {
		if t.Context().Err() == nil {
			t.Error("the context outlives the test")
		}
	})
	if _, ok := t.Deadline(); !ok {
		t.Error("no deadline")
	}
}

func TestOutput(t *testing.T) {
	fmt.Fprintln(t.Output(), "one line")
	fmt.Fprint(t.Output(), "two\nthree, unfinished")
	t.Log("logged")
	t.Attr("key", "value")
}

func TestShort(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	if !testing.Testing() || testing.CoverMode() != "" {
		t.Error("wrong mode")
	}
}

func TestAllocs(t *testing.T) {
	var keep []byte
	if n := testing.AllocsPerRun(10, func() { keep = make([]byte, 100) }); n != 1 {
		t.Error(n, len(keep))
	}
	r := testing.Benchmark(func(b *testing.B) {
		for b.Loop() {
			keep = make([]byte, 100)
		}
	})
	if r.N == 0 || r.AllocsPerOp() != 1 || errors.Is(nil, io.EOF) {
		t.Error(r, r.MemString())
	}
}

func ExampleAdd() {
	fmt.Println(Add(1, 2))
	// Output: 3
}

func ExampleAdd_wrong() {
	fmt.Println("got this")
	// Output:
	// wanted that
}

func ExampleAdd_unordered() {
	fmt.Println("b")
	fmt.Println("a")
	// Unordered output:
	// a
	// b
}

func Example_notRun() {
	panic("examples without output are only compiled")
}

func FuzzAdd(f *testing.F) {
	f.Add(1, "one")
	f.Add(-2, "two")
	f.Fuzz(func(t *testing.T, n int, s string) {
		if n < 0 {
			t.Errorf("negative: %d %s", n, s)
		}
	})
}

func BenchmarkAdd(b *testing.B) {
	for i := 0; i < b.N; i++ {
		Add(i, i)
	}
}

func BenchmarkSub(b *testing.B) {
	b.Run("loop", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			hidden()
		}
	})
	b.Run("parallel", func(b *testing.B) {
		b.SetBytes(8)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				Add(1, 1)
			}
		})
		b.ReportMetric(7, "things/op")
	})
}

package quick

import (
	"math/rand"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"testing/quick"
)

type pair struct {
	A int8
	B []string
	C map[uint16]*float64
	D [3]bool
}

type even int

func (even) Generate(r *rand.Rand, size int) reflect.Value {
	return reflect.ValueOf(even(2 * r.Intn(size)))
}

func TestHolds(t *testing.T) {
	n := 0
	reverse := func(s []byte, p pair, e even) bool {
		n++
		r := make([]byte, len(s))
		for i, b := range s {
			r[len(s)-1-i] = b
		}
		for i, b := range r {
			if s[len(s)-1-i] != b {
				return false
			}
		}
		return e%2 == 0
	}
	if err := quick.Check(reverse, nil); err != nil || n != 100 {
		t.Error(n, err)
	}
}

func TestBroken(t *testing.T) {
	small := func(x uint32) bool { return x < 1000 }
	err := quick.Check(small, &quick.Config{Rand: rand.New(rand.NewSource(1))})
	e, ok := err.(*quick.CheckError)
	if !ok || e.Count == 0 || !strings.Contains(err.Error(), "failed on input 0x") {
		t.Error(err)
	}
	if err := quick.Check(func(chan int) bool { return true }, nil); err == nil || err.Error() != "cannot create arbitrary value of type chan int for argument 0" {
		t.Error(err)
	}
	f, g := func(x int) int { return x + x }, func(x int) int { return 2 * x }
	if err := quick.CheckEqual(f, g, &quick.Config{MaxCount: 10}); err != nil {
		t.Error(err)
	}
	if err := quick.CheckEqual(f, func(x int) int { return x }, nil); err == nil {
		t.Error("x+x is not x")
	}
}

func TestReader(t *testing.T) {
	if err := iotest.TestReader(strings.NewReader("some text"), []byte("some text")); err != nil {
		t.Error(err)
	}
}

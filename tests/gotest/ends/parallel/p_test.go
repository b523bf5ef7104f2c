package parallel

import (
	"sync/atomic"
	"testing"
	"time"
)

var running, most atomic.Int32

func TestGroup(t *testing.T) {
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := running.Add(1)
			defer running.Add(-1)
			for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
			}
			time.Sleep(20 * time.Millisecond)
		})
	}
	if running.Load() != 0 {
		t.Error("parallel tests run before their parent is done")
	}
	t.Cleanup(func() {
		if most.Load() != 3 {
			t.Errorf("%d at a time", most.Load())
		}
	})
}

func TestAfter(t *testing.T) {
	if running.Load() != 0 {
		t.Error("a test that is not parallel runs beside parallel ones")
	}
}

func TestTwice(t *testing.T) {
	t.Parallel()
	defer func() {
		if r := recover(); r != "testing: t.Parallel called multiple times" {
			t.Error(r)
		}
	}()
	t.Parallel()
}

func TestSetenv(t *testing.T) {
	t.Setenv("X", "y")
	defer func() { t.Log(recover()) }()
	t.Parallel()
}

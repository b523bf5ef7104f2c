package panics

import "testing"

func TestFine(t *testing.T) {}

func TestOuter(t *testing.T) {
	t.Log("logged before")
	t.Run("inner", func(t *testing.T) {
		t.Cleanup(func() { t.Log("cleaned up") })
		var m map[string]int
		m["x"] = 1
	})
}

func TestNever(t *testing.T) {}

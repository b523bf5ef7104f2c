package cleanups

import "testing"

func TestOrder(t *testing.T) {
	t.Cleanup(func() { t.Log("first registered") })
	t.Cleanup(func() {
		t.Cleanup(func() { t.Log("registered by a cleanup") })
		t.Log("second registered")
	})
	t.Cleanup(func() { t.Fatal("a cleanup that fails") })
	t.Log("body")
}

func TestPanics(t *testing.T) {
	t.Cleanup(func() { t.Log("still runs") })
	t.Cleanup(func() { panic("in a cleanup") })
}

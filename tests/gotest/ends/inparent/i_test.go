package inparent

import "testing"

func TestParent(t *testing.T) {
	t.Run("sub", func(sub *testing.T) { t.FailNow() })
	t.Log("not reached")
}

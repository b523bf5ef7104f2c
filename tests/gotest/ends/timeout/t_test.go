package timeout

import (
	"testing"
	"time"
)

func TestSlow(t *testing.T) {
	t.Run("sub", func(t *testing.T) {
		t.Log("going to sleep")
		time.Sleep(time.Hour)
	})
}

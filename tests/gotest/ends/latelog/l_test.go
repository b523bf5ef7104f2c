package latelog

import (
	"testing"
	"time"
)

func TestLate(t *testing.T) {
	go func() {
		time.Sleep(20 * time.Millisecond)
		t.Log("too late")
	}()
}

func TestWait(t *testing.T) { time.Sleep(200 * time.Millisecond) }

package missing

import (
	"example.org/basics/nowhere"
	"testing"
)

func TestX(t *testing.T) { nowhere.F() }

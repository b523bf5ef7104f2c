package embedded

import (
	_ "embed"
	"testing"
)

//go:embed data/a.txt
var text string

func TestEmbed(t *testing.T) {
	if text != "embedded text" {
		t.Errorf("%q", text)
	}
}

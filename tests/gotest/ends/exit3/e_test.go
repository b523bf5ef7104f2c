package exit3

import (
	"fmt"
	"os"
	"testing"
)

func TestExit(t *testing.T) {
	fmt.Println("leaving")
	os.Exit(3)
}

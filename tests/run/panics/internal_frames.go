// Tracebacks leave out the functions of package runtime that programs cannot call, as Go's do.
package main

import (
	"fmt"
	"runtime/debug"
	"strings"
)

func stubborn(yield func(int) bool) {
	yield(1)
	yield(2)
}

func main() {
	defer func() {
		fmt.Println(recover())
		for line := range strings.Lines(string(debug.Stack())) {
			if strings.HasPrefix(line, "runtime.") || strings.HasPrefix(line, "main.") || strings.HasPrefix(line, "panic") {
				name, _, _ := strings.Cut(line, "({")
				fmt.Println(strings.TrimSuffix(strings.TrimSpace(name), "(...)"))
			}
		}
	}()
	for range stubborn {
		break
	}
}

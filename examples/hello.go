// Hello prints a greeting, or greets whoever is named on the command line.
package main

import (
	"fmt"
	"os"
	"strings"
)

func main() {
	who := "world"
	if len(os.Args) > 1 {
		who = strings.Join(os.Args[1:], " and ")
	}
	fmt.Printf("Hello, %s!\n", who)
}

// Output:
// Hello, world!

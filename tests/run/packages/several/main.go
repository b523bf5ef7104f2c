// A module of several packages: internal ones, file name constraints, initialisation by dependency.
package main

import (
	"fmt"

	"example.org/mod/internal/deep"
	u "example.org/mod/util"
)

func main() { fmt.Println(u.Name(), deep.X, u.Sum(1, 2), u.T{A: 3}) }

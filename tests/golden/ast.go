// minigo: dump -ast
package main

import "fmt"

type T[P any] struct {
	a, b P `tag`
	*U
}

func (t *T[P]) m(xs ...int) (n int) {
	for i, x := range xs {
		if x > 1 && i == 0 {
			n += x << 2
		}
	}
	defer fmt.Println(n)
	return
}

// minigo: check -diag=rich
package main

import "os"

func f(a int, s string) (int, error) {
	if a > 1 {
		return a
	}
}

func main() {
	x := 1
	var y string = 5
	f(1)
	undefined1()
	y.foo()
	for i := range 3 {
		break outer
	}
}

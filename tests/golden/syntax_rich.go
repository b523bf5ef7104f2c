// minigo: check -diag=rich
package main

func f() {
	x := = 1
	y := [3]int{1, 2
	}
	if x {
	}
	else {
	}
}

var = 3

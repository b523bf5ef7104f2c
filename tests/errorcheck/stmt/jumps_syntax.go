// Jumps of a function with a syntax error are not looked at; those of other functions are.
package p

func broken() {
	var f struct { x int = 5 } // ERROR "syntax error: unexpected = in struct type"
	continue
}

func whole() {
	continue // ERROR "continue is not in a loop"
}

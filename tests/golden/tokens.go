// minigo: dump -tokens
package main // a comment, then an inserted semicolon

var x = []int{0x1F, 'a', 1e3,
	2i}

func f() (a, b int) { return }

// exit: 2
// An access to memory that is not there ends the program, whatever it defers.
package main

import (
	"fmt"
	"unsafe"
)

type node struct {
	_    [2]int
	next *node
	n    int
}

func sum(n *node) int {
	total := 0
	for ; n != nil; n = n.next {
		total += n.n
	}
	return total
}

func main() {
	defer func() { fmt.Println("not printed", recover()) }()
	var bad uintptr = 0xdead0000
	last := &node{n: 2}
	*(*uintptr)(unsafe.Pointer(&last.next)) = bad
	fmt.Println("before")
	fmt.Println(sum(&node{n: 1, next: last}))
}

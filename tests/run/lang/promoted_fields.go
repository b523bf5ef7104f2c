// Promoted fields in literals.
package main

import "fmt"

type A struct{ x, y int }
type B struct {
	A
	z int
}
type C struct {
	*B
	w string
}

func main() {
	b := B{x: 1, y: 2, z: 3}
	fmt.Println(b)
	c := C{B: &B{}, w: "w"}
	c.x = 5
	fmt.Println(c.x, c.B.A, c.w)
	p := &B{z: 1, A: A{y: 2}}
	fmt.Printf("%+v\n", *p)
}

// exit: 2
// An error's text is printed.
package main

import "fmt"

type code int

func (c code) Error() string { return fmt.Sprintf("code %d", int(c)) }

func main() {
	var err error = code(7)
	panic(err)
}

// exit: 2
// An uncaught panic prints its value and the goroutine's frames.
package main

import "fmt"

type T struct{}

func (t *T) method(n int) {
	if n == 0 {
		panic("went wrong")
	}
	t.method(n - 1)
}

func main() {
	defer fmt.Println("deferred functions run first")
	func() {
		(&T{}).method(2)
	}()
}

// Directives above declarations that take none are reported when all else is right.
package main

//go:noinline // ERROR `misplaced compiler directive`
var x int

//go:nosplit // ERROR `misplaced compiler directive`
type t struct{}

//go:noescape
func f() {} // ERROR `can only use //go:noescape with external func implementations`

func main() {
	var _ t
	f()
}

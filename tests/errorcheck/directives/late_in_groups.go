// Specifications of groups and declarations in functions take no directives either.
package main

//go:noinline // ERROR `misplaced compiler directive`
var x int

type (
	//go:noinline // ERROR `misplaced compiler directive`
	t int
)

func main() {
	//go:nosplit // ERROR `misplaced compiler directive`
	var y = t(x)
	_ = y
}

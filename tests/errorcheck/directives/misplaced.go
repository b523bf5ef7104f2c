// Directives stand alone on a line, above what takes them.
package main

import _ "unsafe"

//go:noinline
func fine() {}

func main() {
	fine() //go:noinline // ERROR `misplaced compiler directive`

	//go:nosplit // ERROR `misplaced compiler directive`
	for i := 0; i < 1; i++ {
		_ = i
	}
	//go:unknown
}

//go:nowritebarrier // ERROR `only allowed in runtime`
func barrier() {}

//go:linkname // ERROR `misplaced|usage`
func linked() {}

//go:noescape // ERROR `misplaced compiler directive`

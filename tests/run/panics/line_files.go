// exit: 2
// Parts of a function that a line directive places into other files: callers, positions of pcs and tracebacks name those.
package main

import (
	"fmt"
	"path/filepath"
	"runtime"
)

func show(file string, line int) { fmt.Println(filepath.Base(file), line) }

func where() {
	_, file, line, _ := runtime.Caller(1)
	show(file, line)
}

//line other.go:10
func f() {
	where()
//line third.go:77
	where()
	func() {
		where()
//line /abs/x.go:5
		where()
	}()
	/*line q.go:9:3*/ where()
	where(); /*line :44:1*/ where(); /*line :45*/ where()
	for range func(yield func() bool) { yield() } {
		where()
//line loop.go:3
		where()
	}
	pc, _, _, _ := runtime.Caller(0)
	fn := runtime.FuncForPC(pc)
	show(fn.FileLine(pc))
	show(fn.FileLine(fn.Entry()))
	if true {
//line sub/dir/y.go:100
		panic("x")
	}
}

func main() {
//line /main.go:1000
	f()
}

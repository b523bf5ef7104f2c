// Names of loop bodies and literals in them.
package main

import (
	"fmt"
	"runtime"
)

//go:noinline
func name() string {
	pc, _, _, _ := runtime.Caller(1)
	return runtime.FuncForPC(pc).Name()
}

//go:noinline
func call(f func()) { f() }

func seq(yield func(int) bool) { yield(1) }

func main() {
	for range seq {
		fmt.Println(name())
		call(func() { fmt.Println(name()) })
		for range seq {
			fmt.Println(name())
			call(func() { fmt.Println(name()); call(func() { fmt.Println(name()) }) })
			for range seq {
				call(func() { fmt.Println(name()) })
			}
		}
	}
	call(func() {
		for range seq {
			fmt.Println(name())
			call(func() { fmt.Println(name()) })
			for range seq {
				fmt.Println(name())
				call(func() { fmt.Println(name()) })
			}
		}
	})
}

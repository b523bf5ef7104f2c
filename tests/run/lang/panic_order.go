// What may panic before the calls behind it are made, and what panics after them: as gc has it.
package main

import "fmt"

type T struct{ x int }

var trace []string

func call(name string) int {
	trace = append(trace, name)
	return 1
}

func two(a, b any) {}

func ints(a, b int) {}

func try(name string, f func()) {
	trace = nil
	defer func() { fmt.Println(name, trace, recover()) }()
	f()
}

func main() {
	zero, five, minus := 0, 5, -1
	s := []int{1}
	var i any = "text"
	var p *T

	// First.
	try("slice", func() { two(s[five:], call("f")) })
	try("length of a slice", func() { ints(len(s[:five]), call("f")) })
	try("slice of text", func() { two("abc"[five:], call("f")) })
	try("assertion", func() { ints(i.(int), call("f")) })
	try("assertion to an interface", func() { two(i.(fmt.Stringer), call("f")) })
	try("make", func() { two(make([]int, minus), call("f")) })
	try("made of constants", func() { two(make([]int, 2), call("f")) })
	try("range", func() {
		for range s[five:] {
			call("f")
		}
	})

	// Afterwards.
	try("quotient", func() { ints(1/zero, call("f")) })
	try("sum", func() { _ = 1%zero + call("f") })
	try("element", func() { two(s[five], call("f")) })
	try("field", func() { ints(p.x, call("f")) })
}

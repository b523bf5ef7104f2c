// Blank fields keep their zero value, whatever a literal has for them; what it has is evaluated.
package main

import (
	"fmt"
	"runtime"
	"strings"
)

type T struct {
	a, _ int
	_    string
	b    int
}

func say(n int) int { fmt.Println("say", n); return n }

var x = T{1, 2, "s", 3}

func inner() []string {
	var pcs [20]uintptr
	n := runtime.Callers(0, pcs[:])
	var names []string
	frames := runtime.CallersFrames(pcs[:n])
	for {
		f, more := frames.Next()
		names = append(names, f.Function)
		if !more {
			return names
		}
	}
}

func outer() []string { return inner() }

func main() {
	fmt.Printf("%+v\n", x)
	y := T{say(1), say(2), "t", say(3)}
	fmt.Printf("%+v %v\n", y, x == T{1, 5, "u", 3})
	fmt.Println(strings.Join(outer(), " "))
	done := make(chan []string)
	go func() { done <- outer() }()
	fmt.Println(strings.Join(<-done, " "))
	defer func() {
		fmt.Println(recover())
		_, _, line, ok := runtime.Caller(0)
		fmt.Println(line, ok)
		_, _, _, ok = runtime.Caller(50)
		fmt.Println(ok)
	}()
	var v any = struct{ n int }{1}
	_ = v.(struct{ m int })
}

// The rules of defer, panic and recover.
package main

import (
	"errors"
	"fmt"
	"runtime"
)

func helper() any { return recover() } // not called by a deferred function directly

func direct() (r any) {
	defer func() { r = recover() }()
	panic("direct")
}

func indirect() (r any) {
	defer func() {
		r = recover()
	}()
	defer func() {
		if x := helper(); x != nil {
			fmt.Println("helper must not recover", x)
		}
	}()
	panic("indirect")
}

func nested() (r any) {
	defer func() { r = recover() }()
	defer func() {
		defer func() { fmt.Println("inner", recover()) }()
		panic("second")
	}()
	panic("first")
}

func replaced() (r any) {
	defer func() { r = recover() }()
	defer func() { panic("replacement") }()
	panic("original")
}

func rethrow() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("outer: %v", r)
		}
	}()
	func() {
		defer func() {
			r := recover()
			panic(fmt.Sprint("re-", r))
		}()
		panic("thrown")
	}()
	return nil
}

func results() (a int, b string) {
	defer func() {
		if recover() != nil {
			b = "recovered"
		}
	}()
	a, b = 1, "set"
	var p *int
	return *p, "never"
}

func unnamed() int {
	defer func() { recover() }()
	panic(1)
}

func order() {
	for i := range 3 {
		defer func() { fmt.Print("d", i, " ") }()
	}
	defer func() {
		fmt.Print("recovered ", recover(), " ")
	}()
	for i := range 2 {
		defer fmt.Print("loop", i, " ")
	}
	panic("order")
}

type cleanup struct{ log *[]string }

func (c cleanup) Close() error  { *c.log = append(*c.log, "closed"); return nil }
func (c *cleanup) ptr(s string) { *c.log = append(*c.log, s) }

func methods() {
	var log []string
	c := cleanup{&log}
	func() {
		defer c.Close()
		defer c.ptr("ptr")
		var i interface{ Close() error } = c
		defer i.Close()
		f := c.Close
		defer f()
		defer func(s string) { log = append(log, s) }("arg")
	}()
	fmt.Println(log)
}

func deepPanic(n int) {
	if n == 0 {
		panic("deep")
	}
	defer func() { depth++ }()
	deepPanic(n - 1)
}

var depth int

func loopDefers(n int) (sum int) {
	defer func() { recover() }()
	for i := range n {
		defer func() { sum += i }()
	}
	return -1
}

func recoverTwice() {
	defer func() { fmt.Println("second recover", recover()) }()
	defer func() { fmt.Println("first recover", recover()) }()
	panic("once")
}

func recoverInLoop() (n int) {
	for i := range 5 {
		func() {
			defer func() {
				if recover() != nil {
					n++
				}
			}()
			if i%2 == 0 {
				panic(i)
			}
		}()
	}
	return
}

func nilFunc() (r any) {
	defer func() { r = recover() }()
	var f func()
	defer f()
	return "body done"
}

func main() {
	fmt.Println(direct(), indirect(), nested(), replaced(), rethrow())
	fmt.Println(results())
	fmt.Println(unnamed())
	order()
	fmt.Println()
	methods()
	func() {
		defer func() { fmt.Println(recover(), depth) }()
		deepPanic(1000)
	}()
	fmt.Println(loopDefers(100))
	recoverTwice()
	fmt.Println(recoverInLoop(), recover(), helper())
	fmt.Println(nilFunc())
	done := make(chan string)
	go func() {
		defer close(done)
		defer func() { done <- fmt.Sprint("goexit recover: ", recover()) }()
		defer func() {
			defer func() { done <- fmt.Sprint("in defer: ", recover()) }()
			panic("while exiting")
		}()
		runtime.Goexit()
	}()
	for s := range done {
		fmt.Println(s)
	}
	go func() {
		done2 := done
		_ = done2
	}()
	err := func() (err error) {
		defer func() {
			if e, ok := recover().(error); ok {
				err = errors.Join(e, errors.New("joined"))
			}
		}()
		var a []int
		_ = a[3]
		return
	}()
	fmt.Println(err)
	defer fmt.Println("main's defer runs")
	defer func() {
		defer func() { fmt.Println("got", recover()) }()
		panic("last")
	}()
}

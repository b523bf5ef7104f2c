// Panics, recover and Goexit in their corners, and the texts of run-time errors.
// exit: 3
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
)

type myErr struct{ code int }

func (e *myErr) Error() string { return fmt.Sprintf("myErr %d", e.code) }

func try(name string, f func()) {
	defer func() {
		r := recover()
		switch v := r.(type) {
		case nil:
			fmt.Println(name, "-> nil")
		case runtime.Error:
			fmt.Println(name, "-> runtime.Error:", v.Error())
		case error:
			fmt.Println(name, "-> error:", v)
		default:
			fmt.Printf("%s -> %T %v\n", name, v, v)
		}
	}()
	f()
}

func named() (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("wrapped: %v", r)
			n *= 2
		}
	}()
	n = 21
	panic("boom")
}

func nested() {
	defer func() {
		fmt.Println("outer recovered", recover())
	}()
	defer func() {
		defer func() {
			fmt.Println("inner recovered", recover())
		}()
		panic("second")
	}()
	panic("first")
}

func replaced() {
	defer func() { fmt.Println("got", recover()); fmt.Println("again", recover()) }()
	defer func() { panic("replacement") }()
	panic("orig")
}

func loopDefers() {
	for i := 0; i < 3; i++ {
		defer fmt.Print("d", i, " ")
		defer func() { fmt.Print("c", i, " ") }()
	}
}

func repanic() {
	defer func() {
		r := recover()
		fmt.Println("re", r)
		panic(fmt.Sprint("again ", r))
	}()
	panic("one")
}

func helperRecover() any { return recover() }

func notDirect() {
	defer func() {
		fmt.Println("helper:", helperRecover())
		fmt.Println("direct:", recover())
	}()
	panic("x")
}

type T struct{ name string }

func (t T) rec()   { fmt.Println(t.name, recover()) }
func (t *T) prec() { fmt.Println(t.name, recover()) }

type R interface{ rec() }

func methodDefers() {
	t := T{"t"}
	defer t.rec()
	t.name = "changed"
	panic("m")
}
func methodDefers2() { t := &T{"pt"}; defer t.prec(); t.name = "changed"; panic("m") }
func methodDefers3() { var r R = &T{"iface"}; defer r.rec(); panic("m") }
func methodDefers4() { t := T{"mv"}; f := t.rec; defer f(); panic("m") }
func methodDefers5() { defer T.rec(T{"me"}); panic("m") }
func methodDefers6() { defer recover(); panic("direct recover is not called by a deferred function") }

func goexit() {
	done := make(chan string)
	go func() {
		defer close(done)
		defer func() { done <- fmt.Sprint("recover in goexit: ", recover()) }()
		runtime.Goexit()
	}()
	for s := range done {
		fmt.Println(s)
	}
	done = make(chan string, 10)
	go func() {
		defer close(done)
		defer func() { done <- fmt.Sprint("A ", recover()) }()
		defer func() {
			defer func() { done <- fmt.Sprint("B ", recover()) }()
			panic("in deferred during goexit")
		}()
		runtime.Goexit()
	}()
	for s := range done {
		fmt.Println(s)
	}
	done = make(chan string, 10)
	go func() {
		defer close(done)
		defer func() { done <- fmt.Sprint("C ", recover()) }()
		defer func() {
			runtime.Goexit()
		}()
		panic("lost")
	}()
	for s := range done {
		fmt.Println(s)
	}
}

func osExitDefer() {
	defer fmt.Println("never printed")
	os.Exit(3)
}

func main() {
	fmt.Println(named())
	nested()
	replaced()
	loopDefers()
	fmt.Println()
	try("repanic", repanic)
	notDirect()
	methodDefers()
	methodDefers2()
	methodDefers3()
	methodDefers4()
	methodDefers5()
	try("direct", methodDefers6)
	goexit()
	try("nil map", func() { var m map[string]int; m["a"] = 1 })
	try("nil func", func() { var f func(); f() })
	try("div", func() { x := 0; fmt.Println(1 / x) })
	try("mod", func() { x := int8(0); fmt.Println(1 % x) })
	try("idx", func() { s := []int{1}; i := 5; fmt.Println(s[i]) })
	try("idxneg", func() { s := []int{1}; i := -1; fmt.Println(s[i]) })
	try("slice", func() { s := []int{1}; i := 5; fmt.Println(s[i:]) })
	try("slice2", func() { s := []int{1}; i, j := 1, 0; fmt.Println(s[i:j]) })
	try("slice3", func() { s := []int{1, 2}; i := 3; fmt.Println(s[0:1:i]) })
	try("slice3b", func() { s := []int{1, 2}; i := 2; fmt.Println(s[0:i:1]) })
	try("str", func() { s := "abc"; i := 5; fmt.Println(s[i]) })
	try("strs", func() { s := "abc"; i := 5; fmt.Println(s[:i]) })
	try("arr", func() { var a [3]int; i := 3; fmt.Println(a[i]) })
	try("close nil", func() { var c chan int; close(c) })
	try("close twice", func() { c := make(chan int); close(c); close(c) })
	try("send closed", func() { c := make(chan int); close(c); c <- 1 })
	try("assert", func() { var x any = 1; fmt.Println(x.(string)) })
	try("assert nil", func() { var x any; fmt.Println(x.(string)) })
	try("assert iface", func() { var x any = 1; fmt.Println(x.(fmt.Stringer)) })
	try("assert iface nil", func() { var x any; fmt.Println(x.(fmt.Stringer)) })
	try("assert iface2", func() { var x error = &myErr{1}; fmt.Println(x.(fmt.Stringer)) })
	try("unhashable", func() { m := map[any]int{}; m[[]int{1}] = 1 })
	try("unhashable2", func() { m := map[any]int{}; m[struct{ f func() }{}] = 1 })
	try("uncomparable", func() { var a, b any = []int{1}, []int{1}; fmt.Println(a == b) })
	try("makeslice", func() { n := -1; _ = make([]int, n) })
	try("makeslice2", func() { n := 1; _ = make([]int, 2, n) })
	try("makechan", func() { n := -1; _ = make(chan int, n) })
	try("makemap", func() { n := -1; m := make(map[int]int, n); fmt.Println(len(m)) })
	try("shift", func() { n := -1; fmt.Println(1 << n) })
	try("arr conv", func() { s := make([]int, 2); fmt.Println([4]int(s)) })
	try("arrp conv", func() { s := make([]int, 2); fmt.Println((*[4]int)(s)) })
	try("nilptr", func() { var p *T; fmt.Println(p.name) })
	try("nil method", func() { var r R; r.rec() })
	try("custom", func() { panic(&myErr{5}) })
	try("errors.Join", func() { panic(errors.Join(errors.New("a"), errors.New("b"))) })
	try("panic nil", func() { panic(nil) })
	try("panic error nil", func() { var e error; panic(e) })
	try("repeat", func() { strings.Repeat("x", -1) })
	try("clear nil", func() { var m map[int]int; clear(m); delete(m, 1); fmt.Println(m[1]) })
	var pe *runtime.PanicNilError
	func() {
		defer func() { fmt.Println(errors.As(recover().(error), &pe), pe) }()
		panic(nil)
	}()
	osExitDefer()
}

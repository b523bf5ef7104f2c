// What a function does not read any more does not keep its objects alive, although the variable is in scope.
package main

import (
	"fmt"
	"runtime"
	"weak"
)

type node struct {
	name string
	next *node
}

func collected(w weak.Pointer[node]) bool {
	runtime.GC()
	return w.Value() == nil
}

func finalizer() {
	done := make(chan string, 1)
	n := &node{name: "finalized"}
	runtime.SetFinalizer(n, func(n *node) { done <- n.name })
	runtime.GC()
	fmt.Println(<-done)
}

func cleanup() {
	done := make(chan int)
	n := node{name: "local"}
	runtime.AddCleanup(&n, func(x int) { done <- x }, 42)
	runtime.GC()
	fmt.Println(<-done)
}

func kept() {
	n := &node{name: "kept"}
	w := weak.Make(n)
	fmt.Println("before its last use:", collected(w))
	fmt.Println(n.name)
	fmt.Println("after:", collected(w))
}

func inLoop() {
	var last *node
	var all []weak.Pointer[node]
	for i := range 3 {
		n := &node{name: fmt.Sprint(i), next: last}
		all = append(all, weak.Make(n))
		last = n
	}
	fmt.Println("chain:", collected(all[0]))
	runtime.KeepAlive(last)
	fmt.Println("chain:", collected(all[0]), collected(all[2]))
}

func recovers() (n *node) {
	local := &node{name: "read after the panic"}
	w := weak.Make(local)
	defer func() {
		recover()
		fmt.Println("in the deferred call:", collected(w))
		n = local
	}()
	func() {
		fmt.Println("below:", collected(w))
		panic("x")
	}()
	return nil
}

func args(n *node, then func()) {
	w := weak.Make(n)
	then()
	fmt.Println("param:", collected(w))
}

func main() {
	finalizer()
	cleanup()
	kept()
	inLoop()
	fmt.Println(recovers().name)
	args(&node{name: "param"}, func() { runtime.GC() })
}

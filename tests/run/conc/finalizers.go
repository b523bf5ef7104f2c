// Finalizers, cleanups and weak pointers: when they run, in which order, and what keeps them from running.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync"
	"time"
	"weak"
)

type node struct {
	name string
	next *node
	pad  [4]int
}

func (n *node) String() string { return "node " + n.name }

// collect collects until done says so, or fails.
func collect(what string, done func() bool) {
	for range 200 {
		clobber(20)
		runtime.GC()
		if done() {
			return
		}
		time.Sleep(time.Millisecond)
	}
	fmt.Println("never:", what)
	os.Exit(1)
}

// clobber overwrites what is left of older frames.
func clobber(n int) int {
	var a [32]int
	if n > 0 {
		a[n] = clobber(n - 1)
	}
	return a[n]
}

var (
	mu  sync.Mutex
	log []string
)

func note(s string) {
	mu.Lock()
	log = append(log, s)
	mu.Unlock()
}

func logged(n int) func() bool {
	return func() bool {
		mu.Lock()
		defer mu.Unlock()
		return len(log) >= n
	}
}

func flush() {
	mu.Lock()
	defer mu.Unlock()
	fmt.Println(log)
	log = nil
}

var saved *node

//go:noinline
func chain() {
	// b is reachable from a: its finalizer has to wait for a's.
	b := &node{name: "b"}
	a := &node{name: "a", next: b}
	runtime.SetFinalizer(a, func(n *node) { note("fin " + n.name + " sees " + n.next.name) })
	runtime.SetFinalizer(b, func(n *node) (int, error) { note("fin " + n.name); return 1, nil })
}

//go:noinline
func resurrected() {
	n := &node{name: "phoenix"}
	runtime.SetFinalizer(n, func(n *node) {
		note("first")
		saved = n
		runtime.SetFinalizer(n, func(*node) { note("second") })
	})
}

//go:noinline
func byInterface() {
	runtime.SetFinalizer(&node{name: "i"}, func(s fmt.Stringer) { note(s.String()) })
}

//go:noinline
func byAny() {
	runtime.SetFinalizer(&node{name: "e"}, func(x any) { note(x.(*node).name) })
}

//go:noinline
func removed() {
	n := &node{name: "removed"}
	runtime.SetFinalizer(n, func(*node) { note("must not run") })
	runtime.SetFinalizer(n, nil)
}

//go:noinline
func cleanups() (stopped runtime.Cleanup) {
	n := &node{name: "cleanup"}
	runtime.AddCleanup(n, func(x int) { note(fmt.Sprint("cleanup ", x)) }, 1)
	runtime.AddCleanup(&n.pad, func(x string) { note("cleanup " + x) }, "inner")
	c := runtime.AddCleanup(n, func(int) { note("stopped") }, 2)
	c.Stop()
	return c
}

//go:noinline
func weakly() (weak.Pointer[node], weak.Pointer[node], weak.Pointer[int]) {
	n := &node{name: "weak", pad: [4]int{1, 2, 3, 4}}
	a, b, c := weak.Make(n), weak.Make(n), weak.Make(&n.pad[2])
	fmt.Println(a == b, a.Value() == n, a.Value().name, *c.Value())
	return a, b, c
}

var global int

func try(f func()) {
	defer func() { fmt.Println("recovered:", recover()) }()
	f()
}

func main() {
	before := runtime.NumGoroutine()
	chain()
	fmt.Println(runtime.NumGoroutine() - before)
	collect("chain", logged(2))
	flush()

	resurrected()
	collect("resurrected", func() bool { mu.Lock(); defer mu.Unlock(); return saved != nil })
	fmt.Println(saved.name)
	runtime.GC()
	flush()
	saved = nil
	collect("again", logged(1))
	flush()

	byInterface()
	collect("by interface", logged(1))
	byAny()
	collect("by any", logged(2))
	flush()

	removed()
	cleanups().Stop()
	collect("cleanups", logged(2))
	runtime.GC()
	time.Sleep(time.Millisecond)
	mu.Lock()
	if log[0] > log[1] {
		log[0], log[1] = log[1], log[0]
	}
	mu.Unlock()
	flush()

	a, b, c := weakly()
	collect("weak", func() bool { return a.Value() == nil })
	fmt.Println(a.Value(), b.Value(), c.Value(), a == b, a == weak.Pointer[node]{}, weak.Make[node](nil).Value())

	// A package variable has no end.
	runtime.SetFinalizer(&global, func(*int) { note("global") })
	runtime.AddCleanup(&global, func(int) { note("global") }, 0).Stop()
	w := weak.Make(&global)
	runtime.GC()
	fmt.Println(w.Value() == &global, w == weak.Make(&global))

	n := &node{name: "faults"}
	try(func() { runtime.AddCleanup(n, func(*node) {}, n) })
	try(func() { runtime.AddCleanup(n, func(*int) {}, &n.pad[1]) })
	try(func() { runtime.AddCleanup(n, func(int) { fmt.Println(n) }, 1) })
	try(func() { runtime.AddCleanup((*node)(nil), func(int) {}, 1) })
	runtime.KeepAlive(n)

	// A finalizer that waits holds up the others, but neither cleanups nor collections.
	release := make(chan bool)
	func() {
		runtime.SetFinalizer(&node{}, func(*node) { <-release; note("late") })
	}()
	for range 3 {
		clobber(20)
		runtime.GC()
	}
	func() {
		runtime.AddCleanup(&node{}, func(int) { note("not held up") }, 0)
	}()
	collect("cleanup beside a finalizer", logged(1))
	flush()
	close(release)
	collect("late", logged(1))
	flush()
	_ = errors.ErrUnsupported
}

// What the address in an argument uintptr(p) leads to is alive while the call runs; a collection that a program asks for
// finds exactly what is not read any more, and finalizers run before it goes on.
package main

import (
	"fmt"
	"runtime"
	"unsafe"
)

type T struct{}

var callback func()

//go:noinline
//go:uintptrescapes
func plain(before int, p uintptr) { callback() }

//go:noinline
//go:uintptrescapes
func (T) variadic(ps ...uintptr) { callback() }

var calls = []func(unsafe.Pointer){
	func(p unsafe.Pointer) { plain(1, uintptr(p)) },
	func(p unsafe.Pointer) { T{}.variadic(1, uintptr(p)) },
}

func main() {
	for _, call := range calls {
		finalized := make(chan bool, 1)
		p := new([64]byte)
		runtime.SetFinalizer(p, func(*[64]byte) { finalized <- true })
		callback = func() {
			runtime.GC()
			fmt.Println("in the call:", len(finalized))
		}
		call(unsafe.Pointer(p))
		runtime.GC()
		fmt.Println("behind it:", <-finalized)
	}
	var before, after runtime.MemStats
	big := new([10 << 20]byte)
	runtime.ReadMemStats(&before)
	func(b *[10 << 20]byte, f func(int)) { f(len(b)) }(big, func(int) {})
	runtime.GC()
	runtime.ReadMemStats(&after)
	fmt.Println("dropped:", before.Alloc-after.Alloc > 9<<20)
}

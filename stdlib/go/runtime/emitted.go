package runtime

import "unsafe"

// What generated code calls.

func printlock()
func printunlock()
func printsp()
func printnl()
func printbool(v bool)
func printint(v int64)
func printuint(v uint64)
func printfloat64(v float64)
func printfloat32(v float32)
func printcomplex128(v complex128)
func printcomplex64(v complex64)
func printstring(v string)
func printpointer(v uintptr)
func printslice(v []byte)
func printiface(v any)

// panicrangestate panics because an iterator called the body of a loop when it must not; state is the loop's.
func panicrangestate(state int) {
	switch state {
	case 0:
		panic(errorString("range function continued iteration after function for loop body returned false"))
	case 2:
		panic(errorString("range function continued iteration after loop body panic"))
	case 3:
		panic(errorString("range function continued iteration after whole loop exit"))
	case 4:
		panic(errorString("range function recovered a loop body panic and did not resume panicking"))
	}
	panic(errorString("range function continued iteration"))
}

// unsafeslice checks the arguments of unsafe.Slice for elements of that size.
func unsafeslice(ptr unsafe.Pointer, n int, size uintptr) {
	if n < 0 || size > 0 && uintptr(n) > (1<<47)/size {
		panic(errorString("unsafe.Slice: len out of range"))
	}
	if ptr == nil && n > 0 {
		panic(errorString("unsafe.Slice: ptr is nil and len is not zero"))
	}
	if bytes := uintptr(n) * size; bytes > -uintptr(ptr) && ptr != nil {
		panic(errorString("unsafe.Slice: len out of range"))
	}
}

// unsafestring checks the arguments of unsafe.String.
func unsafestring(ptr unsafe.Pointer, n int, _ uintptr) {
	if n < 0 || uintptr(n) > -uintptr(ptr) && ptr != nil {
		panic(errorString("unsafe.String: len out of range"))
	}
	if ptr == nil && n > 0 {
		panic(errorString("unsafe.String: ptr is nil and len is not zero"))
	}
}

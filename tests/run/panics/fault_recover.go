// A goroutine that asks for it can recover from accesses to memory that is not there.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"unsafe"
)

const page = 4096

type pair struct{ a, b int }

type triple struct{ a, b, c int }

type big [20]int

var sink int
var text string

// attempt says what happened, and where in the mapping.
func attempt(name string, base uintptr, f func()) {
	defer func() {
		e := recover()
		err, ok := e.(runtime.Error)
		if !ok {
			fmt.Println(name, "no runtime error:", e)
			return
		}
		var at interface{ Addr() uintptr }
		if !errors.As(err, &at) {
			fmt.Println(name, "no address:", err)
			return
		}
		inside := at.Addr() >= base && at.Addr() < base+2*page
		fmt.Println(name, err, inside)
	}()
	f()
	fmt.Println(name, "went on")
}

// barred is memory that may not be touched. What is unmapped might be mapped again, by anybody.
func barred() []byte {
	b, err := syscall.Mmap(-1, 0, 2*page, syscall.PROT_NONE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		panic(err)
	}
	return b
}

func at[T any](b []byte, i int) *T { return (*T)(unsafe.Pointer(&b[i])) }

func main() {
	debug.SetPanicOnFault(true)
	fmt.Println("set before:", debug.SetPanicOnFault(true))
	b := barred()
	base := uintptr(unsafe.Pointer(&b[0]))
	try := func(name string, f func()) { attempt(name, base, f) }

	try("element", func() { sink += int(b[100]) })
	try("store of an element", func() { b[7] = 1 })
	try("word", func() { sink += *at[int](b, 64) })
	try("int16", func() { sink += int(*at[int16](b, 64)) })
	try("store of a word", func() { *at[int](b, 64) = 3 })
	try("pair", func() { p := *at[pair](b, 64); sink += p.b })
	try("store of a triple", func() { *at[triple](b, 64) = triple{1, 2, 3} })
	try("array", func() { a := *at[big](b, 64); sink += a[3] })
	try("store of an array", func() { *at[big](b, 64) = big{1} })
	try("slice of ints", func() {
		s := unsafe.Slice(at[int](b, 0), 10)
		for i := range s {
			sink += s[i]
		}
	})
	try("copy out", func() { sink += copy(make([]byte, 1000), b) })
	try("copy in", func() { sink += copy(b[page:], make([]byte, 1000)) })
	try("append", func() { sink += len(append([]byte("x"), b...)) })
	try("append in place", func() { sink += len(append(b[:8], 1)) })
	try("string", func() { text = string(b) })
	s := unsafe.String(&b[0], len(b))
	try("string comparison", func() { fmt.Println(s == strings.Repeat("x", len(s))) })
	try("string order", func() { fmt.Println(s < "abc") })
	try("concatenation", func() { sink += len(s + "x") })
	try("range over a string", func() {
		for _, r := range s {
			sink += int(r)
		}
	})
	try("bytes.IndexByte", func() { sink += bytes.IndexByte(b, 'x') })
	try("bytes.Equal", func() { fmt.Println(bytes.Equal(b, make([]byte, len(b)))) })
	try("clear", func() { clear(b) })
	try("interface", func() { var v any = *at[triple](b, 8); fmt.Println(v) })

	// Where nothing is mapped.
	var nowhere uintptr = 0xdead0000
	gone := unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&nowhere))), page)
	attempt("unmapped", nowhere, func() { gone[8]++ })
	attempt("unmapped, by copy", nowhere, func() { copy(gone, "text") })

	// Deferred calls of the frames between run, and what they change is seen.
	steps := ""
	try("deferred calls", func() {
		defer func() { steps += "outer " }()
		func() {
			defer func() { steps += "inner " }()
			sink += int(b[page])
		}()
	})
	fmt.Println(steps)

	// A file that got shorter than its mapping: another signal, the same panic.
	f, err := os.CreateTemp("", "fault")
	if err != nil {
		panic(err)
	}
	defer os.Remove(f.Name())
	f.Truncate(2 * page)
	m, err := syscall.Mmap(int(f.Fd()), 0, 2*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	if err != nil {
		panic(err)
	}
	m[0] = 1
	f.Truncate(0)
	attempt("a file that was cut off", uintptr(unsafe.Pointer(&m[0])), func() { sink += int(m[page+1]) })

	// Memory that may only be read.
	r, err := syscall.Mmap(-1, 0, 2*page, syscall.PROT_READ, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		panic(err)
	}
	attempt("read-only", uintptr(unsafe.Pointer(&r[0])), func() { sink += int(r[1]); r[2] = 3 })

	// Nil stays what it was, and has no address.
	attempt("nil", 0, func() { var p *pair; sink += p.b })

	// Many times, on many goroutines at once; the setting is each goroutine's own.
	var wg sync.WaitGroup
	var mu sync.Mutex
	caught := 0
	for range 20 {
		wg.Go(func() {
			if debug.SetPanicOnFault(true) {
				panic("inherited")
			}
			for i := range 100 {
				func() {
					defer func() {
						if recover() != nil {
							mu.Lock()
							caught++
							mu.Unlock()
						}
					}()
					sink = int(b[i])
				}()
				if i%10 == 0 {
					runtime.Gosched()
				}
			}
		})
	}
	wg.Wait()
	runtime.GC()
	fmt.Println("caught", caught)
}

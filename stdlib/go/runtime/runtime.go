// Package runtime is the program's view of what runs it: scheduler, collector, stacks.
package runtime

const (
	Compiler        = "gc" // what programs check for
	GOOS     string = "linux"
	GOARCH   string = "amd64"
)

// Error is a run-time error: what the operation panicked with.
type Error interface {
	error
	RuntimeError() // marks run-time errors
}

// The VM makes values of these types itself; see vm/src/errors.rs.

type errorString string

func (e errorString) RuntimeError() {}
func (e errorString) Error() string { return "runtime error: " + string(e) }

type boundsError string

func (e boundsError) RuntimeError() {}
func (e boundsError) Error() string { return "runtime error: " + string(e) }

type plainError string

func (e plainError) RuntimeError() {}
func (e plainError) Error() string { return string(e) }

type errorAddressString struct {
	msg  string
	addr uintptr
}

func (e errorAddressString) RuntimeError() {}
func (e errorAddressString) Error() string { return "runtime error: " + e.msg }

// Addr returns the address of the fault, if that is known.
func (e errorAddressString) Addr() uintptr { return e.addr }

// TypeAssertionError is a failed type assertion.
type TypeAssertionError struct {
	text string
}

func (*TypeAssertionError) RuntimeError()   {}
func (e *TypeAssertionError) Error() string { return e.text }

// PanicNilError is what panic(nil) panics with.
type PanicNilError struct {
	_ [0]func()
}

func (*PanicNilError) Error() string {
	return "runtime error: panic called with nil argument"
}
func (*PanicNilError) RuntimeError() {}

// panicText returns what an uncaught panic prints of a value with a method for it.
func panicText(v any) (text string, ok bool) {
	switch v := v.(type) {
	case error:
		return v.Error(), true
	case interface{ String() string }:
		return v.String(), true
	}
	return "", false
}

// GC collects garbage, from start to end.
func GC() {
	scrub()
	if collect() {
		// Finalizers that have become due have their turn first, as they mostly have in Go, whose sweeping yields.
		Gosched()
	}
}

// scrub overwrites what earlier natives left on the stack: the collector would find it in the gaps of its own frames.
func scrub()

// collect reports whether there may be finalizers.
func collect() bool

// Gosched lets other goroutines run.
func Gosched()

// Goexit ends the goroutine after its deferred calls.
func Goexit()

// GOMAXPROCS sets how many goroutines may run at the same time, if n > 0, and returns the old setting.
func GOMAXPROCS(n int) int

// SetDefaultGOMAXPROCS sets GOMAXPROCS to what it is by default.
func SetDefaultGOMAXPROCS() { GOMAXPROCS(NumCPU()) }

// NumCPU returns the number of processors that the process may use.
func NumCPU() int

// NumGoroutine returns the number of goroutines.
func NumGoroutine() int

// NumCgoCall returns 0: there are none.
func NumCgoCall() int64 { return 0 }

// LockOSThread ties the goroutine to its thread.
func LockOSThread()

// UnlockOSThread undoes a [LockOSThread].
func UnlockOSThread()

// KeepAlive marks x as still in use.
func KeepAlive(x any)

// GOROOT returns where Go would be installed: $GOROOT, or nothing.
//
// Deprecated: there is no installation.
func GOROOT() string { return "" }

// Version returns the version of the language.
func Version() string { return "go1.27" }

// Breakpoint does nothing here.
func Breakpoint() {}

// Caller says who called: skip 0 is the caller of Caller.
func Caller(skip int) (pc uintptr, file string, line int, ok bool) {
	var pcs [1]uintptr
	if Callers(skip+2, pcs[:]) == 0 {
		return 0, "", 0, false
	}
	_, file, line, _ = pcInfo(pcs[0])
	return pcs[0], file, line, true
}

// Callers stores the return addresses of the calls under way; skip 0 is Callers itself.
func Callers(skip int, pc []uintptr) int

// pcInfo says what a return address belongs to.
func pcInfo(pc uintptr) (function, file string, line int, entry uintptr)

// Frame is one call under way.
type Frame struct {
	PC       uintptr
	Func     *Func
	Function string // its name, with the package's path
	File     string
	Line     int
	Entry    uintptr
}

// Frames goes through calls under way.
type Frames struct {
	pcs []uintptr
}

// CallersFrames turns what [Callers] stored into frames.
func CallersFrames(callers []uintptr) *Frames { return &Frames{callers} }

// Next returns the next frame, and whether there are more.
func (ci *Frames) Next() (frame Frame, more bool) {
	if len(ci.pcs) == 0 {
		return Frame{}, false
	}
	pc := ci.pcs[0]
	ci.pcs = ci.pcs[1:]
	name, file, line, entry := pcInfo(pc)
	return Frame{pc, &Func{name, file, line, entry}, name, file, line, entry}, len(ci.pcs) > 0
}

// Func is a function of the program.
type Func struct {
	name, file string
	line       int
	entry      uintptr
}

// FuncForPC returns the function that an address belongs to, or nil.
func FuncForPC(pc uintptr) *Func {
	name, file, line, entry := pcInfo(pc)
	if name == "" {
		return nil
	}
	return &Func{name, file, line, entry}
}

// Name returns the function's name, with the package's path.
func (f *Func) Name() string {
	if f == nil {
		return ""
	}
	return f.name
}

// Entry returns the function's first address.
func (f *Func) Entry() uintptr { return f.entry }

// FileLine returns the source position of an address.
func (f *Func) FileLine(pc uintptr) (file string, line int) {
	_, file, line, _ = pcInfo(pc)
	return file, line
}

// Stack writes a traceback of this goroutine, or of all, into buf.
func Stack(buf []byte, all bool) int

// Pinner keeps objects where they are. Here none moves.
type Pinner struct {
	refs []any
}

// Pin keeps what pointer points to alive and in its place.
func (p *Pinner) Pin(pointer any) { p.refs = append(p.refs, pointer) }

// Unpin lets all pinned objects go.
func (p *Pinner) Unpin() { p.refs = nil }

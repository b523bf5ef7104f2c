package runtime

import "unsafe"

// SetFinalizer sets a function to be called with obj when obj has become unreachable; nil takes it away. Finalizers are
// called one after the other, in a goroutine of their own.
func SetFinalizer(obj any, finalizer any) {
	createfing()
	setFinalizer(obj, finalizer)
}

// setFinalizer checks and registers. What is wrong is a fatal error.
func setFinalizer(obj any, finalizer any)

// Cleanup is a registered cleanup.
type Cleanup struct {
	id  uint64
	ptr uintptr
}

// AddCleanup registers a function to be called with arg some time after ptr has become unreachable.
func AddCleanup[T, S any](ptr *T, cleanup func(S), arg S) Cleanup {
	if ptr == nil {
		panic("runtime.AddCleanup: ptr is nil")
	}
	createGs()
	id, fault := addCleanup(unsafe.Pointer(ptr), &arg, *(*unsafe.Pointer)(unsafe.Pointer(&cleanup)), func() { cleanup(arg) })
	if fault != "" {
		panic("runtime.AddCleanup: " + fault)
	}
	return Cleanup{id, uintptr(unsafe.Pointer(ptr))}
}

// addCleanup registers call for the object that ptr points into, unless the object can be seen from arg or cleanup. The id
// is 0 if it is no heap object.
func addCleanup(ptr unsafe.Pointer, arg any, cleanup unsafe.Pointer, call func()) (id uint64, fault string)

// Stop cancels the cleanup, if it has not been queued yet.
func (c Cleanup) Stop() {
	if c.id != 0 {
		stopCleanup(c.ptr, c.id)
	}
}

func stopCleanup(ptr uintptr, id uint64)

// createfing starts the goroutine for finalizers, unless it is there.
func createfing() {
	if firstUse(0) {
		go runFinalizers()
	}
}

// createGs starts the goroutine for cleanups, unless it is there.
func createGs() {
	if firstUse(1) {
		go runCleanups()
	}
}

// firstUse answers true the first time it is called for each.
func firstUse(which int) bool

// waitQueued parks until there are finalizers (0) or cleanups (1) to run.
func waitQueued(which int)

// While these two wait, their frames hold no object that a finalizer has run for.

func runFinalizers() {
	for {
		waitQueued(0)
		runQueuedFinalizers()
	}
}

func runQueuedFinalizers() {
	for {
		obj, f := nextFinalizer()
		if f == nil {
			return
		}
		callFinalizer(obj, f)
	}
}

func runCleanups() {
	for {
		waitQueued(1)
		runQueuedCleanups()
	}
}

func runQueuedCleanups() {
	for {
		f := nextCleanup()
		if f == nil {
			return
		}
		f()
	}
}

func nextFinalizer() (obj, f unsafe.Pointer)
func callFinalizer(obj, f unsafe.Pointer)
func nextCleanup() func()

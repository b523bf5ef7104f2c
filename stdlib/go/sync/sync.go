// Package sync has locks and other ways for goroutines to wait for each other.
package sync

import (
	"sync/atomic"
	"unsafe"
)

// noCopy marks types that go vet is to watch.
type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

// Locker is something that can be locked.
type Locker interface {
	Lock()
	Unlock()
}

// Mutex is a lock for one. Its zero value is unlocked. Those who wait for more than a millisecond are served in turn.
type Mutex struct {
	_     noCopy
	state int32
	sema  uint32
}

// Lock locks m and waits until it can.
func (m *Mutex) Lock()

// TryLock locks m if it can at once.
func (m *Mutex) TryLock() bool

// Unlock unlocks m. It is a fatal error if m is not locked.
func (m *Mutex) Unlock()

// RWMutex is a lock for one writer or many readers. Its zero value is unlocked. A waiting writer keeps new readers out.
type RWMutex struct {
	w           Mutex // held by a writer
	writerSem   uint32
	readerSem   uint32
	readerCount int32 // readers; less 1<<30 while a writer has announced itself
	readerWait  int32 // readers that the writer waits for
}

// RLock locks rw for reading.
func (rw *RWMutex) RLock()

// TryRLock locks rw for reading if it can at once.
func (rw *RWMutex) TryRLock() bool

// RUnlock undoes one RLock.
func (rw *RWMutex) RUnlock()

// Lock locks rw for writing.
func (rw *RWMutex) Lock() {
	rw.w.Lock()
	rw.awaitReaders()
}

// awaitReaders announces the writer and waits for the readers that are there.
func (rw *RWMutex) awaitReaders()

// TryLock locks rw for writing if it can at once.
func (rw *RWMutex) TryLock() bool {
	if !rw.w.TryLock() {
		return false
	}
	if !atomic.CompareAndSwapInt32(&rw.readerCount, 0, -1<<30) {
		rw.w.Unlock()
		return false
	}
	return true
}

// Unlock undoes Lock.
func (rw *RWMutex) Unlock() {
	rw.admitReaders()
	rw.w.Unlock()
}

// admitReaders lets waiting readers in.
func (rw *RWMutex) admitReaders()

type rlocker RWMutex

func (r *rlocker) Lock()   { (*RWMutex)(r).RLock() }
func (r *rlocker) Unlock() { (*RWMutex)(r).RUnlock() }

// RLocker returns a [Locker] that locks rw for reading.
func (rw *RWMutex) RLocker() Locker { return (*rlocker)(rw) }

// WaitGroup waits for a number of goroutines to finish.
type WaitGroup struct {
	_     noCopy
	state uint64 // counter in the upper half, waiters in the lower
	sema  uint32
}

// Add adds delta to the counter. At 0 those who wait go on; below 0 it panics.
func (wg *WaitGroup) Add(delta int)

// Done is Add(-1).
func (wg *WaitGroup) Done()

// Wait waits until the counter is 0.
func (wg *WaitGroup) Wait()

// Go calls f in a new goroutine that wg counts. f must not panic.
func (wg *WaitGroup) Go(f func()) {
	wg.Add(1)
	go func() {
		defer func() {
			if x := recover(); x != nil {
				panic(x) // without Done: the program ends here, not where somebody waits
			}
			wg.Done()
		}()
		f()
	}()
}

// Once does something once.
type Once struct {
	_    noCopy
	done atomic.Uint32
	m    Mutex
}

// Do calls f if it is the first call of Do for o. It returns when f has returned, whoever calls it.
func (o *Once) Do(f func()) {
	if o.done.Load() == 0 {
		o.slow(f)
	}
}

func (o *Once) slow(f func()) {
	o.m.Lock()
	defer o.m.Unlock()
	if o.done.Load() == 0 {
		defer o.done.Store(1)
		f()
	}
}

// Cond is a place where goroutines wait for something to happen.
type Cond struct {
	_ noCopy

	L Locker // held when the condition is looked at or changed

	notify  notifyList
	checker uintptr // the Cond's own address, to find copies
}

// notifyList is runtime::sema::NotifyList.
type notifyList struct {
	wait, notify uint32
	lock         uint64
	head, tail   unsafe.Pointer
}

func (l *notifyList) add() uint32
func (l *notifyList) sleep(ticket uint32)
func (l *notifyList) wakeAll()
func (l *notifyList) wakeOne()

// NewCond returns a Cond with the lock l.
func NewCond(l Locker) *Cond { return &Cond{L: l} }

func (c *Cond) check() {
	if a := uintptr(unsafe.Pointer(c)); c.checker != a && !atomic.CompareAndSwapUintptr(&c.checker, 0, a) {
		panic("sync.Cond is copied")
	}
}

// Wait unlocks c.L, waits to be woken, and locks c.L again. Look at the condition in a loop.
func (c *Cond) Wait() {
	c.check()
	t := c.notify.add()
	c.L.Unlock()
	c.notify.sleep(t)
	c.L.Lock()
}

// Signal wakes one.
func (c *Cond) Signal() {
	c.check()
	c.notify.wakeOne()
}

// Broadcast wakes all.
func (c *Cond) Broadcast() {
	c.check()
	c.notify.wakeAll()
}

// Pool keeps objects for later use; it may lose any of them at any time. Two collections empty it of what nobody
// fetched between them.
type Pool struct {
	_ noCopy

	// What the collector knows of a pool; see runtime/src/pools.rs.
	lock       uint32
	registered uint32
	head       *poolNode
	victim     *poolNode
	spare      *poolNode

	// New makes an object when Get finds none.
	New func() any
}

// poolNode holds one object.
type poolNode struct {
	next *poolNode
	x    any
}

// push puts x into an unused node, or else into n. It answers false if there is none.
func (p *Pool) push(x any, n *poolNode) bool

// pop takes the object put last, or nil.
func (p *Pool) pop() any

// Put adds x to the pool.
func (p *Pool) Put(x any) {
	if x != nil && !p.push(x, nil) {
		p.push(x, new(poolNode))
	}
}

// Get takes an object out of the pool, or makes one.
func (p *Pool) Get() any {
	if x := p.pop(); x != nil || p.New == nil {
		return x
	}
	return p.New()
}

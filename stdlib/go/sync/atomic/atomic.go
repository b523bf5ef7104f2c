// Package atomic reads and changes memory that goroutines share, in one step each. All operations are in one order
// that every goroutine sees.
package atomic

import "unsafe"

type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

// Int32: the operations on *addr. Swap and Add return the old and the new value, And and Or the old one.

func LoadInt32(addr *int32) (val int32)
func StoreInt32(addr *int32, val int32)
func SwapInt32(addr *int32, new int32) (old int32)
func CompareAndSwapInt32(addr *int32, old, new int32) (swapped bool)
func AddInt32(addr *int32, delta int32) (new int32)
func AndInt32(addr *int32, mask int32) (old int32)
func OrInt32(addr *int32, mask int32) (old int32)

// Int64: the operations on *addr. Swap and Add return the old and the new value, And and Or the old one.

func LoadInt64(addr *int64) (val int64)
func StoreInt64(addr *int64, val int64)
func SwapInt64(addr *int64, new int64) (old int64)
func CompareAndSwapInt64(addr *int64, old, new int64) (swapped bool)
func AddInt64(addr *int64, delta int64) (new int64)
func AndInt64(addr *int64, mask int64) (old int64)
func OrInt64(addr *int64, mask int64) (old int64)

// Uint32: the operations on *addr. Swap and Add return the old and the new value, And and Or the old one.

func LoadUint32(addr *uint32) (val uint32)
func StoreUint32(addr *uint32, val uint32)
func SwapUint32(addr *uint32, new uint32) (old uint32)
func CompareAndSwapUint32(addr *uint32, old, new uint32) (swapped bool)
func AddUint32(addr *uint32, delta uint32) (new uint32)
func AndUint32(addr *uint32, mask uint32) (old uint32)
func OrUint32(addr *uint32, mask uint32) (old uint32)

// Uint64: the operations on *addr. Swap and Add return the old and the new value, And and Or the old one.

func LoadUint64(addr *uint64) (val uint64)
func StoreUint64(addr *uint64, val uint64)
func SwapUint64(addr *uint64, new uint64) (old uint64)
func CompareAndSwapUint64(addr *uint64, old, new uint64) (swapped bool)
func AddUint64(addr *uint64, delta uint64) (new uint64)
func AndUint64(addr *uint64, mask uint64) (old uint64)
func OrUint64(addr *uint64, mask uint64) (old uint64)

// Uintptr: the operations on *addr. Swap and Add return the old and the new value, And and Or the old one.

func LoadUintptr(addr *uintptr) (val uintptr)
func StoreUintptr(addr *uintptr, val uintptr)
func SwapUintptr(addr *uintptr, new uintptr) (old uintptr)
func CompareAndSwapUintptr(addr *uintptr, old, new uintptr) (swapped bool)
func AddUintptr(addr *uintptr, delta uintptr) (new uintptr)
func AndUintptr(addr *uintptr, mask uintptr) (old uintptr)
func OrUintptr(addr *uintptr, mask uintptr) (old uintptr)

// Pointer: the operations on *addr. Swap and Add return the old and the new value, And and Or the old one.

func LoadPointer(addr *unsafe.Pointer) (val unsafe.Pointer)
func StorePointer(addr *unsafe.Pointer, val unsafe.Pointer)
func SwapPointer(addr *unsafe.Pointer, new unsafe.Pointer) (old unsafe.Pointer)
func CompareAndSwapPointer(addr *unsafe.Pointer, old, new unsafe.Pointer) (swapped bool)

// An Int32 is an int32 that is read and changed atomically.
type Int32 struct {
	_ noCopy
	v int32
}

// Load returns the value.
func (x *Int32) Load() int32

// Store sets the value.
func (x *Int32) Store(val int32)

// Swap sets the value and returns the old one.
func (x *Int32) Swap(new int32) (old int32)

// CompareAndSwap sets the value to new if it is old.
func (x *Int32) CompareAndSwap(old, new int32) (swapped bool)

// Add adds delta and returns the new value.
func (x *Int32) Add(delta int32) (new int32)

// And clears bits that are not in mask and returns the old value.
func (x *Int32) And(mask int32) (old int32)

// Or sets the bits of mask and returns the old value.
func (x *Int32) Or(mask int32) (old int32)

// An Int64 is an int64 that is read and changed atomically.
type Int64 struct {
	_ noCopy
	_ align64
	v int64
}

// Load returns the value.
func (x *Int64) Load() int64

// Store sets the value.
func (x *Int64) Store(val int64)

// Swap sets the value and returns the old one.
func (x *Int64) Swap(new int64) (old int64)

// CompareAndSwap sets the value to new if it is old.
func (x *Int64) CompareAndSwap(old, new int64) (swapped bool)

// Add adds delta and returns the new value.
func (x *Int64) Add(delta int64) (new int64)

// And clears bits that are not in mask and returns the old value.
func (x *Int64) And(mask int64) (old int64)

// Or sets the bits of mask and returns the old value.
func (x *Int64) Or(mask int64) (old int64)

// A Uint32 is a uint32 that is read and changed atomically.
type Uint32 struct {
	_ noCopy
	v uint32
}

// Load returns the value.
func (x *Uint32) Load() uint32

// Store sets the value.
func (x *Uint32) Store(val uint32)

// Swap sets the value and returns the old one.
func (x *Uint32) Swap(new uint32) (old uint32)

// CompareAndSwap sets the value to new if it is old.
func (x *Uint32) CompareAndSwap(old, new uint32) (swapped bool)

// Add adds delta and returns the new value.
func (x *Uint32) Add(delta uint32) (new uint32)

// And clears bits that are not in mask and returns the old value.
func (x *Uint32) And(mask uint32) (old uint32)

// Or sets the bits of mask and returns the old value.
func (x *Uint32) Or(mask uint32) (old uint32)

// A Uint64 is a uint64 that is read and changed atomically.
type Uint64 struct {
	_ noCopy
	_ align64
	v uint64
}

// Load returns the value.
func (x *Uint64) Load() uint64

// Store sets the value.
func (x *Uint64) Store(val uint64)

// Swap sets the value and returns the old one.
func (x *Uint64) Swap(new uint64) (old uint64)

// CompareAndSwap sets the value to new if it is old.
func (x *Uint64) CompareAndSwap(old, new uint64) (swapped bool)

// Add adds delta and returns the new value.
func (x *Uint64) Add(delta uint64) (new uint64)

// And clears bits that are not in mask and returns the old value.
func (x *Uint64) And(mask uint64) (old uint64)

// Or sets the bits of mask and returns the old value.
func (x *Uint64) Or(mask uint64) (old uint64)

// A Uintptr is a uintptr that is read and changed atomically.
type Uintptr struct {
	_ noCopy
	v uintptr
}

// Load returns the value.
func (x *Uintptr) Load() uintptr

// Store sets the value.
func (x *Uintptr) Store(val uintptr)

// Swap sets the value and returns the old one.
func (x *Uintptr) Swap(new uintptr) (old uintptr)

// CompareAndSwap sets the value to new if it is old.
func (x *Uintptr) CompareAndSwap(old, new uintptr) (swapped bool)

// Add adds delta and returns the new value.
func (x *Uintptr) Add(delta uintptr) (new uintptr)

// And clears bits that are not in mask and returns the old value.
func (x *Uintptr) And(mask uintptr) (old uintptr)

// Or sets the bits of mask and returns the old value.
func (x *Uintptr) Or(mask uintptr) (old uintptr)

// align64 asks for alignment to 8 bytes where a uint64 has less.
type align64 struct{}

// A Bool is a bool that is read and changed atomically.
type Bool struct {
	_ noCopy
	v uint32
}

// Load returns the value.
func (x *Bool) Load() bool

// Store sets the value.
func (x *Bool) Store(val bool)

// Swap sets the value and returns the old one.
func (x *Bool) Swap(new bool) (old bool)

// CompareAndSwap sets the value to new if it is old.
func (x *Bool) CompareAndSwap(old, new bool) (swapped bool)

// A Pointer is a *T that is read and changed atomically.
type Pointer[T any] struct {
	_ [0]*T // no conversion between Pointers of different types
	_ noCopy
	v unsafe.Pointer
}

// Load returns the value.
func (x *Pointer[T]) Load() *T

// Store sets the value.
func (x *Pointer[T]) Store(val *T)

// Swap sets the value and returns the old one.
func (x *Pointer[T]) Swap(new *T) (old *T)

// CompareAndSwap sets the value to new if it is old.
func (x *Pointer[T]) CompareAndSwap(old, new *T) (swapped bool)

// A Value holds a value of any one type, nil at first, that is read and changed atomically.
type Value struct {
	v any
}

// Load returns the value set last, or nil.
func (v *Value) Load() (val any)

// Store sets the value. It panics if val is nil or of another type than before.
func (v *Value) Store(val any)

// Swap sets the value and returns the old one. It panics if new is nil or of another type than before.
func (v *Value) Swap(new any) (old any)

// replace sets the value to new if it still is old, bit by bit.
func (v *Value) replace(old, new any) bool

// sameType reports whether two values have the same dynamic type.
func sameType(a, b any) bool

// CompareAndSwap sets the value to new if it is old. It panics if new is nil or of another type than old or before.
func (v *Value) CompareAndSwap(old, new any) (swapped bool) {
	if new == nil {
		panic("sync/atomic: compare and swap of nil value into Value")
	}
	if old != nil && !sameType(old, new) {
		panic("sync/atomic: compare and swap of inconsistently typed values")
	}
	for {
		cur := v.Load()
		if cur != nil && !sameType(cur, new) {
			panic("sync/atomic: compare and swap of inconsistently typed value into Value")
		}
		if cur != old {
			return false
		}
		if v.replace(cur, new) {
			return true
		}
	}
}

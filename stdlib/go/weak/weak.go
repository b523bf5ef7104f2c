// Package weak has pointers that do not keep what they point at.
package weak

import "unsafe"

// Pointer points at a T as long as something else does. Two are equal exactly if they were made from equal pointers.
type Pointer[T any] struct {
	_    [0]*T
	cell unsafe.Pointer // a word that the collector clears, or what is pointed at if it never goes
	off  uintptr        // into the object
}

const forever = ^uintptr(0)

// Native: the word of the object that ptr points into, and how far; and what a word holds.
func cellOf(ptr unsafe.Pointer) (cell unsafe.Pointer, off uintptr)
func load(cell unsafe.Pointer) unsafe.Pointer

// Make returns a weak pointer.
func Make[T any](ptr *T) Pointer[T] {
	if ptr == nil {
		return Pointer[T]{}
	}
	cell, off := cellOf(unsafe.Pointer(ptr))
	return Pointer[T]{cell: cell, off: off}
}

// Value returns the pointer, or nil if what it pointed at is gone.
func (p Pointer[T]) Value() *T {
	switch {
	case p.cell == nil:
		return nil
	case p.off == forever:
		return (*T)(p.cell)
	}
	object := load(p.cell)
	if object == nil {
		return nil
	}
	return (*T)(unsafe.Add(object, p.off))
}

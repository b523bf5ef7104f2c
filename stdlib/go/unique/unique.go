// Package unique makes one handle of all equal values, so that comparing them is comparing pointers.
package unique

import (
	"strings"
	"sync"
	"unsafe"
)

// Handle stands for a value. Two are equal exactly if their values are.
type Handle[T comparable] struct{ value *T }

// Value returns a copy of the value.
func (h Handle[T]) Value() T { return *h.value }

var (
	mu    sync.Mutex
	known = map[any]unsafe.Pointer{}
)

// Make returns the handle of a value.
func Make[T comparable](value T) Handle[T] {
	mu.Lock()
	defer mu.Unlock()
	// The map's key has the dynamic type, so an interface type needs to be told from its contents.
	type of struct{ v T }
	if p := known[of{value}]; p != nil {
		return Handle[T]{(*T)(p)}
	}
	p := new(value)
	if s, ok := any(p).(*string); ok {
		*s = strings.Clone(*s) // what it was a part of can go
	}
	if *p == *p { // what is not equal to itself cannot be found again
		known[of{*p}] = unsafe.Pointer(p)
	}
	return Handle[T]{p}
}

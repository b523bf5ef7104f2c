// Package heap orders any [Interface] as a binary heap whose smallest element is at index 0.
package heap

import "sort"

// Interface is what a heap is made of. Push and Pop add and remove the last element: call [Push] and [Pop]
// of this package to keep the order.
type Interface interface {
	sort.Interface
	Push(x any)
	Pop() any
}

// Init establishes the order. O(n).
func Init(h Interface) {
	n := h.Len()
	for i := n/2 - 1; i >= 0; i-- {
		down(h, i, n)
	}
}

// Push adds x.
func Push(h Interface, x any) {
	h.Push(x)
	up(h, h.Len()-1)
}

// Pop removes the smallest element and returns it.
func Pop(h Interface) any {
	n := h.Len() - 1
	h.Swap(0, n)
	down(h, 0, n)
	return h.Pop()
}

// Remove removes the element at index i and returns it.
func Remove(h Interface, i int) any {
	n := h.Len() - 1
	if n != i {
		h.Swap(i, n)
		if !down(h, i, n) {
			up(h, i)
		}
	}
	return h.Pop()
}

// Fix restores the order after the element at index i has changed.
func Fix(h Interface, i int) {
	if !down(h, i, h.Len()) {
		up(h, i)
	}
}

func up(h Interface, i int) {
	for i > 0 {
		p := (i - 1) / 2
		if !h.Less(i, p) {
			return
		}
		h.Swap(p, i)
		i = p
	}
}

func down(h Interface, i, n int) bool {
	start := i
	for {
		c := 2*i + 1
		if c >= n || c < 0 { // negative: overflow
			break
		}
		if c+1 < n && h.Less(c+1, c) {
			c++
		}
		if !h.Less(c, i) {
			break
		}
		h.Swap(i, c)
		i = c
	}
	return i > start
}

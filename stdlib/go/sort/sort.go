// Package sort sorts slices and other ordered collections.
package sort

import (
	"math/bits"
	"unsafe"
)

// Interface is a collection that can be sorted: its elements are named by index.
type Interface interface {
	Len() int
	Less(i, j int) bool
	Swap(i, j int)
}

// Sort sorts data in ascending order. The order of equal elements is not kept.
func Sort(data Interface) {
	n := data.Len()
	pdq(data, 0, n, bits.Len(uint(n)))
}

// Stable sorts data and keeps the order of equal elements.
func Stable(data Interface) { stable(data, data.Len()) }

// IsSorted reports whether data is sorted.
func IsSorted(data Interface) bool {
	for i := data.Len() - 1; i > 0; i-- {
		if data.Less(i, i-1) {
			return false
		}
	}
	return true
}

type reverse struct {
	Interface
}

func (r reverse) Less(i, j int) bool { return r.Interface.Less(j, i) }

// Reverse returns data in reverse order.
func Reverse(data Interface) Interface { return &reverse{data} }

// anySlice is a slice of unknown element type as an [Interface].
type anySlice struct {
	ptr  unsafe.Pointer
	n    int
	size uintptr
	less func(i, j int) bool
}

func (s *anySlice) Len() int           { return s.n }
func (s *anySlice) Less(i, j int) bool { return s.less(i, j) }
func (s *anySlice) Swap(i, j int)      { swap(s.ptr, s.size, i, j) }

// sliceOf returns the parts of the slice x and panics if it is none.
func sliceOf(x any) (ptr unsafe.Pointer, n int, elemSize uintptr)

// swap exchanges two elements of size bytes.
func swap(ptr unsafe.Pointer, size uintptr, i, j int)

// Slice sorts the slice x by less. The order of equal elements is not kept. It panics if x is not a slice.
func Slice(x any, less func(i, j int) bool) {
	p, n, size := sliceOf(x)
	pdq(&anySlice{p, n, size, less}, 0, n, bits.Len(uint(n)))
}

// SliceStable sorts the slice x by less and keeps the order of equal elements. It panics if x is not a slice.
func SliceStable(x any, less func(i, j int) bool) {
	p, n, size := sliceOf(x)
	stable(&anySlice{p, n, size, less}, n)
}

// SliceIsSorted reports whether the slice x is sorted by less. It panics if x is not a slice.
func SliceIsSorted(x any, less func(i, j int) bool) bool {
	_, n, _ := sliceOf(x)
	for i := n - 1; i > 0; i-- {
		if less(i, i-1) {
			return false
		}
	}
	return true
}

// IntSlice orders a []int.
type IntSlice []int

func (x IntSlice) Len() int           { return len(x) }
func (x IntSlice) Less(i, j int) bool { return x[i] < x[j] }
func (x IntSlice) Swap(i, j int)      { x[i], x[j] = x[j], x[i] }

// Sort sorts x.
func (x IntSlice) Sort() { Ints(x) }

// Search is [SearchInts].
func (p IntSlice) Search(x int) int { return SearchInts(p, x) }

// Float64Slice orders a []float64, NaNs first.
type Float64Slice []float64

func (x Float64Slice) Len() int           { return len(x) }
func (x Float64Slice) Less(i, j int) bool { return x[i] < x[j] || x[i] != x[i] && x[j] == x[j] }
func (x Float64Slice) Swap(i, j int)      { x[i], x[j] = x[j], x[i] }

// Sort sorts x.
func (x Float64Slice) Sort() { Float64s(x) }

// Search is [SearchFloat64s].
func (p Float64Slice) Search(x float64) int { return SearchFloat64s(p, x) }

// StringSlice orders a []string.
type StringSlice []string

func (x StringSlice) Len() int           { return len(x) }
func (x StringSlice) Less(i, j int) bool { return x[i] < x[j] }
func (x StringSlice) Swap(i, j int)      { x[i], x[j] = x[j], x[i] }

// Sort sorts x.
func (x StringSlice) Sort() { Strings(x) }

// Search is [SearchStrings].
func (p StringSlice) Search(x string) int { return SearchStrings(p, x) }

// Ints sorts x in ascending order.
func Ints(x []int)

// Float64s sorts x in ascending order, NaNs first.
func Float64s(x []float64)

// Strings sorts x in ascending order.
func Strings(x []string)

// IntsAreSorted reports whether x is in ascending order.
func IntsAreSorted(x []int) bool { return IsSorted(IntSlice(x)) }

// Float64sAreSorted reports whether x is in ascending order, NaNs first.
func Float64sAreSorted(x []float64) bool { return IsSorted(Float64Slice(x)) }

// StringsAreSorted reports whether x is in ascending order.
func StringsAreSorted(x []string) bool { return IsSorted(StringSlice(x)) }

// Search returns the smallest i in [0, n) at which f is true, given that f is true from there on; n if there is none.
func Search(n int, f func(int) bool) int {
	lo, hi := 0, n
	for lo < hi {
		m := int(uint(lo+hi) >> 1)
		if f(m) {
			hi = m
		} else {
			lo = m + 1
		}
	}
	return lo
}

// Find returns the smallest i in [0, n) at which cmp(i) <= 0, and whether cmp(i) == 0. cmp must fall with i.
func Find(n int, cmp func(int) int) (i int, found bool) {
	i = Search(n, func(i int) bool { return cmp(i) <= 0 })
	return i, i < n && cmp(i) == 0
}

// SearchInts returns where x is in the sorted slice a, or where it would be inserted.
func SearchInts(a []int, x int) int {
	return Search(len(a), func(i int) bool { return a[i] >= x })
}

// SearchFloat64s returns where x is in the sorted slice a, or where it would be inserted.
func SearchFloat64s(a []float64, x float64) int {
	return Search(len(a), func(i int) bool { return a[i] >= x })
}

// SearchStrings returns where x is in the sorted slice a, or where it would be inserted.
func SearchStrings(a []string, x string) int {
	return Search(len(a), func(i int) bool { return a[i] >= x })
}

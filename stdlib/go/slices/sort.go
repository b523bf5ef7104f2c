package slices

import (
	"cmp"
	"math/bits"
)

// Sort sorts x in ascending order, NaNs first.
func Sort[S ~[]E, E cmp.Ordered](x S) { sortOrdered(x) }

// sortOrdered sorts x, a slice of an ordered type.
func sortOrdered(x any)

// SortFunc sorts x by cmp. The order of equal elements is not kept.
func SortFunc[S ~[]E, E any](x S, cmp func(a, b E) int) {
	pdq([]E(x), 0, len(x), bits.Len(uint(len(x))), cmp)
}

// SortStableFunc sorts x by cmp and keeps the order of equal elements.
func SortStableFunc[S ~[]E, E any](x S, cmp func(a, b E) int) {
	n := len(x)
	size := 16
	for a := 0; a < n; a += size {
		insertionSort([]E(x), a, min(a+size, n), cmp)
	}
	if size >= n {
		return
	}
	from, to := []E(x), make([]E, n)
	for ; size < n; size *= 2 {
		for a := 0; a < n; a += 2 * size {
			i, m, b := a, min(a+size, n), min(a+2*size, n)
			j, k := m, a
			for i < m && j < b {
				if cmp(from[j], from[i]) < 0 {
					to[k] = from[j]
					j++
				} else {
					to[k] = from[i]
					i++
				}
				k++
			}
			k += copy(to[k:], from[i:m])
			copy(to[k:], from[j:b])
		}
		from, to = to, from
	}
	copy(x, from) // nothing, if they are the same
}

// IsSorted reports whether x is in ascending order.
func IsSorted[S ~[]E, E cmp.Ordered](x S) bool {
	for i := len(x) - 1; i > 0; i-- {
		if cmp.Less(x[i], x[i-1]) {
			return false
		}
	}
	return true
}

// IsSortedFunc reports whether x is in ascending order by cmp.
func IsSortedFunc[S ~[]E, E any](x S, cmp func(a, b E) int) bool {
	for i := len(x) - 1; i > 0; i-- {
		if cmp(x[i], x[i-1]) < 0 {
			return false
		}
	}
	return true
}

// Min returns the least element, NaN if there is one. It panics if x is empty.
func Min[S ~[]E, E cmp.Ordered](x S) E {
	if len(x) < 1 {
		panic("slices.Min: empty list")
	}
	m := x[0]
	for _, v := range x[1:] {
		m = min(m, v)
	}
	return m
}

// MinFunc returns the first least element by cmp. It panics if x is empty.
func MinFunc[S ~[]E, E any](x S, cmp func(a, b E) int) E {
	if len(x) < 1 {
		panic("slices.MinFunc: empty list")
	}
	m := x[0]
	for _, v := range x[1:] {
		if cmp(v, m) < 0 {
			m = v
		}
	}
	return m
}

// Max returns the greatest element, NaN if there is one. It panics if x is empty.
func Max[S ~[]E, E cmp.Ordered](x S) E {
	if len(x) < 1 {
		panic("slices.Max: empty list")
	}
	m := x[0]
	for _, v := range x[1:] {
		m = max(m, v)
	}
	return m
}

// MaxFunc returns the first greatest element by cmp. It panics if x is empty.
func MaxFunc[S ~[]E, E any](x S, cmp func(a, b E) int) E {
	if len(x) < 1 {
		panic("slices.MaxFunc: empty list")
	}
	m := x[0]
	for _, v := range x[1:] {
		if cmp(v, m) > 0 {
			m = v
		}
	}
	return m
}

// BinarySearch finds target in the sorted slice x: its index and true, or where it would be inserted and false.
func BinarySearch[S ~[]E, E cmp.Ordered](x S, target E) (int, bool) {
	lo, hi := 0, len(x)
	for lo < hi {
		m := int(uint(lo+hi) >> 1)
		if cmp.Less(x[m], target) {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo, lo < len(x) && (x[lo] == target || x[lo] != x[lo] && target != target)
}

// BinarySearchFunc is like [BinarySearch], with elements compared to target by cmp.
func BinarySearchFunc[S ~[]E, E, T any](x S, target T, cmp func(E, T) int) (int, bool) {
	lo, hi := 0, len(x)
	for lo < hi {
		m := int(uint(lo+hi) >> 1)
		if cmp(x[m], target) < 0 {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo, lo < len(x) && cmp(x[lo], target) == 0
}

// pdq is sort/pdq.go over a slice: the same comparisons and exchanges in the same order.
func pdq[E any](x []E, a, b, bad int, cmp func(E, E) int) {
	balanced, ordered := true, true
	for b-a > 12 {
		n := b - a
		if bad == 0 {
			heapSort(x[a:b], cmp)
			return
		}
		if !balanced {
			scatter(x[a:b])
			bad--
		}
		p, swaps := choosePivot(x, a, b, cmp)
		rising := swaps == 0
		if swaps == 12 {
			Reverse(x[a:b])
			p = a + b - 1 - p
			rising = true
		}
		if balanced && ordered && rising && almostSorted(x, a, b, cmp) {
			return
		}
		x[a], x[p] = x[p], x[a]
		if a > 0 && cmp(x[a-1], x[a]) >= 0 {
			a = partitionEqual(x, a, b, cmp)
			continue
		}
		var mid int
		mid, ordered = partition(x, a, b, cmp)
		left, right := mid-a, b-mid
		if left < right {
			balanced = left >= n/8
			pdq(x, a, mid, bad, cmp)
			a = mid + 1
		} else {
			balanced = right >= n/8
			pdq(x, mid+1, b, bad, cmp)
			b = mid
		}
	}
	insertionSort(x, a, b, cmp)
}

func insertionSort[E any](x []E, a, b int, cmp func(E, E) int) {
	for i := a + 1; i < b; i++ {
		v := x[i]
		j := i
		for ; j > a && cmp(v, x[j-1]) < 0; j-- {
			x[j] = x[j-1]
		}
		x[j] = v
	}
}

func heapSort[E any](x []E, cmp func(E, E) int) {
	n := len(x)
	for i := (n - 1) / 2; i >= 0; i-- {
		siftDown(x, i, n, cmp)
	}
	for i := n - 1; i >= 0; i-- {
		x[0], x[i] = x[i], x[0]
		siftDown(x, 0, i, cmp)
	}
}

func siftDown[E any](x []E, i, n int, cmp func(E, E) int) {
	for {
		c := 2*i + 1
		if c >= n {
			return
		}
		if c+1 < n && cmp(x[c], x[c+1]) < 0 {
			c++
		}
		if cmp(x[i], x[c]) >= 0 {
			return
		}
		x[i], x[c] = x[c], x[i]
		i = c
	}
}

// partition is called with the pivot at x[a].
func partition[E any](x []E, a, b int, cmp func(E, E) int) (mid int, ordered bool) {
	i, j := a+1, b-1
	for ordered = true; ; ordered = false {
		for i <= j && cmp(x[i], x[a]) < 0 {
			i++
		}
		for i <= j && cmp(x[j], x[a]) >= 0 {
			j--
		}
		if i > j {
			x[j], x[a] = x[a], x[j]
			return j, ordered
		}
		x[i], x[j] = x[j], x[i]
		i++
		j--
	}
}

func partitionEqual[E any](x []E, a, b int, cmp func(E, E) int) int {
	i, j := a+1, b-1
	for {
		for i <= j && cmp(x[a], x[i]) >= 0 {
			i++
		}
		for i <= j && cmp(x[a], x[j]) < 0 {
			j--
		}
		if i > j {
			return i
		}
		x[i], x[j] = x[j], x[i]
		i++
		j--
	}
}

func almostSorted[E any](x []E, a, b int, cmp func(E, E) int) bool {
	i := a + 1
	for range 5 {
		for i < b && cmp(x[i], x[i-1]) >= 0 {
			i++
		}
		if i == b {
			return true
		}
		if b-a < 50 {
			return false
		}
		x[i], x[i-1] = x[i-1], x[i]
		if i-a >= 2 {
			for j := i - 1; j >= 1 && cmp(x[j], x[j-1]) < 0; j-- {
				x[j], x[j-1] = x[j-1], x[j]
			}
		}
		if b-i >= 2 {
			for j := i + 1; j < b && cmp(x[j], x[j-1]) < 0; j++ {
				x[j], x[j-1] = x[j-1], x[j]
			}
		}
	}
	return false
}

func scatter[E any](x []E) {
	n := len(x)
	if n < 8 {
		return
	}
	r := uint64(n)
	mask := uint64(1)<<bits.Len(uint(n)) - 1
	for i := n/4*2 - 1; i <= n/4*2+1; i++ {
		r ^= r << 13
		r ^= r >> 7
		r ^= r << 17
		k := int(r & mask)
		if k >= n {
			k -= n
		}
		x[i], x[k] = x[k], x[i]
	}
}

func choosePivot[E any](x []E, a, b int, cmp func(E, E) int) (p, swaps int) {
	n := b - a
	i, j, k := a+n/4, a+n/4*2, a+n/4*3
	if n >= 50 {
		i = median(x, i-1, i, i+1, &swaps, cmp)
		j = median(x, j-1, j, j+1, &swaps, cmp)
		k = median(x, k-1, k, k+1, &swaps, cmp)
	}
	if n >= 8 {
		j = median(x, i, j, k, &swaps, cmp)
	}
	return j, swaps
}

func median[E any](x []E, a, b, c int, swaps *int, cmp func(E, E) int) int {
	if cmp(x[b], x[a]) < 0 {
		*swaps++
		a, b = b, a
	}
	if cmp(x[c], x[b]) < 0 {
		*swaps++
		b = c
	}
	if cmp(x[b], x[a]) < 0 {
		*swaps++
		b = a
	}
	return b
}

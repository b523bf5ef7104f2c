package sort

import "math/bits"

// pdq sorts data[a:b] by pattern-defeating quicksort (Orson Peters, arXiv 2106.05123). bad is the number of
// unbalanced partitions after which it gives up and uses a heap.
//
// Where equal elements end up is visible to programs, so every comparison and exchange is made as gc's library
// makes it. Keep it so, and keep slices/sort.go in step.
func pdq(data Interface, a, b, bad int) {
	balanced, ordered := true, true // the last partition: was it even, was nothing out of place
	for b-a > 12 {
		n := b - a
		if bad == 0 {
			heapSort(data, a, b)
			return
		}
		if !balanced {
			scatter(data, a, b)
			bad--
		}
		p, swaps := choosePivot(data, a, b)
		rising := swaps == 0
		if swaps == 12 { // every comparison was the wrong way round: descending
			reverseRange(data, a, b)
			p = a + b - 1 - p
			rising = true
		}
		if balanced && ordered && rising && almostSorted(data, a, b) {
			return
		}
		if a > 0 && !data.Less(a-1, p) { // many equal to the pivot: none is smaller
			a = partitionEqual(data, a, b, p)
			continue
		}
		var mid int
		mid, ordered = partition(data, a, b, p)
		left, right := mid-a, b-mid
		if left < right {
			balanced = left >= n/8
			pdq(data, a, mid, bad)
			a = mid + 1
		} else {
			balanced = right >= n/8
			pdq(data, mid+1, b, bad)
			b = mid
		}
	}
	insertionSort(data, a, b)
}

func reverseRange(data Interface, a, b int) {
	for i, j := a, b-1; i < j; i, j = i+1, j-1 {
		data.Swap(i, j)
	}
}

func insertionSort(data Interface, a, b int) {
	for i := a + 1; i < b; i++ {
		for j := i; j > a && data.Less(j, j-1); j-- {
			data.Swap(j, j-1)
		}
	}
}

func heapSort(data Interface, a, b int) {
	n := b - a
	for i := (n - 1) / 2; i >= 0; i-- {
		siftDown(data, a, i, n)
	}
	for i := n - 1; i >= 0; i-- {
		data.Swap(a, a+i)
		siftDown(data, a, 0, i)
	}
}

func siftDown(data Interface, a, i, n int) {
	for {
		c := 2*i + 1
		if c >= n {
			return
		}
		if c+1 < n && data.Less(a+c, a+c+1) {
			c++
		}
		if !data.Less(a+i, a+c) {
			return
		}
		data.Swap(a+i, a+c)
		i = c
	}
}

// partition moves what is less than data[p] to the front, and returns where the pivot ends up and whether
// nothing had to be moved.
func partition(data Interface, a, b, p int) (mid int, ordered bool) {
	data.Swap(a, p)
	i, j := a+1, b-1
	for ordered = true; ; ordered = false {
		for i <= j && data.Less(i, a) {
			i++
		}
		for i <= j && !data.Less(j, a) {
			j--
		}
		if i > j {
			data.Swap(j, a)
			return j, ordered
		}
		data.Swap(i, j)
		i++
		j--
	}
}

// partitionEqual moves what equals data[p] to the front and returns where the rest begins. Nothing may be less.
func partitionEqual(data Interface, a, b, p int) int {
	data.Swap(a, p)
	i, j := a+1, b-1
	for {
		for i <= j && !data.Less(a, i) {
			i++
		}
		for i <= j && data.Less(a, j) {
			j--
		}
		if i > j {
			return i
		}
		data.Swap(i, j)
		i++
		j--
	}
}

// almostSorted repairs up to five faults in data[a:b] and reports whether it is sorted then.
func almostSorted(data Interface, a, b int) bool {
	i := a + 1
	for range 5 {
		for i < b && !data.Less(i, i-1) {
			i++
		}
		if i == b {
			return true
		}
		if b-a < 50 {
			return false
		}
		data.Swap(i, i-1)
		if i-a >= 2 {
			for j := i - 1; j >= 1 && data.Less(j, j-1); j-- {
				data.Swap(j, j-1)
			}
		}
		if b-i >= 2 {
			for j := i + 1; j < b && data.Less(j, j-1); j++ {
				data.Swap(j, j-1)
			}
		}
	}
	return false
}

// scatter moves three elements of the middle to places drawn from a generator seeded with the length.
func scatter(data Interface, a, b int) {
	n := b - a
	if n < 8 {
		return
	}
	x := uint64(n)
	mask := uint64(1)<<bits.Len(uint(n)) - 1
	for i := a + n/4*2 - 1; i <= a+n/4*2+1; i++ {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		k := int(x & mask)
		if k >= n {
			k -= n
		}
		data.Swap(i, a+k)
	}
}

// choosePivot returns a median of three, or of three medians, and how many of its comparisons found disorder.
func choosePivot(data Interface, a, b int) (p, swaps int) {
	n := b - a
	i, j, k := a+n/4, a+n/4*2, a+n/4*3
	if n >= 50 {
		i = median(data, i-1, i, i+1, &swaps)
		j = median(data, j-1, j, j+1, &swaps)
		k = median(data, k-1, k, k+1, &swaps)
	}
	if n >= 8 {
		j = median(data, i, j, k, &swaps)
	}
	return j, swaps
}

func median(data Interface, a, b, c int, swaps *int) int {
	if data.Less(b, a) {
		*swaps++
		a, b = b, a
	}
	if data.Less(c, b) {
		*swaps++
		b = c
	}
	if data.Less(b, a) {
		*swaps++
		b = a
	}
	return b
}

// stable sorts by insertion in blocks of 20 and merges them in place.
func stable(data Interface, n int) {
	size := 20
	for a := 0; a < n; a += size {
		insertionSort(data, a, min(a+size, n))
	}
	for ; size < n; size *= 2 {
		for a := 0; a+size < n; a += 2 * size {
			merge(data, a, a+size, min(a+2*size, n))
		}
	}
}

// merge merges the sorted data[a:m] and data[m:b] without a buffer (SymMerge, Kim and Kutzner, ESA 2004).
func merge(data Interface, a, m, b int) {
	switch {
	case m-a == 1: // one on the left: find its place in the right
		k := m + Search(b-m, func(i int) bool { return !data.Less(m+i, a) })
		for i := a; i < k-1; i++ {
			data.Swap(i, i+1)
		}
		return
	case b-m == 1:
		k := a + Search(m-a, func(i int) bool { return data.Less(m, a+i) })
		for i := m; i > k; i-- {
			data.Swap(i, i-1)
		}
		return
	}
	mid := int(uint(a+b) >> 1)
	n := mid + m
	lo, hi := a, m
	if m > mid {
		lo, hi = n-b, mid
	}
	lo += Search(hi-lo, func(i int) bool { return data.Less(n-1-lo-i, lo+i) })
	end := n - lo
	if lo < m && m < end {
		rotate(data, lo, m, end)
	}
	if a < lo && lo < mid {
		merge(data, a, lo, mid)
	}
	if mid < end && end < b {
		merge(data, mid, end, b)
	}
}

// rotate exchanges the neighbouring blocks data[a:m] and data[m:b].
func rotate(data Interface, a, m, b int) {
	i, j := m-a, b-m
	for i != j {
		if i > j {
			swapBlocks(data, m-i, m, j)
			i -= j
		} else {
			swapBlocks(data, m-i, m+j-i, i)
			j -= i
		}
	}
	swapBlocks(data, m-i, m, i)
}

func swapBlocks(data Interface, a, b, n int) {
	for i := 0; i < n; i++ {
		data.Swap(a+i, b+i)
	}
}

// Package ring is a circular list.
package ring

// Ring is an element of a circular list, and stands for the whole. The zero value is a ring of one element.
type Ring struct {
	next, prev *Ring
	Value      any // for the user
}

func (r *Ring) ready() *Ring {
	if r.next == nil {
		r.next, r.prev = r, r
	}
	return r
}

// Next returns the next element.
func (r *Ring) Next() *Ring { return r.ready().next }

// Prev returns the previous element.
func (r *Ring) Prev() *Ring { return r.ready().prev }

// Move moves n elements backward (n < 0) or forward and returns the element reached.
func (r *Ring) Move(n int) *Ring {
	r.ready()
	for ; n < 0; n++ {
		r = r.prev
	}
	for ; n > 0; n-- {
		r = r.next
	}
	return r
}

// New makes a ring of n elements.
func New(n int) *Ring {
	if n <= 0 {
		return nil
	}
	r := new(Ring).ready()
	for ; n > 1; n-- {
		r.prev.Link(new(Ring))
	}
	return r
}

// Link puts s behind r and returns what was behind r. If both are in one ring, the elements between them are cut out.
func (r *Ring) Link(s *Ring) *Ring {
	n := r.Next()
	if s != nil {
		p := s.Prev()
		r.next, s.prev = s, r
		n.prev, p.next = p, n
	}
	return n
}

// Unlink cuts n%r.Len() elements out, starting behind r, and returns them.
func (r *Ring) Unlink(n int) *Ring {
	if n <= 0 {
		return nil
	}
	return r.Link(r.Move(n + 1))
}

// Len returns the number of elements.
func (r *Ring) Len() int {
	n := 0
	if r != nil {
		n = 1
		for p := r.Next(); p != r; p = p.next {
			n++
		}
	}
	return n
}

// Do calls f with each value, forward.
func (r *Ring) Do(f func(any)) {
	if r != nil {
		f(r.Value)
		for p := r.Next(); p != r; p = p.next {
			f(p.Value)
		}
	}
}

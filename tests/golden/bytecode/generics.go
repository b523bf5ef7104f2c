// minigo: dump -bytecode
// One copy of generic code for each list of type arguments; a loop over a function calls its body.
package main

type number interface{ ~int | ~float64 }

func sum[T number](xs ...T) (s T) {
	for _, x := range xs {
		s += x
	}
	return s
}

type stack[T any] struct{ items []T }

func (s *stack[T]) push(x T) { s.items = append(s.items, x) }

func (s *stack[T]) all() func(func(int, T) bool) {
	return func(yield func(int, T) bool) {
		for i, x := range s.items {
			if !yield(i, x) {
				return
			}
		}
	}
}

func find(s *stack[string], want string) int {
	for i, x := range s.all() {
		if x == want {
			return i
		}
	}
	return -1
}

func main() {
	_ = sum(1, 2)
	_ = sum(1.5)
	var s stack[string]
	s.push("a")
	_ = find(&s, "a")
}

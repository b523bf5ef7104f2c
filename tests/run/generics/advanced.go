// Recursive constraints, generic methods through interfaces, closures in generic code, aliases, static dispatch on type sets.
package main

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"sync"
)

type Eq[T any] interface{ Equal(T) bool }

type point struct{ x, y int }

func (p point) Equal(q point) bool { return p == q }

func IndexEq[T Eq[T]](xs []T, x T) int {
	for i, v := range xs {
		if v.Equal(x) {
			return i
		}
	}
	return -1
}

type Node[K cmp.Ordered, V any] struct {
	key         K
	val         V
	left, right *Node[K, V]
}
type OrderedMap[K cmp.Ordered, V any] struct {
	root *Node[K, V]
	n    int
}

func (m *OrderedMap[K, V]) find(k K) **Node[K, V] {
	p := &m.root
	for *p != nil && (*p).key != k {
		if k < (*p).key {
			p = &(*p).left
		} else {
			p = &(*p).right
		}
	}
	return p
}
func (m *OrderedMap[K, V]) Set(k K, v V) {
	p := m.find(k)
	if *p == nil {
		*p = &Node[K, V]{key: k}
		m.n++
	}
	(*p).val = v
}
func (m *OrderedMap[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		var walk func(n *Node[K, V]) bool
		walk = func(n *Node[K, V]) bool {
			return n == nil || walk(n.left) && yield(n.key, n.val) && walk(n.right)
		}
		walk(m.root)
	}
}

type Container[T any] interface {
	Put(T)
	Get() T
}
type box[T any] struct{ v T }

func (b *box[T]) Put(v T) { b.v = v }
func (b *box[T]) Get() T  { return b.v }

type ring[T any] struct {
	items []T
	next  int
}

func (r *ring[T]) Put(v T) { r.items[r.next%len(r.items)] = v; r.next++ }
func (r *ring[T]) Get() T  { return r.items[(r.next-1)%len(r.items)] }

func use[C Container[T], T any](c C, v T) T { c.Put(v); return c.Get() }

type Num interface{ ~int | ~float64 }

func Curry[A, B, C any](f func(A, B) C) func(A) func(B) C {
	return func(a A) func(B) C { return func(b B) C { return f(a, b) } }
}

func Counter[T comparable]() (add func(T) int, all func() map[T]int) {
	m := map[T]int{}
	return func(t T) int { m[t]++; return m[t] }, func() map[T]int { return m }
}

type Option[T any] struct {
	v  T
	ok bool
}

func Some[T any](v T) Option[T] { return Option[T]{v, true} }
func None[T any]() Option[T]    { return Option[T]{} }
func (o Option[T]) OrElse(d T) T {
	if o.ok {
		return o.v
	}
	return d
}

type Result[T any] struct {
	Option[T]
	err error
}

type A1[T any] = map[string]T
type Func[T any] func(T) T

func (f Func[T]) Twice(x T) T { return f(f(x)) }

type Matrix[T Num] [2][2]T

func (m Matrix[T]) Mul(o Matrix[T]) (r Matrix[T]) {
	for i := range 2 {
		for j := range 2 {
			for k := range 2 {
				r[i][j] += m[i][k] * o[k][j]
			}
		}
	}
	return
}

type Locked[T any] struct {
	mu sync.Mutex
	v  T
}

func (l *Locked[T]) With(f func(*T)) { l.mu.Lock(); defer l.mu.Unlock(); f(&l.v) }

func parallel[T, U any](xs []T, f func(T) U) []U {
	out := make([]U, len(xs))
	var wg sync.WaitGroup
	for i, x := range xs {
		wg.Go(func() { out[i] = f(x) })
	}
	wg.Wait()
	return out
}


func describe[T any](x T) string {
	type wrapper struct{ inner T }
	return fmt.Sprintf("%T %v", wrapper{x}, wrapper{x})
}

func sumAny[T int | float64 | string](xs ...T) T {
	var s T
	for _, x := range xs {
		s += x
	}
	return s
}

func chanOf[T any](xs ...T) <-chan T {
	c := make(chan T, len(xs))
	for _, x := range xs {
		c <- x
	}
	close(c)
	return c
}

func Ptr[T any, PT interface {
	*T
	fmt.Stringer
}](v T) string { return PT(&v).String() }

type sp int

func (s *sp) String() string { return "sp" + strconv.Itoa(int(*s)) }

func main() {
	fmt.Println(IndexEq([]point{{1, 2}, {3, 4}}, point{3, 4}))
	var m OrderedMap[string, int]
	for i, w := range []string{"m", "c", "x", "a", "d"} {
		m.Set(w, i)
	}
	m.Set("c", 100)
	for k, v := range m.All() {
		if k == "x" {
			break
		}
		fmt.Print(k, v, " ")
	}
	fmt.Println(m.n)
	fmt.Println(use(&box[int]{}, 5), use(&ring[string]{items: make([]string, 2)}, "r"))
	var c Container[[]int] = &box[[]int]{}
	c.Put([]int{1})
	fmt.Println(c.Get())
	fmt.Println(Curry(func(a int, b string) string { return fmt.Sprint(a, b) })(1)("z"))
	add, all := Counter[rune]()
	for _, r := range "hello" {
		add(r)
	}
	fmt.Println(all()['l'])
	fmt.Println(Some(3).OrElse(4), None[string]().OrElse("dflt"), Result[int]{Option: Some(1)}.OrElse(2))
	fmt.Println(A1[int]{"a": 1}, Func[int](func(i int) int { return i * 3 }).Twice(2))
	fib := Matrix[int]{{1, 1}, {1, 0}}
	r := fib
	for range 10 {
		r = r.Mul(fib)
	}
	fmt.Println(r)
	var l Locked[map[string]int]
	l.With(func(m *map[string]int) { *m = map[string]int{"x": 1} })
	fmt.Println(l.v)
	fmt.Println(parallel([]int{1, 2, 3}, func(i int) string { return strconv.Itoa(i * i) }))
	fmt.Println(describe(1), describe("s"), describe([]point{{1, 2}}))
	fmt.Println(sumAny(1, 2), sumAny("a", "b"), sumAny(.5, .25))
	for v := range chanOf(1, 2, 3) {
		fmt.Print(v, " ")
	}
	fmt.Println(Ptr(sp(4)))
	xs := []string{"banana", "kiwi", "apple"}
	slices.Sort(xs)
	i, found := slices.BinarySearch(xs, "banana")
	fmt.Println(xs, i, found, slices.Max(xs), slices.Contains(xs, "kiwi"), slices.Index(xs, "kiwi"), len(xs) == 3)
	slices.SortFunc(xs, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	fmt.Println(xs, slices.Equal(xs, slices.Clone(xs)), slices.Insert([]int{1, 4}, 1, 2, 3), slices.Delete([]int{1, 2, 3, 4}, 1, 3), slices.Compact([]int{1, 1, 2, 2, 1}))
	mm := map[string]int{"a": 1, "b": 2}
	keys := slices.Sorted(maps.Keys(mm))
	fmt.Println(keys, slices.Collect(maps.Values(map[int]int{1: 2})), maps.Clone(mm)["b"])
	next, stop := iter.Pull(slices.Values([]int{10, 20}))
	a, ok1 := next()
	b, ok2 := next()
	_, ok3 := next()
	stop()
	fmt.Println(a, ok1, b, ok2, ok3)
	for c := range slices.Chunk([]int{1, 2, 3, 4, 5}, 2) {
		fmt.Print(c)
	}
	fmt.Println()
	f := Some[func() int]
	fmt.Println(f(func() int { return 9 }).v())
	var ifc any = Some(1)
	_, is := ifc.(Option[int])
	_, isS := ifc.(Option[string])
	fmt.Printf("%v %v %T %T\n", is, isS, ifc, &m)
}

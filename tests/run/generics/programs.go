// Generic containers, constraints, visitors, options: names, methods, instances as values.
package main

import "fmt"

// recursive constraints, embedded instantiated interfaces, type sets
type Ordered interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~float32 | ~float64 | ~string
}

type Comparable[T any] interface{ Compare(T) int }

type Int int

func (a Int) Compare(b Int) int { return int(a - b) }

func Max[T Comparable[T]](a, b T) T {
	if a.Compare(b) > 0 {
		return a
	}
	return b
}

type Heap[T any] struct {
	data []T
	less func(a, b T) bool
}

func NewHeap[T any](less func(a, b T) bool) *Heap[T] { return &Heap[T]{less: less} }
func (h *Heap[T]) Push(v T) {
	h.data = append(h.data, v)
	i := len(h.data) - 1
	for i > 0 {
		p := (i - 1) / 2
		if !h.less(h.data[i], h.data[p]) {
			break
		}
		h.data[i], h.data[p] = h.data[p], h.data[i]
		i = p
	}
}
func (h *Heap[T]) Pop() (v T, ok bool) {
	if len(h.data) == 0 {
		return
	}
	v = h.data[0]
	n := len(h.data) - 1
	h.data[0] = h.data[n]
	h.data = h.data[:n]
	i := 0
	for {
		c := 2*i + 1
		if c >= n {
			break
		}
		if c+1 < n && h.less(h.data[c+1], h.data[c]) {
			c++
		}
		if !h.less(h.data[c], h.data[i]) {
			break
		}
		h.data[i], h.data[c] = h.data[c], h.data[i]
		i = c
	}
	return v, true
}

type Cache[K comparable, V any] interface {
	Get(K) (V, bool)
	Put(K, V)
}
type mapCache[K comparable, V any] struct{ m map[K]V }

func (c *mapCache[K, V]) Get(k K) (v V, ok bool) { v, ok = c.m[k]; return }
func (c *mapCache[K, V]) Put(k K, v V)           { c.m[k] = v }
func NewCache[K comparable, V any]() Cache[K, V] { return &mapCache[K, V]{map[K]V{}} }

type Logged[K comparable, V any] struct {
	Cache[K, V]
	n int
}

func (l *Logged[K, V]) Get(k K) (V, bool) { l.n++; return l.Cache.Get(k) }

type Matrix[T ~int | ~float64] [2][2]T

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

type Option[T any] func(*T)
type Opt[T any] struct {
	v  T
	ok bool
}

func Some[T any](v T) Opt[T] { return Opt[T]{v, true} }
func None[T any]() Opt[T]    { return Opt[T]{} }
func (o Opt[T]) OrElse(v T) T {
	if o.ok {
		return o.v
	}
	return v
}
func (o Opt[T]) Bind[U any](f func(T) Opt[U]) Opt[U] {
	if !o.ok {
		return None[U]()
	}
	return f(o.v)
}

func Map[T, U any](xs []T, f func(T) U) []U {
	r := make([]U, 0, len(xs))
	for _, x := range xs {
		r = append(r, f(x))
	}
	return r
}
func Reduce[T, A any](xs []T, a A, f func(A, T) A) A {
	for _, x := range xs {
		a = f(a, x)
	}
	return a
}
func Compose[A, B, C any](f func(A) B, g func(B) C) func(A) C { return func(a A) C { return g(f(a)) } }
func Curry[A, B, C any](f func(A, B) C) func(A) func(B) C {
	return func(a A) func(B) C { return func(b B) C { return f(a, b) } }
}

type Num interface{ ~int | ~float64 }

func SumMap[K comparable, V Num](m map[K]V) (s V) {
	for _, v := range m {
		s += v
	}
	return
}

type IntLike int

func Len[S ~[]E | ~string, E any](s S) int          { return len(s) }
func First[S interface{ ~[]E }, E any](s S) E       { return s[0] }
func Keys[M ~map[K]V, K comparable, V any](m M) int { return len(m) }
func Send[C ~chan E, E any](c C, e E)               { c <- e }
func Bytes[T ~string | ~[]byte](x T) (n int) {
	for i := 0; i < len(x); i++ {
		n += int(x[i])
	}
	return
}
func PtrTo[T any, P *T](p P) T                             { return *p }
func Convert[To, From ~int | ~float64 | ~uint8](f From) To { return To(f) }

type Visitor[R any] interface {
	VisitNum(int) R
	VisitAdd(a, b Expr) R
}
type Expr interface{ Eval() int }
type Numb int
type Add struct{ a, b Expr }

func (n Numb) Eval() int { return int(n) }
func (a Add) Eval() int  { return a.a.Eval() + a.b.Eval() }
func Accept[R any](e Expr, v Visitor[R]) R {
	switch e := e.(type) {
	case Numb:
		return v.VisitNum(int(e))
	case Add:
		return v.VisitAdd(e.a, e.b)
	}
	panic("?")
}

type show struct{}

func (show) VisitNum(n int) string { return fmt.Sprint(n) }
func (s show) VisitAdd(a, b Expr) string {
	return "(" + Accept[string](a, s) + "+" + Accept[string](b, s) + ")"
}

type Stack[T any] []T

func (s *Stack[T]) Push(v T) { *s = append(*s, v) }
func (s *Stack[T]) Pop() T {
	old := *s
	v := old[len(old)-1]
	*s = old[:len(old)-1]
	return v
}

type Graph[N interface{ Edges() []E }, E interface{ Nodes() (a, b N) }] struct{ nodes []N }
type Vx struct{ es []*Ed }
type Ed struct{ a, b *Vx }

func (v *Vx) Edges() []*Ed      { return v.es }
func (e *Ed) Nodes() (a, b *Vx) { return e.a, e.b }

func typeName[T any]() string { return fmt.Sprintf("%T", *new(T)) }

func counter[T any]() func() int { n := 0; return func() int { n++; return n } }

var global = Map([]int{1, 2}, func(i int) string { return fmt.Sprint(i, "!") })

type Enum[T any] struct {
	_ [0]T
	n int
}

func main() {
	fmt.Println(Max(Int(3), Int(5)), global)
	h := NewHeap(func(a, b string) bool { return len(a) < len(b) })
	for _, s := range []string{"ccc", "a", "dddd", "bb"} {
		h.Push(s)
	}
	for s, ok := h.Pop(); ok; s, ok = h.Pop() {
		fmt.Print(s, " ")
	}
	fmt.Println()
	l := &Logged[string, int]{Cache: NewCache[string, int]()}
	l.Put("a", 1)
	var c Cache[string, int] = l
	v, ok := c.Get("a")
	_, ok2 := c.Get("b")
	fmt.Println(v, ok, ok2, l.n)
	m := Matrix[int]{{1, 1}, {1, 0}}
	r := m
	for range 10 {
		r = r.Mul(m)
	}
	fmt.Println(r)
	fmt.Println(Some(3).Bind(func(i int) Opt[string] { return Some(fmt.Sprint(i * 2)) }).OrElse("none"), None[int]().Bind(func(i int) Opt[string] { return Some("x") }).OrElse("none"))
	fmt.Println(Reduce(Map([]int{1, 2, 3}, func(i int) float64 { return float64(i) / 2 }), "", func(a string, f float64) string { return a + fmt.Sprint(f) + ";" }))
	fmt.Println(Compose(func(i int) string { return fmt.Sprint(i) }, func(s string) int { return len(s) })(12345), Curry(func(a int, b string) string { return fmt.Sprint(a, b) })(1)("z"))
	fmt.Println(SumMap(map[string]float64{"a": 1.5, "b": 2}), Len[[]int, int]([]int{1}), Len[string, int]("abc"), First([]string{"f"}), Keys(map[int]int{1: 1}))
	ch := make(chan IntLike, 1)
	Send(ch, 5)
	fmt.Println(<-ch, Bytes("abc"), Bytes([]byte{1, 2}), PtrTo(new(7)), Convert[uint8](300.7), Convert[float64](IntLike(3)))
	fmt.Println(Accept[string](Add{Numb(1), Add{Numb(2), Numb(3)}}, show{}), Add{Numb(1), Numb(2)}.Eval())
	var st Stack[func() int]
	st.Push(counter[int]())
	st.Push(counter[string]())
	f := st.Pop()
	f()
	fmt.Println(f(), st.Pop()(), len(st))
	a, b := &Vx{}, &Vx{}
	e := &Ed{a, b}
	a.es = append(a.es, e)
	g := Graph[*Vx, *Ed]{[]*Vx{a, b}}
	x, y := g.nodes[0].Edges()[0].Nodes()
	fmt.Println(x == a, y == b)
	fmt.Println(typeName[int](), typeName[map[string][]int](), typeName[Stack[int]](), typeName[struct{ X Opt[int] }](), typeName[func(Int) error](), typeName[error](), typeName[Matrix[float64]](), typeName[[3]chan<- int]())
	fmt.Println(Enum[string]{n: 1}.n, Enum[int]{} == Enum[int]{})
	fn := Max[Int]
	fmt.Printf("%T %d\n", fn, fn(1, 2))
	type T[P any] struct{ v P }
	fmt.Println(T[int]{1}, T[T[string]]{T[string]{"n"}})
	var any1 any = T[int]{1}
	_, isS := any1.(T[string])
	_, isI := any1.(T[int])
	fmt.Println(isS, isI)
	switch any(1.5).(type) {
	case interface{ Foo() }:
	case float64:
		fmt.Println("float64")
	}
}

// Generic types, functions and methods in their corners.
package main

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sort"
	"strings"
)

// generics corners
type Num interface{ ~int | ~int64 | ~float64 }

func Sum[T Num](xs ...T) (s T) {
	for _, x := range xs {
		s += x
	}
	return
}

type List[T any] struct {
	head, tail *node[T]
	n          int
}
type node[T any] struct {
	v    T
	next *node[T]
}

func (l *List[T]) Push(v T) *List[T] {
	n := &node[T]{v: v}
	if l.tail == nil {
		l.head = n
	} else {
		l.tail.next = n
	}
	l.tail = n
	l.n++
	return l
}
func (l *List[T]) All() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		i := 0
		for n := l.head; n != nil; n = n.next {
			if !yield(i, n.v) {
				return
			}
			i++
		}
	}
}

// generic methods (1.27)
func (l *List[T]) Map[U any](f func(T) U) *List[U] {
	r := new(List[U])
	for _, v := range l.All() {
		r.Push(f(v))
	}
	return r
}

type Tree[K cmp.Ordered, V any] struct {
	Left, Right *Tree[K, V]
	Key         K
	Val         V
}

func (t *Tree[K, V]) Insert(k K, v V) *Tree[K, V] {
	if t == nil {
		return &Tree[K, V]{Key: k, Val: v}
	}
	switch c := cmp.Compare(k, t.Key); {
	case c < 0:
		t.Left = t.Left.Insert(k, v)
	case c > 0:
		t.Right = t.Right.Insert(k, v)
	default:
		t.Val = v
	}
	return t
}
func (t *Tree[K, V]) Walk(yield func(K, V) bool) bool {
	return t == nil || t.Left.Walk(yield) && yield(t.Key, t.Val) && t.Right.Walk(yield)
}
func (t *Tree[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) { t.Walk(yield) }
}

type Set[T comparable] map[T]struct{}

func (s Set[T]) Add(v T) { s[v] = struct{}{} }
func SetOf[T comparable](xs ...T) Set[T] {
	s := Set[T]{}
	for _, x := range xs {
		s.Add(x)
	}
	return s
}

type Alias[T any] = map[string]List[T]
type Vec[T any] = []T

type Stringish interface{ ~string }

func Join[S ~[]E, E Stringish](s S, sep E) E {
	var b strings.Builder
	for i, e := range s {
		if i > 0 {
			b.WriteString(string(sep))
		}
		b.WriteString(string(e))
	}
	return E(b.String())
}

type MyS string

func Ptr[T any](v T) *T { return &v }

type Setter[T any] interface {
	Set(string)
	*T
}
type Conf struct{ v string }

func (c *Conf) Set(s string) { c.v = s }
func Build[T any, P Setter[T]](ss ...string) []T {
	out := make([]T, len(ss))
	for i, s := range ss {
		P(&out[i]).Set(s)
	}
	return out
}

type Embed[T any] struct {
	List[T]
	*Conf
	extra T
}

func Apply[T, U any](x T, f func(T) U) U { return f(x) }

func Zero[T any]() (z T) { return }

func Kind[T any](v T) string {
	switch any(v).(type) {
	case int:
		return "int"
	case string:
		return "string"
	case []T:
		return "slice of T"
	case fmt.Stringer:
		return "stringer"
	}
	return fmt.Sprintf("%T", v)
}

type Number interface{ int | float64 }

func Conv[A, B Number](a A) B { return B(a) }

type F[T any] func(T) F[T]

type Chain[T any] struct{ f []func(T) T }

func (c Chain[T]) Then(f func(T) T) Chain[T] { return Chain[T]{append(c.f, f)} }
func (c Chain[T]) Do(v T) T {
	for _, f := range c.f {
		v = f(v)
	}
	return v
}

type Eq[T any] interface{ Equal(T) bool }
type I2 int

func (a I2) Equal(b I2) bool { return a == b }
func Index[T Eq[T]](s []T, v T) int {
	for i, x := range s {
		if x.Equal(v) {
			return i
		}
	}
	return -1
}

type Pair[A, B any] struct {
	a A
	b B
}

func MakePair[A, B any](a A, b B) Pair[A, B] { return Pair[A, B]{a, b} }
func (p Pair[A, B]) Swap() Pair[B, A]        { return Pair[B, A]{p.b, p.a} }
func (p Pair[A, B]) String() string          { return fmt.Sprintf("<%v|%v>", p.a, p.b) }

func main() {
	fmt.Println(Sum(1, 2, 3), Sum(1.5, 2), Sum[int64]())
	l := new(List[int]).Push(1).Push(2).Push(3)
	for i, v := range l.Map(func(i int) string { return strings.Repeat("x", i) }).All() {
		fmt.Print(i, v, " ")
	}
	fmt.Println(l.Map(func(i int) []int { return []int{i} }).n)
	var t *Tree[string, int]
	for i, w := range strings.Fields("the quick brown fox jumps over the lazy dog") {
		t = t.Insert(w, i)
	}
	for k, v := range t.All() {
		if k == "quick" {
			break
		}
		fmt.Print(k, "=", v, " ")
	}
	fmt.Println()
	s := SetOf(3, 1, 2, 3)
	fmt.Println(len(s), slices.Sorted(maps.Keys(s)))
	a := Alias[int]{"x": *l}
	fmt.Println(a["x"].n, Vec[int]{1, 2})
	fmt.Println(Join([]MyS{"a", "b"}, ", "), *Ptr(5), *Ptr("s"))
	fmt.Println(Build[Conf]("p", "q"))
	e := Embed[string]{extra: "e", Conf: &Conf{}}
	e.Push("pushed")
	e.Set("conf")
	fmt.Println(e.n, e.v, e.extra, e.head.v)
	fmt.Println(Apply(3, func(i int) string { return fmt.Sprint(i * 2) }), Zero[*int]() == nil, Zero[[3]string]())
	fmt.Println(Kind(1), Kind("s"), Kind([]int{}), Kind(MakePair(1, "x")), Kind(map[string]int{}))
	fmt.Println(Conv[float64, int](3.9), Conv[int, float64](3))
	fmt.Println(Chain[int]{}.Then(func(i int) int { return i + 1 }).Then(func(i int) int { return i * 10 }).Do(4))
	fmt.Println(Index([]I2{1, 2, 3}, 3), Index([]I2{}, 1))
	fmt.Println(MakePair(1, "x").Swap(), MakePair(MakePair(1, 2), 'c'))
	fmt.Printf("%T %T %v\n", MakePair(1, "x").Swap(), l.Map(func(int) Pair[int, error] { return Pair[int, error]{} }), MakePair[any, error](nil, nil))
	f := l.Map[float64]
	fmt.Println(f(func(i int) float64 { return float64(i) / 2 }).tail.v)
	g := (*List[int]).Map[bool]
	fmt.Println(g(l, func(i int) bool { return i > 1 }).head.v)
	var h func(*List[int], func(int) int) *List[int] = (*List[int]).Map
	fmt.Println(h(l, func(i int) int { return -i }).tail.v)
	xs := []Pair[string, int]{{"b", 2}, {"a", 2}, {"c", 1}}
	slices.SortFunc(xs, func(x, y Pair[string, int]) int { return cmp.Or(cmp.Compare(x.b, y.b), strings.Compare(x.a, y.a)) })
	fmt.Println(xs)
	sort.Slice(xs, func(i, j int) bool { return xs[i].a < xs[j].a })
	fmt.Println(xs, min(3, 1, 2), max(2.5, 1), min("b", "a"))
	type local[T any] struct{ x T }
	fmt.Printf("%T %v\n", local[int]{1}, local[string]{"z"})
	x := new(int(5) + 3)
	fmt.Println(*x, *new("str"))
}

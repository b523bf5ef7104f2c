// Type parameters on functions and types, constraints, inference.
package main

import (
	"cmp"
	"errors"
	"fmt"
	"sort"
	"strings"
)

type Number interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint8 | ~float32 | ~float64
}

type celsius float64
type id int8

func Sum[T Number](xs ...T) (s T) {
	for _, x := range xs {
		s += x
	}
	return
}

func Map[T, U any](xs []T, f func(T) U) []U {
	out := make([]U, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}

func Filter[S ~[]E, E any](s S, keep func(E) bool) S {
	var out S
	for _, e := range s {
		if keep(e) {
			out = append(out, e)
		}
	}
	return out
}

func Reduce[T, A any](xs []T, init A, f func(A, T) A) A {
	for _, x := range xs {
		init = f(init, x)
	}
	return init
}

func Keys[M ~map[K]V, K cmp.Ordered, V any](m M) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
	return keys
}

func Max[T cmp.Ordered](a, b T) T {
	if a > b {
		return a
	}
	return b
}

func Index[T comparable](xs []T, x T) int {
	for i, v := range xs {
		if v == x {
			return i
		}
	}
	return -1
}

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(x T) { s.items = append(s.items, x) }
func (s *Stack[T]) Pop() (T, bool) {
	var zero T
	if len(s.items) == 0 {
		return zero, false
	}
	x := s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return x, true
}

type Pair[K comparable, V any] struct {
	Key K
	Val V
}

func (p Pair[K, V]) String() string                     { return fmt.Sprintf("%v->%v", p.Key, p.Val) }
func MakePair[K comparable, V any](k K, v V) Pair[K, V] { return Pair[K, V]{k, v} }
func (p Pair[K, V]) Swap() Pair[string, K]              { return Pair[string, K]{fmt.Sprint(p.Val), p.Key} }

type List[T any] struct {
	head *node[T]
	size int
}
type node[T any] struct {
	val  T
	next *node[T]
}

func (l *List[T]) Add(v T) *List[T] { l.head = &node[T]{v, l.head}; l.size++; return l }
func (l *List[T]) Each(f func(T)) {
	for n := l.head; n != nil; n = n.next {
		f(n.val)
	}
}

type Tree[T any] struct {
	cmp  func(a, b T) int
	root *tnode[T]
}
type tnode[T any] struct {
	l, r *tnode[T]
	v    T
}

func (t *Tree[T]) Insert(v T) bool {
	p := &t.root
	for *p != nil {
		switch c := t.cmp(v, (*p).v); {
		case c < 0:
			p = &(*p).l
		case c > 0:
			p = &(*p).r
		default:
			return false
		}
	}
	*p = &tnode[T]{v: v}
	return true
}
func (n *tnode[T]) walk(f func(T)) {
	if n != nil {
		n.l.walk(f)
		f(n.v)
		n.r.walk(f)
	}
}

type Shape interface{ Area() float64 }
type Sq struct{ s float64 }

func (s Sq) Area() float64  { return s.s * s.s }
func (s *Sq) Set(v float64) { s.s = v }
func Total[S Shape](xs []S) (t float64) {
	for _, x := range xs {
		t += x.Area()
	}
	return
}

type Setter[T any] interface {
	*T
	Set(float64)
}

func Build[T any, P Setter[T]](v float64) T {
	var t T
	P(&t).Set(v)
	return t
}

type Set[T comparable] map[T]struct{}

func (s Set[T]) Add(v T) Set[T] { s[v] = struct{}{}; return s }
func (s Set[T]) Has(v T) bool   { _, ok := s[v]; return ok }
func SetOf[T comparable](xs ...T) Set[T] {
	s := Set[T]{}
	for _, x := range xs {
		s.Add(x)
	}
	return s
}

type Vec[T any] = []T
type Num2[T Number] struct{ a, b T }

func (n Num2[T]) Dot(m Num2[T]) T { return n.a*m.a + n.b*m.b }

func zero[T any]() T          { var z T; return z }
func ptr[T any](v T) *T       { return &v }
func typeName[T any]() string { return fmt.Sprintf("%T", *new(T)) }

func kind[T any](v T) string {
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
	return "other"
}

func Must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func apply[T any](x T, fs ...func(T) T) T {
	for _, f := range fs {
		x = f(x)
	}
	return x
}

type Ordered interface{ cmp.Ordered }

func MinMax[T Ordered](first T, rest ...T) (lo, hi T) {
	lo, hi = first, first
	for _, x := range rest {
		lo, hi = min(lo, x), max(hi, x)
	}
	return
}

func Len[T string | []byte | []int](x T) int { return len(x) }
func First[T ~string | ~[]byte](x T) byte    { return x[0] }
func Conv[T, U ~int | ~float64](x T) U       { return U(x) }

type Embeds[T any] struct {
	Stack[T]
	*List[T]
	name string
}

type Cache[K comparable, V any] struct {
	m    map[K]V
	load func(K) (V, error)
}

func NewCache[K comparable, V any](load func(K) (V, error)) *Cache[K, V] {
	return &Cache[K, V]{make(map[K]V), load}
}
func (c *Cache[K, V]) Get(k K) (v V, err error) {
	if v, ok := c.m[k]; ok {
		return v, nil
	}
	if v, err = c.load(k); err == nil {
		c.m[k] = v
	}
	return
}

func main() {
	fmt.Println(Sum(1, 2, 3), Sum(1.5, 2), Sum[celsius](), Sum(id(100), id(100)), Sum([]uint8{200, 100}...))
	fmt.Println(Map([]int{1, 2}, func(i int) string { return strings.Repeat("x", i) }), Filter([]int{1, 2, 3, 4}, func(i int) bool { return i%2 == 0 }))
	fmt.Println(Reduce([]string{"a", "b"}, 0, func(n int, s string) int { return n + len(s) }), Keys(map[string]int{"z": 1, "a": 2}))
	fmt.Println(Max("a", "b"), Max(1.5, 2), Max[int8](3, -3), Index([]string{"x", "y"}, "y"), Index([]any{1, "a"}, any("a")))
	var s Stack[string]
	s.Push("one")
	s.Push("two")
	v, ok := s.Pop()
	fmt.Println(v, ok, len(s.items))
	e, ok := new(Stack[[]int]).Pop()
	fmt.Println(e == nil, ok)
	p := MakePair("k", 5)
	fmt.Printf("%v %v %T %+v\n", p, p.Swap(), p, Pair[int8, any]{1, nil})
	var l List[rune]
	l.Add('a').Add('b')
	l.Each(func(r rune) { fmt.Print(string(r)) })
	fmt.Println(l.size)
	t := Tree[string]{cmp: strings.Compare}
	for _, w := range strings.Fields("the quick brown fox the end") {
		t.Insert(w)
	}
	t.root.walk(func(s string) { fmt.Print(s, " ") })
	fmt.Println(Total([]Sq{{1}, {2}}), Total([]Shape{Sq{3}}), Build[Sq](4))
	set := SetOf(1, 2, 3)
	fmt.Println(set.Has(2), set.Has(9), len(set), SetOf("a").Has("a"))
	var vec Vec[int] = []int{1}
	fmt.Println(vec, Num2[int]{1, 2}.Dot(Num2[int]{3, 4}), Num2[float32]{.5, 2}.Dot(Num2[float32]{2, 2}))
	fmt.Println(zero[int](), zero[*int]() == nil, zero[[2]string](), *ptr(5), *ptr("s"), typeName[map[string][]int](), typeName[Pair[string, Stack[int]]]())
	fmt.Println(kind(1), kind("s"), kind(p), kind(1.5), Must("ok", nil))
	fmt.Println(apply(2, func(x int) int { return x * x }, func(x int) int { return x + 1 }))
	fmt.Println(MinMax(3, 1, 2))
	fmt.Println(Len("abc"), Len([]int{1}), First("xyz"), First([]byte{7}), Conv[int, float64](3), Conv[float64, int](2.9))
	em := Embeds[int]{List: &List[int]{}}
	em.Push(3)
	em.Add(4)
	fmt.Println(em.items, em.size, em.head.val)
	c := NewCache(func(k string) (int, error) {
		if k == "" {
			return 0, errors.New("empty key")
		}
		return len(k), nil
	})
	fmt.Println(c.Get("abc"))
	fmt.Println(c.Get(""))
	f := Map[int, int]
	fmt.Println(f([]int{3}, func(i int) int { return -i }))
	var g func([]string, string) int = Index
	fmt.Println(g([]string{"q"}, "q"))
	ch := make(chan Pair[int, string], 1)
	ch <- Pair[int, string]{1, "c"}
	fmt.Println(<-ch)
	defer func() { fmt.Println("recovered", recover()) }()
	Must(0, errors.New("must"))
}

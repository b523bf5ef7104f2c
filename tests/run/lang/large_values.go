// Values of more than half a megabyte by value: everything that a small value can be used for.
package main

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
)

const N = 1 << 17

type A [N]int

type S struct {
	name string
	a    A
	tail *int
}

type Inner struct {
	pre  int
	data [1 << 16]string
}

type Outer struct {
	Inner
	n int
}

func (a A) Sum() (s int) {
	a[0] += 1 // its own copy
	for _, v := range a {
		s += v
	}
	return
}

func (a *A) Set(i, v int) { a[i] = v }

func (s S) Name() string { s.name += "!"; return s.name }

func (s S) With(i, v int) S { s.a[i] = v; return s }

func (in Inner) First() string { in.data[0] += "?"; return in.data[0] }

type Summer interface{ Sum() int }

func make1(v int) A {
	var a A
	a[0], a[N-1] = v, v+1
	return a
}

func two(a A, b A) (A, error, A) {
	a[1], b[1] = 10, 20
	return b, nil, a
}

func named(v int) (a A, s S) {
	a[2] = v
	s.a[3] = v
	s.name = "named"
	return
}

var leaked *A

func leaks() (a A) {
	leaked = &a
	a[5] = 1
	return a
}

func recovers(p bool) (a A, err error) {
	defer func() {
		if r := recover(); r != nil {
			a[7]++
			err = fmt.Errorf("recovered %v", r)
		}
	}()
	a[7] = 41
	if p {
		panic("x")
	}
	return make1(3), nil
}

func unnamed() A {
	defer func() { recover() }()
	panic("y")
}

func variadic(as ...A) int {
	n := 0
	for _, a := range as {
		n += a[0]
	}
	return n
}

func spread(a A, err error, b A) int { return a[1] + b[1]*2 }

func generic[T any](x T, f func(T) T) (T, T) { return x, f(x) }

type Pair[K comparable, V any] struct {
	k K
	v V
}

func (p Pair[K, V]) Swap() Pair[K, V] { p.v = *new(V); return p }

var global = make1(77)
var gs = S{name: "g", a: A{1, 2, 3, N - 1: 9}}
var ga, gb = func() (A, S) { return make1(5), S{name: "gb"} }()

func main() {
	// variables and assignment
	var a A
	a[3] = 4
	b := a
	b[3] = 5
	fmt.Println(a[3], b[3], len(b), a == b, a != b)
	a = b
	fmt.Println(a == b, a[3])
	a, b = make1(1), a
	fmt.Println(a[0], b[3], a[N-1])
	a, b = b, a
	fmt.Println(a[3], b[0])

	// calls
	x, err, y := two(a, b)
	fmt.Println(x[1], err, y[1], a[1], b[1])
	fmt.Println(spread(two(a, b)))
	fmt.Println(a.Sum(), make1(2).Sum(), a[0], variadic(), variadic(a, make1(6), b))
	na, ns := named(8)
	fmt.Println(na[2], ns.a[3], ns.name, ns.Name(), ns.name)
	l := leaks()
	leaked[5] = 2
	fmt.Println(l[5], leaked[5])
	r, err := recovers(true)
	fmt.Println(r[7], err)
	r, err = recovers(false)
	fmt.Println(r[7], r[0], err)
	u := unnamed()
	fmt.Println(u[0], u == A{})
	pa := &a
	pa.Set(9, 90)
	fmt.Println(a[9], (*pa).Sum())

	// method values and expressions
	f := a.Sum
	a[0] = 1000
	fmt.Println(f(), f(), A.Sum(a), (*A).Sum(&a))
	g := ns.With
	s2 := g(1, 11)
	s3 := g(2, 22)
	fmt.Println(s2.a[1], s2.a[2], s3.a[1], s3.a[2], ns.a[1])

	// interfaces
	var i any = a
	a[3] = 0
	fmt.Println(i.(A)[3], i == any(a), i == any(i.(A)))
	c := i.(A)
	c[3] = 1
	fmt.Println(i.(A)[3], c[3])
	var sm Summer = c
	fmt.Println(sm.Sum(), sm.Sum())
	if v, ok := i.(S); !ok {
		fmt.Println("no S", v.name == "", v.tail == nil, v.a[0])
	}
	if v, ok := i.(A); ok {
		v[3] = 7
		fmt.Println(v[3], i.(A)[3])
	}
	switch v := i.(type) {
	case S:
		fmt.Println("S")
	case A:
		v[3] = 99
		fmt.Println("A", v[3], i.(A)[3])
	}
	switch a {
	case A{}:
		fmt.Println("zero")
	case make1(1), a:
		fmt.Println("itself")
	}

	// maps
	m := map[string]A{"one": make1(1)}
	m["two"] = a
	v1, ok1 := m["one"]
	v3, ok3 := m["three"]
	fmt.Println(v1[0], ok1, v3[0], ok3, m["two"][0], m["none"][5], len(m))
	v1[0] = 50
	fmt.Println(m["one"][0])
	sum := 0
	for k, v := range m {
		v[0]++
		sum += v[0] + len(k)
	}
	fmt.Println(sum, m["one"][0])
	mk := map[A]string{}
	mk[a] = "a"
	mk[make1(4)] = "four"
	fmt.Println(mk[a], mk[make1(4)], len(mk), mk[A{}] == "")
	if s, ok := mk[make1(4)]; ok {
		fmt.Println(s)
	}
	for k := range mk {
		k[0] = 1
	}
	delete(mk, a)
	_, ok := mk[a]
	fmt.Println(len(mk), ok)
	ms := map[int]S{1: ns}
	fmt.Println(ms[1].name, ms[1].a[3], ms[2].name == "")

	// slices
	as := []A{a, make1(2)}
	as = append(as, b)
	as = append(as, make1(3), make1(4))
	as[1][0]++
	fmt.Println(len(as), as[0][0], as[1][0], as[2][0], as[4][0])
	for i, v := range as {
		v[0] = -1
		if i == 1 {
			fmt.Println(as[i][0], v[0])
		}
	}
	copy(as, as[1:])
	fmt.Println(as[0][0], as[3][0])
	big := make([]int, N)
	big[4] = 44
	arr := A(big)
	big[4] = 0
	fmt.Println(arr[4], [N]int(big)[4], len((*A)(big)))
	arr2 := [2]A{a, {4: 4}}
	arr3 := arr2
	arr3[1][4]++
	fmt.Println(arr2[1][4], arr3[1][4], arr2 == arr3)

	// range over an array is over a copy
	n := 0
	for i, v := range arr {
		if i+1 < len(arr) {
			arr[i+1] = 1
		}
		n += v
		if i == 10 {
			break
		}
	}
	fmt.Println(n, arr[5])
	for i := range arr {
		if i > 2 {
			break
		}
		n++
	}
	for i, v := range make1(12) {
		if i == N-1 {
			fmt.Println(n, v)
		}
	}

	// closures, go, defer
	cl := func() int { return c[3] + len(b) }
	c[3] = 33
	fmt.Println(cl())
	done := make(chan int)
	go func(a A, s S) { a[0]++; done <- a[0] + s.a[3] }(a, ns)
	a[0] = 0
	fmt.Println(<-done)
	go c.send(done)
	fmt.Println(<-done)
	func() {
		defer func(a A) { fmt.Println("deferred", a[0]) }(a)
		defer fmt.Println("lit", make1(9)[0])
		for i := range 3 {
			defer func(a A, i int) { fmt.Println(i, a[0]) }(a, i)
			a[0]++
		}
	}()
	var fs []func() int
	for loop := make1(0); loop[0] < 3; loop[0]++ {
		fs = append(fs, func() int { return loop[0] })
	}
	for _, f := range fs {
		fmt.Print(f(), " ")
	}
	fmt.Println()

	// structs
	o := Outer{Inner{pre: 1, data: [1 << 16]string{"d", 65535: "z"}}, 5}
	p := o
	p.data[0] = "changed"
	fmt.Println(o.data[0], p.data[0], o.First(), p.First(), o.data[65535], p.n, o == p)
	o.Inner = p.Inner
	fmt.Println(o == p, o.data[0])
	q := &Outer{Inner: p.Inner}
	q.data[0] += "!"
	fmt.Println(q.data[0], p.data[0], (*q).First())
	fmt.Println(global[0], gs.a[1], gs.a[N-1], ga[0], gb.name)
	global = a
	gs.a = global
	global[0] = 123
	fmt.Println(gs.a[0] == a[0], global[0])

	// generics
	g1, g2 := generic(a, func(a A) A { a[0] = 500; return a })
	fmt.Println(g1[0] == a[0], g2[0])
	pr := Pair[string, A]{"k", make1(1)}
	fmt.Println(pr.Swap().v[0], pr.v[0], pr == pr.Swap())

	// range over functions
	seq := func(yield func(int, A) bool) {
		for i := range 3 {
			if !yield(i, make1(i)) {
				return
			}
		}
	}
	for i, v := range seq {
		v[0] += 10
		fmt.Print(i, v[0], " ")
	}
	fmt.Println()
	first := func() A {
		for _, v := range seq {
			return v
		}
		return A{}
	}()
	fmt.Println(first[N-1])

	// reflection
	rv := reflect.ValueOf(make1)
	out := rv.Call([]reflect.Value{reflect.ValueOf(31)})
	fmt.Println(out[0].Len(), out[0].Index(0), out[0].Interface().(A)[N-1])
	fmt.Println(reflect.ValueOf(c).Method(0).Call(nil)[0], reflect.ValueOf(A.Sum).Call([]reflect.Value{reflect.ValueOf(c)})[0])
	mf := reflect.MakeFunc(reflect.TypeFor[func(A) A](), func(args []reflect.Value) []reflect.Value {
		x := args[0].Interface().(A)
		x[0] = 64
		return []reflect.Value{reflect.ValueOf(x)}
	}).Interface().(func(A) A)
	fmt.Println(mf(c)[0], mf(c)[3], c[0])
	rm := reflect.ValueOf(m)
	rm.SetMapIndex(reflect.ValueOf("r"), reflect.ValueOf(c))
	fmt.Println(rm.MapIndex(reflect.ValueOf("r")).Index(3), reflect.DeepEqual(c, m["r"]))

	// panics with such values, nil pointers
	func() {
		defer func() {
			e := recover()
			var re runtime.Error
			fmt.Println(e, errors.As(e.(error), &re))
		}()
		var np *S
		x := *np
		fmt.Println(x.name)
	}()
	func() {
		defer func() { fmt.Println(recover().(A)[0]) }()
		panic(make1(13))
	}()
	_ = make1(1)
	_, _ = a, b
	var e1, e2 struct {
		x [N]float64
		s string
	}
	e2.s = "s"
	fmt.Println(e1 == e2, max(len(e1.x), 3))
	new1 := new(make1(3))
	new1[0]++
	fmt.Println(new1[0])
	sel := make(chan A2, 1)
	sel <- A2{1}
	select {
	case v := <-sel:
		fmt.Println(v[0])
	}
	fmt.Println(func(a A, b int, c A, d A, e A) int { return a[0] + b + c[0] + d[0] + e[0] }(make1(1), 2, make1(3), make1(4), make1(5)))
	fmt.Println(make1(make1(make1(7)[0])[0] + make1(1)[0])[0])
}

type A2 [8000]int

func (a A) send(c chan int) { c <- a[3] }

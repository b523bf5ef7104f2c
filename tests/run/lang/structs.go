// Structs: embedding, promotion, shadowing, comparison, anonymous types, tags.
package main

import "fmt"

type animal struct {
	name string
	legs int8
}

func (a animal) describe() string { return fmt.Sprintf("%s with %d legs", a.name, a.legs) }
func (a *animal) rename(s string) { a.name = s }

type tagged struct{ tag string }

func (t *tagged) setTag(s string) { t.tag = s }

type dog struct {
	animal
	*tagged
	name string // shadows animal.name
	age  int
}

type puppy struct {
	dog
	owner struct{ first, last string }
}

type mixed struct {
	a bool
	b int64
	c uint16
	d float32
	e string
	f []int
	g any
	h [3]byte
	i complex64
}

type empty struct{}

type node struct {
	val  int
	next *node
}

type Point struct{ X, Y float64 }

func (p Point) Add(q Point) Point  { return Point{p.X + q.X, p.Y + q.Y} }
func (p *Point) Scale(f float64)   { p.X *= f; p.Y *= f }
func (p Point) swapped() (r Point) { r.X, r.Y = p.Y, p.X; return }

func main() {
	d := dog{animal{"Rex", 4}, &tagged{"t"}, "outer", 3}
	d.rename("Max")
	d.setTag("new")
	fmt.Println(d.name, d.animal.name, d.legs, d.tag, d.describe())
	e := d
	e.setTag("shared")
	e.animal.name = "copy"
	fmt.Println(d.tag, d.animal.name, e.describe())
	p := puppy{dog: d}
	p.owner.first = "Ann"
	p.rename("Pup")
	p.age++
	fmt.Println(p.describe(), p.owner, p.dog.age, p.name, d.age)
	m := mixed{true, -1, 65535, 1.5, "s", []int{1}, 'x', [3]byte{1, 2, 3}, 1 + 2i}
	n := m
	n.h[1], n.c, n.d = 9, n.c+1, n.d*2
	fmt.Printf("%+v\n%+v\n", m, n)
	type pair struct{ a, b any }
	fmt.Println(pair{1, "x"} == pair{1, "x"}, pair{1, 2} == pair{1, 2.0}, empty{} == empty{}, Point{1, 2} == Point{1, 2})
	anon := []struct {
		k string
		v int `json:"v"`
	}{{"a", 1}, {k: "b"}}
	fmt.Println(anon, len(anon))
	var list *node
	for i := range 4 {
		list = &node{i, list}
	}
	sum := 0
	for l := list; l != nil; l = l.next {
		sum = sum*10 + l.val
	}
	fmt.Println(sum)
	pt := Point{1, 2}
	pt.Scale(3)
	pp := &pt
	fmt.Println(pp.Add(Point{1, 1}), pt.swapped(), (*pp).X, pp.Y)
	pts := map[string]Point{"o": {}}
	pts["p"] = pt.Add(pts["o"])
	fmt.Println(pts, pts["p"].X)
	arr := [2]Point{{1, 2}, {3, 4}}
	arr[1].Scale(2)
	sl := arr[:]
	sl[0].Scale(10)
	fmt.Println(arr)
	f := pt.Add
	pt = Point{}
	g := (*Point).Scale
	g(&pt, 2)
	h := Point.swapped
	fmt.Println(f(Point{}), h(Point{5, 6}))
	scale := pp.Scale
	pt.X = 1
	scale(7)
	fmt.Println(*pp)
	var any1 any = pt
	q, ok := any1.(Point)
	q.X = 100
	fmt.Println(q, ok, any1, any1 == any(Point{7, 0}))
	var iface interface{ describe() string } = p
	fmt.Println(iface.describe())
	type rec struct {
		*Point
		m map[string]int
	}
	r := rec{&Point{1, 1}, nil}
	r.Scale(4)
	fmt.Println(r.X, r.Add(Point{}), *r.Point)
	x, y := struct{ a, b int }{1, 2}, struct{ a, b int }{1, 2}
	fmt.Println(x == y)
	type T struct{ a, b int }
	x = T{3, 4}
	fmt.Println(x, T(y))
	s := struct {
		a byte
		b byte
		c int16
		d int32
	}{1, 2, -3, -4}
	t := s
	t.c--
	t.d--
	t.b += 255
	fmt.Println(s, t, s == t, s.d+int32(t.c))
}

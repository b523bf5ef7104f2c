// Values of every shape: structs, closures, slices that share, maps of maps, embedded states.
package main

import (
	"fmt"
	"sort"
	"strings"
)

type shape struct {
	name string
	pts  [][2]float64
	meta map[string]any
	next *shape
	fn   func(*shape) string
}

type state int

const (
	idle state = iota
	running
	stopped
)

func (s state) String() string {
	switch s {
	case idle:
		return "idle"
	case running:
		return "running"
	}
	return fmt.Sprintf("state(%d)", int(s))
}

type machine struct {
	state
	log  []string
	hook map[state][]func(from, to state)
}

func (m *machine) on(s state, f func(from, to state)) *machine {
	if m.hook == nil {
		m.hook = make(map[state][]func(from, to state))
	}
	m.hook[s] = append(m.hook[s], f)
	return m
}

func (m *machine) to(s state) (err error) {
	defer func(old state) {
		if r := recover(); r != nil {
			m.state = old
			err = fmt.Errorf("transition %v->%v: %v", old, s, r)
		}
	}(m.state)
	old := m.state
	m.state = s
	for _, f := range m.hook[s] {
		f(old, s)
	}
	m.log = append(m.log, fmt.Sprint(old, "->", s))
	return nil
}

func fibs() func() int {
	a, b := 0, 1
	return func() int {
		defer func() { a, b = b, a+b }()
		return a
	}
}

func perms(s []rune, f func(string)) {
	var rec func(int)
	rec = func(i int) {
		if i == len(s) {
			f(string(s))
			return
		}
		for j := i; j < len(s); j++ {
			s[i], s[j] = s[j], s[i]
			rec(i + 1)
			s[i], s[j] = s[j], s[i]
		}
	}
	rec(0)
}

func variadic(pre string, xs ...int) (n int, s string) {
	for i := range xs {
		xs[i] *= 2
		n += xs[i]
	}
	s = pre + fmt.Sprint(len(xs), xs == nil)
	return
}

func multi() (a, b int, c string)              { return 1, 2, "c" }
func take(a, b int, c string, d ...any) string { return fmt.Sprint(a, b, c, d) }

type grid [3][3]rune

func (g *grid) set(r, c int, v rune) { g[r][c] = v }
func (g grid) String() string {
	var sb strings.Builder
	for _, row := range g {
		for _, v := range row {
			if v == 0 {
				v = '.'
			}
			sb.WriteRune(v)
		}
		sb.WriteByte('/')
	}
	return sb.String()
}

func main() {
	s := shape{name: "tri", pts: [][2]float64{{0, 0}, {1, 0}, 2: {0, 1}}, meta: map[string]any{"k": []int{1}}}
	s.next = &shape{name: "nested", fn: func(x *shape) string { return x.name + "!" }}
	s.next.next = &s
	fmt.Println(s.next.next.next.fn(&s), len(s.pts), s.meta["k"].([]int)[0], s.meta["none"] == nil)
	m := new(machine)
	m.on(running, func(f, t state) { m.log = append(m.log, "hook") }).on(stopped, func(f, t state) { panic(fmt.Sprint("no ", t)) })
	fmt.Println(m.to(running), m.to(stopped), m.log, m.state, m)
	f := fibs()
	for range 10 {
		fmt.Print(f(), " ")
	}
	fmt.Println()
	var ps []string
	perms([]rune("abç"), func(p string) { ps = append(ps, p) })
	sort.Strings(ps)
	fmt.Println(ps)
	xs := []int{1, 2, 3}
	fmt.Println(variadic("a"))
	fmt.Println(variadic("b", 1, 2))
	fmt.Println(variadic("c", xs...))
	fmt.Println(xs, take(multi()))
	var g grid
	g.set(1, 1, 'X')
	h := g
	h.set(0, 0, 'é')
	fmt.Println(g, h, g == h, g != grid{})
	type pair struct {
		k string
		v int
	}
	counts := map[string]int{}
	for _, w := range strings.Fields("a b a c b a") {
		counts[w]++
	}
	var pairs []pair
	for k, v := range counts {
		pairs = append(pairs, pair{k, v})
	}
	sort.Slice(pairs, func(i, j int) bool {
		return pairs[i].v > pairs[j].v || pairs[i].v == pairs[j].v && pairs[i].k < pairs[j].k
	})
	fmt.Println(pairs)
	a := []int{1, 2, 3, 4, 5}
	b := a[1:3]
	b = append(b, 99)
	c := append(a[:1:1], 7)
	c[0] = 100
	copy(a[3:], a)
	fmt.Println(a, b, c, len(b), cap(b), cap(c) >= 2)
	for i, r := range "a\xffé€" {
		fmt.Print(i, ":", string(r), " ")
	}
	fmt.Println()
	var iface interface {
		fmt.Stringer
		to(state) error
	} = m
	if mm, ok := iface.(*machine); ok {
		fmt.Println(mm == m, iface)
	}
	delete(counts, "zzz")
	clear(counts)
	fmt.Println(len(counts), counts)
	x, y := 1, 2
	x, y = y, x+y
	xs[0], xs[x] = xs[x], xs[0]
	fmt.Println(x, y, xs)
	func(args ...func()) {
		for _, f := range args {
			f()
		}
	}(func() { fmt.Print("1") }, func() { fmt.Println("2") })
	lbl := 0
L:
	for {
		switch lbl++; {
		case lbl < 3:
			continue L
		case lbl == 5:
			break L
		}
	}
	fmt.Println(lbl)
	bits := uint8(0b1010_0101)
	fmt.Printf("%08b %08b %08b %d %#x\n", bits&^0xf0, bits<<1|bits>>7, ^bits, -int8(bits>>1), uint16(bits)<<8|0xff)
	nested := map[string]map[int][]string{"a": {1: {"x", "y"}}, "b": nil}
	nested["b"] = map[int][]string{}
	nested["b"][2] = append(nested["b"][2], "z")
	fmt.Println(nested, len(nested["q"][5]))
	ptrs := []*int{new(int), nil}
	*ptrs[0] += 5
	pp := &ptrs[0]
	**pp++
	fmt.Println(*ptrs[0], ptrs[1] == nil)
	arrp := &[...]string{2: "two", 0: "zero"}
	for i := range arrp {
		arrp[i] += "!"
	}
	fmt.Println(len(arrp), *arrp, arrp[1:])
	var e struct {
		a, b int
		_    string
		fmt.Stringer
	}
	e.Stringer = running
	fmt.Println(e.String(), e.a, e)
}

// Functions with more local variables than a frame has room for, and values too large for one.
package main

import "fmt"

type block [60000]byte

type quad struct{ a, b, c, d int }

func many(n int) int {
	var a, b, c, d, e, f, g, h, i, j [60000]byte
	var k, l block
	a[n], b[n], c[n], d[n], e[n] = 1, 2, 3, 4, 5
	f, g = a, b
	h[n+1], i[n+2], j[n+3] = 8, 9, 10
	k = block(c)
	l[n]++
	s := 0
	for _, x := range [][60000]byte{a, b, c, d, e, f, g, h, i, j, k, l} {
		for m := range 4 {
			s = s*3 + int(x[n+m])
		}
	}
	inc := func() { a[n]++; k[n] += 2 }
	inc()
	inc()
	return s + int(a[n])*1000 + int(k[n])*100
}

var (
	ai [100000]int
	aq [100000]quad
)

type all struct {
	n  int
	ai [100000]int
	aq [100000]quad
	p  *[100000]int
}

var (
	t  = all{1, ai, aq, &ai}
	pt = &all{2, ai, aq, &ai}
)

func fill(x *[100000]int) [8000]int {
	y := [8000]int(x[:])
	y[7] = 70
	return y
}

func init() {
	ai[3] = 4
	aq[5].c = 6
}

type big struct {
	x [90000]int32
	n int
}

func (b big) sum() (s int) {
	for _, v := range b.x {
		s += int(v)
	}
	return s + b.n
}

func (b *big) set(i int, v int32) { b.x[i] = v }

func main() {
	fmt.Println(many(5), many(59990))
	u := all{ai: ai, aq: aq}
	v := &all{3, ai, aq, &t.ai}
	w := u
	w.aq[9].d = 1
	fmt.Println(u.ai[3], u.aq[5], v.ai[3], v.n, w.aq[9].d, u.aq[9].d, t.ai[3], pt.n, len(pt.aq))
	z := fill(&ai)
	fmt.Println(z[3], z[7], ai[7])
	b := big{n: 5}
	b.set(80000, 7)
	c := b
	c.set(1, 1)
	fmt.Println(b.sum(), c.sum(), b == c, b != c)
	var x any = c
	b = x.(big)
	fmt.Println(b == c, x == any(b), x == any(big{}))
	m := map[int]big{1: b}
	d := m[1]
	fmt.Println(d.sum(), m[2].n)
	e := d
	fmt.Println(e.sum())
	f := func() int { return e.sum() + int(d.x[1]) }
	e.n = 100
	fmt.Println(f())
	s := []big{b, c, {n: 1}}
	for i, y := range s {
		s[1].n = 50
		fmt.Println(i, y.n)
	}
	s = append(s, d)
	s = append(s, e)
	fmt.Println(len(s), s[4].n)
	arr := [2]big{b, {n: 3}}
	for i, y := range arr {
		arr[1].n = 9
		fmt.Println(i, y.n)
	}
	fmt.Println(arr[0].n, arr[1].n)
	p := &arr[1]
	*p = big{n: p.n + 1}
	fmt.Println(arr[1].n, (*p).x[1])
	defer func(b big) { fmt.Println("deferred", b.n) }(arr[1])
	g := b.sum
	b.n = 1000
	fmt.Println(g(), big.sum(b), (*big).sum(&b))
}

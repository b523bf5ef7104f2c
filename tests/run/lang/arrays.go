// Arrays are values: assigned, compared and passed by copy.
package main

import "fmt"

type grid [3][4]int

func change(a [3]int) [3]int {
	a[0] = 99
	return a
}

func (g *grid) set(x, y, v int) { g[y][x] = v }
func (g grid) sum() (s int) {
	for _, row := range g {
		for _, v := range row {
			s += v
		}
	}
	return
}

func main() {
	a := [3]int{1, 2, 3}
	b := a
	b[1] = 20
	c := change(a)
	fmt.Println(a, b, c, a == [3]int{1, 2, 3}, a != b)
	d := [...]string{2: "two", 0: "zero", 5: "five"}
	fmt.Println(len(d), d, fmt.Sprintf("%q", d))
	var g grid
	g.set(1, 2, 5)
	h := g
	h.set(0, 0, 7)
	g[2][3]++
	fmt.Println(g, g.sum(), h.sum(), len(g), len(g[0]))
	p := &a
	p[2] = 30
	for i, v := range p {
		fmt.Print(i, v, " ")
	}
	for i := range p {
		p[i] *= 2
	}
	fmt.Println(a, len(p), cap(p), p[1:])
	for i, v := range a { // ranges over a copy
		a[2] = 1000
		fmt.Print(i, "=", v, " ")
	}
	fmt.Println(a)
	s := a[:2]
	s[0] = -1
	s = append(s, -3)
	fmt.Println(a, s, len(s), cap(s))
	type pt struct{ x, y int8 }
	pts := [2]pt{{1, 2}, {3, 4}}
	q := pts
	q[1].y = 9
	fmt.Println(pts, q, pts == q, pts == [2]pt{{1, 2}, {3, 4}})
	m := map[[2]int]string{{1, 2}: "a", {3, 4}: "b"}
	fmt.Println(m[[2]int{3, 4}], m[[2]int{4, 3}] == "")
	var bytes [5]byte
	copy(bytes[1:], "abc")
	fmt.Println(bytes, string(bytes[1:4]))
	i := 2
	bytes[i], i = 'z', 0
	fmt.Println(bytes, i)
	arr := [2][]int{{1}, {2, 3}}
	arr[0] = append(arr[0], 4)
	e := [2]any{1, "x"}
	fmt.Println(arr, e == [2]any{1, "x"}, e)
	var big [1000]int
	for i := range big {
		big[i] = i * i
	}
	cp := big
	big[999] = 0
	fmt.Println(cp[999], big[999], len(cp))
	f := func() [3]bool { return [3]bool{true} }
	fmt.Println(f()[0], f()[1])
	sl := []int{1, 2, 3, 4}
	ap := (*[2]int)(sl)
	ap[0] = 11
	av := [4]int(sl)
	av[1] = 22
	fmt.Println(sl, *ap, av)
	var zero [0]int
	fmt.Println(zero, len(zero), [0]int{} == zero)
	floats := [4]float32{1.5, 2: 2.5}
	bools := [3]bool{1: true}
	i32s := [3]int32{-1, 2, -3}
	k := 1
	i32s[k] -= 5
	floats[k+1] /= 2
	bools[k] = !bools[k]
	fmt.Println(floats, bools, i32s)
}

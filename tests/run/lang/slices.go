// Slices: sharing, growth, full slice expressions, nil and empty.
package main

import "fmt"

type point struct {
	x, y int
	name string
}

var sink any // what is stored here escapes, so that no compiler gives it a buffer on the stack

func escaped[T any](s []T) []T { sink = s; return s }

func variadic(pre string, xs ...int) string { return fmt.Sprint(pre, len(xs), xs, xs == nil) }

func main() {
	var nilS []int
	empty := []int{}
	fmt.Println(nilS == nil, empty == nil, len(nilS), cap(nilS), nilS, empty)
	caps := ""
	last := -1
	for range 2000 {
		nilS = escaped(append(nilS, len(nilS)))
		if cap(nilS) != last {
			last = cap(nilS)
			caps += fmt.Sprint(last, " ")
		}
	}
	fmt.Println(caps)
	bs := escaped([]byte(nil))
	last, caps = -1, ""
	for range 3000 {
		bs = escaped(append(bs, 1))
		if cap(bs) != last {
			last = cap(bs)
			caps += fmt.Sprint(last, " ")
		}
	}
	fmt.Println(caps)
	fmt.Println(cap(escaped(append([]int(nil), 1, 2, 3))), cap(append([]int{1, 2}, 3, 4, 5)), cap(append([]string{"a"}, "b", "c", "d")), cap(append([]byte("ab"), "cdefghi"...)), cap(append([]point{}, point{})), cap(append([]int32{1}, 2, 3, 4, 5, 6)))
	a := []int{0, 1, 2, 3, 4, 5}
	b := a[1:3]
	c := a[1:3:3]
	b = append(b, 100)
	c = append(c, 200)
	fmt.Println(a, b, c, len(a[2:]), cap(a[2:4]), cap(a[2:4:5]))
	b[0] = -1
	c[1] = -2
	fmt.Println(a, b, c, a[len(a):], a[:0])
	n := copy(a, a[2:])
	fmt.Println(n, a)
	n = copy(a[3:], a)
	fmt.Println(n, a)
	pts := []point{{1, 2, "a"}, {name: "b"}}
	for _, p := range pts {
		p.x = 50
	}
	for i := range pts {
		pts[i].y += 10
	}
	q := &pts[0]
	q.name += "!"
	pts = append(pts, *q, point{7, 8, "c"})
	q.x = -1
	fmt.Println(pts, *q)
	fmt.Println(variadic("a"), variadic("b", 1, 2), variadic("c", a[:2]...), variadic("d", nil...))
	m := make([][]string, 2, 5)
	m[1] = append(m[1], "x", "y")
	fmt.Println(m, len(m), cap(m))
	clear(m)
	fmt.Println(m)
	s := make([]float64, 3)
	s[1] = 1.5
	s2 := append([]float64{}, s...)
	s[1] = 2.5
	fmt.Println(s, s2)
	a = append(a[:1], a[2:]...)
	fmt.Println(a)
	ptrs := []*point{{1, 1, "p"}, {2, 2, "q"}}
	ptrs[1].x, ptrs[0] = 5, ptrs[1]
	fmt.Println(*ptrs[0], *ptrs[1], ptrs[0] == ptrs[1])
	i := 0
	i, a[i] = 1, 77
	fmt.Println(i, a)
	rev := []rune("stressed")
	for i, j := 0, len(rev)-1; i < j; i, j = i+1, j-1 {
		rev[i], rev[j] = rev[j], rev[i]
	}
	fmt.Println(string(rev))
	var i8 []int8
	i8 = append(i8, -1, -128, 127)
	var i16 = []int16{-5}
	i16 = append(i16, i16...)
	fmt.Println(i8, i16, i8[1]-1)
	str := append([]string(nil), "a", "b")
	str = append(str, str...)
	strs := append(str[:1], str[3])
	fmt.Println(str, strs, append([]any{1}, "z", nil, 2.5))
}

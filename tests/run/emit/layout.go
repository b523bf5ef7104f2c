// Values in slots and in memory: narrow fields, arrays in structs, copies, comparison, alignment.
package main

import (
	"fmt"
	"unsafe"
)

type narrow struct {
	a int8
	b uint16
	c int32
	d bool
	e [3]int16
	f float32
	g struct{ x, y int8 }
	h complex64
}

type two struct{ x, y int32 }
type holder struct {
	n  int32
	t  two
	ts [3]two
	s  string
	i  any
}

type empty struct{}

func change(n narrow) narrow {
	n.a--
	n.b += 65535
	n.c *= -3
	n.d = !n.d
	n.e[1]--
	n.f /= 4
	n.g.y = n.g.x << 7
	n.h *= n.h
	return n
}

func grid() [3][4]uint8 {
	var g [3][4]uint8
	for i := range g {
		for j := range g[i] {
			g[i][j] = uint8(i*100 + j*77)
		}
	}
	return g
}

func main() {
	n := narrow{a: -128, b: 2, c: 1 << 30, e: [3]int16{1, -32768, 3}, f: 1, h: complex(1, 2)}
	n.g.x = 1
	m := change(n)
	fmt.Println(n, m, n == m, n == n)
	fmt.Println(unsafe.Sizeof(n), unsafe.Offsetof(n.f), unsafe.Sizeof(holder{}), unsafe.Alignof(two{}))

	h := holder{n: 1, t: two{2, 3}, s: "s", i: two{4, 5}}
	h.ts[1] = h.t
	h.ts[2].y = h.ts[1].x
	k := h
	k.ts[0] = k.i.(two)
	k.t.x++
	fmt.Println(h, k, h == k)
	i := 2
	h.ts[i], h.ts[i-1] = h.ts[i-1], h.ts[i]
	t := &h.ts[i]
	t.x += 10
	fmt.Println(h.ts, *t, h.ts[i] == *t)

	g := grid()
	c := g
	c[1][2] = 5
	rows := 0
	for _, row := range g {
		for _, v := range row {
			rows += int(v)
		}
	}
	fmt.Println(g, c[1], g == c, rows)
	for i, v := range c {
		c[2][i] = 9
		v[0] = 1
	}
	fmt.Println(c)

	set := map[two]empty{{1, 2}: {}, {3, 4}: {}}
	_, ok := set[two{3, 4}]
	fmt.Println(len(set), ok, empty{} == empty{})
	byArray := map[[2]string]int8{{"a", "b"}: -1}
	byArray[[2]string{"a", "b"}] -= 127
	byArray[[2]string{"a", "b"}]--
	fmt.Println(byArray)
	ch := make(chan int16, 2)
	ch <- -5
	fmt.Println(<-ch, any(int8(-3)).(int8), any(narrow{a: -1}).(narrow).a)
	vals := []any{int8(-1), uint8(255), float32(0.1), two{1, 2}, [0]int{}, empty{}, "x", 1 + 2i, complex64(1i)}
	for _, v := range vals {
		for _, w := range vals {
			if v == w {
				fmt.Printf("%T ", v)
			}
		}
	}
	fmt.Println()
	var z [0]func()
	fmt.Println(len(z), unsafe.Sizeof(z))
	big := make([][100]int64, 3)
	big[1][99] = 7
	one := big[1]
	one[99]++
	fmt.Println(big[1][99], one[99], len(one))
}

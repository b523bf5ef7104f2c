// When operands are read: calls first, in order, then what they may have changed.
package main

import "fmt"

type buf struct {
	data []int
	n    int
}

func (b *buf) grow(n int) int {
	at := len(b.data)
	b.data = append(b.data, make([]int, n)...)
	b.n += n
	return at
}

var g = 1

func bump(by int) int {
	g += by
	return by
}

type pair struct{ a, b int }

func two() (int, int)      { return 10, 20 }
func ptr() (*int, int)     { return nil, 42 }
func both() (pair, []int)  { g = 100; return pair{g, 1}, nil }
func show(xs ...any)       { fmt.Println(xs...) }
func keep[T any](x T) T    { return x }
func trace(s string) string { fmt.Print(s, " "); return s }

func named() (x, y int) {
	defer func() { x *= 2 }()
	x, y = 3, 4
	return y, x
}

func loop() (fs []func() int) {
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i += 10; return i })
	}
	for i, s := range []string{"a", "b"} {
		fs = append(fs, func() int { return i + len(s) })
	}
	var self func(int) int
	self = keep(func(n int) int {
		if n == 0 {
			return 0
		}
		return n + self(n-1)
	})
	fs = append(fs, func() int { return self(4) })
	return fs
}

func main() {
	b := &buf{}
	b.data[b.grow(1)] = 7
	copy(b.data[b.grow(2):], []int{8, 9})
	show(b.data, b.n)

	show(g, bump(1), g)
	x := g + bump(10)
	show(x)
	arr := []int{g, bump(100), g}
	show(arr)
	m := map[int]int{g: bump(1)}
	show(len(m), g)
	s := struct{ a, b int }{g, bump(1000)}
	show(s.a == g, s.b)

	i := 0
	list := []int{5, 6, 7}
	i, list[i] = 2, 50
	show(i, list)
	list[0], list[2], i = list[2], list[0], list[1]
	show(i, list)
	p := &pair{1, 2}
	p.a, p.b, p = p.b, p.a, nil
	show(p == nil)
	i = 1
	for i, list[i] = range []int{99} {
	}
	show(i, list)
	func() {
		defer func() { show("recovered:", recover() != nil) }()
		q := new(int)
		q, *q = ptr()
		show(q == nil)
	}()

	show(named())
	for _, f := range loop() {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	show(fmt.Sprint(trace("a"), trace("b")) + trace("c") + fmt.Sprint(trace("d")))
	y, z := two()
	y, w := z, y
	show(y, z, w)
}

// More values in one frame than it has room for, each of them small enough for slots by itself: by value as arguments,
// results, captures, channel elements and in expressions.
package main

import "fmt"

type B [8192]int // 64 KB

type P struct {
	x [40]int
	s string
}

func mk(v int) (b B) { b[0], b[8191] = v, -v; return }

func nine(a, b, c, d, e, f, g, h, i B) (B, B, B, B, B, B, B, B, B) {
	a[0]++
	return i, h, g, f, e, d, c, b, a
}

func sum(bs ...B) (n int) {
	for _, b := range bs {
		n += b[0] - b[8191]
	}
	return
}

func (p P) bump() P { p.x[0]++; p.s += "."; return p }

func main() {
	a, b, c, d, e, f, g, h, i := nine(mk(1), mk(2), mk(3), mk(4), mk(5), mk(6), mk(7), mk(8), mk(9))
	fmt.Println(a[0], b[0], c[0], d[0], e[0], f[0], g[0], h[0], i[0], i[8191])
	fmt.Println(sum(a, b, c, d, e, f, g, h, i))
	ch := make(chan [8000]int, 2)
	ch <- [8000]int{7: 7}
	v, ok := <-ch
	fmt.Println(v[7], ok)
	go func() { ch <- v; close(ch) }()
	for v := range ch {
		v[7]++
		fmt.Println(v[7])
	}
	v, ok = <-ch
	fmt.Println(v[7], ok)
	unbuffered := make(chan P)
	go func() {
		p := P{s: "p"}
		for range 3 {
			unbuffered <- p
			p = p.bump()
		}
		close(unbuffered)
	}()
	for {
		select {
		case p, ok := <-unbuffered:
			if !ok {
				fmt.Println("closed", p.s == "")
				return
			}
			fmt.Println(p.x[0], p.s)
		}
	}
}

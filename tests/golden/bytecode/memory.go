// minigo: dump -bytecode
// Structs, arrays, slices and maps: fields in slots, at offsets, in elements.
package main

type small struct {
	a int8
	b int32
	c string
	d [3]int16
}

type body struct{ x, vx, mass float64 }

func locals() (int32, int) {
	var s small
	s.a = -1
	s.b += 7
	s.c = "c"
	s.d[1] = 2
	return s.b, len(s.c)
}

func fields(b *body, dt float64) {
	b.x += dt * b.vx
	b.vx -= b.x * b.mass
}

func elements(bs []body, i int) float64 {
	bs[i].mass = 1
	return bs[i].x + bs[0].vx*bs[i].vx
}

func matrix(m [][]float64, i, j int) float64 {
	return m[i][j]
}

func maps(m map[string]int, k string) (int, bool) {
	m[k]++
	m["x"] = 1
	v, ok := m[k]
	delete(m, k)
	return v, ok
}

func grow(s []int, b []byte) ([]int, []byte) {
	s = append(s, 1)
	s = append(s, 2, 3)
	b = append(b, 'x')
	b = append(b, "yz"...)
	return s[1:], b[:2]
}

var table = [...]uint16{1, 2, 3, 5, 8, 13, 21, 34, 55, 89}

func main() {
	_, _ = locals()
	fields(&body{}, 1)
	_ = elements(make([]body, 1), 0)
	_ = matrix(nil, 0, 0)
	_, _ = maps(nil, "")
	_, _ = grow(nil, nil)
	println(table[3])
}

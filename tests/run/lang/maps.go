// Maps: all key types, mutation while ranging, NaN, comma-ok, nested.
package main

import (
	"fmt"
	"math"
	"sort"
)

type key struct {
	a int
	b string
}

type shape interface{ area() int }
type square int
type rect struct{ w, h int }

func (s square) area() int { return int(s * s) }
func (r rect) area() int   { return r.w * r.h }

func main() {
	m := map[string]int{"one": 1, "two": 2}
	m["three"] = 3
	v, ok := m["four"]
	fmt.Println(m, len(m), v, ok, m["one"])
	delete(m, "one")
	delete(m, "nope")
	_, ok = m["one"]
	fmt.Println(m, ok)
	var nilM map[string]int
	fmt.Println(nilM["x"], len(nilM), nilM == nil)
	delete(nilM, "x")
	for range nilM {
		panic("never")
	}
	ks := map[key][]int{}
	ks[key{1, "a"}] = append(ks[key{1, "a"}], 1, 2)
	ks[key{1, "a"}][0]++
	ks[key{2, "b"}] = nil
	fmt.Println(ks, len(ks))
	ifs := map[any]string{1: "int", "1": "string", 1.0: "float", key{1, "x"}: "struct", [1]int{1}: "array", nil: "nil", true: "bool"}
	fmt.Println(ifs[1], ifs["1"], ifs[1.0], ifs[key{1, "x"}], ifs[[1]int{1}], ifs[nil], ifs[true], ifs[int8(1)] == "", len(ifs))
	shapes := map[shape]int{square(2): 1, rect{1, 2}: 2}
	shapes[rect{1, 2}] += 10
	fmt.Println(shapes[square(2)], shapes[rect{1, 2}], shapes[square(3)])
	fl := map[float64]int{}
	fl[math.NaN()] = 1
	fl[math.NaN()] = 2
	fl[0.0] = 3
	negZero := math.Copysign(0, -1)
	fl[negZero]++
	_, ok = fl[math.NaN()]
	fmt.Println(len(fl), fl[0], ok)
	clear(fl)
	fmt.Println(len(fl))
	big := map[int]int{}
	for i := range 1000 {
		big[i] = i * i
	}
	seen, added := 0, 0
	for k := range big {
		seen++
		delete(big, k)
		if k%3 == 0 && k < 1000 {
			big[k+5000] = k
			added++
		}
	}
	fmt.Println(seen >= 1000, added == 334)
	for k := range big {
		if k < 1000 {
			fmt.Println("left", k)
		}
	}
	nested := map[string]map[string]int{"a": {"x": 1}}
	nested["b"] = map[string]int{}
	nested["b"]["y"]++
	nested["b"]["y"] += 5
	fmt.Println(nested)
	counts := map[rune]int{}
	for _, r := range "hello world" {
		counts[r]++
	}
	keys := make([]string, 0)
	for r, n := range counts {
		keys = append(keys, fmt.Sprintf("%c%d", r, n))
	}
	sort.Strings(keys)
	fmt.Println(keys)
	funcs := map[string]func(int) int{"double": func(x int) int { return 2 * x }}
	fmt.Println(funcs["double"](21))
	structs := map[string]struct{ n int }{"s": {4}}
	s := structs["s"]
	s.n++
	structs["t"] = s
	fmt.Println(structs)
	pm := map[*int]string{}
	x, y := 1, 1
	pm[&x], pm[&y] = "x", "y"
	fmt.Println(pm[&x], pm[&y], len(pm))
	b8 := map[int8]bool{-1: true}
	b8[127] = !b8[-1]
	fmt.Println(b8[-1], b8, len(map[struct{}]int{{}: 1}))
	orders := map[string]bool{}
	for range 200 {
		o := ""
		for k := range map[int]int{1: 1, 2: 2, 3: 3, 4: 4} {
			o += fmt.Sprint(k)
		}
		orders[o] = true
	}
	fmt.Println(len(orders) > 1)
	vals := map[string]*[3]int{"p": {1, 2, 3}}
	vals["p"][1] = 9
	i, mm := 0, map[int]int{}
	i, mm[i] = 5, 6
	fmt.Println(*vals["p"], mm, i)
	c64 := map[complex128]string{1 + 2i: "c"}
	ch := make(chan int)
	chm := map[chan int]int{ch: 1}
	fmt.Println(c64[1+2i], chm[ch])
}

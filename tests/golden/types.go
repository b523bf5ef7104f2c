// minigo: dump -types
package main

type celsius float64

func (c celsius) f() float64 { return float64(c)*9/5 + 32 }

func main() {
	const k = 1 << 3
	var c celsius = 36.6
	m := map[string][]int{"a": {k}}
	v, ok := m["a"]
	_, _, _ = v, ok, c.f()
}

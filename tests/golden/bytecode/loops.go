// minigo: dump -bytecode
// Loops: the condition at the bottom, one instruction for counting, comparing and going back.
package main

func sieve(n int) int {
	composite := make([]bool, n+1)
	count := 0
	for i := 2; i <= n; i++ {
		if composite[i] {
			continue
		}
		count++
		for j := i * i; j <= n; j += i {
			composite[j] = true
		}
	}
	return count
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

func halve(a []float64) {
	for i, x := range a {
		a[i] = x * 0.5
	}
}

func runes(s string) (n int) {
	for _, r := range s {
		if r > 127 {
			n++
		}
	}
	return n
}

func countdown(n int) {
	for n > 0 && n != 7 {
		n--
	}
	for range 100_000 {
		n++
	}
}

func main() {
	_ = sieve(100)
	_ = dot(nil, nil)
	halve(nil)
	_ = runes("é")
	countdown(5)
}

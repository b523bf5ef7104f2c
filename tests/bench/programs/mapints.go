// A map of ints: insert, look up, delete, range.
package main

import "fmt"

func main() {
	sum := 0
	for round := range 5 {
		m := make(map[int]int)
		for i := range 300_000 {
			m[i*7919+round] = i
		}
		for i := range 600_000 {
			if v, ok := m[i*7919+round]; ok {
				sum += v
			}
		}
		for i := 0; i < 300_000; i += 2 {
			delete(m, i*7919+round)
		}
		for k, v := range m {
			sum += k ^ v
		}
		for i := range 300_000 {
			m[i&1023]++
		}
		sum += len(m)
	}
	fmt.Println(sum)
}

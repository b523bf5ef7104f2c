// Sieve of Eratosthenes: loops over a slice of bools.
package main

import "fmt"

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

func main() {
	total := 0
	for range 12 {
		total += sieve(2_000_000)
	}
	fmt.Println(total)
}

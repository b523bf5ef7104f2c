// Matrix multiplication on slices of slices.
package main

import "fmt"

func matrix(n int, f float64) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
		for j := range m[i] {
			m[i][j] = f * float64(i-j) * float64(i+j)
		}
	}
	return m
}

func mul(a, b [][]float64) [][]float64 {
	n := len(a)
	c := make([][]float64, n)
	for i := 0; i < n; i++ {
		row := make([]float64, n)
		for k := 0; k < n; k++ {
			x, bk := a[i][k], b[k]
			for j := 0; j < n; j++ {
				row[j] += x * bk[j]
			}
		}
		c[i] = row
	}
	return c
}

func main() {
	n := 500
	f := 1 / float64(n) / float64(n)
	c := mul(matrix(n, f), matrix(n, f))
	fmt.Printf("%.6f\n", c[n/2][n/2])
}

package main

import "fmt"

type huge [1<<32 + 64]byte

// Parts of arrays that lie more than 4 GB behind their beginning.
func main() {
	p := new(huge)
	i := 1<<32 + 5
	p[i] = 9
	p[1<<32+6] = 3
	p[6] = 1
	fmt.Println(p[5], p[6], p[i], p[1<<32+6], len(p), len(p[i:]))
	for _, j := range []int{-1, len(p)} {
		func() {
			defer func() { fmt.Println(recover()) }()
			p[j]++
		}()
	}
	p = nil
	defer func() { fmt.Println(recover()) }()
	p[i] = 1
}

// exit: 2
package main

func index(s []int, i int) int { return s[i] }

func main() {
	index([]int{1, 2, 3}, 5)
}

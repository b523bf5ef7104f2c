// print and println write to stderr in Go's own format.
package main

type T struct{ a int }

func main() {
	println("text", 1, -2, 'c', 1.5, true, 2i, uint8(3))
	print("a", "b", 1, "\n")
	println(1e6, 1e-7, 3.0, float32(0.1), 100000000.0, 123456.0)
	var e error
	var s []int
	println(e == nil, len(s), s == nil)
	println()
}

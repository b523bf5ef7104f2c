package main

const limit = 10

type point struct{ x, y int }

func origin() point { return point{} }

func main() {
	limit = 11 // ERROR `cannot assign to limit \(neither addressable nor a map index expression\)`
	1 = 2 // ERROR `cannot assign to 1 \(neither addressable nor a map index expression\)`
	origin() = point{} // ERROR `cannot assign to origin\(\) \(neither addressable nor a map index expression\)`
	origin().x = 1 // ERROR `cannot assign to origin\(\)\.x \(neither addressable nor a map index expression\)`
	points := map[string]point{}
	points["a"].x = 1 // ERROR `cannot assign to struct field points\["a"\]\.x in map`
	points["a"] = point{1, 2}
	"abc"[0] = 'x' // ERROR `cannot assign to "abc"\[0\] \(neither addressable nor a map index expression\)`
	s := "abc"
	s[1] = 'x' // ERROR `cannot assign to s\[1\] \(neither addressable nor a map index expression\)`
	main = nil // ERROR `cannot assign to main \(neither addressable nor a map index expression\)`
	len = nil // ERROR `len \(built-in\) must be called`
	nil = nil // ERROR `cannot assign to nil \(neither addressable nor a map index expression\)`
	int = 5 // ERROR `int \(type\) is not an expression`
	true = false // ERROR `cannot assign to true \(neither addressable nor a map index expression\)`
	point{}.x = 1 // ERROR `cannot assign to point\{\}\.x \(neither addressable nor a map index expression\)`
	[2]int{}[0] = 1 // ERROR `cannot assign to \[2\]int\{\}\[0\] \(neither addressable nor a map index expression\)`
	[]int{1}[0] = 1
	(&point{}).x = 1
	for limit = range 3 { // ERROR `cannot assign to limit \(neither addressable nor a map index expression\)`
	}
	_ = s
}

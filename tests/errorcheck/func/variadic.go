package main

func ints(a ...int)           {}
func anys(a ...any)           {}
func mixed(a int, b ...string) {}
func slices(a ...[]int)       {}

func main() {
	ints()
	ints(1, 2, 3)
	ints(1, "a", 2.5) // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to ints` `cannot use 2\.5 \(untyped float constant\) as int value in argument to ints \(truncated\)`
	ints([]int{1}...)
	ints([]string{}...) // ERROR `cannot use \[\]string\{\} \(value of type \[\]string\) as \[\]int value in argument to ints`
	ints([3]int{}...) // ERROR `cannot use \[3\]int\{\} \(value of type \[3\]int\) as \[\]int value in argument to ints`
	ints(nil...)
	ints(nil) // ERROR `cannot use nil as int value in argument to ints`
	ints(1, []int{2}...) // ERROR `too many arguments in call to ints`
	ints([]int{1}) // ERROR `cannot use \[\]int\{…\} \(value of type \[\]int\) as int value in argument to ints`
	anys(1, "a", nil)
	anys([]int{1}...) // ERROR `cannot use \[\]int\{…\} \(value of type \[\]int\) as \[\]any value in argument to anys`
	anys([]any{1}...)
	anys([]int{1})
	mixed() // ERROR `not enough arguments in call to mixed`
	mixed("a") // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to mixed`
	mixed(1, 2) // ERROR `cannot use 2 \(untyped int constant\) as string value in argument to mixed`
	mixed(1, []string{"a"}...)
	mixed([]string{"a"}...) // ERROR `not enough arguments in call to mixed`
	mixed(1, "a", []string{"a"}...) // ERROR `too many arguments in call to mixed`
	slices([]int{1}, []int{2})
	slices([]int{1}...) // ERROR `cannot use \[\]int\{…\} \(value of type \[\]int\) as \[\]\[\]int value in argument to slices`
	slices([][]int{{1}}...)
	slices(1) // ERROR `cannot use 1 \(untyped int constant\) as \[\]int value in argument to slices`
	var f func(...int) = ints
	var g func([]int) = ints // ERROR `cannot use ints \(value of type func\(a \.\.\.int\)\) as func\(\[\]int\) value in variable declaration`
	var h func(...string) = ints // ERROR `cannot use ints \(value of type func\(a \.\.\.int\)\) as func\(\.\.\.string\) value in variable declaration`
	f = func(a []int) {} // ERROR `cannot use func\(a \[\]int\) \{\} \(value of type func\(a \[\]int\)\) as func\(\.\.\.int\) value in assignment`
	f("a") // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to f`
	g([]int{1})
	g(1) // ERROR `cannot use 1 \(untyped int constant\) as \[\]int value in argument to g`
	func(a ...int) int { return a }(1) // ERROR `cannot use a \(variable of type \[\]int\) as int value in return statement`
	func(a ...int) { _ = a + 1 }(1) // ERROR `invalid operation: a \+ 1 \(mismatched types \[\]int and untyped int\)`
	_ = h
	main([]int{}...) // ERROR `cannot use \.\.\. in call to non-variadic main`
}

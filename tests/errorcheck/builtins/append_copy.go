package main

type ints []int

func two() ([]int, int) { return nil, 1 }
func f()                {}

func main() {
	s := []int{}
	b := []byte{}
	var l ints
	var a [3]int
	var str string
	var e any
	_ = append() // ERROR `invalid operation: not enough arguments for append\(\) \(expected 1, found 0\)`
	_ = append(1) // ERROR `invalid append: argument must be a slice; have 1 \(untyped int constant\)`
	_ = append("a", 'b') // ERROR `invalid append: argument must be a slice; have "a" \(untyped string constant\)`
	_ = append(nil, 1) // ERROR `invalid append: argument must be a slice; have untyped nil`
	_ = append(a, 1) // ERROR `invalid append: argument must be a slice; have a \(variable of type \[3\]int\)`
	_ = append(e, 1) // ERROR `invalid append: argument must be a slice; have e \(variable of interface type any\)`
	_ = append(s, "a") // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to append`
	_ = append(s, 1, "a", 2.5) // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to append` `cannot use 2\.5 \(untyped float constant\) as int value in argument to append \(truncated\)`
	_ = append(s, 1.0)
	_ = append(s, nil) // ERROR `cannot use nil as int value in argument to append`
	_ = append(s, s) // ERROR `cannot use s \(variable of type \[\]int\) as int value in argument to append`
	_ = append(s, s...)
	_ = append(s, b...) // ERROR `cannot use b \(variable of type \[\]byte\) as \[\]int value in argument to append`
	_ = append(s, 1, s...) // ERROR `too many arguments in call to append`
	_ = append(s, a...) // ERROR `cannot use a \(variable of type \[3\]int\) as \[\]int value in argument to append`
	_ = append(s, str...) // ERROR `cannot use str \(variable of type string\) as \[\]int value in argument to append`
	_ = append(b, str...)
	_ = append(b, "abc"...)
	_ = append(b, "abc") // ERROR `cannot use "abc" \(untyped string constant\) as byte value in argument to append`
	_ = append(b, 'a', 300) // ERROR `cannot use 300 \(untyped int constant\) as byte value in argument to append \(overflows\)`
	_ = append(l, s...)
	_ = append(two())
	_ = append(f()) // ERROR `f\(\) \(no value\) used as value`
	_ = append(s...) // ERROR `not enough arguments in call to append`
	append(s, 1) // ERROR `append\(s, 1\) \(value of type \[\]int\) is not used`
	s = append(l, 1)
	var x []string = append(s, 1) // ERROR `cannot use append\(s, 1\) \(value of type \[\]int\) as \[\]string value in variable declaration`
	_ = append([]any{}, 1, "a", nil)
	_ = append([]string{}, []any{}...) // ERROR `cannot use \[\]any\{\} \(value of type \[\]any\) as \[\]string value in argument to append`
	_ = append([]func(){}, f, main, two) // ERROR `cannot use two \(value of type func\(\) \(\[\]int, int\)\) as func\(\) value in argument to append`
	_ = copy() // ERROR `invalid operation: not enough arguments for copy\(\) \(expected 2, found 0\)`
	_ = copy(s) // ERROR `invalid operation: not enough arguments for copy\(s\) \(expected 2, found 1\)`
	_ = copy(s, s, s) // ERROR `invalid operation: too many arguments for copy\(s, s, s\) \(expected 2, found 3\)`
	_ = copy(s, b) // ERROR `invalid copy: arguments s \(variable of type \[\]int\) and b \(variable of type \[\]byte\) have different element types int and byte`
	_ = copy(s, "a") // ERROR `invalid copy: arguments s \(variable of type \[\]int\) and "a" \(untyped string constant\) have different element types int and byte`
	_ = copy(b, "a")
	_ = copy(b, str)
	_ = copy(str, b) // ERROR `invalid copy: argument must be a slice; have str \(variable of type string\)`
	_ = copy("a", b) // ERROR `invalid copy: argument must be a slice; have "a" \(untyped string constant\)`
	_ = copy(a, s) // ERROR `invalid copy: argument must be a slice; have a \(variable of type \[3\]int\)`
	_ = copy(a[:], s)
	_ = copy(s, nil) // ERROR `invalid copy: argument must be a slice; have untyped nil`
	_ = copy(nil, s) // ERROR `invalid copy: argument must be a slice; have untyped nil`
	_ = copy(1, 2) // ERROR `invalid copy: argument must be a slice; have 1 \(untyped int constant\)`
	_ = copy(l, s)
	_ = copy(e, e) // ERROR `invalid copy: argument must be a slice; have e \(variable of interface type any\)`
	_ = x
}

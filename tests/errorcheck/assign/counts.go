package main

func one() int                     { return 1 }
func two() (int, int)              { return 1, 2 }
func three() (a, b int, c string)  { return 1, 2, "c" }
func nothing()                     {}

func main() {
	var a, b int = 1 // ERROR `assignment mismatch: 2 variables but 1 value`
	var c, d = 1, 2, 3 // ERROR `extra init expr 3`
	e, f := one() // ERROR `assignment mismatch: 2 variables but one returns 1 value`
	g := two() // ERROR `assignment mismatch: 1 variable but two returns 2 values`
	h, i := three() // ERROR `assignment mismatch: 2 variables but three returns 3 values`
	a, b = 1, 2, 3 // ERROR `assignment mismatch: 2 variables but 3 values`
	a, b = b // ERROR `assignment mismatch: 2 variables but 1 value`
	a = two() // ERROR `assignment mismatch: 1 variable but two returns 2 values`
	a, b = three() // ERROR `assignment mismatch: 2 variables but three returns 3 values`
	j, k := nothing() // ERROR `nothing\(\) \(no value\) used as value`
	l := nothing() // ERROR `nothing\(\) \(no value\) used as value`
	_ = nothing() // ERROR `nothing\(\) \(no value\) used as value`
	_, _, _, _, _, _, _, _, _, _, _, _ = c, d, e, f, g, h, i, a, b, j, k, l
}

var x, y = one() // ERROR `assignment mismatch: 2 variables but one returns 1 value`
var z = two() // ERROR `multiple-value two\(\) \(value of type \(int, int\)\) in single-value context`
var v, w int = 1, 2, 3 // ERROR `extra init expr 3`

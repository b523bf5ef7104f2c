package main

func f(x any) {
	switch y := x.(type) { // ERROR `y declared and not used`
	}
	switch y := x.(type) { // ERROR `y declared and not used`
	case int:
	case string:
	}
	switch y := x.(type) {
	case int:
		_ = y
	case string:
	}
	switch _ := x.(type) { // ERROR `no new variable on left side of :=`
	case int:
	}
	switch y := x.(type) {
	case int, string:
		var s string = y // ERROR `cannot use y \(variable of interface type any\) as string value in variable declaration: need type assertion`
		_ = s
	case nil:
		var i int = y // ERROR `cannot use y \(variable of interface type any\) as int value in variable declaration: need type assertion`
		_ = i
	case bool:
		y = 1 // ERROR `cannot use 1 \(untyped int constant\) as bool value in assignment`
	default:
		y.foo() // ERROR `y\.foo undefined \(type any has no field or method foo\)`
	}
}

func main() { f(1) }

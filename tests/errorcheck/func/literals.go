package main

func apply(f func(int) int) int { return f(1) }
func maker() func() func(string) int { return nil }

func main() {
	apply(func(x int) int { return x })
	apply(func(x string) int { return 1 }) // ERROR `cannot use func\(x string\) int \{…\} \(value of type func\(x string\) int\) as func\(int\) int value in argument to apply`
	apply(func(x int) string { return "a" }) // ERROR `cannot use func\(x int\) string \{…\} \(value of type func\(x int\) string\) as func\(int\) int value in argument to apply`
	apply(func(x int) int { return "a" }) // ERROR `cannot use "a" \(untyped string constant\) as int value in return statement`
	apply(func(x, y int) int { return x }) // ERROR `cannot use func\(x, y int\) int \{…\} \(value of type func\(x int, y int\) int\) as func\(int\) int value in argument to apply`
	apply(func(int) int { return y }) // ERROR `undefined: y`
	apply(func(x int) int {}) // ERROR `missing return`
	apply(func(x int) int { unused := x; return 1 }) // ERROR `declared and not used: unused`
	apply(main) // ERROR `cannot use main \(value of type func\(\)\) as func\(int\) int value in argument to apply`
	apply(nil)
	apply(apply) // ERROR `cannot use apply \(value of type func\(f func\(int\) int\) int\) as func\(int\) int value in argument to apply`
	apply(func(...int) int { return 1 }) // ERROR `cannot use func\(\.\.\.int\) int \{…\} \(value of type func\(\.\.\.int\) int\) as func\(int\) int value in argument to apply`
	f := func(a, b int, rest ...string) (n int, err error) { return }
	f(1, 2)
	f(1, 2, "a", "b")
	f(1) // ERROR `not enough arguments in call to f`
	f(1, 2, 3) // ERROR `cannot use 3 \(untyped int constant\) as string value in argument to f`
	n := f(1, 2) // ERROR `assignment mismatch: 1 variable but f returns 2 values`
	n, err := f(1, 2)
	f = nil
	f = main // ERROR `cannot use main \(value of type func\(\)\) as func\(a int, b int, rest \.\.\.string\) \(n int, err error\) value in assignment`
	f == f // ERROR `invalid operation: f == f \(func can only be compared to nil\)`
	_ = f == nil
	f.x() // ERROR `f\.x undefined \(type func\(a int, b int, rest \.\.\.string\) \(n int, err error\) has no field or method x\)`
	maker()()("a")
	maker()()(1) // ERROR `cannot use 1 \(untyped int constant\) as string value in argument to maker\(\)\(\)`
	maker()("a") // ERROR `too many arguments in call to maker\(\)`
	var s string = maker()()("a") // ERROR `cannot use maker\(\)\(\)\("a"\) \(value of type int\) as string value in variable declaration`
	func() { return 1 }() // ERROR `too many return values`
	func(a int) { a = "x" }(1) // ERROR `cannot use "x" \(untyped string constant\) as int value in assignment`
	_ = func() int { return 1 }() + "a" // ERROR `invalid operation: func\(\) int \{…\}\(\) \+ "a" \(mismatched types int and untyped string\)`
	_ = func() int { return 1 } + 1 // ERROR `invalid operation: func\(\) int \{…\} \+ 1 \(mismatched types func\(\) int and untyped int\)`
	x := func() int { return x() } // ERROR `undefined: x`
	var rec func(int) int
	rec = func(n int) int { return rec(n-1) * n }
	for i := 0; i < 3; i++ {
		defer func() { i.x() }() // ERROR `i\.x undefined \(type int has no field or method x\)`
	}
	_, _, _, _, _ = n, err, s, x, rec
	func(a, a int) {}(1, 2) // ERROR `a redeclared in this block`
	func(a int) (a int) { return }(1) // ERROR `a redeclared in this block` `result parameter a not in scope at return`
	func(a int) { a := 1 }(1) // ERROR `no new variables on left side of :=`
	func(a int) { var a string }(1) // ERROR `a redeclared in this block`
}

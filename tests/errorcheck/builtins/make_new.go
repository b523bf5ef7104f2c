package main

type st struct{ a int }

func main() {
	n, f, s := 1, 1.5, "a"
	_ = make() // ERROR `invalid operation: not enough arguments for make\(\) \(expected 1, found 0\)`
	_ = make(1) // ERROR `1 is not a type`
	_ = make(int) // ERROR `invalid argument: cannot make int: type must be slice, map, or channel`
	_ = make(int, 1) // ERROR `invalid argument: cannot make int: type must be slice, map, or channel`
	_ = make([]int) // ERROR `invalid operation: make\(\[\]int\) expects 2 or 3 arguments; found 1`
	_ = make([]int, -1) // ERROR `invalid argument: index -1 \(constant of type int\) must not be negative`
	_ = make([]int, 1.5) // ERROR `1\.5 \(untyped float constant\) truncated to int`
	_ = make([]int, 1.0)
	_ = make([]int, "a") // ERROR `cannot convert "a" \(untyped string constant\) to type int`
	_ = make([]int, nil) // ERROR `cannot convert nil to type int`
	_ = make([]int, f) // ERROR `invalid argument: index f \(variable of type float64\) must be integer`
	_ = make([]int, s) // ERROR `invalid argument: index s \(variable of type string\) must be integer`
	_ = make([]int, n)
	_ = make([]int, 10, 5) // ERROR `invalid argument: length and capacity swapped`
	_ = make([]int, 5, 10)
	_ = make([]int, 1, 2, 3) // ERROR `invalid operation: make\(\[\]int, 1, 2, 3\) expects 2 or 3 arguments; found 4`
	_ = make([]int, 1<<70) // ERROR `1 << 70 \(untyped int constant 1180591620717411303424\) overflows int`
	_ = make([3]int) // ERROR `invalid argument: cannot make \[3\]int: type must be slice, map, or channel`
	_ = make(st) // ERROR `invalid argument: cannot make st: type must be slice, map, or channel`
	_ = make(*[]int) // ERROR `invalid argument: cannot make \*\[\]int: type must be slice, map, or channel`
	_ = make(func()) // ERROR `invalid argument: cannot make func\(\): type must be slice, map, or channel`
	_ = make(any) // ERROR `invalid argument: cannot make any: type must be slice, map, or channel`
	_ = make(map[string]int)
	_ = make(map[string]int, 5)
	_ = make(map[string]int, 5, 6) // ERROR `invalid operation: make\(map\[string\]int, 5, 6\) expects 1 or 2 arguments; found 3`
	_ = make(map[string]int, "a") // ERROR `cannot convert "a" \(untyped string constant\) to type int`
	_ = make(chan int)
	_ = make(chan int, -1) // ERROR `invalid argument: index -1 \(constant of type int\) must not be negative`
	_ = make(chan int, 1, 2) // ERROR `invalid operation: make\(chan int, 1, 2\) expects 1 or 2 arguments; found 3`
	_ = make(undefined) // ERROR `undefined: undefined`
	_ = make([]undefined, 1) // ERROR `undefined: undefined`
	_ = make(n) // ERROR `n \(local variable\) is not a type`
	_ = new() // ERROR `invalid operation: not enough arguments for new\(\) \(expected 1, found 0\)`
	_ = new(int)
	_ = new(int, string) // ERROR `invalid operation: too many arguments for new\(int, string\) \(expected 1, found 2\)`
	_ = new(5)
	_ = new(n)
	_ = new(nil) // ERROR `use of untyped nil in argument to new`
	_ = new(undefined) // ERROR `undefined: undefined`
	_ = new(main)
	_ = new(len) // ERROR `len \(built-in\) must be called`
	_ = new(println()) // ERROR `println\(\) \(no value\) used as value or type`
	_ = new("a")
	var p *int = new(5)
	var q *string = new(5) // ERROR `cannot use new\(5\) \(value of type \*int\) as \*string value in variable declaration`
	var r *float64 = new(1.5)
	var t *int = new(int8(1)) // ERROR `cannot use new\(int8\(1\)\) \(value of type \*int8\) as \*int value in variable declaration`
	var u *int64 = new(1) // ERROR `cannot use new\(1\) \(value of type \*int\) as \*int64 value in variable declaration`
	_ = new(st{1})
	_ = new(st{a: "x"}) // ERROR `cannot use "x" \(untyped string constant\) as int value in struct literal`
	*new(n) = "a" // ERROR `cannot use "a" \(untyped string constant\) as int value in assignment`
	_, _, _, _, _ = p, q, r, t, u
}

package main

type t struct{}

func (t) m() {}

func f() int { return 1 }

func main() {
	var p *int
	go f // ERROR `expression in go must be function call`
	go f()
	go (f()) // ERROR `expression in go must not be parenthesized`
	defer f // ERROR `expression in defer must be function call`
	defer f()
	defer recover()
	defer panic(1)
	defer int(5) // ERROR `defer requires function call, not conversion int\(5\) \(constant 5 of type int\)`
	go string("a") // ERROR `go requires function call, not conversion string\("a"\) \(constant "a" of type string\)`
	defer len("a") // ERROR `defer discards result of len\("a"\) \(constant 1 of type int\)`
	go cap([]int{}) // ERROR `go discards result of cap\(\[\]int\{\}\) \(value of type int\)`
	defer append([]int{}, 1) // ERROR `defer discards result of append\(\[\]int\{\}, 1\) \(value of type \[\]int\)`
	defer make([]int, 1) // ERROR `defer discards result of make\(\[\]int, 1\) \(value of type \[\]int\)`
	defer new(int) // ERROR `defer discards result of new\(int\) \(value of type \*int\)`
	defer copy([]int{}, []int{})
	defer close(nil) // ERROR `invalid operation: cannot close non-channel nil`
	defer print("a")
	defer complex(1, 2) // ERROR `defer discards result of complex\(1, 2\) \(untyped complex constant \(1 \+ 2i\)\)`
	defer t{}.m // ERROR `expression in defer must be function call`
	defer t{}.m()
	defer t{}.x() // ERROR `t\{\}\.x undefined \(type t has no field or method x\)`
	defer func() {} // ERROR `expression in defer must be function call`
	defer func() {}()
	defer func(a int) {}() // ERROR `not enough arguments in call to func\(a int\) \{\}`
	defer func(a int) {}("x") // ERROR `cannot use "x" \(untyped string constant\) as int value in argument to func\(a int\) \{\}`
	go p // ERROR `expression in go must be function call`
	go undefined() // ERROR `undefined: undefined`
	defer 1 // ERROR `expression in defer must be function call`
	defer (f() + 1) // ERROR `expression in defer must not be parenthesized` `expression in defer must be function call`
	go func() int { return "a" }() // ERROR `cannot use "a" \(untyped string constant\) as int value in return statement`
	defer min(1, 2) // ERROR `defer discards result of min\(1, 2\) \(untyped int constant 1\)`
	defer clear(map[int]int{})
	defer delete(map[int]int{}, "a") // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to delete`
	defer real(1i) // ERROR `defer discards result of real\(1i\) \(untyped float constant 0\)`
}

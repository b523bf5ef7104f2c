package main

func f() int { return 1 }

func main() {
	var m map[string]int
	var p *[3]int
	var ps *[]int
	var ch chan int
	var e any
	_ = len() // ERROR `invalid operation: not enough arguments for len\(\) \(expected 1, found 0\)`
	_ = len("a", "b") // ERROR `invalid operation: too many arguments for len\("a", "b"\) \(expected 1, found 2\)`
	_ = len(1) // ERROR `invalid argument: 1 \(untyped int constant\) for built-in len`
	_ = len(1.5) // ERROR `invalid argument: 1\.5 \(untyped float constant\) for built-in len`
	_ = len(nil) // ERROR `invalid argument: nil for built-in len`
	_ = len(true) // ERROR `invalid argument: true \(untyped bool constant\) for built-in len`
	_ = len(f) // ERROR `invalid argument: f \(value of type func\(\) int\) for built-in len`
	_ = len(f()) // ERROR `invalid argument: f\(\) \(value of type int\) for built-in len`
	_ = len(e) // ERROR `invalid argument: e \(variable of interface type any\) for built-in len`
	_ = len(p)
	_ = len(ps) // ERROR `invalid argument: ps \(variable of type \*\[\]int\) for built-in len`
	_ = len(ch)
	_ = len(m)
	_ = cap(m) // ERROR `invalid argument: m \(variable of type map\[string\]int\) for built-in cap`
	_ = cap("a") // ERROR `invalid argument: "a" \(untyped string constant\) for built-in cap`
	_ = cap(p)
	_ = cap(ch)
	_ = cap([3]int{})
	_ = cap(struct{}{}) // ERROR `invalid argument: struct\{\}\{\} \(value of type struct\{\}\) for built-in cap`
	_ = len(int) // ERROR `int \(type\) is not an expression`
	_ = len([]int) // ERROR `\[\]int \(type\) is not an expression`
	_ = len("a"...) // ERROR `invalid operation: invalid use of \.\.\. with built-in len`
	var a [len([3]int{})]int
	var b [len([]int{1})]int // ERROR `array length len\(\[\]int\{…\}\) \(value of type int\) must be constant`
	var c [len("abc")]int
	var d [len(p)]int
	var g [len([3]int{f()})]int // ERROR `array length len\(\[3\]int\{…\}\) \(value of type int\) must be constant`
	const h = len(p)
	const i int8 = len("abc") // ERROR `cannot use len\("abc"\) \(constant 3 of type int\) as int8 value in constant declaration`
	const j = len([200]int{})
	var k int8 = len([200]int{}) // ERROR `cannot use len\(\[200\]int\{\}\) \(constant 200 of type int\) as int8 value in variable declaration`
	var l int8 = j // ERROR `cannot use j \(constant 200 of type int\) as int8 value in variable declaration`
	len("a") // ERROR `len\("a"\) \(constant 1 of type int\) is not used`
	_ = len // ERROR `len \(built-in\) must be called`
	x := len // ERROR `declared and not used: x` `len \(built-in\) must be called`
	_, _, _, _, _, _, _ = a, b, c, d, g, k, l
}

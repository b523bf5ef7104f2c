package main

func f() int { return 1 }
func g()     {}

type t struct{ a int }

func (t) m() int { return 1 }

func main() {
	var x int
	var ch chan int
	x // ERROR `x \(variable of type int\) is not used`
	1 // ERROR `1 \(untyped int constant\) is not used`
	"a" // ERROR `"a" \(untyped string constant\) is not used`
	x + 1 // ERROR `x \+ 1 \(value of type int\) is not used`
	x == 1 // ERROR `x == 1 \(untyped bool value\) is not used`
	-x // ERROR `-x \(value of type int\) is not used`
	f // ERROR `f \(value of type func\(\) int\) is not used`
	f()
	g()
	t{} // ERROR `t\{\} \(value of struct type t\) is not used`
	t{}.a // ERROR `t\{\}\.a \(value of type int\) is not used`
	t{}.m // ERROR `t\{\}\.m \(value of type func\(\) int\) is not used`
	t{}.m()
	<-ch
	(<-ch)
	&x // ERROR `&x \(value of type \*int\) is not used`
	*&x // ERROR `\*&x \(variable of type int\) is not used`
	[]int{1} // ERROR `\[\]int\{…\} \(value of type \[\]int\) is not used`
	[]int{1}[0] // ERROR `\[\]int\{…\}\[0\] \(variable of type int\) is not used`
	func() {} // ERROR `func\(\) \{\} \(value of type func\(\)\) is not used`
	func() {}()
	len("a") // ERROR `len\("a"\) \(constant 1 of type int\) is not used`
	cap([]int{}) // ERROR `cap\(\[\]int\{\}\) \(value of type int\) is not used`
	append([]int{}, 1) // ERROR `append\(\[\]int\{\}, 1\) \(value of type \[\]int\) is not used`
	make([]int, 1) // ERROR `make\(\[\]int, 1\) \(value of type \[\]int\) is not used`
	new(int) // ERROR `new\(int\) \(value of type \*int\) is not used`
	copy([]int{}, []int{})
	complex(1, 2) // ERROR `complex\(1, 2\) \(untyped complex constant \(1 \+ 2i\)\) is not used`
	min(1, 2) // ERROR `min\(1, 2\) \(untyped int constant 1\) is not used`
	int(5) // ERROR `int\(5\) \(constant 5 of type int\) is not used`
	string("a") // ERROR `string\("a"\) \(constant "a" of type string\) is not used`
	any(x).(int) // ERROR `any\(x\)\.\(int\) \(comma, ok expression of type int\) is not used`
	len // ERROR `len \(built-in\) must be called`
	int // ERROR `int \(type\) is not an expression`
	nil // ERROR `nil is not used`
	(f())
	recover()
	print()
	panic(1)
}

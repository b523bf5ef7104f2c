package main

type inner struct{ a, b int }
type num int
type ptr *inner

func main() {
	_ = num{1} // ERROR `invalid composite literal type num`
	_ = ptr{1, 2} // ERROR `invalid composite literal type ptr`
	_ = ptr{} // ERROR `invalid composite literal type ptr`
	_ = int{} // ERROR `invalid composite literal type int`
	_ = main{} // ERROR `main \(function\) is not a type`

	_ = any{} // ERROR `invalid composite literal type any`
	_ = error{} // ERROR `invalid composite literal type error`
	var x [...]int // ERROR `invalid use of \[\.\.\.\] array \(outside a composite literal\)`
	_ = [...]int{1, 2}[2] // ERROR `invalid argument: index 2 out of bounds \[0:2\]`
	_ = []int{a: 1} // ERROR `undefined: a`
	_ = x
	y := inner // ERROR `inner \(type\) is not an expression`
	z := inner{1, 2}.c // ERROR `inner\{…\}\.c undefined \(type inner has no field or method c\)`
	w := inner{}.a.b // ERROR `inner\{\}\.a\.b undefined \(type int has no field or method b\)`
	_, _, _ = y, z, w
}

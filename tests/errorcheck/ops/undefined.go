package main

type rec struct{ a int }

func main() {
	var i int
	var f float64
	var s string
	var b bool
	var p *int
	var r rec
	var e any
	var sl []int
	var m map[int]int
	var fn func()
	var ch chan int
	_ = -s // ERROR `invalid operation: operator - not defined on s \(variable of type string\)`
	_ = -b // ERROR `invalid operation: operator - not defined on b \(variable of type bool\)`
	_ = +r // ERROR `invalid operation: operator \+ not defined on r \(variable of struct type rec\)`
	_ = !i // ERROR `invalid operation: operator ! not defined on i \(variable of type int\)`
	_ = !s // ERROR `invalid operation: operator ! not defined on s \(variable of type string\)`
	_ = ^f // ERROR `invalid operation: operator \^ not defined on f \(variable of type float64\)`
	_ = ^s // ERROR `invalid operation: operator \^ not defined on s \(variable of type string\)`
	_ = ^b // ERROR `invalid operation: operator \^ not defined on b \(variable of type bool\)`
	_ = -p // ERROR `invalid operation: operator - not defined on p \(variable of type \*int\)`
	_ = s - s // ERROR `invalid operation: operator - not defined on s \(variable of type string\)`
	_ = s * s // ERROR `invalid operation: operator \* not defined on s \(variable of type string\)`
	_ = b + b // ERROR `invalid operation: operator \+ not defined on b \(variable of type bool\)`
	_ = f % f // ERROR `invalid operation: operator % not defined on f \(variable of type float64\)`
	_ = f & f // ERROR `invalid operation: operator & not defined on f \(variable of type float64\)`
	_ = f | 1 // ERROR `invalid operation: operator \| not defined on f \(variable of type float64\)`
	_ = i && i // ERROR `invalid operation: operator && not defined on i \(variable of type int\)`
	_ = s || s // ERROR `invalid operation: operator \|\| not defined on s \(variable of type string\)`
	_ = r + r // ERROR `invalid operation: operator \+ not defined on r \(variable of struct type rec\)`
	_ = sl + sl // ERROR `invalid operation: operator \+ not defined on sl \(variable of type \[\]int\)`
	_ = m + m // ERROR `invalid operation: operator \+ not defined on m \(variable of type map\[int\]int\)`
	_ = fn + fn // ERROR `invalid operation: operator \+ not defined on fn \(variable of type func\(\)\)`
	_ = e + e // ERROR `invalid operation: operator \+ not defined on e \(variable of interface type any\)`
	_ = e + 1 // ERROR `invalid operation: e \+ 1 \(mismatched types any and untyped int\)`
	_ = p + p // ERROR `invalid operation: operator \+ not defined on p \(variable of type \*int\)`
	_ = ch + ch // ERROR `invalid operation: operator \+ not defined on ch \(variable of type chan int\)`
	_ = b < b // ERROR `invalid operation: b < b \(operator < not defined on bool\)`
	_ = r < r // ERROR `invalid operation: r < r \(operator < not defined on struct\)`
	_ = p < p // ERROR `invalid operation: p < p \(operator < not defined on pointer\)`
	_ = e < e // ERROR `invalid operation: e < e \(operator < not defined on interface\)`
	_ = ch < ch // ERROR `invalid operation: ch < ch \(operator < not defined on chan\)`
	_ = "a" - "b" // ERROR `invalid operation: operator - not defined on "a" \(untyped string constant\)`
	_ = true & false // ERROR `invalid operation: operator & not defined on true \(untyped bool constant\)`
	_ = 1.5 % 1 // ERROR `invalid operation: operator % not defined on 1\.5 \(untyped float constant\)`
	_ = 1.5 & 1 // ERROR `invalid operation: operator & not defined on 1\.5 \(untyped float constant\)`
	_ = 1.0 & 1 // ERROR `invalid operation: operator & not defined on 1\.0 \(untyped float constant 1\)`
}

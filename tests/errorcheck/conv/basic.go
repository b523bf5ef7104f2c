package main

import "unsafe"

type point struct{ x, y int }
type point2 struct{ x, y int }
type point3 struct {
	x int `tag`
	y int
}
type point4 struct{ y, x int }
type ints []int
type strs []string
type fn func(int) int
type stringer interface{ String() string }
type named string

func (named) String() string { return "" }

func main() {
	var i int
	var f float64
	var s string
	var b bool
	var p point
	var e any
	var ip *int
	var st stringer
	_ = string(f) // ERROR `cannot convert f \(variable of type float64\) to type string`
	_ = string(b) // ERROR `cannot convert b \(variable of type bool\) to type string`
	_ = string(p) // ERROR `cannot convert p \(variable of struct type point\) to type string`
	_ = string(e) // ERROR `cannot convert e \(variable of interface type any\) to type string: need type assertion`
	_ = int(s) // ERROR `cannot convert s \(variable of type string\) to type int`
	_ = int(b) // ERROR `cannot convert b \(variable of type bool\) to type int`
	_ = int("1") // ERROR `cannot convert "1" \(untyped string constant\) to type int`
	_ = int(e) // ERROR `cannot convert e \(variable of interface type any\) to type int: need type assertion`
	_ = int(ip) // ERROR `cannot convert ip \(variable of type \*int\) to type int`
	_ = int(nil) // ERROR `cannot convert nil to type int`
	_ = bool(i) // ERROR `cannot convert i \(variable of type int\) to type bool`
	_ = bool(1) // ERROR `cannot convert 1 \(untyped int constant\) to type bool`
	_ = bool("true") // ERROR `cannot convert "true" \(untyped string constant\) to type bool`
	_ = float64(s) // ERROR `cannot convert s \(variable of type string\) to type float64`
	_ = float64(1i) // ERROR `cannot convert 1i \(untyped complex constant \(0 \+ 1i\)\) to type float64`
	_ = complex128(f) // ERROR `cannot convert f \(variable of type float64\) to type complex128`
	_ = complex128(1)
	_ = point2(p)
	_ = point3(p)
	_ = point4(p) // ERROR `cannot convert p \(variable of struct type point\) to type point4`
	_ = (*point2)(&p)
	_ = (*point4)(&p) // ERROR `cannot convert &p \(value of type \*point\) to type \*point4`
	_ = (*int)(&f) // ERROR `cannot convert &f \(value of type \*float64\) to type \*int`
	_ = (*int)(unsafe.Pointer(&f))
	_ = unsafe.Pointer(i) // ERROR `cannot convert i \(variable of type int\) to type unsafe\.Pointer`
	_ = unsafe.Pointer(uintptr(i))
	_ = uintptr(ip) // ERROR `cannot convert ip \(variable of type \*int\) to type uintptr`
	_ = ints([]int{})
	_ = ints(strs{}) // ERROR `cannot convert strs\{\} \(value of slice type strs\) to type ints`
	_ = []any([]int{}) // ERROR `cannot convert \[\]int\{\} \(value of type \[\]int\) to type \[\]any`
	_ = []int(ints{})
	_ = [2]int([]int{})
	_ = (*[2]int)([]int{})
	_ = [2]string([]int{}) // ERROR `cannot convert \[\]int\{\} \(value of type \[\]int\) to type \[2\]string`
	_ = []int([2]int{}) // ERROR `cannot convert \[2\]int\{\} \(value of type \[2\]int\) to type \[\]int`
	_ = fn(func(int) int { return 1 })
	_ = fn(func(string) int { return 1 }) // ERROR `cannot convert func\(string\) int \{…\} \(value of type func\(string\) int\) to type fn`
	_ = fn(main) // ERROR `cannot convert main \(value of type func\(\)\) to type fn`
	_ = stringer(named(""))
	_ = stringer(i) // ERROR `cannot convert i \(variable of type int\) to type stringer: int does not implement stringer \(missing method String\)`
	_ = stringer(e) // ERROR `cannot convert e \(variable of interface type any\) to type stringer: interface\{\} does not implement stringer \(missing method String\)`
	_ = named(st) // ERROR `cannot convert st \(variable of interface type stringer\) to type named: need type assertion`
	_ = error(st) // ERROR `cannot convert st \(variable of interface type stringer\) to type error: stringer does not implement error \(missing method Error\)`
	_ = chan<- int(make(chan int))
	_ = (chan int)(make(chan<- int)) // ERROR `cannot convert make\(chan<- int\) \(value of type chan<- int\) to type chan int`
	_ = (<-chan int)(make(chan<- int)) // ERROR `cannot convert make\(chan<- int\) \(value of type chan<- int\) to type <-chan int`
	_ = map[string]int(map[named]int{}) // ERROR `cannot convert map\[named\]int\{\} \(value of type map\[named\]int\) to type map\[string\]int`
	_ = int() // ERROR `missing argument in conversion to int`
	_ = int(1, 2) // ERROR `too many arguments in conversion to int`
	_ = int(i...) // ERROR `invalid use of \.\.\. in conversion to int`
	_ = point(1) // ERROR `cannot convert 1 \(untyped int constant\) to type point`
	_ = point{1}(2) // ERROR `invalid operation: cannot call point\{…\} \(value of struct type point\): point is not a function` `too few values in struct literal of type point`
	_ = main(1) // ERROR `main\(1\) \(no value\) used as value` `too many arguments in call to main`
}

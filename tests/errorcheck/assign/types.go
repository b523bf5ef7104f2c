package main

type celsius float64
type named []int

func two() (int, string) { return 1, "a" }
func none()              {}

func main() {
	var s string = 5 // ERROR `cannot use 5 \(untyped int constant\) as string value in variable declaration`
	var i int = "text" // ERROR `cannot use "text" \(untyped string constant\) as int value in variable declaration`
	var f float64 = "1.5" // ERROR `cannot use "1\.5" \(untyped string constant\) as float64 value in variable declaration`
	var b bool = 1 // ERROR `cannot use 1 \(untyped int constant\) as bool value in variable declaration`
	var c celsius = f // ERROR `cannot use f \(variable of type float64\) as celsius value in variable declaration`
	var p *int = i // ERROR `cannot use i \(variable of type int\) as \*int value in variable declaration`
	var q *string = &i // ERROR `cannot use &i \(value of type \*int\) as \*string value in variable declaration`
	var e error = s // ERROR `cannot use s \(variable of type string\) as error value in variable declaration: string does not implement error \(missing method Error\)`
	var m map[string]int = map[int]string{} // ERROR `cannot use map\[int\]string\{\} \(value of type map\[int\]string\) as map\[string\]int value in variable declaration`
	var l named = []string{"a"} // ERROR `cannot use \[\]string\{…\} \(value of type \[\]string\) as named value in variable declaration`
	var fn func(int) = func(string) {} // ERROR `cannot use func\(string\) \{\} \(value of type func\(string\)\) as func\(int\) value in variable declaration`
	var ch chan<- int = make(<-chan int) // ERROR `cannot use make\(<-chan int\) \(value of type <-chan int\) as chan<- int value in variable declaration`
	var a [3]int = [4]int{} // ERROR `cannot use \[4\]int\{\} \(value of type \[4\]int\) as \[3\]int value in variable declaration`
	var u uint = -1 // ERROR `cannot use -1 \(untyped int constant\) as uint value in variable declaration \(overflows\)`
	s = i // ERROR `cannot use i \(variable of type int\) as string value in assignment`
	i = nil // ERROR `cannot use nil as int value in assignment`
	p = nil
	i, s = two()
	s, i = two() // ERROR `cannot use 1st function result \(value of type int\) as string value in multiple assignment` `cannot use 2nd function result \(value of type string\) as int value in multiple assignment`
	i = none() // ERROR `none\(\) \(no value\) used as value`
	_, _, _, _, _, _, _, _, _, _, _, _, _ = s, b, c, q, e, m, l, fn, ch, a, u, p, i
}

package main

func none()                      {}
func one(a int)                  {}
func two(a int, b string)        {}
func many(a int, rest ...string) {}
func results() (int, string)     { return 1, "" }
func triple() (int, int, int)    { return 1, 2, 3 }

type t struct{}

func (t) m(a, b int) {}

func main() {
	none(1) // ERROR `too many arguments in call to none`
	one() // ERROR `not enough arguments in call to one`
	one(1, 2) // ERROR `too many arguments in call to one`
	one("a") // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to one`
	one(1.5) // ERROR `cannot use 1\.5 \(untyped float constant\) as int value in argument to one \(truncated\)`
	one(nil) // ERROR `cannot use nil as int value in argument to one`
	two(1) // ERROR `not enough arguments in call to two`
	two("a", 1) // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to two` `cannot use 1 \(untyped int constant\) as string value in argument to two`
	two(results())
	two(results(), 1) // ERROR `multiple-value results\(\) \(value of type \(int, string\)\) in single-value context` `cannot use 1 \(untyped int constant\) as string value in argument to two`
	two(1, results()) // ERROR `multiple-value results\(\) \(value of type \(int, string\)\) in single-value context`
	two(triple()) // ERROR `too many arguments in call to two`
	one(results()) // ERROR `too many arguments in call to one`
	many() // ERROR `not enough arguments in call to many`
	many("a") // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to many`
	many(1, "a", 2, "b", 3) // ERROR `cannot use 2 \(untyped int constant\) as string value in argument to many` `cannot use 3 \(untyped int constant\) as string value in argument to many`
	many(1, []string{}...)
	many(1, []int{}...) // ERROR `cannot use \[\]int\{\} \(value of type \[\]int\) as \[\]string value in argument to many`
	many(1, "a", []string{}...) // ERROR `too many arguments in call to many`
	many([]string{}...) // ERROR `not enough arguments in call to many`
	many(results())
	many(triple()) // ERROR `cannot use triple\(\) \(value of type int\) as string value in argument to many`
	one([]int{1}...) // ERROR `cannot use \.\.\. in call to non-variadic one`
	none(none()) // ERROR `none\(\) \(no value\) used as value` `too many arguments in call to none`
	one(none()) // ERROR `none\(\) \(no value\) used as value`
	t{}.m(1) // ERROR `not enough arguments in call to t\{\}\.m`
	t{}.m(1, 2, 3) // ERROR `too many arguments in call to t\{\}\.m`
	t{}.m("a", "b") // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to t\{\}\.m` `cannot use "b" \(untyped string constant\) as int value in argument to t\{\}\.m`
	t.m(1, 2) // ERROR `not enough arguments in call to t\.m`
	t.m(t{}, 1, 2)
	t.m(t{}, 1) // ERROR `not enough arguments in call to t\.m`
	func(a int) {}("x") // ERROR `cannot use "x" \(untyped string constant\) as int value in argument to func\(a int\) \{\}`
	func() {}(1) // ERROR `too many arguments in call to func\(\) \{\}`
	var f func(int) string
	f() // ERROR `not enough arguments in call to f`
	f(1, 2) // ERROR `too many arguments in call to f`
	var s string = f(1)
	var i int = f(1) // ERROR `cannot use f\(1\) \(value of type string\) as int value in variable declaration`
	1() // ERROR `invalid operation: cannot call 1 \(untyped int constant\): untyped int is not a function`
	"a"() // ERROR `invalid operation: cannot call "a" \(untyped string constant\): untyped string is not a function`
	s() // ERROR `invalid operation: cannot call s \(variable of type string\): string is not a function`
	t{}() // ERROR `invalid operation: cannot call t\{\} \(value of struct type t\): t is not a function`
	nil() // ERROR `invalid operation: cannot call nil: untyped nil is not a function`
	t{}.m()() // ERROR `not enough arguments in call to t\{\}\.m` `t\{\}\.m\(\) \(no value\) used as value or type`
	results()() // ERROR `multiple-value results\(\) \(value of type \(int, string\)\) in single-value context`
	undefined(1, 2) // ERROR `undefined: undefined`
	one(undefined) // ERROR `undefined: undefined`
	_, _ = s, i
}

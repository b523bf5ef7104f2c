package main

func two(
	a int,
	b string,
) (
	int,
	error,
) {
	return a,
		b // ERROR `cannot use b \(variable of type string\) as error value in return statement: string does not implement error \(missing method Error\)`
}

func main() {
	x := two( // ERROR `assignment mismatch: 1 variable but two returns 2 values`
		1,
		2, // ERROR `cannot use 2 \(untyped int constant\) as string value in argument to two`
	)
	var s []string = []int{ // ERROR `cannot use \[\]int\{…\} \(value of type \[\]int\) as \[\]string value in variable declaration`
		1,
		2,
	}
	if x ==
		"a" {
	}
	_ = 1 + // ERROR `invalid operation: 1 \+ "a" \(mismatched types untyped int and untyped string\)`
		"a" +
		2
	_ = map[string]int{
		"a": "b", // ERROR `cannot use "b" \(untyped string constant\) as int value in map literal`
		"c": 1,
		"a": 3, // ERROR `duplicate key "a" in map literal`
	}
	two(
		"a",
		1,
		3, // ERROR `too many arguments in call to two`
	)
	_ = s.
		foo. // ERROR `s\.foo undefined \(type \[\]string has no field or method foo\)`
		bar
	_ = []int{
		1,
		"b", // ERROR `cannot use "b" \(untyped string constant\) as int value in array or slice literal`
		3.5, // ERROR `cannot use 3\.5 \(untyped float constant\) as int value in array or slice literal \(truncated\)`
	}[
		"x"] // ERROR `cannot convert "x" \(untyped string constant\) to type int`
	two("a", // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to two`
		1) // ERROR `cannot use 1 \(untyped int constant\) as string value in argument to two`
	go func() {
		return 1 // ERROR `too many return values`
	}()
	_ = struct {
		a int
	}{
		b: 1, // ERROR `unknown field b in struct literal of type struct\{a int\}`
	}
	for i := // ERROR `declared and not used: i`
		range "abc" {
		i = "b" // ERROR `cannot use "b" \(untyped string constant\) as int value in assignment`
	}
	_ = func(
		a undefined, // ERROR `undefined: undefined`
	) (
		b missing, // ERROR `undefined: missing`
	) {
		return
	}
}

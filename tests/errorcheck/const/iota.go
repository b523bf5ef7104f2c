package main

const (
	a uint8 = 250 + iota*2
	b
	c
	d // ERROR `cannot use 250 \+ iota \* 2 \(untyped int constant 256\) as uint8 value in constant declaration \(overflows\)`
)

const (
	e, f = iota, iota
	g, h
	i // ERROR `extra init expr at .*\.go:11:15`
	j, k, l // ERROR `missing init expr for l`
)

const (
	m = 1 / iota // ERROR `invalid operation: division by zero`
	n
)

const (
	o = iota + "a" // ERROR `invalid operation: iota \+ "a" \(mismatched types untyped int and untyped string\)`
	p // ERROR `invalid operation: iota \+ "a" \(mismatched types untyped int and untyped string\)`
)

const (
	q int8 = 1 << (iota * 4)
	r
	s // ERROR `cannot use 1 << \(iota \* 4\) \(untyped int constant 256\) as int8 value in constant declaration \(overflows\)`
)

var x = iota // ERROR `cannot use iota outside constant declaration`

func main() {
	_ = iota // ERROR `cannot use iota outside constant declaration`
	const y = iota
	const (
		z = func() int { return iota } // ERROR `func\(\) int \{…\} \(value of type func\(\) int\) is not constant`
	)
	iota := 1
	_ = iota
}

package main

var a = b // ERROR `initialization cycle for a`
var b = c
var c = f()

func f() int { return a }

func init() int { return 1 } // ERROR `func init must have no arguments and no return values`
func init(x int) {} // ERROR `func init must have no arguments and no return values`
func init() {}

var x = init // ERROR `undefined: init`
var y = main() // ERROR `undefined: main`

func g() {
	init() // ERROR `undefined: init`
	main() // ERROR `undefined: main`
}

type init int // ERROR `cannot declare init - must be func`

const main = 1 // ERROR `cannot declare main - must be func`

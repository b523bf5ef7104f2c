// A malformed literal has no value: nothing else is said of it.
package main

func main() {
	0x1.0 // ERROR "hexadecimal mantissa requires a 'p' exponent"
	1_    // ERROR "'_' must separate successive digits"
	var s string = 0b12 // ERROR "invalid digit '2' in binary literal"
	_ = s
}

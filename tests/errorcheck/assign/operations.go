package main

type text string

func main() {
	i, f, s, b := 1, 1.5, "s", true
	u8 := uint8(1)
	i += f // ERROR `invalid operation: i \+= f \(mismatched types int and float64\)`
	i += 1.5 // ERROR `1\.5 \(untyped float constant\) truncated to int`
	i += "a" // ERROR `invalid operation: i \+= "a" \(mismatched types int and untyped string\)`
	s -= "a" // ERROR `invalid operation: operator - not defined on s \(variable of type string\)`
	s += 'x' // ERROR `invalid operation: s \+= 'x' \(mismatched types string and untyped rune\)`
	b += true // ERROR `invalid operation: operator \+ not defined on b \(variable of type bool\)`
	b &= b // ERROR `invalid operation: operator & not defined on b \(variable of type bool\)`
	f %= 2 // ERROR `invalid operation: operator % not defined on f \(variable of type float64\)`
	f <<= 1 // ERROR `invalid operation: shifted operand f \(variable of type float64\) must be integer`
	i <<= -1 // ERROR `invalid operation: negative shift count -1 \(untyped int constant\)`
	i /= 0 // ERROR `invalid operation: division by zero`
	f /= 0
	i %= 0 // ERROR `invalid operation: division by zero`
	u8 += 256 // ERROR `256 \(untyped int constant\) overflows uint8`
	u8 += 255
	u8 <<= 300
	s++ // ERROR `invalid operation: s\+\+ \(non-numeric type string\)`
	b-- // ERROR `invalid operation: b-- \(non-numeric type bool\)`
	f++
	i += nil // ERROR `invalid operation: i \+= nil \(mismatched types int and untyped nil\)`
	5 += 1 // ERROR `cannot assign to 5 \(neither addressable nor a map index expression\)`
	var t text
	t += s // ERROR `invalid operation: t \+= s \(mismatched types text and string\)`
	t += "x"
	var p *int
	p += 1 // ERROR `invalid operation: p \+= 1 \(mismatched types \*int and untyped int\)`
	p++ // ERROR `invalid operation: p\+\+ \(non-numeric type \*int\)`
	i &^= 2.0
	i |= 2.5 // ERROR `2\.5 \(untyped float constant\) truncated to int`
}

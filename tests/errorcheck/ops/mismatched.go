package main

type meters int
type seconds int

func main() {
	var i int
	var i32 int32
	var u uint
	var f float64
	var s string
	var b bool
	var m meters
	var t seconds
	var c complex128
	var r rune
	_ = i + i32 // ERROR `invalid operation: i \+ i32 \(mismatched types int and int32\)`
	_ = i + u // ERROR `invalid operation: i \+ u \(mismatched types int and uint\)`
	_ = i * f // ERROR `invalid operation: i \* f \(mismatched types int and float64\)`
	_ = i + s // ERROR `invalid operation: i \+ s \(mismatched types int and string\)`
	_ = s + 1 // ERROR `invalid operation: s \+ 1 \(mismatched types string and untyped int\)`
	_ = 1 + s // ERROR `invalid operation: 1 \+ s \(mismatched types untyped int and string\)`
	_ = s + 'a' // ERROR `invalid operation: s \+ 'a' \(mismatched types string and untyped rune\)`
	_ = s + r // ERROR `invalid operation: s \+ r \(mismatched types string and rune\)`
	_ = m + t // ERROR `invalid operation: m \+ t \(mismatched types meters and seconds\)`
	_ = m + i // ERROR `invalid operation: m \+ i \(mismatched types meters and int\)`
	_ = m + 1
	_ = m + 1.5 // ERROR `1\.5 \(untyped float constant\) truncated to int`
	_ = b && 1 // ERROR `invalid operation: b && 1 \(mismatched types bool and untyped int\)`
	_ = b || i // ERROR `invalid operation: b \|\| i \(mismatched types bool and int\)`
	_ = i && b // ERROR `invalid operation: i && b \(mismatched types int and bool\)`
	_ = c + f // ERROR `invalid operation: c \+ f \(mismatched types complex128 and float64\)`
	_ = c * 2i
	_ = f + 2i // ERROR `2i \(untyped complex constant \(0 \+ 2i\)\) overflows float64`
	_ = f + 1
	_ = i == f // ERROR `invalid operation: i == f \(mismatched types int and float64\)`
	_ = i < s // ERROR `invalid operation: i < s \(mismatched types int and string\)`
	_ = i == "a" // ERROR `invalid operation: i == "a" \(mismatched types int and untyped string\)`
	_ = s == 1 // ERROR `invalid operation: s == 1 \(mismatched types string and untyped int\)`
	_ = b == 0 // ERROR `invalid operation: b == 0 \(mismatched types bool and untyped int\)`
	_ = i == nil // ERROR `invalid operation: i == nil \(mismatched types int and untyped nil\)`
	_ = &i + 1 // ERROR `invalid operation: &i \+ 1 \(mismatched types \*int and untyped int\)`
	_ = &i == &f // ERROR `invalid operation: &i == &f \(mismatched types \*int and \*float64\)`
	_ = "a" + 1 // ERROR `invalid operation: "a" \+ 1 \(mismatched types untyped string and untyped int\)`
	_ = 1 + "a" // ERROR `invalid operation: 1 \+ "a" \(mismatched types untyped int and untyped string\)`
	_ = true + 1 // ERROR `invalid operation: true \+ 1 \(mismatched types untyped bool and untyped int\)`
	_ = 'a' + "a" // ERROR `invalid operation: 'a' \+ "a" \(mismatched types untyped rune and untyped string\)`
}

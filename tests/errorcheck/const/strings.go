package main

const s = "abc"

func main() {
	_ = s[3] // ERROR `invalid argument: index 3 out of bounds \[0:3\]`
	_ = s[5] // ERROR `invalid argument: index 5 out of bounds \[0:3\]`
	_ = s[-1] // ERROR `invalid argument: index -1 \(constant of type int\) must not be negative`
	_ = s[1.5] // ERROR `1\.5 \(untyped float constant\) truncated to int`
	_ = s[1.0]
	_ = s["a"] // ERROR `cannot convert "a" \(untyped string constant\) to type int`
	_ = s[0:4] // ERROR `invalid argument: index 4 out of bounds \[0:4\]`
	_ = s[2:1] // ERROR `invalid slice indices: 1 < 2`
	_ = s[:5] // ERROR `invalid argument: index 5 out of bounds \[0:4\]`
	_ = s[1:2:3] // ERROR `invalid operation: 3-index slice of string`
	_ = "a" + 'b' // ERROR `invalid operation: "a" \+ 'b' \(mismatched types untyped string and untyped rune\)`
	_ = "a" + string('b')
	_ = "a" * 2 // ERROR `invalid operation: "a" \* 2 \(mismatched types untyped string and untyped int\)`
	_ = len("abc") + "a" // ERROR `invalid operation: len\("abc"\) \+ "a" \(mismatched types int and untyped string\)`
	_ = string(1.5) // ERROR `cannot convert 1\.5 \(untyped float constant\) to type string`
	_ = string(true) // ERROR `cannot convert true \(untyped bool constant\) to type string`
	_ = string(-1)
	_ = string(65)
	_ = string(1 << 40)
	_ = []byte("abc")
	_ = []rune('a') // ERROR `cannot convert 'a' \(untyped rune constant 97\) to type \[\]rune`
	_ = []int("abc") // ERROR `cannot convert "abc" \(untyped string constant\) to type \[\]int`
	_ = []string("abc") // ERROR `cannot convert "abc" \(untyped string constant\) to type \[\]string`
	_ = "abc" == 'a' // ERROR `invalid operation: "abc" == 'a' \(mismatched types untyped string and untyped rune\)`
	_ = "abc"[0] == "a" // ERROR `invalid operation: "abc"\[0\] == "a" \(mismatched types byte and untyped string\)`
	_ = "abc"[0] == 'a'
	var b byte = "a" // ERROR `cannot use "a" \(untyped string constant\) as byte value in variable declaration`
	var r rune = "a" // ERROR `cannot use "a" \(untyped string constant\) as rune value in variable declaration`
	var t string = 'a' // ERROR `cannot use 'a' \(untyped rune constant 97\) as string value in variable declaration`
	_, _, _ = b, r, t
	const c = "a"[0] // ERROR `"a"\[0\] \(value of type byte\) is not constant`
	const d = len("a" + s)
	var a [d]int = [5]int{} // ERROR `cannot use \[5\]int\{\} \(value of type \[5\]int\) as \[4\]int value in variable declaration`
	_ = a
}

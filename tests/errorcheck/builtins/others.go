package main

type mymap map[string]int

func main() {
	m := map[string]int{}
	var i int
	var f32 float32
	var f64 float64
	var c64 complex64
	var c128 complex128
	var s string
	var e any
	delete() // ERROR `invalid operation: not enough arguments for delete\(\) \(expected 2, found 0\)`
	delete(m) // ERROR `invalid operation: not enough arguments for delete\(m\) \(expected 2, found 1\)`
	delete(m, "a", "b") // ERROR `invalid operation: too many arguments for delete\(m, "a", "b"\) \(expected 2, found 3\)`
	delete(m, 1) // ERROR `cannot use 1 \(untyped int constant\) as string value in argument to delete`
	delete(m, nil) // ERROR `cannot use nil as string value in argument to delete`
	delete(s, "a") // ERROR `invalid argument: s \(variable of type string\) is not a map`
	delete(nil, 1) // ERROR `invalid argument: nil is not a map`
	delete([]int{}, 1) // ERROR `invalid argument: \[\]int\{\} \(value of type \[\]int\) is not a map`
	delete(mymap{}, 1.5) // ERROR `cannot use 1\.5 \(untyped float constant\) as string value in argument to delete`
	clear() // ERROR `invalid operation: not enough arguments for clear\(\) \(expected 1, found 0\)`
	clear(m, m) // ERROR `invalid operation: too many arguments for clear\(m, m\) \(expected 1, found 2\)`
	clear(1) // ERROR `invalid argument: cannot clear 1 \(untyped int constant\): argument must be \(or constrained by\) map or slice`
	clear(s) // ERROR `invalid argument: cannot clear s \(variable of type string\): argument must be \(or constrained by\) map or slice`
	clear([3]int{}) // ERROR `invalid argument: cannot clear \[3\]int\{\} \(value of type \[3\]int\): argument must be \(or constrained by\) map or slice`
	clear(&m) // ERROR `invalid argument: cannot clear &m \(value of type \*map\[string\]int\): argument must be \(or constrained by\) map or slice`
	clear([]int{})
	close() // ERROR `invalid operation: not enough arguments for close\(\) \(expected 1, found 0\)`
	close(m) // ERROR `invalid operation: cannot close non-channel m \(variable of type map\[string\]int\)`
	close(nil) // ERROR `invalid operation: cannot close non-channel nil`
	close(1) // ERROR `invalid operation: cannot close non-channel 1 \(untyped int constant\)`
	_ = complex(1) // ERROR `invalid operation: not enough arguments for complex\(1\) \(expected 2, found 1\)`
	_ = complex(1, 2, 3) // ERROR `invalid operation: too many arguments for complex\(1, 2, 3\) \(expected 2, found 3\)`
	_ = complex(f32, f64) // ERROR `invalid operation: complex\(f32, f64\) \(mismatched types float32 and float64\)`
	_ = complex(f32, 1)
	_ = complex(f32, 1e50) // ERROR `1e50 \(untyped float constant 1e\+50\) overflows float32`
	_ = complex(i, i) // ERROR `invalid argument: arguments have type int, expected floating-point`
	_ = complex("a", "b") // ERROR `invalid argument: arguments have type untyped string, expected floating-point`
	_ = complex(1, "b") // ERROR `invalid operation: complex\(1, "b"\) \(mismatched types untyped float and untyped string\)`
	_ = complex(1i, 2) // ERROR `invalid operation: complex\(1i, 2\) \(mismatched types untyped complex and untyped float\)`
	_ = complex(1, 2i) // ERROR `invalid operation: complex\(1, 2i\) \(mismatched types untyped float and untyped complex\)`
	_ = complex(s, f32) // ERROR `invalid operation: complex\(s, f32\) \(mismatched types string and float32\)`
	_ = complex(nil, nil) // ERROR `cannot convert nil to type float64`
	_ = real(1)
	_ = real(f64) // ERROR `invalid argument: argument has type float64, expected complex type`
	_ = real("a") // ERROR `invalid argument: argument has type untyped string, expected complex type`
	_ = imag(i) // ERROR `invalid argument: argument has type int, expected complex type`
	_ = imag(c64) + f64 // ERROR `invalid operation: imag\(c64\) \+ f64 \(mismatched types float32 and float64\)`
	_ = imag(c128) + f64
	_ = real(nil) // ERROR `cannot convert nil to type complex128`
	_ = real(1i) + "a" // ERROR `invalid operation: real\(1i\) \+ "a" \(mismatched types untyped float and untyped string\)`
	panic() // ERROR `invalid operation: not enough arguments for panic\(\) \(expected 1, found 0\)`
	panic(1, 2) // ERROR `invalid operation: too many arguments for panic\(1, 2\) \(expected 1, found 2\)`
	panic(nil)
	panic(undefined) // ERROR `undefined: undefined`
	_ = panic(1) // ERROR `panic\(1\) \(no value\) used as value`
	recover(1) // ERROR `invalid operation: too many arguments for recover\(1\) \(expected 0, found 1\)`
	_ = recover() + 1 // ERROR `invalid operation: recover\(\) \+ 1 \(mismatched types interface\{\} and untyped int\)`
	x := recover()
	print(main)
	print(m, e)
	print(nil) // ERROR `use of untyped nil in argument to built-in print`
	print(int) // ERROR `int \(type\) is not an expression`
	print(1 << 70) // ERROR `cannot use 1 << 70 \(untyped int constant 1180591620717411303424\) as int value in argument to built-in print \(overflows\)`
	println(1, "a", 1.5, nil) // ERROR `use of untyped nil in argument to built-in println`
	_ = print("a") // ERROR `print\("a"\) \(no value\) used as value`
	_ = min() // ERROR `invalid operation: not enough arguments for min\(\) \(expected 1, found 0\)`
	_ = min(1, "a") // ERROR `invalid argument: mismatched types untyped int \(previous argument\) and untyped string \(type of "a"\)`
	_ = min("a", 1) // ERROR `invalid argument: mismatched types untyped string \(previous argument\) and untyped int \(type of 1\)`
	_ = min(i, f64) // ERROR `invalid argument: mismatched types int \(previous argument\) and float64 \(type of f64\)`
	_ = min(i, 1.5) // ERROR `1\.5 \(untyped float constant\) truncated to int`
	_ = min(f64, 1)
	_ = min(true, false) // ERROR `invalid argument: true \(untyped bool constant\) cannot be ordered`
	_ = min(c64, c64) // ERROR `invalid argument: c64 \(variable of type complex64\) cannot be ordered`
	_ = min(e, e) // ERROR `invalid argument: e \(variable of interface type any\) cannot be ordered`
	_ = min([]int{1}...) // ERROR `invalid operation: invalid use of \.\.\. with built-in min`
	_ = max(m, m) // ERROR `invalid argument: m \(variable of type map\[string\]int\) cannot be ordered`
	_ = max(1, 2.5, 'a') + "a" // ERROR `invalid operation: max\(1, 2\.5, 'a'\) \+ "a" \(mismatched types untyped float and untyped string\)`
	_ = max(1, 2, i) + "a" // ERROR `invalid operation: max\(1, 2, i\) \+ "a" \(mismatched types int and untyped string\)`
	_ = max(s, "a", 'b') // ERROR `invalid argument: mismatched types string \(previous argument\) and untyped rune \(type of 'b'\)`
	var y int8 = max(1, 200) // ERROR `cannot use max\(1, 200\) \(untyped int constant 200\) as int8 value in variable declaration \(overflows\)`
	var z int = max(1, 2.5) // ERROR `cannot use max\(1, 2\.5\) \(untyped float constant 2\.5\) as int value in variable declaration \(truncated\)`
	_, _, _ = x, y, z
}

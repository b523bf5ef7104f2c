package main

func numbers[T ~int8 | ~int16, U ~float32 | ~int64, S ~string | ~[]byte, B []byte | []rune, A any](t T, u U, s S, b B, a A) {
	_ = T(100)
	_ = T(200) // ERROR `cannot convert 200 \(untyped int value\) to type T: constant 200 overflows int8 \(in T\)`
	_ = T(1.5) // ERROR `cannot convert 1\.5 \(untyped float value\) to type T: cannot convert 1\.5 \(untyped float constant\) to type int8 \(in T\)`
	_ = T(1.0)
	_ = T("a") // ERROR `cannot convert "a" \(untyped string value\) to type T: cannot convert "a" \(untyped string constant\) to type int8 \(in T\)`
	_ = T(u)
	_ = U(t)
	_ = U(1 << 40)
	_ = S("a")
	_ = S(1) // ERROR `cannot convert 1 \(untyped int value\) to type S: cannot convert 1 \(untyped int constant\) to type \[\]byte \(in S\)`
	_ = S(t) // ERROR `cannot convert t \(variable of type T constrained by ~int8 \| ~int16\) to type S: cannot convert int8 \(in T\) to type \[\]byte \(in S\)`
	_ = string(s)
	_ = string(b)
	_ = string(a) // ERROR `cannot convert a \(variable of type A constrained by any\) to type string`
	_ = string(t)
	_ = []byte(s)
	_ = B("a")
	_ = B(s) // ERROR `cannot convert s \(variable of type S constrained by ~string \| ~\[\]byte\) to type B: cannot convert \[\]byte \(in S\) to type \[\]rune \(in B\)`
	_ = A(1) // ERROR `cannot convert 1 \(untyped int value\) to type A: A does not contain specific types`
	_ = A(nil) // ERROR `cannot convert nil to type A`
	_ = any(a)
	_ = int(a) // ERROR `cannot convert a \(variable of type A constrained by any\) to type int`
	_ = float64(u)
	_ = error(a) // ERROR `cannot convert a \(variable of type A constrained by any\) to type error`
	_ = len(s)
	_ = s[0]
	_ = s[1:]
	_ = b[0] // ERROR `cannot index b \(variable of type B constrained by \[\]byte \| \[\]rune\)`
	_ = t + u // ERROR `invalid operation: t \+ u \(mismatched types T and U\)`
	_ = t + 200 // ERROR `cannot convert 200 \(untyped int constant\) to type T`
	_ = t << 200
	_ = t == 1
	_ = t == 300 // ERROR `cannot convert 300 \(untyped int constant\) to type T`
	var x T = 127
	var y T = 128 // ERROR `cannot use 128 \(untyped int constant\) as T value in variable declaration`
	var z U = 0.5 // ERROR `cannot use 0\.5 \(untyped float constant\) as U value in variable declaration`
	t = 1.0
	u = 1.5 // ERROR `cannot use 1\.5 \(untyped float constant\) as U value in assignment`
	s = "a" // ERROR `cannot use "a" \(untyped string constant\) as S value in assignment`
	s = nil // ERROR `cannot use nil as S value in assignment`
	b = nil
	_, _, _ = x, y, z
}

func main() {
	numbers[int8, float32, string, []byte, int](1, 2, "a", nil, 1)
	numbers[int, float32, string, []byte, int](1, 2, "a", nil, 1) // ERROR `int does not satisfy ~int8 \| ~int16 \(int missing in ~int8 \| ~int16\)`
	numbers[int8, float64, string, []byte, int](1, 2, "a", nil, 1) // ERROR `float64 does not satisfy ~float32 \| ~int64 \(float64 missing in ~float32 \| ~int64\)`
	numbers[int8, float32, []rune, []byte, int](1, 2, nil, nil, 1) // ERROR `\[\]rune does not satisfy ~string \| ~\[\]byte \(\[\]rune missing in ~string \| ~\[\]byte\)`
	numbers[int8, float32](1, 2, "a", []byte{}, 1)
	numbers(1, 2, "a", []byte{}, 1) // ERROR `int does not satisfy ~int8 \| ~int16 \(int missing in ~int8 \| ~int16\)`
	numbers(int8(1), float32(2), "a", []rune{}, main)
}

package main

func main() {
	var i int
	var f float64
	var s uint
	var str string
	const big = 1 << 2000 // ERROR `invalid operation: invalid shift count 2000 \(untyped int constant\)`
	_ = 1 << -1 // ERROR `invalid operation: negative shift count -1 \(untyped int constant\)`
	_ = i << -1 // ERROR `invalid operation: negative shift count -1 \(untyped int constant\)`
	_ = i >> 1.5 // ERROR `1\.5 \(untyped float constant\) truncated to uint`
	_ = i << 1.0
	_ = f << 1 // ERROR `invalid operation: shifted operand f \(variable of type float64\) must be integer`
	_ = 1.5 << 1 // ERROR `invalid operation: shifted operand 1\.5 \(untyped float constant\) must be integer`
	_ = 1.0 << 1
	_ = 1.0 << s // ERROR `invalid operation: shifted operand 1\.0 \(type float64\) must be integer`
	_ = "a" << 1 // ERROR `invalid operation: shifted operand "a" \(untyped string constant\) must be integer`
	_ = str << 1 // ERROR `invalid operation: shifted operand str \(variable of type string\) must be integer`
	_ = i << str // ERROR `invalid operation: shift count str \(variable of type string\) must be integer`
	_ = i << f // ERROR `invalid operation: shift count f \(variable of type float64\) must be integer`
	_ = i << "a" // ERROR `cannot convert "a" \(untyped string constant\) to type uint`
	_ = 1 << 600 // ERROR `constant shift overflow`
	_ = 1 << 1075 // ERROR `invalid operation: invalid shift count 1075 \(untyped int constant\)`
	var a float64 = 1 << s // ERROR `invalid operation: shifted operand 1 \(type float64\) must be integer`
	var b = 1.0 << s // ERROR `invalid operation: shifted operand 1\.0 \(type float64\) must be integer`
	var c int = 1.0 << s
	var d float32 = 1 << 3
	var e uint8 = 1 << 8 // ERROR `cannot use 1 << 8 \(untyped int constant 256\) as uint8 value in variable declaration \(overflows\)`
	var g uint8 = 1 << s << 8
	var h = uint8(1) << 8 // ERROR `uint8\(1\) << 8 \(constant 256 of type uint8\) overflows uint8`
	_ = float64(1 << s) // ERROR `invalid operation: shifted operand 1 \(type float64\) must be integer`
	_ = []int{}[1.0<<s]
	_ = make([]int, 1.0<<s)
	_ = make([]int, 1.5<<s) // ERROR `invalid operation: shifted operand 1\.5 \(untyped float constant\) must be integer`
	_ = 1<<s == 2.0 // ERROR `invalid operation: shifted operand 1 \(type float64\) must be integer`
	_ = 1<<s == 2.5 // ERROR `invalid operation: shifted operand 1 \(type float64\) must be integer`
	_ = 1<<s + 1.0 // ERROR `invalid operation: shifted operand 1 \(type float64\) must be integer`
	_ = f + 1<<s // ERROR `invalid operation: shifted operand 1 \(type float64\) must be integer`
	_ = any(1 << s)
	_, _, _, _, _, _, _ = a, b, c, d, e, g, h
}

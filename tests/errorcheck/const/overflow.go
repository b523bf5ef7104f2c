package main

const huge = 1 << 100
const (
	a int8   = 128 // ERROR `cannot use 128 \(untyped int constant\) as int8 value in constant declaration \(overflows\)`
	b uint8  = 256 // ERROR `cannot use 256 \(untyped int constant\) as uint8 value in constant declaration \(overflows\)`
	c uint   = -1 // ERROR `cannot use -1 \(untyped int constant\) as uint value in constant declaration \(overflows\)`
	d int16  = 1 << 15 // ERROR `cannot use 1 << 15 \(untyped int constant 32768\) as int16 value in constant declaration \(overflows\)`
	e int32  = -1<<31 - 1 // ERROR `cannot use -1 << 31 - 1 \(untyped int constant -2147483649\) as int32 value in constant declaration \(overflows\)`
	f uint64 = 1 << 64 // ERROR `cannot use 1 << 64 \(untyped int constant 18446744073709551616\) as uint64 value in constant declaration \(overflows\)`
	g int64  = 1 << 63 // ERROR `cannot use 1 << 63 \(untyped int constant 9223372036854775808\) as int64 value in constant declaration \(overflows\)`
	h float32 = 1e39 // ERROR `cannot use 1e39 \(untyped float constant 1e\+39\) as float32 value in constant declaration \(overflows\)`
	i float64 = 1e309 // ERROR `cannot use 1e309 \(untyped float constant 1e\+309\) as float64 value in constant declaration \(overflows\)`
	j byte   = 'Ā' // ERROR `cannot use 'Ā' \(untyped rune constant 256\) as byte value in constant declaration \(overflows\)`
	k rune   = 1 << 31 // ERROR `cannot use 1 << 31 \(untyped int constant 2147483648\) as rune value in constant declaration \(overflows\)`
	l complex64 = 1e39 // ERROR `cannot use 1e39 \(untyped float constant 1e\+39\) as complex64 value in constant declaration \(overflows\)`
	m int    = 1.5 // ERROR `cannot use 1\.5 \(untyped float constant\) as int value in constant declaration \(truncated\)`
	n uintptr = huge // ERROR `cannot use huge \(untyped int constant 1267650600228229401496703205376\) as uintptr value in constant declaration \(overflows\)`
)

func takes(x int8) {}

func main() {
	var x int8 = 200 // ERROR `cannot use 200 \(untyped int constant\) as int8 value in variable declaration \(overflows\)`
	x = 300 // ERROR `cannot use 300 \(untyped int constant\) as int8 value in assignment \(overflows\)`
	x = -129 // ERROR `cannot use -129 \(untyped int constant\) as int8 value in assignment \(overflows\)`
	x = huge // ERROR `cannot use huge \(untyped int constant 1267650600228229401496703205376\) as int8 value in assignment \(overflows\)`
	takes(1000) // ERROR `cannot use 1000 \(untyped int constant\) as int8 value in argument to takes \(overflows\)`
	_ = int8(200) // ERROR `constant 200 overflows int8`
	_ = uint8(-1) // ERROR `constant -1 overflows uint8`
	_ = int32(1 << 40) // ERROR `constant 1099511627776 overflows int32`
	_ = uint(huge) // ERROR `constant 1267650600228229401496703205376 overflows uint`
	_ = float32(1e40) // ERROR `cannot convert 1e40 \(untyped float constant 1e\+40\) to type float32`
	_ = int(1e100) // ERROR `cannot convert 1e100 \(untyped float constant 10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000\) to type int`
	_ = int(1.5) // ERROR `cannot convert 1\.5 \(untyped float constant\) to type int`
	_ = int8(1) + 127 // ERROR `int8\(1\) \+ 127 \(constant 128 of type int8\) overflows int8`
	_ = int8(100) + int8(100) // ERROR `int8\(100\) \+ int8\(100\) \(constant 200 of type int8\) overflows int8`
	_ = int8(100) * 2 // ERROR `int8\(100\) \* 2 \(constant 200 of type int8\) overflows int8`
	_ = uint8(0) - 1 // ERROR `uint8\(0\) - 1 \(constant -1 of type uint8\) overflows uint8`
	_ = uint8(255) + uint8(1) // ERROR `uint8\(255\) \+ uint8\(1\) \(constant 256 of type uint8\) overflows uint8`
	_ = -uint8(1) // ERROR `-uint8\(1\) \(constant -1 of type uint8\) overflows uint8`
	_ = -int8(-128) // ERROR `-int8\(-128\) \(constant 128 of type int8\) overflows int8`
	_ = ^uint8(0) + 1 // ERROR `\^uint8\(0\) \+ 1 \(constant 256 of type uint8\) overflows uint8`
	_ = uint8(1) << 8 // ERROR `uint8\(1\) << 8 \(constant 256 of type uint8\) overflows uint8`
	_ = int64(1) << 63 // ERROR `int64\(1\) << 63 \(constant 9223372036854775808 of type int64\) overflows int64`
	_ = huge // ERROR `cannot use huge \(untyped int constant 1267650600228229401496703205376\) as int value in assignment to _ identifier \(overflows\)`
	_ = huge * huge * huge * huge * huge * huge // ERROR `constant multiplication overflow`
	_ = 1 << 600 // ERROR `constant shift overflow`
	_ = 1e400 // ERROR `cannot use 1e400 \(untyped float constant 1e\+400\) as float64 value in assignment to _ identifier \(overflows\)`
	_ = []int8{127, 128} // ERROR `cannot use 128 \(untyped int constant\) as int8 value in array or slice literal \(overflows\)`
	_ = [...]uint8{256} // ERROR `cannot use 256 \(untyped int constant\) as uint8 value in array or slice literal \(overflows\)`
	_ = map[int8]bool{200: true} // ERROR `cannot use 200 \(untyped int constant\) as int8 value in map literal \(overflows\)`
	_ = x == 200 // ERROR `200 \(untyped int constant\) overflows int8`
	_ = x + 200 // ERROR `200 \(untyped int constant\) overflows int8`
	_ = x < huge // ERROR `huge \(untyped int constant 1267650600228229401496703205376\) overflows int8`
	_ = 'a' + huge // ERROR `cannot use 'a' \+ huge \(untyped rune constant 1267650600228229401496703205473\) as rune value in assignment to _ identifier \(overflows\)`
	var arr [3]int
	_ = arr[huge] // ERROR `huge \(untyped int constant 1267650600228229401496703205376\) overflows int`
	return
}

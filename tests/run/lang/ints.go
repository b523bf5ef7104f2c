// Integer types have exact widths and wrap around.
package main

import "fmt"

type small int8

func main() {
	var i8 int8 = 127
	i8++
	var u8 uint8
	u8--
	var i16 int16 = -32768
	i16--
	var u16 uint16 = 65535
	u16 += 2
	var i32 int32 = 1 << 30
	i32 *= 4
	i32 += 1<<31 - 1
	i32++
	var u32 uint32 = 1 << 31
	u32 <<= 1
	var i64 int64 = -1 << 63
	fmt.Println(i8, u8, i16, u16, i32, u32, i64-1, -i64, i64/-1, i64%-1)
	var u64 uint64 = 1<<64 - 1
	fmt.Println(u64, u64+1, u64*u64, u64>>63, u64/3, u64%10)
	fmt.Println(-7/2, -7%2, 7/-2, 7%-2, -8>>1, -1>>70&0xff)
	a, b := -7, 2
	fmt.Println(a/b, a%b, a>>1, a>>63, uint8(a), a&b, a|b, a^b, a&^b, ^a)
	for _, s := range []uint{0, 1, 7, 8, 31, 32, 63, 64, 100} {
		fmt.Print(int8(-128)>>s, " ", uint8(255)<<s, " ", int32(-5)<<s, " ", uint32(1)<<s, " ", int64(1)<<s, " ", int64(-1)>>s, "; ")
	}
	fmt.Println()
	var s small = 100
	s += 100
	fmt.Println(s, -s, s*s, s/3, s%3, uint16(s), uint64(s), int(uint8(s)))
	var f float64 = -3.99
	fmt.Println(int(f), int8(f), uint8(int(3.99+f*0)), int64(float32(16777217)))
	x := 0x7fff_ffff
	fmt.Println(int32(x+1), int16(x), uint8(x), 0b1010, 0o17, 017, 'a', '\n', 'ÿ', '\u00e9', '\x41')
	var r rune = 'x'
	var by byte = 'y'
	fmt.Printf("%T %T %T %v\n", r, by, r-'a', by-'a')
	k := 3
	k, j := k<<2, k
	k &^= 4
	k |= 1
	k ^= 0xf
	k %= 7
	fmt.Println(k, j)
	var up uintptr = 1<<64 - 1
	fmt.Println(up+2, min(3, 1, 2), max(-1, -5), min(2.5, 1), max("a", "b"))
}

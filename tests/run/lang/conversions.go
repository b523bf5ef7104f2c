// Conversions of every allowed pair, constants and arithmetic at their limits.
package main

import (
	"fmt"
	"math"
	"unsafe"
)

type I8 int8
type MyStr string
type MyBytes []byte
type MyRunes []rune
type S1 struct {
	a int
	b string
}
type S2 struct {
	a int
	b string
}
type Tagged struct {
	a int `x:"1"`
	b string
}
type Fn func(int) int
type Ch chan int

//go:noinline
func id[T any](x T) T { return x }

func main() {
	for _, f := range []float64{0, 1.9, -1.9, 1e10, -1e10, 255.9, 256, 1e18, math.MaxInt32 + 0.5} {
		fmt.Println(int(f), int32(int64(f)), uint8(int64(f)), int64(f), int16(int(f)))
	}
	for _, i := range []int{0, -1, 127, 128, 255, 256, -129, 1 << 31, 1<<32 + 5, math.MinInt64, math.MaxInt64} {
		fmt.Println(int8(i), uint8(i), int16(i), uint16(i), int32(i), uint32(i), uint64(i), I8(i), float32(i), float64(i), uintptr(uint32(i)))
	}
	for _, u := range []uint64{0, 1 << 63, math.MaxUint64, 1<<53 + 1} {
		fmt.Println(int64(u), float64(u), float32(u), uint32(u), int8(u))
	}
	for _, r := range []rune{'a', 0x20ac, -1, 0xd800, 0x110000, 0x10ffff, 0} {
		fmt.Printf("%q %x ", string(r), string(r))
	}
	fmt.Println()
	s := "héllo\xff€"
	fmt.Println([]byte(s), []rune(s), string([]rune(s)), MyStr(s), MyBytes(s), MyRunes(s), string(MyBytes("xyz")), string(MyRunes{65, 66}), MyStr([]byte{66}))
	fmt.Println(S1(S2{1, "x"}), S2(Tagged{2, "y"}), struct {
		a int
		b string
	}(S1{3, "z"}))
	p := (*S2)(&S1{4, "p"})
	fmt.Println(*p, *(*Tagged)(p))
	arr := [4]int([]int{1, 2, 3, 4, 5})
	ap := (*[2]int)([]int{7, 8, 9})
	ap[0] = 70
	fmt.Println(arr, *ap, (*[0]int)([]int(nil)) == nil, (*[0]int)([]int{}) == nil, [0]int([]int(nil)))
	var f Fn = func(i int) int { return i + 1 }
	fmt.Println((func(int) int)(f)(1), Fn(f)(2))
	var c Ch = make(chan int, 1)
	var ro <-chan int = c
	var so chan<- int = (chan int)(c)
	so <- 5
	fmt.Println(<-ro)
	var e any = S1{1, "e"}
	fmt.Println(any(e).(S1).a, fmt.Stringer(nil) == nil)
	x := uint32(0xdeadbeef)
	fmt.Printf("%x %x\n", *(*[4]byte)(unsafe.Pointer(&x)), *(*uint16)(unsafe.Add(unsafe.Pointer(&x), 2)))
	fl := 1.5
	fmt.Printf("%#x %v\n", *(*uint64)(unsafe.Pointer(&fl)), math.Float64bits(fl) == *(*uint64)(unsafe.Pointer(&fl)))
	type hdr struct {
		a byte
		b int32
		c byte
		d int64
		e [3]byte
		f string
		g []int
		h any
		z struct{}
	}
	var h hdr
	fmt.Println(unsafe.Sizeof(h), unsafe.Offsetof(h.b), unsafe.Offsetof(h.d), unsafe.Offsetof(h.f), unsafe.Offsetof(h.g), unsafe.Offsetof(h.h), unsafe.Offsetof(h.z), unsafe.Alignof(h.b))
	bs := unsafe.Slice(&[]byte("hello")[0], 3)
	fmt.Println(string(bs), unsafe.String(&bs[1], 2), *unsafe.StringData("q"), len(unsafe.Slice((*int)(nil), 0)))
	fmt.Println(id(complex64(complex(1, 2))), complex128(complex64(3+4i)), real(id(5i)), imag(complex64(2i)))
	var nan = math.NaN()
	fmt.Println(nan == nan, nan != nan, nan < 1, math.Inf(1) > 1, -0.0 == 0.0, 1/math.Copysign(0, -1))
	fmt.Println(float32(16777217), float32(0.1), float64(float32(0.1)), float32(1e-46), math.MaxFloat32, float32(1)/3)
	var i8 I8 = -128
	fmt.Println(-i8, i8/-1, i8-1, ^i8, i8>>1, uint8(i8)>>1, i8<<1, 7&^5, -7/2, -7%2, -7>>1, 7>>70, id(int64(-1))>>id(70), uint32(1)<<id(uint(33)))
	const big = 1 << 100
	fmt.Println(big>>98, float64(big), 'a'+1, "s"+"t", 'a'*2.0, 10/4, 10/4.0, 1e3, 0x1p-2, 0b101, 0o17, 1_000)
	fmt.Printf("%T %T %T %T\n", 'a'+1, 1+1.0, 2i+1, 1<<3)
	var sh uint = 3
	var w int64 = 1 << sh
	var fsh = float64(1<<3) + float64(int(1)<<sh)
	fmt.Println(w, fsh, uint8(1<<sh<<5), len([1 << 3]int{}))
	fmt.Println(string(rune(65)), string([]byte(nil)) == "", MyStr("a") < MyStr("b"), "a"+MyStr("b"))
	var u8 uint8 = 200
	u8 += 100
	var u16 uint16 = 1
	u16 -= 2
	var i32 int32 = math.MaxInt32
	i32++
	fmt.Println(u8, u16, i32, u8*u8, -u8, ^u16, int(u8)*int(u8))
	fmt.Println(min(1, 2.5), max("a", "b"), min(-0.0, 0.0), max(nan, 1))
	fmt.Println(uint(math.MaxUint64), int64(math.MinInt64)/id(int64(-1)), int64(math.MinInt64)%id(int64(-1)))
}

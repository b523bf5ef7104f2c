// Constants are exact and untyped until they must have a type.
package main

import (
	"fmt"
	"math"
)

const (
	huge  = 1 << 500
	small = huge >> 498
	third = 1.0 / 3
	big   = third * 3 * huge / (huge / 8)
)

const (
	_  = iota
	KB = 1 << (10 * iota)
	MB
	GB
)

type weekday int

const (
	sunday weekday = iota
	monday
	tuesday
	_
	thursday
)

const (
	a, b = iota, iota * 10
	c, d
	_, _
	e, f
)

const (
	bit0, mask0 = 1 << iota, 1<<iota - 1
	bit1, mask1
	_, _
	bit3, mask3
)

func (d weekday) String() string { return [...]string{"Sun", "Mon", "Tue", "Wed", "Thu"}[d] }

const typed int64 = 5
const str = "con" + "cat"
const length = len(str)
const cmp = str < "d" && length == 6
const r = 'a' + 1.0
const cplx = 2i * 2i

func main() {
	fmt.Println(small, big, KB, MB, GB)
	fmt.Println(sunday, monday, tuesday, thursday, weekday(3))
	fmt.Println(a, b, c, d, e, f, bit0, mask0, bit1, mask1, bit3, mask3)
	fmt.Println(typed/2, str, length, cmp, r, cplx, real(cplx))
	var x float32 = third
	var y float64 = third
	fmt.Println(x, y, float64(x) == y, math.MaxInt64, uint64(math.MaxUint64), math.Pi)
	const h = "日本"
	fmt.Println(len(h), h[1], len([3]int{}), cap([5]int{}))
	var shift uint = 3
	var s1 int64 = 1 << shift
	var s2 = 1.0 * 8
	var s3 uint8 = 1 << 7
	fmt.Printf("%d %v %T %d\n", s1, s2, s2, s3)
	fmt.Println(5/2, 5.0/2, 5/2.0, 7%3, 1<<3|1, -5>>1, ^0, +3, !true)
	fmt.Printf("%T %T %T %T %T\n", 1, 1.0, 'a', 1i, "s")
	var i interface{} = 1 << 3
	fmt.Printf("%T %v %T\n", i, i, 2.0*3)
	fmt.Println(0x1p-2, 0x1.8p1, 1e3, .5, 1_000_000, 0b11, 0x_ff, 1e-7, 6.02214076e23)
	fmt.Println(math.MaxFloat64, math.SmallestNonzeroFloat64, float32(math.MaxFloat32))
}

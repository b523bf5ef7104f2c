// Package subtle has functions whose time does not depend on what they compute with.
package subtle

// ConstantTimeCompare returns 1 if x and y are equal, else 0; at once if their lengths differ.
func ConstantTimeCompare(x, y []byte) int {
	if len(x) != len(y) {
		return 0
	}
	var v byte
	for i := range x {
		v |= x[i] ^ y[i]
	}
	return ConstantTimeByteEq(v, 0)
}

// ConstantTimeSelect returns x if v is 1 and y if v is 0.
func ConstantTimeSelect(v, x, y int) int { return ^(v-1)&x | (v-1)&y }

// ConstantTimeByteEq returns 1 if x == y, else 0.
func ConstantTimeByteEq(x, y uint8) int { return int((uint32(x^y) - 1) >> 31) }

// ConstantTimeEq returns 1 if x == y, else 0.
func ConstantTimeEq(x, y int32) int { return int((uint64(uint32(x^y)) - 1) >> 63) }

// ConstantTimeCopy copies y to x if v is 1, and does nothing if it is 0.
func ConstantTimeCopy(v int, x, y []byte) {
	if len(x) != len(y) {
		panic("subtle: slices have different lengths")
	}
	mask := byte(-v)
	for i := range x {
		x[i] ^= mask & (x[i] ^ y[i])
	}
}

// ConstantTimeLessOrEq returns 1 if x <= y, else 0, for numbers from 0 to 1<<31-1.
func ConstantTimeLessOrEq(x, y int) int { return int(uint32(int32(x)-int32(y)-1) >> 31) }

// WithDataIndependentTiming calls f.
func WithDataIndependentTiming(f func()) { f() }

// XORBytes sets dst[i] = x[i] ^ y[i] for as many bytes as both have, and returns how many.
func XORBytes(dst, x, y []byte) int {
	n := min(len(x), len(y))
	if n == 0 {
		return 0
	}
	if n > len(dst) {
		panic("subtle.XORBytes: dst too short")
	}
	if overlaps(dst[:n], x[:n]) || overlaps(dst[:n], y[:n]) {
		panic("subtle.XORBytes: invalid overlap")
	}
	xor(dst, x, y, n)
	return n
}

// Native: xor, and whether two slices of the same length overlap without being the same.
func xor(dst, x, y []byte, n int)
func overlaps(x, y []byte) bool

// Package big has numbers of any size: integers, rational numbers, and floating-point numbers of any precision.
package big

import (
	"errors"
	"fmt"
	"io"
	"math/bits"
	"math/rand"
)

// Word is a digit of a number in base 1<<64.
type Word uint

const wordBits = bits.UintSize

// MaxBase is the largest base of a number's text.
const MaxBase = 10 + ('z' - 'a' + 1) + ('Z' - 'A' + 1)

// nat is a natural number: words from the lowest on, of which the last is not 0.
type nat []Word

// Native. The result may lie in z's memory, and z may be an argument too.

func natAdd(z, x, y nat) nat
func natSub(z, x, y nat) nat // x >= y
func natMul(z, x, y nat) nat
func natDiv(q, r, x, y nat) (nat, nat) // y != 0
func natShl(z, x nat, s uint) nat
func natShr(z, x nat, s uint) nat
func natCmp(x, y nat) int
func natAnd(z, x, y nat) nat
func natOr(z, x, y nat) nat
func natXor(z, x, y nat) nat
func natAndNot(z, x, y nat) nat
func natExp(z, x, y, m nat) nat // modulo m, if that is not 0
func natSqrt(z, x nat) nat
func natGCD(a, b nat) (d, x nat, xneg bool, y nat, yneg bool)
func natText(x nat, base uint32) string
func natDigits(z nat, digits []byte, base uint32) nat

var natOne = nat{1}

func (z nat) norm() nat {
	n := len(z)
	for n > 0 && z[n-1] == 0 {
		n--
	}
	return z[:n]
}

func (z nat) set(x nat) nat { return append(z[:0], x...) }

func (z nat) setWord(x Word) nat {
	if x == 0 {
		return z[:0]
	}
	return append(z[:0], x)
}

func (x nat) bitLen() int {
	if n := len(x); n > 0 {
		return (n-1)*wordBits + bits.Len(uint(x[n-1]))
	}
	return 0
}

func (x nat) trailingZeros() uint {
	for i, w := range x {
		if w != 0 {
			return uint(i*wordBits + bits.TrailingZeros(uint(w)))
		}
	}
	return 0
}

func (x nat) bit(i uint) uint {
	if j := i / wordBits; j < uint(len(x)) {
		return uint(x[j] >> (i % wordBits) & 1)
	}
	return 0
}

// below reports whether one of the lowest n bits is set.
func (x nat) below(n uint) bool { return len(x) > 0 && x.trailingZeros() < n }

func (z nat) setBytes(buf []byte) nat {
	z = z[:0]
	for n := len(buf); n > 0; n -= 8 {
		w := Word(0)
		for _, c := range buf[max(0, n-8):n] {
			w = w<<8 | Word(c)
		}
		z = append(z, w)
	}
	return z.norm()
}

// bytes fills the end of buf, and returns where the number begins. It panics if that is too short.
func (x nat) bytes(buf []byte) int {
	i := len(buf)
	for _, w := range x {
		for range 8 {
			if i--; i >= 0 {
				buf[i] = byte(w)
			} else if byte(w) != 0 {
				panic("math/big: buffer too small to fit value")
			}
			w >>= 8
		}
	}
	i = max(i, 0)
	for i < len(buf) && buf[i] == 0 {
		i++
	}
	return i
}

func (x nat) pow(n uint64) nat { return natExp(nil, x, nat(nil).setWord(Word(n)), nil) }

// random returns a number below limit.
func (z nat) random(rnd *rand.Rand, limit nat) nat {
	z = make(nat, len(limit))
	top := uint(limit.bitLen()) % wordBits
	mask := ^Word(0)
	if top != 0 {
		mask = 1<<top - 1
	}
	for {
		for i := range z {
			z[i] = Word(rnd.Uint32()) | Word(rnd.Uint32())<<32
		}
		z[len(z)-1] &= mask
		if n := z.norm(); natCmp(n, limit) < 0 {
			return n
		}
	}
}

var (
	errNoDigits  = errors.New("number has no digits")
	errSeparator = errors.New("'_' must separate successive digits")
)

// scan reads a number. A base of 0 means that a prefix tells, and that digits may be separated. With fractions, a
// decimal point may occur, and count is minus the number of digits behind it, if it does; otherwise that of all digits.
func (z nat) scan(r io.ByteScanner, base int, fractions bool) (res nat, b, count int, err error) {
	ok := base == 0 || 2 <= base && base <= MaxBase
	if fractions {
		ok = base == 0 || base == 2 || base == 8 || base == 10 || base == 16
	}
	if !ok {
		panic(fmt.Sprintf("invalid number base %d", base))
	}
	const none, digit, separator = 0, 1, 2
	prev, bad := none, false
	ch, err := r.ReadByte()
	prefix := byte(0)
	if b = base; b == 0 {
		b = 10
		if err == nil && ch == '0' {
			prev, count = digit, 1
			if ch, err = r.ReadByte(); err == nil {
				switch ch {
				case 'b', 'B':
					b, prefix = 2, 'b'
				case 'o', 'O':
					b, prefix = 8, 'o'
				case 'x', 'X':
					b, prefix = 16, 'x'
				default:
					if !fractions {
						b, prefix = 8, '0'
					}
				}
				if prefix != 0 {
					if count = 0; prefix != '0' {
						ch, err = r.ReadByte()
					}
				}
			}
		}
	}
	point := -1
	var digits []byte
	for ; err == nil; ch, err = r.ReadByte() {
		if ch == '.' && fractions {
			fractions = false
			bad = bad || prev == separator
			prev, point = none, count
			continue
		}
		if ch == '_' && base == 0 {
			bad = bad || prev != digit
			prev = separator
			continue
		}
		d := MaxBase
		switch {
		case '0' <= ch && ch <= '9':
			d = int(ch - '0')
		case 'a' <= ch && ch <= 'z':
			d = int(ch-'a') + 10
		case 'A' <= ch && ch <= 'Z':
			if d = int(ch-'A') + 10; b > 36 {
				d += 26
			}
		}
		if d >= b {
			r.UnreadByte()
			break
		}
		prev = digit
		count++
		digits = append(digits, byte(d))
	}
	if err == io.EOF {
		err = nil
	}
	if err == nil && (bad || prev == separator) {
		err = errSeparator
	}
	if count == 0 {
		if prefix == '0' { // the 0 was the number
			return z[:0], 10, 1, err
		}
		err = errNoDigits
	}
	z = natDigits(z, digits, uint32(b))
	if point >= 0 {
		count = point - count
	}
	return z, b, count, err
}

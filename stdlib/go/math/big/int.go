package big

import (
	"fmt"
	"math/bits"
	"math/rand"
	"strings"
)

// Int is an integer; the zero value is 0. Methods put their result into the receiver, and return it; arguments may be
// the receiver too.
type Int struct {
	neg bool
	abs nat
}

// NewInt returns an Int.
func NewInt(x int64) *Int { return new(Int).SetInt64(x) }

func (z *Int) put(abs nat, neg bool) *Int {
	z.abs = abs
	z.neg = neg && len(abs) > 0
	return z
}

// Sign returns -1, 0 or +1.
func (x *Int) Sign() int {
	switch {
	case len(x.abs) == 0:
		return 0
	case x.neg:
		return -1
	}
	return 1
}

// SetInt64 sets z to x.
func (z *Int) SetInt64(x int64) *Int {
	u := uint64(x)
	if x < 0 {
		u = -u
	}
	return z.put(z.abs.setWord(Word(u)), x < 0)
}

// SetUint64 sets z to x.
func (z *Int) SetUint64(x uint64) *Int { return z.put(z.abs.setWord(Word(x)), false) }

// Set sets z to x.
func (z *Int) Set(x *Int) *Int {
	if z != x {
		z.put(z.abs.set(x.abs), x.neg)
	}
	return z
}

// Bits returns the words of |x|, not copied.
func (x *Int) Bits() []Word { return x.abs }

// SetBits sets z to a number of these words, not copied.
func (z *Int) SetBits(abs []Word) *Int { return z.put(nat(abs).norm(), false) }

// Abs sets z to |x|.
func (z *Int) Abs(x *Int) *Int {
	z.Set(x)
	z.neg = false
	return z
}

// Neg sets z to -x.
func (z *Int) Neg(x *Int) *Int {
	z.Set(x)
	z.neg = len(z.abs) > 0 && !z.neg
	return z
}

func (z *Int) sum(x, y *Int, yneg bool) *Int {
	neg := x.neg
	switch {
	case x.neg == yneg:
		z.abs = natAdd(z.abs, x.abs, y.abs)
	case natCmp(x.abs, y.abs) >= 0:
		z.abs = natSub(z.abs, x.abs, y.abs)
	default:
		neg = !neg
		z.abs = natSub(z.abs, y.abs, x.abs)
	}
	z.neg = neg && len(z.abs) > 0
	return z
}

// Add sets z to x+y.
func (z *Int) Add(x, y *Int) *Int { return z.sum(x, y, y.neg) }

// Sub sets z to x-y.
func (z *Int) Sub(x, y *Int) *Int { return z.sum(x, y, !y.neg) }

// Mul sets z to x*y.
func (z *Int) Mul(x, y *Int) *Int {
	neg := x.neg != y.neg
	return z.put(natMul(z.abs, x.abs, y.abs), neg)
}

// MulRange sets z to the product of all integers from a to b: 1 if there are none.
func (z *Int) MulRange(a, b int64) *Int {
	switch {
	case a > b:
		return z.SetInt64(1)
	case a <= 0 && b >= 0:
		return z.SetInt64(0)
	}
	neg := false
	if a < 0 {
		neg = (b-a)&1 == 0
		a, b = -b, -a
	}
	return z.put(product(uint64(a), uint64(b)), neg)
}

func product(a, b uint64) nat {
	if b-a < 8 {
		p := nat(nil).setWord(Word(a))
		for i := a; i < b; i++ {
			p = natMul(p, p, nat{Word(i + 1)})
		}
		return p
	}
	m := a + (b-a)/2
	return natMul(nil, product(a, m), product(m+1, b))
}

// Binomial sets z to the number of ways to choose k of n.
func (z *Int) Binomial(n, k int64) *Int {
	if k < 0 || k > n {
		return z.SetInt64(0)
	}
	k = min(k, n-k)
	z.SetInt64(1)
	var f Int
	for i := int64(1); i <= k; i++ {
		z.Mul(z, f.SetInt64(n-k+i))
		z.Quo(z, f.SetInt64(i))
	}
	return z
}

func divide(q, r, x, y nat) (nat, nat) {
	if len(y) == 0 {
		panic("division by zero")
	}
	return natDiv(q, r, x, y)
}

// Quo sets z to x/y, rounded towards zero.
func (z *Int) Quo(x, y *Int) *Int {
	neg := x.neg != y.neg
	q, _ := divide(z.abs, nil, x.abs, y.abs)
	return z.put(q, neg)
}

// Rem sets z to the remainder of Quo.
func (z *Int) Rem(x, y *Int) *Int {
	neg := x.neg
	_, r := divide(nil, z.abs, x.abs, y.abs)
	return z.put(r, neg)
}

// QuoRem sets z to Quo and r to Rem.
func (z *Int) QuoRem(x, y, r *Int) (*Int, *Int) {
	zneg, rneg := x.neg != y.neg, x.neg
	q, m := divide(nil, r.abs, x.abs, y.abs)
	z.put(q, zneg)
	r.put(m, rneg)
	return z, r
}

// Div sets z to x/y, rounded so that the remainder is not negative.
func (z *Int) Div(x, y *Int) *Int {
	var r Int
	z.DivMod(x, y, &r)
	return z
}

// Mod sets z to the remainder of Div.
func (z *Int) Mod(x, y *Int) *Int {
	var q Int
	q.DivMod(x, y, z)
	return z
}

// DivMod sets z to Div and m to Mod.
func (z *Int) DivMod(x, y, m *Int) (*Int, *Int) {
	d := y
	if z == y || m == y {
		d = new(Int).Set(y)
	}
	z.QuoRem(x, d, m)
	if m.neg {
		if d.neg {
			z.Add(z, intOne)
			m.Sub(m, d)
		} else {
			z.Sub(z, intOne)
			m.Add(m, d)
		}
	}
	return z, m
}

var intOne = &Int{false, natOne}

// Divide sets z to x/y, rounded as the mode says, and r to the remainder; either may be nil.
func (z *Int) Divide(x, y, r *Int, mode RoundingMode) (*Int, *Int) {
	neg, rneg := x.neg != y.neg, x.neg
	d := y.abs
	q, rest := divide(nil, nil, x.abs, d)
	if len(rest) > 0 {
		away := false
		switch mode {
		case Trunc:
		case Floor:
			away = neg
		case Ceil:
			away = !neg
		case Round:
			c := natCmp(natShl(nil, rest, 1), d)
			away = c > 0 || c == 0 && q.bit(0) == 1
		default:
			panic("unsupported rounding mode")
		}
		if away {
			q = natAdd(nil, q, natOne)
			rest = natSub(nil, d, rest)
			rneg = !rneg
		}
	}
	if z != nil {
		z.put(q, neg)
	}
	if r != nil {
		r.put(rest, rneg)
	}
	return z, r
}

// Cmp returns -1, 0 or +1 as x is less than, equal to or greater than y.
func (x *Int) Cmp(y *Int) (r int) {
	switch {
	case x.neg != y.neg && x.neg:
		return -1
	case x.neg != y.neg:
		return 1
	case x.neg:
		return natCmp(y.abs, x.abs)
	}
	return natCmp(x.abs, y.abs)
}

// CmpAbs compares |x| and |y|.
func (x *Int) CmpAbs(y *Int) int { return natCmp(x.abs, y.abs) }

func low(x nat) uint64 {
	if len(x) == 0 {
		return 0
	}
	return uint64(x[0])
}

// Int64 returns x; what does not fit is cut off.
func (x *Int) Int64() int64 {
	v := int64(low(x.abs))
	if x.neg {
		v = -v
	}
	return v
}

// Uint64 returns |x|; what does not fit is cut off.
func (x *Int) Uint64() uint64 { return low(x.abs) }

// IsInt64 reports whether x fits an int64.
func (x *Int) IsInt64() bool {
	if len(x.abs) > 1 {
		return false
	}
	w := low(x.abs)
	return w < 1<<63 || x.neg && w == 1<<63
}

// IsUint64 reports whether x fits a uint64.
func (x *Int) IsUint64() bool { return !x.neg && len(x.abs) <= 1 }

// Float64 returns the nearest float64, and how it differs.
func (x *Int) Float64() (float64, Accuracy) {
	return nearest(x.neg, x.abs, 0, false, &double)
}

// SetBytes sets z to a number of these bytes, the highest first.
func (z *Int) SetBytes(buf []byte) *Int { return z.put(z.abs.setBytes(buf), false) }

// Bytes returns |x| as bytes, the highest first.
func (x *Int) Bytes() []byte {
	buf := make([]byte, len(x.abs)*8)
	return buf[x.abs.bytes(buf):]
}

// FillBytes fills buf with |x|, and panics if that is too large for it.
func (x *Int) FillBytes(buf []byte) []byte {
	clear(buf)
	x.abs.bytes(buf)
	return buf
}

// BitLen returns how many bits |x| has.
func (x *Int) BitLen() int { return x.abs.bitLen() }

// TrailingZeroBits returns how many zero bits |x| ends with.
func (x *Int) TrailingZeroBits() uint { return x.abs.trailingZeros() }

// Exp sets z to x**y mod |m|, without the modulus if m is nil or 0. It returns nil if y < 0 and x has no inverse.
func (z *Int) Exp(x, y, m *Int) *Int {
	var mod nat
	if m != nil {
		mod = m.abs
	}
	base := x.abs
	if y.neg {
		if len(mod) == 0 {
			return z.SetInt64(1)
		}
		inverse := new(Int).ModInverse(x, m)
		if inverse == nil {
			return nil
		}
		base = inverse.abs
	}
	neg := x.neg && y.abs.bit(0) == 1
	z.put(natExp(nil, base, y.abs, mod), neg)
	if z.neg && len(mod) > 0 {
		z.put(natSub(nil, mod, z.abs), false)
	}
	return z
}

// GCD sets z to the greatest common divisor of a and b, and x and y, if they are not nil, so that z = a*x + b*y.
func (z *Int) GCD(x, y, a, b *Int) *Int {
	aneg, bneg := a.neg, b.neg
	d, p, pneg, q, qneg := natGCD(a.abs, b.abs)
	if len(a.abs) == 0 {
		p, pneg, q, qneg = nil, false, nat{1}, false
		if len(b.abs) == 0 {
			q = nil
		}
	}
	if x != nil {
		x.abs, x.neg = p, pneg != aneg
	}
	if y != nil {
		y.put(q, qneg != bneg)
	}
	return z.put(d, false)
}

// Rand sets z to a random number from 0 to n-1.
func (z *Int) Rand(rnd *rand.Rand, n *Int) *Int {
	if n.neg || len(n.abs) == 0 {
		return z.put(nil, false)
	}
	return z.put(z.abs.random(rnd, n.abs), false)
}

// ModInverse sets z to the inverse of g modulo n. It returns nil if there is none.
func (z *Int) ModInverse(g, n *Int) *Int {
	m := new(Int).Abs(n)
	a := g
	if g.neg {
		a = new(Int).Mod(g, m)
	}
	var d, x Int
	d.GCD(&x, nil, a, m)
	if d.Cmp(intOne) != 0 {
		return nil
	}
	if x.neg {
		return z.Add(&x, m)
	}
	return z.Set(&x)
}

// Jacobi returns the Jacobi symbol (x/y): +1, -1 or 0. y has to be odd.
func Jacobi(x, y *Int) int {
	if y.abs.bit(0) == 0 {
		panic(fmt.Sprintf("big: invalid 2nd argument to Int.Jacobi: need odd integer but got %s", y.String()))
	}
	var a, b, c Int
	a.Set(x)
	b.Set(y)
	j := 1
	if b.neg {
		if a.neg {
			j = -1
		}
		b.neg = false
	}
	for {
		if b.Cmp(intOne) == 0 {
			return j
		}
		if len(a.abs) == 0 {
			return 0
		}
		a.Mod(&a, &b)
		if len(a.abs) == 0 {
			return 0
		}
		s := a.abs.trailingZeros()
		if m := b.abs[0] & 7; s&1 != 0 && (m == 3 || m == 5) {
			j = -j
		}
		c.Rsh(&a, s)
		if b.abs[0]&3 == 3 && c.abs[0]&3 == 3 {
			j = -j
		}
		a.Set(&b)
		b.Set(&c)
	}
}

// ModSqrt sets z to a square root of x modulo the odd prime p. It returns nil if there is none.
func (z *Int) ModSqrt(x, p *Int) *Int {
	switch Jacobi(x, p) {
	case -1:
		return nil
	case 0:
		return z.SetInt64(0)
	}
	if x.neg || x.Cmp(p) >= 0 {
		x = new(Int).Mod(x, p)
	}
	e := new(Int)
	switch {
	case p.abs[0]%4 == 3:
		e.Add(p, intOne)
		return z.Exp(x, e.Rsh(e, 2), p)
	case p.abs[0]%8 == 5:
		// Atkin: with a = (2x)^((p-5)/8) and i = 2x a², a square root of -1, the root is x a (i-1).
		var twice, a, i Int
		twice.Lsh(x, 1)
		a.Exp(&twice, e.Rsh(p, 3), p)
		i.Mul(&a, &a)
		i.Mod(&i, p)
		i.Mul(&i, &twice)
		i.Mod(&i, p)
		i.Sub(&i, intOne)
		i.Mul(&i, x)
		i.Mod(&i, p)
		i.Mul(&i, &a)
		return z.Mod(&i, p)
	}
	// Tonelli and Shanks.
	var s, n, y, b, g, t Int
	s.Sub(p, intOne)
	r := s.abs.trailingZeros()
	s.Rsh(&s, r)
	for n.SetInt64(2); Jacobi(&n, p) != -1; {
		n.Add(&n, intOne)
	}
	y.Add(&s, intOne)
	y.Rsh(&y, 1)
	y.Exp(x, &y, p)
	b.Exp(x, &s, p)
	g.Exp(&n, &s, p)
	for {
		m := uint(0)
		for t.Set(&b); t.Cmp(intOne) != 0; m++ {
			t.Mul(&t, &t).Mod(&t, p)
		}
		if m == 0 {
			return z.Set(&y)
		}
		t.SetInt64(0).SetBit(&t, int(r-m-1), 1).Exp(&g, &t, p)
		g.Mul(&t, &t).Mod(&g, p)
		y.Mul(&y, &t).Mod(&y, p)
		b.Mul(&b, &g).Mod(&b, p)
		r = m
	}
}

// Lsh sets z to x<<n.
func (z *Int) Lsh(x *Int, n uint) *Int {
	neg := x.neg
	return z.put(natShl(z.abs, x.abs, n), neg)
}

// Rsh sets z to x>>n.
func (z *Int) Rsh(x *Int, n uint) *Int {
	if x.neg {
		// -x>>n is -((x-1)>>n + 1): rounded down.
		t := natSub(z.abs, x.abs, natOne)
		t = natShr(t, t, n)
		return z.put(natAdd(t, t, natOne), true)
	}
	return z.put(natShr(z.abs, x.abs, n), false)
}

// Bit returns the bit i of x.
func (x *Int) Bit(i int) uint {
	if i < 0 {
		panic("negative bit index")
	}
	if x.neg {
		return natSub(nil, x.abs, natOne).bit(uint(i)) ^ 1
	}
	return x.abs.bit(uint(i))
}

// SetBit sets z to x with the bit i set to b, which is 0 or 1.
func (z *Int) SetBit(x *Int, i int, b uint) *Int {
	if i < 0 {
		panic("negative bit index")
	}
	if b > 1 {
		panic("set bit is not 0 or 1")
	}
	one := Int{false, natShl(nil, natOne, uint(i))}
	if b == 1 {
		return z.Or(x, &one)
	}
	return z.AndNot(x, &one)
}

// Negative numbers have infinitely many ones: -x is ^(x-1).

func lessOne(x nat) nat { return natSub(nil, x, natOne) }

// And sets z to x & y.
func (z *Int) And(x, y *Int) *Int {
	switch {
	case x.neg && y.neg:
		return z.put(natAdd(nil, natOr(nil, lessOne(x.abs), lessOne(y.abs)), natOne), true)
	case x.neg:
		return z.put(natAndNot(z.abs, y.abs, lessOne(x.abs)), false)
	case y.neg:
		return z.put(natAndNot(z.abs, x.abs, lessOne(y.abs)), false)
	}
	return z.put(natAnd(z.abs, x.abs, y.abs), false)
}

// AndNot sets z to x &^ y.
func (z *Int) AndNot(x, y *Int) *Int {
	switch {
	case x.neg && y.neg:
		return z.put(natAndNot(nil, lessOne(y.abs), lessOne(x.abs)), false)
	case x.neg:
		return z.put(natAdd(nil, natOr(nil, lessOne(x.abs), y.abs), natOne), true)
	case y.neg:
		return z.put(natAnd(nil, x.abs, lessOne(y.abs)), false)
	}
	return z.put(natAndNot(z.abs, x.abs, y.abs), false)
}

// Or sets z to x | y.
func (z *Int) Or(x, y *Int) *Int {
	switch {
	case x.neg && y.neg:
		return z.put(natAdd(nil, natAnd(nil, lessOne(x.abs), lessOne(y.abs)), natOne), true)
	case x.neg:
		return z.put(natAdd(nil, natAndNot(nil, lessOne(x.abs), y.abs), natOne), true)
	case y.neg:
		return z.put(natAdd(nil, natAndNot(nil, lessOne(y.abs), x.abs), natOne), true)
	}
	return z.put(natOr(z.abs, x.abs, y.abs), false)
}

// Xor sets z to x ^ y.
func (z *Int) Xor(x, y *Int) *Int {
	switch {
	case x.neg && y.neg:
		return z.put(natXor(nil, lessOne(x.abs), lessOne(y.abs)), false)
	case x.neg:
		return z.put(natAdd(nil, natXor(nil, lessOne(x.abs), y.abs), natOne), true)
	case y.neg:
		return z.put(natAdd(nil, natXor(nil, x.abs, lessOne(y.abs)), natOne), true)
	}
	return z.put(natXor(z.abs, x.abs, y.abs), false)
}

// Not sets z to ^x.
func (z *Int) Not(x *Int) *Int {
	if x.neg {
		return z.put(lessOne(x.abs), false)
	}
	return z.put(natAdd(nil, x.abs, natOne), true)
}

// Sqrt sets z to the square root of x, rounded down.
func (z *Int) Sqrt(x *Int) *Int {
	if x.neg {
		panic("square root of negative number")
	}
	return z.put(natSqrt(z.abs, x.abs), false)
}

// ProbablyPrime reports whether x is prime, by n+1 rounds of the test of Miller and Rabin and one of Lucas's. It is
// right for all x below 1<<64.
func (x *Int) ProbablyPrime(n int) bool {
	if n < 0 {
		panic("negative n for ProbablyPrime")
	}
	if x.neg || len(x.abs) == 0 {
		return false
	}
	const small uint64 = 1<<2 | 1<<3 | 1<<5 | 1<<7 | 1<<11 | 1<<13 | 1<<17 | 1<<19 | 1<<23 | 1<<29 | 1<<31 |
		1<<37 | 1<<41 | 1<<43 | 1<<47 | 1<<53 | 1<<59 | 1<<61
	w := low(x.abs)
	if len(x.abs) == 1 && w < 64 {
		return small>>w&1 == 1
	}
	if w&1 == 0 {
		return false
	}
	const primes = 3 * 5 * 7 * 11 * 13 * 17 * 19 * 23 * 29 * 31 * 37 * 41 * 43 * 47 * 53
	_, rest := natDiv(nil, nil, x.abs, nat{primes})
	for p := small &^ 4; p != 0; p &= p - 1 {
		if q := uint64(bits.TrailingZeros64(p)); q <= 53 && low(rest)%q == 0 {
			return false
		}
	}
	return x.millerRabin(n+1) && x.lucas()
}

func (x *Int) millerRabin(rounds int) bool {
	var less, q, y, base Int
	less.Sub(x, intOne)
	k := less.abs.trailingZeros()
	q.Rsh(&less, k)
	three := NewInt(3)
	limit := new(Int).Sub(&less, three) // bases from 2 to x-2
	rnd := rand.New(rand.NewSource(int64(low(x.abs))))
next:
	for i := range rounds {
		if i == rounds-1 {
			base.SetInt64(2)
		} else {
			base.Rand(rnd, limit).Add(&base, NewInt(2))
		}
		y.Exp(&base, &q, x)
		if y.Cmp(intOne) == 0 || y.Cmp(&less) == 0 {
			continue
		}
		for j := uint(1); j < k; j++ {
			y.Mul(&y, &y).Mod(&y, x)
			if y.Cmp(&less) == 0 {
				continue next
			}
			if y.Cmp(intOne) == 0 {
				return false
			}
		}
		return false
	}
	return true
}

// lucas is the strong test with Q = 1 and the first P from 3 on for which P²-4 is not a square modulo x.
func (x *Int) lucas() bool {
	p := int64(3)
	for ; ; p++ {
		j := Jacobi(NewInt(p*p-4), x)
		if j == -1 {
			break
		}
		if j == 0 {
			return x.Cmp(NewInt(p+2)) == 0
		}
		if p == 40 {
			if r := new(Int).Sqrt(x); r.Mul(r, r).Cmp(x) == 0 {
				return false
			}
		}
	}
	var s, v, w, t, less2 Int
	s.Add(x, intOne)
	r := s.abs.trailingZeros()
	s.Rsh(&s, r)
	less2.Sub(x, NewInt(2))
	big := NewInt(p)
	two := NewInt(2)
	v.SetInt64(2)
	w.SetInt64(p)
	for i := s.BitLen(); i >= 0; i-- {
		t.Mul(&v, &w).Sub(&t, big).Mod(&t, x)
		if s.Bit(i) == 1 {
			v.Set(&t)
			w.Mul(&w, &w).Sub(&w, two).Mod(&w, x)
		} else {
			w.Set(&t)
			v.Mul(&v, &v).Sub(&v, two).Mod(&v, x)
		}
	}
	if v.Cmp(two) == 0 || v.Cmp(&less2) == 0 {
		// V is ±2; U has to be 0, which it is if P V(k) = 2 V(k+1).
		t.Mul(&v, big).Sub(&t, w.Lsh(&w, 1)).Mod(&t, x)
		if t.Sign() == 0 {
			return true
		}
	}
	for i := uint(0); i+1 < r; i++ {
		if v.Sign() == 0 {
			return true
		}
		if v.Cmp(two) == 0 {
			return false
		}
		v.Mul(&v, &v).Sub(&v, two).Mod(&v, x)
	}
	return false
}

// Text returns x in a base from 2 to 62.
func (x *Int) Text(base int) string {
	if x == nil {
		return "<nil>"
	}
	if base < 2 || base > MaxBase {
		panic("invalid base")
	}
	s := natText(x.abs, uint32(base))
	if x.neg {
		s = "-" + s
	}
	return s
}

// Append appends x in a base.
func (x *Int) Append(buf []byte, base int) []byte { return append(buf, x.Text(base)...) }

func (x *Int) String() string { return x.Text(10) }

func repeat(s fmt.State, text string, n int) {
	if n > 0 {
		s.Write([]byte(strings.Repeat(text, n)))
	}
}

package big

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// Rat is a rational number in lowest terms; the zero value is 0. Methods put their result into the receiver, and
// return it; arguments may be the receiver too.
type Rat struct {
	a Int // with the sign
	b Int // no words mean 1
}

// NewRat returns a/b.
func NewRat(a, b int64) *Rat { return new(Rat).SetFrac(NewInt(a), NewInt(b)) }

func (x *Rat) denom() nat {
	if len(x.b.abs) == 0 {
		return natOne
	}
	return x.b.abs
}

// put sets z to ±a/b.
func (z *Rat) put(a, b nat, neg bool) *Rat {
	if len(b) == 0 {
		panic("division by zero")
	}
	if len(a) == 0 {
		b = nil
	} else if natCmp(b, natOne) != 0 {
		if d, _, _, _, _ := natGCD(a, b); natCmp(d, natOne) != 0 {
			a, _ = natDiv(nil, nil, a, d)
			b, _ = natDiv(nil, nil, b, d)
		}
	}
	z.a.put(nat(nil).set(a), neg)
	z.b.put(nat(nil).set(b), false)
	return z
}

// SetFloat64 sets z to exactly f. It returns nil if f is not finite.
func (z *Rat) SetFloat64(f float64) *Rat {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil
	}
	frac, exp := math.Frexp(math.Abs(f))
	m := nat(nil).setWord(Word(frac * (1 << 53)))
	if exp -= 53; exp >= 0 {
		return z.put(natShl(nil, m, uint(exp)), natOne, f < 0)
	}
	return z.put(m, natShl(nil, natOne, uint(-exp)), f < 0)
}

func (x *Rat) nearest(to *floatFormat) (float64, Accuracy) {
	a, b := x.a.abs, x.denom()
	shift := 66 + b.bitLen() - a.bitLen()
	if shift > 0 {
		a = natShl(nil, a, uint(shift))
	} else {
		shift = 0
	}
	q, r := natDiv(nil, nil, a, b)
	return nearest(x.a.neg, q, -int64(shift), len(r) > 0, to)
}

// lost reports whether x is far too small, but has no more bits than would fit. That counts as exact.
func (x *Rat) lost(to *floatFormat) bool {
	b := x.denom()
	n := x.a.abs.bitLen()
	small := n-b.bitLen() < to.minExp-2-to.prec
	return small && b.trailingZeros() == uint(b.bitLen()-1) && n-int(x.a.abs.trailingZeros()) <= to.prec
}

// Float32 returns the nearest float32, and whether it is exact.
func (x *Rat) Float32() (f float32, exact bool) {
	v, acc := x.nearest(&single)
	return float32(v), acc == Exact || v == 0 && x.lost(&single)
}

// Float64 returns the nearest float64, and whether it is exact.
func (x *Rat) Float64() (f float64, exact bool) {
	v, acc := x.nearest(&double)
	return v, acc == Exact || v == 0 && x.lost(&double)
}

// SetFrac sets z to a/b.
func (z *Rat) SetFrac(a, b *Int) *Rat { return z.put(a.abs, b.abs, a.neg != b.neg) }

// SetFrac64 sets z to a/b.
func (z *Rat) SetFrac64(a, b int64) *Rat { return z.SetFrac(NewInt(a), NewInt(b)) }

// SetInt sets z to x.
func (z *Rat) SetInt(x *Int) *Rat { return z.put(x.abs, natOne, x.neg) }

// SetInt64 sets z to x.
func (z *Rat) SetInt64(x int64) *Rat { return z.SetInt(NewInt(x)) }

// SetUint64 sets z to x.
func (z *Rat) SetUint64(x uint64) *Rat { return z.SetInt(new(Int).SetUint64(x)) }

// Set sets z to x.
func (z *Rat) Set(x *Rat) *Rat {
	if z != x {
		z.a.Set(&x.a)
		z.b.Set(&x.b)
	}
	if len(z.b.abs) == 0 {
		z.b.abs = nat{1}
	}
	return z
}

// Abs sets z to |x|.
func (z *Rat) Abs(x *Rat) *Rat {
	z.Set(x)
	z.a.neg = false
	return z
}

// Neg sets z to -x.
func (z *Rat) Neg(x *Rat) *Rat {
	z.Set(x)
	z.a.neg = len(z.a.abs) > 0 && !z.a.neg
	return z
}

// Inv sets z to 1/x.
func (z *Rat) Inv(x *Rat) *Rat {
	if len(x.a.abs) == 0 {
		panic("division by zero")
	}
	return z.put(x.denom(), x.a.abs, x.a.neg)
}

// Sign returns -1, 0 or +1.
func (x *Rat) Sign() int { return x.a.Sign() }

// IsInt reports whether the denominator is 1.
func (x *Rat) IsInt() bool { return natCmp(x.denom(), natOne) == 0 }

// Num returns the numerator, which stays a part of x.
func (x *Rat) Num() *Int { return &x.a }

// Denom returns the denominator. It stays a part of x unless x was never set.
func (x *Rat) Denom() *Int {
	if len(x.b.abs) == 0 {
		return &Int{abs: nat{1}}
	}
	return &x.b
}

func scaled(x *Int, by nat) *Int {
	return new(Int).put(natMul(nil, x.abs, by), x.neg)
}

// Cmp returns -1, 0 or +1 as x is less than, equal to or greater than y.
func (x *Rat) Cmp(y *Rat) int { return scaled(&x.a, y.denom()).Cmp(scaled(&y.a, x.denom())) }

// Add sets z to x+y.
func (z *Rat) Add(x, y *Rat) *Rat {
	a := scaled(&x.a, y.denom())
	a.Add(a, scaled(&y.a, x.denom()))
	return z.put(a.abs, natMul(nil, x.denom(), y.denom()), a.neg)
}

// Sub sets z to x-y.
func (z *Rat) Sub(x, y *Rat) *Rat {
	a := scaled(&x.a, y.denom())
	a.Sub(a, scaled(&y.a, x.denom()))
	return z.put(a.abs, natMul(nil, x.denom(), y.denom()), a.neg)
}

// Mul sets z to x*y.
func (z *Rat) Mul(x, y *Rat) *Rat {
	return z.put(natMul(nil, x.a.abs, y.a.abs), natMul(nil, x.denom(), y.denom()), x.a.neg != y.a.neg)
}

// Quo sets z to x/y.
func (z *Rat) Quo(x, y *Rat) *Rat {
	return z.put(natMul(nil, x.a.abs, y.denom()), natMul(nil, x.denom(), y.a.abs), x.a.neg != y.a.neg)
}

// Scan is for package fmt; verbs are e, E, f, F, g, G and v.
func (z *Rat) Scan(s fmt.ScanState, ch rune) error {
	tok, err := s.Token(true, func(r rune) bool { return strings.ContainsRune("+-/0123456789.eE", r) })
	if err != nil {
		return err
	}
	if !strings.ContainsRune("efgEFGv", ch) {
		return errors.New("Rat.Scan: invalid verb")
	}
	if _, ok := z.SetString(string(tok)); !ok {
		return errors.New("Rat.Scan: invalid syntax")
	}
	return nil
}

// SetString sets z to a fraction "a/b", or to a number with or without a fraction and an exponent. ok is false if s is
// anything else; then z is undefined.
func (z *Rat) SetString(s string) (*Rat, bool) {
	if num, den, ok := strings.Cut(s, "/"); ok {
		var a Int
		if _, ok := a.SetString(num, 0); !ok {
			return nil, false
		}
		r := strings.NewReader(den)
		b, _, _, err := nat(nil).scan(r, 0, false)
		if err != nil || r.Len() > 0 || len(b) == 0 {
			return nil, false
		}
		return z.put(a.abs, b, a.neg), true
	}
	r := strings.NewReader(s)
	neg, err := scanSign(r)
	if err != nil {
		return nil, false
	}
	m, exp2, exp5, _, err := scanScaled(r, 0, true)
	if err != nil || r.Len() > 0 {
		return nil, false
	}
	if len(m) == 0 {
		return z.put(nil, natOne, false), true
	}
	if exp5 < -1e6 || exp5 > 1e6 || exp2 < -1e7 || exp2 > 1e7 {
		return nil, false
	}
	num, den := m, natOne
	if exp5 > 0 {
		num = natMul(nil, num, nat{5}.pow(uint64(exp5)))
	} else if exp5 < 0 {
		den = nat{5}.pow(uint64(-exp5))
	}
	if exp2 > 0 {
		num = natShl(nil, num, uint(exp2))
	} else if exp2 < 0 {
		den = natShl(nil, den, uint(-exp2))
	}
	return z.put(num, den, neg), true
}

// scanScaled reads a number with or without a fraction and an exponent: m * 2**exp2 * 5**exp5.
func scanScaled(r io.ByteScanner, base int, separators bool) (m nat, exp2, exp5 int64, b int, err error) {
	m, b, count, err := nat(nil).scan(r, base, true)
	if err != nil {
		return
	}
	exp, ten, err := scanExponent(r, separators)
	if err != nil || len(m) == 0 {
		return
	}
	if d := int64(count); d < 0 {
		switch b {
		case 10:
			exp2, exp5 = d, d
		case 2:
			exp2 = d
		case 8:
			exp2 = 3 * d
		case 16:
			exp2 = 4 * d
		}
	}
	exp2 += exp
	if ten {
		exp5 += exp
	}
	return
}

// scanExponent reads an exponent, if there is one: of ten behind e, of two behind p.
func scanExponent(r io.ByteScanner, separators bool) (exp int64, ten bool, err error) {
	ch, err := r.ReadByte()
	if err != nil {
		if err == io.EOF {
			err = nil
		}
		return 0, true, err
	}
	switch ch {
	case 'e', 'E':
		ten = true
	case 'p', 'P':
	default:
		r.UnreadByte()
		return 0, true, nil
	}
	var digits []byte
	ch, err = r.ReadByte()
	if err == nil && (ch == '+' || ch == '-') {
		if ch == '-' {
			digits = append(digits, '-')
		}
		ch, err = r.ReadByte()
	}
	afterDigit, bad, any := false, false, false
	for ; err == nil; ch, err = r.ReadByte() {
		if '0' <= ch && ch <= '9' {
			digits = append(digits, ch)
			afterDigit, any = true, true
		} else if ch == '_' && separators {
			bad = bad || !afterDigit
			afterDigit = false
		} else {
			r.UnreadByte()
			break
		}
	}
	if err == io.EOF {
		err = nil
	}
	if err == nil && !any {
		err = errNoDigits
	}
	if err == nil {
		exp, err = strconv.ParseInt(string(digits), 10, 64)
	}
	if err == nil && (bad || !afterDigit) {
		err = errSeparator
	}
	return
}

func (x *Rat) String() string { return x.a.String() + "/" + natText(x.denom(), 10) }

// RatString returns "a/b", or "a" if b is 1.
func (x *Rat) RatString() string {
	if x.IsInt() {
		return x.a.String()
	}
	return x.String()
}

// FloatString returns x with so many digits behind the decimal point; halves are rounded away from zero.
func (x *Rat) FloatString(prec int) string {
	if x.IsInt() {
		s := x.a.String()
		if prec > 0 {
			s += "." + strings.Repeat("0", prec)
		}
		return s
	}
	scale := natOne
	if prec > 0 {
		scale = nat{10}.pow(uint64(prec))
	}
	b := x.denom()
	q, r := natDiv(nil, nil, natMul(nil, x.a.abs, scale), b)
	if natCmp(natShl(nil, r, 1), b) >= 0 {
		q = natAdd(nil, q, natOne)
	}
	whole, part := natDiv(nil, nil, q, scale)
	s := natText(whole, 10)
	if x.a.neg {
		s = "-" + s
	}
	if prec > 0 {
		digits := natText(part, 10)
		s += "." + strings.Repeat("0", prec-len(digits)) + digits
	}
	return s
}

// FloatPrec returns how many digits behind the decimal point do not repeat, and whether they are all there are.
func (x *Rat) FloatPrec() (n int, exact bool) {
	q := x.denom()
	twos := q.trailingZeros()
	q = natShr(nil, q, twos)
	fives := uint(0)
	// Powers of five by doubling, then the smaller ones again.
	var powers []nat
	for f := (nat{5}); ; f = natMul(nil, f, f) {
		if _, r := natDiv(nil, nil, q, f); len(r) > 0 {
			break
		}
		powers = append(powers, f)
	}
	for i := len(powers) - 1; i >= 0; i-- {
		for {
			t, r := natDiv(nil, nil, q, powers[i])
			if len(r) > 0 {
				break
			}
			q = t
			fives += 1 << i
		}
	}
	return int(max(twos, fives)), natCmp(q, natOne) == 0
}

// GobEncode is for package encoding/gob.
func (x *Rat) GobEncode() ([]byte, error) {
	if x == nil {
		return nil, nil
	}
	a, b := x.a.Bytes(), x.b.Bytes()
	n := uint32(len(a))
	if int(n) != len(a) {
		return nil, errors.New("Rat.GobEncode: numerator too large")
	}
	head := byte(gobVersion << 1)
	if x.a.neg {
		head |= 1
	}
	buf := []byte{head, byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}
	return append(append(buf, a...), b...), nil
}

// GobDecode is for package encoding/gob.
func (z *Rat) GobDecode(buf []byte) error {
	if len(buf) == 0 {
		*z = Rat{}
		return nil
	}
	if len(buf) < 5 {
		return errors.New("Rat.GobDecode: buffer too small")
	}
	if v := buf[0] >> 1; v != gobVersion {
		return fmt.Errorf("Rat.GobDecode: encoding version %d not supported", v)
	}
	n := uint64(buf[1])<<24 | uint64(buf[2])<<16 | uint64(buf[3])<<8 | uint64(buf[4])
	if n > uint64(len(buf)-5) {
		return errors.New("Rat.GobDecode: buffer too small")
	}
	z.a.neg = buf[0]&1 != 0
	z.a.abs = z.a.abs.setBytes(buf[5 : 5+n])
	z.b.abs = z.b.abs.setBytes(buf[5+n:])
	return nil
}

// AppendText appends x as RatString returns it.
func (x *Rat) AppendText(b []byte) ([]byte, error) { return append(b, x.RatString()...), nil }

// MarshalText returns x as RatString does.
func (x *Rat) MarshalText() (text []byte, err error) { return x.AppendText(nil) }

// UnmarshalText sets z to the number in text.
func (z *Rat) UnmarshalText(text []byte) error {
	if _, ok := z.SetString(string(text)); !ok {
		return fmt.Errorf("math/big: cannot unmarshal %q into a *big.Rat", text)
	}
	return nil
}

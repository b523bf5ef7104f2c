package big

import (
	"fmt"
	"io"
	"math"
	"strings"
)

const (
	MaxExp  = math.MaxInt32
	MinExp  = math.MinInt32
	MaxPrec = math.MaxUint32
)

// RoundingMode says how a result is rounded.
type RoundingMode byte

const (
	ToNearestEven RoundingMode = iota
	ToNearestAway
	ToZero
	AwayFromZero
	ToNegativeInf
	ToPositiveInf
)

// Modes of Int.Divide.
const (
	Trunc = ToZero
	Floor = ToNegativeInf
	Round = ToNearestEven
	Ceil  = ToPositiveInf
)

func (i RoundingMode) String() string {
	names := [...]string{"ToNearestEven", "ToNearestAway", "ToZero", "AwayFromZero", "ToNegativeInf", "ToPositiveInf"}
	if int(i) < len(names) {
		return names[i]
	}
	return fmt.Sprintf("RoundingMode(%d)", byte(i))
}

// Accuracy says how a rounded result differs from the exact one.
type Accuracy int8

const (
	Below Accuracy = -1
	Exact Accuracy = 0
	Above Accuracy = +1
)

func (i Accuracy) String() string {
	switch i {
	case Below:
		return "Below"
	case Exact:
		return "Exact"
	case Above:
		return "Above"
	}
	return fmt.Sprintf("Accuracy(%d)", int8(i))
}

func accuracy(above bool) Accuracy {
	if above {
		return Above
	}
	return Below
}

// ErrNaN is what an operation panics with that has no result.
type ErrNaN struct{ msg string }

func (err ErrNaN) Error() string { return err.msg }

type form byte

const (
	zero form = iota
	finite
	inf
)

// Float is a floating-point number: sign × mantissa × 2**exponent, with 0.5 <= mantissa < 1. The zero value is 0 with
// precision 0, which means that the first result's precision is taken over. Methods put their result into the
// receiver, rounded to its precision in its mode, and return it.
type Float struct {
	prec uint32
	mode RoundingMode
	acc  Accuracy
	form form
	neg  bool
	mant nat // odd: the mantissa times 2**mant.bitLen()
	exp  int32
}

// NewFloat returns x with precision 53.
func NewFloat(x float64) *Float {
	if math.IsNaN(x) {
		panic(ErrNaN{"NewFloat(NaN)"})
	}
	return new(Float).SetFloat64(x)
}

// scale is what x's mantissa is to be multiplied with as a power of two.
func (x *Float) scale() int64 { return int64(x.exp) - int64(x.mant.bitLen()) }

// drop takes n bits from the end of m, and says whether the rest is to be rounded up, and whether it was exact.
func drop(m nat, n uint, sticky, neg bool, mode RoundingMode) (rest nat, up, exact bool) {
	half := n > 0 && m.bit(n-1) == 1
	some := sticky || n > 1 && m.below(n-1)
	rest = natShr(nil, m, n)
	if !half && !some {
		return rest, false, true
	}
	switch mode {
	case ToNearestEven:
		up = half && (some || rest.bit(0) == 1)
	case ToNearestAway:
		up = half
	case ToZero:
	case AwayFromZero:
		up = true
	case ToNegativeInf:
		up = neg
	case ToPositiveInf:
		up = !neg
	}
	return rest, up, false
}

// round sets z to ±m × 2**e, rounded; sticky says that it is somewhat more. There are more bits than z's precision if so.
func (z *Float) round(neg bool, m nat, e int64, sticky bool) *Float {
	z.neg, z.acc = neg, Exact
	n := m.bitLen()
	if n == 0 {
		z.form = zero
		return z
	}
	cut := max(0, n-int(z.prec))
	if cut > 0 || sticky {
		rest, up, exact := drop(m, uint(cut), sticky, neg, z.mode)
		if up {
			rest = natAdd(nil, rest, natOne)
		}
		if !exact {
			z.acc = accuracy(up != neg)
		}
		m, e = rest, e+int64(cut)
	}
	if t := m.trailingZeros(); t > 0 {
		m, e = natShr(nil, m, t), e+int64(t)
	}
	return z.limit(m, e+int64(m.bitLen()))
}

// limit sets z to a mantissa and an exponent, if that is in range.
func (z *Float) limit(m nat, exp int64) *Float {
	switch {
	case exp < MinExp:
		z.acc = accuracy(z.neg)
		z.form = zero
	case exp > MaxExp:
		z.acc = accuracy(!z.neg)
		z.form = inf
	default:
		z.form, z.exp = finite, int32(exp)
		z.mant = nat(nil).set(m)
	}
	return z
}

// again rounds z anew.
func (z *Float) again() {
	if z.acc = Exact; z.form == finite {
		z.round(z.neg, z.mant, z.scale(), false)
	}
}

// SetPrec sets z's precision and rounds it. Precision 0 makes it 0.
func (z *Float) SetPrec(prec uint) *Float {
	z.acc = Exact
	if prec == 0 {
		if z.prec = 0; z.form == finite {
			z.acc = accuracy(z.neg)
			z.form = zero
		}
		return z
	}
	old := z.prec
	z.prec = uint32(min(prec, MaxPrec))
	if z.prec < old {
		z.again()
	}
	return z
}

// SetMode sets how z is rounded from now on.
func (z *Float) SetMode(mode RoundingMode) *Float {
	z.mode, z.acc = mode, Exact
	return z
}

// Prec returns the precision in bits.
func (x *Float) Prec() uint { return uint(x.prec) }

// MinPrec returns the least precision that can hold x exactly.
func (x *Float) MinPrec() uint {
	if x.form != finite {
		return 0
	}
	return uint(x.mant.bitLen()) - x.mant.trailingZeros()
}

// Mode returns how x is rounded.
func (x *Float) Mode() RoundingMode { return x.mode }

// Acc returns how x differs from the exact result that it was rounded from.
func (x *Float) Acc() Accuracy { return x.acc }

// Sign returns -1, 0 or +1.
func (x *Float) Sign() int {
	switch {
	case x.form == zero:
		return 0
	case x.neg:
		return -1
	}
	return 1
}

// MantExp returns the exponent, and sets mant, if it is not nil, to the mantissa.
func (x *Float) MantExp(mant *Float) (exp int) {
	if x.form == finite {
		exp = int(x.exp)
	}
	if mant != nil {
		if mant.Copy(x); mant.form == finite {
			mant.exp = 0
		}
	}
	return
}

// SetMantExp sets z to mant × 2**exp.
func (z *Float) SetMantExp(mant *Float, exp int) *Float {
	if z.Set(mant); z.form == finite {
		z.acc = Exact
		z.limit(z.mant, int64(z.exp)+int64(exp))
	}
	return z
}

// Signbit reports whether x is negative, or negative zero.
func (x *Float) Signbit() bool { return x.neg }

// IsInf reports whether x is an infinity.
func (x *Float) IsInf() bool { return x.form == inf }

// IsInt reports whether x is an integer.
func (x *Float) IsInt() bool {
	if x.form != finite {
		return x.form == zero
	}
	return x.exp > 0 && x.MinPrec() <= uint(x.exp)
}

func (z *Float) precision(prec int) {
	if z.prec == 0 {
		z.prec = uint32(prec)
	}
}

// SetUint64 sets z to x.
func (z *Float) SetUint64(x uint64) *Float {
	z.precision(64)
	return z.round(false, nat(nil).setWord(Word(x)), 0, false)
}

// SetInt64 sets z to x.
func (z *Float) SetInt64(x int64) *Float {
	z.precision(64)
	i := NewInt(x)
	return z.round(i.neg, i.abs, 0, false)
}

// SetFloat64 sets z to x. It panics with an ErrNaN if x is NaN.
func (z *Float) SetFloat64(x float64) *Float {
	z.precision(53)
	if math.IsNaN(x) {
		panic(ErrNaN{"Float.SetFloat64(NaN)"})
	}
	neg := math.Signbit(x)
	if math.IsInf(x, 0) {
		return z.SetInf(neg)
	}
	frac, exp := math.Frexp(math.Abs(x))
	return z.round(neg, nat(nil).setWord(Word(frac*(1<<53))), int64(exp-53), false)
}

// SetInt sets z to x.
func (z *Float) SetInt(x *Int) *Float {
	z.precision(max(64, x.BitLen()))
	return z.round(x.neg, x.abs, 0, false)
}

// SetRat sets z to x.
func (z *Float) SetRat(x *Rat) *Float {
	if x.IsInt() {
		return z.SetInt(x.Num())
	}
	a, b := new(Float).SetInt(x.Num()), new(Float).SetInt(x.Denom())
	z.precision(int(max(a.prec, b.prec)))
	return z.Quo(a, b)
}

// SetInf sets z to -Inf if signbit is set, else to +Inf.
func (z *Float) SetInf(signbit bool) *Float {
	z.acc, z.form, z.neg = Exact, inf, signbit
	return z
}

// Set sets z to x.
func (z *Float) Set(x *Float) *Float {
	if z == x {
		return z
	}
	z.acc, z.form, z.neg = Exact, x.form, x.neg
	if x.form == finite {
		z.exp = x.exp
		z.mant = z.mant.set(x.mant)
	}
	if z.prec == 0 {
		z.prec = x.prec
	} else if z.prec < x.prec {
		z.again()
	}
	return z
}

// Copy sets z to x with its precision, mode and accuracy.
func (z *Float) Copy(x *Float) *Float {
	if z != x {
		mant := z.mant.set(x.mant)
		*z = *x
		z.mant = mant
	}
	return z
}

// cut returns |x| without its fraction, and how it differs.
func (x *Float) cut() (nat, Accuracy) {
	acc := accuracy(x.neg)
	switch {
	case x.form == zero:
		return nil, Exact
	case x.exp <= 0:
		return nil, acc
	}
	if x.IsInt() {
		acc = Exact
	}
	if e := x.scale(); e < 0 {
		return natShr(nil, x.mant, uint(-e)), acc
	} else {
		return natShl(nil, x.mant, uint(e)), acc
	}
}

// Uint64 returns x without its fraction, and how it differs; what is out of range becomes the nearest there is.
func (x *Float) Uint64() (uint64, Accuracy) {
	switch {
	case x.form == zero:
		return 0, Exact
	case x.neg:
		return 0, Above
	case x.form == inf || x.exp > 64:
		return math.MaxUint64, Below
	}
	m, acc := x.cut()
	if x.exp > 0 && x.MinPrec() <= 64 {
		acc = Exact // as it always was, whether or not there is a fraction
	}
	return low(m), acc
}

// Int64 returns x without its fraction, and how it differs; what is out of range becomes the nearest there is.
func (x *Float) Int64() (int64, Accuracy) {
	if x.form == inf || x.form == finite && x.exp > 63 {
		switch {
		case !x.neg:
			return math.MaxInt64, Below
		case x.form == finite && x.exp == 64 && x.MinPrec() == 1:
			return math.MinInt64, Exact
		}
		return math.MinInt64, Above
	}
	m, acc := x.cut()
	v := int64(low(m))
	if x.neg {
		v = -v
	}
	return v, acc
}

// floatFormat is what float32 and float64 can hold.
type floatFormat struct{ prec, minExp, maxExp int }

var (
	single = floatFormat{24, -125, 128}
	double = floatFormat{53, -1021, 1024}
)

// nearest returns the float nearest to ±m × 2**e, or somewhat more than that, and how it differs.
func nearest(neg bool, m nat, e int64, sticky bool, to *floatFormat) (float64, Accuracy) {
	sign := func(f float64, acc Accuracy) (float64, Accuracy) {
		if neg {
			return -f, -acc
		}
		return f, acc
	}
	n := m.bitLen()
	if n == 0 {
		return sign(0, Exact)
	}
	exp := int64(n) + e // value is below 2**exp
	if exp > int64(to.maxExp) {
		return sign(math.Inf(1), Above)
	}
	prec := to.prec
	if lack := int64(to.minExp) - exp; lack > 0 {
		if lack > int64(prec) {
			return sign(0, Below)
		}
		prec -= int(lack) // subnormal
	}
	acc := Exact
	if cut := n - prec; cut > 0 || sticky {
		cut = max(cut, 0)
		rest, up, exact := drop(m, uint(cut), sticky, false, ToNearestEven)
		if up {
			rest = natAdd(nil, rest, natOne)
		}
		if !exact {
			acc = accuracy(up)
		}
		m, e = rest, e+int64(cut)
	}
	// Trailing zeros go, so that the mantissa fits a word.
	if t := m.trailingZeros(); t > 0 {
		m, e = natShr(nil, m, t), e+int64(t)
	}
	if int64(m.bitLen())+e > int64(to.maxExp) {
		return sign(math.Inf(1), Above)
	}
	return sign(math.Ldexp(float64(low(m)), int(e)), acc)
}

func (x *Float) nearest(to *floatFormat) (float64, Accuracy) {
	switch x.form {
	case zero:
		if x.neg {
			return math.Copysign(0, -1), Exact
		}
		return 0, Exact
	case inf:
		if x.neg {
			return math.Inf(-1), Exact
		}
		return math.Inf(1), Exact
	}
	return nearest(x.neg, x.mant, x.scale(), false, to)
}

// Float32 returns the nearest float32, and how it differs.
func (x *Float) Float32() (float32, Accuracy) {
	v, acc := x.nearest(&single)
	return float32(v), acc
}

// Float64 returns the nearest float64, and how it differs.
func (x *Float) Float64() (float64, Accuracy) { return x.nearest(&double) }

// Int sets z, or a new Int, to x without its fraction, and says how it differs. The result is nil for infinities.
func (x *Float) Int(z *Int) (*Int, Accuracy) {
	if x.form == inf {
		return nil, accuracy(x.neg)
	}
	if z == nil {
		z = new(Int)
	}
	m, acc := x.cut()
	return z.put(m, x.neg), acc
}

// Rat sets z, or a new Rat, to x. The result is nil for infinities.
func (x *Float) Rat(z *Rat) (*Rat, Accuracy) {
	if x.form == inf {
		return nil, accuracy(x.neg)
	}
	if z == nil {
		z = new(Rat)
	}
	if x.form == zero {
		return z.SetInt64(0), Exact
	}
	if e := x.scale(); e < 0 {
		return z.put(x.mant, natShl(nil, natOne, uint(-e)), x.neg), Exact
	} else {
		return z.put(natShl(nil, x.mant, uint(e)), natOne, x.neg), Exact
	}
}

// Abs sets z to |x|.
func (z *Float) Abs(x *Float) *Float {
	z.Set(x)
	z.neg = false
	return z
}

// Neg sets z to -x.
func (z *Float) Neg(x *Float) *Float {
	z.Set(x)
	z.neg = !z.neg
	return z
}

// sum sets z to x ± y, which are finite.
func (z *Float) sum(x, y *Float, yneg bool) *Float {
	ex, ey := x.scale(), y.scale()
	e := min(ex, ey)
	a, b := Int{x.neg, x.mant}, Int{yneg, y.mant}
	if ex > e {
		a.abs = natShl(nil, a.abs, uint(ex-e))
	}
	if ey > e {
		b.abs = natShl(nil, b.abs, uint(ey-e))
	}
	var s Int
	s.Add(&a, &b)
	if z.round(s.neg, s.abs, e, false); len(s.abs) == 0 {
		z.neg = z.mode == ToNegativeInf
	}
	return z
}

func (z *Float) add(x, y *Float, yneg bool, nan string) *Float {
	z.precision(int(max(x.prec, y.prec)))
	switch {
	case x.form == finite && y.form == finite:
		return z.sum(x, y, yneg)
	case x.form == inf && y.form == inf && x.neg != yneg:
		z.acc, z.form, z.neg = Exact, zero, false
		panic(ErrNaN{nan})
	case x.form == zero && y.form == zero:
		z.acc, z.form, z.neg = Exact, zero, x.neg && yneg
		return z
	case x.form == inf || y.form == zero:
		return z.Set(x)
	}
	z.Set(y)
	z.neg = yneg
	return z
}

// Add sets z to x+y.
func (z *Float) Add(x, y *Float) *Float {
	return z.add(x, y, y.neg, "addition of infinities with opposite signs")
}

// Sub sets z to x-y.
func (z *Float) Sub(x, y *Float) *Float {
	if y.form != finite || x.form == finite {
		return z.add(x, y, !y.neg, "subtraction of infinities with equal signs")
	}
	if x.form == zero {
		z.precision(int(max(x.prec, y.prec)))
		return z.Neg(y)
	}
	return z.add(x, y, !y.neg, "")
}

// Mul sets z to x*y.
func (z *Float) Mul(x, y *Float) *Float {
	z.precision(int(max(x.prec, y.prec)))
	neg := x.neg != y.neg
	if x.form == finite && y.form == finite {
		return z.round(neg, natMul(nil, x.mant, y.mant), x.scale()+y.scale(), false)
	}
	z.acc = Exact
	if x.form == zero && y.form == inf || x.form == inf && y.form == zero {
		z.form, z.neg = zero, false
		panic(ErrNaN{"multiplication of zero with infinity"})
	}
	if z.neg = neg; x.form == inf || y.form == inf {
		z.form = inf
	} else {
		z.form = zero
	}
	return z
}

// Quo sets z to x/y.
func (z *Float) Quo(x, y *Float) *Float {
	z.precision(int(max(x.prec, y.prec)))
	neg := x.neg != y.neg
	if x.form == finite && y.form == finite {
		a, e := x.mant, x.scale()-y.scale()
		if shift := int(z.prec) + 2 + y.mant.bitLen() - a.bitLen(); shift > 0 {
			a = natShl(nil, a, uint(shift))
			e -= int64(shift)
		}
		q, r := natDiv(nil, nil, a, y.mant)
		return z.round(neg, q, e, len(r) > 0)
	}
	z.acc = Exact
	if x.form == zero && y.form == zero || x.form == inf && y.form == inf {
		z.form, z.neg = zero, false
		panic(ErrNaN{"division of zero by zero or infinity by infinity"})
	}
	if z.neg = neg; x.form == zero || y.form == inf {
		z.form = zero
	} else {
		z.form = inf
	}
	return z
}

// Sqrt sets z to the square root of x. It panics with an ErrNaN if x < 0.
func (z *Float) Sqrt(x *Float) *Float {
	z.precision(int(x.prec))
	if x.Sign() == -1 {
		panic(ErrNaN{"square root of negative operand"})
	}
	if x.form != finite {
		z.acc, z.form, z.neg = Exact, x.form, x.neg
		return z
	}
	prec := z.prec
	exp := x.MantExp(z)
	z.prec = prec
	z.exp = int32(exp % 2)
	// 1/√z by Newton's method, each step with twice the bits: t(3 - zt²)/2.
	near, _ := z.Float64()
	t := new(Float).SetFloat64(1 / math.Sqrt(near))
	three := new(Float).SetInt64(3)
	for t.prec < prec+32 {
		t.prec *= 2
		u, v := &Float{prec: t.prec}, &Float{prec: t.prec}
		u.Mul(t, t)
		u.Mul(z, u)
		v.Sub(three, u)
		u.Mul(t, v)
		u.exp--
		t.Set(u)
	}
	z.Mul(z, t)
	return z.SetMantExp(z, exp/2)
}

// Cmp returns -1, 0 or +1 as x is less than, equal to or greater than y.
func (x *Float) Cmp(y *Float) int {
	rank := func(f *Float) int { return f.Sign() * int(f.form) }
	a, b := rank(x), rank(y)
	if a != b || x.form != finite {
		return max(-1, min(1, a-b))
	}
	c := 0
	switch {
	case x.exp < y.exp:
		c = -1
	case x.exp > y.exp:
		c = 1
	default:
		m, n := x.mant, y.mant
		if d := m.bitLen() - n.bitLen(); d > 0 {
			n = natShl(nil, n, uint(d))
		} else {
			m = natShl(nil, m, uint(-d))
		}
		c = natCmp(m, n)
	}
	return c * a
}

// SetString sets z to the number in s. ok is false if s is no number.
func (z *Float) SetString(s string) (*Float, bool) {
	if f, _, err := z.Parse(s, 0); err == nil {
		return f, true
	}
	return nil, false
}

func (z *Float) scan(r io.ByteScanner, base int) (f *Float, b int, err error) {
	prec := z.prec
	if prec == 0 {
		prec = 64
	}
	z.form = zero
	if z.neg, err = scanSign(r); err != nil {
		return
	}
	m, exp2, exp5, b, err := scanScaled(r, base, base == 0)
	if err != nil {
		return nil, b, err
	}
	if len(m) == 0 {
		z.prec, z.acc = prec, Exact
		return z, b, nil
	}
	if exp := exp2 + int64(m.bitLen()); exp < MinExp || exp > MaxExp {
		return nil, b, fmt.Errorf("exponent overflow")
	}
	z.prec = prec
	if exp5 == 0 {
		return z.round(z.neg, m, exp2, false), b, nil
	}
	x := &Float{prec: uint32(max(m.bitLen(), 1))}
	x.round(z.neg, m, exp2, false)
	p := new(Float).SetPrec(uint(prec) + 64)
	if exp5 < 0 {
		return z.Quo(x, p.pow5(uint64(-exp5))), b, nil
	}
	return z.Mul(x, p.pow5(uint64(exp5))), b, nil
}

// pow5 sets z to 5**n.
func (z *Float) pow5(n uint64) *Float {
	const most = 27 // 5**27 fits a word
	first := min(n, most)
	z.SetInt(&Int{abs: nat{5}.pow(first)})
	n -= first
	f := new(Float).SetPrec(z.Prec() + 64).SetUint64(5)
	for ; n > 0; n >>= 1 {
		if n&1 != 0 {
			z.Mul(z, f)
		}
		f.Mul(f, f)
	}
	return z
}

// Parse sets z to the number that s is, in base 2, 8, 10 or 16, or, with base 0, as a prefix tells.
func (z *Float) Parse(s string, base int) (f *Float, b int, err error) {
	switch strings.TrimLeft(s, "+-") {
	case "Inf", "inf":
		if len(s) <= 4 {
			return z.SetInf(s[0] == '-'), 0, nil
		}
	}
	r := strings.NewReader(s)
	if f, b, err = z.scan(r, base); err != nil {
		return
	}
	if ch, e := r.ReadByte(); e == nil {
		err = fmt.Errorf("expected end of string, found %q", ch)
	}
	return
}

// ParseFloat returns a new Float of that precision and mode from s.
func ParseFloat(s string, base int, prec uint, mode RoundingMode) (f *Float, b int, err error) {
	return new(Float).SetPrec(prec).SetMode(mode).Parse(s, base)
}

// Scan is for package fmt.
func (z *Float) Scan(s fmt.ScanState, ch rune) error {
	s.SkipSpace()
	_, _, err := z.scan(scanReader{s}, 0)
	return err
}

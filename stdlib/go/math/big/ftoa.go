package big

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// decimal is 0.digits × 10**exp; no digits are 0.
type decimal struct {
	digits []byte
	exp    int
}

// exactly returns m × 2**e.
func exactly(m nat, e int64) (d decimal) {
	if len(m) == 0 {
		return
	}
	if t := int64(m.trailingZeros()); e < 0 && t > 0 {
		t = min(t, -e)
		m, e = natShr(nil, m, uint(t)), e+t
	}
	places := 0
	if e >= 0 {
		m = natShl(nil, m, uint(e))
	} else {
		places = int(-e)
		m = natMul(nil, m, nat{5}.pow(uint64(places)))
	}
	s := natText(m, 10)
	d.exp = len(s) - places
	d.digits = []byte(strings.TrimRight(s, "0"))
	return
}

func (d *decimal) at(i int) byte {
	if i >= 0 && i < len(d.digits) {
		return d.digits[i]
	}
	return '0'
}

func (d *decimal) up(n int) {
	for n > 0 && d.digits[n-1] == '9' {
		n--
	}
	if n == 0 {
		d.digits = []byte{'1'}
		d.exp++
		return
	}
	d.digits = d.digits[:n]
	d.digits[n-1]++
}

func (d *decimal) down(n int) {
	for n > 0 && d.digits[n-1] == '0' {
		n--
	}
	if d.digits = d.digits[:n]; n == 0 {
		d.exp = 0
	}
}

// round rounds to n digits, halves to even.
func (d *decimal) round(n int) {
	if n < 0 || n >= len(d.digits) {
		return
	}
	half := d.digits[n] == '5' && n+1 == len(d.digits)
	if half && n > 0 && d.digits[n-1]&1 == 1 || !half && d.digits[n] >= '5' {
		d.up(n)
	} else {
		d.down(n)
	}
}

// shorten rounds to as few digits as tell x from its neighbours.
func (d *decimal) shorten(x *Float) {
	if len(d.digits) == 0 {
		return
	}
	// The neighbours are one unit of the last place away; halfway to them are the borders.
	m, e := x.mant, x.scale()
	if s := m.bitLen() - int(x.prec+1); s < 0 {
		m, e = natShl(nil, m, uint(-s)), e+int64(s)
	} else {
		m, e = natShr(nil, m, uint(s)), e+int64(s)
	}
	lower, upper := exactly(natSub(nil, m, natOne), e), exactly(natAdd(nil, m, natOne), e)
	inclusive := m[0]&2 == 0 // the borders round to x
	for i, c := range d.digits {
		l, u := lower.at(i), upper.at(i)
		down := l != c || inclusive && i+1 == len(lower.digits)
		up := c != u && (inclusive || c+1 < u || i+1 < len(upper.digits) || i >= len(upper.digits) && c < '9')
		switch {
		case down && up:
			d.round(i + 1)
		case down:
			d.down(i + 1)
		case up:
			d.up(i + 1)
		default:
			continue
		}
		return
	}
}

func appendExp(buf []byte, exp int64, digits int) []byte {
	sign := byte('+')
	if exp < 0 {
		sign, exp = '-', -exp
	}
	s := strconv.FormatInt(exp, 10)
	buf = append(buf, sign)
	for n := len(s); n < digits; n++ {
		buf = append(buf, '0')
	}
	return append(buf, s...)
}

func (d *decimal) appendE(buf []byte, ch byte, prec int) []byte {
	buf = append(buf, d.at(0))
	if prec > 0 {
		buf = append(buf, '.')
		for i := range prec {
			buf = append(buf, d.at(i+1))
		}
	}
	exp := int64(0)
	if len(d.digits) > 0 {
		exp = int64(d.exp) - 1
	}
	return appendExp(append(buf, ch), exp, 2)
}

func (d *decimal) appendF(buf []byte, prec int) []byte {
	if d.exp <= 0 {
		buf = append(buf, '0')
	}
	for i := range d.exp {
		buf = append(buf, d.at(i))
	}
	if prec > 0 {
		buf = append(buf, '.')
		for i := range prec {
			buf = append(buf, d.at(d.exp+i))
		}
	}
	return buf
}

// Text returns x in one of the formats e, E, f, b, g, G, x and p. A precision below 0 means as many digits as are needed.
func (x *Float) Text(format byte, prec int) string { return string(x.Append(nil, format, prec)) }

func (x *Float) String() string { return x.Text('g', 10) }

// Append appends what Text returns.
func (x *Float) Append(buf []byte, fmt byte, prec int) []byte {
	if !strings.ContainsRune("eEfgGbpx", rune(fmt)) {
		if x.form == inf {
			fmt = 'g'
		} else {
			return append(buf, '%', fmt)
		}
	}
	if x.neg {
		buf = append(buf, '-')
	}
	if x.form == inf {
		if !x.neg {
			buf = append(buf, '+')
		}
		return append(buf, "Inf"...)
	}
	switch fmt {
	case 'b':
		return x.appendB(buf)
	case 'p':
		return x.appendP(buf)
	case 'x':
		return x.appendX(buf, prec)
	}
	var d decimal
	if x.form == finite {
		d = exactly(x.mant, x.scale())
	}
	shortest := prec < 0
	if shortest {
		d.shorten(x)
		switch fmt {
		case 'e', 'E':
			prec = len(d.digits) - 1
		case 'f':
			prec = max(len(d.digits)-d.exp, 0)
		default:
			prec = len(d.digits)
		}
	} else {
		switch fmt {
		case 'e', 'E':
			d.round(1 + prec)
		case 'f':
			d.round(d.exp + prec)
		default:
			prec = max(prec, 1)
			d.round(prec)
		}
	}
	switch fmt {
	case 'e', 'E':
		return d.appendE(buf, fmt, prec)
	case 'f':
		return d.appendF(buf, prec)
	}
	most := prec
	if most > len(d.digits) && len(d.digits) >= d.exp {
		most = len(d.digits)
	}
	if shortest {
		most = 6
	}
	if exp := d.exp - 1; exp < -4 || exp >= most {
		return d.appendE(buf, fmt+'e'-'g', min(prec, len(d.digits))-1)
	}
	if prec > d.exp {
		prec = len(d.digits)
	}
	return d.appendF(buf, max(prec-d.exp, 0))
}

// whole returns the mantissa with exactly n bits; it has no more.
func (x *Float) whole(n int) nat { return natShl(nil, x.mant, uint(n-x.mant.bitLen())) }

func (x *Float) appendB(buf []byte) []byte {
	if x.form == zero {
		return append(buf, '0')
	}
	buf = append(buf, natText(x.whole(int(x.prec)), 10)...)
	return appendExp(append(buf, 'p'), int64(x.exp)-int64(x.prec), 1)
}

func (x *Float) appendX(buf []byte, prec int) []byte {
	buf = append(buf, "0x"...)
	if x.form == zero {
		buf = append(buf, '0')
		if prec > 0 {
			buf = append(buf, '.')
			buf = append(buf, strings.Repeat("0", prec)...)
		}
		return append(buf, "p+00"...)
	}
	n := 1 + 4*uint(max(prec, 0))
	if prec < 0 {
		n = 1 + (x.MinPrec()-1+3)/4*4
	}
	x = new(Float).SetPrec(n).SetMode(x.mode).Set(x)
	digits := natText(x.whole(int(n)), 16)
	buf = append(buf, digits[0])
	if len(digits) > 1 {
		buf = append(buf, '.')
		buf = append(buf, digits[1:]...)
	}
	return appendExp(append(buf, 'p'), int64(x.exp)-1, 2)
}

func (x *Float) appendP(buf []byte) []byte {
	if x.form == zero {
		return append(buf, '0')
	}
	n := (x.mant.bitLen() + 3) / 4 * 4
	buf = append(buf, "0x."...)
	buf = append(buf, strings.TrimRight(natText(x.whole(n), 16), "0")...)
	return appendExp(append(buf, 'p'), int64(x.exp), 1)
}

// Format is for package fmt; verbs are those of Text, F and v.
func (x *Float) Format(s fmt.State, format rune) {
	prec, hasPrec := s.Precision()
	if !hasPrec {
		prec = 6
	}
	switch format {
	case 'e', 'E', 'f', 'b', 'p', 'x':
	case 'F':
		format = 'f'
	case 'v', 'g', 'G':
		if format == 'v' {
			format = 'g'
		}
		if !hasPrec {
			prec = -1
		}
	default:
		fmt.Fprintf(s, "%%!%c(*big.Float=%s)", format, x.String())
		return
	}
	text, sign := x.Text(byte(format), prec), ""
	switch {
	case text[0] == '-' || text[0] == '+':
		sign, text = text[:1], text[1:]
		if sign == "+" && s.Flag(' ') {
			sign = " "
		}
	case s.Flag('+'):
		sign = "+"
	case s.Flag(' '):
		sign = " "
	}
	pad := 0
	if width, ok := s.Width(); ok {
		pad = max(0, width-len(sign)-len(text))
	}
	switch {
	case s.Flag('0') && !x.IsInf():
		io.WriteString(s, sign)
		repeat(s, "0", pad)
		io.WriteString(s, text)
	case s.Flag('-'):
		io.WriteString(s, sign+text)
		repeat(s, " ", pad)
	default:
		repeat(s, " ", pad)
		io.WriteString(s, sign+text)
	}
}

// GobEncode is for package encoding/gob.
func (x *Float) GobEncode() ([]byte, error) {
	if x == nil {
		return nil, nil
	}
	b := byte(x.mode&7)<<5 | byte((x.acc+1)&3)<<3 | byte(x.form&3)<<1
	if x.neg {
		b |= 1
	}
	put := func(buf []byte, v uint32) []byte {
		return append(buf, byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
	}
	buf := put([]byte{gobVersion, b}, x.prec)
	if x.form == finite {
		buf = put(buf, uint32(x.exp))
		n := (x.mant.bitLen() + wordBits - 1) / wordBits * wordBits
		buf = append(buf, (&Int{abs: x.whole(n)}).Bytes()...)
	}
	return buf, nil
}

// GobDecode is for package encoding/gob.
func (z *Float) GobDecode(buf []byte) error {
	if len(buf) == 0 {
		*z = Float{}
		return nil
	}
	if len(buf) < 6 {
		return errors.New("Float.GobDecode: buffer too small")
	}
	if buf[0] != gobVersion {
		return fmt.Errorf("Float.GobDecode: encoding version %d not supported", buf[0])
	}
	get := func(b []byte) uint32 {
		return uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
	}
	prec, mode := z.prec, z.mode
	b := buf[1]
	z.mode, z.acc = RoundingMode(b>>5&7), Accuracy(b>>3&3)-1
	z.form, z.neg = form(b>>1&3), b&1 != 0
	z.prec = get(buf[2:])
	if z.form == finite {
		if len(buf) < 10 {
			return errors.New("Float.GobDecode: buffer too small for finite form float")
		}
		z.exp = int32(get(buf[6:]))
		m := nat(nil).setBytes(buf[10:])
		if len(m) == 0 {
			return errors.New("Float.GobDecode: nonzero finite number with empty mantissa")
		}
		if m.bitLen()%wordBits != 0 {
			return errors.New("Float.GobDecode: msb not set in last word " + fmt.Sprintf("%#x", m[len(m)-1]) + " of " +
				z.Text('p', 0))
		}
		z.mant = natShr(nil, m, m.trailingZeros())
	}
	if prec != 0 {
		z.mode = mode
		z.SetPrec(uint(prec))
	}
	return nil
}

// AppendText appends x with as many digits as are needed.
func (x *Float) AppendText(b []byte) ([]byte, error) {
	if x == nil {
		return append(b, "<nil>"...), nil
	}
	return x.Append(b, 'g', -1), nil
}

// MarshalText returns x with as many digits as are needed.
func (x *Float) MarshalText() (text []byte, err error) { return x.AppendText(nil) }

// UnmarshalText sets z to the number in text.
func (z *Float) UnmarshalText(text []byte) error {
	if _, _, err := z.Parse(string(text), 0); err != nil {
		return fmt.Errorf("math/big: cannot unmarshal %q into a *big.Float (%v)", text, err)
	}
	return nil
}

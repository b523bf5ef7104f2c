package big

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// SetString sets z to the number in s, in a base from 2 to 62; a base of 0 means that a prefix tells. ok is false if s
// is anything else; then z is undefined.
func (z *Int) SetString(s string, base int) (*Int, bool) { return z.setAll(strings.NewReader(s), base) }

// setAll reads a number that is all there is.
func (z *Int) setAll(r io.ByteScanner, base int) (*Int, bool) {
	if _, _, err := z.scan(r, base); err != nil {
		return nil, false
	}
	if _, err := r.ReadByte(); err != io.EOF {
		return nil, false
	}
	return z, true
}

func scanSign(r io.ByteScanner) (neg bool, err error) {
	ch, err := r.ReadByte()
	if err == nil && ch != '-' && ch != '+' {
		r.UnreadByte()
	}
	return ch == '-', err
}

func (z *Int) scan(r io.ByteScanner, base int) (*Int, int, error) {
	neg, err := scanSign(r)
	if err != nil {
		return nil, 0, err
	}
	abs, base, _, err := z.abs.scan(r, base, false)
	z.put(abs, neg)
	if err != nil {
		return nil, base, err
	}
	return z, base, nil
}

// scanReader reads bytes from what is scanned.
type scanReader struct{ fmt.ScanState }

func (r scanReader) ReadByte() (byte, error) {
	ch, size, err := r.ReadRune()
	if size != 1 && err == nil {
		err = fmt.Errorf("invalid rune %#U", ch)
	}
	return byte(ch), err
}

func (r scanReader) UnreadByte() error { return r.UnreadRune() }

// Scan is for package fmt; verbs are b, o, d, x, X, s and v.
func (z *Int) Scan(s fmt.ScanState, ch rune) error {
	s.SkipSpace()
	bases := map[rune]int{'b': 2, 'o': 8, 'd': 10, 'x': 16, 'X': 16, 's': 0, 'v': 0}
	base, ok := bases[ch]
	if !ok {
		return errors.New("Int.Scan: invalid verb")
	}
	_, _, err := z.scan(scanReader{s}, base)
	return err
}

// Format is for package fmt; verbs are b, o, O, d, x, X, s and v.
func (x *Int) Format(s fmt.State, ch rune) {
	base := 10
	switch ch {
	case 'b':
		base = 2
	case 'o', 'O':
		base = 8
	case 'd', 's', 'v':
	case 'x', 'X':
		base = 16
	default:
		fmt.Fprintf(s, "%%!%c(big.Int=%s)", ch, x.String())
		return
	}
	if x == nil {
		fmt.Fprint(s, "<nil>")
		return
	}
	head := ""
	switch {
	case x.neg:
		head = "-"
	case s.Flag('+'):
		head = "+"
	case s.Flag(' '):
		head = " "
	}
	switch {
	case ch == 'O':
		head += "0o"
	case !s.Flag('#'):
	case ch == 'b':
		head += "0b"
	case ch == 'o':
		head += "0"
	case ch == 'x' || ch == 'X':
		head += "0" + string(ch)
	}
	digits := natText(x.abs, uint32(base))
	if ch == 'X' {
		digits = strings.ToUpper(digits)
	}
	prec, hasPrec := s.Precision()
	if hasPrec && prec == 0 && digits == "0" {
		return
	}
	zeros := 0
	if hasPrec {
		zeros = max(0, prec-len(digits))
	}
	left, right := 0, 0
	if width, ok := s.Width(); ok {
		switch d := max(0, width-len(head)-zeros-len(digits)); {
		case s.Flag('-'):
			right = d
		case s.Flag('0') && !hasPrec:
			zeros = d
		default:
			left = d
		}
	}
	repeat(s, " ", left)
	io.WriteString(s, head)
	repeat(s, "0", zeros)
	io.WriteString(s, digits)
	repeat(s, " ", right)
}

const gobVersion = 1

// GobEncode is for package encoding/gob.
func (x *Int) GobEncode() ([]byte, error) {
	if x == nil {
		return nil, nil
	}
	b := byte(gobVersion << 1)
	if x.neg {
		b |= 1
	}
	return append([]byte{b}, x.Bytes()...), nil
}

// GobDecode is for package encoding/gob.
func (z *Int) GobDecode(buf []byte) error {
	if len(buf) == 0 {
		*z = Int{}
		return nil
	}
	if v := buf[0] >> 1; v != gobVersion {
		return fmt.Errorf("Int.GobDecode: encoding version %d not supported", v)
	}
	z.neg = buf[0]&1 != 0
	z.abs = z.abs.setBytes(buf[1:])
	return nil
}

// AppendText appends x in base 10.
func (x *Int) AppendText(b []byte) (text []byte, err error) { return x.Append(b, 10), nil }

// MarshalText returns x in base 10.
func (x *Int) MarshalText() (text []byte, err error) { return x.AppendText(nil) }

// UnmarshalText sets z to the number in text.
func (z *Int) UnmarshalText(text []byte) error {
	if _, ok := z.setAll(bytes.NewReader(text), 0); !ok {
		return fmt.Errorf("math/big: cannot unmarshal %q into a *big.Int", text)
	}
	return nil
}

// MarshalJSON returns x in base 10.
func (x *Int) MarshalJSON() ([]byte, error) {
	if x == nil {
		return []byte("null"), nil
	}
	return x.Append(nil, 10), nil
}

// UnmarshalJSON sets z to the number in text; null does nothing.
func (z *Int) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		return nil
	}
	return z.UnmarshalText(text)
}

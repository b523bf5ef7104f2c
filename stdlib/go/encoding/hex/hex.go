// Package hex writes bytes as pairs of hexadecimal digits, and reads them.
package hex

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

const digits = "0123456789abcdef"

// ErrLength: a digit is missing at the end.
var ErrLength = errors.New("encoding/hex: odd length hex string")

// InvalidByteError is a byte that is no hexadecimal digit.
type InvalidByteError byte

func (e InvalidByteError) Error() string {
	return fmt.Sprintf("encoding/hex: invalid byte: %#U", rune(e))
}

// EncodedLen returns how long n bytes get.
func EncodedLen(n int) int { return n * 2 }

// DecodedLen returns how many bytes x digits are.
func DecodedLen(x int) int { return x / 2 }

// encode writes the digits of src to dst.
func encode(dst, src []byte)

// decode reads pairs of digits until one is none; n is how many bytes it wrote.
func decode(dst, src []byte) (n int)

// Encode writes the digits of src to dst and returns their number.
func Encode(dst, src []byte) int {
	if len(src) > 0 {
		_ = dst[len(src)*2-1]
		encode(dst, src)
	}
	return len(src) * 2
}

// AppendEncode appends the digits of src to dst.
func AppendEncode(dst, src []byte) []byte {
	n := EncodedLen(len(src))
	dst = slices.Grow(dst, n)
	Encode(dst[len(dst):][:n], src)
	return dst[:len(dst)+n]
}

func isDigit(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// Decode reads the digits in src to dst and returns the number of bytes written, also if it meets a wrong one.
func Decode(dst, src []byte) (int, error) {
	if n := len(src) / 2; len(dst) < n && n > 0 {
		k := decode(dst, src[:2*len(dst)])
		if k == len(dst) {
			_ = dst[k] // as an index out of range
		}
	}
	n := decode(dst, src)
	if n < len(src)/2 {
		if c := src[2*n]; !isDigit(c) {
			return n, InvalidByteError(c)
		}
		return n, InvalidByteError(src[2*n+1])
	}
	if len(src)%2 == 1 {
		if c := src[len(src)-1]; !isDigit(c) {
			return n, InvalidByteError(c)
		}
		return n, ErrLength
	}
	return n, nil
}

// AppendDecode appends the bytes that src stands for to dst.
func AppendDecode(dst, src []byte) ([]byte, error) {
	dst = slices.Grow(dst, DecodedLen(len(src)))
	n, err := Decode(dst[len(dst):cap(dst)], src)
	return dst[:len(dst)+n], err
}

// EncodeToString returns the digits of src.
func EncodeToString(src []byte) string {
	dst := make([]byte, EncodedLen(len(src)))
	Encode(dst, src)
	return string(dst)
}

// DecodeString returns the bytes that s stands for, and on an error those in front of it.
func DecodeString(s string) ([]byte, error) {
	dst := make([]byte, DecodedLen(len(s)))
	n, err := Decode(dst, []byte(s))
	return dst[:n], err
}

// Dump returns data as the command hexdump -C shows it.
func Dump(data []byte) string {
	if len(data) == 0 {
		return ""
	}
	var b strings.Builder
	d := Dumper(&b)
	d.Write(data)
	d.Close()
	return b.String()
}

type encoder struct {
	w   io.Writer
	err error
	buf []byte
}

// NewEncoder returns a writer that writes digits to w.
func NewEncoder(w io.Writer) io.Writer { return &encoder{w: w} }

func (e *encoder) Write(p []byte) (n int, err error) {
	for len(p) > 0 && e.err == nil {
		part := p[:min(len(p), 512)]
		e.buf = AppendEncode(e.buf[:0], part)
		var written int
		written, e.err = e.w.Write(e.buf)
		n += written / 2
		p = p[len(part):]
	}
	return n, e.err
}

type decoder struct {
	r   io.Reader
	err error
	in  []byte
	arr [1024]byte
}

// NewDecoder returns a reader of the bytes whose digits r has; their number must be even.
func NewDecoder(r io.Reader) io.Reader { return &decoder{r: r} }

func (d *decoder) Read(p []byte) (n int, err error) {
	if len(d.in) < 2 && d.err == nil {
		kept := copy(d.arr[:], d.in)
		var got int
		got, d.err = d.r.Read(d.arr[kept:])
		d.in = d.arr[:kept+got]
		if d.err == io.EOF && len(d.in)%2 != 0 {
			if c := d.in[len(d.in)-1]; !isDigit(c) {
				d.err = InvalidByteError(c)
			} else {
				d.err = io.ErrUnexpectedEOF
			}
		}
	}
	if have := len(d.in) / 2; len(p) > have {
		p = p[:have]
	}
	n, err = Decode(p, d.in[:len(p)*2])
	d.in = d.in[2*n:]
	if err != nil {
		d.in, d.err = nil, err
	}
	if len(d.in) < 2 {
		return n, d.err
	}
	return n, nil
}

// Dumper returns a writer that writes what hexdump -C would show to w. Close writes the last line.
func Dumper(w io.Writer) io.WriteCloser { return &dumper{w: w} }

type dumper struct {
	w      io.Writer
	line   [16]byte
	used   int
	n      uint
	closed bool
}

func printable(b byte) byte {
	if b < 32 || b > 126 {
		return '.'
	}
	return b
}

func (d *dumper) flush() error {
	out := make([]byte, 0, 80)
	at := uint32(d.n)
	for shift := 28; shift >= 0; shift -= 4 {
		out = append(out, digits[at>>shift&15])
	}
	for i := range 16 {
		if i%8 == 0 {
			out = append(out, ' ')
		}
		if i < d.used {
			out = append(out, ' ', digits[d.line[i]>>4], digits[d.line[i]&15])
		} else {
			out = append(out, "   "...)
		}
	}
	out = append(out, "  |"...)
	for _, c := range d.line[:d.used] {
		out = append(out, printable(c))
	}
	out = append(out, "|\n"...)
	d.n += uint(d.used)
	d.used = 0
	_, err := d.w.Write(out)
	return err
}

func (d *dumper) Write(data []byte) (n int, err error) {
	if d.closed {
		return 0, errors.New("encoding/hex: dumper closed")
	}
	for _, c := range data {
		d.line[d.used] = c
		d.used++
		n++
		if d.used == 16 {
			if err = d.flush(); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

func (d *dumper) Close() error {
	if d.closed {
		return nil
	}
	d.closed = true
	if d.used == 0 {
		return nil
	}
	return d.flush()
}

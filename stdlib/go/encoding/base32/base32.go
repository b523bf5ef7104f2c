// Package base32 writes bytes with 32 characters, five bits each, and reads them. (RFC 4648)
package base32

import (
	"io"
	"slices"
	"strconv"
)

// An Encoding is a choice of 32 characters, and what fills up the last group of eight.
type Encoding struct {
	encode [32]byte
	decode [256]byte // 0xff where there is no such character
	pad    rune
}

const (
	StdPadding rune = '=' // what standard encodings fill up with
	NoPadding  rune = -1  // nothing is filled up
)

// NewEncoding returns the encoding with these 32 different bytes and standard padding.
func NewEncoding(encoder string) *Encoding {
	if len(encoder) != 32 {
		panic("encoding alphabet is not 32-bytes long")
	}
	e := &Encoding{pad: StdPadding}
	for i := range e.decode {
		e.decode[i] = 0xff
	}
	for i := range 32 {
		c := encoder[i]
		switch {
		case c == '\n' || c == '\r':
			panic("encoding alphabet contains newline character")
		case e.decode[c] != 0xff:
			panic("encoding alphabet includes duplicate symbols")
		}
		e.encode[i], e.decode[c] = c, byte(i)
	}
	return e
}

var (
	StdEncoding = NewEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") // the standard encoding
	HexEncoding = NewEncoding("0123456789ABCDEFGHIJKLMNOPQRSTUV") // the one that keeps the order, used in DNS
)

// WithPadding returns the encoding with another padding character, or none.
func (enc Encoding) WithPadding(padding rune) *Encoding {
	switch {
	case padding < NoPadding || padding == '\r' || padding == '\n' || padding > 0xff:
		panic("invalid padding")
	case padding != NoPadding && enc.decode[byte(padding)] != 0xff:
		panic("padding contained in alphabet")
	}
	enc.pad = padding
	return &enc
}

// Encode writes the characters of src to dst.
func (enc *Encoding) Encode(dst, src []byte) {
	if len(src) == 0 {
		return
	}
	_ = dst[enc.EncodedLen(len(src))-1]
	for len(src) > 0 {
		var bits uint64
		n := min(5, len(src))
		for i := range 5 {
			bits <<= 8
			if i < n {
				bits |= uint64(src[i])
			}
		}
		chars := (n*8 + 4) / 5
		for i := range chars {
			dst[i] = enc.encode[bits>>(35-5*i)&31]
		}
		if chars < 8 && enc.pad != NoPadding {
			for i := chars; i < 8; i++ {
				dst[i] = byte(enc.pad)
			}
			chars = 8
		}
		dst, src = dst[chars:], src[n:]
	}
}

// AppendEncode appends the characters of src to dst.
func (enc *Encoding) AppendEncode(dst, src []byte) []byte {
	n := enc.EncodedLen(len(src))
	dst = slices.Grow(dst, n)
	enc.Encode(dst[len(dst):][:n], src)
	return dst[:len(dst)+n]
}

// EncodeToString returns the characters of src.
func (enc *Encoding) EncodeToString(src []byte) string {
	buf := make([]byte, enc.EncodedLen(len(src)))
	enc.Encode(buf, src)
	return string(buf)
}

// EncodedLen returns how long n bytes get.
func (enc *Encoding) EncodedLen(n int) int {
	if enc.pad == NoPadding {
		return n/5*8 + (n%5*8+4)/5
	}
	return (n + 4) / 5 * 8
}

// DecodedLen returns how many bytes n characters are at most.
func (enc *Encoding) DecodedLen(n int) int {
	if enc.pad == NoPadding {
		return n/8*5 + n%8*5/8
	}
	return n / 8 * 5
}

// CorruptInputError is where the first wrong character stands.
type CorruptInputError int64

func (e CorruptInputError) Error() string {
	return "illegal base32 data at input byte " + strconv.FormatInt(int64(e), 10)
}

func withoutLineEnds(src []byte) []byte {
	return slices.DeleteFunc(slices.Clone(src), func(c byte) bool { return c == '\n' || c == '\r' })
}

// decodeClean reads characters among which there are no line ends. end: padding was met.
func (enc *Encoding) decodeClean(dst, src []byte) (n int, end bool, err error) {
	for i := 0; i < len(src) && !end; {
		var bits uint64
		have := 0
		for have < 8 {
			if i == len(src) {
				if enc.pad != NoPadding {
					return n, false, CorruptInputError(len(src) - have)
				}
				end = true
				break
			}
			c := src[i]
			i++
			left := len(src) - i
			if rune(c) == enc.pad && have >= 2 && left < 8 {
				if left+have < 7 {
					return n, false, CorruptInputError(len(src))
				}
				for k := range 7 - have {
					if left > k && rune(src[i+k]) != enc.pad {
						return n, false, CorruptInputError(i + k - 1)
					}
				}
				if have == 3 || have == 6 {
					return n, false, CorruptInputError(i - 1)
				}
				end = true
				break
			}
			d := enc.decode[c]
			if d == 0xff {
				return n, false, CorruptInputError(i - 1)
			}
			bits = bits<<5 | uint64(d)
			have++
		}
		bits <<= 5 * (8 - have)
		whole := 0 // bytes that this many characters make
		switch have {
		case 8:
			whole = 5
		case 7:
			whole = 4
		case 5, 6:
			whole = 3
		case 4:
			whole = 2
		case 2, 3:
			whole = 1
		}
		for k := range whole {
			dst[n] = byte(bits >> (32 - 8*k))
			n++
		}
	}
	return n, end, nil
}

// Decode reads the characters of src to dst and returns how many bytes it wrote. Line ends are skipped.
func (enc *Encoding) Decode(dst, src []byte) (n int, err error) {
	n, _, err = enc.decodeClean(dst, withoutLineEnds(src))
	return n, err
}

// AppendDecode appends the bytes that src stands for to dst.
func (enc *Encoding) AppendDecode(dst, src []byte) ([]byte, error) {
	clean := withoutLineEnds(src)
	start := len(dst)
	dst = slices.Grow(dst, (len(clean)+7)/8*5)
	n, _, err := enc.decodeClean(dst[start:cap(dst)], clean)
	return dst[:start+n], err
}

// DecodeString returns the bytes that s stands for.
func (enc *Encoding) DecodeString(s string) ([]byte, error) {
	return enc.AppendDecode([]byte{}, []byte(s))
}

type encoder struct {
	enc  *Encoding
	w    io.Writer
	err  error
	rest []byte
}

// NewEncoder returns a writer that writes the characters of what it is given to w. Close writes the last group.
func NewEncoder(enc *Encoding, w io.Writer) io.WriteCloser {
	return &encoder{enc: enc, w: w}
}

func (e *encoder) Write(p []byte) (n int, err error) {
	if e.err != nil {
		return 0, e.err
	}
	data := append(e.rest, p...)
	whole := len(data) / 5 * 5
	for part := range slices.Chunk(data[:whole], 640) {
		if _, e.err = e.w.Write(e.enc.AppendEncode(nil, part)); e.err != nil {
			return 0, e.err
		}
	}
	e.rest = slices.Clone(data[whole:])
	return len(p), nil
}

func (e *encoder) Close() error {
	if e.err == nil && len(e.rest) > 0 {
		_, e.err = e.w.Write(e.enc.AppendEncode(nil, e.rest))
		e.rest = nil
	}
	return e.err
}

type decoder struct {
	enc     *Encoding
	r       io.Reader
	err     error
	readErr error
	in      []byte // characters not yet decoded
	out     []byte // bytes not yet asked for
	end     bool   // padding was seen
}

// NewDecoder returns a reader of the bytes whose characters r has.
func NewDecoder(enc *Encoding, r io.Reader) io.Reader { return &decoder{enc: enc, r: r} }

func (d *decoder) Read(p []byte) (n int, err error) {
	if len(d.out) > 0 {
		n = copy(p, d.out)
		d.out = d.out[n:]
		if len(d.out) > 0 {
			return n, nil
		}
		return n, d.err
	}
	if d.err != nil {
		return 0, d.err
	}
	for len(d.in) < 8 && d.readErr == nil {
		buf := make([]byte, max(8, min((len(p)+4)/5*8, 1024)))
		var got int
		got, d.readErr = d.r.Read(buf)
		d.in = append(d.in, withoutLineEnds(buf[:got])...)
	}
	part := d.in[:len(d.in)/8*8]
	if d.enc.pad == NoPadding {
		part = d.in
	}
	if len(part) == 0 {
		d.err = d.readErr
		if d.err == io.EOF && len(d.in) > 0 {
			d.err = io.ErrUnexpectedEOF
		}
		return 0, d.err
	}
	d.in = d.in[len(part):]
	if d.end {
		d.err = CorruptInputError(0)
		return 0, d.err
	}
	out := make([]byte, (len(part)+7)/8*5)
	n, d.end, d.err = d.enc.decodeClean(out, part)
	if d.readErr != nil && d.readErr != io.EOF {
		d.err = d.readErr
	}
	d.out = out[:n]
	n = copy(p, d.out)
	d.out = d.out[n:]
	if len(d.out) > 0 {
		return n, nil
	}
	return n, d.err
}

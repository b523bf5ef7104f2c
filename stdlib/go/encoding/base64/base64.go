// Package base64 writes bytes with 64 characters, six bits each, and reads them. (RFC 4648)
package base64

import (
	"io"
	"slices"
	"strconv"
)

// An Encoding is a choice of 64 characters, and what fills up the last group of four.
type Encoding struct {
	encode [64]byte
	decode [256]byte // 0xff where there is no such character
	pad    rune
	strict bool
}

const (
	StdPadding rune = '=' // what standard encodings fill up with
	NoPadding  rune = -1  // nothing is filled up
)

// NewEncoding returns the encoding with these 64 different bytes and standard padding.
func NewEncoding(encoder string) *Encoding {
	if len(encoder) != 64 {
		panic("encoding alphabet is not 64-bytes long")
	}
	e := &Encoding{pad: StdPadding}
	for i := range e.decode {
		e.decode[i] = 0xff
	}
	for i := range 64 {
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

// Strict returns the encoding that wants unused bits at the end to be zero.
func (enc Encoding) Strict() *Encoding {
	enc.strict = true
	return &enc
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

var (
	StdEncoding    = NewEncoding(letters + "+/")        // the standard encoding
	URLEncoding    = NewEncoding(letters + "-_")        // the encoding for addresses and file names
	RawStdEncoding = StdEncoding.WithPadding(NoPadding) // the standard encoding without padding
	RawURLEncoding = URLEncoding.WithPadding(NoPadding) // the encoding for addresses without padding
)

// encodeGroups writes whole groups: four characters for three bytes.
func encodeGroups(dst, src []byte, chars *[64]byte)

// decodeGroups reads groups of four characters as long as all are in the table, and says how many it read.
func decodeGroups(dst, src []byte, table *[256]byte) (groups int)

// Encode writes the characters of src to dst.
func (enc *Encoding) Encode(dst, src []byte) {
	if len(src) == 0 {
		return
	}
	_ = dst[enc.EncodedLen(len(src))-1]
	n := len(src) / 3
	encodeGroups(dst, src[:3*n], &enc.encode)
	dst, src = dst[4*n:], src[3*n:]
	if len(src) == 0 {
		return
	}
	bits := uint(src[0]) << 16
	if len(src) == 2 {
		bits |= uint(src[1]) << 8
	}
	dst[0] = enc.encode[bits>>18&63]
	dst[1] = enc.encode[bits>>12&63]
	if len(src) == 2 {
		dst[2] = enc.encode[bits>>6&63]
		if enc.pad != NoPadding {
			dst[3] = byte(enc.pad)
		}
	} else if enc.pad != NoPadding {
		dst[2], dst[3] = byte(enc.pad), byte(enc.pad)
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
		return n/3*4 + (n%3*8+5)/6
	}
	return (n + 2) / 3 * 4
}

// DecodedLen returns how many bytes n characters are at most.
func (enc *Encoding) DecodedLen(n int) int {
	if enc.pad == NoPadding {
		return n/4*3 + n%4*6/8
	}
	return n / 4 * 3
}

// CorruptInputError is where the first wrong character stands.
type CorruptInputError int64

func (e CorruptInputError) Error() string {
	return "illegal base64 data at input byte " + strconv.FormatInt(int64(e), 10)
}

func isPad(c byte, pad rune) bool { return rune(c) == pad }

// group reads up to four characters from src at i, skipping line ends. It returns where it stopped, the bytes it
// wrote, and whether the padding ended the text.
func (enc *Encoding) group(dst, src []byte, i int) (next, n int, err error) {
	var digits [4]byte
	have := 0
	ended := false
	for have < 4 {
		if i == len(src) {
			switch {
			case have == 0:
				return i, 0, nil
			case have == 1, enc.pad != NoPadding:
				return i, 0, CorruptInputError(i - have)
			}
			ended = true
			break
		}
		c := src[i]
		i++
		if d := enc.decode[c]; d != 0xff {
			digits[have] = d
			have++
			continue
		}
		if c == '\n' || c == '\r' {
			continue
		}
		if !isPad(c, enc.pad) || have < 2 {
			return i, 0, CorruptInputError(i - 1)
		}
		if have == 2 { // a second one must follow
			for i < len(src) && (src[i] == '\n' || src[i] == '\r') {
				i++
			}
			if i == len(src) {
				return i, 0, CorruptInputError(len(src))
			}
			if !isPad(src[i], enc.pad) {
				return i, 0, CorruptInputError(i - 1)
			}
			i++
		}
		for i < len(src) && (src[i] == '\n' || src[i] == '\r') {
			i++
		}
		if i < len(src) {
			err = CorruptInputError(i)
		}
		ended = true
		break
	}
	bits := uint(digits[0])<<18 | uint(digits[1])<<12 | uint(digits[2])<<6 | uint(digits[3])
	if have == 4 {
		dst[2] = byte(bits)
	} else if enc.strict && (have == 2 && byte(bits>>8) != 0 || have == 3 && byte(bits) != 0) {
		return i, 0, CorruptInputError(i - (4 - have))
	}
	if have >= 3 {
		dst[1] = byte(bits >> 8)
	}
	dst[0] = byte(bits >> 16)
	if ended && err == nil && i < len(src) {
		err = CorruptInputError(i)
	}
	return i, have - 1, err
}

// Decode reads the characters of src to dst and returns how many bytes it wrote. Line ends are skipped.
func (enc *Encoding) Decode(dst, src []byte) (n int, err error) {
	for i := 0; i < len(src) && err == nil; {
		g := decodeGroups(dst[n:], src[i:], &enc.decode)
		i, n = i+4*g, n+3*g
		if i == len(src) {
			break
		}
		var k int
		i, k, err = enc.group(dst[n:], src, i)
		n += k
	}
	return n, err
}

// AppendDecode appends the bytes that src stands for to dst.
func (enc *Encoding) AppendDecode(dst, src []byte) ([]byte, error) {
	n := len(src)
	for n > 0 && isPad(src[n-1], enc.pad) {
		n--
	}
	n = n/4*3 + n%4*6/8
	dst = slices.Grow(dst, n)
	n, err := enc.Decode(dst[len(dst):][:n], src)
	return dst[:len(dst)+n], err
}

// DecodeString returns the bytes that s stands for.
func (enc *Encoding) DecodeString(s string) ([]byte, error) {
	dst := make([]byte, enc.DecodedLen(len(s)))
	n, err := enc.Decode(dst, []byte(s))
	return dst[:n], err
}

type encoder struct {
	enc  *Encoding
	w    io.Writer
	err  error
	rest []byte // fewer than three bytes that wait for more
}

// NewEncoder returns a writer that writes the characters of what it is given to w. Close writes the last group.
func NewEncoder(enc *Encoding, w io.Writer) io.WriteCloser {
	return &encoder{enc: enc, w: w}
}

func (e *encoder) Write(p []byte) (n int, err error) {
	if e.err != nil {
		return 0, e.err
	}
	n = len(p)
	data := append(e.rest, p...)
	whole := len(data) / 3 * 3
	for part := range slices.Chunk(data[:whole], 768) {
		if _, e.err = e.w.Write(e.enc.AppendEncode(nil, part)); e.err != nil {
			return 0, e.err
		}
	}
	e.rest = slices.Clone(data[whole:])
	return n, nil
}

func (e *encoder) Close() error {
	if e.err == nil && len(e.rest) > 0 {
		_, e.err = e.w.Write(e.enc.AppendEncode(nil, e.rest))
		e.rest = nil
	}
	return e.err
}

// noLineEnds leaves line ends out of what it reads.
type noLineEnds struct{ r io.Reader }

func (r *noLineEnds) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	for n > 0 {
		kept := slices.DeleteFunc(p[:n], func(c byte) bool { return c == '\n' || c == '\r' })
		if len(kept) > 0 {
			return len(kept), err
		}
		n, err = r.r.Read(p)
	}
	return n, err
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
func NewDecoder(enc *Encoding, r io.Reader) io.Reader {
	return &decoder{enc: enc, r: &noLineEnds{r}}
}

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
	for len(d.in) < 4 && d.readErr == nil {
		buf := make([]byte, max(4, min(len(p)/3*4, 1024)))
		var got int
		got, d.readErr = d.r.Read(buf)
		d.in = append(d.in, buf[:got]...)
	}
	part := d.in[:len(d.in)/4*4]
	if len(part) == 0 {
		if len(d.in) > 0 && d.enc.pad == NoPadding {
			part = d.in
		} else {
			d.err = d.readErr
			if d.err == io.EOF && len(d.in) > 0 {
				d.err = io.ErrUnexpectedEOF
			}
			return 0, d.err
		}
	}
	d.in = d.in[len(part):]
	d.out = make([]byte, d.enc.DecodedLen(len(part)))
	n, d.err = d.enc.Decode(d.out, part)
	d.out = d.out[:n]
	if d.err == nil && d.end {
		d.out, d.err = nil, CorruptInputError(0)
	}
	if n%3 != 0 {
		d.end = true
	}
	n = copy(p, d.out)
	d.out = d.out[n:]
	if len(d.out) > 0 {
		return n, nil
	}
	return n, d.err
}

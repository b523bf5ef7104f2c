// Package gzip compresses by the gzip format, RFC 1952.
package gzip

import (
	"bufio"
	"compress/flate"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"time"
)

const (
	NoCompression      = flate.NoCompression
	BestSpeed          = flate.BestSpeed
	BestCompression    = flate.BestCompression
	DefaultCompression = flate.DefaultCompression
	HuffmanOnly        = flate.HuffmanOnly
)

var (
	ErrChecksum = errors.New("gzip: invalid checksum")
	ErrHeader   = errors.New("gzip: invalid header")
)

// What a header has, besides.
const (
	hasText = 1 << iota
	hasHeaderCRC
	hasExtra
	hasName
	hasComment
)

// Header is what a file says about itself. Texts are Latin-1 there.
type Header struct {
	Comment string
	Extra   []byte
	ModTime time.Time
	Name    string
	OS      byte
}

// Reader reads data that was compressed. Files behind each other are read as one.
type Reader struct {
	Header
	r      flate.Reader
	data   io.ReadCloser
	digest uint32
	size   uint32
	one    bool // only one file
	err    error
}

// NewReader returns a Reader, which has read the header. If r is no io.ByteReader, more may be read than needed.
func NewReader(r io.Reader) (*Reader, error) {
	z := new(Reader)
	if err := z.Reset(r); err != nil {
		return nil, err
	}
	return z, nil
}

// Reset begins anew.
func (z *Reader) Reset(r io.Reader) error {
	*z = Reader{data: z.data}
	if fr, ok := r.(flate.Reader); ok {
		z.r = fr
	} else {
		z.r = bufio.NewReader(r)
	}
	z.Header, z.err = z.head()
	return z.err
}

// Multistream says whether files behind each other are read as one.
func (z *Reader) Multistream(ok bool) { z.one = !ok }

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func little(b []byte) (v uint32) {
	for i, c := range b {
		v |= uint32(c) << (8 * i)
	}
	return
}

func appendLittle(b []byte, v uint32, n int) []byte {
	for i := range n {
		b = append(b, byte(v>>(8*i)))
	}
	return b
}

// full reads bytes of the header, and adds them to its checksum.
func (z *Reader) full(b []byte) error {
	_, err := io.ReadFull(z.r, b)
	z.digest = crc32.Update(z.digest, crc32.IEEETable, b)
	return unexpected(err)
}

func (z *Reader) text() (string, error) {
	var text []rune
	b := make([]byte, 1)
	for n := 0; ; n++ {
		if n >= 512 {
			return "", ErrHeader
		}
		if err := z.full(b); err != nil {
			return "", err
		}
		if b[0] == 0 {
			return string(text), nil
		}
		text = append(text, rune(b[0]))
	}
}

func (z *Reader) head() (h Header, err error) {
	b := make([]byte, 10)
	if _, err = io.ReadFull(z.r, b); err != nil {
		return h, err // io.EOF if there is nothing at all
	}
	if b[0] != 0x1f || b[1] != 0x8b || b[2] != 8 {
		return h, ErrHeader
	}
	flags := b[3]
	if t := little(b[4:8]); t > 0 {
		h.ModTime = time.Unix(int64(t), 0)
	}
	h.OS = b[9]
	z.digest = crc32.ChecksumIEEE(b)
	if flags&hasExtra != 0 {
		if err = z.full(b[:2]); err != nil {
			return h, err
		}
		h.Extra = make([]byte, little(b[:2]))
		if err = z.full(h.Extra); err != nil {
			return h, err
		}
	}
	if flags&hasName != 0 {
		if h.Name, err = z.text(); err != nil {
			return h, err
		}
	}
	if flags&hasComment != 0 {
		if h.Comment, err = z.text(); err != nil {
			return h, err
		}
	}
	if flags&hasHeaderCRC != 0 {
		sum := uint16(z.digest)
		if err = z.full(b[:2]); err != nil {
			return h, err
		}
		if uint16(little(b[:2])) != sum {
			return h, ErrHeader
		}
	}
	z.digest, z.size = 0, 0
	if z.data == nil {
		z.data = flate.NewReader(z.r)
	} else {
		z.data.(flate.Resetter).Reset(z.r, nil)
	}
	return h, nil
}

func (z *Reader) Read(p []byte) (n int, err error) {
	if z.err != nil {
		return 0, z.err
	}
	for n == 0 {
		n, z.err = z.data.Read(p)
		z.digest = crc32.Update(z.digest, crc32.IEEETable, p[:n])
		z.size += uint32(n)
		if z.err != io.EOF {
			return n, z.err
		}
		var b [8]byte
		if _, err := io.ReadFull(z.r, b[:]); err != nil {
			z.err = unexpected(err)
			return n, z.err
		}
		if little(b[:4]) != z.digest || little(b[4:]) != z.size {
			z.err = ErrChecksum
			return n, z.err
		}
		if z.digest, z.size = 0, 0; z.one {
			return n, io.EOF
		}
		if _, z.err = z.head(); z.err != nil {
			return n, z.err
		}
	}
	return n, nil
}

// Close does not close what is read from.
func (z *Reader) Close() error { return z.data.Close() }

// Writer compresses what is written to it. The header is written with the first data.
type Writer struct {
	Header
	w      io.Writer
	level  int
	headed bool
	closed bool
	data   *flate.Writer
	digest uint32
	size   uint32
	err    error
}

// NewWriter returns a Writer of the default level.
func NewWriter(w io.Writer) *Writer {
	z, _ := NewWriterLevel(w, DefaultCompression)
	return z
}

// NewWriterLevel returns a Writer of a level from -2 to 9.
func NewWriterLevel(w io.Writer, level int) (*Writer, error) {
	if level < HuffmanOnly || level > BestCompression {
		return nil, fmt.Errorf("gzip: invalid compression level: %d", level)
	}
	z := &Writer{w: w, level: level}
	z.OS = 255 // not known
	return z, nil
}

// Reset begins anew.
func (z *Writer) Reset(w io.Writer) {
	n, _ := NewWriterLevel(w, z.level)
	*z = *n
}

func appendText(b []byte, s string) ([]byte, error) {
	for _, r := range s {
		if r == 0 || r > 0xff {
			return b, errors.New("gzip.Write: non-Latin-1 header string")
		}
		b = append(b, byte(r))
	}
	return append(b, 0), nil
}

func (z *Writer) head() (err error) {
	if z.headed || z.err != nil {
		return z.err
	}
	z.headed = true
	b := []byte{0x1f, 0x8b, 8, 0}
	t := uint32(0)
	if z.ModTime.After(time.Unix(0, 0)) {
		t = uint32(z.ModTime.Unix())
	}
	b = appendLittle(b, t, 4)
	switch z.level {
	case BestCompression:
		b = append(b, 2)
	case BestSpeed:
		b = append(b, 4)
	default:
		b = append(b, 0)
	}
	b = append(b, z.OS)
	if z.Extra != nil {
		if len(z.Extra) > 0xffff {
			z.err = errors.New("gzip.Write: Extra data is too large")
			return z.err
		}
		b[3] |= hasExtra
		b = append(appendLittle(b, uint32(len(z.Extra)), 2), z.Extra...)
	}
	if z.Name != "" {
		b[3] |= hasName
		if b, z.err = appendText(b, z.Name); z.err != nil {
			return z.err
		}
	}
	if z.Comment != "" {
		b[3] |= hasComment
		if b, z.err = appendText(b, z.Comment); z.err != nil {
			return z.err
		}
	}
	if _, z.err = z.w.Write(b); z.err == nil {
		z.data, z.err = flate.NewWriter(z.w, z.level)
	}
	return z.err
}

// Write compresses p; it may be kept until Flush or Close.
func (z *Writer) Write(p []byte) (int, error) {
	if z.head() != nil {
		return 0, z.err
	}
	z.size += uint32(len(p))
	z.digest = crc32.Update(z.digest, crc32.IEEETable, p)
	var n int
	n, z.err = z.data.Write(p)
	return n, z.err
}

// Flush writes everything.
func (z *Writer) Flush() error {
	if z.closed {
		return nil
	}
	if z.head() == nil {
		z.err = z.data.Flush()
	}
	return z.err
}

// Close writes everything and the checksum, but does not close what is written to.
func (z *Writer) Close() error {
	if z.closed {
		return nil
	}
	if z.head() != nil {
		return z.err
	}
	z.closed = true
	if z.err = z.data.Close(); z.err == nil {
		_, z.err = z.w.Write(appendLittle(appendLittle(nil, z.digest, 4), z.size, 4))
	}
	return z.err
}

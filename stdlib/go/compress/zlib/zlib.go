// Package zlib compresses by the zlib format, RFC 1950.
package zlib

import (
	"bufio"
	"compress/flate"
	"errors"
	"fmt"
	"hash"
	"hash/adler32"
	"io"
)

const (
	NoCompression      = flate.NoCompression
	BestSpeed          = flate.BestSpeed
	BestCompression    = flate.BestCompression
	DefaultCompression = flate.DefaultCompression
	HuffmanOnly        = flate.HuffmanOnly
)

var (
	ErrChecksum   = errors.New("zlib: invalid checksum")
	ErrDictionary = errors.New("zlib: invalid dictionary")
	ErrHeader     = errors.New("zlib: invalid header")
)

// Resetter is what NewReader returns, to be used again.
type Resetter interface {
	Reset(r io.Reader, dict []byte) error
}

type reader struct {
	r      flate.Reader
	data   io.ReadCloser
	digest hash.Hash32
	err    error
}

// NewReader returns a reader of the data that r has compressed.
func NewReader(r io.Reader) (io.ReadCloser, error) { return NewReaderDict(r, nil) }

// NewReaderDict is NewReader for data that was compressed with a dictionary.
func NewReaderDict(r io.Reader, dict []byte) (io.ReadCloser, error) {
	z := new(reader)
	if err := z.Reset(r, dict); err != nil {
		return nil, err
	}
	return z, nil
}

func number(b []byte) (v uint32) {
	for _, c := range b {
		v = v<<8 | uint32(c)
	}
	return
}

func (z *reader) full(b []byte) bool {
	_, z.err = io.ReadFull(z.r, b)
	if z.err == io.EOF {
		z.err = io.ErrUnexpectedEOF
	}
	return z.err == nil
}

func (z *reader) Reset(r io.Reader, dict []byte) error {
	*z = reader{data: z.data}
	if fr, ok := r.(flate.Reader); ok {
		z.r = fr
	} else {
		z.r = bufio.NewReader(r)
	}
	var b [4]byte
	if !z.full(b[:2]) {
		return z.err
	}
	if head := number(b[:2]); b[0]&0x0f != 8 || b[0]>>4 > 7 || head%31 != 0 {
		z.err = ErrHeader
		return z.err
	}
	if b[1]&0x20 != 0 {
		if !z.full(b[:]) {
			return z.err
		}
		if number(b[:]) != adler32.Checksum(dict) {
			z.err = ErrDictionary
			return z.err
		}
	} else {
		dict = nil
	}
	z.data = flate.NewReaderDict(z.r, dict)
	z.digest = adler32.New()
	return nil
}

func (z *reader) Read(p []byte) (n int, err error) {
	if z.err != nil {
		return 0, z.err
	}
	n, z.err = z.data.Read(p)
	z.digest.Write(p[:n])
	if z.err != io.EOF {
		return n, z.err
	}
	var b [4]byte
	if z.full(b[:]) {
		if z.err = io.EOF; number(b[:]) != z.digest.Sum32() {
			z.err = ErrChecksum
		}
	}
	return n, z.err
}

func (z *reader) Close() error {
	if z.err != nil && z.err != io.EOF {
		return z.err
	}
	z.err = z.data.Close()
	return z.err
}

// Writer compresses what is written to it.
type Writer struct {
	w      io.Writer
	level  int
	dict   []byte
	data   *flate.Writer
	digest hash.Hash32
	err    error
	headed bool
}

// NewWriter returns a Writer of the default level.
func NewWriter(w io.Writer) *Writer {
	z, _ := NewWriterLevelDict(w, DefaultCompression, nil)
	return z
}

// NewWriterLevel returns a Writer of a level from -2 to 9.
func NewWriterLevel(w io.Writer, level int) (*Writer, error) {
	return NewWriterLevelDict(w, level, nil)
}

// NewWriterLevelDict returns a Writer for readers that have the dictionary.
func NewWriterLevelDict(w io.Writer, level int, dict []byte) (*Writer, error) {
	if level < HuffmanOnly || level > BestCompression {
		return nil, fmt.Errorf("zlib: invalid compression level: %d", level)
	}
	return &Writer{w: w, level: level, dict: dict}, nil
}

// Reset begins anew.
func (z *Writer) Reset(w io.Writer) { *z = Writer{w: w, level: z.level, dict: z.dict} }

func (z *Writer) head() error {
	if z.headed {
		return z.err
	}
	z.headed = true
	b := []byte{0x78, 0}
	switch z.level {
	case -1, 6:
		b[1] = 2 << 6
	case 2, 3, 4, 5:
		b[1] = 1 << 6
	case 7, 8, 9:
		b[1] = 3 << 6
	}
	if z.dict != nil {
		b[1] |= 0x20
	}
	b[1] += uint8(31 - number(b)%31)
	if z.dict != nil {
		b = append(b, 0, 0, 0, 0)
		put(b[2:], adler32.Checksum(z.dict))
	}
	if _, z.err = z.w.Write(b); z.err == nil {
		z.digest = adler32.New()
		z.data, z.err = flate.NewWriterDict(z.w, z.level, z.dict)
	}
	return z.err
}

func put(b []byte, v uint32) {
	b[0], b[1], b[2], b[3] = byte(v>>24), byte(v>>16), byte(v>>8), byte(v)
}

// Write compresses p; it may be kept until Flush or Close.
func (z *Writer) Write(p []byte) (n int, err error) {
	if z.head() != nil || len(p) == 0 {
		return 0, z.err
	}
	if n, z.err = z.data.Write(p); z.err == nil {
		z.digest.Write(p)
	}
	return n, z.err
}

// Flush writes everything.
func (z *Writer) Flush() error {
	if z.head() == nil {
		z.err = z.data.Flush()
	}
	return z.err
}

// Close writes everything and the checksum.
func (z *Writer) Close() error {
	if z.head() != nil {
		return z.err
	}
	if z.err = z.data.Close(); z.err == nil {
		var b [4]byte
		put(b[:], z.digest.Sum32())
		_, z.err = z.w.Write(b[:])
	}
	return z.err
}

// Package flate compresses by the DEFLATE format, RFC 1951.
package flate

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"internal/deflate"
	"io"
	"strconv"
)

const (
	NoCompression      = 0
	BestSpeed          = 1
	BestCompression    = 9
	DefaultCompression = -1
	HuffmanOnly        = -2 // no matches, only codes by frequency
)

// CorruptInputError is the offset of corrupt input.
type CorruptInputError int64

func (e CorruptInputError) Error() string {
	return "flate: corrupt input before offset " + strconv.FormatInt(int64(e), 10)
}

// InternalError is a fault of this package.
type InternalError string

func (e InternalError) Error() string { return "flate: internal error: " + string(e) }

// ReadError is not used any more.
//
// Deprecated: errors are returned as they are.
type ReadError struct {
	Offset int64
	Err    error
}

func (e *ReadError) Error() string {
	return "flate: read error at offset " + strconv.FormatInt(e.Offset, 10) + ": " + e.Err.Error()
}

// WriteError is not used any more.
//
// Deprecated: errors are returned as they are.
type WriteError struct {
	Offset int64
	Err    error
}

func (e *WriteError) Error() string {
	return "flate: write error at offset " + strconv.FormatInt(e.Offset, 10) + ": " + e.Err.Error()
}

// Resetter is what NewReader returns, to be used again.
type Resetter interface {
	Reset(r io.Reader, dict []byte) error
}

// Reader is a source from which no more is read than is needed.
type Reader interface {
	io.Reader
	io.ByteReader
}

// source gives bytes before they are taken.
type source interface {
	peek() ([]byte, error)
	take(n int)
}

type buffered struct{ r *bufio.Reader }

func (s buffered) peek() ([]byte, error) {
	if _, err := s.r.Peek(1); err != nil {
		return nil, err
	}
	return s.r.Peek(s.r.Buffered())
}
func (s buffered) take(n int) { s.r.Discard(n) }

type whole struct{ b *bytes.Buffer }

func (s whole) peek() ([]byte, error) {
	if s.b.Len() == 0 {
		return nil, io.EOF
	}
	return s.b.Bytes(), nil
}
func (s whole) take(n int) { s.b.Next(n) }

type seeking struct {
	r   io.ReadSeeker
	buf []byte
	n   int
}

func (s *seeking) peek() ([]byte, error) {
	n, err := s.r.Read(s.buf)
	if s.n = n; n > 0 {
		err = nil
	}
	return s.buf[:n], err
}

func (s *seeking) take(n int) {
	if n < s.n {
		s.r.Seek(int64(n-s.n), io.SeekCurrent)
	}
}

type single struct {
	r    io.ByteReader
	b    [1]byte
	have bool
}

func (s *single) peek() (_ []byte, err error) {
	if !s.have {
		if s.b[0], err = s.r.ReadByte(); err != nil {
			return nil, err
		}
		s.have = true
	}
	return s.b[:], nil
}
func (s *single) take(n int) { s.have = s.have && n == 0 }

func newSource(r io.Reader) source {
	switch r := r.(type) {
	case *bufio.Reader:
		return buffered{r}
	case *bytes.Buffer:
		return whole{r}
	case interface {
		io.ByteReader
		io.ReadSeeker
	}:
		return &seeking{r: r, buf: make([]byte, 4096)}
	case io.ByteReader:
		return &single{r: r}
	}
	return buffered{bufio.NewReader(r)}
}

type decompressor struct {
	from   source
	state  []byte
	window []byte
	pos    int    // in the window
	out    []byte // decoded, but not read
	offset int64
	err    error
}

// NewReader returns a reader of the data that r has compressed. If r is no Reader, more may be read from it than needed.
func NewReader(r io.Reader) io.ReadCloser { return NewReaderDict(r, nil) }

// NewReaderDict is NewReader with data that is taken to stand before.
func NewReaderDict(r io.Reader, dict []byte) io.ReadCloser {
	d := new(decompressor)
	d.Reset(r, dict)
	return d
}

func (d *decompressor) Reset(r io.Reader, dict []byte) error {
	window := d.window
	if window == nil {
		window = make([]byte, deflate.Window)
	}
	*d = decompressor{from: newSource(r), state: deflate.NewState(), window: window}
	dict = dict[max(0, len(dict)-deflate.Window):]
	d.pos = copy(window, dict) % deflate.Window
	return nil
}

func (d *decompressor) step() {
	in, err := d.from.peek()
	if err != nil && err != io.EOF {
		d.err = err
		return
	}
	status, consumed, produced := deflate.Inflate(d.state, in, d.window, d.pos, err == nil)
	if err == nil {
		d.from.take(consumed)
	}
	d.offset += int64(consumed)
	d.out = d.window[d.pos : d.pos+produced]
	d.pos = (d.pos + produced) % deflate.Window
	switch {
	case status == deflate.Done:
		d.err = io.EOF
	case status == deflate.Failed:
		d.err = CorruptInputError(d.offset)
	case status == deflate.NeedsIn && err == io.EOF:
		d.err = io.ErrUnexpectedEOF
	}
}

func (d *decompressor) Read(b []byte) (int, error) {
	for {
		if len(d.out) > 0 {
			n := copy(b, d.out)
			if d.out = d.out[n:]; len(d.out) == 0 {
				return n, d.err
			}
			return n, nil
		}
		if d.err != nil {
			return 0, d.err
		}
		if len(b) == 0 {
			return 0, nil
		}
		d.step()
	}
}

func (d *decompressor) Close() error {
	if d.err == io.EOF {
		return nil
	}
	return d.err
}

// pieceSize is how much is compressed together.
const pieceSize = 1 << 20

// Writer compresses what is written to it.
type Writer struct {
	w     io.Writer
	level int
	buf   []byte
	err   error
}

// NewWriter returns a Writer of a level from -2 to 9.
func NewWriter(w io.Writer, level int) (*Writer, error) {
	if level < HuffmanOnly || level > BestCompression {
		return nil, fmt.Errorf("flate: invalid compression level %d: want value in range [-2, 9]", level)
	}
	if level == DefaultCompression {
		level = 6
	}
	return &Writer{w: w, level: level}, nil
}

// NewWriterDict is NewWriter for a reader that has the dictionary. What is written does not refer to it.
func NewWriterDict(w io.Writer, level int, dict []byte) (*Writer, error) { return NewWriter(w, level) }

var errClosed = errors.New("flate: closed writer")

func (w *Writer) send(final bool) error {
	if w.err != nil {
		return w.err
	}
	_, w.err = w.w.Write(deflate.Deflate(w.level, w.buf, final))
	w.buf = w.buf[:0]
	return w.err
}

// Write compresses data; it may be kept until Flush or Close.
func (w *Writer) Write(data []byte) (n int, err error) {
	if w.err != nil {
		return 0, w.err
	}
	w.buf = append(w.buf, data...)
	if len(w.buf) >= pieceSize {
		if err := w.send(false); err != nil {
			return 0, err
		}
	}
	return len(data), nil
}

// Flush writes everything, and what makes a reader see it.
func (w *Writer) Flush() error { return w.send(false) }

// Close writes everything and the end of the data.
func (w *Writer) Close() error {
	if w.err == errClosed {
		return nil
	}
	err := w.send(true)
	if err == nil {
		w.err = errClosed
	}
	return err
}

// Reset begins anew.
func (w *Writer) Reset(dst io.Writer) { w.w, w.buf, w.err = dst, w.buf[:0], nil }

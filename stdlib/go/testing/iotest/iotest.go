// Package iotest has Readers and Writers that do what is allowed, but rare.
package iotest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
)

type (
	oneByteReader struct{ io.Reader }
	halfReader    struct{ io.Reader }
	dataErrReader struct {
		r      io.Reader
		unread []byte
		data   []byte
	}
	timeoutReader struct {
		r     io.Reader
		count int
	}
	errReader      struct{ err error }
	truncateWriter struct {
		w io.Writer
		n int64
	}
	writeLogger struct {
		prefix string
		w      io.Writer
	}
	readLogger struct {
		prefix string
		r      io.Reader
	}
)

// OneByteReader reads a byte at a time.
func OneByteReader(r io.Reader) io.Reader { return &oneByteReader{r} }

func (r *oneByteReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	return r.Reader.Read(p[:1])
}

// HalfReader reads half of what is asked for.
func HalfReader(r io.Reader) io.Reader { return &halfReader{r} }

func (r *halfReader) Read(p []byte) (int, error) { return r.Reader.Read(p[:(len(p)+1)/2]) }

// DataErrReader returns the final error together with the last data.
func DataErrReader(r io.Reader) io.Reader { return &dataErrReader{r, nil, make([]byte, 1024)} }

func (r *dataErrReader) Read(p []byte) (n int, err error) {
	for {
		if len(r.unread) == 0 {
			m, e := r.r.Read(r.data)
			r.unread, err = r.data[:m], e
		}
		if n > 0 || err != nil {
			return
		}
		n = copy(p, r.unread)
		r.unread = r.unread[n:]
	}
}

// ErrTimeout is what TimeoutReader fails with.
var ErrTimeout = errors.New("timeout")

// TimeoutReader fails once, at the second read.
func TimeoutReader(r io.Reader) io.Reader { return &timeoutReader{r, 0} }

func (r *timeoutReader) Read(p []byte) (int, error) {
	if r.count++; r.count == 2 {
		return 0, ErrTimeout
	}
	return r.r.Read(p)
}

// ErrReader fails always.
func ErrReader(err error) io.Reader { return &errReader{err} }

func (r *errReader) Read(p []byte) (int, error) { return 0, r.err }

// TruncateWriter writes n bytes, and then only pretends to.
func TruncateWriter(w io.Writer, n int64) io.Writer { return &truncateWriter{w, n} }

func (t *truncateWriter) Write(p []byte) (n int, err error) {
	if t.n <= 0 {
		return len(p), nil
	}
	n = int(min(int64(len(p)), t.n))
	n, err = t.w.Write(p[:n])
	if t.n -= int64(n); err == nil {
		n = len(p)
	}
	return
}

// NewWriteLogger logs what is written.
func NewWriteLogger(prefix string, w io.Writer) io.Writer { return &writeLogger{prefix, w} }

func (l *writeLogger) Write(p []byte) (n int, err error) {
	n, err = l.w.Write(p)
	if err != nil {
		log.Printf("%s %x: %v", l.prefix, p[:n], err)
	} else {
		log.Printf("%s %x", l.prefix, p[:n])
	}
	return
}

// NewReadLogger logs what is read.
func NewReadLogger(prefix string, r io.Reader) io.Reader { return &readLogger{prefix, r} }

func (l *readLogger) Read(p []byte) (n int, err error) {
	n, err = l.r.Read(p)
	if err != nil {
		log.Printf("%s %x: %v", l.prefix, p[:n], err)
	} else {
		log.Printf("%s %x", l.prefix, p[:n])
	}
	return
}

// TestReader checks that r reads content, and does what Readers, Seekers and ReaderAts promise.
func TestReader(r io.Reader, content []byte) error {
	if len(content) > 0 {
		if n, err := r.Read(nil); n != 0 || err != nil {
			return fmt.Errorf("Read(0) = %d, %v, want 0, nil", n, err)
		}
	}
	// In pieces of different sizes.
	data, err := io.ReadAll(&growing{r: r})
	if err != nil {
		return err
	}
	if !bytes.Equal(data, content) {
		return fmt.Errorf("ReadAll(small amounts) = %q\n\twant %q", data, content)
	}
	if n, err := r.Read(make([]byte, 10)); n != 0 || err != io.EOF {
		return fmt.Errorf("Read(10) at EOF = %v, %v, want 0, EOF", n, err)
	}
	if s, ok := r.(io.ReadSeeker); ok {
		if err := testSeeker(s, content); err != nil {
			return err
		}
	}
	if at, ok := r.(io.ReaderAt); ok {
		return testReaderAt(at, content)
	}
	return nil
}

// growing reads 1, 2 and 3 bytes in turn.
type growing struct {
	r io.Reader
	n int
}

func (g *growing) Read(p []byte) (int, error) {
	g.n = g.n%3 + 1
	n, err := g.r.Read(p[:min(g.n, len(p))])
	if err != nil && err != io.EOF {
		err = fmt.Errorf("Read(%d) = %d, %v", g.n, n, err)
	}
	return n, err
}

func testSeeker(r io.ReadSeeker, content []byte) error {
	size := int64(len(content))
	middle := size/2 - size/4
	for _, t := range []struct {
		off    int64
		whence int
		want   int64
	}{{0, io.SeekCurrent, size}, {0, io.SeekStart, 0}, {middle, io.SeekCurrent, middle}, {0, io.SeekEnd, size},
		{-middle, io.SeekEnd, size - middle}, {middle, io.SeekStart, middle}} {
		if off, err := r.Seek(t.off, t.whence); off != t.want || err != nil {
			return fmt.Errorf("Seek(%d, %d) = %d, %v, want %d, nil", t.off, t.whence, off, err, t.want)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			return fmt.Errorf("ReadAll from offset %d: %v", t.want, err)
		}
		if !bytes.Equal(data, content[t.want:]) {
			return fmt.Errorf("ReadAll from offset %d = %q\n\twant %q", t.want, data, content[t.want:])
		}
		if _, err := r.Seek(t.want, io.SeekStart); err != nil {
			return fmt.Errorf("Seek(%d, 0) = %v", t.want, err)
		}
	}
	for _, whence := range []int{io.SeekStart, io.SeekEnd} {
		off := int64(-1)
		if whence == io.SeekEnd {
			off -= size
		}
		if n, err := r.Seek(off, whence); err == nil {
			return fmt.Errorf("Seek(%d, %d) = %d, nil, want error", off, whence, n)
		}
	}
	return nil
}

func testReaderAt(r io.ReaderAt, content []byte) error {
	data := make([]byte, len(content), len(content)+1)
	for _, size := range []int{len(content), len(content) + 1} {
		data = data[:size]
		n, err := r.ReadAt(data, 0)
		if n != len(content) || size > n && err != io.EOF || size == n && err != nil && err != io.EOF {
			return fmt.Errorf("ReadAt(%d, 0) = %v, %v, want %d", size, n, err, len(content))
		}
		if !bytes.Equal(data[:n], content) {
			return fmt.Errorf("ReadAt(%d, 0) = %q\n\twant %q", size, data[:n], content)
		}
	}
	for i := range content {
		for n := 1; n <= min(3, len(content)-i); n++ {
			m, err := r.ReadAt(data[:n], int64(i))
			if m != n || err != nil && err != io.EOF || !bytes.Equal(data[:n], content[i:i+n]) {
				return fmt.Errorf("ReadAt(%d, %d) = %v, %v, %q\n\twant %d, nil, %q", n, i, m, err, data[:m], n, content[i:i+n])
			}
		}
	}
	if _, err := r.ReadAt(make([]byte, 10), -1); err == nil {
		return fmt.Errorf("ReadAt(10, -1) succeeded, want error")
	}
	return nil
}

// Package csv reads and writes tables of comma-separated values. (RFC 4180)
package csv

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A ParseError says where a table is wrong; lines and columns (in bytes) begin with 1.
type ParseError struct {
	StartLine int // where the record begins
	Line      int
	Column    int
	Err       error
}

func (e *ParseError) Error() string {
	if e.Err == ErrFieldCount {
		return fmt.Sprintf("record on line %d: %v", e.Line, e.Err)
	}
	if e.StartLine != e.Line {
		return fmt.Sprintf("record on line %d; parse error on line %d, column %d: %v", e.StartLine, e.Line, e.Column, e.Err)
	}
	return fmt.Sprintf("parse error on line %d, column %d: %v", e.Line, e.Column, e.Err)
}

func (e *ParseError) Unwrap() error { return e.Err }

// What a ParseError may be about.
var (
	ErrBareQuote     = errors.New("bare \" in non-quoted-field")
	ErrQuote         = errors.New("extraneous or missing \" in quoted-field")
	ErrFieldCount    = errors.New("wrong number of fields")
	ErrTrailingComma = errors.New("extra delimiter at end of line") // no longer used
)

var errInvalidDelim = errors.New("csv: invalid field or comment delimiter")

func validDelim(r rune) bool {
	return r != 0 && r != '"' && r != '\r' && r != '\n' && utf8.ValidRune(r) && r != utf8.RuneError
}

// A Reader reads records.
type Reader struct {
	Comma            rune // what separates fields
	Comment          rune // lines that begin with it are skipped; 0 for none
	FieldsPerRecord  int  // if positive, each record has so many; if 0, as many as the first; else any number
	LazyQuotes       bool // quotes may stand in fields without quotes, and single ones in fields with quotes
	TrimLeadingSpace bool
	ReuseRecord      bool // Read may return the slice that it returned before
	TrailingComma    bool // no longer used

	r      *bufio.Reader
	line   int   // lines read so far
	offset int64 // bytes read so far
	text   []byte
	ends   []int // where fields end in text
	places []place
	last   []string
}

// A place is where a field begins.
type place struct{ line, column int }

// NewReader returns a Reader of what r has.
func NewReader(r io.Reader) *Reader {
	return &Reader{Comma: ',', r: bufio.NewReader(r)}
}

// Read reads a record. With ErrFieldCount the record is returned too.
func (r *Reader) Read() (record []string, err error) {
	if !r.ReuseRecord {
		return r.record(nil)
	}
	r.last, err = r.record(r.last)
	return r.last, err
}

// FieldPos returns where a field of the record read last begins.
func (r *Reader) FieldPos(field int) (line, column int) {
	if field < 0 || field >= len(r.places) {
		panic("out of range index passed to FieldPos")
	}
	return r.places[field].line, r.places[field].column
}

// InputOffset returns where the record read last ends.
func (r *Reader) InputOffset() int64 { return r.offset }

// ReadAll reads all records that are left.
func (r *Reader) ReadAll() (records [][]string, err error) {
	for {
		record, err := r.record(nil)
		if err == io.EOF {
			return records, nil
		}
		if err != nil {
			return nil, err
		}
		records = append(records, record)
	}
}

// nextLine reads a line with its end, which is made a single line feed. The error is io.EOF only if there is no line.
func (r *Reader) nextLine() ([]byte, error) {
	line, err := r.r.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		long := bytes.Clone(line)
		for err == bufio.ErrBufferFull {
			line, err = r.r.ReadSlice('\n')
			long = append(long, line...)
		}
		line = long
	}
	n := len(line)
	if n > 0 && err == io.EOF {
		err = nil
		if line[n-1] == '\r' {
			line = line[:n-1]
		}
	}
	r.line++
	r.offset += int64(n)
	if end := len(line) - 2; end >= 0 && line[end] == '\r' && line[end+1] == '\n' {
		line[end] = '\n'
		line = line[:end+1]
	}
	return line, err
}

// lineEnd is the length of the line's end.
func lineEnd(line []byte) int {
	if len(line) > 0 && line[len(line)-1] == '\n' {
		return 1
	}
	return 0
}

func first(b []byte) rune {
	r, _ := utf8.DecodeRune(b)
	return r
}

func (r *Reader) record(dst []string) ([]string, error) {
	if r.Comma == r.Comment || !validDelim(r.Comma) || r.Comment != 0 && !validDelim(r.Comment) {
		return nil, errInvalidDelim
	}
	var line []byte
	var readErr error
	for readErr == nil {
		line, readErr = r.nextLine()
		if r.Comment != 0 && first(line) == r.Comment || readErr == nil && len(line) == lineEnd(line) {
			line = nil
			continue
		}
		break
	}
	if readErr == io.EOF {
		return nil, readErr
	}
	start := r.line
	r.text, r.ends, r.places = r.text[:0], r.ends[:0], r.places[:0]
	readErr, err := r.fields(line, readErr)
	if err == nil {
		err = readErr
	}
	all := string(r.text)
	if cap(dst) < len(r.ends) {
		dst = make([]string, len(r.ends))
	}
	dst = dst[:len(r.ends)]
	from := 0
	for i, end := range r.ends {
		dst[i] = all[from:end]
		from = end
	}
	if r.FieldsPerRecord > 0 {
		if len(dst) != r.FieldsPerRecord && err == nil {
			err = &ParseError{start, start, 1, ErrFieldCount}
		}
	} else if r.FieldsPerRecord == 0 {
		r.FieldsPerRecord = len(dst)
	}
	return dst, err
}

// fields takes a record apart that begins with line.
func (r *Reader) fields(line []byte, readErr error) (readErr2, err error) {
	start := r.line
	at := place{r.line, 1}
	commaLen := utf8.RuneLen(r.Comma)
	field := func(begin place) {
		r.ends = append(r.ends, len(r.text))
		r.places = append(r.places, begin)
	}
	for {
		if r.TrimLeadingSpace {
			i := bytes.IndexFunc(line, func(r rune) bool { return !unicode.IsSpace(r) })
			if i < 0 {
				i = len(line)
				at.column -= lineEnd(line)
			}
			line = line[i:]
			at.column += i
		}
		if len(line) == 0 || line[0] != '"' {
			i := bytes.IndexRune(line, r.Comma)
			text := line[:len(line)-lineEnd(line)]
			if i >= 0 {
				text = line[:i]
			}
			if !r.LazyQuotes {
				if j := bytes.IndexByte(text, '"'); j >= 0 {
					return readErr, &ParseError{start, r.line, at.column + j, ErrBareQuote}
				}
			}
			r.text = append(r.text, text...)
			field(at)
			if i < 0 {
				return readErr, nil
			}
			line = line[i+commaLen:]
			at.column += i + commaLen
			continue
		}
		begin := at
		line = line[1:]
		at.column++
	quoted:
		for {
			i := bytes.IndexByte(line, '"')
			switch {
			case i >= 0:
				r.text = append(r.text, line[:i]...)
				line = line[i+1:]
				at.column += i + 1
				switch c := first(line); {
				case c == '"':
					r.text = append(r.text, '"')
					line = line[1:]
					at.column++
				case c == r.Comma:
					line = line[commaLen:]
					at.column += commaLen
					field(begin)
					break quoted
				case lineEnd(line) == len(line):
					field(begin)
					return readErr, nil
				case r.LazyQuotes:
					r.text = append(r.text, '"')
				default:
					return readErr, &ParseError{start, r.line, at.column - 1, ErrQuote}
				}
			case len(line) > 0: // it goes on in the next line
				r.text = append(r.text, line...)
				if readErr != nil {
					return readErr, nil
				}
				at.column += len(line)
				line, readErr = r.nextLine()
				if len(line) > 0 {
					at = place{at.line + 1, 1}
				}
				if readErr == io.EOF {
					readErr = nil
				}
			default: // the text ends inside the quotes
				if !r.LazyQuotes && readErr == nil {
					return readErr, &ParseError{start, at.line, at.column, ErrQuote}
				}
				field(begin)
				return readErr, nil
			}
		}
	}
}

// A Writer writes records, through a buffer: call Flush and Error at the end.
type Writer struct {
	Comma   rune // what separates fields
	UseCRLF bool // lines end with \r\n
	w       *bufio.Writer
}

// NewWriter returns a Writer to w.
func NewWriter(w io.Writer) *Writer {
	return &Writer{Comma: ',', w: bufio.NewWriter(w)}
}

// Write writes a record, with quotes where they are needed.
func (w *Writer) Write(record []string) error {
	if !validDelim(w.Comma) {
		return errInvalidDelim
	}
	var out []byte
	for i, field := range record {
		if i > 0 {
			out = utf8.AppendRune(out, w.Comma)
		}
		if !w.needsQuotes(field) {
			out = append(out, field...)
			continue
		}
		out = append(out, '"')
		for i := range len(field) {
			switch c := field[i]; {
			case c == '"':
				out = append(out, `""`...)
			case c == '\n' && w.UseCRLF:
				out = append(out, "\r\n"...)
			case c != '\r' || !w.UseCRLF:
				out = append(out, c)
			}
		}
		out = append(out, '"')
	}
	if w.UseCRLF {
		out = append(out, '\r')
	}
	_, err := w.w.Write(append(out, '\n'))
	return err
}

// Flush writes what is buffered.
func (w *Writer) Flush() { w.w.Flush() }

// Error returns the first error of a Write or Flush.
func (w *Writer) Error() error {
	_, err := w.w.Write(nil)
	return err
}

// WriteAll writes records and flushes.
func (w *Writer) WriteAll(records [][]string) error {
	for _, record := range records {
		if err := w.Write(record); err != nil {
			return err
		}
	}
	return w.w.Flush()
}

// needsQuotes: separators, quotes, line ends, a space in front; and \. which means an end to some databases.
func (w *Writer) needsQuotes(field string) bool {
	if field == "" {
		return false
	}
	if field == `\.` || strings.ContainsRune(field, w.Comma) || strings.ContainsAny(field, "\"\r\n") {
		return true
	}
	r, _ := utf8.DecodeRuneInString(field)
	return unicode.IsSpace(r)
}

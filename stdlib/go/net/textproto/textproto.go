// Package textproto is what protocols of lines of text have in common: heads, numbered answers, bodies with dots.
package textproto

import (
	"bufio"
	"errors"
	"fmt"
	"internal/httphead"
	"io"
	"strconv"
	"strings"
)

// Error is an answer with a number that says that something went wrong.
type Error struct {
	Code int
	Msg  string
}

func (e *Error) Error() string { return fmt.Sprintf("%03d %s", e.Code, e.Msg) }

// ProtocolError is an answer that is none.
type ProtocolError string

func (p ProtocolError) Error() string { return string(p) }

// MIMEHeader is the keys and values of a head. Keys are in canonical form.
type MIMEHeader map[string][]string

// Add adds a value to a key.
func (h MIMEHeader) Add(key, value string) {
	key = CanonicalMIMEHeaderKey(key)
	h[key] = append(h[key], value)
}

// Set replaces all values of a key.
func (h MIMEHeader) Set(key, value string) { h[CanonicalMIMEHeaderKey(key)] = []string{value} }

// Get returns a key's first value, or nothing.
func (h MIMEHeader) Get(key string) string {
	if v := h[CanonicalMIMEHeaderKey(key)]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// Values returns all values of a key, not copied.
func (h MIMEHeader) Values(key string) []string { return h[CanonicalMIMEHeaderKey(key)] }

// Del deletes a key.
func (h MIMEHeader) Del(key string) { delete(h, CanonicalMIMEHeaderKey(key)) }

// CanonicalMIMEHeaderKey returns a key in canonical form: "accept-encoding" becomes "Accept-Encoding".
func CanonicalMIMEHeaderKey(s string) string { return httphead.Canonical(s) }

// TrimString takes space off both ends.
func TrimString(s string) string { return strings.Trim(s, " \t\r\n") }

// TrimBytes takes space off both ends.
func TrimBytes(b []byte) []byte {
	for len(b) > 0 && isSpace(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && isSpace(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// Reader reads lines.
type Reader struct {
	R *bufio.Reader
}

// NewReader returns a Reader.
func NewReader(r *bufio.Reader) *Reader { return &Reader{R: r} }

// ReadLine reads a line without its end.
func (r *Reader) ReadLine() (string, error) {
	b, err := r.ReadLineBytes()
	return string(b), err
}

// ReadLineBytes reads a line without its end.
func (r *Reader) ReadLineBytes() ([]byte, error) {
	var line []byte
	for {
		l, more, err := r.R.ReadLine()
		if err != nil {
			return nil, err
		}
		line = append(line, l...)
		if !more {
			return line, nil
		}
	}
}

// ReadContinuedLine reads a line with those behind it that begin with space.
func (r *Reader) ReadContinuedLine() (string, error) {
	line, err := r.ReadLine()
	if err != nil || line == "" {
		return line, err
	}
	line = strings.Trim(line, " \t")
	for {
		if c, err := r.R.Peek(1); err != nil || c[0] != ' ' && c[0] != '\t' {
			return line, nil
		}
		next, err := r.ReadLine()
		if err != nil {
			return line, nil
		}
		line += " " + strings.Trim(next, " \t")
	}
}

// ReadMIMEHeader reads a head with its empty line.
func (r *Reader) ReadMIMEHeader() (MIMEHeader, error) {
	h := MIMEHeader{}
	if c, err := r.R.Peek(1); err == nil && (c[0] == ' ' || c[0] == '\t') {
		line, err := r.ReadLine()
		if err != nil {
			return h, err
		}
		return h, ProtocolError("malformed MIME header initial line: " + line)
	}
	for {
		line, err := r.ReadContinuedLine()
		if line == "" {
			return h, err
		}
		fields, bad := httphead.Split(line, httphead.NoLine)
		if bad != 0 || len(fields) != 2 {
			return h, ProtocolError("malformed MIME header line: " + line)
		}
		h[fields[0]] = append(h[fields[0]], fields[1])
		if err != nil {
			return h, err
		}
	}
}

// ReadCodeLine reads an answer of one line: a number and a text. expectCode is the number or its first digits.
func (r *Reader) ReadCodeLine(expectCode int) (code int, message string, err error) {
	code, more, message, err := r.codeLine(expectCode)
	if err == nil && more {
		err = ProtocolError("unexpected multi-line response: " + message)
	}
	return code, message, err
}

func (r *Reader) codeLine(expect int) (code int, more bool, message string, err error) {
	line, err := r.ReadLine()
	if err != nil {
		return 0, false, "", err
	}
	if len(line) < 4 || line[3] != ' ' && line[3] != '-' {
		return 0, false, "", ProtocolError("short response: " + line)
	}
	more = line[3] == '-'
	code, err = strconv.Atoi(line[:3])
	if err != nil || code < 100 {
		return 0, more, "", ProtocolError("invalid response code: " + line)
	}
	message = line[4:]
	if 1 <= expect && expect < 10 && code/100 != expect || 10 <= expect && expect < 100 && code/10 != expect ||
		100 <= expect && expect < 1000 && code != expect {
		err = &Error{code, message}
	}
	return code, more, message, err
}

// ReadResponse reads an answer of one or more lines.
func (r *Reader) ReadResponse(expectCode int) (code int, message string, err error) {
	code, more, message, err := r.codeLine(expectCode)
	several := more
	for more {
		line, e := r.ReadLine()
		if e != nil {
			return 0, "", e
		}
		if len(line) >= 4 && line[:3] == strconv.Itoa(code) && (line[3] == ' ' || line[3] == '-') {
			more = line[3] == '-'
			line = line[4:]
		}
		message += "\n" + line
	}
	if err != nil && several && message != "" {
		err = &Error{code, message}
	}
	return code, message, err
}

// ReadDotLines reads lines until one with a dot alone.
func (r *Reader) ReadDotLines() ([]string, error) {
	var out []string
	for {
		line, err := r.ReadLine()
		if err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return out, err
		}
		if strings.HasPrefix(line, ".") {
			if line == "." {
				return out, nil
			}
			line = line[1:]
		}
		out = append(out, line)
	}
}

// ReadDotBytes reads lines until one with a dot alone, with line feeds between them.
func (r *Reader) ReadDotBytes() ([]byte, error) {
	lines, err := r.ReadDotLines()
	var b []byte
	for _, l := range lines {
		b = append(append(b, l...), '\n')
	}
	return b, err
}

// Writer writes lines.
type Writer struct {
	W *bufio.Writer
}

// NewWriter returns a Writer.
func NewWriter(w *bufio.Writer) *Writer { return &Writer{W: w} }

// PrintfLine writes a line, and sends it.
func (w *Writer) PrintfLine(format string, args ...any) error {
	fmt.Fprintf(w.W, format, args...)
	w.W.WriteString("\r\n")
	return w.W.Flush()
}

// Conn reads and writes lines on a connection.
type Conn struct {
	Reader
	Writer
	conn io.ReadWriteCloser
}

// NewConn returns a Conn.
func NewConn(conn io.ReadWriteCloser) *Conn {
	return &Conn{Reader{bufio.NewReader(conn)}, Writer{bufio.NewWriter(conn)}, conn}
}

// Close closes the connection.
func (c *Conn) Close() error {
	if c.conn == nil {
		return errors.New("textproto: no connection")
	}
	return c.conn.Close()
}

// Package json turns Go values into JSON and back. (RFC 8259)
//
// A type is looked at once: an encoder and a decoder are made of the functions of its parts and kept. They work on
// memory, by addresses and offsets. Texts are checked, taken apart and written by package internal/jsonwire; a decoder
// walks over tokens of a text that is known to be right, so that its only errors are about types, of which the first
// is returned in the end, when everything else was stored.
package json

import (
	"bytes"
	"encoding/json/jsontext"
	"errors"
	"internal/jsonwire"
	"io"
	"reflect"
	"strconv"
	"strings"
)

// Marshaler: a type that writes itself.
type Marshaler interface {
	MarshalJSON() ([]byte, error)
}

// Unmarshaler: a type that reads itself. It copies what it keeps of the text.
type Unmarshaler interface {
	UnmarshalJSON([]byte) error
}

// RawMessage is a text of a value that is written as it is, and kept when read.
type RawMessage = jsontext.Value

// A Number is a number as it stands in a text.
type Number string

// String returns the text.
func (n Number) String() string { return string(n) }

// Float64 returns the number as a float64.
func (n Number) Float64() (float64, error) { return strconv.ParseFloat(string(n), 64) }

// Int64 returns the number as an int64.
func (n Number) Int64() (int64, error) { return strconv.ParseInt(string(n), 10, 64) }

// isNumber reports whether a text is a JSON number.
func isNumber(s string) bool {
	if s == "" || s[0] != '-' && (s[0] < '0' || s[0] > '9') {
		return false
	}
	end, _, text := jsonwire.Scan([]byte(s), false)
	return text == "" && end == len(s)
}

// ---- errors ----

// A SyntaxError is a text that is no JSON. The error occurred after reading Offset bytes.
type SyntaxError struct {
	msg    string
	Offset int64
}

func (e *SyntaxError) Error() string { return e.msg }

// An UnmarshalTypeError is a value that does not suit a Go type.
type UnmarshalTypeError struct {
	Value  string       // what it is: "bool", "array", "number -5"
	Type   reflect.Type // the Go type
	Offset int64        // the error occurred after reading so many bytes
	Struct string       // the name of the outermost type
	Field  string       // the path to the value
	Err    error        // may be nil
}

func (e *UnmarshalTypeError) Error() string {
	into := "Go value"
	if e.Struct != "" || e.Field != "" {
		into = "Go struct field "
		last := e.Field[strings.LastIndexByte(e.Field, '.')+1:]
		if last != "" && strings.Trim(last, "0123456789") == "" {
			into = "" // an element of a list
		}
		into += e.Struct + "." + e.Field
	}
	s := "json: cannot unmarshal " + e.Value + " into " + into + " of type " + e.Type.String()
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *UnmarshalTypeError) Unwrap() error { return e.Err }

// UnmarshalFieldError is no longer used.
type UnmarshalFieldError struct {
	Key   string
	Type  reflect.Type
	Field reflect.StructField
}

func (e *UnmarshalFieldError) Error() string {
	return "json: cannot unmarshal object key " + strconv.Quote(e.Key) + " into unexported field " + e.Field.Name +
		" of type " + e.Type.String()
}

// An InvalidUnmarshalError is an argument of Unmarshal that is no pointer, or nil.
type InvalidUnmarshalError struct {
	Type reflect.Type
}

func (e *InvalidUnmarshalError) Error() string {
	switch {
	case e.Type == nil:
		return "json: Unmarshal(nil)"
	case e.Type.Kind() != reflect.Pointer:
		return "json: Unmarshal(non-pointer " + e.Type.String() + ")"
	}
	return "json: Unmarshal(nil " + e.Type.String() + ")"
}

// An UnsupportedTypeError is a type that cannot be written.
type UnsupportedTypeError struct {
	Type reflect.Type
}

func (e *UnsupportedTypeError) Error() string { return "json: unsupported type: " + e.Type.String() }

// An UnsupportedValueError is a value that cannot be written.
type UnsupportedValueError struct {
	Value reflect.Value
	Str   string
}

func (e *UnsupportedValueError) Error() string { return "json: unsupported value: " + e.Str }

// InvalidUTF8Error is no longer used: invalid bytes become U+FFFD.
type InvalidUTF8Error struct {
	S string
}

func (e *InvalidUTF8Error) Error() string {
	return "json: invalid UTF-8 in string: " + strconv.Quote(e.S)
}

// A MarshalerError is an error of a type's own method.
type MarshalerError struct {
	Type       reflect.Type
	Err        error
	sourceFunc string
}

func (e *MarshalerError) Error() string {
	method := e.sourceFunc
	if method == "" {
		method = "MarshalJSON"
	}
	return "json: error calling " + method + " for type " + e.Type.String() + ": " + e.Err.Error()
}

func (e *MarshalerError) Unwrap() error { return e.Err }

// ---- texts ----

// Valid reports whether data is a JSON text.
func Valid(data []byte) bool {
	_, text := jsonwire.Check(data)
	return text == ""
}

func syntaxError(offset int, text string) error {
	if text == "" {
		return nil
	}
	return &SyntaxError{text, int64(offset)}
}

// Compact appends a text without blanks to dst.
func Compact(dst *bytes.Buffer, src []byte) error {
	out, offset, text := jsonwire.AppendCompact(dst.AvailableBuffer(), src, false)
	if text != "" {
		return syntaxError(offset, text)
	}
	dst.Write(out)
	return nil
}

// HTMLEscape appends a text whose strings have no characters that mean something in HTML.
func HTMLEscape(dst *bytes.Buffer, src []byte) {
	dst.Write(jsonwire.AppendHTMLEscape(dst.AvailableBuffer(), src))
}

// Indent appends a text over lines, each of which begins with prefix and as many indents as it lies deep.
func Indent(dst *bytes.Buffer, src []byte, prefix, indent string) error {
	out, err := appendIndent(dst.AvailableBuffer(), src, prefix, indent)
	if err == nil {
		dst.Write(out)
	}
	return err
}

func appendIndent(dst, src []byte, prefix, indent string) ([]byte, error) {
	out, offset, text := jsonwire.AppendIndent(dst, src, prefix, indent)
	if text != "" {
		return nil, syntaxError(offset, text)
	}
	behind := len(bytes.TrimRight(src, " \n\r\t"))
	return append(out, src[behind:]...), nil
}

// Marshal returns v as JSON.
func Marshal(v any) ([]byte, error) { return appendValue(nil, v, true) }

// MarshalIndent is Marshal and Indent.
func MarshalIndent(v any, prefix, indent string) ([]byte, error) {
	b, err := Marshal(v)
	if err != nil {
		return nil, err
	}
	return appendIndent(nil, b, prefix, indent)
}

// Unmarshal stores what data says in what v points to.
func Unmarshal(data []byte, v any) error { return unmarshal(data, v, decodeOptions{}) }

// ---- streams ----

// An Encoder writes values, each on a line.
type Encoder struct {
	w              io.Writer
	err            error
	prefix, indent string
	plain          bool // nothing is escaped for HTML
	buf            []byte
}

// NewEncoder returns an Encoder to w.
func NewEncoder(w io.Writer) *Encoder { return &Encoder{w: w} }

// Encode writes v and a line end.
func (enc *Encoder) Encode(v any) error {
	if enc.err != nil {
		return enc.err
	}
	b, err := appendValue(enc.buf[:0], v, !enc.plain)
	if err != nil {
		return err
	}
	enc.buf = b
	if enc.prefix != "" || enc.indent != "" {
		if b, err = appendIndent(nil, b, enc.prefix, enc.indent); err != nil {
			return err
		}
	}
	_, enc.err = enc.w.Write(append(b, '\n'))
	return enc.err
}

// SetIndent makes the encoder write over lines, as Indent does.
func (enc *Encoder) SetIndent(prefix, indent string) { enc.prefix, enc.indent = prefix, indent }

// SetEscapeHTML says whether strings are written without characters that mean something in HTML.
func (enc *Encoder) SetEscapeHTML(on bool) { enc.plain = !on }

// A Token is a Delim, bool, float64, Number, string or nil.
type Token any

// A Delim is one of [ ] { }.
type Delim rune

func (d Delim) String() string { return string(d) }

// What a Decoder expects, in the list or object it is in.
const (
	wantValue      = iota // at the top
	wantFirst             // a value or the end of the list
	wantElem              // an element, behind a comma
	wantListComma         // a comma or the end of the list
	wantFirstKey          // a key or the end of the object
	wantKey               // a key, behind a comma
	wantColon             // a colon
	wantFieldValue        // the value of a field
	wantFieldComma        // a comma or the end of the object
)

// A Decoder reads values one after the other.
type Decoder struct {
	r       io.Reader
	opts    decodeOptions
	buf     []byte
	at      int   // what of buf was consumed
	before  int64 // bytes in front of buf
	readErr error // of r, when buf has all there was
	err     error
	want    int
	outer   []int // what is wanted behind the lists and objects that are open
	holding bool  // the buffer is not moved
	peeked  bool  // More was called
	ended   bool  // Token met the end
}

// NewDecoder returns a Decoder of what r has. It may read more than it needs.
func NewDecoder(r io.Reader) *Decoder { return &Decoder{r: r} }

// UseNumber makes the decoder store numbers in interfaces as Number instead of float64.
func (dec *Decoder) UseNumber() { dec.opts.useNumber = true }

// DisallowUnknownFields makes keys an error that the struct they go to lacks.
func (dec *Decoder) DisallowUnknownFields() { dec.opts.strict = true }

// Buffered returns what was read and not used. It is valid until the next Decode.
func (dec *Decoder) Buffered() io.Reader { return bytes.NewReader(dec.buf[dec.at:]) }

// fill reads more. It reports false at the end.
func (dec *Decoder) fill() bool {
	if dec.readErr != nil {
		return false
	}
	if dec.at > 0 && !dec.holding {
		n := copy(dec.buf, dec.buf[dec.at:])
		dec.before += int64(dec.at)
		dec.buf, dec.at = dec.buf[:n], 0
	}
	if cap(dec.buf)-len(dec.buf) < 512 {
		bigger := make([]byte, len(dec.buf), max(4096, 2*cap(dec.buf)))
		copy(bigger, dec.buf)
		dec.buf = bigger
	}
	for range 100 {
		n, err := dec.r.Read(dec.buf[len(dec.buf):cap(dec.buf)])
		dec.buf = dec.buf[:len(dec.buf)+n]
		dec.readErr = err
		if n > 0 || err != nil {
			return n > 0
		}
	}
	dec.readErr = io.ErrNoProgress
	return false
}

// peek returns the next character that is no blank and moves there, or 0 at the end.
func (dec *Decoder) peek() byte {
	for {
		for i, c := range dec.buf[dec.at:] {
			if c != ' ' && c != '\n' && c != '\r' && c != '\t' {
				dec.at += i
				return c
			}
		}
		if !dec.fill() {
			return 0
		}
	}
}

// wrong is the error of the next character.
func (dec *Decoder) wrong(place string) error {
	c, n := jsonwire.QuoteChar(dec.buf[dec.at:])
	return &SyntaxError{"invalid character " + c + " " + place, dec.before + int64(dec.at+n)}
}

// separator passes over the comma or colon in front of the next value or key. It returns the character that is next.
func (dec *Decoder) separator() (byte, error) {
	c := dec.peek()
	switch dec.want {
	case wantListComma:
		if c == ',' {
			dec.at++
			dec.want = wantElem
			c = dec.peek()
		} else if c != ']' && c != 0 {
			return c, dec.wrong("after array element")
		}
	case wantFieldComma:
		if c == ',' {
			dec.at++
			dec.want = wantKey
			c = dec.peek()
		} else if c != '}' && c != 0 {
			return c, dec.wrong("after object key:value pair")
		}
	case wantColon:
		if c == ':' {
			dec.at++
			dec.want = wantFieldValue
			c = dec.peek()
		} else if c != 0 {
			return c, dec.wrong("after object key")
		}
	}
	return c, nil
}

// passed notes that a value or key was read.
func (dec *Decoder) passed() {
	switch dec.want {
	case wantFirst, wantElem:
		dec.want = wantListComma
	case wantFirstKey, wantKey:
		dec.want = wantColon
	case wantFieldValue:
		dec.want = wantFieldComma
	}
}

// next returns the text of the next value, or key.
func (dec *Decoder) next(key bool) ([]byte, error) {
	for {
		end, offset, text := jsonwire.Scan(dec.buf[dec.at:], key)
		switch {
		case text == jsonwire.Truncated:
		case text != "":
			return nil, syntaxError(int(dec.before)+dec.at+offset, text)
		case dec.at+end == len(dec.buf) && dec.readErr == nil && isDigit(dec.buf[dec.at+end-1]):
			// The number may go on.
		default:
			value := dec.buf[dec.at : dec.at+end]
			dec.at += end
			return value, nil
		}
		if !dec.fill() {
			if text == "" {
				continue
			}
			if dec.readErr != io.EOF {
				return nil, dec.readErr
			}
			return nil, io.ErrUnexpectedEOF
		}
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// Decode reads the next value into what v points to. The error is io.EOF if there is none.
func (dec *Decoder) Decode(v any) error {
	if dec.err != nil {
		return dec.err
	}
	data, err := dec.value()
	if err != nil {
		dec.err = err
		return err
	}
	dec.peeked, dec.ended = false, false
	return unmarshal(data, v, dec.opts)
}

func (dec *Decoder) value() ([]byte, error) {
	c, err := dec.separator()
	switch {
	case err != nil:
		return nil, err
	case c == 0 && dec.readErr != io.EOF:
		return nil, dec.readErr
	case c == 0 && len(dec.outer) == 0:
		return nil, io.EOF
	case c == 0:
		return nil, io.ErrUnexpectedEOF
	case c == ']' && dec.want == wantListComma, c == '}' && dec.want == wantFieldComma:
		return nil, dec.wrong("looking for beginning of value")
	}
	data, err := dec.next(dec.want == wantFirstKey || dec.want == wantKey)
	if err == nil {
		dec.passed()
	}
	return data, err
}

// Token returns the next token. At the end the error is io.EOF.
func (dec *Decoder) Token() (Token, error) {
	if dec.err != nil {
		return nil, dec.err
	}
	at := dec.at
	dec.holding = true
	c, err := dec.separator()
	dec.holding = false
	if err != nil {
		return nil, err
	}
	if c == 0 {
		if dec.readErr != io.EOF {
			return nil, dec.readErr
		}
		dec.ended = true
		return nil, io.EOF
	}
	key := dec.want == wantFirstKey || dec.want == wantKey
	switch {
	case c == '[' && !key:
		dec.open(wantFirst)
		return Delim('['), nil
	case c == '{' && !key:
		dec.open(wantFirstKey)
		return Delim('{'), nil
	case c == ']' && (dec.want == wantFirst || dec.want == wantListComma),
		c == '}' && (dec.want == wantFirstKey || dec.want == wantFieldComma):
		dec.want = dec.outer[len(dec.outer)-1]
		dec.outer = dec.outer[:len(dec.outer)-1]
		dec.at++
		dec.passed()
		dec.peeked, dec.ended = false, false
		return Delim(c), nil
	}
	switch {
	case (c == ']' || c == '}') && (dec.want == wantElem || dec.want == wantKey):
		dec.at = at + bytes.IndexByte(dec.buf[at:], ',') // the comma is what is wrong
		return nil, dec.wrong("looking for beginning of value")
	case key && c != '"' && (isDigit(c) || strings.IndexByte("-tfn{[", c) >= 0):
		return nil, syntaxError(int(dec.before)+dec.at+1, "object member name must be a string")
	case key && c != '"':
		return nil, dec.wrong("looking for beginning of value")
	}
	data, err := dec.next(key)
	if err != nil {
		return nil, err
	}
	dec.passed()
	dec.peeked, dec.ended = false, false
	switch c {
	case 'n':
		return nil, nil
	case 't', 'f':
		return c == 't', nil
	case '"':
		return jsonwire.Unquote(data), nil
	}
	if dec.opts.useNumber {
		return Number(data), nil
	}
	f, err := strconv.ParseFloat(string(data), 64)
	if err != nil {
		return nil, &UnmarshalTypeError{Value: "number " + string(data), Type: reflect.TypeFor[float64](), Offset: dec.InputOffset()}
	}
	return f, nil
}

func (dec *Decoder) open(want int) {
	dec.outer = append(dec.outer, dec.want)
	dec.want = want
	dec.at++
	dec.peeked, dec.ended = false, false
}

// More reports whether the list or object that is open has another element.
func (dec *Decoder) More() bool {
	dec.peeked = true
	if dec.err != nil {
		return dec.err != io.EOF
	}
	at, want := dec.at, dec.want
	dec.holding = true
	c, err := dec.separator()
	dec.holding = false
	if err == nil {
		dec.at, dec.want = at, want // only looked at
	}
	switch {
	case err != nil:
		dec.err = err
		return true
	case c == 0:
		if dec.err = dec.readErr; dec.readErr == io.EOF && len(dec.outer) > 0 {
			dec.err = io.ErrUnexpectedEOF
		}
		return dec.err != io.EOF
	}
	return c != ']' && c != '}'
}

// InputOffset returns where the token read last ends, behind More where the next begins.
func (dec *Decoder) InputOffset() int64 {
	offset := dec.before + int64(dec.at)
	if dec.peeked || dec.ended {
		rest := dec.buf[dec.at:]
		trimmed := bytes.TrimLeft(rest, " \n\r\t")
		if len(trimmed) > 0 {
			offset += int64(len(rest) - len(trimmed))
			if dec.ended && (trimmed[0] == ',' || trimmed[0] == ':') {
				offset++
			}
		}
	}
	return offset
}

var errNilField = errors.New("cannot set embedded pointer to unexported struct type")

package fmt

import (
	"errors"
	"io"
	"math"
	"os"
	"strconv"
	"unicode/utf8"
	"unsafe"
)

// ScanState is the input as a [Scanner] sees it.
type ScanState interface {
	// ReadRune reads the next rune; the end of the operand's input is io.EOF.
	ReadRune() (r rune, size int, err error)
	// UnreadRune gives the rune read last back.
	UnreadRune() error
	// SkipSpace skips white space; newlines as the call demands.
	SkipSpace()
	// Token reads runes that satisfy f, non-space if f is nil. The next call overwrites the token.
	Token(skipSpace bool, f func(rune) bool) (token []byte, err error)
	// Width returns the width, and whether one was given.
	Width() (wid int, ok bool)
	// Read is not to be called; ReadRune takes its place.
	Read(buf []byte) (n int, err error)
}

// Scanner reads itself from the input.
type Scanner interface {
	Scan(state ScanState, verb rune) error
}

// Scan reads values separated by white space from standard input; newlines are white space.
func Scan(a ...any) (n int, err error) { return Fscan(os.Stdin, a...) }

// Scanln is like [Scan], but ends at a newline, which must follow the last value.
func Scanln(a ...any) (n int, err error) { return Fscanln(os.Stdin, a...) }

// Scanf reads values from standard input as a format says.
func Scanf(format string, a ...any) (n int, err error) { return Fscanf(os.Stdin, format, a...) }

type stringReader string

func (r *stringReader) Read(b []byte) (n int, err error) {
	n = copy(b, *r)
	*r = (*r)[n:]
	if n == 0 {
		err = io.EOF
	}
	return n, err
}

// Sscan is [Scan] from a string.
func Sscan(str string, a ...any) (n int, err error) { return Fscan((*stringReader)(&str), a...) }

// Sscanln is [Scanln] from a string.
func Sscanln(str string, a ...any) (n int, err error) { return Fscanln((*stringReader)(&str), a...) }

// Sscanf is [Scanf] from a string.
func Sscanf(str string, format string, a ...any) (n int, err error) {
	return Fscanf((*stringReader)(&str), format, a...)
}

// Fscan is [Scan] from r. Without methods ReadRune and UnreadRune, a rune read too far may be lost between calls.
func Fscan(r io.Reader, a ...any) (n int, err error) {
	s := newScan(r)
	s.nlIsSpace = true
	return s.scan(a)
}

// Fscanln is [Scanln] from r.
func Fscanln(r io.Reader, a ...any) (n int, err error) {
	s := newScan(r)
	s.nlIsEnd = true
	return s.scan(a)
}

// Fscanf is [Scanf] from r.
func Fscanf(r io.Reader, format string, a ...any) (n int, err error) {
	return newScan(r).scanf(format, a)
}

const (
	eof     = -1
	maxWide = 1 << 30 // no width given
)

// scanError is a panic that ends a scan.
type scanError struct {
	err error
}

type ss struct {
	rs        io.RuneScanner
	buf       []byte // the token
	count     int    // runes read
	limit     int    // runes that may be read for this operand
	width     int
	atEOF     bool
	nlIsEnd   bool
	nlIsSpace bool
}

func newScan(r io.Reader) *ss {
	s := &ss{limit: maxWide, width: maxWide}
	var ok bool
	if s.rs, ok = r.(io.RuneScanner); !ok {
		s.rs = &runeReader{r: r, peeked: -1}
	}
	return s
}

// runeReader reads runes from any reader, a byte at a time so that none is taken too much.
type runeReader struct {
	r       io.Reader
	pending []byte // of an invalid encoding
	byte    [1]byte
	peeked  rune // if >= 0 the next rune, else the complement of the last one
}

func (r *runeReader) readByte() (byte, error) {
	if len(r.pending) > 0 {
		c := r.pending[0]
		r.pending = r.pending[1:]
		return c, nil
	}
	_, err := io.ReadFull(r.r, r.byte[:])
	return r.byte[0], err
}

func (r *runeReader) ReadRune() (rune, int, error) {
	if c := r.peeked; c >= 0 {
		r.peeked = ^c
		return c, utf8.RuneLen(c), nil
	}
	c, err := r.readByte()
	if err != nil {
		return 0, 0, err
	}
	if c < utf8.RuneSelf {
		r.peeked = ^rune(c)
		return rune(c), 1, nil
	}
	b := []byte{c}
	for !utf8.FullRune(b) {
		c, err := r.readByte()
		if err == io.EOF {
			break
		}
		if err != nil {
			return 0, 0, err
		}
		b = append(b, c)
	}
	ch, n := utf8.DecodeRune(b)
	r.pending = append(b[n:len(b):len(b)], r.pending...)
	r.peeked = ^ch
	return ch, n, nil
}

func (r *runeReader) UnreadRune() error {
	if r.peeked >= 0 {
		return errors.New("fmt: scanning called UnreadRune with no rune available")
	}
	r.peeked = ^r.peeked
	return nil
}

// ---- ScanState ----

func (s *ss) Read(buf []byte) (n int, err error) {
	return 0, errors.New("ScanState's Read should not be called. Use ReadRune")
}

func (s *ss) ReadRune() (r rune, size int, err error) {
	if s.atEOF || s.count >= s.limit {
		return 0, 0, io.EOF
	}
	r, size, err = s.rs.ReadRune()
	if err == nil {
		s.count++
		s.atEOF = s.nlIsEnd && r == '\n'
	} else if err == io.EOF {
		s.atEOF = true
	}
	return r, size, err
}

func (s *ss) UnreadRune() error {
	s.rs.UnreadRune()
	s.atEOF = false
	s.count--
	return nil
}

func (s *ss) Width() (wid int, ok bool) {
	if s.width == maxWide {
		return 0, false
	}
	return s.width, true
}

func (s *ss) SkipSpace() {
	for {
		r := s.next()
		switch {
		case r == eof:
			return
		case r == '\r' && s.peek("\n"):
		case r == '\n':
			if !s.nlIsSpace {
				s.fail("unexpected newline")
			}
		case !isSpace(r):
			s.UnreadRune()
			return
		}
	}
}

func (s *ss) Token(skipSpace bool, f func(rune) bool) (tok []byte, err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case scanError:
			err = e.err
		default:
			panic(e)
		}
	}()
	if f == nil {
		f = notSpace
	}
	s.buf = s.buf[:0]
	if skipSpace {
		s.SkipSpace()
	}
	return s.token(f), nil
}

// ---- reading ----

// isSpace reports whether r is white space.
func isSpace(r rune) bool

func notSpace(r rune) bool { return !isSpace(r) }

func (s *ss) error(err error)  { panic(scanError{err}) }
func (s *ss) fail(text string) { s.error(errors.New(text)) }

func (s *ss) next() rune {
	r, _, err := s.ReadRune()
	if err != nil {
		if err == io.EOF {
			return eof
		}
		s.error(err)
	}
	return r
}

// must is next where the input must not end.
func (s *ss) must() rune {
	r := s.next()
	if r == eof {
		s.error(io.ErrUnexpectedEOF)
	}
	return r
}

// notEOF checks that there is more; the end here is a plain io.EOF.
func (s *ss) notEOF() {
	if s.next() == eof {
		panic(scanError{io.EOF})
	}
	s.UnreadRune()
}

func has(set string, r rune) bool {
	for _, c := range set {
		if c == r {
			return true
		}
	}
	return false
}

func (s *ss) peek(set string) bool {
	r := s.next()
	if r != eof {
		s.UnreadRune()
	}
	return has(set, r)
}

// skip reads the next rune if it is in set.
func (s *ss) skip(set string) bool {
	r := s.next()
	if r == eof || has(set, r) {
		return r != eof
	}
	s.UnreadRune()
	return false
}

// accept is skip that keeps the rune in the token.
func (s *ss) accept(set string) bool {
	r := s.next()
	if r == eof {
		return false
	}
	if has(set, r) {
		s.buf = utf8.AppendRune(s.buf, r)
		return true
	}
	s.UnreadRune()
	return false
}

func (s *ss) acceptAll(set string) {
	for s.accept(set) {
	}
}

func (s *ss) token(f func(rune) bool) []byte {
	for {
		r := s.next()
		if r == eof {
			return s.buf
		}
		if !f(r) {
			s.UnreadRune()
			return s.buf
		}
		s.buf = utf8.AppendRune(s.buf, r)
	}
}

func (s *ss) check(verb rune, verbs, typ string) {
	if !has(verbs, verb) {
		s.fail("bad verb '%" + string(verb) + "' for " + typ)
	}
}

func (s *ss) bool(verb rune) bool {
	s.SkipSpace()
	s.notEOF()
	s.check(verb, "tv", "boolean")
	ok := true
	switch s.next() {
	case '1':
		return true
	case 't', 'T':
		if s.accept("rR") {
			ok = s.accept("uU") && s.accept("eE")
		}
		if ok {
			return true
		}
	case 'f', 'F':
		if s.accept("aA") {
			ok = s.accept("lL") && s.accept("sS") && s.accept("eE")
		}
	}
	if !ok {
		s.fail("syntax error scanning boolean")
	}
	return false
}

const (
	decimal = "0123456789"
	hex     = "0123456789aAbBcCdDeEfF"
)

// number reads the digits of an integer, behind its sign, and returns the base for strconv.
func (s *ss) number(verb rune) (tok string, base int) {
	digits := decimal
	base = 10
	given := false
	switch verb {
	case 'b':
		base, digits = 2, "01"
	case 'o':
		base, digits = 8, "01234567"
	case 'x', 'X', 'U':
		base, digits = 16, hex
	case 'v':
		base = 0
		if !s.peek("0") {
			digits = decimal + "_"
			break
		}
		s.accept("0")
		given = true
		switch {
		case s.accept("bB"):
			digits = "01_"
		case s.accept("oO"):
			digits = "01234567_"
		case s.accept("xX"):
			digits = hex + "_"
		default:
			digits = "01234567_"
		}
	}
	if !given {
		s.notEOF()
		if !s.accept(digits) {
			s.fail("expected integer")
		}
	}
	s.acceptAll(digits)
	return string(s.buf), base
}

// prefix begins an integer: white space, U+, sign.
func (s *ss) prefix(verb rune, signed bool) {
	s.SkipSpace()
	s.notEOF()
	s.check(verb, "bdoUxXv", "integer")
	if verb == 'U' {
		if !s.skip("U") || !s.skip("+") {
			s.fail("bad unicode format ")
		}
	} else if signed {
		s.accept("+-")
	}
}

func (s *ss) char(bits int) int64 {
	s.notEOF()
	r := int64(s.next())
	if n := 64 - bits; r<<n>>n != r {
		s.fail("overflow on character value " + string(rune(r)))
	}
	return r
}

func (s *ss) int(verb rune, bits int) int64 {
	if verb == 'c' {
		return s.char(bits)
	}
	s.prefix(verb, true)
	tok, base := s.number(verb)
	i, err := strconv.ParseInt(tok, base, 64)
	if err != nil {
		s.error(err)
	}
	if n := 64 - bits; i<<n>>n != i {
		s.fail("integer overflow on token " + tok)
	}
	return i
}

func (s *ss) uint(verb rune, bits int) uint64 {
	if verb == 'c' {
		return uint64(s.char(bits))
	}
	s.prefix(verb, false)
	tok, base := s.number(verb)
	i, err := strconv.ParseUint(tok, base, 64)
	if err != nil {
		s.error(err)
	}
	if n := 64 - bits; i<<n>>n != i {
		s.fail("unsigned integer overflow on token " + tok)
	}
	return i
}

func (s *ss) floatToken() string {
	s.buf = s.buf[:0]
	if s.accept("nN") && s.accept("aA") && s.accept("nN") {
		return string(s.buf)
	}
	s.accept("+-")
	if s.accept("iI") && s.accept("nN") && s.accept("fF") {
		return string(s.buf)
	}
	digits, exp := decimal+"_", "eEpP"
	if s.accept("0") && s.accept("xX") {
		digits, exp = hex+"_", "pP"
	}
	s.acceptAll(digits)
	if s.accept(".") {
		s.acceptAll(digits)
	}
	if s.accept(exp) {
		s.accept("+-")
		s.acceptAll(decimal + "_")
	}
	return string(s.buf)
}

// convert reads a float's text, also a decimal mantissa with an exponent of two as %b prints it.
func (s *ss) convert(tok string, bits int) float64 {
	mantissa, exp := tok, 0
	var err error
	for i := range tok {
		if c := tok[i]; c == 'x' || c == 'X' {
			break
		} else if c == 'p' {
			mantissa = tok[:i]
			exp, err = strconv.Atoi(tok[i+1:])
			break
		}
	}
	f, ferr := strconv.ParseFloat(mantissa, bits)
	if ferr != nil {
		err = ferr
	}
	if err != nil {
		if e, ok := err.(*strconv.NumError); ok {
			e.Num = tok
		}
		s.error(err)
	}
	if exp != 0 {
		f = math.Ldexp(f, exp)
	}
	return f
}

const floatVerbs = "beEfFgGv"

func (s *ss) float(verb rune, bits int) float64 {
	s.check(verb, floatVerbs, "float"+strconv.Itoa(bits))
	s.SkipSpace()
	s.notEOF()
	return s.convert(s.floatToken(), bits)
}

func (s *ss) complex(verb rune, bits int) complex128 {
	s.check(verb, floatVerbs, "complex")
	s.SkipSpace()
	s.notEOF()
	parens := s.accept("(")
	re := s.floatToken()
	s.buf = s.buf[:0]
	ok := s.accept("+-")
	im := string(s.buf)
	if ok {
		im += s.floatToken()
		ok = s.accept("i") && (!parens || s.accept(")"))
	}
	if !ok {
		s.fail("syntax error scanning complex number")
	}
	return complex(s.convert(re, bits/2), s.convert(im, bits/2))
}

func (s *ss) string(verb rune) string {
	s.check(verb, "svqxX", "string")
	s.SkipSpace()
	s.notEOF()
	switch verb {
	case 'q':
		return s.quoted()
	case 'x', 'X':
		return s.hexString()
	}
	return string(s.token(notSpace))
}

func (s *ss) quoted() string {
	quote := s.next()
	switch quote {
	case '`':
		for r := s.must(); r != quote; r = s.must() {
			s.buf = utf8.AppendRune(s.buf, r)
		}
		return string(s.buf)
	case '"':
		s.buf = append(s.buf, '"')
		for {
			r := s.must()
			s.buf = utf8.AppendRune(s.buf, r)
			if r == '"' {
				break
			}
			if r == '\\' {
				s.buf = utf8.AppendRune(s.buf, s.must())
			}
		}
		text, err := strconv.Unquote(string(s.buf))
		if err != nil {
			s.error(err)
		}
		return text
	}
	s.fail("expected quoted string")
	return ""
}

func (s *ss) hexString() string {
	for s.accept(hex) {
		r := s.must()
		if !has(hex, r) {
			s.fail("illegal hex digit")
		}
		s.buf = append(s.buf, byte(r))
	}
	if len(s.buf) == 0 {
		s.fail("no hex data for %x string")
	}
	for i := 0; i < len(s.buf); i += 2 {
		c, _ := strconv.ParseUint(string(s.buf[i:i+2]), 16, 8)
		s.buf[i/2] = byte(c)
	}
	return string(s.buf[:len(s.buf)/2])
}

// target says what a pointer points to: the kind (reflect's number; 0: no pointer), where, and how large it is.
func target(arg any) (kind int, ptr unsafe.Pointer, size int)

// typeName returns the type of v as %T prints it.
func typeName(v any) string

func (s *ss) one(verb rune, arg any) {
	s.buf = s.buf[:0]
	if v, ok := arg.(Scanner); ok {
		if err := v.Scan(s, verb); err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			s.error(err)
		}
		return
	}
	kind, p, size := target(arg)
	switch kind {
	case 0:
		s.fail("type not a pointer: " + typeName(arg))
	case 1:
		*(*bool)(p) = s.bool(verb)
	case 2, 3, 4, 5, 6:
		i := s.int(verb, size*8)
		store(p, size, uint64(i))
	case 7, 8, 9, 10, 11, 12:
		store(p, size, s.uint(verb, size*8))
	case 13:
		*(*float32)(p) = float32(s.float(verb, 32))
	case 14:
		*(*float64)(p) = s.float(verb, 64)
	case 15:
		*(*complex64)(p) = complex64(s.complex(verb, 64))
	case 16:
		*(*complex128)(p) = s.complex(verb, 128)
	case 24:
		*(*string)(p) = s.string(verb)
	case 23: // bytes
		*(*[]byte)(p) = []byte(s.string(verb))
	default:
		s.fail("can't scan type: " + typeName(arg))
	}
}

func store(p unsafe.Pointer, size int, v uint64) {
	switch size {
	case 1:
		*(*uint8)(p) = uint8(v)
	case 2:
		*(*uint16)(p) = uint16(v)
	case 4:
		*(*uint32)(p) = uint32(v)
	default:
		*(*uint64)(p) = v
	}
}

// catch turns a scanError into an error.
func catch(err *error) {
	switch e := recover().(type) {
	case nil:
	case scanError:
		*err = e.err
	case error:
		if e != io.EOF { // a Scanner may panic with it
			panic(e)
		}
		*err = e
	default:
		panic(e)
	}
}

func (s *ss) scan(a []any) (n int, err error) {
	defer catch(&err)
	for _, arg := range a {
		s.one('v', arg)
		n++
	}
	if s.nlIsEnd {
		for {
			r := s.next()
			if r == '\n' || r == eof {
				break
			}
			if !isSpace(r) {
				s.fail("expected newline")
			}
		}
	}
	return n, nil
}

// spaces matches a run of white space in the format: each newline in it one in the input, with spaces before it, and
// trailing spaces any number of them.
func (s *ss) spaces(newlines int, trailing bool) {
	for range newlines {
		r := s.next()
		for isSpace(r) && r != '\n' {
			r = s.next()
		}
		if r != '\n' && r != eof {
			s.fail("newline in format does not match input")
		}
	}
	if !trailing {
		return
	}
	r := s.next()
	if newlines == 0 {
		if !isSpace(r) && r != eof {
			s.fail("expected space in input to match format")
		}
		if r == '\n' {
			s.fail("newline in input does not match format")
		}
	}
	for isSpace(r) && r != '\n' {
		r = s.next()
	}
	if r != eof {
		s.UnreadRune()
	}
}

// literal matches the format up to a verb: its length, -1 if the input differs.
func (s *ss) literal(format string) (i int) {
	for i < len(format) {
		c, w := utf8.DecodeRuneInString(format[i:])
		if isSpace(c) {
			newlines, trailing := 0, false
			for ; i < len(format) && isSpace(c); c, w = utf8.DecodeRuneInString(format[i:]) {
				if trailing = c != '\n'; !trailing {
					newlines++
				}
				i += w
			}
			s.spaces(newlines, trailing)
			continue
		}
		if c == '%' {
			if i+1 == len(format) {
				s.fail("missing verb: % at end of format string")
			}
			if format[i+1] != '%' {
				return i
			}
			i++
		}
		if s.must() != c {
			s.UnreadRune()
			return -1
		}
		i += w
	}
	return i
}

func (s *ss) scanf(format string, a []any) (n int, err error) {
	defer catch(&err)
	for i := 0; i < len(format); {
		w := s.literal(format[i:])
		if w > 0 {
			i += w
			continue
		}
		if format[i] != '%' {
			if w < 0 {
				s.fail("input does not match format")
			}
			break
		}
		i++
		s.width = maxWide
		for given := 0; i < len(format)-1 && '0' <= format[i] && format[i] <= '9'; i++ {
			if given = given*10 + int(format[i]-'0'); given > 10e6 {
				i = len(format) - 2
				s.width = maxWide
				continue
			}
			s.width = given
		}
		c, w := utf8.DecodeRuneInString(format[i:])
		i += w
		if c != 'c' {
			s.SkipSpace()
		}
		if c == '%' {
			s.SkipSpace()
			s.notEOF()
			if !s.accept("%") {
				s.fail("missing literal %")
			}
			continue
		}
		s.limit = min(s.count+s.width, maxWide)
		if n >= len(a) {
			s.fail("too few operands for format '%" + format[i-w:] + "'")
		}
		s.one(c, a[n])
		n++
		s.limit = maxWide
	}
	if n < len(a) {
		s.fail("too many operands")
	}
	return n, nil
}

// Package scanner splits text into tokens like those of Go.
package scanner

import (
	"fmt"
	"io"
	"os"
	"unicode"
	"unicode/utf8"
)

// Position is a place in a source; it is valid if Line > 0.
type Position struct {
	Filename string // if any
	Offset   int    // in bytes, from 0 on
	Line     int    // from 1 on
	Column   int    // in characters, from 1 on
}

// IsValid reports whether there is a line.
func (pos *Position) IsValid() bool { return pos.Line > 0 }

func (pos Position) String() string {
	s := pos.Filename
	if s == "" {
		s = "<input>"
	}
	if pos.IsValid() {
		s += fmt.Sprintf(":%d:%d", pos.Line, pos.Column)
	}
	return s
}

// What is recognized; see Scanner.Mode.
const (
	ScanIdents     = 1 << -Ident
	ScanInts       = 1 << -Int
	ScanFloats     = 1 << -Float // and Ints, and hexadecimal floats
	ScanChars      = 1 << -Char
	ScanStrings    = 1 << -String
	ScanRawStrings = 1 << -RawString
	ScanComments   = 1 << -Comment
	SkipComments   = 1 << -skipComment // with ScanComments, comments are white space
	GoTokens       = ScanIdents | ScanFloats | ScanChars | ScanStrings | ScanRawStrings | ScanComments | SkipComments
)

// Tokens; a character stands for itself.
const (
	EOF = -(iota + 1)
	Ident
	Int
	Float
	Char
	String
	RawString
	Comment
	skipComment
)

var names = map[rune]string{
	EOF:       "EOF",
	Ident:     "Ident",
	Int:       "Int",
	Float:     "Float",
	Char:      "Char",
	String:    "String",
	RawString: "RawString",
	Comment:   "Comment",
}

// TokenString returns a name of a token.
func TokenString(tok rune) string {
	if s, ok := names[tok]; ok {
		return s
	}
	return fmt.Sprintf("%q", string(tok))
}

// GoWhitespace is what Go takes for white space.
const GoWhitespace = 1<<'\t' | 1<<'\n' | 1<<'\r' | 1<<' '

const (
	bufSize  = 1024
	notBegun = -2
)

// Scanner reads tokens and characters.
type Scanner struct {
	src      io.Reader
	buf      []byte // read, but not looked at
	readErr  error  // what comes behind buf
	storage  [bufSize]byte
	ch       rune    // the next character
	raw      [4]byte // and its bytes
	width    int
	offset   int // behind ch
	line     int
	column   int // of ch; 0 if it is a newline
	lastLine int // how long the line before is

	collecting bool
	text       []byte // of the token

	// Error is called for each error; without it they are printed.
	Error func(s *Scanner, msg string)

	// ErrorCount counts errors.
	ErrorCount int

	// Mode says which tokens are recognized.
	Mode uint

	// Whitespace has a bit for each character up to ' ' that is white space.
	Whitespace uint64

	// IsIdentRune says whether ch may be the character i of an identifier. Without it identifiers are Go's.
	IsIdentRune func(ch rune, i int) bool

	// Position is where the last token begins; it is invalid behind Init and Next.
	Position
}

// Init begins with a new source, and sets everything but Filename to its default.
func (s *Scanner) Init(src io.Reader) *Scanner {
	name := s.Filename
	*s = Scanner{src: src, ch: notBegun, line: 1, Mode: GoTokens, Whitespace: GoWhitespace}
	s.Filename = name
	return s
}

// fill reads until there is a whole character, or no more.
func (s *Scanner) fill() {
	for s.readErr == nil && !utf8.FullRune(s.buf) {
		n := copy(s.storage[:], s.buf)
		m, err := s.src.Read(s.storage[n:])
		s.buf = s.storage[:n+m]
		if s.readErr = err; err != nil && err != io.EOF {
			s.error(err.Error())
		}
	}
}

// next takes the character ch into the token, and reads the one behind it.
func (s *Scanner) next() rune {
	if s.collecting {
		s.text = append(s.text, s.raw[:s.width]...)
	}
	before := s.width
	s.width = 0
	if s.fill(); len(s.buf) == 0 {
		if before > 0 {
			s.column++
		}
		s.ch = EOF
		return EOF
	}
	ch, n := utf8.DecodeRune(s.buf)
	copy(s.raw[:], s.buf[:n])
	s.buf = s.buf[n:]
	s.ch, s.width = ch, n
	s.offset += n
	s.column++
	switch {
	case ch == utf8.RuneError && n == 1:
		s.error("invalid UTF-8 encoding")
	case ch == 0:
		s.error("invalid character NUL")
	case ch == '\n':
		s.line++
		s.lastLine, s.column = s.column, 0
	}
	return ch
}

// Next reads a character.
func (s *Scanner) Next() rune {
	s.text, s.collecting = s.text[:0], false
	s.Line = 0
	ch := s.Peek()
	if ch != EOF {
		s.next()
	}
	return ch
}

// Peek returns the next character without reading it.
func (s *Scanner) Peek() rune {
	if s.ch == notBegun {
		if s.next() == '\uFEFF' {
			s.next()
		}
	}
	return s.ch
}

func (s *Scanner) error(msg string) {
	s.ErrorCount++
	if s.Error != nil {
		s.Error(s, msg)
		return
	}
	pos := s.Position
	if !pos.IsValid() {
		pos = s.Pos()
	}
	fmt.Fprintf(os.Stderr, "%s: %s\n", pos, msg)
}

func (s *Scanner) errorf(format string, args ...any) { s.error(fmt.Sprintf(format, args...)) }

func (s *Scanner) isIdentRune(ch rune, i int) bool {
	if s.IsIdentRune != nil {
		return ch != EOF && s.IsIdentRune(ch, i)
	}
	return ch == '_' || unicode.IsLetter(ch) || unicode.IsDigit(ch) && i > 0
}

func lower(ch rune) rune     { return ch | 0x20 }
func isDecimal(ch rune) bool { return '0' <= ch && ch <= '9' }
func isHex(ch rune) bool     { return isDecimal(ch) || 'a' <= lower(ch) && lower(ch) <= 'f' }

// What a run of digits has.
const (
	someDigit = 1 << iota
	someSeparator
)

func (s *Scanner) digits(base int, invalid *rune) (has int) {
	for ch := s.ch; ; ch = s.next() {
		switch {
		case ch == '_':
			has |= someSeparator
			continue
		case base > 10 && isHex(ch):
		case base <= 10 && isDecimal(ch):
			if int(ch-'0') >= base && invalid != nil && *invalid == 0 {
				*invalid = ch
			}
		default:
			return has
		}
		has |= someDigit
	}
}

func (s *Scanner) number(seenDot bool) rune {
	base, prefix, invalid := 10, rune(0), rune(0)
	what := "decimal literal"
	tok, has := rune(Int), 0
	if !seenDot {
		if s.ch == '0' {
			switch lower(s.next()) {
			case 'x':
				s.next()
				base, prefix, what = 16, 'x', "hexadecimal literal"
			case 'o':
				s.next()
				base, prefix, what = 8, 'o', "octal literal"
			case 'b':
				s.next()
				base, prefix, what = 2, 'b', "binary literal"
			default:
				base, prefix, what = 8, '0', "octal literal"
				has = someDigit
			}
		}
		has |= s.digits(base, &invalid)
		if s.ch == '.' && s.Mode&ScanFloats != 0 {
			s.next()
			seenDot = true
		}
	}
	if seenDot {
		tok = Float
		if prefix == 'o' || prefix == 'b' {
			s.error("invalid radix point in " + what)
		}
		has |= s.digits(base, &invalid)
	}
	if has&someDigit == 0 {
		s.error(what + " has no digits")
	}
	if e := lower(s.ch); (e == 'e' || e == 'p') && s.Mode&ScanFloats != 0 {
		switch {
		case e == 'e' && prefix != 0 && prefix != '0':
			s.errorf("%q exponent requires decimal mantissa", s.ch)
		case e == 'p' && prefix != 'x':
			s.errorf("%q exponent requires hexadecimal mantissa", s.ch)
		}
		tok = Float
		if ch := s.next(); ch == '+' || ch == '-' {
			s.next()
		}
		exp := s.digits(10, nil)
		if has |= exp; exp&someDigit == 0 {
			s.error("exponent has no digits")
		}
	} else if prefix == 'x' && tok == Float {
		s.error("hexadecimal mantissa requires a 'p' exponent")
	}
	if tok == Int && invalid != 0 {
		s.errorf("invalid digit %q in %s", invalid, what)
	}
	if has&someSeparator != 0 && badSeparator(string(s.text)) {
		s.error("'_' must separate successive digits")
	}
	return tok
}

// badSeparator reports whether a _ is not between digits, or between a prefix and a digit.
func badSeparator(x string) bool {
	digit := func(i int) bool {
		if i < 0 || i >= len(x) {
			return false
		}
		hex := len(x) > 1 && x[0] == '0' && lower(rune(x[1])) == 'x'
		if i == 1 && x[0] == '0' && (lower(rune(x[1])) == 'b' || lower(rune(x[1])) == 'o' || hex) {
			return true
		}
		return isDecimal(rune(x[i])) || hex && isHex(rune(x[i]))
	}
	for i := range len(x) {
		if x[i] == '_' && !(digit(i-1) && digit(i+1)) {
			return true
		}
	}
	return false
}

func (s *Scanner) escapedDigits(base, n int) {
	for ; n > 0; n-- {
		d, ch := 16, s.ch
		if isDecimal(ch) {
			d = int(ch - '0')
		} else if isHex(ch) {
			d = int(lower(ch)-'a') + 10
		}
		if d >= base {
			s.error("invalid char escape")
			return
		}
		s.next()
	}
}

func (s *Scanner) escape(quote rune) {
	switch ch := s.next(); ch {
	case 'a', 'b', 'f', 'n', 'r', 't', 'v', '\\', quote:
		s.next()
	case '0', '1', '2', '3', '4', '5', '6', '7':
		s.escapedDigits(8, 3)
	case 'x', 'u', 'U':
		s.next()
		s.escapedDigits(16, map[rune]int{'x': 2, 'u': 4, 'U': 8}[ch])
	default:
		s.error("invalid char escape")
	}
}

// quoted reads up to the closing quote, and returns how many characters there are.
func (s *Scanner) quoted(quote rune) (n int) {
	for s.next(); s.ch != quote; n++ {
		switch {
		case s.ch == '\n' || s.ch < 0:
			s.error("literal not terminated")
			return
		case s.ch == '\\':
			s.escape(quote)
		default:
			s.next()
		}
	}
	return
}

func (s *Scanner) rawString() {
	for s.next() != '`' {
		if s.ch < 0 {
			s.error("literal not terminated")
			return
		}
	}
}

func (s *Scanner) comment() {
	if s.ch == '/' {
		for s.ch != '\n' && s.ch >= 0 {
			s.next()
		}
		return
	}
	for s.next(); s.ch >= 0; {
		star := s.ch == '*'
		if s.next(); star && s.ch == '/' {
			s.next()
			return
		}
	}
	s.error("comment not terminated")
}

// Scan reads a token that Mode allows, or a character.
func (s *Scanner) Scan() rune {
	s.Peek()
	for {
		s.text, s.collecting = s.text[:0], false
		s.Line = 0
		for s.Whitespace&(1<<uint(s.ch)) != 0 {
			s.next()
		}
		s.collecting = true
		s.Offset = s.offset - s.width
		if s.Line, s.Column = s.line, s.column; s.column == 0 {
			s.Line, s.Column = s.line-1, s.lastLine
		}
		if tok := s.token(); tok != skipComment {
			s.collecting = false
			return tok
		}
	}
}

func (s *Scanner) token() (tok rune) {
	mode := func(bits uint) bool { return s.Mode&bits != 0 }
	tok = s.ch
	switch {
	case s.isIdentRune(tok, 0):
		s.next()
		if mode(ScanIdents) {
			for i := 1; s.isIdentRune(s.ch, i); i++ {
				s.next()
			}
			tok = Ident
		}
	case isDecimal(tok) && mode(ScanInts|ScanFloats):
		tok = s.number(false)
	case tok == EOF:
	case tok == '"':
		if mode(ScanStrings) {
			s.quoted('"')
			tok = String
		}
		s.next()
	case tok == '\'':
		if mode(ScanChars) {
			if s.quoted('\'') != 1 {
				s.error("invalid char literal")
			}
			tok = Char
		}
		s.next()
	case tok == '.':
		if s.next(); isDecimal(s.ch) && mode(ScanFloats) {
			tok = s.number(true)
		}
	case tok == '/':
		if s.next(); (s.ch == '/' || s.ch == '*') && mode(ScanComments) {
			tok = Comment
			if mode(SkipComments) {
				s.collecting = false
				s.text = s.text[:0]
				tok = skipComment
			}
			s.comment()
		}
	case tok == '`':
		if mode(ScanRawStrings) {
			s.rawString()
			tok = RawString
		}
		s.next()
	default:
		s.next()
	}
	return
}

// Pos returns the position behind what was read last.
func (s *Scanner) Pos() (pos Position) {
	pos.Filename = s.Filename
	pos.Offset = s.offset - s.width
	switch {
	case s.column > 0:
		pos.Line, pos.Column = s.line, s.column
	case s.lastLine > 0:
		pos.Line, pos.Column = s.line-1, s.lastLine
	default:
		pos.Line, pos.Column = 1, 1
	}
	return
}

// TokenText returns the text of the last token.
func (s *Scanner) TokenText() string { return string(s.text) }

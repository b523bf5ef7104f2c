package parse

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A kind is what a token is.
type kind int

const (
	tokError kind = iota // the text says what is wrong
	tokEOF
	tokText
	tokComment
	tokLeft  // {{
	tokRight // }}
	tokSpace
	tokBool
	tokChar // a character constant
	tokNumber
	tokComplex
	tokString
	tokRawString
	tokIdent
	tokField    // .name
	tokVariable // $name
	tokAssign   // =
	tokDeclare  // :=
	tokPipe
	tokLeftParen
	tokRightParen
	tokOther // any other character of ASCII
	tokKeyword
	tokBlock
	tokBreak
	tokContinue
	tokDefine
	tokDot
	tokElse
	tokEnd
	tokIf
	tokNil
	tokRange
	tokTemplate
	tokWith
)

var keywords = map[string]kind{
	"block": tokBlock, "break": tokBreak, "continue": tokContinue, "define": tokDefine, "else": tokElse, "end": tokEnd,
	"if": tokIf, "nil": tokNil, "range": tokRange, "template": tokTemplate, "with": tokWith,
}

// A token is a part of a template's text.
type token struct {
	kind kind
	pos  Pos
	text string
	line int // where it begins
}

func (t token) String() string {
	switch {
	case t.kind == tokEOF:
		return "EOF"
	case t.kind == tokError:
		return t.text
	case t.kind > tokKeyword:
		return "<" + t.text + ">"
	case len(t.text) > 10:
		return fmt.Sprintf("%.10q...", t.text)
	}
	return fmt.Sprintf("%q", t.text)
}

const (
	eof      = -1
	blanks   = " \t\r\n"
	leftDef  = "{{"
	rightDef = "}}"
)

// A lexer takes a template's text apart.
type lexer struct {
	input       string
	left, right string
	pos, start  int
	line        int // at pos
	startLine   int // at start
	parens      int
	inside      bool // of an action
	failed      bool

	comments   bool // comments are tokens too
	breakOK    bool // break and continue are keywords, not functions
	continueOK bool
}

func (l *lexer) peek() rune {
	if l.pos >= len(l.input) {
		return eof
	}
	r, _ := utf8.DecodeRuneInString(l.input[l.pos:])
	return r
}

func (l *lexer) next() rune {
	if l.pos >= len(l.input) {
		return eof
	}
	r, n := utf8.DecodeRuneInString(l.input[l.pos:])
	l.pos += n
	if r == '\n' {
		l.line++
	}
	return r
}

func (l *lexer) skipTo(pos int) {
	l.line += strings.Count(l.input[l.pos:pos], "\n")
	l.pos = pos
}

// emit returns what lies between start and pos.
func (l *lexer) emit(k kind) token {
	t := token{k, Pos(l.start), l.input[l.start:l.pos], l.startLine}
	l.ignore()
	return t
}

func (l *lexer) ignore() {
	l.start, l.startLine = l.pos, l.line
}

func (l *lexer) errorf(format string, args ...any) token {
	l.failed = true
	return token{tokError, Pos(l.start), fmt.Sprintf(format, args...), l.startLine}
}

func isBlank(r rune) bool { return r == ' ' || r == '\t' || r == '\r' || r == '\n' }

func isAlphaNumeric(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// trimsLeft: "- " behind {{ takes blanks in front of it away.
func trimsLeft(s string) bool { return len(s) >= 2 && s[0] == '-' && isBlank(rune(s[1])) }

// trimsRight: " -" in front of }} takes blanks behind it away.
func trimsRight(s string) bool { return len(s) >= 2 && isBlank(rune(s[0])) && s[1] == '-' }

// atRight reports whether an action ends here, and whether it takes blanks behind it away.
func (l *lexer) atRight() (end, trim bool) {
	rest := l.input[l.pos:]
	if trimsRight(rest) && strings.HasPrefix(rest[2:], l.right) {
		return true, true
	}
	return strings.HasPrefix(rest, l.right), false
}

// token returns the next token.
func (l *lexer) token() token {
	if l.failed {
		return token{tokEOF, 0, "EOF", l.startLine}
	}
	if l.inside {
		return l.action()
	}
	for {
		rest := l.input[l.pos:]
		i := strings.Index(rest, l.left)
		switch {
		case i < 0 && rest == "":
			return token{tokEOF, Pos(l.pos), "EOF", l.startLine}
		case i < 0:
			l.skipTo(len(l.input))
			return l.emit(tokText)
		case i > 0:
			text := rest[:i]
			if trimsLeft(rest[i+len(l.left):]) {
				text = strings.TrimRight(text, blanks)
			}
			begin := l.pos + i
			l.skipTo(l.pos + len(text))
			t := l.emit(tokText)
			l.skipTo(begin)
			l.ignore()
			if t.text != "" {
				return t
			}
		}
		l.pos += len(l.left)
		trim := trimsLeft(l.input[l.pos:])
		behind := l.pos
		if trim {
			behind += 2
		}
		if !strings.HasPrefix(l.input[behind:], "/*") {
			t := l.emit(tokLeft)
			l.skipTo(behind)
			l.ignore()
			l.inside, l.parens = true, 0
			return t
		}
		l.skipTo(behind)
		l.ignore()
		end := strings.Index(l.input[l.pos+2:], "*/")
		if end < 0 {
			return l.errorf("unclosed comment")
		}
		l.skipTo(l.pos + 2 + end + 2)
		closed, trim := l.atRight()
		if !closed {
			return l.errorf("comment ends before closing delimiter")
		}
		t := l.emit(tokComment)
		l.closeAction(trim)
		if l.comments {
			return t
		}
	}
}

// closeAction passes over }}, and over blanks if they are taken away.
func (l *lexer) closeAction(trim bool) (right token) {
	if trim {
		l.skipTo(l.pos + 2)
		l.ignore()
	}
	l.pos += len(l.right)
	right = l.emit(tokRight)
	if trim {
		rest := l.input[l.pos:]
		l.skipTo(l.pos + len(rest) - len(strings.TrimLeft(rest, blanks)))
		l.ignore()
	}
	l.inside = false
	return right
}

// action returns the next token between {{ and }}.
func (l *lexer) action() token {
	if end, trim := l.atRight(); end {
		if l.parens > 0 {
			return l.errorf("unclosed left paren")
		}
		return l.closeAction(trim)
	}
	switch r := l.next(); {
	case r == eof:
		return l.errorf("unclosed action")
	case isBlank(r):
		for isBlank(l.peek()) {
			if end, _ := l.atRight(); end { // the last blank belongs to the end
				break
			}
			l.next()
		}
		return l.emit(tokSpace)
	case r == '=':
		return l.emit(tokAssign)
	case r == ':':
		if l.next() != '=' {
			return l.errorf("expected :=")
		}
		return l.emit(tokDeclare)
	case r == '|':
		return l.emit(tokPipe)
	case r == '"':
		return l.quoted('"', tokString, "unterminated quoted string")
	case r == '\'':
		return l.quoted('\'', tokChar, "unterminated character constant")
	case r == '`':
		for {
			switch l.next() {
			case eof:
				return l.errorf("unterminated raw quoted string")
			case '`':
				return l.emit(tokRawString)
			}
		}
	case r == '$':
		if l.terminated() {
			return l.emit(tokVariable)
		}
		return l.name(tokVariable)
	case r == '.' && !('0' <= l.peek() && l.peek() <= '9') && l.pos < len(l.input):
		if l.terminated() {
			return l.emit(tokDot)
		}
		return l.name(tokField)
	case r == '.' || r == '+' || r == '-' || '0' <= r && r <= '9':
		l.pos--
		return l.number()
	case isAlphaNumeric(r):
		return l.name(tokIdent)
	case r == '(':
		l.parens++
		return l.emit(tokLeftParen)
	case r == ')':
		if l.parens--; l.parens < 0 {
			return l.errorf("unexpected right paren")
		}
		return l.emit(tokRightParen)
	case r <= unicode.MaxASCII && unicode.IsPrint(r):
		return l.emit(tokOther)
	default:
		return l.errorf("unrecognized character in action: %#U", r)
	}
}

// terminated reports whether a name may end here.
func (l *lexer) terminated() bool {
	r := l.peek()
	switch r {
	case eof, '.', ',', '|', ':', ')', '(':
		return true
	}
	return isBlank(r) || strings.HasPrefix(l.input[l.pos:], l.right)
}

func (l *lexer) name(k kind) token {
	for isAlphaNumeric(l.peek()) {
		l.next()
	}
	if !l.terminated() {
		return l.errorf("bad character %#U", l.peek())
	}
	if k != tokIdent {
		return l.emit(k)
	}
	word := l.input[l.start:l.pos]
	switch key := keywords[word]; {
	case word == "true", word == "false":
		k = tokBool
	case key == tokBreak && !l.breakOK, key == tokContinue && !l.continueOK, key == 0:
	default:
		k = key
	}
	return l.emit(k)
}

func (l *lexer) quoted(quote rune, k kind, unterminated string) token {
	for {
		switch r := l.next(); r {
		case quote:
			return l.emit(k)
		case '\\':
			if r = l.next(); r != eof && r != '\n' {
				continue
			}
			return l.errorf("%s", unterminated)
		case eof, '\n':
			return l.errorf("%s", unterminated)
		}
	}
}

func (l *lexer) accept(set string) bool {
	if r := l.peek(); r != eof && strings.ContainsRune(set, r) {
		l.next()
		return true
	}
	return false
}

func (l *lexer) acceptAll(set string) {
	for l.accept(set) {
	}
}

func (l *lexer) number() token {
	ok := l.plainNumber()
	k := tokNumber
	if r := l.peek(); ok && (r == '+' || r == '-') {
		k = tokComplex
		ok = l.plainNumber() && l.input[l.pos-1] == 'i'
	}
	if !ok {
		return l.errorf("bad number syntax: %q", l.input[l.start:l.pos])
	}
	return l.emit(k)
}

// plainNumber passes over a number of any kind; whether it is right is found out later.
func (l *lexer) plainNumber() bool {
	l.accept("+-")
	digits := "0123456789_"
	exponent := "eE"
	if l.accept("0") {
		switch {
		case l.accept("xX"):
			digits, exponent = "0123456789abcdefABCDEF_", "pP"
		case l.accept("oO"):
			digits, exponent = "01234567_", ""
		case l.accept("bB"):
			digits, exponent = "01_", ""
		}
	}
	l.acceptAll(digits)
	if l.accept(".") {
		l.acceptAll(digits)
	}
	if l.accept(exponent) {
		l.accept("+-")
		l.acceptAll("0123456789_")
	}
	l.accept("i")
	if isAlphaNumeric(l.peek()) {
		l.next()
		return false
	}
	return true
}

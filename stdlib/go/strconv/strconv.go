// Package strconv converts between values and their text.
package strconv

import "errors"

// IntSize is the size in bits of an int.
const IntSize = 64

var (
	// ErrRange says that a value is out of range for its type.
	ErrRange = errors.New("value out of range")
	// ErrSyntax says that a text is not of the right form.
	ErrSyntax = errors.New("invalid syntax")
)

// NumError is a failed conversion.
type NumError struct {
	Func string // the failing function
	Num  string // the input
	Err  error  // the reason
}

func (e *NumError) Error() string {
	return "strconv." + e.Func + ": parsing " + Quote(e.Num) + ": " + e.Err.Error()
}

func (e *NumError) Unwrap() error { return e.Err }

// numError explains a native's fault.
func numError(fn, s string, fault, base, bitSize int) error {
	err := ErrSyntax
	switch fault {
	case 2:
		err = ErrRange
	case 3:
		err = errors.New("invalid base " + Itoa(base))
	case 4:
		err = errors.New("invalid bit size " + Itoa(bitSize))
	}
	return &NumError{fn, string([]byte(s)), err}
}

func parseInt(s string, base, bitSize int) (i int64, fault int)
func parseUint(s string, base, bitSize int) (i uint64, fault int)
func parseFloat(s string, bitSize int) (f float64, fault int)

// parseFloatPrefix reads the number that s begins with.
func parseFloatPrefix(s string, bitSize int) (f float64, n, fault int)

// Atoi is ParseInt(s, 10, 0) as an int.
func Atoi(s string) (int, error) {
	i, fault := parseInt(s, 10, 0)
	if fault != 0 {
		return int(i), numError("Atoi", s, fault, 10, 0)
	}
	return int(i), nil
}

// ParseInt reads an integer in a base from 2 to 36, or in the base its prefix says if base is 0, that fits bitSize bits
// (0: an int). Out of range, the result is the nearest value.
func ParseInt(s string, base int, bitSize int) (i int64, err error) {
	i, fault := parseInt(s, base, bitSize)
	if fault != 0 {
		return i, numError("ParseInt", s, fault, base, bitSize)
	}
	return i, nil
}

// ParseUint is like [ParseInt] for unsigned numbers, without a sign.
func ParseUint(s string, base int, bitSize int) (uint64, error) {
	i, fault := parseUint(s, base, bitSize)
	if fault != 0 {
		return i, numError("ParseUint", s, fault, base, bitSize)
	}
	return i, nil
}

// ParseFloat reads a decimal or hexadecimal number, inf or nan, and rounds it to the nearest float of bitSize bits.
// Out of range, the result is an infinity.
func ParseFloat(s string, bitSize int) (float64, error) {
	f, fault := parseFloat(s, bitSize)
	if fault != 0 {
		return f, numError("ParseFloat", s, fault, 0, 0)
	}
	return f, nil
}

// ParseBool reads 1, t, T, TRUE, true, True, 0, f, F, FALSE, false or False.
func ParseBool(str string) (bool, error) {
	switch str {
	case "1", "t", "T", "true", "TRUE", "True":
		return true, nil
	case "0", "f", "F", "false", "FALSE", "False":
		return false, nil
	}
	return false, numError("ParseBool", str, 1, 0, 0)
}

// FormatBool returns "true" or "false".
func FormatBool(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// AppendBool appends "true" or "false".
func AppendBool(dst []byte, b bool) []byte { return append(dst, FormatBool(b)...) }

// Itoa returns i in base 10.
func Itoa(i int) string

// FormatInt returns i in a base from 2 to 36.
func FormatInt(i int64, base int) string

// FormatUint returns i in a base from 2 to 36.
func FormatUint(i uint64, base int) string

// AppendInt appends i in a base from 2 to 36.
func AppendInt(dst []byte, i int64, base int) []byte

// AppendUint appends i in a base from 2 to 36.
func AppendUint(dst []byte, i uint64, base int) []byte

// FormatFloat returns f in the format 'b', 'e', 'E', 'f', 'g', 'G', 'x' or 'X' to a precision, -1 for as few digits
// as identify f among the floats of bitSize bits.
func FormatFloat(f float64, fmt byte, prec, bitSize int) string

// AppendFloat appends what [FormatFloat] returns.
func AppendFloat(dst []byte, f float64, fmt byte, prec, bitSize int) []byte

// FormatComplex returns (a+bi), with both parts as by [FormatFloat].
func FormatComplex(c complex128, fmt byte, prec, bitSize int) string {
	if bitSize != 64 && bitSize != 128 {
		panic("invalid bitSize")
	}
	im := FormatFloat(imag(c), fmt, prec, bitSize/2)
	if im[0] != '+' && im[0] != '-' {
		im = "+" + im
	}
	return "(" + FormatFloat(real(c), fmt, prec, bitSize/2) + im + "i)"
}

// ParseComplex reads a number of the form N, Ni or N±Ni, perhaps in parentheses.
func ParseComplex(s string, bitSize int) (complex128, error) {
	size := 64
	if bitSize == 64 {
		size = 32
	}
	fn, orig := "ParseComplex", s
	if len(s) >= 2 && s[0] == '(' && s[len(s)-1] == ')' {
		s = s[1 : len(s)-1]
	}
	re, n, fault := parseFloatPrefix(s, size)
	if fault == 1 {
		return 0, numError(fn, orig, 1, 0, 0)
	}
	im := 0.0
	switch s = s[n:]; {
	case s == "":
	case s == "i":
		re, im = 0, re
	case s[0] == '+' && len(s) > 1, s[0] == '-':
		if s[0] == '+' && s[1] != '+' { // so that NaN may follow
			s = s[1:]
		}
		im, n, fault2 := parseFloatPrefix(s, size)
		if fault2 == 1 || s[n:] != "i" {
			return 0, numError(fn, orig, 1, 0, 0)
		}
		if fault |= fault2; fault == 0 {
			return complex(re, im), nil
		}
		return complex(re, im), numError(fn, orig, fault, 0, 0)
	default:
		return 0, numError(fn, orig, 1, 0, 0)
	}
	if fault != 0 {
		return complex(re, im), numError(fn, orig, fault, 0, 0)
	}
	return complex(re, im), nil
}

func quote(s string, mode int) string
func appendQuote(dst []byte, s string, mode int) []byte
func appendQuoteRune(dst []byte, r rune, mode int) []byte

// How strings are quoted: what is not printable, not ASCII, or not graphic is escaped.
const (
	printable = iota
	ascii
	graphic
)

// Quote returns s as a Go string literal.
func Quote(s string) string { return quote(s, printable) }

// QuoteToASCII returns s as a Go string literal of ASCII characters.
func QuoteToASCII(s string) string { return quote(s, ascii) }

// QuoteToGraphic returns s as a Go string literal, with graphic characters as they are.
func QuoteToGraphic(s string) string { return quote(s, graphic) }

// AppendQuote appends what [Quote] returns.
func AppendQuote(dst []byte, s string) []byte { return appendQuote(dst, s, printable) }

// AppendQuoteToASCII appends what [QuoteToASCII] returns.
func AppendQuoteToASCII(dst []byte, s string) []byte { return appendQuote(dst, s, ascii) }

// AppendQuoteToGraphic appends what [QuoteToGraphic] returns.
func AppendQuoteToGraphic(dst []byte, s string) []byte { return appendQuote(dst, s, graphic) }

// QuoteRune returns r as a Go character literal.
func QuoteRune(r rune) string { return string(appendQuoteRune(nil, r, printable)) }

// QuoteRuneToASCII returns r as a Go character literal of ASCII characters.
func QuoteRuneToASCII(r rune) string { return string(appendQuoteRune(nil, r, ascii)) }

// QuoteRuneToGraphic returns r as a Go character literal, as it is if it is graphic.
func QuoteRuneToGraphic(r rune) string { return string(appendQuoteRune(nil, r, graphic)) }

// AppendQuoteRune appends what [QuoteRune] returns.
func AppendQuoteRune(dst []byte, r rune) []byte { return appendQuoteRune(dst, r, printable) }

// AppendQuoteRuneToASCII appends what [QuoteRuneToASCII] returns.
func AppendQuoteRuneToASCII(dst []byte, r rune) []byte { return appendQuoteRune(dst, r, ascii) }

// AppendQuoteRuneToGraphic appends what [QuoteRuneToGraphic] returns.
func AppendQuoteRuneToGraphic(dst []byte, r rune) []byte { return appendQuoteRune(dst, r, graphic) }

// CanBackquote reports whether s can be written between backquotes on one line.
func CanBackquote(s string) bool

// IsPrint reports whether r is printable, as by unicode.IsPrint.
func IsPrint(r rune) bool

// IsGraphic reports whether r is graphic, as by unicode.IsGraphic.
func IsGraphic(r rune) bool

func unquote(s string) (text string, ok bool)
func unquoteChar(s string, quote byte) (value rune, multibyte bool, n int)
func quotedPrefix(s string) int

// Unquote returns what the Go string or character literal s says.
func Unquote(s string) (string, error) {
	t, ok := unquote(s)
	if !ok {
		return "", ErrSyntax
	}
	return t, nil
}

// UnquoteChar reads the first character or escape of a literal's inside: its value, whether it is to be encoded as UTF-8,
// and the rest. quote says which quotation mark must be escaped.
func UnquoteChar(s string, quote byte) (value rune, multibyte bool, tail string, err error) {
	r, multibyte, n := unquoteChar(s, quote)
	if n == 0 {
		return 0, false, "", ErrSyntax
	}
	return r, multibyte, s[n:], nil
}

// QuotedPrefix returns the literal that s begins with.
func QuotedPrefix(s string) (string, error) {
	n := quotedPrefix(s)
	if n == 0 {
		return "", ErrSyntax
	}
	return s[:n], nil
}

// Package jsonwire checks JSON texts, takes them apart and writes them.
package jsonwire

// A Token is a value, or an object's key. The tokens of a text stand in its order.
type Token struct {
	Kind  byte // one of { [ " 0 t f n
	Flags uint8
	Next  uint32 // the token behind this value
	Start int    // where it begins and ends in the text
	End   int
	Num   uint64 // a number's value, as the flags say
}

const (
	Escaped = 1 // a string is not just what stands between its quotes
	Int     = 1 // a number's value is an int64
	Float   = 2 // a number's value is a float64
)

// Parse takes a text apart. If it is wrong, text says how, and offset is behind what is wrong.
func Parse(data []byte) (tokens []Token, offset int, text string)

// Check checks a text.
func Check(data []byte) (offset int, text string)

// Scan finds the end of the value, or the key, that data begins with.
func Scan(data []byte, key bool) (end, offset int, text string)

// Truncated is what a text is said to be that would go on.
const Truncated = "unexpected end of JSON input"

// QuoteChar returns the first character as a literal, and its length.
func QuoteChar(data []byte) (string, int)

// Unquote returns what a string with its quotes stands for.
func Unquote(s []byte) string

// AppendQuoted appends a string with quotes, without what means something in HTML if wanted.
func AppendQuoted(dst []byte, s string, html bool) []byte

// AppendCompact appends a text without blanks.
func AppendCompact(dst, src []byte, html bool) (out []byte, offset int, text string)

// AppendIndent appends a text over lines.
func AppendIndent(dst, src []byte, prefix, indent string) (out []byte, offset int, text string)

// AppendHTMLEscape appends a text without what means something in HTML.
func AppendHTMLEscape(dst, src []byte) []byte

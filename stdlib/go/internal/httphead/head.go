// Package httphead takes heads of HTTP messages apart: what package net/http does for every request, at the speed of
// native code.
package httphead

// End returns where the head that begins b ends, behind the empty line; -1 if it is not all there. The search begins at
// from. A head may consist of the empty line alone.
func End(b []byte, from int) int

// What the first line of a head is.
const (
	NoLine = iota // there is none: trailers
	Request
	Response
)

// Split takes a head apart: for a request method, target and version, for a response its first line; then keys in
// canonical form, each followed by its value. If something is wrong, what is a number and the line is the only field.
func Split(head string, first int) (fields []string, what int)

// What can be wrong.
const (
	BadFirstLine = 1 + iota
	BadHeaderLine
	BadHeaderValue
	BadHeaderName
)

// Canonical returns a header's key in canonical form: "accept-encoding" becomes "Accept-Encoding". One that is no token
// stays as it is.
func Canonical(key string) string

// IsToken reports whether s is a token: a method or a header's key.
func IsToken(s string) bool

// IsValue reports whether s can be a header's value.
func IsValue(s string) bool

// PlainPath returns where the path of a request's target ends, at a question mark or the end, if it begins with one
// slash and nothing in it needs to be unescaped or escaped; -1 otherwise.
func PlainPath(target string) int

// Package bytealg has the searches that packages bytes and strings of a Go distribution build upon; here it is the other
// way round.
package bytealg

import (
	"bytes"
	"strings"
)

// MaxLen is the longest text that Index finds by brute force.
var MaxLen = 63

// MaxBruteForce is the longest text in which it does.
const MaxBruteForce = 64

// Cutover is how many false starts are worth a change of method after n bytes.
func Cutover(n int) int { return (n + 16) / 8 }

// PrimeRK is the base of rolling hashes.
const PrimeRK = 16777619

func Compare(a, b []byte) int                  { return bytes.Compare(a, b) }
func CompareString(a, b string) int            { return strings.Compare(a, b) }
func Count(b []byte, c byte) int               { return bytes.Count(b, []byte{c}) }
func CountString(s string, c byte) int         { return strings.Count(s, string([]byte{c})) }
func Equal(a, b []byte) bool                   { return string(a) == string(b) }
func Index(a, b []byte) int                    { return bytes.Index(a, b) }
func IndexString(a, b string) int              { return strings.Index(a, b) }
func IndexByte(b []byte, c byte) int           { return bytes.IndexByte(b, c) }
func IndexByteString(s string, c byte) int     { return strings.IndexByte(s, c) }
func LastIndexByte(s []byte, c byte) int       { return bytes.LastIndexByte(s, c) }
func LastIndexByteString(s string, c byte) int { return strings.LastIndexByte(s, c) }
func IndexRabinKarp[T string | []byte](s, sep T) int {
	return strings.Index(string(s), string(sep))
}
func LastIndexRabinKarp[T string | []byte](s, sep T) int {
	return strings.LastIndex(string(s), string(sep))
}

// MakeNoZero makes bytes that nobody has to have cleared.
func MakeNoZero(n int) []byte { return make([]byte, n) }

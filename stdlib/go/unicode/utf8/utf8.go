// Package utf8 translates between runes and their UTF-8 encoding.
package utf8

const (
	RuneError = '\uFFFD'     // the replacement character, which stands for an encoding fault
	RuneSelf  = 0x80         // bytes below it are one-byte runes
	MaxRune   = '\U0010FFFF' // the last valid code point
	UTFMax    = 4            // the longest encoding of a rune
)

// FullRune reports whether p begins with a whole encoding of a rune. An invalid one counts as whole.
func FullRune(p []byte) bool

// FullRuneInString is like [FullRune] for a string.
func FullRuneInString(s string) bool

// DecodeRune returns the first rune of p and its width: (RuneError, 0) if p is empty,
// (RuneError, 1) if the encoding is invalid.
func DecodeRune(p []byte) (r rune, size int)

// DecodeRuneInString is like [DecodeRune] for a string.
func DecodeRuneInString(s string) (r rune, size int)

// DecodeLastRune returns the last rune of p and its width, with errors as in [DecodeRune].
func DecodeLastRune(p []byte) (r rune, size int)

// DecodeLastRuneInString is like [DecodeLastRune] for a string.
func DecodeLastRuneInString(s string) (r rune, size int)

// RuneCount returns the number of runes in p; each invalid byte counts as one.
func RuneCount(p []byte) int

// RuneCountInString is like [RuneCount] for a string.
func RuneCountInString(s string) int

// Valid reports whether p is entirely valid UTF-8.
func Valid(p []byte) bool

// ValidString is like [Valid] for a string.
func ValidString(s string) bool

// RuneLen returns the length of r's encoding, -1 if r is not valid.
func RuneLen(r rune) int {
	switch {
	case r < 0:
		return -1
	case r < 0x80:
		return 1
	case r < 0x800:
		return 2
	case 0xD800 <= r && r <= 0xDFFF:
		return -1
	case r < 0x10000:
		return 3
	case r <= MaxRune:
		return 4
	}
	return -1
}

// EncodeRune writes the encoding of r into p, which must be long enough, and returns its length.
func EncodeRune(p []byte, r rune) int {
	u := uint32(r)
	switch {
	case u < 0x80:
		p[0] = byte(u)
		return 1
	case u < 0x800:
		_ = p[1]
		p[0], p[1] = 0xC0|byte(u>>6), 0x80|byte(u)&0x3F
		return 2
	case u > MaxRune, 0xD800 <= u && u <= 0xDFFF:
		u = RuneError
	case u >= 0x10000:
		_ = p[3]
		p[0], p[1], p[2], p[3] = 0xF0|byte(u>>18), 0x80|byte(u>>12)&0x3F, 0x80|byte(u>>6)&0x3F, 0x80|byte(u)&0x3F
		return 4
	}
	_ = p[2]
	p[0], p[1], p[2] = 0xE0|byte(u>>12), 0x80|byte(u>>6)&0x3F, 0x80|byte(u)&0x3F
	return 3
}

// AppendRune appends the encoding of r to p.
func AppendRune(p []byte, r rune) []byte {
	u := uint32(r)
	switch {
	case u < 0x80:
		return append(p, byte(u))
	case u < 0x800:
		return append(p, 0xC0|byte(u>>6), 0x80|byte(u)&0x3F)
	case u > MaxRune, 0xD800 <= u && u <= 0xDFFF:
		u = RuneError
	case u >= 0x10000:
		return append(p, 0xF0|byte(u>>18), 0x80|byte(u>>12)&0x3F, 0x80|byte(u>>6)&0x3F, 0x80|byte(u)&0x3F)
	}
	return append(p, 0xE0|byte(u>>12), 0x80|byte(u>>6)&0x3F, 0x80|byte(u)&0x3F)
}

// RuneStart reports whether b may be the first byte of a rune's encoding.
func RuneStart(b byte) bool { return b&0xC0 != 0x80 }

// ValidRune reports whether r can be encoded: no surrogate half, nothing out of range.
func ValidRune(r rune) bool { return uint32(r) < 0xD800 || 0xDFFF < r && r <= MaxRune }

// Package bytes has functions for byte slices, as package strings has them for strings.
package bytes

import (
	"iter"
	"unicode"
	"unicode/utf8"
)

// Equal reports whether a and b hold the same bytes; nil equals empty.
func Equal(a, b []byte) bool { return string(a) == string(b) }

// Compare returns -1, 0 or +1 as a is less than, equal to or greater than b.
func Compare(a, b []byte) int

// Index returns the index of the first sep in s, or -1.
func Index(s, sep []byte) int

// IndexByte returns the index of the first c in b, or -1.
func IndexByte(b []byte, c byte) int

// IndexRune returns the index of the first r in s, or -1; U+FFFD also finds invalid UTF-8.
func IndexRune(s []byte, r rune) int

// IndexAny returns the index of the first code point of chars in s, or -1.
func IndexAny(s []byte, chars string) int

// LastIndex returns the index of the last sep in s, or -1.
func LastIndex(s, sep []byte) int

// LastIndexByte returns the index of the last c in s, or -1.
func LastIndexByte(s []byte, c byte) int

// LastIndexAny returns the index of the last code point of chars in s, or -1.
func LastIndexAny(s []byte, chars string) int

// Count counts the non-overlapping sep in s; an empty one counts one more than the code points of s.
func Count(s, sep []byte) int

// EqualFold reports whether s and t are equal under simple Unicode case folding.
func EqualFold(s, t []byte) bool

// ToUpper returns a copy of s in upper case.
func ToUpper(s []byte) []byte

// ToLower returns a copy of s in lower case.
func ToLower(s []byte) []byte

// ToTitle returns a copy of s in title case.
func ToTitle(s []byte) []byte

// Replace returns a copy of s with its first n old replaced by new; all of them if n < 0.
func Replace(s, old, new []byte, n int) []byte

// ToValidUTF8 returns a copy of s with runs of invalid bytes replaced.
func ToValidUTF8(s, replacement []byte) []byte

// trimBounds returns the part that is left of s without code points of cutset at its left or right end.
func trimBounds(s []byte, cutset string, left, right bool) (i, j int)

// spaceBounds returns the part that is left of s without white space at its ends.
func spaceBounds(s []byte) (i, j int)

func sub(s []byte, i, j int) []byte {
	if i == j {
		return nil
	}
	return s[i:j]
}

// TrimSpace returns s without white space at its ends.
func TrimSpace(s []byte) []byte {
	i, j := spaceBounds(s)
	return sub(s, i, j)
}

// Trim returns s without code points of cutset at its ends.
func Trim(s []byte, cutset string) []byte {
	i, j := trimBounds(s, cutset, true, true)
	return sub(s, i, j)
}

// TrimLeft returns s without code points of cutset at its start.
func TrimLeft(s []byte, cutset string) []byte {
	i, j := trimBounds(s, cutset, true, false)
	return sub(s, i, j)
}

// TrimRight returns s without code points of cutset at its end.
func TrimRight(s []byte, cutset string) []byte {
	_, j := trimBounds(s, cutset, false, true)
	return s[:j]
}

// ReplaceAll returns a copy of s with every old replaced by new.
func ReplaceAll(s, old, new []byte) []byte { return Replace(s, old, new, -1) }

// Contains reports whether subslice is in b.
func Contains(b, subslice []byte) bool { return Index(b, subslice) >= 0 }

// ContainsRune reports whether r is in b.
func ContainsRune(b []byte, r rune) bool { return IndexRune(b, r) >= 0 }

// ContainsAny reports whether any code point of chars is in b.
func ContainsAny(b []byte, chars string) bool { return IndexAny(b, chars) >= 0 }

// ContainsFunc reports whether a code point of b satisfies f.
func ContainsFunc(b []byte, f func(rune) bool) bool { return IndexFunc(b, f) >= 0 }

// IndexFunc returns the index of the first code point that satisfies f, or -1.
func IndexFunc(s []byte, f func(r rune) bool) int {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRune(s[i:])
		if f(r) {
			return i
		}
		i += n
	}
	return -1
}

// LastIndexFunc returns the index of the last code point that satisfies f, or -1.
func LastIndexFunc(s []byte, f func(r rune) bool) int {
	for i := len(s); i > 0; {
		r, n := utf8.DecodeLastRune(s[:i])
		i -= n
		if f(r) {
			return i
		}
	}
	return -1
}

// HasPrefix reports whether s begins with prefix.
func HasPrefix(s, prefix []byte) bool {
	return len(s) >= len(prefix) && Equal(s[:len(prefix)], prefix)
}

// HasSuffix reports whether s ends with suffix.
func HasSuffix(s, suffix []byte) bool {
	return len(s) >= len(suffix) && Equal(s[len(s)-len(suffix):], suffix)
}

// TrimPrefix returns s without prefix, if it begins with it.
func TrimPrefix(s, prefix []byte) []byte {
	if HasPrefix(s, prefix) {
		return s[len(prefix):]
	}
	return s
}

// TrimSuffix returns s without suffix, if it ends with it.
func TrimSuffix(s, suffix []byte) []byte {
	if HasSuffix(s, suffix) {
		return s[:len(s)-len(suffix)]
	}
	return s
}

// TrimLeftFunc returns s without code points at its start that satisfy f.
func TrimLeftFunc(s []byte, f func(r rune) bool) []byte {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRune(s[i:])
		if !f(r) {
			return s[i:]
		}
		i += n
	}
	return nil
}

// TrimRightFunc returns s without code points at its end that satisfy f.
func TrimRightFunc(s []byte, f func(r rune) bool) []byte {
	for len(s) > 0 {
		r, n := utf8.DecodeLastRune(s)
		if !f(r) {
			break
		}
		s = s[:len(s)-n]
	}
	return s
}

// TrimFunc returns s without code points at its ends that satisfy f.
func TrimFunc(s []byte, f func(r rune) bool) []byte { return TrimRightFunc(TrimLeftFunc(s, f), f) }

// Cut returns the bytes before and after the first sep, or (s, nil, false).
func Cut(s, sep []byte) (before, after []byte, found bool) {
	if i := Index(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, nil, false
}

// CutLast returns the bytes before and after the last sep, or (s, nil, false).
func CutLast(s, sep []byte) (before, after []byte, found bool) {
	if i := LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, nil, false
}

// CutPrefix returns s without prefix, and whether it had it.
func CutPrefix(s, prefix []byte) (after []byte, found bool) {
	if !HasPrefix(s, prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// CutSuffix returns s without suffix, and whether it had it.
func CutSuffix(s, suffix []byte) (before []byte, found bool) {
	if !HasSuffix(s, suffix) {
		return s, false
	}
	return s[:len(s)-len(suffix)], true
}

// Clone returns a copy of b; nil stays nil.
func Clone(b []byte) []byte {
	if b == nil {
		return nil
	}
	return append([]byte{}, b...)
}

// Runes returns the code points of s.
func Runes(s []byte) []rune { return []rune(string(s)) }

// Join returns the parts, with sep between them, in a new slice.
func Join(s [][]byte, sep []byte) []byte {
	if len(s) == 0 {
		return []byte{}
	}
	n := len(sep) * (len(s) - 1)
	for _, p := range s {
		if n += len(p); n < 0 {
			panic("bytes: Join output length overflow")
		}
	}
	b := append(make([]byte, 0, n), s[0]...)
	for _, p := range s[1:] {
		b = append(append(b, sep...), p...)
	}
	return b
}

// Repeat returns count copies of b in a new slice.
func Repeat(b []byte, count int) []byte {
	if count < 0 {
		panic("bytes: negative Repeat count")
	}
	n := len(b) * count
	if count > 0 && (n/count != len(b) || n < 0) {
		panic("bytes: Repeat output length overflow")
	}
	r := make([]byte, n)
	if n > 0 {
		for i := copy(r, b); i < n; i *= 2 {
			copy(r[i:], r[:i])
		}
	}
	return r
}

// Split returns the parts of s between sep; if sep is empty, its UTF-8 sequences.
func Split(s, sep []byte) [][]byte { return split(s, sep, 0, -1) }

// SplitAfter is like [Split], with sep kept at the end of the parts.
func SplitAfter(s, sep []byte) [][]byte { return split(s, sep, len(sep), -1) }

// SplitN is like [Split] with at most n parts, the last unsplit; all if n < 0, none if n is 0.
func SplitN(s, sep []byte, n int) [][]byte { return split(s, sep, 0, n) }

// SplitAfterN is like [SplitN], with sep kept at the end of the parts.
func SplitAfterN(s, sep []byte, n int) [][]byte { return split(s, sep, len(sep), n) }

func split(s, sep []byte, save, n int) [][]byte {
	if n == 0 {
		return nil
	}
	if len(sep) == 0 {
		if c := utf8.RuneCount(s); n < 0 || n > c {
			n = c
		}
		a := make([][]byte, n)
		for i := range a {
			w := len(s)
			if i < n-1 {
				_, w = utf8.DecodeRune(s)
			}
			a[i], s = s[:w:w], s[w:]
		}
		return a
	}
	if n < 0 || n > len(s)+1 {
		n = min(n&(1<<63-1), Count(s, sep)+1)
	}
	a := make([][]byte, 0, n)
	for len(a) < n-1 {
		i := Index(s, sep)
		if i < 0 {
			break
		}
		a = append(a, s[:i+save:i+save])
		s = s[i+len(sep):]
	}
	return append(a, s)
}

// nextField returns where the first run of non-space in s[from:] begins and ends; start is len(s) if there is none.
func nextField(s []byte, from int) (start, end int)

// Fields returns the parts of s between white space.
func Fields(s []byte) [][]byte {
	a := [][]byte{}
	for i, j := nextField(s, 0); i < len(s); i, j = nextField(s, j) {
		a = append(a, s[i:j:j])
	}
	return a
}

// FieldsFunc returns the parts of s between runs of code points that satisfy f.
func FieldsFunc(s []byte, f func(rune) bool) [][]byte {
	a := [][]byte{}
	start := -1
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRune(s[i:])
		if !f(r) {
			if start < 0 {
				start = i
			}
		} else if start >= 0 {
			a = append(a, s[start:i:i])
			start = -1
		}
		i += n
	}
	if start >= 0 {
		a = append(a, s[start:len(s):len(s)])
	}
	return a
}

// FieldsSeq iterates over the parts of s between white space.
func FieldsSeq(s []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for i, j := nextField(s, 0); i < len(s); i, j = nextField(s, j) {
			if !yield(s[i:j:j]) {
				return
			}
		}
	}
}

// FieldsFuncSeq iterates over the parts of s between runs of code points that satisfy f.
func FieldsFuncSeq(s []byte, f func(rune) bool) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		start := -1
		for i := 0; i < len(s); {
			r, n := utf8.DecodeRune(s[i:])
			if !f(r) {
				if start < 0 {
					start = i
				}
			} else if start >= 0 {
				if !yield(s[start:i:i]) {
					return
				}
				start = -1
			}
			i += n
		}
		if start >= 0 {
			yield(s[start:len(s):len(s)])
		}
	}
}

// SplitSeq iterates over the parts of s between sep.
func SplitSeq(s, sep []byte) iter.Seq[[]byte] { return splitSeq(s, sep, 0) }

// SplitAfterSeq is like [SplitSeq], with sep kept at the end of the parts.
func SplitAfterSeq(s, sep []byte) iter.Seq[[]byte] { return splitSeq(s, sep, len(sep)) }

func splitSeq(s, sep []byte, save int) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		s := s
		if len(sep) == 0 {
			for len(s) > 0 {
				_, n := utf8.DecodeRune(s)
				if !yield(s[:n:n]) {
					return
				}
				s = s[n:]
			}
			return
		}
		for {
			i := Index(s, sep)
			if i < 0 {
				yield(s[:len(s):len(s)])
				return
			}
			if !yield(s[: i+save : i+save]) {
				return
			}
			s = s[i+len(sep):]
		}
	}
}

// Lines iterates over the lines of s, each with its newline.
func Lines(s []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		s := s
		for len(s) > 0 {
			i := IndexByte(s, '\n') + 1
			if i == 0 {
				i = len(s)
			}
			if !yield(s[:i:i]) {
				return
			}
			s = s[i:]
		}
	}
}

// Map returns a copy of s with each code point replaced by mapping's result, or dropped if that is negative.
func Map(mapping func(r rune) rune, s []byte) []byte {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRune(s[i:])
		if r = mapping(r); r >= 0 {
			b = utf8.AppendRune(b, r)
		}
		i += n
	}
	return b
}

// ToUpperSpecial returns a copy of s in upper case by c.
func ToUpperSpecial(c unicode.SpecialCase, s []byte) []byte { return Map(c.ToUpper, s) }

// ToLowerSpecial returns a copy of s in lower case by c.
func ToLowerSpecial(c unicode.SpecialCase, s []byte) []byte { return Map(c.ToLower, s) }

// ToTitleSpecial returns a copy of s in title case by c.
func ToTitleSpecial(c unicode.SpecialCase, s []byte) []byte { return Map(c.ToTitle, s) }

// Title returns a copy of s with the first letter of each word in title case.
//
// Deprecated: it does not handle Unicode punctuation; use golang.org/x/text/cases.
func Title(s []byte) []byte {
	prev := ' '
	return Map(func(r rune) rune {
		start := !unicode.IsLetter(prev) && !unicode.IsDigit(prev) && prev != '_' && (prev < 0x80 || unicode.IsSpace(prev))
		if prev = r; start {
			return unicode.ToTitle(r)
		}
		return r
	}, s)
}

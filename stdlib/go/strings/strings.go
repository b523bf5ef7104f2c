// Package strings has functions for UTF-8 strings.
package strings

import (
	"iter"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

// Index returns the index of the first substr in s, or -1.
func Index(s, substr string) int

// IndexByte returns the index of the first c in s, or -1.
func IndexByte(s string, c byte) int

// IndexRune returns the index of the first r in s, or -1; U+FFFD also finds invalid UTF-8.
func IndexRune(s string, r rune) int

// IndexAny returns the index of the first code point of chars in s, or -1.
func IndexAny(s, chars string) int

// LastIndex returns the index of the last substr in s, or -1.
func LastIndex(s, substr string) int

// LastIndexByte returns the index of the last c in s, or -1.
func LastIndexByte(s string, c byte) int

// LastIndexAny returns the index of the last code point of chars in s, or -1.
func LastIndexAny(s, chars string) int

// Count counts the non-overlapping substr in s; an empty one counts one more than the runes of s.
func Count(s, substr string) int

// Compare returns -1, 0 or +1 as a is less than, equal to or greater than b.
func Compare(a, b string) int

// EqualFold reports whether s and t are equal under simple Unicode case folding.
func EqualFold(s, t string) bool

// ToUpper returns s in upper case.
func ToUpper(s string) string

// ToLower returns s in lower case.
func ToLower(s string) string

// ToTitle returns s in title case.
func ToTitle(s string) string

// TrimSpace returns s without white space at its ends.
func TrimSpace(s string) string

// Trim returns s without code points of cutset at its ends.
func Trim(s, cutset string) string

// TrimLeft returns s without code points of cutset at its start.
func TrimLeft(s, cutset string) string

// TrimRight returns s without code points of cutset at its end.
func TrimRight(s, cutset string) string

// Replace returns s with its first n old replaced by new; all of them if n < 0.
func Replace(s, old, new string, n int) string

// ToValidUTF8 returns s with runs of invalid bytes replaced.
func ToValidUTF8(s, replacement string) string

// ReplaceAll returns s with every old replaced by new.
func ReplaceAll(s, old, new string) string { return Replace(s, old, new, -1) }

// Contains reports whether substr is in s.
func Contains(s, substr string) bool { return Index(s, substr) >= 0 }

// ContainsRune reports whether r is in s.
func ContainsRune(s string, r rune) bool { return IndexRune(s, r) >= 0 }

// ContainsAny reports whether any code point of chars is in s.
func ContainsAny(s, chars string) bool { return IndexAny(s, chars) >= 0 }

// ContainsFunc reports whether a code point of s satisfies f.
func ContainsFunc(s string, f func(rune) bool) bool { return IndexFunc(s, f) >= 0 }

// IndexFunc returns the index of the first code point that satisfies f, or -1.
func IndexFunc(s string, f func(rune) bool) int {
	for i, r := range s {
		if f(r) {
			return i
		}
	}
	return -1
}

// LastIndexFunc returns the index of the last code point that satisfies f, or -1.
func LastIndexFunc(s string, f func(rune) bool) int {
	for i := len(s); i > 0; {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		i -= n
		if f(r) {
			return i
		}
	}
	return -1
}

// HasPrefix reports whether s begins with prefix.
func HasPrefix(s, prefix string) bool { return len(s) >= len(prefix) && s[:len(prefix)] == prefix }

// HasSuffix reports whether s ends with suffix.
func HasSuffix(s, suffix string) bool {
	return len(s) >= len(suffix) && s[len(s)-len(suffix):] == suffix
}

// TrimPrefix returns s without prefix, if it begins with it.
func TrimPrefix(s, prefix string) string {
	if HasPrefix(s, prefix) {
		return s[len(prefix):]
	}
	return s
}

// TrimSuffix returns s without suffix, if it ends with it.
func TrimSuffix(s, suffix string) string {
	if HasSuffix(s, suffix) {
		return s[:len(s)-len(suffix)]
	}
	return s
}

// TrimLeftFunc returns s without code points at its start that satisfy f.
func TrimLeftFunc(s string, f func(rune) bool) string {
	for i, r := range s {
		if !f(r) {
			return s[i:]
		}
	}
	return ""
}

// TrimRightFunc returns s without code points at its end that satisfy f.
func TrimRightFunc(s string, f func(rune) bool) string {
	for len(s) > 0 {
		r, n := utf8.DecodeLastRuneInString(s)
		if !f(r) {
			break
		}
		s = s[:len(s)-n]
	}
	return s
}

// TrimFunc returns s without code points at its ends that satisfy f.
func TrimFunc(s string, f func(rune) bool) string { return TrimRightFunc(TrimLeftFunc(s, f), f) }

// Cut returns the text before and after the first sep, or (s, "", false).
func Cut(s, sep string) (before, after string, found bool) {
	if i := Index(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// CutLast returns the text before and after the last sep, or (s, "", false).
func CutLast(s, sep string) (before, after string, found bool) {
	if i := LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// CutPrefix returns s without prefix, and whether it had it.
func CutPrefix(s, prefix string) (after string, found bool) {
	if !HasPrefix(s, prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// CutSuffix returns s without suffix, and whether it had it.
func CutSuffix(s, suffix string) (before string, found bool) {
	if !HasSuffix(s, suffix) {
		return s, false
	}
	return s[:len(s)-len(suffix)], true
}

// Clone returns a fresh copy of s.
func Clone(s string) string { return string([]byte(s)) }

// Join returns elems, with sep between them.
func Join(elems []string, sep string) string {
	switch len(elems) {
	case 0:
		return ""
	case 1:
		return elems[0]
	}
	n := len(sep) * (len(elems) - 1)
	for _, e := range elems {
		if n += len(e); n < 0 {
			panic("strings: Join output length overflow")
		}
	}
	b := append(make([]byte, 0, n), elems[0]...)
	for _, e := range elems[1:] {
		b = append(append(b, sep...), e...)
	}
	return own(b)
}

// own makes a string of b without copying; b must not be used afterwards.
func own(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// Repeat returns count copies of s.
func Repeat(s string, count int) string {
	if count < 0 {
		panic("strings: negative Repeat count")
	}
	n := len(s) * count
	if count > 0 && (n/count != len(s) || n < 0) {
		panic("strings: Repeat output length overflow")
	}
	if count == 1 || n == 0 {
		return s[:n]
	}
	b := make([]byte, n)
	for i := copy(b, s); i < n; i *= 2 {
		copy(b[i:], b[:i])
	}
	return own(b)
}

// Split returns the parts of s between sep; if sep is empty, its UTF-8 sequences.
func Split(s, sep string) []string { return split(s, sep, 0, -1) }

// SplitAfter is like [Split], with sep kept at the end of the parts.
func SplitAfter(s, sep string) []string { return split(s, sep, len(sep), -1) }

// SplitN is like [Split] with at most n parts, the last unsplit; all if n < 0, none if n is 0.
func SplitN(s, sep string, n int) []string { return split(s, sep, 0, n) }

// SplitAfterN is like [SplitN], with sep kept at the end of the parts.
func SplitAfterN(s, sep string, n int) []string { return split(s, sep, len(sep), n) }

// split keeps the first save bytes of each separator.
func split(s, sep string, save, n int) []string {
	if n == 0 {
		return nil
	}
	if sep == "" {
		if c := utf8.RuneCountInString(s); n < 0 || n > c {
			n = c
		}
		a := make([]string, n)
		for i := range a {
			if i == n-1 {
				a[i] = s
				break
			}
			_, w := utf8.DecodeRuneInString(s)
			a[i], s = s[:w], s[w:]
		}
		return a
	}
	if n < 0 || n > len(s)+1 {
		n = min(n&(1<<63-1), Count(s, sep)+1)
	}
	a := make([]string, 0, n)
	for len(a) < n-1 {
		i := Index(s, sep)
		if i < 0 {
			break
		}
		a = append(a, s[:i+save])
		s = s[i+len(sep):]
	}
	return append(a, s)
}

// nextField returns where the first run of non-space in s[from:] begins and ends; start is len(s) if there is none.
func nextField(s string, from int) (start, end int)

// countFields counts the runs of non-space in s.
func countFields(s string) int

// Fields returns the parts of s between white space.
func Fields(s string) []string {
	a := make([]string, countFields(s))
	end := 0
	for i := range a {
		var start int
		start, end = nextField(s, end)
		a[i] = s[start:end]
	}
	return a
}

// FieldsFunc returns the parts of s between runs of code points that satisfy f.
func FieldsFunc(s string, f func(rune) bool) []string {
	a := []string{}
	start := -1
	for i, r := range s {
		if !f(r) {
			if start < 0 {
				start = i
			}
		} else if start >= 0 {
			a = append(a, s[start:i])
			start = -1
		}
	}
	if start >= 0 {
		a = append(a, s[start:])
	}
	return a
}

// FieldsSeq iterates over the parts of s between white space.
func FieldsSeq(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i, j := nextField(s, 0); i < len(s); i, j = nextField(s, j) {
			if !yield(s[i:j]) {
				return
			}
		}
	}
}

// FieldsFuncSeq iterates over the parts of s between runs of code points that satisfy f.
func FieldsFuncSeq(s string, f func(rune) bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		start := -1
		for i, r := range s {
			if !f(r) {
				if start < 0 {
					start = i
				}
			} else if start >= 0 {
				if !yield(s[start:i]) {
					return
				}
				start = -1
			}
		}
		if start >= 0 {
			yield(s[start:])
		}
	}
}

// SplitSeq iterates over the parts of s between sep.
func SplitSeq(s, sep string) iter.Seq[string] { return splitSeq(s, sep, 0) }

// SplitAfterSeq is like [SplitSeq], with sep kept at the end of the parts.
func SplitAfterSeq(s, sep string) iter.Seq[string] { return splitSeq(s, sep, len(sep)) }

func splitSeq(s, sep string, save int) iter.Seq[string] {
	return func(yield func(string) bool) {
		s := s
		if sep == "" {
			for len(s) > 0 {
				_, n := utf8.DecodeRuneInString(s)
				if !yield(s[:n]) {
					return
				}
				s = s[n:]
			}
			return
		}
		for {
			i := Index(s, sep)
			if i < 0 {
				yield(s)
				return
			}
			if !yield(s[:i+save]) {
				return
			}
			s = s[i+len(sep):]
		}
	}
}

// Lines iterates over the lines of s, each with its newline.
func Lines(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		s := s
		for len(s) > 0 {
			i := IndexByte(s, '\n') + 1
			if i == 0 {
				i = len(s)
			}
			if !yield(s[:i]) {
				return
			}
			s = s[i:]
		}
	}
}

// Map returns s with each code point replaced by mapping's result, or dropped if that is negative.
func Map(mapping func(rune) rune, s string) string {
	for i, c := range s {
		r := mapping(c)
		w := 1
		if c == utf8.RuneError {
			_, w = utf8.DecodeRuneInString(s[i:])
			if r == c && w != 1 {
				continue
			}
		} else if r == c {
			continue
		} else {
			w = utf8.RuneLen(c)
		}
		b := append(make([]byte, 0, len(s)+utf8.UTFMax), s[:i]...)
		if r >= 0 {
			b = utf8.AppendRune(b, r)
		}
		for _, c := range s[i+w:] {
			if r := mapping(c); r >= 0 {
				b = utf8.AppendRune(b, r)
			}
		}
		return own(b)
	}
	return s
}

// ToUpperSpecial returns s in upper case by c.
func ToUpperSpecial(c unicode.SpecialCase, s string) string { return Map(c.ToUpper, s) }

// ToLowerSpecial returns s in lower case by c.
func ToLowerSpecial(c unicode.SpecialCase, s string) string { return Map(c.ToLower, s) }

// ToTitleSpecial returns s in title case by c.
func ToTitleSpecial(c unicode.SpecialCase, s string) string { return Map(c.ToTitle, s) }

// Title returns s with the first letter of each word in title case.
//
// Deprecated: it does not handle Unicode punctuation; use golang.org/x/text/cases.
func Title(s string) string {
	prev := ' '
	return Map(func(r rune) rune {
		start := !unicode.IsLetter(prev) && !unicode.IsDigit(prev) && prev != '_' && (prev < 0x80 || unicode.IsSpace(prev))
		if prev = r; start {
			return unicode.ToTitle(r)
		}
		return r
	}, s)
}

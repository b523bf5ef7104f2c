// Package html escapes text for HTML, and back.
package html

import (
	"strconv"
	"strings"
	"sync"
)

var escaper = strings.NewReplacer("&", "&amp;", "'", "&#39;", "<", "&lt;", ">", "&gt;", `"`, "&#34;")

// EscapeString returns s so that <, >, &, ' and " in it mean nothing in HTML.
func EscapeString(s string) string { return escaper.Replace(s) }

// An entity is what a name stands for.
type entity struct {
	text string
	bare bool // also without a semicolon
}

var entities = sync.OnceValue(func() map[string]entity {
	m := make(map[string]entity)
	list := strings.Fields(entityList)
	for i := 0; i < len(list); i += 2 {
		name, bare := strings.CutPrefix(list[i], "*")
		var text []rune
		for _, code := range strings.Split(list[i+1], ",") {
			r, _ := strconv.ParseUint(code, 16, 32)
			text = append(text, rune(r))
		}
		m[name] = entity{string(text), bare}
	}
	return m
})

// The longest name that is known without a semicolon.
const longestBare = 6

// What the numbers 0x80 to 0x9F stand for: as in Windows, not as in Unicode.
var windows = [...]rune{
	'\u20AC', '\u0081', '\u201A', '\u0192', '\u201E', '\u2026', '\u2020', '\u2021', '\u02C6', '\u2030', '\u0160',
	'\u2039', '\u0152', '\u008D', '\u017D', '\u008F', '\u0090', '\u2018', '\u2019', '\u201C', '\u201D', '\u2022',
	'\u2013', '\u2014', '\u02DC', '\u2122', '\u0161', '\u203A', '\u0153', '\u009D', '\u017E', '\u0178',
}

// UnescapeString replaces entities such as &lt; &#225; and &#xE1; by what they stand for.
func UnescapeString(s string) string {
	i := strings.IndexByte(s, '&')
	if i < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i >= 0 {
		b = append(b, s[:i]...)
		text, n := reference(s[i:])
		b = append(b, text...)
		s = s[i+n:]
		i = strings.IndexByte(s, '&')
	}
	return string(append(b, s...))
}

// reference returns what stands for the entity at the beginning of s, and the entity's length.
func reference(s string) (text string, n int) {
	if strings.HasPrefix(s, "&#") {
		return number(s)
	}
	end := 1
	for end < len(s) && isAlphanumeric(s[end]) {
		end++
	}
	name := s[1:end]
	if name == "" {
		return "&", 1
	}
	longest := len(name) - 1
	e, ok := entities()[name]
	if end < len(s) && s[end] == ';' {
		if ok {
			return e.text, end + 1
		}
		end++
		longest++
	} else if ok && e.bare {
		return e.text, end
	}
	for j := min(longest, longestBare); j > 1; j-- {
		if e, ok := entities()[name[:j]]; ok && e.bare {
			return e.text, j + 1
		}
	}
	return s[:end], end
}

func isAlphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// number is reference for &#….
func number(s string) (text string, n int) {
	i, base := 2, rune(10)
	if len(s) <= 3 {
		return "&", 1
	}
	if s[i] == 'x' || s[i] == 'X' {
		i, base = 3, 16
	}
	var x rune
	for ; i < len(s); i++ {
		c := s[i]
		var d rune
		switch {
		case '0' <= c && c <= '9':
			d = rune(c - '0')
		case base == 16 && 'a' <= c && c <= 'f':
			d = rune(c-'a') + 10
		case base == 16 && 'A' <= c && c <= 'F':
			d = rune(c-'A') + 10
		default:
			d = -1
		}
		if d < 0 {
			if c == ';' {
				i++
			}
			break
		}
		x = base*x + d
	}
	if i <= 3 { // a single digit needs its semicolon
		return "&", 1
	}
	switch {
	case 0x80 <= x && x <= 0x9F:
		x = windows[x-0x80]
	case x == 0 || 0xD800 <= x && x <= 0xDFFF || x > 0x10FFFF:
		x = '\uFFFD'
	}
	return string(x), i
}

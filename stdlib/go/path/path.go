// Package path works on slash-separated paths.
package path

import (
	"errors"
	"unicode/utf8"
)

// Clean returns the shortest name for path by the text alone: without ., .., // and trailing slashes where they can go.
func Clean(path string) string {
	if path == "" {
		return "."
	}
	rooted := path[0] == '/'
	out := make([]byte, 0, len(path))
	floor := 0 // .. cannot go below
	if rooted {
		out = append(out, '/')
		floor = 1
	}
	for i := 0; i < len(path); {
		if path[i] == '/' {
			i++
			continue
		}
		j := i
		for j < len(path) && path[j] != '/' {
			j++
		}
		switch e := path[i:j]; {
		case e == ".":
		case e == ".." && len(out) > floor:
			n := len(out) - 1
			for n > floor && out[n] != '/' {
				n--
			}
			out = out[:n]
		case e == ".." && rooted:
		default:
			if len(out) > 0 && out[len(out)-1] != '/' {
				out = append(out, '/')
			}
			if out = append(out, e...); e == ".." {
				floor = len(out)
			}
		}
		i = j
	}
	if len(out) == 0 {
		return "."
	}
	return string(out)
}

func lastSlash(s string) int {
	i := len(s) - 1
	for i >= 0 && s[i] != '/' {
		i--
	}
	return i
}

// Split splits path behind its last slash.
func Split(path string) (dir, file string) {
	i := lastSlash(path) + 1
	return path[:i], path[i:]
}

// Join joins the elements that are not empty, with slashes between them, and cleans the result.
func Join(elem ...string) string {
	s := ""
	for _, e := range elem {
		if e == "" {
			continue
		}
		if s != "" {
			s += "/"
		}
		s += e
	}
	if s == "" {
		return ""
	}
	return Clean(s)
}

// Ext returns path's suffix from the last dot of the last element on.
func Ext(path string) string {
	for i := len(path) - 1; i >= 0 && path[i] != '/'; i-- {
		if path[i] == '.' {
			return path[i:]
		}
	}
	return ""
}

// Base returns the last element; "." of an empty path, "/" of slashes.
func Base(path string) string {
	if path == "" {
		return "."
	}
	for len(path) > 0 && path[len(path)-1] == '/' {
		path = path[:len(path)-1]
	}
	if path == "" {
		return "/"
	}
	return path[lastSlash(path)+1:]
}

// IsAbs reports whether path begins with a slash.
func IsAbs(path string) bool { return len(path) > 0 && path[0] == '/' }

// Dir returns all but the last element.
func Dir(path string) string {
	dir, _ := Split(path)
	return Clean(dir)
}

// ErrBadPattern is a malformed pattern.
var ErrBadPattern = errors.New("syntax error in pattern")

// Match reports whether all of name matches a pattern: * any text without slashes, ? any character but a slash,
// [a-z] and [^a-z] classes, \ before a character taken as it is.
func Match(pattern, name string) (matched bool, err error) {
	for pattern != "" {
		star, chunk, rest := nextChunk(pattern)
		pattern = rest
		if star && chunk == "" {
			for i := range len(name) {
				if name[i] == '/' {
					return false, nil
				}
			}
			return true, nil
		}
		t, ok, err := matchChunk(chunk, name)
		if ok && (t == "" || pattern != "") {
			name = t
			continue
		}
		if err != nil {
			return false, err
		}
		found := false
		if star {
			for i := 0; i < len(name) && name[i] != '/'; i++ {
				t, ok, err := matchChunk(chunk, name[i+1:])
				if ok && !(pattern == "" && t != "") {
					name, found = t, true
					break
				}
				if err != nil {
					return false, err
				}
			}
		}
		if found {
			continue
		}
		for pattern != "" { // it must be well formed all the same
			_, chunk, pattern = nextChunk(pattern)
			if _, _, err := matchChunk(chunk, ""); err != nil {
				return false, err
			}
		}
		return false, nil
	}
	return name == "", nil
}

// nextChunk returns the part of the pattern up to the next star, and whether stars lead it.
func nextChunk(pattern string) (star bool, chunk, rest string) {
	for pattern != "" && pattern[0] == '*' {
		pattern = pattern[1:]
		star = true
	}
	class := false
	i := 0
	for ; i < len(pattern); i++ {
		switch pattern[i] {
		case '\\':
			if i+1 < len(pattern) {
				i++
			}
		case '[':
			class = true
		case ']':
			class = false
		case '*':
			if !class {
				return star, pattern[:i], pattern[i:]
			}
		}
	}
	return star, pattern, ""
}

// matchChunk matches a chunk without stars to the beginning of s, and returns the rest of s. Even when s does not match
// it goes on to the end of the chunk, to find faults.
func matchChunk(chunk, s string) (rest string, ok bool, err error) {
	failed := false
	for chunk != "" {
		failed = failed || s == ""
		switch chunk[0] {
		case '[':
			var r rune
			if !failed {
				var n int
				r, n = utf8.DecodeRuneInString(s)
				s = s[n:]
			}
			chunk = chunk[1:]
			negated := false
			if chunk != "" && chunk[0] == '^' {
				negated = true
				chunk = chunk[1:]
			}
			match := false
			for n := 0; ; n++ {
				if chunk != "" && chunk[0] == ']' && n > 0 {
					chunk = chunk[1:]
					break
				}
				var lo, hi rune
				if lo, chunk, err = classChar(chunk); err != nil {
					return "", false, err
				}
				hi = lo
				if chunk[0] == '-' {
					if hi, chunk, err = classChar(chunk[1:]); err != nil {
						return "", false, err
					}
				}
				match = match || lo <= r && r <= hi
			}
			failed = failed || match == negated
		case '?':
			if !failed {
				failed = s[0] == '/'
				_, n := utf8.DecodeRuneInString(s)
				s = s[n:]
			}
			chunk = chunk[1:]
		default:
			if chunk[0] == '\\' {
				if chunk = chunk[1:]; chunk == "" {
					return "", false, ErrBadPattern
				}
			}
			if !failed {
				failed = chunk[0] != s[0]
				s = s[1:]
			}
			chunk = chunk[1:]
		}
	}
	if failed {
		return "", false, nil
	}
	return s, true, nil
}

// classChar takes a character, perhaps escaped, from inside of a class, which must go on behind it.
func classChar(chunk string) (r rune, rest string, err error) {
	if chunk == "" || chunk[0] == '-' || chunk[0] == ']' {
		return 0, chunk, ErrBadPattern
	}
	if chunk[0] == '\\' {
		if chunk = chunk[1:]; chunk == "" {
			return 0, chunk, ErrBadPattern
		}
	}
	r, n := utf8.DecodeRuneInString(chunk)
	if r == utf8.RuneError && n == 1 || n == len(chunk) {
		err = ErrBadPattern
	}
	return r, chunk[n:], err
}

package testing

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
)

// A pattern of -test.run: alternatives, each a list of expressions for the levels of a name.
type pattern [][]string

// parsePattern splits at `|` and `/` outside of brackets and parentheses.
func parsePattern(text string) pattern {
	var (
		p        pattern
		levels   []string
		brackets int
		parens   int
		from     int
	)
	for i := 0; i < len(text); i++ {
		outside := brackets == 0 && parens == 0
		switch c := text[i]; {
		case c == '\\':
			i++
		case c == '[':
			brackets++
		case c == ']':
			brackets = max(brackets-1, 0)
		case c == '(' && brackets == 0:
			parens++
		case c == ')' && brackets == 0:
			parens--
		case (c == '/' || c == '|') && outside:
			levels = append(levels, rewrite(text[from:i]))
			from = i + 1
			if c == '|' {
				p, levels = append(p, levels), nil
			}
		}
	}
	return append(p, append(levels, rewrite(text[from:])))
}

// matches reports whether the pattern matches the parts of a name, and whether it has more levels than the name.
func (p pattern) matches(parts []string, match matchFunc) (ok, partial bool) {
	for _, levels := range p {
		ok = true
		for i, part := range parts[:min(len(parts), len(levels))] {
			if m, _ := match(levels[i], part); !m {
				ok = false
				break
			}
		}
		if ok {
			return true, len(parts) < len(levels)
		}
	}
	return false, false
}

// verify ends the program if an expression is malformed.
func (p pattern) verify(flag string, match matchFunc) {
	for i, levels := range p {
		for j, text := range levels {
			if _, err := match(text, "non-empty"); err != nil {
				where := ""
				if len(p) > 1 {
					where = fmt.Sprintf("alternation %d of ", i)
				}
				fmt.Fprintf(os.Stderr, "testing: invalid regexp for %selement %d of %s (%q): %s\n", where, j, flag, text, err)
				os.Exit(1)
			}
		}
	}
}

// matcher gives tests their full names and decides which run.
type matcher struct {
	run, skip pattern
	match     matchFunc

	mu   sync.Mutex
	used map[string]int // how often a name was given
}

func newMatcher(match matchFunc, run, flag, skip string) *matcher {
	m := &matcher{match: match, used: map[string]int{}}
	if run != "" {
		m.run = parsePattern(run)
		m.run.verify(flag, match)
	}
	if skip != "" {
		m.skip = parsePattern(skip)
		m.skip.verify("-test.skip", match)
	}
	return m
}

// fullName returns the name of a subtest of c, whether it is to run, and whether only for some of its subtests.
func (m *matcher) fullName(c *common, sub string) (name string, ok, partial bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	name = sub
	if c != nil && c.level > 0 {
		name = m.unique(c.name, rewrite(sub))
	}
	parts := strings.Split(name, "/")
	ok = true
	if m.run != nil {
		ok, partial = m.run.matches(parts, m.match)
	}
	if ok && m.skip != nil {
		if skip, some := m.skip.matches(parts, m.match); skip && !some {
			ok = false
		}
	}
	return name, ok, partial && ok
}

// unique gives each subtest a name of its own, with a number behind `#` where names are equal or missing.
func (m *matcher) unique(parent, sub string) string {
	base := parent + "/" + sub
	for {
		n := m.used[base]
		m.used[base] = n + 1
		if n == 0 && sub != "" {
			// A name that looks numbered may be taken already.
			if prefix, number := numbered(base); number >= 0 && number < m.used[prefix] {
				continue
			}
			return base
		}
		name := fmt.Sprintf("%s#%02d", base, n)
		if m.used[name] == 0 {
			return name
		}
	}
}

// numbered takes `#07` off a name; the number is -1 if there is none that unique could have made.
func numbered(name string) (prefix string, number int) {
	prefix, digits, ok := cutLast(name, "#")
	if !ok || len(digits) < 2 || len(digits) > 2 && digits[0] == '0' || digits == "00" && !strings.HasSuffix(prefix, "/") {
		return name, -1
	}
	n, err := strconv.ParseUint(digits, 10, 31)
	if err != nil {
		return name, -1
	}
	return prefix, int(n)
}

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// rewrite makes a name printable and free of spaces.
func rewrite(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case isSpace(r):
			b.WriteByte('_')
		case !strconv.IsPrint(r):
			q := strconv.QuoteRune(r)
			b.WriteString(q[1 : len(q)-1])
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isSpace(r rune) bool {
	switch {
	case '\t' <= r && r <= '\r', r == ' ', r == 0x85, r == 0xA0, r == 0x1680:
		return true
	case 0x2000 <= r && r <= 0x200a, r == 0x2028, r == 0x2029, r == 0x202f, r == 0x205f, r == 0x3000:
		return true
	}
	return false
}

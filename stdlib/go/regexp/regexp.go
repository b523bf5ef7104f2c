// Package regexp searches texts for regular expressions, in time linear in the text.
package regexp

import (
	"io"
	"regexp/syntax"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

// A Regexp is a compiled expression. Many goroutines may use it at once; only Longest changes it.
type Regexp struct {
	expr    string
	prog    uintptr // the engine's
	names   []string
	longest bool
}

// compileExpr compiles an expression. names are those of its groups; code and part say what is wrong with it.
func compileExpr(expr string, perl bool) (prog uintptr, names []string, code, part string)
func isMatch(prog uintptr, text string) bool

// matches returns the positions of up to n matches, ncap of each, one after the other.
func matches(prog uintptr, text string, n, ncap int, longest, replacing bool) []int
func literalPrefix(prog uintptr) (prefix string, complete bool)

// Compile returns the expression that prefers, as Perl does, what is written first.
func Compile(expr string) (*Regexp, error) { return compile(expr, true) }

// CompilePOSIX returns the expression in the syntax of egrep, which prefers the longest match.
func CompilePOSIX(expr string) (*Regexp, error) { return compile(expr, false) }

func compile(expr string, perl bool) (*Regexp, error) {
	prog, names, code, part := compileExpr(expr, perl)
	if code != "" {
		return nil, &syntax.Error{Code: syntax.ErrorCode(code), Expr: part}
	}
	return &Regexp{expr, prog, names, !perl}, nil
}

func quote(s string) string {
	if strconv.CanBackquote(s) {
		return "`" + s + "`"
	}
	return strconv.Quote(s)
}

// MustCompile is Compile, but panics if the expression is wrong.
func MustCompile(str string) *Regexp {
	re, err := Compile(str)
	if err != nil {
		panic("regexp: Compile(" + quote(str) + "): " + err.Error())
	}
	return re
}

// MustCompilePOSIX is CompilePOSIX, but panics if the expression is wrong.
func MustCompilePOSIX(str string) *Regexp {
	re, err := CompilePOSIX(str)
	if err != nil {
		panic("regexp: CompilePOSIX(" + quote(str) + "): " + err.Error())
	}
	return re
}

// MatchString reports whether s has a match of pattern.
func MatchString(pattern string, s string) (matched bool, err error) {
	re, err := Compile(pattern)
	if err != nil {
		return false, err
	}
	return re.MatchString(s), nil
}

// Match reports whether b has a match of pattern.
func Match(pattern string, b []byte) (matched bool, err error) { return MatchString(pattern, view(b)) }

// MatchReader reports whether what r has has a match of pattern.
func MatchReader(pattern string, r io.RuneReader) (matched bool, err error) {
	re, err := Compile(pattern)
	if err != nil {
		return false, err
	}
	return re.MatchReader(r), nil
}

const special = `\.+*?()|[]{}^$`

// QuoteMeta returns the expression that matches s itself.
func QuoteMeta(s string) string {
	if !strings.ContainsAny(s, special) {
		return s
	}
	b := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		if strings.IndexByte(special, s[i]) >= 0 {
			b = append(b, '\\')
		}
		b = append(b, s[i])
	}
	return string(b)
}

// String returns the expression.
func (re *Regexp) String() string { return re.expr }

// Copy returns a copy.
func (re *Regexp) Copy() *Regexp {
	c := *re
	return &c
}

// Longest makes searches prefer the longest of the leftmost matches.
func (re *Regexp) Longest() { re.longest = true }

// NumSubexp returns the number of groups in parentheses.
func (re *Regexp) NumSubexp() int { return len(re.names) - 1 }

// SubexpNames returns the names of the groups, the nameless whole first.
func (re *Regexp) SubexpNames() []string { return re.names }

// SubexpIndex returns the number of the first group of that name, or -1.
func (re *Regexp) SubexpIndex(name string) int {
	if name != "" {
		for i, s := range re.names {
			if name == s {
				return i
			}
		}
	}
	return -1
}

// LiteralPrefix returns what all matches begin with, and whether that is the whole expression.
func (re *Regexp) LiteralPrefix() (prefix string, complete bool) { return literalPrefix(re.prog) }

// MatchString reports whether s has a match.
func (re *Regexp) MatchString(s string) bool { return isMatch(re.prog, s) }

// Match reports whether b has a match.
func (re *Regexp) Match(b []byte) bool { return isMatch(re.prog, view(b)) }

// MatchReader reports whether what r has has a match.
func (re *Regexp) MatchReader(r io.RuneReader) bool { return isMatch(re.prog, readAll(r)) }

// view is b as a string, in place.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// readAll reads runes to the end; those that were no UTF-8 stay one byte long.
func readAll(r io.RuneReader) string {
	var b []byte
	for {
		c, size, err := r.ReadRune()
		if err != nil {
			return string(b)
		}
		if c == utf8.RuneError && size == 1 {
			b = append(b, 0xff)
		} else {
			b = utf8.AppendRune(b, c)
		}
	}
}

// ---- finding ----

// first returns the positions of the first match and its groups, or nil.
func (re *Regexp) first(s string, ncap int) []int {
	if m := matches(re.prog, s, 1, ncap, re.longest, false); len(m) > 0 {
		return m
	}
	return nil
}

// all returns the positions of up to n matches, one after the other; any number if n is negative.
func (re *Regexp) all(s string, n, ncap int) []int {
	if n == 0 {
		return nil
	}
	return matches(re.prog, s, n, ncap, re.longest, false)
}

func (re *Regexp) ncap() int { return 2 * len(re.names) }

func part(b []byte, m []int) []byte {
	if m[0] < 0 {
		return nil
	}
	return b[m[0]:m[1]:m[1]]
}

func parts(b []byte, m []int) [][]byte {
	out := make([][]byte, len(m)/2)
	for i := range out {
		out[i] = part(b, m[2*i:])
	}
	return out
}

func partString(s string, m []int) string {
	if m[0] < 0 {
		return ""
	}
	return s[m[0]:m[1]]
}

func partStrings(s string, m []int) []string {
	out := make([]string, len(m)/2)
	for i := range out {
		out[i] = partString(s, m[2*i:])
	}
	return out
}

// Find returns the first match, or nil.
func (re *Regexp) Find(b []byte) []byte {
	if m := re.first(view(b), 2); m != nil {
		return part(b, m)
	}
	return nil
}

// FindString returns the first match, or nothing.
func (re *Regexp) FindString(s string) string {
	if m := re.first(s, 2); m != nil {
		return s[m[0]:m[1]]
	}
	return ""
}

// FindIndex returns where the first match begins and ends, or nil.
func (re *Regexp) FindIndex(b []byte) (loc []int) { return re.first(view(b), 2) }

// FindStringIndex returns where the first match begins and ends, or nil.
func (re *Regexp) FindStringIndex(s string) (loc []int) { return re.first(s, 2) }

// FindReaderIndex returns where the first match begins and ends, or nil.
func (re *Regexp) FindReaderIndex(r io.RuneReader) (loc []int) { return re.first(readAll(r), 2) }

// FindSubmatch returns the first match and its groups, or nil.
func (re *Regexp) FindSubmatch(b []byte) [][]byte {
	if m := re.first(view(b), re.ncap()); m != nil {
		return parts(b, m)
	}
	return nil
}

// FindStringSubmatch returns the first match and its groups, or nil.
func (re *Regexp) FindStringSubmatch(s string) []string {
	if m := re.first(s, re.ncap()); m != nil {
		return partStrings(s, m)
	}
	return nil
}

// FindSubmatchIndex returns where the first match and its groups begin and end, or nil.
func (re *Regexp) FindSubmatchIndex(b []byte) []int { return re.first(view(b), re.ncap()) }

// FindStringSubmatchIndex returns where the first match and its groups begin and end, or nil.
func (re *Regexp) FindStringSubmatchIndex(s string) []int { return re.first(s, re.ncap()) }

// FindReaderSubmatchIndex returns where the first match and its groups begin and end, or nil.
func (re *Regexp) FindReaderSubmatchIndex(r io.RuneReader) []int { return re.first(readAll(r), re.ncap()) }

// each makes a list of what get makes of each match.
func each[T any](all []int, ncap int, get func(m []int) T) []T {
	if len(all) == 0 {
		return nil
	}
	out := make([]T, 0, len(all)/ncap)
	for ; len(all) > 0; all = all[ncap:] {
		out = append(out, get(all[:ncap:ncap]))
	}
	return out
}

func same(m []int) []int { return m }

// FindAll returns up to n matches, all if n is negative.
func (re *Regexp) FindAll(b []byte, n int) [][]byte {
	return each(re.all(view(b), n, 2), 2, func(m []int) []byte { return part(b, m) })
}

// FindAllString returns up to n matches, all if n is negative.
func (re *Regexp) FindAllString(s string, n int) []string {
	return each(re.all(s, n, 2), 2, func(m []int) string { return s[m[0]:m[1]] })
}

// FindAllIndex returns where up to n matches begin and end.
func (re *Regexp) FindAllIndex(b []byte, n int) [][]int { return each(re.all(view(b), n, 2), 2, same) }

// FindAllStringIndex returns where up to n matches begin and end.
func (re *Regexp) FindAllStringIndex(s string, n int) [][]int { return each(re.all(s, n, 2), 2, same) }

// FindAllSubmatch returns up to n matches and their groups.
func (re *Regexp) FindAllSubmatch(b []byte, n int) [][][]byte {
	return each(re.all(view(b), n, re.ncap()), re.ncap(), func(m []int) [][]byte { return parts(b, m) })
}

// FindAllStringSubmatch returns up to n matches and their groups.
func (re *Regexp) FindAllStringSubmatch(s string, n int) [][]string {
	return each(re.all(s, n, re.ncap()), re.ncap(), func(m []int) []string { return partStrings(s, m) })
}

// FindAllSubmatchIndex returns where up to n matches and their groups begin and end.
func (re *Regexp) FindAllSubmatchIndex(b []byte, n int) [][]int {
	return each(re.all(view(b), n, re.ncap()), re.ncap(), same)
}

// FindAllStringSubmatchIndex returns where up to n matches and their groups begin and end.
func (re *Regexp) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return each(re.all(s, n, re.ncap()), re.ncap(), same)
}

// Split returns what lies between the matches, in up to n parts, any number if n is negative.
func (re *Regexp) Split(s string, n int) []string {
	if n == 0 {
		return nil
	}
	if len(re.expr) > 0 && len(s) == 0 {
		return []string{""}
	}
	out := []string{}
	begin, end := 0, 0
	for all := re.all(s, n, 2); len(all) > 0; all = all[2:] {
		if n > 0 && len(out) >= n-1 {
			break
		}
		end = all[0]
		if all[1] != 0 {
			out = append(out, s[begin:end])
		}
		begin = all[1]
	}
	if end != len(s) {
		out = append(out, s[begin:])
	}
	return out
}

// ---- replacing ----

// replaceAll appends what repl makes of each match, and what lies between them. It returns nil if there is none.
func (re *Regexp) replaceAll(src string, ncap int, repl func(dst []byte, m []int) []byte) []byte {
	all := matches(re.prog, src, -1, ncap, re.longest, true)
	if len(all) == 0 {
		return nil
	}
	buf := make([]byte, 0, len(src))
	last := 0
	for ; len(all) > 0; all = all[ncap:] {
		buf = append(buf, src[last:all[0]]...)
		buf = repl(buf, all[:ncap])
		last = all[1]
	}
	return append(buf, src[last:]...)
}

func (re *Regexp) replaceString(src string, ncap int, repl func(dst []byte, m []int) []byte) string {
	if b := re.replaceAll(src, ncap, repl); b != nil {
		return string(b)
	}
	return src
}

func (re *Regexp) replaceBytes(src []byte, ncap int, repl func(dst []byte, m []int) []byte) []byte {
	if b := re.replaceAll(view(src), ncap, repl); b != nil {
		return b
	}
	return append([]byte(nil), src...)
}

// templateCap is how many positions a template needs.
func (re *Regexp) templateCap(template string) int {
	if strings.IndexByte(template, '$') >= 0 {
		return re.ncap()
	}
	return 2
}

// ReplaceAllString replaces each match by repl, in which $1 and ${name} stand for groups.
func (re *Regexp) ReplaceAllString(src, repl string) string {
	return re.replaceString(src, re.templateCap(repl), func(dst []byte, m []int) []byte {
		return re.ExpandString(dst, repl, src, m)
	})
}

// ReplaceAllLiteralString replaces each match by repl as it is.
func (re *Regexp) ReplaceAllLiteralString(src, repl string) string {
	return re.replaceString(src, 2, func(dst []byte, m []int) []byte { return append(dst, repl...) })
}

// ReplaceAllStringFunc replaces each match by what repl returns for it.
func (re *Regexp) ReplaceAllStringFunc(src string, repl func(string) string) string {
	return re.replaceString(src, 2, func(dst []byte, m []int) []byte { return append(dst, repl(src[m[0]:m[1]])...) })
}

// ReplaceAll replaces each match by repl, in which $1 and ${name} stand for groups.
func (re *Regexp) ReplaceAll(src, repl []byte) []byte {
	template := string(repl)
	return re.replaceBytes(src, re.templateCap(template), func(dst []byte, m []int) []byte {
		return re.ExpandString(dst, template, view(src), m)
	})
}

// ReplaceAllLiteral replaces each match by repl as it is.
func (re *Regexp) ReplaceAllLiteral(src, repl []byte) []byte {
	return re.replaceBytes(src, 2, func(dst []byte, m []int) []byte { return append(dst, repl...) })
}

// ReplaceAllFunc replaces each match by what repl returns for it.
func (re *Regexp) ReplaceAllFunc(src []byte, repl func([]byte) []byte) []byte {
	return re.replaceBytes(src, 2, func(dst []byte, m []int) []byte { return append(dst, repl(src[m[0]:m[1]])...) })
}

// Expand appends template to dst; $1 and ${name} in it stand for groups of a match in src.
func (re *Regexp) Expand(dst []byte, template []byte, src []byte, match []int) []byte {
	return re.ExpandString(dst, string(template), view(src), match)
}

// ExpandString is Expand for strings.
func (re *Regexp) ExpandString(dst []byte, template string, src string, match []int) []byte {
	group := func(i int) {
		if 2*i+1 < len(match) && match[2*i] >= 0 {
			dst = append(dst, src[match[2*i]:match[2*i+1]]...)
		}
	}
	for {
		before, after, ok := strings.Cut(template, "$")
		dst = append(dst, before...)
		if !ok {
			return dst
		}
		if strings.HasPrefix(after, "$") {
			dst = append(dst, '$')
			template = after[1:]
			continue
		}
		name, num, rest, ok := reference(after)
		template = rest
		switch {
		case !ok:
			dst = append(dst, '$')
		case num >= 0:
			group(num)
		default:
			for i, n := range re.names {
				if n == name && 2*i+1 < len(match) && match[2*i] >= 0 {
					group(i)
					break
				}
			}
		}
	}
}

// reference reads a group's name or number, perhaps in braces, at the beginning of s.
func reference(s string) (name string, num int, rest string, ok bool) {
	inner := strings.TrimPrefix(s, "{")
	braces := len(inner) < len(s)
	n := strings.IndexFunc(inner, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' })
	if n < 0 {
		n = len(inner)
	}
	name, rest = inner[:n], inner[n:]
	if name == "" {
		return "", 0, s, false
	}
	if braces {
		if !strings.HasPrefix(rest, "}") {
			return "", 0, s, false
		}
		rest = rest[1:]
	}
	for _, c := range []byte(name) {
		if c < '0' || c > '9' || num >= 1e8 {
			num = -1
			break
		}
		num = num*10 + int(c-'0')
	}
	if len(name) > 1 && name[0] == '0' {
		num = -1
	}
	return name, num, rest, true
}

// ---- text ----

// AppendText appends the expression.
func (re *Regexp) AppendText(b []byte) ([]byte, error) { return append(b, re.expr...), nil }

// MarshalText returns the expression.
func (re *Regexp) MarshalText() ([]byte, error) { return re.AppendText(nil) }

// UnmarshalText compiles the expression.
func (re *Regexp) UnmarshalText(text []byte) error {
	compiled, err := Compile(string(text))
	if err == nil {
		*re = *compiled
	}
	return err
}

package http

import (
	"errors"
	"fmt"
	"internal/httphead"
	"net/url"
	"strings"
	"unicode"
)

// pattern is what a ServeMux is told to match: [METHOD ][HOST]/[PATH].
type pattern struct {
	text     string
	method   string
	host     string
	segments []segment
	loc      string // where it was registered
}

// segment is a part of a pattern's path, between slashes.
type segment struct {
	text  string // what it must be; "/" stands for the end behind a slash
	name  string // of a wildcard
	wild  bool
	multi bool // it matches all the rest; without a name it is a slash at the end
}

func (p *pattern) String() string { return p.text }

func (p *pattern) last() segment { return p.segments[len(p.segments)-1] }

// parsePattern reads a pattern.
func parsePattern(s string) (_ *pattern, err error) {
	if s == "" {
		return nil, errors.New("empty pattern")
	}
	at := 0
	defer func() {
		if err != nil {
			err = fmt.Errorf("at offset %d: %w", at, err)
		}
	}()
	p := &pattern{text: s}
	method, rest, found := s, "", false
	if i := strings.IndexAny(s, " \t"); i >= 0 {
		method, rest, found = s[:i], strings.TrimLeft(s[i+1:], " \t"), true
	}
	if !found {
		method, rest = "", s
	}
	if method != "" && !httphead.IsToken(method) {
		return nil, fmt.Errorf("invalid method %q", method)
	}
	p.method = method
	if found {
		at = len(method) + 1
	}
	slash := strings.IndexByte(rest, '/')
	if slash < 0 {
		return nil, errors.New("host/path missing /")
	}
	p.host = rest[:slash]
	rest = rest[slash:]
	if i := strings.IndexByte(p.host, '{'); i >= 0 {
		at += i
		return nil, errors.New("host contains '{' (missing initial '/'?)")
	}
	at += slash
	if method != "" && method != "CONNECT" && rest != cleanPath(rest) {
		return nil, errors.New("non-CONNECT pattern with unclean path can never match")
	}
	names := map[string]bool{}
	for rest != "" {
		rest = rest[1:] // the slash
		at = len(s) - len(rest)
		if rest == "" {
			p.segments = append(p.segments, segment{wild: true, multi: true})
			break
		}
		i := strings.IndexByte(rest, '/')
		if i < 0 {
			i = len(rest)
		}
		var one string
		one, rest = rest[:i], rest[i:]
		brace := strings.IndexByte(one, '{')
		if brace < 0 {
			p.segments = append(p.segments, segment{text: pathUnescape(one)})
			continue
		}
		if brace != 0 {
			return nil, errors.New("bad wildcard segment (must start with '{')")
		}
		if one[len(one)-1] != '}' {
			return nil, errors.New("bad wildcard segment (must end with '}')")
		}
		name := one[1 : len(one)-1]
		if name == "$" {
			if rest != "" {
				return nil, errors.New("{$} not at end")
			}
			p.segments = append(p.segments, segment{text: "/"})
			break
		}
		name, multi := strings.CutSuffix(name, "...")
		if multi && rest != "" {
			return nil, errors.New("{...} wildcard not at end")
		}
		if name == "" {
			return nil, errors.New("empty wildcard")
		}
		for k, c := range name {
			if !unicode.IsLetter(c) && c != '_' && (k == 0 || !unicode.IsDigit(c)) {
				return nil, fmt.Errorf("bad wildcard name %q", name)
			}
		}
		if names[name] {
			return nil, fmt.Errorf("duplicate wildcard name %q", name)
		}
		names[name] = true
		p.segments = append(p.segments, segment{name: name, wild: true, multi: multi})
	}
	return p, nil
}

func pathUnescape(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

// ---- which of two patterns comes first ----

// relation is how the requests that one pattern matches lie to those of another.
type relation int

const (
	same relation = iota
	general
	special
	disjoint
	overlap
)

func combine(a, b relation) relation {
	switch {
	case a == disjoint || b == disjoint:
		return disjoint
	case a == b || b == same:
		return a
	case a == same:
		return b
	}
	return overlap
}

func compareMethods(p, q *pattern) relation {
	switch {
	case p.method == q.method:
		return same
	case p.method == "" || p.method == "GET" && q.method == "HEAD":
		return general
	case q.method == "" || q.method == "GET" && p.method == "HEAD":
		return special
	}
	return disjoint
}

func compareSegments(a, b segment) relation {
	switch {
	case a.multi && b.multi:
		return same
	case a.multi:
		return general
	case b.multi:
		return special
	case a.wild && b.wild:
		return same
	case a.wild:
		if b.text == "/" {
			return disjoint
		}
		return general
	case b.wild:
		if a.text == "/" {
			return disjoint
		}
		return special
	case a.text == b.text:
		return same
	}
	return disjoint
}

func comparePaths(p, q *pattern) relation {
	n := min(len(p.segments), len(q.segments))
	rel := same
	for i := range n {
		if rel = combine(rel, compareSegments(p.segments[i], q.segments[i])); rel == disjoint {
			return rel
		}
	}
	switch {
	case len(p.segments) == len(q.segments):
		return rel
	case len(p.segments) == n && p.last().multi:
		return combine(rel, general)
	case len(q.segments) == n && q.last().multi:
		return combine(rel, special)
	}
	return disjoint
}

// conflict says why two patterns cannot both be there, or nothing.
func conflict(p, q *pattern) string {
	if p.host != q.host {
		return ""
	}
	methods := compareMethods(p, q)
	if methods == disjoint {
		return ""
	}
	paths := comparePaths(p, q)
	switch combine(methods, paths) {
	case same:
		return fmt.Sprintf("%s matches the same requests as %s", p, q)
	case overlap:
		if paths == overlap {
			return fmt.Sprintf(`%[1]s and %[2]s both match some paths, like %[3]q.
But neither is more specific than the other.
%[1]s matches %[4]q, but %[2]s doesn't.
%[2]s matches %[5]q, but %[1]s doesn't.`, p, q, commonPath(p, q), onlyPath(p, q), onlyPath(q, p))
		}
		if methods == general {
			return fmt.Sprintf("%s matches more methods than %s, but has a more specific path pattern", p, q)
		}
		return fmt.Sprintf("%s matches fewer methods than %s, but has a more general path pattern", p, q)
	}
	return ""
}

// example is a path's part that a segment matches.
func (s segment) example() string {
	switch {
	case s.multi || s.text == "/":
		return "/"
	case s.wild:
		return "/" + s.name
	}
	return "/" + s.text
}

func examples(list []segment) string {
	s := ""
	for _, one := range list {
		s += one.example()
	}
	return s
}

// commonPath returns a path that both patterns match.
func commonPath(p, q *pattern) string {
	s := ""
	n := min(len(p.segments), len(q.segments))
	for i := range n {
		if p.segments[i].wild {
			s += q.segments[i].example()
		} else {
			s += p.segments[i].example()
		}
	}
	return s + examples(p.segments[n:]) + examples(q.segments[n:])
}

// onlyPath returns a path that p matches and q does not.
func onlyPath(p, q *pattern) string {
	s := ""
	n := min(len(p.segments), len(q.segments))
	for i := range n {
		a, b := p.segments[i], q.segments[i]
		switch {
		case a.multi && b.multi:
			return s + "/"
		case a.multi:
			s += "/"
			if b.text == "/" {
				if a.name != "" {
					s += a.name
				} else {
					s += "x"
				}
			}
			return s
		case a.wild && !b.wild && a.name == b.text:
			s += "/" + b.text + "x"
		default:
			s += a.example()
		}
	}
	return s + examples(p.segments[n:]) + examples(q.segments[n:])
}

package testdeps

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// A node matches at the front of s and hands what is left to the continuation.
type node func(text, s string, then func(rest string) bool) bool

// The expression that was compiled last: a test program has few, and asks for each many times.
var last struct {
	pattern string
	node    node
}

// MatchString reports whether the expression matches somewhere in s. The syntax is the part of package regexp's that
// names of tests need: literals, `.`, classes, groups, alternatives, anchors, `*`, `+` and `?`.
func (TestDeps) MatchString(pattern, s string) (bool, error) {
	if last.node == nil || last.pattern != pattern {
		p := parser{rest: pattern}
		n := p.alternatives()
		if p.err == nil && p.rest != "" {
			p.err = errors.New("error parsing regexp: unexpected ): `" + pattern + "`")
		}
		if p.err != nil {
			return false, p.err
		}
		last.pattern, last.node = pattern, n
	}
	for i := 0; i <= len(s); i++ {
		if last.node(s, s[i:], func(string) bool { return true }) {
			return true, nil
		}
	}
	return false, nil
}

type parser struct {
	rest string
	err  error
}

func (p *parser) fail(text, at string) node {
	if p.err == nil {
		p.err = errors.New("error parsing regexp: " + text + ": `" + at + "`")
	}
	p.rest = ""
	return empty
}

func empty(_, s string, then func(string) bool) bool { return then(s) }

func (p *parser) accept(c byte) bool {
	if p.rest == "" || p.rest[0] != c {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

func (p *parser) alternatives() node {
	n := p.sequence()
	for p.accept('|') {
		left, right := n, p.sequence()
		n = func(text, s string, then func(string) bool) bool {
			return left(text, s, then) || right(text, s, then)
		}
	}
	return n
}

func (p *parser) sequence() node {
	n := node(empty)
	for p.rest != "" && p.rest[0] != '|' && p.rest[0] != ')' {
		first, second := n, p.repeated()
		n = func(text, s string, then func(string) bool) bool {
			return first(text, s, func(s string) bool { return second(text, s, then) })
		}
	}
	return n
}

func (p *parser) repeated() node {
	if strings.IndexByte("*+?", p.rest[0]) >= 0 {
		return p.fail("missing argument to repetition operator", p.rest[:1])
	}
	n := p.atom()
	for p.rest != "" && strings.IndexByte("*+?", p.rest[0]) >= 0 {
		once, op := n, p.rest[0]
		p.rest = p.rest[1:]
		p.accept('?') // whether greedy or not does not change whether it matches
		var many node
		many = func(text, s string, then func(string) bool) bool {
			more := func(rest string) bool { return len(rest) < len(s) && many(text, rest, then) }
			return once(text, s, more) || then(s)
		}
		switch op {
		case '*':
			n = many
		case '+':
			n = func(text, s string, then func(string) bool) bool {
				return once(text, s, func(s string) bool { return many(text, s, then) })
			}
		case '?':
			n = func(text, s string, then func(string) bool) bool { return once(text, s, then) || then(s) }
		}
	}
	return n
}

func (p *parser) rune() rune {
	r, n := utf8.DecodeRuneInString(p.rest)
	p.rest = p.rest[n:]
	return r
}

func (p *parser) atom() node {
	all := p.rest
	switch r := p.rune(); r {
	case '^':
		return func(text, s string, then func(string) bool) bool { return len(s) == len(text) && then(s) }
	case '$':
		return func(_, s string, then func(string) bool) bool { return s == "" && then(s) }
	case '.':
		return one(func(r rune) bool { return r != '\n' })
	case '(':
		if strings.HasPrefix(p.rest, "?:") {
			p.rest = p.rest[2:]
		}
		n := p.alternatives()
		if !p.accept(')') {
			return p.fail("missing closing )", all)
		}
		return n
	case '[':
		return p.class(all)
	case '\\':
		if p.rest == "" {
			return p.fail("trailing backslash at end of expression", "")
		}
		if in := escaped(p.rest[0]); in != nil {
			p.rest = p.rest[1:]
			return one(in)
		}
		r = p.rune()
		return one(func(c rune) bool { return c == r })
	default:
		return one(func(c rune) bool { return c == r })
	}
}

// one matches a character.
func one(in func(rune) bool) node {
	return func(_, s string, then func(string) bool) bool {
		r, n := utf8.DecodeRuneInString(s)
		return n > 0 && in(r) && then(s[n:])
	}
}

func escaped(c byte) func(rune) bool {
	var in func(r rune) bool
	switch c | 0x20 {
	case 'd':
		in = func(r rune) bool { return '0' <= r && r <= '9' }
	case 'w':
		in = func(r rune) bool {
			return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '_'
		}
	case 's':
		in = func(r rune) bool { return strings.ContainsRune("\t\n\f\r ", r) }
	default:
		return nil
	}
	if c&0x20 == 0 {
		return func(r rune) bool { return !in(r) }
	}
	return in
}

func (p *parser) class(all string) node {
	type span struct{ lo, hi rune }
	var spans []span
	var sets []func(rune) bool
	negated := p.accept('^')
	for first := true; first || !p.accept(']'); first = false {
		if p.rest == "" {
			return p.fail("missing closing ]", all)
		}
		lo := p.rune()
		if lo == '\\' && p.rest != "" {
			if in := escaped(p.rest[0]); in != nil {
				p.rest = p.rest[1:]
				sets = append(sets, in)
				continue
			}
			lo = p.rune()
		}
		hi := lo
		if len(p.rest) > 1 && p.rest[0] == '-' && p.rest[1] != ']' {
			p.rest = p.rest[1:]
			hi = p.rune()
		}
		if hi < lo {
			return p.fail("invalid character class range", string(lo)+"-"+string(hi))
		}
		spans = append(spans, span{lo, hi})
	}
	return one(func(r rune) bool {
		for _, s := range spans {
			if s.lo <= r && r <= s.hi {
				return !negated
			}
		}
		for _, in := range sets {
			if in(r) {
				return !negated
			}
		}
		return negated
	})
}

// Json parses JSON with a hand-written recursive parser and prints it back, sorted and indented.
package main

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

type (
	value  any
	object map[string]value
	array  []value
)

type syntaxError struct {
	offset int
	msg    string
}

func (e *syntaxError) Error() string { return fmt.Sprintf("offset %d: %s", e.offset, e.msg) }

type parser struct {
	text string
	pos  int
}

func parse(text string) (v value, err error) {
	p := &parser{text: text}
	defer func() {
		if r := recover(); r != nil {
			bad, ok := r.(*syntaxError)
			if !ok {
				panic(r)
			}
			v, err = nil, bad
		}
	}()
	v = p.value()
	p.space()
	if p.pos < len(p.text) {
		p.fail("unexpected %q after the value", p.text[p.pos])
	}
	return v, nil
}

func (p *parser) fail(format string, args ...any) {
	panic(&syntaxError{p.pos, fmt.Sprintf(format, args...)})
}

func (p *parser) space() {
	for p.pos < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.pos]) >= 0 {
		p.pos++
	}
}

func (p *parser) peek() byte {
	p.space()
	if p.pos == len(p.text) {
		p.fail("unexpected end")
	}
	return p.text[p.pos]
}

func (p *parser) expect(c byte) {
	if got := p.peek(); got != c {
		p.fail("expected %q, found %q", c, got)
	}
	p.pos++
}

func (p *parser) value() value {
	switch c := p.peek(); {
	case c == '{':
		return p.object()
	case c == '[':
		return p.array()
	case c == '"':
		return p.str()
	case c == '-' || '0' <= c && c <= '9':
		return p.number()
	}
	for word, v := range map[string]value{"true": true, "false": false, "null": nil} {
		if strings.HasPrefix(p.text[p.pos:], word) {
			p.pos += len(word)
			return v
		}
	}
	p.fail("unexpected %q", p.text[p.pos])
	return nil
}

func (p *parser) object() object {
	o := object{}
	p.expect('{')
	for p.peek() != '}' {
		key := p.str()
		p.expect(':')
		o[key] = p.value()
		if p.peek() == ',' {
			p.pos++
		}
	}
	p.expect('}')
	return o
}

func (p *parser) array() array {
	a := array{}
	p.expect('[')
	for p.peek() != ']' {
		a = append(a, p.value())
		if p.peek() == ',' {
			p.pos++
		}
	}
	p.expect(']')
	return a
}

func (p *parser) number() float64 {
	end := p.pos
	for end < len(p.text) && strings.IndexByte("+-.eE0123456789", p.text[end]) >= 0 {
		end++
	}
	f, err := strconv.ParseFloat(p.text[p.pos:end], 64)
	if err != nil {
		p.fail("%v", err)
	}
	p.pos = end
	return f
}

func (p *parser) str() string {
	p.expect('"')
	var b strings.Builder
	for p.pos < len(p.text) {
		r, size := utf8.DecodeRuneInString(p.text[p.pos:])
		p.pos += size
		switch r {
		case '"':
			return b.String()
		case '\\':
			b.WriteRune(p.escape())
		default:
			b.WriteRune(r)
		}
	}
	p.fail("unterminated string")
	return ""
}

func (p *parser) escape() rune {
	c := p.peek()
	p.pos++
	switch c {
	case 'n':
		return '\n'
	case 't':
		return '\t'
	case 'u':
		if p.pos+4 > len(p.text) {
			p.fail("short escape")
		}
		n, err := strconv.ParseUint(p.text[p.pos:p.pos+4], 16, 32)
		if err != nil {
			p.fail("bad escape: %v", err)
		}
		p.pos += 4
		return rune(n)
	}
	return rune(c)
}

func show(b *strings.Builder, v value, indent string) {
	switch v := v.(type) {
	case nil:
		b.WriteString("null")
	case string:
		b.WriteString(strconv.Quote(v))
	case array:
		b.WriteString("[")
		for i, e := range v {
			if i > 0 {
				b.WriteString(", ")
			}
			show(b, e, indent+"  ")
		}
		b.WriteString("]")
	case object:
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		b.WriteString("{\n")
		for i, k := range keys {
			fmt.Fprintf(b, "%s  %q: ", indent, k)
			show(b, v[k], indent+"  ")
			if i < len(keys)-1 {
				b.WriteByte(',')
			}
			b.WriteByte('\n')
		}
		b.WriteString(indent + "}")
	default:
		fmt.Fprint(b, v)
	}
}

func main() {
	inputs := []string{
		`{"name": "gopher", "legs": 4, "tags": ["small", "fast"], "born": {"year": 2009, "exact": true}, "tail": null}`,
		`[1, -2.5e3, "\u00fcber\tall", {}, []]`,
		`{"open": [1, 2`,
		`{"a": tru}`,
		`[1e999]`,
	}
	for _, in := range inputs {
		v, err := parse(in)
		if err != nil {
			fmt.Println("error:", err)
			continue
		}
		var b strings.Builder
		show(&b, v, "")
		fmt.Println(b.String())
	}
}

// Output:
// {
//   "born": {
//     "exact": true,
//     "year": 2009
//   },
//   "legs": 4,
//   "name": "gopher",
//   "tags": ["small", "fast"],
//   "tail": null
// }
// [1, -2500, "über\tall", {
//   }, []]
// error: offset 14: unexpected end
// error: offset 6: unexpected 't'
// error: offset 1: strconv.ParseFloat: parsing "1e999": value out of range

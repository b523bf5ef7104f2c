package template

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Strings of these types come from a source that can be trusted, and are written as they are where they belong.
type (
	CSS      string // a style sheet, a rule or a value
	HTML     string // a piece of a page, of which all elements are closed
	HTMLAttr string // an attribute, such as ` dir="ltr"`
	JS       string // an expression of JavaScript
	JSStr    string // what stands between the quotes of a string in JavaScript
	URL      string // an address
	Srcset   string // the value of an attribute srcset
)

// failsafe stands for what was not safe to write.
const failsafe = "ZgotmplZ"

var (
	errorType     = reflect.TypeFor[error]()
	stringerType  = reflect.TypeFor[fmt.Stringer]()
	marshalerType = reflect.TypeFor[json.Marshaler]()
)

// indirect follows pointers up to a type that implements one of the interfaces.
func indirect(a any, until ...reflect.Type) any {
	if a == nil {
		return nil
	}
	v := reflect.ValueOf(a)
follow:
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		for _, t := range until {
			if v.Type().Implements(t) {
				break follow
			}
		}
		v = v.Elem()
	}
	return v.Interface()
}

// stringify returns what the arguments print, and what it is known to be.
func stringify(args ...any) (string, contentType) {
	if len(args) == 1 {
		switch s := indirect(args[0]).(type) {
		case string:
			return s, plainType
		case CSS:
			return string(s), cssType
		case HTML:
			return string(s), htmlType
		case HTMLAttr:
			return string(s), htmlAttrType
		case JS:
			return string(s), jsType
		case JSStr:
			return string(s), jsStrType
		case URL:
			return string(s), urlType
		case Srcset:
			return string(s), srcsetType
		}
	}
	kept := args[:0]
	for _, a := range args {
		if a != nil {
			kept = append(kept, indirect(a, stringerType, errorType))
		}
	}
	return fmt.Sprint(kept...), plainType
}

// replace replaces characters of ASCII by what the table has for them.
func replace(s string, table map[byte]string) string {
	var b strings.Builder
	written := 0
	for i := range len(s) {
		if r, ok := table[s[i]]; ok {
			b.WriteString(s[written:i])
			b.WriteString(r)
			written = i + 1
		}
	}
	if written == 0 {
		return s
	}
	b.WriteString(s[written:])
	return b.String()
}

// table makes a table of pairs: a character and what stands for it.
func table(pairs ...string) map[byte]string {
	m := map[byte]string{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i][0]] = pairs[i+1]
	}
	return m
}

func without(t map[byte]string, c byte) map[byte]string {
	m := map[byte]string{}
	for k, v := range t {
		if k != c {
			m[k] = v
		}
	}
	return m
}

// ---- HTML ----

var (
	htmlTable = table("\x00", "\uFFFD", `"`, "&#34;", "&", "&amp;", "'", "&#39;", "+", "&#43;", "<", "&lt;", ">", "&gt;")
	htmlNorm  = without(htmlTable, '&') // entities stay
	nospace   = table("\x00", "&#xfffd;", "\t", "&#9;", "\n", "&#10;", "\v", "&#11;", "\f", "&#12;", "\r", "&#13;",
		" ", "&#32;", `"`, "&#34;", "&", "&amp;", "'", "&#39;", "+", "&#43;", "<", "&lt;", "=", "&#61;", ">", "&gt;", "`", "&#96;")
	nospaceNorm = without(nospace, '&')
)

func htmlEscaper(args ...any) string {
	s, t := stringify(args...)
	if t == htmlType {
		return s
	}
	return replace(s, htmlTable)
}

func rcdataEscaper(args ...any) string {
	s, t := stringify(args...)
	if t == htmlType {
		return replace(s, htmlNorm)
	}
	return replace(s, htmlTable)
}

func attrEscaper(args ...any) string {
	s, t := stringify(args...)
	if t == htmlType {
		return replace(stripTags(s), htmlNorm)
	}
	return replace(s, htmlTable)
}

// nospaceEscaper is for values without quotes.
func nospaceEscaper(args ...any) string {
	s, t := stringify(args...)
	switch {
	case s == "":
		return failsafe
	case t == htmlType:
		s = replace(stripTags(s), nospaceNorm)
	default:
		s = replace(s, nospace)
	}
	// What is no character might end the value for some readers.
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if 0xfdd0 <= r && r <= 0xfdef || 0xfff0 <= r && r <= 0xffff {
			fmt.Fprintf(&b, "&#x%x;", r)
		} else {
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

// stripTags leaves the text of a piece of HTML.
func stripTags(html string) string {
	var b strings.Builder
	s := []byte(html)
	var c context
	allText := true
	i := 0
	for i != len(s) {
		if c.delim != delimNone {
			n := bytes.IndexAny(s[i:], delimEnds[c.delim])
			if n < 0 {
				break
			}
			i += n
			if c.delim != delimSpace {
				i++
			}
			c = context{state: inTag, element: c.element}
			continue
		}
		at := c
		if c.element != elementNone && !c.state.isTag() {
			at.state = inRCDATA
		}
		d, n := next(at, s[i:])
		end := i + n
		if c.state == inText || c.state == inRCDATA {
			stop := end
			if d.state != c.state {
				if j := bytes.LastIndexByte(s[i:end], '<'); j >= 0 {
					stop = i + j
				}
			}
			b.Write(s[i:stop])
		} else {
			allText = false
		}
		c, i = d, end
	}
	switch {
	case allText:
		return html
	case c.state == inText || c.state == inRCDATA:
		b.Write(s[i:])
	}
	return b.String()
}

// htmlNameFilter is for names of attributes, which must not be special.
func htmlNameFilter(args ...any) string {
	s, t := stringify(args...)
	if t == htmlAttrType {
		return s
	}
	s = strings.ToLower(s)
	if s == "" || attrType(s) != plainType {
		return failsafe
	}
	for _, c := range []byte(s) {
		if !isAlnum(c) {
			return failsafe
		}
	}
	return s
}

func commentEscaper(args ...any) string { return "" }

// ---- addresses ----

// isSafeURL: it has no scheme, or one that runs nothing.
func isSafeURL(s string) bool {
	scheme, _, ok := strings.Cut(s, ":")
	if !ok || strings.Contains(scheme, "/") {
		return true
	}
	return strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "mailto")
}

func urlFilter(args ...any) string {
	s, t := stringify(args...)
	if t != urlType && !isSafeURL(s) {
		return "#" + failsafe
	}
	return s
}

func urlEscaper(args ...any) string { return processURL(false, args...) }

func urlNormalizer(args ...any) string { return processURL(true, args...) }

func processURL(norm bool, args ...any) string {
	s, t := stringify(args...)
	return percent(s, norm || t == urlType)
}

// percent escapes what cannot stand in an address; norm leaves what means something in one.
func percent(s string, norm bool) string {
	var b strings.Builder
	written := 0
	for i := range len(s) {
		c := s[i]
		switch {
		case isAlnum(c), c == '-', c == '.', c == '_', c == '~':
			continue
		case norm && strings.IndexByte("!#$&*+,/:;=?@[]", c) >= 0:
			continue
		case norm && c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			continue
		}
		b.WriteString(s[written:i])
		fmt.Fprintf(&b, "%%%02x", c)
		written = i + 1
	}
	b.WriteString(s[written:])
	return b.String()
}

func srcsetEscaper(args ...any) string {
	s, t := stringify(args...)
	switch t {
	case srcsetType:
		return s
	case urlType:
		return strings.ReplaceAll(percent(s, true), ",", "%2c")
	}
	parts := strings.Split(s, ",")
	for i, part := range parts {
		parts[i] = srcsetPart(part)
	}
	return strings.Join(parts, ",")
}

func isHTMLSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' }

// srcsetPart is an address, and how large the image is.
func srcsetPart(s string) string {
	start := 0
	for start < len(s) && isHTMLSpace(s[start]) {
		start++
	}
	end := start
	for end < len(s) && !isHTMLSpace(s[end]) {
		end++
	}
	ok := isSafeURL(s[start:end])
	for _, c := range []byte(s[end:]) {
		ok = ok && (isHTMLSpace(c) || isAlnum(c))
	}
	if !ok {
		return "#" + failsafe
	}
	return s[:start] + percent(s[start:end], true) + s[end:]
}

// ---- CSS ----

func isCSSSpace(c byte) bool { return c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' ' }

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func isCSSName(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '-' || r == '_' ||
		0x80 <= r && r <= 0xd7ff || 0xe000 <= r && r <= 0xfffd || 0x10000 <= r && r <= 0x10ffff
}

// decodeCSS replaces escapes by what they stand for.
func decodeCSS(s []byte) []byte {
	if bytes.IndexByte(s, '\\') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for len(s) != 0 {
		i := bytes.IndexByte(s, '\\')
		if i < 0 {
			i = len(s)
		}
		b, s = append(b, s[:i]...), s[i:]
		if len(s) < 2 {
			break
		}
		if !isHex(s[1]) {
			_, n := utf8.DecodeRune(s[1:])
			b, s = append(b, s[1:1+n]...), s[1+n:]
			continue
		}
		var r rune
		j := 1
		for j < len(s) && j < 7 && isHex(s[j]) {
			d := rune(s[j]|0x20) - 'a' + 10
			if s[j] <= '9' {
				d = rune(s[j] - '0')
			}
			r = r<<4 | d
			j++
		}
		if r > unicode.MaxRune {
			r, j = r/16, j-1
		}
		b = utf8.AppendRune(b, r)
		s = s[j:]
		// One blank behind the digits belongs to them.
		if bytes.HasPrefix(s, []byte("\r\n")) {
			s = s[2:]
		} else if len(s) > 0 && isCSSSpace(s[0]) {
			s = s[1:]
		}
	}
	return b
}

var cssTable = table("\x00", `\0`, "\t", `\9`, "\n", `\a`, "\f", `\c`, "\r", `\d`, `"`, `\22`, "&", `\26`, "'", `\27`,
	"(", `\28`, ")", `\29`, "+", `\2b`, "/", `\2f`, ":", `\3a`, ";", `\3b`, "<", `\3c`, ">", `\3e`, `\`, `\\`, "{", `\7b`, "}", `\7d`)

func cssEscaper(args ...any) string {
	s, _ := stringify(args...)
	var b strings.Builder
	for i := range len(s) {
		r, ok := cssTable[s[i]]
		if !ok {
			b.WriteByte(s[i])
			continue
		}
		b.WriteString(r)
		if r != `\\` && (i+1 == len(s) || isHex(s[i+1]) || isCSSSpace(s[i+1])) {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// cssValueFilter lets values through that are numbers, names and the like.
func cssValueFilter(args ...any) string {
	s, t := stringify(args...)
	if t == cssType {
		return s
	}
	b := decodeCSS([]byte(s))
	var id []byte
	for i, c := range b {
		switch {
		case c == 0 || strings.IndexByte("\"'()/;@[\\]`{}<>", c) >= 0, c == '-' && i > 0 && b[i-1] == '-':
			return failsafe
		case c == '-':
		case c < utf8.RuneSelf && isCSSName(rune(c)):
			id = append(id, c)
		}
	}
	if id = bytes.ToLower(id); bytes.Contains(id, []byte("expression")) || bytes.Contains(id, []byte("mozbinding")) {
		return failsafe
	}
	return string(b)
}

// ---- JavaScript ----

var scriptElement = regexp.MustCompile("(?i)<(/?)script")

// jsValueEscaper writes a value as JSON.
func jsValueEscaper(args ...any) string {
	var a any
	if len(args) == 1 {
		a = indirect(args[0], marshalerType)
		switch t := a.(type) {
		case JS:
			return string(t)
		case JSStr:
			return `"` + string(t) + `"`
		case json.Marshaler:
		case fmt.Stringer:
			a = t.String()
		}
	} else {
		for i, arg := range args {
			args[i] = indirect(arg, marshalerType)
		}
		a = fmt.Sprint(args...)
	}
	b, err := json.Marshal(a)
	if err != nil {
		// The message stands in a comment that must not end early.
		text := scriptElement.ReplaceAllString(err.Error(), `\x3C${1}script`)
		text = strings.ReplaceAll(text, "*/", "* /")
		text = strings.ReplaceAll(text, "<!--", `\x3C!--`)
		return fmt.Sprintf(" /* %s */null ", text)
	}
	if len(b) == 0 {
		return " null "
	}
	s := strings.NewReplacer("\u2028", `\u2028`, "\u2029", `\u2029`).Replace(string(b))
	if isJSIdent(b[0]) || isJSIdent(b[len(b)-1]) {
		return " " + s + " " // it must not join a name beside it
	}
	return s
}

// jsTable makes a table of what cannot stand in a literal, and of further pairs.
func jsTable(pairs ...string) map[byte]string {
	m := map[byte]string{}
	for c := range byte(0x20) {
		m[c] = fmt.Sprintf(`\u%04x`, c)
	}
	pairs = append(pairs, "\t", `\t`, "\n", `\n`, "\f", `\f`, "\r", `\r`, `"`, `\u0022`, "&", `\u0026`, "'", `\u0027`,
		"+", `\u002b`, "/", `\/`, "<", `\u003c`, ">", `\u003e`)
	for k, v := range table(pairs...) {
		m[k] = v
	}
	return m
}

var (
	jsStrTable      = jsTable("`", `\u0060`, `\`, `\\`)
	jsStrNorm       = jsTable("`", `\u0060`)
	jsTemplateTable = jsTable("`", `\u0060`, `\`, `\\`, "$", `\u0024`, "{", `\u007b`, "}", `\u007d`)
	jsRegexpTable   = jsTable("$", `\$`, "(", `\(`, ")", `\)`, "*", `\*`, "-", `\-`, ".", `\.`, "?", `\?`, "[", `\[`,
		`\`, `\\`, "]", `\]`, "^", `\^`, "{", `\{`, "|", `\|`, "}", `\}`)
	lineEnds = strings.NewReplacer("\u2028", `\u2028`, "\u2029", `\u2029`)
)

func jsLiteral(s string, t map[byte]string) string { return lineEnds.Replace(replace(s, t)) }

func jsStrEscaper(args ...any) string {
	s, t := stringify(args...)
	if t == jsStrType {
		return jsLiteral(s, jsStrNorm)
	}
	return jsLiteral(s, jsStrTable)
}

func jsTemplateEscaper(args ...any) string {
	s, _ := stringify(args...)
	return jsLiteral(s, jsTemplateTable)
}

func jsRegexpEscaper(args ...any) string {
	s, _ := stringify(args...)
	if s = jsLiteral(s, jsRegexpTable); s == "" {
		return "(?:)"
	}
	return s
}

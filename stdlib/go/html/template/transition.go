package template

import (
	"bytes"
	"html"
	"strings"
)

// next returns the context behind some of s, and how much of it.
func next(c context, s []byte) (context, int) {
	switch c.state {
	case inText:
		return nextText(c, s)
	case inTag:
		return nextTag(c, s)
	case inAttrName:
		i, err := attrNameEnd(s, 0)
		if err != nil {
			return *err, len(s)
		}
		if i != len(s) {
			c.state = afterName
		}
		return c, i
	case afterName:
		switch i := skipSpace(s, 0); {
		case i == len(s):
			return c, len(s)
		case s[i] != '=':
			c.state = inTag
			return c, i
		default:
			c.state = beforeValue
			return c, i + 1
		}
	case beforeValue:
		i := skipSpace(s, 0)
		if i == len(s) {
			return c, len(s)
		}
		c.state, c.delim = values[c.attr], delimSpace
		switch s[i] {
		case '\'':
			c.delim, i = delimSingle, i+1
		case '"':
			c.delim, i = delimDouble, i+1
		}
		return c, i
	case inHTMLComment:
		if i := bytes.Index(s, []byte("-->")); i >= 0 {
			return context{}, i + 3
		}
	case inRCDATA:
		return elementEnd(c, s)
	case inURL, inSrcset:
		return nextURL(c, s)
	case inMetaContent:
		for i := 0; i+3 < len(s); i++ {
			if bytes.EqualFold(s[i:i+3], []byte("url")) {
				if j := skipSpace(s, i+3); j < len(s) && s[j] == '=' {
					c.state = inMetaContentURL
					return c, j + 1
				}
			}
		}
	case inMetaContentURL:
		if i := bytes.IndexByte(s, ';'); i >= 0 {
			c.state = inMetaContent
			return c, i + 1
		}
	case inJS:
		return nextJS(c, s)
	case inJSDouble, inJSSingle, inJSRegexp:
		return nextLiteral(c, s)
	case inJSTemplate:
		return nextTemplate(c, s)
	case inJSBlockComment, inCSSBlockComment:
		if i := bytes.Index(s, []byte("*/")); i >= 0 {
			if c.state++; c.state == inJSLineComment {
				c.state = inJS
			} else {
				c.state = inCSS
			}
			return c, i + 2
		}
	case inJSLineComment, inJSOpenComment, inJSCloseComment:
		if i := bytes.IndexAny(s, "\n\r\u2028\u2029"); i >= 0 {
			c.state = inJS
			return c, i // the line's end may matter to the script
		}
	case inCSSLineComment:
		if i := bytes.IndexAny(s, "\n\f\r"); i >= 0 {
			c.state = inCSS
			return c, i
		}
	case inCSS:
		return nextCSS(c, s)
	case inCSSDouble, inCSSSingle, inCSSDoubleURL, inCSSSingleURL, inCSSURL:
		return nextCSSString(c, s)
	}
	return c, len(s)
}

func skipSpace(s []byte, i int) int {
	for i < len(s) && isCSSSpace(s[i]) {
		i++
	}
	return i
}

func isAlpha(c byte) bool { return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' }

func isAlnum(c byte) bool { return isAlpha(c) || '0' <= c && c <= '9' }

// ---- HTML ----

func nextText(c context, s []byte) (context, int) {
	for k := 0; ; {
		i := bytes.IndexByte(s[k:], '<')
		if i < 0 || k+i+1 == len(s) {
			return c, len(s)
		}
		i += k
		if bytes.HasPrefix(s[i:], []byte("<!--")) {
			return context{state: inHTMLComment}, i + 4
		}
		i++
		end := s[i] == '/'
		if end {
			if i++; i == len(s) {
				return c, len(s)
			}
		}
		if j, e := tagNameEnd(s, i); j != i {
			if end {
				e = elementNone
			}
			return context{state: inTag, element: e}, j
		} else {
			k = j
		}
	}
}

func tagNameEnd(s []byte, i int) (int, element) {
	if i == len(s) || !isAlpha(s[i]) {
		return i, elementNone
	}
	j := i + 1
	for j < len(s) {
		if isAlnum(s[j]) {
			j++
		} else if (s[j] == ':' || s[j] == '-') && j+1 < len(s) && isAlnum(s[j+1]) {
			j += 2
		} else {
			break
		}
	}
	return j, elements[strings.ToLower(string(s[i:j]))]
}

func attrNameEnd(s []byte, i int) (int, *context) {
	for j := i; j < len(s); j++ {
		switch s[j] {
		case ' ', '\t', '\n', '\f', '\r', '=', '>':
			return j, nil
		case '\'', '"', '<':
			c := failed(ErrBadHTML, nil, 0, "%q in attribute name: %.32q", s[j:j+1], s)
			return -1, &c
		}
	}
	return len(s), nil
}

func nextTag(c context, s []byte) (context, int) {
	i := skipSpace(s, 0)
	if i == len(s) {
		return c, len(s)
	}
	if s[i] == '>' {
		if c.element == elementMeta {
			return context{state: inText}, i + 1
		}
		return context{state: contents[c.element], element: c.element}, i + 1
	}
	j, err := attrNameEnd(s, i)
	if err != nil {
		return *err, len(s)
	}
	if i == j {
		return failed(ErrBadHTML, nil, 0, "expected space, attr name, or end of tag, but got %q", s[i:]), len(s)
	}
	name := strings.ToLower(string(s[i:j]))
	kind := attrNone
	switch {
	case c.element == elementScript && name == "type":
		kind = attrScriptType
	case c.element == elementMeta && name == "content":
		kind = attrMetaContent
	default:
		switch attrType(name) {
		case urlType:
			kind = attrURL
		case cssType:
			kind = attrStyle
		case jsType:
			kind = attrScript
		case srcsetType:
			kind = attrSrcset
		}
	}
	state := afterName
	if j == len(s) {
		state = inAttrName
	}
	return context{state: state, element: c.element, attr: kind}, j
}

// elementEnd finds the end of an element whose body is no HTML.
func elementEnd(c context, s []byte) (context, int) {
	if c.element == elementNone || c.element == elementScript && (c.state.isLiteral() || c.state.isComment()) {
		return c, len(s)
	}
	name := []byte(elementNames[c.element])
	for at := 0; ; {
		i := bytes.Index(s[at:], []byte("</"))
		if i < 0 {
			return c, len(s)
		}
		begin := at + i
		rest := s[begin+2:]
		at = begin + 2
		if len(name) <= len(rest) && bytes.EqualFold(name, rest[:len(name)]) {
			rest = rest[len(name):]
			if len(rest) > 0 && strings.IndexByte("> \t\n\f/", rest[0]) >= 0 {
				return context{}, begin
			}
			at += len(name)
		}
	}
}

func nextURL(c context, s []byte) (context, int) {
	if bytes.ContainsAny(s, "#?") {
		c.urlPart = urlQuery
	} else if len(s) != skipSpace(s, 0) && c.urlPart == urlNone {
		c.urlPart = urlPath
	}
	return c, len(s)
}

// afterText returns the context behind some of s, which may be in a value.
func afterText(c context, s []byte) (context, int) {
	if c.delim == delimNone {
		end, i := elementEnd(c, s)
		if i == 0 {
			return end, 0 // a special element ends here
		}
		return next(c, s[:i])
	}
	i := bytes.IndexAny(s, delimEnds[c.delim])
	if i < 0 {
		i = len(s)
	}
	if c.delim == delimSpace {
		if j := bytes.IndexAny(s[:i], "\"'<=`"); j >= 0 {
			return failed(ErrBadHTML, nil, 0, "%q in unquoted attr: %q", s[j:j+1], s[:i]), len(s)
		}
	}
	if i == len(s) {
		// The value goes on behind s. What stands in it is seen without escapes.
		for u := []byte(html.UnescapeString(string(s))); len(u) != 0; {
			d, n := next(c, u)
			c, u = d, u[n:]
		}
		return c, len(s)
	}
	e := c.element
	if c.state == inAttr && e == elementScript && c.attr == attrScriptType && !isJSType(string(s[:i])) {
		e = elementNone
	}
	if c.delim != delimSpace {
		i++
	}
	return context{state: inTag, element: e}, i
}

// ---- JavaScript ----

const jsSpace = "\f\n\r\t\v\u0020\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"

var regexpKeywords = map[string]bool{"break": true, "case": true, "continue": true, "delete": true, "do": true,
	"else": true, "finally": true, "in": true, "instanceof": true, "return": true, "throw": true, "try": true,
	"typeof": true, "void": true, "yield": true}

func isJSIdent(c byte) bool { return c == '$' || c == '_' || isAlnum(c) }

// slashAfter says what a / means behind some script.
func slashAfter(s []byte, before slash) slash {
	s = bytes.TrimRight(s, jsSpace)
	n := len(s)
	if n == 0 {
		return before
	}
	switch c := s[n-1]; c {
	case '+', '-':
		// x++ is a value, x+ is not.
		start := n - 1
		for start > 0 && s[start-1] == c {
			start--
		}
		if (n-start)%2 == 1 {
			return slashRegexp
		}
		return slashDivide
	case '.':
		if n > 1 && '0' <= s[n-2] && s[n-2] <= '9' {
			return slashDivide
		}
		return slashRegexp
	case ',', '<', '>', '=', '*', '%', '&', '|', '^', '?', '!', '~', '(', '[', ':', ';', '{', '}':
		return slashRegexp
	}
	j := n
	for j > 0 && isJSIdent(s[j-1]) {
		j--
	}
	if regexpKeywords[string(s[j:])] && !bytes.HasSuffix(bytes.TrimRight(s[:j], jsSpace), []byte(".")) {
		return slashRegexp
	}
	return slashDivide
}

func nextJS(c context, s []byte) (context, int) {
	i := bytes.IndexAny(s, "\"`'/{}<-#")
	if i < 0 {
		c.slash = slashAfter(s, c.slash)
		return c, len(s)
	}
	c.slash = slashAfter(s[:i], c.slash)
	rest := s[i:]
	switch s[i] {
	case '"':
		c.state, c.slash = inJSDouble, slashRegexp
	case '\'':
		c.state, c.slash = inJSSingle, slashRegexp
	case '`':
		c.state, c.slash = inJSTemplate, slashRegexp
	case '/':
		switch {
		case bytes.HasPrefix(rest, []byte("//")):
			c.state, i = inJSLineComment, i+1
		case bytes.HasPrefix(rest, []byte("/*")):
			c.state, i = inJSBlockComment, i+1
		case c.slash == slashRegexp:
			c.state = inJSRegexp
		case c.slash == slashDivide:
			c.slash = slashRegexp
		default:
			return failed(ErrSlashAmbig, nil, 0, "'/' could start a division or regexp: %.32q", rest), len(s)
		}
	case '<':
		if bytes.HasPrefix(rest, []byte("<!--")) {
			c.state, i = inJSOpenComment, i+3
		}
	case '-':
		if bytes.HasPrefix(rest, []byte("-->")) {
			c.state, i = inJSCloseComment, i+2
		}
	case '#':
		if bytes.HasPrefix(rest, []byte("#!")) {
			c.state, i = inJSLineComment, i+1
			break
		}
		for i+1 < len(s) && isJSIdent(s[i+1]) {
			i++
		}
		c.slash = slashDivide
	case '{':
		c.slash = slashAfter(s[i:i+1], c.slash)
		if n := len(c.braces); n > 0 {
			c.braces[n-1]++
		}
	case '}':
		n := len(c.braces)
		if n > 0 {
			c.braces[n-1]--
		}
		if n == 0 || c.braces[n-1] >= 0 {
			c.slash = slashAfter(s[i:i+1], c.slash)
			break
		}
		c.braces = c.braces[:n-1]
		c.state = inJSTemplate
	}
	return c, i + 1
}

const partialJS = "unfinished escape sequence in JS string: %q"

func nextTemplate(c context, s []byte) (context, int) {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			if i++; i == len(s) {
				return failed(ErrPartialEscape, nil, 0, partialJS, s), len(s)
			}
		case '$':
			if i+1 < len(s) && s[i+1] == '{' {
				c.braces = append(c.braces, 0)
				c.state, c.slash = inJS, slashRegexp
				return c, i + 2
			}
		case '`':
			c.state = inJS
			return c, i + 1
		}
	}
	return c, len(s)
}

func nextLiteral(c context, s []byte) (context, int) {
	specials := `\"`
	switch c.state {
	case inJSSingle:
		specials = `\'`
	case inJSRegexp:
		specials = `\/[]`
	}
	set := false // in […]
	for k := 0; ; {
		i := bytes.IndexAny(s[k:], specials)
		if i < 0 {
			break
		}
		i += k
		ends := false
		switch s[i] {
		case '\\':
			if i++; i == len(s) {
				return failed(ErrPartialEscape, nil, 0, partialJS, s), len(s)
			}
		case '[':
			set = true
		case ']':
			set = false
		case '/':
			if i > 0 && i+7 <= len(s) && bytes.EqualFold(s[i-1:i+7], []byte("</script")) {
				i++
			} else {
				ends = !set
			}
		default:
			ends = !set
		}
		if ends {
			c.state, c.slash = inJS, slashDivide
			return c, i + 1
		}
		k = i + 1
	}
	if set {
		return failed(ErrPartialCharset, nil, 0, "unfinished JS regexp charset: %q", s), len(s)
	}
	return c, len(s)
}

// isJSType reports whether a script of that type is JavaScript, or JSON.
func isJSType(mime string) bool {
	mime, _, _ = strings.Cut(mime, ";")
	mime = strings.TrimSpace(strings.ToLower(mime))
	switch mime {
	case "", "module", "application/json", "application/ld+json", "text/jscript", "text/livescript",
		"text/javascript1.0", "text/javascript1.1", "text/javascript1.2", "text/javascript1.3", "text/javascript1.4",
		"text/javascript1.5":
		return true
	}
	kind, name, _ := strings.Cut(mime, "/")
	name = strings.TrimPrefix(name, "x-")
	return (kind == "application" || kind == "text") && (name == "ecmascript" || name == "javascript")
}

// ---- CSS ----

func nextCSS(c context, s []byte) (context, int) {
	for k := 0; ; {
		i := bytes.IndexAny(s[k:], `("'/`)
		if i < 0 {
			return c, len(s)
		}
		i += k
		switch s[i] {
		case '(':
			if endsWithURL(bytes.TrimRight(s[:i], "\t\n\f\r ")) {
				j := len(s) - len(bytes.TrimLeft(s[i+1:], "\t\n\f\r "))
				switch {
				case j != len(s) && s[j] == '"':
					c.state, j = inCSSDoubleURL, j+1
				case j != len(s) && s[j] == '\'':
					c.state, j = inCSSSingleURL, j+1
				default:
					c.state = inCSSURL
				}
				return c, j
			}
		case '/':
			switch {
			case i+1 < len(s) && s[i+1] == '/':
				c.state = inCSSLineComment
				return c, i + 2
			case i+1 < len(s) && s[i+1] == '*':
				c.state = inCSSBlockComment
				return c, i + 2
			}
		case '"':
			c.state = inCSSDouble
			return c, i + 1
		case '\'':
			c.state = inCSSSingle
			return c, i + 1
		}
		k = i + 1
	}
}

func endsWithURL(b []byte) bool {
	i := len(b) - 3
	if i < 0 || !bytes.EqualFold(b[i:], []byte("url")) {
		return false
	}
	r := []rune(string(b[:i]))
	return len(r) == 0 || !isCSSName(r[len(r)-1])
}

func nextCSSString(c context, s []byte) (context, int) {
	ends := "\\\t\n\f\r )"
	switch c.state {
	case inCSSDouble, inCSSDoubleURL:
		ends = `\"`
	case inCSSSingle, inCSSSingleURL:
		ends = `\'`
	}
	for k := 0; ; {
		i := bytes.IndexAny(s[k:], ends)
		if i < 0 {
			// As much counts as read as it is without escapes.
			d, n := nextURL(c, decodeCSS(s[k:]))
			return d, k + n
		}
		i += k
		if s[i] != '\\' {
			c.state = inCSS
			return c, i + 1
		}
		if i++; i == len(s) {
			return failed(ErrPartialEscape, nil, 0, "unfinished escape sequence in CSS string: %q", s), len(s)
		}
		c, _ = nextURL(c, decodeCSS(s[:i+1]))
		k = i + 1
	}
}

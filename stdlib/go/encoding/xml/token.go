// Package xml reads and writes XML 1.0 with name spaces.
package xml

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A SyntaxError is a text that is no XML.
type SyntaxError struct {
	Msg  string
	Line int
}

func (e *SyntaxError) Error() string {
	return "XML syntax error on line " + strconv.Itoa(e.Line) + ": " + e.Msg
}

// A Name is a name with the name space it belongs to. In Decoder.RawToken, Space is the prefix.
type Name struct {
	Space, Local string
}

// An Attr is an attribute of an element.
type Attr struct {
	Name  Name
	Value string
}

// A Token is a StartElement, EndElement, CharData, Comment, ProcInst or Directive.
type Token any

// A StartElement is <name attr="value">.
type StartElement struct {
	Name Name
	Attr []Attr
}

// Copy returns a copy with attributes of its own.
func (e StartElement) Copy() StartElement {
	attrs := make([]Attr, len(e.Attr))
	copy(attrs, e.Attr)
	e.Attr = attrs
	return e
}

// End returns the end of the element.
func (e StartElement) End() EndElement { return EndElement{e.Name} }

// An EndElement is </name>.
type EndElement struct {
	Name Name
}

// CharData is text, without escapes.
type CharData []byte

// Copy returns a copy.
func (c CharData) Copy() CharData { return CharData(bytes.Clone(c)) }

// A Comment is <!--text-->.
type Comment []byte

// Copy returns a copy.
func (c Comment) Copy() Comment { return Comment(bytes.Clone(c)) }

// A ProcInst is <?target inst?>.
type ProcInst struct {
	Target string
	Inst   []byte
}

// Copy returns a copy.
func (p ProcInst) Copy() ProcInst {
	p.Inst = bytes.Clone(p.Inst)
	return p
}

// A Directive is <!text>.
type Directive []byte

// Copy returns a copy.
func (d Directive) Copy() Directive { return Directive(bytes.Clone(d)) }

// CopyToken returns a copy of a token, which Decoder.Token may write over.
func CopyToken(t Token) Token {
	switch v := t.(type) {
	case CharData:
		return v.Copy()
	case Comment:
		return v.Copy()
	case Directive:
		return v.Copy()
	case ProcInst:
		return v.Copy()
	case StartElement:
		return v.Copy()
	}
	return t
}

// A TokenReader is where a Decoder may get tokens from instead of a text. It returns a token or an error or both.
type TokenReader interface {
	Token() (Token, error)
}

// A Decoder reads tokens, and values.
type Decoder struct {
	Strict        bool              // false: common faults are allowed, see AutoClose and Entity
	AutoClose     []string          // elements that end where they begin, unless Strict
	Entity        map[string]string // further entities
	CharsetReader func(charset string, input io.Reader) (io.Reader, error)
	DefaultSpace  string // the name space of elements without one

	r         io.ByteReader
	mem       []byte // what is to be read instead of r, from at on
	at        int
	tokens    TokenReader
	buf       []byte
	saved     *bytes.Buffer // what was read, for innerxml
	back      int           // a byte that was put back, or -1
	err       error
	line      int
	lineStart int64
	offset    int64

	open      []scope
	depth     int // of elements that are open
	ns        map[string]string
	needClose bool // an end is to follow for what was <a/>
	toClose   Name
	next      Token
	inMethod  bool // UnmarshalXML is running
}

// A scope is an element that is open, a name space that was hidden, or the end of what UnmarshalXML may read.
type scope struct {
	kind  scopeKind
	name  Name
	known bool // the hidden prefix stood for name.Space
}

type scopeKind int

const (
	elementScope scopeKind = iota
	spaceScope
	endScope
)

// NewDecoder returns a Decoder of what r has.
func NewDecoder(r io.Reader) *Decoder {
	d := &Decoder{ns: map[string]string{}, back: -1, line: 1, Strict: true}
	d.setReader(r)
	return d
}

func (d *Decoder) setReader(r io.Reader) {
	if b, ok := r.(io.ByteReader); ok {
		d.r = b
	} else {
		d.r = bufio.NewReader(r)
	}
}

// NewTokenDecoder returns a Decoder of tokens from elsewhere.
func NewTokenDecoder(t TokenReader) *Decoder {
	if d, ok := t.(*Decoder); ok {
		return d
	}
	return &Decoder{ns: map[string]string{}, tokens: t, back: -1, line: 1, Strict: true}
}

// InputOffset returns where the token read last ends.
func (d *Decoder) InputOffset() int64 { return d.offset }

// InputPos returns the line and column of InputOffset, both beginning with 1.
func (d *Decoder) InputPos() (line, column int) { return d.line, int(d.offset-d.lineStart) + 1 }

func (d *Decoder) top() *scope {
	if len(d.open) == 0 {
		return nil
	}
	return &d.open[len(d.open)-1]
}

// Token returns the next token; elements that are open at the end are an error. Names have their name spaces. The end
// of an element like <a/> is a token of its own. Bytes of a token are valid until the next call.
func (d *Decoder) Token() (Token, error) {
	if s := d.top(); s != nil && s.kind == endScope {
		return nil, io.EOF
	}
	t := d.next
	d.next = nil
	var err error
	if t == nil {
		if t, err = d.rawToken(); t == nil && err != nil {
			if err == io.EOF && len(d.open) > 0 {
				err = d.syntaxError("unexpected EOF")
			}
			return nil, err
		}
	}
	if !d.Strict {
		if end := d.autoClose(t); end != nil {
			d.next = t
			t = end
		}
	}
	switch e := t.(type) {
	case StartElement:
		for _, a := range e.Attr {
			prefix := a.Name.Local
			switch {
			case a.Name.Space == "" && prefix == "xmlns":
				prefix = ""
			case a.Name.Space != "xmlns":
				continue
			}
			old, known := d.ns[prefix]
			d.open = append(d.open, scope{spaceScope, Name{old, prefix}, known})
			d.ns[prefix] = a.Value
		}
		d.open = append(d.open, scope{kind: elementScope, name: e.Name})
		d.depth++
		d.translate(&e.Name, true)
		for i := range e.Attr {
			d.translate(&e.Attr[i].Name, false)
		}
		return e, nil
	case EndElement:
		if !d.endElement(&e) {
			return nil, d.err
		}
		return e, nil
	}
	return t, nil
}

// translate makes a prefix the name space that it stands for.
func (d *Decoder) translate(n *Name, element bool) {
	switch {
	case n.Space == "xmlns", n.Space == "" && !element, n.Space == "" && n.Local == "xmlns":
		return
	case n.Space == "xml":
		n.Space = xmlURL
	}
	if url, ok := d.ns[n.Space]; ok {
		n.Space = url
	} else if n.Space == "" {
		n.Space = d.DefaultSpace
	}
}

const xmlURL = "http://www.w3.org/XML/1998/namespace"

func (d *Decoder) syntaxError(msg string) error { return &SyntaxError{msg, d.line} }

// endElement closes the innermost element, if the name is right.
func (d *Decoder) endElement(e *EndElement) bool {
	s := d.top()
	if s == nil || s.kind != elementScope {
		d.err = d.syntaxError("unexpected end element </" + e.Name.Local + ">")
		return false
	}
	name := s.name
	d.open = d.open[:len(d.open)-1]
	d.depth--
	switch {
	case name.Local != e.Name.Local && !d.Strict:
		d.needClose, d.toClose = true, e.Name
		e.Name = name
	case name.Local != e.Name.Local:
		d.err = d.syntaxError("element <" + name.Local + "> closed by </" + e.Name.Local + ">")
		return false
	case name.Space != e.Name.Space:
		space := e.Name.Space
		if space == "" {
			space = `""`
		}
		d.err = d.syntaxError("element <" + name.Local + "> in space " + name.Space + " closed by </" + e.Name.Local +
			"> in space " + space)
		return false
	default:
		d.translate(&e.Name, true)
		for s := d.top(); s != nil && s.kind == spaceScope; s = d.top() {
			if s.known {
				d.ns[s.name.Local] = s.name.Space
			} else {
				delete(d.ns, s.name.Local)
			}
			d.open = d.open[:len(d.open)-1]
		}
	}
	return true
}

// autoClose returns the end of an element that ends before t by itself, or nil.
func (d *Decoder) autoClose(t Token) Token {
	s := d.top()
	if s == nil || s.kind != elementScope {
		return nil
	}
	for _, name := range d.AutoClose {
		if strings.EqualFold(name, s.name.Local) {
			if e, ok := t.(EndElement); !ok || !strings.EqualFold(e.Name.Local, s.name.Local) {
				return EndElement{s.name}
			}
			break
		}
	}
	return nil
}

// fence ends what Token returns at the end of the element that was begun.
func (d *Decoder) fence() {
	i := len(d.open) - 1
	for d.open[i].kind != elementScope {
		i--
	}
	for i > 0 && d.open[i-1].kind == spaceScope {
		i--
	}
	d.open = slices.Insert(d.open, i, scope{kind: endScope})
}

// unfence reports whether everything in front of the fence was read.
func (d *Decoder) unfence() bool {
	if s := d.top(); s == nil || s.kind != endScope {
		return false
	}
	d.open = d.open[:len(d.open)-1]
	return true
}

// RawToken returns the next token without looking at what belongs together, with prefixes for name spaces.
func (d *Decoder) RawToken() (Token, error) {
	if d.inMethod {
		return nil, errors.New("xml: cannot use RawToken from UnmarshalXML method")
	}
	return d.rawToken()
}

// Skip reads up to the end of the element that was begun last.
func (d *Decoder) Skip() error {
	for depth := 0; ; {
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t.(type) {
		case StartElement:
			depth++
		case EndElement:
			if depth == 0 {
				return nil
			}
			depth--
		}
	}
}

// ---- characters ----

func (d *Decoder) getc() (b byte, ok bool) {
	if d.err != nil {
		return 0, false
	}
	if d.back >= 0 {
		b = byte(d.back)
		d.back = -1
	} else {
		if d.mem != nil {
			if d.at == len(d.mem) {
				d.err = io.EOF
				return 0, false
			}
			b = d.mem[d.at]
			d.at++
		} else if b, d.err = d.r.ReadByte(); d.err != nil {
			return 0, false
		}
		if d.saved != nil {
			d.saved.WriteByte(b)
		}
	}
	if b == '\n' {
		d.line++
		d.lineStart = d.offset + 1
	}
	d.offset++
	return b, true
}

// mustgetc is getc where the text must not end.
func (d *Decoder) mustgetc() (b byte, ok bool) {
	if b, ok = d.getc(); !ok && d.err == io.EOF {
		d.err = d.syntaxError("unexpected EOF")
	}
	return b, ok
}

func (d *Decoder) ungetc(b byte) {
	if b == '\n' {
		d.line--
	}
	d.back = int(b)
	d.offset--
}

// savedLen is how much of what is saved was used.
func (d *Decoder) savedLen() int {
	n := d.saved.Len()
	if d.back >= 0 {
		n--
	}
	return n
}

func (d *Decoder) space() {
	for {
		b, ok := d.getc()
		if !ok {
			return
		}
		if b != ' ' && b != '\r' && b != '\n' && b != '\t' {
			d.ungetc(b)
			return
		}
	}
}

// fail notes an error, unless there is one already.
func (d *Decoder) fail(msg string) (Token, error) {
	if d.err == nil {
		d.err = d.syntaxError(msg)
	}
	return nil, d.err
}

// until reads up to an end of two or three bytes into buf.
func (d *Decoder) until(end string) bool {
	d.buf = d.buf[:0]
	for {
		b, ok := d.mustgetc()
		if !ok {
			return false
		}
		d.buf = append(d.buf, b)
		if b == end[len(end)-1] && bytes.HasSuffix(d.buf, []byte(end)) {
			d.buf = d.buf[:len(d.buf)-len(end)]
			return true
		}
	}
}

// ---- tokens ----

func (d *Decoder) rawToken() (Token, error) {
	if d.tokens != nil {
		return d.tokens.Token()
	}
	if d.err != nil {
		return nil, d.err
	}
	if d.needClose {
		d.needClose = false
		return EndElement{d.toClose}, nil
	}
	b, ok := d.getc()
	if !ok {
		return nil, d.err
	}
	if b != '<' {
		d.ungetc(b)
		if !d.text(-1, false) {
			return nil, d.err
		}
		return CharData(d.buf), nil
	}
	if b, ok = d.mustgetc(); !ok {
		return nil, d.err
	}
	switch b {
	case '/':
		name, ok := d.nsname()
		if !ok {
			return d.fail("expected element name after </")
		}
		d.space()
		if b, ok = d.mustgetc(); !ok {
			return nil, d.err
		}
		if b != '>' {
			return d.fail("invalid characters between </" + name.Local + " and >")
		}
		return EndElement{name}, nil
	case '?':
		return d.procInst()
	case '!':
		return d.directive()
	}
	d.ungetc(b)
	return d.startElement()
}

func (d *Decoder) procInst() (Token, error) {
	target, ok := d.name()
	if !ok {
		return d.fail("expected target name after <?")
	}
	d.space()
	if !d.until("?>") {
		return nil, d.err
	}
	if target == "xml" {
		content := string(d.buf)
		if v := procInst("version", content); v != "" && v != "1.0" {
			d.err = fmt.Errorf("xml: unsupported version %q; only version 1.0 is supported", v)
			return nil, d.err
		}
		if enc := procInst("encoding", content); enc != "" && !strings.EqualFold(enc, "utf-8") {
			if d.CharsetReader == nil {
				d.err = fmt.Errorf("xml: encoding %q declared but Decoder.CharsetReader is nil", enc)
				return nil, d.err
			}
			r, err := d.CharsetReader(enc, d.r.(io.Reader))
			if err != nil {
				d.err = fmt.Errorf("xml: opening charset %q: %w", enc, err)
				return nil, d.err
			}
			if r == nil {
				panic("CharsetReader returned a nil Reader for charset " + enc)
			}
			d.setReader(r)
		}
	}
	return ProcInst{target, d.buf}, nil
}

// procInst finds a parameter in the text of <?xml …?>.
func procInst(param, s string) string {
	for {
		var found bool
		if _, s, found = strings.Cut(s, param+"="); !found || s == "" {
			return ""
		}
		if quote := s[0]; quote == '\'' || quote == '"' {
			if end := strings.IndexByte(s[1:], quote); end >= 0 {
				return s[1 : 1+end]
			}
			return ""
		}
		s = s[1:]
	}
}

// directive reads what begins with <!.
func (d *Decoder) directive() (Token, error) {
	b, ok := d.mustgetc()
	if !ok {
		return nil, d.err
	}
	switch b {
	case '-':
		if b, ok = d.mustgetc(); !ok {
			return nil, d.err
		}
		if b != '-' {
			return d.fail("invalid sequence <!- not part of <!--")
		}
		if !d.until("--") {
			return nil, d.err
		}
		if b, ok = d.mustgetc(); !ok {
			return nil, d.err
		}
		if b != '>' {
			return d.fail(`invalid sequence "--" not allowed in comments`)
		}
		return Comment(d.buf), nil
	case '[':
		for _, want := range []byte("CDATA[") {
			if b, ok = d.mustgetc(); !ok {
				return nil, d.err
			}
			if b != want {
				return d.fail("invalid <![ sequence")
			}
		}
		if !d.text(-1, true) {
			return nil, d.err
		}
		return CharData(d.buf), nil
	}
	d.buf = append(d.buf[:0], b)
	var quote byte
	depth := 0
	for {
		if b, ok = d.mustgetc(); !ok {
			return nil, d.err
		}
		if quote == 0 && b == '>' && depth == 0 {
			return Directive(d.buf), nil
		}
		d.buf = append(d.buf, b)
		switch {
		case b == quote:
			quote = 0
		case quote != 0:
		case b == '\'' || b == '"':
			quote = b
		case b == '>':
			depth--
		case b == '<':
			depth++
		case b == '-' && bytes.HasSuffix(d.buf, []byte("<!--")):
			// A comment inside becomes a blank.
			directive := bytes.Clone(d.buf[:len(d.buf)-4])
			depth--
			if !d.until("-->") {
				return nil, d.err
			}
			d.buf = append(directive, ' ')
		}
	}
}

func (d *Decoder) startElement() (Token, error) {
	name, ok := d.nsname()
	if !ok {
		return d.fail("expected element name after <")
	}
	attrs := []Attr{}
	for {
		d.space()
		b, ok := d.mustgetc()
		if !ok {
			return nil, d.err
		}
		if b == '/' {
			if b, ok = d.mustgetc(); !ok {
				return nil, d.err
			}
			if b != '>' {
				return d.fail("expected /> in element")
			}
			d.needClose, d.toClose = true, name
			break
		}
		if b == '>' {
			break
		}
		d.ungetc(b)
		var a Attr
		if a.Name, ok = d.nsname(); !ok {
			return d.fail("expected attribute name in element")
		}
		d.space()
		if b, ok = d.mustgetc(); !ok {
			return nil, d.err
		}
		switch {
		case b == '=':
			d.space()
			if !d.attrValue() {
				return nil, d.err
			}
			a.Value = string(d.buf)
		case d.Strict:
			return d.fail("attribute name without = in element")
		default:
			d.ungetc(b)
			a.Value = a.Name.Local
		}
		attrs = append(attrs, a)
	}
	return StartElement{name, attrs}, nil
}

// attrValue reads an attribute's value into buf.
func (d *Decoder) attrValue() bool {
	b, ok := d.mustgetc()
	switch {
	case !ok:
		return false
	case b == '"' || b == '\'':
		return d.text(int(b), false)
	case d.Strict:
		d.fail("unquoted or missing attribute value in element")
		return false
	}
	d.buf = d.buf[:0]
	for ok && (isNameByte(b) && b != '.') {
		d.buf = append(d.buf, b)
		b, ok = d.mustgetc()
	}
	if ok {
		d.ungetc(b)
	}
	return ok
}

var entities = map[string]string{"lt": "<", "gt": ">", "amp": "&", "apos": "'", "quot": `"`}

// text reads text into buf, up to the quote, or the next < if that is -1, or the end of a CDATA section.
func (d *Decoder) text(quote int, cdata bool) bool {
	d.buf = d.buf[:0]
	var b0, b1 byte // the bytes in front
	for {
		if d.mem != nil && d.back < 0 && d.saved == nil {
			// What means nothing here is taken at once.
			n := bytes.IndexAny(d.mem[d.at:], "<&]>\r\n\"'")
			if n > 0 {
				d.buf = append(d.buf, d.mem[d.at:d.at+n]...)
				d.at += n
				d.offset += int64(n)
				b0, b1 = 0, 0
			}
		}
		b, ok := d.getc()
		if !ok {
			if cdata {
				if d.err == io.EOF {
					d.err = d.syntaxError("unexpected EOF in CDATA section")
				}
				return false
			}
			break
		}
		if quote < 0 && b0 == ']' && b1 == ']' && b == '>' {
			if !cdata {
				d.fail("unescaped ]]> not in CDATA section")
				return false
			}
			d.buf = d.buf[:len(d.buf)-2]
			break
		}
		if b == '<' && !cdata {
			if quote >= 0 {
				d.fail("unescaped < inside quoted string")
				return false
			}
			d.ungetc('<')
			break
		}
		if quote >= 0 && b == byte(quote) {
			break
		}
		if b == '&' && !cdata {
			if !d.reference() {
				return false
			}
			b0, b1 = 0, 0
			continue
		}
		switch {
		case b == '\r':
			d.buf = append(d.buf, '\n')
		case b != '\n' || b1 != '\r':
			d.buf = append(d.buf, b)
		}
		b0, b1 = b1, b
	}
	for rest := d.buf; len(rest) > 0; {
		if c := rest[0]; ' ' <= c && c < utf8.RuneSelf {
			rest = rest[1:]
			continue
		}
		r, n := utf8.DecodeRune(rest)
		if r == utf8.RuneError && n == 1 {
			d.err = d.syntaxError("invalid UTF-8")
			return false
		}
		if !isChar(r) {
			d.err = d.syntaxError(fmt.Sprintf("illegal character code %U", r))
			return false
		}
		rest = rest[n:]
	}
	return true
}

// isChar reports whether XML allows a character.
func isChar(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || 0x20 <= r && r <= 0xD7FF || 0xE000 <= r && r <= 0xFFFD ||
		0x10000 <= r && r <= 0x10FFFF
}

// reference reads what stands behind an &, and appends what it means to buf.
func (d *Decoder) reference() bool {
	before := len(d.buf)
	d.buf = append(d.buf, '&')
	b, ok := d.mustgetc()
	if !ok {
		return false
	}
	text, found := "", false
	if b == '#' {
		base := 10
		d.buf = append(d.buf, b)
		if b, ok = d.mustgetc(); ok && b == 'x' {
			base = 16
			d.buf = append(d.buf, b)
			b, ok = d.mustgetc()
		}
		start := len(d.buf)
		for ok && ('0' <= b && b <= '9' || base == 16 && ('a' <= b && b <= 'f' || 'A' <= b && b <= 'F')) {
			d.buf = append(d.buf, b)
			b, ok = d.mustgetc()
		}
		if !ok {
			return false
		}
		if b != ';' {
			d.ungetc(b)
		} else {
			n, err := strconv.ParseUint(string(d.buf[start:]), base, 64)
			d.buf = append(d.buf, ';')
			if err == nil && n <= unicode.MaxRune {
				text, found = string(rune(n)), true
			}
		}
	} else {
		d.ungetc(b)
		if !d.readName() && d.err != nil {
			return false
		}
		if b, ok = d.mustgetc(); !ok {
			return false
		}
		if b != ';' {
			d.ungetc(b)
		} else {
			name := string(d.buf[before+1:])
			d.buf = append(d.buf, ';')
			if isName(name) {
				if text, found = entities[name]; !found {
					text, found = d.Entity[name]
				}
			}
		}
	}
	if found {
		d.buf = append(d.buf[:before], text...)
		return true
	}
	if !d.Strict {
		return true
	}
	shown := string(d.buf[before:])
	if !strings.HasSuffix(shown, ";") {
		shown += " (no semicolon)"
	}
	d.err = d.syntaxError("invalid character entity " + shown)
	return false
}

// ---- names ----

// nsname reads a name with a prefix.
func (d *Decoder) nsname() (name Name, ok bool) {
	s, ok := d.name()
	if !ok || strings.Count(s, ":") > 1 {
		return name, false
	}
	if prefix, local, found := strings.Cut(s, ":"); found && prefix != "" && local != "" {
		return Name{prefix, local}, true
	}
	return Name{"", s}, true
}

func (d *Decoder) name() (string, bool) {
	d.buf = d.buf[:0]
	if !d.readName() {
		return "", false
	}
	s := string(d.buf)
	if !isName(s) {
		d.err = d.syntaxError("invalid XML name: " + s)
		return "", false
	}
	return s, true
}

// readName appends what may be a name to buf.
func (d *Decoder) readName() bool {
	for n := 0; ; n++ {
		b, ok := d.mustgetc()
		if !ok {
			return false
		}
		if b < utf8.RuneSelf && !isNameByte(b) {
			d.ungetc(b)
			return n > 0
		}
		d.buf = append(d.buf, b)
	}
}

func isNameByte(c byte) bool {
	return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '_' || c == ':' || c == '.' || c == '-'
}

func isName(s string) bool {
	for i, r := range s {
		switch {
		case r == utf8.RuneError:
			return false
		case r == '_' || r == ':' || unicode.IsLetter(r):
		case i > 0 && (r == '-' || r == '.' || r == 0xB7 || unicode.In(r, unicode.Nd, unicode.Mn, unicode.Mc, unicode.Lm)):
		default:
			return false
		}
	}
	return s != ""
}

// HTMLAutoClose is for Decoder.AutoClose: elements of HTML without an end.
var HTMLAutoClose []string = []string{"basefont", "br", "area", "link", "img", "param", "hr", "input", "col", "frame",
	"isindex", "base", "meta"}

// ---- escaping ----

// EscapeText writes text so that it may stand in XML.
func EscapeText(w io.Writer, s []byte) error {
	_, err := w.Write(appendEscaped(nil, string(s), true))
	return err
}

// Escape is EscapeText without an error.
func Escape(w io.Writer, s []byte) { EscapeText(w, s) }

func appendEscaped(out []byte, s string, newline bool) []byte {
	last := 0
	for i := 0; i < len(s); {
		c := s[i]
		n := 1
		esc := ""
		switch c {
		case '"':
			esc = "&#34;"
		case '\'':
			esc = "&#39;"
		case '&':
			esc = "&amp;"
		case '<':
			esc = "&lt;"
		case '>':
			esc = "&gt;"
		case '\t':
			esc = "&#x9;"
		case '\n':
			if newline {
				esc = "&#xA;"
			}
		case '\r':
			esc = "&#xD;"
		default:
			if ' ' <= c && c < utf8.RuneSelf {
				i++
				continue
			}
			var r rune
			r, n = utf8.DecodeRuneInString(s[i:])
			if !isChar(r) || r == utf8.RuneError && n == 1 {
				esc = "\uFFFD"
			}
		}
		if esc != "" {
			out = append(append(out, s[last:i]...), esc...)
			last = i + n
		}
		i += n
	}
	return append(out, s[last:]...)
}

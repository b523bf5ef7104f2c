package xml

import (
	"bufio"
	"bytes"
	"encoding"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Header is what XML files usually begin with.
const Header = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

// Marshal returns v as XML.
func Marshal(v any) ([]byte, error) { return MarshalIndent(v, "", "") }

// MarshalIndent returns v as XML with each element on a line that begins with prefix and as many indents as it lies deep.
func MarshalIndent(v any, prefix, indent string) ([]byte, error) {
	var b bytes.Buffer
	enc := NewEncoder(&b)
	enc.Indent(prefix, indent)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	if err := enc.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Marshaler: a type that writes itself, as one element or none.
type Marshaler interface {
	MarshalXML(e *Encoder, start StartElement) error
}

// MarshalerAttr: a type that makes itself an attribute, or none if that has no name.
type MarshalerAttr interface {
	MarshalXMLAttr(name Name) (Attr, error)
}

// An UnsupportedTypeError is a type that cannot be written.
type UnsupportedTypeError struct {
	Type reflect.Type
}

func (e *UnsupportedTypeError) Error() string { return "xml: unsupported type: " + e.Type.String() }

// An Encoder writes values and tokens.
type Encoder struct {
	w              *bufio.Writer
	err            error
	closed         bool
	prefix, indent string
	depth          int
	inner          bool // an element was just begun
	lines          bool // something was written
	tags           []Name
	marks          []int // how many prefixes there were at the beginning of each element
	prefixes       []string
	urls           map[string]string // by prefix
	byURL          map[string]string
	seq            int
}

// NewEncoder returns an Encoder to w.
func NewEncoder(w io.Writer) *Encoder {
	return &Encoder{w: bufio.NewWriter(w), urls: map[string]string{}, byURL: map[string]string{}}
}

// Indent makes the encoder write each element on a line.
func (e *Encoder) Indent(prefix, indent string) { e.prefix, e.indent = prefix, indent }

// Encode writes a value.
func (e *Encoder) Encode(v any) error {
	if err := e.value(reflect.ValueOf(v), nil, nil); err != nil {
		return err
	}
	return e.w.Flush()
}

// EncodeElement writes a value as the element that start begins.
func (e *Encoder) EncodeElement(v any, start StartElement) error {
	if err := e.value(reflect.ValueOf(v), nil, &start); err != nil {
		return err
	}
	return e.w.Flush()
}

// Flush writes what is buffered.
func (e *Encoder) Flush() error { return e.w.Flush() }

// Close ends the text. It is an error if an element is open.
func (e *Encoder) Close() error {
	if e.closed {
		return nil
	}
	e.closed = true
	if err := e.w.Flush(); err != nil {
		return err
	}
	if n := len(e.tags); n > 0 {
		return fmt.Errorf("unclosed tag <%s>", e.tags[n-1].Local)
	}
	return nil
}

// EncodeToken writes a token. Flush is to be called at the end.
func (e *Encoder) EncodeToken(t Token) error {
	switch t := t.(type) {
	case StartElement:
		if err := e.start(&t); err != nil {
			return err
		}
	case EndElement:
		if err := e.end(t.Name); err != nil {
			return err
		}
	case CharData:
		e.put(string(appendEscaped(nil, string(t), false)))
	case Comment:
		if bytes.Contains(t, []byte("-->")) {
			return fmt.Errorf("xml: EncodeToken of Comment containing --> marker")
		}
		e.put("<!--", string(t), "-->")
	case ProcInst:
		switch {
		case t.Target == "xml" && e.w.Buffered() != 0:
			return fmt.Errorf("xml: EncodeToken of ProcInst xml target only valid for xml declaration, first token encoded")
		case !isName(t.Target):
			return fmt.Errorf("xml: EncodeToken of ProcInst with invalid Target")
		case bytes.Contains(t.Inst, []byte("?>")):
			return fmt.Errorf("xml: EncodeToken of ProcInst containing ?> marker")
		}
		e.put("<?", t.Target)
		if len(t.Inst) > 0 {
			e.put(" ", string(t.Inst))
		}
		e.put("?>")
	case Directive:
		if !validDirective(t) {
			return fmt.Errorf("xml: EncodeToken of Directive containing wrong < or > markers")
		}
		e.put("<!", string(t), ">")
	default:
		return fmt.Errorf("xml: EncodeToken of invalid token type")
	}
	return e.check()
}

// validDirective reports whether < and > belong together, outside of quotes and comments.
func validDirective(d []byte) bool {
	depth := 0
	var quote byte
	for i := 0; i < len(d); i++ {
		switch c := d[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == '<' && bytes.HasPrefix(d[i:], []byte("<!--")) && len(d) > i+4:
			end := bytes.Index(d[i:], []byte("-->"))
			if end < 0 {
				return false
			}
			i += end + 2
		case c == '<':
			depth++
		case c == '>':
			if depth--; depth < 0 {
				return false
			}
		}
	}
	return depth == 0 && quote == 0
}

// put writes texts as they are.
func (e *Encoder) put(texts ...string) {
	for _, s := range texts {
		e.put1(s)
	}
}

func (e *Encoder) put1(s string) {
	if e.closed && e.err == nil {
		e.err = errors.New("use of closed Encoder")
	}
	if e.err == nil {
		_, e.err = e.w.WriteString(s)
	}
}

// escaped writes text so that it may stand in XML.
func (e *Encoder) escaped(s string) {
	if strings.IndexAny(s, special) < 0 && utf8.ValidString(s) {
		e.put1(s)
		return
	}
	e.put1(string(appendEscaped(nil, s, true)))
}

// What cannot stand in XML as it is.
const special = "\x00\x01\x02\x03\x04\x05\x06\x07\x08\t\n\x0b\x0c\r\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b" +
	"\x1c\x1d\x1e\x1f\"'&<>\uFFFE\uFFFF"

func (e *Encoder) check() error {
	e.put("")
	return e.err
}

// newline begins the line of an element (1), of its end (-1) or of something else (0).
func (e *Encoder) newline(delta int) {
	if e.prefix == "" && e.indent == "" {
		return
	}
	if delta < 0 {
		e.depth--
		if e.inner { // there is nothing in the element
			e.inner = false
			return
		}
	}
	if e.lines {
		e.put("\n")
	}
	e.lines = true
	e.put(e.prefix, strings.Repeat(e.indent, e.depth))
	if delta > 0 {
		e.depth++
		e.inner = true
	}
}

// attrPrefix returns the prefix of a name space, which it declares if need be.
func (e *Encoder) attrPrefix(url string) string {
	if p := e.byURL[url]; p != "" {
		return p
	}
	if url == xmlURL {
		return "xml"
	}
	p := strings.TrimRight(url, "/")
	p = p[strings.LastIndexByte(p, '/')+1:]
	if !isName(p) || strings.Contains(p, ":") {
		p = "_"
	}
	if len(p) >= 3 && strings.EqualFold(p[:3], "xml") {
		p = "_" + p
	}
	if e.urls[p] != "" {
		for {
			e.seq++
			if id := p + "_" + strconv.Itoa(e.seq); e.urls[id] == "" {
				p = id
				break
			}
		}
	}
	e.byURL[url], e.urls[p] = p, url
	e.put("xmlns:", p, `="`)
	e.escaped(url)
	e.put(`" `)
	e.prefixes = append(e.prefixes, p)
	return p
}

func (e *Encoder) start(s *StartElement) error {
	if s.Name.Local == "" {
		return fmt.Errorf("xml: start tag with no name")
	}
	e.tags = append(e.tags, s.Name)
	e.marks = append(e.marks, len(e.prefixes))
	e.newline(1)
	e.put("<", s.Name.Local)
	if s.Name.Space != "" {
		e.put(` xmlns="`)
		e.escaped(s.Name.Space)
		e.put(`"`)
	}
	for _, a := range s.Attr {
		if a.Name.Local == "" {
			continue
		}
		e.put(" ")
		if a.Name.Space != "" {
			e.put(e.attrPrefix(a.Name.Space), ":")
		}
		e.put(a.Name.Local, `="`)
		e.escaped(a.Value)
		e.put(`"`)
	}
	e.put(">")
	return nil
}

func (e *Encoder) end(name Name) error {
	n := len(e.tags) - 1
	switch {
	case name.Local == "":
		return fmt.Errorf("xml: end tag with no name")
	case n < 0 || e.tags[n].Local == "":
		return fmt.Errorf("xml: end tag </%s> without start tag", name.Local)
	case e.tags[n].Local != name.Local:
		return fmt.Errorf("xml: end tag </%s> does not match start tag <%s>", name.Local, e.tags[n].Local)
	case e.tags[n] != name:
		return fmt.Errorf("xml: end tag </%s> in namespace %s does not match start tag <%s> in namespace %s", name.Local,
			name.Space, e.tags[n].Local, e.tags[n].Space)
	}
	e.tags = e.tags[:n]
	e.newline(-1)
	e.inner = false
	e.put("</", name.Local, ">")
	m := len(e.marks) - 1
	for _, p := range e.prefixes[e.marks[m]:] {
		delete(e.byURL, e.urls[p])
		delete(e.urls, p)
	}
	e.prefixes, e.marks = e.prefixes[:e.marks[m]], e.marks[:m]
	return nil
}

// ---- values ----

func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct, reflect.Chan, reflect.Func, reflect.UnsafePointer, reflect.Complex64, reflect.Complex128, reflect.Invalid:
		return false
	}
	return v.IsZero()
}

// value writes a value as an element, named by the template, its type, its field or its type's name.
func (e *Encoder) value(v reflect.Value, f *field, template *StartElement) error {
	if template != nil && template.Name.Local == "" {
		return fmt.Errorf("xml: EncodeElement of StartElement with missing name")
	}
	if !v.IsValid() || f != nil && f.omit && isEmpty(v) {
		return nil
	}
	for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	t := v.Type()
	if m, pointer, ok := as[Marshaler](v); ok {
		return e.marshaler(m, defaultStart(t, pointer, f, template))
	}
	if m, pointer, ok := as[encoding.TextMarshaler](v); ok {
		start := defaultStart(t, pointer, f, template)
		if err := e.start(&start); err != nil {
			return err
		}
		text, err := m.MarshalText()
		if err != nil {
			return err
		}
		e.escaped(string(text))
		return e.end(start.Name)
	}
	if k := v.Kind(); (k == reflect.Slice || k == reflect.Array) && t.Elem().Kind() != reflect.Uint8 {
		for i := range v.Len() {
			if err := e.value(v.Index(i), f, template); err != nil {
				return err
			}
		}
		return nil
	}
	info, err := infoOf(t)
	if err != nil {
		return err
	}
	var start StartElement
	switch {
	case template != nil:
		start = template.Copy()
	case info.xmlname != nil && info.xmlname.name != "":
		start.Name = Name{info.xmlname.space, info.xmlname.name}
	case info.xmlname != nil:
		if fv := info.xmlname.value(v, false); fv.IsValid() && fv.CanInterface() {
			if name, ok := fv.Interface().(Name); ok && name.Local != "" {
				start.Name = name
			}
		}
	}
	if start.Name.Local == "" && f != nil {
		start.Name = Name{f.space, f.name}
	}
	if start.Name.Local == "" {
		if start.Name.Local, _, _ = strings.Cut(t.Name(), "["); start.Name.Local == "" {
			return &UnsupportedTypeError{t}
		}
	}
	for i := range info.fields {
		af := &info.fields[i]
		if af.mode&asAttr == 0 {
			continue
		}
		fv := af.value(v, false)
		if af.omit && (!fv.IsValid() || isEmpty(fv)) || fv.Kind() == reflect.Interface && fv.IsNil() {
			continue
		}
		if err := e.attr(&start, Name{af.space, af.name}, fv); err != nil {
			return err
		}
	}
	if n := len(e.tags); info.xmlname != nil && start.Name.Space == "" && info.xmlname.space == "" &&
		info.xmlname.name == "" && n > 0 && e.tags[n-1].Space != "" {
		start.Attr = append(start.Attr, Attr{Name{"", "xmlns"}, ""})
	}
	if err := e.start(&start); err != nil {
		return err
	}
	if v.Kind() == reflect.Struct {
		err = e.fields(info, v)
	} else {
		var s string
		if s, err = simple(v); err == nil {
			e.escaped(s)
		}
	}
	if err != nil {
		return err
	}
	if err := e.end(start.Name); err != nil {
		return err
	}
	return e.check()
}

func defaultStart(t reflect.Type, pointer bool, f *field, template *StartElement) (start StartElement) {
	switch {
	case template != nil:
		return template.Copy()
	case f != nil && f.name != "":
		start.Name = Name{f.space, f.name}
	case t.Name() != "" || pointer:
		start.Name.Local = t.Name()
	default:
		start.Name.Local = t.Elem().Name()
	}
	return start
}

func receiver(v any) string {
	t := reflect.TypeOf(v)
	if t.Name() != "" {
		return t.String()
	}
	return "(" + t.String() + ")"
}

func (e *Encoder) marshaler(m Marshaler, start StartElement) error {
	e.tags = append(e.tags, Name{}) // ends are not to go beyond
	n := len(e.tags)
	if err := m.MarshalXML(e, start); err != nil {
		return err
	}
	if len(e.tags) > n {
		return fmt.Errorf("xml: %s.MarshalXML wrote invalid XML: <%s> not closed", receiver(m), e.tags[len(e.tags)-1].Local)
	}
	e.tags = e.tags[:n-1]
	return nil
}

// attr adds an attribute.
func (e *Encoder) attr(start *StartElement, name Name, v reflect.Value) error {
	if !v.IsValid() {
		return nil
	}
	if m, _, ok := as[MarshalerAttr](v); ok {
		a, err := m.MarshalXMLAttr(name)
		if err == nil && a.Name.Local != "" {
			start.Attr = append(start.Attr, a)
		}
		return err
	}
	if m, _, ok := as[encoding.TextMarshaler](v); ok {
		text, err := m.MarshalText()
		if err == nil {
			start.Attr = append(start.Attr, Attr{name, string(text)})
		}
		return err
	}
	if k := v.Kind(); k == reflect.Pointer || k == reflect.Interface {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8 {
		for i := range v.Len() {
			if err := e.attr(start, name, v.Index(i)); err != nil {
				return err
			}
		}
		return nil
	}
	if v.Type() == attrType {
		start.Attr = append(start.Attr, v.Interface().(Attr))
		return nil
	}
	s, err := simple(v)
	if err == nil {
		start.Attr = append(start.Attr, Attr{name, s})
	}
	return err
}

// simple returns the text of a value that is no struct.
func simple(v reflect.Value) (string, error) {
	switch k := v.Kind(); {
	case v.CanInt():
		return strconv.FormatInt(v.Int(), 10), nil
	case v.CanUint():
		return strconv.FormatUint(v.Uint(), 10), nil
	case v.CanFloat():
		return strconv.FormatFloat(v.Float(), 'g', -1, v.Type().Bits()), nil
	case k == reflect.String:
		return v.String(), nil
	case k == reflect.Bool:
		return strconv.FormatBool(v.Bool()), nil
	case (k == reflect.Slice || k == reflect.Array) && v.Type().Elem().Kind() == reflect.Uint8:
		b := make([]byte, v.Len())
		reflect.Copy(reflect.ValueOf(b), v)
		return string(b), nil
	}
	return "", &UnsupportedTypeError{v.Type()}
}

// indirect follows pointers and interfaces to what they hold.
func indirect(v reflect.Value) reflect.Value {
	for (v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer) && !v.IsNil() {
		v = v.Elem()
	}
	return v
}

// around closes and begins the elements around fields: open are those that are open, of which keep stay.
func (e *Encoder) around(open []string, keep int) ([]string, error) {
	for len(open) > keep {
		if err := e.end(Name{"", open[len(open)-1]}); err != nil {
			return nil, err
		}
		open = open[:len(open)-1]
	}
	return open, nil
}

// fields writes what is inside of a struct's element.
func (e *Encoder) fields(info *typeInfo, v reflect.Value) error {
	var open []string
	for i := range info.fields {
		f := &info.fields[i]
		fv := f.value(v, false)
		if f.mode&asAttr != 0 || !fv.IsValid() {
			continue
		}
		if f.mode != asInnerXML {
			same := 0
			for same < min(len(open), len(f.parents)) && open[same] == f.parents[same] {
				same++
			}
			var err error
			if open, err = e.around(open, same); err != nil {
				return err
			}
		}
		switch f.mode {
		case asCDATA, asCharData:
			if err := e.charData(f.mode, fv); err != nil {
				return err
			}
			continue
		case asComment:
			if err := e.comment(indirect(fv), v.Type()); err != nil {
				return err
			}
			continue
		case asInnerXML:
			switch raw := indirect(fv).Interface().(type) {
			case []byte:
				e.put(string(raw))
				continue
			case string:
				e.put(raw)
				continue
			}
		default:
			if k := fv.Kind(); k != reflect.Pointer && k != reflect.Interface || !fv.IsNil() {
				for _, p := range f.parents[len(open):] {
					if err := e.start(&StartElement{Name: Name{"", p}}); err != nil {
						return err
					}
					open = append(open, p)
				}
			}
		}
		if err := e.value(fv, f, nil); err != nil {
			return err
		}
	}
	if _, err := e.around(open, 0); err != nil {
		return err
	}
	return e.check()
}

func (e *Encoder) charData(m mode, v reflect.Value) error {
	var s string
	if tm, _, ok := as[encoding.TextMarshaler](v); ok {
		text, err := tm.MarshalText()
		if err != nil {
			return err
		}
		s = string(text)
	} else if v = indirect(v); v.Kind() != reflect.Array {
		var err error
		if s, err = simple(v); err != nil {
			return nil // it has no text
		}
	}
	if m == asCharData {
		e.escaped(s)
	} else if s != "" {
		// What would end the section is split between two.
		e.put("<![CDATA[", strings.ReplaceAll(s, "]]>", "]]]]><![CDATA[>"), "]]>")
	}
	return e.check()
}

func (e *Encoder) comment(v reflect.Value, t reflect.Type) error {
	if k := v.Kind(); k != reflect.String && (k != reflect.Slice || v.Type().Elem().Kind() != reflect.Uint8) {
		return fmt.Errorf("xml: bad type for comment field of %s", t)
	}
	s, _ := simple(v)
	if s == "" {
		return nil
	}
	e.newline(0)
	if strings.Contains(s, "--") {
		e.put("<!--")
		return fmt.Errorf(`xml: comments must not contain "--"`)
	}
	e.put("<!--", s)
	if s[len(s)-1] == '-' {
		e.put(" ")
	}
	e.put("-->")
	return nil
}

package xml

import (
	"bytes"
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// Unmarshal stores what the XML says in what v points to.
func Unmarshal(data []byte, v any) error {
	if data == nil {
		data = []byte{}
	}
	d := NewDecoder(bytes.NewReader(nil))
	d.mem = data
	return d.Decode(v)
}

// Decode stores the next element in what v points to.
func (d *Decoder) Decode(v any) error { return d.DecodeElement(v, nil) }

// DecodeElement stores the element that start begins, or the next one, in what v points to.
func (d *Decoder) DecodeElement(v any, start *StartElement) error {
	p := reflect.ValueOf(v)
	if p.Kind() != reflect.Pointer {
		return errors.New("non-pointer passed to Unmarshal")
	}
	if p.IsNil() {
		return errors.New("nil pointer passed to Unmarshal")
	}
	return d.element(p.Elem(), start)
}

// An UnmarshalError is an element that was not expected.
type UnmarshalError string

func (e UnmarshalError) Error() string { return string(e) }

// Unmarshaler: a type that reads itself, the whole element that start begins.
type Unmarshaler interface {
	UnmarshalXML(d *Decoder, start StartElement) error
}

// UnmarshalerAttr: a type that is read from an attribute.
type UnmarshalerAttr interface {
	UnmarshalXMLAttr(attr Attr) error
}

const maxDepth = 10000

// method calls UnmarshalXML.
func (d *Decoder) method(m Unmarshaler, start *StartElement) error {
	d.fence()
	outer := d.inMethod
	d.inMethod = true
	defer func() { d.inMethod = outer }()
	if err := m.UnmarshalXML(d, *start); err != nil {
		d.unfence()
		return err
	}
	if !d.unfence() {
		return fmt.Errorf("xml: %s.UnmarshalXML did not consume entire <%s> element", receiver(m), start.Name.Local)
	}
	return nil
}

// textMethod calls UnmarshalText with the text of the element.
func (d *Decoder) textMethod(m encoding.TextUnmarshaler) error {
	var text []byte
	for depth := 1; depth > 0; {
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case CharData:
			if depth == 1 {
				text = append(text, t...)
			}
		case StartElement:
			depth++
		case EndElement:
			depth--
		}
	}
	return m.UnmarshalText(text)
}

func (d *Decoder) attribute(v reflect.Value, a Attr) error {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		v = v.Elem()
	}
	if m, _, ok := as[UnmarshalerAttr](v); ok {
		return m.UnmarshalXMLAttr(a)
	}
	if m, _, ok := as[encoding.TextUnmarshaler](v); ok {
		return m.UnmarshalText([]byte(a.Value))
	}
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8 {
		return grow(v, func(elem reflect.Value) error { return d.attribute(elem, a) })
	}
	if v.Type() == attrType {
		v.Set(reflect.ValueOf(a))
		return nil
	}
	return copyText(v, []byte(a.Value))
}

// grow adds an element to a slice, unless it cannot be read.
func grow(v reflect.Value, read func(elem reflect.Value) error) error {
	n := v.Len()
	v.Grow(1)
	v.SetLen(n + 1)
	err := read(v.Index(n))
	if err != nil {
		v.SetLen(n)
	}
	return err
}

// sinks are where the parts of an element go that are no elements.
type sinks struct {
	text, comment, inner, any reflect.Value
	innerStart                int
}

// element reads an element into v.
func (d *Decoder) element(v reflect.Value, start *StartElement) error {
	if d.depth > maxDepth {
		return errors.New("exceeded max depth")
	}
	for start == nil {
		t, err := d.Token()
		if err != nil {
			return err
		}
		if s, ok := t.(StartElement); ok {
			start = &s
		}
	}
	if v.Kind() == reflect.Interface && !v.IsNil() {
		if e := v.Elem(); e.Kind() == reflect.Pointer && !e.IsNil() {
			v = e
		}
	}
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		v = v.Elem()
	}
	if m, _, ok := as[Unmarshaler](v); ok {
		return d.method(m, start)
	}
	if m, _, ok := as[encoding.TextUnmarshaler](v); ok {
		return d.textMethod(m)
	}
	var s sinks
	var info *typeInfo
	switch k := v.Kind(); {
	case k == reflect.Interface:
		return d.Skip()
	case k == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8:
		return grow(v, func(elem reflect.Value) error { return d.element(elem, start) })
	case k == reflect.Slice, k == reflect.Bool, k == reflect.String, v.CanInt(), v.CanUint(), v.CanFloat():
		s.text = v
	case k == reflect.Struct && v.Type() == nameType:
		v.Set(reflect.ValueOf(start.Name))
	case k == reflect.Struct:
		var err error
		if info, err = infoOf(v.Type()); err != nil {
			return err
		}
		if err := d.begin(info, v, start, &s); err != nil {
			return err
		}
	default:
		return errors.New("unknown type " + v.Type().String())
	}
	return d.content(info, v, &s)
}

// begin checks the name of a struct's element, stores its attributes and finds out where the rest goes.
func (d *Decoder) begin(info *typeInfo, v reflect.Value, start *StartElement, s *sinks) error {
	if f := info.xmlname; f != nil {
		if f.name != "" && f.name != start.Name.Local {
			return UnmarshalError("expected element type <" + f.name + "> but have <" + start.Name.Local + ">")
		}
		if f.space != "" && f.space != start.Name.Space {
			have := start.Name.Space
			if have == "" {
				have = "no name space"
			}
			return UnmarshalError("expected element <" + f.name + "> in name space " + f.space + " but have " + have)
		}
		if fv := f.value(v, true); fv.Type() == nameType {
			fv.Set(reflect.ValueOf(start.Name))
		}
	}
	for _, a := range start.Attr {
		var rest *field
		handled := false
		for i := range info.fields {
			f := &info.fields[i]
			switch f.mode {
			case asAttr:
				fv := f.value(v, true)
				if a.Name.Local == f.name && (f.space == "" || f.space == a.Name.Space) {
					if err := d.attribute(fv, a); err != nil {
						return err
					}
					handled = true
				}
			case asAny | asAttr:
				if rest == nil {
					rest = f
				}
			}
		}
		if !handled && rest != nil {
			if err := d.attribute(rest.value(v, true), a); err != nil {
				return err
			}
		}
	}
	for i := range info.fields {
		f := &info.fields[i]
		var to *reflect.Value
		switch f.mode {
		case asCDATA, asCharData:
			to = &s.text
		case asComment:
			to = &s.comment
		case asAny, asAny | asElement:
			to = &s.any
		case asInnerXML:
			to = &s.inner
		}
		if to == nil || to.IsValid() {
			continue
		}
		*to = f.value(v, true)
		if to == &s.inner {
			if d.saved == nil {
				d.saved = new(bytes.Buffer)
			} else {
				s.innerStart = d.savedLen()
			}
		}
	}
	return nil
}

// content reads what is in an element, and its end.
func (d *Decoder) content(info *typeInfo, v reflect.Value, s *sinks) error {
	var text, comment, inner []byte
	for ended := false; !ended; {
		before := 0
		if s.inner.IsValid() {
			before = d.savedLen()
		}
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case StartElement:
			consumed := false
			if info != nil {
				if consumed, err = d.path(info, v, nil, &t); err == nil && !consumed && s.any.IsValid() {
					consumed, err = true, d.element(s.any, &t)
				}
			}
			if err == nil && !consumed {
				err = d.Skip()
			}
			if err != nil {
				return err
			}
		case EndElement:
			if s.inner.IsValid() {
				inner = d.saved.Bytes()[s.innerStart:before]
				if s.innerStart == 0 {
					d.saved = nil
				}
			}
			ended = true
		case CharData:
			if s.text.IsValid() {
				text = append(text, t...)
			}
		case Comment:
			if s.comment.IsValid() {
				comment = append(comment, t...)
			}
		}
	}
	if s.text.IsValid() {
		if m, _, ok := as[encoding.TextUnmarshaler](s.text); ok {
			if err := m.UnmarshalText(text); err != nil {
				return err
			}
		} else if err := copyText(s.text, text); err != nil {
			return err
		}
	}
	for _, x := range []struct {
		to   reflect.Value
		data []byte
	}{{s.comment, comment}, {s.inner, inner}} {
		switch x.to.Kind() {
		case reflect.String:
			x.to.SetString(string(x.data))
		case reflect.Slice:
			if x.to.Type().Elem().Kind() == reflect.Uint8 {
				x.to.Set(reflect.ValueOf(x.data))
			}
		}
	}
	return nil
}

// copyText stores text in a value that is no struct.
func copyText(v reflect.Value, text []byte) error {
	outer := v
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		v = v.Elem()
	}
	s := strings.TrimSpace(string(text))
	switch k := v.Kind(); {
	case k == reflect.String:
		v.SetString(string(text))
	case k == reflect.Slice:
		if len(text) == 0 {
			text = []byte{}
		}
		v.SetBytes(text)
	case len(text) == 0 && (v.CanInt() || v.CanUint() || v.CanFloat() || k == reflect.Bool):
		v.SetZero()
	case v.CanInt():
		n, err := strconv.ParseInt(s, 10, v.Type().Bits())
		if err != nil {
			return err
		}
		v.SetInt(n)
	case v.CanUint():
		n, err := strconv.ParseUint(s, 10, v.Type().Bits())
		if err != nil {
			return err
		}
		v.SetUint(n)
	case v.CanFloat():
		x, err := strconv.ParseFloat(s, v.Type().Bits())
		if err != nil {
			return err
		}
		v.SetFloat(x)
	case k == reflect.Bool:
		b, err := strconv.ParseBool(s)
		if err != nil {
			return err
		}
		v.SetBool(b)
	default:
		return errors.New("cannot unmarshal into " + outer.Type().String())
	}
	return nil
}

// path finds the field that an element goes to, below the elements parents. It reports false if there is none.
func (d *Decoder) path(info *typeInfo, v reflect.Value, parents []string, start *StartElement) (consumed bool, err error) {
	deeper := false
search:
	for i := range info.fields {
		f := &info.fields[i]
		n := len(parents)
		if f.mode&asElement == 0 || len(f.parents) < n || f.space != "" && f.space != start.Name.Space {
			continue
		}
		for j := range parents {
			if parents[j] != f.parents[j] {
				continue search
			}
		}
		if len(f.parents) == n && f.name == start.Name.Local {
			return true, d.element(f.value(v, true), start)
		}
		if len(f.parents) > n && f.parents[n] == start.Name.Local {
			parents = f.parents[:n+1]
			deeper = true
			break
		}
	}
	if !deeper {
		return false, nil
	}
	for {
		t, err := d.Token()
		if err != nil {
			return true, err
		}
		switch t := t.(type) {
		case StartElement:
			consumed, err := d.path(info, v, parents, &t)
			if err == nil && !consumed {
				err = d.Skip()
			}
			if err != nil {
				return true, err
			}
		case EndElement:
			return true, nil
		}
	}
}

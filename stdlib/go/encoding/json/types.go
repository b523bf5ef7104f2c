package json

import (
	"encoding"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode"
	"unsafe"
)

// A codec is how a type is written and read. Both get the address of the value; addr says whether methods of the
// pointer may be called on it.
type codec struct {
	encode func(e *encoder, p unsafe.Pointer, addr bool)
	decode func(d *decoder, i int, p unsafe.Pointer)
	own    bool // by methods of the type
}

var codecs atomic.Pointer[map[reflect.Type]*codec]

// codecOf returns how t is written and read.
func codecOf(t reflect.Type) *codec {
	if m := codecs.Load(); m != nil {
		if c := (*m)[t]; c != nil {
			return c
		}
	}
	b := builder{made: map[reflect.Type]*codec{}}
	c := b.get(t)
	for {
		old := codecs.Load()
		m := map[reflect.Type]*codec{}
		if old != nil {
			for k, v := range *old {
				m[k] = v
			}
		}
		for k, v := range b.made {
			m[k] = v
		}
		if codecs.CompareAndSwap(old, &m) {
			return c
		}
	}
}

// A builder makes codecs of types that may contain themselves.
type builder struct {
	made map[reflect.Type]*codec
}

func (b *builder) get(t reflect.Type) *codec {
	if m := codecs.Load(); m != nil {
		if c := (*m)[t]; c != nil {
			return c
		}
	}
	if c := b.made[t]; c != nil {
		return c
	}
	c := new(codec)
	b.made[t] = c
	b.basic(t, c)
	b.methods(t, c)
	return c
}

// basic makes the codec of a type without methods.
func (b *builder) basic(t reflect.Type, c *codec) {
	switch t.Kind() {
	case reflect.Bool:
		c.encode, c.decode = encodeBool, boolDecoder(t)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		c.encode, c.decode = intEncoder(t), intDecoder(t)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		c.encode, c.decode = uintEncoder(t), uintDecoder(t)
	case reflect.Float32, reflect.Float64:
		c.encode, c.decode = floatEncoder(t), floatDecoder(t)
	case reflect.String:
		c.encode, c.decode = encodeString, stringDecoder(t)
	case reflect.Interface:
		c.encode, c.decode = interfaceEncoder(t), interfaceDecoder(t)
	case reflect.Pointer:
		elem := b.get(t.Elem())
		c.encode, c.decode = pointerEncoder(t, elem), pointerDecoder(t, elem)
	case reflect.Slice:
		elem := b.get(t.Elem())
		c.encode, c.decode = sliceEncoder(t, elem), sliceDecoder(t, elem)
	case reflect.Array:
		elem := b.get(t.Elem())
		c.encode, c.decode = arrayEncoder(t, elem), arrayDecoder(t, elem)
	case reflect.Map:
		key, elem := b.get(t.Key()), b.get(t.Elem())
		c.encode, c.decode = mapEncoder(t, key, elem), mapDecoder(t, elem)
	case reflect.Struct:
		s := structOf(t)
		for _, f := range s.fields {
			f.codec = b.get(f.typ)
		}
		c.encode, c.decode = s.encode, s.decode
	default:
		c.encode = func(e *encoder, p unsafe.Pointer, addr bool) { e.fail(&UnsupportedTypeError{t}) }
		c.decode = func(d *decoder, i int, p unsafe.Pointer) {
			if d.tokens[i].Kind != 'n' {
				d.mismatch(i, t, nil)
			}
		}
	}
	if t == numberType {
		c.encode, c.decode = encodeNumber, decodeNumber
	}
}

var (
	timeType            = reflect.TypeFor[time.Time]()
	numberType          = reflect.TypeFor[Number]()
	marshalerType       = reflect.TypeFor[Marshaler]()
	unmarshalerType     = reflect.TypeFor[Unmarshaler]()
	textAppenderType    = reflect.TypeFor[encoding.TextAppender]()
	textMarshalerType   = reflect.TypeFor[encoding.TextMarshaler]()
	textUnmarshalerType = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// implements reports whether t or *t implements an interface, and whether it has to be *t.
func implements(t, iface reflect.Type) (pointer, ok bool) {
	if t.Implements(iface) {
		return false, true
	}
	return true, reflect.PointerTo(t).Implements(iface)
}

// methods adds the methods of the type itself, or of pointers to it.
func (b *builder) methods(t reflect.Type, c *codec) {
	if t == numberType || t.Kind() == reflect.Interface || t.Kind() == reflect.Pointer {
		return // no method is called on nil
	}
	if pointer, ok := implements(t, textMarshalerType); ok {
		c.encode, c.own = methodEncoder(t, pointer, c.encode, "MarshalText", marshalText), true
	}
	if pointer, ok := implements(t, textAppenderType); ok {
		c.encode, c.own = methodEncoder(t, pointer, c.encode, "AppendText", appendText), true
	}
	if pointer, ok := implements(t, marshalerType); ok {
		c.encode, c.own = methodEncoder(t, pointer, c.encode, "MarshalJSON", marshalJSON), true
	}
	if _, ok := implements(t, textUnmarshalerType); ok {
		c.decode, c.own = textDecoder(t), true
	}
	if _, ok := implements(t, unmarshalerType); ok {
		c.decode, c.own = methodDecoder(t), true
	}
}

// A field of a struct, perhaps in a struct that is embedded in it.
type field struct {
	name   string
	quoted string // with a colon, to be written
	tagged bool   // the name is in the tag
	index  []int
	typ    reflect.Type
	offset uintptr // in the outer struct, if there are no pointers on the way
	steps  []step
	codec  *codec

	omitEmpty bool
	omitZero  bool
	text      bool // the value is a string in JSON
	strict    bool // the key must be exactly the name
	isZero    func(p unsafe.Pointer) bool
	order     int // in the order in which fields hide one another
}

// A step leads from an embedded pointer to a field of what it points to.
type step struct {
	elem     reflect.Type // what it points to
	exported bool         // it may be made if it is nil
	offset   uintptr
}

// at returns where a field lies, or nil when it lies behind a nil pointer.
func (f *field) at(p unsafe.Pointer) unsafe.Pointer {
	p = unsafe.Add(p, f.offset)
	for i := range f.steps {
		q := *(*unsafe.Pointer)(p)
		if q == nil {
			return nil
		}
		p = unsafe.Add(q, f.steps[i].offset)
	}
	return p
}

// make is at, but makes what pointers are to point to.
func (f *field) make(p unsafe.Pointer) unsafe.Pointer {
	p = unsafe.Add(p, f.offset)
	for i := range f.steps {
		s := &f.steps[i]
		q := *(*unsafe.Pointer)(p)
		if q == nil {
			if !s.exported {
				return nil
			}
			q = reflect.New(s.elem).UnsafePointer()
			*(*unsafe.Pointer)(p) = q
		}
		p = unsafe.Add(q, s.offset)
	}
	return p
}

// A structType is a type of struct with its fields, those of embedded structs among them.
type structType struct {
	typ    reflect.Type
	fields []*field // in the order of the text
	byName map[string]*field
	byFold map[string][]*field
}

// fold makes names equal that differ in case alone.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		least := r
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			least = min(least, f)
		}
		if 'A' <= least && least <= 'Z' {
			least += 'a' - 'A'
		}
		return least
	}, name)
}

// lookup finds the field of a key.
func (s *structType) lookup(name string) *field {
	if f := s.byName[name]; f != nil {
		return f
	}
	for _, f := range s.byFold[fold(name)] {
		if !f.strict {
			return f
		}
	}
	return nil
}

func isLetter(r rune) bool { return r == '_' || unicode.IsLetter(r) }

func isLetterOrDigit(r rune) bool { return isLetter(r) || unicode.IsNumber(r) }

// parseTag takes a field's tag apart.
func (f *field) parseTag(tag string) {
	if tag != "" && tag[0] != ',' {
		n := strings.IndexAny(tag, ",\\'\"`")
		if n < 0 {
			n = len(tag)
		}
		name := tag[:n]
		if n < len(tag) && tag[n] != ',' {
			// Such a character cannot stand in a name: the identifier at the beginning is the name.
			n = strings.IndexFunc(tag, func(r rune) bool { return !isLetterOrDigit(r) })
			name = tag[:n]
			if r := []rune(tag)[0]; !isLetter(r) {
				name = ""
				if n = strings.IndexByte(tag, ','); n < 0 {
					n = len(tag)
				}
			}
		}
		if name != "" {
			f.name, f.tagged = strings.ToValidUTF8(name, "\uFFFD"), true
		}
		tag = tag[n:]
	}
	for _, option := range strings.Split(tag, ",") {
		switch option {
		case "omitempty":
			f.omitEmpty = true
		case "omitzero":
			f.omitZero = true
		case "string":
			f.text = true
		case "case:strict":
			f.strict = true
		}
	}
}

// pointee unwraps an unnamed pointer, as it may be embedded.
func pointee(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer && t.Name() == "" {
		return t.Elem()
	}
	return t
}

// structOf finds the fields of a struct. Those of embedded structs count as its own, as in Go: of several with a name
// the one that lies least deep wins, then the only one with a tag; else there is none.
func structOf(root reflect.Type) *structType {
	type level struct {
		typ    reflect.Type
		index  []int
		offset uintptr
		steps  []step
		inner  bool // structs embedded in it count too
	}
	queue := []level{{typ: root, inner: true}}
	seen := map[reflect.Type]bool{root: true}
	var all []*field
	for len(queue) > 0 {
		l := queue[0]
		queue = queue[1:]
		for i := range l.typ.NumField() {
			sf := l.typ.Field(i)
			tag := sf.Tag.Get("json")
			if tag == "-" || !sf.IsExported() && !sf.Anonymous {
				continue
			}
			f := &field{name: sf.Name, typ: sf.Type, index: append(slices.Clone(l.index), i)}
			f.parseTag(tag)
			f.offset, f.steps = l.offset, slices.Clone(l.steps)
			if n := len(f.steps); n > 0 {
				f.steps[n-1].offset += sf.Offset
			} else {
				f.offset += sf.Offset
			}
			elem := pointee(sf.Type)
			if sf.Anonymous && !f.tagged && elem.Kind() == reflect.Struct {
				if l.inner {
					steps := f.steps
					if sf.Type.Kind() == reflect.Pointer {
						steps = append(steps, step{elem: elem, exported: sf.IsExported()})
					}
					queue = append(queue, level{elem, f.index, f.offset, steps, !seen[elem]})
				}
				seen[elem] = true
				continue
			}
			if !sf.IsExported() && !(sf.Anonymous && elem.Kind() == reflect.Struct) {
				continue
			}
			f.isZero = zeroTest(sf.Type)
			f.order = len(all)
			all = append(all, f)
		}
	}
	slices.SortStableFunc(all, func(x, y *field) int {
		if c := strings.Compare(x.name, y.name); c != 0 {
			return c
		}
		if c := len(x.index) - len(y.index); c != 0 {
			return c
		}
		return btoi(y.tagged) - btoi(x.tagged)
	})
	s := &structType{typ: root, byName: map[string]*field{}, byFold: map[string][]*field{}}
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].name == all[0].name {
			n++
		}
		if n == 1 || len(all[0].index) != len(all[1].index) || all[0].tagged != all[1].tagged {
			s.fields = append(s.fields, all[0])
		}
		all = all[n:]
	}
	slices.SortFunc(s.fields, func(x, y *field) int { return x.order - y.order })
	for _, f := range s.fields {
		s.byName[f.name] = f
		k := fold(f.name)
		s.byFold[k] = append(s.byFold[k], f)
	}
	slices.SortFunc(s.fields, func(x, y *field) int { return slices.Compare(x.index, y.index) })
	return s
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

type zeroer interface{ IsZero() bool }

var zeroerType = reflect.TypeFor[zeroer]()

// zeroTest returns how omitzero tests a value: by its type's own IsZero method if there is one.
func zeroTest(t reflect.Type) func(p unsafe.Pointer) bool {
	value := func(p unsafe.Pointer) reflect.Value { return reflect.NewAt(t, p).Elem() }
	switch pointer, ok := implements(t, zeroerType); {
	case ok && t.Kind() == reflect.Interface:
		return func(p unsafe.Pointer) bool {
			v := value(p)
			return v.IsNil() || v.Elem().Kind() == reflect.Pointer && v.Elem().IsNil() || v.Interface().(zeroer).IsZero()
		}
	case ok && t.Kind() == reflect.Pointer && !pointer:
		return func(p unsafe.Pointer) bool {
			return *(*unsafe.Pointer)(p) == nil || value(p).Interface().(zeroer).IsZero()
		}
	case ok && !pointer:
		return func(p unsafe.Pointer) bool { return value(p).Interface().(zeroer).IsZero() }
	case ok:
		return func(p unsafe.Pointer) bool { return value(p).Addr().Interface().(zeroer).IsZero() }
	}
	return func(p unsafe.Pointer) bool { return value(p).IsZero() }
}

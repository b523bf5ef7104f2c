package json

import (
	"encoding"
	"encoding/base64"
	"errors"
	"internal/jsonwire"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unsafe"
)

// How deep values lie before cycles are looked for.
const cycleDepth = 1000

// An encoder appends a value to buf.
type encoder struct {
	buf   []byte
	err   error
	html  bool // nothing in strings means something in HTML
	depth int
	seen  map[visit]bool
}

// A visit is a pointer, map or slice that is being written.
type visit struct {
	typ reflect.Type
	p   unsafe.Pointer
	n   int
}

var errCycle = errors.New("encountered a cycle")

// enter notes that a value is being written; it reports false if it is already.
func (e *encoder) enter(t reflect.Type, p unsafe.Pointer, n int) bool {
	e.depth++
	if e.depth <= cycleDepth {
		return true
	}
	v := visit{t, p, n}
	if e.seen[v] {
		e.fail(&UnsupportedValueError{Str: errCycle.Error() + " via " + t.String()})
		return false
	}
	if e.seen == nil {
		e.seen = map[visit]bool{}
	}
	e.seen[v] = true
	return true
}

func (e *encoder) leave(t reflect.Type, p unsafe.Pointer, n int) {
	if e.depth > cycleDepth {
		delete(e.seen, visit{t, p, n})
	}
	e.depth--
}

func (e *encoder) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

func (e *encoder) null() { e.buf = append(e.buf, "null"...) }

// appendValue appends v to dst.
func appendValue(dst []byte, v any, html bool) ([]byte, error) {
	if dst == nil {
		dst = make([]byte, 0, 64)
	}
	e := encoder{buf: dst, html: html}
	e.any(v)
	if e.err != nil {
		return nil, e.err
	}
	return e.buf, nil
}

// any writes what an interface holds.
func (e *encoder) any(v any) {
	switch x := v.(type) {
	case nil:
		e.null()
	case string:
		e.buf = jsonwire.AppendQuoted(e.buf, x, e.html)
	case float64:
		e.float(x, 64)
	case int:
		e.buf = strconv.AppendInt(e.buf, int64(x), 10)
	case bool:
		e.buf = strconv.AppendBool(e.buf, x)
	case map[string]any:
		e.object(x)
	case []any:
		e.list(x)
	default:
		t := reflect.TypeOf(v)
		codecOf(t).encode(e, addressOf(&v, t), false)
	}
}

// addressOf returns where the value lies that an interface holds: its second word is the value, or points to it if it
// is larger than a word. It must not be changed there.
func addressOf(v *any, t reflect.Type) unsafe.Pointer {
	word := unsafe.Add(unsafe.Pointer(v), unsafe.Sizeof(uintptr(0)))
	if t.Size() > unsafe.Sizeof(uintptr(0)) {
		return *(*unsafe.Pointer)(word)
	}
	return word
}

func (e *encoder) list(x []any) {
	if x == nil {
		e.null()
		return
	}
	if e.depth++; e.depth > cycleDepth {
		e.depth--
		codecOf(reflect.TypeOf(x)).encode(e, unsafe.Pointer(&x), false)
		return
	}
	e.buf = append(e.buf, '[')
	for i, v := range x {
		if i > 0 {
			e.buf = append(e.buf, ',')
		}
		e.any(v)
		if e.err != nil {
			return
		}
	}
	e.buf = append(e.buf, ']')
	e.depth--
}

func (e *encoder) object(x map[string]any) {
	if x == nil {
		e.null()
		return
	}
	if e.depth++; e.depth > cycleDepth {
		e.depth--
		codecOf(reflect.TypeOf(x)).encode(e, unsafe.Pointer(&x), false)
		return
	}
	keys := make([]string, 0, len(x))
	for k := range x {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	e.buf = append(e.buf, '{')
	for i, k := range keys {
		if i > 0 {
			e.buf = append(e.buf, ',')
		}
		e.buf = jsonwire.AppendQuoted(e.buf, k, e.html)
		e.buf = append(e.buf, ':')
		e.any(x[k])
		if e.err != nil {
			return
		}
	}
	e.buf = append(e.buf, '}')
	e.depth--
}

// ---- scalars ----

func encodeBool(e *encoder, p unsafe.Pointer, addr bool) {
	e.buf = strconv.AppendBool(e.buf, *(*bool)(p))
}

func encodeString(e *encoder, p unsafe.Pointer, addr bool) {
	e.buf = jsonwire.AppendQuoted(e.buf, *(*string)(p), e.html)
}

func readInt(p unsafe.Pointer, size uintptr) int64 {
	switch size {
	case 1:
		return int64(*(*int8)(p))
	case 2:
		return int64(*(*int16)(p))
	case 4:
		return int64(*(*int32)(p))
	}
	return *(*int64)(p)
}

func readUint(p unsafe.Pointer, size uintptr) uint64 {
	switch size {
	case 1:
		return uint64(*(*uint8)(p))
	case 2:
		return uint64(*(*uint16)(p))
	case 4:
		return uint64(*(*uint32)(p))
	}
	return *(*uint64)(p)
}

func intEncoder(t reflect.Type) func(e *encoder, p unsafe.Pointer, addr bool) {
	if size := t.Size(); size < 8 {
		return func(e *encoder, p unsafe.Pointer, addr bool) { e.buf = strconv.AppendInt(e.buf, readInt(p, size), 10) }
	}
	return func(e *encoder, p unsafe.Pointer, addr bool) { e.buf = strconv.AppendInt(e.buf, *(*int64)(p), 10) }
}

func uintEncoder(t reflect.Type) func(e *encoder, p unsafe.Pointer, addr bool) {
	size := t.Size()
	return func(e *encoder, p unsafe.Pointer, addr bool) {
		e.buf = strconv.AppendUint(e.buf, readUint(p, size), 10)
	}
}

// float writes a number as JavaScript does: with an exponent if it is very large or very small.
func (e *encoder) float(f float64, bits int) {
	abs := math.Abs(f)
	if math.IsNaN(f) || math.IsInf(f, 0) {
		var v any = f
		if bits == 32 {
			v = float32(f)
		}
		e.fail(&UnsupportedValueError{reflect.ValueOf(v), strconv.FormatFloat(f, 'g', -1, bits)})
		return
	}
	format := byte('f')
	if abs != 0 && (bits == 64 && (abs < 1e-6 || abs >= 1e21) || bits == 32 && (float32(abs) < 1e-6 || float32(abs) >= 1e21)) {
		format = 'e'
	}
	e.buf = strconv.AppendFloat(e.buf, f, format, -1, bits)
	if n := len(e.buf); format == 'e' && n >= 4 && e.buf[n-4] == 'e' && (e.buf[n-3] == '-' || e.buf[n-3] == '+') && e.buf[n-2] == '0' {
		e.buf[n-2] = e.buf[n-1] // e-09 is e-9
		e.buf = e.buf[:n-1]
	}
}

func floatEncoder(t reflect.Type) func(e *encoder, p unsafe.Pointer, addr bool) {
	if t.Size() == 4 {
		return func(e *encoder, p unsafe.Pointer, addr bool) { e.float(float64(*(*float32)(p)), 32) }
	}
	return func(e *encoder, p unsafe.Pointer, addr bool) { e.float(*(*float64)(p), 64) }
}

func encodeNumber(e *encoder, p unsafe.Pointer, addr bool) {
	n := *(*string)(p)
	if n == "" {
		n = "0"
	}
	if !isNumber(n) {
		e.fail(&MarshalerError{reflect.PointerTo(numberType), notNumber(n), "MarshalJSONTo"})
		return
	}
	e.buf = append(e.buf, n...)
}

// A notANumber is a Number that is none.
type notANumber string

func notNumber(s string) error { return notANumber(s) }

func (s notANumber) Error() string {
	return "cannot parse " + strconv.Quote(string(s)) + " as JSON number: invalid syntax"
}

func (s notANumber) Unwrap() error { return strconv.ErrSyntax }

// quotable: the option string means something for the type.
func quotable(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Bool, reflect.String,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr,
		reflect.Float32, reflect.Float64:
		return true
	}
	return false
}

// encodeText writes a field with the option string: its value, within quotes.
func (e *encoder) encodeText(f *field, p unsafe.Pointer, addr bool) {
	t := f.typ
	if t.Kind() == reflect.Pointer && !f.codec.own {
		if p = *(*unsafe.Pointer)(p); p == nil {
			e.null()
			return
		}
		t, addr = t.Elem(), true
	}
	c := codecOf(t)
	if !quotable(t) || c.own {
		c.encode(e, p, addr)
		return
	}
	n := len(e.buf)
	c.encode(e, p, addr)
	if e.err != nil {
		return
	}
	text := string(e.buf[n:])
	if t.Kind() == reflect.String && t != numberType {
		e.buf = jsonwire.AppendQuoted(e.buf[:n], text, e.html)
	} else {
		e.buf = append(append(append(e.buf[:n], '"'), text...), '"')
	}
}

// ---- composites ----

func pointerEncoder(t reflect.Type, elem *codec) func(e *encoder, p unsafe.Pointer, addr bool) {
	return func(e *encoder, p unsafe.Pointer, addr bool) {
		q := *(*unsafe.Pointer)(p)
		if q == nil {
			e.null()
			return
		}
		if e.enter(t, q, 0) {
			elem.encode(e, q, true)
			e.leave(t, q, 0)
		}
	}
}

func interfaceEncoder(t reflect.Type) func(e *encoder, p unsafe.Pointer, addr bool) {
	if t.NumMethod() == 0 {
		return func(e *encoder, p unsafe.Pointer, addr bool) { e.any(*(*any)(p)) }
	}
	own := t.Implements(marshalerType) || t.Implements(textMarshalerType) || t.Implements(textAppenderType)
	return func(e *encoder, p unsafe.Pointer, addr bool) {
		v := *(*any)(p) // all interfaces look alike
		if x := reflect.ValueOf(v); own && v != nil && x.Kind() == reflect.Pointer && x.IsNil() {
			// The method is called on a nil pointer too.
			switch m := v.(type) {
			case Marshaler:
				e.text(marshalJSON, m, t, "MarshalJSON")
			case encoding.TextAppender:
				e.text(appendText, m, t, "AppendText")
			case encoding.TextMarshaler:
				e.text(marshalText, m, t, "MarshalText")
			}
			return
		}
		e.any(v)
	}
}

// A sliceHeader is a slice in memory.
type sliceHeader struct {
	data unsafe.Pointer
	len  int
	cap  int
}

func sliceEncoder(t reflect.Type, elem *codec) func(e *encoder, p unsafe.Pointer, addr bool) {
	size := t.Elem().Size()
	if t.Elem().Kind() == reflect.Uint8 {
		_, m := implements(t.Elem(), marshalerType)
		_, tm := implements(t.Elem(), textMarshalerType)
		_, ta := implements(t.Elem(), textAppenderType)
		if !m && !tm && !ta {
			return encodeBytes
		}
	}
	return func(e *encoder, p unsafe.Pointer, addr bool) {
		s := (*sliceHeader)(p)
		if s.data == nil {
			e.null()
			return
		}
		if !e.enter(t, s.data, s.len) {
			return
		}
		e.buf = append(e.buf, '[')
		for i := range s.len {
			if i > 0 {
				e.buf = append(e.buf, ',')
			}
			elem.encode(e, unsafe.Add(s.data, uintptr(i)*size), true)
			if e.err != nil {
				return
			}
		}
		e.buf = append(e.buf, ']')
		e.leave(t, s.data, s.len)
	}
}

func encodeBytes(e *encoder, p unsafe.Pointer, addr bool) {
	b := *(*[]byte)(p)
	if b == nil {
		e.null()
		return
	}
	e.buf = append(e.buf, '"')
	e.buf = base64.StdEncoding.AppendEncode(e.buf, b)
	e.buf = append(e.buf, '"')
}

func arrayEncoder(t reflect.Type, elem *codec) func(e *encoder, p unsafe.Pointer, addr bool) {
	n, size := t.Len(), t.Elem().Size()
	return func(e *encoder, p unsafe.Pointer, addr bool) {
		e.buf = append(e.buf, '[')
		for i := range n {
			if i > 0 {
				e.buf = append(e.buf, ',')
			}
			elem.encode(e, unsafe.Add(p, uintptr(i)*size), addr)
			if e.err != nil {
				return
			}
		}
		e.buf = append(e.buf, ']')
	}
}

// keyText returns the text of a map's key.
func (e *encoder) keyText(t reflect.Type, c *codec, v reflect.Value) string {
	for t.Kind() == reflect.Interface && !v.IsNil() {
		v = v.Elem()
		t = v.Type()
		c = codecOf(t)
	}
	if t.Kind() == reflect.String && (!c.own || !t.Implements(textMarshalerType)) {
		return v.String()
	}
	if t.Implements(textMarshalerType) || t.Implements(textAppenderType) {
		if v.Kind() == reflect.Pointer && v.IsNil() {
			return ""
		}
		var text []byte
		var err error
		name := "AppendText"
		if m, ok := v.Interface().(encoding.TextAppender); ok {
			text, err = m.AppendText(nil)
		} else {
			text, err = v.Interface().(encoding.TextMarshaler).MarshalText()
			name = "MarshalText"
		}
		if err != nil {
			if t.Kind() != reflect.Pointer {
				t = reflect.PointerTo(t)
			}
			e.fail(&MarshalerError{t, err, name})
		}
		return string(text)
	}
	switch v.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return strconv.FormatUint(v.Uint(), 10)
	case reflect.Float32, reflect.Float64:
		sub := encoder{}
		sub.float(v.Float(), t.Bits())
		e.fail(sub.err)
		return string(sub.buf)
	case reflect.Pointer:
		if !v.IsNil() {
			return e.keyText(t.Elem(), codecOf(t.Elem()), v.Elem())
		}
	}
	e.fail(&UnsupportedValueError{Str: "jsontext: object member name must be a string after offset " + strconv.Itoa(len(e.buf)+1)})
	return ""
}

func mapEncoder(t reflect.Type, key, elem *codec) func(e *encoder, p unsafe.Pointer, addr bool) {
	type entry struct {
		key   string
		value unsafe.Pointer
	}
	return func(e *encoder, p unsafe.Pointer, addr bool) {
		v := reflect.NewAt(t, p).Elem()
		if v.IsNil() {
			e.null()
			return
		}
		q := v.UnsafePointer()
		if !e.enter(t, q, 0) {
			return
		}
		e.buf = append(e.buf, '{')
		entries := make([]entry, 0, v.Len())
		values := reflect.MakeSlice(reflect.SliceOf(t.Elem()), v.Len(), v.Len())
		for i, iter := 0, v.MapRange(); iter.Next(); i++ {
			to := values.Index(i)
			to.SetIterValue(iter)
			entries = append(entries, entry{e.keyText(t.Key(), key, iter.Key()), to.Addr().UnsafePointer()})
			if e.err != nil {
				return
			}
		}
		slices.SortFunc(entries, func(x, y entry) int { return strings.Compare(x.key, y.key) })
		for i, x := range entries {
			if i > 0 {
				e.buf = append(e.buf, ',')
			}
			e.buf = jsonwire.AppendQuoted(e.buf, x.key, e.html)
			e.buf = append(e.buf, ':')
			elem.encode(e, x.value, false)
			if e.err != nil {
				return
			}
		}
		e.buf = append(e.buf, '}')
		e.leave(t, q, 0)
	}
}

// empty reports whether omitempty leaves a value out.
func empty(t reflect.Type, p unsafe.Pointer) bool {
	switch t.Kind() {
	case reflect.Bool:
		return !*(*bool)(p)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return readUint(p, t.Size()) == 0
	case reflect.Float32:
		return *(*float32)(p) == 0
	case reflect.Float64:
		return *(*float64)(p) == 0
	case reflect.String:
		return *(*string)(p) == ""
	case reflect.Slice:
		return (*sliceHeader)(p).len == 0
	case reflect.Pointer, reflect.Interface:
		return *(*unsafe.Pointer)(p) == nil
	case reflect.Array:
		return t.Len() == 0
	case reflect.Map:
		return reflect.NewAt(t, p).Elem().Len() == 0
	}
	return false
}

func (s *structType) encode(e *encoder, p unsafe.Pointer, addr bool) {
	e.buf = append(e.buf, '{')
	first := true
	for _, f := range s.fields {
		q, canAddr := unsafe.Add(p, f.offset), addr
		if f.steps != nil {
			if q = f.at(p); q == nil {
				continue
			}
			canAddr = true
		}
		if f.omitEmpty && empty(f.typ, q) || f.omitZero && f.isZero(q) {
			continue
		}
		if f.quoted == "" {
			f.quoted = string(jsonwire.AppendQuoted(nil, f.name, true)) + ":"
		}
		if !first {
			e.buf = append(e.buf, ',')
		}
		first = false
		if e.html {
			e.buf = append(e.buf, f.quoted...)
		} else {
			e.buf = append(jsonwire.AppendQuoted(e.buf, f.name, false), ':')
		}
		if f.text {
			e.encodeText(f, q, canAddr)
		} else {
			f.codec.encode(e, q, canAddr)
		}
		if e.err != nil {
			return
		}
	}
	e.buf = append(e.buf, '}')
}

// ---- methods ----

func marshalJSON(v any) ([]byte, error) { return v.(Marshaler).MarshalJSON() }

func marshalText(v any) ([]byte, error) { return v.(encoding.TextMarshaler).MarshalText() }

func appendText(v any) ([]byte, error) { return v.(encoding.TextAppender).AppendText(nil) }

// text writes what a method returns.
func (e *encoder) text(call func(v any) ([]byte, error), v any, t reflect.Type, name string) {
	text, err := call(v)
	if err == nil && name == "MarshalJSON" {
		var offset int
		var wrong string
		e.buf, offset, wrong = jsonwire.AppendCompact(e.buf, text, e.html)
		err = syntaxError(offset, wrong)
	} else if err == nil {
		e.buf = jsonwire.AppendQuoted(e.buf, string(text), e.html)
	}
	if err != nil {
		if errors.Is(err, errors.ErrUnsupported) {
			err = errors.New(name + " method may not return errors.ErrUnsupported")
		}
		if t == reflect.PointerTo(timeType) {
			err = errors.New(strings.TrimPrefix(err.Error(), "Time.MarshalJSON: "))
		}
		e.fail(&MarshalerError{t, err, name})
	}
}

// methodEncoder writes by a method of t, or of *t where that can be called, else by next.
func methodEncoder(t reflect.Type, pointer bool, next func(e *encoder, p unsafe.Pointer, addr bool), name string, call func(v any) ([]byte, error)) func(e *encoder, p unsafe.Pointer, addr bool) {
	shown := reflect.PointerTo(t)
	return func(e *encoder, p unsafe.Pointer, addr bool) {
		if pointer && !addr {
			next(e, p, addr)
			return
		}
		v := reflect.NewAt(t, p)
		if !pointer {
			v = v.Elem()
		}
		e.text(call, v.Interface(), shown, name)
	}
}

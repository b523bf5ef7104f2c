package json

import (
	"encoding"
	"encoding/base64"
	"errors"
	"internal/jsonwire"
	"math"
	"reflect"
	"strconv"
	"strings"
	"unsafe"
)

type decodeOptions struct {
	useNumber bool
	strict    bool // unknown keys are errors
}

// A decoder stores what the tokens of a text say.
type decoder struct {
	data   []byte
	tokens []jsonwire.Token
	opts   decodeOptions
	root   reflect.Type
	err    error
}

func unmarshal(data []byte, v any, opts decodeOptions) error {
	tokens, offset, text := jsonwire.Parse(data)
	if text != "" {
		return syntaxError(offset, text)
	}
	rv := reflect.ValueOf(v)
	if rv.Kind() != reflect.Pointer || rv.IsNil() {
		return &InvalidUnmarshalError{reflect.TypeOf(v)}
	}
	d := decoder{data: data, tokens: tokens, opts: opts, root: rv.Type().Elem()}
	codecOf(d.root).decode(&d, 0, rv.UnsafePointer())
	return d.err
}

func (d *decoder) fail(err error) {
	if d.err == nil {
		d.err = err
	}
}

// raw returns the text of a value.
func (d *decoder) raw(i int) []byte { return d.data[d.tokens[i].Start:d.tokens[i].End] }

// view returns what stands between the quotes of a string without escapes, in place.
func (d *decoder) view(i int) string {
	t := &d.tokens[i]
	if n := t.End - t.Start - 2; n > 0 {
		return unsafe.String(&d.data[t.Start+1], n)
	}
	return ""
}

// str returns what a string stands for.
func (d *decoder) str(i int) string {
	t := &d.tokens[i]
	if t.Flags != 0 {
		return jsonwire.Unquote(d.data[t.Start:t.End])
	}
	return string(d.data[t.Start+1 : t.End-1])
}

// path returns the keys and indices that lead to a token, between dots.
func (d *decoder) path(target int) string {
	var parts []string
	for i := 0; i < target; {
		t := &d.tokens[i]
		if int(t.Next) <= target {
			i = int(t.Next)
			continue
		}
		i++ // inside
		switch t.Kind {
		case '[':
			n := 0
			for int(d.tokens[i].Next) <= target {
				i = int(d.tokens[i].Next)
				n++
			}
			parts = append(parts, strconv.Itoa(n))
		case '{':
			for i+1 <= target && int(d.tokens[i+1].Next) <= target {
				i = int(d.tokens[i+1].Next)
			}
			name := strings.ReplaceAll(d.str(i), "~", "~0")
			parts = append(parts, strings.ReplaceAll(name, "/", "~1"))
			if i == target {
				return strings.ReplaceAll(strings.Join(parts, "/"), "/", ".")
			}
			i++
		}
	}
	return strings.ReplaceAll(strings.Join(parts, "/"), "/", ".")
}

func kindName(kind byte) string {
	switch kind {
	case 'n':
		return "null"
	case 't', 'f':
		return "bool"
	case '"':
		return "string"
	case '0':
		return "number"
	case '[':
		return "array"
	}
	return "object"
}

// wrong notes that a value does not suit a type; the offset is behind what was read of it.
func (d *decoder) wrong(i int, value string, offset int, t reflect.Type, err error) {
	if d.err != nil {
		return
	}
	field := d.path(i)
	name := ""
	if field != "" {
		name = d.root.Name()
	}
	d.err = &UnmarshalTypeError{Value: value, Type: t, Offset: int64(offset), Struct: name, Field: field, Err: err}
}

// mismatch notes that a value has the wrong kind.
func (d *decoder) mismatch(i int, t reflect.Type, err error) {
	token := &d.tokens[i]
	offset := token.End
	if token.Kind == '[' || token.Kind == '{' {
		offset = token.Start + 1
	}
	d.wrong(i, kindName(token.Kind), offset, t, err)
}

// badNumber notes that a number, or what stands in a string for one, does not fit.
func (d *decoder) badNumber(i int, t reflect.Type) {
	text := string(d.raw(i))
	if d.tokens[i].Kind == '"' {
		text = d.str(i)
	}
	d.wrong(i, "number "+text, d.tokens[i].End, t, nil)
}

// ---- scalars ----

func boolDecoder(t reflect.Type) func(d *decoder, i int, p unsafe.Pointer) {
	return func(d *decoder, i int, p unsafe.Pointer) {
		switch d.tokens[i].Kind {
		case 't':
			*(*bool)(p) = true
		case 'f':
			*(*bool)(p) = false
		case 'n':
		default:
			d.mismatch(i, t, nil)
		}
	}
}

func stringDecoder(t reflect.Type) func(d *decoder, i int, p unsafe.Pointer) {
	return func(d *decoder, i int, p unsafe.Pointer) {
		switch d.tokens[i].Kind {
		case '"':
			*(*string)(p) = d.str(i)
		case 'n':
		default:
			d.mismatch(i, t, nil)
		}
	}
}

func writeInt(p unsafe.Pointer, size uintptr, n int64) {
	switch size {
	case 1:
		*(*int8)(p) = int8(n)
	case 2:
		*(*int16)(p) = int16(n)
	case 4:
		*(*int32)(p) = int32(n)
	default:
		*(*int64)(p) = n
	}
}

func intDecoder(t reflect.Type) func(d *decoder, i int, p unsafe.Pointer) {
	size := t.Size()
	shift := 64 - 8*size
	return func(d *decoder, i int, p unsafe.Pointer) {
		token := &d.tokens[i]
		switch token.Kind {
		case '0':
			n := int64(token.Num)
			if token.Flags != jsonwire.Int {
				var err error
				if n, err = strconv.ParseInt(string(d.raw(i)), 10, t.Bits()); err != nil {
					d.badNumber(i, t)
					return
				}
			} else if n<<shift>>shift != n {
				d.badNumber(i, t)
				return
			}
			writeInt(p, size, n)
		case 'n':
		default:
			d.mismatch(i, t, nil)
		}
	}
}

func uintDecoder(t reflect.Type) func(d *decoder, i int, p unsafe.Pointer) {
	size := t.Size()
	shift := 64 - 8*size
	return func(d *decoder, i int, p unsafe.Pointer) {
		token := &d.tokens[i]
		switch token.Kind {
		case '0':
			n := token.Num
			if token.Flags != jsonwire.Int || int64(n) < 0 {
				var err error
				if n, err = strconv.ParseUint(string(d.raw(i)), 10, t.Bits()); err != nil {
					d.badNumber(i, t)
					return
				}
			} else if n<<shift>>shift != n {
				d.badNumber(i, t)
				return
			}
			writeInt(p, size, int64(n))
		case 'n':
		default:
			d.mismatch(i, t, nil)
		}
	}
}

// float returns the value of a number, and whether it has one.
func (d *decoder) float(i int) (float64, bool) {
	t := &d.tokens[i]
	switch t.Flags {
	case jsonwire.Int:
		return float64(int64(t.Num)), true
	case jsonwire.Float:
		return math.Float64frombits(t.Num), true
	}
	return 0, false
}

func floatDecoder(t reflect.Type) func(d *decoder, i int, p unsafe.Pointer) {
	return func(d *decoder, i int, p unsafe.Pointer) {
		switch d.tokens[i].Kind {
		case '0':
			if t.Size() == 8 {
				f, ok := d.float(i)
				if !ok {
					d.badNumber(i, t)
					return
				}
				*(*float64)(p) = f
				return
			}
			f, err := strconv.ParseFloat(string(d.raw(i)), 32)
			if err != nil {
				d.badNumber(i, t)
				return
			}
			*(*float32)(p) = float32(f)
		case 'n':
		default:
			d.mismatch(i, t, nil)
		}
	}
}

func decodeNumber(d *decoder, i int, p unsafe.Pointer) {
	switch d.tokens[i].Kind {
	case '0':
		*(*string)(p) = string(d.raw(i))
	case '"':
		s := d.str(i)
		if !isNumber(s) {
			d.fail(&UnmarshalTypeError{Value: "string " + string(d.raw(i)), Type: numberType, Err: strconv.ErrSyntax})
			return
		}
		*(*string)(p) = s
	case 'n':
	default:
		d.fail(&UnmarshalTypeError{Value: kindName(d.tokens[i].Kind), Type: numberType})
	}
}

// decodeText reads a field with the option string: its value stands within quotes.
func (d *decoder) decodeText(f *field, i int, p unsafe.Pointer) {
	t := f.typ
	var outer unsafe.Pointer
	if t.Kind() == reflect.Pointer && !f.codec.own {
		if elem := t.Elem(); !quotable(elem) || codecOf(elem).own {
			f.codec.decode(d, i, p)
			return
		}
		if d.tokens[i].Kind == 'n' {
			*(*unsafe.Pointer)(p) = nil
			return
		}
		t = t.Elem()
		outer = p
		if *(*unsafe.Pointer)(p) == nil {
			*(*unsafe.Pointer)(p) = reflect.New(t).UnsafePointer()
		}
		p = *(*unsafe.Pointer)(p)
	}
	if !quotable(t) || codecOf(t).own || t == numberType && d.tokens[i].Kind == '"' {
		codecOf(t).decode(d, i, p)
		return
	}
	switch d.tokens[i].Kind {
	case 'n':
		return
	case '"':
	default:
		d.mismatch(i, t, nil)
		return
	}
	s := d.str(i)
	if s == "null" {
		if outer != nil {
			*(*unsafe.Pointer)(outer) = nil
		}
		return
	}
	switch t.Kind() {
	case reflect.Bool:
		if s != "true" && s != "false" {
			d.wrong(i, "string "+string(d.raw(i)), d.tokens[i].End, t, strconv.ErrSyntax)
			return
		}
		*(*bool)(p) = s == "true"
	case reflect.String:
		if end, _, text := jsonwire.Scan([]byte(s), true); text != "" || end != len(s) || s[0] != '"' {
			d.mismatch(i, t, stringError(s))
			return
		}
		*(*string)(p) = jsonwire.Unquote([]byte(s))
	case reflect.Float32, reflect.Float64:
		f, err := strconv.ParseFloat(s, t.Bits())
		if err != nil {
			d.badNumber(i, t)
		} else if t.Size() == 4 {
			*(*float32)(p) = float32(f)
		} else {
			*(*float64)(p) = f
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		n, err := strconv.ParseUint(s, 10, t.Bits())
		if err != nil {
			d.badNumber(i, t)
			return
		}
		writeInt(p, t.Size(), int64(n))
	default:
		n, err := strconv.ParseInt(s, 10, t.Bits())
		if err != nil {
			d.badNumber(i, t)
			return
		}
		writeInt(p, t.Size(), n)
	}
}

// stringError says why s is no string within quotes.
func stringError(s string) error {
	end, offset, text := jsonwire.Scan([]byte(s), true)
	switch {
	case s != "" && s[0] != '"': // blanks are wrong too
		c, n := jsonwire.QuoteChar([]byte(s))
		return &SyntaxError{"invalid character " + c + " looking for beginning of object key string", int64(n)}
	case text == "":
		c, n := jsonwire.QuoteChar([]byte(s[end:]))
		return &SyntaxError{"invalid character " + c + " after string value", int64(end + n)}
	}
	return &SyntaxError{text, int64(offset)}
}

// ---- interfaces ----

// any returns a value that is to be stored in an empty interface.
func (d *decoder) any(i int) any {
	t := &d.tokens[i]
	switch t.Kind {
	case '"':
		return d.str(i)
	case '0':
		if d.opts.useNumber {
			return Number(d.raw(i))
		}
		f, ok := d.float(i)
		if !ok {
			d.badNumber(i, reflect.TypeFor[float64]())
			if f, _ = strconv.ParseFloat(string(d.raw(i)), 64); math.IsInf(f, 0) {
				f = 0
			}
		}
		return f
	case 't':
		return true
	case 'f':
		return false
	case '[':
		end := int(t.Next)
		list := []any{}
		for i++; i < end; i = int(d.tokens[i].Next) {
			list = append(list, d.any(i))
		}
		return list
	case '{':
		end := int(t.Next)
		m := make(map[string]any)
		for i++; i < end; i = int(d.tokens[i+1].Next) {
			m[d.str(i)] = d.any(i + 1)
		}
		return m
	}
	return nil
}

func interfaceDecoder(t reflect.Type) func(d *decoder, i int, p unsafe.Pointer) {
	empty := t.NumMethod() == 0
	return func(d *decoder, i int, p unsafe.Pointer) {
		to := (*any)(p) // all interfaces look alike
		null := d.tokens[i].Kind == 'n'
		if *to != nil {
			v := reflect.ValueOf(*to)
			if v.Kind() == reflect.Pointer && !v.IsNil() {
				if null && v.Type().Elem().Kind() != reflect.Pointer {
					*to = nil
					return
				}
				if null {
					v.Elem().SetZero()
					return
				}
				codecOf(v.Type().Elem()).decode(d, i, v.UnsafePointer())
				return
			}
			*to = nil
		}
		switch {
		case null:
		case empty:
			*to = d.any(i)
		default:
			d.wrong(i, kindName(d.tokens[i].Kind), d.tokens[i].Start, t, nil)
		}
	}
}

// ---- composites ----

func pointerDecoder(t reflect.Type, elem *codec) func(d *decoder, i int, p unsafe.Pointer) {
	return func(d *decoder, i int, p unsafe.Pointer) {
		to := (*unsafe.Pointer)(p)
		if d.tokens[i].Kind == 'n' {
			*to = nil
			return
		}
		if *to == nil {
			*to = reflect.New(t.Elem()).UnsafePointer()
		}
		elem.decode(d, i, *to)
	}
}

func sliceDecoder(t reflect.Type, elem *codec) func(d *decoder, i int, p unsafe.Pointer) {
	size := t.Elem().Size()
	bytes := t.Elem().Kind() == reflect.Uint8
	return func(d *decoder, i int, p unsafe.Pointer) {
		s := (*sliceHeader)(p)
		switch kind := d.tokens[i].Kind; {
		case kind == 'n':
			*s = sliceHeader{}
		case kind == '"' && bytes:
			b, err := base64.StdEncoding.AppendDecode((*(*[]byte)(p))[:0], []byte(d.str(i)))
			if err != nil {
				d.mismatch(i, t, err)
				return
			}
			if b == nil {
				b = []byte{}
			}
			*(*[]byte)(p) = b
		case kind == '[':
			end := int(d.tokens[i].Next)
			n := 0
			if i+1 == end {
				*s = sliceHeader{unsafe.Pointer(&noElems), 0, 0}
				return
			}
			s.len = s.cap
			for i++; i < end; i = int(d.tokens[i].Next) {
				if n == s.cap {
					reflect.NewAt(t, p).Elem().Grow(1)
					s.len = s.cap
				}
				elem.decode(d, i, unsafe.Add(s.data, uintptr(n)*size))
				n++
			}
			s.len = n
		default:
			d.mismatch(i, t, nil)
		}
	}
}

// noElems is what empty slices point to.
var noElems [8]byte

func arrayDecoder(t reflect.Type, elem *codec) func(d *decoder, i int, p unsafe.Pointer) {
	size, length := t.Elem().Size(), t.Len()
	return func(d *decoder, i int, p unsafe.Pointer) {
		switch d.tokens[i].Kind {
		case 'n':
		case '[':
			end := int(d.tokens[i].Next)
			n := 0
			for i++; i < end && n < length; i = int(d.tokens[i].Next) {
				elem.decode(d, i, unsafe.Add(p, uintptr(n)*size))
				n++
			}
			for ; n < length; n++ {
				reflect.NewAt(t.Elem(), unsafe.Add(p, uintptr(n)*size)).Elem().SetZero()
			}
		default:
			d.mismatch(i, t, nil)
		}
	}
}

// key stores the key of a map; it reports false if it does not suit.
func (d *decoder) key(t reflect.Type, i int, k reflect.Value) bool {
	if reflect.PointerTo(t).Implements(textUnmarshalerType) {
		m := k.Addr().Interface().(encoding.TextUnmarshaler)
		if err := m.UnmarshalText([]byte(d.str(i))); err != nil {
			d.fail(err)
			return false
		}
		return true
	}
	switch t.Kind() {
	case reflect.String:
		k.SetString(d.str(i))
		return true
	case reflect.Interface:
		if t.NumMethod() == 0 {
			k.Set(reflect.ValueOf(d.str(i)))
			return true
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		n, err := strconv.ParseInt(d.str(i), 10, t.Bits())
		if err != nil {
			d.badNumber(i, t)
			return false
		}
		k.SetInt(n)
		return true
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		n, err := strconv.ParseUint(d.str(i), 10, t.Bits())
		if err != nil {
			d.badNumber(i, t)
			return false
		}
		k.SetUint(n)
		return true
	case reflect.Float32, reflect.Float64:
		f, err := strconv.ParseFloat(d.str(i), t.Bits())
		if err != nil {
			d.badNumber(i, t)
			return false
		}
		k.SetFloat(f)
		return true
	case reflect.Pointer:
		k.Set(reflect.New(t.Elem()))
		return d.key(t.Elem(), i, k.Elem())
	}
	d.mismatch(i, t, nil)
	return false
}

func mapDecoder(t reflect.Type, elem *codec) func(d *decoder, i int, p unsafe.Pointer) {
	if t == reflect.TypeFor[map[string]any]() {
		return func(d *decoder, i int, p unsafe.Pointer) {
			to := (*map[string]any)(p)
			switch d.tokens[i].Kind {
			case 'n':
				*to = nil
			case '{':
				m := *to
				if m == nil {
					m = make(map[string]any)
					*to = m
				}
				end := int(d.tokens[i].Next)
				for i++; i < end; i = int(d.tokens[i+1].Next) {
					m[d.str(i)] = d.any(i + 1)
				}
			default:
				d.mismatch(i, t, nil)
			}
		}
	}
	return func(d *decoder, i int, p unsafe.Pointer) {
		v := reflect.NewAt(t, p).Elem()
		switch d.tokens[i].Kind {
		case 'n':
			v.SetZero()
		case '{':
			if v.IsNil() {
				v.Set(reflect.MakeMap(t))
			}
			k, x := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
			at := x.Addr().UnsafePointer()
			end := int(d.tokens[i].Next)
			for i++; i < end; i = int(d.tokens[i+1].Next) {
				k.SetZero()
				if d.key(t.Key(), i, k) {
					x.SetZero()
					elem.decode(d, i+1, at)
					v.SetMapIndex(k, x)
				}
			}
		default:
			d.mismatch(i, t, nil)
		}
	}
}

func (s *structType) decode(d *decoder, i int, p unsafe.Pointer) {
	switch d.tokens[i].Kind {
	case 'n':
		return
	case '{':
	default:
		d.mismatch(i, s.typ, nil)
		return
	}
	end := int(d.tokens[i].Next)
	guess := 0 // objects tend to have their fields in order
	for i++; i < end; i = int(d.tokens[i+1].Next) {
		var f *field
		if d.tokens[i].Flags == 0 {
			name := d.view(i)
			if guess < len(s.fields) && s.fields[guess].name == name {
				f = s.fields[guess]
			} else {
				f = s.lookup(name)
			}
		} else {
			f = s.lookup(d.str(i))
		}
		guess++
		if f == nil {
			if d.opts.strict {
				d.fail(errors.New("json: unknown field " + strconv.Quote(d.str(i))))
			}
			continue
		}
		q := unsafe.Add(p, f.offset)
		if f.steps != nil {
			if q = f.make(p); q == nil {
				d.wrong(i+1, kindName(d.tokens[i+1].Kind), d.tokens[i+1].Start, s.typ, errNilField)
				continue
			}
		}
		if f.text {
			d.decodeText(f, i+1, q)
		} else {
			f.codec.decode(d, i+1, q)
		}
	}
}

// ---- methods ----

// methodDecoder reads by UnmarshalJSON of *t.
func methodDecoder(t reflect.Type) func(d *decoder, i int, p unsafe.Pointer) {
	return func(d *decoder, i int, p unsafe.Pointer) {
		if kind := d.tokens[i].Kind; t == timeType && kind != '"' && kind != 'n' {
			d.mismatch(i, t, nil)
			return
		}
		m := reflect.NewAt(t, p).Interface().(Unmarshaler)
		if err := m.UnmarshalJSON(d.raw(i)); err != nil {
			if errors.Is(err, errors.ErrUnsupported) {
				err = errors.New("UnmarshalJSON method may not return errors.ErrUnsupported")
			}
			d.fail(err)
		}
	}
}

var errNonStringValue = errors.New("JSON value must be string type")

// textDecoder reads by UnmarshalText of *t.
func textDecoder(t reflect.Type) func(d *decoder, i int, p unsafe.Pointer) {
	return func(d *decoder, i int, p unsafe.Pointer) {
		switch d.tokens[i].Kind {
		case 'n':
		case '"':
			m := reflect.NewAt(t, p).Interface().(encoding.TextUnmarshaler)
			if err := m.UnmarshalText([]byte(d.str(i))); err != nil {
				if errors.Is(err, errors.ErrUnsupported) {
					err = errors.New("UnmarshalText method may not return errors.ErrUnsupported")
				}
				d.fail(err)
			}
		default:
			d.mismatch(i, t, errNonStringValue)
		}
	}
}

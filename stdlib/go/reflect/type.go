// Package reflect lets a program look at its own types and values.
package reflect

import (
	"iter"
	"unsafe"
)

// Type is the type of a Go value. Types are comparable: two are equal exactly when they are identical.
type Type interface {
	Align() int
	FieldAlign() int
	Method(int) Method
	Methods() iter.Seq[Method]
	MethodByName(string) (Method, bool)
	NumMethod() int
	Name() string
	PkgPath() string
	Size() uintptr
	String() string
	Kind() Kind
	Implements(u Type) bool
	AssignableTo(u Type) bool
	ConvertibleTo(u Type) bool
	Comparable() bool
	Bits() int
	ChanDir() ChanDir
	IsVariadic() bool
	Elem() Type
	Field(i int) StructField
	Fields() iter.Seq[StructField]
	FieldByIndex(index []int) StructField
	FieldByName(name string) (StructField, bool)
	FieldByNameFunc(match func(string) bool) (StructField, bool)
	In(i int) Type
	Ins() iter.Seq[Type]
	Key() Type
	Len() int
	NumField() int
	NumIn() int
	NumOut() int
	Out(i int) Type
	Outs() iter.Seq[Type]
	OverflowComplex(x complex128) bool
	OverflowFloat(x float64) bool
	OverflowInt(x int64) bool
	OverflowUint(x uint64) bool
	CanSeq() bool
	CanSeq2() bool
	common() *rtype
}

// A Kind is the form of a type.
type Kind uint

const (
	Invalid Kind = iota
	Bool
	Int
	Int8
	Int16
	Int32
	Int64
	Uint
	Uint8
	Uint16
	Uint32
	Uint64
	Uintptr
	Float32
	Float64
	Complex64
	Complex128
	Array
	Chan
	Func
	Interface
	Map
	Pointer
	Slice
	String
	Struct
	UnsafePointer
)

// Ptr is the old name of Pointer.
const Ptr = Pointer

// String returns the name of k.
func (k Kind) String() string

// ChanDir is a channel type's direction.
type ChanDir int

const (
	RecvDir ChanDir             = 1 << iota // <-chan
	SendDir                                 // chan<-
	BothDir = RecvDir | SendDir             // chan
)

func (d ChanDir) String() string {
	switch d {
	case SendDir:
		return "chan<-"
	case RecvDir:
		return "<-chan"
	case BothDir:
		return "chan"
	}
	return "ChanDir" + itoa(int(d))
}

func itoa(n int) string {
	if n < 0 {
		return "-" + itoa(-n)
	}
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

// Method describes a method.
type Method struct {
	Name    string
	PkgPath string // empty for exported methods
	Type    Type   // with the receiver first, except for methods of interface types
	Func    Value  // the same as a func value
	Index   int    // index for Type.Method
}

// IsExported reports whether the method is exported.
func (m Method) IsExported() bool { return m.PkgPath == "" }

// A StructField describes a field of a struct.
type StructField struct {
	Name      string
	PkgPath   string // empty for exported fields
	Type      Type
	Tag       StructTag
	Offset    uintptr // within the struct, in bytes
	Index     []int   // index sequence for Type.FieldByIndex
	Anonymous bool    // is an embedded field
}

// IsExported reports whether the field is exported.
func (f StructField) IsExported() bool { return f.PkgPath == "" }

// A StructTag is the tag of a field: by convention key:"value" pairs with spaces between them.
type StructTag string

// Get returns the value for a key, or the empty string.
func (tag StructTag) Get(key string) string {
	v, _ := tag.Lookup(key)
	return v
}

// Lookup returns the value for a key and whether there is one.
func (tag StructTag) Lookup(key string) (value string, ok bool)

// TypeOf returns the dynamic type of i, nil for a nil interface.
func TypeOf(i any) Type

// TypeFor returns the type T.
func TypeFor[T any]() Type { return TypeOf((*T)(nil)).Elem() }

// PointerTo returns the type *t.
func PointerTo(t Type) Type

// PtrTo is the old name of PointerTo.
func PtrTo(t Type) Type

// SliceOf returns the type []t.
func SliceOf(t Type) Type

// ArrayOf returns the type [length]elem.
func ArrayOf(length int, elem Type) Type

// ChanOf returns the type of channels of t with this direction.
func ChanOf(dir ChanDir, t Type) Type

// MapOf returns the type map[key]elem.
func MapOf(key, elem Type) Type

// FuncOf returns the func type with these params and results. The last param of a variadic one is a slice.
func FuncOf(in, out []Type, variadic bool) Type

// StructOf returns the struct type with these fields. Their Offset and Index are ignored.
func StructOf(fields []StructField) Type

// rtype is the machine's own description of a type. Programs see pointers to it as Types.
type rtype struct{ _ byte }

func (t *rtype) Align() int
func (t *rtype) FieldAlign() int
func (t *rtype) Size() uintptr
func (t *rtype) String() string
func (t *rtype) Name() string
func (t *rtype) PkgPath() string
func (t *rtype) Kind() Kind
func (t *rtype) NumMethod() int
func (t *rtype) Implements(u Type) bool
func (t *rtype) AssignableTo(u Type) bool
func (t *rtype) ConvertibleTo(u Type) bool
func (t *rtype) Comparable() bool
func (t *rtype) Bits() int
func (t *rtype) ChanDir() ChanDir
func (t *rtype) IsVariadic() bool
func (t *rtype) Elem() Type
func (t *rtype) Field(i int) StructField
func (t *rtype) In(i int) Type
func (t *rtype) Key() Type
func (t *rtype) Len() int
func (t *rtype) NumField() int
func (t *rtype) NumIn() int
func (t *rtype) NumOut() int
func (t *rtype) Out(i int) Type
func (t *rtype) OverflowFloat(x float64) bool
func (t *rtype) OverflowInt(x int64) bool
func (t *rtype) OverflowUint(x uint64) bool
func (t *rtype) CanSeq() bool
func (t *rtype) CanSeq2() bool

// method returns the parts of a Method; the func is nil when it takes more than one word for the receiver.
func (t *rtype) method(i int) (name, pkgPath string, typ *rtype, f Value)
func (t *rtype) methodIndex(name string) int
func (t *rtype) fieldIndex(name string) (i int, embedded bool)

func (t *rtype) common() *rtype { return t }

func (t *rtype) OverflowComplex(x complex128) bool {
	if k := t.Kind(); k != Complex64 && k != Complex128 {
		panic("reflect: OverflowComplex of non-complex type " + t.String())
	}
	return Zero(t).OverflowComplex(x)
}

func (t *rtype) Method(i int) (m Method) {
	var sig *rtype
	m.Name, m.PkgPath, sig, m.Func = t.method(i)
	m.Index = i
	if !m.Func.IsValid() {
		m.Type = sig
		return
	}
	m.Type = m.Func.Type()
	if m.Func.IsNil() {
		m.Func = MakeFunc(m.Type, func(in []Value) []Value {
			if f := in[0].Method(i); sig.IsVariadic() {
				return f.CallSlice(in[1:])
			} else {
				return f.Call(in[1:])
			}
		})
	}
	return
}

func (t *rtype) MethodByName(name string) (m Method, ok bool) {
	i := t.methodIndex(name)
	if i < 0 {
		return
	}
	return t.Method(i), true
}

func (t *rtype) FieldByIndex(index []int) (f StructField) {
	t.need(Struct, "FieldByIndex of non-struct")
	f.Type = t
	for i, x := range index {
		if i > 0 && f.Type.Kind() == Pointer && f.Type.Elem().Kind() == Struct {
			f.Type = f.Type.Elem()
		}
		f = f.Type.Field(x)
	}
	return
}

func (t *rtype) need(k Kind, what string) {
	if t.Kind() != k {
		panic("reflect: " + what + " type " + t.String())
	}
}

func (t *rtype) FieldByName(name string) (f StructField, ok bool) {
	i, embedded := t.fieldIndex(name)
	if i >= 0 {
		return t.Field(i), true
	}
	if !embedded {
		return
	}
	return t.FieldByNameFunc(func(s string) bool { return s == name })
}

func (t *rtype) FieldByNameFunc(match func(string) bool) (f StructField, ok bool) {
	t.need(Struct, "FieldByNameFunc of non-struct")
	// Level by level: the shallowest field counts, two at the same depth are none.
	type node struct {
		typ   Type
		index []int
		twice bool
	}
	seen := map[Type]bool{}
	for level := []node{{typ: t}}; len(level) > 0 && !ok; {
		var next []node
		for _, n := range level {
			if seen[n.typ] {
				continue
			}
			seen[n.typ] = true
		fields:
			for i := range n.typ.NumField() {
				x := n.typ.Field(i)
				if match(x.Name) {
					if ok || n.twice {
						return StructField{}, false
					}
					f, ok = x, true
					f.Index = append(n.index[:len(n.index):len(n.index)], i)
					continue
				}
				typ := x.Type
				if ok || !x.Anonymous {
					continue
				}
				if typ.Kind() == Pointer {
					typ = typ.Elem()
				}
				if typ.Kind() != Struct {
					continue
				}
				for j := range next {
					if next[j].typ == typ {
						next[j].twice = true
						continue fields
					}
				}
				next = append(next, node{typ, append(n.index[:len(n.index):len(n.index)], i), n.twice})
			}
		}
		level = next
	}
	return
}

func each[T any](n int, get func(int) T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for i := range n {
			if !yield(get(i)) {
				return
			}
		}
	}
}

func (t *rtype) Methods() iter.Seq[Method] { return each(t.NumMethod(), t.Method) }

func (t *rtype) Fields() iter.Seq[StructField] {
	t.need(Struct, "Fields of non-struct")
	return each(t.NumField(), t.Field)
}

func (t *rtype) Ins() iter.Seq[Type] {
	t.need(Func, "Ins of non-func")
	return each(t.NumIn(), t.In)
}

func (t *rtype) Outs() iter.Seq[Type] {
	t.need(Func, "Outs of non-func")
	return each(t.NumOut(), t.Out)
}

// VisibleFields returns the fields of a struct type that FieldByName finds, in order, those of embedded structs behind
// the embedded field.
func VisibleFields(t Type) []StructField {
	if t == nil {
		panic("reflect: VisibleFields(nil)")
	}
	if t.Kind() != Struct {
		panic("reflect.VisibleFields of non-struct type")
	}
	var all []StructField
	type count struct{ depth, n int }
	shallowest := map[string]count{}
	open := map[Type]bool{}
	var walk func(t Type, index []int)
	walk = func(t Type, index []int) {
		if open[t] {
			return
		}
		open[t] = true
		for i := range t.NumField() {
			f := t.Field(i)
			f.Index = append(index[:len(index):len(index)], i)
			all = append(all, f)
			c, ok := shallowest[f.Name]
			if depth := len(f.Index); !ok || depth < c.depth {
				c = count{depth, 0}
			}
			if len(f.Index) == c.depth {
				c.n++
			}
			shallowest[f.Name] = c
			if typ := f.Type; f.Anonymous {
				if typ.Kind() == Pointer {
					typ = typ.Elem()
				}
				if typ.Kind() == Struct {
					walk(typ, f.Index)
				}
			}
		}
		delete(open, t)
	}
	walk(t, nil)
	visible := all[:0]
	for _, f := range all {
		if shallowest[f.Name] == (count{len(f.Index), 1}) {
			visible = append(visible, f)
		}
	}
	return visible
}

// madeFunc is what a func made by MakeFunc carries.
type madeFunc struct {
	typ *rtype
	fn  func([]Value) []Value
}

// MakeFunc returns a func of a type that calls fn with its arguments as Values and returns what fn returns. The last of
// the arguments of a variadic one is a slice.
func MakeFunc(typ Type, fn func(args []Value) (results []Value)) Value {
	if typ.Kind() != Func {
		panic("reflect: call of MakeFunc with non-Func type")
	}
	t := typ.common()
	return makeFunc(t, &madeFunc{t, fn}, callMade)
}

func callMade(m *madeFunc, frame unsafe.Pointer) {
	frameReturn(m.typ, frame, m.fn(frameParams(m.typ, frame)), m.fn)
}

func makeFunc(t *rtype, context *madeFunc, handler func(*madeFunc, unsafe.Pointer)) Value
func frameParams(t *rtype, frame unsafe.Pointer) []Value
func frameReturn(t *rtype, frame unsafe.Pointer, results []Value, fn func([]Value) []Value)

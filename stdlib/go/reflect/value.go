package reflect

import (
	"errors"
	"iter"
	"unsafe"
)

// Value is a Go value of any type. The zero Value represents no value.
type Value struct {
	typ  *rtype
	ptr  unsafe.Pointer // the value, if it fits and is no variable, or its address
	flag uintptr
}

// A ValueError is what a method of Value panics with when the value's kind does not suit it.
type ValueError struct {
	Method string
	Kind   Kind
}

func (e *ValueError) Error() string {
	if e.Kind == Invalid {
		return "reflect: call of " + e.Method + " on zero Value"
	}
	return "reflect: call of " + e.Method + " on " + e.Kind.String() + " Value"
}

// ValueOf returns the value that an interface holds, the zero Value for nil.
func ValueOf(i any) Value

// Zero returns the zero value of a type, which cannot be set.
func Zero(typ Type) Value

// New returns a pointer to a new zero value of a type.
func New(typ Type) Value

// NewAt returns a pointer to a value of a type at p.
func NewAt(typ Type, p unsafe.Pointer) Value

// Indirect returns what v points to, or v if it is no pointer.
func Indirect(v Value) Value

func (v Value) Addr() Value
func (v Value) Bool() bool
func (v Value) Bytes() []byte
func (v Value) Call(in []Value) []Value
func (v Value) CallSlice(in []Value) []Value
func (v Value) CanAddr() bool
func (v Value) CanComplex() bool
func (v Value) CanConvert(t Type) bool
func (v Value) CanFloat() bool
func (v Value) CanInt() bool
func (v Value) CanInterface() bool
func (v Value) CanSet() bool
func (v Value) CanUint() bool
func (v Value) Cap() int
func (v Value) Clear()
func (v Value) Close()
func (v Value) Comparable() bool
func (v Value) Complex() complex128
func (v Value) Convert(t Type) Value
func (v Value) Elem() Value
func (v Value) Equal(u Value) bool
func (v Value) Field(i int) Value
func (v Value) Float() float64
func (v Value) Grow(n int)
func (v Value) Index(i int) Value
func (v Value) Int() int64
func (v Value) Interface() (i any)
func (v Value) InterfaceData() [2]uintptr
func (v Value) IsNil() bool
func (v Value) IsValid() bool
func (v Value) IsZero() bool
func (v Value) Kind() Kind
func (v Value) Len() int
func (v Value) MapIndex(key Value) Value
func (v Value) MapKeys() []Value
func (v Value) Method(i int) Value
func (v Value) NumField() int
func (v Value) NumMethod() int
func (v Value) OverflowComplex(x complex128) bool
func (v Value) OverflowFloat(x float64) bool
func (v Value) OverflowInt(x int64) bool
func (v Value) OverflowUint(x uint64) bool
func (v Value) Pointer() uintptr
func (v Value) Recv() (x Value, ok bool)
func (v Value) Send(x Value)
func (v Value) Set(x Value)
func (v Value) SetBool(x bool)
func (v Value) SetBytes(x []byte)
func (v Value) SetCap(n int)
func (v Value) SetComplex(x complex128)
func (v Value) SetFloat(x float64)
func (v Value) SetInt(x int64)
func (v Value) SetIterKey(iter *MapIter)
func (v Value) SetIterValue(iter *MapIter)
func (v Value) SetLen(n int)
func (v Value) SetMapIndex(key, elem Value)
func (v Value) SetPointer(x unsafe.Pointer)
func (v Value) SetString(x string)
func (v Value) SetUint(x uint64)
func (v Value) SetZero()
func (v Value) Slice(i, j int) Value
func (v Value) Slice3(i, j, k int) Value
func (v Value) String() string
func (v Value) TryRecv() (x Value, ok bool)
func (v Value) TrySend(x Value) bool
func (v Value) Type() Type
func (v Value) Uint() uint64
func (v Value) UnsafeAddr() uintptr
func (v Value) UnsafePointer() unsafe.Pointer

// need panics unless v has kind k.
func (v Value) need(k Kind, method string) {
	if v.Kind() != k {
		panic(&ValueError{"reflect.Value." + method, v.Kind()})
	}
}

// MethodByName returns the method of that name bound to v, or the zero Value.
func (v Value) MethodByName(name string) Value {
	if !v.IsValid() {
		panic(&ValueError{"reflect.Value.MethodByName", Invalid})
	}
	if i := v.typ.methodIndex(name); i >= 0 && v.NumMethod() > 0 {
		return v.Method(i)
	}
	return Value{}
}

// FieldByIndex returns the nested field that index leads to.
func (v Value) FieldByIndex(index []int) Value {
	f, err := v.fieldByIndex(index, "FieldByIndex")
	if err != nil {
		panic("reflect: indirection through nil pointer to embedded struct")
	}
	return f
}

// FieldByIndexErr is FieldByIndex, but for an error when it leads through a nil pointer.
func (v Value) FieldByIndexErr(index []int) (Value, error) {
	return v.fieldByIndex(index, "FieldByIndexErr")
}

func (v Value) fieldByIndex(index []int, method string) (Value, error) {
	if len(index) != 1 {
		v.need(Struct, method)
	}
	for i, x := range index {
		if i > 0 && v.Kind() == Pointer && v.Type().Elem().Kind() == Struct {
			if v.IsNil() {
				name := v.Type().Elem().Name()
				return Value{}, errors.New("reflect: indirection through nil pointer to embedded struct field " + name)
			}
			v = v.Elem()
		}
		v = v.Field(x)
	}
	return v, nil
}

// FieldByName returns the field of that name, or the zero Value.
func (v Value) FieldByName(name string) Value {
	v.need(Struct, "FieldByName")
	if i, _ := v.typ.fieldIndex(name); i >= 0 {
		return v.Field(i)
	}
	if f, ok := v.typ.FieldByName(name); ok {
		return v.FieldByIndex(f.Index)
	}
	return Value{}
}

// FieldByNameFunc returns the field whose name match accepts, or the zero Value.
func (v Value) FieldByNameFunc(match func(string) bool) Value {
	if f, ok := v.Type().FieldByNameFunc(match); ok {
		return v.FieldByIndex(f.Index)
	}
	return Value{}
}

// Fields ranges over the fields of a struct.
func (v Value) Fields() iter.Seq2[StructField, Value] {
	t := v.Type()
	if t.Kind() != Struct {
		panic("reflect: Fields of non-struct type " + t.String())
	}
	return func(yield func(StructField, Value) bool) {
		for i := range v.NumField() {
			if !yield(t.Field(i), v.Field(i)) {
				return
			}
		}
	}
}

// Methods ranges over the methods.
func (v Value) Methods() iter.Seq2[Method, Value] {
	t, n := v.Type(), v.NumMethod()
	return func(yield func(Method, Value) bool) {
		for i := range n {
			if !yield(t.Method(i), v.Method(i)) {
				return
			}
		}
	}
}

// TypeAssert is v.Interface().(T) with the comma-ok form's results.
func TypeAssert[T any](v Value) (T, bool) {
	x, ok := assertInterface(v).(T)
	return x, ok
}

func assertInterface(v Value) any

// ---- lists ----

// MakeSlice returns a new slice of a type.
func MakeSlice(typ Type, len, cap int) Value

// SliceAt returns the slice of n values of a type that begins at p.
func SliceAt(typ Type, p unsafe.Pointer, n int) Value

// Append is append(s, x...).
func Append(s Value, x ...Value) Value

// AppendSlice is append(s, t...).
func AppendSlice(s, t Value) Value

// Copy is copy(dst, src), also for arrays.
func Copy(dst, src Value) int

// Swapper returns a function that swaps elements of a slice.
func Swapper(slice any) func(i, j int) {
	v := ValueOf(slice)
	if v.Kind() != Slice {
		panic(&ValueError{Method: "Swapper", Kind: v.Kind()})
	}
	return func(i, j int) { swapElems(v, i, j) }
}

func swapElems(v Value, i, j int)

// SliceHeader is a slice in memory. unsafe.Slice and unsafe.SliceData are safer.
type SliceHeader struct {
	Data uintptr
	Len  int
	Cap  int
}

// StringHeader is a string in memory. unsafe.String and unsafe.StringData are safer.
type StringHeader struct {
	Data uintptr
	Len  int
}

// ---- maps ----

// MakeMap returns a new map of a type.
func MakeMap(typ Type) Value { return MakeMapWithSize(typ, 0) }

// MakeMapWithSize returns a new map of a type with room for n entries.
func MakeMapWithSize(typ Type, n int) Value

// A MapIter is an iterator over a map: see Value.MapRange.
type MapIter struct {
	m          Value
	state      [8]unsafe.Pointer // the machine's iterator
	key, value unsafe.Pointer
	stage      uintptr
}

func (iter *MapIter) Key() Value
func (iter *MapIter) Next() bool
func (iter *MapIter) Value() Value

// Reset makes iter iterate over v from its beginning.
func (iter *MapIter) Reset(v Value) {
	if v.IsValid() {
		v.need(Map, "MapRange")
	}
	*iter = MapIter{m: v}
}

// MapRange returns an iterator, to be begun by Next.
func (v Value) MapRange() *MapIter {
	v.need(Map, "MapRange")
	return &MapIter{m: v}
}

// ---- channels ----

// MakeChan returns a new channel of a type.
func MakeChan(typ Type, buffer int) Value

// A SelectDir is the direction of a case.
type SelectDir int

const (
	_             SelectDir = iota
	SelectSend              // case Chan <- Send
	SelectRecv              // case <-Chan:
	SelectDefault           // default
)

// A SelectCase is a case of a select.
type SelectCase struct {
	Dir  SelectDir
	Chan Value
	Send Value
}

// Select waits until one of the cases can go on, and goes on with it.
func Select(cases []SelectCase) (chosen int, recv Value, recvOK bool)

// ---- ranging ----

// Seq ranges over v as for v := range does.
func (v Value) Seq() iter.Seq[Value] {
	t := v.Type()
	if !t.CanSeq() {
		panic("reflect: " + t.String() + " cannot produce iter.Seq[Value]")
	}
	return func(yield func(Value) bool) {
		switch v.Kind() {
		case Func:
			v.Call([]Value{MakeFunc(t.In(0), func(in []Value) []Value {
				return []Value{ValueOf(yield(in[0]))}
			})})
		case Int, Int8, Int16, Int32, Int64:
			for i := range v.Int() {
				if !yield(ValueOf(i).Convert(t)) {
					return
				}
			}
		case Uint, Uint8, Uint16, Uint32, Uint64, Uintptr:
			for i := range v.Uint() {
				if !yield(ValueOf(i).Convert(t)) {
					return
				}
			}
		case String:
			for i := range v.String() {
				if !yield(ValueOf(i)) {
					return
				}
			}
		case Map:
			for i := v.MapRange(); i.Next(); {
				if !yield(i.Key()) {
					return
				}
			}
		case Chan:
			for x, ok := v.Recv(); ok; x, ok = v.Recv() {
				if !yield(x) {
					return
				}
			}
		default:
			for i := range v.Len() {
				if !yield(ValueOf(i)) {
					return
				}
			}
		}
	}
}

// Seq2 ranges over v as for k, v := range does.
func (v Value) Seq2() iter.Seq2[Value, Value] {
	t := v.Type()
	if !t.CanSeq2() {
		panic("reflect: " + t.String() + " cannot produce iter.Seq2[Value, Value]")
	}
	return func(yield func(Value, Value) bool) {
		switch v.Kind() {
		case Func:
			v.Call([]Value{MakeFunc(t.In(0), func(in []Value) []Value {
				return []Value{ValueOf(yield(in[0], in[1]))}
			})})
		case String:
			for i, r := range v.String() {
				if !yield(ValueOf(i), ValueOf(r)) {
					return
				}
			}
		case Map:
			for i := v.MapRange(); i.Next(); {
				if !yield(i.Key(), i.Value()) {
					return
				}
			}
		default:
			list := Indirect(v)
			for i := range list.Len() {
				if !yield(ValueOf(i), list.Index(i)) {
					return
				}
			}
		}
	}
}

// DeepEqual reports whether x and y are deeply equal: the same values, behind pointers and in lists and maps too.
func DeepEqual(x, y any) bool

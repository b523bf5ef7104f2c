// Package binary turns numbers, and values made of numbers, into bytes and back.
package binary

import (
	"errors"
	"io"
	"math"
	"reflect"
	"slices"
	"sync"
)

var errBufferTooSmall = errors.New("buffer too small")

// A ByteOrder says in which order the bytes of numbers stand.
type ByteOrder interface {
	Uint16([]byte) uint16
	Uint32([]byte) uint32
	Uint64([]byte) uint64
	PutUint16([]byte, uint16)
	PutUint32([]byte, uint32)
	PutUint64([]byte, uint64)
	String() string
}

// An AppendByteOrder appends numbers in such an order.
type AppendByteOrder interface {
	AppendUint16([]byte, uint16) []byte
	AppendUint32([]byte, uint32) []byte
	AppendUint64([]byte, uint64) []byte
	String() string
}

type littleEndian struct{}

type bigEndian struct{}

type nativeEndian struct{ littleEndian }

// LittleEndian has the lowest byte first.
var LittleEndian littleEndian

// BigEndian has the highest byte first.
var BigEndian bigEndian

// NativeEndian is the order of this machine.
var NativeEndian nativeEndian

func (littleEndian) Uint16(b []byte) uint16 {
	_ = b[1]
	return uint16(b[0]) | uint16(b[1])<<8
}

func (littleEndian) PutUint16(b []byte, v uint16) {
	_ = b[1]
	b[0], b[1] = byte(v), byte(v>>8)
}

func (littleEndian) AppendUint16(b []byte, v uint16) []byte { return append(b, byte(v), byte(v>>8)) }

func (littleEndian) Uint32(b []byte) uint32 {
	_ = b[3]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

func (littleEndian) PutUint32(b []byte, v uint32) {
	_ = b[3]
	b[0], b[1], b[2], b[3] = byte(v), byte(v>>8), byte(v>>16), byte(v>>24)
}

func (littleEndian) AppendUint32(b []byte, v uint32) []byte {
	return append(b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
}

func (littleEndian) Uint64(b []byte) uint64 {
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

func (littleEndian) PutUint64(b []byte, v uint64) {
	_ = b[7]
	b[0], b[1], b[2], b[3] = byte(v), byte(v>>8), byte(v>>16), byte(v>>24)
	b[4], b[5], b[6], b[7] = byte(v>>32), byte(v>>40), byte(v>>48), byte(v>>56)
}

func (littleEndian) AppendUint64(b []byte, v uint64) []byte {
	return append(b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24), byte(v>>32), byte(v>>40), byte(v>>48), byte(v>>56))
}

func (littleEndian) String() string { return "LittleEndian" }

func (littleEndian) GoString() string { return "binary.LittleEndian" }

func (bigEndian) Uint16(b []byte) uint16 {
	_ = b[1]
	return uint16(b[1]) | uint16(b[0])<<8
}

func (bigEndian) PutUint16(b []byte, v uint16) {
	_ = b[1]
	b[0], b[1] = byte(v>>8), byte(v)
}

func (bigEndian) AppendUint16(b []byte, v uint16) []byte { return append(b, byte(v>>8), byte(v)) }

func (bigEndian) Uint32(b []byte) uint32 {
	_ = b[3]
	return uint32(b[3]) | uint32(b[2])<<8 | uint32(b[1])<<16 | uint32(b[0])<<24
}

func (bigEndian) PutUint32(b []byte, v uint32) {
	_ = b[3]
	b[0], b[1], b[2], b[3] = byte(v>>24), byte(v>>16), byte(v>>8), byte(v)
}

func (bigEndian) AppendUint32(b []byte, v uint32) []byte {
	return append(b, byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
}

func (bigEndian) Uint64(b []byte) uint64 {
	_ = b[7]
	return uint64(b[7]) | uint64(b[6])<<8 | uint64(b[5])<<16 | uint64(b[4])<<24 |
		uint64(b[3])<<32 | uint64(b[2])<<40 | uint64(b[1])<<48 | uint64(b[0])<<56
}

func (bigEndian) PutUint64(b []byte, v uint64) {
	_ = b[7]
	b[0], b[1], b[2], b[3] = byte(v>>56), byte(v>>48), byte(v>>40), byte(v>>32)
	b[4], b[5], b[6], b[7] = byte(v>>24), byte(v>>16), byte(v>>8), byte(v)
}

func (bigEndian) AppendUint64(b []byte, v uint64) []byte {
	return append(b, byte(v>>56), byte(v>>48), byte(v>>40), byte(v>>32), byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
}

func (bigEndian) String() string { return "BigEndian" }

func (bigEndian) GoString() string { return "binary.BigEndian" }

func (nativeEndian) String() string { return "NativeEndian" }

func (nativeEndian) GoString() string { return "binary.NativeEndian" }

// ---- sizes ----

// Size returns how many bytes v takes, or -1 if its type has no fixed size.
func Size(v any) int {
	return dataSize(reflect.Indirect(reflect.ValueOf(v)))
}

var sizes sync.Map // by type of struct

func dataSize(v reflect.Value) int {
	switch v.Kind() {
	case reflect.Slice, reflect.Array:
		if size := typeSize(v.Type().Elem()); size >= 0 {
			return size * v.Len()
		}
		return -1
	case reflect.Invalid:
		return -1
	}
	return typeSize(v.Type())
}

func typeSize(t reflect.Type) int {
	switch t.Kind() {
	case reflect.Array:
		if s := typeSize(t.Elem()); s >= 0 {
			return s * t.Len()
		}
	case reflect.Struct:
		if s, ok := sizes.Load(t); ok {
			return s.(int)
		}
		sum := 0
		for i := range t.NumField() {
			s := typeSize(t.Field(i).Type)
			if s < 0 {
				return -1
			}
			sum += s
		}
		sizes.Store(t, sum)
		return sum
	case reflect.Bool,
		reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64,
		reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128:
		return int(t.Size())
	}
	return -1
}

// ---- reading ----

// readable returns the value behind data that is to be filled and its size, or -1.
func readable(data any) (reflect.Value, int) {
	v := reflect.ValueOf(data)
	switch v.Kind() {
	case reflect.Pointer:
		v = v.Elem()
		return v, dataSize(v)
	case reflect.Slice:
		return v, dataSize(v)
	}
	return v, -1
}

// Read reads a value of fixed size, or a slice of such values, from r. The error is io.EOF only if nothing was read.
func Read(r io.Reader, order ByteOrder, data any) error {
	v, size := readable(data)
	if size < 0 {
		return errors.New("binary.Read: invalid type " + reflect.TypeOf(data).String())
	}
	buf := make([]byte, size)
	if _, err := io.ReadFull(r, buf); err != nil {
		return err
	}
	decode(buf, order, data, v)
	return nil
}

// Decode reads a value from the beginning of buf and returns how many bytes it took.
func Decode(buf []byte, order ByteOrder, data any) (int, error) {
	v, size := readable(data)
	if size < 0 {
		return 0, errors.New("binary.Decode: invalid type " + reflect.TypeOf(data).String())
	}
	if len(buf) < size {
		return 0, errBufferTooSmall
	}
	decode(buf[:size], order, data, v)
	return size, nil
}

func decode(buf []byte, order ByteOrder, data any, v reflect.Value) {
	switch p := data.(type) {
	case *uint8:
		*p = buf[0]
	case *int8:
		*p = int8(buf[0])
	case *uint16:
		*p = order.Uint16(buf)
	case *int16:
		*p = int16(order.Uint16(buf))
	case *uint32:
		*p = order.Uint32(buf)
	case *int32:
		*p = int32(order.Uint32(buf))
	case *uint64:
		*p = order.Uint64(buf)
	case *int64:
		*p = int64(order.Uint64(buf))
	case []uint8:
		copy(p, buf)
	case []uint16:
		for i := range p {
			p[i] = order.Uint16(buf[2*i:])
		}
	case []uint32:
		for i := range p {
			p[i] = order.Uint32(buf[4*i:])
		}
	case []int32:
		for i := range p {
			p[i] = int32(order.Uint32(buf[4*i:]))
		}
	case []uint64:
		for i := range p {
			p[i] = order.Uint64(buf[8*i:])
		}
	case []int64:
		for i := range p {
			p[i] = int64(order.Uint64(buf[8*i:]))
		}
	default:
		d := decoder{order, buf}
		d.value(v)
	}
}

type decoder struct {
	order ByteOrder
	buf   []byte
}

func (d *decoder) number(size uintptr) (x uint64) {
	switch size {
	case 1:
		x = uint64(d.buf[0])
	case 2:
		x = uint64(d.order.Uint16(d.buf))
	case 4:
		x = uint64(d.order.Uint32(d.buf))
	case 8:
		x = d.order.Uint64(d.buf)
	}
	d.buf = d.buf[size:]
	return x
}

func (d *decoder) float(size uintptr) float64 {
	if size == 4 {
		return float64(math.Float32frombits(uint32(d.number(4))))
	}
	return math.Float64frombits(d.number(8))
}

func (d *decoder) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Array, reflect.Slice:
		for i := range v.Len() {
			d.value(v.Index(i))
		}
	case reflect.Struct:
		t := v.Type()
		for i := range v.NumField() {
			// A blank field is room that stays as it is; other fields that cannot be set panic, as they should.
			if f := v.Field(i); f.CanSet() || t.Field(i).Name != "_" {
				d.value(f)
			} else if n := dataSize(f); n > 0 {
				d.buf = d.buf[n:]
			}
		}
	case reflect.Bool:
		v.SetBool(d.number(1) != 0)
	case reflect.Int8:
		v.SetInt(int64(int8(d.number(1))))
	case reflect.Int16:
		v.SetInt(int64(int16(d.number(2))))
	case reflect.Int32:
		v.SetInt(int64(int32(d.number(4))))
	case reflect.Int64:
		v.SetInt(int64(d.number(8)))
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(d.number(v.Type().Size()))
	case reflect.Float32, reflect.Float64:
		v.SetFloat(d.float(v.Type().Size()))
	case reflect.Complex64, reflect.Complex128:
		half := v.Type().Size() / 2
		re := d.float(half)
		v.SetComplex(complex(re, d.float(half)))
	}
}

// ---- writing ----

// Write writes a value of fixed size, a slice of such values, or what a pointer to one points to.
func Write(w io.Writer, order ByteOrder, data any) error {
	buf, ok := appendData(nil, order, data)
	if !ok {
		return errors.New("binary.Write: some values are not fixed-sized in type " + reflect.TypeOf(data).String())
	}
	_, err := w.Write(buf)
	return err
}

// Encode writes a value to the beginning of buf and returns how many bytes it took.
func Encode(buf []byte, order ByteOrder, data any) (int, error) {
	size := dataSize(reflect.Indirect(reflect.ValueOf(data)))
	if size < 0 {
		return 0, errors.New("binary.Encode: some values are not fixed-sized in type " + reflect.TypeOf(data).String())
	}
	if len(buf) < size {
		return 0, errBufferTooSmall
	}
	out, _ := appendData(nil, order, data)
	return copy(buf, out), nil
}

// Append appends the bytes of a value to buf.
func Append(buf []byte, order ByteOrder, data any) ([]byte, error) {
	out, ok := appendData(buf, order, data)
	if !ok {
		return nil, errors.New("binary.Append: some values are not fixed-sized in type " + reflect.TypeOf(data).String())
	}
	return out, nil
}

func appendData(buf []byte, order ByteOrder, data any) ([]byte, bool) {
	e := encoder{order, buf}
	switch x := data.(type) {
	case uint8:
		return append(buf, x), true
	case []byte:
		return append(buf, x...), true
	case uint16:
		e.number(uint64(x), 2)
	case uint32:
		e.number(uint64(x), 4)
	case int32:
		e.number(uint64(x), 4)
	case uint64:
		e.number(x, 8)
	case int64:
		e.number(uint64(x), 8)
	default:
		v := reflect.Indirect(reflect.ValueOf(data))
		size := dataSize(v)
		if size < 0 {
			return nil, false
		}
		e.buf = slices.Grow(e.buf, size)
		e.value(v)
	}
	return e.buf, true
}

type encoder struct {
	order ByteOrder
	buf   []byte
}

func (e *encoder) number(x uint64, size uintptr) {
	n := len(e.buf)
	e.buf = append(e.buf, 0, 0, 0, 0, 0, 0, 0, 0)
	switch to := e.buf[n:]; size {
	case 1:
		to[0] = byte(x)
	case 2:
		e.order.PutUint16(to, uint16(x))
	case 4:
		e.order.PutUint32(to, uint32(x))
	case 8:
		e.order.PutUint64(to, x)
	}
	e.buf = e.buf[:n+int(size)]
}

func (e *encoder) float(x float64, size uintptr) {
	if size == 4 {
		e.number(uint64(math.Float32bits(float32(x))), 4)
	} else {
		e.number(math.Float64bits(x), 8)
	}
}

func (e *encoder) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Array, reflect.Slice:
		for i := range v.Len() {
			e.value(v.Index(i))
		}
	case reflect.Struct:
		t := v.Type()
		for i := range v.NumField() {
			if f := v.Field(i); t.Field(i).Name != "_" {
				e.value(f)
			} else if n := dataSize(f); n > 0 {
				e.buf = append(e.buf, make([]byte, n)...)
			}
		}
	case reflect.Bool:
		var x uint64
		if v.Bool() {
			x = 1
		}
		e.number(x, 1)
	case reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		e.number(uint64(v.Int()), v.Type().Size())
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		e.number(v.Uint(), v.Type().Size())
	case reflect.Float32, reflect.Float64:
		e.float(v.Float(), v.Type().Size())
	case reflect.Complex64, reflect.Complex128:
		x, half := v.Complex(), v.Type().Size()/2
		e.float(real(x), half)
		e.float(imag(x), half)
	}
}

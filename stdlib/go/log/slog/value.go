package slog

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
	"unsafe"
)

// Kind is what a Value holds.
type Kind int

const (
	KindAny Kind = iota
	KindBool
	KindDuration
	KindFloat64
	KindInt64
	KindString
	KindTime
	KindUint64
	KindGroup
	KindLogValuer
)

var kindNames = [...]string{"Any", "Bool", "Duration", "Float64", "Int64", "String", "Time", "Uint64", "Group", "LogValuer"}

func (k Kind) String() string {
	if k >= 0 && int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "<unknown slog.Kind>"
}

// Value is a value of any type; small ones are held without an allocation. The zero Value is nil.
type Value struct {
	_   [0]func()
	num uint64 // a number, a length, or nanoseconds since 1970
	any any    // the value, or what num is
}

// What Value.any holds for values that are not held as they are.
type (
	numberKind Kind // num is the value
	textPtr    *byte
	groupPtr   *Attr
	instant    *time.Location // num is the time; nil is the zero time
	farTime    time.Time      // too far away for num
	heldKind   Kind           // a value of type Kind
)

// Kind returns what v holds.
func (v Value) Kind() Kind {
	switch x := v.any.(type) {
	case numberKind:
		return Kind(x)
	case textPtr:
		return KindString
	case groupPtr:
		return KindGroup
	case instant, farTime:
		return KindTime
	case LogValuer:
		return KindLogValuer
	case heldKind:
		return KindAny
	}
	return KindAny
}

func number(k Kind, num uint64) Value { return Value{num: num, any: numberKind(k)} }

// StringValue returns a Value of a string.
func StringValue(value string) Value {
	return Value{num: uint64(len(value)), any: textPtr(unsafe.StringData(value))}
}

// IntValue returns a Value of an int.
func IntValue(v int) Value { return Int64Value(int64(v)) }

// Int64Value returns a Value of an int64.
func Int64Value(v int64) Value { return number(KindInt64, uint64(v)) }

// Uint64Value returns a Value of a uint64.
func Uint64Value(v uint64) Value { return number(KindUint64, v) }

// Float64Value returns a Value of a float64.
func Float64Value(v float64) Value { return number(KindFloat64, math.Float64bits(v)) }

// BoolValue returns a Value of a bool.
func BoolValue(v bool) Value {
	if v {
		return number(KindBool, 1)
	}
	return number(KindBool, 0)
}

// DurationValue returns a Value of a time.Duration.
func DurationValue(v time.Duration) Value { return number(KindDuration, uint64(v)) }

// TimeValue returns a Value of a time, without its monotonic part.
func TimeValue(v time.Time) Value {
	if v.IsZero() {
		return Value{any: instant(nil)}
	}
	ns := v.UnixNano()
	if v.Equal(time.Unix(0, ns)) {
		return Value{num: uint64(ns), any: instant(v.Location())}
	}
	return Value{any: farTime(v.Round(0))}
}

// GroupValue returns a Value of a list of Attrs, without empty groups.
func GroupValue(as ...Attr) Value {
	if n := emptyGroups(as); n > 0 {
		as = slices.DeleteFunc(slices.Clone(as), func(a Attr) bool { return a.Value.isEmptyGroup() })
	}
	return Value{num: uint64(len(as)), any: groupPtr(unsafe.SliceData(as))}
}

func emptyGroups(as []Attr) (n int) {
	for _, a := range as {
		if a.Value.isEmptyGroup() {
			n++
		}
	}
	return
}

// AnyValue returns a Value of v, of the kind that fits its type.
func AnyValue(v any) Value {
	switch v := v.(type) {
	case string:
		return StringValue(v)
	case int:
		return Int64Value(int64(v))
	case int8:
		return Int64Value(int64(v))
	case int16:
		return Int64Value(int64(v))
	case int32:
		return Int64Value(int64(v))
	case int64:
		return Int64Value(v)
	case uint:
		return Uint64Value(uint64(v))
	case uint8:
		return Uint64Value(uint64(v))
	case uint16:
		return Uint64Value(uint64(v))
	case uint32:
		return Uint64Value(uint64(v))
	case uint64:
		return Uint64Value(v)
	case uintptr:
		return Uint64Value(uint64(v))
	case bool:
		return BoolValue(v)
	case float32:
		return Float64Value(float64(v))
	case float64:
		return Float64Value(v)
	case time.Duration:
		return DurationValue(v)
	case time.Time:
		return TimeValue(v)
	case []Attr:
		return GroupValue(v...)
	case Kind:
		return Value{any: heldKind(v)}
	case Value:
		return v
	}
	return Value{any: v}
}

// Any returns what v holds.
func (v Value) Any() any {
	switch v.Kind() {
	case KindString:
		return v.text()
	case KindInt64:
		return int64(v.num)
	case KindUint64:
		return v.num
	case KindFloat64:
		return math.Float64frombits(v.num)
	case KindBool:
		return v.num != 0
	case KindDuration:
		return time.Duration(v.num)
	case KindTime:
		return v.time()
	case KindGroup:
		return v.group()
	}
	if k, ok := v.any.(heldKind); ok {
		return Kind(k)
	}
	return v.any
}

func (v Value) text() string  { return unsafe.String((*byte)(v.any.(textPtr)), v.num) }
func (v Value) group() []Attr { return unsafe.Slice((*Attr)(v.any.(groupPtr)), v.num) }

func (v Value) time() time.Time {
	switch a := v.any.(type) {
	case instant:
		if a == nil {
			return time.Time{}
		}
		return time.Unix(0, int64(v.num)).In((*time.Location)(a))
	case farTime:
		return time.Time(a)
	}
	panic(fmt.Sprintf("bad time type %T", v.any))
}

func (v Value) want(k Kind) {
	if g := v.Kind(); g != k {
		panic(fmt.Sprintf("Value kind is %s, not %s", g, k))
	}
}

// String returns v as text, whatever its kind.
func (v Value) String() string {
	if v.Kind() == KindString {
		return v.text()
	}
	return string(v.append(nil))
}

// Int64 returns v as an int64, and panics if it is none.
func (v Value) Int64() int64 {
	v.want(KindInt64)
	return int64(v.num)
}

// Uint64 returns v as a uint64, and panics if it is none.
func (v Value) Uint64() uint64 {
	v.want(KindUint64)
	return v.num
}

// Bool returns v as a bool, and panics if it is none.
func (v Value) Bool() bool {
	v.want(KindBool)
	return v.num != 0
}

// Duration returns v as a time.Duration, and panics if it is none.
func (v Value) Duration() time.Duration {
	v.want(KindDuration)
	return time.Duration(v.num)
}

// Float64 returns v as a float64, and panics if it is none.
func (v Value) Float64() float64 {
	v.want(KindFloat64)
	return math.Float64frombits(v.num)
}

// Time returns v as a time, and panics if it is none.
func (v Value) Time() time.Time {
	v.want(KindTime)
	return v.time()
}

// LogValuer returns v as a LogValuer, and panics if it is none.
func (v Value) LogValuer() LogValuer { return v.any.(LogValuer) }

// Group returns v as a list of Attrs, and panics if it is none.
func (v Value) Group() []Attr {
	if _, ok := v.any.(groupPtr); !ok {
		panic("Group: bad kind")
	}
	return v.group()
}

// Equal reports whether v and w have the same kind and value.
func (v Value) Equal(w Value) bool {
	k := v.Kind()
	if k != w.Kind() {
		return false
	}
	switch k {
	case KindString:
		return v.text() == w.text()
	case KindFloat64:
		return v.Float64() == w.Float64()
	case KindTime:
		return v.time().Equal(w.time())
	case KindAny, KindLogValuer:
		return v.any == w.any
	case KindGroup:
		return slices.EqualFunc(v.group(), w.group(), Attr.Equal)
	}
	return v.num == w.num
}

func (v Value) isEmptyGroup() bool { return v.Kind() == KindGroup && v.num == 0 }

func (v Value) append(dst []byte) []byte {
	switch v.Kind() {
	case KindString:
		return append(dst, v.text()...)
	case KindInt64:
		return strconv.AppendInt(dst, int64(v.num), 10)
	case KindUint64:
		return strconv.AppendUint(dst, v.num, 10)
	case KindFloat64:
		return strconv.AppendFloat(dst, v.Float64(), 'g', -1, 64)
	case KindBool:
		return strconv.AppendBool(dst, v.num != 0)
	case KindDuration:
		return append(dst, time.Duration(v.num).String()...)
	case KindTime:
		return v.time().AppendFormat(dst, "2006-01-02 15:04:05.999999999 -0700 MST")
	case KindGroup:
		return fmt.Append(dst, v.group())
	}
	return fmt.Append(dst, v.any)
}

// LogValuer is a value that is logged as another one.
type LogValuer interface {
	LogValue() Value
}

// Resolve calls LogValue until v is no LogValuer. A panic, and one too many calls, give an error as the Value.
func (v Value) Resolve() (rv Value) {
	defer func() {
		if recover() != nil {
			rv = AnyValue(fmt.Errorf("LogValue panicked\n%s", stack(3, 5)))
		}
	}()
	orig := v
	for range 100 {
		if v.Kind() != KindLogValuer {
			return v
		}
		v = v.LogValuer().LogValue()
	}
	return AnyValue(fmt.Errorf("LogValue called too many times on Value of type %T", orig.Any()))
}

func stack(skip, most int) string {
	pcs := make([]uintptr, most+1)
	n := runtime.Callers(skip+1, pcs)
	if n == 0 {
		return "(no stack)"
	}
	frames := runtime.CallersFrames(pcs[:n])
	var b strings.Builder
	for i := 1; ; i++ {
		frame, more := frames.Next()
		fmt.Fprintf(&b, "called from %s (%s:%d)\n", frame.Function, frame.File, frame.Line)
		if !more {
			break
		}
		if i == most {
			b.WriteString("(rest of stack elided)\n")
			break
		}
	}
	return b.String()
}

// Attr is a key with a value.
type Attr struct {
	Key   string
	Value Value
}

// String returns an Attr of a string.
func String(key, value string) Attr { return Attr{key, StringValue(value)} }

// Int64 returns an Attr of an int64.
func Int64(key string, value int64) Attr { return Attr{key, Int64Value(value)} }

// Int returns an Attr of an int.
func Int(key string, value int) Attr { return Attr{key, IntValue(value)} }

// Uint64 returns an Attr of a uint64.
func Uint64(key string, v uint64) Attr { return Attr{key, Uint64Value(v)} }

// Float64 returns an Attr of a float64.
func Float64(key string, v float64) Attr { return Attr{key, Float64Value(v)} }

// Bool returns an Attr of a bool.
func Bool(key string, v bool) Attr { return Attr{key, BoolValue(v)} }

// Time returns an Attr of a time.
func Time(key string, v time.Time) Attr { return Attr{key, TimeValue(v)} }

// Duration returns an Attr of a time.Duration.
func Duration(key string, v time.Duration) Attr { return Attr{key, DurationValue(v)} }

// Group returns an Attr of Attrs, which are given as to Logger.Log.
func Group(key string, args ...any) Attr { return Attr{key, GroupValue(attrs(args)...)} }

// GroupAttrs returns an Attr of Attrs.
func GroupAttrs(key string, attrs ...Attr) Attr { return Attr{key, GroupValue(attrs...)} }

// Any returns an Attr of a value.
func Any(key string, value any) Attr { return Attr{key, AnyValue(value)} }

// Equal reports whether a and b have equal keys and values.
func (a Attr) Equal(b Attr) bool { return a.Key == b.Key && a.Value.Equal(b.Value) }

func (a Attr) String() string { return a.Key + "=" + a.Value.String() }

func (a Attr) isEmpty() bool { return a.Key == "" && a.Value.num == 0 && a.Value.any == nil }

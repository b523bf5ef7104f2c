package template

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// FuncMap has functions by the names under which templates call them. They return a value, or a value and an error.
type FuncMap map[string]any

func builtins() FuncMap {
	return FuncMap{
		"and": and, "or": and, "not": not, "call": emptyCall,
		"html": HTMLEscaper, "js": JSEscaper, "urlquery": URLQueryEscaper,
		"index": index, "slice": slice, "len": length,
		"print": fmt.Sprint, "printf": fmt.Sprintf, "println": fmt.Sprintln,
		"eq": eq, "ge": ge, "gt": gt, "le": le, "lt": lt, "ne": ne,
	}
}

var builtinFuncs = sync.OnceValue(func() map[string]reflect.Value {
	m := map[string]reflect.Value{}
	addValueFuncs(m, builtins())
	return m
})

func addValueFuncs(out map[string]reflect.Value, in FuncMap) {
	for name, fn := range in {
		if !goodName(name) {
			panic(fmt.Errorf("function name %q is not a valid identifier", name))
		}
		v := reflect.ValueOf(fn)
		if v.Kind() != reflect.Func {
			panic("value for " + name + " not a function")
		}
		if err := goodFunc(name, v.Type()); err != nil {
			panic(err)
		}
		out[name] = v
	}
}

// goodFunc wants one result, or two of which the second is an error.
func goodFunc(name string, t reflect.Type) error {
	switch n := t.NumOut(); {
	case n == 1, n == 2 && t.Out(1) == errorType:
		return nil
	case n == 2:
		return fmt.Errorf("invalid function signature for %s: second return value should be error; is %s", name, t.Out(1))
	default:
		return fmt.Errorf("function %s has %d return values; should be 1 or 2", name, n)
	}
}

func goodName(name string) bool {
	for i, r := range name {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return false
		}
	}
	return name != ""
}

func findFunction(name string, tmpl *Template) (v reflect.Value, builtin, ok bool) {
	if tmpl != nil && tmpl.common != nil {
		tmpl.mu.RLock()
		v = tmpl.execFuncs[name]
		tmpl.mu.RUnlock()
		if v.IsValid() {
			return v, false, true
		}
	}
	v = builtinFuncs()[name]
	return v, true, v.IsValid()
}

// prepareArg makes a value fit a type.
func prepareArg(v reflect.Value, t reflect.Type) (reflect.Value, error) {
	if !v.IsValid() {
		if !canBeNil(t) {
			return none, fmt.Errorf("value is nil; should be of type %s", t)
		}
		v = reflect.Zero(t)
	}
	if v.Type().AssignableTo(t) {
		return v, nil
	}
	if intLike(v.Kind()) && intLike(t.Kind()) && v.Type().ConvertibleTo(t) {
		return v.Convert(t), nil
	}
	return none, fmt.Errorf("value has type %s; should be %s", v.Type(), t)
}

func intLike(k reflect.Kind) bool { return reflect.Int <= k && k <= reflect.Uintptr }

// indexArg makes a value an index that is at most cap.
func indexArg(v reflect.Value, cap int) (int, error) {
	var x int64
	switch {
	case !v.IsValid():
		return 0, fmt.Errorf("cannot index slice/array with nil")
	case v.CanInt():
		x = v.Int()
	case v.CanUint():
		x = int64(v.Uint())
	default:
		return 0, fmt.Errorf("cannot index slice/array with type %s", v.Type())
	}
	if x < 0 || int(x) > cap {
		return 0, fmt.Errorf("index out of range: %d", x)
	}
	return int(x), nil
}

// index returns item[i][j]….
func index(item reflect.Value, indexes ...reflect.Value) (reflect.Value, error) {
	item = indirectInterface(item)
	if !item.IsValid() {
		return none, fmt.Errorf("index of untyped nil")
	}
	for _, i := range indexes {
		i = indirectInterface(i)
		var isNil bool
		if item, isNil = indirect(item); isNil {
			return none, fmt.Errorf("index of nil pointer")
		}
		switch item.Kind() {
		case reflect.Array, reflect.Slice, reflect.String:
			x, err := indexArg(i, item.Len())
			if err != nil {
				return none, err
			}
			item = item.Index(x)
		case reflect.Map:
			key, err := prepareArg(i, item.Type().Key())
			if err != nil {
				return none, err
			}
			if x := item.MapIndex(key); x.IsValid() {
				item = x
			} else {
				item = reflect.Zero(item.Type().Elem())
			}
		default:
			return none, fmt.Errorf("can't index item of type %s", item.Type())
		}
	}
	return item, nil
}

// slice returns item[i:j:k] with as many of them as there are.
func slice(item reflect.Value, indexes ...reflect.Value) (reflect.Value, error) {
	item = indirectInterface(item)
	if !item.IsValid() {
		return none, fmt.Errorf("slice of untyped nil")
	}
	item, isNil := indirect(item)
	if isNil {
		return none, fmt.Errorf("slice of nil pointer")
	}
	if len(indexes) > 3 {
		return none, fmt.Errorf("too many slice indexes: %d", len(indexes))
	}
	var cap int
	switch item.Kind() {
	case reflect.String:
		if len(indexes) == 3 {
			return none, fmt.Errorf("cannot 3-index slice a string")
		}
		cap = item.Len()
	case reflect.Array, reflect.Slice:
		cap = item.Cap()
	default:
		return none, fmt.Errorf("can't slice item of type %s", item.Type())
	}
	at := [3]int{0, item.Len()}
	for i, x := range indexes {
		n, err := indexArg(x, cap)
		if err != nil {
			return none, err
		}
		at[i] = n
	}
	if at[0] > at[1] {
		return none, fmt.Errorf("invalid slice index: %d > %d", at[0], at[1])
	}
	if len(indexes) < 3 {
		return item.Slice(at[0], at[1]), nil
	}
	if at[1] > at[2] {
		return none, fmt.Errorf("invalid slice index: %d > %d", at[1], at[2])
	}
	return item.Slice3(at[0], at[1], at[2]), nil
}

func length(item reflect.Value) (int, error) {
	item, isNil := indirect(item)
	if isNil {
		return 0, fmt.Errorf("len of nil pointer")
	}
	switch item.Kind() {
	case reflect.Array, reflect.Chan, reflect.Map, reflect.Slice, reflect.String:
		return item.Len(), nil
	}
	return 0, fmt.Errorf("len of type %s", item.Type())
}

// emptyCall and and stand for functions that the evaluation knows itself.
func emptyCall(fn reflect.Value, args ...reflect.Value) reflect.Value { panic("unreachable") }

func and(arg0 reflect.Value, args ...reflect.Value) reflect.Value { panic("unreachable") }

// call calls fn, whose text in the template is name.
func call(name string, fn reflect.Value, args ...reflect.Value) (reflect.Value, error) {
	fn = indirectInterface(fn)
	if !fn.IsValid() {
		return none, fmt.Errorf("call of nil")
	}
	t := fn.Type()
	if t.Kind() != reflect.Func {
		return none, fmt.Errorf("non-function %s of type %s", name, t)
	}
	if err := goodFunc(name, t); err != nil {
		return none, err
	}
	n := t.NumIn()
	if t.IsVariadic() {
		if len(args) < n-1 {
			return none, fmt.Errorf("wrong number of args for %s: got %d want at least %d", name, len(args), n-1)
		}
	} else if len(args) != n {
		return none, fmt.Errorf("wrong number of args for %s: got %d want %d", name, len(args), n)
	}
	argv := make([]reflect.Value, len(args))
	for i, a := range args {
		param := t.In(min(i, n-1))
		if t.IsVariadic() && i >= n-1 {
			param = param.Elem()
		}
		var err error
		if argv[i], err = prepareArg(indirectInterface(a), param); err != nil {
			return none, fmt.Errorf("arg %d: %w", i, err)
		}
	}
	return safeCall(fn, argv)
}

// safeCall calls a function; a panic in it is an error.
func safeCall(fun reflect.Value, args []reflect.Value) (v reflect.Value, err error) {
	defer func() {
		if r := recover(); r != nil {
			if e, ok := r.(error); ok {
				err = e
			} else {
				err = fmt.Errorf("%v", r)
			}
		}
	}()
	out := fun.Call(args)
	if len(out) == 2 && !out[1].IsNil() {
		return out[0], out[1].Interface().(error)
	}
	return out[0], nil
}

func truth(v reflect.Value) bool {
	t, _ := isTrue(indirectInterface(v))
	return t
}

func not(arg reflect.Value) bool { return !truth(arg) }

// ---- comparing ----

var errBadComparisonType = errors.New("invalid type for comparison")

// A basic is a group of kinds whose values are compared.
type basic int

const (
	noBasic basic = iota
	boolBasic
	complexBasic
	intBasic
	floatBasic
	stringBasic
	uintBasic
)

func basicOf(v reflect.Value) basic {
	switch {
	case v.Kind() == reflect.Bool:
		return boolBasic
	case v.Kind() == reflect.String:
		return stringBasic
	case v.CanInt():
		return intBasic
	case v.CanUint():
		return uintBasic
	case v.CanFloat():
		return floatBasic
	case v.CanComplex():
		return complexBasic
	}
	return noBasic
}

func isNil(v reflect.Value) bool {
	return !v.IsValid() || canBeNil(v.Type()) && v.Kind() != reflect.Struct && v.IsNil()
}

// equal compares two values.
func equal(a, b reflect.Value) (bool, error) {
	x, y := basicOf(a), basicOf(b)
	switch {
	case x == intBasic && y == uintBasic:
		return a.Int() >= 0 && uint64(a.Int()) == b.Uint(), nil
	case x == uintBasic && y == intBasic:
		return b.Int() >= 0 && a.Uint() == uint64(b.Int()), nil
	case x != y:
		if a.IsValid() && b.IsValid() {
			return false, fmt.Errorf("incompatible types for comparison: %v and %v", a.Type(), b.Type())
		}
		return false, nil
	}
	switch x {
	case boolBasic:
		return a.Bool() == b.Bool(), nil
	case complexBasic:
		return a.Complex() == b.Complex(), nil
	case floatBasic:
		return a.Float() == b.Float(), nil
	case intBasic:
		return a.Int() == b.Int(), nil
	case stringBasic:
		return a.String() == b.String(), nil
	case uintBasic:
		return a.Uint() == b.Uint(), nil
	}
	if a.Kind() != b.Kind() && a.IsValid() && b.IsValid() {
		return false, fmt.Errorf("non-comparable types %s: %v, %s: %v", a, a.Type(), b.Type(), b)
	}
	if isNil(a) || isNil(b) {
		return isNil(a) == isNil(b), nil
	}
	if !b.Type().Comparable() {
		return false, fmt.Errorf("non-comparable type %s: %v", b, b.Type())
	}
	return a.Interface() == b.Interface(), nil
}

// eq reports whether a is equal to one of the others.
func eq(a reflect.Value, others ...reflect.Value) (bool, error) {
	a = indirectInterface(a)
	if len(others) == 0 {
		return false, errNoArgument
	}
	for _, b := range others {
		if same, err := equal(a, indirectInterface(b)); same || err != nil {
			return same, err
		}
	}
	return false, nil
}

func ne(a, b reflect.Value) (bool, error) {
	same, err := eq(a, b)
	return !same, err
}

func lt(a, b reflect.Value) (bool, error) {
	a, b = indirectInterface(a), indirectInterface(b)
	x, y := basicOf(a), basicOf(b)
	switch {
	case x == noBasic || y == noBasic:
		return false, errBadComparisonType
	case x == intBasic && y == uintBasic:
		return a.Int() < 0 || uint64(a.Int()) < b.Uint(), nil
	case x == uintBasic && y == intBasic:
		return b.Int() >= 0 && a.Uint() < uint64(b.Int()), nil
	case x != y:
		return false, fmt.Errorf("incompatible types for comparison: %v and %v", a.Type(), b.Type())
	}
	switch x {
	case floatBasic:
		return a.Float() < b.Float(), nil
	case intBasic:
		return a.Int() < b.Int(), nil
	case stringBasic:
		return a.String() < b.String(), nil
	case uintBasic:
		return a.Uint() < b.Uint(), nil
	}
	return false, errBadComparisonType
}

func le(a, b reflect.Value) (bool, error) {
	if less, err := lt(a, b); less || err != nil {
		return less, err
	}
	return eq(a, b)
}

func gt(a, b reflect.Value) (bool, error) {
	lessOrEqual, err := le(a, b)
	return err == nil && !lessOrEqual, err
}

func ge(a, b reflect.Value) (bool, error) {
	less, err := lt(a, b)
	return err == nil && !less, err
}

// ---- escaping ----

var htmlReplacer = strings.NewReplacer("\000", "\uFFFD", `"`, "&#34;", "'", "&#39;", "&", "&amp;", "<", "&lt;", ">", "&gt;")

// HTMLEscape writes b without characters that mean something in HTML.
func HTMLEscape(w io.Writer, b []byte) { io.WriteString(w, HTMLEscapeString(string(b))) }

// HTMLEscapeString returns s without characters that mean something in HTML.
func HTMLEscapeString(s string) string { return htmlReplacer.Replace(s) }

// HTMLEscaper returns what its arguments print without characters that mean something in HTML.
func HTMLEscaper(args ...any) string { return HTMLEscapeString(printed(args)) }

// JSEscape writes b as it may stand in a string of JavaScript.
func JSEscape(w io.Writer, b []byte) { io.WriteString(w, JSEscapeString(string(b))) }

// JSEscapeString returns s as it may stand in a string of JavaScript.
func JSEscapeString(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\\' || r == '\'' || r == '"':
			b.WriteByte('\\')
			b.WriteByte(byte(r))
		case r == '<' || r == '>' || r == '&' || r == '=' || r < ' ':
			fmt.Fprintf(&b, "\\u%04X", r)
		case r < utf8.RuneSelf || unicode.IsPrint(r):
			b.WriteString(s[i : i+n])
		default:
			fmt.Fprintf(&b, "\\u%04X", r)
		}
		i += n
	}
	return b.String()
}

// JSEscaper returns what its arguments print as it may stand in a string of JavaScript.
func JSEscaper(args ...any) string { return JSEscapeString(printed(args)) }

// URLQueryEscaper returns what its arguments print as it may stand in the query of an address.
func URLQueryEscaper(args ...any) string { return url.QueryEscape(printed(args)) }

// printed is fmt.Sprint, but for pointers, which print what they point to.
func printed(args []any) string {
	if len(args) == 1 {
		if s, ok := args[0].(string); ok {
			return s
		}
	}
	for i, a := range args {
		if x, ok := printable(reflect.ValueOf(a)); ok {
			args[i] = x
		}
	}
	return fmt.Sprint(args...)
}

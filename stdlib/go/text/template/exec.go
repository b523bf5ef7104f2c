package template

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"text/template/parse"
)

// Templates that use themselves without end are stopped here.
const maxExecDepth = 100000

// A state is an execution of a template.
type state struct {
	tmpl  *Template
	wr    io.Writer
	node  parse.Node // where we are, for errors
	vars  []variable
	depth int
	loop  loopState
}

type variable struct {
	name  string
	value reflect.Value
}

// A loopState says whether the rest of a loop's body, or the whole loop, is left out.
type loopState int

const (
	running loopState = iota
	breaking
	continuing
)

func (s *state) pop(mark int) { s.vars = s.vars[:mark] }

func (s *state) find(name string) *variable {
	for i := len(s.vars) - 1; i >= 0; i-- {
		if s.vars[i].name == name {
			return &s.vars[i]
		}
	}
	s.errorf("undefined variable: %s", name)
	return nil
}

var none reflect.Value

type noFinal struct{}

// missing is the last argument of a function at the beginning of a pipeline: there is none.
var missing = reflect.ValueOf(noFinal{})

var missingType = reflect.TypeFor[noFinal]()

func isMissing(v reflect.Value) bool { return v.IsValid() && v.Type() == missingType }

// ExecError is what Execute returns, unless writing failed.
type ExecError struct {
	Name string // of the template
	Err  error
}

func (e ExecError) Error() string { return e.Err.Error() }

func (e ExecError) Unwrap() error { return e.Err }

func (s *state) at(n parse.Node) { s.node = n }

func doublePercent(s string) string { return strings.ReplaceAll(s, "%", "%%") }

func (s *state) errorf(format string, args ...any) {
	name := doublePercent(s.tmpl.Name())
	if s.node == nil {
		format = fmt.Sprintf("template: %s: %s", name, format)
	} else {
		location, context := s.tmpl.ErrorContext(s.node)
		format = fmt.Sprintf("template: %s: executing %q at <%s>: %s", location, name, doublePercent(context), format)
	}
	panic(ExecError{s.tmpl.Name(), fmt.Errorf(format, args...)})
}

// writeError is an error of the writer, which is returned as it is.
type writeError struct{ err error }

// ExecuteTemplate executes the template of that name.
func (t *Template) ExecuteTemplate(wr io.Writer, name string, data any) error {
	n := t.Lookup(name)
	if n == nil {
		return fmt.Errorf("template: no template %q associated with template %q", name, t.name)
	}
	return n.Execute(wr, data)
}

// Execute writes the template with data to wr. On an error something may have been written.
func (t *Template) Execute(wr io.Writer, data any) (err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case runtime.Error:
			panic(e)
		case writeError:
			err = e.err
		case ExecError:
			err = e
		default:
			panic(e)
		}
	}()
	value, ok := data.(reflect.Value)
	if !ok {
		value = reflect.ValueOf(data)
	}
	s := &state{tmpl: t, wr: wr, vars: []variable{{"$", value}}}
	if t.Tree == nil || t.Root == nil {
		s.errorf("%q is an incomplete or empty template", t.Name())
	}
	s.walk(value, t.Root)
	return nil
}

// ---- nodes ----

func (s *state) walk(dot reflect.Value, n parse.Node) {
	s.at(n)
	switch n := n.(type) {
	case *parse.ActionNode:
		v := s.pipeline(dot, n.Pipe)
		if len(n.Pipe.Decl) == 0 {
			s.print(n, v)
		}
	case *parse.BreakNode:
		s.loop = breaking
	case *parse.ContinueNode:
		s.loop = continuing
	case *parse.CommentNode:
	case *parse.IfNode:
		s.condition(false, dot, &n.BranchNode)
	case *parse.WithNode:
		s.condition(true, dot, &n.BranchNode)
	case *parse.ListNode:
		for _, x := range n.Nodes {
			if s.walk(dot, x); s.loop != running {
				return
			}
		}
	case *parse.RangeNode:
		s.ranging(dot, n)
	case *parse.TemplateNode:
		s.template(dot, n)
	case *parse.TextNode:
		if _, err := s.wr.Write(n.Text); err != nil {
			panic(writeError{err})
		}
	default:
		s.errorf("unknown node: %s", n)
	}
}

func (s *state) condition(with bool, dot reflect.Value, b *parse.BranchNode) {
	mark := len(s.vars)
	v := s.pipeline(dot, b.Pipe)
	truth, ok := isTrue(indirectInterface(v))
	switch {
	case !ok:
		s.errorf("if/with can't use %v", v)
	case truth && with:
		s.walk(v, b.List)
	case truth:
		s.walk(dot, b.List)
	case b.ElseList != nil:
		s.walk(dot, b.ElseList)
	}
	s.pop(mark)
}

// IsTrue reports whether a value is not the zero of its type, or not empty, and whether that means something.
func IsTrue(val any) (truth, ok bool) { return isTrue(reflect.ValueOf(val)) }

func isTrue(v reflect.Value) (truth, ok bool) {
	switch v.Kind() {
	case reflect.Invalid:
		return false, true
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() > 0, true
	case reflect.Struct:
		return true, true
	case reflect.Float32, reflect.Float64:
		return v.Float() != 0, true // -0 is not true
	case reflect.Complex64, reflect.Complex128:
		return v.Complex() != 0, true
	}
	return !v.IsZero(), true
}

// ranging executes a range.
func (s *state) ranging(dot reflect.Value, r *parse.RangeNode) {
	s.at(r)
	outer := len(s.vars)
	v, _ := indirect(s.pipeline(dot, r.Pipe))
	mark := len(s.vars)
	decl := r.Pipe.Decl
	ran := false
	// one executes the body; it reports whether to go on.
	one := func(index, elem reflect.Value) bool {
		ran = true
		switch {
		case len(decl) == 0:
		case r.Pipe.IsAssign && len(decl) > 1:
			s.find(decl[0].Ident[0]).value = index
			s.find(decl[1].Ident[0]).value = elem
		case r.Pipe.IsAssign:
			s.find(decl[0].Ident[0]).value = elem
		default:
			s.vars[len(s.vars)-1].value = elem
			if len(decl) > 1 {
				s.vars[len(s.vars)-2].value = index
			}
		}
		s.walk(elem, r.List)
		s.pop(mark)
		stop := s.loop == breaking
		s.loop = running
		return !stop
	}
	switch k := v.Kind(); {
	case k == reflect.Array || k == reflect.Slice:
		for i := 0; i < v.Len() && one(reflect.ValueOf(i), v.Index(i)); i++ {
		}
	case k == reflect.Map:
		for _, key := range sortedKeys(v) {
			if !one(key, v.MapIndex(key)) {
				break
			}
		}
	case k == reflect.Chan:
		if v.IsNil() {
			break
		}
		if v.Type().ChanDir() == reflect.SendDir {
			s.errorf("range over send-only channel %v", v)
		}
		for i := 0; ; i++ {
			elem, ok := v.Recv()
			if !ok || !one(reflect.ValueOf(i), elem) {
				break
			}
		}
	case k == reflect.Invalid:
	case v.CanInt() || v.CanUint():
		if len(decl) > 1 {
			s.errorf("can't use %v to iterate over more than one variable", v)
		}
		for x := range v.Seq() {
			if !one(none, x) {
				break
			}
		}
	case k == reflect.Func && v.Type().CanSeq():
		if len(decl) > 1 {
			s.errorf("can't use %v iterate over more than one variable", v)
		}
		for x := range v.Seq() {
			if !one(none, x) {
				break
			}
		}
	case k == reflect.Func && v.Type().CanSeq2():
		for i, x := range v.Seq2() {
			if len(decl) <= 1 {
				i, x = none, i
			}
			if !one(i, x) {
				break
			}
		}
	default:
		s.errorf("range can't iterate over %v", v)
	}
	s.pop(outer)
	if !ran && r.ElseList != nil {
		s.walk(dot, r.ElseList)
	}
}

// sortedKeys returns the keys of a map in the order in which fmt prints them.
func sortedKeys(m reflect.Value) []reflect.Value {
	keys := m.MapKeys()
	slices.SortStableFunc(keys, compareKeys)
	return keys
}

func compareKeys(a, b reflect.Value) int {
	if a.Type() != b.Type() {
		return -1
	}
	switch {
	case a.CanInt():
		return cmp.Compare(a.Int(), b.Int())
	case a.CanUint():
		return cmp.Compare(a.Uint(), b.Uint())
	case a.CanFloat():
		return cmp.Compare(a.Float(), b.Float())
	case a.CanComplex():
		x, y := a.Complex(), b.Complex()
		return cmp.Or(cmp.Compare(real(x), real(y)), cmp.Compare(imag(x), imag(y)))
	}
	switch a.Kind() {
	case reflect.String:
		return strings.Compare(a.String(), b.String())
	case reflect.Bool:
		switch {
		case a.Bool() == b.Bool():
			return 0
		case b.Bool():
			return -1
		}
		return 1
	case reflect.Pointer, reflect.UnsafePointer, reflect.Chan:
		return cmp.Compare(a.Pointer(), b.Pointer())
	case reflect.Struct:
		for i := range a.NumField() {
			if c := compareKeys(a.Field(i), b.Field(i)); c != 0 {
				return c
			}
		}
	case reflect.Array:
		for i := range a.Len() {
			if c := compareKeys(a.Index(i), b.Index(i)); c != 0 {
				return c
			}
		}
	case reflect.Interface:
		switch {
		case a.IsNil() && b.IsNil():
			return 0
		case a.IsNil():
			return -1
		case b.IsNil():
			return 1
		}
		x, y := a.Elem(), b.Elem()
		if x.Type() != y.Type() {
			return cmp.Compare(x.Type().String(), y.Type().String())
		}
		return compareKeys(x, y)
	}
	return 0
}

func (s *state) template(dot reflect.Value, n *parse.TemplateNode) {
	tmpl := s.tmpl.Lookup(n.Name)
	if tmpl == nil {
		s.errorf("template %q not defined", n.Name)
	}
	if s.depth == maxExecDepth {
		s.errorf("exceeded maximum template depth (%v)", maxExecDepth)
	}
	dot = s.pipeline(dot, n.Pipe)
	inner := state{tmpl: tmpl, wr: s.wr, node: s.node, vars: []variable{{"$", dot}}, depth: s.depth + 1}
	inner.walk(dot, tmpl.Root)
}

// ---- values ----

func (s *state) pipeline(dot reflect.Value, pipe *parse.PipeNode) reflect.Value {
	if pipe == nil {
		return none
	}
	s.at(pipe)
	value := missing
	for _, cmd := range pipe.Cmds {
		value = s.command(dot, cmd, value)
		if value.Kind() == reflect.Interface && value.Type().NumMethod() == 0 {
			value = value.Elem()
		}
	}
	for _, v := range pipe.Decl {
		if pipe.IsAssign {
			s.find(v.Ident[0]).value = value
		} else {
			s.vars = append(s.vars, variable{v.Ident[0], value})
		}
	}
	return value
}

func (s *state) notFunction(args []parse.Node, final reflect.Value) {
	if len(args) > 1 || !isMissing(final) {
		s.errorf("can't give argument to non-function %s", args[0])
	}
}

func (s *state) command(dot reflect.Value, cmd *parse.CommandNode, final reflect.Value) reflect.Value {
	first := cmd.Args[0]
	switch n := first.(type) {
	case *parse.FieldNode:
		return s.fieldNode(dot, n, cmd.Args, final)
	case *parse.ChainNode:
		return s.chainNode(dot, n, cmd.Args, final)
	case *parse.IdentifierNode:
		return s.function(dot, n, cmd, cmd.Args, final)
	case *parse.PipeNode:
		s.notFunction(cmd.Args, final)
		return s.pipeline(dot, n)
	case *parse.VariableNode:
		return s.variableNode(dot, n, cmd.Args, final)
	}
	s.at(first)
	s.notFunction(cmd.Args, final)
	switch n := first.(type) {
	case *parse.BoolNode:
		return reflect.ValueOf(n.True)
	case *parse.DotNode:
		return dot
	case *parse.NilNode:
		s.errorf("nil is not a command")
	case *parse.NumberNode:
		return s.constant(n)
	case *parse.StringNode:
		return reflect.ValueOf(n.Text)
	}
	s.errorf("can't evaluate command %q", first)
	return none
}

// constant gives a number the type that it has by its looks.
func (s *state) constant(n *parse.NumberNode) reflect.Value {
	s.at(n)
	hex := len(n.Text) > 2 && n.Text[0] == '0' && (n.Text[1] == 'x' || n.Text[1] == 'X') && !strings.ContainsAny(n.Text, "pP")
	switch {
	case n.IsComplex:
		return reflect.ValueOf(n.Complex128)
	case n.IsFloat && !hex && n.Text[0] != '\'' && strings.ContainsAny(n.Text, ".eEpP"):
		return reflect.ValueOf(n.Float64)
	case n.IsInt:
		return reflect.ValueOf(int(n.Int64))
	case n.IsUint:
		s.errorf("%s overflows int", n.Text)
	}
	return none
}

func (s *state) fieldNode(dot reflect.Value, n *parse.FieldNode, args []parse.Node, final reflect.Value) reflect.Value {
	s.at(n)
	return s.fields(dot, dot, n, n.Ident, args, final)
}

func (s *state) chainNode(dot reflect.Value, n *parse.ChainNode, args []parse.Node, final reflect.Value) reflect.Value {
	s.at(n)
	if len(n.Field) == 0 {
		s.errorf("internal error: no fields in evalChainNode")
	}
	if n.Node.Type() == parse.NodeNil {
		s.errorf("indirection through explicit nil in %s", n)
	}
	return s.fields(dot, s.argument(dot, nil, n.Node), n, n.Field, args, final)
}

func (s *state) variableNode(dot reflect.Value, n *parse.VariableNode, args []parse.Node, final reflect.Value) reflect.Value {
	s.at(n)
	v := s.find(n.Ident[0]).value
	if len(n.Ident) == 1 {
		s.notFunction(args, final)
		return v
	}
	return s.fields(dot, v, n, n.Ident[1:], args, final)
}

// fields evaluates .A.B.C of a receiver; the last may be a method with arguments.
func (s *state) fields(dot, receiver reflect.Value, n parse.Node, names []string, args []parse.Node, final reflect.Value) reflect.Value {
	last := len(names) - 1
	for _, name := range names[:last] {
		receiver = s.field(dot, name, n, nil, missing, receiver)
	}
	return s.field(dot, names[last], n, args, final, receiver)
}

func (s *state) function(dot reflect.Value, n *parse.IdentifierNode, cmd parse.Node, args []parse.Node, final reflect.Value) reflect.Value {
	s.at(n)
	f, builtin, ok := findFunction(n.Ident, s.tmpl)
	if !ok {
		s.errorf("%q is not a defined function", n.Ident)
	}
	return s.call(dot, f, builtin, cmd, n.Ident, args, final)
}

// field evaluates a method, a field or an entry of a map.
func (s *state) field(dot reflect.Value, name string, n parse.Node, args []parse.Node, final, receiver reflect.Value) reflect.Value {
	if !receiver.IsValid() {
		if s.tmpl.missingKey == mapError {
			s.errorf("nil data; no entry for key %q", name)
		}
		return none
	}
	typ := receiver.Type()
	receiver, isNil := indirect(receiver)
	if receiver.Kind() == reflect.Interface && isNil {
		s.errorf("nil pointer evaluating %s.%s", typ, name)
	}
	ptr := receiver
	if ptr.Kind() != reflect.Interface && ptr.Kind() != reflect.Pointer && ptr.CanAddr() {
		ptr = ptr.Addr() // it has the methods of the value too
	}
	if m := ptr.MethodByName(name); m.IsValid() {
		return s.call(dot, m, false, n, name, args, final)
	}
	hasArgs := len(args) > 1 || !isMissing(final)
	switch receiver.Kind() {
	case reflect.Struct:
		sf, ok := receiver.Type().FieldByName(name)
		if !ok {
			break
		}
		f, err := receiver.FieldByIndexErr(sf.Index)
		switch {
		case !sf.IsExported():
			s.errorf("%s is an unexported field of struct type %s", name, typ)
		case err != nil:
			s.errorf("%v", err)
		case hasArgs:
			s.errorf("%s has arguments but cannot be invoked as function", name)
		}
		return f
	case reflect.Map:
		key := reflect.ValueOf(name)
		if !key.Type().AssignableTo(receiver.Type().Key()) {
			break
		}
		if hasArgs {
			s.errorf("%s is not a method but has arguments", name)
		}
		v := receiver.MapIndex(key)
		if !v.IsValid() {
			switch s.tmpl.missingKey {
			case mapZero:
				v = reflect.Zero(receiver.Type().Elem())
			case mapError:
				s.errorf("map has no entry for key %q", name)
			}
		}
		return v
	case reflect.Pointer:
		elem := receiver.Type().Elem()
		if elem.Kind() == reflect.Struct {
			if _, ok := elem.FieldByName(name); !ok {
				break
			}
		}
		if isNil {
			s.errorf("nil pointer evaluating %s.%s", typ, name)
		}
	}
	s.errorf("can't evaluate field %s in type %s", name, typ)
	return none
}

var (
	errorType    = reflect.TypeFor[error]()
	stringerType = reflect.TypeFor[fmt.Stringer]()
	valueType    = reflect.TypeFor[reflect.Value]()
)

// unwrap undoes what functions with results of type reflect.Value do.
func unwrap(v reflect.Value) reflect.Value {
	if v.Type() == valueType {
		return v.Interface().(reflect.Value)
	}
	return v
}

// call calls a function or bound method. args[0] is itself; final is the value of the pipeline so far.
func (s *state) call(dot, fun reflect.Value, builtin bool, n parse.Node, name string, args []parse.Node, final reflect.Value) reflect.Value {
	if args != nil {
		args = args[1:]
	}
	typ := fun.Type()
	count := len(args)
	if !isMissing(final) {
		count++
	}
	fixed := len(args)
	if typ.IsVariadic() {
		fixed = typ.NumIn() - 1
		if count < fixed {
			s.errorf("wrong number of args for %s: want at least %d got %d", name, typ.NumIn()-1, len(args))
		}
	} else if count != typ.NumIn() {
		s.errorf("wrong number of args for %s: want %d got %d", name, typ.NumIn(), count)
	}
	if err := goodFunc(name, typ); err != nil {
		s.errorf("%v", err)
	}
	if builtin && (name == "and" || name == "or") {
		return s.shortCircuit(dot, typ.In(0), name == "or", args, final)
	}
	argv := make([]reflect.Value, 0, count+1)
	param := func(i int) reflect.Type {
		if typ.IsVariadic() && i >= typ.NumIn()-1 {
			return typ.In(typ.NumIn() - 1).Elem()
		}
		return typ.In(i)
	}
	for i, a := range args {
		argv = append(argv, s.argument(dot, param(i), a))
	}
	if !isMissing(final) {
		t := typ.In(typ.NumIn() - 1)
		if typ.IsVariadic() {
			t = param(count - 1)
		}
		argv = append(argv, s.valid(final, t))
	}
	if builtin && name == "call" {
		callee := final
		text := ""
		if len(args) == 0 {
			text = callee.String()
		} else {
			text = args[0].String()
		}
		argv = slices.Insert(argv, 0, reflect.ValueOf(text))
		fun = reflect.ValueOf(call)
	}
	v, err := safeCall(fun, argv)
	if err != nil {
		s.at(n)
		s.errorf("error calling %s: %w", name, err)
	}
	return unwrap(v)
}

// shortCircuit evaluates arguments of and, or up to the one that decides.
func (s *state) shortCircuit(dot reflect.Value, t reflect.Type, or bool, args []parse.Node, final reflect.Value) reflect.Value {
	var v reflect.Value
	for _, a := range args {
		v = s.argument(dot, t, a).Interface().(reflect.Value)
		if truth(v) == or {
			return v
		}
	}
	if !isMissing(final) {
		v = unwrap(s.valid(final, t))
	}
	return v
}

func canBeNil(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Chan, reflect.Func, reflect.Interface, reflect.Map, reflect.Pointer, reflect.Slice:
		return true
	}
	return t == valueType
}

// valid makes a value assignable to a type, if one step of indirection is enough. No type means any.
func (s *state) valid(v reflect.Value, t reflect.Type) reflect.Value {
	if !v.IsValid() {
		switch {
		case t == nil:
			return none
		case canBeNil(t):
			return reflect.Zero(t)
		}
		s.errorf("invalid value; expected %s", t)
	}
	if t == valueType && v.Type() != t {
		return reflect.ValueOf(v)
	}
	if t == nil || v.Type().AssignableTo(t) {
		return v
	}
	if v.Kind() == reflect.Interface && !v.IsNil() {
		if v = v.Elem(); v.Type().AssignableTo(t) {
			return v
		}
	}
	switch {
	case v.Kind() == reflect.Pointer && v.Type().Elem().AssignableTo(t):
		if v = v.Elem(); !v.IsValid() {
			s.errorf("dereference of nil pointer of type %s", t)
		}
	case reflect.PointerTo(v.Type()).AssignableTo(t) && v.CanAddr():
		v = v.Addr()
	default:
		s.errorf("wrong type for value; expected %s; got %s", t, v.Type())
	}
	return v
}

// argument evaluates an argument for a parameter of type t.
func (s *state) argument(dot reflect.Value, t reflect.Type, n parse.Node) reflect.Value {
	s.at(n)
	switch a := n.(type) {
	case *parse.DotNode:
		return s.valid(dot, t)
	case *parse.NilNode:
		if !canBeNil(t) {
			s.errorf("cannot assign nil to %s", t)
		}
		return reflect.Zero(t)
	case *parse.FieldNode:
		return s.valid(s.fieldNode(dot, a, []parse.Node{n}, missing), t)
	case *parse.VariableNode:
		return s.valid(s.variableNode(dot, a, nil, missing), t)
	case *parse.PipeNode:
		return s.valid(s.pipeline(dot, a), t)
	case *parse.IdentifierNode:
		return s.valid(s.function(dot, a, a, nil, missing), t)
	case *parse.ChainNode:
		return s.valid(s.chainNode(dot, a, nil, missing), t)
	}
	// What is left is a constant.
	number, _ := n.(*parse.NumberNode)
	v := reflect.New(t).Elem()
	switch k := t.Kind(); {
	case k == reflect.Bool:
		b, ok := n.(*parse.BoolNode)
		if !ok {
			s.errorf("expected bool; found %s", n)
		}
		v.SetBool(b.True)
	case k == reflect.String:
		str, ok := n.(*parse.StringNode)
		if !ok {
			s.errorf("expected string; found %s", n)
		}
		v.SetString(str.Text)
	case v.CanInt():
		if number == nil || !number.IsInt {
			s.errorf("expected integer; found %s", n)
		}
		v.SetInt(number.Int64)
	case v.CanUint():
		if number == nil || !number.IsUint {
			s.errorf("expected unsigned integer; found %s", n)
		}
		v.SetUint(number.Uint64)
	case v.CanFloat():
		if number == nil || !number.IsFloat {
			s.errorf("expected float; found %s", n)
		}
		v.SetFloat(number.Float64)
	case v.CanComplex():
		if number == nil || !number.IsComplex {
			s.errorf("expected complex; found %s", n)
		}
		v.SetComplex(number.Complex128)
	case t == valueType:
		return reflect.ValueOf(s.untyped(n))
	case k == reflect.Interface && t.NumMethod() == 0:
		return s.untyped(n)
	default:
		s.errorf("can't handle %s for arg of type %s", n, t)
	}
	return v
}

// untyped evaluates a constant for a parameter that takes anything.
func (s *state) untyped(n parse.Node) reflect.Value {
	switch n := n.(type) {
	case *parse.BoolNode:
		return reflect.ValueOf(n.True)
	case *parse.NumberNode:
		return s.constant(n)
	case *parse.StringNode:
		return reflect.ValueOf(n.Text)
	}
	s.errorf("can't handle assignment of %s to empty interface argument", n)
	return none
}

// indirect follows pointers and interfaces to what they hold, or to the one that is nil.
func indirect(v reflect.Value) (rv reflect.Value, isNil bool) {
	for ; v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface; v = v.Elem() {
		if v.IsNil() {
			return v, true
		}
	}
	return v, false
}

// indirectInterface returns what an interface holds.
func indirectInterface(v reflect.Value) reflect.Value {
	if v.Kind() != reflect.Interface {
		return v
	}
	return v.Elem()
}

func (s *state) print(n parse.Node, v reflect.Value) {
	s.at(n)
	x, ok := printable(v)
	if !ok {
		s.errorf("can't print %s of type %s", n, v.Type())
	}
	if _, err := fmt.Fprint(s.wr, x); err != nil {
		panic(writeError{err})
	}
}

// printable returns what fmt is to print for a value.
func printable(v reflect.Value) (any, bool) {
	if v.Kind() == reflect.Pointer {
		v, _ = indirect(v)
	}
	if !v.IsValid() {
		return "<no value>", true
	}
	prints := func(t reflect.Type) bool { return t.Implements(errorType) || t.Implements(stringerType) }
	if !prints(v.Type()) {
		if v.CanAddr() && prints(reflect.PointerTo(v.Type())) {
			v = v.Addr()
		} else if k := v.Kind(); k == reflect.Chan || k == reflect.Func {
			return nil, false
		}
	}
	return v.Interface(), true
}

var errNoArgument = errors.New("missing argument for comparison")

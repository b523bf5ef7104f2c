package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"sort"
	"strings"
)

type Inner struct {
	A int `json:"a" xml:"x,attr"`
	b string
}

func (i Inner) Hello(n int, s ...string) string { return fmt.Sprint("hello ", i.A, n, s) }
func (i *Inner) Set(v int)                      { i.A = v }
func (i Inner) hidden()                         {}

type Outer struct {
	Inner
	*strings.Builder `tag:"b"`
	M                map[string][]int
	F                func(int) error
	I                io.Reader
	C                chan<- int
	Arr              [3]uint8
	U                uintptr
	priv             float64
	Any              any
}

type Num int

func (n Num) String() string { return fmt.Sprintf("Num(%d)", int(n)) }

type Tree[T any] struct {
	L, R *Tree[T]
	V    T
}

func (t *Tree[T]) Walk(f func(T)) {}

type St interface{ String() string }

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Printf("%s panic: %v (%T)\n", name, r, r)
		}
	}()
	f()
}

func describe(t reflect.Type) {
	fmt.Println(t, "|", t.Name(), "|", t.PkgPath(), "|", t.Kind(), t.Size(), t.Align(), t.FieldAlign(), t.NumMethod(), t.Comparable())
	switch t.Kind() {
	case reflect.Struct:
		for i := 0; i < t.NumField(); i++ {
			f := t.Field(i)
			fmt.Println("  field", f.Name, f.Type, f.Tag, f.Offset, f.Index, f.Anonymous, f.PkgPath, f.IsExported())
		}
		for _, f := range reflect.VisibleFields(t) {
			fmt.Print(" ", f.Name, f.Index)
		}
		fmt.Println()
	case reflect.Func:
		fmt.Println("  ", t.NumIn(), t.NumOut(), t.IsVariadic())
	case reflect.Array:
		fmt.Println("  ", t.Len(), t.Elem())
	case reflect.Map:
		fmt.Println("  ", t.Key(), t.Elem())
	case reflect.Chan:
		fmt.Println("  ", t.ChanDir(), t.Elem())
	}
	for i := 0; i < t.NumMethod(); i++ {
		m := t.Method(i)
		fmt.Println("  method", m.Name, m.Type, m.Index, m.PkgPath)
	}
}

func main() {
	for _, v := range []any{1, int8(2), "s", 1.5, 2i, true, []int{1}, [2]string{}, map[string]int{}, make(chan int), Inner{}, &Inner{}, Outer{}, &Outer{}, Num(3), new(Num), func(int, ...string) (bool, error) { return false, nil }, &Tree[int]{}, Tree[map[string]Num]{}, struct {
		X int `k:"v"`
		y int
	}{}, (*io.Reader)(nil), errors.New("x"), (*St)(nil), (*any)(nil), [0]int{}, struct{}{}, uintptr(0), (<-chan string)(nil), (*func())(nil)} {
		describe(reflect.TypeOf(v))
	}
	rt := reflect.TypeFor[io.ReadWriteCloser]()
	describe(rt)
	bt := reflect.TypeFor[*bytes.Buffer]()
	fmt.Println(bt.Implements(reflect.TypeFor[io.ReadWriter]()), bt.Implements(rt), bt.AssignableTo(reflect.TypeFor[io.Reader]()), reflect.TypeFor[Num]().ConvertibleTo(reflect.TypeFor[string]()), reflect.TypeFor[[]int]().ConvertibleTo(reflect.TypeFor[[3]int]()))
	f, ok := reflect.TypeFor[Outer]().FieldByName("A")
	fmt.Println(f.Name, f.Index, ok, f.Tag.Get("xml"))
	v, ok2 := f.Tag.Lookup("nope")
	fmt.Println(v, ok2)
	_, ok = reflect.TypeFor[Outer]().FieldByName("zzz")
	fmt.Println(ok)
	m, ok := reflect.TypeFor[*Inner]().MethodByName("Hello")
	fmt.Println(m.Name, m.Type, ok)

	in := &Inner{A: 5, b: "x"}
	rv := reflect.ValueOf(in)
	out := rv.MethodByName("Hello").Call([]reflect.Value{reflect.ValueOf(1), reflect.ValueOf("p"), reflect.ValueOf("q")})
	fmt.Println(out[0], rv.NumMethod(), rv.Method(1).Type())
	rv.MethodByName("Set").Call([]reflect.Value{reflect.ValueOf(42)})
	fmt.Println(in.A, rv.Elem().Field(0).Int(), rv.Elem().FieldByName("b"), rv.Elem().NumField())
	rv.Elem().Field(0).SetInt(7)
	fmt.Println(in.A, rv.Elem().Field(0).CanSet(), rv.Elem().Field(1).CanSet(), rv.Elem().Field(1).CanInterface(), rv.Elem().CanAddr())
	fmt.Println(reflect.ValueOf(fmt.Sprintf).CallSlice([]reflect.Value{reflect.ValueOf("%v-%v"), reflect.ValueOf([]any{1, 2})})[0])

	try("setunexp", func() { rv.Elem().Field(1).SetString("q") })
	try("setunaddr", func() { reflect.ValueOf(1).SetInt(2) })
	try("kind", func() { reflect.ValueOf("s").Int() })
	try("elem", func() { reflect.ValueOf(1).Elem() })
	try("zero", func() { reflect.Value{}.Type() })
	try("zero2", func() { reflect.Value{}.Int() })
	try("index", func() { reflect.ValueOf([]int{1}).Index(5) })
	try("field", func() { reflect.ValueOf(Inner{}).Field(9) })
	try("call", func() { reflect.ValueOf(strings.ToUpper).Call(nil) })
	try("call2", func() { reflect.ValueOf(strings.ToUpper).Call([]reflect.Value{reflect.ValueOf(1)}) })
	try("callnil", func() { reflect.ValueOf((func())(nil)).Call(nil) })
	try("iface", func() { reflect.ValueOf(Inner{}).Field(1).Interface() })
	try("mapnil", func() { reflect.ValueOf(map[string]int(nil)).SetMapIndex(reflect.ValueOf("a"), reflect.ValueOf(1)) })
	try("typeelem", func() { reflect.TypeOf(1).Elem() })
	try("typefield", func() { reflect.TypeOf(1).Field(0) })
	try("key", func() { reflect.TypeOf(1).Key() })
	try("convert", func() { reflect.ValueOf(1).Convert(reflect.TypeFor[[]int]()) })
	try("set", func() { reflect.ValueOf(in).Elem().Set(reflect.ValueOf(1)) })
	try("convarr", func() { reflect.ValueOf([]int{1}).Convert(reflect.TypeFor[[3]int]()) })
	try("len", func() { reflect.ValueOf(1).Len() })
	try("isnil", func() { reflect.ValueOf(1).IsNil() })
	try("makeslice", func() { reflect.MakeSlice(reflect.TypeFor[int](), 1, 1) })
	try("makeslice2", func() { reflect.MakeSlice(reflect.TypeFor[[]int](), -1, 1) })
	try("send", func() { reflect.ValueOf(make(<-chan int)).Send(reflect.ValueOf(1)) })
	try("nilmethod", func() { var s St; reflect.ValueOf(&s).Elem().Method(0).Call(nil) })

	s := reflect.MakeSlice(reflect.TypeFor[[]string](), 1, 4)
	s.Index(0).SetString("zero")
	s = reflect.Append(s, reflect.ValueOf("one"))
	s = reflect.AppendSlice(s, reflect.ValueOf([]string{"two", "three", "four"}))
	fmt.Println(s, s.Len(), s.Slice(1, 3), s.Slice3(0, 1, 2).Cap(), reflect.Copy(s, reflect.ValueOf([]string{"X"})), s)
	mp := reflect.MakeMap(reflect.MapOf(reflect.TypeFor[string](), reflect.TypeFor[int]()))
	mp.SetMapIndex(reflect.ValueOf("a"), reflect.ValueOf(1))
	mp.SetMapIndex(reflect.ValueOf("b"), reflect.ValueOf(2))
	mp.SetMapIndex(reflect.ValueOf("a"), reflect.Value{})
	fmt.Println(mp, mp.Len(), mp.MapIndex(reflect.ValueOf("b")), mp.MapIndex(reflect.ValueOf("zz")).IsValid(), mp.Type())
	keys := mp.MapKeys()
	sort.Slice(keys, func(i, j int) bool { return keys[i].String() < keys[j].String() })
	fmt.Println(keys)
	it := mp.MapRange()
	for it.Next() {
		fmt.Println(it.Key(), it.Value())
	}
	ch := reflect.MakeChan(reflect.TypeFor[chan int](), 2)
	ch.Send(reflect.ValueOf(5))
	fmt.Println(ch.TrySend(reflect.ValueOf(6)), ch.TrySend(reflect.ValueOf(7)), ch.Len(), ch.Cap())
	x, ok := ch.Recv()
	fmt.Println(x, ok)
	ch.Close()
	ch.Recv()
	x, ok = ch.Recv()
	fmt.Println(x, ok)
	i, r, ok := reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: ch}, {Dir: reflect.SelectDefault}})
	fmt.Println(i, r, ok)
	swap := reflect.MakeFunc(reflect.TypeFor[func(int, string) (string, int)](), func(a []reflect.Value) []reflect.Value { return []reflect.Value{a[1], a[0]} })
	g := swap.Interface().(func(int, string) (string, int))
	fmt.Println(g(1, "x"))
	vf := reflect.MakeFunc(reflect.TypeFor[func(...int) int](), func(a []reflect.Value) []reflect.Value { return []reflect.Value{reflect.ValueOf(a[0].Len())} })
	fmt.Println(vf.Interface().(func(...int) int)(1, 2, 3))

	fmt.Println(reflect.SliceOf(reflect.TypeFor[Num]()), reflect.PointerTo(reflect.TypeFor[Inner]()), reflect.ArrayOf(3, reflect.TypeFor[int]()), reflect.ChanOf(reflect.RecvDir, reflect.TypeFor[int]()), reflect.FuncOf([]reflect.Type{reflect.TypeFor[int](), reflect.TypeFor[[]string]()}, []reflect.Type{reflect.TypeFor[error]()}, true))
	fmt.Println(reflect.SliceOf(reflect.TypeFor[int]()) == reflect.TypeFor[[]int](), reflect.ArrayOf(2, reflect.TypeFor[int]()) == reflect.TypeFor[[2]int](), reflect.MapOf(reflect.TypeFor[int](), reflect.TypeFor[any]()) == reflect.TypeFor[map[int]any]())
	stt := reflect.StructOf([]reflect.StructField{{Name: "Name", Type: reflect.TypeFor[string](), Tag: `json:"name"`}, {Name: "Age", Type: reflect.TypeFor[int]()}})
	sv := reflect.New(stt).Elem()
	sv.Field(0).SetString("Bob")
	sv.FieldByName("Age").SetInt(30)
	fmt.Printf("%v %+v %T\n", sv, sv, sv.Interface())
	emb := reflect.StructOf([]reflect.StructField{{Name: "Num", Type: reflect.TypeFor[Num](), Anonymous: true}})
	ev := reflect.New(emb).Elem()
	ev.Field(0).SetInt(9)
	fmt.Println(ev.NumMethod(), emb.NumMethod(), emb, ev.Type().Implements(reflect.TypeFor[St]()))
	try("structof", func() { reflect.StructOf([]reflect.StructField{{Name: "a", Type: reflect.TypeFor[int]()}}) })
	try("structof2", func() { reflect.StructOf([]reflect.StructField{{Name: "A"}}) })
	try("structof3", func() {
		reflect.StructOf([]reflect.StructField{{Name: "A", Type: reflect.TypeFor[int]()}, {Name: "A", Type: reflect.TypeFor[int]()}})
	})

	type cyc struct {
		P *cyc
		S []any
		M map[string]*cyc
	}
	c1 := &cyc{S: []any{1, "a"}, M: map[string]*cyc{}}
	c1.P = c1
	c2 := &cyc{S: []any{1, "a"}, M: map[string]*cyc{}}
	c2.P = c2
	fmt.Println(reflect.DeepEqual(c1, c2), reflect.DeepEqual([]int{}, []int(nil)), reflect.DeepEqual(map[int][]string{1: {"a"}}, map[int][]string{1: {"a"}}), reflect.DeepEqual(1, int64(1)), reflect.DeepEqual(nil, nil), reflect.DeepEqual(errors.New("a"), errors.New("a")), reflect.DeepEqual(Inner{1, "a"}, Inner{1, "b"}), reflect.DeepEqual(main, main))
	fmt.Println(reflect.ValueOf(1.5).Convert(reflect.TypeFor[int]()), reflect.ValueOf(65).Convert(reflect.TypeFor[string]()), reflect.ValueOf("hé").Convert(reflect.TypeFor[[]rune]()), reflect.ValueOf([]byte("abc")).Convert(reflect.TypeFor[string]()), reflect.ValueOf(3).Convert(reflect.TypeFor[Num]()), reflect.ValueOf(Num(3)).Convert(reflect.TypeFor[St]()).Type())
	var e any = &Outer{Inner: Inner{A: 3}, Any: 5}
	ov := reflect.ValueOf(e).Elem()
	fmt.Println(ov.FieldByName("A"), ov.FieldByIndex([]int{0, 0}), ov.FieldByName("Any").Elem().Kind(), ov.FieldByName("I").IsNil(), ov.FieldByName("M").IsZero(), ov.Field(6).Index(1).CanSet(), ov.IsZero())
	ov.FieldByName("M").Set(reflect.ValueOf(map[string][]int{"k": {1}}))
	ov.FieldByName("I").Set(reflect.ValueOf(strings.NewReader("r")))
	ov.FieldByName("Any").SetZero()
	fmt.Println(ov.FieldByName("M"), ov.FieldByName("I").Elem().Type(), ov.FieldByName("Any").IsNil())
	try("fieldnil", func() { ov.FieldByName("Len"); ov.FieldByName("addr") })
	sw := reflect.Swapper([]int{1, 2})
	sw(0, 1)
	for v := range reflect.ValueOf(3).Seq() {
		fmt.Print(v, " ")
	}
	for k, v := range reflect.ValueOf([]string{"p", "q"}).Seq2() {
		fmt.Print(k, v, " ")
	}
	for v := range reflect.ValueOf(func(y func(int) bool) { y(8) }).Seq() {
		fmt.Println(v)
	}
	fmt.Println(reflect.Zero(reflect.TypeFor[Inner]()), reflect.New(reflect.TypeFor[int]()).Elem(), reflect.Indirect(reflect.ValueOf(in)).Type(), reflect.ValueOf(nil).IsValid(), reflect.TypeOf(nil))
	fmt.Println(reflect.ValueOf(uint8(200)).OverflowUint(300), reflect.ValueOf(int8(0)).OverflowInt(128), reflect.ValueOf(float32(0)).OverflowFloat(1e40), reflect.ValueOf(1).CanInt(), reflect.ValueOf(1).CanFloat(), reflect.ValueOf(1).Comparable(), reflect.ValueOf(1).Equal(reflect.ValueOf(1)))
	fmt.Println(reflect.ValueOf(1).String(), reflect.ValueOf(Inner{}).String(), reflect.Value{}.String(), reflect.Value{}.Kind(), reflect.Kind(77), reflect.ChanDir(3), reflect.BothDir)
	bs := reflect.ValueOf(&[]byte{1, 2, 3}).Elem()
	bs.SetBytes([]byte{9})
	bs.Grow(10)
	bs.SetLen(3)
	fmt.Println(bs.Bytes(), bs.Cap() >= 10)
	bs.Clear()
	fmt.Println(bs)
	fmt.Println(reflect.TypeFor[Outer]().Field(3).Type.In(0))
}

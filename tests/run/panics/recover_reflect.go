// Methods that reflection made into functions: they recover as deferred calls whatever the size of their receiver.
package main

import (
	"fmt"
	"reflect"
)

type Empty struct{}
type Word int
type Text string
type Pair struct {
	a int
	b string
	c *int
}
type Large [8192]byte
type Huge [1 << 20]byte

func (Empty) M(x, y int) (int, string) { fmt.Println("empty", recover(), x, y); return x, "e" }
func (w Word) M(x, y int) (int, string) { fmt.Println("word", recover(), x, y, w); return x, "w" }
func (t Text) M(x, y int) (int, string) { fmt.Println("text", recover(), x, y, t); return y, "t" }
func (p Pair) M(x, y int) (int, string) {
	p.a++
	fmt.Println("pair", recover(), x, y, p.a, p.b, p.c == nil)
	return p.a, p.b
}
func (l Large) M(x, y int) (int, string) { l[0]++; fmt.Println("large", recover(), x, y, l[0]); return 1, "l" }
func (h Huge) M(x, y int) (int, string) { h[0]++; fmt.Println("huge", recover(), x, y, h[0]); return 2, "h" }

func try[T any](v T) {
	t := reflect.TypeOf(v)
	f := t.Method(0).Func
	fmt.Println(f.Type().In(0), f.Type().NumIn(), f.Type().NumOut())
	fn := f.Interface().(func(T, int, int) (int, string))
	fmt.Println(fn(v, 1, 2))
	func() {
		defer fn(v, 3, 4)
		panic(t.Name())
	}()
	func() {
		defer reflect.ValueOf(v).Method(0).Interface().(func(int, int) (int, string))(5, 6)
		panic("bound")
	}()
	out := f.Call([]reflect.Value{reflect.ValueOf(v), reflect.ValueOf(7), reflect.ValueOf(8)})
	fmt.Println(out[0], out[1])
	out = reflect.ValueOf(v).Method(0).Call([]reflect.Value{reflect.ValueOf(9), reflect.ValueOf(10)})
	fmt.Println(out[0], out[1])
}

func made(args []reflect.Value) []reflect.Value {
	fmt.Println("made", recover(), len(args))
	return nil
}

func caller(args []reflect.Value) []reflect.Value {
	args[0].Interface().(func())()
	return nil
}

func main() {
	func() {
		f := reflect.MakeFunc(reflect.TypeFor[func()](), made).Interface().(func())
		defer f()
		panic("for a made function")
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		f := reflect.MakeFunc(reflect.TypeFor[func()](), made).Interface().(func())
		g := reflect.MakeFunc(reflect.TypeFor[func(func())](), caller).Interface().(func(func()))
		defer g(f)
		panic("not for what it calls")
	}()
	try(Empty{})
	try(Word(3))
	try(Text("x"))
	try(Pair{a: 1, b: "b"})
	try(Large{4})
	try(Huge{5})
}

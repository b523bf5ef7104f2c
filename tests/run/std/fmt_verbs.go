// Every verb with every flag that matters.
package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"time"
)

type point struct {
	X, Y int
	name string
}
type str string
type hidden struct {
	p  *point
	m  map[string]int
	s  []any
	e  error
	st fmt.Stringer
	f  func()
	c  chan int
}
type stringer int

func (s stringer) String() string { return fmt.Sprintf("<%d>", int(s)) }

type gostr struct{ a int }

func (g gostr) GoString() string { return "gostr!" }

type formatter struct{}

func (formatter) Format(f fmt.State, verb rune) {
	w, wok := f.Width()
	p, pok := f.Precision()
	fmt.Fprintf(f, "[%c %d %v %d %v %v%v%v%v%v]", verb, w, wok, p, pok, f.Flag('+'), f.Flag('-'), f.Flag('#'), f.Flag('0'), f.Flag(' '))
}

type panicker struct{}

func (panicker) String() string { panic("boom") }

type nilPanicker struct{ n int }

func (p *nilPanicker) String() string { return fmt.Sprint(p.n) }

type errT struct{ code int }

func (e errT) Error() string { return fmt.Sprint("err", e.code) }

type nested struct {
	S  stringer
	E  error
	In struct{ S stringer }
	P  *stringer
	L  []stringer
	M  map[stringer]stringer
	u  stringer
}

func main() {
	p := point{1, -2, "pt"}
	fmt.Printf("%v|%+v|%#v|%T\n", p, p, p, p)
	fmt.Printf("%v|%+v\n", &p, &p)
	fmt.Printf("%d|%5d|%-5d|%05d|%+d|% d|%x|%X|%#x|%o|%#o|%O|%b|%c|%q|%U|%#U\n", 42, 42, 42, 42, 42, 42, 42, 42, 42, 42, 42, 42, 42, 42, 42, 42, 42)
	fmt.Printf("%d|%x|%X|%08b|%+.3d|%8.3d|%-8.3d|%x\n", -42, -42, -255, -5, 7, 7, 7, uint8(200))
	fmt.Printf("%f|%.2f|%8.3f|%-8.1f|%08.2f|%+.1f|%e|%.3E|%g|%G|%b|%x|%.3g|%#g|% .2f\n", 3.14159, 3.14159, 3.14159, 3.14159, 3.14159, 3.14159, 314159.0, 314159.0, 1e21, 1e-7, 1.0, 3.5, 1234.5678, 1.0, 2.5)
	fmt.Printf("%v %v %v %v %6.2f %v %v\n", math.Inf(1), math.Inf(-1), math.NaN(), -0.0, math.Inf(1), float32(0.1), 1e20)
	fmt.Printf("%v %.1f %+v %8.2f\n", 1+2i, 1.25-2.75i, complex64(-1i), 3+4i)
	fmt.Printf("%s|%q|%x|%X|% x|%#x|%10s|%-10s|%.2s|%5.1s|%+q|%#q|%v\n", "héllo", "hé\"l\n", "hex", "hex", "hex", "hex", "right", "left", "trunc", "abc", "é世", "back`q", "v")
	fmt.Printf("%s|%v|%x|%q|%d|% X|%#v\n", []byte("bytes"), []byte("ab"), []byte("ab"), []byte("ab"), []byte("ab"), []byte("abc"), []byte("ab"))
	fmt.Printf("%t|%v|%5t|%q|%c|%v\n", true, false, true, 'x', 0x4e16, 'x')
	fmt.Printf("%v|%d|%s|%q|%#v|%T\n", []int{1, 2}, []int{1, 2}, []string{"a", "b"}, []string{"a", "b"}, []string{"a"}, []string{})
	fmt.Printf("%v|%#v|%v|%#v|%+v\n", map[string]int{"b": 2, "a": 1}, map[string]int{"b": 2, "a": 1}, [2]bool{true}, [2]bool{}, map[point]string{{1, 2, "x"}: "k"})
	fmt.Printf("%v|%#v|%v|%#v|%v\n", struct{}{}, struct{ a, b any }{1, "x"}, any(nil), []any{nil, 1, "s"}, []error{nil, errors.New("e")})
	fmt.Printf("%v|%+v\n", hidden{}, hidden{s: []any{1, "a", nil}, m: map[string]int{"k": 1}, e: errT{3}, st: stringer(4)})
	fmt.Printf("%#v\n", hidden{})
	fmt.Printf("%v|%d|%s|%x|%#v|%+v\n", stringer(5), stringer(5), stringer(5), stringer(5), stringer(5), stringer(5))
	fmt.Printf("%v|%#v|%v|%s\n", gostr{1}, gostr{1}, str("s"), str("s"))
	fmt.Printf("%v|%+8.3q|%-#08x|% d\n", formatter{}, formatter{}, formatter{}, formatter{})
	fmt.Printf("%v|%s|%d\n", panicker{}, (*nilPanicker)(nil), errT{9})
	one := stringer(1)
	n := nested{1, errT{2}, struct{ S stringer }{3}, nil, []stringer{4}, map[stringer]stringer{6: 7, 5: 8}, 9}
	fmt.Printf("%v\n%+v\n%v\n", n, n, []*stringer{&one}[0] != nil)
	fmt.Printf("%d|%!|%z|%s|%d\n", "str", 1, 2)
	fmt.Printf("%d %d\n", 1)
	fmt.Printf("%d\n", 1, 2, "x")
	fmt.Printf("%[2]d %[1]d|%[3]*.[2]*[1]f|%[5]d|%[x]d|%*d|%-*d|%.*f\n", 1, 2, 6)
	fmt.Printf("%*d|%-*d|%.*f|%*d\n", 5, 1, 5, 2, 2, 3.14159, "w", 3)
	fmt.Printf("%%|%5%|%c|%v|%s\n", 'é', nil, nil)
	fmt.Printf("%6.2f%%|%+5d|%x|%X\n", 12.345, 3, "hi", []string{"ab", "c"})
	fmt.Printf("%t %s %d\n", 1, 2, true)
	fmt.Printf("%p|%v|%t\n", nil, (*int)(nil), fmt.Sprintf("%p", &p)[:2] == "0x")
	fmt.Printf("%v %v %s\n", time.Second*90, []time.Duration{time.Millisecond}, 2*time.Hour)
	fmt.Printf("%q %q %v %s\n", []rune("hi"), 'a', [3]byte{1, 2, 3}, [3]byte{65, 66, 67})
	fmt.Printf("%08.3f|%+08d|%x|%-8x|%#08x|%#-8x|\n", -3.14159, 42, 3.5, 255, 255, 255)
	fmt.Printf("%U %#U %c %q\n", -1, 0x1F600, 0x110000, 0x7f)
	fmt.Printf("%20v|%-20v|%020d\n", p, []int{1, 2}, 7)
	fmt.Printf("%5v|%05v|%x|%X\n", []int{1, 22}, []int{1, 22}, []int{10, 11}, map[string]int{"z": 255})
	fmt.Println(fmt.Sprint("a", 1, 2, "b", "c", 3.0, nil, 'x', []int(nil)), fmt.Sprintln("end", 1))
	fmt.Println(fmt.Sprint(), fmt.Sprint(nil), fmt.Sprint(1, 2), fmt.Sprint("a", "b"), int8(-5), uint64(1<<63), float32(1)/3, 1e6, 1e21, 123456789.0, 1e-5)
	err := fmt.Errorf("wrap %w and %w: %d", errT{1}, os.ErrNotExist, 5)
	fmt.Println(err, errors.Is(err, os.ErrNotExist), errors.As(err, new(errT)), errors.Unwrap(err) == nil)
	fmt.Println(errors.Unwrap(fmt.Errorf("x: %w", errT{7})), fmt.Errorf("%w", nil), fmt.Errorf("%d %w", 1, "notanerr"))
	var e error
	var ip *int
	fmt.Println(e, ip, []any{e, ip}, struct{ e error }{})
	fmt.Fprintln(os.Stdout, fmt.Append([]byte("pre "), 1, "x"), string(fmt.Appendf(nil, "%d!", 5)))
	var a, b int
	var s string
	var f float64
	k, serr := fmt.Sscanf("10-20 abc 2.5", "%d-%d %s %f", &a, &b, &s, &f)
	fmt.Println(k, serr, a, b, s, f)
	k, serr = fmt.Sscan("7 8\nword", &a, &b, &s)
	fmt.Println(k, serr, a, b, s)
	k, serr = fmt.Sscan("x", &a)
	fmt.Println(k, serr)
	var r rune
	var t bool
	var h int
	k, serr = fmt.Sscanf("z true ff", "%c %t %x", &r, &t, &h)
	fmt.Println(k, serr, string(r), t, h)
	type T struct {
		A *point
		B []point
		C map[string]point
		D any
	}
	fmt.Printf("%+v\n", T{B: []point{{1, 2, "z"}}, C: map[string]point{"k": {}}, D: point{}})
	fmt.Printf("%#v\n", T{B: []point{{1, 2, "z"}}, D: 5})
	fmt.Printf("%v %v\n", [][]int{{1}, {2, 3}, nil}, map[int][]string{1: {"a"}, 0: nil})
	fmt.Printf("%v %+v %T %T\n", struct{ p *int }{}, struct{ A, B any }{1, nil}, struct{ A int }{}, func(int, ...string) error { return nil })
}

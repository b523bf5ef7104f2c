package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
)

type S struct {
	A int
	B string
	C *int
	D []byte
	E map[string]any
	F any
	g error
}
type P struct{ x, y int }

func (p P) String() string { return "P!" }

type E struct{}

func (*E) Error() string { return "E!" }

type GS int

func (GS) GoString() string { return "GS!" }

type F struct{}

func (F) Format(s fmt.State, c rune) {
	w, wok := s.Width()
	p, pok := s.Precision()
	fmt.Fprintf(s, "[%c %d %v %d %v %v%v%v%v%v %s]", c, w, wok, p, pok, s.Flag('+'), s.Flag('-'), s.Flag('#'), s.Flag(' '), s.Flag('0'), fmt.FormatString(s, c))
}

type PN struct{}

func (p *PN) String() string { return "x" + string(rune(*(*int)(nil))) }

type PP struct{}

func (PP) String() string { panic("boom") }

type scanner struct{ s string }

func (x *scanner) Scan(st fmt.ScanState, verb rune) error {
	t, err := st.Token(true, func(r rune) bool { return r != ';' })
	x.s = string(t) + string(verb)
	return err
}

func main() {
	for _, f := range []string{"%d", "%[2]d %[1]d", "%[3]d", "%[x]d", "%[1]", "%[", "%[2]*[1]d", "%[1]*d", "%*d", "%.*d", "%.[2]*[1]d", "%-*d|", "%!", "%", "%z", "%d %d %d", "%[1]d %d", "%[5]d", "%.[1]d", "%[-1]d", "%[1]x %[1]X", "%3c|%-3c|%03c", "%q %+q %#q", "%#x % x %# x", "%08b", "%o %O %#o", "%U %#U", "%t", "%v %+v %#v %T", "%e %g", "%s", "%p", "%w", "%6.2f%%", "%+d % d", "%x", "%.3x", "%[2]v %[1]v %v"} {
		fmt.Printf(f+"|\n", 7, 3)
		fmt.Printf(f+"|\n", "str", []byte("b"))
		fmt.Printf(f+"|\n", 1.5)
		fmt.Printf(f + "|\n")
	}
	n := 5
	for _, v := range []any{nil, S{1, "b", &n, []byte("x"), map[string]any{"k": 1, "a": nil}, P{1, 2}, errors.New("e")}, &S{}, P{1, 2}, &P{3, 4}, []P{{1, 2}}, map[P]int{{1, 2}: 3}, (*E)(nil), &E{}, GS(3), []GS{1}, F{}, &F{}, (*PN)(nil), &PN{}, PP{}, []any{1, "a", nil, 2.5}, [2]bool{true}, [3]byte{1, 2, 3}, []string{"a", "b c"}, struct{}{}, struct {
		A any
		B error
	}{}, time.Second, make(chan int) == nil, complex(1, -2), 'x', uint8(3), []rune("hi"), error(nil), func() {} == nil} {
		for _, f := range []string{"%v", "%+v", "%#v", "%T", "%s", "%d", "%x", "%q", "%5v|", "%-8v|", "%08v", "%t"} {
			s := fmt.Sprintf(f, v)
			if strings.Contains(s, "0xc0") || strings.Contains(s, "0x") && len(s) > 200 {
				continue
			}
			if strings.HasPrefix(f, "%#v") && strings.Contains(s, "(0x") {
				continue
			}
			if _, ok := v.(*S); ok {
				continue
			}
			if v, ok := v.(S); ok && v.C != nil {
				continue
			}
			fmt.Println(f, s)
		}
	}
	fmt.Println(fmt.Sprint("a", 1, 2, "b", "c", 3.5, nil, 'x'), fmt.Sprintln("a", 1), fmt.Sprint(), fmt.Sprint(1, 2), fmt.Sprint("a", "b"))
	fmt.Println(string(fmt.Append([]byte("x"), 1, "y")), string(fmt.Appendf(nil, "%03d", 5)), string(fmt.Appendln(nil, 1, 2)))
	e := fmt.Errorf("w: %w and %w", os.ErrNotExist, errors.New("q"))
	fmt.Println(e, errors.Is(e, os.ErrNotExist), errors.Unwrap(e) == nil, fmt.Errorf("%w", nil), fmt.Errorf("%w %d", "x", 1), errors.Unwrap(fmt.Errorf("a %w", os.ErrExist)) == os.ErrExist)
	type args = []any
	for _, t := range []struct {
		in, f string
	}{{"5 abc 2.5", "%d %s %f"}, {"5abc", "%d%s"}, {"0x1f 077 0b11", "%v %v %v"}, {"1f 17 11", "%x %o %b"}, {"x5", "x%d"}, {"y5", "x%d"}, {"", "%d"}, {"abc", "%d"}, {"12345", "%3d%d"}, {"a b", "%c%c%c"}, {`"quoted s" x`, "%q %s"}, {"true false t", "%t %t %t"}, {"1\n2", "%d %d"}, {"1\n2", "%d\n%d"}, {"5%", "%d%%"}, {"99999999999999999999", "%d"}, {"300", "%d"}, {"1 2 3", "%d %d"}, {"1", "%d %d"}, {"1+2i", "%v"}, {"  7", "%d"}, {"7", " %d"}, {"a,b", "%s,%s"}, {"3 4", "%z %d"}} {
		var a, b, c any
		var i1, i2, i3 int
		var s1, s2, s3 string
		var f1 float64
		a, b, c = &i1, &i2, &i3
		switch {
		case strings.Contains(t.f, "%f"):
			a, b, c = &i1, &s1, &f1
		case strings.Contains(t.f, "%s") || strings.Contains(t.f, "%q"):
			a, b, c = &s1, &s2, &s3
			if strings.HasPrefix(t.f, "%d") {
				a = &i1
			}
		case strings.Contains(t.f, "%t"):
			a, b, c = new(bool), new(bool), new(bool)
		case strings.Contains(t.f, "%c"):
			a, b, c = new(rune), new(rune), new(rune)
		case t.in == "300":
			a = new(uint8)
		case t.in == "1+2i":
			a = new(complex128)
		}
		list := args{a, b, c}[:strings.Count(t.f, "%")-2*strings.Count(t.f, "%%")]
		n, err := fmt.Sscanf(t.in, t.f, list...)
		fmt.Print(t, n, err)
		for _, p := range list {
			switch p := p.(type) {
			case *int:
				fmt.Print(" ", *p)
			case *string:
				fmt.Printf(" %q", *p)
			case *float64:
				fmt.Print(" ", *p)
			case *bool:
				fmt.Print(" ", *p)
			case *rune:
				fmt.Print(" ", *p)
			case *uint8:
				fmt.Print(" ", *p)
			case *complex128:
				fmt.Print(" ", *p)
			}
		}
		fmt.Println()
	}
	var a, b int
	var s string
	fmt.Println(fmt.Sscan("1 2 x", &a, &b, &s))
	fmt.Println(fmt.Sscan("1\n2", &a, &b))
	fmt.Println(fmt.Sscanln("1 2", &a, &b))
	fmt.Println(fmt.Sscanln("1\n2", &a, &b))
	fmt.Println(fmt.Sscanln("1 2 3", &a, &b))
	fmt.Println(fmt.Sscan("", &a))
	fmt.Println(fmt.Sscan("z", &a))
	fmt.Println(fmt.Sscan("5", a))
	var x scanner
	fmt.Println(fmt.Sscanf("abc;def", "%v", &x))
	fmt.Println(x.s)
	var bs []byte
	fmt.Println(fmt.Sscan("bytes", &bs))
	fmt.Println(string(bs))
	r := strings.NewReader("10 20\n30 word\n")
	fmt.Println(fmt.Fscanln(r, &a, &b))
	fmt.Println(fmt.Fscan(r, &a, &s))
	fmt.Println(a, b, s)
	fmt.Println(fmt.Fscan(r, &a))
}

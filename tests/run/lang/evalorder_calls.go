// Calls of a statement are made before its variables are read, wherever they stand.
package main

import "fmt"

type S struct{ a, b int }
type Big struct{ a, b, c, d int }

var g = 1
var gs = "g"
var gi any = 1
var gb = Big{1, 1, 1, 1}
var gp = &g2
var g2 = 1

func seti() int {
	g = 2
	gs = "h"
	gi = 2
	gb = Big{2, 2, 2, 2}
	g2 = 2
	return 7
}
func reset() { g = 1; gs = "g"; gi = 1; gb = Big{1, 1, 1, 1}; g2 = 1 }

func two(a, b int) string         { return fmt.Sprint(a, b) }
func twos(a string, b int) string { return fmt.Sprint(a, b) }
func twob(a Big, b int) string    { return fmt.Sprint(a, b) }
func twoi(a any, b int) string    { return fmt.Sprint(a, b) }
func vari(a ...int) string        { return fmt.Sprint(a) }
func varany(a ...any) string      { return fmt.Sprint(a...) }

func ret2() (int, int)      { return g, seti() }
func ret2s() (string, int)  { return gs, seti() }
func ret2b() (Big, int)     { return gb, seti() }
func ret2i() (any, int)     { return gi, seti() }
func ret2ii() (any, int)    { return g, seti() }
func ret2ib() (any, int)    { return gb, seti() }
func ret2n() (a int, b int) { a = 5; return a, func() int { a = 6; return 1 }() }

type T struct{ x int }

func (t T) val(n int) string  { return fmt.Sprint(t.x, n) }
func (t *T) ptr(n int) string { return fmt.Sprint(t.x, n) }

func main() {
	p := func(n string, a any) { fmt.Printf("%s: %v\n", n, a); reset() }
	p("args int", two(g, seti()))
	p("args str", twos(gs, seti()))
	p("args big", twob(gb, seti()))
	p("args iface", twoi(gi, seti()))
	p("args iface int", twoi(g, seti()))
	p("args iface str", twoi(gs, seti()))
	p("args iface big", twoi(gb, seti()))
	p("vari", vari(g, seti()))
	p("varany", varany(g, seti()))
	p("varany s", varany(gs, seti()))
	p("varany b", varany(gb, seti()))
	p("varany i", varany(gi, seti()))
	p("args deref", two(*gp, seti()))
	p("args plus", two(g+1, seti()))
	p("args unary", two(-g, seti()))
	p("args conv", two(int(int32(g)), seti()))
	p("args field", two(gb.a, seti()))
	p("args strcat", twos(gs+"x", seti()))
	a, b := ret2()
	p("ret", [2]int{a, b})
	as, b := ret2s()
	p("rets", []any{as, b})
	ab, b := ret2b()
	p("retb", []any{ab, b})
	ai, b := ret2i()
	p("reti", []any{ai, b})
	ai, b = ret2ii()
	p("retii", []any{ai, b})
	ai, b = ret2ib()
	p("retib", []any{ai, b})
	a, b = ret2n()
	p("retn", []any{a, b})
	p("map lit key", map[int]int{g: seti()})
	p("map lit val", map[int]int{seti(): g})
	p("map lit both", map[int]int{g: 1, seti(): 2})
	p("map lit both2", map[int]int{g: 1, 9: seti()})
	p("map lit s", map[string]int{gs: seti()})
	p("map lit i", map[any]int{gi: seti()})
	p("map lit ii", map[any]int{g: seti()})
	p("map lit b", map[Big]int{gb: seti()})
	p("slice lit", []int{g, seti()})
	p("slice lit s", []string{gs, fmt.Sprint(seti())})
	p("slice lit any", []any{g, seti()})
	p("slice lit any s", []any{gs, seti()})
	p("slice lit any b", []any{gb, seti()})
	p("slice lit b", []Big{gb, Big{a: seti()}})
	p("array lit", [2]int{g, seti()})
	p("array lit any", [2]any{g, seti()})
	p("struct lit", S{g, seti()})
	p("struct lit rev", S{b: g, a: seti()})
	p("ptr struct lit", *&S{g, seti()})
	p("nested", []S{{g, 1}, {2, seti()}})
	p("nested2", struct {
		a []int
		b int
	}{[]int{g}, seti()})
	p("binop", g+seti())
	p("binop2", gs+fmt.Sprint(seti()))
	p("cmp", g == seti()-6)
	p("cmp2", gs == fmt.Sprint("h", seti())[:1])
	p("and", (g == 1) == (seti() == 7))
	p("deref+", *gp+seti())
	p("index", []int{5, 6, 7}[g]+seti())
	x := T{1}
	setx := func() int { x.x = 2; return 7 }
	rx := func() { x.x = 1 }
	p("method val", x.val(setx()))
	rx()
	p("method ptr", x.ptr(setx()))
	rx()
	p("local arg", two(x.x, setx()))
	rx()
	y := 1
	sety := func() int { y = 2; return 7 }
	p("local y", two(y, sety()))
	y = 1
	p("local y varany", varany(y, sety()))
	y = 1
	p("local y map", map[int]int{y: sety()})
	y = 1
	p("local y +", y+sety())
	y = 1
	p("local y S", S{y, sety()})
	y = 1
	ch := make(chan int, 2)
	ch2 := make(chan int, 2)
	c := ch
	setc := func() int { c = ch2; return 7 }
	c <- setc()
	p("send", []int{len(ch), len(ch2)})
	arr := [3]int{1, 1, 1}
	i := 0
	k := func() int { i = 1; return 9 }
	arr[i], i = k(), 5
	p("assign2", []any{arr, i})
	i = 0
	arr = [3]int{1, 1, 1}
	arr[i] = k()
	p("assign1", []any{arr, i})
	i = 0
	arr = [3]int{1, 1, 1}
	arr[i] += k()
	p("opassign", []any{arr, i})
	i = 0
	sl := []int{1, 1, 1}
	sl[i] = k()
	p("assign sl", []any{sl, i})
	i = 0
	sl = []int{1, 1, 1}
	sl2 := sl
	ksl := func() int { sl = []int{3, 3, 3}; return 4 }
	sl[0] = ksl()
	p("assign sl new", []any{sl, sl2})
	sl = sl2
	sl[0] += ksl()
	p("opassign sl new", []any{sl, sl2})
	m := map[int]int{}
	m0 := m
	km := func() int { m = map[int]int{}; i = 3; return 4 }
	i = 0
	m[i] = km()
	p("assign m", []any{m, m0})
	m = m0
	i = 0
	m[i] += km()
	p("opassign m", []any{m, m0})
	y = 1
	y += sety()
	p("y +=", y)
	y = 1
	y, i = sety(), y
	p("y, i = ", []int{y, i})
	y = 1
	i, y = y, sety()
	p("i, y = ", []int{y, i})
	var pp = &S{1, 1}
	pp2 := pp
	kp := func() int { pp = &S{3, 3}; return 8 }
	pp.a = kp()
	p("pp.a", []any{*pp, *pp2})
	pp = pp2
	pp.a, pp.b = kp(), 6
	p("pp.a, b", []any{*pp, *pp2})
	pp = pp2
	*pp, i = S{kp(), 1}, 1
	p("*pp", []any{*pp, *pp2})
	var f = two
	kf := func() int { f = func(a, b int) string { return "other" }; return 1 }
	p("f", f(1, kf()))
	var e fmt.Stringer = st("a")
	ke := func() int { e = st("b"); return 1 }
	_ = ke
	p("iface meth", fmt.Sprint(e.String(), ke(), e.String()))
	defer func(a, b int) { fmt.Println("defer", a, b) }(g, seti())
	reset()
	done := make(chan bool)
	go func(a, b int) { fmt.Println("go", a, b); done <- true }(g, seti())
	<-done
	reset()
	s3 := []int{1, 2, 3, 4}
	lo := 1
	klo := func() int { lo = 2; s3 = []int{9, 9, 9, 9, 9}; return 3 }
	p("slice", s3[lo:klo()])
	s3 = []int{1, 2, 3, 4}
	lo = 1
	p("append", append(s3, klo()))
	s3 = []int{1, 2, 3, 4}
	lo = 1
	p("append2", append([]int{}, lo, klo()))
	s3 = []int{1, 2, 3, 4}
	lo = 1
	p("idx", s3[lo]+klo())
	s3 = []int{1, 2, 3, 4}
	lo = 1
	p("args idx", two(s3[lo], klo()))
	s3 = []int{1, 2, 3, 4}
	lo = 1
	p("copy", copy(s3, []int{klo(), 1}))
	p("copy2", s3)
	mm := map[int]int{1: 1, 2: 2}
	kmm := func() int { mm[1] = 5; return 0 }
	p("args map idx", two(mm[1], kmm()))
	mm[1] = 1
	p("any map idx", varany(mm[1], kmm()))
	mm[1] = 1
	p("map idx plus", mm[1]+kmm())
	mm[1] = 1
	var ie any = 1
	kie := func() int { ie = 2; return 0 }
	p("assert", two(ie.(int), kie()))
	ie = 1
	p("assert any", varany(ie.(int), kie()))
	ie = 1
	p("assert +", ie.(int)+kie())
	ie = 1
	p("len", two(len(s3), klo()))
	s3 = nil
	p("len+", len(s3)+klo())
	s3 = nil
	p("any len+", []any{len(s3), klo()})
	s3 = nil
	p("min", min(y, sety(), y))
	y = 1
	p("max", max(y, sety(), y))
	y = 1
	y = 1
	switch y {
	case sety() - 6:
		fmt.Println("case old")
	case 2:
		fmt.Println("case new")
	}
	y = 1
	var c1 = complex(float64(y), float64(sety()))
	p("complex", c1)
	y = 1
	if y, z := y, sety(); true {
		p("if", []int{y, z})
	}
	y = 1
	z := []func() int{func() int { return y }, sety}
	p("x", []int{z[0](), z[1](), z[0]()})
	y = 1
	p("print", fmt.Sprintln(y, sety(), y))
	y = 1
	println(y, sety(), y)
	y = 1
	p("new", *new(y + sety()))
	y = 1
	ch3 := make(chan int, 1)
	ch3 <- 3
	sety3 := func() chan int { y = 2; return ch3 }
	p("recv", two(y, <-sety3()))
	y = 1
	q := [2][]int{{1}, {2}}
	qi := 0
	kq := func() int { qi = 1; q[0] = []int{5}; return 0 }
	p("2d", two(q[qi][0], kq()))
	var sel chan int = ch3
	ksel := func() int { sel = nil; return 4 }
	select {
	case sel <- ksel():
		p("sel", len(ch3))
	default:
		p("sel def", len(ch3))
	}
	_ = p
}

type st string

func (s st) String() string { return string(s) }

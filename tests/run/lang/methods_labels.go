// Method values and expressions, embedding, labels, goto, shadowing, arrays by value.
package main

import "fmt"

type T struct{ n int }

func (t T) V(a int) int      { return t.n + a }
func (t *T) P(a int) int     { t.n += a; return t.n }
func (t T) Var(a ...int) int { return len(a) + t.n }

type Inner struct{ x int }

func (i Inner) Get() int   { return i.x }
func (i *Inner) Set(n int) { i.x = n }

type Mid struct{ *Inner }
type Outer struct {
	Mid
	name string
}
type Getter interface{ Get() int }
type GS interface {
	Getter
	Set(int)
}
type WithI struct{ Getter }

func shadow() (err error) {
	x := 1
	{
		x := x + 1
		x++
		_ = x
	}
	if x := 5; x > 3 {
		x := "s"
		_ = x
	} else if y := x; y > 1 {
		_ = y
	}
	for x := x; x < 3; x++ {
		x := x * 2
		_ = x
	}
	if _, err := fmt.Sscan("z", &x); err != nil {
		err = nil
	}
	fmt.Println(x)
	return
}

func gotos() {
	i := 0
loop:
	if i < 3 {
		fmt.Print(i, " ")
		i++
		goto loop
	}
	fmt.Println()
outer:
	for i := 0; ; i++ {
		switch {
		case i == 1:
			continue
		case i > 3:
			break outer
		default:
			select {
			default:
				break
			}
		}
		for j := range 3 {
			if j == 1 {
				continue outer
			}
			fmt.Print(i, j, ";")
		}
	}
	fmt.Println()
sw:
	switch x := 2; x {
	case 1, 2:
		if x == 2 {
			fmt.Println("two")
			break sw
		}
		fmt.Println("no")
	case 3:
		fallthrough
	default:
		fmt.Println("no")
	}
	switch y := any(3.5).(type) {
	case int, string:
		fmt.Printf("%T\n", y)
	case float64:
		fmt.Println(y + 1)
	case nil:
	}
	switch {
	case false:
	default:
		fmt.Println("default")
		fallthrough
	case true:
		fmt.Println("true")
	}
}

func main() {
	t := T{1}
	v, p := t.V, t.P
	t.n = 10
	fmt.Println(v(1), p(1), t.n, T.V(t, 5), (*T).P(&t, 5), (*T).V(&t, 1), t.Var(1, 2, 3), T.Var(t), t.Var([]int{1}...))
	o := Outer{Mid{&Inner{5}}, "o"}
	o.Set(7)
	f := o.Get
	o.Inner = &Inner{9}
	fmt.Println(o.Get(), f(), Outer.Get(o), (*Outer).Get(&o), Mid.Get(o.Mid))
	var g Getter = o
	var gs GS = &o
	gs.Set(11)
	fmt.Println(g.Get(), gs.Get(), Getter.Get(g), GS.Get(gs), g.(GS).Get())
	w := WithI{gs}
	fmt.Println(w.Get(), WithI.Get(w))
	h := w.Getter.Get
	w.Getter = Inner{100}
	fmt.Println(h(), w.Get())
	fmt.Println(shadow())
	gotos()
	ms := map[string]func(int) int{"v": t.V, "p": t.P}
	fmt.Println(ms["v"](1), ms["p"](1))
	arr := [3]T{{1}, {2}, {3}}
	for i := range arr {
		arr[i].P(10)
	}
	for _, e := range arr {
		e.P(100)
	}
	fmt.Println(arr)
	brr := arr
	brr[0].n = 0
	pa := &arr
	for i, e := range pa {
		pa[2].n = 77
		fmt.Print(i, e, " ")
	}
	for i, e := range arr {
		arr[2].n = 99
		fmt.Print(i, e, " ")
	}
	fmt.Println(arr == brr, arr, len(pa), cap(pa[:2]), pa[1:2:2])
	type pt struct{ x, y int }
	mp := map[pt]string{{1, 2}: "a", {3, 4}: "b"}
	fmt.Println(mp[pt{1, 2}], mp[pt{3, 4}], len(mp[pt{}]))
	mm := map[string]*T{"a": {1}}
	mm["a"].n++
	mm["a"].P(2)
	fmt.Println(mm["a"].n)
	m2 := map[string][]int{}
	m2["x"] = append(m2["x"], 1, 2)
	m2["x"][0]++
	fmt.Println(m2)
	var np *T
	defer func() { fmt.Println(recover()); defer func() { fmt.Println(recover()) }(); _ = np.V }()
	fn := np.P
	_ = fn
	fmt.Println("p method value of nil is fine")
	_ = np.V
}

// Order of evaluation: calls, receives and operators left to right; assignment in two phases.
package main

import "fmt"

var log []string

func t(name string, v int) int                  { log = append(log, name); return v }
func ptr(name string, p *int) *int              { log = append(log, name); return p }
func sl(name string, s []int) []int             { log = append(log, name); return s }
func mp(name string, m map[int]int) map[int]int { log = append(log, name); return m }

func flush() { fmt.Println(log); log = nil }

type T struct{ n int }

func (x T) m(i int) T { log = append(log, fmt.Sprint("m", i)); return x }
func get(i int) T     { log = append(log, fmt.Sprint("get", i)); return T{i} }
func two() (int, int) { log = append(log, "two"); return 1, 2 }

func main() {
	a := []int{1, 2, 3}
	m := map[int]int{}
	x := 0
	sl("s", a)[t("i", 1)], *ptr("p", &x) = t("v", 10), t("w", 20)
	flush()
	mp("m", m)[t("k", 5)] = t("v", 1) + t("w", 2)*t("u", 3)
	flush()
	get(1).m(t("a", 1)).m(t("b", 2))
	flush()
	_ = []int{t("e0", 0), t("e1", 1)}
	_ = map[int]int{t("k0", 0): t("v0", 0), t("k1", 1): t("v1", 1)}
	_ = T{t("f", 1)}
	flush()
	sl("s", a)[t("i", 0)] += t("v", 5)
	flush()
	if t("l", 0) == 1 && t("r", 1) == 1 || t("o", 1) == 1 {
		log = append(log, "then")
	}
	flush()
	i := 1
	i, a[i] = 2, 99
	fmt.Println(i, a, x, m)
	a[0], a[1], a[2] = a[2], a[0], a[1]
	fmt.Println(a)
	var p *T
	func() {
		defer func() { fmt.Println("recovered", recover() != nil); flush() }()
		p.n = t("rhs", 1)
	}()
	func() {
		defer func() { recover(); flush() }()
		a[t("idx", 10)] = t("rhs", 1)
	}()
	func() {
		defer func() { recover(); flush() }()
		var nm map[int]int
		nm[t("key", 1)] = t("val", 1)
	}()
	ch := make(chan int, 2)
	ch <- 1
	ch <- 2
	fmt.Println(<-ch-<-ch, x)
	b, c := two()
	c, b = two()
	fmt.Println(b, c)
	flush()
	defer func(i int) { fmt.Println("deferred", i, x) }(t("d", 3) + x)
	x = 1
	y := x
	f := func() int { x++; return x }
	arr := [3]int{f(), f(), f()}
	fmt.Println(arr, y, x)
	z := &arr
	z[0], z = 100, nil
	fmt.Println(arr, z == nil)
	s := []int{1, 2, 3}
	for i, v := range s {
		s = append(s, v*10)
		s[0] = 7
		fmt.Print(i, v, " ")
	}
	fmt.Println(s)
	var e any = 5
	n, ok := e.(int)
	n, e = n+1, "changed"
	fmt.Println(n, ok, e)
}

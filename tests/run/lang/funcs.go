// Functions: closures, multiple results, variadics, defer order, method values, recursion.
package main

import (
	"errors"
	"fmt"
	"strings"
)

func divmod(a, b int) (q, r int, err error) {
	if b == 0 {
		err = errors.New("zero")
		return
	}
	return a / b, a % b, nil
}

func counter() (inc func() int, get func() int) {
	n := 0
	inc = func() int { n++; return n }
	get = func() int { return n }
	return
}

func compose(fs ...func(int) int) func(int) int {
	return func(x int) int {
		for _, f := range fs {
			x = f(x)
		}
		return x
	}
}

func deferred() (s string) {
	defer func() { s += " third" }()
	for i := range 3 {
		defer func(n int) { s += fmt.Sprint(" d", n, i) }(i * 10)
	}
	x := "first"
	defer func() { s += " x=" + x }()
	x = "second"
	return x
}

func argsFirst() {
	trace := func(s string) string { fmt.Print("[", s, "]"); return s }
	defer fmt.Println("deferred", trace("evaluated"))
	fmt.Print("body ")
}

func ackermann(m, n int) int {
	if m == 0 {
		return n + 1
	}
	if n == 0 {
		return ackermann(m-1, 1)
	}
	return ackermann(m-1, ackermann(m, n-1))
}

func even(n int) bool {
	if n == 0 {
		return true
	}
	return odd(n - 1)
}
func odd(n int) bool {
	if n == 0 {
		return false
	}
	return even(n - 1)
}

func many(a int8, b string, c float32, d []int, e any, f bool, g [2]int16) (int, string, float32, []int, any, bool, [2]int16) {
	return int(a) + 1, b + "!", c * 2, append(d, 1), e, !f, [2]int16{g[1], g[0]}
}

func named() (a, b int) {
	defer func() { a, b = b, a }()
	a, b = 1, 2
	return b * 10, a * 10
}

func deep(n int) int {
	if n == 0 {
		return 0
	}
	return deep(n-1) + 1
}

type op func(float64, float64) float64

func (o op) apply(a, b float64) float64 { return o(a, b) }

func main() {
	fmt.Println(divmod(17, 5))
	_, _, err := divmod(1, 0)
	fmt.Println(err)
	inc, get := counter()
	inc()
	inc()
	fmt.Println(get(), inc(), get())
	f := compose(func(x int) int { return x + 1 }, func(x int) int { return x * x })
	fmt.Println(f(3), compose()(5))
	fmt.Println(deferred())
	argsFirst()
	fmt.Println(ackermann(2, 3), even(10), odd(7))
	fmt.Println(many(1, "s", 1.5, nil, 'c', true, [2]int16{-1, 2}))
	fmt.Println(named())
	fmt.Println(deep(100000))
	fmt.Println(op(func(a, b float64) float64 { return a - b }).apply(5, 3))
	var fib func(int) int
	fib = func(n int) int {
		if n < 2 {
			return n
		}
		return fib(n-1) + fib(n-2)
	}
	fmt.Println(fib(20))
	up := strings.ToUpper
	r := strings.NewReplacer("a", "1", "b", "2").Replace
	fmt.Println(up("go"), r("abc"))
	fmt.Println(func(xs ...string) int { return len(xs) }("a", "b"))
	x := 10
	func() {
		x := 20
		x++
		_ = x
	}()
	func() { x++ }()
	fmt.Println(x)
	acc := []func(){}
	for _, w := range []string{"a", "b"} {
		acc = append(acc, func() { fmt.Print(w, " ") })
	}
	for _, g := range acc {
		g()
	}
	fmt.Println()
	adders := map[string]func(int) func(int) int{"add": func(a int) func(int) int { return func(b int) int { return a + b } }}
	fmt.Println(adders["add"](3)(4))
	var nilF func()
	fmt.Println(nilF == nil, f != nil)
	a, b := 1, 2
	a, b = b, a+b
	a, b = b, a+b
	fmt.Println(a, b)
	s := struct{ f func(string) string }{strings.ToUpper}
	fmt.Println(s.f("field"))
	big := [6]int{1, 2, 3, 4, 5, 6}
	cap1 := func() int { return big[5] + len(big) }
	big[5] = 60
	fmt.Println(cap1())
}

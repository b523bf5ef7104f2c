package main

type signed interface{ ~int | ~int8 | ~int16 }
type str interface{ ~string }
type named interface {
	~int
	Name() string
}
type empty interface {
	int
	string
}
type id int

func (id) Name() string { return "" }

type plain int
type ptrName int

func (*ptrName) Name() string { return "" }

func s[T signed](T)                              {}
func n[T named](T)                               {}
func e[T empty](T)                               {}
func c[T comparable](T)                          {}
func p[T any, P interface{ *T; Name() string }](T) {}
func m[K comparable, M ~map[K]int](M)            {}
func f[F func(int) int | func(string) string](F) {}

func main() {
	s(1)
	s("a") // ERROR `string does not satisfy signed \(string missing in ~int \| ~int8 \| ~int16\)`
	s(int8(1))
	s(uint(1)) // ERROR `uint does not satisfy signed \(uint missing in ~int \| ~int8 \| ~int16\)`
	s(1.0) // ERROR `float64 does not satisfy signed \(float64 missing in ~int \| ~int8 \| ~int16\)`
	s(1.5) // ERROR `float64 does not satisfy signed \(float64 missing in ~int \| ~int8 \| ~int16\)`
	s(plain(1))
	s[plain](1)
	s[string]("a") // ERROR `string does not satisfy signed \(string missing in ~int \| ~int8 \| ~int16\)`
	n(id(1))
	n(plain(1)) // ERROR `in call to n, T \(type plain\) does not satisfy named \(missing method Name\)`
	n(1) // ERROR `int does not satisfy named \(missing method Name\)`
	n[ptrName](1) // ERROR `ptrName does not satisfy named \(method Name has pointer receiver\)`
	n[*ptrName](nil) // ERROR `\*ptrName does not satisfy named \(\*ptrName missing in ~int\)`
	e(1) // ERROR `cannot satisfy empty \(empty type set\)`
	e[int](1) // ERROR `cannot satisfy empty \(empty type set\)`
	c(1)
	c([]int{}) // ERROR `\[\]int does not satisfy comparable`
	c(func() {}) // ERROR `func\(\) does not satisfy comparable`
	c(map[int]int{}) // ERROR `map\[int\]int does not satisfy comparable`
	c(struct{ a []int }{}) // ERROR `struct\{a \[\]int\} does not satisfy comparable`
	c([2]int{})
	var a any
	c(a)
	c[any](1)
	c[[]int](nil) // ERROR `\[\]int does not satisfy comparable`
	p(ptrName(1))
	p(id(1))
	p(plain(1)) // ERROR `\*plain does not satisfy interface\{Name\(\) string; \*plain\} \(missing method Name\)`
	p[ptrName, *id](1) // ERROR `\*id does not satisfy interface\{Name\(\) string; \*ptrName\} \(\*id missing in \*main\.ptrName\)`
	m(map[string]int{})
	m(map[string]string{}) // ERROR `in call to m, M \(type map\[string\]string\) does not satisfy ~map\[K\]int`
	m(map[any]int{})
	f(func(int) int { return 1 })
	f(func(string) int { return 1 }) // ERROR `func\(string\) int does not satisfy func\(int\) int \| func\(string\) string \(func\(string\) int missing in func\(int\) int \| func\(string\) string\)`
	f(main) // ERROR `func\(\) does not satisfy func\(int\) int \| func\(string\) string \(func\(\) missing in func\(int\) int \| func\(string\) string\)`
	f(nil) // ERROR `in call to f, cannot infer F \(declared at .*\.go:28:8\)`
	var g func(func(int) int) = f
	var h func(int) = f // ERROR `int does not satisfy func\(int\) int \| func\(string\) string \(int missing in func\(int\) int \| func\(string\) string\)`
	_, _ = g, h
}

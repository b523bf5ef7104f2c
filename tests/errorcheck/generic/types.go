package main

type pair[K comparable, V any] struct {
	key K
	val V
}
type tree[T interface{ Less(T) bool }] struct {
	left, right *tree[T]
	val         T
}
type num int

func (n num) Less(m num) bool { return n < m }

type fn[A, B any] func(A) B
type set[T comparable] map[T]struct{}
type vec[T ~int | ~string] []T
type alias[T any] = pair[string, T]
type bad1[T] struct{} // ERROR `undefined array length T or missing type constraint`
type bad2[T undefined] struct{} // ERROR `undefined: undefined`
type bad3[T any, T any] struct{} // ERROR `T redeclared in this block`
type bad4[T any] T // ERROR `cannot use a type parameter as RHS in type declaration`
type bad5[T any] struct{ T } // ERROR `embedded field type cannot be a \(pointer to a\) type parameter`
type bad6[T any] struct{ x bad6[T] } // ERROR `invalid recursive type: bad6\[T\] refers to itself`
type bad7[T any] struct{ x *bad7[*T] }

func main() {
	var a pair[string, int]
	a.key = 1 // ERROR `cannot use 1 \(untyped int constant\) as string value in assignment`
	a.val = "a" // ERROR `cannot use "a" \(untyped string constant\) as int value in assignment`
	var b pair[[]int, int] // ERROR `\[\]int does not satisfy comparable`
	var c pair[string] // ERROR `not enough type arguments for type pair: have 1, want 2`
	var d pair // ERROR `cannot use generic type pair\[K comparable, V any\] without instantiation`
	var e tree[num]
	var f tree[int] // ERROR `int does not satisfy interface\{Less\(int\) bool\} \(missing method Less\)`
	e.left.val = "a" // ERROR `cannot use "a" \(untyped string constant\) as num value in assignment`
	e.val.Less(1)
	e.val.Less("a") // ERROR `cannot use "a" \(untyped string constant\) as num value in argument to e\.val\.Less`
	var g fn[int, string] = func(int) string { return "" }
	g = func(string) int { return 1 } // ERROR `cannot use func\(string\) int \{…\} \(value of type func\(string\) int\) as fn\[int, string\] value in assignment`
	g("a") // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to g`
	var h set[string] = map[string]struct{}{}
	var i set[int] = h // ERROR `cannot use h \(variable of map type set\[string\]\) as set\[int\] value in variable declaration`
	var j vec[int] = []int{1}
	var k vec[bool] // ERROR `bool does not satisfy ~int \| ~string \(bool missing in ~int \| ~string\)`
	var l vec[num]
	l = j // ERROR `cannot use j \(variable of slice type vec\[int\]\) as vec\[num\] value in assignment`
	var m alias[int] = pair[string, int]{}
	var n alias[int] = pair[int, int]{} // ERROR `cannot use pair\[int, int\]\{\} \(value of struct type pair\[int, int\]\) as alias\[int\] value in variable declaration`
	var o alias // ERROR `cannot use generic type alias\[T any\] without instantiation`
	m.key = 1 // ERROR `cannot use 1 \(untyped int constant\) as string value in assignment`
	_ = pair[string, int]{1, "a"} // ERROR `cannot use 1 \(untyped int constant\) as string value in struct literal` `cannot use "a" \(untyped string constant\) as int value in struct literal`
	_ = pair[string, int]{key: "a", value: 1} // ERROR `unknown field value in struct literal of type pair\[string, int\]`
	_ = pair{"a", 1} // ERROR `cannot use generic type pair\[K comparable, V any\] without instantiation`
	_ = []pair[int, int]{{1, 2}, {"a", 1}} // ERROR `cannot use "a" \(untyped string constant\) as int value in struct literal`
	_ = map[string]pair[int, int]{"a": {1}} // ERROR `too few values in struct literal of type pair\[int, int\]`
	_ = any(a).(pair[string, string])
	_ = a == pair[string, int]{}
	_ = a == pair[string, string]{} // ERROR `invalid operation: a == pair\[string, string\]\{\} \(mismatched types pair\[string, int\] and pair\[string, string\]\)`
	_ = pair[int, int](a) // ERROR `cannot convert a \(variable of struct type pair\[string, int\]\) to type pair\[int, int\]`
	_, _, _, _, _, _, _, _, _ = b, c, d, f, i, k, n, o, l
}

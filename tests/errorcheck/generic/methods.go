package main

type list[T any] struct {
	head *node[T]
	n    int
}
type node[T any] struct {
	val  T
	next *node[T]
}

func (l *list[T]) add(v T) *list[T] {
	l.head = &node[T]{v, l.head}
	l.head = &node{v, l.head} // ERROR `cannot use generic type node\[T any\] without instantiation`
	l.head = &node[int]{v, l.head} // ERROR `cannot use &node\[int\]\{…\} \(value of type \*node\[int\]\) as \*node\[T\] value in assignment` `cannot use v \(variable of type T constrained by any\) as int value in struct literal` `cannot use l\.head \(variable of type \*node\[T\]\) as \*node\[int\] value in struct literal`
	l.n++
	return l
}

func (l list[T]) get(i int) (T, bool) {
	return nil, false // ERROR `cannot use nil as T value in return statement`
}

func (l list[T]) first() T {
	return l.head // ERROR `cannot use l\.head \(variable of type \*node\[T\]\) as T value in return statement`
}

func (l *list[T]) each(f func(T) bool) {
	for n := l.head; n != nil; n = n.next {
		if !f(n) { // ERROR `cannot use n \(variable of type \*node\[T\]\) as T value in argument to f`
			return
		}
		if f(n.val) {
			return 1 // ERROR `too many return values`
		}
	}
}

func (l list[U]) size() U { return l.n } // ERROR `cannot use l\.n \(variable of type int\) as U value in return statement`
func (l list[int]) bad() int { return 5 } // ERROR `cannot use 5 \(untyped int constant\) as int /\* with int declared at .*\.go:40:14 \*/ value in return statement`

type set[K comparable] map[K]struct{}

func (s set[K]) has(k K) bool { _, ok := s[k]; return ok }
func (s set[K]) add(k K)      { s[k] = true } // ERROR `cannot use true \(untyped bool constant\) as struct\{\} value in assignment`

func main() {
	var l list[string]
	l.add("a").add(1) // ERROR `cannot use 1 \(untyped int constant\) as string value in argument to l\.add\("a"\)\.add`
	l.add(1).add("a") // ERROR `cannot use 1 \(untyped int constant\) as string value in argument to l\.add`
	var n int = l.first() // ERROR `cannot use l\.first\(\) \(value of type string\) as int value in variable declaration`
	v, ok := l.get("a") // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to l\.get`
	for v := range l.each {
		_ = v + 1 // ERROR `invalid operation: v \+ 1 \(mismatched types string and untyped int\)`
	}
	for i, v := range l.each { // ERROR `range over l\.each \(value of type func\(f func\(string\) bool\)\) permits only one iteration variable`
		_, _ = i, v
	}
	_ = set[[]int]{} // ERROR `\[\]int does not satisfy comparable`
	_ = set[string]{}.has(1) // ERROR `cannot use 1 \(untyped int constant\) as string value in argument to set\[string\]\{\}\.has`
	set[string]{}.add("a", "b") // ERROR `too many arguments in call to set\[string\]\{\}\.add`
	set[any]{}.add([]int{})
	_ = list[int].size
	_ = list.size // ERROR `cannot use generic type list without instantiation`
	var f func(string) *list[string] = l.add
	var g func(int) *list[string] = l.add // ERROR `cannot use l\.add \(value of type func\(v string\) \*list\[string\]\) as func\(int\) \*list\[string\] value in variable declaration`
	_, _, _, _, _ = n, v, ok, f, g
	_ = l.head.val + 1 // ERROR `invalid operation: l\.head\.val \+ 1 \(mismatched types string and untyped int\)`
	_ = l.head.next.next.value // ERROR `l\.head\.next\.next\.value undefined \(type \*node\[string\] has no field or method value\)`
	l.missing() // ERROR `l\.missing undefined \(type list\[string\] has no field or method missing\)`
}

package main

type number interface{ ~int | ~float64 }
type stack[T any] struct{ items []T }

func (s *stack[T]) push(x T) { s.items = append(s.items, x) }
func (s stack[T]) top() T    { return s.items[0] }

func id[T any](x T) T                        { return x }
func pair[A, B any](a A, b B) (B, A)         { return b, a }
func sum[T number](xs ...T) (t T)            { return }
func apply[T, U any](xs []T, f func(T) U) []U { return nil }
func same[T comparable](a, b T) bool         { return a == b }
func make2[T any]() T                        { var x T; return x }
func keys[M ~map[K]V, K comparable, V any](m M) []K { return nil }

func main() {
	var s string = id(5) // ERROR `cannot use id\(5\) \(value of type int\) as string value in variable declaration`
	var i int = id("a") // ERROR `cannot use id\("a"\) \(value of type string\) as int value in variable declaration`
	_ = id[string](5) // ERROR `cannot use 5 \(untyped int constant\) as string value in argument to id\[string\]`
	_ = id[int, string](5) // ERROR `got 2 type arguments but want 1`
	_ = id() // ERROR `not enough arguments in call to id`
	_ = id(1, 2) // ERROR `too many arguments in call to id`
	_ = id(nil) // ERROR `in call to id, cannot infer T \(declared at .*\.go:9:9\)`
	_ = id[int]
	_ = id // ERROR `cannot use generic function id without instantiation`
	id(1)
	_ = make2() // ERROR `in call to make2, cannot infer T \(declared at .*\.go:14:12\)`
	_ = make2[int]()
	_ = make2[undefined]() // ERROR `undefined: undefined`
	_ = make2[5]() // ERROR `5 is not a type`
	a, b := pair(1, "x") // ERROR `declared and not used: a`
	a = b // ERROR `cannot use b \(variable of type int\) as string value in assignment`
	_ = sum(1, 2.5)
	_ = sum(1, "a") // ERROR `in call to sum, mismatched types untyped int and untyped string \(cannot infer T\)`
	_ = sum("a", "b") // ERROR `string does not satisfy number \(string missing in ~int \| ~float64\)`
	_ = sum[string]("a") // ERROR `string does not satisfy number \(string missing in ~int \| ~float64\)`
	_ = sum[int](1.5) // ERROR `cannot use 1\.5 \(untyped float constant\) as int value in argument to sum\[int\] \(truncated\)`
	_ = sum() // ERROR `in call to sum, cannot infer T \(declared at .*\.go:11:10\)`
	_ = sum[int]()
	_ = apply([]int{1}, func(s string) int { return 1 }) // ERROR `in call to apply, type func\(s string\) int of func\(s string\) int \{…\} does not match inferred type func\(int\) U for func\(T\) U`
	_ = apply([]int{1}, func(i int) string { return "" })
	_ = apply([]int{1}, nil) // ERROR `in call to apply, cannot infer U \(declared at .*\.go:12:15\)`
	_ = apply([]int{1}, id)
	_ = apply(1, id[int]) // ERROR `cannot use 1 \(untyped int constant\) as \[\]int value in argument to apply`
	_ = apply[int, string]([]int{1}, func(int) int { return 1 }) // ERROR `cannot use func\(int\) int \{…\} \(value of type func\(int\) int\) as func\(int\) string value in argument to apply\[int, string\]`
	_ = same(1, "a") // ERROR `in call to same, mismatched types untyped int and untyped string \(cannot infer T\)`
	_ = same([]int{}, []int{}) // ERROR `\[\]int does not satisfy comparable`
	_ = same(1, 1.5)
	_ = same(main, main) // ERROR `func\(\) does not satisfy comparable`
	_ = keys(map[string]int{})
	_ = keys([]int{}) // ERROR `in call to keys, M \(type \[\]int\) does not satisfy ~map\[K\]V`
	_ = keys(5) // ERROR `in call to keys, cannot infer K \(declared at .*\.go:15:23\)`
	st := stack[int]{}
	st.push("a") // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to st\.push`
	st.push(1)
	var t string = st.top() // ERROR `cannot use st\.top\(\) \(value of type int\) as string value in variable declaration`
	_ = stack{} // ERROR `cannot use generic type stack\[T any\] without instantiation`
	_ = stack[int, string]{} // ERROR `too many type arguments for type stack: have 2, want 1`
	_ = stack[int]{items: []string{}} // ERROR `cannot use \[\]string\{\} \(value of type \[\]string\) as \[\]int value in struct literal`
	_ = stack[int]{1} // ERROR `cannot use 1 \(untyped int constant\) as \[\]int value in struct literal`
	_ = stack[undefined]{} // ERROR `undefined: undefined`
	var f func(int) int = id
	var g func(int) string = id // ERROR `inferred type func\(x int\) int for func\(x T\) T does not match type func\(int\) string of g`
	var h func(string, int) (int, string) = pair
	var k func() = id // ERROR `type func\(\) of k does not match func\(x T\) T \(cannot infer T\)`
	m := id // ERROR `cannot use generic function id without instantiation`
	_, _, _, _, _, _, _, _ = s, i, t, f, g, h, k, m
	stack[int].push(st, 1) // ERROR `invalid method expression stack\[int\]\.push \(needs pointer receiver \(\*stack\[int\]\)\.push\)`
	(*stack[int]).push(&st, "a") // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to \(\*stack\[int\]\)\.push`
}

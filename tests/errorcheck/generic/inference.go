package main

type opt[T any] func(*T)
type box[T any] struct{ v T }
type pair[K comparable, V any] struct {
	k K
	v V
}

func mapOf[K comparable, V any](ps ...pair[K, V]) map[K]V      { return nil }
func unbox[T any](b box[T]) T                                    { return b.v }
func unboxp[T any](b *box[T]) T                                  { return b.v }
func chain[A, B, C any](f func(A) B, g func(B) C) func(A) C      { return nil }
func build[T any](opts ...opt[T]) T                              { var t T; return t }
func conv[T, U any](f func(T) U, t T) U                          { return f(t) }
func slice[S ~[]E, E any](s S, e E) S                            { return s }
func ptr[T any, P interface{ *T; set(int) }](x T) P              { return nil }
func recv[T any](c <-chan T) T                                   { return <-c }
func arr[T any](a [3]T) T                                        { return a[0] }
func twice[T any](f func(T) T) func(T) T                         { return f }

type setter struct{}

func (*setter) set(int) {}

func itoa(int) string   { return "" }
func atoi(string) int   { return 0 }
func ident[T any](x T) T { return x }

func main() {
	_ = mapOf(pair[string, int]{"a", 1}, pair[string, string]{"a", "b"}) // ERROR `in call to mapOf, type pair\[string, string\] of pair\[string, string\]\{…\} does not match inferred type pair\[string, int\] for pair\[K, V\]`
	_ = mapOf(pair[string, int]{"a", 1})
	_ = mapOf[string, int](pair[int, int]{}) // ERROR `cannot use pair\[int, int\]\{\} \(value of struct type pair\[int, int\]\) as pair\[string, int\] value in argument to mapOf\[string, int\]`
	_ = unbox(box[int]{1}) + "a" // ERROR `invalid operation: unbox\(box\[int\]\{…\}\) \+ "a" \(mismatched types int and untyped string\)`
	_ = unbox(&box[int]{1}) // ERROR `in call to unbox, type \*box\[int\] of &box\[int\]\{…\} does not match box\[T\] \(cannot infer T\)`
	_ = unboxp(box[int]{1}) // ERROR `in call to unboxp, type box\[int\] of box\[int\]\{…\} does not match \*box\[T\] \(cannot infer T\)`
	_ = unbox(5) // ERROR `in call to unbox, cannot infer T \(declared at .*\.go:11:12\)`
	_ = chain(itoa, atoi)(1) + "a" // ERROR `invalid operation: chain\(itoa, atoi\)\(1\) \+ "a" \(mismatched types int and untyped string\)`
	_ = chain(itoa, itoa) // ERROR `in call to chain, type func\(int\) string of itoa does not match inferred type func\(string\) C for func\(B\) C`
	_ = chain(ident, itoa)
	_ = chain(ident[int], itoa)(1)
	_ = build() // ERROR `in call to build, cannot infer T \(declared at .*\.go:14:12\)`
	_ = build(func(*int) {})
	_ = conv(itoa, "a") // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to conv`
	_ = conv(itoa, 1) + 1 // ERROR `invalid operation: conv\(itoa, 1\) \+ 1 \(mismatched types string and untyped int\)`
	_ = conv(ident, 1)
	_ = slice([]int{}, "a") // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to slice`
	_ = slice([]int{}, 1.5) // ERROR `cannot use 1\.5 \(untyped float constant\) as int value in argument to slice \(truncated\)`
	_ = slice([]float64{}, 1)
	_ = slice(nil, 1) // ERROR `in call to slice, cannot infer S \(declared at .*\.go:16:12\)`
	_ = ptr(setter{})
	_ = ptr(1) // ERROR `\*int does not satisfy interface\{set\(int\); \*int\} \(missing method set\)`
	_ = recv(make(chan int)) + "a" // ERROR `invalid operation: recv\(make\(chan int\)\) \+ "a" \(mismatched types int and untyped string\)`
	_ = recv(make(chan<- int)) // ERROR `cannot use make\(chan<- int\) \(value of type chan<- int\) as <-chan int value in argument to recv`
	_ = arr([3]int{}) + "a" // ERROR `invalid operation: arr\(\[3\]int\{\}\) \+ "a" \(mismatched types int and untyped string\)`
	_ = arr([2]int{}) // ERROR `in call to arr, type \[2\]int of \[2\]int\{\} does not match \[3\]T \(cannot infer T\)`
	_ = arr([]int{}) // ERROR `in call to arr, type \[\]int of \[\]int\{\} does not match \[3\]T \(cannot infer T\)`
	_ = twice(itoa) // ERROR `in call to twice, type func\(int\) string of itoa does not match inferred type func\(int\) int for func\(T\) T`
	_ = twice(ident) // ERROR `in call to twice, cannot infer T \(declared at .*\.go:20:12\)`
	_ = twice(ident[string])(1) // ERROR `cannot use 1 \(untyped int constant\) as string value in argument to twice\(ident\[string\]\)`
	var f func(int) int = ident
	var g func(int) string = ident // ERROR `inferred type func\(x int\) int for func\(x T\) T does not match type func\(int\) string of g`
	fs := []func(int) int{ident, itoa} // ERROR `cannot use itoa \(value of type func\(int\) string\) as func\(int\) int value in array or slice literal`
	f = ident
	f = twice(ident) // ERROR `in call to twice, cannot infer T \(declared at .*\.go:20:12\)`
	_, _, _ = f, g, fs
	func(func(string) string) {}(ident)
	func(func(string) int) {}(ident) // ERROR `in call to func\(func\(string\) int\) \{\}, type func\[T any\]\(x T\) T of ident does not match func\(string\) int`
	ret := func() func(bool) bool { return ident }
	ret2 := func() func(bool) int { return ident } // ERROR `inferred type func\(x bool\) bool for func\(x T\) T does not match type func\(bool\) int of result variable`
	_, _ = ret, ret2
}

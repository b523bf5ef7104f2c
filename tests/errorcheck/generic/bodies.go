package main

type number interface{ ~int | ~float64 }
type ordered interface{ ~int | ~string }
type stringer interface{ String() string }

func ops[T any, N number, O ordered, C comparable, S stringer, L ~[]int, M ~map[string]int, P *int | *string, F func() | ~func()](t T, n N, o O, c C, s S, l L, m M, p P, f F) { // ERROR `overlapping terms ~func\(\) and func\(\)`
	_ = t + t // ERROR `invalid operation: operator \+ not defined on t \(variable of type T constrained by any\)`
	_ = t == t // ERROR `invalid operation: t == t \(incomparable types in type set\)`
	_ = t == nil // ERROR `invalid operation: t == nil \(mismatched types T and untyped nil\)`
	_ = t.x // ERROR `t\.x undefined \(type T has no field or method x\)`
	_ = t.String() // ERROR `t\.String undefined \(type T has no field or method String\)`
	_ = n + n
	_ = n + 1
	_ = n + 1.5 // ERROR `cannot convert 1\.5 \(untyped float constant\) to type N`
	_ = n + "a" // ERROR `invalid operation: n \+ "a" \(mismatched types N and untyped string\)`
	_ = n % n // ERROR `invalid operation: operator % not defined on n \(variable of type N constrained by number\)`
	_ = n << 1 // ERROR `invalid operation: shifted operand n \(variable of type N constrained by number\) must be integer`
	_ = n < n
	_ = n == n
	_ = -n
	_ = !n // ERROR `invalid operation: operator ! not defined on n \(variable of type N constrained by number\)`
	_ = ^n // ERROR `invalid operation: operator \^ not defined on n \(variable of type N constrained by number\)`
	_ = o + o
	_ = o + 1 // ERROR `invalid operation: o \+ 1 \(mismatched types O and untyped int\)`
	_ = o < o
	_ = o - o // ERROR `invalid operation: operator - not defined on o \(variable of type O constrained by ordered\)`
	_ = o[0] // ERROR `cannot index o \(variable of type O constrained by ordered\)`
	_ = c == c
	_ = c < c // ERROR `invalid operation: c < c \(type parameter C cannot use operator <\)`
	_ = c != t // ERROR `invalid operation: c != t \(mismatched types C and T\)`
	_ = s.String() + 1 // ERROR `invalid operation: s\.String\(\) \+ 1 \(mismatched types string and untyped int\)`
	_ = s.Foo() // ERROR `s\.Foo undefined \(type S has no field or method Foo\)`
	_ = s == s // ERROR `invalid operation: s == s \(incomparable types in type set\)`
	_ = l[0] + "a" // ERROR `invalid operation: l\[0\] \+ "a" \(mismatched types int and untyped string\)`
	_ = l["a"] // ERROR `cannot convert "a" \(untyped string constant\) to type int`
	_ = l[1:2]
	_ = len(l) + cap(l)
	_ = append(l, "a") // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to append`
	_ = append(l, 1)
	_ = m["a"]
	_ = m[1] // ERROR `cannot use 1 \(untyped int constant\) as string value in map index`
	_ = len(m)
	_ = cap(m) // ERROR `invalid argument: m \(variable of type M constrained by ~map\[string\]int\) for built-in cap`
	_ = *p // ERROR `invalid operation: pointers of p \(variable of type P constrained by \*int \| \*string\) must have identical base types`
	_ = *t // ERROR `invalid operation: cannot indirect t \(variable of type T constrained by any\)`
	_ = &t
	f()
	f(1) // ERROR `too many arguments in call to f`
	t() // ERROR `invalid operation: cannot call t \(variable of type T constrained by any\): no specific type`
	n() // ERROR `invalid operation: cannot call n \(variable of type N constrained by number\): int is not a function`
	for range t { // ERROR `cannot range over t \(variable of type T constrained by any\): no specific type`
	}
	for range l {
	}
	for range n { // ERROR `cannot range over n \(variable of type N constrained by number\): int and float64 have different underlying types`
	}
	for k, v := range m {
		_ = k + v // ERROR `invalid operation: k \+ v \(mismatched types string and int\)`
	}
	_ = T(1) // ERROR `cannot convert 1 \(untyped int value\) to type T: T does not contain specific types`
	_ = N(1)
	_ = N(1.5) // ERROR `cannot convert 1\.5 \(untyped float value\) to type N: cannot convert 1\.5 \(untyped float constant\) to type int \(in N\)`
	_ = N("a") // ERROR `cannot convert "a" \(untyped string value\) to type N: cannot convert "a" \(untyped string constant\) to type int \(in N\)`
	_ = int(n)
	_ = string(o)
	_ = string(n) // ERROR `cannot convert n \(variable of type N constrained by number\) to type string: cannot convert float64 \(in N\) to type string`
	_ = int(t) // ERROR `cannot convert t \(variable of type T constrained by any\) to type int`
	_ = any(t).(int)
	_ = t.(int) // ERROR `invalid operation: cannot use type assertion on type parameter value t \(variable of type T constrained by any\)`
	switch t.(type) { // ERROR `cannot use type switch on type parameter value t \(variable of type T constrained by any\)`
	}
	switch any(t).(type) {
	case T:
	case int, T: // ERROR `duplicate case T in type switch`
	}
	var x T = 1 // ERROR `cannot use 1 \(untyped int constant\) as T value in variable declaration`
	var y T = nil // ERROR `cannot use nil as T value in variable declaration`
	var z N = 1
	var w N = 1.5 // ERROR `cannot use 1\.5 \(untyped float constant\) as N value in variable declaration`
	var v int = n // ERROR `cannot use n \(variable of type N constrained by number\) as int value in variable declaration`
	var u T = n // ERROR `cannot use n \(variable of type N constrained by number\) as T value in variable declaration`
	var e any = t
	var st stringer = t // ERROR `cannot use t \(variable of type T constrained by any\) as stringer value in variable declaration`
	var st2 stringer = s
	t = n // ERROR `cannot use n \(variable of type N constrained by number\) as T value in assignment`
	n = 1
	o = 1 // ERROR `cannot use 1 \(untyped int constant\) as O value in assignment`
	o = "a" // ERROR `cannot use "a" \(untyped string constant\) as O value in assignment`
	_ = T{} // ERROR `invalid composite literal type T \(no common underlying type\)`
	_ = L{1, 2, "a"} // ERROR `cannot use "a" \(untyped string constant\) as int value in array or slice literal`
	_ = M{"a": 1, "a": 2} // ERROR `duplicate key "a" in map literal`
	_ = make(T) // ERROR `invalid argument: cannot make T: no specific type`
	_ = make(L, 1)
	_ = make(M)
	_ = new(T)
	delete(m, 1) // ERROR `cannot use 1 \(untyped int constant\) as string value in argument to delete`
	clear(t) // ERROR `invalid argument: cannot clear t \(variable of type T constrained by any\): argument must be \(or constrained by\) map or slice`
	clear(m)
	close(t) // ERROR `invalid operation: cannot close non-channel t \(variable of type T constrained by any\)`
	_ = min(o, o)
	_ = min(t, t) // ERROR `invalid argument: t \(variable of type T constrained by any\) cannot be ordered`
	_ = complex(n, n) // ERROR `invalid argument: arguments have type N, expected floating-point`
	const c1 = T(1) // ERROR `cannot convert 1 \(untyped int value\) to type T: T does not contain specific types`
	_, _, _, _, _, _, _, _, _ = x, y, z, w, v, u, e, st, st2
}

func main() {}

package main

import "strings"

type inner struct{ a, b int }
type outer struct {
	inner
	c string
	*ptr
}
type ptr struct{ d int }

func main() {
	_ = inner{1} // ERROR `too few values in struct literal of type inner`
	_ = inner{1, 2}
	_ = inner{1, 2, 3} // ERROR `too many values in struct literal of type inner`
	_ = inner{}
	_ = inner{a: 1, 2} // ERROR `mixture of field:value and value elements in struct literal`
	_ = inner{1, b: 2} // ERROR `mixture of field:value and value elements in struct literal`
	_ = inner{a: 1, a: 2} // ERROR `duplicate field name a in struct literal`
	_ = inner{c: 1} // ERROR `unknown field c in struct literal of type inner`
	_ = inner{A: 1} // ERROR `unknown field A in struct literal of type inner, but does have a`
	_ = inner{a: "x"} // ERROR `cannot use "x" \(untyped string constant\) as int value in struct literal`
	_ = inner{"x", 1} // ERROR `cannot use "x" \(untyped string constant\) as int value in struct literal`
	_ = inner{1.5, 2} // ERROR `cannot use 1\.5 \(untyped float constant\) as int value in struct literal \(truncated\)`
	_ = inner{"a": 1} // ERROR `invalid field name "a" in struct literal`
	_ = inner{1: 1} // ERROR `invalid field name 1 in struct literal`
	_ = inner{inner.a: 1} // ERROR `invalid field name inner\.a in struct literal`
	_ = outer{inner: inner{1, 2}, c: "x"}
	_ = outer{a: 1, c: "x"}
	_ = outer{a: 1, inner: inner{}} // ERROR `cannot specify embedded field inner and enclosed promoted field a`
	_ = outer{inner: inner{}, a: 1} // ERROR `cannot specify promoted field a and enclosing embedded field inner`
	_ = outer{a: 1, b: 2, a: 3} // ERROR `duplicate field name a in struct literal`
	_ = outer{d: 1} // ERROR `invalid implicit pointer indirection to reach d`
	_ = outer{inner{1, 2}, 5, nil} // ERROR `cannot use 5 \(untyped int constant\) as string value in struct literal`
	_ = outer{{1, 2}, "x", nil} // ERROR `missing type in composite literal`
	_ = strings.Builder{1, 2} // ERROR `implicit assignment to unexported field addr in struct literal of type strings\.Builder` `implicit assignment to unexported field buf in struct literal of type strings\.Builder`
	_ = strings.Builder{addr: nil} // ERROR `cannot refer to unexported field addr in struct literal of type strings\.Builder`
	_ = strings.Builder{foo: nil} // ERROR `unknown field foo in struct literal of type strings\.Builder`
	_ = strings.Reader{"a"} // ERROR `implicit assignment to unexported field s in struct literal of type strings\.Reader` `too few values in struct literal of type strings\.Reader \(type has unexported fields - use key:value pairs\)`
	_ = undefinedType{a: 1, b: x} // ERROR `undefined: undefinedType` `undefined: x`
	_ = []inner{{1, 2}, {a: 1}, {1}, {c: 1}} // ERROR `too few values in struct literal of type inner` `unknown field c in struct literal of type inner`
	_ = []*inner{{1, 2}, {1}} // ERROR `too few values in struct literal of type inner`
	_ = map[string]inner{"a": {1}} // ERROR `too few values in struct literal of type inner`
	_ = struct{ x int }{y: 1} // ERROR `unknown field y in struct literal of type struct\{x int\}`
	_ = &inner{1} // ERROR `too few values in struct literal of type inner`
}

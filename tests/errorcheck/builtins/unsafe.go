package main

import "unsafe"

type st struct {
	a int8
	b int64
	inner
	*ptr
}
type inner struct{ c int }
type ptr struct{ d int }

func (st) m() {}

func main() {
	var s st
	var p *int
	var sl []int
	var n int
	var up unsafe.Pointer
	const a = unsafe.Sizeof(s)
	const b = unsafe.Offsetof(s.b)
	const c = unsafe.Alignof(s.a)
	var x [unsafe.Sizeof(s) - 32]int = [1]int{} // ERROR `cannot use \[1\]int\{\} \(value of type \[1\]int\) as \[0\]int value in variable declaration`
	var y [unsafe.Offsetof(s.b)]int = [1]int{} // ERROR `cannot use \[1\]int\{\} \(value of type \[1\]int\) as \[8\]int value in variable declaration`
	var z [unsafe.Offsetof(s.c)]int = [1]int{} // ERROR `cannot use \[1\]int\{\} \(value of type \[1\]int\) as \[16\]int value in variable declaration`
	_ = unsafe.Sizeof() // ERROR `invalid operation: not enough arguments for unsafe\.Sizeof\(\) \(expected 1, found 0\)`
	_ = unsafe.Sizeof(1, 2) // ERROR `invalid operation: too many arguments for unsafe\.Sizeof\(1, 2\) \(expected 1, found 2\)`
	_ = unsafe.Sizeof(int) // ERROR `int \(type\) is not an expression`
	_ = unsafe.Sizeof(nil) // ERROR `use of untyped nil in argument to unsafe\.Sizeof`
	_ = unsafe.Sizeof(undefined) // ERROR `undefined: undefined`
	_ = unsafe.Offsetof(s) // ERROR `invalid argument: s is not a selector expression`
	_ = unsafe.Offsetof(s.m) // ERROR `invalid argument: s\.m is a method value`
	_ = unsafe.Offsetof(s.d) // ERROR `invalid argument: field d is embedded via a pointer in st`
	_ = unsafe.Offsetof(s.undefined) // ERROR `invalid argument: st has no single field undefined`
	_ = unsafe.Offsetof(1) // ERROR `invalid argument: 1 is not a selector expression`
	_ = unsafe.Offsetof(st.a) // ERROR `st \(type\) is not an expression`
	_ = unsafe.Alignof(main)
	_ = unsafe.Add(p, 1) // ERROR `cannot use p \(variable of type \*int\) as unsafe\.Pointer value in argument to unsafe\.Add`
	_ = unsafe.Add(up, "a") // ERROR `cannot convert "a" \(untyped string constant\) to type int`
	_ = unsafe.Add(up, 1.5) // ERROR `1\.5 \(untyped float constant\) truncated to int`
	_ = unsafe.Add(up, -1)
	_ = unsafe.Add(up) // ERROR `invalid operation: not enough arguments for unsafe\.Add\(up\) \(expected 2, found 1\)`
	_ = unsafe.Slice(p, -1) // ERROR `invalid argument: length -1 \(constant of type int\) must not be negative`
	_ = unsafe.Slice(p, "a") // ERROR `cannot convert "a" \(untyped string constant\) to type int`
	_ = unsafe.Slice(n, 1) // ERROR `invalid argument: n \(variable of type int\) is not a pointer`
	_ = unsafe.Slice(up, 1) // ERROR `invalid argument: up \(variable of type unsafe\.Pointer\) is not a pointer`
	_ = unsafe.Slice(p, n) + 1 // ERROR `invalid operation: unsafe\.Slice\(p, n\) \+ 1 \(mismatched types \[\]int and untyped int\)`
	_ = unsafe.SliceData(p) // ERROR `invalid argument: p \(variable of type \*int\) is not a slice`
	_ = unsafe.SliceData(sl) + 1 // ERROR `invalid operation: unsafe\.SliceData\(sl\) \+ 1 \(mismatched types \*int and untyped int\)`
	_ = unsafe.String(p, 1) // ERROR `cannot use p \(variable of type \*int\) as \*byte value in argument to unsafe\.String`
	_ = unsafe.String("a", 1) // ERROR `cannot use "a" \(untyped string constant\) as \*byte value in argument to unsafe\.String`
	_ = unsafe.StringData(1) // ERROR `cannot use 1 \(untyped int constant\) as string value in argument to unsafe\.StringData`
	_ = unsafe.StringData(sl) // ERROR `cannot use sl \(variable of type \[\]int\) as string value in argument to unsafe\.StringData`
	_ = unsafe.StringData("a") + 1 // ERROR `invalid operation: unsafe\.StringData\("a"\) \+ 1 \(mismatched types \*byte and untyped int\)`
	_ = unsafe.Foo // ERROR `undefined: unsafe\.Foo`
	_ = unsafe.pointer(p) // ERROR `undefined: unsafe\.pointer \(but have Pointer\)`
	_ = unsafe.Pointer // ERROR `unsafe\.Pointer \(type\) is not an expression`
	_ = unsafe.Pointer(1) // ERROR `cannot convert 1 \(untyped int constant\) to type unsafe\.Pointer`
	_ = unsafe // ERROR `use of package unsafe not in selector`
	unsafe.Sizeof(1) // ERROR `unsafe\.Sizeof\(1\) \(constant 8 of type uintptr\) is not used`
	_ = unsafe.Sizeof // ERROR `unsafe\.Sizeof \(built-in\) must be called`
	_ = up + 1 // ERROR `invalid operation: up \+ 1 \(mismatched types unsafe\.Pointer and untyped int\)`
	_ = *up // ERROR `invalid operation: cannot indirect up \(variable of type unsafe\.Pointer\)`
	_ = up == nil
	_ = up == p // ERROR `invalid operation: up == p \(mismatched types unsafe\.Pointer and \*int\)`
	_, _, _ = x, y, z
}

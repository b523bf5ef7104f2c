package main

type slices struct{ s []int }
type arrays [2]func()
type ok struct {
	a int
	b string
}
type iface interface{ m() }
type impl struct{}

func (impl) m() {}

type ptrImpl struct{}

func (*ptrImpl) m() {}

func main() {
	var s []int
	var m map[string]int
	var f func()
	var st slices
	var ar arrays
	var o ok
	var e any
	var i iface
	_ = s == s // ERROR `invalid operation: s == s \(slice can only be compared to nil\)`
	_ = s == nil
	_ = nil != s
	_ = m == m // ERROR `invalid operation: m == m \(map can only be compared to nil\)`
	_ = f == f // ERROR `invalid operation: f == f \(func can only be compared to nil\)`
	_ = f == nil
	_ = st == st // ERROR `invalid operation: st == st \(struct containing \[\]int cannot be compared\)`
	_ = ar == ar // ERROR `invalid operation: ar == ar \(arrays cannot be compared\)`
	_ = o == o
	_ = e == o
	_ = e == 1
	_ = e == st // ERROR `invalid operation: e == st \(struct containing \[\]int cannot be compared\)`
	_ = e == s // ERROR `invalid operation: e == s \(slice can only be compared to nil\)`
	_ = s == e // ERROR `invalid operation: s == e \(slice can only be compared to nil\)`
	_ = i == impl{}
	_ = i == ptrImpl{} // ERROR `invalid operation: i == ptrImpl\{\} \(mismatched types iface and ptrImpl\)`
	_ = i == &ptrImpl{}
	_ = i == 1 // ERROR `invalid operation: i == 1 \(mismatched types iface and untyped int\)`
	_ = o == 1 // ERROR `invalid operation: o == 1 \(mismatched types ok and untyped int\)`
	_ = o == struct {
		a int
		b string
	}{}
	_ = struct{ f func() }{} == struct{ f func() }{} // ERROR `invalid operation: struct\{f func\(\)\}\{\} == struct\{f func\(\)\}\{\} \(struct containing func\(\) cannot be compared\)`
	_ = [0]func(){} == [0]func(){} // ERROR `invalid operation: \[0\]func\(\)\{\} == \[0\]func\(\)\{\} \(\[0\]func\(\) cannot be compared\)`
	_ = e == nil
	_ = o == nil // ERROR `invalid operation: o == nil \(mismatched types ok and untyped nil\)`
	_ = 1 == nil // ERROR `invalid operation: 1 == nil \(mismatched types untyped int and untyped nil\)`
	_ = "a" < 1 // ERROR `invalid operation: "a" < 1 \(mismatched types untyped string and untyped int\)`
	_ = s < s // ERROR `invalid operation: s < s \(operator < not defined on slice\)`
	_ = (i == nil) == 1 // ERROR `invalid operation: \(i == nil\) == 1 \(mismatched types untyped bool and untyped int\)`
	_ = 1 < 2 < 3 // ERROR `invalid operation: 1 < 2 < 3 \(mismatched types untyped bool and untyped int\)`
}

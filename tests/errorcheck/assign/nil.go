package main

func main() {
	var a = nil // ERROR `use of untyped nil in variable declaration`
	b := nil // ERROR `use of untyped nil in assignment`
	var i int = nil // ERROR `cannot use nil as int value in variable declaration`
	var s string = nil // ERROR `cannot use nil as string value in variable declaration`
	var p *int = nil
	var e error = nil
	var f func() = nil
	var st struct{} = nil // ERROR `cannot use nil as struct\{\} value in variable declaration`
	var arr [3]int = nil // ERROR `cannot use nil as \[3\]int value in variable declaration`
	_ = nil // ERROR `use of untyped nil in assignment to _ identifier`
	_ = i == nil // ERROR `invalid operation: i == nil \(mismatched types int and untyped nil\)`
	_ = s == nil // ERROR `invalid operation: s == nil \(mismatched types string and untyped nil\)`
	_ = st == nil // ERROR `invalid operation: st == nil \(mismatched types struct\{\} and untyped nil\)`
	_ = p == nil
	_ = nil == nil // ERROR `invalid operation: nil == nil \(operator == not defined on untyped nil\)`
	_ = nil + nil // ERROR `invalid operation: operator \+ not defined on nil`
	_ = !nil // ERROR `invalid operation: operator ! not defined on nil`
	_ = *nil // ERROR `invalid operation: cannot indirect nil`
	_ = &nil // ERROR `invalid operation: cannot take address of nil`
	_ = nil.x // ERROR `nil\.x undefined \(type untyped nil has no field or method x\)`
	_ = nil[0] // ERROR `cannot index nil`
	nil() // ERROR `invalid operation: cannot call nil: untyped nil is not a function`
	for range nil { // ERROR `cannot range over nil`
	}
	switch nil { // ERROR `use of untyped nil in switch expression`
	}
	_, _, _, _, _ = a, b, e, f, arr
}

package main

func f() bool             { return true }
func two() (bool, bool)   { return true, true }

func main() {
	i, s := 1, "a"
	var e any
	var p *bool
	if i { // ERROR `non-boolean condition in if statement`
	}
	if s { // ERROR `non-boolean condition in if statement`
	}
	if 1 { // ERROR `non-boolean condition in if statement`
	}
	if nil { // ERROR `non-boolean condition in if statement`
	}
	if e { // ERROR `non-boolean condition in if statement`
	}
	if p { // ERROR `non-boolean condition in if statement`
	}
	if f { // ERROR `non-boolean condition in if statement`
	}
	if !i { // ERROR `invalid operation: operator ! not defined on i \(variable of type int\)`
	}
	if i == 1 {
	}
	if i = 1; i { // ERROR `non-boolean condition in if statement`
	}
	if x := f(); x == 1 { // ERROR `invalid operation: x == 1 \(mismatched types bool and untyped int\)`
	}
	if two() { // ERROR `multiple-value two\(\) \(value of type \(bool, bool\)\) in single-value context`
	}
	if undefined { // ERROR `undefined: undefined`
	}
	if i && s { // ERROR `invalid operation: i && s \(mismatched types int and string\)`
	}
	for i { // ERROR `non-boolean condition in for statement`
	}
	for ; s; { // ERROR `non-boolean condition in for statement`
	}
	for i := 0; i; i++ { // ERROR `non-boolean condition in for statement`
	}
	for i := 0; i < "a"; i++ { // ERROR `invalid operation: i < "a" \(mismatched types int and untyped string\)`
	}
	for i := 0; i < 10; s++ { // ERROR `invalid operation: s\+\+ \(non-numeric type string\)`
	}
	for i := "a"; ; i++ { // ERROR `invalid operation: i\+\+ \(non-numeric type string\)`
	}
	for f { // ERROR `non-boolean condition in for statement`
	}
	if x := 1; f() { // ERROR `declared and not used: x`
	}
	if f() {
		y := 1 // ERROR `declared and not used: y`
	} else {
		z := 2 // ERROR `declared and not used: z`
	}
	if v := f(); v {
	} else if w := v; w {
		_ = u // ERROR `undefined: u`
	}
	_ = v // ERROR `undefined: v`
}

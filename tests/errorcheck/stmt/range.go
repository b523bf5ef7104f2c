package main

type iter func(yield func(int, string) bool)
type st struct{}

func seq0(yield func() bool)               {}
func seq1(yield func(int) bool)            {}
func seq2(yield func(int, string) bool)    {}
func seq3(yield func(int, int, int) bool)  {}
func bad1(yield func(int))                 {}
func bad2(yield func(int) int)             {}
func bad3(yield int)                       {}
func bad4(yield func(int) bool) int        { return 1 }
func bad5()                                {}
func bad6(a, b func(int) bool)             {}

func main() {
	var i int
	var s string // ERROR `declared and not used: s`
	var f float64
	for i := range 10 {
		_ = i + "a" // ERROR `invalid operation: i \+ "a" \(mismatched types int and untyped string\)`
	}
	for i, j := range 10 { // ERROR `range over 10 \(untyped int constant\) permits only one iteration variable`
		_, _ = i, j
	}
	for i := range 1.5 { // ERROR `cannot range over 1\.5 \(untyped float constant\)`
		_ = i
	}
	for i := range 2.0 { // ERROR `cannot range over 2\.0 \(untyped float constant 2\)`
		_ = i
	}
	for i := range f { // ERROR `cannot range over f \(variable of type float64\)`
		_ = i
	}
	for s = range 10 { // ERROR `cannot use 10 \(untyped int constant\) as string value in range clause`
	}
	for s = range "abc" { // ERROR `cannot use s \(value of type int\) as string value in assignment`
	}
	for i, s = range "abc" { // ERROR `cannot use s \(value of type rune\) as string value in assignment`
	}
	for i := range (st{}) { // ERROR `cannot range over \(st\{\}\) \(value of struct type st\)`
		_ = i
	}
	for i := range nil { // ERROR `cannot range over nil`
		_ = i
	}
	for i, v := range []string{} {
		_ = i + v // ERROR `invalid operation: i \+ v \(mismatched types int and string\)`
	}
	for k, v := range map[string]int{} {
		_ = k + v // ERROR `invalid operation: k \+ v \(mismatched types string and int\)`
	}
	for a, b, c := range []int{} { // ERROR `declared and not used: a` `declared and not used: b` `range clause permits at most two iteration variables`
	}
	for v, ok := range make(chan int) { // ERROR `range over make\(chan int\) \(value of type chan int\) permits only one iteration variable`
		_, _ = v, ok
	}
	for v := range make(chan<- int) { // ERROR `cannot range over make\(chan<- int\) \(value of type chan<- int\): receive from send-only channel chan<- int`
		_ = v
	}
	for i := range (&[]int{}) { // ERROR `cannot range over \(&\[\]int\{\}\) \(value of type \*\[\]int\)`
		_ = i
	}
	for i, v := range (&[2]int{}) {
		_, _ = i, v
	}
	for range main { // ERROR `cannot range over main \(value of type func\(\)\): func must be func\(yield func\(\.\.\.\) bool\): wrong argument count`
	}
	for range seq0 {
	}
	for i := range seq0 { // ERROR `range over seq0 \(value of type func\(yield func\(\) bool\)\) permits no iteration variables`
		_ = i
	}
	for i := range seq1 {
		_ = i + "a" // ERROR `invalid operation: i \+ "a" \(mismatched types int and untyped string\)`
	}
	for i, j := range seq1 { // ERROR `range over seq1 \(value of type func\(yield func\(int\) bool\)\) permits only one iteration variable`
		_, _ = i, j
	}
	for i, j := range seq2 {
		_ = i + j // ERROR `invalid operation: i \+ j \(mismatched types int and string\)`
	}
	for i := range seq3 { // ERROR `cannot range over seq3 \(value of type func\(yield func\(int, int, int\) bool\)\): func must be func\(yield func\(\.\.\.\) bool\): yield func has too many parameters`
		_ = i
	}
	for range bad1 { // ERROR `cannot range over bad1 \(value of type func\(yield func\(int\)\)\): func must be func\(yield func\(\.\.\.\) bool\): yield func does not return bool`
	}
	for range bad2 { // ERROR `cannot range over bad2 \(value of type func\(yield func\(int\) int\)\): func must be func\(yield func\(\.\.\.\) bool\): yield func does not return bool`
	}
	for range bad3 { // ERROR `cannot range over bad3 \(value of type func\(yield int\)\): func must be func\(yield func\(\.\.\.\) bool\): argument is not func`
	}
	for range bad4 { // ERROR `cannot range over bad4 \(value of type func\(yield func\(int\) bool\) int\): func must be func\(yield func\(\.\.\.\) bool\): unexpected results`
	}
	for range bad5 { // ERROR `cannot range over bad5 \(value of type func\(\)\): func must be func\(yield func\(\.\.\.\) bool\): wrong argument count`
	}
	for range bad6 { // ERROR `cannot range over bad6 \(value of type func\(a func\(int\) bool, b func\(int\) bool\)\): func must be func\(yield func\(\.\.\.\) bool\): wrong argument count`
	}
	for i, s := range iter(nil) {
		_ = i + s // ERROR `invalid operation: i \+ s \(mismatched types int and string\)`
	}
	for i := range undefined { // ERROR `undefined: undefined`
		_ = i
	}
	for undefined = range 3 { // ERROR `undefined: undefined`
	}
	for _ := range []int{} { // ERROR `no new variables on left side of :=`
	}
	for _, _ := range []int{} { // ERROR `no new variables on left side of :=`
	}
	for i := range 3 { // ERROR `declared and not used: i`
	}
	for i = range i {
	}
	for i.x = range 3 { // ERROR `i\.x undefined \(type int has no field or method x\)`
	}
	for 5 = range 3 { // ERROR `cannot assign to 5 \(neither addressable nor a map index expression\)`
	}
	for i := range int8(5) {
		var x int = i // ERROR `cannot use i \(variable of type int8\) as int value in variable declaration`
		_ = x
	}
	for i := range 1 << 70 { // ERROR `cannot use 1 << 70 \(untyped int constant 1180591620717411303424\) as int value in range clause \(overflows\)`
		_ = i
	}
	for i := range any(1) { // ERROR `cannot range over any\(1\) \(value of interface type any\)`
		_ = i
	}
	var u8 uint8 // ERROR `declared and not used: u8`
	for u8 = range 300 { // ERROR `cannot use 300 \(untyped int constant\) as uint8 value in range clause \(overflows\)`
	}
}

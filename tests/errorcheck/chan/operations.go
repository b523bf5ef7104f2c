package main

type duplex chan int
type sender chan<- int
type receiver <-chan int

func main() {
	var d duplex
	var s sender
	var r receiver
	var p *chan int
	var n int
	d <- "a" // ERROR `cannot use "a" \(untyped string constant\) as int value in send`
	d <- 1.0
	d <- 1.5 // ERROR `cannot use 1\.5 \(untyped float constant\) as int value in send \(truncated\)`
	d <- nil // ERROR `cannot use nil as int value in send`
	s <- 1
	r <- 1 // ERROR `invalid operation: cannot send to receive-only channel receiver r \(variable of chan type receiver\)`
	p <- 1 // ERROR `invalid operation: cannot send to non-channel \*chan int p \(variable of type \*chan int\)`
	n <- 1 // ERROR `invalid operation: cannot send to non-channel int n \(variable of type int\)`
	nil <- 1 // ERROR `invalid operation: cannot send to non-channel untyped nil nil`
	*p <- 1
	<-s // ERROR `invalid operation: cannot receive from send-only channel sender s \(variable of chan type sender\)`
	<-r
	<-n // ERROR `invalid operation: cannot receive from non-channel int n \(variable of type int\)`
	<-p // ERROR `invalid operation: cannot receive from non-channel \*chan int p \(variable of type \*chan int\)`
	_ = <-d + <-r
	_ = <-d + "a" // ERROR `invalid operation: <-d \+ "a" \(mismatched types int and untyped string\)`
	n = <-d
	var str string = <-d // ERROR `cannot use <-d \(comma, ok expression of type int\) as string value in variable declaration`
	x, ok := <-d
	x, ok, y := <-d // ERROR `assignment mismatch: 3 variables but 1 value`
	n, str = <-d // ERROR `cannot use ok value of \(comma, ok\) expression \(untyped bool value\) as string value in multiple assignment`
	s = d // ERROR `cannot use d \(variable of chan type duplex\) as sender value in assignment`
	r = d // ERROR `cannot use d \(variable of chan type duplex\) as receiver value in assignment`
	d = s // ERROR `cannot use s \(variable of chan type sender\) as duplex value in assignment`
	d = r // ERROR `cannot use r \(variable of chan type receiver\) as duplex value in assignment`
	s = r // ERROR `cannot use r \(variable of chan type receiver\) as sender value in assignment`
	s = make(chan int)
	r = make(chan string) // ERROR `cannot use make\(chan string\) \(value of type chan string\) as receiver value in assignment`
	d = make(duplex, "a") // ERROR `cannot convert "a" \(untyped string constant\) to type int`
	_ = d == s // ERROR `invalid operation: d == s \(mismatched types duplex and sender\)`
	_ = s == r // ERROR `invalid operation: s == r \(mismatched types sender and receiver\)`
	_ = d == nil
	close(d)
	close(r) // ERROR `invalid operation: cannot close receive-only channel r \(variable of chan type receiver\)`
	_ = close(d) // ERROR `close\(d\) \(no value\) used as value`
	for v := range d {
		v.x() // ERROR `v\.x undefined \(type int has no field or method x\)`
	}
	for v := range s { // ERROR `cannot range over s \(variable of chan type sender\): receive from send-only channel sender`
		_ = v
	}
	for a, b := range r { // ERROR `range over r \(variable of chan type receiver\) permits only one iteration variable`
		_, _ = a, b
	}
	select {
	case v := <-d:
		_ = v + "a" // ERROR `invalid operation: v \+ "a" \(mismatched types int and untyped string\)`
	case v, ok := <-r:
		_ = v + ok // ERROR `invalid operation: v \+ ok \(mismatched types int and bool\)`
	case s <- "a": // ERROR `cannot use "a" \(untyped string constant\) as int value in send`
	case d <- <-r:
	case n = <-d:
	case str = <-d: // ERROR `cannot use <-d \(comma, ok expression of type int\) as string value in assignment`
	}
	_ = cap(d) + len(s) + cap(p) // ERROR `invalid argument: p \(variable of type \*chan int\) for built-in cap`
	_, _, _ = str, x, ok
	_ = y
}

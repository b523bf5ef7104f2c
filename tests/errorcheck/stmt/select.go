package main

func f() int { return 1 }

func main() {
	ch := make(chan int)
	in := make(<-chan int)
	out := make(chan<- int)
	var s string
	select {
	case 1: // ERROR `select case must be send or receive \(possibly with assignment\)`
	case f(): // ERROR `select case must be send or receive \(possibly with assignment\)`
	case ch: // ERROR `select case must be send or receive \(possibly with assignment\)`
	case x := 5: // ERROR `select case must be send or receive \(possibly with assignment\)`
	case s = "a": // ERROR `select case must be send or receive \(possibly with assignment\)`
	}
	select {
	case v := <-ch: // ERROR `declared and not used: v`
	case v, ok := <-ch:
		_ = v + ok // ERROR `invalid operation: v \+ ok \(mismatched types int and bool\)`
	case s = <-ch: // ERROR `cannot use <-ch \(comma, ok expression of type int\) as string value in assignment`
	case s, ok := <-ch: // ERROR `declared and not used: ok`
		_ = s
	case <-out: // ERROR `invalid operation: cannot receive from send-only channel chan<- int out \(variable of type chan<- int\)`
	case in <- 1: // ERROR `invalid operation: cannot send to receive-only channel <-chan int in \(variable of type <-chan int\)`
	case ch <- "a": // ERROR `cannot use "a" \(untyped string constant\) as int value in send`
	case out <- 1.5: // ERROR `cannot use 1\.5 \(untyped float constant\) as int value in send \(truncated\)`
	case v, ok, x := <-ch: // ERROR `declared and not used: v` `declared and not used: ok` `declared and not used: x` `assignment mismatch: 3 variables but 1 value`
	case _ = <-ch:
	case (<-ch):
	case <-f(): // ERROR `invalid operation: cannot receive from non-channel int f\(\) \(value of type int\)`
	case undefined <- 1: // ERROR `undefined: undefined`
	case <-undefined: // ERROR `undefined: undefined`
	}
	select {
	default:
	case <-ch:
	default: // ERROR `multiple defaults \(first at .*\.go:36:2\)`
	}
	ch <- "a" // ERROR `cannot use "a" \(untyped string constant\) as int value in send`
	ch <- nil // ERROR `cannot use nil as int value in send`
	ch <- 1.5 // ERROR `cannot use 1\.5 \(untyped float constant\) as int value in send \(truncated\)`
	in <- 1 // ERROR `invalid operation: cannot send to receive-only channel <-chan int in \(variable of type <-chan int\)`
	out <- 1
	f <- 1 // ERROR `invalid operation: cannot send to non-channel func\(\) int f \(value of type func\(\) int\)`
	s <- 1 // ERROR `invalid operation: cannot send to non-channel string s \(variable of type string\)`
	ch <- f // ERROR `cannot use f \(value of type func\(\) int\) as int value in send`
	_ = <-out // ERROR `invalid operation: cannot receive from send-only channel chan<- int out \(variable of type chan<- int\)`
	_ = <-s // ERROR `invalid operation: cannot receive from non-channel string s \(variable of type string\)`
	_ = <-ch + "a" // ERROR `invalid operation: <-ch \+ "a" \(mismatched types int and untyped string\)`
	v, ok := <-ch
	v, ok = <-in
	s, ok = <-ch // ERROR `cannot use <-ch \(comma, ok expression of type int\) as string value in multiple assignment`
	v, s = <-ch // ERROR `cannot use ok value of \(comma, ok\) expression \(untyped bool value\) as string value in multiple assignment`
	close(in) // ERROR `invalid operation: cannot close receive-only channel in \(variable of type <-chan int\)`
	close(out)
	close(s) // ERROR `invalid operation: cannot close non-channel s \(variable of type string\)`
	for range out { // ERROR `cannot range over out \(variable of type chan<- int\): receive from send-only channel chan<- int`
	}
	_ = len(ch) + cap(ch)
	_, _ = v, ok
}

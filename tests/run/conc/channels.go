// Channels: unbuffered and buffered, close, nil, range, len/cap, directions, values of all sizes.
package main

import "fmt"

type big struct {
	a [5]int
	s string
}

func produce(n int, out chan<- int) {
	for i := range n {
		out <- i
	}
	close(out)
}

func sum(in <-chan int) (s int) {
	for v := range in {
		s += v
	}
	return
}

func main() {
	for _, size := range []int{0, 1, 10, 1000} {
		ch := make(chan int, size)
		go produce(500, ch)
		fmt.Println(size, cap(ch), sum(ch))
	}
	c := make(chan string, 3)
	c <- "a"
	c <- "b"
	fmt.Println(len(c), cap(c))
	close(c)
	v, ok := <-c
	fmt.Println(v, ok)
	v, ok = <-c
	fmt.Println(v, ok)
	v, ok = <-c
	fmt.Printf("%q %v\n", v, ok)

	b := make(chan big)
	go func() { b <- big{[5]int{1, 2, 3, 4, 5}, "five"} }()
	fmt.Println(<-b)
	i8 := make(chan int8, 1)
	i8 <- -3
	fmt.Println(<-i8)
	u16 := make(chan uint16)
	go func() { u16 <- 65535 }()
	x := <-u16 + 1
	fmt.Println(x)
	f32 := make(chan float32)
	go func() { f32 <- -1.5 }()
	fmt.Println(<-f32 * 2)
	e := make(chan struct{})
	go func() { e <- struct{}{}; close(e) }()
	fmt.Println(<-e)
	_, ok = <-e
	fmt.Println(ok)
	a := make(chan any, 2)
	a <- 1
	a <- nil
	fmt.Println(<-a, <-a)
	cc := make(chan chan int)
	go func() { r := <-cc; r <- 42 }()
	r := make(chan int)
	cc <- r
	fmt.Println(<-r)
	errs := make(chan error, 1)
	errs <- fmt.Errorf("e")
	if err := <-errs; err != nil {
		fmt.Println(err)
	}
	fs := make(chan func() int, 1)
	fs <- func() int { return 7 }
	fmt.Println((<-fs)())

	var nilc chan int
	select {
	case <-nilc:
	case nilc <- 1:
	default:
		fmt.Println("nil channels never proceed", len(nilc), cap(nilc))
	}
	for _, f := range []func(){
		func() { close(nilc) },
		func() { d := make(chan int); close(d); close(d) },
		func() { d := make(chan int); close(d); d <- 1 },
		func() {
			d := make(chan int, 1)
			close(d)
			select {
			case d <- 1:
			default:
			}
		},
		func() { n := -1; _ = make(chan int, n) },
	} {
		func() {
			defer func() { fmt.Println(recover()) }()
			f()
		}()
	}
	d := make(chan int)
	done := make(chan string)
	go func() {
		defer func() { done <- fmt.Sprint(recover()) }()
		d <- 1
	}()
	for range 10 {
		// let the sender wait, mostly
	}
	close(d)
	fmt.Println(<-done)
	m := map[string]chan int{"x": make(chan int, 1)}
	m["x"] <- 5
	s := []chan int{m["x"]}
	fmt.Println(<-s[0], m["x"] == s[0])
	var ro <-chan int = m["x"]
	var so chan<- int = m["x"]
	so <- 6
	fmt.Println(<-ro)
}

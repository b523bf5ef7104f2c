// minigo: dump -bytecode -func main.
package main

type adder interface{ add(int) int }

type point struct{ x, y float64 }

func (p *point) add(n int) int { p.x += float64(n); return n }

func work(a adder, in <-chan int, done chan<- bool) (sum int) {
	defer close(done)
	for {
		select {
		case v, ok := <-in:
			if !ok {
				return
			}
			sum += a.add(v)
		}
	}
}

func main() {
	in, done := make(chan int, 3), make(chan bool)
	p := &point{1, 2}
	go work(p, in, done)
	for i := range 3 {
		in <- i
	}
	close(in)
	<-done
	println(p.x)
}

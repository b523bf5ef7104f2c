// minigo: dump -bytecode
// Calls: arguments and results where they are needed, without moves.
package main

type point struct{ x, y int }

func (p point) sum() int   { return p.x + p.y }
func (p *point) move(d int) { p.x += d }

type summer interface{ sum() int }

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

func pair(a, b string) (string, string) { return b, a }

func nested(x int) int {
	return fib(fib(x)) + fib(x+1)
}

func values() int {
	a, b := pair("x", "y")
	s := a + b + "z"
	n := fib(len(s))
	return n
}

func methods(p point, s summer) int {
	p.move(3)
	return p.sum() + s.sum()
}

func counter() func() int {
	n := 0
	return func() int {
		n++
		return n
	}
}

func adder(n int) func(int) int {
	return func(x int) int { return x + n }
}

func main() {
	_ = nested(3)
	_ = values()
	_ = methods(point{1, 2}, point{3, 4})
	_ = counter()()
	_ = adder(5)(6)
}

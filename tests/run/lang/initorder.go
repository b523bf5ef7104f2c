// Package variables are initialised by dependency, then every init in order.
package main

import "fmt"

var (
	a     = b + 1
	b     = f("b", c)
	c     = 5
	d     = func() int { return f("d", a) }()
	e, g  = pair()
	_     = f("blank", 0)
	h     = useLater()
	later = f("later", 7)
	table = map[string]func() int{"a": func() int { return a }, "x": x}
)

func f(name string, n int) int {
	fmt.Println("init", name, n)
	return n * 2
}

func pair() (int, string) { fmt.Println("pair", d); return d, "p" }
func useLater() int       { return later + 1 }
func x() int              { return y }

var y = f("y", 1)

type t struct{ v int }

func (t *t) get() int { return t.v + z }

var obj = &t{1}
var z = f("z", 3)
var viaMethod = obj.get()

func init() { fmt.Println("init 1", a, b, c, d, e, g, h) }
func init() {
	fmt.Println("init 2", table["a"](), table["x"](), viaMethod)
	a = 1000
}

func main() { fmt.Println("main", a) }

func init() { fmt.Println("init 3", a) }

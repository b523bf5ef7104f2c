package main

type reader interface{ Read([]byte) (int, error) }
type writer interface{ Write([]byte) (int, error) }
type both interface {
	reader
	writer
}
type onlyRead struct{}

func (onlyRead) Read(b []byte) (int, error) { return 0, nil }

type ptrRead struct{}

func (*ptrRead) Read(b []byte) (int, error) { return 0, nil }

type wrongRead struct{}

func (wrongRead) Read(b string) (int, error) { return 0, nil }

type lower struct{}

func (lower) read(b []byte) (int, error) { return 0, nil }

type field struct{ Read int }
type fn func()

func use(r reader) {}
func ret1() reader { return ptrRead{} } // ERROR `cannot use ptrRead\{\} \(value of struct type ptrRead\) as reader value in return statement: ptrRead does not implement reader \(method Read has pointer receiver\)`
func ret2() both   { return onlyRead{} } // ERROR `cannot use onlyRead\{\} \(value of struct type onlyRead\) as both value in return statement: onlyRead does not implement both \(missing method Write\)`
func ret3() error  { return onlyRead{} } // ERROR `cannot use onlyRead\{\} \(value of struct type onlyRead\) as error value in return statement: onlyRead does not implement error \(missing method Error\)`

func main() {
	var r reader = onlyRead{}
	var w writer = onlyRead{} // ERROR `cannot use onlyRead\{\} \(value of struct type onlyRead\) as writer value in variable declaration: onlyRead does not implement writer \(missing method Write\)`
	var b both = r // ERROR `cannot use r \(variable of interface type reader\) as both value in variable declaration: reader does not implement both \(missing method Write\)`
	r = &onlyRead{}
	r = ptrRead{} // ERROR `cannot use ptrRead\{\} \(value of struct type ptrRead\) as reader value in assignment: ptrRead does not implement reader \(method Read has pointer receiver\)`
	r = &ptrRead{}
	r = wrongRead{} // ERROR `cannot use wrongRead\{\} \(value of struct type wrongRead\) as reader value in assignment: wrongRead does not implement reader \(wrong type for method Read\)`
	r = lower{} // ERROR `cannot use lower\{\} \(value of struct type lower\) as reader value in assignment: lower does not implement reader \(missing method Read\)`
	r = field{} // ERROR `cannot use field\{\} \(value of struct type field\) as reader value in assignment: field does not implement reader \(field\.Read is a field, not a method\)`
	r = fn(nil) // ERROR `cannot use fn\(nil\) \(value of func type fn\) as reader value in assignment: fn does not implement reader \(missing method Read\)`
	r = 5 // ERROR `cannot use 5 \(constant of type int\) as reader value in assignment: int does not implement reader \(missing method Read\)`
	r = "a" // ERROR `cannot use "a" \(constant of type string\) as reader value in assignment: string does not implement reader \(missing method Read\)`
	r = nil
	r = b
	b = r // ERROR `cannot use r \(variable of interface type reader\) as both value in assignment: reader does not implement both \(missing method Write\)`
	w = r // ERROR `cannot use r \(variable of interface type reader\) as writer value in assignment: reader does not implement writer \(missing method Write\)`
	w = b
	use(ptrRead{}) // ERROR `cannot use ptrRead\{\} \(value of struct type ptrRead\) as reader value in argument to use: ptrRead does not implement reader \(method Read has pointer receiver\)`
	use(w) // ERROR `cannot use w \(variable of interface type writer\) as reader value in argument to use: writer does not implement reader \(missing method Read\)`
	use(5) // ERROR `cannot use 5 \(constant of type int\) as reader value in argument to use: int does not implement reader \(missing method Read\)`
	use(nil)
	var o onlyRead = r // ERROR `cannot use r \(variable of interface type reader\) as onlyRead value in variable declaration: need type assertion`
	var p *ptrRead = r // ERROR `cannot use r \(variable of interface type reader\) as \*ptrRead value in variable declaration: need type assertion`
	rs := []reader{onlyRead{}, ptrRead{}, 5} // ERROR `cannot use ptrRead\{\} \(value of struct type ptrRead\) as reader value in array or slice literal: ptrRead does not implement reader \(method Read has pointer receiver\)` `cannot use 5 \(constant of type int\) as reader value in array or slice literal: int does not implement reader \(missing method Read\)`
	m := map[string]reader{"a": lower{}} // ERROR `cannot use lower\{\} \(value of struct type lower\) as reader value in map literal: lower does not implement reader \(missing method Read\)`
	s := struct{ r reader }{ptrRead{}} // ERROR `cannot use ptrRead\{\} \(value of struct type ptrRead\) as reader value in struct literal: ptrRead does not implement reader \(method Read has pointer receiver\)`
	ch := make(chan reader, 1)
	ch <- ptrRead{} // ERROR `cannot use ptrRead\{\} \(value of struct type ptrRead\) as reader value in send: ptrRead does not implement reader \(method Read has pointer receiver\)`
	pr := &r
	use(pr) // ERROR `cannot use pr \(variable of type \*reader\) as reader value in argument to use: \*reader does not implement reader \(type \*reader is pointer to interface, not interface\)`
	pr.Read(nil) // ERROR `pr\.Read undefined \(type \*reader is pointer to interface, not interface\)`
	var e any = r
	r = e // ERROR `cannot use e \(variable of interface type any\) as reader value in assignment: interface\{\} does not implement reader \(missing method Read\)`
	_ = r == o
	_ = r == p
	_ = r == ptrRead{} // ERROR `invalid operation: r == ptrRead\{\} \(mismatched types reader and ptrRead\)`
	_ = e == ptrRead{}
	_, _, _, _, _, _ = o, p, rs, m, s, w
}

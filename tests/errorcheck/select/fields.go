package main

import (
	"errors"
	"strings"
)

type base struct{ id int }

func (base) Hello()    {}
func (*base) Pointer() {}

type derived struct {
	base
	name string
}
type left struct{ x int }
type right struct{ x int }
type both struct {
	left
	right
}
type iface interface{ Do(int) string }
type num int

func get() derived { return derived{} }

func main() {
	var d derived
	var p *derived
	var pp **derived
	var i iface
	var pi *iface
	var n num
	var e any
	_ = d.id + d.name // ERROR `invalid operation: d\.id \+ d\.name \(mismatched types int and string\)`
	_ = d.Name // ERROR `d\.Name undefined \(type derived has no field or method Name, but does have field name\)`
	_ = d.nam // ERROR `d\.nam undefined \(type derived has no field or method nam\)`
	_ = d.hello // ERROR `d\.hello undefined \(type derived has no field or method hello, but does have method Hello\)`
	_ = d.Hello
	_ = d.Hello() // ERROR `d\.Hello\(\) \(no value\) used as value`
	_ = p.id
	_ = pp.id // ERROR `pp\.id undefined \(type \*\*derived has no field or method id\)`
	_ = (*pp).id
	_ = d.base.name // ERROR `d\.base\.name undefined \(type base has no field or method name\)`
	_ = both{}.x // ERROR `ambiguous selector both\{\}\.x`
	_ = both{}.left.x
	_ = i.Do
	_ = i.do // ERROR `i\.do undefined \(type iface has no field or method do, but does have method Do\)`
	_ = i.Do("a") // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to i\.Do`
	_ = pi.Do // ERROR `pi\.Do undefined \(type \*iface is pointer to interface, not interface\)`
	_ = (*pi).Do(1) + 1 // ERROR `invalid operation: \(\*pi\)\.Do\(1\) \+ 1 \(mismatched types string and untyped int\)`
	_ = n.x // ERROR `n\.x undefined \(type num has no field or method x\)`
	_ = e.x // ERROR `e\.x undefined \(type any has no field or method x\)`
	_ = "a".len // ERROR `"a"\.len undefined \(type untyped string has no field or method len\)`
	_ = main.x // ERROR `main\.x undefined \(type func\(\) has no field or method x\)`
	_ = nil.x // ERROR `nil\.x undefined \(type untyped nil has no field or method x\)`
	_ = get().Pointer // ERROR `cannot call pointer method Pointer on derived`
	get().Pointer() // ERROR `cannot call pointer method Pointer on derived`
	d.Pointer()
	derived{}.Pointer() // ERROR `cannot call pointer method Pointer on derived`
	_ = derived.Hello
	_ = derived.Pointer // ERROR `invalid method expression derived\.Pointer \(needs pointer receiver \(\*derived\)\.Pointer\)`
	_ = (*derived).Pointer
	_ = derived.id // ERROR `operand for field selector id must be value of type derived`
	_ = derived.foo // ERROR `derived\.foo undefined \(type derived has no field or method foo\)`
	_ = num.x // ERROR `num\.x undefined \(type num has no field or method x\)`
	_ = iface.Do
	_ = iface.Do(i, "a") // ERROR `cannot use "a" \(untyped string constant\) as int value in argument to iface\.Do`
	_ = strings.Foo // ERROR `undefined: strings\.Foo`
	_ = strings.toupper // ERROR `undefined: strings\.toupper \(but have ToUpper\)`
	_ = strings.builder // ERROR `undefined: strings\.builder \(but have Builder\)`
	_ = strings.ToUpper
	_ = strings.ToUpper(1) // ERROR `cannot use 1 \(untyped int constant\) as string value in argument to strings\.ToUpper`
	_ = strings.ToUpper("a").x // ERROR `strings\.ToUpper\("a"\)\.x undefined \(type string has no field or method x\)`
	_ = strings // ERROR `use of package strings not in selector`
	_ = errors.New("a").error // ERROR `errors\.New\("a"\)\.error undefined \(type error has no field or method error, but does have method Error\)`
	_ = errors.New("a").Error
	_ = errors.New("a").Errr() // ERROR `errors\.New\("a"\)\.Errr undefined \(type error has no field or method Errr\)`
	_ = undefined.x // ERROR `undefined: undefined`
	_ = d.undefined.x // ERROR `d\.undefined undefined \(type derived has no field or method undefined\)`
	d.id = "a" // ERROR `cannot use "a" \(untyped string constant\) as int value in assignment`
	d.Hello = nil // ERROR `cannot assign to d\.Hello \(neither addressable nor a map index expression\)`
	_ = d.id.x // ERROR `d\.id\.x undefined \(type int has no field or method x\)`
	_ = d.(int) // ERROR `invalid operation: d \(variable of struct type derived\) is not an interface`
}

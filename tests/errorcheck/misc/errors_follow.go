package main

func f() undefinedType  { return 1 } // ERROR `undefined: undefinedType`
func g(x undefinedType) {} // ERROR `undefined: undefinedType`

type t struct{ a undefinedType } // ERROR `undefined: undefinedType`

var v = undefinedVar // ERROR `undefined: undefinedVar`
var w undefinedType = 5 // ERROR `undefined: undefinedType`
var x, y = undefinedFunc() // ERROR `undefined: undefinedFunc`

func main() {
	a := undefinedVar // ERROR `undefined: undefinedVar`
	a.b.c()
	a = 1
	b := f()
	b.x = 1
	g(1)
	g("a")
	_ = t{1}
	_ = t{}.a + "x"
	v.foo()
	w = "a"
	x.y()
	_ = y + 1
	c, d := undefinedFunc(1, undefinedVar) // ERROR `undefined: undefinedFunc` `undefined: undefinedVar`
	_ = c + d
	var e undefinedType = undefinedVar // ERROR `undefined: undefinedType` `undefined: undefinedVar`
	e.f()
	for _, q := range undefinedVar { // ERROR `undefined: undefinedVar`
		q.r()
	}
	if undefinedVar { // ERROR `undefined: undefinedVar`
	}
	switch undefinedVar { // ERROR `undefined: undefinedVar`
	case undefinedVar: // ERROR `undefined: undefinedVar`
	}
	switch z := undefinedVar.(type) { // ERROR `undefined: undefinedVar`
	case int:
		_ = z
	}
	_ = undefinedVar + 1 // ERROR `undefined: undefinedVar`
	_ = undefinedVar.x[0](1) // ERROR `undefined: undefinedVar`
	_ = []undefinedType{1, 2} // ERROR `undefined: undefinedType`
	_ = map[undefinedType]int{1: "a"} // ERROR `undefined: undefinedType` `cannot use "a" \(untyped string constant\) as int value in map literal`
	_ = undefinedFunc(undefinedVar)(undefinedVar) // ERROR `undefined: undefinedFunc` `undefined: undefinedVar`
	go undefinedFunc() // ERROR `undefined: undefinedFunc`
	defer undefinedVar.f() // ERROR `undefined: undefinedVar`
	undefinedVar <- 1 // ERROR `undefined: undefinedVar`
	_ = <-undefinedVar // ERROR `undefined: undefinedVar`
	_ = func(x undefinedType) { x.y() } // ERROR `undefined: undefinedType`
	_ = *undefinedVar // ERROR `undefined: undefinedVar`
	_ = &undefinedVar // ERROR `undefined: undefinedVar`
	_ = -undefinedVar // ERROR `undefined: undefinedVar`
	_ = len(undefinedVar) // ERROR `undefined: undefinedVar`
	_ = append(undefinedVar, 1) // ERROR `undefined: undefinedVar`
	_ = undefinedType(1) // ERROR `undefined: undefinedType`
	_ = any(1).(undefinedType) // ERROR `undefined: undefinedType`
	undefinedVar++ // ERROR `undefined: undefinedVar`
	undefinedVar += "a" // ERROR `undefined: undefinedVar`
	undefinedVar = 1 // ERROR `undefined: undefinedVar`
	return undefinedVar // ERROR `undefined: undefinedVar`
}

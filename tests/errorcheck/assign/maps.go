package main

type point struct{ x, y int }

func main() {
	m := map[string]int{}
	ps := map[point][]string{}
	var nilmap map[string]int = nil
	m[1] = 1 // ERROR `cannot use 1 \(untyped int constant\) as string value in map index`
	m["a"] = "b" // ERROR `cannot use "b" \(untyped string constant\) as int value in assignment`
	m["a"]++
	m["a"] += "b" // ERROR `invalid operation: m\["a"\] \+= "b" \(mismatched types int and untyped string\)`
	m["a"] = nil // ERROR `cannot use nil as int value in assignment`
	m = nil
	m = map[int]string{} // ERROR `cannot use map\[int\]string\{\} \(value of type map\[int\]string\) as map\[string\]int value in assignment`
	v, ok := m["a"] // ERROR `declared and not used: ok`
	v, ok = m[1] // ERROR `cannot use 1 \(untyped int constant\) as string value in map index`
	var s string
	s, ok = m["a"] // ERROR `cannot use m\["a"\] \(map index expression of type int\) as string value in multiple assignment`
	v, s = m["a"] // ERROR `cannot use ok value of \(comma, ok\) expression \(untyped bool value\) as string value in multiple assignment`
	v, ok, s = m["a"] // ERROR `assignment mismatch: 3 variables but 1 value`
	ok, v = m["a"] // ERROR `cannot use m\["a"\] \(map index expression of type int\) as bool value in multiple assignment` `cannot use ok value of \(comma, ok\) expression \(untyped bool value\) as int value in multiple assignment`
	_, ok = m["a"], 1 // ERROR `cannot use 1 \(untyped int constant\) as bool value in multiple assignment`
	ps[point{1, 2}] = []string{"a"}
	ps[point{1}] = nil // ERROR `too few values in struct literal of type point`
	ps[1] = nil // ERROR `cannot use 1 \(untyped int constant\) as point value in map index`
	ps[point{1, 2}][0] = 1 // ERROR `cannot use 1 \(untyped int constant\) as string value in assignment`
	ps[point{}][0][0] = 'a' // ERROR `cannot assign to ps\[point\{\}\]\[0\]\[0\] \(neither addressable nor a map index expression\)`
	ps[point{}] = append(ps[point{}], 1) // ERROR `cannot use 1 \(untyped int constant\) as string value in argument to append`
	&m["a"] // ERROR `invalid operation: cannot take address of m\["a"\] \(map index expression of type int\)`
	_ = &m["a"] // ERROR `invalid operation: cannot take address of m\["a"\] \(map index expression of type int\)`
	m.a = 1 // ERROR `m\.a undefined \(type map\[string\]int has no field or method a\)`
	_ = m.a // ERROR `m\.a undefined \(type map\[string\]int has no field or method a\)`
	_ = m == m // ERROR `invalid operation: m == m \(map can only be compared to nil\)`
	_ = m == nil
	delete(m, 1) // ERROR `cannot use 1 \(untyped int constant\) as string value in argument to delete`
	delete(m, "a", "b") // ERROR `invalid operation: too many arguments for delete\(m, "a", "b"\) \(expected 2, found 3\)`
	if v, ok := m["a"]; ok && v { // ERROR `invalid operation: ok && v \(mismatched types bool and int\)`
	}
	if m["a"] { // ERROR `non-boolean condition in if statement`
	}
	if _, ok := m["a"]; !ok {
	}
	for k := range m {
		k++ // ERROR `invalid operation: k\+\+ \(non-numeric type string\)`
	}
	for k, v := range m {
		m[v] = k // ERROR `cannot use v \(variable of type int\) as string value in map index` `cannot use k \(variable of type string\) as int value in assignment`
	}
	_, _, _ = nilmap, s, v
}

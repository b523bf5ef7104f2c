package main

type key struct{ a int }
type bad struct{ s []int }

func main() {
	k := "x"
	_ = map[string]int{"a": 1, "a": 2} // ERROR `duplicate key "a" in map literal`
	_ = map[string]int{"a"} // ERROR `missing key in map literal`
	_ = map[string]int{1: 1} // ERROR `cannot use 1 \(untyped int constant\) as string value in map literal`
	_ = map[string]int{"a": "b"} // ERROR `cannot use "b" \(untyped string constant\) as int value in map literal`
	_ = map[string]int{k: 1, k: 2}
	_ = map[int]string{1: "a", 1.0: "b"} // ERROR `duplicate key 1 in map literal`
	_ = map[int]string{1: "a", 2 - 1: "b"} // ERROR `duplicate key 1 in map literal`
	_ = map[float64]int{1.5: 1, 3.0 / 2: 2} // ERROR `duplicate key 1\.5 in map literal`
	_ = map[bool]int{true: 1, false: 2, !false: 3} // ERROR `duplicate key true in map literal`
	_ = map[any]int{1: 1, 1.0: 2, "a": 3, 1: 4, "a": 5, int8(1): 6} // ERROR `duplicate key 1 in map literal` `duplicate key "a" in map literal`
	_ = map[key]int{{1}: 1, {1}: 2}
	_ = map[key]int{{"a"}: 1} // ERROR `cannot use "a" \(untyped string constant\) as int value in struct literal`
	_ = map[[2]int]int{{1, 2}: 1, {1, 2, 3}: 2} // ERROR `index 2 is out of bounds \(>= 2\)`
	_ = map[string][]int{"a": {1, 2}, "b": {"c"}} // ERROR `cannot use "c" \(untyped string constant\) as int value in array or slice literal`
	_ = map[string]*key{"a": {1}, "b": {1, 2}} // ERROR `too many values in struct literal of type key`
	_ = map[string]map[string]int{"a": {"b": 1, "b": 2}} // ERROR `duplicate key "b" in map literal`
	_ = map[[]int]int{} // ERROR `invalid map key type \[\]int`
	_ = map[bad]int{} // ERROR `invalid map key type bad`
	_ = map[func()]int{} // ERROR `invalid map key type func\(\)`
	_ = map[map[int]int]int{} // ERROR `invalid map key type map\[int\]int`
	_ = map[any]int{[]int{1}: 1}
	_ = map[string]int{nil: 1} // ERROR `cannot use nil as string value in map literal`
	_ = map[*int]int{nil: 1}
	_ = map[int8]int{200: 1} // ERROR `cannot use 200 \(untyped int constant\) as int8 value in map literal \(overflows\)`
	_ = map[rune]bool{'a': true, 97: true} // ERROR `duplicate key 97 in map literal`
}

package main

const three = 3

func f() int { return 1 }

func main() {
	i := 1
	_ = [2]int{1, 2, 3} // ERROR `index 2 is out of bounds \(>= 2\)`
	_ = [2]int{1: 1, 2} // ERROR `index 2 is out of bounds \(>= 2\)`
	_ = [2]int{2: 1} // ERROR `invalid argument: index 2 out of bounds \[0:2\]`
	_ = [2]int{-1: 1} // ERROR `invalid argument: index -1 \(constant of type int\) must not be negative`
	_ = [2]int{"a": 1} // ERROR `cannot convert "a" \(untyped string constant\) to type int`
	_ = [2]int{1.5: 1} // ERROR `1\.5 \(untyped float constant\) truncated to int`
	_ = [2]int{1.0: 1}
	_ = [2]int{i: 1} // ERROR `index i must be integer constant`
	_ = []int{f(): 1} // ERROR `index f\(\) must be integer constant`
	_ = []int{0: 1, 0: 2} // ERROR `duplicate index 0 in array or slice literal`
	_ = []int{1, 2, 1: 3} // ERROR `duplicate index 1 in array or slice literal`
	_ = []int{5: 1, 4: 2, 3} // ERROR `duplicate index 5 in array or slice literal`
	_ = [...]int{three: 1, 1, 4: 3} // ERROR `duplicate index 4 in array or slice literal`
	_ = [...]int{1 << 62: 1, 1}
	_ = []int{"a", 1.5, nil, true, 'a'} // ERROR `cannot use "a" \(untyped string constant\) as int value in array or slice literal` `cannot use 1\.5 \(untyped float constant\) as int value in array or slice literal \(truncated\)` `cannot use nil as int value in array or slice literal` `cannot use true \(untyped bool constant\) as int value in array or slice literal`
	_ = []string{1, 'a', nil} // ERROR `cannot use 1 \(untyped int constant\) as string value in array or slice literal` `cannot use 'a' \(untyped rune constant 97\) as string value in array or slice literal` `cannot use nil as string value in array or slice literal`
	_ = [...]string{0: "a", 0: "b"} // ERROR `duplicate index 0 in array or slice literal`
	_ = []int{1, 2}[5]
	_ = [3]int{1, 2, 3}[3] // ERROR `invalid argument: index 3 out of bounds \[0:3\]`
	_ = []any{1, "a", nil, main, f()}
	_ = []error{1, nil} // ERROR `cannot use 1 \(constant of type int\) as error value in array or slice literal: int does not implement error \(missing method Error\)`
	_ = [-1]int{} // ERROR `invalid array length -1 \(untyped int constant\)`
	_ = [1.5]int{} // ERROR `array length 1\.5 \(untyped float constant\) must be integer`
	_ = ["a"]int{} // ERROR `array length "a" \(untyped string constant\) must be integer`
	_ = [i]int{} // ERROR `invalid array length i`
	_ = [f()]int{} // ERROR `array length f\(\) \(value of type int\) must be constant`
	_ = [1 << 70]int{} // ERROR `invalid array length 1 << 70 \(untyped int constant 1180591620717411303424\)`
	_ = [3.0]int{}
	_ = [][2]int{{1, 2, 3}, {1}} // ERROR `index 2 is out of bounds \(>= 2\)`
}

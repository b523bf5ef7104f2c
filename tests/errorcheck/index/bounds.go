package main

func main() {
	var a [3]int
	s := []int{1, 2, 3}
	p := &a
	m := map[string]int{}
	_ = a[3] // ERROR `invalid argument: index 3 out of bounds \[0:3\]`
	_ = a[-1] // ERROR `invalid argument: index -1 \(constant of type int\) must not be negative`
	_ = p[5] // ERROR `invalid argument: index 5 out of bounds \[0:3\]`
	_ = s[-1] // ERROR `invalid argument: index -1 \(constant of type int\) must not be negative`
	_ = s[1000]
	_ = a[1.5] // ERROR `1\.5 \(untyped float constant\) truncated to int`
	_ = a[2.0]
	_ = a["x"] // ERROR `cannot convert "x" \(untyped string constant\) to type int`
	_ = s["x"] // ERROR `cannot convert "x" \(untyped string constant\) to type int`
	_ = s[nil] // ERROR `cannot convert nil to type int`
	_ = s[true] // ERROR `cannot convert true \(untyped bool constant\) to type int`
	_ = a[1i] // ERROR `1i \(untyped complex constant \(0 \+ 1i\)\) truncated to int`
	_ = a['a'] // ERROR `invalid argument: index 97 out of bounds \[0:3\]`
	_ = m[1] // ERROR `cannot use 1 \(untyped int constant\) as string value in map index`
	_ = m[nil] // ERROR `cannot use nil as string value in map index`


	_ = a[0:4] // ERROR `invalid argument: index 4 out of bounds \[0:4\]`
	_ = a[2:1] // ERROR `invalid slice indices: 1 < 2`
	_ = a[1:2:1] // ERROR `invalid slice indices: 1 < 2`
	_ = a[0:1:5] // ERROR `invalid argument: index 5 out of bounds \[0:4\]`
	_ = s[2:1] // ERROR `invalid slice indices: 1 < 2`
	_ = s[3:2:1] // ERROR `invalid slice indices: 2 < 3`
	_ = s[-1:] // ERROR `invalid argument: index -1 \(constant of type int\) must not be negative`
	_ = s[:-1] // ERROR `invalid argument: index -1 \(constant of type int\) must not be negative`
	_ = s[1.5:] // ERROR `1\.5 \(untyped float constant\) truncated to int`
	_ = s["a":] // ERROR `cannot convert "a" \(untyped string constant\) to type int`
	_ = s[: "b" : 3] // ERROR `cannot convert "b" \(untyped string constant\) to type int`
	_ = m["a":] // ERROR `cannot slice m \(variable of type map\[string\]int\)`
	_ = m[:] // ERROR `cannot slice m \(variable of type map\[string\]int\)`
	_ = p[1:2]
	_ = p[1:9] // ERROR `invalid argument: index 9 out of bounds \[0:4\]`
	_ = a[1<<70] // ERROR `1 << 70 \(untyped int constant 1180591620717411303424\) overflows int`
	_ = s[uint64(1<<63)] // ERROR `invalid argument: index uint64\(1 << 63\) \(constant 9223372036854775808 of type uint64\) overflows int`
	_ = [3]int{}[1]
	_ = [3]int{}[:] // ERROR `cannot slice unaddressable value \[3\]int\{\} \(value of type \[3\]int\)`
	_ = [3]int{}[4] // ERROR `invalid argument: index 4 out of bounds \[0:3\]`
	_ = 5[0] // ERROR `cannot index 5 \(untyped int constant\)`
	_ = main[0] // ERROR `cannot index main \(value of type func\(\)\)`
	_ = nil[1] // ERROR `cannot index nil`
	_ = int[0] // ERROR `invalid operation: int\[0\] \(int is not a generic type\)`
	var i any
	_ = i[0] // ERROR `cannot index i \(variable of interface type any\)`
	var f float64
	_ = s[f] // ERROR `invalid argument: index f \(variable of type float64\) must be integer`
	_ = s[int8(1)]
	_ = s[int8(-1)] // ERROR `invalid argument: index int8\(-1\) \(constant -1 of type int8\) must not be negative`
	var pp **[3]int
	_ = pp[0] // ERROR `cannot index pp \(variable of type \*\*\[3\]int\)`
	var ps *[]int
	_ = ps[0] // ERROR `cannot index ps \(variable of type \*\[\]int\)`
	_ = ps[:] // ERROR `cannot slice ps \(variable of type \*\[\]int\)`
	var st struct{}
	_ = st[0] // ERROR `cannot index st \(variable of type struct\{\}\)`
	_ = st[:] // ERROR `cannot slice st \(variable of type struct\{\}\)`
}

package main

func none()                  {}
func one() int               { return 1 }
func two() (int, string)     { return 1, "" }
func named() (n int, s string) { return }

func bad1() int { return } // ERROR `not enough return values`
func bad2() int { return "a" } // ERROR `cannot use "a" \(untyped string constant\) as int value in return statement`
func bad3() int { return 1, 2 } // ERROR `too many return values`
func bad4() (int, string) { return 1 } // ERROR `not enough return values`
func bad5() (int, string) { return "a", 1 } // ERROR `cannot use "a" \(untyped string constant\) as int value in return statement` `cannot use 1 \(untyped int constant\) as string value in return statement`
func bad6() { return 1 } // ERROR `too many return values`
func bad7() (int, string) { return two() }
func bad8() int { return two() } // ERROR `too many return values`
func bad9() (int, string, bool) { return two() } // ERROR `not enough return values`
func bad10() { return none() } // ERROR `none\(\) \(no value\) used as value`
func bad11() (int, string) { return two(), 1 } // ERROR `multiple-value two\(\) \(value of type \(int, string\)\) in single-value context` `cannot use 1 \(untyped int constant\) as string value in return statement`
func bad12() error { return "failed" } // ERROR `cannot use "failed" \(constant of type string\) as error value in return statement: string does not implement error \(missing method Error\)`
func bad13() (n int) { return "a" } // ERROR `cannot use "a" \(untyped string constant\) as int value in return statement`
func bad14() (n int, s string) { return 1 } // ERROR `not enough return values`
func bad15() (n int, s string) {
	n := "x" // ERROR `no new variables on left side of :=` `cannot use "x" \(untyped string constant\) as int value in assignment`
	_ = n
	{
		s := 1
		_ = s
		return // ERROR `result parameter s not in scope at return`
	}
	return
}
func bad16() (n int) {
	if n := 2; n > 1 {
		return // ERROR `result parameter n not in scope at return`
	}
	return
}
func bad17() func() { return none() } // ERROR `none\(\) \(no value\) used as value`
func bad18() int { return one } // ERROR `cannot use one \(value of type func\(\) int\) as int value in return statement`
func bad19() *int { return 5 } // ERROR `cannot use 5 \(untyped int constant\) as \*int value in return statement`
func bad20() []int { return nil, nil } // ERROR `too many return values`

func main() {
	f := func() int { return "x" } // ERROR `cannot use "x" \(untyped string constant\) as int value in return statement`
	g := func() { return 1 } // ERROR `too many return values`
	_ = one() + two() // ERROR `multiple-value two\(\) \(value of type \(int, string\)\) in single-value context`
	_ = two() + 1 // ERROR `multiple-value two\(\) \(value of type \(int, string\)\) in single-value context`
	_ = none() + 1 // ERROR `none\(\) \(no value\) used as value`
	x := none() // ERROR `none\(\) \(no value\) used as value`
	_, _, _ = f, g, x
	if two() { // ERROR `multiple-value two\(\) \(value of type \(int, string\)\) in single-value context`
	}
	for none() { // ERROR `none\(\) \(no value\) used as value`
	}
	switch two() { // ERROR `multiple-value two\(\) \(value of type \(int, string\)\) in single-value context`
	}
	_ = []int{two()} // ERROR `multiple-value two\(\) \(value of type \(int, string\)\) in single-value context`
	_ = [1]int{none()} // ERROR `none\(\) \(no value\) used as value`
	_ = map[int]string{two(): two()} // ERROR `multiple-value two\(\) \(value of type \(int, string\)\) in single-value context`
	_ = two().x // ERROR `multiple-value two\(\) \(value of type \(int, string\)\) in single-value context`
	_ = two()[0] // ERROR `multiple-value two\(\) \(value of type \(int, string\)\) in single-value context`
	_ = -two() // ERROR `multiple-value two\(\) \(value of type \(int, string\)\) in single-value context`
	_ = (two()) // ERROR `assignment mismatch: 1 variable but two returns 2 values`
	go two // ERROR `expression in go must be function call`
	defer none // ERROR `expression in defer must be function call`
	return 5 // ERROR `too many return values`
}

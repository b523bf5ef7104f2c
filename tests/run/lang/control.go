// Control flow: every statement form.
package main

import "fmt"

type kind int

func classify(x any) string {
	switch v := x.(type) {
	case nil:
		return "nil"
	case int, int8:
		return fmt.Sprintf("int-ish %v", v)
	case string:
		return "string of " + fmt.Sprint(len(v))
	case []int:
		return fmt.Sprint("slice ", v[0])
	case error:
		return "error " + v.Error()
	case func() int:
		return fmt.Sprint("func ", v())
	case kind:
		return fmt.Sprint("kind ", int(v))
	case interface{ Foo() }:
		return "fooer"
	case *int:
		return fmt.Sprint("ptr ", *v)
	default:
		return fmt.Sprintf("other %T", v)
	}
}

func grade(n int) (s string) {
	switch {
	case n >= 90:
		s = "A"
	case n >= 80:
		s = "B"
		fallthrough
	case n >= 70:
		s += "C"
	default:
		s = "F"
	}
	return
}

func dense(n int) string {
	switch n {
	case 0:
		return "zero"
	case 1, 2, 3:
		return "few"
	case 4:
	case 5:
		return "five"
	case 6, 7, 8, 9:
		return "many"
	default:
		return "default"
	}
	return "nothing"
}

func gotos(n int) (out string) {
	i := 0
loop:
	if i < n {
		out += fmt.Sprint(i)
		i++
		goto loop
	}
	if out == "" {
		goto end
	}
	out += "!"
end:
	return out
}

func labels() {
outer:
	for i := range 4 {
		for j := range 4 {
			switch {
			case j == 2:
				continue outer
			case i == 2:
				break outer
			}
			fmt.Print(i, j, " ")
		}
	}
	fmt.Println()
sw:
	switch {
	default:
		for {
			break sw
		}
	}
block:
	switch {
	case true:
		if true {
			break block
		}
		fmt.Println("unreachable")
	}
	fmt.Println("after block")
}

func main() {
	n := 7
	for _, x := range []any{nil, 1, int8(2), "abc", []int{5}, fmt.Errorf("bad"), func() int { return 3 }, kind(4), &n, 2.5, uint(1)} {
		fmt.Println(classify(x))
	}
	fmt.Println(grade(95), grade(85), grade(75), grade(5))
	for i := -1; i < 11; i++ {
		fmt.Print(dense(i), " ")
	}
	fmt.Println()
	fmt.Println(gotos(4), gotos(0) == "")
	labels()
	if x := n * 2; x > 20 {
		fmt.Println("big")
	} else if y := x + 1; y%2 == 1 {
		fmt.Println("odd", x, y)
	} else {
		fmt.Println(x, y)
	}
	for i, j := 0, 10; i < j; i, j = i+1, j-2 {
		fmt.Print(i, " ", j, ";")
	}
	fmt.Println()
	i := 0
	for i < 3 {
		i++
		if i == 2 {
			continue
		}
		fmt.Print(i)
	}
	for {
		i--
		if i < 0 {
			break
		}
	}
	fmt.Println(i)
	var fs []func() int
	for i := range 3 {
		fs = append(fs, func() int { i *= 10; return i })
	}
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { return i })
		i := i
		_ = i
	}
	for _, f := range fs {
		fmt.Print(f(), " ")
	}
	fmt.Println(fs[1](), fs[1]())
	switch x := 5; {
	case x > 3:
		fmt.Println("x>3")
	}
	switch s := "b"; s {
	case "a":
		fmt.Println("no")
	case "b", "c":
		fmt.Println("b or c")
	}
	switch f := 1.5; f {
	case 1.5:
		fmt.Println("float")
	}
	switch x := any(3); x {
	case "3":
		fmt.Println("string")
	case 3:
		fmt.Println("int 3")
	}
	calls := 0
	f := func(r bool) bool { calls++; return r }
	fmt.Println(f(false) && f(true), f(true) || f(false), f(true) && f(false) || f(true), calls)
	for i := range 0 {
		fmt.Println("never", i)
	}
	var k uint8
	for k = range 200 {
	}
	fmt.Println(k)
	for i := int8(0); i >= 0; i += 50 {
		fmt.Print(i, " ")
	}
	fmt.Println()
	for range 2 {
		fmt.Print("x")
	}
	fmt.Println()
	type T struct{ a int }
	if (T{1}) == (T{1}) {
		fmt.Println("eq")
	}
	for _, t := range []T{{1}, {2}} {
		fmt.Print(t.a)
	}
	fmt.Println()
}

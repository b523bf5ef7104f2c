// Before Go 1.22 all iterations of a loop share its variables; a file may ask for the newer language.
package main

import "fmt"

type pair struct{ a, b int }

func clauses() {
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i += 10; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), " ")
	}
	fmt.Println()
}

func ranges() {
	var fs []func()
	for i, s := range []string{"a", "b", "c"} {
		fs = append(fs, func() { fmt.Print(i, s, " ") })
	}
	for k, v := range map[string]int{"k": 7} {
		fs = append(fs, func() { fmt.Print(k, v, " ") })
	}
	for i := range [4]int{} {
		fs = append(fs, func() { fmt.Print(i, " ") })
	}
	for i, r := range "xyz" {
		fs = append(fs, func() { fmt.Print(i, string(r), " ") })
	}
	for _, f := range fs {
		f()
	}
	fmt.Println()
}

func addresses() {
	var ps []*pair
	for _, p := range []pair{{1, 2}, {3, 4}, {5, 6}} {
		ps = append(ps, &p)
	}
	fmt.Println(*ps[0], *ps[1], *ps[2], ps[0] == ps[2])
	var qs []*int
	for i := 0; i < 4; i++ {
		qs = append(qs, &i)
	}
	fmt.Println(*qs[0], qs[0] == qs[3])
}

func plain() {
	sum := 0
	for i, x := range []int{1, 2, 3} {
		sum += i * x
	}
	for i := 0; i < 5; i++ {
		sum += i
	}
	ch := make(chan int, 3)
	ch <- 1
	ch <- 2
	close(ch)
	var last func() int
	for x := range ch {
		if last == nil {
			last = func() int { return x }
		}
	}
	fmt.Println(sum, last())
	for i, _ := range []int{1} {
		fmt.Println(i)
	}
}

func main() {
	clauses()
	ranges()
	addresses()
	plain()
	newer()
}

// Jumps of every kind: labels, goto, switches on strings and integers, select in loops, loops over functions.
package main

import (
	"fmt"
	"iter"
)

func keyword(s string) int {
	switch s {
	case "break", "case", "chan":
		return 1
	case "const", "continue":
		return 2
	case "":
		return 3
	case "default", "defer", "else", "fallthrough", "for", "func", "go", "goto":
		return 4
	case "import", "return", "select", "struct", "switch", "string", "static", "simple":
		return 5
	}
	return 0
}

func class(n int) (r string) {
	switch {
	case n < 0:
		r = "negative "
		fallthrough
	case n == 100:
		r += "or hundred"
	default:
		switch n {
		case 0, 1, 2:
			return "tiny"
		case 1 << 40:
			return "huge"
		case -1 << 63:
			return "least"
		case 65, 66:
			return "letter"
		}
		r = "other"
	}
	return r
}

func gotos(n int) (s string) {
	i := 0
again:
	if i < n {
		s += fmt.Sprint(i)
		i++
		goto again
	}
	goto end
end:
	return s + "."
}

func labels() (out []int) {
outer:
	for i := 0; ; i++ {
		for j := range 10 {
			switch {
			case j > i:
				continue outer
			case i == 4:
				break outer
			case j == 2:
				continue
			}
			out = append(out, i*10+j)
		}
	}
	return out
}

func pump(n int) (sum int) {
	a, b, done := make(chan int), make(chan string, 1), make(chan struct{})
	go func() {
		for i := range n {
			a <- i
		}
		close(done)
	}()
loop:
	for {
		select {
		case v := <-a:
			sum += v
			if v == 3 {
				continue loop
			}
		case b <- "x":
			<-b
		case _, ok := <-done:
			if !ok {
				break loop
			}
		}
	}
	return sum
}

func count(n int) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		defer fmt.Print("[left] ")
		for i := range n {
			if !yield(i, fmt.Sprint("v", i)) {
				return
			}
		}
	}
}

func search(want int) (found string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("caught %v", r)
		}
	}()
	for i, s := range count(5) {
		defer fmt.Print("d", i, " ")
	inner:
		for j := range count(5)  {
			switch {
			case j == want && i == want:
				return s, nil
			case j > i:
				break inner
			case want == 99:
				panic("no 99")
			}
		}
	}
	return "", fmt.Errorf("none")
}

func main() {
	for _, s := range []string{"case", "", "continue", "goto", "struct", "structs", "simple", "x", "fallthrough"} {
		fmt.Print(keyword(s), " ")
	}
	fmt.Println()
	for _, n := range []int{-5, 0, 2, 66, 100, 1 << 40, 7} {
		fmt.Print(class(n), "; ")
	}
	fmt.Println(gotos(4), labels(), pump(6))
	for _, w := range []int{2, 7, 99} {
		s, err := search(w)
		fmt.Println("->", s, err)
	}
	for i := range uint8(3) {
		defer func() { fmt.Println("deferred", i, recover()) }()
	}
	var m map[string]int
	m["x"] = 1
}

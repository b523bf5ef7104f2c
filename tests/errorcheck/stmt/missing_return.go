package main

func a() int {} // ERROR `missing return`
func b(x int) int {
	if x > 0 {
		return 1
	}
} // ERROR `missing return`
func c(x int) int {
	if x > 0 {
		return 1
	} else {
		return 2
	}
}
func d(x int) int {
	if x > 0 {
		return 1
	} else if x < 0 {
		return 2
	}
} // ERROR `missing return`
func e() int {
	for {
	}
}
func f() int {
	for {
		break
	}
} // ERROR `missing return`
func g() int {
	for true {
	}
} // ERROR `missing return`
func h(x int) int {
	switch x {
	case 1:
		return 1
	}
} // ERROR `missing return`
func i(x int) int {
	switch x {
	case 1:
		return 1
	default:
		return 2
	}
}
func j(x int) int {
	switch x {
	case 1:
		return 1
	default:
		break
	}
} // ERROR `missing return`
func k(x any) int {
	switch x.(type) {
	case int:
		return 1
	default:
		panic("x")
	}
}
func l(ch chan int) int {
	select {
	case <-ch:
		return 1
	}
}
func m() int {
	select {}
}
func n(ch chan int) int {
	select {
	case <-ch:
		break
	default:
		return 1
	}
} // ERROR `missing return`
func o() int {
L:
	for {
		for {
			break L
		}
	}
} // ERROR `missing return`
func p() int {
L:
	goto L
}
func q() int {
	panic("x")
}
func r(x []int) int {
	for range x {
		return 1
	}
} // ERROR `missing return`
func s() int {
	{
		return 1
	}
}
func t() int {
	return 1
	;
}
func u() int {
	defer panic("x")
} // ERROR `missing return`
func v() int {
	func() int {
	}() // ERROR `missing return`
	return 1
}
func w(x int) int {
	switch x {
	case 1:
		fallthrough
	case 2:
		return 2
	default:
		fallthrough
	case 3:
		return 1
	}
}
func x() int {
L:
	switch {
	default:
		for {
			break L
		}
	}
} // ERROR `missing return`
func y() (n int) {
	n = 1
} // ERROR `missing return`
func z() int {
	panic := func(string) {}
	panic("x")
} // ERROR `missing return`

func main() {
	f := func() int { for {} }
	g := func() int { println() } // ERROR `missing return`
	_, _ = f, g
}

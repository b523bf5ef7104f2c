// minigo: dump -bytecode
// Conditions as jumps, switches as tables and searches, defer, select, type switches.
package main

func cond(a, b int, s string, p *int) bool {
	if a < b && (b != 0 || s == "") || p == nil {
		return a > 3 == (b > 4)
	}
	return !(a == b)
}

func dense(n int) string {
	switch n {
	case 1:
		return "one"
	case 2, 3:
		return "few"
	case 4:
		fallthrough
	case 5:
		return "some"
	case 9:
		return "many"
	}
	return "?"
}

func sparse(n int) int {
	switch n {
	case 10:
		return 1
	case 1000:
		return 2
	case 100000:
		return 3
	case -5:
		return 4
	}
	return 0
}

func kind(v any) int {
	switch v := v.(type) {
	case nil:
		return 0
	case int:
		return v
	case string:
		return len(v)
	case error:
		return len(v.Error())
	}
	return -1
}

func deferred(f func()) (err any) {
	defer func() { err = recover() }()
	f()
	return nil
}

func wait(a, b chan int, quit <-chan bool) int {
	for {
		select {
		case v := <-a:
			return v
		case b <- 1:
		case _, ok := <-quit:
			if !ok {
				return -1
			}
		}
	}
}

func main() {
	_ = cond(1, 2, "", nil)
	_ = dense(1)
	_ = sparse(1)
	_ = kind(1)
	_ = deferred(main)
	_ = wait(nil, nil, nil)
}

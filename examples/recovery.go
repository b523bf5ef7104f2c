// Recovery shows a server that survives the panics of its handlers: each request runs on a goroutine
// whose boundary turns panics into errors.
package main

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
)

type request struct {
	id   int
	path string
}

type panicError struct {
	value any
	path  string
}

func (e *panicError) Error() string { return fmt.Sprintf("%s: panic: %v", e.path, e.value) }

func (e *panicError) Unwrap() error {
	err, _ := e.value.(error)
	return err
}

var errTeapot = errors.New("I'm a teapot")

type stack struct{ items []int }

func (s *stack) pop() int {
	top := s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return top
}

func handle(r request) string {
	switch r.path {
	case "/ok":
		return "fine"
	case "/index":
		return fmt.Sprint((&stack{}).pop())
	case "/nil":
		var m map[string]int
		m["x"] = 1
	case "/pointer":
		var s *stack
		return fmt.Sprint(s.pop())
	case "/divide":
		zero := len(r.path) - 7
		return fmt.Sprint(100 / zero)
	case "/type":
		var v any = "text"
		return fmt.Sprint(v.(fmt.Stringer))
	case "/teapot":
		panic(fmt.Errorf("handler %d: %w", r.id, errTeapot))
	case "/exit":
		runtime.Goexit()
	case "/nested":
		defer func() {
			panic(fmt.Sprint("while handling: ", recover()))
		}()
		panic("first")
	case "/slice":
		n := len(r.path)
		return r.path[n:1]
	}
	return "not found"
}

func serve(r request) (answer string, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &panicError{v, r.path}
		}
	}()
	return handle(r), nil
}

func main() {
	paths := strings.Fields("/ok /index /nil /pointer /divide /type /teapot /exit /nested /slice /missing")
	lines := make([]string, len(paths))
	var wg sync.WaitGroup
	for i, path := range paths {
		wg.Add(1)
		go func() {
			defer wg.Done()
			lines[i] = path + ": left without a word"
			answer, err := serve(request{i, path})
			var re runtime.Error
			switch {
			case errors.As(err, &re):
				lines[i] = "run-time error " + err.Error()
			case errors.Is(err, errTeapot):
				lines[i] = "teapot " + err.Error()
			case err != nil:
				lines[i] = err.Error()
			default:
				lines[i] = path + ": " + answer
			}
		}()
	}
	wg.Wait()
	fmt.Println(strings.Join(lines, "\n"))
}

// Output:
// /ok: fine
// run-time error /index: panic: runtime error: index out of range [-1]
// run-time error /nil: panic: assignment to entry in nil map
// run-time error /pointer: panic: runtime error: invalid memory address or nil pointer dereference
// run-time error /divide: panic: runtime error: integer divide by zero
// run-time error /type: panic: interface conversion: string is not fmt.Stringer: missing method String
// teapot /teapot: panic: handler 6: I'm a teapot
// /exit: left without a word
// /nested: panic: while handling: first
// run-time error /slice: panic: runtime error: slice bounds out of range [6:1]
// /missing: not found

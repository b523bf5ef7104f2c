// Names of instantiated types: packages in full, fields and types of functions as the linker has them.
package main

import "fmt"

type M[K comparable, V any] map[K]V

func F[A, B any]() any {
	type T struct{ a A }
	type U struct {
		a A
		b B
	}
	type L struct{}
	fmt.Printf("%T %T %T\n", U{}, T{}, L{})
	return U{}
}

func G() any { type T struct{}; return T{} }

type P[T any] struct{ x T }

func main() {
	a := F[int, string]()
	fmt.Printf("%T\n", a)
	fmt.Printf("%T %T\n", M[string, P[int]]{}, P[M[int, []string]]{})
	fmt.Printf("%T\n", P[any]{a})
	fmt.Printf("%T\n", F[P[int], struct{ x int }]())
	type Q struct{ x int }
	fmt.Printf("%T %T\n", Q{}, P[Q]{})
	{
		type Q struct{}
		fmt.Printf("%T %T\n", Q{}, P[Q]{})
	}
	fmt.Printf("%T\n", P[interface{ M(int) string }]{})
	fmt.Printf("%T\n", P[func(int, ...string) (a, b error)]{})
	fmt.Printf("%T\n", P[struct {
		A int `json:"x"`
		b []P[int]
	}]{})
	fmt.Printf("%T %T\n", P[map[string]chan<- int]{}, P[[3]*uint8]{})
}

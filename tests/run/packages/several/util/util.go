package util

import "example.org/mod/internal/deep"

var n = deep.X + 1

type T struct{ A, b int }

func (t T) String() string { return "T!" }

func Name() string                  { return name() }
func Sum[X int | float64](a, b X) X { return a + b + X(n) }
func init()                         { println("util init", n) }

// exit: 2
package main

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/cmplx"
)

func main() {
	inf, nan := math.Inf(1), math.NaN()
	vs := []float64{0, math.Copysign(0, -1), 1, -1, 0.5, -2.25, 3.7, 1e-10, 100, -700.5, 1e300, inf, -inf, nan, math.Pi, math.Pi / 2, 1e9}
	fs := []struct {
		n string
		f func(complex128) complex128
	}{{"Acos", cmplx.Acos}, {"Acosh", cmplx.Acosh}, {"Asin", cmplx.Asin}, {"Asinh", cmplx.Asinh}, {"Atan", cmplx.Atan}, {"Atanh", cmplx.Atanh}, {"Conj", cmplx.Conj}, {"Cos", cmplx.Cos}, {"Cosh", cmplx.Cosh}, {"Cot", cmplx.Cot}, {"Exp", cmplx.Exp}, {"Log", cmplx.Log}, {"Log10", cmplx.Log10}, {"Sin", cmplx.Sin}, {"Sinh", cmplx.Sinh}, {"Sqrt", cmplx.Sqrt}, {"Tan", cmplx.Tan}, {"Tanh", cmplx.Tanh}}
	for _, a := range vs {
		h := fnv.New64a()
		show := func(a ...any) {
			fmt.Fprintln(h, a...)
		}
		for _, b := range vs {
			z := complex(a, b)
			for _, f := range fs {
				show(f.n, z, f.f(z))
			}
			r, th := cmplx.Polar(z)
			show(z, cmplx.Abs(z), cmplx.Phase(z), cmplx.IsInf(z), cmplx.IsNaN(z), r, th, cmplx.Rect(a, b))
			show(cmplx.Pow(z, complex(b, a)), cmplx.Pow(z, 2), cmplx.Pow(z, 0), cmplx.Pow(0, z))
		}
		fmt.Printf("%v %x %v\n", a, h.Sum64(), cmplx.Tan(complex(a, 0.5)))
	}
	fmt.Println(cmplx.Inf(), cmplx.NaN())
}

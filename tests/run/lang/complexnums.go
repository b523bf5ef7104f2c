// Complex numbers.
package main

import (
	"fmt"
	"math"
)

func main() {
	a := 3 + 4i
	b := complex(1, -2)
	fmt.Println(a+b, a-b, a*b, a/b, -a, a == b, a != b, real(a), imag(b))
	var c complex64 = complex64(a)
	c *= c
	c += 1i
	fmt.Println(c, real(c), imag(c), c/complex64(b), c == c)
	d := a
	d /= 2
	d -= 1
	fmt.Println(d, complex(float32(1), 2))
	fmt.Printf("%T %T %.2f %v\n", a, c, a, complex(math.Inf(1), math.NaN()))
	zs := []complex128{1, 1i, -1, -1i}
	p := complex128(1)
	for _, z := range zs {
		p *= z + 1
	}
	fmt.Println(p)
	z := complex(0, 0)
	fmt.Println(1/z, a/z, z/z)
	var s struct {
		a complex64
		b complex128
	}
	s.a, s.b = 1+1i, 2-2i
	s.a *= 2
	s.b *= s.b
	fmt.Println(s, any(s.b) == any(-8i), [2]complex64{1: 5i})
	const k = (1 + 2i) * (1 - 2i)
	var i int = real(k)
	fmt.Println(k, i)
	n := 0
	for z, c := complex128(0), complex(-0.7, 0.3); real(z)*real(z)+imag(z)*imag(z) < 4 && n < 50; n++ {
		z = z*z + c
	}
	fmt.Println(n)
}

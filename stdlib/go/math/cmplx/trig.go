package cmplx

import (
	"math"
	"math/bits"
)

func sinhcosh(x float64) (sh, ch float64) {
	if math.Abs(x) <= 0.5 {
		return math.Sinh(x), math.Cosh(x)
	}
	e := math.Exp(x)
	inverse := 0.5 / e
	e *= 0.5
	return e - inverse, e + inverse
}

// Sin returns the sine.
func Sin(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case im == 0 && bad(re), isInf(im) && bad(re):
		return complex(math.NaN(), im)
	case re == 0 && bad(im):
		return x
	}
	s, c := math.Sincos(re)
	sh, ch := sinhcosh(im)
	return complex(s*ch, c*sh)
}

// Sinh returns the hyperbolic sine.
func Sinh(x complex128) complex128 { return back(Sin(turn(x))) }

// Cos returns the cosine.
func Cos(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case im == 0 && bad(re):
		return complex(math.NaN(), -im*math.Copysign(0, re))
	case isInf(im) && re == 0:
		return complex(math.Inf(1), -re*math.Copysign(0, im))
	case isInf(im) && bad(re):
		return complex(math.Inf(1), math.NaN())
	case re == 0 && math.IsNaN(im):
		return complex(im, 0)
	}
	s, c := math.Sincos(re)
	sh, ch := sinhcosh(im)
	return complex(c*ch, -s*sh)
}

// Cosh returns the hyperbolic cosine.
func Cosh(x complex128) complex128 {
	if imag(x) == 0 && math.IsNaN(real(x)) {
		return x
	}
	return Cos(turn(x))
}

// Tan returns the tangent.
func Tan(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case isInf(im) && bad(re):
		return complex(math.Copysign(0, re), math.Copysign(1, im))
	case isInf(im):
		return complex(math.Copysign(0, math.Sin(2*re)), math.Copysign(1, im))
	case re == 0 && math.IsNaN(im):
		return x
	}
	d := math.Cos(2*re) + math.Cosh(2*im)
	if math.Abs(d) < 0.25 {
		d = coshMinusCos(x)
	}
	if d == 0 {
		return Inf()
	}
	return complex(math.Sin(2*re)/d, math.Sinh(2*im)/d)
}

// Cot returns the cotangent.
func Cot(x complex128) complex128 {
	d := math.Cosh(2*imag(x)) - math.Cos(2*real(x))
	if math.Abs(d) < 0.25 {
		d = coshMinusCos(x)
	}
	if d == 0 {
		return Inf()
	}
	return complex(math.Sin(2*real(x))/d, -math.Sinh(2*imag(x))/d)
}

// Tanh returns the hyperbolic tangent.
func Tanh(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case isInf(re) && bad(im):
		return complex(math.Copysign(1, re), math.Copysign(0, im))
	case isInf(re):
		return complex(math.Copysign(1, re), math.Copysign(0, math.Sin(2*im)))
	case im == 0 && math.IsNaN(re):
		return x
	}
	d := math.Cosh(2*re) + math.Cos(2*im)
	if d == 0 {
		return Inf()
	}
	return complex(math.Sinh(2*re)/d, math.Sin(2*im)/d)
}

// inversePi is 1/Pi in binary, behind 64 zero bits.
var inversePi = [...]uint64{
	0x0000000000000000, 0x517cc1b727220a94, 0xfe13abe8fa9a6ee0, 0x6db14acc9e21c820, 0xff28b1d5ef5de2b0,
	0xdb92371d2126e970, 0x0324977504e8c90e, 0x7f0ef58e5894d39f, 0x74411afa975da242, 0x74ce38135a2fbf20,
	0x9cc8eb1cc1a99cfa, 0x4e422fc5defc941d, 0x8ffc4bffef02cc07, 0xf79788c5ad05368f, 0xb69b3f6793e584db,
	0xa7a31fb34f2ff516, 0xba93dd63f5f2f8bd, 0x9e839cfbc5294975, 0x35fdafd88fc6ae84, 0x2b0198237e3db5d5,
}

// reduce returns x less a multiple of Pi: from -Pi/2 to Pi/2.
func reduce(x float64) float64 {
	if math.Abs(x) < 1<<30 {
		// Pi in three parts, of which the first ones have few bits.
		const a, b, c = 3.141592502593994, 1.5099578831723193e-07, 1.0780605716316238e-14
		n := float64(int64(x/math.Pi + 0.5))
		return ((x - n*a) - n*b) - n*c
	}
	// The fraction of x/Pi, from the bits of 1/Pi that matter for it.
	const bias, mantissa = 1023, 52
	ix := math.Float64bits(x)
	exp := int(ix>>mantissa&0x7ff) - bias - mantissa
	ix = ix&(1<<mantissa-1) | 1<<mantissa
	at, shift := uint(exp+64)/64, uint(exp+64)%64
	digit := func(i uint) uint64 {
		return inversePi[at+i]<<shift | inversePi[at+i+1]>>(64-shift)
	}
	low, _ := bits.Mul64(digit(2), ix)
	mid, midLow := bits.Mul64(digit(1), ix)
	lo, carry := bits.Add64(midLow, low, 0)
	hi, _ := bits.Add64(digit(0)*ix, mid, carry)
	lead := uint(bits.LeadingZeros64(hi)) + 1
	hi = hi<<lead | lo>>(64-lead)
	fraction := math.Float64frombits(hi>>(64-mantissa) | uint64(bias-lead)<<mantissa)
	if fraction > 0.5 {
		fraction--
	}
	return math.Pi * fraction
}

// coshMinusCos returns cosh(2 im) - cos(2 re) by its series, for where the difference loses too much.
func coshMinusCos(z complex128) (sum float64) {
	x, y := reduce(math.Abs(2*real(z))), math.Abs(2*imag(z))
	x, y = x*x, y*y
	xn, yn, factorial, n := 1.0, 1.0, 1.0, 0.0
	next := func() {
		for range 2 {
			n++
			factorial *= n
		}
		xn *= x
		yn *= y
	}
	for {
		next()
		sum += (yn + xn) / factorial
		next()
		term := (yn - xn) / factorial
		if sum += term; !(math.Abs(term/sum) > 0x1p-53) {
			return sum
		}
	}
}

// Asin returns the inverse sine.
func Asin(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case im == 0 && math.Abs(re) <= 1:
		return complex(math.Asin(re), im)
	case re == 0 && math.Abs(im) <= 1:
		return complex(re, math.Asinh(im))
	case math.IsNaN(im) && re == 0:
		return x
	case math.IsNaN(im) && isInf(re):
		return complex(im, re)
	case math.IsNaN(im):
		return NaN()
	case isInf(im) && math.IsNaN(re):
		return x
	case isInf(im) && isInf(re):
		return complex(math.Copysign(math.Pi/4, re), im)
	case isInf(im):
		return complex(math.Copysign(0, re), im)
	case isInf(re):
		return complex(math.Copysign(math.Pi/2, re), math.Copysign(re, im))
	}
	square := x * x
	return back(Log(turn(x) + Sqrt(complex(1-real(square), -imag(square)))))
}

// Asinh returns the inverse hyperbolic sine.
func Asinh(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case im == 0 && math.Abs(re) <= 1:
		return complex(math.Asinh(re), im)
	case re == 0 && math.Abs(im) <= 1:
		return complex(re, math.Asin(im))
	case isInf(re) && isInf(im):
		return complex(re, math.Copysign(math.Pi/4, im))
	case isInf(re) && math.IsNaN(im):
		return x
	case isInf(re):
		return complex(re, math.Copysign(0, im))
	case math.IsNaN(re) && im == 0:
		return x
	case math.IsNaN(re) && isInf(im):
		return complex(im, re)
	case math.IsNaN(re):
		return NaN()
	case isInf(im):
		return complex(math.Copysign(im, re), math.Copysign(math.Pi/2, im))
	}
	square := x * x
	return Log(x + Sqrt(complex(1+real(square), imag(square))))
}

// Acos returns the inverse cosine.
func Acos(x complex128) complex128 {
	w := Asin(x)
	return complex(math.Pi/2-real(w), -imag(w))
}

// Acosh returns the inverse hyperbolic cosine.
func Acosh(x complex128) complex128 {
	if x == 0 {
		return complex(0, math.Copysign(math.Pi/2, imag(x)))
	}
	w := Acos(x)
	if imag(w) <= 0 {
		return turn(w)
	}
	return back(w)
}

// Atan returns the inverse tangent.
func Atan(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case im == 0:
		return complex(math.Atan(re), im)
	case re == 0 && math.Abs(im) <= 1:
		return complex(re, math.Atanh(im))
	case IsInf(x) && math.IsNaN(re):
		return complex(re, math.Copysign(0, im))
	case IsInf(x):
		return complex(math.Copysign(math.Pi/2, re), math.Copysign(0, im))
	case IsNaN(x):
		return NaN()
	}
	square := re * re
	a := 1 - square - im*im
	below, above := im-1, im+1
	b := square + below*below
	if a == 0 || b == 0 {
		return NaN()
	}
	angle := reduce(0.5 * math.Atan2(2*re, a))
	return complex(angle, 0.25*math.Log((square+above*above)/b))
}

// Atanh returns the inverse hyperbolic tangent.
func Atanh(x complex128) complex128 { return back(Atan(turn(x))) }

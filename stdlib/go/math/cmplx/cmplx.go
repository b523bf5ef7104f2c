// Package cmplx has functions of complex numbers. Results agree with gc's library to the last bit, and at infinities,
// NaN and signed zeros too.
package cmplx

import "math"

// Abs returns |x|.
func Abs(x complex128) float64 { return math.Hypot(real(x), imag(x)) }

// Phase returns the angle of x, from -Pi to Pi.
func Phase(x complex128) float64 { return math.Atan2(imag(x), real(x)) }

// Polar returns Abs and Phase.
func Polar(x complex128) (r, θ float64) { return Abs(x), Phase(x) }

// Rect returns the number with that absolute value and angle.
func Rect(r, θ float64) complex128 {
	s, c := math.Sincos(θ)
	return complex(r*c, r*s)
}

// Conj returns x with the other sign of its imaginary part.
func Conj(x complex128) complex128 { return complex(real(x), -imag(x)) }

// Inf returns complex infinity.
func Inf() complex128 { return complex(math.Inf(1), math.Inf(1)) }

// NaN returns a number that is none.
func NaN() complex128 { return complex(math.NaN(), math.NaN()) }

func isInf(x float64) bool { return math.IsInf(x, 0) }
func bad(x float64) bool   { return isInf(x) || math.IsNaN(x) }

// IsInf reports whether a part is infinite.
func IsInf(x complex128) bool { return isInf(real(x)) || isInf(imag(x)) }

// IsNaN reports whether a part is NaN and none is infinite.
func IsNaN(x complex128) bool { return !IsInf(x) && x != x }

// turn is i x, back is -i x.
func turn(x complex128) complex128 { return complex(-imag(x), real(x)) }
func back(x complex128) complex128 { return complex(imag(x), -real(x)) }

// Exp returns e**x.
func Exp(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case isInf(re) && re > 0 && im == 0:
		return x
	case isInf(re) && bad(im):
		if re < 0 {
			return complex(0, math.Copysign(0, im))
		}
		return complex(re, math.NaN())
	case math.IsNaN(re) && im == 0:
		return x
	}
	return Rect(math.Exp(re), im)
}

// Log returns the natural logarithm.
func Log(x complex128) complex128 { return complex(math.Log(Abs(x)), Phase(x)) }

// Log10 returns the decimal logarithm.
func Log10(x complex128) complex128 {
	z := Log(x)
	return complex(math.Log10E*real(z), math.Log10E*imag(z))
}

// Pow returns x**y. Pow(0, y) is 1 for a real part of 0, 0 for a positive one, infinite for a negative one.
func Pow(x, y complex128) complex128 {
	if x == 0 {
		switch {
		case IsNaN(y):
			return NaN()
		case real(y) == 0:
			return 1
		case real(y) > 0:
			return 0
		case real(y) < 0 && imag(y) == 0:
			return complex(math.Inf(1), 0)
		case real(y) < 0:
			return Inf()
		}
		panic("not reached")
	}
	length, angle := Polar(x)
	if length == 0 {
		return 0
	}
	r, θ := math.Pow(length, real(y)), real(y)*angle
	if imag(y) != 0 {
		r *= math.Exp(-imag(y) * angle)
		θ += imag(y) * math.Log(length)
	}
	return Rect(r, θ)
}

// Sqrt returns the square root whose real part is not negative.
func Sqrt(x complex128) complex128 {
	a, b := real(x), imag(x)
	switch {
	case b == 0 && a == 0:
		return complex(0, b)
	case b == 0 && a < 0:
		return complex(0, math.Copysign(math.Sqrt(-a), b))
	case b == 0:
		return complex(math.Sqrt(a), b)
	case isInf(b):
		return complex(math.Inf(1), b)
	case a == 0 && b < 0:
		r := math.Sqrt(-0.5 * b)
		return complex(r, -r)
	case a == 0:
		r := math.Sqrt(0.5 * b)
		return complex(r, r)
	}
	// Scaled, so that nothing in between overflows or underflows.
	by, scale := 0x1p54, 0x1p-27
	if math.Abs(a) > 4 || math.Abs(b) > 4 {
		by, scale = 0.25, 2
	}
	a, b = a*by, b*by
	r := math.Hypot(a, b)
	var t float64
	if a > 0 {
		t = math.Sqrt(0.5*r + 0.5*a)
		r = scale * math.Abs((0.5*b)/t)
		t *= scale
	} else {
		r = math.Sqrt(0.5*r - 0.5*a)
		t = scale * math.Abs((0.5*b)/r)
		r *= scale
	}
	return complex(t, math.Copysign(r, b))
}

package math

func ldexp(f float64, e int) float64
func Ldexp(f float64, e int) float64 { return ldexp(f, e) }
func Sqrt(f float64) float64
func NaN() float64
func Inf(i int) float64
func Copysign(a, b float64) float64

const (
	Pi                     = 3.14159265358979323846264338327950288419716939937510582097494459
	MaxInt64               = 1<<63 - 1
	MaxUint64              = 1<<64 - 1
	MaxFloat64             = 0x1p1023 * (1 + (1 - 0x1p-52))
	SmallestNonzeroFloat64 = 0x1p-1022 * 0x1p-52
	MaxFloat32             = 0x1p127 * (1 + (1 - 0x1p-23))
)

package main

import (
	"fmt"
	"math"
	"math/big"
	"math/rand"
)

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Printf("%s panic: %v %T\n", name, r, r)
		}
	}()
	f()
}

func main() {
	rnd := rand.New(rand.NewSource(2))
	rat := func() *big.Rat {
		n := uint([]int{2, 6, 20, 64, 200}[rnd.Intn(5)])
		a := new(big.Int).Rand(rnd, new(big.Int).Lsh(big.NewInt(1), n))
		b := new(big.Int).Rand(rnd, new(big.Int).Lsh(big.NewInt(1), n))
		if b.Sign() == 0 {
			b.SetInt64(7)
		}
		if rnd.Intn(2) == 0 {
			a.Neg(a)
		}
		return new(big.Rat).SetFrac(a, b)
	}
	for range 15 {
		x, y := rat(), rat()
		fmt.Println(x, y, new(big.Rat).Add(x, y), new(big.Rat).Sub(x, y), new(big.Rat).Mul(x, y), x.Cmp(y), x.IsInt(), x.Num(), x.Denom(), x.Sign())
		if y.Sign() != 0 {
			fmt.Println(new(big.Rat).Quo(x, y), new(big.Rat).Inv(y), new(big.Rat).Neg(x), new(big.Rat).Abs(x))
		}
		f, e := x.Float64()
		g, e2 := x.Float32()
		n, e3 := x.FloatPrec()
		fmt.Println(f, e, g, e2, n, e3, x.FloatString(0), x.FloatString(5), x.FloatString(30), x.RatString())
	}
	for _, s := range []string{"", "1/2", "-3/6", "4/2", "1/0", "0/5", "1.5", "-.25", "5.", ".", "1e3", "1e-3", "1.5e+2", "0x10", "0x1p-2", "0b11/0x2", "1_000/3", "1/ 2", "1/-2", "1e", "abc", "1p3", "0x1.8p1", "010", "0o7.4", "1e10000000", "3.14159265358979323846264338327950288", "+7"} {
		z, ok := new(big.Rat).SetString(s)
		fmt.Printf("%q %v %v\n", s, z, ok)
	}
	for _, f := range []float64{0, 1, -1.5, 0.1, math.Pi, 1e300, 1e-300, 5e-324, math.MaxFloat64, math.Inf(1), math.NaN(), math.Copysign(0, -1)} {
		z := new(big.Rat).SetFloat64(f)
		fmt.Println(f, z)
		if z != nil {
			g, e := z.Float64()
			h, e2 := z.Float32()
			fmt.Println(g, e, h, e2)
			z.Quo(z, big.NewRat(3, 1))
			g, e = z.Float64()
			h, e2 = z.Float32()
			fmt.Println(g, e, h, e2)
			z.Mul(z, z)
			g, e = z.Float64()
			h, e2 = z.Float32()
			fmt.Println(g, e, h, e2)
		}
	}
	for e := -1080; e < -1060; e++ {
		z := new(big.Rat).SetFrac(big.NewInt(12345677), new(big.Int).Lsh(big.NewInt(3), uint(-e)+20))
		f, x := z.Float64()
		fmt.Println(f, x)
	}
	var z big.Rat
	fmt.Println(&z, z.Denom(), z.Num(), z.IsInt(), z.FloatString(2))
	fmt.Println(z.UnmarshalText([]byte("2/6")), &z, new(big.Rat).UnmarshalText([]byte("x")))
	b, err := z.MarshalText()
	fmt.Println(string(b), err)
	b, err = big.NewRat(-3, 7).GobEncode()
	fmt.Println(b, err, z.GobDecode(b), &z, z.GobDecode([]byte{1}), z.GobDecode([]byte{9, 0, 0, 0, 0}), z.GobDecode([]byte{2, 0, 0, 9, 0}))
	n, err := fmt.Sscan("3/4 rest", &z)
	fmt.Println(n, err, &z)
	n, err = fmt.Sscanf("0.75", "%f", &z)
	fmt.Println(n, err, &z)
	n, err = fmt.Sscanf("0.75", "%d", &z)
	fmt.Println(n, err)
	n, err = fmt.Sscan("abc", &z)
	fmt.Println(n, err)
	fmt.Printf("%v %s %d\n", big.NewRat(1, 3), big.NewRat(1, 3), big.NewRat(5, 3).Num())
	try("new", func() { big.NewRat(1, 0) })
	try("inv", func() { new(big.Rat).Inv(new(big.Rat)) })
	try("quo", func() { new(big.Rat).Quo(big.NewRat(1, 2), new(big.Rat)) })
}

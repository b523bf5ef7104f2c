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
	rnd := rand.New(rand.NewSource(3))
	num := func() *big.Float {
		f := new(big.Float).SetPrec(uint(rnd.Intn(200) + 1)).SetMode(big.RoundingMode(rnd.Intn(6)))
		switch rnd.Intn(12) {
		case 0:
			return f.SetInt64(0)
		case 1:
			return f.SetInf(rnd.Intn(2) == 0)
		case 2:
			return f.SetInt64(int64(rnd.Intn(100) - 50))
		}
		i := new(big.Int).Rand(rnd, new(big.Int).Lsh(big.NewInt(1), uint(rnd.Intn(150)+1)))
		f.SetInt(i)
		if rnd.Intn(2) == 0 {
			f.Neg(f)
		}
		return f.SetMantExp(f, rnd.Intn(200)-100)
	}
	for range 25 {
		x, y := num(), num()
		z := func() *big.Float {
			return new(big.Float).SetPrec(uint(rnd.Intn(100))).SetMode(big.RoundingMode(rnd.Intn(6)))
		}
		show := func(f *big.Float) {
			fmt.Print(f.Text('p', 0), " ", f.Acc(), " ", f.Prec(), " ", f.Signbit(), "; ")
		}
		show(x)
		show(y)
		try("add", func() { show(z().Add(x, y)) })
		try("sub", func() { show(z().Sub(x, y)) })
		try("mul", func() { show(z().Mul(x, y)) })
		try("quo", func() { show(z().Quo(x, y)) })
		try("sqrt", func() { s := z().Sqrt(x); fmt.Print(s.Text('p', 0), " ") })
		show(z().Set(x))
		show(new(big.Float).Set(x).SetPrec(uint(rnd.Intn(80))))
		fmt.Println()
		fmt.Println(x.Cmp(y), x.Sign(), x.IsInt(), x.IsInf(), x.MinPrec(), x.MantExp(nil), x.Mode())
		i, a := x.Int64()
		u, b := x.Uint64()
		f, c := x.Float64()
		g, d := x.Float32()
		k, e := x.Int(nil)
		r, l := x.Rat(nil)
		fmt.Println(i, a, u, b, f, c, g, d, k, e, r, l)
		for _, fm := range "eEfgGbpx" {
			for _, p := range []int{-1, 0, 3, 20} {
				fmt.Print(x.Text(byte(fm), p), " ")
			}
		}
		fmt.Println(x, x.Text('q', 1))
		t, err := x.MarshalText()
		var w big.Float
		fmt.Println(string(t), err, w.UnmarshalText(t), &w)
		gb, err := x.GobEncode()
		fmt.Println(len(gb) > 5, err, w.GobDecode(gb))
		show(&w)
		fmt.Println()
	}
	for _, s := range []string{"", "1", "-1.5", "1e10", "1e-10", "1e400", "1e-400", "0x1p-5", "0x.8p1", "0b1.1", "0o1.4", "1_0.5", "1__0", "Inf", "+Inf", "-inf", "+-Inf", "NaN", "1e", "1p5", ".", "3.14159265358979323846264338327950288419716939937510582097494459", "1e99999999999", "0x1e5", "5 ", "1e1_0", "0", "-0", "infx"} {
		for _, base := range []int{0, 10, 16} {
			f, b, err := big.ParseFloat(s, base, 100, big.ToNearestEven)
			if err != nil {
				fmt.Printf("%q %d: %v %v\n", s, base, b, err)
			} else {
				fmt.Printf("%q %d: %s %v %v %v\n", s, base, f.Text('p', 0), b, f.Acc(), f.Prec())
			}
		}
		f, ok := new(big.Float).SetString(s)
		fmt.Println(f, ok)
	}
	fs := []*big.Float{big.NewFloat(0), big.NewFloat(math.Copysign(0, -1)), big.NewFloat(1.5), big.NewFloat(-123456.789), big.NewFloat(1e100), big.NewFloat(math.Inf(1)), big.NewFloat(math.Inf(-1)), big.NewFloat(1e-7)}
	for _, v := range []string{"%v", "%g", "%G", "%e", "%E", "%f", "%F", "%.3f", "%10.2f|", "%-12.1e|", "%+.2f", "% .2f", "%012.3f", "%b", "%x", "%.0f", "%d", "%s", "%.40g", "%20v|", "%q"} {
		for _, f := range fs {
			fmt.Printf(v+" ", f)
		}
		fmt.Println()
	}
	var z big.Float
	for _, s := range []string{"2.5", "abc", "1e3 x"} {
		n, err := fmt.Sscan(s, &z)
		fmt.Println(n, err, &z)
	}
	try("nan", func() { big.NewFloat(math.NaN()) })
	try("nan", func() { z.SetFloat64(math.NaN()) })
	try("gob", func() {
		fmt.Println(z.GobDecode([]byte{1}), z.GobDecode([]byte{2, 0, 0, 0, 0, 0}), z.GobDecode([]byte{1, 2, 0, 0, 0, 0}), z.GobDecode(nil))
	})
	fmt.Println(big.RoundingMode(9), big.Accuracy(5), big.ToZero, big.Above)
	z.SetRat(big.NewRat(1, 3))
	fmt.Println(&z, z.Prec(), z.Acc())
	two := new(big.Float).SetPrec(1000).SetInt64(2)
	fmt.Println(two.Sqrt(two).Text('g', 300))
	var m big.Float
	fmt.Println(new(big.Float).SetFloat64(12.5).MantExp(&m), &m)
	x := new(big.Float).SetMantExp(big.NewFloat(1), math.MaxInt32)
	fmt.Println(x.Acc(), x.IsInf(), x.Mul(x, x).IsInf(), x.Acc())
	for i := range 60 {
		f := math.Float64frombits(rnd.Uint64())
		if math.IsNaN(f) {
			continue
		}
		b := big.NewFloat(f)
		g, acc := b.Float64()
		h, acc2 := b.Float32()
		fmt.Println(i, f == g, acc, h, acc2, b)
	}
	for e := -160; e < -120; e++ {
		b := new(big.Float).SetMantExp(big.NewFloat(1.2345678), e)
		f, acc := b.Float32()
		g, acc2 := new(big.Float).SetMantExp(b, -925).Float64()
		fmt.Println(f, acc, g, acc2)
	}
}

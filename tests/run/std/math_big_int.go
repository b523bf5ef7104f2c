package main

import (
	"fmt"
	"hash/fnv"
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
	rnd := rand.New(rand.NewSource(1))
	num := func() *big.Int {
		bits := rnd.Intn(10)
		n := []int{1, 3, 8, 31, 63, 64, 65, 130, 400, 1000}[bits]
		x := new(big.Int).Rand(rnd, new(big.Int).Lsh(big.NewInt(1), uint(n)))
		if rnd.Intn(2) == 0 {
			x.Neg(x)
		}
		return x
	}
	h := fnv.New64a()
	for i := range 600 {
		x, y, m := num(), num(), num()
		var r []any
		add := func(z *big.Int) { r = append(r, z) }
		add(new(big.Int).Add(x, y))
		add(new(big.Int).Sub(x, y))
		add(new(big.Int).Mul(x, y))
		if y.Sign() != 0 {
			add(new(big.Int).Quo(x, y))
			add(new(big.Int).Rem(x, y))
			add(new(big.Int).Div(x, y))
			add(new(big.Int).Mod(x, y))
			q, m := new(big.Int).DivMod(x, y, new(big.Int))
			add(q)
			add(m)
			for _, mode := range []big.RoundingMode{big.Trunc, big.Floor, big.Round, big.Ceil} {
				q, m := new(big.Int).Divide(x, y, new(big.Int), mode)
				add(q)
				add(m)
			}
		}
		add(new(big.Int).And(x, y))
		add(new(big.Int).Or(x, y))
		add(new(big.Int).Xor(x, y))
		add(new(big.Int).AndNot(x, y))
		add(new(big.Int).Not(x))
		s := uint(rnd.Intn(200))
		add(new(big.Int).Lsh(x, s))
		add(new(big.Int).Rsh(x, s))
		add(new(big.Int).SetBit(x, int(s), uint(i)&1))
		a, b := new(big.Int), new(big.Int)
		add(new(big.Int).GCD(a, b, x, y))
		add(a)
		add(b)
		if x.Sign() >= 0 {
			add(new(big.Int).Sqrt(x))
		}
		if m.Sign() != 0 && y.BitLen() < 500 && m.BitLen() < 500 {
			add(new(big.Int).Exp(x, y, m))
			add(new(big.Int).ModInverse(x, m))
		}
		r = append(r, x.Cmp(y), x.CmpAbs(y), x.Sign(), x.BitLen(), x.TrailingZeroBits(), x.IsInt64(), x.IsUint64(), x.Int64(), x.Uint64(), x.Bit(int(s)), x.Bytes(), x.ProbablyPrime(3))
		f, acc := x.Float64()
		r = append(r, f, acc, len(x.Bits()))
		for _, base := range []int{2, 3, 8, 10, 16, 36, 37, 62} {
			t := x.Text(base)
			z, ok := new(big.Int).SetString(t, base)
			r = append(r, t, z.Cmp(x) == 0, ok)
		}
		text := fmt.Sprint(r...)
		h.Write([]byte(text))
		if i < 8 {
			fmt.Println(text)
		}
		if i%20 == 0 {
			fmt.Printf("%x\n", h.Sum64())
		}
		// aliasing
		p, q := new(big.Int).Set(x), new(big.Int).Set(y)
		p.Mul(p, p).Add(p, q).Sub(p, p.Lsh(q, 3)).Mul(q, p)
		q.Add(q, q).Mul(q, q)
		if q.Sign() != 0 {
			p.Quo(p, q)
			q.DivMod(x, q, p)
		}
		fmt.Fprint(h, p, q)
	}
	fmt.Printf("%x\n", h.Sum64())
	for _, f := range []string{"%d", "%x", "%X", "%#x", "%b", "%o", "%O", "%#o", "%#b", "%s", "%v", "%+d", "% d", "%20d|", "%-20d|", "%020d", "%.10d|", "%20.10d|", "%-20.10x|", "%q", "%e", "%T", "%+v", "%#v", "%08b"} {
		for _, x := range []*big.Int{big.NewInt(0), big.NewInt(12345), big.NewInt(-255), nil} {
			if f == "%#v" && x != nil {
				continue
			}
			fmt.Printf(f+" ", x)
		}
		fmt.Println()
	}
	fmt.Printf("%.0d|%s\n", big.NewInt(0), *big.NewInt(1).Add(big.NewInt(1), big.NewInt(2)))
	for _, s := range []string{"", "0", "-0", "+5", "0x1F", "0b101", "0o17", "017", "0_1", "1_000", "1__0", "_1", "1_", "0x_1", "0x", "abc", "12a", " 1", "1 ", "--1", "08", "0b2", "00"} {
		for _, b := range []int{0, 10, 16} {
			z, ok := new(big.Int).SetString(s, b)
			fmt.Printf("%q %d %v %v\n", s, b, z, ok)
		}
	}
	var z big.Int
	for _, s := range []string{"5", "x", "-7 8", "0x10"} {
		n, err := fmt.Sscan(s, &z)
		fmt.Println(n, err, &z)
		n, err = fmt.Sscanf(s, "%x", &z)
		fmt.Println(n, err, &z)
	}
	_, err := fmt.Sscanf("5", "%q", &z)
	fmt.Println(err)
	fmt.Println(z.UnmarshalText([]byte("9x")), z.UnmarshalJSON([]byte("null")), z.UnmarshalJSON([]byte("77")), &z)
	b, err := z.MarshalJSON()
	fmt.Println(string(b), err)
	b, err = z.GobEncode()
	fmt.Println(b, err, z.GobDecode(b), z.GobDecode([]byte{9}), z.GobDecode(nil), &z)
	try("div", func() { z.Div(&z, new(big.Int)) })
	try("quo", func() { z.Quo(&z, new(big.Int)) })
	try("mod", func() { z.Mod(&z, new(big.Int)) })
	try("sqrt", func() { z.Sqrt(big.NewInt(-1)) })
	try("bit", func() { z.Bit(-1) })
	try("setbit", func() { z.SetBit(&z, 1, 2) })
	try("base", func() { z.SetString("1", 63) })
	try("text", func() { z.Text(1) })
	try("jacobi", func() { big.Jacobi(big.NewInt(2), big.NewInt(4)) })
	try("prime", func() { z.ProbablyPrime(-1) })
	try("fill", func() {
		fmt.Println(big.NewInt(258).FillBytes(make([]byte, 4)))
		big.NewInt(1 << 40).FillBytes(make([]byte, 4))
	})
	try("mode", func() { z.Divide(big.NewInt(3), big.NewInt(2), nil, big.AwayFromZero) })
	for n := int64(-5); n < 30; n++ {
		for k := int64(-2); k < 8; k++ {
			fmt.Print(new(big.Int).Binomial(n, k), new(big.Int).MulRange(n, n+k), " ")
		}
		fmt.Println()
	}
	for a := int64(-12); a <= 12; a++ {
		for b := int64(-12); b <= 12; b++ {
			x, y := new(big.Int), new(big.Int)
			fmt.Print(new(big.Int).GCD(x, y, big.NewInt(a), big.NewInt(b)), x, y, " ")
			if b&1 != 0 {
				fmt.Print(big.Jacobi(big.NewInt(a), big.NewInt(b)), " ")
			}
			for m := int64(-7); m < 8; m++ {
				fmt.Print(new(big.Int).Exp(big.NewInt(a), big.NewInt(b), big.NewInt(m)), " ")
			}
		}
		fmt.Println()
	}
	for _, p := range []int64{3, 5, 7, 11, 13, 17, 41, 73, 97, 257, 1009} {
		for x := int64(-3); x < 20; x++ {
			fmt.Print(new(big.Int).ModSqrt(big.NewInt(x), big.NewInt(p)), " ")
		}
	}
	fmt.Println()
	c := 0
	for i := int64(0); i < 3000; i++ {
		if big.NewInt(i).ProbablyPrime(0) {
			c++
		}
	}
	fmt.Println(c)
	for _, s := range []string{"2305843009213693951", "170141183460469231731687303715884105727", "3825123056546413051", "318665857834031151167461", "3317044064679887385961981", "99999999999999999999999999999999977", "1000000000000000000000000000057"} {
		p, _ := new(big.Int).SetString(s, 10)
		fmt.Println(s, p.ProbablyPrime(5), p.ProbablyPrime(0))
	}
	f := big.NewInt(1)
	for i := int64(1); i <= 500; i++ {
		f.Mul(f, big.NewInt(i))
	}
	fmt.Println(f)
	e := new(big.Int).Exp(big.NewInt(3), big.NewInt(5000), nil)
	e.Div(e, f)
	fmt.Println(e)
}

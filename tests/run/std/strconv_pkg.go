// Package strconv: exact and shortest numbers, quoting, errors.
package main

import (
	"errors"
	"fmt"
	"math"
	"strconv"
)

func main() {
	for _, s := range []string{"0", "-1", "+7", "9223372036854775807", "9223372036854775808", "", "x", "1_000", " 1", "0x10", "-"} {
		n, err := strconv.Atoi(s)
		fmt.Println(n, err)
	}
	for _, c := range []struct {
		s    string
		base int
		bits int
	}{{"ff", 16, 64}, {"-80", 16, 8}, {"128", 10, 8}, {"0b101", 0, 64}, {"0o17", 0, 64}, {"017", 0, 64}, {"0x_ff", 0, 64}, {"1_000", 0, 64}, {"zz", 36, 64}, {"1", 1, 0}, {"2", 2, 64}} {
		n, err := strconv.ParseInt(c.s, c.base, c.bits)
		u, err2 := strconv.ParseUint(c.s, c.base, c.bits)
		fmt.Println(n, err, u, err2)
	}
	floats := []float64{0, 1, -1, 0.1, 1.0 / 3, 1e21, 1e20, 123456789, 1e-5, 1e-4, 5e-324, math.MaxFloat64, math.Pi, 100, 1e6, 12345678.9, 2.2250738585072014e-308, 4.35, 0.3, 9007199254740993, 1.7976931348623157e308, math.Inf(1), math.NaN(), 8.41e21, 6.02e23, 1e100}
	for _, f := range floats {
		fmt.Println(strconv.FormatFloat(f, 'g', -1, 64), strconv.FormatFloat(f, 'e', -1, 64), strconv.FormatFloat(f, 'f', 3, 64), strconv.FormatFloat(f, 'g', 5, 64), strconv.FormatFloat(f, 'e', 10, 64), strconv.FormatFloat(f, 'g', -1, 32), strconv.FormatFloat(f, 'b', -1, 64), strconv.FormatFloat(f, 'x', -1, 64))
	}
	for _, s := range []string{"1", "1.5", ".5", "5.", "1e10", "1e400", "-1e-400", "inf", "-Inf", "NaN", "0x1p-2", "0x1.8p3", "1_0.5", "abc", "", "1e", "1.7976931348623159e308", "4.9e-324", "2.4e-324", "179769313486231570814527423731704356798070567525844996598917476803157260780028538760589558632766878171540458953514382464234321326889464182768467546703537516986049910576551282076245490090389328944075868508455133942304583236903222948165808559332123347747"} {
		f, err := strconv.ParseFloat(s, 64)
		f32, err32 := strconv.ParseFloat(s, 32)
		fmt.Println(f, err, f32, err32)
	}
	for _, s := range []string{"true", "T", "0", "False", "yes"} {
		b, err := strconv.ParseBool(s)
		fmt.Println(b, err)
	}
	fmt.Println(strconv.Itoa(-45), strconv.FormatInt(-255, 16), strconv.FormatUint(1<<64-1, 36), strconv.FormatInt(math.MinInt64, 2), strconv.FormatBool(true))
	for _, s := range []string{"plain", "tab\tnew\nq\"b\\", "é世\x80\u200b", "\a\b\f\r\v\x00\x7f", "😀"} {
		fmt.Println(strconv.Quote(s), strconv.QuoteToASCII(s), strconv.CanBackquote(s), strconv.QuoteToGraphic(s))
	}
	fmt.Println(strconv.QuoteRune('☺'), strconv.QuoteRune('\''), strconv.QuoteRuneToASCII('é'))
	for _, s := range []string{`"a\tb\u00e9"`, "`raw`", `'x'`, `"bad`, `"\x41\101"`, `''`} {
		u, err := strconv.Unquote(s)
		fmt.Printf("%q %v\n", u, err)
	}
	fmt.Println(string(strconv.AppendInt([]byte("n="), 5, 10)), string(strconv.AppendQuote(nil, "q")), string(strconv.AppendFloat(nil, 1.5, 'f', 2, 64)), string(strconv.AppendBool(nil, false)))
	_, err := strconv.Atoi("12a")
	var ne *strconv.NumError
	fmt.Println(errors.As(err, &ne), ne.Func, ne.Num, ne.Err == strconv.ErrSyntax, errors.Is(err, strconv.ErrSyntax))
}

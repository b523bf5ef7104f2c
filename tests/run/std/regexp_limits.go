// Expressions at the limits, and what all matches begin with.
package main

import (
	"fmt"
	"regexp"
	"strings"
)

func main() {
	for _, p := range []string{
		strings.Repeat(`\pL`, 27000), strings.Repeat("(", 1001) + strings.Repeat(")", 1001), strings.Repeat("(?:", 1001) + strings.Repeat(")*", 1001),
		`((((x{1000})?)?)?)?`, `(x{1000}){2}`, `x{1000}`, `(?:x{2}y){300}`, strings.Repeat("ab?", 2000),
	} {
		_, err := regexp.Compile(p)
		fmt.Printf("%.20q %.60v\n", p, err)
	}
	for _, p := range []string{`^0^`, `^abc`, `^abc$`, `^a|b$`, `a\x{fffd}b`, `a+b`, `(ab)c*`, `(?i)ab`, `x{3}y`, ``, `^`, `^$`} {
		prefix, complete := regexp.MustCompile(p).LiteralPrefix()
		fmt.Printf("%q %q %v\n", p, prefix, complete)
	}
}

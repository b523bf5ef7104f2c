// Strings are bytes; ranging decodes UTF-8; conversions go both ways.
package main

import "fmt"

type label string
type chars []byte

func main() {
	s := "héllo, 世界\x80!"
	for i, r := range s {
		fmt.Print(i, ":", string(r), "(", r, ") ")
	}
	fmt.Println(len(s))
	for i := range "ab" {
		fmt.Print(i)
	}
	fmt.Println()
	b := []byte(s)
	b[0] = 'H'
	fmt.Println(string(b), s[0], s[1:3], s[:2] == "h\xc3", string([]rune(s)[1]))
	rs := []rune("añ")
	rs[1]++
	fmt.Println(string(rs), len(rs), string(rune(0x4e16)), string(rune(-1)) == "\ufffd")
	raw := `raw \n
line`
	fmt.Println(raw, len(raw))
	fmt.Println("a" < "b", "a" < "B", "ab" > "a", "" == "", "x"+"y"+"z" == "xyz")
	t := ""
	for c := 'a'; c < 'f'; c++ {
		t += string(c)
		t = "-" + t
	}
	fmt.Println(t, t[3:], t[:0] == "", t[len(t):] == "")
	l := label("tag")
	l += "ged"
	fmt.Println(l, string(l), []byte(l), chars(l), len(l), l[1])
	c := chars("bytes")
	c = append(c, " more"...)
	n := copy(c[1:], "YY")
	fmt.Println(string(c), n, label(c))
	switch l {
	case "tag", "tagged":
		fmt.Println("case")
	}
	m := map[string]int{s: 1}
	m[string(b)]++
	fmt.Println(m[s], m[string(b)], len(m))
	fmt.Println("\a\b\f\v\\\"\t|\101\x42\u0043\U00000044" == "\a\b\f\v\\\"\t|ABCD")
	x, y := "one", "two"
	x, y = y, x
	fmt.Println(x, y, x+y, min(x, y))
}

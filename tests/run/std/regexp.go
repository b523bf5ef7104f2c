// Expressions that are right and wrong, and everything that is found in a few texts.
package main

import (
	"fmt"
	"regexp"
	"strings"
)

func main() {
	for _, p := range []string{`a(`, `a)`, `(?i`, `(?P<n`, `(?P<>a)`, `(?P<n!>a)`, `(?<n>a)`, `(?<n>a)(?P<n>b)`, `a**`, `a*+`, `a???`, `*a`, `|*`, `(*)`, `(|*)`, `a{2}{3}`, `a{1001}`, `a{2,1}`, `a{`, `a{,2}`, `a{1`, `a{01}`, `a{99999999999}`, `(a{100}){100}`, `((a{10}){10}){10}`, `[a`, `[]a]`, `[]`, `[^]`, `[z-a]`, `[a-\d]`, `[[:foo:]]`, `[[:alpha:]`, `[[:^alpha:]]`, `\`, `\8`, `\1`, `\12`, `\012`, `\x`, `\x4`, `\x41`, `\x{41}`, `\x{110000}`, `\x{}`, `\xg1`, `\q`, `\_`, `\C`, `\pN`, `\p{Greek}`, `\p{greek}`, `\p{^Greek}`, `\PN`, `\p{Foo}`, `\p`, `\p{`, `\p{Lu`, `(?=a)`, `(?!a)`, `(?<=a)`, `(?i)(?-i)a`, `(?i-)a`, `(?--i)a`, `(?z)a`, `(?:a`, `(?#c)`, `\Qa*b\E*`, `\Q`, `\Qabc`, `a\z`, `\Z`, `\G`, `\h`, `(?i:a)`, `^*`, `$+`, `\b*`, `(?i)*`, `a(?i)*`, "a\xffb", "[\xff]", `(a|b`, `x{0}`, `x{0,0}`, `(?P=n)`, `(?'n'a)`, `\p{L}\p{Letter}\p{ltr}`, `\p{Script=Greek}`, `[\pL-z]`, `[a-b-c]`, `[--a]`, `[a-]`, `[-a]`, `[a\]b]`, `[\Q]`, `[\b]`, strings.Repeat("(", 1001) + strings.Repeat(")", 1001), strings.Repeat("a*", 10), `((((((((((x{2}){2}){2}){2}){2}){2}){2}){2}){2}){2})`, `(xx?)*`, `\pL{1000}`, `((\pL{10}){10}){10}`} {
		re, err := regexp.Compile(p)
		fmt.Printf("%.60q %v", p, err)
		if err == nil {
			pre, c := re.LiteralPrefix()
			fmt.Printf(" %d %q %q %v", re.NumSubexp(), re.SubexpNames(), pre, c)
		}
		re, err = regexp.CompilePOSIX(p)
		fmt.Println(" |", err)
	}
	texts := []string{"", "abc", "baaac", "x\ny\n", "hé 日", "\xffa\xc3", "AbC 12", "Kk\u212a ſs", "2024-01-31"}
	pats := []string{``, `a`, `a*`, `a+`, `a*?`, `a+?b`, `(a)(b)?`, `(a|ab)(c|bcd)?`, `^`, `$`, `^a`, `a$`, `(?m)^`, `(?m)$`, `(?m)^.$`, `.`, `(?s).`, `(?s).*`, `.*`, `\b`, `\B`, `\w+`, `\W`, `\d+`, `\s+`, `[^a]`, `[^\d]`, `(?i)abc`, `(?i)k`, `(?i)[k]`, `(?i)[^k]`, `(?i)s`, `é|ö`, `[é-ö]`, `\pL+`, `\p{Han}`, `\PL`, `x*`, `(x*)`, `(a*)*`, `(a*)+`, `(|a)*`, `(|a)+`, `(a|)*`, `(a*?)*`, `(a|b|)*c`, `()`, `()*`, `(?U)a+`, `(?U)a+?`, `\x{FFFD}`, `[\x{FFFD}]`, `\xff`, `(\w+) (\w+)`, `(?P<first>\w+)\s+(?P<last>\w+)`, `(\d{4})-(\d\d)-(\d\d)`, `"[^"]*"|'[^']*'`, `(?i:a)b`, `\Aa`, `a\z`, `^$`, `(^|b)a`, `a{2}`, `a{2,}`, `a{0,1}`, `(a){2}`, `(ab?){1,2}`, `[[:alpha:]]+`, `[[:^alpha:]]+`, `\Q.\E`, `[a-c]+?`, `b|a|ab`, `(a+)(a+)`, `(a+?)(a+)`, `.\b.`, `(?m)^(\w)`, `\n`}
	for _, p := range pats {
		re := regexp.MustCompile(p)
		long := regexp.MustCompile(p)
		long.Longest()
		px, err := regexp.CompilePOSIX(p)
		for _, t := range texts {
			fmt.Printf("%q %q %v %q %v\n", p, t, re.MatchString(t), re.FindAllString(t, -1), re.FindAllStringSubmatchIndex(t, -1))
			fmt.Printf(" %q %q %v\n", re.FindStringSubmatch(t), re.FindString(t), re.FindStringIndex(t))
			fmt.Printf(" %q %q %q\n", re.ReplaceAllString(t, "<$0>"), re.ReplaceAllString(t, "${1}x$2"), re.ReplaceAllStringFunc(t, strings.ToUpper))
			fmt.Printf(" %q %q %q\n", re.Split(t, -1), re.Split(t, 2), re.FindAllString(t, 2))
			fmt.Printf(" %v %v\n", long.FindAllStringSubmatchIndex(t, -1), re.FindReaderSubmatchIndex(strings.NewReader(t)))
			if err == nil {
				fmt.Printf(" %v\n", px.FindAllStringSubmatchIndex(t, -1))
			}
			b := []byte(t)
			fmt.Printf(" %q %q %q\n", re.FindAll(b, -1), re.FindSubmatch(b), re.ReplaceAll(b, []byte("-")))
		}
	}
	re := regexp.MustCompile(`(?P<key>\w+)=(?P<value>\w+)`)
	for _, t := range []string{"$key", "${key}", "$value:$key", "$1$2", "${1}a", "$1a", "$$", "$", "$-", "${", "${key", "$nokey", "$3", "$01", "é$key"} {
		fmt.Printf("%q %q\n", t, re.ReplaceAllString("a=b, c=d", t))
	}
	fmt.Println(re.SubexpIndex("value"), re.SubexpIndex("x"), regexp.QuoteMeta(`a.b*c[d]$^+?{}()|\-é`), re)
	func() {
		defer func() { fmt.Println(recover()) }()
		regexp.MustCompile("a(`")
	}()
	fmt.Println(regexp.MatchString("(", "x"))
	txt, _ := re.MarshalText()
	var re2 regexp.Regexp
	fmt.Println(string(txt), re2.UnmarshalText(txt), re2.UnmarshalText([]byte("(")), re2.String())
}

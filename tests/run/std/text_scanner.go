package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing/iotest"
	"text/scanner"
	"unicode"
)

type failing struct{ io.Reader }

func (f failing) Read(b []byte) (int, error) {
	n, err := f.Reader.Read(b)
	if err == io.EOF {
		err = errors.New("broken")
	}
	return n, err
}

func main() {
	srcs := []string{
		"// comment\nfunc f(x int) { return x + 0x1F /* c */ * 3.14e-2 }\n",
		"a := \"str\\n\\x41\\u00e9\" + 'c' + '\\'' + `raw\n string`\n\tb.c ... .5 5. 1_000 0b101 0o17 017 08 09.5 0x1p-2 0x.8p1",
		"\ufeffbom \xff x\x00y", "\"open\nnext 'ab' '' '\\q' \"\\z\"", "/* open", "`open", "0x 0b2 0b 1__0 1_ 0_1 0x_1 _1 1e 1e+ 0x1.0 0b1.0 1p3 0x1e3 0b1e2 0o8 1e1_0 1._5",
		"世界 = é1 + ñ", "", "\n\n  \n", "x'y\"z", "a/b//c\n/d", "'\\400' '\\x4' '\\U0010ffff' '\\08'",
		"if a > 10 {\n\tsomeParsable = text\n}",
	}
	for _, src := range srcs {
		for _, mode := range []uint{scanner.GoTokens, scanner.GoTokens &^ scanner.SkipComments, scanner.ScanIdents | scanner.ScanInts, scanner.ScanIdents | scanner.ScanChars | scanner.ScanStrings, 0} {
			for _, one := range []bool{false, true} {
				var r io.Reader = strings.NewReader(src)
				if one {
					r = iotest.OneByteReader(r)
				}
				var s scanner.Scanner
				s.Init(r)
				s.Filename = "f.txt"
				s.Mode = mode
				s.Error = func(s *scanner.Scanner, msg string) {
					fmt.Println("  error", s.Position, s.Pos(), msg, fmt.Sprintf("%q", s.TokenText()))
				}
				for tok := s.Scan(); tok != scanner.EOF; tok = s.Scan() {
					fmt.Println(s.Position, s.Offset, scanner.TokenString(tok), fmt.Sprintf("%q", s.TokenText()), s.Pos().Offset)
				}
				fmt.Println(s.ErrorCount, s.Pos(), s.Position)
			}
		}
	}
	var s scanner.Scanner
	s.Init(strings.NewReader("ab\nc é"))
	for c := s.Next(); c != scanner.EOF; c = s.Next() {
		fmt.Println(scanner.TokenString(c), s.Pos(), string(s.Peek()), s.Position)
	}
	s.Init(strings.NewReader("%var1 var2%, foo-bar\n x"))
	s.IsIdentRune = func(ch rune, i int) bool {
		return ch == '%' && i == 0 || ch == '-' && i > 0 || unicode.IsLetter(ch) || unicode.IsDigit(ch) && i > 0
	}
	s.Whitespace ^= 1 << '\n'
	for tok := s.Scan(); tok != scanner.EOF; tok = s.Scan() {
		fmt.Printf("%s: %q\n", s.Position, s.TokenText())
	}
	s.Init(failing{strings.NewReader("abc")})
	s.Error = func(s *scanner.Scanner, msg string) { fmt.Println("err", msg, s.Position) }
	fmt.Println(s.Scan(), s.TokenText(), s.Scan(), s.ErrorCount)
	long := strings.Repeat("abcdefgh", 500)
	s.Init(strings.NewReader("x " + long + " y"))
	fmt.Println(s.Scan(), s.Scan(), len(s.TokenText()), s.TokenText() == long, s.Scan(), s.TokenText(), s.Offset)
	fmt.Println(scanner.TokenString(scanner.RawString), scanner.TokenString('x'), scanner.TokenString(-9), scanner.Position{}, scanner.Position{Line: 3, Column: 4})
}

// Package strings, by example.
package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
)

func main() {
	s := "The quick brown fox, the lazy dog — Größe"
	fmt.Println(strings.Contains(s, "fox"), strings.ContainsAny(s, "xyz"), strings.ContainsRune(s, 'ö'), strings.HasPrefix(s, "The"), strings.HasSuffix(s, "ße"))
	fmt.Println(strings.Index(s, "the"), strings.LastIndex(s, "o"), strings.IndexByte(s, 'q'), strings.IndexRune(s, 'ö'), strings.IndexAny(s, "zx"), strings.IndexFunc(s, unicode.IsPunct), strings.LastIndexByte(s, 'e'), strings.LastIndexAny(s, "aeiou"))
	fmt.Printf("%q\n", strings.Split("a,b,,c", ","))
	fmt.Printf("%q %q %q %q\n", strings.SplitN("a,b,c,d", ",", 2), strings.SplitAfter("a,b,c", ","), strings.Split("", ","), strings.Split("añ", ""))
	fmt.Printf("%q %q\n", strings.Fields("  a \t b\n\u00a0c  "), strings.FieldsFunc("a1b22c", unicode.IsDigit))
	fmt.Println(strings.Join([]string{"x", "y", "z"}, "-"), strings.Repeat("ab", 3), strings.Replace("aaaa", "a", "b", 2), strings.ReplaceAll("banana", "an", "<>"), strings.ReplaceAll("abc", "", "."))
	fmt.Println(strings.ToUpper(s), strings.ToLower(s), strings.Title("hello world"), strings.ToTitle("ǆ"))
	fmt.Printf("%q %q %q %q %q %q %q\n", strings.TrimSpace(" \t x \n"), strings.Trim("xxhixx", "x"), strings.TrimLeft("xxhi", "x"), strings.TrimRight("hixx", "x"), strings.TrimPrefix("prefix", "pre"), strings.TrimSuffix("a.go", ".go"), strings.TrimFunc("123abc456", unicode.IsDigit))
	before, after, ok := strings.Cut("key=value=x", "=")
	fmt.Println(before, after, ok)
	rest, found := strings.CutPrefix("prefix", "pre")
	fmt.Println(rest, found, strings.Count("cheese", "e"), strings.Count("abc", ""), strings.EqualFold("Straße", "STRAßE"), strings.EqualFold("Go", "GO"), strings.Compare("a", "b"))
	fmt.Println(strings.Map(func(r rune) rune {
		if r == 'a' {
			return -1
		}
		return unicode.ToUpper(r)
	}, "banana"))
	var b strings.Builder
	for i := range 3 {
		fmt.Fprintf(&b, "%d,", i)
	}
	b.WriteByte('x')
	b.WriteRune('世')
	b.WriteString("!")
	fmt.Println(b.String(), b.Len())
	b.Reset()
	b.Grow(100)
	fmt.Println(b.Len(), b.Cap() >= 100)
	r := strings.NewReader("some text to read")
	buf := make([]byte, 5)
	n, err := r.Read(buf)
	fmt.Println(n, err, string(buf), r.Len(), r.Size())
	c, _ := r.ReadByte()
	r.UnreadByte()
	ru, size, _ := r.ReadRune()
	off, _ := r.Seek(-4, io.SeekEnd)
	all, _ := io.ReadAll(r)
	_, err = r.ReadByte()
	fmt.Println(string(c), string(ru), size, off, string(all), err)
	rep := strings.NewReplacer("<", "&lt;", ">", "&gt;", "&", "&amp;")
	fmt.Println(rep.Replace("<a & b>"), strings.NewReplacer("a", "1", "aa", "2", "aaa", "3").Replace("aaaa"), strings.NewReplacer("hello", "HI", "he", "x").Replace("hello he"))
	rep.WriteString(os.Stdout, "<>\n")
	for part := range strings.SplitSeq("p|q|r", "|") {
		fmt.Print(part, ";")
	}
	for line := range strings.Lines("one\ntwo\nthree") {
		fmt.Printf("%q ", line)
	}
	for f := range strings.FieldsSeq(" x  y ") {
		fmt.Print(f, ".")
	}
	fmt.Println()
	fmt.Println(strings.ToValidUTF8("a\xffb", "?"), strings.IndexByte("", 'a'), strings.Contains("", ""), strings.LastIndex("abcabc", "bc"), strings.ContainsFunc("abc", unicode.IsUpper))
	fmt.Println(strings.ToLower("ÀÉÎ ΣΑΣ"), strings.ToUpper("straße ÿ ǆ"), strings.Index("chicken", "dmr"), strings.Index(strings.Repeat("a", 100)+"b", "ab"))
}

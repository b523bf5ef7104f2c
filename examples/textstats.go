// Textstats reads text from standard input and reports lines, words, runes, the longest line
// and a histogram of word lengths.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"
)

type stats struct {
	lines, words, runes, bytes int
	longest                    string
	lengths                    [8]int
	classes                    map[string]int
}

func classOf(r rune) string {
	switch {
	case unicode.IsUpper(r):
		return "upper"
	case unicode.IsLower(r):
		return "lower"
	case unicode.IsDigit(r):
		return "digit"
	case unicode.IsSpace(r):
		return "space"
	case unicode.IsPunct(r):
		return "punct"
	}
	return "other"
}

func (s *stats) add(line string) {
	s.lines++
	s.bytes += len(line)
	s.runes += utf8.RuneCountInString(line)
	if utf8.RuneCountInString(strings.TrimRight(line, "\n")) > utf8.RuneCountInString(s.longest) {
		s.longest = strings.TrimRight(line, "\n")
	}
	for _, word := range strings.Fields(line) {
		s.words++
		n := utf8.RuneCountInString(word)
		s.lengths[min(n, len(s.lengths))-1]++
	}
	for _, r := range line {
		s.classes[classOf(r)]++
	}
}

func read(in io.Reader) (*stats, error) {
	s := &stats{classes: map[string]int{}}
	r := bufio.NewReader(in)
	for {
		line, err := r.ReadString('\n')
		if line != "" {
			s.add(line)
		}
		if err == io.EOF {
			return s, nil
		}
		if err != nil {
			return s, err
		}
	}
}

func main() {
	s, err := read(os.Stdin)
	if err != nil {
		fmt.Fprintln(os.Stderr, "textstats:", err)
		os.Exit(1)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	fmt.Fprintf(out, "%d lines, %d words, %d runes, %d bytes\n", s.lines, s.words, s.runes, s.bytes)
	fmt.Fprintf(out, "longest: %q\n", s.longest)
	for i, n := range s.lengths {
		if n > 0 {
			fmt.Fprintf(out, "%2d %-10s %d\n", i+1, strings.Repeat("*", n), n)
		}
	}
	fmt.Fprintln(out, s.classes)
}

// Input:
// The sun was shining on the sea,
// Shining with all his might:
// He did his very best to make
//
// The billows smooth and bright — in 1871.
// Größe 日本語

// Output:
// 6 lines, 29 words, 141 runes, 151 bytes
// longest: "The billows smooth and bright — in 1871."
//  1 *          1
//  2 ****       4
//  3 *********** 11
//  4 *****      5
//  5 **         2
//  6 ***        3
//  7 ***        3
// map[digit:4 lower:95 other:3 punct:4 space:30 upper:5]

// String building, splitting and looking up.
package main

import (
	"fmt"
	"strings"
)

func main() {
	total := 0
	for round := range 60 {
		var b strings.Builder
		for i := range 10_000 {
			b.WriteString("word")
			b.WriteByte(byte('a' + (i+round)%26))
			b.WriteByte(' ')
		}
		text := b.String()
		counts := make(map[string]int)
		for _, w := range strings.Fields(text) {
			counts[w]++
		}
		joined := ""
		for c := 'a'; c <= 'z'; c++ {
			joined += "word" + string(c) + "="
			joined += fmt.Sprint(counts["word"+string(c)])
		}
		total += len(joined) + len(strings.ToUpper(text)) + strings.Count(text, "dz")
	}
	fmt.Println(total)
}

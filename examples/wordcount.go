// Wordcount counts the words of many files, a bounded number of them at a time,
// and merges the counts. Without arguments it writes a few files of its own to count.
package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
	"sync"
	"unicode"
)

const parallel = 3

type result struct {
	file   string
	counts map[string]int
	err    error
}

func countFile(name string) (map[string]int, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()

	counts := make(map[string]int)
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		words := strings.FieldsFunc(strings.ToLower(lines.Text()), func(r rune) bool {
			return !unicode.IsLetter(r) && r != '\''
		})
		for _, w := range words {
			counts[w]++
		}
	}
	return counts, lines.Err()
}

func countAll(files []string) map[string]int {
	slots := make(chan struct{}, parallel)
	results := make(chan result)
	var wg sync.WaitGroup
	for _, name := range files {
		wg.Add(1)
		go func() {
			defer wg.Done()
			slots <- struct{}{}
			defer func() { <-slots }()
			counts, err := countFile(name)
			results <- result{name, counts, err}
		}()
	}
	go func() {
		wg.Wait()
		close(results)
	}()

	total := make(map[string]int)
	for r := range results {
		if r.err != nil {
			fmt.Println("skipped:", r.err)
			continue
		}
		for w, n := range r.counts {
			total[w] += n
		}
	}
	return total
}

func sampleFiles(dir string) ([]string, error) {
	texts := []string{
		"The quick brown fox jumps over the lazy dog.\nThe dog sleeps on.",
		"A fox is a fox, and a dog is a dog.",
		"Don't wake the dog; don't chase the fox.",
		"Über den Wolken: über alles der Fuchs.",
		"",
	}
	var files []string
	for i, text := range texts {
		name := fmt.Sprintf("%s/text%d.txt", dir, i)
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			return nil, err
		}
		files = append(files, name)
	}
	return files, nil
}

func main() {
	files := os.Args[1:]
	if len(files) == 0 {
		dir, err := os.MkdirTemp("", "wordcount")
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		defer os.RemoveAll(dir)
		if files, err = sampleFiles(dir); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	}

	total := countAll(files)
	words := make([]string, 0, len(total))
	for w := range total {
		words = append(words, w)
	}
	sort.Slice(words, func(i, j int) bool {
		if total[words[i]] != total[words[j]] {
			return total[words[i]] > total[words[j]]
		}
		return words[i] < words[j]
	})
	fmt.Println(len(words), "different words")
	for _, w := range words[:min(8, len(words))] {
		fmt.Printf("%-6s %d\n", w, total[w])
	}
}

// Output:
// 22 different words
// dog    5
// the    5
// a      4
// fox    4
// don't  2
// is     2
// über   2
// alles  1

// Pipes and files work, as far as they can.

package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
)

func main() {
	f, err := os.CreateTemp("", "seeded")
	if err != nil {
		panic(err)
	}
	defer os.Remove(f.Name())
	var wg sync.WaitGroup
	var mu sync.Mutex
	for i := range 5 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			fmt.Fprintln(f, "line", i)
			mu.Unlock()
			runtime.GC()
		}()
	}
	wg.Wait()
	f.Seek(0, io.SeekStart)
	text, _ := io.ReadAll(f)
	fmt.Print(string(text))

	r, w, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	go func() {
		for i := range 3 {
			fmt.Fprintln(w, i)
		}
		w.Close()
	}()
	s := bufio.NewScanner(r)
	for s.Scan() {
		fmt.Println(s.Text())
	}
}

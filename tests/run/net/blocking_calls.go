// A hundred goroutines wait in system calls that block (opening and reading FIFOs and pipes); others run on.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

func main() {
	dir, _ := os.MkdirTemp("", "fifo")
	defer os.RemoveAll(dir)
	var wg sync.WaitGroup
	var opened, read atomic.Int32
	// 40 wait in open(2), 30 in read(2) of a FIFO, 30 in read(2) past the os package
	for i := range 40 {
		name := filepath.Join(dir, fmt.Sprint("open", i))
		if err := exec.Command("mkfifo", name).Run(); err != nil {
			panic(err)
		}
		wg.Go(func() {
			f, err := os.Open(name)
			if err != nil {
				panic(err)
			}
			opened.Add(1)
			f.Close()
		})
	}
	var writers []*os.File
	for i := range 30 {
		name := filepath.Join(dir, fmt.Sprint("read", i))
		exec.Command("mkfifo", name).Run()
		w, err := os.OpenFile(name, os.O_RDWR, 0)
		if err != nil {
			panic(err)
		}
		writers = append(writers, w)
		r, err := os.Open(name)
		if err != nil {
			panic(err)
		}
		wg.Go(func() {
			b := make([]byte, 10)
			n, err := r.Read(b)
			if n != 4 || err != nil {
				fmt.Println(n, err)
			}
			read.Add(1)
			r.Close()
		})
	}
	var raw [][2]int
	for range 30 {
		var p [2]int
		if err := syscall.Pipe(p[:]); err != nil {
			panic(err)
		}
		raw = append(raw, p)
		wg.Go(func() {
			b := make([]byte, 10)
			n, err := syscall.Read(p[0], b)
			if n != 3 || err != nil {
				fmt.Println(n, err)
			}
			read.Add(1)
		})
	}
	time.Sleep(20 * time.Millisecond)
	// work goes on meanwhile
	var sum atomic.Int64
	var work sync.WaitGroup
	for range 8 {
		work.Go(func() {
			n := 0
			for i := range 300_000 {
				n += i % 7
			}
			sum.Add(int64(n))
		})
	}
	work.Wait()
	fmt.Println(sum.Load(), opened.Load(), read.Load())
	for i := range 40 {
		w, err := os.OpenFile(filepath.Join(dir, fmt.Sprint("open", i)), os.O_WRONLY, 0)
		if err != nil {
			panic(err)
		}
		w.Close()
	}
	for _, w := range writers {
		w.Write([]byte("four"))
	}
	for _, p := range raw {
		syscall.Write(p[1], []byte("3 b"))
	}
	wg.Wait()
	for _, w := range writers {
		w.Close()
	}
	fmt.Println(opened.Load(), read.Load())
}

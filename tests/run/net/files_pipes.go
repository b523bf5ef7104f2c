package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

func main() {
	r, w, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	done := make(chan string)
	go func() {
		sc := bufio.NewScanner(r)
		for sc.Scan() {
			done <- sc.Text()
		}
		done <- fmt.Sprint("end ", sc.Err())
	}()
	for i := range 3 {
		fmt.Fprintf(w, "line %d\n", i)
		fmt.Println(<-done)
	}
	w.Close()
	fmt.Println(<-done)
	_, err = w.Write([]byte("x"))
	fmt.Println(err, errors.Is(err, os.ErrClosed))
	fmt.Println(r.Close(), r.Close())
	r, w, _ = os.Pipe()
	r.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
	n, err := r.Read(make([]byte, 5))
	fmt.Println(n, err, errors.Is(err, os.ErrDeadlineExceeded), os.IsTimeout(err))
	go func() {
		time.Sleep(10 * time.Millisecond)
		r.Close()
	}()
	r.SetDeadline(time.Time{})
	n, err = r.Read(make([]byte, 5))
	fmt.Println(n, err, errors.Is(err, os.ErrClosed))
	time.Sleep(5 * time.Millisecond)
	n, err = w.Write([]byte("abc"))
	fmt.Println(n, err)
	f, err := os.Create("/tmp/minigo_os_files_test")
	fmt.Println(err)
	fmt.Fprintln(f, "hello")
	f.Seek(0, io.SeekStart)
	b, err := io.ReadAll(f)
	fmt.Printf("%q %v\n", b, err)
	fmt.Println(f.SetDeadline(time.Now()))
	n, err = f.ReadAt(b, 2)
	fmt.Println(n, err)
	f.Close()
	_, err = f.Stat()
	fmt.Println(err)
	_, err = os.Open("/nonexistent/x")
	fmt.Println(err, errors.Is(err, os.ErrNotExist))
}

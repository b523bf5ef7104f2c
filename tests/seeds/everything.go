// A bit of everything whose outcome is left open, and addresses, and the clock.
// differs
// says: panic: (*main.T) 0xc

package main

import (
	"context"
	"fmt"
	"math/rand"
	"runtime"
	"sync"
	"time"
)

type T struct{ a, b int }

func work(n int) int {
	s := 0
	for i := 0; i < n; i++ {
		s += i % 7
	}
	return s
}

func main() {
	start := time.Now()
	fmt.Println(start.Format(time.RFC3339Nano))
	t := &T{1, 2}
	fmt.Printf("%p %p %v\n", t, main, runtime.NumCPU())
	m := map[string]int{}
	for i := range 20 {
		m[fmt.Sprint("k", i)] = i
	}
	for k := range m {
		fmt.Print(k, " ")
	}
	fmt.Println(rand.Intn(1000000), rand.Float64())

	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	turn := 0
	var wg sync.WaitGroup
	var log []string
	for i := range 5 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			work(1000 * i)
			mu.Lock()
			for turn < 3 {
				cond.Wait()
			}
			log = append(log, fmt.Sprint("c", i))
			mu.Unlock()
		}()
	}
	for range 3 {
		time.AfterFunc(time.Duration(rand.Intn(50))*time.Millisecond, func() {
			mu.Lock()
			turn++
			mu.Unlock()
			cond.Broadcast()
		})
	}
	wg.Wait()
	fmt.Println(log)
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	tick := time.NewTicker(700 * time.Millisecond)
	defer tick.Stop()
	a, b := make(chan int), make(chan int)
	for _, c := range []chan int{a, b} {
		go func() {
			for i := 0; ; i++ {
				select {
				case c <- i:
				case <-ctx.Done():
					return
				}
				if i%5 == 4 {
					time.Sleep(200 * time.Millisecond)
				}
			}
		}()
	}
	n := 0
loop:
	for {
		select {
		case x := <-a:
			fmt.Print("a", x, " ")
			n++
		case x := <-b:
			fmt.Print("b", x, " ")
			n++
		case at := <-tick.C:
			fmt.Print("[", at.Sub(start), "] ")
		case <-ctx.Done():
			fmt.Println(ctx.Err(), time.Since(start))
			break loop
		}
	}
	fmt.Println(n)
	var garbage [][]byte
	for i := range 3000 {
		garbage = append(garbage, make([]byte, 10000))
		if len(garbage) > 100 {
			garbage = garbage[50:]
		}
		_ = i
	}
	var ms runtime.MemStats
	runtime.ReadMemStats(&ms)
	fmt.Println(ms.NumGC, ms.HeapAlloc, time.Since(start))
	for time.Since(start) < 10*time.Second {
	}
	fmt.Println(time.Since(start))
	panic(t)
}

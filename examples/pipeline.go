// Pipeline chains stages of goroutines and stops all of them through a context
// as soon as the last stage has seen enough.
package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

func naturals(ctx context.Context) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := 1; ; i++ {
			select {
			case out <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func apply(ctx context.Context, in <-chan int, f func(int) (int, bool)) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for v := range in {
			w, keep := f(v)
			if !keep {
				continue
			}
			select {
			case out <- w:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// merge forwards everything from several channels to one.
func merge(ctx context.Context, ins ...<-chan int) <-chan int {
	out := make(chan int)
	var wg sync.WaitGroup
	for _, in := range ins {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for v := range in {
				select {
				case out <- v:
				case <-ctx.Done():
					return
				}
			}
		}()
	}
	go func() { wg.Wait(); close(out) }()
	return out
}

type traceKey struct{}

func main() {
	root := context.WithValue(context.Background(), traceKey{}, "demo")
	ctx, cancel := context.WithCancelCause(root)

	odd := func(v int) (int, bool) { return v, v%2 == 1 }
	square := func(v int) (int, bool) { return v * v, true }

	sum := 0
	squares := apply(ctx, apply(ctx, naturals(ctx), odd), square)
	for v := range squares {
		if sum+v > 1000 {
			cancel(fmt.Errorf("sum would pass 1000 with %d", v))
			break
		}
		sum += v
	}
	fmt.Println(ctx.Value(traceKey{}), "sum of odd squares:", sum)
	fmt.Println("stopped:", ctx.Err(), "because", context.Cause(ctx))

	short, stop := context.WithTimeout(root, 20*time.Millisecond)
	defer stop()
	n := 0
	for range merge(short, naturals(short), naturals(short)) {
		n++
	}
	fmt.Println("merged some:", n > 0, "-", short.Err())
	_, hasDeadline := short.Deadline()
	fmt.Println("deadline known:", hasDeadline)
}

// Output:
// demo sum of odd squares: 969
// stopped: context canceled because sum would pass 1000 with 361
// merged some: true - context deadline exceeded
// deadline known: true

// Timers: order, Stop and Reset results, tickers, AfterFunc, channel semantics since Go 1.23.
package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

func main() {
	t := time.NewTimer(time.Hour)
	fmt.Println(t.Stop(), t.Stop(), t.Reset(time.Millisecond))
	<-t.C
	fmt.Println(t.Stop(), t.Reset(time.Hour), t.Stop())

	t = time.NewTimer(time.Millisecond)
	time.Sleep(5 * time.Millisecond)
	fmt.Println(t.Stop()) // expired, but the value was never received: Stop still prevents it
	select {
	case <-t.C:
		fmt.Println("stale value")
	default:
		fmt.Println("no stale value")
	}
	t.Reset(time.Millisecond)
	<-t.C

	k := time.NewTicker(2 * time.Millisecond)
	a := <-k.C
	b := <-k.C
	fmt.Println(b.After(a))
	k.Reset(time.Millisecond)
	<-k.C
	k.Stop()

	var order []int
	c := make(chan int, 10)
	for _, d := range []int{40, 5, 20, 0, 60} {
		time.AfterFunc(time.Duration(d)*time.Millisecond, func() { c <- d })
	}
	for range 5 {
		order = append(order, <-c)
	}
	fmt.Println(order)
	f := time.AfterFunc(time.Hour, func() { panic("no") })
	fmt.Println(f.Stop(), f.Stop())

	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Millisecond)
	<-ctx.Done()
	cancel()
	fmt.Println(ctx.Err(), errors.Is(ctx.Err(), context.DeadlineExceeded))
	ctx, cancel = context.WithCancel(context.Background())
	child, _ := context.WithTimeout(ctx, time.Hour)
	context.AfterFunc(child, func() { c <- 99 })
	cancel()
	fmt.Println(<-c, child.Err())

	start := time.Now()
	time.Sleep(-1)
	time.Sleep(3 * time.Millisecond)
	d := time.Since(start)
	fmt.Println(d >= 3*time.Millisecond, d < 10*time.Second)
	select {
	case <-time.After(50 * time.Millisecond):
		fmt.Println("late")
	case <-time.After(2 * time.Millisecond):
		fmt.Println("early")
	}
	fmt.Println(time.Duration(1500)*time.Microsecond, time.Minute+30*time.Second)
}

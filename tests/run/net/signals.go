package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func kill(s syscall.Signal) { syscall.Kill(os.Getpid(), s) }

func main() {
	kill(syscall.SIGUSR1) // dropped
	c := make(chan os.Signal, 4)
	signal.Notify(c, syscall.SIGUSR1, os.Interrupt)
	kill(syscall.SIGUSR1)
	fmt.Println(<-c)
	kill(syscall.SIGINT)
	fmt.Println(<-c)
	for range 3 {
		kill(syscall.SIGUSR1)
		fmt.Println(<-c)
	}
	signal.Stop(c)
	kill(syscall.SIGUSR1)
	select {
	case s := <-c:
		fmt.Println("stopped, but", s)
	case <-time.After(20 * time.Millisecond):
		fmt.Println("nothing")
	}
	signal.Ignore(syscall.SIGTERM)
	kill(syscall.SIGTERM)
	fmt.Println(signal.Ignored(syscall.SIGTERM), signal.Ignored(syscall.SIGUSR2))
	signal.Reset(syscall.SIGTERM)
	kill(syscall.SIGTERM) // ignored still
	fmt.Println(signal.Ignored(syscall.SIGTERM))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	fmt.Println(ctx)
	go func() {
		time.Sleep(5 * time.Millisecond)
		kill(syscall.SIGTERM)
	}()
	<-ctx.Done()
	fmt.Println(ctx.Err(), context.Cause(ctx))
	stop()
	d := make(chan os.Signal, 10)
	signal.Notify(d)
	kill(syscall.SIGHUP)
	kill(syscall.SIGWINCH)
	got := map[string]bool{}
	for range 2 {
		got[(<-d).String()] = true
	}
	fmt.Println(got)
	signal.Reset()
}

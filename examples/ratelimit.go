// Ratelimit sends requests no faster than a ticker allows, with a burst saved up in a buffered channel.
package main

import (
	"fmt"
	"time"
)

type limiter struct {
	tokens chan struct{}
	ticker *time.Ticker
	quit   chan struct{}
}

func newLimiter(every time.Duration, burst int) *limiter {
	l := &limiter{
		tokens: make(chan struct{}, burst),
		ticker: time.NewTicker(every),
		quit:   make(chan struct{}),
	}
	for range burst {
		l.tokens <- struct{}{}
	}
	go l.refill()
	return l
}

func (l *limiter) refill() {
	for {
		select {
		case <-l.ticker.C:
			select {
			case l.tokens <- struct{}{}:
			default: // full
			}
		case <-l.quit:
			l.ticker.Stop()
			return
		}
	}
}

func (l *limiter) wait()  { <-l.tokens }
func (l *limiter) close() { close(l.quit) }

func (l *limiter) tryFor(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-l.tokens:
		return true
	case <-timer.C:
		return false
	}
}

func main() {
	const every = 10 * time.Millisecond
	l := newLimiter(every, 3)
	start := time.Now()
	for i := 1; i <= 3; i++ {
		l.wait()
	}
	burst := time.Since(start)
	for i := 4; i <= 8; i++ {
		l.wait()
	}
	total := time.Since(start)
	fmt.Println("the burst did not wait for a tick each:", burst < 3*every)
	fmt.Println("five more took at least four ticks:", total >= 4*every)
	l.close()

	slow := newLimiter(time.Hour, 1)
	fmt.Println(slow.tryFor(time.Millisecond), slow.tryFor(time.Millisecond))
	slow.close()

	var fired []string
	done := make(chan bool)
	time.AfterFunc(2*time.Millisecond, func() { fired = append(fired, "after"); done <- true })
	<-done
	stopped := time.AfterFunc(time.Hour, func() { fired = append(fired, "never") }).Stop()
	fmt.Println(fired, stopped)
}

// Output:
// the burst did not wait for a tick each: true
// five more took at least four ticks: true
// true false
// [after] true

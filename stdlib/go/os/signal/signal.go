// Package signal lets a program receive the signals that are sent to it.
package signal

import (
	"context"
	"os"
	"sync"
	"syscall"
)

func enable(sig int)
func disable(sig int)
func ignore(sig int)
func ignored(sig int) bool
func receive() int

const numSig = 65

// mask is a set of signals.
type mask [(numSig + 31) / 32]uint32

func (m *mask) has(n int) bool { return m[n/32]>>uint(n&31)&1 != 0 }
func (m *mask) set(n int)      { m[n/32] |= 1 << uint(n&31) }
func (m *mask) clear(n int)    { m[n/32] &^= 1 << uint(n&31) }

var state struct {
	sync.Mutex
	wanted  map[chan<- os.Signal]*mask
	refs    [numSig]int
	started bool
}

// number returns a signal's number, -1 for one of another kind.
func number(sig os.Signal) int {
	if s, ok := sig.(syscall.Signal); ok && s >= 0 && s < numSig {
		return int(s)
	}
	return -1
}

// each calls f with the number of each signal, or of all if there are none.
func each(sigs []os.Signal, f func(n int)) {
	if len(sigs) == 0 {
		for n := range numSig {
			f(n)
		}
	}
	for _, s := range sigs {
		if n := number(s); n >= 0 {
			f(n)
		}
	}
}

func loop() {
	for {
		process(receive())
	}
}

// process sends a signal on the channels that want it, without waiting.
func process(n int) {
	state.Lock()
	defer state.Unlock()
	sig := syscall.Signal(n)
	for c, m := range state.wanted {
		if m.has(n) {
			select {
			case c <- sig:
			default:
			}
		}
	}
}

// Notify has signals sent on c: those given, or all. It does not wait for room in the channel.
func Notify(c chan<- os.Signal, sig ...os.Signal) {
	if c == nil {
		panic("os/signal: Notify using nil channel")
	}
	state.Lock()
	defer state.Unlock()
	m := state.wanted[c]
	if m == nil {
		m = new(mask)
		if state.wanted == nil {
			state.wanted = map[chan<- os.Signal]*mask{}
		}
		state.wanted[c] = m
	}
	each(sig, func(n int) {
		if m.has(n) {
			return
		}
		m.set(n)
		if state.refs[n] == 0 {
			enable(n)
		}
		state.refs[n]++
		if !state.started {
			state.started = true
			go loop()
		}
	})
}

// Stop ends what Notify began: nothing is sent on c any more.
func Stop(c chan<- os.Signal) {
	state.Lock()
	defer state.Unlock()
	m := state.wanted[c]
	if m == nil {
		return
	}
	delete(state.wanted, c)
	each(nil, func(n int) {
		if m.has(n) {
			if state.refs[n]--; state.refs[n] == 0 {
				disable(n)
			}
		}
	})
}

// cancel ends all notifications of signals, and does something with each.
func cancel(sigs []os.Signal, action func(int)) {
	state.Lock()
	defer state.Unlock()
	each(sigs, func(n int) {
		for c, m := range state.wanted {
			if m.has(n) {
				m.clear(n)
				state.refs[n]--
				if *m == (mask{}) {
					delete(state.wanted, c)
				}
			}
		}
		action(n)
	})
}

// Ignore makes signals do nothing: those given, or all.
func Ignore(sig ...os.Signal) { cancel(sig, ignore) }

// Ignored reports whether a signal does nothing.
func Ignored(sig os.Signal) bool {
	n := number(sig)
	return n >= 0 && ignored(n)
}

// Reset undoes Notify and Ignore: for the signals given, or all.
func Reset(sig ...os.Signal) { cancel(sig, disable) }

// NotifyContext returns a context that ends when one of the signals comes, or stop is called.
func NotifyContext(parent context.Context, signals ...os.Signal) (ctx context.Context, stop context.CancelFunc) {
	inner, cancel := context.WithCancelCause(parent)
	c := &signalCtx{Context: inner, cancel: cancel, signals: signals, ch: make(chan os.Signal, 1)}
	Notify(c.ch, signals...)
	if inner.Err() == nil {
		go func() {
			select {
			case s := <-c.ch:
				cancel(signalError(s.String() + " signal received"))
			case <-c.Done():
			}
		}()
	}
	return c, c.stop
}

type signalError string

func (e signalError) Error() string { return string(e) }

type signalCtx struct {
	context.Context
	cancel  context.CancelCauseFunc
	signals []os.Signal
	ch      chan os.Signal
}

func (c *signalCtx) stop() {
	c.cancel(nil)
	Stop(c.ch)
}

func (c *signalCtx) String() string {
	s := "signal.NotifyContext("
	if p, ok := c.Context.(interface{ String() string }); ok {
		name := p.String()
		const suffix = ".WithCancel"
		if len(name) > len(suffix) && name[len(name)-len(suffix):] == suffix {
			name = name[:len(name)-len(suffix)]
		}
		s += name
	}
	if len(c.signals) != 0 {
		s += ", ["
		for i, sig := range c.signals {
			s += sig.String()
			if i != len(c.signals)-1 {
				s += " "
			}
		}
		s += "]"
	}
	return s + ")"
}

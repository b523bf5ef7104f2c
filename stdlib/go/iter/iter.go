// Package iter names the types of range functions and turns them into pull iterators.
package iter

// Seq is a sequence of values: it calls yield for each, until yield returns false.
type Seq[V any] func(yield func(V) bool)

// Seq2 is a sequence of pairs.
type Seq2[K, V any] func(yield func(K, V) bool)

// puller runs a sequence on a goroutine of its own, which waits while the caller works and the other way round.
type puller struct {
	resume, yielded chan bool // hand-over in either direction
	started, done   bool
	busy            bool
	panicked        bool
	panicValue      any
	exited          bool // the sequence called runtime.Goexit
}

func (p *puller) start(body func()) {
	p.started = true
	p.resume, p.yielded = make(chan bool), make(chan bool)
	go func() {
		normal := false
		defer func() {
			if !normal {
				if p.panicValue = recover(); p.panicValue != nil {
					p.panicked = true
				} else {
					p.exited = true
				}
			}
			p.done = true
			p.yielded <- true
		}()
		body()
		normal = true
	}()
}

// step lets the sequence run to its next value or end.
func (p *puller) step(body func()) {
	if p.busy {
		panic("iter.Pull: next called again before yield")
	}
	p.busy = true
	if p.started {
		p.resume <- true
	} else {
		p.start(body)
	}
	<-p.yielded
	p.busy = false
	if p.panicked {
		v := p.panicValue
		p.panicked = false
		panic(v)
	}
	if p.exited {
		p.exited = false
		goexit()
	}
}

// yield hands over to the caller and returns false when the sequence shall end.
func (p *puller) yield() bool {
	p.yielded <- true
	<-p.resume
	return !p.done
}

// stop ends the sequence early.
func (p *puller) stop(body func()) {
	if p.done {
		return
	}
	if !p.started {
		p.done = true
		return
	}
	p.done = true
	p.step(body)
}

// Pull returns two functions: next returns the following value of seq, stop ends the iteration.
func Pull[V any](seq Seq[V]) (next func() (V, bool), stop func()) {
	var (
		p  puller
		v  V
		ok bool
	)
	body := func() {
		seq(func(x V) bool {
			if p.done {
				return false
			}
			v, ok = x, true
			return p.yield()
		})
	}
	next = func() (V, bool) {
		var zero V
		v, ok = zero, false
		if !p.done {
			p.step(body)
		}
		r, rok := v, ok
		v, ok = zero, false
		return r, rok
	}
	return next, func() { p.stop(body) }
}

// Pull2 is [Pull] for a sequence of pairs.
func Pull2[K, V any](seq Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	type pair struct {
		k K
		v V
	}
	n, s := Pull(func(yield func(pair) bool) {
		seq(func(k K, v V) bool { return yield(pair{k, v}) })
	})
	return func() (K, V, bool) {
		p, ok := n()
		return p.k, p.v, ok
	}, s
}

func goexit()

// Package iter names the types of range functions and turns them into pull iterators.
package iter

// Seq is a sequence of values: it calls yield for each, until yield returns false.
type Seq[V any] func(yield func(V) bool)

// Seq2 is a sequence of pairs.
type Seq2[K, V any] func(yield func(K, V) bool)

// puller runs a sequence on a goroutine of its own. Only one of that and its caller runs at any time: each hands over to
// the other and waits. The goroutine exists from the beginning, as Go's do, but enters the sequence at the first step.
type puller struct {
	resume, paused chan struct{}
	wanted         bool // next waits for a value
	done           bool // there will be no more values
	panicValue     any  // what the sequence panicked with; exited if it called Goexit
}

type exit struct{}

var exited any = new(exit)

func newPuller(seq func(p *puller)) *puller {
	p := &puller{resume: make(chan struct{}), paused: make(chan struct{})}
	go func() {
		<-p.resume
		defer func() {
			leave()
			p.paused <- struct{}{}
		}()
		if p.done {
			return
		}
		finished := false
		defer func() {
			if v := recover(); v != nil {
				p.panicValue = v
			} else if !finished {
				p.panicValue = exited
			}
			p.done = true
		}()
		seq(p)
		finished = true
	}()
	return p
}

// step lets the sequence run to its next value or end, and passes on how it failed.
func (p *puller) step() {
	p.resume <- struct{}{}
	<-p.paused
	if p.panicValue == nil {
		return
	}
	if p.panicValue == exited {
		goexit()
	}
	panic(p.panicValue)
}

// next reports whether a step may have brought a value.
func (p *puller) next() bool {
	if p.done {
		return false
	}
	if p.wanted {
		panic("iter.Pull: next called again before yield")
	}
	p.wanted = true
	p.step()
	return true
}

// accept says that yield was called with a value.
func (p *puller) accept() {
	if !p.wanted {
		panic("iter.Pull: yield called again before next")
	}
	p.wanted = false
}

// pause hands over to the caller, and reports whether the sequence is to go on.
func (p *puller) pause() bool {
	p.paused <- struct{}{}
	<-p.resume
	return !p.done
}

// stop ends the sequence early.
func (p *puller) stop() {
	if !p.done {
		p.done = true
		p.step()
	}
}

// Pull returns two functions: next returns the following value of seq, stop ends the iteration.
func Pull[V any](seq Seq[V]) (next func() (V, bool), stop func()) {
	var v V
	var ok bool
	p := newPuller(func(p *puller) {
		seq(func(x V) bool {
			if p.done {
				return false
			}
			p.accept()
			v, ok = x, true
			return p.pause()
		})
		var zero V
		v, ok = zero, false
	})
	next = func() (V, bool) {
		if !p.next() {
			var zero V
			return zero, false
		}
		return v, ok
	}
	return next, p.stop
}

// Pull2 is [Pull] for a sequence of pairs.
func Pull2[K, V any](seq Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	var k K
	var v V
	var ok bool
	p := newPuller(func(p *puller) {
		seq(func(x K, y V) bool {
			if p.done {
				return false
			}
			p.accept()
			k, v, ok = x, y, true
			return p.pause()
		})
		var zeroK K
		var zeroV V
		k, v, ok = zeroK, zeroV, false
	})
	next = func() (K, V, bool) {
		if !p.next() {
			var zeroK K
			var zeroV V
			return zeroK, zeroV, false
		}
		return k, v, ok
	}
	return next, p.stop
}

func goexit()

// leave says that the goroutine is about to end: from now on runtime.NumGoroutine leaves it out, so that who gets the last
// value never counts it.
func leave()

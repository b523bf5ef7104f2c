package testing

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

// InternalTest is a test in the table of a test program.
type InternalTest struct {
	Name string
	F    func(*T)
}

// T is passed to tests.
type T struct {
	common
	denyParallel bool // it changed what belongs to the whole process
	state        *testState
}

var (
	_ TB = (*T)(nil)
	_ TB = (*B)(nil)
	_ TB = (*F)(nil)
)

// The tests that run, with the time when they (last) started.
var running sync.Map

// How many tests failed; for -failfast.
var numFailed atomic.Uint32

// How many parallel tests run just now; AllocsPerRun refuses to measure beside them.
var parallelRunning atomic.Int64

func stopEarly() bool { return *failFast && numFailed.Load() > 0 }

// testState is shared by all tests of a run: it keeps at most `limit` of them running.
type testState struct {
	match    *matcher
	deadline time.Time
	fuzzing  bool

	mu      sync.Mutex
	running int
	waiting int
	limit   int
	proceed chan bool
}

func newTestState(limit int, m *matcher) *testState {
	return &testState{match: m, running: 1, limit: limit, proceed: make(chan bool)}
}

// acquire waits until the test may run beside the others.
func (s *testState) acquire() {
	s.mu.Lock()
	if s.running < s.limit {
		s.running++
		s.mu.Unlock()
		return
	}
	s.waiting++
	s.mu.Unlock()
	<-s.proceed
}

// release lets another run, one that waits first.
func (s *testState) release() {
	s.mu.Lock()
	if s.waiting == 0 {
		s.running--
		s.mu.Unlock()
		return
	}
	s.waiting--
	s.mu.Unlock()
	s.proceed <- true
}

// Deadline returns when -test.timeout will strike.
func (t *T) Deadline() (deadline time.Time, ok bool) {
	return t.state.deadline, !t.state.deadline.IsZero()
}

const parallelConflict = `testing: test using t.Setenv, t.Chdir, or cryptotest.SetGlobalRandom can not use t.Parallel`

// Parallel lets the test run beside others that call it, after its parent's function has returned.
func (t *T) Parallel() {
	if t.isParallel {
		panic("testing: t.Parallel called multiple times")
	}
	if t.denyParallel {
		panic(parallelConflict)
	}
	if t.parent.barrier == nil {
		return // a fuzz target's seeds run one after the other
	}
	t.isParallel = true
	t.duration += time.Since(t.start)
	t.parent.sub = append(t.parent.sub, t)
	if t.chatty != nil {
		t.chatty.updatef(t.name, "=== PAUSE %s\n", t.name)
	}
	running.Delete(t.name)
	t.signal <- true
	<-t.parent.barrier
	t.state.acquire()
	parallelRunning.Add(1)
	if t.chatty != nil {
		t.chatty.updatef(t.name, "=== CONT  %s\n", t.name)
	}
	t.start = time.Now()
	running.Store(t.name, t.start)
}

func (t *T) checkParallel() {
	for c := &t.common; c != nil; c = c.parent {
		if c.isParallel {
			panic(parallelConflict)
		}
	}
	t.denyParallel = true
}

// Setenv sets an environment variable for the time of the test, which cannot be parallel.
func (t *T) Setenv(key, value string) {
	t.checkParallel()
	t.common.Setenv(key, value)
}

// Chdir changes the working directory for the time of the test, which cannot be parallel.
func (t *T) Chdir(dir string) {
	t.checkParallel()
	t.common.Chdir(dir)
}

// Run runs f as a subtest in a goroutine of its own and waits until it is done or calls Parallel. It reports whether
// the subtest has not failed so far.
func (t *T) Run(name string, f func(t *T)) bool {
	if t.cleanupStarted.Load() {
		panic("testing: t.Run called during t.Cleanup")
	}
	t.hasSub.Store(true)
	full, ok, _ := t.state.match.fullName(&t.common, name)
	if !ok || stopEarly() {
		return true
	}
	var pcs [maxStack]uintptr
	callers := pcs[:runtime.Callers(2, pcs[:])]
	sub := newTest(&t.common, full, t.state)
	sub.creator = callers
	sub.w = indenter{&sub.common}
	if sub.chatty != nil {
		sub.chatty.updatef(full, "=== RUN   %s\n", full)
	}
	running.Store(full, time.Now())
	go tRunner(sub, f)
	if !<-sub.signal {
		// The subtest ended one of its parents: this goroutine is to end too.
		runtime.Goexit()
	}
	if sub.chatty != nil && sub.chatty.json {
		sub.chatty.updatef(t.name, "=== NAME  %s\n", t.name)
	}
	return !sub.Failed()
}

func newTest(parent *common, name string, state *testState) *T {
	ctx, cancel := context.WithCancel(context.Background())
	t := &T{state: state}
	t.name, t.parent = name, parent
	t.signal, t.barrier = make(chan bool, 1), make(chan bool)
	t.ctx, t.cancel = ctx, cancel
	if parent != nil {
		t.level = parent.level + 1
		t.chatty = parent.chatty
	}
	return t
}

var errGoexit = errors.New("test executed panic(nil) or runtime.Goexit")

// tRunner is a test's goroutine.
func tRunner(t *T, f func(t *T)) {
	t.runner = caller(0)
	defer func() {
		err, signal := t.outcome(recover())
		panicking := false
		defer func() {
			if panicking {
				return
			}
			if err != nil {
				panic(err)
			}
			running.Delete(t.name)
			if t.isParallel {
				parallelRunning.Add(-1)
			}
			t.signal <- signal
		}()
		die := func(err any) {
			t.reportPanic()
			panicking = true
			panic(err)
		}
		if err != nil {
			die(err)
		}
		t.duration += time.Since(t.start)
		if len(t.sub) > 0 {
			if err := t.runParallel(); err != nil {
				die(err)
			}
		} else if t.isParallel {
			t.state.release()
		}
		for c := &t.common; c.parent != nil; c = c.parent {
			c.flushPartial()
		}
		if t.Failed() {
			numFailed.Add(1)
		}
		t.report()
		t.mu.Lock()
		t.done = true
		t.mu.Unlock()
		if t.parent != nil && !t.hasSub.Load() {
			t.setRan()
		}
	}()
	defer func() {
		if len(t.sub) == 0 {
			t.runCleanup(false)
		}
	}()
	t.start = time.Now()
	f(t)
	t.mu.Lock()
	t.finished = true
	t.mu.Unlock()
}

// outcome says what the end of the test's function means: a panic of the whole program, or nothing; and whether the
// parent goes on.
func (t *T) outcome(err any) (any, bool) {
	t.mu.RLock()
	finished := t.finished
	t.mu.RUnlock()
	signal := true
	if err == nil && !finished {
		err = errGoexit
		for p := t.parent; p != nil; p = p.parent {
			p.mu.RLock()
			finished = p.finished
			p.mu.RUnlock()
			if finished {
				if !t.isParallel {
					t.Errorf("%v: subtest may have called FailNow on a parent test", err)
					err = nil
				}
				signal = false
				break
			}
		}
	}
	if err != nil && t.state.fuzzing {
		prefix := "panic: "
		if err == errGoexit {
			prefix = ""
		}
		t.Errorf("%s%s\n%s\n", prefix, err, debug.Stack())
		t.mu.Lock()
		t.finished = true
		t.mu.Unlock()
		err = nil
	}
	return err, signal
}

// reportPanic reports the test and all around it as failed before the panic ends the program.
func (t *T) reportPanic() {
	t.Fail()
	if r := t.runCleanup(true); r != nil {
		t.Logf("cleanup panicked with %v", r)
	}
	for c := &t.common; c.parent != nil; c = c.parent {
		c.mu.Lock()
		c.duration += time.Since(c.start)
		d := c.duration
		c.mu.Unlock()
		c.flushPartial()
		c.flushToParent("--- FAIL: %s (%s)\n", c.name, seconds(d))
		if r := c.parent.runCleanup(true); r != nil {
			fmt.Fprintf(c.parent.w, "cleanup panicked with %v", r)
		}
	}
}

// runParallel lets the parallel subtests go, waits for them, and cleans up behind them.
func (t *T) runParallel() (panicked any) {
	t.state.release() // its own place
	running.Delete(t.name)
	close(t.barrier)
	for _, sub := range t.sub {
		<-sub.signal
	}
	start := time.Now()
	running.Store(t.name, start)
	panicked = t.runCleanup(true)
	t.duration += time.Since(start)
	if panicked == nil && !t.isParallel {
		t.state.acquire()
	}
	return panicked
}

func (t *T) report() {
	if t.parent == nil {
		return
	}
	verdict := ""
	switch {
	case t.Failed():
		verdict = "FAIL"
	case t.chatty == nil:
		return
	case t.Skipped():
		verdict = "SKIP"
	default:
		verdict = "PASS"
	}
	t.flushToParent("--- %s: %s (%s)\n", verdict, t.name, seconds(t.duration))
}

// AllocsPerRun returns the average number of allocations in a call of f, after a first one.
func AllocsPerRun(runs int, f func()) (avg float64) {
	if parallelRunning.Load() != 0 {
		panic("testing: AllocsPerRun called during parallel test")
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	f()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	before := stats.Mallocs
	for range runs {
		f()
	}
	runtime.ReadMemStats(&stats)
	return float64((stats.Mallocs - before) / uint64(runs))
}

package testing

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"
)

// InternalBenchmark is a benchmark in the table of a test program.
type InternalBenchmark struct {
	Name string
	F    func(b *B)
}

// One benchmark runs at a time: its goroutine holds this, but for the time of its sub-benchmarks.
var benchLock sync.Mutex

var headerOnce sync.Once

// Not a local variable: it would be an allocation among those it counts. Guarded by benchLock.
var memStats runtime.MemStats

// B is passed to benchmarks.
type B struct {
	common
	N int

	importPath   string
	state        *benchState // nil outside of a test program
	fn           func(b *B)
	time         durationOrCount
	lastN        int
	lastDuration time.Duration
	bytes        int64
	missingBytes bool // of one of its sub-benchmarks
	timerOn      bool
	showAllocs   bool
	parallelism  int
	result       BenchmarkResult
	extra        map[string]float64

	startAllocs, startBytes uint64 // counters when the timer was started
	allocs, allocBytes      uint64

	// Loop's iterations: how many there are to be, how many began, whether the last one is over.
	loopN, loopI uint64
	loopDone     bool
}

// StartTimer starts measuring; it is done before the benchmark is called.
func (b *B) StartTimer() {
	if !b.timerOn {
		b.mark()
		b.timerOn = true
	}
}

func (b *B) mark() {
	runtime.ReadMemStats(&memStats)
	b.startAllocs, b.startBytes = memStats.Mallocs, memStats.TotalAlloc
	b.start = time.Now()
}

// StopTimer pauses measuring.
func (b *B) StopTimer() {
	if b.timerOn {
		b.duration += time.Since(b.start)
		runtime.ReadMemStats(&memStats)
		b.allocs += memStats.Mallocs - b.startAllocs
		b.allocBytes += memStats.TotalAlloc - b.startBytes
		b.timerOn = false
	}
}

// ResetTimer forgets what was measured so far, and reported metrics.
func (b *B) ResetTimer() {
	b.extra = map[string]float64{}
	if b.timerOn {
		b.mark()
	}
	b.duration, b.allocs, b.allocBytes = 0, 0, 0
}

// SetBytes says how many bytes an operation handles; the result then has MB/s.
func (b *B) SetBytes(n int64) { b.bytes = n }

// ReportAllocs shows allocations as -test.benchmem does, for this benchmark.
func (b *B) ReportAllocs() { b.showAllocs = true }

// Elapsed returns the time measured so far.
func (b *B) Elapsed() time.Duration {
	if b.timerOn {
		return b.duration + time.Since(b.start)
	}
	return b.duration
}

// ReportMetric adds a metric of its own to the result; the units of built-in ones override them.
func (b *B) ReportMetric(n float64, unit string) {
	if unit == "" {
		panic("metric unit must not be empty")
	}
	if strings.IndexFunc(unit, unicode.IsSpace) >= 0 {
		panic("metric unit must not contain whitespace")
	}
	b.extra[unit] = n
}

// runN runs the benchmark once with that N.
func (b *B) runN(n int) {
	benchLock.Lock()
	defer benchLock.Unlock()
	defer b.runCleanup(false)
	runtime.GC()
	b.N = n
	b.loopN, b.loopI, b.loopDone = 0, 0, false
	b.ctx, b.cancel = context.WithCancel(context.Background())
	b.parallelism = 1
	b.ResetTimer()
	b.StartTimer()
	b.fn(b)
	b.StopTimer()
	b.lastN, b.lastDuration = n, b.duration
	if b.loopN > 0 && !b.loopDone && !b.Failed() {
		b.Error("benchmark function returned without B.Loop() == false (break or return in loop?)")
	}
}

// first runs the benchmark with N = 1 and reports whether there is more to do.
func (b *B) first() bool {
	if s := b.state; s != nil {
		if n := len(b.name) + s.suffixLen + 1; n > s.width {
			s.width = n + 8 // so that not every new name widens the column
		}
	}
	go func() {
		defer func() { b.signal <- true }()
		b.runN(1)
	}()
	<-b.signal
	if b.Failed() {
		fmt.Fprintf(b.w, "%s--- FAIL: %s\n%s", b.chatty.prefix(), b.name, b.output)
		return false
	}
	b.mu.RLock()
	finished := b.finished
	b.mu.RUnlock()
	if b.hasSub.Load() || finished {
		tag := "BENCH"
		if b.Skipped() {
			tag = "SKIP"
		}
		if b.chatty != nil && (len(b.output) > 0 || finished) {
			b.trimOutput()
			fmt.Fprintf(b.w, "%s--- %s: %s\n%s", b.chatty.prefix(), tag, b.name, b.output)
		}
		return false
	}
	return true
}

func (b *B) header() {
	headerOnce.Do(func() {
		fmt.Fprintf(b.w, "goos: %s\ngoarch: %s\n", runtime.GOOS, runtime.GOARCH)
		if b.importPath != "" {
			fmt.Fprintf(b.w, "pkg: %s\n", b.importPath)
		}
		if cpu := cpuName(); cpu != "" {
			fmt.Fprintf(b.w, "cpu: %s\n", cpu)
		}
	})
}

func cpuName() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(text)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// measure runs the benchmark with growing N until it takes long enough.
func (b *B) measure() BenchmarkResult {
	go func() {
		defer func() { b.signal <- true }()
		switch {
		case b.loopN > 0: // Loop has measured in the first run
		case b.time.n > 1:
			b.runN(b.time.n)
		case b.time.n == 0:
			for n := int64(1); !b.Failed() && b.duration < b.time.d && n < 1e9; {
				n = predict(b.time.d, int64(b.N), b.duration, n)
				b.runN(int(n))
			}
		}
		b.result = BenchmarkResult{b.N, b.duration, b.bytes, b.allocs, b.allocBytes, b.extra}
	}()
	<-b.signal
	return b.result
}

// predict says how many iterations to try next: what the goal takes and a fifth more, at most a hundred times the last.
func predict(goal time.Duration, n int64, took time.Duration, last int64) int64 {
	next := goal.Nanoseconds() * n / max(took.Nanoseconds(), 1)
	next += next / 5
	next = min(next, 100*last)
	next = max(next, last+1)
	return min(next, 1e9)
}

// Loop reports whether the benchmark's body is to run once more. What stands before and behind the loop is not measured.
func (b *B) Loop() bool {
	if b.loopI < b.loopN && b.timerOn {
		b.loopI++
		return true
	}
	return b.loopSlow()
}

func (b *B) loopSlow() bool {
	if !b.timerOn {
		b.Fatal("B.Loop called with timer stopped")
	}
	switch {
	case b.loopN == 0: // the first call
		b.loopN = 1
		if b.time.n > 0 {
			b.loopN = uint64(b.time.n)
		}
		b.N = 0
		b.ResetTimer()
	case b.time.n == 0 && b.Elapsed() < b.time.d:
		b.loopN = uint64(predict(b.time.d, int64(b.loopN), b.Elapsed(), int64(b.loopN)))
	default:
		b.StopTimer()
		b.N = int(b.loopN)
		b.loopDone = true
		return false
	}
	b.loopI++
	return true
}

// BenchmarkResult is what a benchmark measured.
type BenchmarkResult struct {
	N         int           // iterations
	T         time.Duration // their time in all
	Bytes     int64         // bytes handled in one
	MemAllocs uint64        // allocations in all
	MemBytes  uint64        // bytes allocated in all
	Extra     map[string]float64
}

func (r BenchmarkResult) perOp(unit string, total uint64) int64 {
	if v, ok := r.Extra[unit]; ok {
		return int64(v)
	}
	if r.N <= 0 {
		return 0
	}
	return int64(total) / int64(r.N)
}

// NsPerOp returns the nanoseconds of an iteration.
func (r BenchmarkResult) NsPerOp() int64 { return r.perOp("ns/op", uint64(r.T.Nanoseconds())) }

// AllocsPerOp returns the allocations of an iteration.
func (r BenchmarkResult) AllocsPerOp() int64 { return r.perOp("allocs/op", r.MemAllocs) }

// AllocedBytesPerOp returns the bytes allocated in an iteration.
func (r BenchmarkResult) AllocedBytesPerOp() int64 { return r.perOp("B/op", r.MemBytes) }

func (r BenchmarkResult) mbPerSec() float64 {
	if v, ok := r.Extra["MB/s"]; ok {
		return v
	}
	if r.Bytes <= 0 || r.T <= 0 || r.N <= 0 {
		return 0
	}
	return float64(r.Bytes) * float64(r.N) / 1e6 / r.T.Seconds()
}

// String formats the result as a line of a benchmark report, without the allocations.
func (r BenchmarkResult) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%8d", r.N)
	ns, ok := r.Extra["ns/op"]
	if !ok {
		ns = float64(r.T.Nanoseconds()) / float64(r.N)
	}
	if ns != 0 {
		b.WriteByte('\t')
		writeMetric(&b, ns, "ns/op")
	}
	if mbs := r.mbPerSec(); mbs != 0 {
		fmt.Fprintf(&b, "\t%7.2f MB/s", mbs)
	}
	var units []string
	for unit := range r.Extra {
		if !slices.Contains([]string{"ns/op", "MB/s", "B/op", "allocs/op"}, unit) {
			units = append(units, unit)
		}
	}
	slices.Sort(units)
	for _, unit := range units {
		b.WriteByte('\t')
		writeMetric(&b, r.Extra[unit], unit)
	}
	return b.String()
}

// MemString formats the allocations.
func (r BenchmarkResult) MemString() string {
	return fmt.Sprintf("%8d B/op\t%8d allocs/op", r.AllocedBytesPerOp(), r.AllocsPerOp())
}

// writeMetric shows about four digits that mean something, with the decimal points in one column.
func writeMetric(w io.Writer, x float64, unit string) {
	digits := 0
	if y := math.Abs(x); y != 0 && y < 999.95 {
		digits = 1
		for limit := 99.995; y < limit && digits < 7; limit /= 10 {
			digits++
		}
	}
	width := 10
	if digits > 0 {
		width += 1 + digits
	}
	fmt.Fprintf(w, "%*.*f %s", width, digits, x, unit)
}

// benchState is shared by the benchmarks of a test program.
type benchState struct {
	match     *matcher
	width     int // of the column of names
	suffixLen int // of the longest `-8` behind names
}

func withProcs(name string, procs int) string {
	if procs != 1 {
		return fmt.Sprintf("%s-%d", name, procs)
	}
	return name
}

// RunBenchmarks runs benchmarks outside of a test program.
func RunBenchmarks(matchString func(pat, str string) (bool, error), benchmarks []InternalBenchmark) {
	runBenchmarks("", matchString, benchmarks)
}

func runBenchmarks(importPath string, match matchFunc, benchmarks []InternalBenchmark) bool {
	if *benchFlag == "" {
		return true
	}
	procs := slices.Max(cpuList)
	s := &benchState{
		match:     newMatcher(match, *benchFlag, "-test.bench", *skipFlag),
		suffixLen: len(withProcs("", procs)),
	}
	var chosen []InternalBenchmark
	for _, b := range benchmarks {
		if _, ok, _ := s.match.fullName(nil, b.Name); ok {
			chosen = append(chosen, b)
			s.width = max(s.width, len(withProcs(b.Name, procs))+s.suffixLen+1)
		}
	}
	root := &B{importPath: importPath, time: benchTime, state: s}
	root.name, root.w, root.bench = "Main", os.Stdout, true
	root.fn = func(b *B) {
		for _, benchmark := range chosen {
			b.Run(benchmark.Name, benchmark.F)
		}
	}
	if Verbose() {
		root.chatty = &chattyPrinter{w: root.w, json: chatty.json}
	}
	root.runN(1)
	return !root.Failed()
}

// process measures a benchmark for every -test.cpu, -test.count times, and reports.
func (s *benchState) process(b *B) {
	for i, procs := range cpuList {
		for j := range *countFlag {
			runtime.GOMAXPROCS(procs)
			name := withProcs(b.name, procs)
			if b.chatty == nil {
				fmt.Fprintf(b.w, "%-*s\t", s.width, name) // seen while it runs
			}
			if i > 0 || j > 0 {
				again := &B{fn: b.fn, time: b.time}
				again.name, again.w, again.chatty, again.bench = b.name, b.w, b.chatty, true
				again.signal = make(chan bool)
				b = again
				b.first()
			}
			r := b.measure()
			if b.Failed() {
				fmt.Fprintf(b.w, "%s--- FAIL: %s\n%s", b.chatty.prefix(), name, b.output)
				continue
			}
			if b.chatty != nil {
				fmt.Fprintf(b.w, "%-*s\t", s.width, name)
			}
			line := r.String()
			if *benchMem || b.showAllocs {
				line += "\t" + r.MemString()
			}
			fmt.Fprintln(b.w, line)
			if len(b.output) > 0 {
				b.trimOutput()
				fmt.Fprintf(b.w, "%s--- BENCH: %s\n%s", b.chatty.prefix(), name, b.output)
			}
			if p := runtime.GOMAXPROCS(-1); p != procs {
				fmt.Fprintf(os.Stderr, "testing: %s left GOMAXPROCS set to %d\n", name, p)
			}
			if b.chatty != nil && b.chatty.json {
				b.chatty.updatef("", "=== NAME  %s\n", "")
			}
		}
	}
}

// Run runs f as a sub-benchmark and reports whether it did not fail.
func (b *B) Run(name string, f func(b *B)) bool {
	b.hasSub.Store(true)
	benchLock.Unlock()
	defer benchLock.Lock()
	full, ok, partial := b.name, true, false
	if b.state != nil {
		full, ok, partial = b.state.match.fullName(&b.common, name)
	}
	if !ok {
		return true
	}
	var pcs [maxStack]uintptr
	sub := &B{importPath: b.importPath, fn: f, time: b.time, state: b.state}
	sub.name, sub.parent, sub.level = full, &b.common, b.level+1
	sub.creator = pcs[:runtime.Callers(2, pcs[:])]
	sub.w, sub.chatty, sub.bench = b.w, b.chatty, true
	sub.signal = make(chan bool)
	if partial {
		sub.hasSub.Store(true) // only some of its sub-benchmarks are wanted, not itself
	}
	if b.chatty != nil {
		b.header()
		if b.chatty.json {
			b.chatty.updatef(full, "=== RUN   %s\n", full)
		}
		fmt.Println(full)
	}
	if sub.first() {
		sub.header()
		if sub.state != nil {
			sub.state.process(sub)
		} else {
			sub.measure()
		}
	}
	b.add(sub.result)
	return !sub.Failed()
}

// add makes the result of a benchmark the sum of those of its sub-benchmarks.
func (b *B) add(other BenchmarkResult) {
	r := &b.result
	r.N = 1
	r.T += time.Duration(other.NsPerOp())
	if other.Bytes == 0 {
		b.missingBytes = true
		r.Bytes = 0
	}
	if !b.missingBytes {
		r.Bytes += other.Bytes
	}
	r.MemAllocs += uint64(other.AllocsPerOp())
	r.MemBytes += uint64(other.AllocedBytesPerOp())
}

// trimOutput keeps ten lines of a log.
func (b *B) trimOutput() {
	lines := 0
	for i, c := range b.output {
		if c == '\n' {
			if lines++; lines >= 10 {
				b.output = append(b.output[:i], "\n\t... [output truncated]\n"...)
				return
			}
		}
	}
}

// PB is passed to the goroutines of RunParallel.
type PB struct {
	taken *atomic.Uint64 // by all goroutines together
	grain uint64         // how many to take at a time
	left  uint64         // of those taken by this goroutine
	n     uint64
}

// Next reports whether there is another iteration to do.
func (pb *PB) Next() bool {
	if pb.left == 0 {
		switch taken := pb.taken.Add(pb.grain); {
		case taken <= pb.n:
			pb.left = pb.grain
		case taken < pb.n+pb.grain:
			pb.left = pb.n + pb.grain - taken
		default:
			return false
		}
	}
	pb.left--
	return true
}

// RunParallel spreads the iterations over goroutines, GOMAXPROCS of them times SetParallelism.
func (b *B) RunParallel(body func(*PB)) {
	if b.N == 0 {
		return
	}
	grain := uint64(1) // iterations worth about 100 µs
	if b.lastN > 0 && b.lastDuration > 0 {
		grain = min(max(1e5*uint64(b.lastN)/uint64(b.lastDuration), 1), 1e4)
	}
	var taken atomic.Uint64
	var wg sync.WaitGroup
	for range b.parallelism * runtime.GOMAXPROCS(0) {
		wg.Go(func() { body(&PB{taken: &taken, grain: grain, n: uint64(b.N)}) })
	}
	wg.Wait()
	if taken.Load() <= uint64(b.N) && !b.Failed() {
		b.Fatal("RunParallel: body exited without pb.Next() == false")
	}
}

// SetParallelism sets how many goroutines RunParallel starts for each of GOMAXPROCS.
func (b *B) SetParallelism(p int) {
	if p >= 1 {
		b.parallelism = p
	}
}

// Benchmark measures a function outside of `test -bench`.
func Benchmark(f func(b *B)) BenchmarkResult {
	b := &B{fn: f, time: benchTime}
	b.signal, b.w = make(chan bool), io.Discard
	if b.first() {
		b.measure()
	}
	return b.result
}

// Package testing runs tests, benchmarks, fuzz seeds and examples, for `minigo test`.
package testing

import (
	"flag"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// The flags of a test program, `-test.name`; nil before Init.
var (
	short        *bool
	failFast     *bool
	fullPath     *bool
	panicOnExit0 *bool
	benchMem     *bool
	artifacts    *bool
	countFlag    *uint
	parallelFlag *int
	timeoutFlag  *time.Duration
	runFlag      *string
	skipFlag     *string
	listFlag     *string
	benchFlag    *string
	cpuFlag      *string
	shuffleFlag  *string
	outputDir    *string
	chatty       chattyFlag
	benchTime    = durationOrCount{d: time.Second}

	// What -test.cpu says, or the current GOMAXPROCS.
	cpuList []int
)

// Init registers the flags. The main function of a test program calls it; others need it only to use Benchmark and the
// like outside of a test.
func Init() {
	if short != nil {
		return
	}
	short = flag.Bool("test.short", false, "run smaller test suite to save time")
	failFast = flag.Bool("test.failfast", false, "do not start new tests after the first test failure")
	fullPath = flag.Bool("test.fullpath", false, "show full file names in error messages")
	panicOnExit0 = flag.Bool("test.paniconexit0", false, "panic on call to os.Exit(0)")
	benchMem = flag.Bool("test.benchmem", false, "print memory allocations for benchmarks")
	artifacts = flag.Bool("test.artifacts", false, "store test artifacts in test.,outputdir")
	countFlag = flag.Uint("test.count", 1, "run tests and benchmarks `n` times")
	parallelFlag = flag.Int("test.parallel", runtime.GOMAXPROCS(0), "run at most `n` tests in parallel")
	timeoutFlag = flag.Duration("test.timeout", 0, "panic test binary after duration `d` (default 0, timeout disabled)")
	runFlag = flag.String("test.run", "", "run only tests and examples matching `regexp`")
	skipFlag = flag.String("test.skip", "", "do not list or run tests matching `regexp`")
	listFlag = flag.String("test.list", "", "list tests, examples, and benchmarks matching `regexp` then exit")
	benchFlag = flag.String("test.bench", "", "run only benchmarks matching `regexp`")
	cpuFlag = flag.String("test.cpu", "", "comma-separated `list` of cpu counts to run each test with")
	shuffleFlag = flag.String("test.shuffle", "off", "randomize the execution order of tests and benchmarks")
	outputDir = flag.String("test.outputdir", "", "write profiles to `dir`")
	flag.Var(&chatty, "test.v", "verbose: print additional output")
	flag.Var(&benchTime, "test.benchtime", "run each benchmark for duration `d` or N times if `d` is of the form Nx")
}

// Short reports whether -test.short is set.
func Short() bool {
	if short == nil {
		panic("testing: Short called before Init")
	}
	if !flag.Parsed() {
		panic("testing: Short called before Parse")
	}
	return *short
}

// Verbose reports whether -test.v is set.
func Verbose() bool {
	if !flag.Parsed() {
		panic("testing: Verbose called before Parse")
	}
	return chatty.on
}

// Set by MainStart: the program is a test program.
var inTest bool

// Testing reports whether the program was made by `test`.
func Testing() bool { return inTest }

// CoverMode reports what the coverage mode is set to: there is none.
func CoverMode() string { return "" }

// Coverage reports the fraction of statements executed so far: it is not measured.
func Coverage() float64 { return 0 }

// chattyFlag is the value of -test.v: false, true, or test2json, which marks lines for a program that reads them.
type chattyFlag struct {
	on, json bool
}

func (*chattyFlag) IsBoolFlag() bool { return true }

func (f *chattyFlag) Set(arg string) error {
	switch arg {
	case "true":
		*f = chattyFlag{on: true}
	case "false":
		*f = chattyFlag{}
	case "test2json":
		*f = chattyFlag{on: true, json: true}
	default:
		return fmt.Errorf("invalid flag -test.v=%s", arg)
	}
	return nil
}

func (f *chattyFlag) String() string {
	if f.json {
		return "test2json"
	}
	return strconv.FormatBool(f.on)
}

func (f *chattyFlag) Get() any {
	if f.json {
		return "test2json"
	}
	return f.on
}

// The byte that stands before lines of the framework in test2json mode, and those around the text of an error.
const (
	markFrame  = "\x16"
	markBegin  = "\x0f"
	markEnd    = "\x0e"
	markEscape = "\x1b"
)

func (f *chattyFlag) prefix() string {
	if f.json {
		return markFrame
	}
	return ""
}

// durationOrCount is `1.5s` or `100x`.
type durationOrCount struct {
	d time.Duration
	n int
}

func (f *durationOrCount) String() string {
	if f.n > 0 {
		return strconv.Itoa(f.n) + "x"
	}
	return f.d.String()
}

func (f *durationOrCount) Set(s string) error {
	if digits, ok := strings.CutSuffix(s, "x"); ok {
		n, err := strconv.Atoi(digits)
		if err != nil || n <= 0 {
			return fmt.Errorf("invalid count")
		}
		*f = durationOrCount{n: n}
		return nil
	}
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 {
		return fmt.Errorf("invalid duration")
	}
	*f = durationOrCount{d: d}
	return nil
}

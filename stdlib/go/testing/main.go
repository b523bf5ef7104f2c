package testing

import (
	"context"
	"flag"
	"fmt"
	"math/rand"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// testDeps is what the test program brings along, so that this package does not import it.
type testDeps interface {
	ImportPath() string
	MatchString(pat, str string) (bool, error)
	SetPanicOnExit0(bool)
}

type matchFunc = func(pat, str string) (bool, error)

// M is passed to TestMain.
type M struct {
	deps       testDeps
	tests      []InternalTest
	benchmarks []InternalBenchmark
	fuzz       []InternalFuzzTarget
	examples   []InternalExample

	timer     *time.Timer
	afterOnce sync.Once
	exitCode  int // what Run returned: the main function exits with it when TestMain returns
}

// MainStart is called by the main function of a test program.
func MainStart(deps testDeps, tests []InternalTest, benchmarks []InternalBenchmark, fuzz []InternalFuzzTarget, examples []InternalExample) *M {
	inTest = true
	Init()
	return &M{deps: deps, tests: tests, benchmarks: benchmarks, fuzz: fuzz, examples: examples}
}

// onlyMatch stands for a test program where there is only a way to match names.
type onlyMatch matchFunc

func (f onlyMatch) ImportPath() string                        { return "" }
func (f onlyMatch) MatchString(pat, str string) (bool, error) { return f(pat, str) }
func (f onlyMatch) SetPanicOnExit0(bool)                      {}

// Main is the main function of a test program of old.
func Main(matchString func(pat, str string) (bool, error), tests []InternalTest, benchmarks []InternalBenchmark, examples []InternalExample) {
	os.Exit(MainStart(onlyMatch(matchString), tests, benchmarks, nil, examples).Run())
}

// Run runs what the flags ask for and returns the exit status: 1 if anything failed.
func (m *M) Run() (code int) {
	defer func() { m.exitCode = code }()
	if !flag.Parsed() {
		flag.Parse()
	}
	if chatty.json {
		// What is written to either is to appear in its place.
		os.Stderr = os.Stdout
	}
	if *parallelFlag < 1 {
		fmt.Fprintln(os.Stderr, "testing: -parallel can only be given a positive integer")
		flag.Usage()
		return 2
	}
	if *listFlag != "" {
		m.list()
		return 0
	}
	if *shuffleFlag != "off" {
		if err := m.shuffle(); err != nil {
			fmt.Fprintln(os.Stderr, `testing: -shuffle should be "off", "on", or a valid integer:`, err)
			return 2
		}
	}
	parseCpuList()
	if *panicOnExit0 {
		m.deps.SetPanicOnExit0(true)
	}
	defer m.after()

	deadline := m.startAlarm()
	match := m.deps.MatchString
	testRan, testOk := runTests(match, m.tests, deadline)
	fuzzRan, fuzzOk := runFuzzTests(match, m.fuzz, deadline)
	exampleRan, exampleOk := runExamples(match, m.examples)
	if m.timer != nil {
		m.timer.Stop()
	}
	if !testRan && !fuzzRan && !exampleRan && *benchFlag == "" {
		fmt.Fprintln(os.Stderr, "testing: warning: no tests to run")
	}
	if !testOk || !fuzzOk || !exampleOk || !runBenchmarks(m.deps.ImportPath(), match, m.benchmarks) {
		fmt.Print(chatty.prefix(), "FAIL\n")
		return 1
	}
	fmt.Print(chatty.prefix(), "PASS\n")
	return 0
}

func (m *M) after() {
	m.afterOnce.Do(func() {
		if *panicOnExit0 {
			m.deps.SetPanicOnExit0(false)
		}
	})
}

// list prints the names that -test.list matches.
func (m *M) list() {
	if _, err := m.deps.MatchString(*listFlag, "non-empty"); err != nil {
		fmt.Fprintf(os.Stderr, "testing: invalid regexp in -test.list (%q): %s\n", *listFlag, err)
		os.Exit(1)
	}
	show := func(name string) {
		if ok, _ := m.deps.MatchString(*listFlag, name); ok {
			fmt.Println(name)
		}
	}
	for _, t := range m.tests {
		show(t.Name)
	}
	for _, b := range m.benchmarks {
		show(b.Name)
	}
	for _, f := range m.fuzz {
		show(f.Name)
	}
	for _, e := range m.examples {
		show(e.Name)
	}
}

func (m *M) shuffle() error {
	seed := time.Now().UnixNano()
	if *shuffleFlag != "on" {
		n, err := strconv.ParseInt(*shuffleFlag, 10, 64)
		if err != nil {
			return err
		}
		seed = n
	}
	fmt.Println("-test.shuffle", seed)
	rng := rand.New(rand.NewSource(seed))
	rng.Shuffle(len(m.tests), func(i, j int) { m.tests[i], m.tests[j] = m.tests[j], m.tests[i] })
	rng.Shuffle(len(m.benchmarks), func(i, j int) {
		m.benchmarks[i], m.benchmarks[j] = m.benchmarks[j], m.benchmarks[i]
	})
	return nil
}

// startAlarm lets the program panic when the time is up, with the names of the tests that run.
func (m *M) startAlarm() time.Time {
	if *timeoutFlag <= 0 {
		return time.Time{}
	}
	deadline := time.Now().Add(*timeoutFlag)
	m.timer = time.AfterFunc(*timeoutFlag, func() {
		m.after()
		debug.SetTraceback("all")
		text := fmt.Sprintf("test timed out after %v", *timeoutFlag)
		if names := runningTests(); len(names) > 0 {
			text += "\nrunning tests:\n\t" + strings.Join(names, "\n\t")
		}
		panic(text)
	})
	return deadline
}

func runningTests() (list []string) {
	running.Range(func(name, since any) bool {
		age := time.Since(since.(time.Time)).Round(time.Second)
		list = append(list, fmt.Sprintf("%s (%v)", name, age))
		return true
	})
	slices.Sort(list)
	return list
}

func parseCpuList() {
	cpuList = nil
	for val := range strings.SplitSeq(*cpuFlag, ",") {
		val = strings.TrimSpace(val)
		if val == "" {
			continue
		}
		n, err := strconv.Atoi(val)
		if err != nil || n <= 0 {
			fmt.Fprintf(os.Stderr, "testing: invalid value %q for -test.cpu\n", val)
			os.Exit(1)
		}
		cpuList = append(cpuList, n)
	}
	if cpuList == nil {
		cpuList = []int{runtime.GOMAXPROCS(-1)}
	}
}

// RunTests runs tests outside of a test program.
func RunTests(matchString func(pat, str string) (bool, error), tests []InternalTest) (ok bool) {
	var deadline time.Time
	if *timeoutFlag > 0 {
		deadline = time.Now().Add(*timeoutFlag)
	}
	ran, ok := runTests(matchString, tests, deadline)
	if !ran {
		fmt.Fprintln(os.Stderr, "testing: warning: no tests to run")
	}
	return ok
}

func runTests(match matchFunc, tests []InternalTest, deadline time.Time) (ran, ok bool) {
	ok = true
	repeat(func() bool {
		root := newRoot(match, deadline)
		tRunner(root, func(t *T) {
			for _, test := range tests {
				t.Run(test.Name, test.F)
			}
		})
		ok = ok && !root.Failed()
		ran = ran || root.ran
		return ran
	})
	return ran, ok
}

// repeat does something -test.count times for each of -test.cpu; once only if there was nothing to do.
func repeat(f func() (ran bool)) {
	for _, procs := range cpuList {
		runtime.GOMAXPROCS(procs)
		for range *countFlag {
			if stopEarly() || !f() {
				break
			}
		}
	}
}

// newRoot is the test that all others are subtests of.
func newRoot(match matchFunc, deadline time.Time) *T {
	state := newTestState(*parallelFlag, newMatcher(match, *runFlag, "-test.run", *skipFlag))
	state.deadline = deadline
	root := newTest(nil, "", state)
	root.w = os.Stdout
	root.ctx, root.cancel = context.WithCancel(context.Background())
	if Verbose() {
		root.chatty = &chattyPrinter{w: os.Stdout, json: chatty.json}
	}
	return root
}

package testing

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// InternalFuzzTarget is a fuzz test in the table of a test program.
type InternalFuzzTarget struct {
	Name string
	Fn   func(f *F)
}

// F is passed to fuzz tests. Their seeds run as subtests; inputs are not made up.
type F struct {
	common
	state  *testState
	corpus []seed
	fuzzed bool
}

// seed is an input: from Add, or from a file below testdata/fuzz.
type seed struct {
	name   string
	values []any
}

func (f *F) checkOutside(name string) {
	if f.inFuzzFn {
		panic(fmt.Sprintf("testing: f.%s was called inside the fuzz target, use t.%s instead", name, name))
	}
}

// Helper is TB's.
func (f *F) Helper() {
	f.checkOutside("Helper")
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.helpers == nil {
		f.helpers = map[string]bool{}
	}
	f.helpers[caller(1)] = true
}

// Fail is TB's.
func (f *F) Fail() {
	f.checkOutside("Fail")
	f.common.Fail()
}

// Skipped is TB's.
func (f *F) Skipped() bool {
	f.checkOutside("Skipped")
	return f.common.Skipped()
}

var fuzzTypes = []reflect.Type{
	reflect.TypeFor[[]byte](), reflect.TypeFor[string](), reflect.TypeFor[bool](),
	reflect.TypeFor[byte](), reflect.TypeFor[rune](), reflect.TypeFor[float32](), reflect.TypeFor[float64](),
	reflect.TypeFor[int](), reflect.TypeFor[int8](), reflect.TypeFor[int16](), reflect.TypeFor[int32](), reflect.TypeFor[int64](),
	reflect.TypeFor[uint](), reflect.TypeFor[uint8](), reflect.TypeFor[uint16](), reflect.TypeFor[uint32](), reflect.TypeFor[uint64](),
}

func fuzzable(t reflect.Type) bool {
	for _, known := range fuzzTypes {
		if t == known {
			return true
		}
	}
	return false
}

// Add adds a seed.
func (f *F) Add(args ...any) {
	for i, arg := range args {
		if t := reflect.TypeOf(arg); !fuzzable(t) {
			panic(fmt.Sprintf("testing: unsupported type to Add %v (argument %d)", t, i))
		}
	}
	f.corpus = append(f.corpus, seed{fmt.Sprintf("seed#%d", len(f.corpus)), args})
}

// Fuzz runs the fuzz target, a func(*T, …), for each seed.
func (f *F) Fuzz(ff any) {
	if f.fuzzed {
		panic("testing: F.Fuzz called more than once")
	}
	f.fuzzed = true
	if f.Failed() {
		return
	}
	fn := reflect.ValueOf(ff)
	ft := fn.Type()
	if fn.Kind() != reflect.Func {
		panic("testing: F.Fuzz must receive a function")
	}
	if ft.NumIn() < 2 || ft.In(0) != reflect.TypeFor[*T]() {
		panic("testing: fuzz target must receive at least two arguments, where the first argument is a *T")
	}
	if ft.NumOut() != 0 {
		panic("testing: fuzz target must not return a value")
	}
	var types []reflect.Type
	for i := 1; i < ft.NumIn(); i++ {
		if !fuzzable(ft.In(i)) {
			panic(fmt.Sprintf("testing: unsupported type for fuzzing %v", ft.In(i)))
		}
		types = append(types, ft.In(i))
	}
	f.readCorpus(types)
	for _, s := range f.corpus {
		if err := s.check(types); err != nil {
			f.Fatal(err)
		}
	}
	var pcs [maxStack]uintptr
	callers := pcs[:runtime.Callers(2, pcs[:])]
	f.mu.Lock()
	f.inFuzzFn = true
	f.mu.Unlock()
	f.hasSub.Store(true)
	for _, s := range f.corpus {
		name, ok, _ := f.state.match.fullName(&f.common, s.name)
		if !ok || stopEarly() {
			continue
		}
		f.runSeed(name, callers, func(t *T) {
			args := []reflect.Value{reflect.ValueOf(t)}
			for _, v := range s.values {
				args = append(args, reflect.ValueOf(v))
			}
			fn.Call(args)
		})
	}
	f.mu.Lock()
	f.inFuzzFn = false
	f.mu.Unlock()
}

func (f *F) runSeed(name string, callers []uintptr, fn func(t *T)) {
	t := newTest(&f.common, name, f.state)
	t.creator = callers
	t.barrier = nil
	t.w = indenter{&t.common}
	if t.chatty != nil {
		t.chatty.updatef(name, "=== RUN   %s\n", name)
	}
	running.Store(name, time.Now())
	go tRunner(t, fn)
	<-t.signal
}

func (s seed) check(types []reflect.Type) error {
	if len(s.values) != len(types) {
		return fmt.Errorf("wrong number of values in corpus entry: %d, want %d", len(s.values), len(types))
	}
	for i, v := range s.values {
		if reflect.TypeOf(v) != types[i] {
			return fmt.Errorf("mismatched types in corpus entry: %v, want %v", typesOf(s.values), types)
		}
	}
	return nil
}

func typesOf(values []any) []reflect.Type {
	var types []reflect.Type
	for _, v := range values {
		types = append(types, reflect.TypeOf(v))
	}
	return types
}

// readCorpus adds the inputs in testdata/fuzz/NAME.
func (f *F) readCorpus(types []reflect.Type) {
	dir := filepath.Join("testdata", "fuzz", f.name)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return // there is none
	}
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		path := filepath.Join(dir, e.Name())
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatalf("failed to read corpus file: %v", err)
		}
		values, err := parseCorpus(string(text))
		if err == nil {
			err = seed{values: values}.check(types)
		}
		if err != nil {
			f.Fatalf("%q: %v", path, err)
		}
		f.corpus = append(f.corpus, seed{e.Name(), values})
	}
}

// parseCorpus reads `go test fuzz v1` and one Go expression a line: a conversion of a literal.
func parseCorpus(text string) ([]any, error) {
	version, rest, _ := strings.Cut(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	if version != "go test fuzz v1" {
		return nil, errors.New("must include version and at least one value")
	}
	var values []any
	for line := range strings.SplitSeq(rest, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		v, err := parseValue(line)
		if err != nil {
			return nil, fmt.Errorf("malformed line %q: %v", line, err)
		}
		values = append(values, v)
	}
	return values, nil
}

func parseValue(line string) (any, error) {
	typ, lit, ok := strings.Cut(line, "(")
	lit, closed := strings.CutSuffix(lit, ")")
	if !ok || !closed {
		return nil, errors.New("expected call expression with 1 argument")
	}
	lit = strings.TrimSpace(lit)
	switch typ {
	case "string":
		return strconv.Unquote(lit)
	case "[]byte":
		s, err := strconv.Unquote(lit)
		return []byte(s), err
	case "bool":
		return strconv.ParseBool(lit)
	case "math.Float64frombits":
		n, err := strconv.ParseUint(lit, 0, 64)
		return math.Float64frombits(n), err
	case "math.Float32frombits":
		n, err := strconv.ParseUint(lit, 0, 32)
		return math.Float32frombits(uint32(n)), err
	case "float64":
		return strconv.ParseFloat(strings.ReplaceAll(lit, " ", ""), 64)
	case "float32":
		v, err := strconv.ParseFloat(lit, 32)
		return float32(v), err
	}
	if strings.HasPrefix(lit, "'") {
		s, err := strconv.Unquote(lit)
		if err != nil {
			return nil, err
		}
		lit = strconv.Itoa(int([]rune(s)[0]))
	}
	for _, t := range fuzzTypes {
		if t.Name() != typ && !(typ == "byte" && t.Name() == "uint8") && !(typ == "rune" && t.Name() == "int32") {
			continue
		}
		v := reflect.New(t).Elem()
		if v.CanInt() {
			n, err := strconv.ParseInt(lit, 0, t.Bits())
			v.SetInt(n)
			return v.Interface(), err
		}
		n, err := strconv.ParseUint(lit, 0, t.Bits())
		v.SetUint(n)
		return v.Interface(), err
	}
	return nil, fmt.Errorf("unknown type %q", typ)
}

// runFuzzTests runs the seeds of all fuzz tests.
func runFuzzTests(match matchFunc, targets []InternalFuzzTarget, deadline time.Time) (ran, ok bool) {
	ok = true
	if len(targets) == 0 {
		return ran, ok
	}
	repeat(func() bool {
		root := newRoot(match, deadline)
		for _, target := range targets {
			name, matched, _ := root.state.match.fullName(nil, target.Name)
			if !matched || stopEarly() {
				continue
			}
			f := newFuzz(&root.common, name, root.state)
			if f.chatty != nil {
				f.chatty.updatef(name, "=== RUN   %s\n", name)
			}
			go fRunner(f, target.Fn)
			<-f.signal
			ok = ok && !f.Failed()
			ran = ran || f.ran
		}
		return ran
	})
	return ran, ok
}

func newFuzz(root *common, name string, state *testState) *F {
	t := newTest(root, name, state)
	f := &F{state: state}
	f.name, f.parent, f.level, f.chatty = name, root, t.level, t.chatty
	f.signal, f.ctx, f.cancel = t.signal, t.ctx, t.cancel
	f.w = indenter{&f.common}
	return f
}

// fRunner is a fuzz test's goroutine.
func fRunner(f *F, fn func(*F)) {
	f.runner = caller(0)
	defer func() {
		err := recover()
		f.mu.Lock()
		fuzzed, finished := f.fuzzed, f.finished
		f.inFuzzFn = false
		f.mu.Unlock()
		if !fuzzed && !f.common.Skipped() && !f.Failed() && err == nil {
			f.Error("returned without calling F.Fuzz, F.Fail, or F.Skip")
		}
		if err == nil && !finished {
			err = errGoexit
		}
		if f.Failed() {
			numFailed.Add(1)
		}
		f.duration += time.Since(f.start)
		if err != nil {
			f.Fail()
			f.runCleanup(true)
			f.flushToParent("--- FAIL: %s (%s)\n", f.name, seconds(f.duration))
			panic(err)
		}
		f.report()
		f.mu.Lock()
		f.done = true
		f.mu.Unlock()
		f.setRan()
		f.signal <- true
	}()
	defer func() { f.runCleanup(false) }()
	f.start = time.Now()
	fn(f)
	f.mu.Lock()
	f.finished = true
	f.mu.Unlock()
}

func (f *F) report() {
	verdict := ""
	switch {
	case f.Failed():
		verdict = "FAIL"
	case f.chatty == nil:
		return
	case f.common.Skipped():
		verdict = "SKIP"
	default:
		verdict = "PASS"
	}
	f.flushToParent("--- %s: %s (%s)\n", verdict, f.name, seconds(f.duration))
}

package testing

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"
)

// TB is what T, B and F have in common.
type TB interface {
	ArtifactDir() string
	Attr(key, value string)
	Chdir(dir string)
	Cleanup(func())
	Context() context.Context
	Error(args ...any)
	Errorf(format string, args ...any)
	Fail()
	FailNow()
	Failed() bool
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Helper()
	Log(args ...any)
	Logf(format string, args ...any)
	Name() string
	Output() io.Writer
	Setenv(key, value string)
	Skip(args ...any)
	SkipNow()
	Skipf(format string, args ...any)
	Skipped() bool
	TempDir() string

	// Only this package implements the interface.
	private()
}

const indent = "    "

// common is a running test, benchmark or fuzz target: its place in the tree, its state, and what it logged.
//
// Lock order: a parent's mu before its child's.
type common struct {
	name    string
	parent  *common
	level   int       // 0 for the root
	creator []uintptr // the callers of Run, where the stack of a subtest goes on
	runner  string    // the function at the bottom of the test's stack
	bench   bool
	w       io.Writer // where the reports of its children go
	chatty  *chattyPrinter
	start   time.Time

	signal  chan bool // true when it is done or paused by Parallel; false: the parent must not go on
	barrier chan bool // closed when the parallel children may run
	sub     []*T      // those that wait for it
	ctx     context.Context
	cancel  context.CancelFunc

	isParallel     bool
	inFuzzFn       bool
	hasSub         atomic.Bool
	cleanupStarted atomic.Bool

	mu          sync.RWMutex
	duration    time.Duration
	output      []byte
	partial     []byte // what Output got behind the last newline
	ran         bool
	failed      bool
	skipped     bool
	finished    bool // the function returned, or left through FailNow or SkipNow
	done        bool // reported; nothing may be logged any more
	helpers     map[string]bool
	cleanups    []func()
	cleanupName string // the cleanup function that runs, and the callers of the Cleanup that registered it
	cleanupPcs  []uintptr
	tempDir     string
	tempDirs    int
}

func (c *common) private() {}

// Name returns the name of the test, with those of its parents.
func (c *common) Name() string { return c.name }

func (c *common) checkFuzzFn(name string) {
	if c.inFuzzFn {
		panic(fmt.Sprintf("testing: f.%s was called inside the fuzz target, use t.%s instead", name, name))
	}
}

func (c *common) setRan() {
	for ; c != nil; c = c.parent {
		c.mu.Lock()
		c.ran = true
		c.mu.Unlock()
	}
}

// Fail marks the test and its parents as failed and goes on.
func (c *common) Fail() {
	if c.parent != nil {
		c.parent.Fail()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done {
		panic("Fail in goroutine after " + c.name + " has completed")
	}
	c.failed = true
}

// Failed reports whether the test has failed.
func (c *common) Failed() bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.failed
}

// FailNow marks the test as failed and ends its goroutine.
func (c *common) FailNow() {
	c.checkFuzzFn("FailNow")
	c.Fail()
	c.mu.Lock()
	c.finished = true
	c.mu.Unlock()
	runtime.Goexit()
}

// SkipNow marks the test as skipped and ends its goroutine.
func (c *common) SkipNow() {
	c.checkFuzzFn("SkipNow")
	c.mu.Lock()
	c.skipped = true
	c.finished = true
	c.mu.Unlock()
	runtime.Goexit()
}

// Skipped reports whether the test was skipped.
func (c *common) Skipped() bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.skipped
}

// Log records its arguments as Println formats them, with file and line of the caller.
func (c *common) Log(args ...any) {
	c.checkFuzzFn("Log")
	c.log(fmt.Sprintln(args...), false)
}

// Logf is Log with a format.
func (c *common) Logf(format string, args ...any) {
	c.checkFuzzFn("Logf")
	c.log(fmt.Sprintf(format, args...), false)
}

// Error is Log and Fail.
func (c *common) Error(args ...any) {
	c.checkFuzzFn("Error")
	c.log(fmt.Sprintln(args...), true)
	c.Fail()
}

// Errorf is Logf and Fail.
func (c *common) Errorf(format string, args ...any) {
	c.checkFuzzFn("Errorf")
	c.log(fmt.Sprintf(format, args...), true)
	c.Fail()
}

// Fatal is Log and FailNow.
func (c *common) Fatal(args ...any) {
	c.checkFuzzFn("Fatal")
	c.log(fmt.Sprintln(args...), true)
	c.FailNow()
}

// Fatalf is Logf and FailNow.
func (c *common) Fatalf(format string, args ...any) {
	c.checkFuzzFn("Fatalf")
	c.log(fmt.Sprintf(format, args...), true)
	c.FailNow()
}

// Skip is Log and SkipNow.
func (c *common) Skip(args ...any) {
	c.checkFuzzFn("Skip")
	c.log(fmt.Sprintln(args...), false)
	c.SkipNow()
}

// Skipf is Logf and SkipNow.
func (c *common) Skipf(format string, args ...any) {
	c.checkFuzzFn("Skipf")
	c.log(fmt.Sprintf(format, args...), false)
	c.SkipNow()
}

// log is called by the exported methods directly: the caller's caller is the user's code.
func (c *common) log(text string, isError bool) {
	text = strings.TrimSuffix(text, "\n")
	text = strings.ReplaceAll(text, "\n", "\n"+indent) + "\n"
	open := c.open()
	if open == nil {
		panic("Log in goroutine after " + c.name + " has completed: " + text)
	}
	text = open.callSite(3) + text
	open.flushPartial()
	open.write([]byte(text), isError)
}

// open is the innermost test around here that is not done: what comes late is logged with a parent.
func (c *common) open() *common {
	for ; c != nil; c = c.parent {
		c.mu.RLock()
		done := c.done
		c.mu.RUnlock()
		if !done {
			return c
		}
	}
	return nil
}

// outputWriter is what Output returns.
type outputWriter struct{ c *common }

func (o outputWriter) Write(p []byte) (int, error) {
	c := o.c.open()
	if c == nil {
		panic("Write called after " + o.c.name + " has completed")
	}
	return c.write(p, false)
}

// Output returns a writer to the test's log: what Log would write, without file and line.
func (c *common) Output() io.Writer {
	c.checkFuzzFn("Output")
	if c.open() == nil {
		panic("Output called after " + c.name + " has completed")
	}
	return outputWriter{c}
}

// write adds lines to the log; an unfinished last one waits.
func (c *common) write(p []byte, isError bool) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	lines := bytes.SplitAfter(p, []byte("\n"))
	last := len(lines) - 1
	for i, line := range lines[:last] {
		if i == 0 && len(c.partial) > 0 {
			line = append(c.partial, line...)
			c.partial = nil
		}
		c.writeLine(line, isError && i == 0, isError && i == last-1)
	}
	c.partial = append(c.partial, lines[last]...)
	return len(p), nil
}

// writeLine logs one line: at once when chatty, else when the test is reported.
func (c *common) writeLine(line []byte, errorBegins, errorEnds bool) {
	if c.done || c.chatty == nil {
		c.output = append(c.output, indent...)
		c.output = append(c.output, line...)
		return
	}
	begin, end := "", ""
	if c.chatty.json {
		line = escapeMarks(line)
		if errorBegins {
			begin = markBegin
		}
		if errorEnds {
			end = markEnd
		}
	}
	text := begin + indent + strings.TrimSuffix(string(line), "\n") + end + "\n"
	if c.bench {
		fmt.Print(text)
	} else {
		c.chatty.printf(c.name, "%s", text)
	}
}

func escapeMarks(line []byte) []byte {
	const marks = markFrame + markBegin + markEnd + markEscape
	if !bytes.ContainsAny(line, marks) {
		return line
	}
	var out []byte
	for _, b := range line {
		if strings.IndexByte(marks, b) >= 0 {
			out = append(out, markEscape...)
		}
		out = append(out, b)
	}
	return out
}

// flushPartial ends an unfinished line of Output.
func (c *common) flushPartial() {
	c.mu.RLock()
	n := len(c.partial)
	c.mu.RUnlock()
	if n > 0 {
		c.write([]byte("\n"), false)
	}
}

// flushToParent reports on the test: a line of the framework and what the test logged.
func (c *common) flushToParent(format string, args ...any) {
	p := c.parent
	p.mu.Lock()
	defer p.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	text := fmt.Sprintf(format, args...) + string(c.output)
	c.output = nil
	if c.chatty != nil && (p.w == c.chatty.w || c.chatty.json) {
		c.chatty.updatef(c.name, "%s", text)
	} else {
		io.WriteString(p.w, c.chatty.prefix()+text)
	}
}

// indenter is where the reports of subtests go: into the parent's log.
type indenter struct{ c *common }

func (w indenter) Write(b []byte) (int, error) {
	for _, line := range bytes.SplitAfter(b, []byte("\n")) {
		if len(line) == 0 {
			continue
		}
		if string(line[:1]) == markFrame {
			w.c.output = append(w.c.output, markFrame...)
			line = line[1:]
		}
		w.c.output = append(w.c.output, indent...)
		w.c.output = append(w.c.output, line...)
	}
	return len(b), nil
}

// ---- where a message comes from

const maxStack = 50

func functionName(pc uintptr) string {
	frame, _ := runtime.CallersFrames([]uintptr{pc}).Next()
	return frame.Function
}

// caller returns the name of the function `skip` calls above the one that asks.
func caller(skip int) string {
	var pc [1]uintptr
	if runtime.Callers(skip+2, pc[:]) == 0 {
		panic("testing: zero callers found")
	}
	return functionName(pc[0])
}

// Helper marks the calling function as one that lines of the log are not attributed to.
func (c *common) Helper() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.helpers == nil {
		c.helpers = map[string]bool{}
	}
	c.helpers[caller(1)] = true
}

// callSite returns `file:line: ` of the first caller that is no helper; the stacks of subtests and cleanups go on where
// they were created. It is called with nothing locked.
func (c *common) callSite(skip int) string {
	var pcs [maxStack]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(skip+1, pcs[:])])
	var first, before, at runtime.Frame
walk:
	for more := true; more; before = at {
		at, more = frames.Next()
		if at.Function == "runtime.gopanic" {
			continue
		}
		c.mu.RLock()
		helper := c.helpers[withoutRange(at.Function)]
		cleanup := c.cleanupName != "" && at.Function == c.cleanupName
		cleanupPcs := c.cleanupPcs
		c.mu.RUnlock()
		switch {
		case cleanup:
			frames, more = runtime.CallersFrames(cleanupPcs), true
			continue
		case at.Function == c.runner && c.level > 1:
			frames, more = runtime.CallersFrames(c.creator), true
			c = c.parent
			continue
		case at.Function == c.runner:
			first = before
			break walk
		}
		if first.PC == 0 {
			first = at
		}
		if !helper {
			first = at
			break
		}
	}
	file, line := first.File, max(first.Line, 1)
	if file == "" {
		file = "???"
	} else if !*fullPath {
		file = file[strings.LastIndexByte(file, '/')+1:]
	}
	return fmt.Sprintf("%s:%d: ", file, line)
}

// withoutRange removes what marks the body of a range over a function.
func withoutRange(name string) string {
	i := strings.LastIndex(name, "-range")
	if i > 0 && strings.Trim(name[i+len("-range"):], "0123456789") == "" {
		return name[:i]
	}
	return name
}

// ---- what a test leaves behind

// Cleanup registers a function to be called when the test and its subtests are done, last registered first.
func (c *common) Cleanup(f func()) {
	c.checkFuzzFn("Cleanup")
	var pcs [maxStack]uintptr
	callers := pcs[:runtime.Callers(2, pcs[:])]
	run := func() {
		defer func() {
			c.mu.Lock()
			c.cleanupName, c.cleanupPcs = "", nil
			c.mu.Unlock()
		}()
		name := caller(0)
		c.mu.Lock()
		c.cleanupName, c.cleanupPcs = name, callers
		c.mu.Unlock()
		f()
	}
	c.mu.Lock()
	c.cleanups = append(c.cleanups, run)
	c.mu.Unlock()
}

// runCleanup calls the registered functions, those that they register too; when one panics or exits, the others still
// run. With catch, a panic's value is returned.
func (c *common) runCleanup(catch bool) (panicked any) {
	c.cleanupStarted.Store(true)
	defer c.cleanupStarted.Store(false)
	if catch {
		defer func() { panicked = recover() }()
	}
	defer func() {
		c.mu.RLock()
		more := len(c.cleanups) > 0
		c.mu.RUnlock()
		if more {
			c.runCleanup(false)
		}
	}()
	if c.cancel != nil {
		c.cancel()
	}
	for {
		c.mu.Lock()
		last := len(c.cleanups) - 1
		if last < 0 {
			c.mu.Unlock()
			return nil
		}
		f := c.cleanups[last]
		c.cleanups = c.cleanups[:last]
		c.mu.Unlock()
		f()
	}
}

// Context returns a context that is cancelled before the cleanup functions run.
func (c *common) Context() context.Context {
	c.checkFuzzFn("Context")
	return c.ctx
}

// TempDir returns a new folder that is removed after the test.
func (c *common) TempDir() string {
	c.checkFuzzFn("TempDir")
	dir, err := c.newTempDir()
	if err != nil {
		c.Fatalf("TempDir: %v", err)
	}
	return dir
}

func (c *common) newTempDir() (string, error) {
	c.mu.RLock()
	base := c.tempDir
	c.mu.RUnlock()
	if base != "" {
		if _, err := os.Stat(base); errors.Is(err, os.ErrNotExist) {
			base = "" // the test removed it
		} else if err != nil {
			return "", err
		}
	}
	if base == "" {
		allowed := func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsNumber(r) || strings.ContainsRune("!#$%&()+,-.=@^_{}~ ", r) {
				return r
			}
			return -1
		}
		var err error
		pattern := strings.Map(allowed, c.name[:min(len(c.name), 64)])
		if base, err = os.MkdirTemp(os.Getenv("GOTMPDIR"), pattern); err != nil {
			return "", err
		}
		c.mu.Lock()
		c.tempDir = base
		c.mu.Unlock()
		c.Cleanup(func() {
			if err := os.RemoveAll(base); err != nil {
				c.Errorf("TempDir RemoveAll cleanup: %v", err)
			}
		})
	}
	c.mu.Lock()
	c.tempDirs++
	dir := fmt.Sprintf("%s%c%03d", base, os.PathSeparator, c.tempDirs)
	c.mu.Unlock()
	return dir, os.Mkdir(dir, 0o777)
}

// ArtifactDir returns a folder for files that the test leaves; without -artifacts it is a temporary one.
func (c *common) ArtifactDir() string {
	c.checkFuzzFn("ArtifactDir")
	if !*artifacts {
		dir, err := c.newTempDir()
		if err != nil {
			c.Fatalf("ArtifactDir: %v", err)
		}
		return dir
	}
	base := "_artifacts/" + strings.ReplaceAll(c.name, "/", "__")
	if *outputDir != "" {
		base = *outputDir + "/" + base
	}
	if err := os.MkdirAll(base, 0o777); err != nil {
		c.Fatalf("ArtifactDir: %v", err)
	}
	dir, err := os.MkdirTemp(base, "")
	if err != nil {
		c.Fatalf("ArtifactDir: %v", err)
	}
	if c.chatty != nil {
		c.chatty.updatef(c.name, "=== ARTIFACTS %s %v\n", c.name, dir)
	}
	return dir
}

// Setenv sets an environment variable for the time of the test.
func (c *common) Setenv(key, value string) {
	c.checkFuzzFn("Setenv")
	before, had := os.LookupEnv(key)
	if err := os.Setenv(key, value); err != nil {
		c.Fatalf("cannot set environment variable: %v", err)
	}
	c.Cleanup(func() {
		if had {
			os.Setenv(key, before)
		} else {
			os.Unsetenv(key)
		}
	})
}

// Chdir changes the working directory for the time of the test.
func (c *common) Chdir(dir string) {
	c.checkFuzzFn("Chdir")
	before, err := os.Getwd()
	if err != nil {
		c.Fatal(err)
	}
	if err := os.Chdir(dir); err != nil {
		c.Fatal(err)
	}
	if !strings.HasPrefix(dir, "/") {
		if dir, err = os.Getwd(); err != nil {
			c.Fatal(err)
		}
	}
	c.Setenv("PWD", dir)
	c.Cleanup(func() {
		if err := os.Chdir(before); err != nil {
			panic("testing.Chdir: " + err.Error())
		}
	})
}

// Attr writes an attribute of the test into its output.
func (c *common) Attr(key, value string) {
	if strings.ContainsFunc(key, unicode.IsSpace) {
		c.Errorf("disallowed whitespace in attribute key %q", key)
		return
	}
	if strings.ContainsAny(value, "\r\n") {
		c.Errorf("disallowed newline in attribute value %q", value)
		return
	}
	if c.chatty != nil {
		c.chatty.updatef(c.name, "=== ATTR  %s %v %v\n", c.name, key, value)
	}
}

// ---- verbose output

// chattyPrinter writes what happens as it happens, and says whose lines follow whenever that changes.
type chattyPrinter struct {
	w    io.Writer
	json bool
	mu   sync.Mutex
	last string // the test whose lines came last
}

func (p *chattyPrinter) prefix() string {
	if p != nil && p.json {
		return markFrame
	}
	return ""
}

// updatef writes a line of the framework, which names its test itself.
func (p *chattyPrinter) updatef(name, format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = name
	fmt.Fprintf(p.w, p.prefix()+format, args...)
}

// printf writes a line of a test's log.
func (p *chattyPrinter) printf(name, format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.last != "" && p.last != name {
		fmt.Fprintf(p.w, "%s=== NAME  %s\n", p.prefix(), name)
	}
	p.last = name
	fmt.Fprintf(p.w, format, args...)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2fs", d.Seconds()) }

// Package exec runs other programs.
package exec

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Errors of the package.
var (
	// ErrNotFound: there is no such program.
	ErrNotFound = errors.New("executable file not found in $PATH")
	// ErrDot: the program was found in the current directory, which a PATH should not be able to do.
	ErrDot = errors.New("cannot run executable found relative to current directory")
	// ErrWaitDelay: the program ended, but its pipes did not within WaitDelay.
	ErrWaitDelay = errors.New("exec: WaitDelay expired before I/O complete")

	errStarted    = errors.New("exec: already started")
	errNotStarted = errors.New("exec: not started")
	errWaited     = errors.New("exec: Wait was already called")
	errNoCommand  = errors.New("exec: no command")
)

// Error is the error of a program that could not be found.
type Error struct {
	Name string
	Err  error
}

func (e *Error) Error() string { return "exec: " + strconv.Quote(e.Name) + ": " + e.Err.Error() }
func (e *Error) Unwrap() error { return e.Err }

// ExitError is the error of a program that did not succeed.
type ExitError struct {
	*os.ProcessState
	// Stderr is part of what the program wrote to standard error, if Output was called and it went nowhere else.
	Stderr []byte
}

func (e *ExitError) Error() string { return e.ProcessState.String() }

// Cmd is a program that is to be run, runs or has run.
type Cmd struct {
	Path string   // of the program
	Args []string // its name and its arguments
	Env  []string // nil: ours
	Dir  string   // empty: ours

	// Stdin, Stdout and Stderr are what the program reads and writes; nil: nothing.
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// ExtraFiles are its descriptors from 3 on.
	ExtraFiles  []*os.File
	SysProcAttr *syscall.SysProcAttr

	Process      *os.Process
	ProcessState *os.ProcessState
	// Err is what is wrong with Path.
	Err error
	// Cancel is called when the context ends; it kills the program unless it is set otherwise.
	Cancel func() error
	// WaitDelay is how long to wait for the pipes after the context's or the program's end.
	WaitDelay time.Duration

	ctx       context.Context
	child     []*os.File // the program's ends, closed here once it runs
	parent    []io.Closer
	copies    []func() error
	results   chan error
	waited    bool
	ctxResult chan error // what watching the context came to
	stopWatch chan struct{}
	errPrefix *prefixSuffix
}

// Command returns a Cmd that runs a program, looked for in PATH unless there is a slash in its name.
func Command(name string, arg ...string) *Cmd {
	c := &Cmd{Path: name, Args: append([]string{name}, arg...)}
	if !strings.Contains(name, "/") {
		path, err := LookPath(name)
		if path != "" {
			c.Path = path
		}
		c.Err = err
	}
	return c
}

// CommandContext returns a Cmd that is killed when the context ends.
func CommandContext(ctx context.Context, name string, arg ...string) *Cmd {
	if ctx == nil {
		panic("nil Context")
	}
	c := Command(name, arg...)
	c.ctx = ctx
	c.Cancel = func() error { return c.Process.Kill() }
	return c
}

// LookPath looks for a program in the directories of PATH.
func LookPath(file string) (string, error) {
	if strings.Contains(file, "/") {
		err := executable(file)
		if err == nil {
			return file, nil
		}
		return "", &Error{file, err}
	}
	switch file {
	case "", ".", "..":
		return "", &Error{file, ErrNotFound}
	}
	list := os.Getenv("PATH")
	if list == "" {
		// No folders at all, where an empty one in a list is the current one.
		return "", &Error{file, ErrNotFound}
	}
	for _, dir := range strings.Split(list, ":") {
		if dir == "" {
			dir = "."
		}
		path := dir + "/" + file
		if dir == "." {
			path = file
		}
		if executable(path) == nil {
			if path[0] != '/' {
				return path, &Error{file, ErrDot}
			}
			return path, nil
		}
	}
	return "", &Error{file, ErrNotFound}
}

func executable(file string) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	if info.IsDir() {
		return syscall.EISDIR
	}
	if info.Mode()&0111 == 0 {
		return fs.ErrPermission
	}
	return nil
}

// String returns the program and its arguments.
func (c *Cmd) String() string {
	if c.Err != nil {
		return strings.Join(c.Args, " ")
	}
	s := c.Path
	for _, a := range c.Args[min(1, len(c.Args)):] {
		s += " " + a
	}
	return s
}

// Environ returns the environment that the program will have.
func (c *Cmd) Environ() []string { return c.environ() }

func (c *Cmd) environ() []string {
	env := c.Env
	if env == nil {
		env = os.Environ()
		if c.Dir != "" {
			env = append(env, "PWD="+c.Dir)
		}
	}
	// The last value of a variable counts.
	last := map[string]int{}
	for i, kv := range env {
		k, _, _ := strings.Cut(kv, "=")
		last[k] = i
	}
	out := make([]string, 0, len(env))
	for i, kv := range env {
		k, _, ok := strings.Cut(kv, "=")
		if last[k] == i && (ok || kv != "") {
			out = append(out, kv)
		}
	}
	return out
}

func (c *Cmd) stdin() (*os.File, error) {
	if c.Stdin == nil {
		f, err := os.Open(os.DevNull)
		if err == nil {
			c.child = append(c.child, f)
		}
		return f, err
	}
	if f, ok := c.Stdin.(*os.File); ok {
		return f, nil
	}
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	c.child = append(c.child, r)
	c.parent = append(c.parent, w)
	from := c.Stdin
	c.copies = append(c.copies, func() error {
		_, err := io.Copy(w, from)
		// A program that does not read to the end has its reasons.
		if errors.Is(err, syscall.EPIPE) {
			err = nil
		}
		if err1 := w.Close(); err == nil {
			err = err1
		}
		return err
	})
	return r, nil
}

func (c *Cmd) output(to io.Writer) (*os.File, error) {
	if to == nil {
		f, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
		if err == nil {
			c.child = append(c.child, f)
		}
		return f, err
	}
	if f, ok := to.(*os.File); ok {
		return f, nil
	}
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	c.child = append(c.child, w)
	c.parent = append(c.parent, r)
	c.copies = append(c.copies, func() error {
		_, err := io.Copy(to, r)
		r.Close()
		return err
	})
	return w, nil
}

// same reports whether two writers are one, if they can be compared.
func same(a, b io.Writer) bool {
	defer func() { recover() }()
	return a == b
}

func closeAll[C io.Closer](list []C) {
	for _, f := range list {
		f.Close()
	}
}

// Start starts the program and does not wait for it.
func (c *Cmd) Start() error {
	if c.Path == "" && c.Err == nil {
		c.Err = errNoCommand
	}
	if c.Err != nil {
		closeAll(c.child)
		closeAll(c.parent)
		return c.Err
	}
	if c.Process != nil {
		return errStarted
	}
	if c.Cancel != nil && c.ctx == nil {
		return errors.New("exec: command with a non-nil Cancel was not created with CommandContext")
	}
	if c.ctx != nil && c.ctx.Err() != nil {
		closeAll(c.child)
		closeAll(c.parent)
		return c.ctx.Err()
	}
	files := make([]*os.File, 3, 3+len(c.ExtraFiles))
	var err error
	if files[0], err = c.stdin(); err == nil {
		if files[1], err = c.output(c.Stdout); err == nil {
			if c.Stderr != nil && same(c.Stderr, c.Stdout) {
				files[2] = files[1]
			} else {
				files[2], err = c.output(c.Stderr)
			}
		}
	}
	if err == nil {
		files = append(files, c.ExtraFiles...)
		args := c.Args
		if len(args) == 0 {
			args = []string{c.Path}
		}
		c.Process, err = os.StartProcess(c.Path, args, &os.ProcAttr{
			Dir: c.Dir, Files: files, Env: c.environ(), Sys: c.SysProcAttr,
		})
	}
	closeAll(c.child)
	c.child = nil
	if err != nil {
		closeAll(c.parent)
		c.parent = nil
		return err
	}
	if len(c.copies) > 0 {
		c.results = make(chan error, len(c.copies))
		for _, f := range c.copies {
			go func() { c.results <- f() }()
		}
	}
	if c.ctx != nil && c.ctx.Done() != nil && (c.Cancel != nil || c.WaitDelay != 0) {
		c.ctxResult = make(chan error, 1)
		c.stopWatch = make(chan struct{})
		go c.watch()
	}
	return nil
}

// watch ends the program when the context does.
func (c *Cmd) watch() {
	select {
	case <-c.stopWatch:
		c.ctxResult <- nil
		return
	case <-c.ctx.Done():
	}
	var err error
	if c.Cancel != nil {
		switch e := c.Cancel(); {
		case e == nil:
			err = c.ctx.Err()
		case errors.Is(e, os.ErrProcessDone):
			// It was faster.
		default:
			err = e
		}
	}
	if c.WaitDelay > 0 {
		timer := time.NewTimer(c.WaitDelay)
		select {
		case <-c.stopWatch:
			timer.Stop()
			c.ctxResult <- err
			return
		case <-timer.C:
			if e := c.Process.Kill(); e == nil {
				err = c.ctx.Err()
			}
		}
	}
	c.ctxResult <- err
}

// Wait waits until the program ends and what it wrote has been read.
func (c *Cmd) Wait() error {
	if c.Process == nil {
		return errNotStarted
	}
	if c.waited {
		return errWaited
	}
	c.waited = true
	state, err := c.Process.Wait()
	if err == nil && !state.Success() {
		err = &ExitError{ProcessState: state}
	}
	c.ProcessState = state
	if c.stopWatch != nil {
		close(c.stopWatch)
		if e := <-c.ctxResult; e != nil && err == nil {
			err = e
		}
	}
	if e := c.awaitCopies(); err == nil {
		err = e
	}
	closeAll(c.parent)
	c.parent = nil
	return err
}

func (c *Cmd) awaitCopies() error {
	var first error
	var timeout <-chan time.Time
	if c.WaitDelay > 0 {
		timer := time.NewTimer(c.WaitDelay)
		defer timer.Stop()
		timeout = timer.C
	}
	for range c.copies {
		select {
		case err := <-c.results:
			if err != nil && first == nil {
				first = err
			}
		case <-timeout:
			closeAll(c.parent)
			if first == nil {
				first = ErrWaitDelay
			}
			return first
		}
	}
	c.copies = nil
	return first
}

// Run starts the program and waits for it.
func (c *Cmd) Run() error {
	if err := c.Start(); err != nil {
		return err
	}
	return c.Wait()
}

// Output runs the program and returns what it writes to standard output.
func (c *Cmd) Output() ([]byte, error) {
	if c.Stdout != nil {
		return nil, errors.New("exec: Stdout already set")
	}
	var stdout bytes.Buffer
	c.Stdout = &stdout
	capture := c.Stderr == nil
	if capture {
		c.errPrefix = &prefixSuffix{n: 32 << 10}
		c.Stderr = c.errPrefix
	}
	err := c.Run()
	if e, ok := err.(*ExitError); ok && capture {
		e.Stderr = c.errPrefix.bytes()
	}
	return stdout.Bytes(), err
}

// CombinedOutput runs the program and returns what it writes to standard output and error.
func (c *Cmd) CombinedOutput() ([]byte, error) {
	if c.Stdout != nil {
		return nil, errors.New("exec: Stdout already set")
	}
	if c.Stderr != nil {
		return nil, errors.New("exec: Stderr already set")
	}
	var b bytes.Buffer
	c.Stdout, c.Stderr = &b, &b
	err := c.Run()
	return b.Bytes(), err
}

// onceFile can be closed twice.
type onceFile struct {
	*os.File
	once sync.Once
	err  error
}

func (f *onceFile) Close() error {
	f.once.Do(func() { f.err = f.File.Close() })
	return f.err
}

// StdinPipe returns a pipe to the program's standard input. Wait closes it, too.
func (c *Cmd) StdinPipe() (io.WriteCloser, error) {
	if c.Stdin != nil {
		return nil, errors.New("exec: Stdin already set")
	}
	if c.Process != nil {
		return nil, errors.New("exec: StdinPipe after process started")
	}
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	c.Stdin = r
	c.child = append(c.child, r)
	f := &onceFile{File: w}
	c.parent = append(c.parent, f)
	return f, nil
}

// StdoutPipe returns a pipe from the program's standard output. Wait closes it: read to the end before.
func (c *Cmd) StdoutPipe() (io.ReadCloser, error) {
	return c.outPipe(&c.Stdout, "Stdout")
}

// StderrPipe returns a pipe from the program's standard error. Wait closes it: read to the end before.
func (c *Cmd) StderrPipe() (io.ReadCloser, error) {
	return c.outPipe(&c.Stderr, "Stderr")
}

func (c *Cmd) outPipe(to *io.Writer, name string) (io.ReadCloser, error) {
	if *to != nil {
		return nil, errors.New("exec: " + name + " already set")
	}
	if c.Process != nil {
		return nil, errors.New("exec: " + name + "Pipe after process started")
	}
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	*to = w
	c.child = append(c.child, w)
	c.parent = append(c.parent, r)
	return r, nil
}

// prefixSuffix keeps the first and the last n bytes of what is written.
type prefixSuffix struct {
	n       int
	prefix  []byte
	suffix  []byte
	skipped int
}

func (w *prefixSuffix) Write(p []byte) (int, error) {
	n := len(p)
	if room := w.n - len(w.prefix); room > 0 {
		k := min(room, len(p))
		w.prefix = append(w.prefix, p[:k]...)
		p = p[k:]
	}
	w.suffix = append(w.suffix, p...)
	if over := len(w.suffix) - w.n; over > 0 {
		w.skipped += over
		w.suffix = append(w.suffix[:0], w.suffix[over:]...)
	}
	return n, nil
}

func (w *prefixSuffix) bytes() []byte {
	if w.skipped == 0 {
		return append(w.prefix, w.suffix...)
	}
	b := append(w.prefix, "\n... omitting "...)
	b = strconv.AppendInt(b, int64(w.skipped), 10)
	b = append(b, " bytes ...\n"...)
	return append(b, w.suffix...)
}

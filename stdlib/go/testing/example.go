package testing

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

// InternalExample is an example in the table of a test program.
type InternalExample struct {
	Name      string
	F         func()
	Output    string
	Unordered bool
}

// RunExamples runs examples outside of a test program.
func RunExamples(matchString func(pat, str string) (bool, error), examples []InternalExample) (ok bool) {
	_, ok = runExamples(matchString, examples)
	return ok
}

func runExamples(match matchFunc, examples []InternalExample) (ran, ok bool) {
	ok = true
	m := newMatcher(match, *runFlag, "-test.run", *skipFlag)
	for _, e := range examples {
		if _, matched, _ := m.fullName(nil, e.Name); matched {
			ran = true
			ok = e.run() && ok
		}
	}
	return ran, ok
}

// run runs an example with a pipe in place of standard output.
func (e *InternalExample) run() (ok bool) {
	if chatty.on {
		fmt.Printf("%s=== RUN   %s\n", chatty.prefix(), e.Name)
	}
	stdout := os.Stdout
	r, w, err := os.Pipe()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Stdout = w
	output := make(chan string)
	go func() {
		var b strings.Builder
		if _, err := io.Copy(&b, r); err != nil {
			fmt.Fprintf(os.Stderr, "testing: copying pipe: %v\n", err)
			os.Exit(1)
		}
		r.Close()
		output <- b.String()
	}()
	finished := false
	start := time.Now()
	defer func() {
		took := time.Since(start)
		w.Close()
		os.Stdout = stdout
		ok = e.judge(<-output, took, finished, recover())
	}()
	e.F()
	finished = true
	return
}

func (e *InternalExample) judge(stdout string, took time.Duration, finished bool, panicked any) bool {
	got, want := strings.TrimSpace(stdout), strings.TrimSpace(e.Output)
	fault := ""
	switch {
	case panicked != nil:
	case e.Unordered:
		if sortedLines(got) != sortedLines(want) {
			fault = fmt.Sprintf("got:\n%s\nwant (unordered):\n%s\n", stdout, e.Output)
		}
	case got != want:
		fault = fmt.Sprintf("got:\n%s\nwant:\n%s\n", got, want)
	}
	failed := fault != "" || !finished || panicked != nil
	if failed {
		fmt.Printf("%s--- FAIL: %s (%s)\n%s", chatty.prefix(), e.Name, seconds(took), fault)
	} else if chatty.on {
		fmt.Printf("%s--- PASS: %s (%s)\n", chatty.prefix(), e.Name, seconds(took))
	}
	if chatty.json {
		fmt.Printf("%s=== NAME   \n", chatty.prefix())
	}
	if panicked != nil {
		panic(panicked)
	}
	if !finished {
		panic(errGoexit)
	}
	return !failed
}

func sortedLines(s string) string {
	lines := strings.Split(s, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// Package testenv tells tests of a Go distribution what they can rely on: no go command, no optimising compiler.
package testenv

import (
	"os/exec"
	"testing"
)

// Builder returns the name of the machine that builds the distribution: there is none.
func Builder() string { return "" }

// OptimizationOff reports whether allocations that a compiler could avoid take place.
func OptimizationOff() bool { return true }

// SkipIfOptimizationOff skips tests that count allocations.
func SkipIfOptimizationOff(t testing.TB) { t.Skip("skipping test with optimization disabled") }

// HasGoBuild reports whether programs can be built with the go command.
func HasGoBuild() bool { return false }

// MustHaveGoBuild skips tests that build programs.
func MustHaveGoBuild(t testing.TB) {
	t.Helper()
	t.Skip("skipping test: 'go build' not available")
}

// MustHaveGoRun skips tests that run programs from source.
func MustHaveGoRun(t testing.TB) {
	t.Helper()
	t.Skip("skipping test: 'go run' not available")
}

// MustHaveExec does nothing: processes can be started.
func MustHaveExec(t testing.TB) {}

// MustHaveExecPath skips tests that need a command which is not there.
func MustHaveExecPath(t testing.TB, path string) {
	t.Helper()
	if _, err := exec.LookPath(path); err != nil {
		t.Skipf("skipping test: %s: %s", path, err)
	}
}

// MustHaveSymlink does nothing: there are symbolic links.
func MustHaveSymlink(t testing.TB) {}

// HasSymlink reports whether there are symbolic links.
func HasSymlink() bool { return true }

// SkipFlaky skips a test that fails now and then.
func SkipFlaky(t testing.TB, issue int) {
	t.Helper()
	t.Skipf("skipping known flaky test without the -flaky flag; see golang.org/issue/%d", issue)
}

// CPUIsSlow reports whether tests should do less: this is an interpreter.
func CPUIsSlow() bool { return true }

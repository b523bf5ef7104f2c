// Package testdeps is what the main function of a test program gives to package testing.
package testdeps

import (
	"internal/testlog"
	"regexp"
)

// The import path of the package under test; set by the main function.
var Path string

// TestDeps implements what testing.MainStart asks for.
type TestDeps struct{}

func (TestDeps) ImportPath() string { return Path }

// The expression that was compiled last: a test program has few, and asks for each many times.
var last struct {
	pattern string
	re      *regexp.Regexp
}

// MatchString reports whether the expression matches somewhere in s.
func (TestDeps) MatchString(pattern, s string) (bool, error) {
	if last.re == nil || last.pattern != pattern {
		re, err := regexp.Compile(pattern)
		if err != nil {
			return false, err
		}
		last.pattern, last.re = pattern, re
	}
	return last.re.MatchString(s), nil
}

// SetPanicOnExit0 makes os.Exit(0) inside a test a panic: the tests behind it would count as passed.
func (TestDeps) SetPanicOnExit0(on bool) { testlog.SetPanicOnExit0(on) }

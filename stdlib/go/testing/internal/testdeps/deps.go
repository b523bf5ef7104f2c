// Package testdeps is what the main function of a test program gives to package testing.
package testdeps

import "internal/testlog"

// The import path of the package under test; set by the main function.
var Path string

// TestDeps implements what testing.MainStart asks for.
type TestDeps struct{}

func (TestDeps) ImportPath() string { return Path }

// SetPanicOnExit0 makes os.Exit(0) inside a test a panic: the tests behind it would count as passed.
func (TestDeps) SetPanicOnExit0(on bool) { testlog.SetPanicOnExit0(on) }

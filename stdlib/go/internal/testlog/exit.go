// Package testlog lets package testing take part in what package os does.
package testlog

import "sync/atomic"

var panicOnExit0 atomic.Bool

// SetPanicOnExit0 says whether os.Exit(0) is a panic.
func SetPanicOnExit0(on bool) { panicOnExit0.Store(on) }

// PanicOnExit0 reports whether os.Exit(0) is a panic.
func PanicOnExit0() bool { return panicOnExit0.Load() }

// Package msan says that programs are not instrumented.
package msan

// Enabled reports whether they are.
const Enabled = false

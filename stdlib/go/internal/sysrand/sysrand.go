// Package sysrand draws random bytes from the system.
package sysrand

// Read fills b. Seeded runs get bytes that follow from their seed.
func Read(b []byte)

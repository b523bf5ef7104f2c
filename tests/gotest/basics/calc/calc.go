// Package calc is what the tests are about.
package calc

// Add adds.
func Add(x, y int) int { return x + y }

func hidden() string { return "seen from inside" }

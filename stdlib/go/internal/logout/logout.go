// Package logout is how log/slog writes through package log's default Logger before it is replaced.
package logout

// Default writes a line; pc says whose file and line are shown. Package log sets it.
var Default func(pc uintptr, data []byte) error

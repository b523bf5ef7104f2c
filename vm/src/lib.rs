//! Executes a loaded program on a goroutine. Knows no source text.

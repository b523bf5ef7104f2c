//! Text → tokens → AST of Go source. Knows no types.

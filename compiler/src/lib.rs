//! AST → checked types → bytecode. Knows no VM.

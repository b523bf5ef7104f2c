//! AST → checked types → bytecode. Knows no VM.

pub mod check;
pub mod render;

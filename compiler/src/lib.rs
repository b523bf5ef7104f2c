//! AST → checked types → bytecode. Knows no VM.
//!
//! [`check`] finds out what a program means and reports what is wrong with it. [`compile`] turns a checked program into a
//! `Program`, taking from library packages only what is reached; the checker reads those on demand meanwhile.

pub mod check;
pub mod render;

mod emit;
mod escape;
mod instantiate;
mod layout;

pub use emit::session::{Emitted, Growing, Step};

use std::sync::Arc;

use minigo_bytecode::program::Program;
use minigo_syntax::diag::Diagnostic;
use minigo_syntax::source::{Pos, SourceFile};

/// Compiles the program whose `main` package was checked without errors, and all that it reaches. `file_of` finds the
/// source file of a position, also of files that are read meanwhile.
///
/// Errors are limits that only show here: functions too large, instantiation without end; and syntax or type errors in
/// library code.
pub fn compile(
    checker: &mut check::Checker<'_>,
    main: check::PkgId,
    file_of: &dyn Fn(Pos) -> Option<Arc<SourceFile>>,
) -> Result<Program, Vec<Diagnostic>> {
    emit::program(checker, main, file_of)
}

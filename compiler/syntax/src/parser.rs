//! Tokens → tree: the doors through which everybody parses. Parsing never fails: there is a tree, and a list of errors.

use crate::ast::{Block, Decl, Expr, File, NodeIds, Stmt};
use crate::diag::Diagnostic;
use crate::source::{SourceFile, Span};

/// How a file is parsed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Mode {
    /// Pass over the bodies of top-level functions; they become [`FuncBody::Skipped`](crate::ast::FuncBody::Skipped).
    pub skip_bodies: bool,
}

/// One entry of a REPL input.
#[derive(Debug)]
pub enum Entry {
    /// An import or a declaration (of a function too).
    Decl(Decl),
    Stmt(Stmt),
    /// An expression that stands as a statement: its value is what the user wants to see.
    Expr(Expr),
}

/// What a REPL input turned out to be.
#[derive(Debug)]
pub enum Input {
    Complete(Vec<Entry>),
    /// Correct as far as it goes: read another line and try again.
    Unfinished,
    Wrong(Vec<Diagnostic>),
}

/// Parses a whole file. (Go: syntax.Parse)
pub fn parse_file(_file: &SourceFile, _mode: Mode, _ids: &mut NodeIds) -> (File, Vec<Diagnostic>) {
    todo!("lands with the grammar")
}

/// Parses the body of a function that [`Mode::skip_bodies`] passed over, from its `{` to its `}`.
pub fn parse_func_body(
    _file: &SourceFile,
    _body: Span,
    _ids: &mut NodeIds,
) -> (Block, Vec<Diagnostic>) {
    todo!("lands with the grammar")
}

/// Parses what was typed at a prompt: declarations, statements and expressions in any order.
pub fn parse_input(_file: &SourceFile, _ids: &mut NodeIds) -> Input {
    todo!("lands with the grammar")
}

//! Text → tokens → AST of Go source. Knows no types.
//!
//! The way through: a [`source::SourceMap`] gives each file a range of a global position space; [`parser::parse_file`]
//! turns a file into an [`ast::File`] and a list of [`diag::Diagnostic`]s. Parsing never fails: there is always a tree.
//!
//! Must never know: packages, scopes, types, or how a diagnostic is drawn.

pub mod ast;
mod builder;
pub mod codes;
pub mod diag;
mod diagnose;
pub mod directive;
pub mod dump;
pub mod lexer;
mod lookahead;
pub mod parser;
pub mod print;
pub mod source;
pub mod spelling;
pub mod symbol;
pub mod token;
pub mod unicode;
pub mod version;
pub mod walk;

lalrpop_util::lalrpop_mod!(
    #[allow(
        clippy::all,
        clippy::undocumented_unsafe_blocks,
        dead_code,
        unused_imports,
        unused_parens
    )]
    grammar
);

//! Expressions as text in messages. (Go: types2/exprstring.go, syntax/printer.go)

use minigo_syntax::ast::Expr;

/// The text of an expression, shortened: bodies of literals and functions become `…`.
pub fn expr_string(e: &Expr) -> String {
    let _ = e;
    todo!()
}

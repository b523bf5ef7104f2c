//! Statements. (Go: types2/stmt.go)

use minigo_syntax::ast::Block;
use minigo_syntax::symbol::Symbol;

use super::{Checker, DeclId, SigId, Value};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    /// Checks a body under the signature's scope, for the declaration `decl` (if any) and with `iota` of an enclosing constant declaration.
    pub(crate) fn func_body(
        &mut self,
        decl: Option<DeclId>,
        name: Symbol,
        sig: SigId,
        body: &'a Block,
        iota: Option<Value>,
    ) {
        todo!()
    }
}

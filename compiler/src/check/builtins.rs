//! Built-in functions. (Go: types2/builtins.go)

use minigo_syntax::ast::Expr;

use super::{BuiltinId, Checker, Operand};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    pub(crate) fn builtin(&mut self, x: &mut Operand<'a>, call: &'a Expr, id: BuiltinId) -> bool {
        todo!()
    }
}

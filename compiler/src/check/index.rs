//! Index and slice expressions. (Go: types2/index.go)

use minigo_syntax::ast::Expr;
use minigo_syntax::codes::Code;

use super::{Checker, Operand};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    pub(crate) fn index_expr(&mut self, x: &mut Operand<'a>, e: &'a Expr) -> bool {
        todo!()
    }

    pub(crate) fn slice_expr(&mut self, x: &mut Operand<'a>, e: &'a Expr) {
        todo!()
    }

    pub(crate) fn is_valid_index(
        &mut self,
        x: &mut Operand<'a>,
        code: Code,
        what: &str,
        allow_negative: bool,
    ) -> bool {
        todo!()
    }
}

//! Literals. (Go: types2/literals.go)

use minigo_syntax::ast::Expr;

use super::{Checker, Operand, TypeId};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    pub(crate) fn basic_lit(&mut self, x: &mut Operand<'a>, e: &'a Expr) {
        todo!()
    }

    pub(crate) fn func_lit(&mut self, x: &mut Operand<'a>, e: &'a Expr) {
        todo!()
    }

    pub(crate) fn composite_lit(&mut self, x: &mut Operand<'a>, e: &'a Expr, hint: Option<TypeId>) {
        todo!()
    }
}

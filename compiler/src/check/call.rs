//! Calls, arguments, selectors. (Go: types2/call.go)

use minigo_syntax::ast::Expr;
use minigo_syntax::source::Pos;

use super::{Checker, ExprKind, Operand, Target, TypeId};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    pub(crate) fn func_inst(
        &mut self,
        target: Option<&Target>,
        pos: Pos,
        x: &mut Operand<'a>,
        inst: Option<&'a Expr>,
        infer: bool,
    ) -> Option<Vec<TypeId>> {
        todo!()
    }

    pub(crate) fn call_expr(&mut self, x: &mut Operand<'a>, call: &'a Expr) -> ExprKind {
        todo!()
    }

    pub(crate) fn expr_list(&mut self, list: &'a [Expr]) -> Vec<Operand<'a>> {
        todo!()
    }

    pub(crate) fn selector(&mut self, x: &mut Operand<'a>, e: &'a Expr, want_type: bool) {
        todo!()
    }

    pub(crate) fn use_exprs(&mut self, list: &'a [Expr]) -> bool {
        todo!()
    }

    pub(crate) fn use_expr(&mut self, e: &'a Expr) -> bool {
        todo!()
    }

    pub(crate) fn use_lhs(&mut self, list: &'a [Expr]) -> bool {
        todo!()
    }
}

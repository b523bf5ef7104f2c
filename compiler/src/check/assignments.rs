//! Assignments and initialisations. (Go: types2/assignments.go)

use minigo_syntax::ast::{Expr, Stmt};

use super::{Checker, ObjId, Operand, TypeId};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    pub(crate) fn assignment(&mut self, x: &mut Operand<'a>, ty: Option<TypeId>, context: &str) {
        todo!()
    }

    pub(crate) fn init_const(&mut self, lhs: ObjId, x: &mut Operand<'a>) {
        todo!()
    }

    pub(crate) fn init_var(&mut self, lhs: ObjId, x: &mut Operand<'a>, context: &str) {
        todo!()
    }

    /// `return_stmt` is the return statement, with `lhs` the results, or `None` in a declaration.
    pub(crate) fn init_vars(
        &mut self,
        lhs: &[ObjId],
        rhs: &'a [Expr],
        return_stmt: Option<&'a Stmt>,
    ) {
        todo!()
    }

    pub(crate) fn assign_error(&mut self, rhs: &'a [Expr], l: usize, r: usize) {
        todo!()
    }

    pub(crate) fn types_summary(
        &mut self,
        list: &[TypeId],
        variadic: bool,
        has_dots: bool,
    ) -> String {
        todo!()
    }
}

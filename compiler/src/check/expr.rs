//! Expressions. (Go: types2/expr.go)

use minigo_syntax::ast::Expr;
use minigo_syntax::codes::Code;
use minigo_syntax::token::BinaryOp;

use super::{Checker, ExprKind, Operand, Target, TypeId, Value};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    pub(crate) fn expr(&mut self, target: Option<&Target>, x: &mut Operand<'a>, e: &'a Expr) {
        todo!()
    }

    pub(crate) fn raw_expr(
        &mut self,
        target: Option<&Target>,
        x: &mut Operand<'a>,
        e: &'a Expr,
        hint: Option<TypeId>,
        allow_generic: bool,
    ) -> ExprKind {
        todo!()
    }

    pub(crate) fn generic_expr(&mut self, x: &mut Operand<'a>, e: &'a Expr, hint: Option<TypeId>) {
        todo!()
    }

    pub(crate) fn multi_expr(
        &mut self,
        e: &'a Expr,
        allow_comma_ok: bool,
    ) -> (Vec<Operand<'a>>, bool) {
        todo!()
    }

    pub(crate) fn expr_or_type(&mut self, x: &mut Operand<'a>, e: &'a Expr, allow_generic: bool) {
        todo!()
    }

    pub(crate) fn single_value(&mut self, x: &mut Operand<'a>) {
        todo!()
    }

    pub(crate) fn new_target(&mut self, ty: Option<TypeId>, desc: &str) -> Option<Target> {
        todo!()
    }

    pub(crate) fn update_expr_type(&mut self, e: &'a Expr, ty: TypeId, is_final: bool) {
        todo!()
    }

    pub(crate) fn update_expr_val(&mut self, e: &'a Expr, val: &Value) {
        todo!()
    }

    pub(crate) fn implicit_type_and_value(
        &mut self,
        x: &Operand<'a>,
        target: TypeId,
    ) -> Result<(TypeId, Option<Value>), Code> {
        todo!()
    }

    pub(crate) fn comparison(
        &mut self,
        x: &mut Operand<'a>,
        y: &mut Operand<'a>,
        op: BinaryOp,
        switch_case: bool,
    ) {
        todo!()
    }

    pub(crate) fn match_types(&mut self, x: &mut Operand<'a>, y: &mut Operand<'a>) {
        todo!()
    }

    pub(crate) fn binary(
        &mut self,
        x: &mut Operand<'a>,
        e: Option<&'a Expr>,
        lhs: &'a Expr,
        rhs: &'a Expr,
        op: BinaryOp,
    ) {
        todo!()
    }

    pub(crate) fn op_name(&self, e: &Expr) -> String {
        todo!()
    }
}

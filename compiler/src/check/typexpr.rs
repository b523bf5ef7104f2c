//! Type expressions and identifiers. (Go: types2/typexpr.go)

use minigo_syntax::ast::Expr;

use super::{Checker, Operand, TypeId};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    /// What an identifier denotes, as an operand.
    pub(crate) fn ident(&mut self, x: &mut Operand<'a>, e: &'a Expr, want_type: bool) {
        todo!()
    }

    /// The type that `e` denotes; the invalid type after an error.
    pub(crate) fn typ(&mut self, e: &'a Expr) -> TypeId {
        todo!()
    }

    /// The same, of a variable: no constraint interface.
    pub(crate) fn var_type(&mut self, e: &'a Expr) -> TypeId {
        todo!()
    }

    /// The same, of a generic type without its arguments.
    pub(crate) fn generic_type(&mut self, e: &'a Expr, cause: &mut String) -> TypeId {
        todo!()
    }

    /// The types of a list; `None` if one is invalid.
    pub(crate) fn type_list(&mut self, list: &'a [Expr]) -> Option<Vec<TypeId>> {
        todo!()
    }
}

//! Signatures. (Go: types2/signature.go)

use minigo_syntax::ast::{Field, FuncType};

use super::{Checker, SigId};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    /// The signature of a function type: of a declaration (with receiver and type parameters) or a literal. Scope: a new one inside the current, kept in the signature.
    pub(crate) fn func_type(
        &mut self,
        sig: SigId,
        recv: Option<&'a Field>,
        tparams: &'a [Field],
        ftype: &'a FuncType,
    ) {
        todo!()
    }
}

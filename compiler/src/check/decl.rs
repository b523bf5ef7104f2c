//! Declarations. (Go: types2/decl.go)

use minigo_syntax::ast::{Decl, Ident};
use minigo_syntax::source::Pos;

use super::{Checker, ObjId, ScopeId};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    /// Declares an object in a scope, and records it for the identifier.
    pub(crate) fn declare(
        &mut self,
        scope: ScopeId,
        ident: Option<Ident>,
        obj: ObjId,
        scope_pos: Pos,
    ) {
        todo!()
    }

    /// Checks the declaration of a package-level object or method, if that has not happened yet.
    pub fn obj_decl(&mut self, obj: ObjId) {
        todo!()
    }

    /// A declaration in a function body.
    pub(crate) fn decl_stmt(&mut self, d: &'a Decl) {
        todo!()
    }

    pub(crate) fn cycle_error(&mut self, cycle: &[ObjId], start: usize) {
        todo!()
    }
}

//! Substitution of type parameters. (Go: types2/subst.go)

use minigo_syntax::source::Pos;

use super::{Checker, TypeId};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    /// The type with `targs` for `tparams`.
    pub fn subst(&mut self, pos: Pos, t: TypeId, tparams: &[TypeId], targs: &[TypeId]) -> TypeId {
        todo!()
    }
}

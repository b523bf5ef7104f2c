//! Type inference. (Go: types2/infer.go)

use minigo_syntax::source::Pos;

use super::{Checker, Error, ObjId, Operand, TypeId};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    /// Infers missing type arguments (`None` in `targs`, or beyond its end) from arguments; errors go into `err`. (Go: infer)
    pub(crate) fn infer(
        &mut self,
        pos: Pos,
        tparams: &[TypeId],
        targs: &[Option<TypeId>],
        params: &[ObjId],
        args: &[Operand<'a>],
        reverse: bool,
        err: &mut Error,
    ) -> Option<Vec<TypeId>> {
        todo!()
    }

    /// Fresh copies of type parameters, and the type that mentions them instead. (Go: renameTParams)
    pub(crate) fn rename_tparams(
        &mut self,
        pos: Pos,
        tparams: &[TypeId],
        t: TypeId,
    ) -> (Vec<TypeId>, TypeId) {
        todo!()
    }

    /// `T1, T2, and T3`
    pub(crate) fn tparams_string(&self, list: &[TypeId]) -> String {
        todo!()
    }

    pub(crate) fn is_parameterized(&mut self, tparams: &[TypeId], t: TypeId) -> bool {
        todo!()
    }
}

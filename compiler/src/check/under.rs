//! Underlying types and type sets. (Go: types2/under.go)

use super::{Checker, Term, Type, TypeId, TypeParamId};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    /// The type without aliases around it.
    pub fn unalias(&self, t: TypeId) -> TypeId {
        todo!()
    }

    /// The underlying type; of a type parameter, its constraint interface.
    pub fn under(&mut self, t: TypeId) -> TypeId {
        todo!()
    }

    /// What the underlying type is.
    pub fn under_type(&mut self, t: TypeId) -> Type {
        todo!()
    }

    /// Calls `f` with each (type, underlying type) of the specific types of `t`'s type set, as long as it says true; with `None` if there are no specific types. For a type that is no type parameter, that is the type itself.
    pub(crate) fn all(
        &mut self,
        t: TypeId,
        f: impl FnMut(&mut Checker<'a>, Option<(TypeId, TypeId)>) -> bool,
    ) -> bool {
        todo!()
    }

    /// The pairs that [`Checker::all`] goes through.
    pub(crate) fn typeset(&mut self, t: TypeId) -> Vec<Option<(TypeId, TypeId)>> {
        todo!()
    }

    /// Calls `f` with each underlying type of the type set.
    pub(crate) fn under_is(
        &mut self,
        t: TypeId,
        f: impl FnMut(&mut Checker<'a>, Option<TypeId>) -> bool,
    ) -> bool {
        todo!()
    }

    /// The common underlying type of the type set, or why there is none. (Go: commonUnder with a nil condition)
    pub(crate) fn common_under(&mut self, t: TypeId) -> Result<TypeId, String> {
        todo!()
    }

    /// The same, if each pair of type and underlying type meets a condition, which gives an error text otherwise. (Go: commonUnder)
    pub(crate) fn common_under_if(
        &mut self,
        t: TypeId,
        cond: impl FnMut(&mut Checker<'a>, Option<(TypeId, TypeId)>) -> Result<(), String>,
    ) -> Result<TypeId, String> {
        todo!()
    }

    /// The terms of a type parameter's type set; `None` if there are no specific types.
    pub(crate) fn tparam_terms(&mut self, tp: TypeParamId) -> Option<Vec<Term>> {
        todo!()
    }
}

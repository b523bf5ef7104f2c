//! Instances of generic types and functions, and whether a type implements an interface. (Go: types2/instantiate.go)

use minigo_syntax::source::{Pos, Span};

use super::{Checker, TypeId};

/// The instances made so far.
#[derive(Default)]
pub struct InstanceTable {}

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    /// `orig[targs]`; the arguments are not verified. `orig` is a generic defined type, alias or signature.
    pub(crate) fn instance(&mut self, pos: Pos, orig: TypeId, targs: &[TypeId]) -> TypeId {
        todo!()
    }

    /// Reports a wrong number of type arguments.
    pub(crate) fn validate_targ_len(
        &mut self,
        at: Span,
        name: &str,
        want: usize,
        got: usize,
    ) -> bool {
        todo!()
    }

    /// The first type argument that does not satisfy its constraint, and why.
    pub(crate) fn verify(
        &mut self,
        pos: Pos,
        tparams: &[TypeId],
        targs: &[TypeId],
    ) -> Option<(usize, String)> {
        todo!()
    }

    /// Whether `v` implements the interface `t`; with `constraint`, as a type argument does.
    pub fn implements(
        &mut self,
        v: TypeId,
        t: TypeId,
        constraint: bool,
        cause: Option<&mut String>,
    ) -> bool {
        todo!()
    }
}

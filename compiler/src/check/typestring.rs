//! Go's spelling of types, objects and operands. (Go: types2/typestring.go)

use super::{Checker, ObjId, Operand, SigId, TypeId};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    /// A type as seen from the package at hand.
    pub fn type_string(&self, t: TypeId) -> String {
        todo!()
    }

    /// An object with its type.
    pub fn object_string(&self, obj: ObjId) -> String {
        todo!()
    }

    pub(crate) fn operand_string(&self, x: &Operand<'a>) -> String {
        todo!()
    }

    /// `[T1, T2]`
    pub(crate) fn type_list_string(&self, list: &[TypeId]) -> String {
        todo!()
    }

    /// `struct`, `pointer`, `func`… for a composite type, empty for a basic one.
    pub(crate) fn composite_kind(&self, t: TypeId) -> &'static str {
        todo!()
    }

    /// `(a int, b string) error`
    pub(crate) fn signature_string(&self, sig: SigId) -> String {
        todo!()
    }
}

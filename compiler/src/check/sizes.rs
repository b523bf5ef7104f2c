//! Sizes of types, as gc has them on 64-bit machines. (Go: types2/gcsizes.go)

use super::{Checker, StructId, TypeId};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    /// The size of a type in bytes; negative if it is too large.
    pub fn size_of(&mut self, t: TypeId) -> i64 {
        todo!()
    }

    /// The alignment of a type.
    pub fn align_of(&mut self, t: TypeId) -> i64 {
        todo!()
    }

    /// The offsets of a struct's fields.
    pub fn offsets_of(&mut self, s: StructId) -> Vec<i64> {
        todo!()
    }
}

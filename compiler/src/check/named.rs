//! Defined types and their lazy completion. (Go: types2/named.go)

use super::{Checker, NamedId, ObjId, TypeList};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    /// How many methods are declared for the type.
    pub fn num_methods(&mut self, named: NamedId) -> usize {
        todo!()
    }

    /// A declared method by its place, instantiated if the type is.
    pub fn method(&mut self, named: NamedId, i: usize) -> ObjId {
        todo!()
    }

    /// The type parameters of a generic type or an instance of one.
    pub fn type_params(&mut self, named: NamedId) -> TypeList {
        todo!()
    }
}

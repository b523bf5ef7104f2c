//! Type sets of interfaces. (Go: types2/typeset.go)

use super::{Checker, IfaceId, TypeSet};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    /// The type set of an interface, computed on demand.
    pub fn type_set(&mut self, iface: IfaceId) -> TypeSet {
        todo!()
    }
}

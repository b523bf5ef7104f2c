//! Initialisation order. (Go: types2/initorder.go)

use super::{Checker, Initializer, ObjId, PkgId};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    /// The initialisations of a lazy package's variables that `reachable` accepts, in the order of execution.
    pub fn lazy_init_order(
        &mut self,
        pkg: PkgId,
        reachable: &mut dyn FnMut(ObjId) -> bool,
    ) -> Vec<Initializer<'a>> {
        todo!()
    }
}

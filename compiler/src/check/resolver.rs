//! Packages: imports and the collection of objects. (Go: types2/resolver.go)

use minigo_syntax::ast::{Block, File};
use minigo_syntax::symbol::Symbol;

use super::{Checker, ObjId, PkgId};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    /// Checks a package completely and gives its handle.
    pub fn check_package(&mut self, path: &str, files: Vec<&'a File>) -> PkgId {
        todo!()
    }

    /// The object of that name in a package, complete with its type.
    pub fn package_member(&mut self, pkg: PkgId, name: Symbol) -> Option<ObjId> {
        todo!()
    }

    /// Parses and checks the body of a function of a lazy package, if that has not happened yet.
    pub fn ensure_body(&mut self, func: ObjId) -> Option<&'a Block> {
        todo!()
    }
}

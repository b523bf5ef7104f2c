//! Fields and methods. (Go: types2/lookup.go)

use minigo_syntax::symbol::Symbol;

use super::{Checker, ObjId, PkgId, TypeId};

/// What a look-up of a field or method found.
#[derive(Clone, Debug)]
pub struct Lookup {
    /// The field or method.
    pub obj: ObjId,
    /// The way to it: see [`Selection::index`](super::Selection::index).
    pub index: Vec<u32>,
    /// Whether a pointer is followed on the way.
    pub indirect: bool,
}

/// The outcome of a look-up.
#[derive(Clone, Debug)]
pub enum LookupResult {
    /// It is there.
    Found(Lookup),
    /// Several at the same depth; the path to one of them.
    Ambiguous(Vec<u32>),
    /// A method with a pointer receiver, and the value is not addressable.
    PointerReceiver,
    /// Nothing of that name.
    NotFound,
}

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    /// Looks for a field or method. Methods of generic types come instantiated.
    pub fn lookup_field_or_method(
        &mut self,
        t: TypeId,
        addressable: bool,
        pkg: Option<PkgId>,
        name: Symbol,
        fold_case: bool,
    ) -> LookupResult {
        todo!()
    }

    /// Whether a value of type `v` can have dynamic type `t` / be asserted to it; the cause otherwise. (Go: newAssertableTo)
    pub(crate) fn new_assertable_to(&mut self, v: TypeId, t: TypeId, cause: &mut String) -> bool {
        todo!()
    }

    /// Whether `v` has all methods of interface `t`. `is_static` demands it of an interface `v` too.
    pub(crate) fn has_all_methods(
        &mut self,
        v: TypeId,
        t: TypeId,
        is_static: bool,
        cause: Option<&mut String>,
    ) -> bool {
        todo!()
    }

    /// The first method of interface `t` that `v` lacks, and whether it has one with another type.
    pub(crate) fn missing_method(
        &mut self,
        v: TypeId,
        t: TypeId,
        is_static: bool,
        cause: Option<&mut String>,
    ) -> Option<(ObjId, bool)> {
        todo!()
    }

    /// The element type of a pointer, or the type itself; whether it was a pointer.
    pub fn deref(&mut self, t: TypeId) -> (TypeId, bool) {
        todo!()
    }

    /// The struct behind a pointer to one, or the type itself.
    pub(crate) fn deref_struct_ptr(&mut self, t: TypeId) -> TypeId {
        todo!()
    }

    /// The message for a selector that is not there, with what may have been meant.
    pub(crate) fn lookup_error(
        &mut self,
        t: TypeId,
        sel: Symbol,
        obj: Option<ObjId>,
        struct_lit: bool,
    ) -> String {
        todo!()
    }

    pub(crate) fn is_interface_ptr(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub(crate) fn interface_ptr_error(&mut self, t: TypeId) -> String {
        todo!()
    }

    pub(crate) fn func_string(&self, f: ObjId, pkg_info: bool) -> String {
        todo!()
    }

    /// The text `a.b.c` of a path of fields.
    pub(crate) fn field_path(&mut self, t: TypeId, index: &[u32]) -> String {
        todo!()
    }
}

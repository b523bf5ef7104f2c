//! Notes below errors: what may have been meant by a name that is not there. gc's message stays as it is.
//!
//! Looking for a name takes long, and nobody reads hundreds of notes: only the first errors get any.

use minigo_syntax::spelling::nearest;
use minigo_syntax::symbol::Symbol;

use super::{Checker, PkgId, Type, TypeId, is_exported};

/// So many errors get notes.
const NOTED: usize = 20;

/// Names that other languages have, and what they are in Go.
const FOREIGN: &[(&str, &str)] = &[
    ("None", "nil"),
    ("NULL", "nil"),
    ("null", "nil"),
    ("nullptr", "nil"),
    ("undefined", "nil"),
    ("True", "true"),
    ("False", "false"),
    ("TRUE", "true"),
    ("FALSE", "false"),
    ("boolean", "bool"),
    ("Boolean", "bool"),
    ("String", "string"),
    ("str", "string"),
    ("char", "byte or rune"),
    ("short", "int16"),
    ("long", "int64"),
    ("unsigned", "uint"),
    ("double", "float64"),
    ("float", "float64 or float32"),
    ("object", "any"),
    ("Object", "any"),
    ("size_t", "int or uintptr"),
    ("printf", "fmt.Printf"),
    ("sizeof", "unsafe.Sizeof"),
];

impl<'a> Checker<'a> {
    fn wants_notes(&self) -> bool {
        self.diags.len() < NOTED
    }

    /// A note for a name that nothing here is called by.
    pub(crate) fn note_undefined(&self, name: Symbol) -> Option<String> {
        if !self.wants_notes() {
            return None;
        }
        let word = name.as_str();
        if let Some(path) = self.importer.package_named(word) {
            return Some(format!("to use the package, add import \"{path}\""));
        }
        if let Some((_, go)) = FOREIGN.iter().find(|(foreign, _)| *foreign == word) {
            return Some(format!("in Go it is {go}"));
        }
        let mut names: Vec<&str> = Vec::new();
        let mut scope = Some(self.env.scope);
        while let Some(s) = scope {
            names.extend(self.scopes[s].elems().iter().map(|(n, _)| n.as_str()));
            scope = self.scopes[s].parent;
        }
        meant(word, names.into_iter())
    }

    /// A note for a name that a package does not have.
    pub(crate) fn note_member(&self, pkg: PkgId, name: Symbol) -> Option<String> {
        if !self.wants_notes() {
            return None;
        }
        let elems = self.scopes[self.pkg(pkg).scope].elems();
        let exported = elems.iter().map(|(n, _)| *n).filter(|n| is_exported(*n));
        let p = self.pkg(pkg).name;
        let near = nearest(name.as_str(), exported.map(|n| n.as_str()));
        near.map(|n| format!("did you mean {p}.{n}?"))
    }

    /// A note for a field or method that a type does not have.
    pub(crate) fn note_selector(&mut self, ty: TypeId, name: Symbol) -> Option<String> {
        if !self.wants_notes() {
            return None;
        }
        let mut ty = ty;
        if let Type::Pointer { elem } = self.under_type(ty) {
            ty = elem;
        }
        let mut members = Vec::new();
        if let Some(named) = self.as_named(ty) {
            members.extend(self.types[named].methods.iter().flatten());
        }
        match self.under_type(ty) {
            Type::Struct(s) => members.extend_from_slice(self.types.objs(self.types[s].fields)),
            Type::Interface(i) => {
                let methods = self.type_set(i).methods;
                members.extend_from_slice(self.types.objs(methods));
            }
            _ => {}
        }
        let here = self.env.pkg;
        let seen = members.into_iter().map(|m| &self.objs[m]);
        let seen = seen.filter(|o| o.pkg == Some(here) || o.is_exported());
        meant(name.as_str(), seen.map(|o| o.name.as_str()))
    }
}

fn meant<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<String> {
    nearest(word, names).map(|n| format!("did you mean {n}?"))
}

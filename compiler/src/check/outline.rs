//! Lazy packages that are not even parsed: an outline tells what is declared where, and a declaration is read when one of
//! its objects is first checked. Most programs use little of what the packages that they import, and those behind them,
//! contain; reading all of it was the largest part of a small program's start.
//!
//! The objects of a file's declarations are made at once, with consecutive handles, in source order; `decl` is what they
//! lack. A file's imports are read with the first of its declarations, or at once if one of them is for its effects.

use minigo_syntax::source::{FileId, Pos, Span};
use minigo_syntax::symbol::Symbol;

use super::resolver::{MethodInfo, Place};
use super::{Checker, DeclId, ObjId, Object, ObjectKind, Outline, PkgId, ScopeId, Value, VarKind};

/// The declarations that stand in outlines.
#[derive(Debug, Default)]
pub(super) struct Outlined {
    files: Vec<OutlinedFile>,
    /// In the order of their first objects.
    decls: Vec<OutlinedDecl>,
}

#[derive(Debug)]
struct OutlinedFile {
    pkg: PkgId,
    file: FileId,
    scope: ScopeId,
    /// The declarations of its imports; empty once they were read.
    imports: Vec<Span>,
}

#[derive(Debug)]
struct OutlinedDecl {
    /// Its file's place in the list.
    file: u32,
    extent: Span,
    /// The handle of its first object; the others follow.
    first: u32,
    len: u32,
    /// It declares types, none of them an alias.
    is_plain_type: bool,
}

impl<'a> Checker<'a> {
    /// Declares what the outlines of a package's files tell of.
    pub(super) fn collect_outlines(&mut self, pkg: PkgId, outlines: Vec<Outline<'a>>) {
        let scope = self.pkg(pkg).scope;
        let mut methods = Vec::new();
        let before = self.outlined.files.len();
        for outline in &outlines {
            let file = OutlinedFile {
                pkg,
                file: outline.file,
                scope: self.scopes.add(Some(scope), outline.span),
                imports: Vec::new(),
            };
            self.outlined.files.push(file);
            for line in outline.text.lines() {
                self.collect_outlined(pkg, outline.span.lo, line, &mut methods);
            }
        }
        self.assign_methods(pkg, methods);
        for (i, outline) in outlines.iter().enumerate() {
            if outline.text.lines().any(|l| l.starts_with('e')) {
                self.read_imports(before + i);
            }
        }
    }

    fn collect_outlined(
        &mut self,
        pkg: PkgId,
        start: Pos,
        line: &str,
        methods: &mut Vec<MethodInfo>,
    ) {
        let mut words = line.split(' ');
        let kind = words.next().unwrap_or("");
        let mut place = || {
            let n: u32 = words.next().and_then(|n| n.parse().ok()).unwrap_or(0);
            Pos(start.0 + n)
        };
        let extent = Span::new(place(), place());
        let file = self.outlined.files.len() - 1;
        if kind == "i" || kind == "e" {
            self.outlined.files[file].imports.push(extent);
            return;
        }
        let scope = self.pkg(pkg).scope;
        let first = self.objs.len() as u32;
        let add = |c: &mut Self, kind: ObjectKind, name: Symbol| {
            let obj = c
                .objs
                .add(Object::new(kind, extent.lo, Some(pkg), name, None));
            c.add_pkg_obj(pkg, obj, None);
            obj
        };
        let func = || ObjectKind::Func {
            has_ptr_recv: false,
            origin: None,
        };
        match kind {
            "m" => {
                let recv = words.next().unwrap_or("");
                let name = Symbol::intern(words.next().unwrap_or(""));
                let obj = add(self, func(), name);
                if !name.is_blank() {
                    methods.push(MethodInfo {
                        obj,
                        ptr: recv.starts_with('*'),
                        recv: Symbol::intern(recv.trim_start_matches('*')),
                    });
                }
            }
            "n" => {
                let obj = add(self, func(), Symbol::intern("init"));
                self.objs[obj].parent = Some(scope);
                self.pkg_mut(pkg).inits.push(obj);
            }
            _ => {
                for name in words {
                    let what = match kind {
                        "c" => ObjectKind::Const {
                            val: Value::Unknown,
                        },
                        "v" => ObjectKind::Var {
                            kind: VarKind::Package,
                            embedded: false,
                            origin: None,
                        },
                        "f" => func(),
                        _ => ObjectKind::TypeName,
                    };
                    let obj = add(self, what, Symbol::intern(name));
                    self.declare(scope, None, obj, Pos::NONE);
                }
            }
        }
        self.outlined.decls.push(OutlinedDecl {
            file: file as u32,
            extent,
            first,
            len: self.objs.len() as u32 - first,
            is_plain_type: kind == "t",
        });
    }

    /// The place in the list of the declaration that an object without `decl` has in an outline.
    fn outlined_decl(&self, obj: ObjId) -> Option<usize> {
        let obj = obj.index() as u32;
        let after = self.outlined.decls.partition_point(|d| d.first <= obj);
        let i = after.checked_sub(1)?;
        let d = &self.outlined.decls[i];
        (obj - d.first < d.len).then_some(i)
    }

    /// Whether an object is a type, no alias, whose declaration was not read yet.
    pub(super) fn is_outlined_type(&self, obj: ObjId) -> bool {
        self.objs[obj].decl.is_none()
            && self
                .outlined_decl(obj)
                .is_some_and(|i| self.outlined.decls[i].is_plain_type)
    }

    /// Reads the declaration of an object that was only known from an outline, and gives the object's part of it.
    pub(super) fn read_outlined(&mut self, obj: ObjId) -> Option<DeclId> {
        let i = self.outlined_decl(obj)?;
        let d = &self.outlined.decls[i];
        let (i, extent) = (d.file as usize, d.extent);
        let known = d.first as usize..(d.first + d.len) as usize;
        self.read_imports(i);
        let f = &self.outlined.files[i];
        let mut place = Place {
            pkg: f.pkg,
            file: f.file,
            file_scope: f.scope,
            known: Some(known),
        };
        self.read_decls(&mut place, extent);
        self.objs[obj].decl
    }

    fn read_imports(&mut self, file: usize) {
        let imports = std::mem::take(&mut self.outlined.files[file].imports);
        let f = &self.outlined.files[file];
        let mut place = Place {
            pkg: f.pkg,
            file: f.file,
            file_scope: f.scope,
            known: None,
        };
        for extent in imports {
            self.read_decls(&mut place, extent);
        }
    }

    fn read_decls(&mut self, place: &mut Place, extent: Span) {
        let (decls, diags) = self.importer.decls(place.file, extent);
        for diag in diags {
            self.push_diagnostic(diag);
        }
        let env = self.swap_env(self.file_env(place.pkg, place.file_scope, place.file));
        for decl in decls {
            self.collect_decl(place, decl, &mut Vec::new());
        }
        self.swap_env(env);
    }
}

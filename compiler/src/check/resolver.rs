//! Packages: imports, the collection of package-level objects, checking a package from end to end, and later requests to
//! lazy ones. (Go: types2/resolver.go, check.go)

use std::ops::Range;

use minigo_syntax::ast::{
    Block, Decl, Expr, ExprKind, File, FuncBody, GenDecl, Ident, ImportSpec, TypeSpec,
};
use minigo_syntax::codes::Code;
use minigo_syntax::diag::Diagnostic;
use minigo_syntax::source::{FileId, Span};
use minigo_syntax::symbol::Symbol;
use minigo_syntax::version::Version;

use super::{
    Checker, DeclId, DeclInfo, Environment, Error, ObjId, ObjState, Object, ObjectKind, Package,
    PackageMode, PkgId, ScopeId, Types, Value, VarKind, is_exported, quote,
};

/// A method found while collecting, before its receiver's type is looked up.
pub(super) struct MethodInfo {
    pub(super) obj: ObjId,
    pub(super) ptr: bool,
    pub(super) recv: Symbol,
}

/// Where declarations stand that are collected.
pub(super) struct Place {
    pub(super) pkg: PkgId,
    pub(super) file: FileId,
    pub(super) file_scope: ScopeId,
    /// The objects that they declare, by number, if an outline has told of them; else they are made.
    pub(super) known: Option<Range<usize>>,
}

impl<'a> Checker<'a> {
    /// Checks a package completely and gives its handle.
    pub fn check_package(&mut self, path: &str, files: Vec<&'a File>) -> PkgId {
        let name = files.first().map_or(Symbol::BLANK, |f| f.name.name);
        let pkg = self.new_package(Symbol::intern(path), name, PackageMode::Full, self.lang);
        self.check_files(pkg, files);
        pkg
    }

    pub(crate) fn new_package(
        &mut self,
        path: Symbol,
        name: Symbol,
        mode: PackageMode,
        lang: Version,
    ) -> PkgId {
        let scope = self.scopes.add(Some(self.universe.scope), Span::NONE);
        let id = PkgId::new(self.pkgs.len());
        self.pkgs.push(Package {
            path,
            name,
            mode,
            lang,
            scope,
            imports: Vec::new(),
            effects: Vec::new(),
            files: Vec::new(),
            objects: Vec::new(),
            inits: Vec::new(),
            init_order: Vec::new(),
            pkg_names: Vec::new(),
            last_file_scope: None,
            loaded: false,
            in_progress: false,
            jumps_checked: false,
            fake: false,
        });
        self.pkg_by_path.insert(path, id);
        let paths = self.ambiguous_names.entry(name).or_default();
        if !paths.contains(&path) {
            paths.push(path);
        }
        id
    }

    /// Collects and checks everything in the files.
    fn check_files(&mut self, pkg: PkgId, files: Vec<&'a File>) {
        let scope = self.pkg(pkg).scope;
        let env = self.swap_env(Environment::new(pkg, scope));
        let top = self.n_delayed();
        let before = self.pkg(pkg).objects.len();
        self.pkg_mut(pkg).in_progress = true;
        // gc does this while it parses, types2 with everything else.
        if !self.as_types2 {
            for file in &files {
                self.branches(file);
            }
            self.pkg_mut(pkg).jumps_checked = true;
        }
        self.collect_objects(pkg, files);
        let objects = self.pkg(pkg).objects[before..].to_vec();
        self.direct_cycles(&objects);
        self.package_objects(&objects);
        self.process_delayed(top);
        self.init_order(pkg, &objects);
        self.unused_imports(pkg);
        if !self.has_errors && !self.as_types2 {
            self.anonymous_interface_cycles();
            self.too_large_types();
        }
        if !self.has_errors && !self.as_types2 {
            self.missing_bodies(&objects);
            self.directives(pkg);
        }
        if !self.has_errors {
            self.monomorph();
        }
        let p = self.pkg_mut(pkg);
        p.in_progress = false;
        p.jumps_checked = false;
        self.swap_env(env);
    }

    /// Reads the files of a package that was only mentioned so far.
    pub fn load(&mut self, pkg: PkgId) {
        if self.pkg(pkg).loaded || self.pkg(pkg).fake {
            return;
        }
        self.pkg_mut(pkg).loaded = true;
        let path = self.pkg(pkg).path;
        if self.pkg(pkg).mode == PackageMode::Lazy
            && let Some(outlines) = self.importer.outlines(path)
        {
            self.collect_outlines(pkg, outlines);
            return;
        }
        let (files, diags) = self.importer.load(path);
        for diag in diags {
            self.push_diagnostic(diag);
        }
        if self.pkg(pkg).mode == PackageMode::Full {
            self.check_files(pkg, files);
            return;
        }
        let scope = self.pkg(pkg).scope;
        let env = self.swap_env(Environment::new(pkg, scope));
        self.collect_objects(pkg, files);
        self.swap_env(env);
    }

    /// The object of that name in a package, complete with its type; `None` if the package has no such name.
    pub fn package_member(&mut self, pkg: PkgId, name: Symbol) -> Option<ObjId> {
        self.load(pkg);
        let obj = self.scopes[self.pkg(pkg).scope].lookup(name)?;
        self.obj_decl(obj);
        Some(obj)
    }

    /// The package of the library with that path, whether or not the program mentions it.
    pub fn library_package(&mut self, path: &str) -> Option<PkgId> {
        if let Some(&pkg) = self.pkg_by_path.get(&Symbol::intern(path)) {
            return Some(pkg);
        }
        let resolved = self.importer.resolve(path, Symbol::EMPTY).ok()?;
        Some(self.new_package(resolved.path, resolved.name, resolved.mode, resolved.lang))
    }

    /// The body of a function or method, parsed and checked by now; `None` if it is declared without one. For a method of an
    /// instance, that of the generic method.
    pub fn ensure_body(&mut self, func: ObjId) -> Option<&'a Block> {
        let func = self.objs[func].origin().unwrap_or(func);
        let top = self.n_delayed();
        self.obj_decl(func);
        let body = self.check_body(func);
        self.process_delayed(top);
        body
    }

    /// Checks a package-level variable of a lazy package with its initialiser, and gives the declaration.
    pub fn ensure_var(&mut self, var: ObjId) -> Option<DeclId> {
        let top = self.n_delayed();
        self.obj_decl(var);
        self.process_delayed(top);
        self.objs[var].decl
    }

    /// Checks a function's body, if there is one and it was not checked yet.
    pub(crate) fn check_body(&mut self, func: ObjId) -> Option<&'a Block> {
        let decl = self.objs[func].decl?;
        let d = self.decl(decl);
        if d.body_checked {
            return d.body;
        }
        let (pkg, file, file_scope) = (d.pkg, d.file, d.file_scope);
        let body = match &d.fdecl?.body {
            FuncBody::Parsed(block) => block,
            FuncBody::Skipped(span) => {
                let (block, diags) = self.importer.body(file, *span);
                for diag in diags {
                    self.push_diagnostic(diag);
                }
                block
            }
            FuncBody::None => return None,
        };
        let d = self.decl_mut(decl);
        d.body = Some(body);
        d.body_checked = true;
        if let Some(sig) = self.objs[func].ty.and_then(|t| self.as_signature(t)) {
            let env = self.swap_env(self.file_env(pkg, file_scope, file));
            self.func_body(Some(decl), sig, body, None);
            self.swap_env(env);
        }
        Some(body)
    }

    fn import_package(&mut self, at: Span, path: &str) -> PkgId {
        if path == "unsafe" {
            return Self::UNSAFE;
        }
        let from = self.pkg(self.env.pkg).path;
        let err = match self.importer.resolve(path, from) {
            Ok(resolved) => {
                let known = self.pkg_by_path.get(&resolved.path).copied();
                let pkg = known.unwrap_or_else(|| {
                    self.new_package(resolved.path, resolved.name, resolved.mode, resolved.lang)
                });
                self.imports.push((self.env.pkg, at));
                if self.pkg(pkg).in_progress {
                    self.import_cycle(at, pkg);
                } else if resolved.mode == PackageMode::Full {
                    self.load(pkg);
                }
                self.imports.pop();
                return pkg;
            }
            Err(err) if self.as_types2 => format!("could not import {path} ({err})"),
            Err(err) => err,
        };
        let note = self.importer.similar_path(path);
        let note = note.map(|p| format!("did you mean \"{p}\"?"));
        self.error_with(at, Code::BrokenImport, err, note);
        let path_sym = Symbol::intern(path);
        if let Some(&pkg) = self.pkg_by_path.get(&path_sym) {
            return pkg;
        }
        let name = path
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or(path);
        let pkg = self.new_package(
            path_sym,
            Symbol::intern(name),
            PackageMode::Lazy,
            Version::LATEST,
        );
        self.pkg_mut(pkg).fake = true;
        pkg
    }

    /// Says how the packages that are being read lead to `pkg`, which is one of them. (Go: cmd/go's `ImportStack`)
    fn import_cycle(&mut self, at: Span, pkg: PkgId) {
        let imports = std::mem::take(&mut self.imports);
        let shown = |c: &Checker, pkg: PkgId| match c.pkg(pkg).path.as_str() {
            "main" => c.main_path.clone(),
            path => path.to_string(),
        };
        let mut message = format!("package {}", shown(self, imports[0].0));
        let imported = imports[1..].iter().map(|i| i.0).chain([pkg]);
        for (&(_, at), to) in imports.iter().zip(imported) {
            let place = self.importer.locate(at.lo);
            let file = place.split(':').next().unwrap_or_default();
            let file = file.rsplit('/').next().unwrap_or(file);
            message += &format!("\n\timports {} from {file}", shown(self, to));
        }
        message += ": import cycle not allowed";
        self.imports = imports;
        let diag = Diagnostic::error(Code::BrokenImport, at, message);
        self.push_diagnostic(diag.without_place());
    }

    pub(crate) fn new_decl(&mut self, pkg: PkgId, file_scope: ScopeId, file: FileId) -> DeclId {
        let id = DeclId::new(self.decls.len());
        self.decls.push(DeclInfo {
            pkg,
            file_scope,
            file,
            lhs: Vec::new(),
            ty: None,
            init: None,
            inherited: false,
            iota: 0,
            tdecl: None,
            fdecl: None,
            body: None,
            body_checked: false,
            deps: Vec::new(),
            dep_set: Default::default(),
        });
        id
    }

    /// Gives a package-level object or method its declaration, if that was read, and its place in source order.
    pub(super) fn add_pkg_obj(&mut self, pkg: PkgId, obj: ObjId, decl: Option<DeclId>) {
        self.pkg_mut(pkg).objects.push(obj);
        let order = self.pkg(pkg).objects.len() as u32;
        let o = &mut self.objs[obj];
        o.decl = decl;
        o.order = order;
    }

    pub(crate) fn declare_pkg_obj(&mut self, pkg: PkgId, ident: Ident, obj: ObjId, decl: DeclId) {
        let name = ident.as_str();
        if name == "init" {
            self.error(
                ident,
                Code::InvalidInitDecl,
                "cannot declare init - must be func",
            );
            return;
        }
        if name == "main" && self.pkg(pkg).name.as_str() == "main" {
            self.error(
                ident,
                Code::InvalidMainDecl,
                "cannot declare main - must be func",
            );
            return;
        }
        let scope = self.pkg(pkg).scope;
        self.declare(scope, Some(ident), obj, minigo_syntax::source::Pos::NONE);
        self.add_pkg_obj(pkg, obj, Some(decl));
    }

    /// Collects imports and package-level objects of files, without checking anything.
    pub(crate) fn collect_objects(&mut self, pkg: PkgId, files: Vec<&'a File>) {
        self.pkg_mut(pkg).loaded = true;
        let mut methods: Vec<MethodInfo> = Vec::new();
        let mut file_scopes: Vec<ScopeId> = Vec::new();
        for file in files {
            let name = self.pkg(pkg).name;
            if file.name.is_blank() {
                if self.pkg(pkg).mode == PackageMode::Full {
                    self.error(file.name, Code::BlankPkgName, "invalid package name _");
                }
            } else if file.name.name != name {
                let msg = format!("package {}; expected package {name}", file.name.name);
                self.error(file.name, Code::MismatchedPkgName, msg);
                continue;
            }
            let scope = self.pkg(pkg).scope;
            let file_scope = self.scopes.add(Some(scope), file.span);
            file_scopes.push(file_scope);
            let p = self.pkg_mut(pkg);
            p.files.push(file);
            p.last_file_scope = Some(file_scope);
            self.set_file_lang(pkg, file);
            self.env.lang = self.file_env(pkg, file_scope, file.file).lang;
            let mut place = Place {
                pkg,
                file: file.file,
                file_scope,
                known: None,
            };
            for decl in &file.decls {
                self.collect_decl(&mut place, decl, &mut methods);
            }
        }

        // Imports and package-level names must differ, whatever file they stand in.
        for &file_scope in &file_scopes {
            for (name, obj) in self.scopes[file_scope].elems().to_vec() {
                let Some(alt) = self.scopes[self.pkg(pkg).scope].lookup(name) else {
                    continue;
                };
                let mut err = Error::new(Code::DuplicateDecl);
                let alt_span = self.obj_span(alt);
                match self.objs[obj].kind {
                    ObjectKind::PkgName { imported } => {
                        let p = self.pkg(imported);
                        let (pname, path) = (p.name, quote::quote(p.path.as_str().as_bytes()));
                        let what = format!("package {pname} ({path})");
                        err.add(
                            alt_span,
                            format!("{name} already declared through import of {what}"),
                        );
                    }
                    _ => {
                        let what = self.objs[obj].pkg.map_or(String::new(), |p| {
                            let p = self.pkg(p);
                            format!(
                                "package {} ({})",
                                p.name,
                                quote::quote(p.path.as_str().as_bytes())
                            )
                        });
                        err.add(
                            alt_span,
                            format!("{name} already declared through dot-import of {what}"),
                        );
                    }
                }
                self.add_alt_decl(&mut err, obj);
                self.report(err);
            }
        }

        self.assign_methods(pkg, methods);
    }

    /// Gives methods to the types that their receivers name.
    pub(super) fn assign_methods(&mut self, pkg: PkgId, methods: Vec<MethodInfo>) {
        for m in methods {
            if let Some((ptr, base)) = self.resolve_base_type_name(pkg, m.ptr, m.recv) {
                if let ObjectKind::Func { has_ptr_recv, .. } = &mut self.objs[m.obj].kind {
                    *has_ptr_recv = ptr;
                }
                self.methods.entry(base).or_default().push(m.obj);
            }
        }
    }

    /// The object for a name that a declaration declares: a new one, or the next of those known from an outline.
    fn place_obj(
        &mut self,
        place: &mut Place,
        make: impl FnOnce(Option<PkgId>) -> Object,
    ) -> ObjId {
        let known = place.known.as_mut().and_then(Iterator::next);
        known.map_or_else(|| self.objs.add(make(Some(place.pkg))), ObjId::new)
    }

    fn declare_at(&mut self, place: &Place, ident: Ident, obj: ObjId, decl: DeclId) {
        if place.known.is_none() {
            return self.declare_pkg_obj(place.pkg, ident, obj, decl);
        }
        let o = &mut self.objs[obj];
        o.pos = ident.pos();
        o.decl = Some(decl);
        self.info.record_def(ident.id, obj);
    }

    pub(super) fn collect_decl(
        &mut self,
        place: &mut Place,
        decl: &'a Decl,
        methods: &mut Vec<MethodInfo>,
    ) {
        let (pkg, file, file_scope) = (place.pkg, place.file, place.file_scope);
        match decl {
            Decl::Import(group) => self.collect_imports(pkg, file_scope, group),
            Decl::Const(group) => {
                let (mut ty, mut values, mut has_last) = (None, [].as_slice(), false);
                for (iota, s) in group.specs.iter().enumerate() {
                    let mut inherited = true;
                    if s.ty.is_some() || !s.values.is_empty() {
                        (ty, values, has_last) = (s.ty.as_ref(), s.values.as_slice(), true);
                        inherited = false;
                    } else if !has_last {
                        has_last = true;
                        inherited = false;
                    }
                    for (i, &name) in s.names.iter().enumerate() {
                        let obj = self.place_obj(place, |pkg| {
                            Object::constant(name.pos(), pkg, name.name, None, Value::Unknown)
                        });
                        let decl = self.new_decl(pkg, file_scope, file);
                        let d = self.decl_mut(decl);
                        d.ty = ty;
                        d.init = values.get(i);
                        d.inherited = inherited;
                        d.iota = iota as i64;
                        self.declare_at(place, name, obj, decl);
                    }
                    self.arity(s.span.lo, &s.names, values, true, inherited);
                }
            }
            Decl::Var(group) => {
                for s in &group.specs {
                    let lhs: Vec<ObjId> = (s.names.iter())
                        .map(|name| {
                            self.place_obj(place, |pkg| {
                                Object::var(VarKind::Package, name.pos(), pkg, name.name, None)
                            })
                        })
                        .collect();
                    // One declaration for all the names if there is one value, or none.
                    let shared = (s.values.len() <= 1).then(|| {
                        let decl = self.new_decl(pkg, file_scope, file);
                        let d = self.decl_mut(decl);
                        d.lhs = if s.values.is_empty() {
                            Vec::new()
                        } else {
                            lhs.clone()
                        };
                        d.ty = s.ty.as_ref();
                        d.init = s.values.first();
                        decl
                    });
                    for (i, (&name, obj)) in s.names.iter().zip(lhs).enumerate() {
                        let decl = shared.unwrap_or_else(|| {
                            let decl = self.new_decl(pkg, file_scope, file);
                            let d = self.decl_mut(decl);
                            d.ty = s.ty.as_ref();
                            d.init = s.values.get(i);
                            decl
                        });
                        self.declare_at(place, name, obj, decl);
                    }
                    if s.ty.is_none() || !s.values.is_empty() {
                        self.arity(s.span.lo, &s.names, &s.values, false, false);
                    }
                }
            }
            Decl::Type(GenDecl { specs, .. }) => {
                for s in specs {
                    let obj = self.place_obj(place, |pkg| {
                        Object::type_name(s.name.pos(), pkg, s.name.name, None)
                    });
                    let decl = self.new_decl(pkg, file_scope, file);
                    self.decl_mut(decl).tdecl = Some(s);
                    self.declare_at(place, s.name, obj, decl);
                }
            }
            Decl::Func(s) => {
                let name = s.name;
                let obj =
                    self.place_obj(place, |pkg| Object::func(name.pos(), pkg, name.name, None));
                let decl = self.new_decl(pkg, file_scope, file);
                self.decl_mut(decl).fdecl = Some(s);
                if place.known.is_some() {
                    self.declare_at(place, name, obj, decl);
                    return;
                }
                let allow_tparams = |c: &mut Self, since, what: &str| {
                    if let Some(f) = s.tparams.first() {
                        c.verify_version(f.span, since, |_| what.to_owned());
                    }
                };
                let scope = self.pkg(pkg).scope;
                match &s.recv {
                    None => {
                        let is_init = name.as_str() == "init";
                        let is_main =
                            name.as_str() == "main" && self.pkg(pkg).name.as_str() == "main";
                        if is_init || is_main {
                            let code = if is_init {
                                Code::InvalidInitDecl
                            } else {
                                Code::InvalidMainDecl
                            };
                            if let Some(f) = s.tparams.first() {
                                let msg =
                                    format!("func {} must have no type parameters", name.name);
                                self.soft_error(f.span, code, msg);
                            }
                            if !s.sig.params.is_empty() || !s.sig.results.is_empty() {
                                let msg = format!(
                                    "func {} must have no arguments and no return values",
                                    name.name
                                );
                                self.soft_error(name, code, msg);
                            }
                        } else {
                            allow_tparams(self, 18, "type parameter");
                        }
                        if is_init {
                            // There may be several, and nobody can call them.
                            self.objs[obj].parent = Some(scope);
                            self.info.record_def(name.id, obj);
                            self.pkg_mut(pkg).inits.push(obj);
                            if s.body.is_none() {
                                let msg = "func init must have a body";
                                self.soft_error(name, Code::MissingInitBody, msg);
                            }
                        } else {
                            self.declare(scope, Some(name), obj, minigo_syntax::source::Pos::NONE);
                        }
                    }
                    Some(recv) => {
                        let (ptr, base, _) = unpack_recv(&recv.ty);
                        if let ExprKind::Ident(recv) = base.kind
                            && !name.is_blank()
                        {
                            methods.push(MethodInfo { obj, ptr, recv });
                        }
                        allow_tparams(self, 27, "generic method");
                        self.info.record_def(name.id, obj);
                    }
                }
                self.add_pkg_obj(pkg, obj, Some(decl));
            }
        }
    }

    fn collect_imports(&mut self, pkg: PkgId, file_scope: ScopeId, group: &'a GenDecl<ImportSpec>) {
        for s in &group.specs {
            let Some(path) = quote::unquote(s.path.text.as_str()) else {
                continue;
            };
            let path = String::from_utf8_lossy(&path);
            if let Err(why) = valid_import_path(&path) {
                let msg = format!("invalid import path ({why})");
                self.error(s.path.span, Code::BadImportPath, msg);
                continue;
            }
            let imp = self.import_package(s.path.span, &path);
            let name = s.name.map_or(self.pkg(imp).name, |n| n.name);
            if name.as_str() == "init" {
                let msg = "cannot import package as init - init must be a func";
                self.error(s.span, Code::InvalidInitDecl, msg);
                continue;
            }
            if !self.pkg(pkg).imports.contains(&imp) {
                self.pkg_mut(pkg).imports.push(imp);
            }
            if name.is_blank() {
                self.pkg_mut(pkg).effects.push(imp);
            }
            let kind = ObjectKind::PkgName { imported: imp };
            let mut obj = Object::new(kind, s.span.lo, Some(pkg), name, Some(Types::INVALID));
            obj.state = ObjState::Done;
            // Names of a package that could not be found are not reported, nor is its import.
            obj.used = self.pkg(imp).fake || self.pkg(imp).in_progress;
            let obj = self.objs.add(obj);
            self.info.record_def(s.name.map_or(s.id, |n| n.id), obj);
            self.pkg_mut(pkg).pkg_names.push(obj);
            if name.as_str() != "." {
                self.declare(file_scope, None, obj, minigo_syntax::source::Pos::NONE);
                continue;
            }
            self.load(imp);
            let elems = self.scopes[self.pkg(imp).scope].elems().to_vec();
            for (name, member) in elems {
                if !is_exported(name) {
                    continue;
                }
                if let Some(alt) = self.scopes[file_scope].insert(name, member) {
                    let mut err = Error::new(Code::DuplicateDecl);
                    let span = s.name.map_or(s.span, |n| n.span);
                    err.add(span, format!("{name} redeclared in this block"));
                    self.add_alt_decl(&mut err, alt);
                    self.report(err);
                } else {
                    self.dot_imports.insert((file_scope, name), obj);
                }
            }
        }
    }

    /// The type that a method's receiver names, through aliases, and whether the receiver is a pointer.
    fn resolve_base_type_name(
        &mut self,
        pkg: PkgId,
        ptr: bool,
        name: Symbol,
    ) -> Option<(bool, ObjId)> {
        let mut ptr = ptr;
        let mut name = name;
        let mut seen = Vec::new();
        loop {
            // Outside of the package's own scope there are earlier inputs of a session, and predeclared types.
            let (_, obj) = self.scopes.lookup_parent(self.pkg(pkg).scope, name)?;
            if !self.objs[obj].is_type_name()
                || self.objs[obj].pkg != Some(pkg)
                || seen.contains(&obj)
            {
                return None;
            }
            if self.is_outlined_type(obj) {
                return Some((ptr, obj));
            }
            let decl = self.objs[obj].decl.or_else(|| self.read_outlined(obj))?;
            let tdecl: &'a TypeSpec = self.decl(decl).tdecl?;
            if tdecl.assign.is_none() {
                return Some((ptr, obj));
            }
            // An alias: its own type parameters cannot be a receiver's.
            if !tdecl.tparams.is_empty() {
                return None;
            }
            seen.push(obj);
            let mut ty = tdecl.ty.unparen();
            if let ExprKind::Star(x) = &ty.kind {
                if ptr {
                    return None;
                }
                ptr = true;
                ty = x.unparen();
            }
            let ExprKind::Ident(next) = ty.kind else {
                return None;
            };
            name = next;
        }
    }

    /// Checks all objects of a package. Types first, so that methods are known when other things are checked; aliases after
    /// them, since they are complete only with the types they stand for.
    pub(crate) fn package_objects(&mut self, objects: &[ObjId]) {
        // A type of an earlier input may get methods from this one.
        let mut known: Vec<ObjId> = self
            .methods
            .keys()
            .copied()
            .filter(|&o| self.objs[o].state == ObjState::Done)
            .collect();
        known.sort();
        for obj in known {
            self.collect_methods(obj);
        }
        let is_alias = |c: &Self, o: ObjId| {
            c.decl_of(o)
                .and_then(|d| d.tdecl)
                .map(|t: &TypeSpec| t.assign.is_some())
        };
        let (mut aliases, mut others) = (Vec::new(), Vec::new());
        for &obj in objects {
            match is_alias(self, obj) {
                Some(false) => self.obj_decl(obj),
                Some(true) => aliases.push(obj),
                None => others.push(obj),
            }
        }
        for obj in aliases.into_iter().chain(others) {
            self.obj_decl(obj);
        }
    }

    fn unused_imports(&mut self, pkg: PkgId) {
        for obj in std::mem::take(&mut self.pkg_mut(pkg).pkg_names) {
            let o = &self.objs[obj];
            if o.used || o.name.is_blank() {
                continue;
            }
            let ObjectKind::PkgName { imported } = o.kind else {
                continue;
            };
            let (name, path) = (o.name.as_str(), self.pkg(imported).path.as_str());
            let elem = path.rsplit('/').next().unwrap_or(path);
            let quoted = quote::quote(path.as_bytes());
            let msg = if name == "." || name == elem {
                format!("{quoted} imported and not used")
            } else {
                format!("{quoted} imported as {name} and not used")
            };
            let span = o.pos.span_of(name.len() as u32);
            self.soft_error(span, Code::UnusedImport, msg);
        }
    }

    /// What is wrong with the directives of a package's files. gc looks at them when all else is right.
    fn directives(&mut self, pkg: PkgId) {
        let files = self.pkg(pkg).files.clone();
        let mut linked = Vec::new();
        for file in files {
            for late in &file.directives.late {
                self.push_diagnostic(late.clone());
            }
            let imports_unsafe = file.decls.iter().any(|d| match d {
                Decl::Import(d) => d.specs.iter().any(|s| s.path.text.as_str() == "\"unsafe\""),
                _ => false,
            });
            for link in &file.directives.linknames {
                let scope = self.pkg(pkg).scope;
                let obj = self.scopes[scope].lookup(Symbol::intern(&link.local));
                let obj = obj.filter(|&o| self.objs[o].is_func() || self.objs[o].is_var());
                let msg = match obj {
                    _ if !imports_unsafe => {
                        "//go:linkname only allowed in Go files that import \"unsafe\"".to_owned()
                    }
                    None if self.pkg(pkg).lang < Version(18) => continue,
                    None => "//go:linkname must refer to declared function or variable".to_owned(),
                    Some(o) if linked.contains(&o) => {
                        format!("duplicate //go:linkname for {}", link.local)
                    }
                    Some(o) => {
                        linked.push(o);
                        continue;
                    }
                };
                self.error(link.at, Code::MisplacedDirective, msg);
            }
        }
    }

    fn is_linked(&self, obj: ObjId) -> bool {
        let name = self.objs[obj].name.as_str();
        let links = |f: &&File| f.directives.linknames.iter().any(|l| l.local == name);
        let is_here = |pkg: PkgId| self.pkg(pkg).files.iter().any(&links);
        self.objs[obj].pkg.is_some_and(is_here)
    }

    /// Only the library declares functions without bodies, and those that have theirs elsewhere by a linkname.
    pub(crate) fn missing_bodies(&mut self, objects: &[ObjId]) {
        for &obj in objects {
            let Some(fdecl) = self.decl_of(obj).and_then(|d| d.fdecl) else {
                continue;
            };
            if fdecl.body.is_none()
                && self.objs[obj].name.as_str() != "init"
                && !self.is_linked(obj)
            {
                let span = Span::new(fdecl.pos, fdecl.name.span.hi);
                self.error(span, Code::BadDecl, "missing function body");
            }
        }
    }
}

/// What a receiver's type consists of: whether it is a pointer, the type's name, and the names of type parameters behind it.
pub(crate) fn unpack_recv(e: &Expr) -> (bool, &Expr, &[Expr]) {
    let mut base = e.unparen();
    let mut ptr = false;
    if let ExprKind::Star(x) = &base.kind {
        ptr = true;
        base = x.unparen();
    }
    match &base.kind {
        ExprKind::Index(x) => (ptr, &x.x, &x.indices),
        _ => (ptr, base, &[]),
    }
}

fn valid_import_path(path: &str) -> Result<(), String> {
    if path.is_empty() {
        return Err("empty string".into());
    }
    const ILLEGAL: &str = "!\"#$%&'()*,:;<=>?[\\]^{|}`\u{fffd}";
    match path
        .chars()
        .find(|&c| c.is_control() || c.is_whitespace() || ILLEGAL.contains(c))
    {
        None => Ok(()),
        Some(c) if c.is_control() => Err(format!("invalid character U+{:04X}", c as u32)),
        Some(c) => Err(format!("invalid character U+{:04X} '{c}'", c as u32)),
    }
}

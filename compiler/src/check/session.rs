//! A package that grows: what an interactive session does with each input.
//!
//! Inputs are checked one after the other, each as a file of the session's package. The session has one flat scope; an
//! input declares into a scope of its own inside it, and when the input is found right, its names are moved to the
//! session's scope, over those that stood there. So a look-up costs the same after five thousand inputs, a name declared
//! again means the new object from here on, and what was checked before keeps the object it was checked with.
//!
//! An input that has errors leaves nothing but its diagnostics; [`Checker::retract`] takes a correct one back.
//! Knows nothing of: how inputs are read, what runs.

use minigo_syntax::ast::{Expr, File, Ident};
use minigo_syntax::codes::Code;
use minigo_syntax::source::Span;
use minigo_syntax::symbol::Symbol;

use super::{
    Checker, Environment, Initializer, LookupResult, Mode, NamedId, ObjId, Object, ObjectKind,
    Operand, PackageMode, PkgId, ScopeId, Type, TypeId, Types, VarKind,
};

/// What an input added to the session.
#[derive(Debug, Default)]
pub struct Extension<'a> {
    /// Its package-level objects and methods, in source order.
    pub objects: Vec<ObjId>,
    /// Its `init` functions.
    pub inits: Vec<ObjId>,
    /// The initialisations of its variables in the order of execution.
    pub init_order: Vec<Initializer<'a>>,
    /// The expression whose value the user wants to see, and the variables that get its values: none for a call that
    /// has no result.
    pub value: Option<Initializer<'a>>,
    /// In place of `value`: a constant that fits no type, or `nil`.
    pub shown: Option<Shown>,
    /// Objects that other ones replace, oldest first.
    pub replaced: Vec<(ObjId, ObjId)>,
    /// Methods of earlier types that other ones replace.
    pub methods: Vec<(ObjId, ObjId)>,
    /// Whether a type of an earlier input has got methods, or other ones.
    pub new_methods: bool,
    undo: Undo,
}

/// What an input wants beside its declarations.
#[derive(Clone, Copy, Debug)]
pub enum Work<'a> {
    /// Nothing.
    Declare,
    /// The value of an expression.
    Value(&'a Expr),
    /// New variables, which their values do not see yet: `x := x + 1` is right. Without values they have a type.
    Define {
        /// The variables.
        names: &'a [Ident],
        /// Their type, if it is written.
        ty: Option<&'a Expr>,
        /// Their values.
        values: &'a [Expr],
    },
}

/// An expression without a variable that could hold it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The value in Go syntax.
    pub value: String,
    /// What it is.
    pub ty: String,
}

/// How things were.
#[derive(Debug, Default)]
struct Undo {
    /// What stood under each name.
    names: Vec<(Symbol, Option<ObjId>)>,
    /// The methods that types had.
    methods: Vec<(NamedId, Vec<Option<ObjId>>)>,
    lens: [usize; 5],
}

/// The state of a session between and during inputs.
#[derive(Debug)]
pub(crate) struct SessionState {
    /// Its package.
    pub pkg: PkgId,
    /// Its flat scope.
    scope: ScopeId,
    /// The first object of the input being checked: those below are of earlier inputs.
    first: usize,
    /// Methods replaced by this input, and the lists as they were.
    replaced: Vec<(ObjId, ObjId)>,
    lists: Vec<(NamedId, Vec<Option<ObjId>>)>,
}

impl<'a> Checker<'a> {
    /// Opens the session's package. There is one session per checker.
    pub fn open_session(&mut self) -> PkgId {
        let main = Symbol::intern("main");
        let pkg = self.new_package(main, main, PackageMode::Full, self.lang);
        let scope = self.pkg(pkg).scope;
        self.session = Some(SessionState {
            pkg,
            scope,
            first: 0,
            replaced: Vec::new(),
            lists: Vec::new(),
        });
        pkg
    }

    /// Whether unused variables, labels and imports of the package at hand are no errors.
    pub(crate) fn is_session(&self) -> bool {
        self.session.as_ref().is_some_and(|s| s.pkg == self.env.pkg)
    }

    /// Whether an object was declared by an earlier input of the session than the one being checked.
    pub(crate) fn of_earlier_input(&self, obj: ObjId) -> bool {
        self.session
            .as_ref()
            .is_some_and(|s| obj.index() < s.first && self.objs[obj].pkg == Some(s.pkg))
    }

    /// Notes that a method of this input takes the place of an earlier one.
    pub(crate) fn replace_method(&mut self, old: ObjId, new: ObjId) {
        if let Some(s) = &mut self.session {
            s.replaced.push((old, new));
        }
    }

    /// Notes what methods a type has before it gets others.
    pub(crate) fn note_methods(&mut self, named: NamedId) {
        let obj = self.types[named].obj;
        if self.of_earlier_input(obj) {
            let list = self.types[named].methods.clone();
            if let Some(s) = &mut self.session {
                s.lists.push((named, list));
            }
        }
    }

    /// The name's object in the session, or a predeclared one.
    pub fn session_lookup(&self, name: Symbol) -> Option<ObjId> {
        let s = self.session.as_ref()?;
        self.scopes.lookup_parent(s.scope, name).map(|(_, o)| o)
    }

    /// All names of the session with their objects, oldest name first.
    pub fn session_names(&self) -> Vec<(Symbol, ObjId)> {
        let Some(s) = &self.session else {
            return Vec::new();
        };
        self.scopes[s.scope].elems().to_vec()
    }

    /// Gives a name of the session to an object, or to none; what it meant before.
    pub fn rebind(&mut self, name: Symbol, obj: Option<ObjId>) -> Option<ObjId> {
        let scope = self.session.as_ref()?.scope;
        let old = self.scopes[scope].lookup(name);
        match obj {
            Some(obj) => self.scopes[scope].replace(name, obj),
            None => self.scopes[scope].remove(name),
        }
        old
    }

    /// Checks an input: declarations, and what else it wants. It sees all that is there, imports too.
    /// `None` if there were errors: then it is as if the input had never been, but for the diagnostics.
    pub fn extend_package(&mut self, file: &'a File, work: Work<'a>) -> Option<Extension<'a>> {
        let first = self.objs.len();
        let s = self.session.as_mut()?;
        s.first = first;
        let (pkg, outer) = (s.pkg, s.scope);
        self.has_errors = false;
        let p = self.pkg(pkg);
        let lens = [
            p.objects.len(),
            p.inits.len(),
            p.init_order.len(),
            p.files.len(),
            p.pkg_names.len(),
        ];
        let inner = self.scopes.add(Some(outer), Span::NONE);
        self.pkg_mut(pkg).scope = inner;
        let mut ext = Extension::default();
        self.check_session_file(pkg, file, work, &mut ext);
        self.pkg_mut(pkg).scope = outer;
        ext.undo.lens = lens;
        if let Some(s) = &mut self.session {
            ext.methods = std::mem::take(&mut s.replaced);
            ext.undo.methods = std::mem::take(&mut s.lists);
        }
        ext.new_methods = !ext.undo.methods.is_empty();
        if self.has_errors {
            self.restore(&mut ext.undo);
            return None;
        }
        let p = self.pkg(pkg);
        ext.objects = p.objects[lens[0]..].to_vec();
        ext.inits = p.inits[lens[1]..].to_vec();
        ext.init_order = p.init_order[lens[2]..].to_vec();
        let mut names = self.scopes[inner].elems().to_vec();
        if let Some(file_scope) = self.pkg(pkg).last_file_scope {
            names.extend_from_slice(self.scopes[file_scope].elems());
        }
        if let Some(first) = ext.value.as_ref().and_then(|v| v.lhs.first()) {
            names.push((Symbol::BLANK, *first));
        }
        for (name, obj) in names {
            let old = self.rebind(name, Some(obj));
            ext.undo.names.push((name, old));
            if let Some(old) = old {
                ext.replaced.push((old, obj));
            }
        }
        Some(ext)
    }

    /// Takes an input back: names mean what they meant before it. Inputs are taken back newest first.
    pub fn retract(&mut self, mut ext: Extension<'a>) {
        self.restore(&mut ext.undo);
    }

    fn restore(&mut self, undo: &mut Undo) {
        for (name, old) in undo.names.drain(..).rev() {
            self.rebind(name, old);
        }
        for (named, list) in undo.methods.drain(..).rev() {
            self.types[named].methods = list;
        }
        let Some(pkg) = self.session.as_ref().map(|s| s.pkg) else {
            return;
        };
        let lens = undo.lens;
        let p = self.pkg_mut(pkg);
        p.objects.truncate(lens[0]);
        p.inits.truncate(lens[1]);
        p.init_order.truncate(lens[2]);
        p.files.truncate(lens[3]);
        p.pkg_names.truncate(lens[4]);
        // What waited for a correct end of the input will not come. (Packages of the library stay as they are.)
        let first = self.session.as_ref().map_or(0, |s| s.first);
        let objs = &self.objs;
        self.methods.retain(|_, list| {
            list.retain(|&m| m.index() < first || objs[m].pkg != Some(pkg));
            !list.is_empty()
        });
        self.interfaces.clear();
        self.sized.clear();
        self.frames.clear();
    }

    fn check_session_file(
        &mut self,
        pkg: PkgId,
        file: &'a File,
        work: Work<'a>,
        ext: &mut Extension<'a>,
    ) {
        let scope = self.pkg(pkg).scope;
        let env = self.swap_env(Environment::new(pkg, scope));
        let top = self.n_delayed();
        let before = self.pkg(pkg).objects.len();
        self.pkg_mut(pkg).in_progress = true;
        self.collect_objects(pkg, vec![file]);
        let objects = self.pkg(pkg).objects[before..].to_vec();
        self.direct_cycles(&objects);
        self.package_objects(&objects);
        match work {
            Work::Declare => {}
            Work::Value(e) => self.session_value(pkg, file, e, ext),
            Work::Define { names, ty, values } => {
                self.session_define(pkg, file, names, ty, values);
            }
        }
        self.process_delayed(top);
        self.init_order(pkg, &objects);
        if !self.has_errors {
            self.anonymous_interface_cycles();
            self.too_large_types();
        }
        if !self.has_errors {
            self.missing_bodies(&objects);
        }
        if !self.has_errors {
            self.monomorph();
        }
        self.pkg_mut(pkg).in_progress = false;
        self.swap_env(env);
    }

    /// Checks the expression to evaluate, and makes the variables that get its values.
    fn session_value(&mut self, pkg: PkgId, file: &'a File, e: &'a Expr, ext: &mut Extension<'a>) {
        let file_scope = self.pkg(pkg).last_file_scope.unwrap_or(self.pkg(pkg).scope);
        let decl = self.new_decl(pkg, file_scope, file.file);
        let mut env = self.file_env(pkg, file_scope, file.file);
        env.decl = Some(decl);
        let env = self.swap_env(env);
        let mut x = Operand::new();
        self.raw_expr(None, &mut x, e, None, false);
        self.swap_env(env);
        let mut types = Vec::new();
        match x.mode {
            Mode::Invalid => return,
            Mode::NoValue => {}
            Mode::TypExpr => {
                let msg = format!("{} (type) is not an expression", self.estr(e));
                self.error(e, Code::NotAnExpr, msg);
                return;
            }
            Mode::Builtin(_) => {
                let msg = format!("{} (built-in) must be called", self.estr(e));
                self.error(e, Code::UncalledBuiltin, msg);
                return;
            }
            _ if x.is_nil() => {
                ext.shown = Some(Shown {
                    value: "nil".to_owned(),
                    ty: "untyped nil".to_owned(),
                });
                return;
            }
            _ => match self.types.get(x.ty) {
                Type::Tuple(vars) => {
                    for i in 0..vars.len() {
                        types.push(self.objs.ty(self.types.obj(vars, i)));
                    }
                }
                _ => {
                    if x.mode == Mode::Constant && self.is_untyped(x.ty) {
                        let ty = self.default_type(x.ty);
                        if !self.holds(&x, ty) {
                            ext.shown = Some(Shown {
                                value: x.val.to_string(),
                                ty: self.tstr(x.ty),
                            });
                            return;
                        }
                    }
                    self.assignment(&mut x, None, "expression");
                    if !x.is_valid() {
                        return;
                    }
                    types.push(x.ty);
                }
            },
        }
        let mut lhs = Vec::with_capacity(types.len());
        for ty in types {
            let name = Symbol::intern(&format!("{RESULT}{}", self.objs.len()));
            let obj = Object::var(VarKind::Package, e.pos(), Some(pkg), name, Some(ty));
            let obj = self.new_obj(obj);
            self.objs[obj].decl = Some(decl);
            self.objs[obj].state = super::ObjState::Done;
            self.objs[obj].order = 1;
            lhs.push(obj);
        }
        ext.value = Some(Initializer { lhs, rhs: e });
    }

    /// Checks values, then declares the variables that get them.
    fn session_define(
        &mut self,
        pkg: PkgId,
        file: &'a File,
        names: &'a [Ident],
        ty: Option<&'a Expr>,
        values: &'a [Expr],
    ) {
        let file_scope = self.pkg(pkg).last_file_scope.unwrap_or(self.pkg(pkg).scope);
        let decl = self.new_decl(pkg, file_scope, file.file);
        let mut env = self.file_env(pkg, file_scope, file.file);
        env.decl = Some(decl);
        let env = self.swap_env(env);
        let ty = ty.map(|t| self.var_type(t));
        let mut lhs = Vec::with_capacity(names.len());
        for name in names {
            let obj = Object::var(VarKind::Package, name.pos(), Some(pkg), name.name, ty);
            let obj = self.new_obj(obj);
            self.objs[obj].state = super::ObjState::Done;
            lhs.push(obj);
        }
        if !values.is_empty() {
            self.init_vars(&lhs, values, None);
        }
        self.swap_env(env);
        for (&name, &obj) in names.iter().zip(&lhs) {
            self.declare_pkg_obj(pkg, name, obj, decl);
        }
        let order = &mut self.pkg_mut(pkg).init_order;
        match values {
            [] => {}
            _ if values.len() == lhs.len() => {
                for (obj, rhs) in lhs.into_iter().zip(values) {
                    order.push(Initializer {
                        lhs: vec![obj],
                        rhs,
                    });
                }
            }
            [rhs, ..] => order.push(Initializer { lhs, rhs }),
        }
    }

    /// Whether a constant operand has a value of the type.
    fn holds(&mut self, x: &Operand<'a>, ty: TypeId) -> bool {
        match self.types.get(ty) {
            Type::Basic(basic) => self.representable_const(&x.val, basic).is_some(),
            _ => true,
        }
    }

    /// Whether a value of the type has, or may turn out to have, a method that says what it is: `Error` or `String`.
    pub fn may_have_text(&mut self, ty: TypeId) -> bool {
        let u = self.under(ty);
        if let Type::Interface(_) = self.types.get(u) {
            return true;
        }
        let pkg = self.session.as_ref().map(|s| s.pkg);
        ["Error", "String"].into_iter().any(|name| {
            let name = Symbol::intern(name);
            let found = self.lookup_field_or_method(ty, false, pkg, name, false);
            let LookupResult::Found(l) = found else {
                return false;
            };
            self.obj_decl(l.obj);
            let t = self.objs.ty(l.obj);
            match self.types.get(t) {
                Type::Signature(sig) if self.objs[l.obj].is_func() => {
                    let sig = self.types[sig];
                    sig.params.is_empty()
                        && sig.results.len() == 1
                        && self.objs.ty(self.types.obj(sig.results, 0)) == Types::STRING
                }
                _ => false,
            }
        })
    }

    /// The exported names of a package, sorted.
    pub fn exported_names(&mut self, pkg: PkgId) -> Vec<String> {
        self.load(pkg);
        let elems = self.scopes[self.pkg(pkg).scope].elems();
        let exported = elems.iter().filter(|e| super::is_exported(e.0));
        let mut names: Vec<String> = exported.map(|e| e.0.as_str().to_owned()).collect();
        names.sort();
        names
    }

    /// The names of a type's fields and methods, promoted ones included, as far as the session may use them.
    pub fn member_names(&mut self, ty: TypeId) -> Vec<String> {
        let mut names = Vec::new();
        self.add_members(ty, 0, &mut names);
        names
    }

    fn add_members(&mut self, ty: TypeId, depth: u32, names: &mut Vec<String>) {
        if depth > 5 {
            return;
        }
        let mut t = self.unalias(ty);
        if let Type::Pointer { elem } = self.types.get(t) {
            t = self.unalias(elem);
        }
        let own = self.session.as_ref().map(|s| s.pkg);
        let mut members: Vec<ObjId> = Vec::new();
        if let Type::Named(n) = self.types.get(t) {
            let origin = self.types.origin(n);
            let obj = self.types[origin].obj;
            self.obj_decl(obj);
            members.extend(self.types[origin].methods.iter().flatten());
        }
        let mut embedded = Vec::new();
        let u = self.under(t);
        match self.types.get(u) {
            Type::Struct(s) => {
                let fields = self.types.objs(self.types[s].fields).to_vec();
                embedded.extend(
                    fields
                        .iter()
                        .copied()
                        .filter(|&f| self.objs[f].is_embedded()),
                );
                members.extend(fields);
            }
            Type::Interface(i) => {
                let methods = self.type_set(i).methods;
                members.extend(self.types.objs(methods));
            }
            _ => {}
        }
        for m in members {
            let o = &self.objs[m];
            if !o.name.is_blank() && (o.is_exported() || o.pkg == own) {
                names.push(o.name.as_str().to_owned());
            }
        }
        for f in embedded {
            let ty = self.objs.ty(f);
            self.add_members(ty, depth + 1, names);
        }
    }

    /// The method of a type, or of the pointer to it.
    pub fn method_of(&mut self, ty: TypeId, name: Symbol) -> Option<ObjId> {
        let pkg = self.session.as_ref().map(|s| s.pkg);
        match self.lookup_field_or_method(ty, true, pkg, name, false) {
            LookupResult::Found(l) => {
                self.obj_decl(l.obj);
                Some(l.obj)
            }
            _ => None,
        }
    }

    /// Whether it is a declared function or method without type parameters, and with a body.
    pub fn is_plain_func(&mut self, obj: ObjId) -> bool {
        if !self.objs[obj].is_func()
            || self
                .decl_of(obj)
                .and_then(|d| d.fdecl)
                .is_none_or(|f| f.body.is_none())
        {
            return false;
        }
        self.obj_decl(obj);
        match self.types.get(self.objs.ty(obj)) {
            Type::Signature(sig) => {
                let sig = &self.types[sig];
                sig.tparams.is_empty() && sig.rparams.is_empty()
            }
            _ => false,
        }
    }

    /// The objects declared by the session that `obj`'s declaration mentions, itself excluded.
    pub fn mentioned_by(&self, obj: ObjId) -> &[ObjId] {
        self.decl_of(obj).map_or(&[], |d| &d.deps)
    }

    /// Whether a type has the defined type `named` in it.
    pub fn type_mentions(&self, ty: TypeId, named: NamedId) -> bool {
        self.type_mentions_at(ty, named, 0)
    }

    fn type_mentions_at(&self, ty: TypeId, named: NamedId, depth: u32) -> bool {
        let inside = |t| self.type_mentions_at(t, named, depth + 1);
        if depth > 20 || ty == Types::INVALID {
            return false;
        }
        match self.types.get(ty) {
            Type::Named(n) => {
                let targs = self.types.type_args(n);
                self.types.origin(n) == named || self.types.list(targs).iter().any(|&t| inside(t))
            }
            Type::Pointer { elem }
            | Type::Slice { elem }
            | Type::Array { elem, .. }
            | Type::Chan { elem, .. } => inside(elem),
            Type::Map { key, elem } => inside(key) || inside(elem),
            Type::Signature(sig) => {
                let sig = self.types[sig];
                let all = [sig.params, sig.results];
                all.into_iter().any(|list| {
                    (0..list.len()).any(|i| inside(self.objs.ty(self.types.obj(list, i))))
                })
            }
            Type::Struct(s) => {
                let fields = self.types[s].fields;
                (0..fields.len()).any(|i| inside(self.objs.ty(self.types.obj(fields, i))))
            }
            _ => false,
        }
    }

    /// What an object is, in Go's words for declarations: `func f(x int) int`, `var x int`.
    pub fn describe_object(&mut self, obj: ObjId) -> String {
        let name = self.objs[obj].name;
        let ty = self.objs.ty(obj);
        match self.objs[obj].kind.clone() {
            ObjectKind::PkgName { imported } => {
                format!("import {:?}", self.pkg(imported).path.as_str())
            }
            ObjectKind::Const { val } => format!("const {name} {} = {val}", self.tstr(ty)),
            ObjectKind::TypeName => match self.types.get(ty) {
                Type::Named(n) => {
                    let tparams = self.types[n].tparams;
                    let list: Vec<String> = (0..tparams.len())
                        .map(|i| self.tstr(self.types.at(tparams, i)))
                        .collect();
                    let list = if list.is_empty() {
                        String::new()
                    } else {
                        format!("[{}]", list.join(", "))
                    };
                    let under = self.under(ty);
                    format!("type {name}{list} {}", self.tstr(under))
                }
                _ => format!("type {name} = {}", self.tstr(ty)),
            },
            ObjectKind::Var { .. } => format!("var {name} {}", self.tstr(ty)),
            ObjectKind::Func { .. } => {
                let recv = self.as_signature(ty).and_then(|s| self.types[s].recv);
                let recv = recv.map_or(String::new(), |r| {
                    let text = format!("{} {}", self.objs[r].name, self.tstr(self.objs.ty(r)));
                    format!("({}) ", text.trim_start())
                });
                let sig = self.tstr(ty);
                let sig = sig.strip_prefix("func").unwrap_or(&sig);
                format!("func {recv}{name}{sig}")
            }
            ObjectKind::Builtin(_) => format!("builtin {name}"),
            ObjectKind::Nil => "nil".to_owned(),
            ObjectKind::Label => name.as_str().to_owned(),
        }
    }

    /// A type in Go's spelling, seen from the session.
    pub fn type_text(&mut self, ty: TypeId) -> String {
        let pkg = self.session.as_ref().map(|s| s.pkg);
        let env = pkg.map(|p| {
            let scope = self.pkg(p).scope;
            self.swap_env(Environment::new(p, scope))
        });
        let text = self.tstr(ty);
        if let Some(env) = env {
            self.swap_env(env);
        }
        text
    }
}

/// Names of the variables that hold results begin with this letter, which nobody types by accident.
pub const RESULT: &str = "ʀ";

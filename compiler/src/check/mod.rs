//! The type checker: names, types and constants of every expression of a program. (Go: cmd/compile/internal/types2)
//!
//! One [`Checker`] serves a whole program, for as long as the program is worked on. It owns all types, objects, scopes and
//! packages, and can be asked for more later:
//!  - A *full* package is checked at once and completely; every mistake in it is reported.
//!  - A *lazy* package (the library) is read when one of its names is first looked up. Its objects get their types when
//!    they are needed, and its function bodies are parsed and checked when [`Checker::ensure_body`] asks.
//!
//! The structure is types2's, file by file, and so are the names: an *operand* flows through expressions; objects of
//! packages are checked by `obj_decl` wherever they are first used; what must wait until types are complete is put off with
//! `later`. Every accepted program is fully typed: what comes behind never guesses and never reports.
//!
//! Invariants:
//!  - An operand that was found wrong is [`Mode::Invalid`] (its type the invalid type) and stays silent: one mistake, one error.
//!  - `env` says where we are; whoever checks something elsewhere (an object's declaration, a body) swaps it and restores it.
//!  - No input makes the checker panic; recursion is bounded by the depth of the tree and by the nesting of types.
//!
//! Must never know: bytecode, layout of frames, how diagnostics are drawn, where files come from.

pub mod bigfloat;
pub mod constant;
pub mod dump;
pub mod info;
pub mod object;
pub mod operand;
pub mod quote;
pub mod scope;
pub mod trees;
pub mod types;
pub mod typestring;
pub mod universe;

mod assignments;
mod builtins;
mod call;
mod conversions;
mod decl;
mod errors;
mod expr;
mod index;
mod infer;
mod initorder;
mod instantiate;
mod labels;
mod literals;
mod lookup;
mod mono;
mod named;
mod outline;
mod predicates;
mod range;
mod representable;
mod resolver;
mod returns;
pub mod session;
mod signature;
mod sizes;
mod stmt;
mod subst;
mod suggest;
mod typeset;
mod typexpr;
mod under;
mod unify;
mod validtype;
mod version;

use std::collections::HashMap;

use minigo_syntax::ast::{Block, Decl, Expr, File, FuncDecl, NodeId, TypeSpec};
use minigo_syntax::diag::Diagnostic;
use minigo_syntax::source::{FileId, Pos, Span};
use minigo_syntax::symbol::Symbol;
use minigo_syntax::version::Version;

pub use constant::Value;
pub use errors::{At, Error};
pub use info::{
    ConstId, Info, Initializer, InstanceInfo, Selection, SelectionKind, TypeAndValue, Untyped,
};
pub use lookup::{Lookup, LookupResult};
pub use object::{
    DeclId, ObjId, ObjState, Object, ObjectKind, Objects, PkgId, ScopeId, VarKind, is_exported,
};
pub use operand::{Mode, Operand};
pub use scope::{IdMap, IdSet, Scope, Scopes};
pub use trees::Trees;
pub use types::{
    AliasId, Basic, ChanDir, IfaceId, NamedId, ObjList, SigId, Signature, StructId, Term, Terms,
    Type, TypeId, TypeList, TypeParamId, TypeSet, Types, UnionId,
};
pub use universe::{BuiltinId, ExprKind, Universe};
pub use version::Lang;

/// How much of a package is checked.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum PackageMode {
    /// Everything, at once, with every error.
    Full,
    /// What is asked for, when it is asked for; unused imports and variables do not matter.
    Lazy,
}

/// What an importer knows of a package before its files are read.
#[derive(Copy, Clone, Debug)]
pub struct Resolved {
    /// The path that identifies the package; usually the import path itself.
    pub path: Symbol,
    /// The name in its package clauses.
    pub name: Symbol,
    /// How much of it is checked.
    pub mode: PackageMode,
    /// The language version that its module asks for.
    pub lang: Version,
}

/// A file of a lazy package that is not parsed yet.
#[derive(Clone, Debug)]
pub struct Outline<'a> {
    /// The file.
    pub file: FileId,
    /// Its extent.
    pub span: Span,
    /// A line for each declaration, as `stdlib/build_outline.rs` writes them.
    pub text: &'a str,
}

/// Where packages come from. The implementation parses, owns the sources, and keeps trees (in a [`Trees`]) for `'a`.
pub trait Importer<'a> {
    /// Finds the package behind an import path, seen from package `from`. The error is the text that gc prints for the
    /// import (`package foo/bar is not in std`).
    fn resolve(&mut self, path: &str, from: Symbol) -> Result<Resolved, String>;

    /// The parsed files of a package found before, and the syntax errors in them.
    fn load(&mut self, path: Symbol) -> (Vec<&'a File>, Vec<Diagnostic>);

    /// The files of a lazy package with outlines, so that its declarations are parsed one by one when they are needed;
    /// `None` if they have none, and are to be loaded whole.
    fn outlines(&mut self, _path: Symbol) -> Option<Vec<Outline<'a>>> {
        None
    }

    /// Parses declarations that an outline points to, bodies passed over.
    fn decls(&mut self, _file: FileId, _extent: Span) -> (&'a [Decl], Vec<Diagnostic>) {
        (&[], Vec::new())
    }

    /// Parses a function body that was passed over.
    fn body(&mut self, file: FileId, body: Span) -> (&'a Block, Vec<Diagnostic>);

    /// The import path of a package that a program may have meant by an undefined name.
    fn package_named(&self, _name: &str) -> Option<String> {
        None
    }

    /// What may have been meant by an import path that leads nowhere.
    fn similar_path(&self, _path: &str) -> Option<String> {
        None
    }

    /// A position as messages have it, `file:line:column`.
    fn locate(&self, pos: Pos) -> String;
}

/// A package.
#[derive(Debug)]
pub struct Package<'a> {
    /// Its import path; `main` packages have the path they are given.
    pub path: Symbol,
    /// The name in its package clauses.
    pub name: Symbol,
    /// How much of it is checked.
    pub mode: PackageMode,
    /// Its language version, for files that ask for none.
    pub lang: Version,
    /// Its package-level names; file scopes hang below.
    pub scope: ScopeId,
    /// The packages it imports, in the order of first mention.
    pub imports: Vec<PkgId>,
    /// Those of them that are imported for their effects alone, as `_`.
    pub effects: Vec<PkgId>,
    /// Its files.
    pub files: Vec<&'a File>,
    /// Its package-level objects and methods in source order.
    pub objects: Vec<ObjId>,
    /// Its `init` functions in source order.
    pub inits: Vec<ObjId>,
    /// The initialisations of its variables in the order of execution; of a full package. See
    /// [`Checker::lazy_init_order`] for the others.
    pub init_order: Vec<Initializer<'a>>,
    /// The imports of its files that were not looked at for use yet.
    pub(crate) pkg_names: Vec<ObjId>,
    /// The scope of the last file.
    pub(crate) last_file_scope: Option<ScopeId>,
    /// Whether its files were read and its objects collected.
    pub(crate) loaded: bool,
    /// Whether its files are being read or checked just now: importing it again is a cycle.
    pub(crate) in_progress: bool,
    /// Whether the jumps in its functions were checked before anything else.
    pub(crate) jumps_checked: bool,
    /// Whether it only stands for a package that could not be found: nothing is reported for its names.
    pub fake: bool,
}

/// How a package-level object or a method is declared.
#[derive(Debug)]
pub struct DeclInfo<'a> {
    /// Its package.
    pub pkg: PkgId,
    /// The scope of the file that has it.
    pub file_scope: ScopeId,
    /// The file that has it.
    pub file: FileId,
    /// For `var a, b = f()`, all the variables; empty otherwise.
    pub lhs: Vec<ObjId>,
    /// The type of a constant or variable.
    pub ty: Option<&'a Expr>,
    /// The value of a constant or variable.
    pub init: Option<&'a Expr>,
    /// Whether type and value are those of an earlier line of a constant declaration.
    pub inherited: bool,
    /// The value of `iota` for a constant.
    pub iota: i64,
    /// The declaration of a type.
    pub tdecl: Option<&'a TypeSpec>,
    /// The declaration of a function or method.
    pub fdecl: Option<&'a FuncDecl>,
    /// The body of a function, once parsed.
    pub body: Option<&'a Block>,
    /// Whether the body was checked.
    pub body_checked: bool,
    /// The package-level objects and methods that the initialiser or body mentions, each once, in order of mention.
    pub deps: Vec<ObjId>,
    pub(crate) dep_set: IdSet<ObjId>,
}

/// Where we are while something is checked.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The package whose code is checked.
    pub pkg: PkgId,
    /// The language version.
    pub lang: Lang,
    /// The package-level declaration whose initialiser or body is checked.
    pub decl: Option<DeclId>,
    /// The innermost scope.
    pub scope: ScopeId,
    /// The value of `iota` inside a constant declaration.
    pub iota: Option<Value>,
    /// If known, where errors in a repeated constant expression are reported.
    pub errpos: Pos,
    /// Inside a list of type parameters.
    pub in_tparam_list: bool,
    /// The signature of the function whose body is checked.
    pub sig: Option<SigId>,
    /// Whether the function has labels.
    pub has_label: bool,
    /// Whether the expression has a call or a receive in it, so that `len` of it is no constant.
    pub has_call_or_recv: bool,
}

/// The signature that a generic function is assigned to, for inferring its type arguments.
#[derive(Clone, Debug)]
pub struct Target {
    /// The signature.
    pub sig: SigId,
    /// What it is the type of, for messages.
    pub desc: String,
}

type Action<'a> = Box<dyn FnOnce(&mut Checker<'a>) + 'a>;

/// The state of the checker.
pub struct Checker<'a> {
    /// All types.
    pub types: Types,
    /// All objects.
    pub objs: Objects,
    /// All scopes.
    pub scopes: Scopes,
    /// What is known about every node.
    pub info: Info,
    /// The predeclared names.
    pub universe: Universe,
    /// Where we are.
    pub(crate) env: Environment,
    pkgs: Vec<Package<'a>>,
    pkg_by_path: IdMap<Symbol, PkgId>,
    /// The language version of packages that are handed to be checked.
    lang: Version,
    /// The language versions of files, where it is not the latest.
    langs: HashMap<FileId, Lang>,
    /// Whether to report as types2 alone does, without what gc does before and after it.
    as_types2: bool,
    decls: Vec<DeclInfo<'a>>,
    /// The declarations of lazy packages that stand in outlines.
    outlined: outline::Outlined,
    importer: Box<dyn Importer<'a> + 'a>,
    /// The methods of package-level types whose declarations were not checked yet, by the type's name.
    methods: IdMap<ObjId, Vec<ObjId>>,
    /// What waits for types to be complete, with the package and declaration it belongs to.
    delayed: Vec<(PkgId, Lang, Action<'a>)>,
    /// The objects being checked, outermost first: the path of a cycle, if there is one.
    obj_path: Vec<ObjId>,
    /// Dot-imported objects of a file scope, and the imports they came through.
    dot_imports: IdMap<(ScopeId, Symbol), ObjId>,
    /// The interfaces written in full packages, and where; looked at when the package is done.
    interfaces: Vec<(Pos, IfaceId)>,
    /// Arrays and channels written in full packages whose size may be too large, and where.
    sized: Vec<(Span, TypeId)>,
    /// The functions with bodies in full packages, and where.
    frames: Vec<(Pos, SigId)>,
    /// Instances that exist, so that equal instantiations are one type.
    instances: instantiate::InstanceTable,
    /// Which type parameters are instantiated by which, against instantiation without end.
    mono: mono::Graph,
    /// How deep instantiations are nested in each other, against infinite expansion.
    instance_depth: u32,
    diags: Vec<Diagnostic>,
    has_errors: bool,
    /// The imports that are being followed: who imports, and where.
    imports: Vec<(PkgId, Span)>,
    /// What messages about packages call the program.
    main_path: String,
    /// Where the parser found faults.
    parse_errors: Vec<Pos>,
    /// Names of packages that several packages of the program have; those are printed with their paths.
    ambiguous_names: IdMap<Symbol, Vec<Symbol>>,
    /// The session that this checker serves, if it does.
    session: Option<session::SessionState>,
}

impl<'a> Checker<'a> {
    /// A checker without packages.
    pub fn new(importer: Box<dyn Importer<'a> + 'a>) -> Checker<'a> {
        let mut types = Types::new();
        let mut objs = Objects::default();
        let mut scopes = Scopes::default();
        let unsafe_pkg = PkgId::new(0);
        let universe = Universe::declare(&mut types, &mut objs, &mut scopes, unsafe_pkg);
        let unsafe_name = Symbol::intern("unsafe");
        let package = Package {
            path: unsafe_name,
            name: unsafe_name,
            mode: PackageMode::Lazy,
            lang: Version::LATEST,
            scope: universe.unsafe_scope,
            imports: Vec::new(),
            effects: Vec::new(),
            files: Vec::new(),
            objects: Vec::new(),
            inits: Vec::new(),
            init_order: Vec::new(),
            pkg_names: Vec::new(),
            last_file_scope: None,
            loaded: true,
            in_progress: false,
            jumps_checked: false,
            fake: false,
        };
        let env = Environment::new(unsafe_pkg, universe.scope);
        Checker {
            types,
            objs,
            scopes,
            info: Info::default(),
            universe,
            env,
            pkgs: vec![package],
            lang: Version::LATEST,
            langs: HashMap::new(),
            as_types2: false,
            pkg_by_path: IdMap::from_iter([(unsafe_name, unsafe_pkg)]),
            decls: Vec::new(),
            outlined: Default::default(),
            importer,
            methods: IdMap::default(),
            delayed: Vec::new(),
            obj_path: Vec::new(),
            dot_imports: IdMap::default(),
            interfaces: Vec::new(),
            sized: Vec::new(),
            frames: Vec::new(),
            instances: Default::default(),
            mono: Default::default(),
            instance_depth: 0,
            diags: Vec::new(),
            has_errors: false,
            imports: Vec::new(),
            main_path: "command-line-arguments".to_string(),
            parse_errors: Vec::new(),
            ambiguous_names: IdMap::default(),
            session: None,
        }
    }

    /// The package unsafe.
    pub const UNSAFE: PkgId = PkgId::new(0);

    /// A package.
    pub fn pkg(&self, pkg: PkgId) -> &Package<'a> {
        &self.pkgs[pkg.index()]
    }

    fn pkg_mut(&mut self, pkg: PkgId) -> &mut Package<'a> {
        &mut self.pkgs[pkg.index()]
    }

    /// All packages that were mentioned so far; each stands behind those it imports only if it is full.
    pub fn packages(&self) -> impl Iterator<Item = PkgId> + use<'a> {
        (0..self.pkgs.len()).map(PkgId::new)
    }

    /// The package of a path, if it was mentioned.
    pub fn package_by_path(&self, path: &str) -> Option<PkgId> {
        self.pkg_by_path.get(&Symbol::intern(path)).copied()
    }

    /// A declaration.
    pub fn decl(&self, decl: DeclId) -> &DeclInfo<'a> {
        &self.decls[decl.index()]
    }

    fn decl_mut(&mut self, decl: DeclId) -> &mut DeclInfo<'a> {
        &mut self.decls[decl.index()]
    }

    /// The declaration of a package-level object or method.
    pub fn decl_of(&self, obj: ObjId) -> Option<&DeclInfo<'a>> {
        self.objs[obj].decl.map(|d| self.decl(d))
    }

    /// The errors found so far, in the order in which they were found; they are handed over once.
    pub fn take_diagnostics(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.diags)
    }

    /// Gives the import path of the program.
    pub fn set_main_path(&mut self, path: &str) {
        self.main_path = path.to_string();
    }

    /// Says where the parser has found faults, so that what gc looks for in faultless programs or functions only is not
    /// looked for.
    pub fn set_parse_errors(&mut self, at: Vec<Pos>) {
        self.has_errors |= !at.is_empty();
        self.parse_errors = at;
    }

    /// Whether any error was reported, ever.
    pub fn has_errors(&self) -> bool {
        self.has_errors
    }

    /// Sets the language version of the packages that will be given to [`Checker::check_package`].
    pub fn set_lang(&mut self, lang: Version) {
        self.lang = lang;
    }

    /// Reports from now on as the checker's own tests want it: with their predeclared functions `assert` and `trace`, in the
    /// words of types2 alone, without what gc finds while it parses and behind type-checking. (Go: types2/check_test.go)
    pub fn report_as_types2(&mut self) {
        self.as_types2 = true;
        self.universe
            .declare_test_funcs(&mut self.objs, &mut self.scopes);
    }

    // ---- environment

    /// The environment at the top of a file.
    pub(crate) fn file_env(&self, pkg: PkgId, scope: ScopeId, file: FileId) -> Environment {
        Environment {
            lang: self.langs.get(&file).copied().unwrap_or(Lang::LATEST),
            ..Environment::new(pkg, scope)
        }
    }

    /// Puts another environment in place; put the result back when done.
    pub(crate) fn swap_env(&mut self, env: Environment) -> Environment {
        std::mem::replace(&mut self.env, env)
    }

    /// Opens a scope inside the current one.
    pub(crate) fn open_scope(&mut self, span: Span) {
        self.env.scope = self.scopes.add(Some(self.env.scope), span);
    }

    /// Leaves the current scope.
    pub(crate) fn close_scope(&mut self) {
        if let Some(parent) = self.scopes[self.env.scope].parent {
            self.env.scope = parent;
        }
    }

    /// The object of that name seen from here, and the scope that has it.
    pub(crate) fn lookup_scope(&self, name: Symbol) -> Option<(ScopeId, ObjId)> {
        self.scopes.lookup_parent(self.env.scope, name)
    }

    /// The object of that name seen from here.
    pub(crate) fn lookup(&self, name: Symbol) -> Option<ObjId> {
        self.lookup_scope(name).map(|(_, obj)| obj)
    }

    /// Whether the package at hand is checked completely, so that unused things are reported.
    pub(crate) fn is_full(&self) -> bool {
        self.pkg(self.env.pkg).mode == PackageMode::Full
    }

    /// Adds a local variable, constant, type… to the arena, without declaring it.
    pub(crate) fn new_obj(&mut self, obj: Object) -> ObjId {
        self.objs.add(obj)
    }

    /// A variable of the current package.
    pub(crate) fn new_var(
        &mut self,
        kind: VarKind,
        pos: Pos,
        name: Symbol,
        ty: Option<TypeId>,
    ) -> ObjId {
        self.objs
            .add(Object::var(kind, pos, Some(self.env.pkg), name, ty))
    }

    // ---- delayed actions

    /// Puts something off until the current statement, declaration or package is done.
    pub(crate) fn later(&mut self, f: impl FnOnce(&mut Checker<'a>) + 'a) {
        self.delayed
            .push((self.env.pkg, self.env.lang, Box::new(f)));
    }

    /// How much is put off; pass it to [`Checker::process_delayed`] to do what came after.
    pub(crate) fn n_delayed(&self) -> usize {
        self.delayed.len()
    }

    /// Does what was put off since there were `top` actions, in the order in which it was put off, and what that puts off.
    pub(crate) fn process_delayed(&mut self, top: usize) {
        let (pkg, lang) = (self.env.pkg, self.env.lang);
        let mut i = top;
        while i < self.delayed.len() {
            let nothing: Action<'a> = Box::new(|_| ());
            let (pkg, lang, action) = std::mem::replace(&mut self.delayed[i], (pkg, lang, nothing));
            (self.env.pkg, self.env.lang) = (pkg, lang);
            action(self);
            i += 1;
        }
        self.delayed.truncate(top);
        (self.env.pkg, self.env.lang) = (pkg, lang);
    }

    // ---- recording

    /// Records an operand under its expression.
    pub(crate) fn record(&mut self, x: &Operand<'a>) {
        let Some(e) = x.expr else { return };
        match x.mode {
            Mode::Invalid => {}
            Mode::NoValue => self
                .info
                .record(e.id, x.mode, Types::EMPTY_TUPLE, &Value::Unknown),
            Mode::Constant => self.info.record(e.id, x.mode, x.ty, &x.val),
            _ => self.info.record(e.id, x.mode, x.ty, &Value::Unknown),
        }
    }

    /// Records an expression's type and value.
    pub(crate) fn record_type_and_value(&mut self, e: &Expr, mode: Mode, ty: TypeId, val: &Value) {
        if mode != Mode::Invalid {
            self.info.record(e.id, mode, ty, val);
        }
    }

    /// Records that `e` is a type.
    pub(crate) fn record_type(&mut self, e: &Expr, ty: TypeId) {
        self.info.record(e.id, Mode::TypExpr, ty, &Value::Unknown);
    }

    /// Records the instance that the identifier in `e` (a name, a selector, or either with type arguments) stands for.
    pub(crate) fn record_instance(&mut self, e: &Expr, targs: &[TypeId], ty: TypeId) {
        let Some(id) = instantiated_ident(e) else {
            return;
        };
        let targs = self.types.new_list(targs);
        self.info.record_instance(id, InstanceInfo { targs, ty });
    }

    /// Notes that the declaration at hand depends on a package-level object or method.
    pub(crate) fn add_decl_dep(&mut self, to: ObjId) {
        let Some(from) = self.env.decl else { return };
        if self.objs[to].decl.is_none() && self.objs[to].order == 0 {
            return;
        }
        let decl = self.decl_mut(from);
        if decl.dep_set.insert(to) {
            decl.deps.push(to);
        }
    }
}

impl Environment {
    /// At the top of a scope of a package, in no declaration.
    pub fn new(pkg: PkgId, scope: ScopeId) -> Environment {
        Environment {
            pkg,
            lang: Lang::LATEST,
            decl: None,
            scope,
            iota: None,
            errpos: Pos::NONE,
            in_tparam_list: false,
            sig: None,
            has_label: false,
            has_call_or_recv: false,
        }
    }
}

/// The identifier that names the generic thing in `f`, `p.f`, `f[T]` or `p.f[T]`.
fn instantiated_ident(e: &Expr) -> Option<NodeId> {
    use minigo_syntax::ast::ExprKind;
    let inner = match &e.kind {
        ExprKind::Index(x) => x.x.unparen(),
        _ => e,
    };
    match &inner.kind {
        ExprKind::Ident(_) => Some(inner.id),
        ExprKind::Selector(s) => Some(s.sel.id),
        _ => None,
    }
}

//! Generic code made concrete: checker types under a substitution environment, and one copy of a function per list of
//! type arguments.
//!
//! The checker types a generic body once, with type parameters in it. The emitter walks the body again for every list of
//! type arguments, and asks here what a type is *there*: [`Emitter::ty`]. Fields and methods are looked up in the result,
//! so nothing depends on what the checker instantiated.
//!
//! Knows nothing of: instructions.

use std::cell::RefCell;
use std::rc::Rc;

use minigo_bytecode::typedesc::FuncIdx;
use minigo_syntax::symbol::Symbol;

use crate::check::{IdMap, NamedId, ObjId, PkgId, Type, TypeId, TypeList, TypeParamId};
use crate::emit::Emitter;
use crate::layout::{
    Class, FuncTy, IMethod, Layout, NamedTy, StructField, Ty, TyKind, align_up, basic_layout,
};

/// What type parameters stand for.
#[derive(Debug, Default)]
pub struct Env {
    map: Vec<(TypeParamId, Ty)>,
    /// All arguments in order: the key of types declared inside.
    pub args: Box<[Ty]>,
    /// Types that were asked for before.
    memo: RefCell<IdMap<TypeId, Ty>>,
}

impl Env {
    /// An environment for parameters and as many arguments.
    pub fn new(map: Vec<(TypeParamId, Ty)>, args: Box<[Ty]>) -> Rc<Env> {
        Rc::new(Env {
            map,
            args,
            memo: RefCell::default(),
        })
    }

    /// Whether there are no type parameters.
    pub fn is_empty(&self) -> bool {
        self.args.is_empty()
    }

    fn get(&self, p: TypeParamId) -> Option<Ty> {
        self.map.iter().find(|(q, _)| *q == p).map(|(_, t)| *t)
    }
}

/// A declared function or method with its type arguments (the receiver's first).
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct FuncInst {
    /// The declaration, generic if there are arguments.
    pub obj: ObjId,
    /// The arguments.
    pub targs: Box<[Ty]>,
}

/// A field or method found in a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Found {
    /// Embedded fields to go through, by number; for a field the last number is the field itself.
    pub path: Rc<[u32]>,
    /// What is at the end.
    pub what: What,
}

/// What a selector leads to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// A field of this type.
    Field(Ty),
    /// A method declared for a defined type.
    Method {
        /// The defined type.
        recv: Ty,
        /// The (generic) declaration.
        obj: ObjId,
        /// Whether its receiver is a pointer.
        ptr: bool,
    },
    /// A method of an interface type, at the end of the path.
    Abstract {
        /// The interface type.
        iface: Ty,
        /// Its place there.
        method: usize,
    },
}

/// A method in the method set of a type or of the pointer to it.
#[derive(Clone, Debug)]
pub struct SetMethod {
    /// Its name.
    pub name: Symbol,
    /// The package, for names that are not exported.
    pub pkg: Option<PkgId>,
    /// Where it is.
    pub found: Found,
    /// Whether the value's own method set has it too, not only the pointer's.
    pub on_value: bool,
}

/// Type arguments nested deeper than this, or functions instantiated from each other in a longer chain, have no end.
pub const MAX_DEPTH: u32 = 100;

impl Emitter<'_, '_> {
    /// A checker type in the current function.
    pub fn ty(&mut self, t: TypeId) -> Ty {
        let env = self.f.env.clone();
        self.ty_in(t, &env)
    }

    /// A checker type under an environment.
    pub fn ty_in(&mut self, t: TypeId, env: &Rc<Env>) -> Ty {
        if let Some(&ty) = env.memo.borrow().get(&t) {
            return ty;
        }
        let ty = self.convert_type(t, env);
        env.memo.borrow_mut().insert(t, ty);
        ty
    }

    fn convert_type(&mut self, t: TypeId, env: &Rc<Env>) -> Ty {
        let kind = match self.ck.types.get(t) {
            Type::Basic(b) => TyKind::Basic(b),
            Type::Array { elem, len } => TyKind::Array(self.ty_in(elem, env), len.max(0) as u64),
            Type::Slice { elem } => TyKind::Slice(self.ty_in(elem, env)),
            Type::Pointer { elem } => TyKind::Pointer(self.ty_in(elem, env)),
            Type::Map { key, elem } => TyKind::Map(self.ty_in(key, env), self.ty_in(elem, env)),
            Type::Chan { dir, elem } => TyKind::Chan(dir, self.ty_in(elem, env)),
            Type::Struct(s) => {
                let fields = self.ck.types[s].fields;
                let mut out = Vec::with_capacity(fields.len());
                for i in 0..fields.len() {
                    let obj = self.ck.types.obj(fields, i);
                    let field = &self.ck.objs[obj];
                    let (name, pkg, embedded) = (field.name, field.pkg, field.is_embedded());
                    let pkg = if field.is_exported() { None } else { pkg };
                    let ty = self.ck.objs.ty(obj);
                    let ty = self.ty_in(ty, env);
                    let tag = self.ck.types.tag(s, i).into();
                    out.push(StructField {
                        name,
                        pkg,
                        ty,
                        embedded,
                        tag,
                    });
                }
                TyKind::Struct(out.into())
            }
            Type::Tuple(list) => {
                let mut out = Vec::with_capacity(list.len());
                for i in 0..list.len() {
                    let obj = self.ck.types.obj(list, i);
                    let ty = self.ck.objs.ty(obj);
                    out.push(self.ty_in(ty, env));
                }
                TyKind::Tuple(out.into())
            }
            Type::Signature(sig) => {
                let sig = self.ck.types[sig];
                let mut lists = [Vec::new(), Vec::new()];
                for (list, out) in [sig.params, sig.results].into_iter().zip(&mut lists) {
                    for i in 0..list.len() {
                        let obj = self.ck.types.obj(list, i);
                        let ty = self.ck.objs.ty(obj);
                        out.push(self.ty_in(ty, env));
                    }
                }
                let [params, results] = lists.map(Vec::into_boxed_slice);
                TyKind::Func(Rc::new(FuncTy {
                    params,
                    results,
                    variadic: sig.variadic,
                }))
            }
            Type::Interface(iface) => {
                let set = self.ck.type_set(iface);
                let mut out = Vec::with_capacity(set.methods.len());
                for i in 0..set.methods.len() {
                    let obj = self.ck.types.obj(set.methods, i);
                    let m = &self.ck.objs[obj];
                    let (name, pkg) = (m.name, m.pkg);
                    let pkg = if m.is_exported() { None } else { pkg };
                    let ty = self.ck.objs.ty(obj);
                    let sig = self.ty_in(ty, env);
                    out.push(IMethod { name, pkg, sig });
                }
                out.sort_by(|a, b| self.method_order((a.name, a.pkg), (b.name, b.pkg)));
                TyKind::Interface(out.into())
            }
            Type::Named(named) => {
                let origin = self.ck.types.origin(named);
                let targs = self.ck.types.type_args(named);
                let targs = self.tys_in(targs, env);
                let obj = self.ck.types[origin].obj;
                let obj = &self.ck.objs[obj];
                // Declared in a function: each instance of the function has its own.
                let is_local = obj.pkg.is_some() && obj.order == 0;
                let outer = if is_local {
                    env.args.clone()
                } else {
                    Box::default()
                };
                let depends = is_local && !env.is_empty();
                let n = self.tys.len();
                let ty = self.tys.intern(TyKind::Named(Rc::new(NamedTy {
                    origin,
                    targs,
                    outer,
                })));
                if depends && self.tys.len() > n {
                    self.local_envs.insert(ty, env.clone());
                }
                return ty;
            }
            Type::TypeParam(p) => {
                if let Some(ty) = env.get(p) {
                    return ty;
                }
                debug_assert!(false, "type parameter without argument");
                return Ty::VOID;
            }
            Type::Alias(_) => {
                let actual = self.ck.unalias(t);
                return self.ty_in(actual, env);
            }
            Type::Union(_) => return Ty::VOID,
        };
        self.tys.intern(kind)
    }

    /// The types of a list under an environment.
    pub fn tys_in(&mut self, list: TypeList, env: &Rc<Env>) -> Box<[Ty]> {
        (0..list.len())
            .map(|i| {
                let t = self.ck.types.at(list, i);
                self.ty_in(t, env)
            })
            .collect()
    }

    /// Orders methods as reflect lists them: by name, exported ones and others alike, then by package.
    pub fn method_order(
        &self,
        a: (Symbol, Option<PkgId>),
        b: (Symbol, Option<PkgId>),
    ) -> std::cmp::Ordering {
        let path = |p: Option<PkgId>| p.map_or("", |p| self.ck.pkg(p).path.as_str());
        a.0.as_str()
            .cmp(b.0.as_str())
            .then_with(|| path(a.1).cmp(path(b.1)))
    }

    /// The underlying type.
    pub fn under(&mut self, ty: Ty) -> Ty {
        if let Some(u) = self.tys.known_under(ty) {
            return u;
        }
        let TyKind::Named(named) = self.tys.kind(ty).clone() else {
            return ty;
        };
        let obj = self.ck.types[named.origin].obj;
        self.ck.obj_decl(obj);
        let tparams = self.ck.types[named.origin].tparams;
        let env = if !named.targs.is_empty() {
            self.bind(&[tparams], named.targs.clone())
        } else if let Some(env) = self.local_envs.get(&ty) {
            env.clone()
        } else {
            self.no_env.clone()
        };
        let t = self.ck.types[named.origin].ty;
        let rhs = self.ck.under(t);
        let u = self.ty_in(rhs, &env);
        let u = if u == ty { Ty::VOID } else { self.under(u) };
        self.tys.set_under(ty, u);
        u
    }

    /// What the underlying type is.
    pub fn under_kind(&mut self, ty: Ty) -> TyKind {
        let u = self.under(ty);
        self.tys.kind(u).clone()
    }

    /// An environment that binds lists of type parameters to arguments.
    pub fn bind(&mut self, tparams: &[TypeList], targs: Box<[Ty]>) -> Rc<Env> {
        let mut map = Vec::with_capacity(targs.len());
        for &list in tparams {
            for i in 0..list.len() {
                let t = self.ck.types.at(list, i);
                if let (Type::TypeParam(p), Some(&arg)) =
                    (self.ck.types.get(t), targs.get(map.len()))
                {
                    map.push((p, arg));
                }
            }
        }
        Env::new(map, targs)
    }

    /// How deep type arguments are nested in a type.
    pub fn type_depth(&self, ty: Ty) -> u32 {
        fn depth(e: &Emitter<'_, '_>, ty: Ty, limit: u32) -> u32 {
            if limit == 0 {
                return 0;
            }
            let d = |t: Ty| depth(e, t, limit - 1);
            match e.tys.kind(ty) {
                TyKind::Named(n) => n.targs.iter().map(|&t| d(t)).max().map_or(0, |m| m + 1),
                TyKind::Pointer(t) | TyKind::Slice(t) | TyKind::Array(t, _) => d(*t) + 1,
                TyKind::Chan(_, t) => d(*t) + 1,
                TyKind::Map(k, v) => d(*k).max(d(*v)) + 1,
                TyKind::Func(f) => {
                    let all = f.params.iter().chain(f.results.iter());
                    all.map(|&t| d(t)).max().unwrap_or(0) + 1
                }
                TyKind::Struct(fields) => fields.iter().map(|f| d(f.ty)).max().unwrap_or(0) + 1,
                _ => 0,
            }
        }
        depth(self, ty, MAX_DEPTH + 1)
    }

    // ---- layout

    /// Size, alignment and class of a type.
    pub fn layout(&mut self, ty: Ty) -> Layout {
        if let Some(l) = self.tys.known_layout(ty) {
            return l;
        }
        let word = |pointers, class| Layout {
            size: 8,
            align: 8,
            pointers,
            class,
        };
        let l = match self.under_kind(ty) {
            TyKind::Basic(b) => basic_layout(b),
            TyKind::Pointer(_) | TyKind::Map(..) | TyKind::Chan(..) | TyKind::Func(_) => {
                word(true, Class::Ptr)
            }
            TyKind::Slice(_) => Layout {
                size: 24,
                align: 8,
                pointers: true,
                class: Class::Slice,
            },
            TyKind::Interface(_) => Layout {
                size: 16,
                align: 8,
                pointers: true,
                class: Class::Iface,
            },
            TyKind::Array(elem, len) => {
                let e = self.layout(elem);
                let size = e.size.saturating_mul(len);
                let class = self.agg_class(size);
                Layout {
                    size,
                    align: e.align,
                    pointers: e.pointers && len > 0,
                    class,
                }
            }
            TyKind::Struct(fields) => {
                let (mut size, mut align, mut pointers) = (0u64, 1, false);
                let mut offsets = Vec::with_capacity(fields.len());
                let mut last_is_empty = false;
                for f in fields.iter() {
                    let l = self.layout(f.ty);
                    size = align_up(size, l.align);
                    offsets.push(size);
                    size = size.saturating_add(l.size);
                    align = align.max(l.align);
                    pointers |= l.pointers;
                    last_is_empty = l.size == 0;
                }
                // The address of a last field without bytes must not be that of the next object.
                if last_is_empty && size > 0 {
                    size += 1;
                }
                size = align_up(size, align);
                self.tys.set_offsets(ty, offsets.into());
                let class = self.agg_class(size);
                Layout {
                    size,
                    align,
                    pointers,
                    class,
                }
            }
            TyKind::Tuple(_) | TyKind::Named(_) => Layout {
                size: 0,
                align: 1,
                pointers: false,
                class: Class::Zero,
            },
        };
        self.tys.set_layout(ty, l);
        l
    }

    fn agg_class(&self, size: u64) -> Class {
        match size {
            0 => Class::Zero,
            n if n > self.far_bytes => Class::Far,
            _ => Class::Agg,
        }
    }

    /// Whether values of a type are pointers to memory of their own: see [`Class::Far`].
    pub fn is_far(&mut self, ty: Ty) -> bool {
        self.class(ty) == Class::Far
    }

    /// The class of a type.
    pub fn class(&mut self, ty: Ty) -> Class {
        self.layout(ty).class
    }

    /// Slots that a value takes.
    pub fn slots_of(&mut self, ty: Ty) -> u32 {
        self.layout(ty).slots()
    }

    /// Offsets of a struct's fields.
    pub fn offsets(&mut self, ty: Ty) -> Rc<[u64]> {
        self.layout(ty);
        self.tys.known_offsets(ty).unwrap_or_else(|| Rc::new([]))
    }

    /// The fields of a struct type.
    pub fn fields(&mut self, ty: Ty) -> Rc<[StructField]> {
        match self.under_kind(ty) {
            TyKind::Struct(f) => f,
            _ => Rc::new([]),
        }
    }

    /// The element of a pointer type.
    pub fn pointee(&mut self, ty: Ty) -> Option<Ty> {
        match self.under_kind(ty) {
            TyKind::Pointer(t) => Some(t),
            _ => None,
        }
    }

    /// The signature of a function type.
    pub fn func_ty(&mut self, ty: Ty) -> Rc<FuncTy> {
        match self.under_kind(ty) {
            TyKind::Func(f) => f,
            _ => Rc::new(FuncTy {
                params: Box::default(),
                results: Box::default(),
                variadic: false,
            }),
        }
    }

    /// Whether it is an interface type.
    pub fn is_iface(&mut self, ty: Ty) -> bool {
        self.class(ty) == Class::Iface
    }

    // ---- fields and methods

    /// Looks for a field or method by Go's rules: the shallowest one. A pointer type is followed once.
    pub fn find(&mut self, ty: Ty, name: Symbol, pkg: Option<PkgId>) -> Option<Found> {
        let pkg = if crate::check::is_exported(name) {
            None
        } else {
            pkg
        };
        if let Some(f) = self.found.get(&(ty, name, pkg)) {
            return f.clone();
        }
        let found = self.search(ty, name, pkg);
        self.found.insert((ty, name, pkg), found.clone());
        found
    }

    fn search(&mut self, ty: Ty, name: Symbol, pkg: Option<PkgId>) -> Option<Found> {
        let start = self.pointee(ty).unwrap_or(ty);
        let mut level = vec![(start, Vec::new(), false)];
        let mut seen = Vec::new();
        while !level.is_empty() {
            // Types with the way to them, and whether there are several ways.
            let mut next: Vec<(Ty, Vec<u32>, bool)> = Vec::new();
            let mut hit: Option<Found> = None;
            let mut hits = 0;
            for (t, path, twice) in level {
                let n = 1 + twice as u32;
                if matches!(self.tys.kind(t), TyKind::Named(_)) {
                    if seen.contains(&t) {
                        continue;
                    }
                    seen.push(t);
                    if let Some((obj, ptr)) = self.declared_method(t, name, pkg) {
                        let what = What::Method { recv: t, obj, ptr };
                        hit = Some(Found {
                            path: path.into(),
                            what,
                        });
                        hits += n;
                        continue;
                    }
                }
                match self.under_kind(t) {
                    TyKind::Struct(fields) => {
                        for (i, f) in fields.iter().enumerate() {
                            let mut p = path.clone();
                            p.push(i as u32);
                            if f.name == name && f.pkg == pkg {
                                hit = Some(Found {
                                    path: p.into(),
                                    what: What::Field(f.ty),
                                });
                                hits += n;
                            } else if f.embedded {
                                let t = match self.tys.kind(f.ty) {
                                    TyKind::Pointer(t) => *t,
                                    _ => f.ty,
                                };
                                match next.iter_mut().find(|e| e.0 == t) {
                                    Some(e) => e.2 = true,
                                    None => next.push((t, p, twice)),
                                }
                            }
                        }
                    }
                    TyKind::Interface(methods) => {
                        let at = methods.iter().position(|m| m.name == name && m.pkg == pkg);
                        if let Some(method) = at {
                            let what = What::Abstract { iface: t, method };
                            hit = Some(Found {
                                path: path.into(),
                                what,
                            });
                            hits += n;
                        }
                    }
                    _ => {}
                }
            }
            match hits {
                0 => level = next,
                1 => return hit,
                _ => return None,
            }
        }
        None
    }

    /// A method declared for a defined type, and whether its receiver is a pointer.
    fn declared_method(
        &mut self,
        named: Ty,
        name: Symbol,
        pkg: Option<PkgId>,
    ) -> Option<(ObjId, bool)> {
        let obj = self.methods_of(named).iter().copied().find(|&m| {
            let m = &self.ck.objs[m];
            m.name == name && (m.pkg == pkg || m.is_exported())
        })?;
        Some((obj, self.has_ptr_recv(obj)))
    }

    /// The methods declared for a defined type.
    pub fn methods_of(&mut self, named: Ty) -> Rc<[ObjId]> {
        let TyKind::Named(n) = self.tys.kind(named) else {
            return Rc::new([]);
        };
        let origin: NamedId = n.origin;
        if let Some(m) = self.declared.get(&origin) {
            return m.clone();
        }
        let obj = self.ck.types[origin].obj;
        self.ck.obj_decl(obj);
        let methods: Rc<[ObjId]> = self.ck.types[origin]
            .methods
            .iter()
            .flatten()
            .copied()
            .collect();
        self.declared.insert(origin, methods.clone());
        methods
    }

    /// Whether a method's receiver is a pointer.
    pub fn has_ptr_recv(&mut self, method: ObjId) -> bool {
        let t = self.obj_type(method);
        let Type::Signature(sig) = self.ck.types.get(t) else {
            return false;
        };
        let Some(recv) = self.ck.types[sig].recv else {
            return false;
        };
        let recv = self.ck.objs.ty(recv);
        let recv = self.ck.unalias(recv);
        matches!(self.ck.types.get(recv), Type::Pointer { .. })
    }

    /// The checker's type of an object, complete.
    pub fn obj_type(&mut self, obj: ObjId) -> TypeId {
        if self.ck.objs[obj].ty.is_none() {
            self.ck.obj_decl(obj);
        }
        self.ck.objs.ty(obj)
    }

    /// A method of a defined type as a function with type arguments; `targs` are those of the method itself.
    pub fn method_inst(&mut self, recv: Ty, obj: ObjId, targs: &[Ty]) -> FuncInst {
        let own = match self.tys.kind(recv) {
            TyKind::Named(n) => n.targs.clone(),
            _ => Box::default(),
        };
        FuncInst {
            obj,
            targs: own.iter().chain(targs).copied().collect(),
        }
    }

    /// The environment in which a function's body is compiled.
    pub fn inst_env(&mut self, inst: &FuncInst) -> Rc<Env> {
        if inst.targs.is_empty() {
            return self.no_env.clone();
        }
        if let Some(env) = self.inst_envs.get(inst) {
            return env.clone();
        }
        let t = self.obj_type(inst.obj);
        let env = match self.ck.types.get(t) {
            Type::Signature(sig) => {
                let sig = self.ck.types[sig];
                self.bind(&[sig.rparams, sig.tparams], inst.targs.clone())
            }
            _ => self.no_env.clone(),
        };
        self.inst_envs.insert(inst.clone(), env.clone());
        env
    }

    /// A function's type without receiver.
    pub fn inst_sig(&mut self, inst: &FuncInst) -> Ty {
        let env = self.inst_env(inst);
        let t = self.obj_type(inst.obj);
        self.ty_in(t, &env)
    }

    /// A method's receiver type, as declared.
    pub fn inst_recv(&mut self, inst: &FuncInst) -> Option<Ty> {
        let t = self.obj_type(inst.obj);
        let Type::Signature(sig) = self.ck.types.get(t) else {
            return None;
        };
        let recv = self.ck.types[sig].recv?;
        let env = self.inst_env(inst);
        let t = self.ck.objs.ty(recv);
        Some(self.ty_in(t, &env))
    }

    /// The methods of a type and of the pointer to it, promoted ones included, in order. `ty` is no pointer.
    pub fn method_set(&mut self, ty: Ty) -> Rc<[SetMethod]> {
        if let Some(s) = self.method_sets.get(&ty) {
            return s.clone();
        }
        // Collect the names first: every declared method of the type and of what it embeds.
        let mut names: Vec<(Symbol, Option<PkgId>)> = Vec::new();
        let mut todo = vec![ty];
        let mut seen = Vec::new();
        while let Some(t) = todo.pop() {
            if seen.contains(&t) {
                continue;
            }
            seen.push(t);
            for &m in self.methods_of(t).iter() {
                let m = &self.ck.objs[m];
                if m.name.is_blank() {
                    continue;
                }
                names.push((m.name, if m.is_exported() { None } else { m.pkg }));
            }
            match self.under_kind(t) {
                TyKind::Struct(fields) => {
                    for f in fields.iter().filter(|f| f.embedded) {
                        todo.push(match self.tys.kind(f.ty) {
                            TyKind::Pointer(t) => *t,
                            _ => f.ty,
                        });
                    }
                }
                TyKind::Interface(methods) => names.extend(methods.iter().map(|m| (m.name, m.pkg))),
                _ => {}
            }
        }
        names.sort_by(|a, b| self.method_order(*a, *b));
        names.dedup();
        let mut set = Vec::new();
        for (name, pkg) in names {
            let Some(found) = self.find(ty, name, pkg) else {
                continue;
            };
            let on_value = match found.what {
                What::Field(_) => continue,
                What::Abstract { .. } => true,
                // Generic methods are in no method set: there is no one function to put there.
                What::Method { obj, .. } if self.is_generic_method(obj) => continue,
                What::Method { ptr, .. } => !ptr || self.path_has_pointer(ty, &found.path),
            };
            set.push(SetMethod {
                name,
                pkg,
                found,
                on_value,
            });
        }
        let set: Rc<[SetMethod]> = set.into();
        self.method_sets.insert(ty, set.clone());
        set
    }

    fn is_generic_method(&mut self, method: ObjId) -> bool {
        let t = self.obj_type(method);
        match self.ck.types.get(t) {
            Type::Signature(sig) => !self.ck.types[sig].tparams.is_empty(),
            _ => false,
        }
    }

    fn path_has_pointer(&mut self, mut ty: Ty, path: &[u32]) -> bool {
        for &i in path {
            ty = self.fields(ty)[i as usize].ty;
            if let TyKind::Pointer(t) = self.tys.kind(ty) {
                let _ = t;
                return true;
            }
        }
        false
    }

    /// The signature of a method that was found, without receiver.
    pub fn found_sig(&mut self, found: &Found) -> Ty {
        match found.what {
            What::Field(ty) => ty,
            What::Method { recv, obj, .. } => {
                let inst = self.method_inst(recv, obj, &[]);
                self.inst_sig(&inst)
            }
            What::Abstract { iface, method } => match self.under_kind(iface) {
                TyKind::Interface(m) => m[method].sig,
                _ => Ty::VOID,
            },
        }
    }

    /// The function of a declared function with type arguments, put on the work list when it is new.
    pub fn func_of(&mut self, mut inst: FuncInst) -> FuncIdx {
        while let Some(&newer) = self.replaced.get(&inst.obj) {
            inst.obj = newer;
        }
        if let Some(&idx) = self.funcs.get(&inst) {
            return idx;
        }
        let idx = self.new_func();
        self.funcs.insert(inst.clone(), idx);
        if let Some(pkg) = self.ck.objs[inst.obj].pkg {
            self.use_package(pkg);
        }
        self.enqueue_decl(idx, inst);
        idx
    }
}

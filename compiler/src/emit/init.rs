//! Package variables and initialisation: what runs before `main`, in which order.
//!
//! A variable of a library package comes into being when code mentions it; then its initialiser is emitted, as a function
//! of its own, and whatever that reaches. Variables of the program's own packages are all initialised. At the end one
//! function calls the initialisers and `init` functions that there are, package by package, dependencies first.

use std::collections::{HashMap, HashSet};

use minigo_bytecode::op::ins;
use minigo_bytecode::operand::{FRAME_HEADER, Slot};
use minigo_bytecode::typedesc::FuncIdx;
use minigo_syntax::ast::{Expr, ExprKind};
use minigo_syntax::symbol::Symbol;

use super::{Emitter, Fun, Place, Work};
use crate::check::{DeclId, ObjId, PackageMode, PkgId};
use crate::escape;
use crate::instantiate::FuncInst;
use crate::layout::align_up;

/// Package variables take no more bytes than this, one by one and in all, as with gc's linker.
const MOST_GLOBALS: u64 = 2_000_000_000;

/// What is known about initialisation.
#[derive(Default)]
pub struct InitState {
    /// Function literals so far among the initialisers of a package, for their names.
    closures: HashMap<PkgId, u32>,
    /// Packages that something new is to be initialised in, in a session.
    pub news: HashSet<PkgId>,
    /// The function of each variable's initialiser, by the declaration of its first variable.
    by_decl: HashMap<DeclId, FuncIdx>,
    /// Packages that something is used of.
    used: HashSet<PkgId>,
    /// Initialisers of the program's own packages, in order.
    full: HashMap<PkgId, Vec<FuncIdx>>,
    globals_size: u64,
}

/// An initialisation to be emitted.
#[derive(Clone)]
pub struct InitWork<'a> {
    pkg: PkgId,
    lhs: Vec<ObjId>,
    rhs: &'a Expr,
}

/// Functions that the VM calls.
const WELL_KNOWN_FUNCS: &[&str] = &["panicText"];

/// Types that the VM makes values of: name in package runtime, and whether the pointer to it is meant.
const WELL_KNOWN_TYPES: &[(&str, bool)] = &[
    ("errorString", false),
    ("boundsError", false),
    ("plainError", false),
    ("TypeAssertionError", true),
    ("PanicNilError", true),
    ("errorAddressString", false),
];

impl<'a> Emitter<'_, 'a> {
    /// Puts on the work list what every program needs.
    pub fn roots(&mut self, main: PkgId) {
        for pkg in self.ck.packages() {
            self.use_full_package(pkg);
        }
        let name = Symbol::intern("main");
        if let Some(obj) = self.ck.package_member(main, name) {
            self.prog.main = Some(self.func_of(FuncInst {
                obj,
                targs: Box::default(),
            }));
        }
        self.well_known();
    }

    /// Puts the initialisations of one of the program's own packages on the work list.
    pub fn use_full_package(&mut self, pkg: PkgId) {
        if self.ck.pkg(pkg).mode != PackageMode::Full {
            return;
        }
        self.use_package(pkg);
        let order = self.ck.pkg(pkg).init_order.clone();
        let mut funcs = Vec::with_capacity(order.len());
        for i in order {
            funcs.push(self.enqueue_init(pkg, i.lhs, i.rhs));
        }
        self.init.full.insert(pkg, funcs);
    }

    pub fn well_known(&mut self) {
        use crate::layout::Ty;
        let basics = [("string", Ty::STRING), ("int", Ty::INT)];
        for (name, ty) in basics {
            let i = self.iface_type_idx(ty);
            self.prog.well_known.push((name.to_owned(), i));
        }
        let error = self.ck.universe.error;
        let error = self.ty(error);
        let i = self.type_idx(error);
        self.prog.well_known.push(("error".to_owned(), i));
        let Some(runtime) = self.ck.library_package("runtime") else {
            return;
        };
        for &(name, ptr) in WELL_KNOWN_TYPES {
            let Some(obj) = self.ck.package_member(runtime, Symbol::intern(name)) else {
                continue;
            };
            let t = self.obj_type(obj);
            let mut ty = self.ty(t);
            if ptr {
                ty = self.tys.pointer(ty);
            }
            let i = self.iface_type_idx(ty);
            let star = if ptr { "*" } else { "" };
            self.prog
                .well_known
                .push((format!("{star}runtime.{name}"), i));
        }
        for &name in WELL_KNOWN_FUNCS {
            let Some(obj) = self.ck.package_member(runtime, Symbol::intern(name)) else {
                continue;
            };
            let f = self.func_of(FuncInst {
                obj,
                targs: Box::default(),
            });
            self.prog
                .well_known_funcs
                .push((format!("runtime.{name}"), f));
        }
    }

    /// Notes that something of a package is used: its `init` functions run, and those of what it imports for their effects.
    pub fn use_package(&mut self, pkg: PkgId) {
        if self.init.used.insert(pkg) {
            self.init.news.insert(pkg);
            for effect in self.ck.pkg(pkg).effects.clone() {
                self.ck.load(effect);
                self.use_package(effect);
            }
            for obj in self.ck.pkg(pkg).inits.clone() {
                self.func_of(FuncInst {
                    obj,
                    targs: Box::default(),
                });
            }
        }
    }

    /// The number of an `init` function among those of its package, for its name.
    pub fn init_number(&self, obj: ObjId) -> usize {
        let Some(pkg) = self.ck.objs[obj].pkg else {
            return 0;
        };
        self.ck
            .pkg(pkg)
            .inits
            .iter()
            .position(|&o| o == obj)
            .unwrap_or(0)
    }

    fn too_large(&mut self, obj: ObjId, size: u64) {
        let o = &self.ck.objs[obj];
        let pkg = o.pkg.map_or("", |p| self.ck.pkg(p).path.as_str());
        let text = format!(
            "{pkg}.{}: symbol too large ({size} bytes > {MOST_GLOBALS} bytes)",
            o.name
        );
        self.error(o.pos, text);
    }

    /// The place of a package variable in the globals area.
    pub fn global(&mut self, obj: ObjId) -> u32 {
        if let Some(&off) = self.globals.get(&obj) {
            return off;
        }
        let t = self.obj_type(obj);
        let env = self.no_env.clone();
        let ty = self.ty_in(t, &env);
        let l = self.layout(ty);
        let size = if l.size > MOST_GLOBALS {
            self.too_large(obj, l.size);
            8
        } else {
            l.size
        };
        let off = align_up(self.init.globals_size, 8);
        self.init.globals_size = off + size.max(1);
        if self.init.globals_size > MOST_GLOBALS && off <= MOST_GLOBALS {
            let pos = self.ck.objs[obj].pos;
            self.error(pos, format!("too much data (over {MOST_GLOBALS} bytes)"));
        }
        let off = off.min(MOST_GLOBALS) as u32;
        self.globals.insert(obj, off);
        if size == l.size {
            self.global_tys.push((off, ty));
        }
        let name = match self.ck.objs[obj].pkg {
            Some(p) => {
                let path = self.main_path(Some(p), self.ck.pkg(p).path.as_str());
                format!("{path}.{}", self.ck.objs[obj].name)
            }
            None => self.ck.objs[obj].name.as_str().to_owned(),
        };
        let idx = self.type_idx(ty);
        self.prog.globals.push((name, off, idx));
        if let Some(pkg) = self.ck.objs[obj].pkg {
            self.use_package(pkg);
            if self.ck.pkg(pkg).mode == PackageMode::Lazy {
                self.enqueue_lazy_init(pkg, obj);
            }
        }
        off
    }

    fn enqueue_lazy_init(&mut self, pkg: PkgId, obj: ObjId) {
        self.ck.obj_decl(obj);
        let Some(decl) = self.ck.objs[obj].decl else {
            return;
        };
        let d = self.ck.decl(decl);
        let Some(rhs) = d.init else { return };
        let lhs = if d.lhs.is_empty() {
            vec![obj]
        } else {
            d.lhs.clone()
        };
        let first = self.ck.objs[lhs[0]].decl.unwrap_or(decl);
        if !self.init.by_decl.contains_key(&first) {
            let f = self.enqueue_init(pkg, lhs, rhs);
            self.init.by_decl.insert(first, f);
            self.init.news.insert(pkg);
        }
    }

    pub fn enqueue_init(&mut self, pkg: PkgId, lhs: Vec<ObjId>, rhs: &'a Expr) -> FuncIdx {
        let idx = self.new_func();
        self.work
            .push_back(Work::Init(idx, InitWork { pkg, lhs, rhs }));
        idx
    }

    /// Emits the function that initialises some package variables.
    pub fn emit_initializer(&mut self, idx: FuncIdx, w: InitWork<'a>) {
        self.f = Fun::new(self.no_env.clone());
        self.f.facts = escape::initializer(self.ck, w.rhs);
        self.f.n_closures = self.init.closures.get(&w.pkg).copied().unwrap_or(0);
        self.f.pkg = Some(w.pkg);
        let path = self.main_path(Some(w.pkg), self.ck.pkg(w.pkg).path.as_str());
        let name = match self.session {
            Some(p) if p == w.pkg => "input",
            _ => "init",
        };
        self.f.name = format!("{path}.{name}");
        self.set_file(w.rhs.span.lo);
        self.at(w.rhs.pos());
        if w.lhs.is_empty() {
            self.discard(w.rhs);
        } else if let [obj] = w.lhs[..] {
            self.order(&[(w.rhs, None)]);
            self.init_one(obj, w.rhs);
        } else {
            let values = self.several(w.rhs, w.lhs.len());
            for (&obj, (v, from)) in w.lhs.iter().zip(values) {
                if self.ck.objs[obj].name.is_blank() {
                    continue;
                }
                let ty = self.var_ty(obj);
                let off = self.global(obj);
                let mark = self.f.slots.next;
                let slot = self.tmp(ty);
                self.assign_convert(v, from, ty, slot);
                self.store(Place::Global { off }, ty, slot);
                self.f.slots.next = mark;
            }
        }
        self.ins(ins::Ret());
        self.init.closures.insert(w.pkg, self.f.n_closures);
        self.finish_func(idx, None);
    }

    fn init_one(&mut self, obj: ObjId, rhs: &'a Expr) {
        if self.ck.objs[obj].name.is_blank() {
            return self.discard(rhs);
        }
        let ty = self.var_ty(obj);
        let off = self.global(obj);
        if let ExprKind::CompositeLit(lit) = &rhs.unparen().kind
            && self.is_agg(ty)
            && self.expr_ty(rhs) == ty
        {
            // Zeroed already, and nobody has its address yet.
            let base = self.f.slots.alloc(1);
            self.ins(ins::GlobalAddr(base, off));
            self.fill(lit, ty, Place::Mem { base, off: 0 }, true);
            return;
        }
        if self.is_huge(ty)
            && let Some(from) = self.huge_value(rhs, ty, false)
        {
            return self.copy_mem(Place::Global { off }, Place::Mem { base: from, off: 0 }, ty);
        }
        let v = self.value(rhs, ty);
        self.store(Place::Global { off }, ty, v);
    }

    /// The functions that initialise packages, in order.
    pub fn init_calls(&mut self, wanted: &dyn Fn(PkgId) -> bool) -> Vec<FuncIdx> {
        let mut calls = Vec::new();
        for pkg in self.package_order() {
            if !self.init.used.contains(&pkg) || !wanted(pkg) {
                continue;
            }
            match self.ck.pkg(pkg).mode {
                PackageMode::Full => {
                    calls.extend(self.init.full.get(&pkg).into_iter().flatten().copied());
                }
                PackageMode::Lazy => {
                    let globals = &self.globals;
                    let order = self
                        .ck
                        .lazy_init_order(pkg, &mut |o| globals.contains_key(&o));
                    for i in order {
                        let first = i.lhs.first().and_then(|&o| self.ck.objs[o].decl);
                        calls.extend(first.and_then(|d| self.init.by_decl.get(&d)).copied());
                    }
                }
            }
            for obj in self.ck.pkg(pkg).inits.clone() {
                calls.push(self.func_of(FuncInst {
                    obj,
                    targs: Box::default(),
                }));
            }
        }
        calls
    }

    /// Emits the function that initialises everything, now that it is known what there is.
    pub fn finish_init(&mut self) {
        let calls = self.init_calls(&|_| true);
        self.f = Fun::new(self.no_env.clone());
        self.f.name = "runtime.main".to_owned();
        self.f.wrapper = true;
        let base = self.f.slots.alloc(FRAME_HEADER as u32) as Slot;
        for f in calls {
            self.ins(ins::Call(base, f));
        }
        self.ins(ins::Ret());
        let idx = self.new_func();
        self.finish_func(idx, None);
        self.prog.init = Some(idx);
    }

    /// All packages, each behind those it imports; among those that are ready, by path. (Go 1.21's order)
    fn package_order(&self) -> Vec<PkgId> {
        let mut todo: Vec<PkgId> = self.ck.packages().collect();
        todo.sort_by_key(|&p| self.ck.pkg(p).path.as_str());
        let mut done: HashSet<PkgId> = HashSet::new();
        let mut order = Vec::with_capacity(todo.len());
        while !todo.is_empty() {
            let ready = |p: &PkgId| {
                self.ck
                    .pkg(*p)
                    .imports
                    .iter()
                    .all(|i| done.contains(i) || i == p)
            };
            let at = todo.iter().position(ready).unwrap_or(0);
            let p = todo.remove(at);
            done.insert(p);
            order.push(p);
        }
        order
    }

    /// Sizes the globals area and marks the pointers in it.
    pub fn finish_globals(&mut self) {
        if self.init.globals_size > MOST_GLOBALS {
            return; // reported
        }
        let size = align_up(self.init.globals_size, 8);
        self.prog.globals_size = size as u32;
        let mut mask = std::mem::take(&mut self.prog.globals_mask);
        mask.resize((size / 8).div_ceil(64) as usize, 0);
        // Only those that came since the last time.
        for (off, ty) in std::mem::take(&mut self.global_tys) {
            self.mark_pointers(ty, off as u64, &mut mask);
        }
        self.prog.globals_mask = mask;
    }
}

//! A program that grows: the emitter kept alive between the inputs of a session.
//!
//! Each input adds functions, types, constants and variables to the same `Program`; what was emitted is kept, so that an
//! input costs what is new in it. Indices never change their meaning.
//!
//! Functions of the session begin with a jump to their second instruction, and their frames have room for a call of a
//! function with the same signature. When a function is declared again with the same type, the loader turns that jump to a
//! piece of code that calls the new function: callers that were compiled before call what the user means now.
//!
//! Knows nothing of: how programs are loaded and run.

use std::collections::HashSet;
use std::sync::Arc;

use minigo_bytecode::op::ins;
use minigo_bytecode::operand::FRAME_HEADER;
use minigo_bytecode::program::Program;
use minigo_bytecode::typedesc::{FuncIdx, TypeIdx};
use minigo_syntax::diag::Diagnostic;
use minigo_syntax::source::{Pos, SourceFile};
use minigo_syntax::symbol::Symbol;

use super::Emitter;
use crate::check::{Checker, Initializer, ObjId, PackageMode, PkgId, Type};
use crate::instantiate::FuncInst;
use crate::layout::{Ty, TyKind};

/// A program in a session, and the checker that it is made with.
pub struct Growing<'a> {
    e: Emitter<'a, 'a>,
    pkg: PkgId,
    /// How many packages were looked at for initialisation.
    packages: usize,
    /// Initialisers that have run, or will.
    executed: HashSet<FuncIdx>,
}

/// Something that an input does.
#[derive(Clone, Debug)]
pub enum Step<'a> {
    /// Initialises variables; none: the values are dropped.
    Init(Initializer<'a>),
    /// Calls a function without params and results.
    Call(ObjId),
}

/// What an input has become.
#[derive(Debug, Default)]
pub struct Emitted {
    /// Functions to call before: they initialise what is reached for the first time.
    pub inits: Vec<FuncIdx>,
    /// A function for each step.
    pub steps: Vec<FuncIdx>,
    /// Functions that were emitted before, and those that take their places.
    pub redirects: Vec<(FuncIdx, FuncIdx)>,
    /// Types emitted before that have changed.
    pub touched: Vec<TypeIdx>,
}

impl<'a> Growing<'a> {
    /// A program with nothing in it but what every program needs.
    pub fn new(
        ck: &'a mut Checker<'a>,
        file_of: &'a dyn Fn(Pos) -> Option<Arc<SourceFile>>,
    ) -> Result<Growing<'a>, Vec<Diagnostic>> {
        let pkg = ck.open_session();
        let mut e = Emitter::new(ck, file_of);
        e.session = Some(pkg);
        e.well_known();
        let mut growing = Growing {
            e,
            pkg,
            packages: 0,
            executed: HashSet::new(),
        };
        growing.finish()?;
        Ok(growing)
    }

    /// The checker.
    pub fn checker(&mut self) -> &mut Checker<'a> {
        self.e.ck
    }

    /// The session's package.
    pub fn package(&self) -> PkgId {
        self.pkg
    }

    /// What a name of the session means.
    pub fn meaning(&self, name: Symbol) -> Option<ObjId> {
        self.e.ck.session_lookup(name)
    }

    /// Whether an object is a method, and no other one has taken its place.
    pub fn is_method(&self, obj: ObjId) -> bool {
        let is_method = self
            .e
            .ck
            .decl_of(obj)
            .and_then(|d| d.fdecl)
            .is_some_and(|f| f.recv.is_some());
        is_method && !self.e.replaced.contains_key(&obj)
    }

    /// The whole program so far.
    pub fn program(&self) -> &Program {
        &self.e.prog
    }

    /// Takes over what an input does, after it was checked. `replaced` are the functions and methods that others of the
    /// same type replace; `new_methods`: types of earlier inputs have got methods.
    pub fn emit(
        &mut self,
        steps: &[Step<'a>],
        replaced: &[(ObjId, ObjId)],
        new_methods: bool,
    ) -> Result<Emitted, Vec<Diagnostic>> {
        if new_methods {
            self.forget_method_sets();
        }
        let mut out = Emitted::default();
        self.e.replaced.extend(replaced.iter().copied());
        for &(old, new) in replaced {
            let earlier: Vec<(FuncInst, FuncIdx)> = self
                .e
                .funcs
                .iter()
                .filter(|(inst, _)| inst.obj == old || self.stands_for(inst.obj, new))
                .map(|(inst, &idx)| (inst.clone(), idx))
                .collect();
            for (mut inst, from) in earlier {
                inst.obj = new;
                let to = self.e.func_of(inst);
                if to != from {
                    out.redirects.push((from, to));
                }
            }
        }
        for step in steps {
            let idx = match step {
                Step::Init(i) => self.e.enqueue_init(self.pkg, i.lhs.clone(), i.rhs),
                Step::Call(obj) => self.e.func_of(FuncInst {
                    obj: *obj,
                    targs: Box::default(),
                }),
            };
            out.steps.push(idx);
        }
        out.inits = self.finish()?;
        out.touched = self.e.types.touched.drain().collect();
        out.touched.sort_unstable();
        Ok(out)
    }

    /// Takes replacements back: the old functions are what is called again. Gives the functions to redirect.
    pub fn restore(&mut self, replaced: &[(ObjId, ObjId)]) -> Vec<FuncIdx> {
        for (old, _) in replaced {
            self.e.replaced.remove(old);
        }
        let is_old = |o: ObjId| replaced.iter().any(|r| r.0 == o);
        let funcs = self.e.funcs.iter();
        funcs
            .filter(|(inst, _)| is_old(inst.obj))
            .map(|(_, &idx)| idx)
            .collect()
    }

    /// The code of a declared function, emitted now if need be.
    pub fn function(&mut self, obj: ObjId) -> Result<FuncIdx, Vec<Diagnostic>> {
        let idx = self.e.func_of(FuncInst {
            obj,
            targs: Box::default(),
        });
        // What is initialised for its sake is so when it is first called.
        let inits = self.finish()?;
        for f in inits {
            self.executed.remove(&f);
        }
        Ok(idx)
    }

    /// The place of a package variable in the globals area, and its type's descriptor.
    pub fn global(&mut self, obj: ObjId) -> Option<(u32, TypeIdx)> {
        let off = *self.e.globals.get(&obj)?;
        let t = self.e.ck.objs.ty(obj);
        let env = self.e.no_env.clone();
        let ty = self.e.ty_in(t, &env);
        Some((off, self.e.type_idx(ty)))
    }

    fn stands_for(&self, mut obj: ObjId, new: ObjId) -> bool {
        while let Some(&next) = self.e.replaced.get(&obj) {
            if next == new {
                return true;
            }
            obj = next;
        }
        false
    }

    /// Emits all that is waiting. Gives the initialisers that have to run.
    fn finish(&mut self) -> Result<Vec<FuncIdx>, Vec<Diagnostic>> {
        let e = &mut self.e;
        let n = e.prog.funcs.len();
        loop {
            let packages: Vec<PkgId> = e.ck.packages().skip(self.packages).collect();
            self.packages += packages.len();
            for pkg in packages {
                if pkg != self.pkg && e.ck.pkg(pkg).mode == PackageMode::Full {
                    e.use_full_package(pkg);
                }
            }
            // After an error the rest is emitted all the same: nothing is left half done.
            while let Some(work) = e.work.pop_front() {
                e.run(work);
            }
            if !e.more_types() {
                break;
            }
        }
        e.finish_globals();
        e.prog.selectors = e.selectors.len() as u32;
        let mut inits = Vec::new();
        e.init.news.remove(&self.pkg);
        if !e.init.news.is_empty() {
            let news = std::mem::take(&mut e.init.news);
            let executed = &mut self.executed;
            inits = e.init_calls(&|p| news.contains(&p));
            inits.retain(|&f| executed.insert(f));
        }
        if e.diags.is_empty() {
            return Ok(inits);
        }
        // A function that was not emitted must not be taken for one that was.
        let funcs = &mut e.prog.funcs;
        let is_empty = |i: FuncIdx| funcs[i as usize].code.is_empty();
        e.funcs.retain(|_, i| (*i as usize) < n || !is_empty(*i));
        for f in funcs.iter_mut().filter(|f| f.code.is_empty()) {
            f.code.push(ins::Ret().word);
            f.frame_slots = f.frame_slots.max(FRAME_HEADER as u32);
        }
        for f in inits {
            self.executed.remove(&f);
        }
        Err(std::mem::take(&mut e.diags))
    }

    /// Method sets of the session's types, and of types that embed them, are found out anew.
    fn forget_method_sets(&mut self) {
        let pkg = self.pkg;
        let e = &mut self.e;
        let objs = &e.ck.objs;
        let types = &e.ck.types;
        e.declared
            .retain(|&named, _| objs[types.named_obj(named)].pkg != Some(pkg));
        let mut keys: Vec<Ty> = e.found.keys().map(|k| k.0).collect();
        keys.extend(e.method_sets.keys());
        keys.sort_unstable();
        keys.dedup();
        let stale: HashSet<Ty> = keys
            .into_iter()
            .filter(|&t| e.is_of_session(t, 0))
            .collect();
        e.found.retain(|k, _| !stale.contains(&k.0));
        e.method_sets.retain(|k, _| !stale.contains(k));
        e.list_again(&mut |e, ty| e.is_of_session(ty, 0));
    }
}

impl Emitter<'_, '_> {
    /// Whether a type has methods by declarations of the session: it is defined there, or embeds such a type.
    fn is_of_session(&mut self, ty: Ty, depth: u32) -> bool {
        if depth > 10 {
            return false;
        }
        match self.tys.kind(ty).clone() {
            TyKind::Named(n) => {
                let obj = self.ck.types.named_obj(n.origin);
                self.ck.objs[obj].pkg == self.session && self.session.is_some()
            }
            TyKind::Pointer(t) => self.is_of_session(t, depth + 1),
            TyKind::Struct(fields) => fields
                .iter()
                .any(|f| f.embedded && self.is_of_session(f.ty, depth + 1)),
            _ => false,
        }
    }

    /// The first instruction of a session's function, and room in its frame: see the module's text.
    pub fn leave_room_for_successor(&mut self) {
        if self.session.is_none() || self.f.pkg != self.session {
            return;
        }
        let own = FRAME_HEADER as u32 + self.f.result_slots + self.f.param_slots;
        self.f.slots.max = self.f.slots.max.max(2 * own);
        self.ins(ins::Jmp(0));
    }
}

impl<'a> Growing<'a> {
    /// Whether a function may take another one's place: both have the same type.
    pub fn can_replace(&mut self, old: ObjId, new: ObjId) -> bool {
        let ck = &mut *self.e.ck;
        if !ck.objs[old].is_func() || !ck.objs[new].is_func() {
            return false;
        }
        let (a, b) = (ck.objs.ty(old), ck.objs.ty(new));
        let (Type::Signature(x), Type::Signature(y)) = (ck.types.get(a), ck.types.get(b)) else {
            return false;
        };
        let same_recv = match (ck.types[x].recv, ck.types[y].recv) {
            (None, None) => true,
            (Some(x), Some(y)) => {
                let (x, y) = (ck.objs.ty(x), ck.objs.ty(y));
                ck.identical(x, y)
            }
            _ => false,
        };
        same_recv && ck.identical(a, b)
    }
}

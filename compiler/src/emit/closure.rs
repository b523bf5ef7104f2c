//! Function values: literals with what they capture, functions and methods as values.

use std::rc::Rc;

use minigo_bytecode::op::ins;
use minigo_bytecode::operand::Slot;
use minigo_bytecode::typedesc::FuncIdx;
use minigo_syntax::ast::*;

use super::wrap::Wrapper;
use super::{Emitter, Fun, Var, Work};
use crate::check::{ObjId, PkgId};
use crate::escape::Facts;
use crate::instantiate::{Env, FuncInst, What};
use crate::layout::Ty;

/// How a captured variable lies in the closure object.
#[derive(Clone, Copy, Debug)]
pub enum Capture {
    /// Its value, in so many slots.
    Value(u32),
    /// The pointer to its box.
    Box,
}

impl Capture {
    /// Slots in the closure object.
    pub fn slots(self) -> u32 {
        match self {
            Capture::Value(n) => n,
            Capture::Box => 1,
        }
    }
}

/// A function literal whose code is still to be emitted.
#[derive(Clone)]
pub struct ClosureWork<'a> {
    /// The literal's expression.
    pub id: NodeId,
    /// The literal.
    pub lit: &'a FuncLit,
    /// Its type.
    pub ty: Ty,
    /// What it captures, in the order of the closure object.
    pub captures: Vec<(ObjId, Capture)>,
    /// The environment of the function around it.
    pub env: Rc<Env>,
    /// Facts about the declaration around it.
    pub facts: Rc<Facts>,
    /// Its name in tracebacks.
    pub name: String,
    /// Its package.
    pub pkg: Option<PkgId>,
}

impl<'a> Emitter<'_, 'a> {
    /// The variables that a function literal or loop body captures, and how.
    pub fn captures_of(&mut self, id: NodeId) -> Vec<(ObjId, Capture)> {
        let facts = self.f.facts.clone();
        let mut out = Vec::new();
        for &obj in &facts.func(id).captures {
            match self.f.vars.get(&obj) {
                Some(Var::Slots(_)) => {
                    let ty = self.var_ty(obj);
                    let n = self.slots_of(ty);
                    out.push((obj, Capture::Value(n)));
                }
                Some(Var::Box(_)) => out.push((obj, Capture::Box)),
                None => {}
            }
        }
        out
    }

    /// dst := closure of `func` with these captures.
    pub fn make_closure(&mut self, func: FuncIdx, captures: &[(ObjId, Capture)], dst: Slot) {
        let n: u32 = captures.iter().map(|(_, c)| c.slots()).sum();
        if n == 0 {
            self.ins(ins::LoadFunc(dst, func));
            return;
        }
        let mark = self.f.slots.next;
        let src = match captures {
            [(obj, _)] => self.capture_slot(*obj),
            _ => {
                let src = self.f.slots.alloc(n);
                let mut at = src;
                for &(obj, c) in captures {
                    let from = self.capture_slot(obj);
                    self.mov_slots(at, from, c.slots());
                    at += c.slots() as Slot;
                }
                src
            }
        };
        self.ins(ins::MakeClosure(dst, src, func, n));
        self.f.slots.next = mark;
    }

    /// The slots of a variable as a closure takes them: its own, or the pointer to its box.
    pub fn capture_slot(&mut self, obj: ObjId) -> Slot {
        match self.f.vars.get(&obj) {
            Some(Var::Slots(s) | Var::Box(s)) => *s,
            None => 0,
        }
    }

    /// dst := function literal
    pub fn func_lit_to(&mut self, e: &'a Expr, lit: &'a FuncLit, dst: Slot) {
        let (func, captures) = self.func_lit(e, lit);
        self.make_closure(func, &captures, dst);
    }

    /// A number for a function literal, and what it captures.
    pub fn func_lit(&mut self, e: &'a Expr, lit: &'a FuncLit) -> (FuncIdx, Vec<(ObjId, Capture)>) {
        let captures = self.captures_of(e.id);
        let func = self.new_func();
        self.f.n_closures += 1;
        let name = self.closure_name(self.f.n_closures);
        let ty = self.expr_ty(e);
        let work = ClosureWork {
            id: e.id,
            lit,
            ty,
            captures: captures.clone(),
            env: self.f.env.clone(),
            facts: self.f.facts.clone(),
            name,
            pkg: self.f.pkg,
        };
        self.work.push_back(Work::Closure(func, Box::new(work)));
        (func, captures)
    }

    /// The name of the `n`-th literal in the function in the making: `main.f.func1`, inside it `main.f.func1.1`.
    fn closure_name(&self, n: u32) -> String {
        let outer = &self.f.name;
        // The body of a loop over a function is a literal too, but in a declared function it does not count as one.
        let plain = outer.replace("-range", ".");
        let inside_literal = plain.rsplit_once(".func").is_some_and(|(_, tail)| {
            tail.bytes().all(|b| b.is_ascii_digit() || b == b'.') && !tail.is_empty()
        });
        if inside_literal || outer.matches("-range").count() > 1 {
            format!("{outer}.{n}")
        } else {
            format!("{outer}.func{n}")
        }
    }

    /// Emits a function literal's code.
    pub fn emit_closure(&mut self, idx: FuncIdx, w: ClosureWork<'a>) {
        self.f = Fun::new(w.env);
        self.f.facts = w.facts;
        self.f.name = w.name;
        self.f.pkg = w.pkg;
        self.set_file(w.lit.sig.lparen);
        self.f.has_defer = self.f.facts.func(w.id).has_defer;
        self.f.ty = Some(self.type_idx(w.ty));
        let sig = self.func_ty(w.ty);
        let params = self.param_objs(&w.lit.sig.params);
        let results = self.param_objs(&w.lit.sig.results);
        self.declare_frame(&sig.results, &results, &sig.params, &params);
        self.load_captures(&w.captures);
        self.box_params(&params);
        self.body(idx, &w.lit.body);
    }

    /// Loads what the running closure captured into slots.
    pub fn load_captures(&mut self, captures: &[(ObjId, Capture)]) {
        let first = self.f.slots.next as Slot;
        self.load_captures_behind(0, first, captures);
    }

    /// The same behind `index` captured slots without names, which are loaded as well, to `first` and on.
    pub fn load_captures_behind(&mut self, index: u32, first: Slot, captures: &[(ObjId, Capture)]) {
        let mut index = index;
        for &(obj, c) in captures {
            let (n, var) = match c {
                Capture::Value(n) => (n, Var::Slots(self.f.slots.next as Slot)),
                Capture::Box => (1, Var::Box(self.f.slots.next as Slot)),
            };
            self.f.slots.alloc(n);
            self.f.vars.insert(obj, var);
            index += n;
        }
        match index {
            0 => {}
            1 => self.ins(ins::LoadCap(first, 0)),
            n => self.ins(ins::LoadCapN(first, 0, n as u16)),
        }
    }

    /// The function with type arguments that an identifier denotes.
    pub fn inst_at(&mut self, id: NodeId, obj: ObjId) -> FuncInst {
        let targs = match self.ck.info.instance(id) {
            Some(i) => {
                let env = self.f.env.clone();
                self.tys_in(i.targs, &env)
            }
            None => Box::default(),
        };
        FuncInst { obj, targs }
    }

    /// The function behind a function value: itself, or a wrapper around a native.
    pub fn value_func(&mut self, inst: FuncInst) -> FuncIdx {
        if self.is_native(inst.obj) {
            return self.wrapper(Wrapper::Native(inst));
        }
        self.func_of(inst)
    }

    /// dst := x.M as a function value
    pub fn method_value_to(&mut self, e: &'a Expr, s: &'a SelectorExpr, dst: Slot) {
        let t = self.expr_ty(&s.x);
        let Some(found) = self.find_method(e, s, t) else {
            return;
        };
        match found.what {
            What::Field(_) => {}
            What::Abstract { iface, method } => {
                let place = self.operand_place(&s.x);
                let (place, ty) = self.walk_path(place, t, &found);
                let mark = self.f.slots.next;
                let v = self.load_from(place, ty, mark);
                let sel = self.iface_selector(iface, method, true);
                self.at(e.pos());
                self.ins(ins::IfaceMethodValue(dst, v, sel));
            }
            What::Method { recv, obj, ptr } => {
                let targs = self.method_targs(s.sel.id);
                let inst = self.method_inst(recv, obj, &targs);
                let recv_ty = if ptr { self.tys.pointer(recv) } else { recv };
                let n = self.slots_of(recv_ty);
                let value = self.f.slots.alloc(n);
                self.at(e.pos());
                self.receiver_to(&s.x, t, &found, recv, ptr, value);
                let func = self.wrapper(Wrapper::Bound {
                    inst,
                    recv: recv_ty,
                });
                if n == 0 {
                    self.ins(ins::LoadFunc(dst, func));
                } else {
                    self.ins(ins::MakeClosure(dst, value, func, n));
                }
            }
        }
    }

    /// The type arguments of a generic method at its selector.
    pub fn method_targs(&mut self, sel: NodeId) -> Box<[Ty]> {
        match self.ck.info.instance(sel) {
            Some(i) => {
                let env = self.f.env.clone();
                self.tys_in(i.targs, &env)
            }
            None => Box::default(),
        }
    }

    /// dst := T.M as a function whose first parameter is the receiver
    pub fn method_expr_to(&mut self, e: &'a Expr, s: &'a SelectorExpr, dst: Slot) {
        let func = self.method_expr(e, s);
        self.ins(ins::LoadFunc(dst, func));
    }

    /// The function that `T.M` denotes.
    pub fn method_expr(&mut self, e: &'a Expr, s: &'a SelectorExpr) -> FuncIdx {
        let t = self.expr_ty(&s.x);
        let Some(found) = self.find_method(e, s, t) else {
            return 0;
        };
        let targs = self.method_targs(s.sel.id);
        self.method_func(t, &found, &targs)
    }

    /// The function that takes a receiver of type `t` first, and calls the method that was found in it.
    pub fn method_func(
        &mut self,
        t: Ty,
        found: &crate::instantiate::Found,
        targs: &[Ty],
    ) -> FuncIdx {
        if let What::Method { recv, obj, ptr } = found.what
            && found.path.is_empty()
            && (if ptr {
                self.pointee(t) == Some(recv)
            } else {
                t == recv
            })
        {
            let inst = self.method_inst(recv, obj, targs);
            return self.value_func(inst);
        }
        self.wrapper(Wrapper::MethodExpr {
            recv: t,
            found: found.clone(),
            targs: targs.into(),
        })
    }
}

//! `for … range` over a function: the loop's body becomes a function that the iterator calls.
//!
//! Loop and body share a control block in the heap: the loop's state, how the body wants the loop to go on, and the values
//! of a `return` in the body. The body reports `false` to end the loop; what else is to happen (break or continue of an
//! outer loop, goto, return) is a number in the block, on which the code behind the iterator's call branches. That code may
//! itself be the body of another such loop; then the same happens there again.
//!
//! `defer` in a body belongs to the function around all such loops: it keeps a list, for which it deferred one call when
//! the outermost loop began.

use std::cell::RefCell;
use std::rc::Rc;

use minigo_bytecode::op::ins;
use minigo_bytecode::operand::{FRAME_HEADER, Slot};
use minigo_syntax::ast::*;
use minigo_syntax::symbol::Symbol;

use super::call::Callee;
use super::closure::Capture;
use super::ops::Cmp;
use super::wrap::Wrapper;
use super::{Emitter, Fun, Place};
use crate::instantiate::FuncInst;
use crate::layout::{FuncTy, StructField, Ty, TyKind};

/// What a loop's body may want besides the next iteration or the end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Exit {
    Break(Option<Symbol>),
    Continue(Option<Symbol>),
    Goto(Symbol),
    /// The results are in the control block.
    Return,
    /// The results are in their variables.
    BareReturn,
}

/// What a body knows of the loop that it is the body of.
#[derive(Debug)]
pub struct Outer {
    /// The results of the function around, and where they lie in the control block.
    results: Vec<(Ty, u64)>,
    exits: RefCell<Vec<Exit>>,
    /// Labels inside the body.
    labels: Vec<Symbol>,
    /// The control block, in the body's frame.
    ctl: Slot,
    /// The pointer to the list of deferred calls, in the body's frame.
    defers: Option<Slot>,
}

// States of a loop. (Go: internal/abi/rangefuncconsts.go)
const DONE: i32 = 0;
const READY: i32 = 1;
const PANIC: i32 = 2;
const EXHAUSTED: i32 = 3;
const MISSING_PANIC: i32 = 4;

const STATE: u32 = 0;
const NEXT: u32 = 8;

impl<'a> Emitter<'_, 'a> {
    /// `for x, y := range f { … }`
    pub fn range_func_stmt(&mut self, s: &'a Stmt, x: &'a RangeStmt) {
        let mark = self.f.slots.next;
        let label = self.f.pending_label.take();
        self.at(x.x.pos());
        let iterator = self.expr(&x.x);
        let results: Vec<Ty> = match &self.f.range_body {
            Some(outer) => outer.results.iter().map(|r| r.0).collect(),
            None => self.f.results.iter().map(|r| r.ty).collect(),
        };
        let ctl_ty = self.control_block(&results);
        let offsets = self.offsets_of(ctl_ty);
        let ctl = self.f.slots.alloc(1);
        let t = self.type_idx(ctl_ty);
        self.ins(ins::New(ctl, t));
        self.set_state(ctl, READY);
        let has_defer = self.f.facts.func(s.id).has_defer;
        let defers = has_defer.then(|| self.defer_list());
        let outer = Outer {
            results: results
                .into_iter()
                .zip(offsets[2..].iter().copied())
                .collect(),
            exits: RefCell::default(),
            labels: labels_in(&x.body.stmts),
            ctl: 0,
            defers: None,
        };
        let (func, captures, outer) = self.loop_body(s, x, label, outer, has_defer);
        // The closure: control block, list of defers, variables.
        let n: u32 = captures.iter().map(|(_, c)| c.slots()).sum();
        let extra = 1 + has_defer as u32;
        let caps = self.f.slots.alloc(n + extra);
        self.mov_slots(caps, ctl, 1);
        if let Some(d) = defers {
            self.mov_slots(caps + 1, d, 1);
        }
        let mut to = caps + extra as Slot;
        for &(obj, c) in &captures {
            let from = self.capture_slot(obj);
            self.mov_slots(to, from, c.slots());
            to += c.slots() as Slot;
        }
        let base = self.f.slots.alloc(FRAME_HEADER as u32 + 1);
        self.ins(ins::MakeClosure(base + FRAME_HEADER, caps, func, n + extra));
        self.at(x.range);
        self.f.code.note_window(0, 1);
        self.ins(ins::CallClosure(base, iterator));
        self.f.slots.next = base as u32;
        self.after_loop(ctl, &outer);
        self.f.slots.next = mark;
    }

    /// What happens when the iterator has returned.
    fn after_loop(&mut self, ctl: Slot, outer: &Outer) {
        let t = self.f.slots.alloc(1);
        let fine = self.f.code.label();
        self.ins(ins::Load64(t, ctl, STATE as u16));
        self.imm_jump(Cmp::Ne, t, PANIC as i16, fine, false);
        self.bad_state(MISSING_PANIC, None);
        self.f.code.bind(fine);
        self.set_state(ctl, EXHAUSTED);
        let exits = outer.exits.borrow().clone();
        if exits.is_empty() {
            return;
        }
        self.ins(ins::Load64(t, ctl, NEXT as u16));
        for (i, exit) in exits.into_iter().enumerate() {
            let past = self.f.code.label();
            self.imm_jump(Cmp::Ne, t, i as i16 + 1, past, false);
            match exit {
                Exit::Break(l) => self.branch(l, false),
                Exit::Continue(l) => self.branch(l, true),
                Exit::Goto(l) => self.goto_stmt(l),
                Exit::BareReturn => self.return_bare(),
                Exit::Return => self.return_from_block(ctl, outer),
            }
            self.f.code.bind(past);
        }
    }

    fn return_bare(&mut self) {
        if self.f.range_body.is_some() {
            self.exit_body(Exit::BareReturn)
        } else {
            self.leave()
        }
    }

    fn return_from_block(&mut self, ctl: Slot, inner: &Outer) {
        let mark = self.f.slots.next;
        for (i, &(ty, off)) in inner.results.iter().enumerate() {
            let place = Place::Mem {
                base: ctl,
                off: off as u32,
            };
            let v = self.load_from(place, ty, mark);
            match self.f.range_body.clone() {
                Some(outer) => {
                    let (ty, off) = outer.results[i];
                    self.store(
                        Place::Mem {
                            base: outer.ctl,
                            off: off as u32,
                        },
                        ty,
                        v,
                    );
                }
                None => {
                    let r = self.f.results[i];
                    self.store_result(&r, v, ty);
                }
            }
            self.f.slots.next = mark;
        }
        if self.f.range_body.is_some() {
            self.exit_body(Exit::Return)
        } else {
            self.leave()
        }
    }

    /// `struct { state, next int; … results }`
    fn control_block(&mut self, results: &[Ty]) -> Ty {
        let field = |ty| StructField {
            name: Symbol::BLANK,
            pkg: None,
            ty,
            embedded: false,
            tag: Rc::new([]),
        };
        let fields = [Ty::INT, Ty::INT]
            .iter()
            .chain(results)
            .map(|&t| field(t))
            .collect();
        self.tys.intern(TyKind::Struct(fields))
    }

    fn set_state(&mut self, ctl: Slot, state: i32) {
        let mark = self.f.slots.next;
        let t = self.f.slots.alloc(1);
        self.ins(ins::LoadImm(t, state));
        self.ins(ins::Store64(ctl, STATE as u16, t));
        self.f.slots.next = mark;
    }

    /// Panics because an iterator does not keep to the rules; the state is a number or lies in a slot.
    fn bad_state(&mut self, state: i32, slot: Option<Slot>) {
        let Some(func) = self.runtime_func("panicrangestate") else {
            return;
        };
        let mark = self.f.slots.next;
        let base = self.f.slots.alloc(FRAME_HEADER as u32 + 1);
        match slot {
            Some(s) => self.mov_slots(base + FRAME_HEADER, s, 1),
            None => self.ins(ins::LoadImm(base + FRAME_HEADER, state)),
        }
        self.ins(ins::Call(base, func));
        self.f.slots.next = mark;
    }

    /// A function of package runtime that generated code calls.
    pub fn runtime_func(&mut self, name: &str) -> Option<u32> {
        let pkg = self.ck.library_package("runtime")?;
        let obj = self.ck.package_member(pkg, Symbol::intern(name))?;
        Some(self.func_of(FuncInst {
            obj,
            targs: Box::default(),
        }))
    }

    /// Emits the body as a function.
    fn loop_body(
        &mut self,
        s: &'a Stmt,
        x: &'a RangeStmt,
        label: Option<Symbol>,
        mut outer: Outer,
        has_defer: bool,
    ) -> (u32, Vec<(crate::check::ObjId, Capture)>, Rc<Outer>) {
        let captures = self.captures_of(s.id);
        let func = self.new_func();
        self.f.n_ranges += 1;
        let iter_ty = self.expr_ty(&x.x);
        let iter = self.func_ty(iter_ty);
        let yield_ty = iter.params.first().copied().unwrap_or(Ty::VOID);
        let sig = self.func_ty(yield_ty);

        let mut f = Fun::new(self.f.env.clone());
        f.facts = self.f.facts.clone();
        f.name = format!("{}-range{}", self.f.name, self.f.n_ranges);
        f.pkg = self.f.pkg;
        f.file = self.f.file.clone();
        f.file_idx = self.f.file_idx;
        f.code.set_own_file(f.file_idx);
        let around = std::mem::replace(&mut self.f, f);
        self.at(x.range);
        self.f.line = self.f.code.pos().0;

        let params: Vec<_> = (0..sig.params.len())
            .map(|i| match x.lhs.get(i) {
                Some(l) if x.define => self.ck.info.def_of(l.id),
                _ => None,
            })
            .collect();
        self.declare_frame(&sig.results, &[], &sig.params, &params);
        // The control block and the list come first in the closure.
        outer.ctl = self.f.slots.alloc(1);
        outer.defers = has_defer.then(|| self.f.slots.alloc(1));
        self.load_captures_behind(1 + has_defer as u32, outer.ctl, &captures);
        self.box_params(&params);
        let outer = Rc::new(outer);
        self.f.range_body = Some(outer.clone());

        let t = self.f.slots.alloc(1);
        let ready = self.f.code.label();
        self.ins(ins::Load64(t, outer.ctl, STATE as u16));
        self.imm_jump(Cmp::Eq, t, READY as i16, ready, false);
        self.bad_state(0, Some(t));
        self.f.code.bind(ready);
        self.set_state(outer.ctl, PANIC);
        if !x.define {
            self.assign_params(x, &sig);
        }
        let (brk, cont) = (self.f.code.label(), self.f.code.label());
        self.f.pending_label = label;
        self.push_target(brk, Some(cont));
        self.block(&x.body.stmts);
        self.f.targets.pop();
        self.f.code.bind(cont);
        if !self.f.code.is_dead() {
            self.at(x.body.rbrace());
            self.set_state(outer.ctl, READY);
            self.ins(ins::LoadImm(FRAME_HEADER, 1));
            self.ins(ins::Ret());
        }
        self.f.code.bind(brk);
        if !self.f.code.is_dead() {
            self.set_state(outer.ctl, DONE);
            self.ins(ins::LoadImm(FRAME_HEADER, 0));
            self.ins(ins::Ret());
        }
        self.finish_func(func, None);
        self.f = around;
        (func, captures, outer)
    }

    /// The iterator's values to where the loop wants them.
    fn assign_params(&mut self, x: &'a RangeStmt, sig: &FuncTy) {
        let mut slot = FRAME_HEADER + self.f.result_slots as Slot;
        for (i, &ty) in sig.params.iter().enumerate() {
            let n = self.slots_of(ty);
            if let Some(l) = x.lhs.get(i)
                && !l.as_ident().is_some_and(|i| i.is_blank())
            {
                let to = self.expr_ty(l);
                let mark = self.f.slots.next;
                let mut v = slot;
                if ty != to && self.is_iface(to) && !self.is_iface(ty) {
                    v = self.tmp(to);
                    self.assign_convert(slot, ty, to, v);
                }
                let place = self.place(l);
                self.store(place, to, v);
                self.f.slots.next = mark;
            }
            slot += n as Slot;
        }
    }

    // ---- leaving a body

    fn exit_body(&mut self, exit: Exit) {
        let Some(outer) = self.f.range_body.clone() else {
            return;
        };
        let mut exits = outer.exits.borrow_mut();
        let n = match exits.iter().position(|e| *e == exit) {
            Some(i) => i + 1,
            None => {
                exits.push(exit);
                exits.len()
            }
        };
        drop(exits);
        let mark = self.f.slots.next;
        let t = self.f.slots.alloc(1);
        self.ins(ins::LoadImm(t, n as i32));
        self.ins(ins::Store64(outer.ctl, NEXT as u16, t));
        self.f.slots.next = mark;
        self.set_state(outer.ctl, DONE);
        self.ins(ins::LoadImm(FRAME_HEADER, 0));
        self.ins(ins::Ret());
    }

    /// `break` or `continue` of a loop outside of the body that is being emitted.
    pub fn leave_range_body(&mut self, label: Option<Symbol>, cont: bool) {
        self.exit_body(if cont {
            Exit::Continue(label)
        } else {
            Exit::Break(label)
        });
    }

    /// Leaves the body if a label lies outside of it.
    pub fn goto_leaves_range_body(&mut self, label: Symbol) -> bool {
        let outside = self
            .f
            .range_body
            .as_ref()
            .is_some_and(|o| !o.labels.contains(&label));
        if outside {
            self.exit_body(Exit::Goto(label));
        }
        outside
    }

    /// `return` in a body.
    pub fn return_from_range_body(&mut self, values: &'a [Expr]) {
        let Some(outer) = self.f.range_body.clone() else {
            return;
        };
        if values.is_empty() {
            return self.exit_body(Exit::BareReturn);
        }
        if values.len() == 1 && outer.results.len() > 1 {
            let got = self.several(&values[0], outer.results.len());
            for ((v, from), &(ty, off)) in got.into_iter().zip(&outer.results) {
                let mark = self.f.slots.next;
                let t = self.tmp(ty);
                self.assign_convert(v, from, ty, t);
                self.store(
                    Place::Mem {
                        base: outer.ctl,
                        off: off as u32,
                    },
                    ty,
                    t,
                );
                self.f.slots.next = mark;
            }
        } else {
            for (v, &(ty, off)) in values.iter().zip(&outer.results) {
                let mark = self.f.slots.next;
                let v = self.value(v, ty);
                self.store(
                    Place::Mem {
                        base: outer.ctl,
                        off: off as u32,
                    },
                    ty,
                    v,
                );
                self.f.slots.next = mark;
            }
        }
        self.exit_body(Exit::Return);
    }

    // ---- defer

    /// A slot with the pointer to the list of calls that loops' bodies defer: a new one in the function around all such
    /// loops, which defers running it.
    fn defer_list(&mut self) -> Slot {
        if let Some(outer) = &self.f.range_body
            && let Some(d) = outer.defers
        {
            return d;
        }
        let list = self.f.slots.alloc(1);
        let slice = self.func_list();
        let t = self.type_idx(slice);
        self.ins(ins::New(list, t));
        self.ins(ins::DeferList(list));
        list
    }

    /// `[]func()`
    fn func_list(&mut self) -> Ty {
        let f = FuncTy {
            params: Box::default(),
            results: Box::default(),
            variadic: false,
        };
        let f = self.tys.intern(TyKind::Func(Rc::new(f)));
        self.tys.slice(f)
    }

    /// `defer` in a body: the call, as a function without parameters, is put on the list.
    pub fn defer_from_range_body(&mut self, e: &'a Expr) {
        let Some(list) = self.f.range_body.as_ref().and_then(|o| o.defers) else {
            return;
        };
        let ExprKind::Call(c) = &e.unparen().kind else {
            return;
        };
        let f = self.f.slots.alloc(1);
        let (sig_results, sig_params) = self.delayed_sizes(c);
        let Some((base, callee)) = self.delayed_call(e) else {
            return;
        };
        let params = base as u32 + FRAME_HEADER as u32 + sig_results;
        match callee {
            Callee::Closure(s) if sig_results + sig_params == 0 => self.mov_slots(f, s, 1),
            Callee::Func(func) if sig_results + sig_params == 0 => self.ins(ins::LoadFunc(f, func)),
            _ => {
                // What is called, then the arguments, in one closure object.
                let head = match callee {
                    Callee::Closure(_) => 1,
                    Callee::Iface(..) => 2,
                    _ => 0,
                };
                let skip = matches!(callee, Callee::Iface(..)) as u32;
                let n = head + sig_params;
                let caps = self.f.slots.alloc(n);
                if let Callee::Closure(s) | Callee::Iface(s, _) = callee {
                    self.mov_slots(caps, s, head);
                }
                self.mov_slots(caps + head as Slot, (params + skip) as Slot, sig_params);
                let kind = match callee {
                    Callee::Func(f) => ThunkCallee::Func(f),
                    Callee::Iface(_, sel) => ThunkCallee::Iface(sel),
                    _ => ThunkCallee::Closure,
                };
                let w = Wrapper::Thunk {
                    callee: kind,
                    results: sig_results,
                    params: sig_params,
                };
                let thunk = self.wrapper(w);
                self.ins(ins::MakeClosure(f, caps, thunk, n));
            }
        }
        let slice = self.func_list();
        let elem = self.slice_elem(slice);
        let t = self.type_idx(elem);
        let v = self.f.slots.alloc(3);
        self.at(e.pos());
        self.ins(ins::Load3(v, list, 0));
        self.ins(ins::Append64(v, v, f, t, 0));
        self.ins(ins::Store3(list, 0, v));
    }

    /// Slots of results and of params (an interface's data word not counted) of a call that is made later.
    fn delayed_sizes(&mut self, c: &'a CallExpr) -> (u32, u32) {
        if let Some(b) = self.builtin_of(c) {
            let tys = self.delayed_builtin_types(b, c);
            return (0, tys.iter().map(|&t| self.slots_of(t)).sum());
        }
        let named = self.named_callee(c);
        let sig = self.call_sig(c, &named);
        let results = sig.results.iter().map(|&t| self.slots_of(t)).sum();
        let params: u32 = sig.params.iter().map(|&t| self.slots_of(t)).sum();
        (results, params + self.receiver_slots(&named))
    }

    /// Emits the function that makes a deferred call whose parts lie in its closure.
    pub fn thunk(&mut self, callee: ThunkCallee, results: u32, params: u32) {
        self.declare_frame(&[], &[], &[], &[]);
        self.f.name = "runtime.deferred".to_owned();
        let head = match callee {
            ThunkCallee::Func(_) => 0,
            ThunkCallee::Closure => 1,
            ThunkCallee::Iface(_) => 2,
        };
        let skip = matches!(callee, ThunkCallee::Iface(_)) as u32;
        let what = self.f.slots.alloc(head);
        let base = self
            .f
            .slots
            .alloc(FRAME_HEADER as u32 + results + skip + params);
        if head > 0 {
            self.ins(ins::LoadCapN(what, 0, head as u16));
        }
        if params > 0 {
            let to = base as u32 + FRAME_HEADER as u32 + results + skip;
            self.ins(ins::LoadCapN(to as Slot, head as u16, params as u16));
        }
        match callee {
            ThunkCallee::Func(f) => self.ins(ins::Call(base, f)),
            ThunkCallee::Closure => self.ins(ins::CallClosure(base, what)),
            ThunkCallee::Iface(sel) => self.ins(ins::CallIface(base, what, sel)),
        }
        self.ins(ins::Ret());
    }
}

/// What a deferred call in a closure calls.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ThunkCallee {
    /// A function with known code.
    Func(u32),
    /// The func value that the closure begins with.
    Closure,
    /// A method of the interface that the closure begins with.
    Iface(u16),
}

/// The labels of a statement list and of what is nested in it.
fn labels_in(stmts: &[Stmt]) -> Vec<Symbol> {
    let mut out = Vec::new();
    let mut todo: Vec<&Stmt> = stmts.iter().collect();
    while let Some(s) = todo.pop() {
        match &s.kind {
            StmtKind::Labeled(l) => {
                out.push(l.label.name);
                todo.push(&l.stmt);
            }
            StmtKind::Block(b) => todo.extend(&b.stmts),
            StmtKind::If(x) => {
                todo.extend(&x.then.stmts);
                todo.extend(&x.els);
            }
            StmtKind::Switch(x) => todo.extend(x.clauses.iter().flat_map(|c| &c.body)),
            StmtKind::TypeSwitch(x) => todo.extend(x.clauses.iter().flat_map(|c| &c.body)),
            StmtKind::Select(x) => todo.extend(x.clauses.iter().flat_map(|c| &c.body)),
            StmtKind::For(x) => todo.extend(&x.body.stmts),
            StmtKind::Range(x) => todo.extend(&x.body.stmts),
            _ => {}
        }
    }
    out
}

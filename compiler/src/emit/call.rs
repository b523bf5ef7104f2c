//! Calls: windows, arguments in Go's order, and every sort of callee.
//!
//! A callee's window lies on top of the live slots: header, results, params. Arguments are evaluated straight into their
//! param slots: first those that have calls in them, from left to right, then the rest, as gc does. While an
//! argument is evaluated, everything of the window that holds no finished argument is dead; so a call whose only result
//! is that argument gets its window where the result comes to lie in the param slot by itself.

use std::rc::Rc;

use minigo_bytecode::op::ins;
use minigo_bytecode::operand::{FRAME_HEADER, Slot};
use minigo_bytecode::typedesc::FuncIdx;
use minigo_syntax::ast::*;

use super::order::Item;
use super::{Emitter, Place};
use crate::check::{Basic, Mode, ObjId, ObjectKind, SelectionKind};
use crate::instantiate::{Found, FuncInst, What};
use crate::layout::{FuncTy, Ty, TyKind};

/// What is called, with everything about it evaluated but the arguments.
#[derive(Clone, Copy, Debug)]
pub enum Callee {
    /// A function with known code.
    Func(FuncIdx),
    /// sync.Once.Do, which need not be called once it is done.
    OnceDo(FuncIdx),
    /// A Rust leaf.
    Native(u32),
    /// A func value in a slot.
    Closure(Slot),
    /// A method of the interface value at a slot.
    Iface(Slot, u16),
}

/// A callee's window.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Its first slot.
    pub base: Slot,
    /// Slots of results.
    pub results: u32,
    /// Slots of params, the receiver among them.
    pub params: u32,
    /// What is called.
    pub callee: Callee,
}

impl Window {
    /// Where the results are after the call.
    pub fn result(&self) -> Slot {
        self.base + FRAME_HEADER
    }
}

/// A callee that is evaluated when the arguments are.
enum LateCallee<'a> {
    Value(&'a Expr),
    Iface { x: &'a Expr, ty: Ty, found: Found },
}

/// One argument and where it goes.
#[derive(Clone, Copy)]
struct Arg<'a> {
    what: ArgKind<'a>,
    slot: Slot,
    n: u32,
}

#[derive(Clone, Copy)]
enum ArgKind<'a> {
    /// An expression as a value of a type.
    Value(&'a Expr, Ty),
    /// The receiver of a method.
    Receiver {
        x: &'a Expr,
        ty: Ty,
        recv: Ty,
        ptr: bool,
    },
    /// The arguments of a variadic parameter: a new slice of this type.
    Rest(&'a [Expr], Ty),
}

/// A callee as the source names it.
pub enum Named<'a> {
    /// A declared function.
    Static(FuncInst),
    /// A method with known code, and the way to its receiver.
    Method {
        x: &'a Expr,
        ty: Ty,
        found: Found,
        recv: Ty,
        ptr: bool,
        inst: FuncInst,
    },
    /// A method of an interface value.
    Abstract {
        x: &'a Expr,
        ty: Ty,
        found: Found,
        iface: Ty,
        method: usize,
    },
    /// `T.M`
    Func(FuncIdx),
    /// A literal that is called on the spot.
    Literal(&'a Expr, &'a FuncLit),
    /// Any func value.
    Value(&'a Expr),
}

impl<'a> Emitter<'_, 'a> {
    /// The type that a call converts to, if it is a conversion.
    pub fn conversion_of(&mut self, c: &CallExpr) -> Option<Ty> {
        match self.ck.info.get(c.fun.unparen().id) {
            Some(tv) if tv.mode == Mode::TypExpr => Some(self.ty(tv.ty)),
            _ => None,
        }
    }

    /// A call, conversion or builtin for its value, on top of the stack or in a variable's own slots.
    pub fn call_expr(&mut self, e: &'a Expr) -> Slot {
        let ExprKind::Call(c) = &e.kind else { return 0 };
        if let Some(to) = self.conversion_of(c) {
            let x = &c.args[0];
            let from = self.expr_ty(x);
            if !self.is_nil(x) && self.const_of(x).is_none() && self.is_noop_conversion(from, to) {
                return self.expr(x);
            }
            let dst = self.tmp(to);
            self.convert_to(e, x, to, dst);
            return dst;
        }
        if let Some(b) = self.builtin_of(c) {
            if let Some(slot) = self.builtin_in_place(b, c) {
                return slot;
            }
            let ty = self.expr_ty(e);
            let dst = self.tmp(ty);
            self.builtin_to(e, b, c, dst);
            return dst;
        }
        if let Some(slot) = self.intrinsic(e, c, None) {
            return slot;
        }
        self.call(e, c, None)
    }

    /// dst := a call, conversion or builtin.
    pub fn call_to(&mut self, e: &'a Expr, dst: Slot) {
        let ExprKind::Call(c) = &e.kind else { return };
        if let Some(to) = self.conversion_of(c) {
            return self.convert_to(e, &c.args[0], to, dst);
        }
        if let Some(b) = self.builtin_of(c) {
            return self.builtin_to(e, b, c, dst);
        }
        if self.intrinsic(e, c, Some(dst)).is_some() {
            return;
        }
        let mark = self.f.slots.next;
        let ty = self.expr_ty(e);
        let res = self.call(e, c, Some(dst));
        self.mov(dst, res, ty);
        self.f.slots.next = mark;
    }

    /// A call as a statement.
    pub fn call_discard(&mut self, e: &'a Expr) {
        let ExprKind::Call(c) = &e.kind else { return };
        if let Some(to) = self.conversion_of(c) {
            let x = &c.args[0];
            let from = self.expr_ty(x);
            if self.is_nil(x) || self.is_noop_conversion(from, to) {
                self.discard(x);
            } else {
                self.call_expr(e);
            }
        } else if let Some(b) = self.builtin_of(c) {
            self.builtin_stmt(e, b, c);
        } else {
            self.call(e, c, None);
        }
    }

    /// Calls, and gives the first slot of the results, which are on top of the stack. With `want`, the results lie there
    /// if everything from the top of the stack up to there is dead.
    pub fn call(&mut self, e: &'a Expr, c: &'a CallExpr, want: Option<Slot>) -> Slot {
        let keeps = c.args.iter().any(|a| self.is_address(a));
        let kept = self.f.slots.next as Slot;
        if keeps {
            self.f.slots.alloc(c.args.len() as u32);
        }
        let w = self.window(e, c, want, false);
        if keeps {
            self.keep_addresses(c, &w, kept);
        }
        self.at(e.pos());
        if matches!(w.callee, Callee::Closure(_) | Callee::Iface(..)) {
            self.f.code.note_window(w.results, w.params);
        }
        match w.callee {
            Callee::Func(f) => self.ins(ins::Call(w.base, f)),
            Callee::OnceDo(f) => {
                let done = self.f.code.label();
                self.f.code.push_jump(ins::JDone(w.result(), 0), done);
                self.ins(ins::Call(w.base, f));
                self.f.code.bind(done);
            }
            Callee::Native(n) => self.ins(ins::CallNative(w.base, n)),
            Callee::Closure(s) => self.ins(ins::CallClosure(w.base, s)),
            Callee::Iface(s, sel) => self.ins(ins::CallIface(w.base, s, sel)),
        }
        if keeps {
            // What lies there is alive until here.
            for i in 0..c.args.len() {
                let slot = kept + i as Slot;
                self.ins(ins::Mov(slot, slot));
            }
        }
        let res = w.result();
        self.f.slots.next = res as u32 + w.results;
        res
    }

    /// Whether an argument is `uintptr(p)` of an unsafe.Pointer: the call keeps alive what lies there.
    /// (Go: the directive uintptrescapes, and all functions without bodies)
    fn is_address(&mut self, arg: &Expr) -> bool {
        let ExprKind::Call(c) = &arg.unparen().kind else {
            return false;
        };
        let Some(to) = self.conversion_of(c) else {
            return false;
        };
        let from = self.expr_ty(&c.args[0]);
        self.under(to).0 == Basic::Uintptr as u32 && self.under(from) == Ty::UNSAFE_POINTER
    }

    /// Copies the first words of a call's params to slots from `kept` on.
    fn keep_addresses(&mut self, c: &'a CallExpr, w: &Window, kept: Slot) {
        let named = self.named_callee(c);
        let sig = self.call_sig(c, &named);
        let n: u32 = sig.params.iter().map(|&t| self.slots_of(t)).sum();
        let mut at = w.result() + (w.results + w.params - n) as Slot;
        for i in 0..c.args.len() {
            let slot = kept + i as Slot;
            match sig.params.get(i) {
                Some(&t) if self.slots_of(t) > 0 => {
                    self.ins(ins::Mov(slot, at));
                    at += self.slots_of(t) as Slot;
                }
                _ => self.ins(ins::LoadImm(slot, 0)),
            }
        }
    }

    /// Calls of library functions that are single instructions.
    fn intrinsic(&mut self, _e: &'a Expr, c: &'a CallExpr, dst: Option<Slot>) -> Option<Slot> {
        let obj = match &c.fun.unparen().kind {
            ExprKind::Selector(s) if self.ck.info.selection(c.fun.unparen().id).is_none() => {
                self.ck.info.use_of(s.sel.id)?
            }
            ExprKind::Ident(_) => self.ck.info.use_of(c.fun.unparen().id)?,
            _ => return None,
        };
        let o = &self.ck.objs[obj];
        if !matches!(o.kind, ObjectKind::Func { .. }) {
            return None;
        }
        let pkg = o.pkg?;
        if self.ck.pkg(pkg).path.as_str() != "math" || c.args.len() != 1 {
            return None;
        }
        let make = match o.name.as_str() {
            "Sqrt" | "sqrt" => ins::SqrtF64,
            "Abs" => ins::AbsF64,
            "Float64bits" | "Float64frombits" => |dst, src| ins::Mov(dst, src),
            "Float32bits" | "Float32frombits" => |dst, src| ins::Mov(dst, src),
            _ => return None,
        };
        let mark = self.f.slots.next;
        let (dst, after) = match dst {
            Some(dst) => {
                self.f.slots.grow_to(mark.max(dst as u32 + 1));
                (dst, mark)
            }
            None => (self.f.slots.alloc(1), mark + 1),
        };
        let a = self.expr(&c.args[0]);
        self.ins(make(dst, a));
        self.f.slots.next = after;
        Some(dst)
    }

    /// What a call calls, as the source names it.
    pub fn named_callee(&mut self, c: &'a CallExpr) -> Named<'a> {
        let fun = c.fun.unparen();
        match &fun.kind {
            ExprKind::Ident(_) => {
                if let Some(obj) = self.ck.info.use_of(fun.id)
                    && let ObjectKind::Func { .. } = self.ck.objs[obj].kind
                {
                    return Named::Static(self.inst_at(fun.id, obj));
                }
            }
            ExprKind::Index(x) => {
                // f[T](…)
                let inner = x.x.unparen();
                let id = match &inner.kind {
                    ExprKind::Ident(_) => Some(inner.id),
                    ExprKind::Selector(s) if self.ck.info.selection(inner.id).is_none() => {
                        Some(s.sel.id)
                    }
                    _ => None,
                };
                if let Some(id) = id
                    && let Some(obj) = self.ck.info.use_of(id)
                    && let ObjectKind::Func { .. } = self.ck.objs[obj].kind
                {
                    return Named::Static(self.inst_at(id, obj));
                }
                if let ExprKind::Selector(s) = &inner.kind
                    && self
                        .ck
                        .info
                        .selection(inner.id)
                        .is_some_and(|s| s.kind == SelectionKind::MethodVal)
                    && let Some(named) = self.method_callee(inner, s)
                {
                    return named;
                }
            }
            ExprKind::Selector(s) => match self.ck.info.selection(fun.id).map(|s| s.kind) {
                None => {
                    if let Some(obj) = self.ck.info.use_of(s.sel.id)
                        && let ObjectKind::Func { .. } = self.ck.objs[obj].kind
                    {
                        return Named::Static(self.inst_at(s.sel.id, obj));
                    }
                }
                Some(SelectionKind::MethodVal) => {
                    if let Some(named) = self.method_callee(fun, s) {
                        return named;
                    }
                }
                Some(SelectionKind::MethodExpr) => return Named::Func(self.method_expr(fun, s)),
                Some(SelectionKind::FieldVal) => {}
            },
            ExprKind::FuncLit(lit) => return Named::Literal(fun, lit),
            _ => {}
        }
        Named::Value(fun)
    }

    fn method_callee(&mut self, e: &'a Expr, s: &'a SelectorExpr) -> Option<Named<'a>> {
        let ty = self.expr_ty(&s.x);
        let found = self.find_method(e, s, ty)?;
        Some(match found.what {
            What::Method { recv, obj, ptr } => {
                let targs = self.method_targs(s.sel.id);
                let inst = self.method_inst(recv, obj, &targs);
                Named::Method {
                    x: &s.x,
                    ty,
                    found,
                    recv,
                    ptr,
                    inst,
                }
            }
            What::Abstract { iface, method } => Named::Abstract {
                x: &s.x,
                ty,
                found,
                iface,
                method,
            },
            What::Field(_) => return None,
        })
    }

    /// The signature of what a call calls, as the caller sees it: without receiver for methods.
    pub fn call_sig(&mut self, c: &'a CallExpr, named: &Named<'a>) -> Rc<FuncTy> {
        let ty = match named {
            Named::Static(inst) => self.inst_sig(inst),
            Named::Method { inst, .. } => self.inst_sig(inst),
            Named::Abstract { found, .. } => self.found_sig(found),
            _ => self.expr_ty(&c.fun),
        };
        self.func_ty(ty)
    }

    /// Slots of the receiver that a call passes as its first param.
    pub fn receiver_slots(&mut self, named: &Named<'a>) -> u32 {
        match named {
            Named::Method { recv, ptr, .. } => {
                if *ptr {
                    1
                } else {
                    self.slots_of(*recv)
                }
            }
            _ => 0,
        }
    }

    /// Evaluates callee and arguments into a window. For `go` and `defer`, natives are wrapped.
    pub fn window(
        &mut self,
        e: &'a Expr,
        c: &'a CallExpr,
        want: Option<Slot>,
        wrapped: bool,
    ) -> Window {
        let named = self.named_callee(c);
        let sig = self.call_sig(c, &named);
        let kept = self.n_kept();
        self.order_call(&named, c, &sig);
        let mut receiver = None;
        // What has no call in it is read behind the arguments' calls.
        let late = c.args.iter().any(|a| self.has_call(a));
        let mut late_callee = None;
        let callee = match named {
            Named::Static(inst) if !wrapped && self.is_native(inst.obj) => {
                let name = self.native_name(inst.obj);
                Callee::Native(self.native_idx(&name))
            }
            Named::Static(inst) => Callee::Func(self.value_func(inst)),
            Named::Method {
                x,
                ty,
                found,
                recv,
                ptr,
                inst,
            } => {
                receiver = Some((x, ty, found, recv, ptr));
                if !wrapped && self.is_native(inst.obj) {
                    let name = self.native_name(inst.obj);
                    Callee::Native(self.native_idx(&name))
                } else if !wrapped && self.is_once_do(inst.obj) {
                    Callee::OnceDo(self.value_func(inst))
                } else {
                    Callee::Func(self.value_func(inst))
                }
            }
            Named::Abstract {
                x,
                ty,
                found,
                iface,
                method,
            } => {
                let sel = self.iface_selector(iface, method, true);
                if late && !self.has_call(x) && !self.is_slot_path(x) {
                    let slot = self.f.slots.alloc(2);
                    late_callee = Some(LateCallee::Iface { x, ty, found });
                    Callee::Iface(slot, sel)
                } else {
                    let mark = self.f.slots.next;
                    let v = self.iface_receiver(e, x, ty, &found, mark);
                    Callee::Iface(v, sel)
                }
            }
            Named::Func(f) => Callee::Func(f),
            Named::Literal(fun, lit) => {
                let (func, captures) = self.func_lit(fun, lit);
                if captures.is_empty() {
                    Callee::Func(func)
                } else {
                    let s = self.f.slots.alloc(1);
                    self.make_closure(func, &captures, s);
                    Callee::Closure(s)
                }
            }
            Named::Value(fun) => {
                if late && !self.has_call(fun) && !self.is_slot_path(fun) {
                    late_callee = Some(LateCallee::Value(fun));
                    Callee::Closure(self.f.slots.alloc(1))
                } else {
                    Callee::Closure(self.expr(fun))
                }
            }
        };
        let results: u32 = sig.results.iter().map(|&t| self.slots_of(t)).sum();
        let live = self.f.slots.next;
        let base = match want {
            Some(w) if live + FRAME_HEADER as u32 <= w as u32 => w - FRAME_HEADER,
            _ => live as Slot,
        };
        let mut at = base as u32 + FRAME_HEADER as u32 + results;
        let mut args = Vec::with_capacity(sig.params.len() + 1);
        match (&receiver, callee) {
            (Some((x, ty, _, recv, ptr)), _) => {
                let t = if *ptr { self.tys.pointer(*recv) } else { *recv };
                let n = self.slots_of(t);
                let what = ArgKind::Receiver {
                    x,
                    ty: *ty,
                    recv: *recv,
                    ptr: *ptr,
                };
                args.push(Arg {
                    what,
                    slot: at as Slot,
                    n,
                });
                at += n;
            }
            (None, Callee::Iface(..)) => at += 1,
            _ => {}
        }
        let first_param = at;
        let n_params: u32 = sig.params.iter().map(|&t| self.slots_of(t)).sum();
        let end = at + n_params;
        let spread = match &c.args[..] {
            [x] => match self.value_types(x) {
                Some(list) if list.len() != 1 => Some((x, list)),
                _ => None,
            },
            _ => None,
        };
        if let Some((x, list)) = spread {
            // f(g()): the results of g become the arguments.
            let found = receiver.as_ref().map(|r| r.2.clone());
            self.args_to(&args, found.as_ref(), base);
            self.f.slots.next = if receiver.is_some() {
                first_param
            } else {
                base as u32
            };
            self.spread(x, &list, &sig, first_param);
        } else {
            let fixed = if sig.variadic && c.ellipsis.is_none() {
                sig.params.len() - 1
            } else {
                sig.params.len()
            };
            for (i, &t) in sig.params.iter().enumerate() {
                let n = self.slots_of(t);
                let what = if i < fixed {
                    match c.args.get(i) {
                        Some(x) => ArgKind::Value(x, t),
                        None => continue,
                    }
                } else {
                    ArgKind::Rest(&c.args[fixed..], t)
                };
                args.push(Arg {
                    what,
                    slot: at as Slot,
                    n,
                });
                at += n;
            }
            let found = receiver.as_ref().map(|r| r.2.clone());
            self.args_to(&args, found.as_ref(), base);
        }
        self.f.slots.grow_to(end);
        match (late_callee, callee) {
            (Some(LateCallee::Value(fun)), Callee::Closure(s)) => self.expr_to(fun, s),
            (Some(LateCallee::Iface { x, ty, found }), Callee::Iface(s, _)) => {
                let v = self.iface_receiver(e, x, ty, &found, end);
                self.mov_slots(s, v, 2);
                self.f.slots.next = end;
            }
            _ => {}
        }
        self.forget(kept);
        Window {
            base,
            results,
            params: end - (base as u32 + FRAME_HEADER as u32 + results),
            callee,
        }
    }

    fn is_once_do(&mut self, method: ObjId) -> bool {
        let o = &self.ck.objs[method];
        o.name.as_str() == "Do"
            && o.pkg
                .is_some_and(|p| self.ck.pkg(p).path.as_str() == "sync")
            && self
                .inst_recv_name(method)
                .is_some_and(|(recv, _)| recv == "Once")
    }

    /// Puts what a call calls and its arguments in gc's order.
    fn order_call(&mut self, named: &Named<'a>, c: &'a CallExpr, sig: &FuncTy) {
        if !c.args.iter().any(|a| self.has_call(a)) {
            return;
        }
        let mut list: Vec<Item<'a>> = Vec::with_capacity(c.args.len() + 1);
        match named {
            Named::Method { x, .. } | Named::Abstract { x, .. } => list.push((x, None)),
            Named::Value(fun) => list.push((fun, None)),
            _ => {}
        }
        let rest = match sig.params.last() {
            Some(&t) if sig.variadic && c.ellipsis.is_none() => Some(self.slice_elem(t)),
            _ => None,
        };
        let fixed = sig.params.len() - rest.is_some() as usize;
        for (i, a) in c.args.iter().enumerate() {
            let to = if i < fixed {
                sig.params.get(i).copied()
            } else {
                rest
            };
            list.push((a, to));
        }
        self.order_args(&list);
    }

    /// Slots with the interface value whose method is called.
    fn iface_receiver(&mut self, e: &Expr, x: &'a Expr, ty: Ty, found: &Found, mark: u32) -> Slot {
        let place = self.operand_place(x);
        let (place, ty) = self.walk_path(place, ty, found);
        self.at(e.pos());
        self.load_from(place, ty, mark)
    }

    /// The types of the values of a call in an argument list or on the right of an assignment, if it may have several.
    pub fn value_types(&mut self, x: &Expr) -> Option<Rc<[Ty]>> {
        let x = x.unparen();
        let ExprKind::Call(_) = &x.kind else {
            return None;
        };
        let t = self.expr_ty(x);
        match self.tys.kind(t) {
            TyKind::Tuple(list) => Some(list.clone()),
            _ => None,
        }
    }

    fn args_to(&mut self, args: &[Arg<'a>], found: Option<&Found>, base: Slot) {
        let mut live = base as u32;
        let mut later = Vec::new();
        for a in args {
            let has_call = match a.what {
                ArgKind::Value(x, _) | ArgKind::Receiver { x, .. } => self.has_call(x),
                ArgKind::Rest(xs, _) => xs.iter().any(|x| self.has_call(x)),
            };
            if !has_call {
                later.push(a);
                continue;
            }
            self.f.slots.next = live;
            self.arg_to(a, found);
            live = a.slot as u32 + a.n;
        }
        let end = args.last().map_or(base as u32, |a| a.slot as u32 + a.n);
        for a in later {
            self.f.slots.grow_to(end.max(live));
            self.arg_to(a, found);
        }
    }

    fn arg_to(&mut self, a: &Arg<'a>, found: Option<&Found>) {
        match a.what {
            ArgKind::Value(x, t) => self.value_to(x, t, a.slot),
            ArgKind::Receiver { x, ty, recv, ptr } => {
                self.f
                    .slots
                    .grow_to(self.f.slots.next.max(a.slot as u32 + a.n));
                if let Some(found) = found {
                    self.receiver_to(x, ty, found, recv, ptr, a.slot);
                }
            }
            ArgKind::Rest(xs, t) => {
                self.f
                    .slots
                    .grow_to(self.f.slots.next.max(a.slot as u32 + 3));
                self.rest_to(xs, t, a.slot);
            }
        }
    }

    /// dst := slice of the arguments of a variadic parameter.
    fn rest_to(&mut self, xs: &'a [Expr], t: Ty, dst: Slot) {
        if xs.is_empty() {
            self.zero(dst, t);
            return;
        }
        let elem = self.slice_elem(t);
        self.slice_of(xs.iter(), elem, dst);
    }

    /// dst := slice over a new array of these elements.
    pub fn slice_of(&mut self, xs: impl ExactSizeIterator<Item = &'a Expr>, elem: Ty, dst: Slot) {
        let n = xs.len() as u64;
        // Addresses passed as integers keep alive what lies there.
        let is_address = matches!(self.under_kind(elem), TyKind::Basic(Basic::Uintptr));
        let scanned = if is_address { Ty::UNSAFE_POINTER } else { elem };
        let array = self.tys.array(scanned, n);
        let t = self.type_idx(array);
        let mark = self.f.slots.next;
        let base = if self.is_fresh(dst) {
            dst
        } else {
            self.f.slots.alloc(1)
        };
        self.ins(ins::New(base, t));
        let size = self.layout(elem).size;
        // As for other arguments: those that have calls in them first.
        let mut order: Vec<(usize, &'a Expr)> = xs.enumerate().collect();
        order.sort_by_key(|(_, x)| !self.has_call(x));
        for (i, x) in order {
            let mark = self.f.slots.next;
            let v = self.value(x, elem);
            let off = (i as u64 * size) as u32;
            self.store(Place::Mem { base, off }, elem, v);
            self.f.slots.next = mark;
        }
        self.mov_slots(dst, base, 1);
        self.load_bits(dst + 1, n);
        self.load_bits(dst + 2, n);
        self.f.slots.next = mark;
    }

    /// The results of a call as arguments.
    fn spread(&mut self, x: &'a Expr, list: &[Ty], sig: &FuncTy, first_param: u32) {
        let x = x.unparen();
        let ExprKind::Call(c) = &x.kind else { return };
        let n_fixed = if sig.variadic {
            sig.params.len() - 1
        } else {
            sig.params.len()
        };
        let res = self.call(x, c, Some(first_param as Slot));
        let direct = !sig.variadic
            && list
                .iter()
                .zip(sig.params.iter())
                .all(|(&a, &b)| a == b || !self.is_iface(b) || self.is_iface(a));
        if direct {
            let n: u32 = list.iter().map(|&t| self.slots_of(t)).sum();
            self.mov_slots(first_param as Slot, res, n);
            return;
        }
        // The results may lie where the arguments go: they are moved away first.
        let n: u32 = list.iter().map(|&t| self.slots_of(t)).sum();
        let total: u32 = sig.params.iter().map(|&t| self.slots_of(t)).sum();
        self.f
            .slots
            .grow_to(self.f.slots.next.max(first_param + total));
        let src = self.f.slots.alloc(n);
        self.mov_slots(src, res, n);
        let mut from = src;
        let mut to = first_param as Slot;
        let mut rest = Vec::new();
        for (i, &t) in list.iter().enumerate() {
            if i < n_fixed {
                let p = sig.params[i];
                self.assign_convert(from, t, p, to);
                to += self.slots_of(p) as Slot;
            } else {
                rest.push((from, t));
            }
            from += self.slots_of(t) as Slot;
        }
        if sig.variadic {
            let slice = sig.params[n_fixed];
            if rest.is_empty() {
                self.zero(to, slice);
                return;
            }
            let elem = self.slice_elem(slice);
            self.slice_of_values(&rest, elem, to);
        }
    }

    /// dst := slice over a new array of values that lie in slots.
    pub fn slice_of_values(&mut self, values: &[(Slot, Ty)], elem: Ty, dst: Slot) {
        let len = values.len() as u64;
        let array = self.tys.array(elem, len);
        let t = self.type_idx(array);
        self.ins(ins::New(dst, t));
        let size = self.layout(elem).size;
        for (i, &(from, t)) in values.iter().enumerate() {
            let mark = self.f.slots.next;
            let v = self.tmp(elem);
            self.assign_convert(from, t, elem, v);
            let off = (i as u64 * size) as u32;
            self.store(Place::Mem { base: dst, off }, elem, v);
            self.f.slots.next = mark;
        }
        self.load_bits(dst + 1, len);
        self.load_bits(dst + 2, len);
    }

    /// dst := receiver of a method that was found in `x`, whose type is `ty`.
    pub fn receiver_to(
        &mut self,
        x: &'a Expr,
        ty: Ty,
        found: &Found,
        recv: Ty,
        ptr: bool,
        dst: Slot,
    ) {
        let mark = self.f.slots.next;
        let root = self.operand_place(x);
        let (place, at) = self.walk_path(root, ty, found);
        match (root, place) {
            // In a variable's own box, which is never nil.
            (Place::Mem { base: boxed, .. }, Place::Mem { base, off: 0 })
                if boxed == base
                    && ptr
                    && at == recv
                    && matches!(x.unparen().kind, ExprKind::Ident(_)) =>
            {
                self.mov_slots(dst, base, 1);
            }
            _ => self.recv_from(place, at, recv, ptr, dst),
        }
        self.f.slots.next = mark;
    }

    /// dst := receiver, from a place with a value of type `at`: the method's receiver type or the pointer to it.
    pub fn recv_from(&mut self, place: Place, at: Ty, recv: Ty, ptr: bool, dst: Slot) {
        let is_ptr = at != recv && self.pointee(at).is_some();
        match (ptr, is_ptr) {
            (true, true) | (false, false) => self.load(place, at, dst),
            (true, false) => match place {
                // A field of what a nil pointer leads to has no address.
                Place::Mem { base, off: 0 } => self.ins(ins::AddrOff(dst, base, 0, 0)),
                _ => self.addr_to(place, at, dst),
            },
            (false, true) => {
                let base = self.load_ptr(place, at);
                self.load(Place::Mem { base, off: 0 }, recv, dst);
            }
        }
    }
}

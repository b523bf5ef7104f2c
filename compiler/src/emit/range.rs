//! `for … range` over everything but functions.

use minigo_bytecode::op::ins;
use minigo_bytecode::operand::{FRAME_HEADER, MAP_ITER_SLOTS, Slot};
use minigo_syntax::ast::*;
use minigo_syntax::symbol::Symbol;

use super::hoist::Part;
use super::{Emitter, Place, Var};
use crate::check::ObjId;
use crate::escape::{self, Storage};
use crate::layout::{Class, Ty, TyKind};

/// One of the loop's variables.
#[derive(Clone, Copy)]
enum Target<'a> {
    /// Not wanted.
    None,
    /// A new variable in each iteration.
    New(ObjId, Ty),
    /// An assignment.
    Assign(&'a Expr, Ty),
}

impl<'a> Emitter<'_, 'a> {
    /// `for k, v := range x { … }`
    pub fn range_stmt(&mut self, s: &'a Stmt, x: &'a RangeStmt) {
        let t = self.expr_ty(&x.x);
        let kind = self.under_kind(t);
        if let TyKind::Func(_) = kind {
            return self.range_func_stmt(s, x);
        }
        debug_assert!(!escape::is_range_func(self.ck, &x.x));
        let mark = self.f.slots.next;
        let label = self.f.pending_label.take();
        if self.ck.info.shares_loop_vars(x.body.id) {
            for l in &x.lhs {
                if let Some(obj) = self.ck.info.def_of(l.id)
                    && !l.as_ident().is_some_and(|i| i.is_blank())
                {
                    self.declare_var(obj, None);
                }
            }
        }
        let key = self.range_target(x, 0);
        let value = self.range_target(x, 1);
        self.at(x.x.pos());
        let kept = self.n_kept();
        self.order(&[(&x.x, None)]);
        match kind {
            TyKind::Basic(_) if self.class(t) == Class::Str => {
                self.range_string(label, x, key, value);
            }
            TyKind::Basic(_) => self.range_int(label, x, t, key),
            TyKind::Slice(elem) => self.range_slice(label, x, t, elem, key, value),
            TyKind::Array(elem, len) => self.range_array(label, x, t, elem, len, key, value, s),
            TyKind::Pointer(array) => {
                if let TyKind::Array(elem, len) = self.under_kind(array) {
                    if matches!(value, Target::None) {
                        self.discard(&x.x);
                        self.count_loop(label, x, len, key, None, |_, _| {});
                    } else {
                        let base = self.stable(&x.x, x);
                        self.count_loop(label, x, len, key, Some(value), |s, i| {
                            let place = Place::PtrElem {
                                base,
                                index: i,
                                check: None,
                            };
                            s.range_assign_place(value, place, elem);
                        });
                    }
                }
            }
            TyKind::Map(k, v) => self.range_map(label, x, t, (k, v), key, value),
            TyKind::Chan(_, elem) => self.range_chan(label, x, elem, key),
            _ => {}
        }
        self.forget(kept);
        self.f.slots.next = mark;
    }

    fn range_target(&mut self, x: &'a RangeStmt, i: usize) -> Target<'a> {
        let Some(l) = x.lhs.get(i) else {
            return Target::None;
        };
        if l.as_ident().is_some_and(|i| i.is_blank()) {
            return Target::None;
        }
        if x.define && !self.ck.info.shares_loop_vars(x.body.id) {
            if let Some(obj) = self.ck.info.def_of(l.id) {
                let ty = self.var_ty(obj);
                return Target::New(obj, ty);
            }
            return Target::None;
        }
        let ty = self.expr_ty(l);
        Target::Assign(l, ty)
    }

    /// A slot with the one-word value of `e` that does not change during the loop.
    fn stable(&mut self, e: &'a Expr, x: &'a RangeStmt) -> Slot {
        let v = self.expr(e);
        if !self.changes(e, x) {
            return v;
        }
        let copy = self.f.slots.alloc(1);
        self.mov_slots(copy, v, 1);
        copy
    }

    /// Puts a value that lies at `place` into a loop variable.
    fn range_assign_place(&mut self, target: Target<'a>, place: Place, ty: Ty) {
        match target {
            Target::None => {}
            Target::New(obj, to) => {
                if self.is_far(to) {
                    let ptr = self.f.slots.alloc(1);
                    self.load(place, ty, ptr);
                    self.f.vars.insert(obj, Var::Box(ptr));
                } else if self.storage(obj, to) == Storage::Box {
                    let t = self.type_idx(to);
                    let ptr = self.f.slots.alloc(1);
                    self.ins(ins::New(ptr, t));
                    let mark = self.f.slots.next;
                    let v = self.load_from(place, ty, mark);
                    self.store(Place::Mem { base: ptr, off: 0 }, ty, v);
                    self.f.slots.next = mark;
                    self.f.vars.insert(obj, Var::Box(ptr));
                } else {
                    let slot = self.tmp(to);
                    self.load(place, ty, slot);
                    self.f.vars.insert(obj, Var::Slots(slot));
                }
            }
            Target::Assign(l, to) => {
                let mark = self.f.slots.next;
                let mut v = self.load_from(place, ty, mark);
                if ty != to && self.is_iface(to) && !self.is_iface(ty) {
                    let t = self.tmp(to);
                    self.assign_convert(v, ty, to, t);
                    v = t;
                }
                let place = self.place(l);
                self.at(l.pos());
                self.store(place, to, v);
                self.f.slots.next = mark;
            }
        }
    }

    fn range_assign(&mut self, target: Target<'a>, v: Slot, ty: Ty) {
        self.range_assign_place(target, Place::Slots(v), ty);
    }

    /// Whether assigning `k` may change what `v` denotes.
    fn shares_variable(&mut self, k: &Expr, v: &Expr) -> bool {
        match k.as_ident().and_then(|_| self.ck.info.use_of(k.id)) {
            Some(obj) => self.mentions(v, obj),
            None => false,
        }
    }

    /// Key and value to where the loop wants them.
    fn range_assign_both(&mut self, key: (Target<'a>, Slot, Ty), value: (Target<'a>, Slot, Ty)) {
        let mut both = [key, value];
        if let (Target::Assign(k, _), Target::Assign(v, _)) = (key.0, value.0)
            && self.shares_variable(k, v)
        {
            both.reverse();
        }
        for (target, slot, ty) in both {
            if slot != 0 && !matches!(target, Target::None) {
                self.iter_assign(target, slot, ty);
            }
        }
    }

    /// A loop over 0..n; `n` is a slot that does not change. `load` is run at the start of each iteration with the index.
    fn index_loop(
        &mut self,
        label: Option<Symbol>,
        x: &'a RangeStmt,
        limit: Limit,
        (key, key_ty): (Target<'a>, Ty),
        value: Option<Target<'a>>,
        load: impl FnOnce(&mut Self, Slot),
    ) {
        let hoisted = self.enter_loop(&[Part::Block(&x.body)]);
        let (brk, cont) = (self.f.code.label(), self.f.code.label());
        self.f.pending_label = label;
        self.push_target(brk, Some(cont));
        // A limit that is no immediate stays in a slot.
        let limit = match limit {
            Limit::Const(n) if i16::try_from(n).is_err() => {
                let slot = self.f.slots.alloc(1);
                self.load_bits(slot, n);
                Limit::Large(slot)
            }
            l => l,
        };
        // The index itself is the key, unless the body changes or keeps it.
        let own = match key {
            Target::New(obj, ty) => {
                self.storage(obj, ty) == Storage::Slots
                    && !self.f.facts.var(obj).is_some_and(|v| v.is_assigned())
            }
            _ => false,
        };
        let i = self.f.slots.alloc(1);
        self.ins(ins::LoadImm(i, 0));
        match limit {
            Limit::Slot(n) => self.f.code.push_jump(ins::JLeI64(n, i, 0), brk),
            Limit::Const(0) => self.f.code.jmp(brk),
            Limit::Const(_) | Limit::Large(_) => {}
        }
        let top = self.f.code.label_here();
        let mark = self.f.slots.next;
        if own && let Target::New(obj, _) = key {
            self.f.vars.insert(obj, Var::Slots(i));
        }
        if let (Target::Assign(k, _), Some(Target::Assign(v, _))) = (key, value)
            && self.shares_variable(k, v)
        {
            // `for i, x[i] = range y`: the operands are those from before the assignments.
            load(self, i);
            self.range_assign(key, i, key_ty);
        } else {
            if !own {
                self.range_assign(key, i, key_ty);
            }
            load(self, i);
        }
        self.block(&x.body.stmts);
        self.f.slots.next = mark;
        self.f.code.bind(cont);
        if !self.f.code.is_dead() {
            self.at(x.range);
            let jump = match limit {
                Limit::Slot(n) | Limit::Large(n) => ins::IncLoopLt(i, n, 0),
                Limit::Const(n) => ins::IncLoopLtImm(i, n as i16, 0),
            };
            self.f.code.push_jump(jump, top);
        }
        self.f.slots.next = mark;
        self.f.targets.pop();
        self.leave_loop(hoisted);
        self.f.code.bind(brk);
    }

    fn count_loop(
        &mut self,
        label: Option<Symbol>,
        x: &'a RangeStmt,
        n: u64,
        key: Target<'a>,
        value: Option<Target<'a>>,
        load: impl FnOnce(&mut Self, Slot),
    ) {
        if n == 0 {
            return;
        }
        self.index_loop(label, x, Limit::Const(n), (key, Ty::INT), value, load);
    }

    fn range_int(&mut self, label: Option<Symbol>, x: &'a RangeStmt, t: Ty, key: Target<'a>) {
        // `for i = range 10` counts in i's type.
        let ty = match key {
            Target::New(_, ty) | Target::Assign(_, ty) => ty,
            Target::None => t,
        };
        if let Some(v) = self.const_of(&x.x) {
            let n = v.to_int().as_i64();
            match n {
                Some(n) if n <= 0 => return,
                Some(n)
                    if self.class(ty)
                        == (Class::Int {
                            bytes: 8,
                            signed: true,
                        })
                        || n < 1 << 62 =>
                {
                    return self.index_loop(
                        label,
                        x,
                        Limit::Const(n as u64),
                        (key, ty),
                        None,
                        |_, _| {},
                    );
                }
                _ => {}
            }
        }
        let n = if self.const_of(&x.x).is_some() {
            self.expr(&x.x)
        } else {
            self.stable(&x.x, x)
        };
        if self.is_unsigned_word(t) {
            // Counts past the largest int: the limit is compared as unsigned.
            return self.range_uint(label, x, n, key, ty);
        }
        self.index_loop(label, x, Limit::Slot(n), (key, ty), None, |_, _| {});
    }

    fn range_uint(
        &mut self,
        label: Option<Symbol>,
        x: &'a RangeStmt,
        n: Slot,
        key: Target<'a>,
        ty: Ty,
    ) {
        let hoisted = self.enter_loop(&[Part::Block(&x.body)]);
        let (brk, cont) = (self.f.code.label(), self.f.code.label());
        self.f.pending_label = label;
        self.push_target(brk, Some(cont));
        let i = self.f.slots.alloc(1);
        self.ins(ins::LoadImm(i, 0));
        self.f.code.push_jump(ins::JEqImm(n, 0, 0), brk);
        let top = self.f.code.label_here();
        let mark = self.f.slots.next;
        self.range_assign(key, i, ty);
        self.block(&x.body.stmts);
        self.f.slots.next = mark;
        self.f.code.bind(cont);
        if !self.f.code.is_dead() {
            self.ins(ins::AddI64Imm(i, i, 1));
            self.f.code.push_jump(ins::LoopLtU64(i, n, 0), top);
        }
        self.f.targets.pop();
        self.leave_loop(hoisted);
        self.f.code.bind(brk);
    }

    fn range_slice(
        &mut self,
        label: Option<Symbol>,
        x: &'a RangeStmt,
        t: Ty,
        elem: Ty,
        key: Target<'a>,
        value: Target<'a>,
    ) {
        if matches!(value, Target::None) {
            let n = self.stable_len(&x.x, x);
            return self.index_loop(label, x, Limit::Slot(n), (key, Ty::INT), None, |_, _| {});
        }
        let base = self.stable_words(&x.x, t, x);
        self.index_loop(
            label,
            x,
            Limit::Slot(base + 1),
            (key, Ty::INT),
            Some(value),
            |s, i| {
                s.range_assign_place(value, Place::SliceElem { base, index: i }, elem);
            },
        );
    }

    /// Whether the slots of an operand may change while the loop runs: it is a variable that the loop assigns.
    fn changes(&mut self, e: &'a Expr, x: &'a RangeStmt) -> bool {
        let inner = e.unparen();
        if !self.is_slot_path(inner) {
            return false;
        }
        let mut root = inner;
        loop {
            root = match &root.kind {
                ExprKind::Selector(s) => s.x.unparen(),
                ExprKind::Index(i) => i.x.unparen(),
                _ => break,
            };
        }
        let Some(obj) = self.ck.info.use_of(root.id) else {
            return true;
        };
        let assigned = match self.f.facts.var(obj) {
            Some(v) => v.is_assigned_in(x.body.span),
            None => true,
        };
        let new = x.define && !self.ck.info.shares_loop_vars(x.body.id);
        assigned || !new && x.lhs.iter().any(|l| self.mentions(l, obj))
    }

    /// Pointer and length of a slice, as they are at the start of the loop.
    fn stable_words(&mut self, e: &'a Expr, t: Ty, x: &'a RangeStmt) -> Slot {
        let v = self.slice_words(e, t);
        if !self.changes(e, x) {
            return v;
        }
        let copy = self.f.slots.alloc(2);
        self.mov_slots(copy, v, 2);
        copy
    }

    /// The length of a slice, as it is at the start of the loop.
    fn stable_len(&mut self, e: &'a Expr, x: &'a RangeStmt) -> Slot {
        let v = self.word_of(e, 8);
        if !self.changes(e, x) {
            return v;
        }
        let copy = self.f.slots.alloc(1);
        self.mov_slots(copy, v, 1);
        copy
    }

    #[allow(clippy::too_many_arguments)]
    fn range_array(
        &mut self,
        label: Option<Symbol>,
        x: &'a RangeStmt,
        t: Ty,
        elem: Ty,
        len: u64,
        key: Target<'a>,
        value: Target<'a>,
        _s: &'a Stmt,
    ) {
        if matches!(value, Target::None) {
            // Only a call or receive in it would be evaluated.
            if self.has_call(&x.x) {
                self.discard(&x.x);
            }
            return self.count_loop(label, x, len, key, None, |_, _| {});
        }
        // The loop goes over a copy, unless nobody changes the original meanwhile.
        let place = if self.is_slot_path(&x.x) && !self.changes(&x.x, x) {
            self.place(&x.x)
        } else if self.layout(t).size > 1024 {
            let from = self.operand_place(&x.x);
            let ti = self.type_idx(t);
            let base = self.f.slots.alloc(1);
            let to = Place::Mem { base, off: 0 };
            if self.is_memory(from) {
                let from = self.addr(from, t);
                self.ins(ins::Clone(base, from, ti, 0));
            } else if self.is_far(t) {
                self.load(from, t, base);
            } else {
                self.ins(ins::New(base, ti));
                let mark = self.f.slots.next;
                let v = self.load_from(from, t, mark);
                self.store(to, t, v);
                self.f.slots.next = mark;
            }
            to
        } else {
            let copy = self.tmp(t);
            self.expr_to(&x.x, copy);
            Place::Slots(copy)
        };
        self.count_loop(label, x, len, key, Some(value), |s, i| {
            let place = match s.elem(place, t, len, i) {
                Place::FrameElem { slot, index, .. } => Place::FrameElem {
                    slot,
                    index,
                    check: None,
                },
                Place::PtrElem { base, index, .. } => Place::PtrElem {
                    base,
                    index,
                    check: None,
                },
                p => p,
            };
            s.range_assign_place(value, place, elem);
        });
    }

    fn range_string(
        &mut self,
        label: Option<Symbol>,
        x: &'a RangeStmt,
        key: Target<'a>,
        value: Target<'a>,
    ) {
        let v = self.expr(&x.x);
        let s = if self.changes(&x.x, x) {
            let copy = self.f.slots.alloc(2);
            self.mov_slots(copy, v, 2);
            copy
        } else {
            v
        };
        let hoisted = self.enter_loop(&[Part::Block(&x.body)]);
        let (brk, cont) = (self.f.code.label(), self.f.code.label());
        self.f.pending_label = label;
        self.push_target(brk, Some(cont));
        let i = self.f.slots.alloc(1);
        let rune = self.f.slots.alloc(2);
        self.ins(ins::LoadImm(i, 0));
        self.f.code.push_jump(ins::JLeI64(s + 1, i, 0), brk);
        let top = self.f.code.label_here();
        let mark = self.f.slots.next;
        self.ins(ins::RuneAt(rune, s, i));
        // The key is a copy if the body changes it.
        let own = match key {
            Target::New(obj, _) => !self.f.facts.var(obj).is_some_and(|v| v.is_assigned()),
            _ => true,
        };
        if own {
            self.range_assign_both((key, i, Ty::INT), (value, rune, Ty::INT32));
        } else {
            self.range_assign(key, i, Ty::INT);
            self.iter_assign(value, rune, Ty::INT32);
        }
        self.block(&x.body.stmts);
        self.f.slots.next = mark;
        self.f.code.bind(cont);
        if !self.f.code.is_dead() {
            self.ins(ins::AddI64(i, i, rune + 1));
            self.f.code.push_jump(ins::LoopLtI64(i, s + 1, 0), top);
        }
        self.f.targets.pop();
        self.leave_loop(hoisted);
        self.f.code.bind(brk);
    }

    fn range_map(
        &mut self,
        label: Option<Symbol>,
        x: &'a RangeStmt,
        t: Ty,
        (k, v): (Ty, Ty),
        key: Target<'a>,
        value: Target<'a>,
    ) {
        let map = self.expr(&x.x);
        let hoisted = self.enter_loop(&[Part::Block(&x.body)]);
        let (brk, cont) = (self.f.code.label(), self.f.code.label());
        self.f.pending_label = label;
        self.push_target(brk, Some(cont));
        let iter = self.f.slots.alloc(MAP_ITER_SLOTS as u32);
        let ti = self.type_idx(t);
        self.ins(ins::MapIterInit(iter, map, ti, 0));
        // A variable that stays in slots is where the iterator puts the next entry.
        let kslot = self.iter_slot(key, k);
        let vslot = self.iter_slot(value, v);
        self.bind_empty(key);
        self.bind_empty(value);
        let next = self.f.code.label();
        self.f.code.jmp(next);
        let top = self.f.code.label_here();
        let mark = self.f.slots.next;
        if kslot != 0 {
            self.fix_sign(kslot, k);
        }
        if vslot != 0 {
            self.fix_sign(vslot, v);
        }
        self.range_assign_both((key, kslot, k), (value, vslot, v));
        self.block(&x.body.stmts);
        self.f.slots.next = mark;
        self.f.code.bind(cont);
        if !self.f.code.is_dead() {
            self.at(x.range);
        }
        // The test comes first: it leaves the loop, and the safepoint goes back.
        self.f.code.bind(next);
        self.f
            .code
            .push_jump(ins::MapIterNext(iter, kslot, vslot, ti, 0), brk);
        self.f.code.push_jump(ins::Loop(0), top);
        self.f.targets.pop();
        self.leave_loop(hoisted);
        self.f.code.bind(brk);
    }

    fn iter_slot(&mut self, target: Target<'a>, ty: Ty) -> Slot {
        if matches!(target, Target::None) || self.slots_of(ty) == 0 {
            return 0;
        }
        self.tmp(ty)
    }

    /// Variables whose values take no slot.
    fn bind_empty(&mut self, target: Target<'a>) {
        if let Target::New(obj, ty) = target
            && self.slots_of(ty) == 0
        {
            self.f.vars.insert(obj, Var::Slots(FRAME_HEADER));
        }
    }

    /// As [`Emitter::range_assign`], for a value in slots that are the variable's own if it stays in slots.
    fn iter_assign(&mut self, target: Target<'a>, slot: Slot, ty: Ty) {
        if let Target::New(obj, to) = target
            && self.storage(obj, to) == Storage::Slots
        {
            self.f.vars.insert(obj, Var::Slots(slot));
            return;
        }
        self.range_assign(target, slot, ty);
    }

    fn range_chan(&mut self, label: Option<Symbol>, x: &'a RangeStmt, elem: Ty, key: Target<'a>) {
        let ch = self.expr(&x.x);
        let ch = if self.changes(&x.x, x) {
            let copy = self.f.slots.alloc(1);
            self.mov_slots(copy, ch, 1);
            copy
        } else {
            ch
        };
        let hoisted = self.enter_loop(&[Part::Block(&x.body)]);
        let (brk, cont) = (self.f.code.label(), self.f.code.label());
        self.f.pending_label = label;
        self.push_target(brk, Some(cont));
        let v = self.tmp(elem);
        let ok = self.f.slots.alloc(1);
        let top = self.f.code.label_here();
        self.at(x.range);
        self.recv_to(ch, elem, v, ok);
        self.f.code.push_jump(ins::JFalse(ok, 0), brk);
        let mark = self.f.slots.next;
        self.iter_assign(key, v, elem);
        self.block(&x.body.stmts);
        self.f.slots.next = mark;
        self.f.code.bind(cont);
        if !self.f.code.is_dead() {
            self.f.code.push_jump(ins::Loop(0), top);
        }
        self.f.targets.pop();
        self.leave_loop(hoisted);
        self.f.code.bind(brk);
    }
}

/// How far an index loop goes.
#[derive(Clone, Copy)]
enum Limit {
    /// What this slot holds, perhaps nothing.
    Slot(Slot),
    /// A number.
    Const(u64),
    /// A positive number in a slot.
    Large(Slot),
}

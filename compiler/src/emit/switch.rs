//! `switch`: first the tests in order (a jump table or a binary search for integer constants), then the clauses.

use std::rc::Rc;

use minigo_bytecode::op::ins;
use minigo_bytecode::operand::Slot;
use minigo_syntax::ast::*;

use super::ops::Cmp;
use super::{Emitter, Label, Place, Var};
use crate::check::{ObjId, Types};
use crate::escape::Storage;
use crate::layout::{Class, Ty};

impl<'a> Emitter<'_, 'a> {
    /// `switch x { … }`
    pub fn switch_stmt(&mut self, x: &'a SwitchStmt) {
        let mark = self.f.slots.next;
        let label = self.f.pending_label.take();
        if let Some(init) = &x.init {
            self.stmt(init);
        }
        self.f.pending_label = label;
        let end = self.f.code.label();
        self.push_target(end, None);
        let bodies: Vec<Label> = x.clauses.iter().map(|_| self.f.code.label()).collect();
        let default = x
            .clauses
            .iter()
            .position(|c| c.is_default)
            .map_or(end, |i| bodies[i]);
        match &x.tag {
            Some(tag) => self.tag_switch(tag, &x.clauses, &bodies, default),
            None => {
                for (c, &to) in x.clauses.iter().zip(&bodies) {
                    for e in &c.exprs {
                        self.at(e.pos());
                        self.scoped(|s| s.jump_if(e, true, to));
                    }
                }
                self.f.code.jmp(default);
            }
        }
        let outer = self.f.fallthrough;
        for (i, c) in x.clauses.iter().enumerate() {
            self.f.code.bind(bodies[i]);
            if self.f.code.is_dead() {
                continue;
            }
            self.f.fallthrough = bodies.get(i + 1).copied();
            self.block(&c.body);
            if !self.f.code.is_dead() {
                self.f.code.jmp(end);
            }
        }
        self.f.fallthrough = outer;
        self.f.targets.pop();
        self.f.code.bind(end);
        self.f.slots.next = mark;
    }

    fn tag_switch(
        &mut self,
        tag: &'a Expr,
        clauses: &'a [CaseClause],
        bodies: &[Label],
        default: Label,
    ) {
        let (mark, kept) = (self.f.slots.next, self.n_kept());
        let ty = self.expr_ty(tag);
        self.order(&[(tag, None)]);
        if let Some(cases) = self.int_cases(ty, clauses, bodies) {
            let v = self.expr(tag);
            self.int_switch(v, cases, default);
            self.f.code.jmp(default);
            self.forget(kept);
            self.f.slots.next = mark;
            return;
        }
        let v = self.expr(tag);
        self.forget(kept);
        if let Some(cases) = self.string_cases(ty, clauses, bodies) {
            self.string_switch(v, cases, default);
            self.f.slots.next = mark;
            return;
        }
        for (c, &to) in clauses.iter().zip(bodies) {
            for e in &c.exprs {
                self.at(e.pos());
                self.scoped(|s| s.case_jump(v, ty, e, to));
            }
        }
        self.f.code.jmp(default);
        self.f.slots.next = mark;
    }

    /// Integer constants with their clauses, sorted, if all cases are such and there are enough to search.
    fn int_cases(
        &mut self,
        ty: Ty,
        clauses: &[CaseClause],
        bodies: &[Label],
    ) -> Option<Vec<(i64, Label)>> {
        if !matches!(self.class(ty), Class::Int { .. }) {
            return None;
        }
        let mut out = Vec::new();
        for (c, &to) in clauses.iter().zip(bodies) {
            for e in &c.exprs {
                let v = self.const_of(e)?;
                out.push((self.const_bits(&v, ty)? as i64, to));
            }
        }
        if out.len() < 4 {
            return None;
        }
        // The first of equal cases counts.
        out.sort_by_key(|c| c.0);
        out.dedup_by_key(|c| c.0);
        Some(out)
    }

    /// String constants with their clauses, by length, if all cases are such and there are enough to search.
    fn string_cases(
        &mut self,
        ty: Ty,
        clauses: &[CaseClause],
        bodies: &[Label],
    ) -> Option<Vec<(Rc<[u8]>, Label)>> {
        if self.class(ty) != Class::Str || clauses.len() < 4 {
            return None;
        }
        let mut out = Vec::new();
        for (c, &to) in clauses.iter().zip(bodies) {
            for e in &c.exprs {
                out.push((self.const_of(e)?.as_bytes(), to));
            }
        }
        // The first of equal cases counts: the sort is stable.
        out.sort_by(|a, b| (a.0.len(), &a.0).cmp(&(b.0.len(), &b.0)));
        out.dedup_by(|a, b| a.0 == b.0);
        (out.len() >= 6).then_some(out)
    }

    /// Goes to the case of the string at `v`, or to `default`: by length first.
    fn string_switch(&mut self, v: Slot, cases: Vec<(Rc<[u8]>, Label)>, default: Label) {
        let mut lengths: Vec<(i64, Label)> = Vec::new();
        let mut groups = Vec::new();
        for group in cases.chunk_by(|a, b| a.0.len() == b.0.len()) {
            let label = self.f.code.label();
            lengths.push((group[0].0.len() as i64, label));
            groups.push((label, group));
        }
        self.int_switch(v + 1, lengths, default);
        self.f.code.jmp(default);
        for (label, group) in groups {
            self.f.code.bind(label);
            self.string_group(v, group, default);
        }
    }

    /// The same for strings of one length, in order.
    fn string_group(&mut self, v: Slot, group: &[(Rc<[u8]>, Label)], default: Label) {
        let mark = self.f.slots.next;
        let s = self.f.slots.alloc(2);
        if group.len() > 6 {
            let (low, high) = group.split_at(group.len() / 2);
            let less = self.f.slots.alloc(1);
            let below = self.f.code.label();
            let k = self.str_idx(high[0].0.clone());
            self.ins(ins::LoadStr(s, k));
            self.ins(ins::StrLt(less, v, s));
            self.f.code.push_jump(ins::JTrue(less, 0), below);
            self.f.slots.next = mark;
            self.string_group(v, high, default);
            self.f.code.bind(below);
            self.string_group(v, low, default);
            return;
        }
        for (bytes, to) in group {
            if bytes.is_empty() {
                self.f.code.jmp(*to);
                break;
            }
            let k = self.str_idx(bytes.clone());
            self.ins(ins::LoadStr(s, k));
            self.f.code.push_jump(ins::JStrEq(v, s, 0), *to);
        }
        if !self.f.code.is_dead() {
            self.f.code.jmp(default);
        }
        self.f.slots.next = mark;
    }

    /// Goes to the case of `v`, or on.
    fn int_switch(&mut self, v: Slot, cases: Vec<(i64, Label)>, default: Label) {
        if cases.len() <= 3 {
            for (c, to) in cases {
                self.case_imm(Cmp::Eq, v, c, to);
            }
            return;
        }
        let (lo, hi) = (cases[0].0, cases[cases.len() - 1].0);
        let span = (hi as i128 - lo as i128 + 1) as u128;
        if span <= 2 * cases.len() as u128 + 8 {
            let mark = self.f.slots.next;
            let mut index = v;
            if lo != 0 {
                // Small positive bounds are cheaper as holes in the table.
                let (from, n) = if lo > 0 && lo <= 4 {
                    (0, span + lo as u128)
                } else {
                    (lo, span)
                };
                let mut targets = vec![default; n as usize];
                for (c, to) in &cases {
                    targets[(*c as i128 - from as i128) as usize] = *to;
                }
                if from != 0 {
                    index = self.f.slots.alloc(1);
                    match i16::try_from(from.wrapping_neg()) {
                        Ok(c) => self.ins(ins::AddI64Imm(index, v, c)),
                        Err(_) => {
                            let t = self.bits_slot(from as u64);
                            self.ins(ins::SubI64(index, v, t));
                        }
                    }
                }
                self.f.code.jump_table(index, &targets);
            } else {
                let mut targets = vec![default; span as usize];
                for (c, to) in &cases {
                    targets[*c as usize] = *to;
                }
                self.f.code.jump_table(index, &targets);
            }
            self.f.slots.next = mark;
            return;
        }
        // Below the middle, or from it on. Unsigned 64-bit values sort as signed ones here, and so does the search.
        let mid = cases.len() / 2;
        let below = self.f.code.label();
        self.case_imm(Cmp::Lt, v, cases[mid].0, below);
        let (low, high) = cases.split_at(mid);
        self.int_switch(v, high.to_vec(), default);
        self.f.code.jmp(default);
        self.f.code.bind(below);
        self.int_switch(v, low.to_vec(), default);
    }

    fn case_imm(&mut self, cmp: Cmp, v: Slot, c: i64, to: Label) {
        match i16::try_from(c) {
            Ok(c) => self.imm_jump(cmp, v, c, to, false),
            Err(_) => {
                let mark = self.f.slots.next;
                let t = self.bits_slot(c as u64);
                self.int_jump(cmp, false, v, t, to, false);
                self.f.slots.next = mark;
            }
        }
    }

    /// Goes to `to` if the tag equals the case's value.
    fn case_jump(&mut self, v: Slot, ty: Ty, e: &'a Expr, to: Label) {
        let kept = self.n_kept();
        self.order(&[(e, None)]);
        self.case_jump_now(v, ty, e, to);
        self.forget(kept);
    }

    fn case_jump_now(&mut self, v: Slot, ty: Ty, e: &'a Expr, to: Label) {
        if self.is_nil(e) {
            return self.imm_jump(Cmp::Eq, v, 0, to, false);
        }
        let et = self.expr_ty(e);
        let (v_iface, e_iface) = (self.is_iface(ty), self.is_iface(et));
        if v_iface != e_iface {
            let iface = if v_iface { ty } else { et };
            let (a, b) = if v_iface {
                (v, self.value(e, iface))
            } else {
                let a = self.f.slots.alloc(2);
                self.slot_to_iface(v, ty, a);
                (a, self.expr(e))
            };
            let t = self.f.slots.alloc(1);
            self.ins(ins::IfaceEq(t, a, b));
            self.f.code.push_jump(ins::JTrue(t, 0), to);
            return;
        }
        match self.class(ty) {
            Class::Int { .. } | Class::Ptr => {
                if let Some(c) = self.int_const(e) {
                    return self.case_imm(Cmp::Eq, v, c, to);
                }
                let b = self.expr(e);
                self.int_jump(Cmp::Eq, false, v, b, to, false);
            }
            Class::Str => {
                if self.const_of(e).is_some_and(|s| s.as_bytes().is_empty()) {
                    return self.imm_jump(Cmp::Eq, v + 1, 0, to, false);
                }
                let b = self.expr(e);
                self.f.code.push_jump(ins::JStrEq(v, b, 0), to);
            }
            Class::F64 => {
                let b = self.expr(e);
                self.f.code.push_jump(ins::JEqF64(v, b, 0), to);
            }
            Class::Zero => {
                self.discard(e);
                self.f.code.jmp(to);
            }
            class => {
                let b = self.expr(e);
                let t = self.f.slots.alloc(1);
                match class {
                    Class::F32 => self.ins(ins::EqF32(t, v, b)),
                    Class::C128 => self.ins(ins::EqC128(t, v, b)),
                    Class::C64 => self.ins(ins::EqC64(t, v, b)),
                    Class::Iface => self.ins(ins::IfaceEq(t, v, b)),
                    Class::Far => {
                        let ti = self.type_idx(ty);
                        self.ins(ins::EqMem(t, v, b, ti, 0));
                    }
                    _ => {
                        let ti = self.type_idx(ty);
                        self.ins(ins::EqVal(t, v, b, ti, 0));
                    }
                }
                self.f.code.push_jump(ins::JTrue(t, 0), to);
            }
        }
    }

    /// `switch v := x.(type) { … }`
    pub fn type_switch_stmt(&mut self, x: &'a TypeSwitchStmt) {
        let mark = self.f.slots.next;
        let label = self.f.pending_label.take();
        if let Some(init) = &x.init {
            self.stmt(init);
        }
        self.f.pending_label = label;
        let end = self.f.code.label();
        self.push_target(end, None);
        let from = self.expr_ty(&x.x);
        self.at(x.x.pos());
        let kept = self.n_kept();
        self.order(&[(&x.x, None)]);
        let iface = self.expr(&x.x);
        self.forget(kept);
        // The value stays where it is, unless it is a variable that a clause assigns.
        let root =
            x.x.unparen()
                .as_ident()
                .and_then(|_| self.ck.info.use_of(x.x.unparen().id));
        let keeps = match root {
            Some(obj) => self.f.facts.var(obj).is_some_and(|v| !v.is_assigned()),
            None => iface as u32 >= mark,
        };
        // A clause for one interface type has its value from the test.
        let tested = self.f.slots.alloc(2);
        let ok = self.f.slots.alloc(1);
        let after = self.f.slots.next;
        let bodies: Vec<Label> = x.clauses.iter().map(|_| self.f.code.label()).collect();
        let mut default = end;
        for (c, &to) in x.clauses.iter().zip(&bodies) {
            if c.is_default {
                default = to;
            }
            for e in &c.exprs {
                self.at(e.pos());
                if self.is_nil(e) {
                    self.imm_jump(Cmp::Eq, iface, 0, to, false);
                    continue;
                }
                let ty = self.expr_ty(e);
                if self.is_iface(ty) {
                    self.assert_ok_to(iface, from, ty, tested, ok);
                    self.f.code.push_jump(ins::JTrue(ok, 0), to);
                } else {
                    let t = self.assert_type_idx(ty);
                    self.f.code.push_jump(ins::JType(iface, 0, t, 0), to);
                }
            }
        }
        self.f.code.jmp(default);
        let outer = self.f.fallthrough.take();
        for (c, &body) in x.clauses.iter().zip(&bodies) {
            self.f.code.bind(body);
            if self.f.code.is_dead() {
                continue;
            }
            self.f.slots.next = after;
            if let Some(obj) = self.ck.info.def_of(c.id)
                && x.bind.is_some()
            {
                self.at(c.colon);
                self.bind_clause(obj, c, iface, from, keeps);
            }
            self.stmts(&c.body);
            if !self.f.code.is_dead() {
                self.f.code.jmp(end);
            }
        }
        self.f.fallthrough = outer;
        self.f.targets.pop();
        self.f.code.bind(end);
        self.f.slots.next = mark;
    }

    /// The variable of a type switch's clause.
    fn bind_clause(&mut self, obj: ObjId, c: &'a CaseClause, iface: Slot, from: Ty, keeps: bool) {
        let single = match &c.exprs[..] {
            [e] if !self.is_nil(e) && self.ck.info.ty(e.id) != Types::INVALID => {
                Some(self.expr_ty(e))
            }
            _ => None,
        };
        let (ty, place) = match single {
            Some(ty) if !self.is_iface(ty) => {
                let place = if self.layout(ty).size <= 8 {
                    Place::Slots(iface + 1)
                } else {
                    Place::Mem {
                        base: iface + 1,
                        off: 0,
                    }
                };
                (ty, place)
            }
            Some(ty) => (ty, Place::Slots(iface)),
            None => (from, Place::Slots(iface)),
        };
        if self.is_far(ty) {
            let ptr = self.f.slots.alloc(1);
            self.load(place, ty, ptr);
            self.f.vars.insert(obj, Var::Box(ptr));
            return;
        }
        if self.storage(obj, ty) == Storage::Box {
            let t = self.type_idx(ty);
            let ptr = self.f.slots.alloc(1);
            self.ins(ins::New(ptr, t));
            let mark = self.f.slots.next;
            let v = self.load_from(place, ty, mark);
            self.store(Place::Mem { base: ptr, off: 0 }, ty, v);
            self.f.slots.next = mark;
            self.f.vars.insert(obj, Var::Box(ptr));
            return;
        }
        let assigned = self.f.facts.var(obj).is_none_or(|v| v.is_assigned());
        if let Place::Slots(slot) = place
            && keeps
            && !assigned
        {
            self.f.vars.insert(obj, Var::Slots(slot));
            return;
        }
        let slot = self.tmp(ty);
        self.load(place, ty, slot);
        self.f.vars.insert(obj, Var::Slots(slot));
    }
}

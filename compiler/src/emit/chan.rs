//! Sending, receiving and `select`.

use minigo_bytecode::op::ins;
use minigo_bytecode::operand::Slot;
use minigo_syntax::ast::*;
use minigo_syntax::token::UnaryOp;

use super::{Emitter, Label, Place, Var};
use crate::escape::Storage;
use crate::layout::{Ty, TyKind};

/// A clause of a `select` with its operands evaluated.
enum Comm<'a> {
    Default,
    /// Number among the sends.
    Send(u32),
    /// Number among the receives, where the value is put, and what is done with it.
    Recv {
        number: u32,
        elem: Ty,
        slot: Slot,
        lhs: &'a [Expr],
        define: bool,
    },
}

impl<'a> Emitter<'_, 'a> {
    /// dst := <-ch; ok := whether a sender sent it
    pub fn recv_to(&mut self, ch: Slot, ty: Ty, dst: Slot, ok: Slot) {
        if self.is_far(ty) {
            self.zero(dst, ty);
            self.ins(ins::RecvAt(dst, ch, ok));
            self.ins(ins::RecvAtDone(dst, ch, ok));
            return;
        }
        self.ins(ins::Recv(dst, ch, ok));
        self.ins(ins::RecvDone(dst, ch, ok));
        self.fix_sign(dst, ty);
    }

    /// The element type of a channel type.
    pub fn chan_elem(&mut self, ty: Ty) -> Ty {
        match self.under_kind(ty) {
            TyKind::Chan(_, elem) => elem,
            _ => Ty::VOID,
        }
    }

    /// `ch <- v`
    pub fn send_stmt(&mut self, x: &'a SendStmt) {
        let t = self.expr_ty(&x.chan);
        let elem = self.chan_elem(t);
        let (ch, v) = if self.has_call(&x.value) && !self.has_call(&x.chan) {
            let v = self.value(&x.value, elem);
            (self.expr(&x.chan), v)
        } else {
            let ch = self.expr(&x.chan);
            (ch, self.value(&x.value, elem))
        };
        self.at(x.arrow);
        if self.is_far(elem) {
            self.ins(ins::SendAt(ch, v));
        } else {
            self.ins(ins::Send(ch, v));
        }
        self.ins(ins::SendDone());
    }

    /// `select { … }`
    pub fn select_stmt(&mut self, x: &'a SelectStmt) {
        let mark = self.f.slots.next;
        let end = self.f.code.label();
        self.push_target(end, None);
        let is_send =
            |c: &CommClause| matches!(c.comm.as_ref().map(|s| &s.kind), Some(StmtKind::Send(_)));
        let nsends = x.clauses.iter().filter(|c| is_send(c)).count() as u32;
        let n = x.clauses.iter().filter(|c| c.comm.is_some()).count() as u32;
        let has_default = x.clauses.iter().any(|c| c.comm.is_none());
        let cases = self.f.slots.alloc(3 * n);
        let chosen = self.f.slots.alloc(2);
        let (mut sends, mut recvs) = (0, 0);
        let mut comms = Vec::with_capacity(x.clauses.len());
        for c in &x.clauses {
            let Some(comm) = &c.comm else {
                comms.push(Comm::Default);
                continue;
            };
            self.at(comm.pos());
            match &comm.kind {
                StmtKind::Send(s) => {
                    let at = cases + 2 * sends as Slot;
                    self.ordered_to(&s.chan, None, at);
                    let t = self.expr_ty(&s.chan);
                    let elem = self.chan_elem(t);
                    let v = self.tmp(elem);
                    self.ordered_to(&s.value, Some(elem), v);
                    self.addr_to(Place::Slots(v), elem, at + 1);
                    comms.push(Comm::Send(sends));
                    sends += 1;
                }
                kind => {
                    let (lhs, define, rhs): (&[Expr], bool, &Expr) = match kind {
                        StmtKind::Assign(a) => (&a.lhs, a.op == AssignOp::Define, &a.rhs[0]),
                        StmtKind::Expr(e) => (&[], false, e),
                        _ => continue,
                    };
                    let ExprKind::Unary(u) = &rhs.unparen().kind else {
                        continue;
                    };
                    debug_assert_eq!(u.op, UnaryOp::Recv);
                    let number = recvs;
                    let at = cases + 2 * (nsends + number) as Slot;
                    self.ordered_to(&u.x, None, at);
                    let t = self.expr_ty(&u.x);
                    let elem = self.chan_elem(t);
                    let wanted = lhs
                        .first()
                        .is_some_and(|l| !l.as_ident().is_some_and(|i| i.is_blank()));
                    let slot = self.tmp(elem);
                    if wanted && self.slots_of(elem) > 0 {
                        self.zero(slot, elem);
                        self.addr_to(Place::Slots(slot), elem, at + 1);
                    } else {
                        self.ins(ins::LoadImm(at + 1, 0));
                    }
                    comms.push(Comm::Recv {
                        number,
                        elem,
                        slot,
                        lhs,
                        define,
                    });
                    recvs += 1;
                }
            }
        }
        self.at(x.lbrace);
        let d = has_default as u32;
        self.ins(ins::Select(
            cases,
            nsends as u16,
            recvs as u16,
            chosen as u32,
            d,
        ));
        self.ins(ins::SelectDone(
            cases,
            nsends as u16,
            recvs as u16,
            chosen as u32,
            d,
        ));
        let bodies: Vec<Label> = comms.iter().map(|_| self.f.code.label()).collect();
        self.dispatch(chosen, nsends, &comms, &bodies);
        let top = self.f.slots.next;
        let outer = self.f.fallthrough.take();
        for ((c, comm), &body) in x.clauses.iter().zip(&comms).zip(&bodies) {
            self.f.code.bind(body);
            if self.f.code.is_dead() {
                continue;
            }
            self.f.slots.next = top;
            if let Comm::Recv {
                elem,
                slot,
                lhs,
                define,
                ..
            } = *comm
            {
                if let Some(s) = &c.comm {
                    self.at(s.pos());
                }
                if lhs
                    .first()
                    .is_some_and(|l| !l.as_ident().is_some_and(|i| i.is_blank()))
                {
                    self.fix_sign(slot, elem);
                }
                if let Some(l) = lhs.first() {
                    self.received(l, define, slot, elem);
                }
                if let Some(l) = lhs.get(1) {
                    self.received(l, define, chosen + 1, Ty::BOOL);
                }
            }
            self.stmts(&c.body);
            if !self.f.code.is_dead() {
                self.f.code.jmp(end);
            }
        }
        self.f.fallthrough = outer;
        self.f.targets.pop();
        if x.clauses.is_empty() {
            // Never comes back; the verifier wants an end all the same.
            self.f.code.jmp(end);
        }
        self.f.code.bind(end);
        self.f.slots.next = mark;
    }

    fn dispatch(&mut self, chosen: Slot, nsends: u32, comms: &[Comm<'a>], bodies: &[Label]) {
        let number = |c: &Comm<'a>| match c {
            Comm::Default => None,
            Comm::Send(i) => Some(*i),
            Comm::Recv { number, .. } => Some(nsends + number),
        };
        let default = comms.iter().position(|c| matches!(c, Comm::Default));
        let n = comms.len() - default.is_some() as usize;
        if n > 3 {
            let mut table = vec![bodies[0]; n];
            for (c, &to) in comms.iter().zip(bodies) {
                if let Some(i) = number(c) {
                    table[i as usize] = to;
                }
            }
            self.f.code.jump_table(chosen, &table);
        } else {
            let last = if default.is_some() {
                None
            } else {
                comms.len().checked_sub(1)
            };
            for (i, (c, &to)) in comms.iter().zip(bodies).enumerate() {
                match number(c) {
                    Some(_) if Some(i) == last => self.f.code.jmp(to),
                    Some(k) => self.f.code.push_jump(ins::JEqImm(chosen, k as i16, 0), to),
                    None => {}
                }
            }
        }
        if let Some(d) = default {
            self.f.code.jmp(bodies[d]);
        } else if n > 3 {
            self.f.code.jmp(bodies[0]);
        }
    }

    /// A received value, or whether there was one, to where the clause wants it.
    fn received(&mut self, l: &'a Expr, define: bool, slot: Slot, ty: Ty) {
        if l.as_ident().is_some_and(|i| i.is_blank()) {
            return;
        }
        if define {
            let Some(obj) = self.ck.info.def_of(l.id) else {
                return;
            };
            if self.storage(obj, ty) == Storage::Slots {
                self.f.vars.insert(obj, Var::Slots(slot));
            } else {
                self.declare_with(obj, ty, slot);
            }
            return;
        }
        let to = self.expr_ty(l);
        let mark = self.f.slots.next;
        let place = self.place(l);
        let mut v = slot;
        if ty != to && self.is_iface(to) && !self.is_iface(ty) {
            v = self.tmp(to);
            self.assign_convert(slot, ty, to, v);
        }
        self.at(l.pos());
        self.store(place, to, v);
        self.f.slots.next = mark;
    }
}

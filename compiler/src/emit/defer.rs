//! `go` and `defer`: a call whose function and arguments are evaluated now.

use minigo_bytecode::op::ins;
use minigo_bytecode::operand::{FRAME_HEADER, Slot};
use minigo_syntax::ast::*;
use minigo_syntax::source::Pos;

use super::Emitter;
use super::call::Callee;
use super::wrap::Wrapper;
use crate::check::BuiltinId;
use crate::layout::{Ty, TyKind};

impl<'a> Emitter<'_, 'a> {
    /// `go f(x)`
    pub fn go_stmt(&mut self, e: &'a Expr, start: Pos) {
        let Some((base, callee)) = self.delayed_call(e) else {
            return;
        };
        self.at(start); // where tracebacks say that the goroutine was created
        match callee {
            Callee::Func(f) => self.ins(ins::Go(base, f)),
            Callee::Closure(s) => self.ins(ins::GoClosure(base, s)),
            Callee::Iface(s, sel) => self.ins(ins::GoIface(base, s, sel)),
            // Not for calls that are made later.
            Callee::Native(_) | Callee::OnceDo(_) => {}
        }
    }

    /// `defer f(x)`
    pub fn defer_stmt(&mut self, e: &'a Expr) {
        if self.f.range_body.is_some() {
            return self.defer_from_range_body(e);
        }
        let Some((base, callee)) = self.delayed_call(e) else {
            return;
        };
        self.at(e.pos());
        self.defer_callee(base, callee);
    }

    /// Defers a call whose window is ready.
    pub fn defer_callee(&mut self, base: Slot, callee: Callee) {
        match callee {
            Callee::Func(f) => self.ins(ins::Defer(base, f)),
            Callee::Closure(s) => self.ins(ins::DeferClosure(base, s)),
            Callee::Iface(s, sel) => self.ins(ins::DeferIface(base, s, sel)),
            // Not for calls that are made later.
            Callee::Native(_) | Callee::OnceDo(_) => {}
        }
    }

    /// The window of a call that is made later.
    pub fn delayed_call(&mut self, e: &'a Expr) -> Option<(Slot, Callee)> {
        let ExprKind::Call(c) = &e.unparen().kind else {
            return None;
        };
        if let Some(b) = self.builtin_of(c) {
            return Some(self.delayed_builtin(b, c));
        }
        let w = self.window(e.unparen(), c, None, true);
        Some((w.base, w.callee))
    }

    fn delayed_builtin(&mut self, b: BuiltinId, c: &'a CallExpr) -> (Slot, Callee) {
        let tys = self.delayed_builtin_types(b, c);
        let n: u32 = tys.iter().map(|&t| self.slots_of(t)).sum();
        let base = self.f.slots.alloc(FRAME_HEADER as u32 + n);
        let mut at = base + FRAME_HEADER;
        for (a, &t) in c.args.iter().zip(tys.iter()) {
            self.value_to(a, t, at);
            at += self.slots_of(t) as Slot;
        }
        let func = self.wrapper(Wrapper::Builtin(b, tys));
        (base, Callee::Func(func))
    }

    /// The types of the params of a builtin as a function.
    pub fn delayed_builtin_types(&mut self, b: BuiltinId, c: &CallExpr) -> Box<[Ty]> {
        c.args
            .iter()
            .enumerate()
            .map(|(i, a)| match b {
                BuiltinId::Panic => Ty::ANY,
                BuiltinId::Delete if i == 1 => {
                    let t = self.expr_ty(&c.args[0]);
                    match self.under_kind(t) {
                        TyKind::Map(key, _) => key,
                        _ => Ty::VOID,
                    }
                }
                _ if self.is_nil(a) => Ty::UNSAFE_POINTER,
                _ => self.expr_ty(a),
            })
            .collect()
    }
}

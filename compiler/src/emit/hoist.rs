//! Constants that a loop uses again and again are loaded once before it.
//!
//! Only constants that no instruction takes as an immediate: floats in arithmetic, large integers, left operands.
//! A loop inside another shares the outer one's slots.

use std::collections::HashMap;

use minigo_bytecode::operand::Slot;
use minigo_syntax::ast::*;
use minigo_syntax::token::BinaryOp;

use super::Emitter;
use crate::check::Mode;
use crate::layout::Class;

/// A part of a loop.
#[derive(Clone, Copy)]
pub enum Part<'a> {
    /// A condition.
    Expr(Option<&'a Expr>),
    /// A post statement.
    Stmt(Option<&'a Stmt>),
    /// A body.
    Block(&'a Block),
}

/// No loop keeps more constants than this.
const MAX: usize = 12;

impl<'a> Emitter<'_, 'a> {
    /// Before a loop: loads what it needs. Hand the result to [`Emitter::leave_loop`].
    pub fn enter_loop(&mut self, parts: &[Part<'a>]) -> HashMap<u64, Slot> {
        let old = self.f.hoisted.clone();
        self.f.loop_depth += 1;
        if self.f.loop_depth > 1 {
            return old;
        }
        let mut found = Vec::new();
        for p in parts {
            match p {
                Part::Expr(Some(e)) => self.find_consts(e, &mut found),
                Part::Stmt(Some(s)) => self.find_in_stmt(s, &mut found),
                Part::Block(b) => self.find_in_stmts(&b.stmts, &mut found),
                _ => {}
            }
        }
        for bits in found.into_iter().take(MAX) {
            if !self.f.hoisted.contains_key(&bits) {
                let slot = self.f.slots.alloc(1);
                self.load_bits(slot, bits);
                self.f.hoisted.insert(bits, slot);
            }
        }
        old
    }

    /// Behind a loop.
    pub fn leave_loop(&mut self, old: HashMap<u64, Slot>) {
        self.f.hoisted = old;
        self.f.loop_depth -= 1;
    }

    fn note(&mut self, e: &Expr, found: &mut Vec<u64>) {
        let Some(v) = self.const_of(e) else { return };
        let ty = self.expr_ty(e);
        if let Some(bits) = self.const_bits(&v, ty)
            && !found.contains(&bits)
        {
            found.push(bits);
        }
    }

    /// Operands that need a slot.
    fn find_consts(&mut self, e: &Expr, found: &mut Vec<u64>) {
        let e = e.unparen();
        let Some(tv) = self.ck.info.get(e.id) else {
            return;
        };
        if tv.mode == Mode::TypExpr || tv.val.is_some() {
            return;
        }
        match &e.kind {
            ExprKind::Binary(x) => {
                let ty = self.expr_ty(&x.x);
                let class = self.class(ty);
                let is_float = matches!(class, Class::F64 | Class::F32);
                let fits = |s: &mut Self, e: &Expr| s.small_const(e).is_some();
                match x.op {
                    BinaryOp::AndAnd | BinaryOp::OrOr => {}
                    BinaryOp::Shl | BinaryOp::Shr => self.note(&x.x, found),
                    _ if is_float => {
                        self.note(&x.x, found);
                        self.note(&x.y, found);
                    }
                    BinaryOp::Or | BinaryOp::Xor => {
                        self.note(&x.x, found);
                        self.note(&x.y, found);
                    }
                    BinaryOp::Sub | BinaryOp::Div | BinaryOp::Rem | BinaryOp::AndNot => {
                        self.note(&x.x, found);
                        if !fits(self, &x.y) {
                            self.note(&x.y, found);
                        }
                    }
                    _ => {
                        for y in [&x.x, &x.y] {
                            if !fits(self, y) {
                                self.note(y, found);
                            }
                        }
                    }
                }
                self.find_consts(&x.x, found);
                self.find_consts(&x.y, found);
            }
            ExprKind::Unary(x) => self.find_consts(&x.x, found),
            ExprKind::Star(x) => self.find_consts(x, found),
            ExprKind::Selector(s) => self.find_consts(&s.x, found),
            ExprKind::Index(_) if self.is_instantiation(e) => {}
            ExprKind::Index(x) => {
                self.find_consts(&x.x, found);
                for i in &x.indices {
                    self.find_consts(i, found);
                }
                let t = self.expr_ty(&x.x);
                if matches!(self.class(t), Class::Slice | Class::Str) {
                    self.note(&x.indices[0], found);
                }
            }
            ExprKind::Call(c) => {
                self.find_consts(&c.fun, found);
                for a in &c.args {
                    self.find_consts(a, found);
                }
            }
            ExprKind::TypeAssert(x) => self.find_consts(&x.x, found),
            ExprKind::Slice(x) => {
                for y in x.lo.iter().chain(&x.hi).chain(&x.max) {
                    self.find_consts(y, found);
                }
                self.find_consts(&x.x, found);
            }
            _ => {}
        }
    }

    fn find_in_stmts(&mut self, stmts: &[Stmt], found: &mut Vec<u64>) {
        for s in stmts {
            self.find_in_stmt(s, found);
        }
    }

    fn find_in_stmt(&mut self, s: &Stmt, found: &mut Vec<u64>) {
        match &s.kind {
            StmtKind::Labeled(l) => self.find_in_stmt(&l.stmt, found),
            StmtKind::Expr(e) => self.find_consts(e, found),
            StmtKind::Assign(a) => {
                for l in a.lhs.iter().filter(|_| a.op != AssignOp::Define) {
                    self.find_consts(l, found);
                }
                for r in &a.rhs {
                    self.find_consts(r, found);
                }
                if let AssignOp::Op(op) = a.op {
                    let ty = self.expr_ty(&a.lhs[0]);
                    let is_float = matches!(self.class(ty), Class::F64 | Class::F32);
                    let no_imm = matches!(op, BinaryOp::Or | BinaryOp::Xor);
                    let is_shift = matches!(op, BinaryOp::Shl | BinaryOp::Shr);
                    let r = &a.rhs[0];
                    if !is_shift && (is_float || no_imm || self.small_const(r).is_none()) {
                        self.note(r, found);
                    }
                } else if a.op == AssignOp::Assign {
                    // A constant stored to memory.
                    for (l, r) in a.lhs.iter().zip(&a.rhs) {
                        if matches!(l.kind, ExprKind::Index(_) | ExprKind::Star(_)) {
                            self.note(r, found);
                        }
                    }
                }
            }
            StmtKind::Decl(d) => {
                if let Decl::Var(d) = &**d {
                    for e in d.specs.iter().flat_map(|s| &s.values) {
                        self.find_consts(e, found);
                    }
                }
            }
            StmtKind::Return(r) => {
                for e in &r.results {
                    self.find_consts(e, found);
                }
            }
            StmtKind::Block(b) => self.find_in_stmts(&b.stmts, found),
            StmtKind::If(x) => {
                if let Some(s) = &x.init {
                    self.find_in_stmt(s, found);
                }
                self.find_consts(&x.cond, found);
                self.find_in_stmts(&x.then.stmts, found);
                if let Some(s) = &x.els {
                    self.find_in_stmt(s, found);
                }
            }
            StmtKind::Switch(x) => {
                if let Some(t) = &x.tag {
                    self.find_consts(t, found);
                }
                for c in &x.clauses {
                    self.find_in_stmts(&c.body, found);
                }
            }
            StmtKind::For(x) => {
                if let Some(c) = &x.cond {
                    self.find_consts(c, found);
                }
                if let Some(s) = &x.post {
                    self.find_in_stmt(s, found);
                }
                self.find_in_stmts(&x.body.stmts, found);
            }
            StmtKind::Range(x) => {
                self.find_consts(&x.x, found);
                self.find_in_stmts(&x.body.stmts, found);
            }
            _ => {}
        }
    }
}

//! Operators: arithmetic in the width of the type, comparisons, and conditions as jumps.

use minigo_bytecode::op::{Ins, ins};
use minigo_bytecode::operand::Slot;
use minigo_syntax::ast::*;
use minigo_syntax::token::{BinaryOp, UnaryOp};

use super::{Emitter, Label};
use crate::check::SelectionKind;
use crate::layout::{Class, Ty};

/// The order that a comparison asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cmp {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

impl Cmp {
    fn of(op: BinaryOp) -> Option<Cmp> {
        Some(match op {
            BinaryOp::Eql => Cmp::Eq,
            BinaryOp::Neq => Cmp::Ne,
            BinaryOp::Lss => Cmp::Lt,
            BinaryOp::Leq => Cmp::Le,
            BinaryOp::Gtr => Cmp::Gt,
            BinaryOp::Geq => Cmp::Ge,
            _ => return None,
        })
    }

    /// The comparison that holds when this one does not (not for floats).
    fn negated(self) -> Cmp {
        match self {
            Cmp::Eq => Cmp::Ne,
            Cmp::Ne => Cmp::Eq,
            Cmp::Lt => Cmp::Ge,
            Cmp::Le => Cmp::Gt,
            Cmp::Gt => Cmp::Le,
            Cmp::Ge => Cmp::Lt,
        }
    }

    /// The same comparison with its operands exchanged.
    fn swapped(self) -> Cmp {
        match self {
            Cmp::Lt => Cmp::Gt,
            Cmp::Le => Cmp::Ge,
            Cmp::Gt => Cmp::Lt,
            Cmp::Ge => Cmp::Le,
            c => c,
        }
    }
}

impl<'a> Emitter<'_, 'a> {
    /// Makes the result of a 64-bit operation canonical for a narrow integer type.
    pub fn wrap(&mut self, dst: Slot, ty: Ty) {
        match self.class(ty) {
            Class::Int {
                bytes: 1,
                signed: true,
            } => self.ins(ins::Sext8(dst, dst)),
            Class::Int {
                bytes: 2,
                signed: true,
            } => self.ins(ins::Sext16(dst, dst)),
            Class::Int {
                bytes: 4,
                signed: true,
            } => self.ins(ins::Sext32(dst, dst)),
            Class::Int {
                bytes: 1,
                signed: false,
            } => self.ins(ins::Zext8(dst, dst)),
            Class::Int {
                bytes: 2,
                signed: false,
            } => self.ins(ins::Zext16(dst, dst)),
            Class::Int {
                bytes: 4,
                signed: false,
            } => self.ins(ins::Zext32(dst, dst)),
            _ => {}
        }
    }

    /// dst := x op y
    pub fn binary_to(&mut self, e: &'a Expr, x: &'a BinaryExpr, ty: Ty, dst: Slot) {
        match x.op {
            BinaryOp::AndAnd | BinaryOp::OrOr => return self.bool_to(e, dst),
            BinaryOp::Shl | BinaryOp::Shr => return self.shift_to(e, x, ty, dst),
            op if Cmp::of(op).is_some() => return self.bool_to(e, dst),
            _ => {}
        }
        match self.class(ty) {
            Class::Str => return self.concat_to(e, dst),
            Class::Int { .. } => {
                if let Some(c) = self.small_const(&x.y) {
                    let a = self.expr(&x.x);
                    self.at(e.pos());
                    if self.arith_imm(x.op, ty, dst, a, c) {
                        return;
                    }
                    let b = self.bits_slot(c as i64 as u64);
                    return self.arith(x.op, ty, dst, a, b);
                }
                let commutes = matches!(x.op, BinaryOp::Add | BinaryOp::Mul | BinaryOp::And);
                if commutes && let Some(c) = self.small_const(&x.x) {
                    let b = self.expr(&x.y);
                    if self.arith_imm(x.op, ty, dst, b, c) {
                        return;
                    }
                    let a = self.bits_slot(c as i64 as u64);
                    return self.arith(x.op, ty, dst, a, b);
                }
            }
            Class::F64 if matches!(x.op, BinaryOp::Add | BinaryOp::Sub) => {
                if let Some((a, b)) = self.product(&x.y) {
                    return self.mul_add_to(x.op, &x.x, a, b, ty, dst);
                }
                if x.op == BinaryOp::Add
                    && let Some((a, b)) = self.product(&x.x)
                    && !self.has_effects(&x.y)
                {
                    return self.mul_add_to(x.op, &x.y, a, b, ty, dst);
                }
            }
            _ => {}
        }
        let (a, b) = self.operands(&x.x, &x.y);
        self.at(e.pos());
        self.arith(x.op, ty, dst, a, b);
    }

    /// Both operands in slots, evaluated in Go's order.
    pub fn operands(&mut self, x: &'a Expr, y: &'a Expr) -> (Slot, Slot) {
        // gc makes all calls first, and reads what the rest of an expression mentions behind them.
        if self.has_call(y) && !self.has_call(x) {
            let b = self.expr(y);
            let a = self.expr(x);
            return (a, b);
        }
        let a = self.expr(x);
        // The square of something in memory is loaded once.
        if self.same_load(x, y) {
            return (a, a);
        }
        let b = self.expr(y);
        (a, b)
    }

    /// Whether two operands are the same variable, or the same field of it, through pointers or not.
    fn same_load(&self, x: &Expr, y: &Expr) -> bool {
        match (&x.unparen().kind, &y.unparen().kind) {
            (ExprKind::Ident(_), ExprKind::Ident(_)) => {
                let obj = self.ck.info.use_of(x.unparen().id);
                obj.is_some() && obj == self.ck.info.use_of(y.unparen().id)
            }
            (ExprKind::Selector(a), ExprKind::Selector(b)) => {
                let is_field = |e: &Expr| {
                    let sel = self.ck.info.selection(e.unparen().id);
                    sel.is_some_and(|s| s.kind == SelectionKind::FieldVal)
                };
                a.sel.name == b.sel.name && is_field(x) && is_field(y) && self.same_load(&a.x, &b.x)
            }
            _ => false,
        }
    }

    /// The factors of a float64 product that is no constant.
    pub fn product<'e>(&mut self, e: &'e Expr) -> Option<(&'e Expr, &'e Expr)> {
        let e = e.unparen();
        match &e.kind {
            ExprKind::Binary(x)
                if x.op == BinaryOp::Mul && self.const_of(e).is_none() && !self.has_call(e) =>
            {
                Some((&x.x, &x.y))
            }
            _ => None,
        }
    }

    /// dst := x ± a*b
    fn mul_add_to(
        &mut self,
        op: BinaryOp,
        x: &'a Expr,
        a: &'a Expr,
        b: &'a Expr,
        ty: Ty,
        dst: Slot,
    ) {
        // The sum grows in the destination, unless somebody may still look at it.
        let acc = if self.is_fresh(dst) {
            dst
        } else {
            self.tmp(ty)
        };
        // A sum that lies in a variable would be copied and added: one product and one addition are as good.
        let x = x.unparen();
        if self.is_plain_slot(x) {
            let s = self.expr(x);
            if s == dst {
                let (a, b) = self.operands(a, b);
                let op = if op == BinaryOp::Add {
                    ins::MulAddF64
                } else {
                    ins::MulSubF64
                };
                self.ins(op(dst, a, b));
                return;
            } else {
                let t = self.f.slots.alloc(1);
                let (a, b) = self.operands(a, b);
                self.ins(ins::MulF64(t, a, b));
                let op = if op == BinaryOp::Add {
                    ins::AddF64
                } else {
                    ins::SubF64
                };
                self.ins(op(dst, s, t));
                return;
            }
        }
        self.expr_to(x, acc);
        let (a, b) = self.operands(a, b);
        let op = if op == BinaryOp::Add {
            ins::MulAddF64
        } else {
            ins::MulSubF64
        };
        self.ins(op(acc, a, b));
        self.mov_slots(dst, acc, 1);
    }

    /// Whether an expression's value lies in a slot already.
    fn is_plain_slot(&mut self, e: &'a Expr) -> bool {
        let e = e.unparen();
        match &e.kind {
            ExprKind::Ident(_) => !self.is_late(e),
            _ => false,
        }
    }

    /// dst := a op b for operands in slots.
    pub fn arith(&mut self, op: BinaryOp, ty: Ty, dst: Slot, a: Slot, b: Slot) {
        use BinaryOp::*;
        let i = match self.class(ty) {
            Class::Int { bytes, signed } => {
                let (i, exact) = match (op, bytes, signed) {
                    (Add, 4, true) => (ins::AddI32(dst, a, b), true),
                    (Add, 4, false) => (ins::AddU32(dst, a, b), true),
                    (Add, 1, false) => (ins::AddU8(dst, a, b), true),
                    (Add, ..) => (ins::AddI64(dst, a, b), bytes == 8),
                    (Sub, 4, true) => (ins::SubI32(dst, a, b), true),
                    (Sub, 4, false) => (ins::SubU32(dst, a, b), true),
                    (Sub, 1, false) => (ins::SubU8(dst, a, b), true),
                    (Sub, ..) => (ins::SubI64(dst, a, b), bytes == 8),
                    (Mul, 4, true) => (ins::MulI32(dst, a, b), true),
                    (Mul, 4, false) => (ins::MulU32(dst, a, b), true),
                    (Mul, ..) => (ins::MulI64(dst, a, b), bytes == 8),
                    (Div, _, true) => (ins::DivI64(dst, a, b), bytes == 8),
                    (Div, 8, false) => (ins::DivU64(dst, a, b), true),
                    (Div, _, false) => (ins::DivI64(dst, a, b), true),
                    (Rem, _, true) => (ins::RemI64(dst, a, b), true),
                    (Rem, 8, false) => (ins::RemU64(dst, a, b), true),
                    (Rem, _, false) => (ins::RemI64(dst, a, b), true),
                    (And, ..) => (ins::And(dst, a, b), true),
                    (Or, ..) => (ins::Or(dst, a, b), true),
                    (Xor, ..) => (ins::Xor(dst, a, b), true),
                    (AndNot, ..) => (ins::AndNot(dst, a, b), true),
                    (Shl, ..) => (ins::Shl(dst, a, b), bytes == 8),
                    (Shr, _, true) => (ins::ShrI64(dst, a, b), true),
                    _ => (ins::ShrU64(dst, a, b), true),
                };
                self.ins(i);
                if !exact {
                    self.wrap(dst, ty);
                }
                return;
            }
            Class::F64 => match op {
                Add => ins::AddF64(dst, a, b),
                Sub => ins::SubF64(dst, a, b),
                Mul => ins::MulF64(dst, a, b),
                _ => ins::DivF64(dst, a, b),
            },
            Class::F32 => match op {
                Add => ins::AddF32(dst, a, b),
                Sub => ins::SubF32(dst, a, b),
                Mul => ins::MulF32(dst, a, b),
                _ => ins::DivF32(dst, a, b),
            },
            Class::C128 => match op {
                Add => ins::AddC128(dst, a, b),
                Sub => ins::SubC128(dst, a, b),
                Mul => ins::MulC128(dst, a, b),
                _ => ins::DivC128(dst, a, b),
            },
            Class::C64 => match op {
                Add => ins::AddC64(dst, a, b),
                Sub => ins::SubC64(dst, a, b),
                Mul => ins::MulC64(dst, a, b),
                _ => ins::DivC64(dst, a, b),
            },
            Class::Str => ins::Concat(dst, a, b),
            _ => return,
        };
        self.ins(i);
    }

    /// dst := a op c for an integer type, if there is an instruction for it.
    pub fn arith_imm(&mut self, op: BinaryOp, ty: Ty, dst: Slot, a: Slot, c: i16) -> bool {
        use BinaryOp::*;
        let Class::Int { bytes, signed } = self.class(ty) else {
            return false;
        };
        let add = |c: i16| match (bytes, signed) {
            (8, _) => (ins::AddI64Imm(dst, a, c), true),
            (4, true) => (ins::AddI32Imm(dst, a, c), true),
            (4, false) => (ins::AddU32Imm(dst, a, c), true),
            (1, false) => (ins::AddU8Imm(dst, a, c), true),
            _ => (ins::AddI64Imm(dst, a, c), false),
        };
        // The bits of an unsigned constant above 32767 do not get here: it would not be small.
        let (i, exact) = match op {
            Add => add(c),
            Sub if c != i16::MIN => add(-c),
            Mul => (ins::MulI64Imm(dst, a, c), bytes == 8),
            Div if signed && c != 0 && c != -1 => (ins::DivI64Imm(dst, a, c), true),
            Div if !signed && bytes < 8 && c > 0 => (ins::DivI64Imm(dst, a, c), true),
            Div if !signed && c > 0 && (c as u16).is_power_of_two() => {
                (ins::ShrU64Imm(dst, a, c.trailing_zeros() as u16), true)
            }
            Rem if signed && c != 0 && c != -1 => (ins::RemI64Imm(dst, a, c), true),
            Rem if !signed && bytes < 8 && c > 0 => (ins::RemI64Imm(dst, a, c), true),
            Rem if !signed && c > 0 && (c as u16).is_power_of_two() => {
                (ins::AndImm(dst, a, c - 1), true)
            }
            And => (ins::AndImm(dst, a, c), true),
            AndNot => (ins::AndImm(dst, a, !c), true),
            _ => return false,
        };
        self.ins(i);
        if !exact {
            self.wrap(dst, ty);
        }
        true
    }

    fn shift_to(&mut self, e: &'a Expr, x: &'a BinaryExpr, ty: Ty, dst: Slot) {
        let a = self.expr(&x.x);
        if self.const_of(&x.y).is_some() {
            let n = self
                .const_of(&x.y)
                .and_then(|v| v.to_int().as_u64())
                .unwrap_or(u64::MAX);
            self.shift_imm(x.op, ty, dst, a, n);
            return;
        }
        let b = self.expr(&x.y);
        self.at(e.pos());
        self.check_shift(&x.y, b);
        self.arith(x.op, ty, dst, a, b);
    }

    /// Panics at run time if a shift count is negative.
    pub fn check_shift(&mut self, count: &Expr, slot: Slot) {
        let t = self.expr_ty(count);
        if let Class::Int { signed: true, .. } = self.class(t)
            && !self.is_non_negative(count)
        {
            self.ins(ins::CheckShift(slot));
        }
    }

    /// Whether a signed integer expression is never negative, as far as its form tells.
    fn is_non_negative(&mut self, e: &Expr) -> bool {
        let e = e.unparen();
        if let Some(v) = self.int_const(e) {
            return v >= 0;
        }
        match &e.kind {
            ExprKind::Binary(x) => match x.op {
                BinaryOp::And => self.is_non_negative(&x.x) || self.is_non_negative(&x.y),
                BinaryOp::Rem | BinaryOp::Shr | BinaryOp::Div => {
                    self.is_non_negative(&x.x)
                        && (x.op != BinaryOp::Div || self.is_non_negative(&x.y))
                }
                _ => false,
            },
            ExprKind::Call(c) => {
                use crate::check::{BuiltinId, Mode};
                match self.ck.info.get(c.fun.id).map(|tv| tv.mode) {
                    Some(Mode::Builtin(BuiltinId::Len | BuiltinId::Cap)) => true,
                    Some(Mode::TypExpr) if c.args.len() == 1 => {
                        // int(x) of a narrower unsigned value.
                        let from = self.expr_ty(&c.args[0]);
                        matches!(
                            self.class(from),
                            Class::Int {
                                bytes: 1..=4,
                                signed: false
                            }
                        ) && matches!(
                            {
                                let t = self.expr_ty(e);
                                self.class(t)
                            },
                            Class::Int { bytes: 8, .. }
                        )
                    }
                    _ => false,
                }
            }
            _ => false,
        }
    }

    /// dst := a << n or a >> n
    pub fn shift_imm(&mut self, op: BinaryOp, ty: Ty, dst: Slot, a: Slot, n: u64) {
        let Class::Int { bytes, signed } = self.class(ty) else {
            return;
        };
        match op {
            BinaryOp::Shl if n >= 64 => self.ins(ins::LoadImm(dst, 0)),
            BinaryOp::Shl if bytes == 4 && !signed && n < 32 => {
                self.ins(ins::ShlU32Imm(dst, a, n as u16));
            }
            BinaryOp::Shl => {
                self.ins(ins::ShlImm(dst, a, n as u16));
                self.wrap(dst, ty);
            }
            _ if signed => self.ins(ins::ShrI64Imm(dst, a, n.min(63) as u16)),
            _ if n >= 64 => self.ins(ins::LoadImm(dst, 0)),
            _ => self.ins(ins::ShrU64Imm(dst, a, n as u16)),
        }
    }

    /// dst := a + b + … for strings
    fn concat_to(&mut self, e: &'a Expr, dst: Slot) {
        let mut parts = Vec::new();
        let mut left = e;
        loop {
            left = left.unparen();
            match &left.kind {
                ExprKind::Binary(x) if x.op == BinaryOp::Add && self.const_of(left).is_none() => {
                    parts.push(&x.y);
                    left = &x.x;
                }
                _ => {
                    parts.push(left);
                    break;
                }
            }
        }
        parts.reverse();
        // Operands in parentheses on the right are chains of their own.
        if let [x, y] = parts[..] {
            let (a, b) = self.operands(x, y);
            self.at(e.pos());
            self.ins(ins::Concat(dst, a, b));
            return;
        }
        for chunk in 0.. {
            // One instruction joins so many at most; a longer chain goes on with the result.
            const MAX: usize = 1000;
            let done = chunk * MAX;
            if done >= parts.len() {
                break;
            }
            let part = &parts[done..(done + MAX).min(parts.len())];
            let extra = (chunk > 0) as usize;
            let n = part.len() + extra;
            let mark = self.f.slots.next;
            let args = self.f.slots.alloc(2 * n as u32);
            // The result so far lies where the last round put it: at the first of these temporaries.
            for (i, p) in part.iter().enumerate() {
                self.expr_to(p, args + 2 * (i + extra) as Slot);
            }
            self.at(e.pos());
            let last = done + MAX >= parts.len();
            self.ins(ins::ConcatN(if last { dst } else { args }, args, n as u16));
            self.f.slots.next = mark;
        }
    }

    // ---- conditions

    /// dst := a boolean expression with operators in it.
    pub fn bool_to(&mut self, e: &'a Expr, dst: Slot) {
        let e = e.unparen();
        if let ExprKind::Binary(x) = &e.kind
            && let Some(cmp) = Cmp::of(x.op)
            && self.compare_to(e, x, cmp, dst)
        {
            return;
        }
        let end = self.f.code.label();
        if self.is_fresh(dst) {
            self.ins(ins::LoadImm(dst, 0));
            self.jump_if(e, false, end);
            self.ins(ins::LoadImm(dst, 1));
            self.f.code.bind(end);
        } else {
            let no = self.f.code.label();
            self.jump_if(e, false, no);
            self.ins(ins::LoadImm(dst, 1));
            self.f.code.jmp(end);
            self.f.code.bind(no);
            self.ins(ins::LoadImm(dst, 0));
            self.f.code.bind(end);
        }
    }

    /// dst := x cmp y, if there are instructions that give a bool.
    fn compare_to(&mut self, e: &'a Expr, x: &'a BinaryExpr, cmp: Cmp, dst: Slot) -> bool {
        let ty = self.compare_ty(x);
        if self.is_nil(&x.x) || self.is_nil(&x.y) {
            return false;
        }
        let class = self.class(ty);
        let simple = matches!(
            class,
            Class::Int { .. } | Class::Ptr | Class::F64 | Class::F32 | Class::Str
        );
        if simple {
            // A comparison with a small constant is shorter as a jump.
            if self.small_const(&x.x).is_some() || self.small_const(&x.y).is_some() {
                return false;
            }
            let (a, b) = self.operands(&x.x, &x.y);
            let (a, b, cmp) = match cmp {
                Cmp::Gt | Cmp::Ge => (b, a, cmp.swapped()),
                _ => (a, b, cmp),
            };
            let i = match (class, cmp) {
                (Class::F64, Cmp::Eq) => ins::EqF64(dst, a, b),
                (Class::F64, Cmp::Ne) => ins::NeF64(dst, a, b),
                (Class::F64, Cmp::Lt) => ins::LtF64(dst, a, b),
                (Class::F64, _) => ins::LeF64(dst, a, b),
                (Class::F32, Cmp::Eq) => ins::EqF32(dst, a, b),
                (Class::F32, Cmp::Ne) => ins::NeF32(dst, a, b),
                (Class::F32, Cmp::Lt) => ins::LtF32(dst, a, b),
                (Class::F32, _) => ins::LeF32(dst, a, b),
                (Class::Str, Cmp::Eq | Cmp::Ne) => ins::StrEq(dst, a, b),
                (Class::Str, Cmp::Lt) => ins::StrLt(dst, a, b),
                (Class::Str, _) => ins::StrLe(dst, a, b),
                (_, Cmp::Eq) => ins::EqI64(dst, a, b),
                (_, Cmp::Ne) => ins::NeI64(dst, a, b),
                (
                    Class::Int {
                        bytes: 8,
                        signed: false,
                    },
                    Cmp::Lt,
                ) => ins::LtU64(dst, a, b),
                (
                    Class::Int {
                        bytes: 8,
                        signed: false,
                    },
                    _,
                ) => ins::LeU64(dst, a, b),
                (_, Cmp::Lt) => ins::LtI64(dst, a, b),
                (_, _) => ins::LeI64(dst, a, b),
            };
            self.ins(i);
            if class == Class::Str && cmp == Cmp::Ne {
                self.ins(ins::NotBool(dst, dst));
            }
            return true;
        }
        self.at(e.pos());
        self.equal_to(x, ty, dst);
        if cmp == Cmp::Ne {
            self.ins(ins::NotBool(dst, dst));
        }
        true
    }

    /// The type in which two operands are compared: the interface's if one is an interface and the other is none.
    fn compare_ty(&mut self, x: &BinaryExpr) -> Ty {
        let a = self.expr_ty(&x.x);
        let b = self.expr_ty(&x.y);
        if self.is_nil(&x.x) {
            return b;
        }
        if !self.is_iface(a) && self.is_iface(b) && !self.is_nil(&x.y) {
            b
        } else {
            a
        }
    }

    /// dst := x == y for values that take more than a comparison of words.
    fn equal_to(&mut self, x: &'a BinaryExpr, ty: Ty, dst: Slot) {
        match self.class(ty) {
            Class::Iface => {
                let (a, b) = if self.has_call(&x.y) && !self.has_call(&x.x) {
                    let b = self.value(&x.y, ty);
                    (self.value(&x.x, ty), b)
                } else {
                    let a = self.value(&x.x, ty);
                    (a, self.value(&x.y, ty))
                };
                self.ins(ins::IfaceEq(dst, a, b));
            }
            Class::C128 => {
                let (a, b) = self.operands(&x.x, &x.y);
                self.ins(ins::EqC128(dst, a, b));
            }
            Class::C64 => {
                let (a, b) = self.operands(&x.x, &x.y);
                self.ins(ins::EqC64(dst, a, b));
            }
            Class::Zero => {
                self.discard(&x.x);
                self.discard(&x.y);
                self.ins(ins::LoadImm(dst, 1));
            }
            Class::Far => {
                let t = self.type_idx(ty);
                let (a, b) = if self.has_call(&x.y) && !self.has_call(&x.x) {
                    let b = self.far_operand(&x.y, ty);
                    (self.far_operand(&x.x, ty), b)
                } else {
                    let a = self.far_operand(&x.x, ty);
                    (a, self.far_operand(&x.y, ty))
                };
                self.ins(ins::EqMem(dst, a, b, t, 0));
            }
            _ => {
                let t = self.type_idx(ty);
                if self.slots_of(ty) > 3
                    && self.is_located(x.x.unparen())
                    && self.is_located(x.y.unparen())
                {
                    let (pa, pb) = if self.has_call(&x.y) && !self.has_call(&x.x) {
                        let pb = self.place(&x.y);
                        (self.place(&x.x), pb)
                    } else {
                        let pa = self.place(&x.x);
                        (pa, self.place(&x.y))
                    };
                    if self.is_memory(pa) && self.is_memory(pb) {
                        let a = self.addr(pa, ty);
                        let b = self.addr(pb, ty);
                        self.ins(ins::EqMem(dst, a, b, t, 0));
                        return;
                    }
                    let mark = self.f.slots.next;
                    let a = self.load_from(pa, ty, mark);
                    let mark = self.f.slots.next;
                    let b = self.load_from(pb, ty, mark);
                    self.ins(ins::EqVal(dst, a, b, t, 0));
                    return;
                }
                let (a, b) = self.operands(&x.x, &x.y);
                self.ins(ins::EqVal(dst, a, b, t, 0));
            }
        }
    }

    /// Where an operand of a comparison lies; a variable is not copied.
    fn far_operand(&mut self, e: &'a Expr, ty: Ty) -> Slot {
        match self.huge_value(e, ty, false) {
            Some(p) => p,
            None => self.value(e, ty),
        }
    }

    /// Goes to `to` if `e` is `sense`, else on.
    pub fn jump_if(&mut self, e: &'a Expr, sense: bool, to: Label) {
        self.cond_jump(e, sense, to, false);
    }

    /// The same for a back-edge, with a safepoint when it is taken.
    pub fn loop_if(&mut self, e: &'a Expr, to: Label) {
        self.cond_jump(e, true, to, true);
    }

    fn cond_jump(&mut self, e: &'a Expr, sense: bool, to: Label, back: bool) {
        let e = e.unparen();
        if let Some(val) = self.const_of(e) {
            if val.as_bool() == sense {
                self.jump(to, back);
            }
            return;
        }
        let mark = self.f.slots.next;
        if let Some(slot) = self.kept(e) {
            return self.bool_jump(slot, sense, to, back);
        }
        match &e.kind {
            ExprKind::Unary(x) if x.op == UnaryOp::Not => {
                return self.cond_jump(&x.x, !sense, to, back);
            }
            ExprKind::Binary(x) if x.op == BinaryOp::AndAnd || x.op == BinaryOp::OrOr => {
                // a && b is false as soon as a is; a || b is true as soon as a is.
                let early = x.op == BinaryOp::OrOr;
                if sense == early {
                    self.cond_jump(&x.x, sense, to, back);
                    self.cond_jump(&x.y, sense, to, back);
                } else {
                    let past = self.f.code.label();
                    self.cond_jump(&x.x, early, past, false);
                    self.cond_jump(&x.y, sense, to, back);
                    self.f.code.bind(past);
                }
                return;
            }
            _ => {}
        }
        // What a condition calls is put in order here, where it is certain that it is evaluated.
        let kept = self.n_kept();
        self.order(&[(e, None)]);
        if let ExprKind::Binary(x) = &e.kind
            && let Some(cmp) = Cmp::of(x.op)
        {
            self.compare_jump(e, x, cmp, sense, to, back);
        } else {
            let a = self.expr(e);
            self.bool_jump(a, sense, to, back);
        }
        self.forget(kept);
        self.f.slots.next = mark;
    }

    fn jump(&mut self, to: Label, back: bool) {
        self.f
            .code
            .push_jump(if back { ins::Loop(0) } else { ins::Jmp(0) }, to);
    }

    fn bool_jump(&mut self, a: Slot, sense: bool, to: Label, back: bool) {
        let i = match (sense, back) {
            (true, false) => ins::JTrue(a, 0),
            (false, false) => ins::JFalse(a, 0),
            (true, true) => ins::LoopTrue(a, 0),
            (false, true) => ins::LoopFalse(a, 0),
        };
        self.f.code.push_jump(i, to);
    }

    fn compare_jump(
        &mut self,
        e: &'a Expr,
        x: &'a BinaryExpr,
        cmp: Cmp,
        sense: bool,
        to: Label,
        back: bool,
    ) {
        let ty = self.compare_ty(x);
        let class = self.class(ty);
        // nil: the first word tells.
        if self.is_nil(&x.x) || self.is_nil(&x.y) {
            let other = if self.is_nil(&x.x) { &x.y } else { &x.x };
            let is_nil = (cmp == Cmp::Eq) == sense;
            if self.is_nil(other) {
                if is_nil {
                    self.jump(to, back);
                }
                return;
            }
            let mark = self.f.slots.next;
            let other = other.unparen();
            let word = if self.is_located(other) {
                let place = self.place(other);
                self.at(other.pos());
                self.load_words(place, ty, 1, mark)
            } else {
                self.expr(other)
            };
            let cmp = if is_nil { Cmp::Eq } else { Cmp::Ne };
            return self.imm_jump(cmp, word, 0, to, back);
        }
        match class {
            Class::Int { .. } | Class::Ptr => {
                let cmp = if sense { cmp } else { cmp.negated() };
                let unsigned = class
                    == Class::Int {
                        bytes: 8,
                        signed: false,
                    };
                let only_eq = matches!(cmp, Cmp::Eq | Cmp::Ne);
                if !unsigned || only_eq {
                    if let Some(c) = self.small_const(&x.y) {
                        let a = self.expr(&x.x);
                        return self.imm_jump(cmp, a, c, to, back);
                    }
                    if let Some(c) = self.small_const(&x.x) {
                        let b = self.expr(&x.y);
                        return self.imm_jump(cmp.swapped(), b, c, to, back);
                    }
                }
                let (a, b) = self.operands(&x.x, &x.y);
                self.int_jump(cmp, unsigned, a, b, to, back);
            }
            Class::F64 => {
                let (a, b) = self.operands(&x.x, &x.y);
                let (a, b, cmp) = match cmp {
                    Cmp::Gt | Cmp::Ge => (b, a, cmp.swapped()),
                    _ => (a, b, cmp),
                };
                if back && sense && cmp == Cmp::Lt {
                    self.f.code.push_jump(ins::LoopLtF64(a, b, 0), to);
                    return;
                }
                let yes = match cmp {
                    Cmp::Eq => ins::JEqF64(a, b, 0),
                    Cmp::Ne => ins::JNeF64(a, b, 0),
                    Cmp::Lt => ins::JLtF64(a, b, 0),
                    _ => ins::JLeF64(a, b, 0),
                };
                let no = match cmp {
                    Cmp::Eq => ins::JNeF64(a, b, 0),
                    Cmp::Ne => ins::JEqF64(a, b, 0),
                    Cmp::Lt => ins::JNotLtF64(a, b, 0),
                    _ => ins::JNotLeF64(a, b, 0),
                };
                let (yes, no) = if sense { (yes, no) } else { (no, yes) };
                self.either_jump(yes, no, to, back);
            }
            Class::Str if matches!(cmp, Cmp::Eq | Cmp::Ne) => {
                let is_eq = (cmp == Cmp::Eq) == sense;
                for (s, other) in [(&x.x, &x.y), (&x.y, &x.x)] {
                    if self.const_of(s).is_some_and(|v| v.as_bytes().is_empty()) {
                        let len = self.word_of(other, 8);
                        let cmp = if is_eq { Cmp::Eq } else { Cmp::Ne };
                        return self.imm_jump(cmp, len, 0, to, back);
                    }
                }
                let (a, b) = self.operands(&x.x, &x.y);
                let (eq, ne) = (ins::JStrEq(a, b, 0), ins::JStrNe(a, b, 0));
                let (yes, no) = if is_eq { (eq, ne) } else { (ne, eq) };
                self.either_jump(yes, no, to, back);
            }
            _ => {
                let t = self.f.slots.alloc(1);
                if matches!(class, Class::F32 | Class::Str) {
                    self.compare_to(e, x, cmp, t);
                    self.bool_jump(t, sense, to, back);
                } else {
                    self.at(e.pos());
                    self.equal_to(x, ty, t);
                    self.bool_jump(t, (cmp == Cmp::Eq) == sense, to, back);
                }
            }
        }
    }

    /// A conditional jump that has no form with a safepoint: goes over one that has.
    fn either_jump(&mut self, yes: Ins, no: Ins, to: Label, back: bool) {
        if back {
            let past = self.f.code.label();
            self.f.code.push_jump(no, past);
            self.f.code.push_jump(ins::Loop(0), to);
            self.f.code.bind(past);
        } else {
            self.f.code.push_jump(yes, to);
        }
    }

    /// Goes to `to` if a cmp c.
    pub fn imm_jump(&mut self, cmp: Cmp, a: Slot, c: i16, to: Label, back: bool) {
        if back && cmp == Cmp::Eq {
            return self.either_jump(ins::JEqImm(a, c, 0), ins::JNeImm(a, c, 0), to, true);
        }
        let i = match (cmp, back) {
            (Cmp::Eq, _) => ins::JEqImm(a, c, 0),
            (Cmp::Ne, false) => ins::JNeImm(a, c, 0),
            (Cmp::Lt, false) => ins::JLtImm(a, c, 0),
            (Cmp::Le, false) => ins::JLeImm(a, c, 0),
            (Cmp::Gt, false) => ins::JGtImm(a, c, 0),
            (Cmp::Ge, false) => ins::JGeImm(a, c, 0),
            (Cmp::Ne, true) => ins::LoopNeImm(a, c, 0),
            (Cmp::Lt, true) => ins::LoopLtImm(a, c, 0),
            (Cmp::Le, true) => ins::LoopLeImm(a, c, 0),
            (Cmp::Gt, true) => ins::LoopGtImm(a, c, 0),
            (Cmp::Ge, true) => ins::LoopGeImm(a, c, 0),
        };
        self.f.code.push_jump(i, to);
    }

    /// Goes to `to` if a cmp b.
    pub fn int_jump(&mut self, cmp: Cmp, unsigned: bool, a: Slot, b: Slot, to: Label, back: bool) {
        let (a, b, cmp) = match cmp {
            Cmp::Gt | Cmp::Ge => (b, a, cmp.swapped()),
            _ => (a, b, cmp),
        };
        let i = match (cmp, unsigned, back) {
            (Cmp::Eq, _, false) => ins::JEqI64(a, b, 0),
            (Cmp::Ne, _, false) => ins::JNeI64(a, b, 0),
            (Cmp::Lt, false, false) => ins::JLtI64(a, b, 0),
            (Cmp::Lt, true, false) => ins::JLtU64(a, b, 0),
            (_, false, false) => ins::JLeI64(a, b, 0),
            (_, true, false) => ins::JLeU64(a, b, 0),
            (Cmp::Eq, _, true) => ins::LoopEqI64(a, b, 0),
            (Cmp::Ne, _, true) => ins::LoopNeI64(a, b, 0),
            (Cmp::Lt, false, true) => ins::LoopLtI64(a, b, 0),
            (Cmp::Lt, true, true) => ins::LoopLtU64(a, b, 0),
            (_, false, true) => ins::LoopLeI64(a, b, 0),
            (_, true, true) => {
                let (yes, no) = (ins::JLeU64(a, b, 0), ins::JLtU64(b, a, 0));
                return self.either_jump(yes, no, to, true);
            }
        };
        self.f.code.push_jump(i, to);
    }

    /// Whether two operands' comparison is of unsigned 64-bit words.
    pub fn is_unsigned_word(&mut self, ty: Ty) -> bool {
        self.class(ty)
            == Class::Int {
                bytes: 8,
                signed: false,
            }
    }
}

//! The order in which the parts of a statement are evaluated, where the specification leaves it open: gc's.
//!
//! gc first makes the calls of a statement, from left to right, and keeps their results (cmd/compile/internal/walk,
//! order.go). What remains (variables, fields, elements) it reads afterwards, so that a variable shows what a call
//! stored in it, even when it stands before the call. Some things besides calls are evaluated in that first pass:
//! `len`, slice expressions, type assertions, map literals.
//!
//! Code that is emitted in one pass mostly has that order by itself: call arguments with calls in them go first, and a
//! variable in slots never changes under a call. [`Emitter::order`] is told the expressions that are evaluated
//! together; if emission would read something before a call that gc makes first, it evaluates the calls now, into
//! temporaries. Emission of an expression that was evaluated so gives its temporary: see [`Emitter::kept`].
//!
//! Invariant: what `order` keeps is forgotten ([`Emitter::forget`]) before its temporaries are released.

use minigo_bytecode::operand::Slot;
use minigo_syntax::ast::*;
use minigo_syntax::token::{BinaryOp, UnaryOp};

use super::Emitter;
use crate::check::{BuiltinId, Mode, SelectionKind};
use crate::layout::{Class, Ty, TyKind};

/// An expression and, if it is assigned to something, the type of that.
pub type Item<'a> = (&'a Expr, Option<Ty>);

/// With more slots in use than this, the order is left as it comes: the frame must not become too large for it.
const MAX_SLOTS: u32 = 20_000;

/// What the emission of an expression does, in its order.
#[derive(Clone, Copy, Default)]
struct Shape {
    /// It calls something.
    call: bool,
    /// It reads what a call could change.
    read: bool,
    /// It reads such a thing, or may panic, where gc does, among the calls.
    early: bool,
    /// Something is read before a call that gc makes first.
    bad: bool,
}

impl Shape {
    const READ: Shape = Shape {
        call: false,
        read: true,
        early: false,
        bad: false,
    };
    const CALL: Shape = Shape {
        call: true,
        read: false,
        early: false,
        bad: false,
    };

    /// This first, then the other.
    fn then(self, next: Shape) -> Shape {
        Shape {
            call: self.call | next.call,
            read: self.read | next.read,
            early: self.early | next.early,
            bad: self.bad | next.bad | (self.read && next.call),
        }
    }

    /// The other first, though it stands behind this one in the source.
    fn behind(self, next: Shape) -> Shape {
        let mut s = next.then(self);
        s.bad |= self.early && next.call;
        s
    }

    /// Evaluated in the first pass as a whole.
    fn kept(self) -> Shape {
        Shape {
            read: false,
            early: self.early | self.read,
            ..self
        }
    }

    /// Evaluated in the first pass, it may panic before the calls behind it are made.
    fn and_may_panic(self, may: bool) -> Shape {
        Shape {
            early: self.early | may,
            ..self
        }
    }

    /// Reads memory when everything else is done.
    fn and_read(self) -> Shape {
        Shape { read: true, ..self }
    }
}

impl<'a> Emitter<'_, 'a> {
    /// The temporary that has an expression's value already.
    pub fn kept(&self, e: &Expr) -> Option<Slot> {
        if self.f.kept.is_empty() {
            return None;
        }
        self.f.kept.get(&e.unparen().id).copied()
    }

    /// How much is kept, for [`Emitter::forget`].
    pub fn n_kept(&self) -> usize {
        self.f.kept_stack.len()
    }

    /// Forgets what was kept since there were `n`.
    pub fn forget(&mut self, n: usize) {
        while self.f.kept_stack.len() > n
            && let Some(id) = self.f.kept_stack.pop()
        {
            self.f.kept.remove(&id);
        }
    }

    /// Before expressions are evaluated together, from left to right: makes their calls now if gc does. Whoever calls
    /// this ends with [`Emitter::forget`].
    pub fn order(&mut self, list: &[Item<'a>]) {
        if !list.iter().any(|(e, _)| self.has_call(e)) {
            return;
        }
        let shape = self.shapes(list);
        if shape.bad {
            self.keep_calls(list);
        }
    }

    /// dst := an expression that is evaluated by itself, as a value of type `to` if that is known.
    pub fn ordered_to(&mut self, e: &'a Expr, to: Option<Ty>, dst: Slot) {
        let (mark, kept) = (self.f.slots.next, self.n_kept());
        self.order(&[(e, to)]);
        match to {
            Some(ty) => self.value_to(e, ty, dst),
            None => self.expr_to(e, dst),
        }
        self.forget(kept);
        self.f.slots.next = mark;
    }

    /// The same for the operands of a call: those that have calls in them are evaluated first.
    pub fn order_args(&mut self, list: &[Item<'a>]) {
        if !list.iter().any(|(e, _)| self.has_call(e)) {
            return;
        }
        let shapes: Vec<Shape> = list.iter().map(|&(e, to)| self.shape_as(e, to)).collect();
        let mut calls = Shape::default();
        let mut early = false;
        for s in shapes {
            if s.call {
                calls = calls.then(s);
                calls.bad |= early;
            } else {
                early |= s.early;
            }
        }
        if calls.bad {
            self.keep_calls(list);
        }
    }

    /// The same for an assignment `l = r`.
    pub fn order_assign(&mut self, l: &'a Expr, r: &'a Expr) {
        let ty = self.lhs_ty(l);
        if self.is_slot_path(l) {
            return self.order(&[(r, Some(ty))]);
        }
        if !self.has_call(l) && !self.has_call(r) {
            return;
        }
        let (left, right) = (self.place_shape(l), self.shape_as(r, Some(ty)));
        let shape = if self.has_call(l) {
            left.then(right)
        } else {
            left.behind(right)
        };
        if shape.bad {
            self.keep_operands(l);
            self.keep_calls(&[(r, Some(ty))]);
        }
    }

    /// The same for an entry of a map.
    pub fn order_entry(&mut self, k: &'a Expr, key: Ty, v: &'a Expr, elem: Ty) {
        if !self.has_call(k) && !self.has_call(v) {
            return;
        }
        let s = self.key_shape(k, key);
        if s.then(self.shape_as(v, Some(elem))).bad {
            self.keep_key(k, key);
            self.keep_calls(&[(v, Some(elem))]);
        }
    }

    /// The same for `m[k]` that says whether it is there.
    pub fn order_index(&mut self, x: &'a IndexExpr) {
        if !self.has_call(&x.x) && !self.has_call(&x.indices[0]) {
            return;
        }
        let t = self.expr_ty(&x.x);
        let TyKind::Map(key, _) = self.under_kind(t) else {
            return;
        };
        let s = self.shape(&x.x);
        if s.then(self.key_shape(&x.indices[0], key)).bad {
            self.keep_index(x);
        }
    }

    /// The same for `ch <- v`.
    pub fn order_send(&mut self, ch: &'a Expr, v: &'a Expr, elem: Ty) {
        if !self.has_call(ch) && !self.has_call(v) {
            return;
        }
        let (left, right) = (self.shape(ch), self.shape_as(v, Some(elem)));
        let shape = if right.call && !left.call {
            left.behind(right)
        } else {
            left.then(right)
        };
        if shape.bad {
            self.keep_calls(&[(ch, None), (v, Some(elem))]);
        }
    }

    /// The same for `l op= y`.
    pub fn order_op(&mut self, l: &'a Expr, y: &'a Expr) {
        if self.is_slot_path(l) {
            return self.order(&[(y, None)]);
        }
        if !self.has_call(l) && !self.has_call(y) {
            return;
        }
        let (left, right) = (self.place_shape(l), self.shape(y));
        // Both sides have calls in them: what is on the left would be read before those on the right.
        let both = self.has_call(l) && self.has_call(y);
        if both || left.behind(right).bad {
            self.keep_operands(l);
            self.keep_calls(&[(y, None)]);
        }
    }

    /// The same for several places, and values if they are not a call's.
    pub fn order_many(&mut self, left: &[&'a Expr], right: &[Item<'a>]) {
        let calls =
            left.iter().any(|l| self.has_call(l)) || right.iter().any(|(r, _)| self.has_call(r));
        if !calls {
            return;
        }
        let mut shape = Shape::default();
        for l in left {
            let s = self.place_shape(l);
            shape = shape.then(s);
        }
        let s = self.shapes(right);
        if shape.then(s).bad {
            for l in left {
                self.keep_operands(l);
            }
            self.keep_calls(right);
        }
    }

    /// What is evaluated before the call of `l, … = f()`.
    pub fn keep_left(&mut self, left: &[&'a Expr]) {
        for l in left {
            self.keep_operands(l);
        }
    }

    fn keep_calls(&mut self, list: &[Item<'a>]) {
        for &(e, to) in list {
            self.keep_in(e, to);
        }
    }

    // ---- what emission would do

    fn shapes(&mut self, list: &[Item<'a>]) -> Shape {
        let mut shape = Shape::default();
        for &(e, to) in list {
            let s = self.shape_as(e, to);
            shape = shape.then(s);
        }
        shape
    }

    /// An expression that is converted to an interface if `to` is one.
    fn shape_as(&mut self, e: &'a Expr, to: Option<Ty>) -> Shape {
        let shape = self.shape(e);
        match to {
            Some(to) if shape.read && self.is_copied_for(e, to) => shape.kept(),
            _ => shape,
        }
    }

    /// Whether gc copies a value in the first pass to take its address for a conversion to an interface.
    fn is_copied_for(&mut self, e: &'a Expr, to: Ty) -> bool {
        let e = e.unparen();
        if !self.is_iface(to) || self.is_nil(e) {
            return false;
        }
        let from = self.expr_ty(e);
        if self.is_iface(from) || self.is_located(e) {
            return false;
        }
        let l = self.layout(from);
        let by_value = !l.pointers && matches!(l.size, 2 | 4 | 8) && l.align as u64 == l.size;
        !by_value && !matches!(l.class, Class::Str | Class::Slice)
    }

    fn shape(&mut self, e: &'a Expr) -> Shape {
        let e = e.unparen();
        if self.kept(e).is_some() || self.is_nil(e) {
            return Shape::default();
        }
        if let Some(tv) = self.ck.info.get(e.id)
            && (tv.val.is_some() || tv.mode == Mode::TypExpr)
        {
            return Shape::default();
        }
        match &e.kind {
            ExprKind::Ident(_) => {
                if self.is_late(e) {
                    Shape::READ
                } else {
                    Shape::default()
                }
            }
            ExprKind::Star(x) => self.shape(x).and_read(),
            ExprKind::Selector(s) => self.selector_shape(e, s),
            ExprKind::Index(x) => {
                if self.is_instantiation(e) {
                    return Shape::default();
                }
                let t = self.expr_ty(&x.x);
                let shape = self.index_shape(x);
                match self.under_kind(t) {
                    TyKind::Array(..) => {
                        let base = self.shape(&x.x);
                        Shape {
                            read: shape.read | base.read,
                            ..shape
                        }
                    }
                    TyKind::Basic(_) => shape,
                    _ => shape.and_read(),
                }
            }
            ExprKind::Slice(x) => {
                let mut bounds = Shape::default();
                for b in x.lo.iter().chain(&x.hi).chain(&x.max) {
                    let mut s = self.shape(b);
                    if !matches!(b.unparen().kind, ExprKind::Ident(_)) {
                        s = s.kept();
                    }
                    bounds = bounds.then(s);
                }
                let t = self.expr_ty(&x.x);
                let base = match self.under_kind(t) {
                    TyKind::Array(..) => self.place_shape(&x.x),
                    _ => self.shape(&x.x),
                };
                let all = if bounds.call && !base.call {
                    base.behind(bounds)
                } else {
                    base.then(bounds)
                };
                let bounded = x.lo.is_some() || x.hi.is_some() || x.max.is_some();
                all.kept().and_may_panic(bounded)
            }
            ExprKind::TypeAssert(x) => {
                let shape = self.shape(&x.x);
                let ty = self.value_ty(e);
                if self.is_direct(ty) {
                    shape
                } else {
                    shape.kept().and_may_panic(true)
                }
            }
            ExprKind::Unary(x) => match x.op {
                UnaryOp::Recv => self.shape(&x.x).then(Shape::CALL).kept(),
                UnaryOp::Addr => self.place_shape(&x.x),
                _ => self.shape(&x.x),
            },
            ExprKind::Binary(x) => match x.op {
                BinaryOp::AndAnd | BinaryOp::OrOr => {
                    if self.has_call(e) {
                        // Its operands are put in order when they are evaluated.
                        return Shape::CALL;
                    }
                    self.shape(&x.x).then(self.shape(&x.y)).kept()
                }
                op => {
                    let (a, b) = if self.is_string_sum(e) {
                        (self.chain_shape(&x.x), self.shape(&x.y))
                    } else {
                        (self.shape(&x.x), self.shape(&x.y))
                    };
                    // These are evaluated as they come.
                    let is_shift = matches!(op, BinaryOp::Shl | BinaryOp::Shr);
                    let in_turn = is_shift || self.is_string_sum(x.x.unparen());
                    if b.call && !a.call && !in_turn {
                        a.behind(b)
                    } else {
                        a.then(b)
                    }
                }
            },
            ExprKind::CompositeLit(lit) => {
                let ty = self.expr_ty(e);
                if let TyKind::Map(..) = self.under_kind(ty) {
                    // Each of its entries is a statement by itself.
                    return if self.has_call(e) {
                        Shape::CALL
                    } else {
                        self.elems_shape(lit, ty).kept()
                    };
                }
                self.elems_shape(lit, ty)
            }
            ExprKind::Call(c) => self.call_shape(e, c),
            _ => Shape::default(),
        }
    }

    fn is_string_sum(&mut self, e: &Expr) -> bool {
        let is_sum = matches!(&e.kind, ExprKind::Binary(y) if y.op == BinaryOp::Add);
        is_sum && self.const_of(e).is_none() && {
            let ty = self.expr_ty(e);
            self.class(ty) == Class::Str
        }
    }

    /// The left part of a sum of three strings or more: one operand after the other.
    fn chain_shape(&mut self, e: &'a Expr) -> Shape {
        let e = e.unparen();
        match &e.kind {
            ExprKind::Binary(x) if self.kept(e).is_none() && self.is_string_sum(e) => {
                self.chain_shape(&x.x).then(self.shape(&x.y))
            }
            _ => self.shape(e),
        }
    }

    fn call_shape(&mut self, e: &'a Expr, c: &'a CallExpr) -> Shape {
        if let Some(to) = self.conversion_of(c) {
            let mut shape = self.shape_as(&c.args[0], Some(to));
            let from = self.expr_ty(&c.args[0]);
            // The elements are read when it is done.
            shape.read |= self.class(from) == Class::Slice && self.class(to) != Class::Slice;
            return if self.is_copied_conversion(e, c) {
                shape.kept()
            } else {
                shape
            };
        }
        if !self.has_call(e) || self.is_expr_builtin(c) {
            let mut shape = Shape::default();
            let append = self.builtin_of(c) == Some(BuiltinId::Append);
            for a in c.args.iter().skip(append as usize) {
                let s = self.shape(a);
                shape = shape.then(s);
            }
            if append {
                // The slice that is appended to is read behind calls in the other arguments.
                let first = self.shape(&c.args[0]);
                shape = if shape.call && !first.call {
                    first.behind(shape)
                } else {
                    first.then(shape)
                };
            }
            let reads = match self.builtin_of(c) {
                Some(BuiltinId::Append) => c.ellipsis.is_some(),
                Some(BuiltinId::Len | BuiltinId::Cap) => {
                    let t = self.expr_ty(&c.args[0]);
                    matches!(self.under_kind(t), TyKind::Map(..) | TyKind::Chan(..))
                }
                _ => false,
            };
            shape.read |= reads;
            return if self.is_kept_builtin(c) {
                let sized = c.args.iter().skip(1).any(|n| self.const_of(n).is_none());
                let makes = self.builtin_of(c) == Some(BuiltinId::Make);
                shape.kept().and_may_panic(makes && sized)
            } else {
                shape
            };
        }
        // Its operands are put in order when it is made.
        Shape::CALL
    }

    /// A builtin without effects of its own, whose arguments are evaluated with the expression around it.
    fn is_expr_builtin(&mut self, c: &CallExpr) -> bool {
        use BuiltinId::*;
        matches!(
            self.builtin_of(c),
            Some(
                Len | Cap
                    | Min
                    | Max
                    | Real
                    | Imag
                    | Complex
                    | New
                    | Make
                    | Append
                    | Add
                    | SliceData
                    | StringData
                    | String
                    | Slice
            )
        )
    }

    /// A builtin that gc evaluates in the first pass.
    fn is_kept_builtin(&mut self, c: &CallExpr) -> bool {
        use BuiltinId::*;
        !matches!(
            self.builtin_of(c),
            Some(Add | SliceData | StringData | String | Slice)
        )
    }

    /// A conversion that gc makes in the first pass: a string to bytes or runes.
    fn is_copied_conversion(&mut self, e: &Expr, c: &CallExpr) -> bool {
        let (to, from) = (self.expr_ty(e), self.expr_ty(&c.args[0]));
        self.class(from) == Class::Str && self.class(to) == Class::Slice
    }

    /// Whether a value is a pointer that an interface holds as it is.
    fn is_direct(&mut self, ty: Ty) -> bool {
        let l = self.layout(ty);
        l.size == 8 && l.pointers && l.class == Class::Ptr
    }

    fn selector_shape(&mut self, e: &'a Expr, s: &'a SelectorExpr) -> Shape {
        match self
            .ck
            .info
            .selection(e.id)
            .map(|sel| (sel.kind, sel.indirect))
        {
            None => {
                if self.is_located(e) {
                    Shape::READ
                } else {
                    Shape::default()
                }
            }
            Some((SelectionKind::MethodExpr, _)) => Shape::default(),
            Some((_, indirect)) => {
                let shape = self.shape(&s.x);
                if indirect { shape.and_read() } else { shape }
            }
        }
    }

    /// The operands of an index expression.
    fn index_shape(&mut self, x: &'a IndexExpr) -> Shape {
        let t = self.expr_ty(&x.x);
        let kind = self.under_kind(t);
        let index = match kind {
            TyKind::Map(key, _) => self.key_shape(&x.indices[0], key),
            _ => self.shape(&x.indices[0]),
        };
        match kind {
            TyKind::Array(..) => self.place_shape(&x.x).then(index),
            TyKind::Slice(_) | TyKind::Map(..) => {
                let base = self.shape(&x.x);
                if index.call && !base.call {
                    base.behind(index)
                } else {
                    base.then(index)
                }
            }
            _ => self.shape(&x.x).then(index),
        }
    }

    fn key_shape(&mut self, e: &'a Expr, key: Ty) -> Shape {
        let shape = self.shape(e);
        if shape.read && self.is_copied_key(e, key) {
            shape.kept()
        } else {
            shape
        }
    }

    /// Whether gc copies a map's key in the first pass: it needs its address, and it has none.
    fn is_copied_key(&mut self, e: &'a Expr, key: Ty) -> bool {
        let e = e.unparen();
        if self.is_nil(e) {
            return false;
        }
        let from = self.expr_ty(e);
        if self.is_iface(key) && !self.is_iface(from) {
            return true;
        }
        match self.class(key) {
            Class::Int { bytes, .. } if bytes >= 4 => false,
            Class::Str | Class::Ptr => false,
            _ => !self.is_located(e),
        }
    }

    /// The calls in a map's key.
    fn keep_key(&mut self, e: &'a Expr, key: Ty) {
        self.keep_in(e, Some(key));
        if self.is_copied_key(e, key) {
            self.keep(e);
        }
    }

    /// What has to be read to know where something is.
    fn place_shape(&mut self, l: &'a Expr) -> Shape {
        let l = l.unparen();
        match &l.kind {
            ExprKind::Ident(_) => Shape::default(),
            ExprKind::Star(x) => self.shape(x),
            ExprKind::Selector(s) => match self.ck.info.selection(l.id) {
                None => Shape::default(),
                Some(sel) if sel.indirect => {
                    let t = self.expr_ty(&s.x);
                    let shape = self.shape(&s.x);
                    // The first pointer is the operand itself, or lies in it.
                    if self.pointee(t).is_some() {
                        shape
                    } else {
                        shape.and_read()
                    }
                }
                Some(_) => self.place_shape(&s.x),
            },
            ExprKind::Index(x) if !self.is_instantiation(l) => self.index_shape(x),
            _ => self.shape(l),
        }
    }

    /// The elements of a literal with the types that they become, where that can matter.
    fn elems_of(&mut self, lit: &'a CompositeLit, ty: Ty) -> Vec<Item<'a>> {
        let mut elem = None;
        let mut fields = None;
        match self.under_kind(ty) {
            TyKind::Slice(t) | TyKind::Array(t, _) => elem = Some(t),
            TyKind::Struct(_) => fields = Some(self.fields(ty)),
            // &T{…} with the & and the type left out.
            TyKind::Pointer(to) => return self.elems_of(lit, to),
            _ => {}
        }
        let mut items = Vec::with_capacity(lit.elems.len());
        for (i, e) in lit.elems.iter().enumerate() {
            let (value, name) = match &e.kind {
                ExprKind::KeyValue(kv) => (&kv.value, kv.key.as_ident().map(|n| n.name)),
                _ => (e, None),
            };
            let field = fields.as_ref().and_then(|f| match name {
                Some(n) => f.iter().find(|f| f.name == n),
                None => f.get(i),
            });
            items.push((value, field.map(|f| f.ty).or(elem)));
        }
        items
    }

    fn elems_shape(&mut self, lit: &'a CompositeLit, ty: Ty) -> Shape {
        // Elements that have calls in them go first.
        let mut calls = Shape::default();
        let mut rest = Shape::default();
        for (value, to) in self.elems_of(lit, ty) {
            let s = self.shape_as(value, to);
            if s.call {
                calls = calls.then(s);
                calls.bad |= rest.early;
            } else {
                rest = rest.then(s);
            }
        }
        calls.then(rest)
    }

    // ---- the first pass

    /// Evaluates the calls in an expression, and what else gc evaluates with them.
    fn keep_in(&mut self, e: &'a Expr, to: Option<Ty>) {
        let e = e.unparen();
        if self.kept(e).is_some() || self.is_nil(e) {
            return;
        }
        if let Some(tv) = self.ck.info.get(e.id)
            && (tv.val.is_some() || tv.mode == Mode::TypExpr)
        {
            return;
        }
        let copied = to.is_some_and(|to| self.is_copied_for(e, to));
        let mut keep = false;
        match &e.kind {
            ExprKind::Star(x) => self.keep_in(x, None),
            ExprKind::Selector(s)
                if self
                    .ck
                    .info
                    .selection(e.id)
                    .is_some_and(|s| s.kind != SelectionKind::MethodExpr) =>
            {
                self.keep_in(&s.x, None);
            }
            ExprKind::Index(x) if !self.is_instantiation(e) => self.keep_index(x),
            ExprKind::Slice(x) => {
                let t = self.expr_ty(&x.x);
                match self.under_kind(t) {
                    TyKind::Array(..) => self.keep_operands(&x.x),
                    _ => self.keep_in(&x.x, None),
                }
                for b in x.lo.iter().chain(&x.hi).chain(&x.max) {
                    self.keep_in(b, None);
                    if !matches!(b.unparen().kind, ExprKind::Ident(_)) {
                        self.keep(b);
                    }
                }
                keep = true;
            }
            ExprKind::TypeAssert(x) => {
                self.keep_in(&x.x, None);
                let ty = self.value_ty(e);
                keep = !self.is_direct(ty);
            }
            ExprKind::Unary(x) => {
                match x.op {
                    UnaryOp::Addr => self.keep_operands(&x.x),
                    _ => self.keep_in(&x.x, None),
                }
                keep = x.op == UnaryOp::Recv;
            }
            ExprKind::Binary(x) => match x.op {
                BinaryOp::AndAnd | BinaryOp::OrOr => keep = true,
                _ => {
                    self.keep_in(&x.x, None);
                    self.keep_in(&x.y, None);
                }
            },
            ExprKind::CompositeLit(lit) => {
                let ty = self.expr_ty(e);
                match self.under_kind(ty) {
                    TyKind::Map(..) => keep = true,
                    _ => self.keep_elems(lit, ty),
                }
            }
            ExprKind::Call(c) => {
                if let Some(to) = self.conversion_of(c) {
                    self.keep_in(&c.args[0], Some(to));
                    keep = self.is_copied_conversion(e, c);
                } else if self.is_expr_builtin(c) {
                    for a in &c.args {
                        self.keep_in(a, None);
                    }
                    keep = self.is_kept_builtin(c);
                } else {
                    keep = true;
                }
            }
            _ => {}
        }
        if keep || copied {
            self.keep(e);
        }
    }

    fn keep_elems(&mut self, lit: &'a CompositeLit, ty: Ty) {
        let items = self.elems_of(lit, ty);
        self.keep_calls(&items);
    }

    fn keep_index(&mut self, x: &'a IndexExpr) {
        let t = self.expr_ty(&x.x);
        let kind = self.under_kind(t);
        match kind {
            TyKind::Array(..) => self.keep_operands(&x.x),
            _ => self.keep_in(&x.x, None),
        }
        match kind {
            TyKind::Map(key, _) => self.keep_key(&x.indices[0], key),
            _ => self.keep_in(&x.indices[0], None),
        }
    }

    /// The calls in what says where something is.
    fn keep_operands(&mut self, l: &'a Expr) {
        let l = l.unparen();
        match &l.kind {
            ExprKind::Ident(_) => {}
            ExprKind::Star(x) => self.keep_in(x, None),
            ExprKind::Selector(s) => match self.ck.info.selection(l.id) {
                None => {}
                Some(sel) if sel.indirect => self.keep_in(&s.x, None),
                Some(_) => self.keep_operands(&s.x),
            },
            ExprKind::Index(x) if !self.is_instantiation(l) => self.keep_index(x),
            _ => self.keep_in(l, None),
        }
    }

    /// Evaluates an expression into a temporary, unless nothing can change it.
    fn keep(&mut self, e: &'a Expr) {
        let e = e.unparen();
        if self.kept(e).is_some() || self.const_of(e).is_some() || self.is_nil(e) {
            return;
        }
        let shape = self.shape(e);
        if !(shape.call || shape.read || shape.early) {
            return;
        }
        let ty = self.value_ty(e);
        let crowded = self.f.slots.next > MAX_SLOTS;
        let huge = self.is_huge(ty) && !self.is_far(ty);
        if crowded || huge || matches!(self.tys.kind(ty), TyKind::Tuple(_)) {
            return;
        }
        let slot = self.tmp(ty);
        self.expr_to(e, slot);
        self.f.kept.insert(e.id, slot);
        self.f.kept_stack.push(e.id);
    }
}

//! Variables come into being and are assigned.
//!
//! The right side of a single assignment is evaluated before the operands of the left side, unless those have calls in
//! them: that is what gc does, and it lets a value go straight where it belongs.

use minigo_bytecode::op::ins;
use minigo_bytecode::operand::{FRAME_HEADER, Slot};
use minigo_syntax::ast::*;
use minigo_syntax::token::{BinaryOp, UnaryOp};

use super::{Emitter, Place, Var};
use crate::check::{ObjId, VarKind};
use crate::escape::Storage;
use crate::layout::{Class, Ty, TyKind};

impl<'a> Emitter<'_, 'a> {
    // ---- declaring

    /// A new variable with a value, or zero.
    pub fn declare_var(&mut self, obj: ObjId, init: Option<&'a Expr>) {
        let ty = self.var_ty(obj);
        if self.ck.objs[obj].name.is_blank() {
            if let Some(e) = init {
                self.discard_as(e, ty);
            }
            return;
        }
        if self.storage(obj, ty) == Storage::Box {
            self.declare_boxed(obj, ty, init);
            return;
        }
        let n = self.slots_of(ty);
        let slot = match init {
            Some(e) => {
                let e = e.unparen();
                let from = self.expr_ty(e);
                let is_call = matches!(&e.kind, ExprKind::Call(c)
                    if self.conversion_of(c).is_none() && self.builtin_of(c).is_none());
                if is_call && (from == ty || !self.is_iface(ty) || self.is_iface(from)) {
                    // The variable lies where the call leaves its result.
                    let slot = self.f.slots.next + FRAME_HEADER as u32;
                    self.expr_to(e, slot as Slot);
                    self.f.slots.grow_to(slot + n);
                    slot as Slot
                } else {
                    let slot = self.f.slots.alloc(n);
                    self.value_to(e, ty, slot);
                    slot
                }
            }
            None => {
                let slot = self.f.slots.alloc(n);
                self.zero(slot, ty);
                slot
            }
        };
        self.f.vars.insert(obj, Var::Slots(slot));
    }

    fn declare_boxed(&mut self, obj: ObjId, ty: Ty, init: Option<&'a Expr>) {
        let t = self.type_idx(ty);
        let ptr = self.f.slots.alloc(1);
        let mark = self.f.slots.next;
        match init.map(Expr::unparen) {
            // The value's memory becomes the variable's.
            Some(e) if self.is_far(ty) => self.value_to(e, ty, ptr),
            Some(e) if matches!(e.kind, ExprKind::CompositeLit(_)) && self.is_agg(ty) => {
                if let ExprKind::CompositeLit(lit) = &e.kind {
                    self.new_lit_to(lit, ty, ptr);
                }
            }
            Some(e) if self.layout(ty).size > 64 && self.is_located(e) => {
                let from = self.place(e);
                self.ins(ins::New(ptr, t));
                let to = Place::Mem { base: ptr, off: 0 };
                if self.is_memory(from) {
                    self.copy_mem(to, from, ty);
                } else {
                    let v = self.load_from(from, ty, self.f.slots.next);
                    self.store(to, ty, v);
                }
            }
            Some(e) if self.is_huge(ty) && matches!(e.kind, ExprKind::Call(_)) => {
                match self.huge_value(e, ty, true) {
                    Some(p) => self.mov_slots(ptr, p, 1),
                    None => {
                        let v = self.value(e, ty);
                        self.ins(ins::New(ptr, t));
                        self.store(Place::Mem { base: ptr, off: 0 }, ty, v);
                    }
                }
            }
            Some(e) => {
                let v = self.value(e, ty);
                self.ins(ins::New(ptr, t));
                self.store(Place::Mem { base: ptr, off: 0 }, ty, v);
            }
            None => self.ins(ins::New(ptr, t)),
        }
        self.f.slots.next = mark;
        self.f.vars.insert(obj, Var::Box(ptr));
    }

    /// A new variable with the value in slots that may become its own.
    pub fn declare_with(&mut self, obj: ObjId, ty: Ty, slot: Slot) {
        if self.is_far(ty) {
            self.f.vars.insert(obj, Var::Box(slot));
        } else if self.storage(obj, ty) == Storage::Box {
            let t = self.type_idx(ty);
            let ptr = self.f.slots.alloc(1);
            self.ins(ins::New(ptr, t));
            self.store(Place::Mem { base: ptr, off: 0 }, ty, slot);
            self.f.vars.insert(obj, Var::Box(ptr));
        } else {
            self.f.vars.insert(obj, Var::Slots(slot));
        }
    }

    fn discard_as(&mut self, e: &'a Expr, _ty: Ty) {
        self.discard(e);
    }

    /// `var a, b T = …`
    pub fn var_spec(&mut self, spec: &'a VarSpec) {
        let objs: Vec<Option<ObjId>> = spec
            .names
            .iter()
            .map(|n| self.ck.info.def_of(n.id))
            .collect();
        if spec.values.len() == 1 && objs.len() > 1 {
            self.at(spec.values[0].pos());
            self.define_from(&objs, &spec.values[0]);
            return;
        }
        let kept = self.n_kept();
        let mut items = Vec::with_capacity(spec.values.len());
        for (e, obj) in spec.values.iter().zip(&objs) {
            let ty = obj.map(|obj| self.var_ty(obj));
            items.push((e, ty));
        }
        self.order(&items);
        for (i, obj) in objs.iter().enumerate() {
            let init = spec.values.get(i);
            self.at(spec.names[i].pos());
            match obj {
                Some(obj) => self.declare_var(*obj, init),
                None => {
                    if let Some(e) = init {
                        self.discard(e);
                    }
                }
            }
        }
        self.forget(kept);
    }

    // ---- assigning

    /// `=`, `:=` and `op=`
    pub fn assign_stmt(&mut self, a: &'a AssignStmt) {
        match a.op {
            AssignOp::Op(op) => self.op_assign(op, &a.lhs[0], Some(&a.rhs[0]), a.op_pos),
            _ if a.lhs.len() == a.rhs.len() => {
                if let [l] = &a.lhs[..] {
                    self.assign_one(l, &a.rhs[0], a.op == AssignOp::Define);
                } else {
                    self.assign_many(a);
                }
            }
            _ => self.assign_from(a),
        }
    }

    /// The variable that an identifier on the left of `:=` declares.
    fn defined(&self, l: &Expr, define: bool) -> Option<ObjId> {
        if define && l.as_ident().is_some() {
            self.ck.info.def_of(l.id)
        } else {
            None
        }
    }

    /// The type of a left side. What `:=` only assigns has no type of its own recorded.
    pub fn lhs_ty(&mut self, l: &Expr) -> Ty {
        match self.ck.info.use_of(l.id) {
            Some(obj) if matches!(l.kind, ExprKind::Ident(_)) => {
                let t = self.obj_type(obj);
                self.ty(t)
            }
            _ => self.expr_ty(l),
        }
    }

    fn assign_one(&mut self, l: &'a Expr, r: &'a Expr, define: bool) {
        if let Some(obj) = self.defined(l, define) {
            return self.declare_var(obj, Some(r));
        }
        let l = l.unparen();
        if l.as_ident().is_some_and(|i| i.is_blank()) {
            return self.discard(r);
        }
        let ty = self.lhs_ty(l);
        if self.is_slot_path(l)
            && let Place::Slots(slot) = self.place(l)
        {
            let n = self.slots_of(ty);
            let old = self.f.guard;
            if self.must_guard(l, r) {
                self.f.guard = (slot as u32, slot as u32 + n);
            }
            self.value_to(r, ty, slot);
            self.f.guard = old;
            return;
        }
        if self.has_call(l) {
            let place = self.place(l);
            let v = self.value(r, ty);
            self.at(l.pos());
            self.store(place, ty, v);
            return;
        }
        let r = r.unparen();
        if self.is_huge(ty)
            && let Some(from) = self.huge_value(r, ty, false)
        {
            let to = self.place(l);
            self.at(l.pos());
            self.copy_mem(to, Place::Mem { base: from, off: 0 }, ty);
            return;
        }
        if self.slots_of(ty) > 3 && self.is_located(r) && self.expr_ty(r) == ty {
            let mut from = self.place(r);
            if self.is_memory(from) {
                // An index is checked where it stands.
                self.at(r.pos());
                let base = self.addr(from, ty);
                from = Place::Mem { base, off: 0 };
            }
            let to = self.place(l);
            if self.is_memory(from) && self.is_memory(to) {
                self.at(l.pos());
                self.copy_mem(to, from, ty);
            } else {
                let v = self.load_from(from, ty, self.f.slots.next);
                self.at(l.pos());
                self.store(to, ty, v);
            }
            return;
        }
        let v = self.value(r, ty);
        let place = self.place(l);
        self.at(l.pos());
        self.store(place, ty, v);
    }

    /// Whether a left side is a variable in slots, or a part of one at a fixed place.
    pub fn is_slot_path(&mut self, l: &Expr) -> bool {
        let l = l.unparen();
        match &l.kind {
            ExprKind::Ident(_) => match self.ck.info.use_of(l.id) {
                Some(obj) => matches!(self.f.vars.get(&obj), Some(Var::Slots(_))),
                None => false,
            },
            ExprKind::Selector(s) => match self.ck.info.selection(l.id) {
                Some(sel) => !sel.indirect && self.is_slot_path(&s.x),
                None => false,
            },
            ExprKind::Index(x) => {
                let t = self.expr_ty(&x.x);
                matches!(self.under_kind(t), TyKind::Array(..))
                    && self.int_const(&x.indices[0]).is_some()
                    && self.is_slot_path(&x.x)
            }
            _ => false,
        }
    }

    fn root_of(&self, l: &Expr) -> Option<ObjId> {
        let l = l.unparen();
        match &l.kind {
            ExprKind::Ident(_) => self.ck.info.use_of(l.id),
            ExprKind::Selector(s) => self.root_of(&s.x),
            ExprKind::Index(x) => self.root_of(&x.x),
            _ => None,
        }
    }

    /// Whether the destination must not be written before the right side is done: it is mentioned there, or a deferred
    /// function might see it.
    fn must_guard(&mut self, l: &Expr, r: &Expr) -> bool {
        let Some(obj) = self.root_of(l) else {
            return true;
        };
        let is_result = self.f.has_defer && self.ck.objs[obj].var_kind() == Some(VarKind::Result);
        is_result || self.mentions(r, obj)
    }

    /// `a, b = x, y`
    fn assign_many(&mut self, a: &'a AssignStmt) {
        let define = a.op == AssignOp::Define;
        let objs: Vec<Option<ObjId>> = a.lhs.iter().map(|l| self.defined(l, define)).collect();
        let is_blank = |l: &Expr| l.as_ident().is_some_and(|i| i.is_blank());
        if a.lhs
            .iter()
            .zip(&objs)
            .all(|(l, o)| o.is_some() || is_blank(l))
        {
            // Nothing that the right sides mention is assigned.
            for (r, obj) in a.rhs.iter().zip(objs) {
                match obj {
                    Some(obj) => self.declare_var(obj, Some(r)),
                    None => self.discard(r),
                }
            }
            return;
        }
        // Variables that get their slots now keep them; everything else is released.
        let keep: Vec<Option<Slot>> = objs
            .iter()
            .map(|obj| {
                let obj = (*obj)?;
                let ty = self.var_ty(obj);
                (self.storage(obj, ty) == Storage::Slots).then(|| self.tmp(ty))
            })
            .collect();
        let boxes: Vec<Option<Slot>> = objs
            .iter()
            .zip(&keep)
            .map(|(obj, kept)| (obj.is_some() && kept.is_none()).then(|| self.f.slots.alloc(1)))
            .collect();
        let mark = self.f.slots.next;
        let mut assigned: Vec<ObjId> = Vec::new();
        let mut places = Vec::with_capacity(a.lhs.len());
        for (i, l) in a.lhs.iter().enumerate() {
            let l = l.unparen();
            let place = match (&objs[i], is_blank(l)) {
                (Some(_), _) | (_, true) => Place::Blank,
                _ if self.is_slot_path(l) => {
                    let place = self.place(l);
                    assigned.extend(self.root_of(l));
                    place
                }
                _ => {
                    self.f.unstable = assigned.clone();
                    let place = self.place(l);
                    self.f.unstable.clear();
                    place
                }
            };
            places.push(place);
        }
        let mut earlier: Vec<ObjId> = Vec::new();
        let mut values = Vec::with_capacity(a.rhs.len());
        for (i, r) in a.rhs.iter().enumerate() {
            let l = a.lhs[i].unparen();
            let ty = match objs[i] {
                Some(obj) => self.var_ty(obj),
                None if is_blank(l) => self.value_ty(r),
                None => self.lhs_ty(l),
            };
            if is_blank(l) && objs[i].is_none() {
                self.discard(r);
                values.push((0, ty));
                continue;
            }
            let v = match keep[i] {
                Some(slot) => {
                    self.value_to(r, ty, slot);
                    slot
                }
                None => {
                    self.f.unstable = earlier.clone();
                    let v = self.value(r, ty);
                    self.f.unstable.clear();
                    v
                }
            };
            values.push((v, ty));
            if objs[i].is_none() && self.is_slot_path(l) {
                earlier.extend(self.root_of(l));
            }
        }
        for (i, (v, ty)) in values.into_iter().enumerate() {
            match (objs[i], keep[i], boxes[i]) {
                (Some(obj), Some(slot), _) => {
                    self.f.vars.insert(obj, Var::Slots(slot));
                }
                (Some(obj), None, Some(ptr)) => {
                    let t = self.type_idx(ty);
                    self.ins(ins::New(ptr, t));
                    self.store(Place::Mem { base: ptr, off: 0 }, ty, v);
                    self.f.vars.insert(obj, Var::Box(ptr));
                }
                _ => {
                    self.at(a.lhs[i].pos());
                    self.store(places[i], ty, v);
                }
            }
        }
        self.f.slots.next = mark;
    }

    /// `a, b = f()`, `v, ok = m[k]` and the like
    fn assign_from(&mut self, a: &'a AssignStmt) {
        let define = a.op == AssignOp::Define;
        let objs: Vec<Option<ObjId>> = a.lhs.iter().map(|l| self.defined(l, define)).collect();
        let is_blank = |l: &Expr| l.as_ident().is_some_and(|i| i.is_blank());
        if a.lhs
            .iter()
            .zip(&objs)
            .all(|(l, o)| o.is_some() || is_blank(l))
        {
            return self.define_from(&objs, &a.rhs[0]);
        }
        // Places for what is new, then the operands of the left side, then the values.
        let mut kept = Vec::new();
        for obj in &objs {
            kept.push(match *obj {
                Some(obj) => {
                    let ty = self.var_ty(obj);
                    let boxed = self.storage(obj, ty) == Storage::Box;
                    let slot = if boxed {
                        self.f.slots.alloc(1)
                    } else {
                        self.tmp(ty)
                    };
                    Some((obj, ty, slot, boxed))
                }
                None => None,
            });
        }
        let mark = self.f.slots.next;
        // What the left sides mention must be read before one of them is assigned.
        let roots: Vec<ObjId> = a
            .lhs
            .iter()
            .zip(&objs)
            .filter(|(l, obj)| obj.is_none() && l.as_ident().is_some())
            .filter_map(|(l, _)| self.root_of(l))
            .collect();
        let left: Vec<&'a Expr> = a.lhs.iter().collect();
        self.keep_left(&left);
        let values = self.several(&a.rhs[0], a.lhs.len());
        let mut early: Vec<Option<Place>> = Vec::with_capacity(objs.len());
        for (l, obj) in a.lhs.iter().zip(&objs) {
            let l = l.unparen();
            let plain = obj.is_some() || is_blank(l) || l.as_ident().is_some();
            let now = !plain && self.mentions_any(l, &roots);
            self.f.unstable = roots.clone();
            early.push(now.then(|| self.place(l)));
            self.f.unstable.clear();
        }
        for (i, (v, from)) in values.into_iter().enumerate() {
            let l = a.lhs[i].unparen();
            if let Some((obj, ty, slot, boxed)) = kept[i] {
                let mark = self.f.slots.next;
                if boxed {
                    let t = self.type_idx(ty);
                    let tmp = self.tmp(ty);
                    self.assign_convert(v, from, ty, tmp);
                    self.ins(ins::New(slot, t));
                    self.store(Place::Mem { base: slot, off: 0 }, ty, tmp);
                    self.f.vars.insert(obj, Var::Box(slot));
                } else {
                    self.assign_convert(v, from, ty, slot);
                    self.f.vars.insert(obj, Var::Slots(slot));
                }
                self.f.slots.next = mark;
                continue;
            }
            if is_blank(l) {
                continue;
            }
            let ty = self.lhs_ty(l);
            let mark = self.f.slots.next;
            let place = match early[i] {
                Some(p) => p,
                None => self.place(l),
            };
            let mut v = v;
            if from != ty && self.is_iface(ty) && !self.is_iface(from) {
                let tmp = self.tmp(ty);
                self.assign_convert(v, from, ty, tmp);
                v = tmp;
            }
            self.at(l.pos());
            self.store(place, ty, v);
            self.f.slots.next = mark;
        }
        self.f.slots.next = mark;
    }

    /// New variables from one expression with several values.
    pub fn define_from(&mut self, objs: &[Option<ObjId>], r: &'a Expr) {
        let values = self.several(r, objs.len());
        // The values' own slots become the variables, where nothing has to change.
        for (obj, (v, from)) in objs.iter().zip(values) {
            let Some(obj) = *obj else { continue };
            let ty = self.var_ty(obj);
            if self.ck.objs[obj].name.is_blank() {
                continue;
            }
            if from != ty && self.is_iface(ty) && !self.is_iface(from) {
                let slot = self.tmp(ty);
                self.assign_convert(v, from, ty, slot);
                self.declare_with(obj, ty, slot);
            } else {
                self.declare_with(obj, ty, v);
            }
        }
    }

    /// The values of an expression with several, on top of the stack, with their types: a call's results, or a value and
    /// whether it is there.
    pub fn several(&mut self, r: &'a Expr, n: usize) -> Vec<(Slot, Ty)> {
        let r = r.unparen();
        if let ExprKind::Call(c) = &r.kind {
            let list = self.value_types(r).unwrap_or_else(|| std::rc::Rc::new([]));
            let mut at = self.call(r, c, None);
            return list
                .iter()
                .map(|&t| {
                    let v = (at, t);
                    at += self.slots_of(t) as Slot;
                    v
                })
                .collect();
        }
        debug_assert_eq!(n, 2);
        let ty = self.value_ty(r);
        let value = self.tmp(ty);
        let ok = self.f.slots.alloc(1);
        self.comma_ok(r, ty, value, ok);
        vec![(value, ty), (ok, Ty::BOOL)]
    }

    /// value, ok := m[k], x.(T) or <-ch
    pub fn comma_ok(&mut self, r: &'a Expr, ty: Ty, value: Slot, ok: Slot) {
        let r = r.unparen();
        let (mark, kept) = (self.f.slots.next, self.n_kept());
        match &r.kind {
            ExprKind::Index(x) => {
                self.order_index(x);
                let t = self.expr_ty(&x.x);
                if let TyKind::Map(key, _) = self.under_kind(t) {
                    let map = self.expr(&x.x);
                    let key = self.value(&x.indices[0], key);
                    let t = self.type_idx(t);
                    self.at(r.pos());
                    self.ins(ins::MapGetOk(value, map, key, t, ok as u32));
                    self.fix_sign(value, ty);
                }
            }
            ExprKind::TypeAssert(x) => {
                let from = self.expr_ty(&x.x);
                self.order(&[(&x.x, None)]);
                let iface = self.expr(&x.x);
                self.at(r.pos());
                self.assert_ok_to(iface, from, ty, value, ok);
            }
            ExprKind::Unary(x) if x.op == UnaryOp::Recv => {
                self.order(&[(&x.x, None)]);
                let ch = self.expr(&x.x);
                self.at(r.pos());
                self.recv_to(ch, ty, value, ok);
            }
            _ => {}
        }
        self.forget(kept);
        self.f.slots.next = mark;
    }

    // ---- op=

    /// `x op= y`; without `y`, y is 1.
    pub fn op_assign(
        &mut self,
        op: BinaryOp,
        l: &'a Expr,
        y: Option<&'a Expr>,
        pos: minigo_syntax::source::Pos,
    ) {
        let l = l.unparen();
        let ty = self.expr_ty(l);
        if let Some(y) = y {
            self.order_op(l, y);
        }
        if self.is_slot_path(l)
            && let Place::Slots(slot) = self.place(l)
        {
            self.op_to(op, ty, slot, slot, y, pos);
            return;
        }
        // The right side may change what is on the left only by a call; then gc reads the left side behind it.
        let early = match y {
            Some(y) if self.has_call(y) && !self.has_call(l) => {
                let n = self.slots_of(ty);
                let is_shift = matches!(op, BinaryOp::Shl | BinaryOp::Shr);
                let n = if is_shift { 1 } else { n };
                let v = self.f.slots.alloc(n);
                self.expr_to(y, v);
                Some(v)
            }
            _ => None,
        };
        let place = self.place(l);
        if let Place::MapElem {
            map,
            key,
            ty: map_ty,
        } = place
        {
            let safe = !matches!(
                op,
                BinaryOp::Div | BinaryOp::Rem | BinaryOp::Shl | BinaryOp::Shr
            ) && y.is_none_or(|y| early.is_some() || !self.has_effects(y));
            if safe {
                let base = self.f.slots.alloc(1);
                let t = self.type_idx(map_ty);
                self.at(l.pos());
                self.ins(ins::MapAddr(base, map, key, t, 0));
                return self.op_place(op, Place::Mem { base, off: 0 }, ty, y, early, pos);
            }
        }
        self.at(l.pos());
        self.op_place(op, place, ty, y, early, pos);
    }

    fn op_place(
        &mut self,
        op: BinaryOp,
        place: Place,
        ty: Ty,
        y: Option<&'a Expr>,
        early: Option<Slot>,
        pos: minigo_syntax::source::Pos,
    ) {
        let old = self.tmp(ty);
        self.load(place, ty, old);
        match early {
            Some(b) => {
                self.at(pos);
                if matches!(op, BinaryOp::Shl | BinaryOp::Shr)
                    && let Some(y) = y
                {
                    self.check_shift(y, b);
                }
                self.arith(op, ty, old, old, b);
            }
            None => self.op_to(op, ty, old, old, y, pos),
        }
        self.at(pos);
        let place = match place {
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
        self.store(place, ty, old);
    }

    /// dst := a op y
    fn op_to(
        &mut self,
        op: BinaryOp,
        ty: Ty,
        dst: Slot,
        a: Slot,
        y: Option<&'a Expr>,
        pos: minigo_syntax::source::Pos,
    ) {
        let Some(y) = y else {
            // x++ and x--
            if !self.arith_imm(op, ty, dst, a, 1) {
                let one = crate::check::Value::Int(1);
                let b = self.tmp(ty);
                self.const_to(&one, ty, b);
                self.arith(op, ty, dst, a, b);
            }
            return;
        };
        let mark = self.f.slots.next;
        match op {
            BinaryOp::Shl | BinaryOp::Shr => {
                if let Some(v) = self.const_of(y) {
                    let n = v.to_int().as_u64().unwrap_or(u64::MAX);
                    self.shift_imm(op, ty, dst, a, n);
                } else {
                    let b = self.expr(y);
                    self.at(pos);
                    self.check_shift(y, b);
                    self.arith(op, ty, dst, a, b);
                }
            }
            BinaryOp::Add | BinaryOp::Sub if self.class(ty) == Class::F64 && dst == a => {
                if let Some((p, q)) = self.product(y) {
                    let (p, q) = self.operands(p, q);
                    let i = if op == BinaryOp::Add {
                        ins::MulAddF64
                    } else {
                        ins::MulSubF64
                    };
                    self.ins(i(dst, p, q));
                } else {
                    let b = self.expr(y);
                    self.arith(op, ty, dst, a, b);
                }
            }
            _ => {
                if let Some(c) = self.small_const(y)
                    && self.arith_imm(op, ty, dst, a, c)
                {
                    self.f.slots.next = mark;
                    return;
                }
                let b = self.value(y, ty);
                self.at(pos);
                self.arith(op, ty, dst, a, b);
            }
        }
        self.f.slots.next = mark;
    }
}

//! Expressions: a value into given slots, or wherever it lies already.
//!
//! [`Emitter::expr_to`] emits an expression's last instruction into its destination. It may write the destination early
//! only when [`Emitter::is_fresh`] says that nobody can see it half done. It leaves the stack of temporaries as it was;
//! [`Emitter::expr`] leaves its result on top of it, unless the value lies in a variable's own slots.

use minigo_bytecode::op::ins;
use minigo_bytecode::operand::Slot;
use minigo_syntax::ast::*;
use minigo_syntax::token::{BinaryOp, UnaryOp};

use super::{Emitter, Place, Var};
use crate::check::constant::Kind;
use crate::check::{Mode, ObjId, ObjectKind, SelectionKind, Value, VarKind};
use crate::escape::Storage;
use crate::instantiate::{Found, What};
use crate::layout::{Class, Ty, TyKind};

/// Variables larger than this are not copied into closures.
const MAX_CAPTURE_BYTES: u64 = 128;

impl<'a> Emitter<'_, 'a> {
    // ---- constants

    /// The bits of a constant of a type that takes one slot.
    pub fn const_bits(&mut self, val: &Value, ty: Ty) -> Option<u64> {
        Some(match self.class(ty) {
            Class::Int { bytes, signed } => {
                if val.kind() == Kind::Bool {
                    return Some(val.as_bool() as u64);
                }
                let v = val.to_int();
                let bits = match v.as_i64() {
                    Some(i) => i as u64,
                    None => v.as_u64().unwrap_or(0),
                };
                match (bytes, signed) {
                    (1, true) => bits as i8 as i64 as u64,
                    (2, true) => bits as i16 as i64 as u64,
                    (4, true) => bits as i32 as i64 as u64,
                    (1, false) => bits as u8 as u64,
                    (2, false) => bits as u16 as u64,
                    (4, false) => bits as u32 as u64,
                    _ => bits,
                }
            }
            Class::F32 => val.to_f32().to_bits() as u64,
            Class::F64 => val.to_f64().to_bits(),
            Class::C64 => {
                let c = val.to_complex();
                let (re, im) = (c.real().to_f32(), c.imag().to_f32());
                re.to_bits() as u64 | (im.to_bits() as u64) << 32
            }
            Class::Ptr => val.to_int().as_u64()?,
            _ => return None,
        })
    }

    /// dst := constant.
    pub fn const_to(&mut self, val: &Value, ty: Ty, dst: Slot) {
        match self.class(ty) {
            Class::Str => {
                let k = self.str_idx(val.as_bytes());
                self.ins(ins::LoadStr(dst, k));
            }
            Class::C128 => {
                let c = val.to_complex();
                self.load_bits(dst, c.real().to_f64().to_bits());
                self.load_bits(dst + 1, c.imag().to_f64().to_bits());
            }
            Class::Iface => {
                // Only a constant of a type parameter's type can get here, when an interface stands for it.
                self.zero(dst, ty);
            }
            _ => {
                if let Some(bits) = self.const_bits(val, ty) {
                    self.load_bits(dst, bits);
                }
            }
        }
    }

    /// dst := 64 bits.
    pub fn load_bits(&mut self, dst: Slot, bits: u64) {
        if let Some(&src) = self.f.hoisted.get(&bits) {
            self.ins(ins::Mov(dst, src));
        } else if let Ok(imm) = i32::try_from(bits as i64) {
            self.ins(ins::LoadImm(dst, imm));
        } else {
            let k = self.const_idx(bits);
            self.ins(ins::LoadConst(dst, k));
        }
    }

    /// A slot with a constant: one that a loop keeps, or a temporary.
    pub fn bits_slot(&mut self, bits: u64) -> Slot {
        if let Some(&slot) = self.f.hoisted.get(&bits) {
            return slot;
        }
        let dst = self.f.slots.alloc(1);
        self.load_bits(dst, bits);
        dst
    }

    /// The value of an integer constant as it lies in a slot.
    pub fn int_const(&mut self, e: &Expr) -> Option<i64> {
        let val = self.const_of(e)?;
        let ty = self.expr_ty(e);
        match self.class(ty) {
            Class::Int { .. } => self.const_bits(&val, ty).map(|b| b as i64),
            _ => None,
        }
    }

    /// The same if it fits a 16-bit immediate.
    pub fn small_const(&mut self, e: &Expr) -> Option<i16> {
        self.int_const(e).and_then(|v| i16::try_from(v).ok())
    }

    /// Whether an expression is `nil`.
    pub fn is_nil(&self, e: &Expr) -> bool {
        self.ck
            .info
            .get(e.unparen().id)
            .is_some_and(|tv| tv.mode == Mode::NilValue)
    }

    // ---- destinations

    /// Whether a destination may be written before the whole expression is evaluated.
    pub fn is_fresh(&self, dst: Slot) -> bool {
        let (lo, hi) = self.f.guard;
        !(lo <= dst as u32 && (dst as u32) < hi)
    }

    /// dst := e as a value of type `ty`, to which it is assignable.
    pub fn value_to(&mut self, e: &'a Expr, ty: Ty, dst: Slot) {
        let e = e.unparen();
        if self.is_nil(e) {
            self.zero(dst, ty);
            return;
        }
        let from = self.expr_ty(e);
        if from != ty && self.is_iface(ty) && !self.is_iface(from) {
            self.iface_to(e, from, dst);
        } else {
            self.expr_to(e, dst);
        }
    }

    /// Slots with e as a value of type `ty`, to which it is assignable.
    pub fn value(&mut self, e: &'a Expr, ty: Ty) -> Slot {
        let e = e.unparen();
        let from = self.expr_ty(e);
        if self.is_nil(e) || from != ty && self.is_iface(ty) && !self.is_iface(from) {
            let dst = self.tmp(ty);
            self.value_to(e, ty, dst);
            return dst;
        }
        self.expr(e)
    }

    /// Whether values of a type are kept out of slots where that can be helped.
    pub fn is_huge(&mut self, ty: Ty) -> bool {
        self.layout(ty).size > self.max_slot_bytes || self.is_far(ty)
    }

    /// The value of an expression of a huge type, in memory that is `new` if somebody is to keep it. `None` if the value
    /// is made in slots, because it is the result of a call.
    pub fn huge_value(&mut self, e: &'a Expr, ty: Ty, new: bool) -> Option<Slot> {
        let e = e.unparen();
        let t = self.type_idx(ty);
        if let ExprKind::CompositeLit(lit) = &e.kind {
            let dst = self.f.slots.alloc(1);
            self.new_lit_to(lit, ty, dst);
            return Some(dst);
        }
        if let ExprKind::Call(c) = &e.kind
            && self.conversion_of(c).is_some()
        {
            let from = self.expr_ty(&c.args[0]);
            if self.is_noop_conversion(from, ty) {
                return self.huge_value(&c.args[0], ty, new);
            }
        }
        if !self.is_located(e) {
            return self.is_far(ty).then(|| self.expr(e));
        }
        let place = self.place(e);
        if !self.is_memory(place) {
            if !self.is_far(ty) {
                return None;
            }
            let dst = self.f.slots.alloc(1);
            self.load(place, ty, dst);
            return Some(dst);
        }
        self.at(e.pos());
        if !new {
            return Some(self.addr(place, ty));
        }
        let dst = self.f.slots.alloc(1);
        let from = self.addr(place, ty);
        self.ins(ins::Clone(dst, from, t, 0));
        Some(dst)
    }

    /// dst := interface value of e, whose type `from` is none.
    fn iface_to(&mut self, e: &'a Expr, from: Ty, dst: Slot) {
        let l = self.layout(from);
        let t = self.iface_type_idx(from);
        let mark = self.f.slots.next;
        if l.class == Class::Str
            && let Some(val) = self.const_of(e)
        {
            let k = self.str_idx(val.as_bytes());
            self.ins(ins::StrIface(dst, k, t, 0));
        } else if l.size <= 8 {
            if l.size == 0 {
                self.discard(e);
                self.ins(ins::LoadImm(dst + 1, 0));
            } else {
                // The temporaries must not lie on the type word: it is written last.
                self.f.slots.grow_to(self.f.slots.next.max(dst as u32 + 2));
                self.expr_to(e, dst + 1);
            }
            self.ins(ins::LoadType(dst, t));
        } else if l.class == Class::Far {
            // The value's memory becomes the interface's.
            self.f.slots.grow_to(self.f.slots.next.max(dst as u32 + 2));
            self.expr_to(e, dst + 1);
            self.ins(ins::LoadType(dst, t));
        } else {
            self.f.slots.grow_to(self.f.slots.next.max(dst as u32 + 2));
            let huge = if self.is_huge(from) {
                self.huge_value(e, from, true)
            } else {
                None
            };
            if let Some(p) = huge {
                self.mov_slots(dst + 1, p, 1);
                self.ins(ins::LoadType(dst, t));
            } else {
                let src = self.expr(e);
                self.ins(ins::MakeIface(dst, src, t, 0));
            }
        }
        self.f.slots.next = mark;
    }

    /// dst := interface value of what lies at `src`.
    pub fn slot_to_iface(&mut self, src: Slot, from: Ty, dst: Slot) {
        let l = self.layout(from);
        let t = self.iface_type_idx(from);
        if l.size <= 8 || l.class == Class::Far {
            if l.size == 0 {
                self.ins(ins::LoadImm(dst + 1, 0));
            } else if src != dst + 1 {
                self.ins(ins::Mov(dst + 1, src));
            }
            self.ins(ins::LoadType(dst, t));
        } else {
            self.ins(ins::MakeIface(dst, src, t, 0));
        }
    }

    /// dst := a value of type `from` at `src` as a value of type `to`, to which it is assignable.
    pub fn assign_convert(&mut self, src: Slot, from: Ty, to: Ty, dst: Slot) {
        if from != to && self.is_iface(to) && !self.is_iface(from) {
            self.slot_to_iface(src, from, dst);
        } else {
            self.mov(dst, src, to);
        }
    }

    /// Evaluates for the effects.
    pub fn discard(&mut self, e: &'a Expr) {
        let e = e.unparen();
        if self.const_of(e).is_some() || self.is_nil(e) || self.kept(e).is_some() {
            return;
        }
        let mark = self.f.slots.next;
        match &e.kind {
            ExprKind::Call(_) => {
                self.call_discard(e);
            }
            ExprKind::Ident(_) | ExprKind::FuncLit(_) => {}
            _ if self.is_located(e) => {
                let ty = self.value_ty(e);
                let place = self.place(e);
                self.at(e.pos());
                self.touch(place, ty);
            }
            _ => {
                self.expr(e);
            }
        }
        self.f.slots.next = mark;
    }

    /// Slots with the value of an expression: a variable's own, or fresh ones on top of the stack.
    pub fn expr(&mut self, e: &'a Expr) -> Slot {
        let e = e.unparen();
        if let Some(slot) = self.kept(e) {
            return slot;
        }
        let mark = self.f.slots.next;
        if let Some(val) = self.const_of(e) {
            let ty = self.expr_ty(e);
            if let Some(bits) = self.const_bits(&val, ty) {
                return self.bits_slot(bits);
            }
            let dst = self.tmp(ty);
            self.const_to(&val, ty, dst);
            return dst;
        }
        match &e.kind {
            ExprKind::Ident(_) | ExprKind::Star(_) if self.is_variable(e) => {
                let ty = self.expr_ty(e);
                let place = self.place(e);
                self.load_from(place, ty, mark)
            }
            ExprKind::Selector(_) | ExprKind::Index(_) if self.is_located(e) => {
                let ty = self.value_ty(e);
                let place = self.place(e);
                self.at(e.pos());
                self.load_from(place, ty, mark)
            }
            ExprKind::Call(_) => self.call_expr(e),
            _ => {
                let ty = self.value_ty(e);
                let dst = self.tmp(ty);
                self.expr_to(e, dst);
                dst
            }
        }
    }

    /// The type of an expression's single value: of a comma-ok expression, the first.
    pub fn value_ty(&mut self, e: &Expr) -> Ty {
        let ty = self.expr_ty(e);
        match self.tys.kind(ty) {
            TyKind::Tuple(list) if list.len() == 2 && !matches!(e.kind, ExprKind::Call(_)) => {
                list[0]
            }
            _ => ty,
        }
    }

    /// Whether an expression denotes a variable, not a function or `nil`.
    fn is_variable(&self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Ident(_) => self
                .ck
                .info
                .use_of(e.id)
                .is_some_and(|o| matches!(self.ck.objs[o].kind, ObjectKind::Var { .. })),
            _ => true,
        }
    }

    /// Whether an expression denotes a variable or a part of one, or of a value: something that [`Emitter::place`] finds.
    pub fn is_located(&mut self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Paren(x) => self.is_located(x),
            ExprKind::Ident(_) | ExprKind::Star(_) => self.is_variable(e),
            ExprKind::Selector(s) => match self.ck.info.selection(e.id) {
                Some(sel) => sel.kind == SelectionKind::FieldVal,
                None => self
                    .ck
                    .info
                    .use_of(s.sel.id)
                    .is_some_and(|o| matches!(self.ck.objs[o].kind, ObjectKind::Var { .. })),
            },
            ExprKind::Index(x) => {
                if self.is_instantiation(e) {
                    return false;
                }
                let t = self.expr_ty(&x.x);
                !matches!(self.under_kind(t), TyKind::Func(_) | TyKind::Basic(_))
            }
            _ => false,
        }
    }

    /// Whether `f[T]` is a generic function or method with its type arguments.
    pub fn is_instantiation(&self, e: &Expr) -> bool {
        let ExprKind::Index(x) = &e.kind else {
            return false;
        };
        let x = x.x.unparen();
        let id = match &x.kind {
            ExprKind::Ident(_) => x.id,
            ExprKind::Selector(s) => match self.ck.info.selection(x.id) {
                Some(sel) => return sel.kind != SelectionKind::FieldVal,
                None => s.sel.id,
            },
            _ => return false,
        };
        let obj = self.ck.info.use_of(id);
        obj.is_some_and(|o| matches!(self.ck.objs[o].kind, ObjectKind::Func { .. }))
    }

    /// dst := value of an expression.
    pub fn expr_to(&mut self, e: &'a Expr, dst: Slot) {
        let e = e.unparen();
        if let Some(slot) = self.kept(e) {
            let ty = self.value_ty(e);
            self.mov(dst, slot, ty);
            return;
        }
        if let Some(val) = self.const_of(e) {
            let ty = self.expr_ty(e);
            self.const_to(&val, ty, dst);
            return;
        }
        if let ExprKind::Call(_) = e.kind {
            // A call may use the dead slots below its destination.
            self.call_to(e, dst);
            return;
        }
        let ty = self.value_ty(e);
        let mark = self.f.slots.next;
        let n = self.slots_of(ty);
        self.f.slots.grow_to(mark.max(dst as u32 + n));
        match &e.kind {
            ExprKind::Ident(_) => self.ident_to(e, ty, dst),
            ExprKind::Star(_) => {
                let place = self.place(e);
                self.at(e.pos());
                self.load(place, ty, dst);
            }
            ExprKind::Selector(_) if self.is_located(e) => {
                let place = self.place(e);
                self.at(e.pos());
                self.load(place, ty, dst);
            }
            ExprKind::Selector(s) => self.selector_to(e, s, dst),
            ExprKind::Index(x) => self.index_to(e, x, ty, dst),
            ExprKind::Slice(x) => self.slice_to(e, x, dst),
            ExprKind::TypeAssert(x) => {
                let iface = self.expr(&x.x);
                let from = self.expr_ty(&x.x);
                self.at(e.pos());
                self.assert_to(iface, from, ty, dst);
            }
            ExprKind::Unary(x) => self.unary_to(e, x, ty, dst),
            ExprKind::Binary(x) => self.binary_to(e, x, ty, dst),
            ExprKind::CompositeLit(x) => self.lit_to(x, ty, dst),
            ExprKind::FuncLit(x) => self.func_lit_to(e, x, dst),
            _ => {}
        }
        self.f.slots.next = mark;
    }

    fn ident_to(&mut self, e: &'a Expr, ty: Ty, dst: Slot) {
        let Some(obj) = self.ck.info.use_of(e.id) else {
            return;
        };
        match self.ck.objs[obj].kind {
            ObjectKind::Var { .. } => {
                let place = self.var_place(obj);
                self.load(place, ty, dst);
            }
            ObjectKind::Func { .. } => self.func_value_to(e.id, obj, dst),
            _ => self.zero(dst, ty),
        }
    }

    /// dst := closure of a package's function; `id` is the identifier, which knows the type arguments.
    pub fn func_value_to(&mut self, id: NodeId, obj: ObjId, dst: Slot) {
        let inst = self.inst_at(id, obj);
        let func = self.value_func(inst);
        self.ins(ins::LoadFunc(dst, func));
    }

    fn selector_to(&mut self, e: &'a Expr, s: &'a SelectorExpr, dst: Slot) {
        match self.ck.info.selection(e.id).map(|sel| sel.kind) {
            Some(SelectionKind::MethodVal) => self.method_value_to(e, s, dst),
            Some(SelectionKind::MethodExpr) => self.method_expr_to(e, s, dst),
            Some(SelectionKind::FieldVal) => {}
            None => {
                let Some(obj) = self.ck.info.use_of(s.sel.id) else {
                    return;
                };
                if let ObjectKind::Func { .. } = self.ck.objs[obj].kind {
                    self.func_value_to(s.sel.id, obj, dst);
                }
            }
        }
    }

    fn index_to(&mut self, e: &'a Expr, x: &'a IndexExpr, ty: Ty, dst: Slot) {
        if self.is_instantiation(e) {
            let inner = x.x.unparen();
            match &inner.kind {
                ExprKind::Selector(s) => self.selector_to(inner, s, dst),
                _ => self.ident_to(inner, ty, dst),
            }
            return;
        }
        if !self.is_located(e) {
            // A string's byte.
            let s = self.expr(&x.x);
            let i = self.expr(&x.indices[0]);
            self.at(e.pos());
            self.mark_unsigned(&[Some(&x.indices[0])]);
            self.ins(ins::IdxLoad8u(dst, s, i));
            return;
        }
        let place = self.place(e);
        self.at(e.pos());
        self.load(place, ty, dst);
    }

    // ---- places

    /// How a variable is to be kept.
    pub fn storage(&mut self, obj: ObjId, ty: Ty) -> Storage {
        let size = self.layout(ty).size;
        if size > self.max_slot_bytes || self.is_far(ty) {
            return Storage::Box;
        }
        match self.f.facts.var(obj) {
            Some(v) if v.is_captured() && size > MAX_CAPTURE_BYTES => Storage::Box,
            Some(v) => v.storage(),
            None => Storage::Slots,
        }
    }

    /// Where a variable lies.
    pub fn var_place(&mut self, obj: ObjId) -> Place {
        match self.f.vars.get(&obj) {
            Some(&Var::Slots(s)) if self.f.unstable.contains(&obj) => {
                let ty = self.var_ty(obj);
                let copy = self.tmp(ty);
                self.mov(copy, s, ty);
                Place::Slots(copy)
            }
            Some(&Var::Slots(s)) => Place::Slots(s),
            Some(&Var::Box(p)) => Place::Mem { base: p, off: 0 },
            None => {
                if let ObjectKind::Var {
                    kind: VarKind::Package,
                    ..
                } = self.ck.objs[obj].kind
                {
                    let off = self.global(obj);
                    return Place::Global { off };
                }
                debug_assert!(false, "variable {} has no place", self.ck.objs[obj].name);
                Place::Blank
            }
        }
    }

    /// Where the value of an expression lies: a variable, a part of one, what a pointer leads to, a map's element; or the
    /// temporary that it was evaluated to.
    pub fn place(&mut self, e: &'a Expr) -> Place {
        let e = e.unparen();
        if let Some(slot) = self.kept(e) {
            return Place::Slots(slot);
        }
        match &e.kind {
            ExprKind::Ident(_)
                if e.as_ident().is_some_and(|i| i.is_blank())
                    && self.ck.info.use_of(e.id).is_none() =>
            {
                Place::Blank
            }
            ExprKind::Ident(_) if self.is_variable(e) => {
                let obj = self.ck.info.obj_of(Ident {
                    id: e.id,
                    name: minigo_syntax::symbol::Symbol::BLANK,
                    span: e.span,
                });
                match obj {
                    Some(obj) => self.var_place(obj),
                    None => Place::Blank,
                }
            }
            ExprKind::Star(x) => {
                let base = self.expr(x);
                self.at(e.pos());
                Place::Mem { base, off: 0 }
            }
            ExprKind::Selector(s) if self.is_located(e) => {
                if self.ck.info.selection(e.id).is_none() {
                    return match self.ck.info.use_of(s.sel.id) {
                        Some(obj) => self.var_place(obj),
                        None => Place::Blank,
                    };
                }
                let t = self.expr_ty(&s.x);
                let pkg = self.selector_pkg(e);
                let Some(found) = self.find(t, s.sel.name, pkg) else {
                    return Place::Blank;
                };
                let start = self.operand_place(&s.x);
                self.at(e.pos());
                self.walk_path(start, t, &found).0
            }
            ExprKind::Index(x) if self.is_located(e) => self.index_place(e, x),
            _ => Place::Slots(self.expr(e)),
        }
    }

    /// The package whose names a selector sees.
    pub fn selector_pkg(&self, e: &Expr) -> Option<crate::check::PkgId> {
        let sel = self.ck.info.selection(e.id)?;
        self.ck.objs[sel.obj].pkg
    }

    /// The place of an operand that is selected from or indexed: of a pointer, what it points to is meant later.
    pub fn operand_place(&mut self, x: &'a Expr) -> Place {
        if self.is_located(x.unparen()) {
            self.place(x)
        } else {
            Place::Slots(self.expr(x))
        }
    }

    /// Goes from a value of type `ty` through embedded fields to what was found. Gives the place of the field, or of the
    /// receiver, and its type.
    pub fn walk_path(&mut self, mut place: Place, mut ty: Ty, found: &Found) -> (Place, Ty) {
        for &i in found.path.iter() {
            if let Some(elem) = self.pointee(ty) {
                let base = self.load_ptr(place, ty);
                place = Place::Mem { base, off: 0 };
                ty = elem;
            }
            let field = self.fields(ty)[i as usize].ty;
            let off = self.offsets_of(ty)[i as usize];
            place = self.part(place, ty, off, field);
            ty = field;
        }
        (place, ty)
    }

    /// A slot with the pointer at a place.
    pub fn load_ptr(&mut self, place: Place, ty: Ty) -> Slot {
        match self.in_slot(place) {
            Some(s) => s,
            None => {
                let dst = self.f.slots.alloc(1);
                self.load(place, ty, dst);
                dst
            }
        }
    }

    /// Offsets of the fields of a struct type, defined or not.
    pub fn offsets_of(&mut self, ty: Ty) -> std::rc::Rc<[u64]> {
        self.layout(ty);
        self.offsets(ty)
    }

    fn index_place(&mut self, e: &'a Expr, x: &'a IndexExpr) -> Place {
        let t = self.expr_ty(&x.x);
        let index = &x.indices[0];
        match self.under_kind(t) {
            TyKind::Array(elem, len) => {
                let place = self.operand_place(&x.x);
                self.array_elem(place, t, elem, len, index, e)
            }
            TyKind::Pointer(array) => {
                let base = self.expr(&x.x);
                let place = Place::Mem { base, off: 0 };
                match self.under_kind(array) {
                    TyKind::Array(elem, len) => self.array_elem(place, array, elem, len, index, e),
                    _ => Place::Blank,
                }
            }
            TyKind::Slice(_) => {
                let (base, index) = if self.has_call(index) && !self.has_call(&x.x) {
                    let index = self.expr(index);
                    (self.slice_words(&x.x, t), index)
                } else {
                    let base = self.slice_words(&x.x, t);
                    (base, self.expr(index))
                };
                self.at(e.pos());
                self.mark_unsigned(&[Some(&x.indices[0])]);
                Place::SliceElem { base, index }
            }
            TyKind::Map(key, _) => {
                let (map, key) = if self.has_call(index) && !self.has_call(&x.x) {
                    let key = self.value(index, key);
                    (self.expr(&x.x), key)
                } else {
                    let map = self.expr(&x.x);
                    (map, self.value(index, key))
                };
                self.at(e.pos());
                Place::MapElem { map, key, ty: t }
            }
            _ => Place::Blank,
        }
    }

    fn array_elem(
        &mut self,
        place: Place,
        array: Ty,
        elem: Ty,
        len: u64,
        index: &'a Expr,
        e: &Expr,
    ) -> Place {
        if let Some(i) = self.int_const(index)
            && (i as u64) < len
        {
            self.at(e.pos());
            return self.const_elem(place, array, elem, i as u64);
        }
        let of = index;
        let index = self.expr(index);
        self.at(e.pos());
        self.mark_unsigned(&[Some(of)]);
        self.elem(place, array, len, index)
    }

    /// Pointer and length of a slice, in slots.
    pub fn slice_words(&mut self, x: &'a Expr, ty: Ty) -> Slot {
        let mark = self.f.slots.next;
        let x = x.unparen();
        if self.is_located(x) {
            let place = self.place(x);
            return self.load_words(place, ty, 2, mark);
        }
        self.expr(x)
    }

    /// dst := the word at byte `off` of a multi-word value (a length, a capacity); a slot that has it.
    pub fn word_of(&mut self, x: &'a Expr, off: u64) -> Slot {
        let mark = self.f.slots.next;
        let ty = self.expr_ty(x);
        let x = x.unparen();
        if self.is_located(x) && self.const_of(x).is_none() {
            let place = self.place(x);
            if let Place::MapElem { .. } = place {
                let s = self.load_from(place, ty, mark);
                return s + (off / 8) as Slot;
            }
            let word = self.part(place, ty, off, Ty::INT);
            return self.load_from(word, Ty::INT, mark);
        }
        self.expr(x) + (off / 8) as Slot
    }

    // ---- slices, assertions

    fn slice_to(&mut self, e: &'a Expr, x: &'a SliceExpr, dst: Slot) {
        let t = self.expr_ty(&x.x);
        let kind = self.under_kind(t);
        let bounds = [&x.lo, &x.hi, &x.max];
        let mut flags = 0;
        for (i, b) in bounds.iter().enumerate() {
            if b.is_some() {
                flags |= 1 << i;
            }
        }
        let is_string = matches!(kind, TyKind::Basic(_));
        let words = if is_string { 2 } else { 3 };
        if flags == 0 && (words == 2 || matches!(kind, TyKind::Slice(_))) {
            self.expr_to(&x.x, dst);
            return;
        }
        let args = self.f.slots.alloc(words + 3);
        let late = !self.has_call(&x.x)
            && bounds
                .iter()
                .any(|b| b.as_ref().is_some_and(|b| self.has_call(b)));
        if late {
            self.bounds_to(x, args + words as Slot);
        }
        let mut size = 1;
        match kind {
            TyKind::Slice(elem) => {
                size = self.layout(elem).size;
                self.expr_to(&x.x, args);
            }
            TyKind::Array(elem, len) => {
                size = self.layout(elem).size;
                flags |= 8;
                let place = self.operand_place(&x.x);
                self.addr_to(place, t, args);
                self.load_bits(args + 1, len);
                self.load_bits(args + 2, len);
            }
            TyKind::Pointer(array) => {
                if let TyKind::Array(elem, len) = self.under_kind(array) {
                    size = self.layout(elem).size;
                    flags |= 8;
                    self.expr_to(&x.x, args);
                    self.at(e.pos());
                    self.ins(ins::NilCheck(args));
                    self.load_bits(args + 1, len);
                    self.load_bits(args + 2, len);
                }
            }
            _ => self.expr_to(&x.x, args),
        }
        if !late {
            self.bounds_to(x, args + words as Slot);
        }
        self.at(e.pos());
        self.mark_unsigned(&bounds.map(|b| b.as_ref()));
        if is_string {
            self.ins(ins::SliceStr(dst, args, flags));
        } else {
            self.ins(ins::Slice(dst, args, flags, size as u32, 0));
        }
    }

    /// Notes which of these bounds have unsigned types as large as int.
    fn mark_unsigned(&mut self, bounds: &[Option<&Expr>]) {
        let mut bits = 0;
        for (i, b) in bounds.iter().enumerate() {
            if let Some(b) = b
                && self.const_of(b).is_none()
            {
                let ty = self.expr_ty(b);
                bits |= (self.is_unsigned_word(ty) as u8) << i;
            }
        }
        if bits != 0 {
            self.f.code.mark_unsigned(bits);
        }
    }

    fn bounds_to(&mut self, x: &'a SliceExpr, dst: Slot) {
        for (i, b) in [&x.lo, &x.hi, &x.max].into_iter().enumerate() {
            if let Some(b) = b {
                self.expr_to(b, dst + i as Slot);
            }
        }
    }

    /// dst := iface.(ty)
    pub fn assert_to(&mut self, iface: Slot, from: Ty, ty: Ty, dst: Slot) {
        let iface_t = self.type_idx(from);
        let t = self.assert_type_idx(ty);
        if self.is_iface(ty) {
            self.ins(ins::AssertIface(dst, iface, t, iface_t));
        } else {
            self.ins(ins::AssertType(dst, iface, t, iface_t));
        }
    }

    /// dst, ok := iface.(ty)
    pub fn assert_ok_to(&mut self, iface: Slot, from: Ty, ty: Ty, dst: Slot, ok: Slot) {
        let iface_t = self.type_idx(from);
        let t = self.assert_type_idx(ty);
        if self.is_iface(ty) {
            self.ins(ins::AssertIfaceOk(dst, iface, ok, t, iface_t));
        } else {
            self.ins(ins::AssertTypeOk(dst, iface, ok, t, iface_t));
        }
    }

    // ---- unary operators

    fn unary_to(&mut self, e: &'a Expr, x: &'a UnaryExpr, ty: Ty, dst: Slot) {
        match x.op {
            UnaryOp::Addr => self.addr_expr_to(&x.x, ty, dst),
            UnaryOp::Recv => {
                let ch = self.expr(&x.x);
                let ok = self.f.slots.alloc(1);
                self.at(e.pos());
                self.recv_to(ch, ty, dst, ok);
            }
            UnaryOp::Plus => self.expr_to(&x.x, dst),
            UnaryOp::Not => {
                if matches!(x.x.unparen().kind, ExprKind::Binary(_)) {
                    self.bool_to(e, dst);
                } else {
                    let a = self.expr(&x.x);
                    self.ins(ins::NotBool(dst, a));
                }
            }
            UnaryOp::Neg => {
                let a = self.expr(&x.x);
                match self.class(ty) {
                    Class::F64 => self.ins(ins::NegF64(dst, a)),
                    Class::F32 => self.ins(ins::NegF32(dst, a)),
                    Class::C128 => {
                        self.ins(ins::NegF64(dst, a));
                        self.ins(ins::NegF64(dst + 1, a + 1));
                    }
                    Class::C64 => {
                        let t = self.f.slots.alloc(2);
                        self.ins(ins::RealC64(t, a));
                        self.ins(ins::ImagC64(t + 1, a));
                        self.ins(ins::NegF32(t, t));
                        self.ins(ins::NegF32(t + 1, t + 1));
                        self.ins(ins::MakeC64(dst, t, t + 1));
                    }
                    _ => {
                        self.ins(ins::NegI64(dst, a));
                        self.wrap(dst, ty);
                    }
                }
            }
            UnaryOp::Xor => {
                let a = self.expr(&x.x);
                self.ins(ins::Not(dst, a));
                if let Class::Int { signed: false, .. } = self.class(ty) {
                    self.wrap(dst, ty);
                }
            }
            UnaryOp::Tilde => {}
        }
    }

    /// dst := &x
    fn addr_expr_to(&mut self, x: &'a Expr, ptr: Ty, dst: Slot) {
        let x = x.unparen();
        let Some(elem) = self.pointee(ptr) else {
            return;
        };
        if let ExprKind::CompositeLit(lit) = &x.kind {
            self.new_lit_to(lit, elem, dst);
            return;
        }
        let place = self.place(x);
        match place {
            Place::Mem { base, off: 0 } if matches!(x.kind, ExprKind::Star(_)) => {
                // &*p: p itself, but nil panics as gc has it only when something is read; the spec says it panics.
                self.ins(ins::NilCheck(base));
                self.mov_slots(dst, base, 1);
            }
            Place::Mem { base, off: 0 } => {
                // The first field of what a pointer leads to: nil panics. A variable's box is never nil.
                if matches!(x.kind, ExprKind::Selector(_) | ExprKind::Index(_)) {
                    self.at(x.pos());
                    self.ins(ins::AddrOff(dst, base, 0, 0));
                } else {
                    self.mov_slots(dst, base, 1);
                }
            }
            _ => {
                self.at(x.pos());
                self.addr_to(place, elem, dst);
            }
        }
    }

    // ---- what an expression is made of

    /// Whether evaluating an expression may call, receive, or panic, so that it has to be done in order. Everything else
    /// can be put off behind calls, as gc does.
    pub fn has_effects(&mut self, e: &Expr) -> bool {
        if self.const_of(e).is_some() {
            return false;
        }
        match &e.kind {
            ExprKind::Paren(x) => self.has_effects(x),
            ExprKind::Ident(_) | ExprKind::BasicLit(..) | ExprKind::FuncLit(_) => false,
            ExprKind::Selector(s) => match self.ck.info.selection(e.id) {
                Some(sel) => {
                    sel.indirect || sel.kind != SelectionKind::FieldVal || self.has_effects(&s.x)
                }
                None => false,
            },
            ExprKind::Unary(x) => match x.op {
                UnaryOp::Recv => true,
                UnaryOp::Addr => !matches!(x.x.unparen().kind, ExprKind::Ident(_)),
                _ => self.has_effects(&x.x),
            },
            ExprKind::Binary(x) => {
                matches!(
                    x.op,
                    BinaryOp::Div | BinaryOp::Rem | BinaryOp::Shl | BinaryOp::Shr
                ) || matches!(x.op, BinaryOp::Eql | BinaryOp::Neq)
                    || self.has_effects(&x.x)
                    || self.has_effects(&x.y)
            }
            ExprKind::Call(c) => {
                let is_type = self
                    .ck
                    .info
                    .get(c.fun.id)
                    .is_some_and(|tv| tv.mode == Mode::TypExpr);
                if !is_type || c.args.len() != 1 {
                    return true;
                }
                let (to, from) = (self.expr_ty(&c.fun), self.expr_ty(&c.args[0]));
                let plain =
                    |c| matches!(c, Class::Int { .. } | Class::F64 | Class::F32 | Class::Ptr);
                !(plain(self.class(to)) && plain(self.class(from))) || self.has_effects(&c.args[0])
            }
            _ => true,
        }
    }

    /// Whether an expression has a call or receive in it.
    pub fn has_call(&mut self, e: &Expr) -> bool {
        if let Some(tv) = self.ck.info.get(e.id)
            && (tv.val.is_some() || tv.mode == Mode::TypExpr)
        {
            return false;
        }
        // A long expression is asked about at each of its levels.
        let is_leaf = matches!(
            e.kind,
            ExprKind::Ident(_) | ExprKind::BasicLit(..) | ExprKind::FuncLit(_)
        );
        if is_leaf || self.kept(e).is_some() {
            return false;
        }
        if let Some(&known) = self.f.calls.get(&e.id.0) {
            return known;
        }
        let found = self.find_call(e);
        if self.f.kept.is_empty() {
            self.f.calls.insert(e.id.0, found);
        }
        found
    }

    fn find_call(&mut self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Paren(x) | ExprKind::Star(x) => self.has_call(x),
            ExprKind::Selector(s) => self.has_call(&s.x),
            ExprKind::Index(x) => {
                if self.is_instantiation(e) {
                    return false;
                }
                self.has_call(&x.x) || x.indices.iter().any(|i| self.has_call(i))
            }
            ExprKind::Slice(x) => {
                let bounds = x.lo.iter().chain(&x.hi).chain(&x.max);
                self.has_call(&x.x) || bounds.into_iter().any(|b| self.has_call(b))
            }
            ExprKind::TypeAssert(x) => self.has_call(&x.x),
            ExprKind::Unary(x) => x.op == UnaryOp::Recv || self.has_call(&x.x),
            ExprKind::Binary(x) => self.has_call(&x.x) || self.has_call(&x.y),
            ExprKind::KeyValue(x) => self.has_call(&x.key) || self.has_call(&x.value),
            ExprKind::CompositeLit(x) => x.elems.iter().any(|e| self.has_call(e)),
            ExprKind::Call(c) => {
                let mode = self.ck.info.get(c.fun.id).map(|tv| tv.mode);
                match mode {
                    Some(Mode::TypExpr) => c.args.iter().any(|a| self.has_call(a)),
                    Some(Mode::Builtin(b)) if is_plain_builtin(b) => {
                        c.args.iter().any(|a| self.has_call(a))
                    }
                    _ => true,
                }
            }
            _ => false,
        }
    }

    /// Whether an expression is a variable outside of slots, which gc reads as late as it can.
    pub fn is_late(&mut self, e: &Expr) -> bool {
        let e = e.unparen();
        match &e.kind {
            ExprKind::Ident(_) if self.is_variable(e) => match self.ck.info.use_of(e.id) {
                Some(obj) => !matches!(self.f.vars.get(&obj), Some(Var::Slots(_))),
                None => false,
            },
            _ => false,
        }
    }

    /// Whether an expression mentions a variable.
    pub fn mentions(&self, e: &Expr, obj: ObjId) -> bool {
        self.mentions_any(e, &[obj])
    }

    /// Whether an expression mentions one of some variables.
    pub fn mentions_any(&self, e: &Expr, objs: &[ObjId]) -> bool {
        let m = |e: &Expr| self.mentions_any(e, objs);
        match &e.kind {
            ExprKind::Ident(_) => self.ck.info.use_of(e.id).is_some_and(|o| objs.contains(&o)),
            ExprKind::Paren(x) | ExprKind::Star(x) => m(x),
            ExprKind::Selector(s) => m(&s.x),
            ExprKind::Index(x) => m(&x.x) || x.indices.iter().any(m),
            ExprKind::Slice(x) => m(&x.x) || x.lo.iter().chain(&x.hi).chain(&x.max).any(m),
            ExprKind::TypeAssert(x) => m(&x.x),
            ExprKind::Unary(x) => m(&x.x),
            ExprKind::Binary(x) => m(&x.x) || m(&x.y),
            ExprKind::KeyValue(x) => m(&x.key) || m(&x.value),
            ExprKind::CompositeLit(x) => x.elems.iter().any(m),
            ExprKind::Call(c) => m(&c.fun) || c.args.iter().any(m),
            // It may refer to anything.
            ExprKind::FuncLit(_) => self
                .f
                .facts
                .func(e.id)
                .captures
                .iter()
                .any(|o| objs.contains(o)),
            _ => false,
        }
    }

    /// What a selector with a method leads to.
    pub fn find_method(&mut self, e: &Expr, s: &SelectorExpr, t: Ty) -> Option<Found> {
        let pkg = self.selector_pkg(e);
        let found = self.find(t, s.sel.name, pkg)?;
        match found.what {
            What::Field(_) => None,
            _ => Some(found),
        }
    }
}

fn is_plain_builtin(b: crate::check::BuiltinId) -> bool {
    use crate::check::BuiltinId::*;
    matches!(
        b,
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
            | Alignof
            | Offsetof
            | Sizeof
            | SliceData
            | StringData
            | String
            | Slice
    )
}

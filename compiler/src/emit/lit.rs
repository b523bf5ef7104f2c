//! Composite literals: into slots, or straight into new memory.

use minigo_bytecode::op::ins;
use minigo_bytecode::operand::Slot;
use minigo_syntax::ast::*;

use super::{Emitter, Place};
use crate::instantiate::What;
use crate::layout::{Class, StructField, Ty, TyKind};

impl<'a> Emitter<'_, 'a> {
    /// dst := T{…}
    pub fn lit_to(&mut self, lit: &'a CompositeLit, ty: Ty, dst: Slot) {
        match self.under_kind(ty) {
            // &T{…} with the & and the type left out.
            TyKind::Pointer(elem) => self.new_lit_to(lit, elem, dst),
            _ if self.is_far(ty) => self.new_lit_to(lit, ty, dst),
            TyKind::Struct(_) | TyKind::Array(..) => {
                let n = self.slots_of(ty);
                let to = if self.is_fresh(dst) {
                    dst
                } else {
                    self.f.slots.alloc(n)
                };
                if !self.fills(lit, ty) {
                    self.zero(to, ty);
                }
                self.fill(lit, ty, Place::Slots(to), false);
                self.mov_slots(dst, to, n);
            }
            TyKind::Slice(elem) => {
                let len = self.lit_len(lit);
                let array = self.tys.array(elem, len);
                let base = if self.is_fresh(dst) {
                    dst
                } else {
                    self.f.slots.alloc(1)
                };
                let t = self.type_idx(array);
                self.ins(ins::New(base, t));
                self.fill(lit, array, Place::Mem { base, off: 0 }, true);
                self.mov_slots(dst, base, 1);
                self.load_bits(dst + 1, len);
                self.load_bits(dst + 2, len);
            }
            TyKind::Map(key, elem) => self.map_lit_to(lit, ty, key, elem, dst),
            _ => {}
        }
    }

    /// dst := &T{…}
    pub fn new_lit_to(&mut self, lit: &'a CompositeLit, ty: Ty, dst: Slot) {
        let t = self.type_idx(ty);
        let base = if self.is_fresh(dst) {
            dst
        } else {
            self.f.slots.alloc(1)
        };
        if self.is_agg(ty) {
            self.at(lit.lbrace);
            self.ins(ins::New(base, t));
            self.fill(lit, ty, Place::Mem { base, off: 0 }, true);
        } else {
            let v = self.tmp(ty);
            self.lit_to(lit, ty, v);
            self.ins(ins::New(base, t));
            self.store(Place::Mem { base, off: 0 }, ty, v);
        }
        self.mov_slots(dst, base, 1);
    }

    /// How long a slice or array literal is: one more than its largest index.
    fn lit_len(&mut self, lit: &CompositeLit) -> u64 {
        let (mut next, mut len) = (0, 0);
        for e in &lit.elems {
            if let ExprKind::KeyValue(kv) = &e.kind
                && let Some(v) = self.const_of(&kv.key)
            {
                next = v.to_int().as_u64().unwrap_or(next);
            }
            next += 1;
            len = len.max(next);
        }
        len
    }

    /// Whether a literal gives every byte of a struct or array a value, so that it need not be zeroed before.
    fn fills(&mut self, lit: &CompositeLit, ty: Ty) -> bool {
        match self.under_kind(ty) {
            TyKind::Struct(fields) => {
                let bytes: u64 = fields.iter().map(|f| self.layout(f.ty).size).sum();
                // Nested fields that are not multiples of a slot leave bytes of the last slot alone.
                lit.elems.len() == fields.len()
                    && bytes == self.layout(ty).size
                    && bytes.is_multiple_of(8)
                    && fields.iter().all(|f| !f.name.is_blank())
                    && lit.elems.iter().all(|e| self.is_own_field(e, ty))
            }
            TyKind::Array(elem, len) => {
                let size = self.layout(elem).size;
                lit.elems.len() as u64 == len
                    && (size * len).is_multiple_of(8)
                    && !lit
                        .elems
                        .iter()
                        .any(|e| matches!(e.kind, ExprKind::KeyValue(_)))
            }
            _ => true,
        }
    }

    /// Whether an element of a struct literal names a field of the struct itself, not a promoted one.
    fn is_own_field(&mut self, e: &Expr, ty: Ty) -> bool {
        let ExprKind::KeyValue(kv) = &e.kind else {
            return true;
        };
        let Some(name) = kv.key.as_ident() else {
            return false;
        };
        self.fields(ty).iter().any(|f| f.name == name.name)
    }

    /// Stores the elements of a literal into a place; `zeroed` says that zero values need no store.
    pub fn fill(&mut self, lit: &'a CompositeLit, ty: Ty, place: Place, zeroed: bool) {
        // As gc: elements that have calls in them first, then the rest.
        let calls = lit.elems.iter().filter(|e| self.has_call(e)).count();
        if calls == 0 || calls == lit.elems.len() {
            self.fill_some(lit, ty, place, zeroed, None);
        } else {
            self.fill_some(lit, ty, place, zeroed, Some(true));
            self.fill_some(lit, ty, place, zeroed, Some(false));
        }
    }

    /// The elements that have calls in them, or those that have none, or all.
    fn fill_some(
        &mut self,
        lit: &'a CompositeLit,
        ty: Ty,
        place: Place,
        zeroed: bool,
        calls: Option<bool>,
    ) {
        match self.under_kind(ty) {
            TyKind::Struct(fields) => {
                for (i, e) in lit.elems.iter().enumerate() {
                    if calls.is_some_and(|c| c != self.has_call(e)) {
                        continue;
                    }
                    let (place, fty, value) = match &e.kind {
                        ExprKind::KeyValue(kv) => {
                            let Some(name) = kv.key.as_ident() else {
                                continue;
                            };
                            let own = fields.iter().position(|f| f.name == name.name);
                            match own {
                                Some(i) => {
                                    let off = self.offsets_of(ty)[i];
                                    let fty = fields[i].ty;
                                    (self.part(place, ty, off, fty), fty, &kv.value)
                                }
                                None => {
                                    let pkg = self.f.pkg;
                                    let Some(found) = self.find(ty, name.name, pkg) else {
                                        continue;
                                    };
                                    let What::Field(fty) = found.what else {
                                        continue;
                                    };
                                    let (place, _) = self.walk_path(place, ty, &found);
                                    (place, fty, &kv.value)
                                }
                            }
                        }
                        _ => {
                            let off = self.offsets_of(ty)[i];
                            let fty = fields[i].ty;
                            (self.part(place, ty, off, fty), fty, e)
                        }
                    };
                    if lit_field_is_blank(&fields, i, e) {
                        // It keeps its zero value.
                        self.discard(value);
                        continue;
                    }
                    self.fill_one(value, fty, place, zeroed);
                }
            }
            TyKind::Array(elem, len) => {
                if self.fill_static(lit, elem, len, place, ty, zeroed) {
                    return;
                }
                let mut next = 0;
                for e in &lit.elems {
                    let value = match &e.kind {
                        ExprKind::KeyValue(kv) => {
                            if let Some(v) = self.const_of(&kv.key) {
                                next = v.to_int().as_u64().unwrap_or(next);
                            }
                            &kv.value
                        }
                        _ => e,
                    };
                    if calls.is_none_or(|c| c == self.has_call(value)) {
                        let mark = self.f.slots.next;
                        let place = self.const_elem(place, ty, elem, next);
                        self.fill_one(value, elem, place, zeroed);
                        self.f.slots.next = mark;
                    }
                    next += 1;
                }
            }
            _ => {}
        }
    }

    fn fill_one(&mut self, e: &'a Expr, ty: Ty, place: Place, zeroed: bool) {
        let mark = self.f.slots.next;
        let inner = e.unparen();
        match place {
            Place::Slots(slot) => self.value_to(e, ty, slot),
            _ => match &inner.kind {
                ExprKind::CompositeLit(lit) if zeroed && self.is_agg(ty) => {
                    self.fill(lit, ty, place, true);
                }
                _ if zeroed && self.is_zero(inner, ty) => {}
                _ if self.is_huge(ty)
                    && let Some(from) = self.huge_value(inner, ty, false) =>
                {
                    self.copy_mem(place, Place::Mem { base: from, off: 0 }, ty);
                }
                _ => {
                    let v = self.value(e, ty);
                    self.store(place, ty, v);
                }
            },
        }
        self.f.slots.next = mark;
    }

    /// Whether an expression is a constant whose representation is zero.
    fn is_zero(&mut self, e: &Expr, ty: Ty) -> bool {
        if self.is_nil(e) {
            return true;
        }
        let Some(v) = self.const_of(e) else {
            return false;
        };
        match self.class(ty) {
            Class::Str => v.as_bytes().is_empty(),
            Class::Iface => false,
            Class::C128 => false,
            _ => self.const_bits(&v, ty) == Some(0),
        }
    }

    /// Copies the elements of an array of numbers from the program's data, if all of them are constants and there are
    /// many.
    fn fill_static(
        &mut self,
        lit: &'a CompositeLit,
        elem: Ty,
        len: u64,
        place: Place,
        array: Ty,
        zeroed: bool,
    ) -> bool {
        // Below this, storing the elements one by one is as short.
        const MANY: u64 = 64;
        let l = self.layout(elem);
        let bytes = l.size.saturating_mul(lit.elems.len() as u64);
        if l.pointers || bytes < MANY && lit.elems.len() < 8 {
            return false;
        }
        // What is zero behind the last element need not be copied.
        let len = if zeroed { self.lit_len(lit) } else { len };
        let all = l.size * len;
        if all > (1 << 16) && all / 8 > bytes {
            return false;
        }
        let mut bytes = vec![0; all as usize];
        if !self.static_array(lit, elem, &mut bytes) {
            return false;
        }
        let mark = self.f.slots.next;
        let base = self.addr(place, array);
        let k = self.str_idx(bytes.into());
        self.ins(ins::CopyStr(base, k));
        self.f.slots.next = mark;
        true
    }

    fn static_array(&mut self, lit: &CompositeLit, elem: Ty, out: &mut [u8]) -> bool {
        let size = self.layout(elem).size as usize;
        let mut next = 0;
        for e in &lit.elems {
            let value = match &e.kind {
                ExprKind::KeyValue(kv) => {
                    match self.const_of(&kv.key).and_then(|v| v.to_int().as_u64()) {
                        Some(i) => next = i as usize,
                        None => return false,
                    }
                    &kv.value
                }
                _ => e,
            };
            let Some(part) = out.get_mut(next * size..(next + 1) * size) else {
                return false;
            };
            if !self.static_value(value, elem, part) {
                return false;
            }
            next += 1;
        }
        true
    }

    /// The bytes of a constant number, or of a literal of such.
    fn static_value(&mut self, e: &Expr, ty: Ty, out: &mut [u8]) -> bool {
        let e = e.unparen();
        if let ExprKind::CompositeLit(lit) = &e.kind {
            return match self.under_kind(ty) {
                TyKind::Array(elem, _) => self.static_array(lit, elem, out),
                TyKind::Struct(fields) => {
                    for (i, e) in lit.elems.iter().enumerate() {
                        let (i, value) = match &e.kind {
                            ExprKind::KeyValue(kv) => {
                                let name = kv.key.as_ident().map(|n| n.name);
                                match fields.iter().position(|f| Some(f.name) == name) {
                                    Some(i) => (i, &kv.value),
                                    None => return false,
                                }
                            }
                            _ => (i, e),
                        };
                        let off = self.offsets_of(ty)[i] as usize;
                        let size = self.layout(fields[i].ty).size as usize;
                        if !self.static_value(value, fields[i].ty, &mut out[off..off + size]) {
                            return false;
                        }
                    }
                    true
                }
                _ => false,
            };
        }
        let Some(v) = self.const_of(e) else {
            return false;
        };
        if self.expr_ty(e) != ty && self.is_iface(ty) {
            return false;
        }
        match self.class(ty) {
            Class::Int { .. } | Class::F32 | Class::F64 | Class::C64 => {
                let Some(bits) = self.const_bits(&v, ty) else {
                    return false;
                };
                let n = out.len();
                out.copy_from_slice(&bits.to_le_bytes()[..n]);
                true
            }
            Class::C128 => {
                let c = v.to_complex();
                out[..8].copy_from_slice(&c.real().to_f64().to_le_bytes());
                out[8..].copy_from_slice(&c.imag().to_f64().to_le_bytes());
                true
            }
            _ => false,
        }
    }

    fn map_lit_to(&mut self, lit: &'a CompositeLit, ty: Ty, key: Ty, elem: Ty, dst: Slot) {
        let t = self.type_idx(ty);
        let map = if self.is_fresh(dst) {
            dst
        } else {
            self.f.slots.alloc(1)
        };
        let mark = self.f.slots.next;
        let hint = self.bits_slot(lit.elems.len() as u64);
        self.ins(ins::MakeMap(map, hint, t, 0));
        self.f.slots.next = mark;
        for e in &lit.elems {
            let ExprKind::KeyValue(kv) = &e.kind else {
                continue;
            };
            let mark = self.f.slots.next;
            let kept = self.n_kept();
            self.order_entry(&kv.key, key, &kv.value, elem);
            let k = self.value(&kv.key, key);
            let v = self.value(&kv.value, elem);
            self.at(e.pos());
            let entry = Place::MapElem { map, key: k, ty };
            self.store(entry, elem, v);
            self.forget(kept);
            self.f.slots.next = mark;
        }
        self.mov_slots(dst, map, 1);
    }
}

/// Whether the `i`-th element of a struct literal without keys is for a field that has no name.
fn lit_field_is_blank(fields: &[StructField], i: usize, e: &Expr) -> bool {
    !matches!(e.kind, ExprKind::KeyValue(_)) && fields.get(i).is_some_and(|f| f.name.is_blank())
}

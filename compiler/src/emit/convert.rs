//! Conversions `T(x)`.

use minigo_bytecode::op::ins;
use minigo_bytecode::operand::Slot;
use minigo_syntax::ast::*;

use super::{Emitter, Place};
use crate::layout::{Class, Ty, TyKind};

impl<'a> Emitter<'_, 'a> {
    /// Whether a conversion changes nothing in slots.
    pub fn is_noop_conversion(&mut self, from: Ty, to: Ty) -> bool {
        if from == to {
            return true;
        }
        let (f, t) = (self.class(from), self.class(to));
        match (f, t) {
            (
                Class::Int {
                    bytes: fb,
                    signed: fs,
                },
                Class::Int {
                    bytes: tb,
                    signed: ts,
                },
            ) => {
                // Canonical as it is: nothing is cut off, and the upper bits are what they should be.
                tb == 8 || fs == ts && fb <= tb || !fs && fb < tb
            }
            (Class::Iface, Class::Iface) => true,
            (Class::Iface, _) | (_, Class::Iface) => false,
            (Class::Slice, Class::Agg | Class::Far | Class::Ptr) => false,
            _ => f == t,
        }
    }

    /// dst := to(x)
    pub fn convert_to(&mut self, e: &'a Expr, x: &'a Expr, to: Ty, dst: Slot) {
        let x = x.unparen();
        if self.is_nil(x) {
            self.zero(dst, to);
            return;
        }
        let from = self.expr_ty(x);
        let to_class = self.class(to);
        if to_class == Class::Iface {
            return self.value_to(x, to, dst);
        }
        if let Some(val) = self.const_of(x) {
            let one_slot = matches!(
                to_class,
                Class::Int { .. } | Class::F32 | Class::F64 | Class::C64 | Class::C128
            );
            if one_slot {
                return self.const_to(&val, to, dst);
            }
        }
        if self.is_noop_conversion(from, to) {
            return self.expr_to(x, dst);
        }
        let mark = self.f.slots.next;
        let n = self.slots_of(to);
        self.f.slots.grow_to(mark.max(dst as u32 + n));
        self.change_to(e, x, from, to, dst);
        self.f.slots.next = mark;
    }

    fn change_to(&mut self, e: &'a Expr, x: &'a Expr, from: Ty, to: Ty, dst: Slot) {
        let from_kind = self.under_kind(from);
        let to_kind = self.under_kind(to);
        match (self.class(from), self.class(to)) {
            (Class::Int { .. }, Class::Int { bytes, signed }) => {
                let a = self.expr(x);
                self.ins(match (bytes, signed) {
                    (1, true) => ins::Sext8(dst, a),
                    (2, true) => ins::Sext16(dst, a),
                    (4, true) => ins::Sext32(dst, a),
                    (1, false) => ins::Zext8(dst, a),
                    (2, false) => ins::Zext16(dst, a),
                    (4, false) => ins::Zext32(dst, a),
                    _ => ins::Mov(dst, a),
                });
            }
            (Class::Int { bytes, signed }, Class::F64) => {
                let a = self.expr(x);
                let unsigned = bytes == 8 && !signed;
                self.ins(if unsigned {
                    ins::CvtU64F64(dst, a)
                } else {
                    ins::CvtI64F64(dst, a)
                });
            }
            (Class::Int { bytes, signed }, Class::F32) => {
                let a = self.expr(x);
                let unsigned = bytes == 8 && !signed;
                self.ins(if unsigned {
                    ins::CvtU64F32(dst, a)
                } else {
                    ins::CvtI64F32(dst, a)
                });
            }
            (c @ (Class::F64 | Class::F32), Class::Int { bytes, signed }) => {
                let mut a = self.expr(x);
                if c == Class::F32 {
                    let t = self.f.slots.alloc(1);
                    self.ins(ins::CvtF32F64(t, a));
                    a = t;
                }
                if bytes == 8 && !signed {
                    self.ins(ins::CvtF64U64(dst, a));
                } else {
                    self.ins(ins::CvtF64I64(dst, a));
                    self.wrap(dst, to);
                }
            }
            (Class::F64, Class::F32) => {
                let a = self.expr(x);
                self.ins(ins::CvtF64F32(dst, a));
            }
            (Class::F32, Class::F64) => {
                let a = self.expr(x);
                self.ins(ins::CvtF32F64(dst, a));
            }
            (Class::C64, Class::C128) => {
                let a = self.expr(x);
                self.ins(ins::CvtC64C128(dst, a));
            }
            (Class::C128, Class::C64) => {
                let a = self.expr(x);
                self.ins(ins::CvtC128C64(dst, a));
            }
            (Class::Int { .. }, Class::Str) => {
                let a = self.expr(x);
                self.ins(ins::StrFromRune(dst, a));
            }
            (Class::Slice, Class::Str) => {
                let a = self.expr(x);
                let bytes = self.elem_size(&from_kind) == 1;
                self.ins(if bytes {
                    ins::StrFromBytes(dst, a)
                } else {
                    ins::StrFromRunes(dst, a)
                });
            }
            (Class::Str, Class::Slice) => {
                let a = self.expr(x);
                let bytes = self.elem_size(&to_kind) == 1;
                self.ins(if bytes {
                    ins::BytesFromStr(dst, a)
                } else {
                    ins::RunesFromStr(dst, a)
                });
            }
            (Class::Slice, Class::Ptr) => {
                let a = self.expr(x);
                let len = match to_kind {
                    TyKind::Pointer(array) => self.array_len(array),
                    _ => 0,
                };
                self.at(e.pos());
                self.ins(ins::SliceToArray(dst, a, len as u32, 0));
            }
            (Class::Slice, Class::Agg | Class::Far | Class::Zero) => {
                let a = self.expr(x);
                let len = self.array_len(to);
                let base = self.f.slots.alloc(1);
                self.at(e.pos());
                self.ins(ins::SliceToArray(base, a, len as u32, 0));
                if len > 0 {
                    self.load(Place::Mem { base, off: 0 }, to, dst);
                }
            }
            _ => self.expr_to(x, dst),
        }
    }

    fn elem_size(&mut self, kind: &TyKind) -> u64 {
        match kind {
            TyKind::Slice(elem) => self.layout(*elem).size,
            _ => 0,
        }
    }

    /// The length of an array type.
    pub fn array_len(&mut self, ty: Ty) -> u64 {
        match self.under_kind(ty) {
            TyKind::Array(_, len) => len,
            _ => 0,
        }
    }
}

//! Calls of predeclared functions.

use minigo_bytecode::op::ins;
use minigo_bytecode::operand::{FRAME_HEADER, Slot};
use minigo_syntax::ast::*;

use super::{Emitter, Place};
use crate::check::{BuiltinId, Mode};
use crate::layout::{Class, Ty, TyKind};

impl<'a> Emitter<'_, 'a> {
    /// The builtin that a call calls.
    pub fn builtin_of(&self, c: &CallExpr) -> Option<BuiltinId> {
        match self.ck.info.get(c.fun.unparen().id).map(|tv| tv.mode) {
            Some(Mode::Builtin(b)) => Some(b),
            _ => None,
        }
    }

    /// A slot that has the value of a call of a builtin already, if one does: a length that lies beside its pointer.
    pub fn builtin_in_place(&mut self, b: BuiltinId, c: &'a CallExpr) -> Option<Slot> {
        let off = match b {
            BuiltinId::Len => 8,
            BuiltinId::Cap => 16,
            _ => return None,
        };
        let t = self.expr_ty(&c.args[0]);
        match self.class(t) {
            Class::Str | Class::Slice => Some(self.word_of(&c.args[0], off)),
            _ => None,
        }
    }

    /// dst := builtin(args)
    pub fn builtin_to(&mut self, e: &'a Expr, b: BuiltinId, c: &'a CallExpr, dst: Slot) {
        let ty = self.expr_ty(e);
        let mark = self.f.slots.next;
        let n = self.slots_of(ty);
        self.f.slots.grow_to(mark.max(dst as u32 + n));
        if let Some(values) = self.spread_args(c) {
            self.builtin_of_values(e, b, ty, &values, dst);
            self.f.slots.next = mark;
            return;
        }
        let kept = self.n_kept();
        if b == BuiltinId::Copy {
            self.order(&[(&c.args[0], None), (&c.args[1], None)]);
        }
        match b {
            BuiltinId::Len | BuiltinId::Cap => self.len_to(b, &c.args[0], dst),
            BuiltinId::Append => self.append_to(e, c, ty, dst),
            BuiltinId::Copy => {
                let to_ty = self.expr_ty(&c.args[0]);
                let to = self.expr(&c.args[0]);
                let from = self.expr(&c.args[1]);
                let t = self.elem_type_idx(to_ty);
                self.at(e.pos());
                self.ins(ins::Copy(dst, to, from, t, 0));
            }
            BuiltinId::Make => self.make_to(e, c, ty, dst),
            BuiltinId::New => self.new_to(c, ty, dst),
            BuiltinId::Min | BuiltinId::Max => self.min_max_to(b, c, ty, dst),
            BuiltinId::Complex => self.complex_to(c, ty, dst),
            BuiltinId::Real | BuiltinId::Imag => {
                let t = self.expr_ty(&c.args[0]);
                let a = self.expr(&c.args[0]);
                let imag = b == BuiltinId::Imag;
                if self.class(t) == Class::C64 {
                    self.ins(if imag {
                        ins::ImagC64(dst, a)
                    } else {
                        ins::RealC64(dst, a)
                    });
                } else {
                    self.mov_slots(dst, a + imag as Slot, 1);
                }
            }
            BuiltinId::Recover => self.ins(ins::Recover(dst)),
            BuiltinId::Add => {
                let a = self.expr(&c.args[0]);
                if let Some(n) = self.small_const(&c.args[1]) {
                    self.ins(ins::AddI64Imm(dst, a, n));
                } else {
                    let n = self.expr(&c.args[1]);
                    self.ins(ins::AddI64(dst, a, n));
                }
            }
            BuiltinId::Slice | BuiltinId::String => {
                let t = self.f.slots.alloc(2);
                self.expr_to(&c.args[0], t);
                self.expr_to(&c.args[1], t + 1);
                self.at(e.pos());
                let elem = self.expr_ty(&c.args[0]);
                let size = match self.pointee(elem) {
                    Some(elem) if b == BuiltinId::Slice => self.layout(elem).size,
                    _ => 1,
                };
                let check = if b == BuiltinId::Slice {
                    "unsafeslice"
                } else {
                    "unsafestring"
                };
                if let Some(f) = self.runtime_func(check) {
                    let base = self.f.slots.alloc(FRAME_HEADER as u32 + 3);
                    let args = base + FRAME_HEADER;
                    self.mov_slots(args, t, 2);
                    self.load_bits(args + 2, size);
                    self.ins(ins::Call(base, f));
                }
                self.mov_slots(dst, t, 2);
                if b == BuiltinId::Slice {
                    self.mov_slots(dst + 2, t + 1, 1);
                }
            }
            BuiltinId::SliceData | BuiltinId::StringData => {
                let a = self.expr(&c.args[0]);
                self.mov_slots(dst, a, 1);
            }
            BuiltinId::Sizeof => {
                let t = self.expr_ty(&c.args[0]);
                let size = self.layout(t).size;
                self.load_bits(dst, size);
            }
            BuiltinId::Alignof => {
                let t = self.expr_ty(&c.args[0]);
                let align = self.layout(t).align;
                self.load_bits(dst, align as u64);
            }
            BuiltinId::Offsetof => self.offsetof_to(&c.args[0], dst),
            BuiltinId::Clear
            | BuiltinId::Close
            | BuiltinId::Delete
            | BuiltinId::Panic
            | BuiltinId::Print
            | BuiltinId::Println => self.builtin_stmt(e, b, c),
            // Of the checker's tests, which are never compiled.
            BuiltinId::Assert | BuiltinId::Trace => {}
        }
        self.forget(kept);
        self.f.slots.next = mark;
    }

    /// A builtin that has no value.
    pub fn builtin_stmt(&mut self, e: &'a Expr, b: BuiltinId, c: &'a CallExpr) {
        let mark = self.f.slots.next;
        if let Some(values) = self.spread_args(c) {
            let ty = self.expr_ty(e);
            let dst = self.tmp(ty);
            self.builtin_of_values(e, b, ty, &values, dst);
            self.f.slots.next = mark;
            return;
        }
        let kept = self.n_kept();
        let tys = self.delayed_builtin_types(b, c);
        let items: Vec<_> = c.args.iter().zip(tys).map(|(a, t)| (a, Some(t))).collect();
        self.order(&items);
        match b {
            BuiltinId::Clear => {
                let t = self.expr_ty(&c.args[0]);
                let a = self.expr(&c.args[0]);
                if let TyKind::Map(..) = self.under_kind(t) {
                    let t = self.type_idx(t);
                    self.ins(ins::MapClear(a, t, 0));
                } else {
                    let t = self.elem_type_idx(t);
                    self.ins(ins::ClearSlice(a, t, 0));
                }
            }
            BuiltinId::Close => {
                let ch = self.expr(&c.args[0]);
                self.at(e.pos());
                self.ins(ins::Close(ch));
            }
            BuiltinId::Delete => {
                let t = self.expr_ty(&c.args[0]);
                let map = self.expr(&c.args[0]);
                if let TyKind::Map(key, _) = self.under_kind(t) {
                    let key = self.value(&c.args[1], key);
                    let t = self.type_idx(t);
                    self.at(e.pos());
                    self.ins(ins::MapDelete(map, key, t, 0));
                }
            }
            BuiltinId::Panic => {
                let v = self.value(&c.args[0], Ty::ANY);
                self.at(e.pos());
                self.ins(ins::Panic(v));
            }
            BuiltinId::Print | BuiltinId::Println => {
                self.print(e, b == BuiltinId::Println, &c.args)
            }
            _ => {
                let ty = self.expr_ty(e);
                let dst = self.tmp(ty);
                self.builtin_to(e, b, c, dst);
            }
        }
        self.forget(kept);
        self.f.slots.next = mark;
    }

    /// The arguments of `builtin(f())` when `f` has several results: slots and types.
    fn spread_args(&mut self, c: &'a CallExpr) -> Option<Vec<(Slot, Ty)>> {
        let [x] = &c.args[..] else { return None };
        let list = self.value_types(x)?;
        (list.len() > 1).then(|| self.several(x, list.len()))
    }

    fn builtin_of_values(
        &mut self,
        e: &'a Expr,
        b: BuiltinId,
        ty: Ty,
        values: &[(Slot, Ty)],
        dst: Slot,
    ) {
        self.at(e.pos());
        let n = self.slots_of(ty);
        match b {
            BuiltinId::Print | BuiltinId::Println => {
                let values: Vec<_> = values.iter().map(|&(s, t)| (t, s)).collect();
                self.print_slots(b == BuiltinId::Println, &values);
            }
            BuiltinId::Append => {
                let elem = self.slice_elem(ty);
                let t = self.type_idx(elem);
                if self.is_far(elem) {
                    let rest = self.f.slots.alloc(3);
                    self.slice_of_values(&values[1..], elem, rest);
                    self.ins(ins::AppendSlice(dst, values[0].0, rest, t, 0));
                    return;
                }
                let n = self.slots_of(elem);
                let args = self.f.slots.alloc(n * (values.len() as u32 - 1));
                for (i, &(v, from)) in values[1..].iter().enumerate() {
                    self.assign_convert(v, from, elem, args + n as Slot * i as Slot);
                }
                self.ins(ins::AppendN(
                    dst,
                    values[0].0,
                    args,
                    t,
                    values.len() as u32 - 1,
                ));
            }
            BuiltinId::Copy => {
                let t = self.elem_type_idx(values[0].1);
                self.ins(ins::Copy(dst, values[0].0, values[1].0, t, 0));
            }
            BuiltinId::Complex => {
                if self.class(ty) == Class::C64 {
                    self.ins(ins::MakeC64(dst, values[0].0, values[1].0));
                } else {
                    self.mov_slots(dst, values[0].0, 1);
                    self.mov_slots(dst + 1, values[1].0, 1);
                }
            }
            BuiltinId::Delete => {
                let t = values[0].1;
                if let TyKind::Map(key, _) = self.under_kind(t) {
                    let k = self.tmp(key);
                    self.assign_convert(values[1].0, values[1].1, key, k);
                    let t = self.type_idx(t);
                    self.ins(ins::MapDelete(values[0].0, k, t, 0));
                }
            }
            BuiltinId::Min | BuiltinId::Max => {
                let class = self.class(ty);
                let acc = self.f.slots.alloc(n);
                self.mov_slots(acc, values[0].0, n);
                for &(x, _) in &values[1..] {
                    self.min_max(b == BuiltinId::Min, class, acc, acc, x);
                }
                self.mov_slots(dst, acc, n);
            }
            BuiltinId::Add => self.ins(ins::AddI64(dst, values[0].0, values[1].0)),
            BuiltinId::String => {
                self.mov_slots(dst, values[0].0, 1);
                self.mov_slots(dst + 1, values[1].0, 1);
            }
            _ => {}
        }
    }

    fn len_to(&mut self, b: BuiltinId, x: &'a Expr, dst: Slot) {
        let t = self.expr_ty(x);
        match self.under_kind(t) {
            TyKind::Map(..) => {
                let a = self.expr(x);
                self.ins(ins::MapLen(dst, a));
            }
            TyKind::Chan(..) => {
                let a = self.expr(x);
                self.ins(if b == BuiltinId::Len {
                    ins::ChanLen(dst, a)
                } else {
                    ins::ChanCap(dst, a)
                });
            }
            TyKind::Array(_, len) => {
                self.discard(x);
                self.load_bits(dst, len);
            }
            TyKind::Pointer(array) => {
                self.discard(x);
                let len = self.array_len(array);
                self.load_bits(dst, len);
            }
            _ => {
                let off = if b == BuiltinId::Len { 8 } else { 16 };
                if let Some(val) = self.const_of(x) {
                    self.load_bits(dst, val.as_bytes().len() as u64);
                    return;
                }
                let s = self.word_of(x, off);
                self.mov_slots(dst, s, 1);
            }
        }
    }

    fn append_to(&mut self, e: &'a Expr, c: &'a CallExpr, ty: Ty, dst: Slot) {
        let elem = self.slice_elem(ty);
        let t = self.type_idx(elem);
        let (first, rest) = (&c.args[0], &c.args[1..]);
        if rest.is_empty() {
            return self.value_to(first, ty, dst);
        }
        let late = rest.iter().any(|a| self.has_call(a)) && !self.has_call(first);
        let mut slice = if late { 0 } else { self.value(first, ty) };
        if c.ellipsis.is_some() {
            let b = self.value(&rest[0], ty);
            if late {
                slice = self.value(first, ty);
            }
            self.at(e.pos());
            self.ins(ins::AppendSlice(dst, slice, b, t, 0));
            return;
        }
        let l = self.layout(elem);
        if l.class == Class::Far {
            let more = self.f.slots.alloc(3);
            self.slice_of(rest.iter(), elem, more);
            if late {
                slice = self.value(first, ty);
            }
            self.at(e.pos());
            self.ins(ins::AppendSlice(dst, slice, more, t, 0));
            return;
        }
        if let [x] = rest {
            let src = self.value(x, elem);
            if late {
                slice = self.value(first, ty);
            }
            self.at(e.pos());
            let size = if l.align == 8 || l.size == 1 {
                l.size
            } else {
                0
            };
            self.ins(match size {
                8 => ins::Append64(dst, slice, src, t, 0),
                1 => ins::Append8(dst, slice, src, t, 0),
                _ => ins::Append(dst, slice, src, t, 0),
            });
            return;
        }
        let n = l.slots();
        let src = self.f.slots.alloc(n * rest.len() as u32);
        for (i, x) in rest.iter().enumerate() {
            self.value_to(x, elem, src + (n as usize * i) as Slot);
        }
        if late {
            slice = self.value(first, ty);
        }
        self.at(e.pos());
        self.ins(ins::AppendN(dst, slice, src, t, rest.len() as u32));
    }

    /// The element type of a slice type.
    pub fn slice_elem(&mut self, ty: Ty) -> Ty {
        match self.under_kind(ty) {
            TyKind::Slice(elem) | TyKind::Array(elem, _) => elem,
            _ => Ty::UINT8,
        }
    }

    fn elem_type_idx(&mut self, slice: Ty) -> u32 {
        let elem = self.slice_elem(slice);
        self.type_idx(elem)
    }

    fn make_to(&mut self, e: &'a Expr, c: &'a CallExpr, ty: Ty, dst: Slot) {
        match self.under_kind(ty) {
            TyKind::Slice(elem) => {
                let len = self.make_size(&c.args[1]);
                let cap = match c.args.get(2) {
                    Some(cap) => self.make_size(cap),
                    None => len,
                };
                let t = self.type_idx(elem);
                self.at(e.pos());
                self.ins(ins::MakeSlice(dst, len, cap, t, 0));
            }
            TyKind::Map(..) => {
                let hint = match c.args.get(1) {
                    Some(n) => self.make_size(n),
                    None => self.bits_slot(0),
                };
                let t = self.type_idx(ty);
                self.ins(ins::MakeMap(dst, hint, t, 0));
            }
            TyKind::Chan(..) => {
                let size = match c.args.get(1) {
                    Some(n) => self.make_size(n),
                    None => self.bits_slot(0),
                };
                let t = self.type_idx(ty);
                self.at(e.pos());
                self.ins(ins::MakeChan(dst, size, t, 0));
            }
            _ => {}
        }
    }

    /// A size given to `make`: an integer, or a constant of any numeric kind.
    fn make_size(&mut self, x: &'a Expr) -> Slot {
        match self.const_of(x) {
            Some(v) => {
                let bits = v.to_int().as_i64().unwrap_or(i64::MAX);
                self.bits_slot(bits as u64)
            }
            None => self.expr(x),
        }
    }

    fn new_to(&mut self, c: &'a CallExpr, ty: Ty, dst: Slot) {
        let Some(elem) = self.pointee(ty) else { return };
        let arg = &c.args[0];
        let t = self.type_idx(elem);
        if self
            .ck
            .info
            .get(arg.id)
            .is_some_and(|tv| tv.mode == Mode::TypExpr)
        {
            self.ins(ins::New(dst, t));
            return;
        }
        let v = self.value(arg, elem);
        let base = if self.is_fresh(dst) {
            dst
        } else {
            self.f.slots.alloc(1)
        };
        self.ins(ins::New(base, t));
        self.store(Place::Mem { base, off: 0 }, elem, v);
        self.mov_slots(dst, base, 1);
    }

    fn min_max_to(&mut self, b: BuiltinId, c: &'a CallExpr, ty: Ty, dst: Slot) {
        let is_min = b == BuiltinId::Min;
        let n = self.slots_of(ty);
        let class = self.class(ty);
        let first = self.typed_operand(&c.args[0], ty);
        if c.args.len() == 1 {
            self.mov_slots(dst, first, n);
            return;
        }
        let acc = if class == Class::Str || c.args.len() > 2 && !self.is_fresh(dst) {
            self.f.slots.alloc(n)
        } else {
            dst
        };
        let mut a = first;
        if class == Class::Str {
            self.mov_slots(acc, first, n);
            a = acc;
        }
        for (i, x) in c.args[1..].iter().enumerate() {
            let x = self.typed_operand(x, ty);
            let to = if i + 2 == c.args.len() && class != Class::Str {
                dst
            } else {
                acc
            };
            self.min_max(is_min, class, to, a, x);
            a = to;
        }
        if class == Class::Str {
            self.mov_slots(dst, acc, n);
        }
    }

    /// to := the smaller or larger of a and x; for strings, `a` is `to`.
    fn min_max(&mut self, is_min: bool, class: Class, to: Slot, a: Slot, x: Slot) {
        let unsigned = class
            == Class::Int {
                bytes: 8,
                signed: false,
            };
        match class {
            Class::Str => {
                let mark = self.f.slots.next;
                let t = self.f.slots.alloc(1);
                let keep = self.f.code.label();
                // Only a string that is strictly less (greater) takes the first one's place.
                let less = if is_min {
                    ins::StrLt(t, x, a)
                } else {
                    ins::StrLt(t, a, x)
                };
                self.ins(less);
                self.f.code.push_jump(ins::JFalse(t, 0), keep);
                self.mov_slots(to, x, 2);
                self.f.code.bind(keep);
                self.f.slots.next = mark;
            }
            Class::F64 if is_min => self.ins(ins::MinF64(to, a, x)),
            Class::F64 => self.ins(ins::MaxF64(to, a, x)),
            Class::F32 if is_min => self.ins(ins::MinF32(to, a, x)),
            Class::F32 => self.ins(ins::MaxF32(to, a, x)),
            _ if unsigned && is_min => self.ins(ins::MinU64(to, a, x)),
            _ if unsigned => self.ins(ins::MaxU64(to, a, x)),
            _ if is_min => self.ins(ins::MinI64(to, a, x)),
            _ => self.ins(ins::MaxI64(to, a, x)),
        }
    }

    /// An operand of a builtin as a value of the result's type: constants among the operands may still be untyped.
    fn typed_operand(&mut self, x: &'a Expr, ty: Ty) -> Slot {
        match self.const_of(x) {
            Some(v) => {
                if let Some(bits) = self.const_bits(&v, ty) {
                    return self.bits_slot(bits);
                }
                let dst = self.tmp(ty);
                self.const_to(&v, ty, dst);
                dst
            }
            None => self.expr(x),
        }
    }

    fn complex_to(&mut self, c: &'a CallExpr, ty: Ty, dst: Slot) {
        let is_64 = self.class(ty) == Class::C64;
        let part = if is_64 { Ty::FLOAT32 } else { Ty::FLOAT64 };
        let re = self.typed_operand(&c.args[0], part);
        let im = self.typed_operand(&c.args[1], part);
        if is_64 {
            self.ins(ins::MakeC64(dst, re, im));
        } else if im == dst {
            let t = self.f.slots.alloc(1);
            self.mov_slots(t, im, 1);
            self.mov_slots(dst, re, 1);
            self.mov_slots(dst + 1, t, 1);
        } else {
            self.mov_slots(dst, re, 1);
            self.mov_slots(dst + 1, im, 1);
        }
    }

    fn offsetof_to(&mut self, x: &'a Expr, dst: Slot) {
        let x = x.unparen();
        let mut off = 0;
        if let ExprKind::Selector(s) = &x.kind {
            let mut t = self.expr_ty(&s.x);
            let pkg = self.selector_pkg(x);
            if let Some(found) = self.find(t, s.sel.name, pkg) {
                for &i in found.path.iter() {
                    t = self.pointee(t).unwrap_or(t);
                    off += self.offsets_of(t)[i as usize];
                    t = self.fields(t)[i as usize].ty;
                }
            }
        }
        self.load_bits(dst, off);
    }

    /// Calls a native without results, its arguments in slots that `fill` gets.
    pub fn native_stmt(&mut self, name: &str, slots: u32, fill: impl FnOnce(&mut Self, Slot)) {
        let mark = self.f.slots.next;
        let base = self.f.slots.alloc(FRAME_HEADER as u32 + slots);
        fill(self, base + FRAME_HEADER);
        let n = self.native_idx(name);
        self.ins(ins::CallNative(base, n));
        self.f.slots.next = mark;
    }

    fn print(&mut self, e: &'a Expr, newline: bool, args: &'a [Expr]) {
        // All arguments are evaluated before anything is printed.
        let mut values = Vec::with_capacity(args.len());
        for a in args {
            let mut ty = self.expr_ty(a);
            if self.is_nil(a) {
                ty = Ty::UNSAFE_POINTER;
            }
            let slot = if self.const_of(a).is_some() || !self.has_effects(a) {
                None
            } else {
                let dst = self.tmp(ty);
                self.expr_to(a, dst);
                Some(dst)
            };
            values.push((a, ty, slot));
        }
        self.at(e.pos());
        let values: Vec<(Ty, Slot)> = values
            .into_iter()
            .map(|(a, ty, slot)| {
                let slot = slot.unwrap_or_else(|| self.value(a, ty));
                (ty, slot)
            })
            .collect();
        self.print_slots(newline, &values);
    }

    /// Prints values as `print` or `println` does, all under one lock.
    pub fn print_slots(&mut self, newline: bool, values: &[(Ty, Slot)]) {
        self.native_stmt("runtime.printlock", 0, |_, _| {});
        for (i, &(ty, slot)) in values.iter().enumerate() {
            if newline && i > 0 {
                self.native_stmt("runtime.printsp", 0, |_, _| {});
            }
            let n = self.slots_of(ty);
            let name = self.print_name(ty);
            self.native_stmt(name, n, |s, dst| s.mov_slots(dst, slot, n));
        }
        if newline {
            self.native_stmt("runtime.printnl", 0, |_, _| {});
        }
        self.native_stmt("runtime.printunlock", 0, |_, _| {});
    }

    fn print_name(&mut self, ty: Ty) -> &'static str {
        let is_bool = self.under(ty) == Ty::BOOL
            || self.under(ty).0 == crate::check::Basic::UntypedBool as u32;
        match self.class(ty) {
            Class::Int { .. } if is_bool => "runtime.printbool",
            Class::Int {
                bytes: _,
                signed: true,
            } => "runtime.printint",
            Class::Int { .. } => "runtime.printuint",
            Class::F64 => "runtime.printfloat64",
            Class::F32 => "runtime.printfloat32",
            Class::C128 => "runtime.printcomplex128",
            Class::C64 => "runtime.printcomplex64",
            Class::Str => "runtime.printstring",
            Class::Slice => "runtime.printslice",
            Class::Iface => "runtime.printiface",
            _ => "runtime.printpointer",
        }
    }
}

//! Interfaces: boxing, assertions, comparison, bound methods.

use super::mem::*;
use super::operands::*;
use super::{Fp, Gp, Pc, handlers, outlined, save, trap};
use crate::equality::{Uncomparable, equal, equal_ifaces};
use crate::panic;
use crate::rtype::Rtype;
use crate::value::Iface;
use crate::{errors, load};
use minigo_runtime::heap::mallocgc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

#[inline(always)]
pub(crate) unsafe fn iface_at(fp: Fp, slot: usize) -> Iface {
    // SAFETY: two slots of the frame hold an interface.
    unsafe { *fp.add(slot).cast::<Iface>() }
}

handlers! {
    fn AssertType(pc, fp, gp) {
        let (v, ty) = (iface_at(fp, b(pc)), near_low::<Rtype>(pc));
        if v.ty != ty {
            return trap(pc, fp, gp);
        }
        if (*ty).size() > 8 && (*ty).far {
            return trap(pc, fp, gp);
        }
        unpack(fp.add(a(pc)), v, &*ty);
        (pc.add(1), fp)
    }

    fn AssertIface(pc, fp, gp) {
        let (v, want) = (iface_at(fp, b(pc)), &*near_low::<Rtype>(pc));
        if v.is_nil() || !implements(&*v.ty, want) {
            return trap(pc, fp, gp);
        }
        *fp.add(a(pc)).cast::<Iface>() = v;
        (pc.add(1), fp)
    }
}

outlined! {
    fn MakeIface(pc, fp, gp) {
        save(pc, fp, gp);
        let ty = &*near_low::<Rtype>(pc);
        let (src, size) = (fp.add(b(pc)), ty.size());
        let data = if ty.is_direct() {
            if size == 0 { 0 } else { *src }
        } else {
            let p = ty.new_value(gp);
            copy(p as u64, src as u64, size);
            p as u64
        };
        let dst = fp.add(a(pc));
        *dst = ty as *const Rtype as u64;
        *dst.add(1) = data;
        (pc.add(1), fp)
    }

    fn AssertTypeOk(pc, fp, gp) {
        let (v, ty) = (iface_at(fp, b(pc)), near_low::<Rtype>(pc));
        let same = v.ty == ty;
        if (*ty).far {
            save(pc, fp, gp);
            set(fp, a(pc), (*ty).far_value(gp, if same { v.data } else { 0 }));
        } else if same {
            unpack(fp.add(a(pc)), v, &*ty);
        } else {
            zero(fp.add(a(pc)) as u64, (*ty).slots() * 8);
        }
        set(fp, c(pc), same as u64);
        (pc.add(1), fp)
    }

    fn AssertIfaceOk(pc, fp, gp) {
        let (v, want) = (iface_at(fp, b(pc)), &*near_low::<Rtype>(pc));
        let ok = !v.is_nil() && implements(&*v.ty, want);
        *fp.add(a(pc)).cast::<Iface>() = if ok { v } else { Iface::NIL };
        set(fp, c(pc), ok as u64);
        (pc.add(1), fp)
    }

    fn IfaceEq(pc, fp, gp) {
        match equal_ifaces(iface_at(fp, b(pc)), iface_at(fp, c(pc))) {
            Ok(same) => {
                set(fp, a(pc), same as u64);
                (pc, fp)
            }
            Err(ty) => uncomparable(pc, fp, gp, ty),
        }
    }

    fn EqVal(pc, fp, gp) {
        let ty = &*near_low::<Rtype>(pc);
        match equal(ty, fp.add(b(pc)) as u64, fp.add(c(pc)) as u64) {
            Ok(same) => {
                set(fp, a(pc), same as u64);
                (pc.add(1), fp)
            }
            Err(ty) => uncomparable(pc, fp, gp, ty),
        }
    }

    fn EqMem(pc, fp, gp) {
        let (x, y) = (get(fp, b(pc)), get(fp, c(pc)));
        if x < NIL_PAGE || y < NIL_PAGE {
            return trap(pc, fp, gp);
        }
        match equal(&*near_low::<Rtype>(pc), x, y) {
            Ok(same) => {
                set(fp, a(pc), same as u64);
                (pc.add(1), fp)
            }
            Err(ty) => uncomparable(pc, fp, gp, ty),
        }
    }

    fn IfaceMethodValue(pc, fp, gp) {
        let v = iface_at(fp, b(pc));
        if v.is_nil() {
            return trap(pc, fp, gp);
        }
        save(pc, fp, gp);
        let method = (*v.ty).method_code(c(pc) as u32);
        set(fp, a(pc), bind(gp, method, v.data) as u64);
        (pc, fp)
    }
}

/// The value out of an interface whose dynamic type is `ty`.
#[inline(always)]
unsafe fn unpack(dst: *mut u64, v: Iface, ty: &Rtype) {
    // SAFETY: the verifier has seen enough slots for a value of this type.
    unsafe {
        match ty.size() {
            0 => {}
            1..=8 => *dst = v.data,
            n => load_value(dst, v.data, n),
        }
    }
}

/// A closure that calls a method with a fixed first parameter.
pub(crate) unsafe fn bind(gp: Gp, method: *const u64, receiver: u64) -> *mut u64 {
    // SAFETY: methods are loaded functions; the new object has room for the code and two captures.
    unsafe {
        let word = load::frame_word(method);
        let stub = load::bound_stub(load::result_slots(word), load::param_slots(word) - 1);
        closure(gp, stub, [method.sub(load::CODE_HEADER) as u64, receiver])
    }
}

/// A closure that calls a method with its first param as the receiver, which lies in so many slots.
pub(crate) unsafe fn unbind(gp: Gp, method: *const u64, receiver: usize) -> *mut u64 {
    // SAFETY: as in `bind`.
    unsafe {
        let word = load::frame_word(method);
        let (results, params) = (load::result_slots(word), load::param_slots(word) - 1);
        let stub = load::unbound_stub(results, receiver, params);
        closure(gp, stub, [method.sub(load::CODE_HEADER) as u64, 0])
    }
}

/// A closure of two captures.
pub(crate) unsafe fn closure(gp: Gp, code: *const u64, captured: [u64; 2]) -> *mut u64 {
    // SAFETY: the new object has room for the code and two captures.
    unsafe {
        let closure = mallocgc(gp, 24, super::call::closure_type(2), true).cast::<u64>();
        *closure = code as u64;
        *closure.add(1) = captured[0];
        *closure.add(2) = captured[1];
        closure
    }
}

#[cold]
unsafe fn uncomparable(pc: Pc, fp: Fp, gp: Gp, ty: Uncomparable) -> (Pc, Fp) {
    // SAFETY: as every handler.
    unsafe {
        let text = format!("comparing uncomparable type {}", ty.string);
        panic::runtime_error(gp, pc, fp, &text)
    }
}

// ---- which types implement which interfaces ----

/// Answers already found: concrete type's index, interface's index, and the answer in one word, so that a reader never
/// sees half an entry. 0 is empty.
static ANSWERS: [AtomicU64; 1024] = [const { AtomicU64::new(0) }; 1024];

/// Types have got other methods: every answer is found anew.
pub(crate) fn forget_answers() {
    ANSWERS.iter().for_each(|a| a.store(0, Relaxed));
}

/// Whether a concrete type has all methods of an interface type.
pub(crate) fn implements(ty: &Rtype, iface: &Rtype) -> bool {
    if iface.imethods.is_empty() {
        return true;
    }
    let key = (ty.index as u64 + 1) << 33 | (iface.index as u64) << 1;
    let place = &ANSWERS[(ty.index ^ iface.index.wrapping_mul(0x9e37_79b1)) as usize % 1024];
    let known = place.load(Relaxed);
    if known & !1 == key {
        return known & 1 != 0;
    }
    let answer = missing_method(ty, iface).is_none();
    place.store(key | answer as u64, Relaxed);
    answer
}

/// The first method of the interface that the type lacks.
pub(crate) fn missing_method(ty: &Rtype, iface: &Rtype) -> Option<&'static str> {
    let methods = ty.methods();
    let lacks = |sel: u32| !methods.iter().any(|m| m.sel == sel);
    iface.imethods.iter().find(|m| lacks(m.sel)).map(|m| m.name)
}

/// The package of a type: a struct type without a name has its unexported fields'.
fn package_of(ty: &Rtype) -> &'static str {
    if ty.kind == crate::rtype::Kind::Struct && ty.name.is_empty() {
        let packages = ty.fields.iter().map(|f| f.pkg_path);
        return packages.into_iter().find(|p| !p.is_empty()).unwrap_or("");
    }
    ty.pkg_path
}

/// The panic of a failed assertion to the concrete or interface type `want`.
pub(crate) unsafe fn assertion_failed(
    pc: Pc,
    fp: Fp,
    gp: Gp,
    v: Iface,
    want: &Rtype,
    iface_ty: &Rtype,
) -> (Pc, Fp) {
    let to_iface = want.kind == crate::rtype::Kind::Interface;
    // Go does not tell which interface type it was when the target is one itself.
    let from = if to_iface {
        "interface"
    } else {
        iface_ty.string
    };
    let as_ = want.string;
    // SAFETY: type words are null or immortal descriptors.
    let text = match unsafe { v.ty.as_ref() } {
        None => format!("interface conversion: {from} is nil, not {as_}"),
        Some(ty) if to_iface => {
            let missing = missing_method(ty, want).unwrap_or("?");
            let is = ty.string;
            format!("interface conversion: {is} is not {as_}: missing method {missing}")
        }
        Some(ty) => {
            let is = ty.string;
            let mut text = format!("interface conversion: {from} is {is}, not {as_}");
            if is == as_ {
                text.push_str(if package_of(ty) != package_of(want) {
                    " (types from different packages)"
                } else {
                    " (types from different scopes)"
                });
            }
            text
        }
    };
    // SAFETY: as every handler.
    unsafe {
        save(pc, fp, gp);
        let value = errors::type_assertion_error(gp, &text);
        panic::raise(gp, pc, fp, value)
    }
}

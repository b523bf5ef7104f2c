//! What instructions do when the quick way is barred: `Trap` decodes the saved instruction again.

use super::call::call_in_new_segment;
use super::iface::{assertion_failed, iface_at};
use super::mem::NIL_PAGE;
use super::operands::*;
use super::pairs::operation;
use super::quick::call_native;
use super::slice::{HAS_HI, HAS_LO, HAS_MAX, append_one};
use super::{Fp, Gp, Pc, handlers};
use crate::goroutine::{VmG, resume_again};
use crate::load::{frame_word, func_before, result_slots};
use crate::panic;
use crate::rtype::Rtype;
use minigo_bytecode::op::{Op, op_of};
use std::sync::atomic::Ordering::Relaxed;

handlers! {
    fn Trap(pc, fp, gp) {
        slow(fp, gp)
    }
}

/// The slow way of the instruction before the saved pc.
#[inline(never)]
unsafe fn slow(fp: Fp, gp: Gp) -> (Pc, Fp) {
    // SAFETY: as every handler: the saved pc is behind the word of an instruction that trapped in this frame.
    unsafe {
        let pc = (*VmG::of(gp)).pc;
        let op = operation(op_of(*pc.sub(1)));
        if minigo_runtime::nondet::seeded()
            && let Some(next) = counted(op, pc, fp, gp)
        {
            return next;
        }
        let index = |index: usize, len: u64| index_out_of_range(pc, fp, gp, get(fp, index), len);
        match op {
            // ---- safepoints ----
            Op::Loop
            | Op::LoopTrue
            | Op::LoopFalse
            | Op::LoopLtI64
            | Op::LoopLeI64
            | Op::LoopLtU64
            | Op::LoopEqI64
            | Op::LoopNeI64
            | Op::LoopLtImm
            | Op::LoopLeImm
            | Op::LoopGtImm
            | Op::LoopGeImm
            | Op::LoopNeImm
            | Op::LoopLtF64
            | Op::IncLoopLt
            | Op::IncLoopLe
            | Op::IncLoopLtImm
            | Op::IncLoopLeImm => preempt(pc, fp, gp),

            // ---- calls ----
            Op::Call => {
                if wanted(gp) {
                    return preempt(pc, fp, gp);
                }
                call_in_new_segment(gp, pc, fp, near::<u64>(pc), 0)
            }
            Op::CallClosure => {
                let closure = get(fp, b(pc));
                if closure < NIL_PAGE {
                    return panic::nil_deref(gp, pc, fp);
                }
                if wanted(gp) {
                    return preempt(pc, fp, gp);
                }
                call_in_new_segment(gp, pc, fp, *(closure as *const Pc), closure)
            }
            Op::CallIface => {
                let v = iface_at(fp, b(pc));
                if v.is_nil() {
                    return panic::nil_deref(gp, pc, fp);
                }
                if wanted(gp) {
                    return preempt(pc, fp, gp);
                }
                let entry = (*v.ty).method_code(c(pc) as u32);
                let receiver = a(pc) + 3 + result_slots(frame_word(entry));
                set(fp, receiver, v.data);
                call_in_new_segment(gp, pc, fp, entry, 0)
            }

            // ---- arithmetic ----
            Op::DivI64 | Op::RemI64 | Op::DivU64 | Op::RemU64 => {
                panic::runtime_error(gp, pc, fp, "integer divide by zero")
            }
            Op::CheckShift => panic::runtime_error(gp, pc, fp, "negative shift amount"),

            // ---- indices ----
            Op::CheckIdx => index(a(pc), wide(pc) as u64),
            Op::IdxLoad8u
            | Op::IdxLoad8s
            | Op::IdxLoad16u
            | Op::IdxLoad16s
            | Op::IdxLoad32u
            | Op::IdxLoad32s
            | Op::IdxLoad64
            | Op::IdxLoad2
            | Op::IdxLoad3
            | Op::IdxAddr
            | Op::IdxFieldLoad64 => index(c(pc), get(fp, b(pc) + 1)),
            Op::IdxStore8
            | Op::IdxStore16
            | Op::IdxStore32
            | Op::IdxStore64
            | Op::IdxStorePtr
            | Op::IdxStore2
            | Op::IdxStore3
            | Op::IdxFieldStore64 => index(b(pc), get(fp, a(pc) + 1)),
            Op::Slice => slice_out_of_range(pc, fp, gp),
            Op::SliceStr => slice_str_out_of_range(pc, fp, gp),
            Op::SliceToArray => {
                let (len, n) = (get(fp, b(pc) + 1), low(pc));
                let text = format!(
                    "cannot convert slice with length {len} to array or pointer to array with length {n}"
                );
                panic::bounds_error(gp, pc, fp, &text)
            }
            Op::Append64 | Op::Append8 => append_one(pc, fp, gp),

            // ---- natives that have more to do than is usual ----
            Op::MutexLock
            | Op::MutexTryLock
            | Op::MutexUnlock
            | Op::RwRLock
            | Op::RwRUnlock
            | Op::RwAwait
            | Op::RwAdmit
            | Op::WgAdd
            | Op::WgDone
            | Op::AtomicLoad32s
            | Op::AtomicLoad32u
            | Op::AtomicLoad64
            | Op::AtomicStore32
            | Op::AtomicStore64
            | Op::AtomicSwap32s
            | Op::AtomicSwap32u
            | Op::AtomicSwap64
            | Op::AtomicCas32
            | Op::AtomicCas64
            | Op::AtomicAdd32s
            | Op::AtomicAdd32u
            | Op::AtomicAdd64
            | Op::AtomicAnd32s
            | Op::AtomicAnd32u
            | Op::AtomicAnd64
            | Op::AtomicOr32s
            | Op::AtomicOr32u
            | Op::AtomicOr64 => call_native(pc, fp, gp),

            // ---- interfaces ----
            Op::AssertType
                if (*near_low::<Rtype>(pc)).far && iface_at(fp, b(pc)).ty == near_low(pc) =>
            {
                let ty = &*near_low::<Rtype>(pc);
                set(fp, a(pc), ty.clone_value(gp, iface_at(fp, b(pc)).data));
                (pc.add(1), fp)
            }
            Op::AssertType | Op::AssertIface => {
                let (want, from) = (&*near_low::<Rtype>(pc), &*near_high::<Rtype>(pc));
                assertion_failed(pc, fp, gp, iface_at(fp, b(pc)), want, from)
            }

            // Everything else that traps has met a nil pointer or interface.
            _ => panic::nil_deref_at(gp, pc, fp, fault_address(op, pc, fp)),
        }
    }
}

/// The address that an instruction would have read or written.
unsafe fn fault_address(op: Op, pc: Pc, fp: Fp) -> u64 {
    // SAFETY: as every handler.
    unsafe {
        match op {
            Op::Load8u
            | Op::Load8s
            | Op::Load16u
            | Op::Load16s
            | Op::Load32u
            | Op::Load32s
            | Op::Load64
            | Op::Load2
            | Op::Load3
            | Op::LoadN => get(fp, b(pc)) + c(pc) as u64,
            Op::Store8
            | Op::Store16
            | Op::Store32
            | Op::Store64
            | Op::StorePtr
            | Op::Store2
            | Op::Store3
            | Op::StoreN => get(fp, a(pc)) + b(pc) as u64,
            _ => 0,
        }
    }
}

/// In a seeded run the guard is always poisoned, so that every safepoint comes here to be counted. If it is not the one
/// to preempt at, the instruction is executed. `None`: it has other reasons to be here.
unsafe fn counted(op: Op, pc: Pc, fp: Fp, gp: Gp) -> Option<(Pc, Fp)> {
    macro_rules! safepoints {
        ($($name:ident)*) => {
            match op {
                $(Op::$name => super::ops::$name,)*
                _ => return None,
            }
        };
    }
    let handler: unsafe fn(Pc, Fp, Gp) -> (Pc, Fp) = safepoints! {
        Loop LoopTrue LoopFalse LoopLtI64 LoopLeI64 LoopLtU64 LoopEqI64 LoopNeI64 LoopLtImm LoopLeImm LoopGtImm LoopGeImm
        LoopNeImm LoopLtF64 IncLoopLt IncLoopLe IncLoopLtImm IncLoopLeImm Call CallClosure CallIface
    };
    // SAFETY: as every handler.
    unsafe {
        if minigo_runtime::nondet::safepoint() {
            return Some(preempt(pc, fp, gp));
        }
        let next = (*gp).with_real_guard(|| handler(pc, fp, gp));
        (next.0 != super::TRAP.as_ptr()).then_some(next)
    }
}

/// Is the goroutine asked to come to the scheduler? In a seeded run [`counted`] has decided.
unsafe fn wanted(gp: Gp) -> bool {
    // SAFETY: the goroutine is the running one.
    unsafe { (*gp).preempt_requested() && !minigo_runtime::nondet::seeded() }
}

/// Lets the scheduler have this goroutine; the instruction is executed again afterwards. Unless somebody wants it to
/// end.
unsafe fn preempt(pc: Pc, fp: Fp, gp: Gp) -> (Pc, Fp) {
    // SAFETY: the position is saved, and the native stack holds only the run loop.
    unsafe {
        if (*gp).cancelled.load(Relaxed) {
            return panic::cancelled(gp, pc, fp);
        }
        minigo_runtime::preempt_park_released(gp, resume_again)
    }
}

/// A bound as panics print it, and whether its type is unsigned.
struct Bound(i64, bool);

impl Bound {
    fn is_negative(&self) -> bool {
        !self.1 && self.0 < 0
    }
}

impl std::fmt::Display for Bound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.1 {
            true => write!(f, "{}", self.0 as u64),
            false => write!(f, "{}", self.0),
        }
    }
}

/// Which bounds of the expression before `pc` are unsigned.
fn unsigned_bounds(pc: Pc) -> u8 {
    func_before(pc).map_or(0, |f| f.unsigned_before(pc))
}

unsafe fn index_out_of_range(pc: Pc, fp: Fp, gp: Gp, index: u64, len: u64) -> (Pc, Fp) {
    let index = Bound(index as i64, unsigned_bounds(pc) & 1 != 0);
    let text = if index.is_negative() {
        format!("index out of range [{index}]")
    } else {
        format!("index out of range [{index}] with length {len}")
    };
    // SAFETY: as every handler.
    unsafe { panic::bounds_error(gp, pc, fp, &text) }
}

/// Which of a slice expression's bounds is wrong, checked in the order that Go checks them: from the last to the first.
unsafe fn slice_out_of_range(pc: Pc, fp: Fp, gp: Gp) -> (Pc, Fp) {
    // SAFETY: as every handler.
    unsafe {
        let (args, flags) = (fp.add(b(pc)), c(pc));
        let (len, cap) = (*args.add(1) as i64, *args.add(2) as i64);
        let lo = if flags & HAS_LO != 0 {
            *args.add(3) as i64
        } else {
            0
        };
        let hi = if flags & HAS_HI != 0 {
            *args.add(4) as i64
        } else {
            len
        };
        let max = if flags & HAS_MAX != 0 {
            *args.add(5) as i64
        } else {
            cap
        };
        let bits = unsigned_bounds(pc);
        let of_array = flags & 8 != 0;
        let what = if of_array { "length" } else { "capacity" };
        let beyond = |x: i64, limit: i64| x as u64 > limit as u64;
        let three = flags & HAS_MAX != 0;
        let text = if three && beyond(max, cap) {
            let max = Bound(max, bits & 4 != 0);
            if max.is_negative() {
                format!("[::{max}]")
            } else {
                format!("[::{max}] with {what} {cap}")
            }
        } else if beyond(hi, max) {
            let hi = Bound(hi, bits & 2 != 0);
            match (three, hi.is_negative()) {
                (true, true) => format!("[:{hi}:]"),
                (true, false) => format!("[:{hi}:{max}]"),
                (false, true) => format!("[:{hi}]"),
                (false, false) => format!("[:{hi}] with {what} {cap}"),
            }
        } else {
            let lo = Bound(lo, bits & 1 != 0);
            match (three, lo.is_negative()) {
                (true, true) => format!("[{lo}::]"),
                (true, false) => format!("[{lo}:{hi}:]"),
                (false, true) => format!("[{lo}:]"),
                (false, false) => format!("[{lo}:{hi}]"),
            }
        };
        panic::bounds_error(gp, pc, fp, &format!("slice bounds out of range {text}"))
    }
}

unsafe fn slice_str_out_of_range(pc: Pc, fp: Fp, gp: Gp) -> (Pc, Fp) {
    // SAFETY: as every handler.
    unsafe {
        let (args, flags) = (fp.add(b(pc)), c(pc));
        let len = *args.add(1) as i64;
        let lo = if flags & HAS_LO != 0 {
            *args.add(2) as i64
        } else {
            0
        };
        let hi = if flags & HAS_HI != 0 {
            *args.add(3) as i64
        } else {
            len
        };
        let bits = unsigned_bounds(pc);
        let (beyond, hi) = (hi as u64 > len as u64, Bound(hi, bits & 2 != 0));
        let lo = Bound(lo, bits & 1 != 0);
        let text = if beyond {
            if hi.is_negative() {
                format!("[:{hi}]")
            } else {
                format!("[:{hi}] with length {len}")
            }
        } else if lo.is_negative() {
            format!("[{lo}:]")
        } else {
            format!("[{lo}:{hi}]")
        };
        panic::bounds_error(gp, pc, fp, &format!("slice bounds out of range {text}"))
    }
}

//! Jumps and loops. Loops are safepoints: a poisoned stack guard sends them to their slow path, which answers the
//! preemption and then executes the instruction again.

use super::mem::NIL_PAGE;
use super::operands::*;
use super::{Fp, Gp, Pc, handlers, trap};
use std::arch::asm;
use std::sync::atomic::{
    AtomicU32,
    Ordering::{Acquire, Relaxed},
};

/// Whether somebody wants this goroutine's attention.
#[inline(always)]
unsafe fn poked(gp: Gp) -> bool {
    // SAFETY: the goroutine is the running one.
    unsafe { (*gp).stackguard0.load(Relaxed) == minigo_runtime::STACK_PREEMPT }
}

/// The jump's target in the taken arm. The empty assembly keeps it a branch (see the module above).
#[inline(always)]
unsafe fn taken(pc: Pc, off: i64) -> Pc {
    // SAFETY: no instructions at all.
    unsafe { asm!("", options(nomem, nostack, preserves_flags)) };
    // SAFETY: the verifier has seen that an instruction begins there.
    unsafe { pc.offset(off as isize) }
}

/// if condition { pc += off }; the offset is the third operand or the wide one.
macro_rules! jumps {
    ($($name:ident($off:ident) = |$pc:ident, $fp:ident| $e:expr;)*) => { handlers! { $(
        fn $name(pc, fp, gp) {
            let ($pc, $fp) = (pc, fp);
            if $e {
                return (taken(pc, $off(pc)), fp);
            }
            (pc, fp)
        }
    )* } };
}

/// The same as a safepoint.
macro_rules! loops {
    ($($name:ident($off:ident) = |$pc:ident, $fp:ident| $e:expr;)*) => { handlers! { $(
        fn $name(pc, fp, gp) {
            if poked(gp) {
                return trap(pc, fp, gp);
            }
            let ($pc, $fp) = (pc, fp);
            if $e {
                return (taken(pc, $off(pc)), fp);
            }
            (pc, fp)
        }
    )* } };
}

/// i := i + 1, then compare.
#[inline(always)]
unsafe fn increment(pc: Pc, fp: Fp) -> i64 {
    // SAFETY: the first operand is a slot.
    unsafe {
        let i = (get(fp, a(pc)) as i64).wrapping_add(1);
        set(fp, a(pc), i as u64);
        i
    }
}

#[inline(always)]
unsafe fn geti(fp: Fp, slot: usize) -> i64 {
    // SAFETY: slot of the current frame.
    unsafe { get(fp, slot) as i64 }
}

jumps! {
    JTrue(iwide) = |pc, fp| get(fp, a(pc)) != 0;
    JFalse(iwide) = |pc, fp| get(fp, a(pc)) == 0;
    JEqI64(ic) = |pc, fp| geti(fp, a(pc)) == geti(fp, b(pc));
    JNeI64(ic) = |pc, fp| geti(fp, a(pc)) != geti(fp, b(pc));
    JLtI64(ic) = |pc, fp| geti(fp, a(pc)) < geti(fp, b(pc));
    JLeI64(ic) = |pc, fp| geti(fp, a(pc)) <= geti(fp, b(pc));
    JLtU64(ic) = |pc, fp| get(fp, a(pc)) < get(fp, b(pc));
    JLeU64(ic) = |pc, fp| get(fp, a(pc)) <= get(fp, b(pc));
    JEqImm(ic) = |pc, fp| geti(fp, a(pc)) == ib(pc);
    JNeImm(ic) = |pc, fp| geti(fp, a(pc)) != ib(pc);
    JLtImm(ic) = |pc, fp| geti(fp, a(pc)) < ib(pc);
    JLeImm(ic) = |pc, fp| geti(fp, a(pc)) <= ib(pc);
    JGtImm(ic) = |pc, fp| geti(fp, a(pc)) > ib(pc);
    JGeImm(ic) = |pc, fp| geti(fp, a(pc)) >= ib(pc);
    JEqF64(ic) = |pc, fp| getf(fp, a(pc)) == getf(fp, b(pc));
    JNeF64(ic) = |pc, fp| getf(fp, a(pc)) != getf(fp, b(pc));
    JLtF64(ic) = |pc, fp| getf(fp, a(pc)) < getf(fp, b(pc));
    JLeF64(ic) = |pc, fp| getf(fp, a(pc)) <= getf(fp, b(pc));
    JNotLtF64(ic) = |pc, fp| !less(getf(fp, a(pc)), getf(fp, b(pc)));
    JNotLeF64(ic) = |pc, fp| !less_equal(getf(fp, a(pc)), getf(fp, b(pc)));
}

/// Named, because the negation of a comparison of floats is not the opposite comparison.
#[inline(always)]
fn less(x: f64, y: f64) -> bool {
    x < y
}

#[inline(always)]
fn less_equal(x: f64, y: f64) -> bool {
    x <= y
}

loops! {
    LoopTrue(iwide) = |pc, fp| get(fp, a(pc)) != 0;
    LoopFalse(iwide) = |pc, fp| get(fp, a(pc)) == 0;
    LoopLtI64(ic) = |pc, fp| geti(fp, a(pc)) < geti(fp, b(pc));
    LoopLeI64(ic) = |pc, fp| geti(fp, a(pc)) <= geti(fp, b(pc));
    LoopLtU64(ic) = |pc, fp| get(fp, a(pc)) < get(fp, b(pc));
    LoopEqI64(ic) = |pc, fp| geti(fp, a(pc)) == geti(fp, b(pc));
    LoopNeI64(ic) = |pc, fp| geti(fp, a(pc)) != geti(fp, b(pc));
    LoopLtImm(ic) = |pc, fp| geti(fp, a(pc)) < ib(pc);
    LoopLeImm(ic) = |pc, fp| geti(fp, a(pc)) <= ib(pc);
    LoopGtImm(ic) = |pc, fp| geti(fp, a(pc)) > ib(pc);
    LoopGeImm(ic) = |pc, fp| geti(fp, a(pc)) >= ib(pc);
    LoopNeImm(ic) = |pc, fp| geti(fp, a(pc)) != ib(pc);
    LoopLtF64(ic) = |pc, fp| getf(fp, a(pc)) < getf(fp, b(pc));
    IncLoopLt(ic) = |pc, fp| increment(pc, fp) < geti(fp, b(pc));
    IncLoopLe(ic) = |pc, fp| increment(pc, fp) <= geti(fp, b(pc));
    IncLoopLtImm(ic) = |pc, fp| increment(pc, fp) < ib(pc);
    IncLoopLeImm(ic) = |pc, fp| increment(pc, fp) <= ib(pc);
}

handlers! {
    fn Jmp(pc, fp, gp) {
        (pc.offset(iwide(pc) as isize), fp)
    }

    fn Loop(pc, fp, gp) {
        if poked(gp) {
            return trap(pc, fp, gp);
        }
        (pc.offset(iwide(pc) as isize), fp)
    }

    fn JTable(pc, fp, gp) {
        let (i, n) = (get(fp, a(pc)), wide(pc) as u64);
        let end = pc.add(n as usize);
        if i < n {
            return (taken(end, *pc.add(i as usize) as i64), fp);
        }
        (end, fp)
    }

    fn JDone(pc, fp, gp) {
        // A Once begins with its flag, which is set when the function has returned. (Go: the inlined part of sync.Once.Do)
        let once = get(fp, a(pc));
        if once >= NIL_PAGE && (*(once as *const AtomicU32)).load(Acquire) != 0 {
            return (taken(pc, iwide(pc)), fp);
        }
        (pc, fp)
    }

    fn JType(pc, fp, gp) {
        if get(fp, a(pc)) == near_low::<u8>(pc) as u64 {
            return (taken(pc.add(1), iwide(pc)), fp);
        }
        (pc.add(1), fp)
    }

    fn JNotType(pc, fp, gp) {
        if get(fp, a(pc)) != near_low::<u8>(pc) as u64 {
            return (taken(pc.add(1), iwide(pc)), fp);
        }
        (pc.add(1), fp)
    }
}

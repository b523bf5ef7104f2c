//! The switch for AArch64, AAPCS64.
//!
//! A parked stack, from `sp` upwards (160 bytes): x19…x28, x29, x30, d8…d15. The resume address is kept apart, in the
//! gobuf. A stack that was never run: `sp` is its 16-byte aligned top, and `gogo` passes `goexit_trampoline` in x30.

use crate::g::{G, Gobuf};
use crate::m::M;
use core::arch::naked_asm;
use core::mem::offset_of;

/// See the module's contract.
///
/// # Safety
/// `g0sp` comes from `on_g0` of this thread; `save` belongs to the running goroutine.
#[unsafe(naked)]
pub unsafe extern "C" fn mcall(
    save: *mut Gobuf,
    g0sp: usize,
    f: unsafe extern "C" fn(*mut G) -> !,
    gp: *mut G,
) {
    naked_asm!(
        "sub sp, sp, #160",
        "stp x19, x20, [sp, #0]",
        "stp x21, x22, [sp, #16]",
        "stp x23, x24, [sp, #32]",
        "stp x25, x26, [sp, #48]",
        "stp x27, x28, [sp, #64]",
        "stp x29, x30, [sp, #80]",
        "stp d8, d9, [sp, #96]",
        "stp d10, d11, [sp, #112]",
        "stp d12, d13, [sp, #128]",
        "stp d14, d15, [sp, #144]",
        "mov x9, sp",
        "adr x10, 2f",
        "str x9, [x0, #{sp}]",
        "str x10, [x0, #{pc}]",
        "mov sp, x1",
        "mov x0, x3",
        "mov x29, xzr",
        "mov x30, xzr",
        "br x2",
        "2:",
        "ldp x19, x20, [sp, #0]",
        "ldp x21, x22, [sp, #16]",
        "ldp x23, x24, [sp, #32]",
        "ldp x25, x26, [sp, #48]",
        "ldp x27, x28, [sp, #64]",
        "ldp x29, x30, [sp, #80]",
        "ldp d8, d9, [sp, #96]",
        "ldp d10, d11, [sp, #112]",
        "ldp d12, d13, [sp, #128]",
        "ldp d14, d15, [sp, #144]",
        "add sp, sp, #160",
        "br x30",
        sp = const offset_of!(Gobuf, sp),
        pc = const offset_of!(Gobuf, pc),
    )
}

/// See the module's contract.
///
/// # Safety
/// As [`mcall`]; nothing on the current stack is needed any more.
#[unsafe(naked)]
pub unsafe extern "C" fn jump_g0(
    g0sp: usize,
    f: unsafe extern "C" fn(*mut G) -> !,
    gp: *mut G,
) -> ! {
    naked_asm!(
        "mov sp, x0",
        "mov x0, x2",
        "mov x29, xzr",
        "mov x30, xzr",
        "br x1"
    )
}

/// See the module's contract.
///
/// # Safety
/// `buf` was filled by `mcall` or `gostartcallfn`, and is entered once.
#[unsafe(naked)]
pub unsafe extern "C" fn gogo(buf: *const Gobuf) -> ! {
    naked_asm!(
        "ldr x9, [x0, #{sp}]",
        "ldr x10, [x0, #{pc}]",
        "ldr x1, [x0, #{ctxt}]",
        "ldr x0, [x0, #{g}]",
        "mov sp, x9",
        "mov x29, xzr",
        "adrp x30, {trampoline}",
        "add x30, x30, :lo12:{trampoline}",
        "add x30, x30, #4",
        "br x10",
        sp = const offset_of!(Gobuf, sp),
        pc = const offset_of!(Gobuf, pc),
        g = const offset_of!(Gobuf, g),
        ctxt = const offset_of!(Gobuf, ctxt),
        trampoline = sym goexit_trampoline,
    )
}

/// See the module's contract.
///
/// # Safety
/// `slot` outlives the thread's time as an M.
#[unsafe(naked)]
pub unsafe extern "C" fn on_g0(
    slot: *mut usize,
    f: unsafe extern "C" fn(*mut u8) -> !,
    arg: *mut u8,
) {
    naked_asm!(
        "sub sp, sp, #160",
        "stp x19, x20, [sp, #0]",
        "stp x21, x22, [sp, #16]",
        "stp x23, x24, [sp, #32]",
        "stp x25, x26, [sp, #48]",
        "stp x27, x28, [sp, #64]",
        "stp x29, x30, [sp, #80]",
        "stp d8, d9, [sp, #96]",
        "stp d10, d11, [sp, #112]",
        "stp d12, d13, [sp, #128]",
        "stp d14, d15, [sp, #144]",
        "mov x9, sp",
        "str x9, [x0]",
        "mov x0, x2",
        "mov x29, xzr",
        "mov x30, xzr",
        "br x1",
    )
}

/// See the module's contract.
///
/// # Safety
/// `g0sp` comes from `on_g0` of this thread.
#[unsafe(naked)]
pub unsafe extern "C" fn leave_g0(g0sp: usize) -> ! {
    naked_asm!(
        "mov sp, x0",
        "ldp x19, x20, [sp, #0]",
        "ldp x21, x22, [sp, #16]",
        "ldp x23, x24, [sp, #32]",
        "ldp x25, x26, [sp, #48]",
        "ldp x27, x28, [sp, #64]",
        "ldp x29, x30, [sp, #80]",
        "ldp d8, d9, [sp, #96]",
        "ldp d10, d11, [sp, #112]",
        "ldp d12, d13, [sp, #128]",
        "ldp d14, d15, [sp, #144]",
        "add sp, sp, #160",
        "ret",
    )
}

/// See the module's contract.
///
/// # Safety
/// As [`mcall`]; `f` and `arg` fit.
#[unsafe(naked)]
pub unsafe extern "C" fn systemstack_call(
    save: *mut Gobuf,
    g0sp: usize,
    f: unsafe extern "C" fn(*mut u8),
    arg: *mut u8,
) {
    naked_asm!(
        "sub sp, sp, #96",
        "stp x19, x20, [sp, #0]",
        "stp x21, x22, [sp, #16]",
        "stp x23, x24, [sp, #32]",
        "stp x25, x26, [sp, #48]",
        "stp x27, x28, [sp, #64]",
        "stp x29, x30, [sp, #80]",
        "mov x19, sp",
        "str x19, [x0, #{sp}]",
        "mov sp, x1",
        "mov x0, x3",
        "blr x2",
        "mov sp, x19",
        "ldp x19, x20, [sp, #0]",
        "ldp x21, x22, [sp, #16]",
        "ldp x23, x24, [sp, #32]",
        "ldp x25, x26, [sp, #48]",
        "ldp x27, x28, [sp, #64]",
        "ldp x29, x30, [sp, #80]",
        "add sp, sp, #96",
        "ret",
        sp = const offset_of!(Gobuf, sp),
    )
}

/// The running goroutine is about to block its thread. (Go: `entersyscall`) Until `exitsyscall` it may not touch the
/// allocator, channels or the scheduler; memory it reads or writes stays in place.
///
/// # Safety
/// `gp` is the running goroutine.
#[unsafe(naked)]
pub unsafe extern "C" fn entersyscall(gp: *mut G) {
    naked_asm!(
        "ldr x9, [x0, #{m}]",
        "add x9, x9, #{regs}",
        "stp x19, x20, [x9, #0]",
        "stp x21, x22, [x9, #16]",
        "stp x23, x24, [x9, #32]",
        "stp x25, x26, [x9, #48]",
        "stp x27, x28, [x9, #64]",
        "str x29, [x9, #80]",
        "mov x10, sp",
        "str x10, [x0, #{sp}]",
        "b {saved}",
        m = const offset_of!(G, m),
        regs = const offset_of!(M, syscallregs),
        sp = const offset_of!(G, syscallsp),
        saved = sym crate::syscall::entersyscall_saved,
    )
}

/// What an entry would return to: starts with a `nop`, so that the return address lies inside the function.
#[unsafe(naked)]
unsafe extern "C" fn goexit_trampoline() -> ! {
    naked_asm!( "nop", "bl {returned}", "brk #1", returned = sym super::entry_returned)
}

/// The stack pointer of a stack that was never run.
///
/// # Safety
/// `hi` is the 16-byte aligned top of an unused stack.
#[inline]
pub unsafe fn prepare_stack(hi: usize) -> usize {
    hi
}

//! The stack switch: leaving a goroutine's stack for g0's, and entering a goroutine. (Go: `mcall`, `gogo`, `systemstack`)
//!
//! Contract, the same on every architecture:
//!  - `mcall(save, g0sp, f, gp)` saves the callee-saved registers on the current stack, its stack pointer and a resume
//!    address in `save`, goes to the g0 stack at `g0sp` and *jumps* to `f(gp)`, which never returns. It returns to its
//!    caller when somebody calls `gogo(save)`, perhaps on another thread.
//!  - `jump_g0(g0sp, f, gp)` is the same without saving: the current stack is abandoned.
//!  - `gogo(buf)` loads the stack pointer and jumps to `buf.pc` with `buf.g` and `buf.ctxt` as first and second
//!    argument. Behind an `mcall` they are ignored.
//!  - `on_g0(slot, f, arg)` calls `f(arg)`, first storing the stack pointer in `slot`: from then on this is the
//!    thread's g0 stack and `slot` the `g0sp` of the others. It returns when somebody calls `leave_g0(g0sp)`.
//!  - `systemstack_call(save, g0sp, f, arg)` calls `f(arg)` on the g0 stack and returns; the goroutine's stack pointer
//!    is in `save.sp` meanwhile, with its registers above it, for the collector.
//!  - `entersyscall(gp)` stores the callee-saved registers in `gp.m` and the stack pointer in `gp`, then goes on in
//!    `syscall::entersyscall_saved`.
//!
//! The switch ends in a jump, not in a return: the return-address predictor would miss every time (4 ns against 13).
//! Floating-point control words are not saved: nobody changes them.
//! No `Drop` value may live in a frame that is abandoned, no panic may cross a switch.

#[cfg(target_arch = "x86_64")]
mod x86_64;
#[cfg(target_arch = "x86_64")]
pub use x86_64::*;

#[cfg(target_arch = "aarch64")]
mod aarch64;
#[cfg(target_arch = "aarch64")]
pub use aarch64::*;

use crate::g::Gobuf;
use crate::stack::NativeStack;

/// Makes `buf` enter `buf.pc`, which is an [`crate::g::Entry`], at the top of `stack`, as if `goexit` had called it.
/// (Go: `gostartcallfn`)
///
/// # Safety
/// `stack` belongs to the G of `buf`, and nothing lives on it.
#[inline]
pub unsafe fn gostartcallfn(buf: *mut Gobuf, stack: NativeStack) {
    // SAFETY: the top of an unused stack is ours to write; `buf` belongs to the caller.
    unsafe { (*buf).sp = prepare_stack(stack.hi()) };
}

/// Where an entry would return to, if entries returned.
unsafe extern "C" fn entry_returned() -> ! {
    let gp = crate::m::getg();
    // SAFETY: a goroutine runs here, at the very top of its stack.
    unsafe { crate::park::goexit(gp) }
}

/// The resumption of goroutines that have none.
pub unsafe extern "C" fn no_resume(_gp: *mut crate::g::G, _arg: *mut u8) -> ! {
    crate::fatal::throw("a dead goroutine was executed")
}

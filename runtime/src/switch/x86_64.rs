//! The switch for x86-64, System V convention.
//!
//! A parked stack, from `sp` upwards:
//! ```text
//!   sp → r15  r14  r13  r12  rbx  rbp  return address of mcall  …caller's frame
//! ```
//! A stack that was never run: the address of `goexit_trampoline` at `sp`, with `sp % 16 == 8` as at any function entry.

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
        "push rbp",
        "push rbx",
        "push r12",
        "push r13",
        "push r14",
        "push r15",
        "lea rax, [rip + 2f]",
        "mov [rdi + {sp}], rsp",
        "mov [rdi + {pc}], rax",
        "mov rsp, rsi",
        "mov rdi, rcx",
        // A return address of 0 ends every backtrace here, and aligns the stack.
        "push 0",
        "jmp rdx",
        "2:",
        "pop r15",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rbx",
        "pop rbp",
        "pop rcx",
        "jmp rcx",
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
    naked_asm!("mov rsp, rdi", "mov rdi, rdx", "push 0", "jmp rsi")
}

/// See the module's contract.
///
/// # Safety
/// `buf` was filled by `mcall` or `gostartcallfn`, and is entered once.
#[unsafe(naked)]
pub unsafe extern "C" fn gogo(buf: *const Gobuf) -> ! {
    naked_asm!(
        "mov rsp, [rdi + {sp}]",
        "mov rax, [rdi + {pc}]",
        "mov rsi, [rdi + {ctxt}]",
        "mov rdi, [rdi + {g}]",
        "jmp rax",
        sp = const offset_of!(Gobuf, sp),
        pc = const offset_of!(Gobuf, pc),
        g = const offset_of!(Gobuf, g),
        ctxt = const offset_of!(Gobuf, ctxt),
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
        "push rbp",
        "push rbx",
        "push r12",
        "push r13",
        "push r14",
        "push r15",
        "sub rsp, 8",
        "mov [rdi], rsp",
        "mov rdi, rdx",
        "push 0",
        "jmp rsi",
    )
}

/// See the module's contract.
///
/// # Safety
/// `g0sp` comes from `on_g0` of this thread.
#[unsafe(naked)]
pub unsafe extern "C" fn leave_g0(g0sp: usize) -> ! {
    naked_asm!(
        "mov rsp, rdi",
        "add rsp, 8",
        "pop r15",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rbx",
        "pop rbp",
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
        "push rbp",
        "push rbx",
        "push r12",
        "push r13",
        "push r14",
        "push r15",
        "mov [rdi + {sp}], rsp",
        "mov rbx, rsp",
        "mov rsp, rsi",
        "mov rdi, rcx",
        "call rdx",
        "mov rsp, rbx",
        "pop r15",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rbx",
        "pop rbp",
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
        "mov rax, [rdi + {m}]",
        "mov [rax + {regs} + 0], rbx",
        "mov [rax + {regs} + 8], rbp",
        "mov [rax + {regs} + 16], r12",
        "mov [rax + {regs} + 24], r13",
        "mov [rax + {regs} + 32], r14",
        "mov [rax + {regs} + 40], r15",
        "mov [rdi + {sp}], rsp",
        "jmp {saved}",
        m = const offset_of!(G, m),
        regs = const offset_of!(M, syscallregs),
        sp = const offset_of!(G, syscallsp),
        saved = sym crate::syscall::entersyscall_saved,
    )
}

/// What an entry would return to: starts with a `nop`, so that the return address lies inside the function.
#[unsafe(naked)]
unsafe extern "C" fn goexit_trampoline() -> ! {
    naked_asm!( "nop", "call {returned}", "ud2", returned = sym super::entry_returned)
}

/// Writes the frame of a stack that was never run; returns its stack pointer.
///
/// # Safety
/// `hi` is the 16-byte aligned top of an unused stack.
#[inline]
pub unsafe fn prepare_stack(hi: usize) -> usize {
    let sp = (hi - 24) as *mut usize;
    // SAFETY: below the top of a stack that the caller owns.
    unsafe { sp.write(goexit_trampoline as *const () as usize + 1) };
    sp as usize
}

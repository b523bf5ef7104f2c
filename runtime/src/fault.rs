//! Faults: the program touched memory that is not there, or not for it. (Go: `sigpanic` in runtime/signal_unix.go)
//!
//! SIGSEGV and SIGBUS come here, on the thread's alternate stack, while the thread stands at the instruction that faulted.
//! Whether that was an access of the program's own, and where in the program, only the VM can tell: its hook looks at the
//! registers and the native stack. If it was, the thread goes on in the function that the hook names, at the top of the
//! goroutine's native stack: what lay on it is given up, as with a park. The VM makes a panic or a fatal error of it.
//! Everything else is a fault of ours: it is reported as that, and the process dies by the signal.
//!
//! A signal that somebody sent is no fault, and is treated as any other.
//! Knows nothing of: instructions, frames, what becomes of the fault.

use crate::g::{Entry, G, GRUNNING, readgstatus};
use crate::hooks::hooks;
use crate::sync::*;
use std::fmt::Write;

/// What the kernel says of a fault.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fault {
    /// `SIGSEGV` or `SIGBUS`.
    pub sig: i32,
    pub code: i32,
    pub addr: u64,
}

impl Fault {
    /// Go's line about it, without the end of the line; `pc` is for the reader only.
    pub fn line(&self, pc: usize) -> String {
        let name = match self.sig {
            libc::SIGBUS => "SIGBUS: bus error",
            _ => "SIGSEGV: segmentation violation",
        };
        format!("[signal {name} code={:#x} addr={:#x} pc={pc:#x}]", self.code, self.addr)
    }

    /// An access through nil, or nearly.
    pub fn is_nil(&self) -> bool {
        self.addr < 4096 && self.code != SI_KERNEL
    }

    /// The processor refused the address itself, and does not tell it.
    pub fn has_no_address(&self) -> bool {
        self.code == SI_KERNEL
    }
}

/// Of an address that no memory can have.
const SI_KERNEL: i32 = 0x80;

/// Where the thread stood.
pub struct Machine<'a> {
    /// General registers, those first that carry arguments.
    pub regs: &'a [usize],
    /// Words of the native stack in use, newest first.
    pub stack: &'a [usize],
}

/// The handlers that were there before ours: the standard library's, which knows when a thread's stack is used up.
static OLD: [AtomicUsize; 2] = [AtomicUsize::new(0), AtomicUsize::new(0)];
/// Ours are installed.
static ON: AtomicBool = AtomicBool::new(false);

fn old(sig: i32) -> &'static AtomicUsize {
    &OLD[usize::from(sig == libc::SIGBUS)]
}

/// Whether a signal's action is ours for good: a program that is notified of it still panics at its own faults.
pub(crate) fn owns(sig: i32) -> bool {
    ON.load(Relaxed) && matches!(sig, libc::SIGSEGV | libc::SIGBUS)
}

/// Installs the handlers.
pub(crate) fn init() {
    for sig in [libc::SIGSEGV, libc::SIGBUS] {
        // SAFETY: the handler keeps to what handlers may do.
        unsafe {
            let mut before: libc::sigaction = std::mem::zeroed();
            let mut sa: libc::sigaction = std::mem::zeroed();
            sa.sa_sigaction = on_fault as *const () as libc::sighandler_t;
            sa.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
            libc::sigfillset(&mut sa.sa_mask);
            libc::sigaction(sig, &sa, &mut before);
            if before.sa_flags & libc::SA_SIGINFO != 0 {
                old(sig).store(before.sa_sigaction, Relaxed);
            }
        }
    }
    ON.store(true, Relaxed);
}

unsafe extern "C" fn on_fault(sig: libc::c_int, info: *mut libc::siginfo_t, context: *mut libc::c_void) {
    // SAFETY: the kernel's arguments. What is done with the goroutine is argued below.
    unsafe {
        let fault = Fault { sig, code: (*info).si_code, addr: (*info).si_addr() as u64 };
        if fault.code <= 0 {
            // Somebody sent it: delivered again, when the handler has returned, to a process that has no handler.
            if !crate::signal::deliver(sig) {
                libc::signal(sig, libc::SIG_DFL);
                libc::raise(sig);
            }
            return;
        }
        let context = context.cast::<libc::ucontext_t>();
        let gp = crate::m::getg();
        if !gp.is_null()
            && readgstatus(gp) == GRUNNING
            && let Some(stack) = (*gp).stack
            && stack.contains(arch::sp(context))
        {
            // On its own native stack, outside blocking calls: nobody else changes anything of this goroutine.
            let sp = arch::sp(context).next_multiple_of(8);
            let words = std::slice::from_raw_parts(sp as *const usize, (stack.hi() - sp) / 8);
            let regs = arch::regs(context);
            let machine = Machine { regs: &regs, stack: words };
            if let Some(next) = (hooks().fault)(gp, &fault, &machine) {
                arch::go_on(context, next, gp, crate::switch::prepare_stack(stack.hi()));
                return;
            }
        }
        report(&fault, gp, arch::pc(context));
        let before = old(sig).load(Relaxed);
        if before != 0 {
            // For a thread whose stack is used up it ends the process; otherwise it removes itself and returns.
            let before: unsafe extern "C" fn(libc::c_int, *mut libc::siginfo_t, *mut libc::c_void) =
                std::mem::transmute(before);
            before(sig, info, context.cast());
        }
        libc::signal(sig, libc::SIG_DFL);
    }
}

/// Says that it is our fault, without allocating.
fn report(fault: &Fault, gp: *mut G, pc: usize) {
    let mut text = Fixed { buf: [0; 400], n: 0 };
    // SAFETY: Gs are never freed.
    let (goid, guard) = unsafe {
        match gp.is_null() {
            true => (0, false),
            false => {
                let lo = (*gp).stack.map_or(0, |s| s.lo.get());
                ((*gp).goid, (fault.addr as usize).wrapping_sub(lo) < 4096)
            }
        }
    };
    let name = if fault.sig == libc::SIGBUS { "SIGBUS" } else { "SIGSEGV" };
    // Whatever does not fit is cut off.
    let _ = write!(
        text,
        "minigo: internal error: {name} code={:#x} addr={:#x} pc={pc:#x} goroutine={goid}{}\n\
         This is a fault of minigo, not of your program; please report it with the program.\n",
        fault.code,
        fault.addr,
        if guard { ": a native stack is used up" } else { "" },
    );
    // SAFETY: a plain system call on a local. Nothing can be done if it fails.
    unsafe { libc::write(2, text.buf.as_ptr().cast(), text.n) };
}

/// Text in a buffer of its own.
struct Fixed {
    buf: [u8; 400],
    n: usize,
}

impl Write for Fixed {
    fn write_str(&mut self, s: &str) -> std::fmt::Result {
        let n = s.len().min(self.buf.len() - self.n);
        self.buf[self.n..self.n + n].copy_from_slice(&s.as_bytes()[..n]);
        self.n += n;
        Ok(())
    }
}

/// For hooks that know of no program.
pub(crate) unsafe fn not_ours(_gp: *mut G, _fault: &Fault, _machine: &Machine<'_>) -> Option<Entry> {
    None
}

/// A fault that the program dies of. (Go: `throw("fault")`)
pub fn fatal_fault(fault: &Fault, pc: usize) -> ! {
    let before = format!("unexpected fault address {:#x}\n", fault.addr);
    crate::fatal::fatal_after(&before, &format!("fault\n{}", fault.line(pc)))
}

#[cfg(target_arch = "x86_64")]
mod arch {
    use super::*;
    use libc::ucontext_t as Context;

    unsafe fn reg(c: *mut Context, r: libc::c_int) -> usize {
        // SAFETY: the kernel's record.
        unsafe { (*c).uc_mcontext.gregs[r as usize] as usize }
    }
    pub unsafe fn sp(c: *mut Context) -> usize {
        // SAFETY: as above.
        unsafe { reg(c, libc::REG_RSP) }
    }
    pub unsafe fn pc(c: *mut Context) -> usize {
        // SAFETY: as above.
        unsafe { reg(c, libc::REG_RIP) }
    }
    pub unsafe fn regs(c: *mut Context) -> [usize; 15] {
        use libc::*;
        let order = [
            REG_RDI, REG_RSI, REG_RDX, REG_RBX, REG_RBP, REG_R12, REG_R13, REG_R14, REG_R15, REG_RAX, REG_RCX, REG_R8,
            REG_R9, REG_R10, REG_R11,
        ];
        // SAFETY: as above.
        order.map(|r| unsafe { reg(c, r) })
    }
    pub unsafe fn go_on(c: *mut Context, next: Entry, gp: *mut G, sp: usize) {
        let set = |r: libc::c_int, v: usize| {
            // SAFETY: the kernel's record, which it returns to.
            unsafe { (*c).uc_mcontext.gregs[r as usize] = v as i64 }
        };
        set(libc::REG_RSP, sp);
        set(libc::REG_RIP, next as *const () as usize);
        set(libc::REG_RDI, gp as usize);
        set(libc::REG_RSI, 0);
        // Strings are copied upwards (the direction flag), as any function expects.
        // SAFETY: as above.
        set(libc::REG_EFL, unsafe { reg(c, libc::REG_EFL) } & !0x400);
    }
}

#[cfg(target_arch = "aarch64")]
mod arch {
    use super::*;
    use libc::ucontext_t as Context;

    pub unsafe fn sp(c: *mut Context) -> usize {
        // SAFETY: the kernel's record.
        unsafe { (*c).uc_mcontext.sp as usize }
    }
    pub unsafe fn pc(c: *mut Context) -> usize {
        // SAFETY: as above.
        unsafe { (*c).uc_mcontext.pc as usize }
    }
    pub unsafe fn regs(c: *mut Context) -> [usize; 31] {
        // SAFETY: as above.
        unsafe { (*c).uc_mcontext.regs.map(|r| r as usize) }
    }
    pub unsafe fn go_on(c: *mut Context, next: Entry, gp: *mut G, sp: usize) {
        // SAFETY: as above; the kernel returns to what stands there.
        unsafe {
            (*c).uc_mcontext.sp = sp as u64;
            (*c).uc_mcontext.pc = next as *const () as u64;
            (*c).uc_mcontext.regs[0] = gp as u64;
            (*c).uc_mcontext.regs[1] = 0;
            (*c).uc_mcontext.regs[30] = 0;
        }
    }
}

//! A host that keeps the process when its program would end it: the interactive session.
//!
//! The host runs one goroutine at a time for the user, on whose behalf it waits: the *watched* one. What would end the
//! process (`exit`, a fatal error, a deadlock) is handed to the host instead, which ends a goroutine. [`cancel`] ends one
//! from outside: a goroutine that runs sees the request at its next safepoint; one that waits is taken off its queues
//! and goes on in an entry of the host's.
//!
//! Knows nothing of: what is typed, frames.

use crate::g::*;
use crate::m::getp;
use crate::park::goready;
use crate::sched::SCHED;
use crate::sudog::release_sudog;
use crate::sync::*;
use std::ptr::null_mut;
use std::sync::OnceLock;

/// What a host does in place of ending the process.
#[derive(Clone, Copy)]
pub struct Host {
    /// `exit(code)` was called on this goroutine.
    pub exit: unsafe fn(gp: *mut G, code: i32) -> !,
    /// A fatal error happened on this goroutine. The native stack is given up.
    pub fatal: unsafe fn(gp: *mut G, msg: &str) -> !,
    /// The watched goroutine waits, and nothing is left that could wake anyone. Called on a scheduler's thread with
    /// `sched.lock` held: it may do no more than wake the host.
    pub deadlock: fn(),
}

static HOST: OnceLock<Host> = OnceLock::new();
/// Does the host want to know since when goroutines wait?
static TIMES: AtomicBool = AtomicBool::new(false);
/// Is a goroutine watched?
static WATCHING: AtomicBool = AtomicBool::new(false);

/// Makes the process one that outlives its program. Once, after `schedinit` with `embedded`. Signals are handled as in
/// a process that is ours alone.
pub fn host(host: Host) {
    let _ = HOST.set(host);
    TIMES.store(true, Relaxed);
    crate::signal::init();
}

/// Whether a goroutine that parks notes the time.
#[inline(always)]
pub(crate) fn keeps_times() -> bool {
    TIMES.load(Relaxed)
}

/// The host, if there is one.
#[inline]
pub(crate) fn hosted() -> Option<&'static Host> {
    HOST.get()
}

/// Who takes what the program writes to standard output and standard error; null: nobody.
static TAKER: AtomicPtr<()> = AtomicPtr::new(null_mut());

/// Takes all of a text that the program writes.
pub type Taker = fn(fd: i32, text: &[u8]);

/// From now on `taker` writes what the program wants on its standard output and standard error: a host that draws on the
/// same terminal.
pub fn take_output(taker: Taker) {
    TAKER.store(taker as *mut (), Release);
}

/// `write(2)` on the program's behalf.
///
/// # Safety
/// `n` bytes can be read at `from`.
pub unsafe fn write(fd: i32, from: *const u8, n: usize) -> isize {
    // SAFETY: as the caller promises.
    unsafe { crate::limits::writing(fd, from, n) };
    let taker = TAKER.load(Acquire);
    // SAFETY: as the caller promises; what is not null came from `take_output`.
    unsafe {
        if taker.is_null() || !matches!(fd, 1 | 2) {
            return libc::write(fd, from.cast(), n);
        }
        let taker: Taker = std::mem::transmute::<*mut (), Taker>(taker);
        if n > 0 {
            taker(fd, std::slice::from_raw_parts(from, n));
        }
        n as isize
    }
}

/// As [`write`], all of it; a descriptor that takes no more is nobody's fault.
pub fn write_all(fd: i32, mut text: &[u8]) {
    while !text.is_empty() {
        // SAFETY: the text is ours.
        let n = unsafe { write(fd, text.as_ptr(), text.len()) };
        match n {
            1.. => text = &text[n as usize..],
            _ if n < 0 && std::io::Error::last_os_error().kind() == std::io::ErrorKind::Interrupted => {}
            _ => return,
        }
    }
}

/// Says whether the host waits for a goroutine of its own.
pub fn watch(on: bool) {
    WATCHING.store(on, SeqCst);
}

/// For `checkdead`: everything sleeps. Is that the end of a watched goroutine?
pub(crate) fn is_watching() -> bool {
    WATCHING.load(SeqCst)
}

/// For `checkdead`, with `sched.lock` held.
pub(crate) fn deadlocked() {
    if WATCHING.swap(false, SeqCst)
        && let Some(host) = HOST.get()
    {
        (host.deadlock)();
    }
}

/// Whether this thread executes on the goroutine's own native stack, so that the stack may be left for good.
pub(crate) fn on_own_stack(gp: *mut G) -> bool {
    let here = 0u8;
    // SAFETY: the running goroutine's stack is its own business.
    unsafe { !gp.is_null() && (*gp).stack.is_some_and(|s| s.contains(&raw const here as usize)) }
}

/// The running goroutine works for the host: it is not counted and not shown. Until its end.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn set_system(gp: *mut G) {
    // SAFETY: as the caller promises.
    unsafe { (*gp).system = true };
    SCHED.ngsys.fetch_add(1, Relaxed);
}

/// What came of a [`cancel`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cancel {
    /// It has ended already.
    Ended,
    /// It runs, and will see the request.
    Asked,
    /// It waited, and goes on in the host's entry.
    Woken,
    /// It waits for something that cannot be taken back; it will see the request when that comes.
    Stuck,
}

/// Asks a goroutine to end: sets its `cancelled` flag, and wakes it in `resume` if it waits for a channel or for time.
/// The request may have to be repeated while the answer is `Asked`.
///
/// # Safety
/// The world is stopped by `gp`. `resume` is fit to continue any goroutine of the VM's that waits, without what it
/// waits for.
pub unsafe fn cancel(gp: *mut G, target: *mut G, goid: u64, resume: Entry) -> Cancel {
    // SAFETY: Gs are never freed; in a stopped world nobody else changes this one, but for calls and the poller, which
    // have goroutines in other states than those that are touched here.
    unsafe {
        let status = readgstatus(target);
        if (*target).goid != goid || matches!(status, GDEAD | GIDLE) {
            return Cancel::Ended;
        }
        (*target).cancelled.store(true, Release);
        match status {
            GWAITING => {}
            GSYSCALL => return Cancel::Stuck,
            _ => {
                (*target).stackguard0.store(STACK_PREEMPT, Relaxed);
                return Cancel::Asked;
            }
        }
        if (*target).sched.sp != 0 {
            return Cancel::Stuck;
        }
        match (*target).waitreason {
            WaitReason::ChanReceiveNilChan | WaitReason::ChanSendNilChan | WaitReason::SelectNoCases => {}
            WaitReason::ChanReceive | WaitReason::ChanSend | WaitReason::Select => leave_channels(gp, target),
            WaitReason::Sleep => {
                if !crate::time::timer_stop((*target).timer) {
                    return Cancel::Asked;
                }
            }
            _ => return Cancel::Stuck,
        }
        (*target).sched.pc = resume as usize;
        (*target).sched.ctxt = null_mut();
        goready(target);
        Cancel::Woken
    }
}

/// Takes a goroutine off the queues of the channels it waits on.
unsafe fn leave_channels(gp: *mut G, target: *mut G) {
    // SAFETY: as `cancel`; the sudogs are the waiting goroutine's.
    unsafe {
        let pp = getp(gp);
        let mut sg = std::mem::replace(&mut (*target).waiting, null_mut());
        if sg.is_null() {
            sg = &raw mut (*target).sudog0;
        }
        while !sg.is_null() {
            let next = (*sg).waitlink;
            let c = (*sg).c;
            if !c.is_null() {
                (*c).lock();
                for q in [&raw mut (*c).recvq, &raw mut (*c).sendq] {
                    if (*q).holds(sg) {
                        (*q).dequeue_sudog(sg);
                    }
                }
                (*c).unlock();
                let timer = (*c).timer;
                if !timer.is_null() {
                    crate::time::timer_unblock(timer);
                }
            }
            (*sg).waitlink = null_mut();
            (*sg).is_select = false;
            (*sg).elem = null_mut();
            (*sg).c = null_mut();
            (*sg).next = null_mut();
            (*sg).prev = null_mut();
            if sg != &raw mut (*target).sudog0 {
                release_sudog(pp, sg);
            }
            sg = next;
        }
        (*target).param = null_mut();
        (*target).select_done.store(0, Relaxed);
    }
}

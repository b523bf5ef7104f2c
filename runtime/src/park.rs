//! How a goroutine leaves: every wait, yield and end goes through here. (Go: `gopark`, `goready`, `Gosched`, `Goexit`)
//!
//! Each way to leave exists twice. The plain form keeps the native stack and returns when the goroutine runs again,
//! perhaps on another thread. The `_released` form never returns: the native stack is given back on g0 *before* the
//! commit function runs (after it, another thread may already be executing the goroutine), and the goroutine goes on
//! in `resume(gp, null)` on whatever native stack it is given then.
//!
//! The goroutine's side only records in its M why it leaves ([`Leave`]); g0's side (`proc.rs`) acts on it.
//! No lost wake-up: the state says waiting before the commit releases the queue's lock, and only who has taken the
//! goroutine off the queue may ready it.
//! Knows nothing of: queues, scheduling.

use crate::g::*;
use crate::m::Leave;
use crate::p::P;
use crate::sched::runqput;
use crate::switch;
use crate::sync::*;
use crate::thread::wake_for_ready;
use crate::trace;

/// Leaves for g0, and returns when the goroutine runs again.
#[inline(always)]
unsafe fn leave(gp: *mut G, why: Leave) {
    // SAFETY: the running goroutine's M is ours; g0's side takes over.
    unsafe {
        let mp = (*gp).m;
        (*mp).leave = why;
        (*mp).release_stack = false;
        switch::mcall(&raw mut (*gp).sched, (*mp).g0sp, (*mp).g0entry, gp);
    }
}

/// Leaves for g0 for good; `resume` is where the goroutine goes on.
#[inline(always)]
unsafe fn leave_released(gp: *mut G, why: Leave, resume: Entry) -> ! {
    // SAFETY: as above; nothing on this stack is needed any more.
    unsafe {
        let mp = (*gp).m;
        (*mp).leave = why;
        (*mp).release_stack = true;
        (*gp).sched.pc = resume as usize;
        (*gp).sched.ctxt = std::ptr::null_mut();
        switch::jump_g0((*mp).g0sp, (*mp).g0entry, gp)
    }
}

/// Parks the running goroutine, keeping its native stack; returns when it was made ready. (Go: `gopark`)
///
/// # Safety
/// `gp` is the running goroutine; everything the commit needs outlives the park.
pub unsafe fn gopark(gp: *mut G, park: Park) {
    // SAFETY: as the caller promises.
    unsafe {
        debug_assert!(readgstatus(gp) == GRUNNING && (*gp).waitreason == park.reason);
        leave(gp, Leave::Park);
    }
}

/// Parks the running goroutine and gives its native stack back; it goes on in `resume(gp, null)`.
///
/// # Safety
/// As [`gopark`]; nothing on the native stack may be referred to by anyone.
#[inline]
pub unsafe fn park_released(gp: *mut G, park: Park, resume: Entry) -> ! {
    // SAFETY: as the caller promises.
    unsafe {
        debug_assert!(readgstatus(gp) == GRUNNING && (*gp).waitreason == park.reason);
        leave_released(gp, Leave::Park, resume)
    }
}

/// Makes a waiting goroutine runnable, next on this P. (Go: `goready`)
///
/// # Safety
/// The caller holds a P, and took `gp` off the wait queue it was on.
pub unsafe fn goready(gp: *mut G) {
    // SAFETY: an M with a P calls.
    unsafe { ready((*crate::m::getm()).p.load(Relaxed), gp, true) }
}

/// Go: `ready`. `next`: it runs next on `pp`, the caller's P.
#[inline]
pub(crate) unsafe fn ready(pp: *mut P, gp: *mut G, next: bool) {
    // SAFETY: as `goready`.
    unsafe {
        trace::emit_ready(pp, gp);
        casgstatus(gp, GWAITING, GRUNNABLE);
        runqput(pp, gp, next);
        wake_for_ready(pp);
    }
}

/// Lets others run; the goroutine goes to the global queue. Keeps the native stack. (Go: `Gosched`)
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn gosched(gp: *mut G) {
    // SAFETY: as the caller promises.
    unsafe { leave(gp, Leave::Yield) }
}

/// As [`gosched`], giving the native stack back.
///
/// # Safety
/// As [`park_released`].
pub unsafe fn gosched_released(gp: *mut G, resume: Entry) -> ! {
    // SAFETY: as the caller promises.
    unsafe { leave_released(gp, Leave::Yield, resume) }
}

/// Yields to the local queue instead of the global one, for a hand-off. (Go: `goyield`)
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn goyield(gp: *mut G) {
    // SAFETY: as the caller promises.
    unsafe { leave(gp, Leave::YieldLocal) }
}

/// As [`goyield`], giving the native stack back.
///
/// # Safety
/// As [`park_released`].
pub unsafe fn goyield_released(gp: *mut G, resume: Entry) -> ! {
    // SAFETY: as the caller promises.
    unsafe { leave_released(gp, Leave::YieldLocal, resume) }
}

/// Answers a preemption request at a safepoint, keeping the native stack. (Go: `gopreempt_m`)
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn preempt_park(gp: *mut G) {
    // SAFETY: as the caller promises.
    unsafe { leave(gp, Leave::Preempted) }
}

/// Answers a preemption request at a safepoint; the goroutine goes on in `resume(gp, null)`.
///
/// # Safety
/// As [`park_released`].
pub unsafe fn preempt_park_released(gp: *mut G, resume: Entry) -> ! {
    // SAFETY: as the caller promises.
    unsafe { leave_released(gp, Leave::Preempted, resume) }
}

/// Ends the running goroutine. (Go: `goexit1`) Deferred calls are the VM's business and have run.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn goexit(gp: *mut G) -> ! {
    // SAFETY: as the caller promises; g0's side buries it before it could be entered again.
    unsafe { leave_released(gp, Leave::Exit, crate::switch::no_resume) }
}

//! How a goroutine leaves: every wait, yield and end goes through here. (Go: `gopark`, `goready`, `Gosched`, `Goexit`)
//!
//! Each way to leave exists twice. The plain form keeps the native stack and returns when the goroutine runs again,
//! perhaps on another thread. The `_released` form never returns: the native stack is given back on g0 *before* the
//! commit function runs (after it, another thread may already be executing the goroutine), and the goroutine goes on
//! in `resume(gp, null)` on whatever native stack it is given then.
//!
//! The goroutine's side only records in its M why it leaves; g0's side (`proc.rs`) acts on it.

use crate::g::*;

/// Parks the running goroutine, keeping its native stack; returns when it was made ready. (Go: `gopark`)
///
/// # Safety
/// `gp` is the running goroutine; everything the commit needs outlives the park.
pub unsafe fn gopark(gp: *mut G, park: Park) {
    let _ = (gp, park);
    todo!()
}

/// Parks the running goroutine and gives its native stack back; it goes on in `resume(gp, null)`.
///
/// # Safety
/// As [`gopark`]; nothing on the native stack may be referred to by anyone.
pub unsafe fn park_released(gp: *mut G, park: Park, resume: Entry) -> ! {
    let _ = (gp, park, resume);
    todo!()
}

/// Makes a waiting goroutine runnable, next on this P. (Go: `goready`)
///
/// # Safety
/// The caller holds a P, and took `gp` off the wait queue it was on.
pub unsafe fn goready(gp: *mut G) {
    let _ = gp;
    todo!()
}

/// Lets others run; the goroutine goes to the global queue. Keeps the native stack. (Go: `Gosched`)
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn gosched(gp: *mut G) {
    let _ = gp;
    todo!()
}

/// As [`gosched`], giving the native stack back.
///
/// # Safety
/// As [`park_released`].
pub unsafe fn gosched_released(gp: *mut G, resume: Entry) -> ! {
    let _ = (gp, resume);
    todo!()
}

/// Yields to the local queue instead of the global one, for a hand-off. (Go: `goyield`)
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn goyield(gp: *mut G) {
    let _ = gp;
    todo!()
}

/// As [`goyield`], giving the native stack back.
///
/// # Safety
/// As [`park_released`].
pub unsafe fn goyield_released(gp: *mut G, resume: Entry) -> ! {
    let _ = (gp, resume);
    todo!()
}

/// Answers a preemption request at a safepoint, keeping the native stack. (Go: `gopreempt_m`)
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn preempt_park(gp: *mut G) {
    let _ = gp;
    todo!()
}

/// Answers a preemption request at a safepoint; the goroutine goes on in `resume(gp, null)`.
///
/// # Safety
/// As [`park_released`].
pub unsafe fn preempt_park_released(gp: *mut G, resume: Entry) -> ! {
    let _ = (gp, resume);
    todo!()
}

/// Ends the running goroutine. (Go: `goexit1`) Deferred calls are the VM's business and have run.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn goexit(gp: *mut G) -> ! {
    let _ = gp;
    todo!()
}

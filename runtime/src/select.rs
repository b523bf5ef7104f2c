//! `select`: lock order, its passes. (Go: runtime/select.go)

use crate::chan::Hchan;
use crate::g::*;

/// One case. Sends stand before receives in the array; `default` is `block == false`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Scase {
    /// Null: a case that is never ready.
    pub c: *mut Hchan,
    /// Where the value is, or goes to; may be null for a receive that drops it.
    pub elem: *mut u8,
}

/// The outcome of a `select`.
#[must_use]
pub enum SelectResult {
    /// Case `idx` was done (index into the array), `recv_ok` if it was a receive. `idx` is -1 for `default`.
    Done(i32, bool),
    /// Park, then call `selectgo_finish` with the same arrays.
    Park(Park),
    /// A send case on a closed channel was chosen: the caller panics with `send on closed channel`.
    SendOnClosed,
}

/// Chooses a case. The cases lie at `cases[..nsends + nrecvs]`; `order` is scratch memory for `2 * (nsends + nrecvs)`
/// entries. Both must be in memory that survives giving the native stack back (the caller's frame), and stay
/// untouched until `selectgo_finish`.
///
/// # Safety
/// `gp` is the running goroutine; the arrays are as described.
pub unsafe fn selectgo(
    gp: *mut G,
    cases: *mut Scase,
    order: *mut u16,
    nsends: usize,
    nrecvs: usize,
    block: bool,
) -> SelectResult {
    let _ = (gp, cases, order, nsends, nrecvs, block);
    todo!()
}

/// After a parked `select`: what happened. Never `Park`.
///
/// # Safety
/// As [`selectgo`], with the same arguments.
pub unsafe fn selectgo_finish(
    gp: *mut G,
    cases: *mut Scase,
    order: *mut u16,
    nsends: usize,
    nrecvs: usize,
) -> SelectResult {
    let _ = (gp, cases, order, nsends, nrecvs);
    todo!()
}

//! Semaphores under `sync.Mutex` and `WaitGroup`, and the notify list under `sync.Cond`. (Go: runtime/sema.go)

use crate::g::*;
use crate::sudog::Sudog;
use crate::sync::*;

/// Takes one unit from `*addr`, or parks. After the park call [`semacquire_finish`], which may park again.
/// `lifo` queues at the head (a woken mutex waiter that lost). `reason` tells a mutex from a wait group.
///
/// # Safety
/// `gp` is the running goroutine; `addr` stays valid while it waits.
pub unsafe fn semacquire(
    gp: *mut G,
    addr: *const AtomicU32,
    lifo: bool,
    reason: WaitReason,
) -> Wait {
    let _ = (gp, addr, lifo, reason);
    todo!()
}

/// After a parked acquire: `Ready` if the unit is taken, or another `Park` if somebody was faster.
///
/// # Safety
/// `gp` is the running goroutine and parked with what `semacquire` returned.
pub unsafe fn semacquire_finish(gp: *mut G) -> Wait {
    let _ = gp;
    todo!()
}

/// Gives one unit and wakes a waiter. With `handoff` the unit goes to the waiter directly; `true` then means that the
/// caller should yield at once (`goyield` or `goyield_released`), so that the waiter runs now.
///
/// # Safety
/// `gp` is the running goroutine.
#[must_use]
pub unsafe fn semrelease(gp: *mut G, addr: *const AtomicU32, handoff: bool) -> bool {
    let _ = (gp, addr, handoff);
    todo!()
}

/// Go: `notifyList`, inside a `sync.Cond`. Zero is an empty list; layout as in Go's package sync.
#[repr(C)]
pub struct NotifyList {
    /// Ticket of the next waiter.
    pub wait: AtomicU32,
    /// Ticket of the next to be notified.
    pub notify: AtomicU32,
    lock: usize,
    head: *mut Sudog,
    tail: *mut Sudog,
}

/// Takes a ticket, before the caller unlocks its mutex. (Go: `notifyListAdd`)
///
/// # Safety
/// `l` points at a notify list.
pub unsafe fn notify_list_add(l: *mut NotifyList) -> u32 {
    let _ = l;
    todo!()
}

/// Waits for the ticket's notification. (Go: `notifyListWait`) Nothing to finish after the park.
///
/// # Safety
/// `gp` is the running goroutine; `l` stays valid while it waits.
pub unsafe fn notify_list_wait(gp: *mut G, l: *mut NotifyList, ticket: u32) -> Wait {
    let _ = (gp, l, ticket);
    todo!()
}

/// Wakes all. (Go: `notifyListNotifyAll`)
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn notify_list_notify_all(gp: *mut G, l: *mut NotifyList) {
    let _ = (gp, l);
    todo!()
}

/// Wakes the one that waits longest. (Go: `notifyListNotifyOne`)
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn notify_list_notify_one(gp: *mut G, l: *mut NotifyList) {
    let _ = (gp, l);
    todo!()
}

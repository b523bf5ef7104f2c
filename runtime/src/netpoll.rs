//! Waiting for the outside world: the place of the network poller. (Go: runtime/netpoll.go)
//!
//! What stands here is the part that the scheduler rests on: at most one M blocks in [`netpoll`], until the next timer
//! or until [`netpoll_break`]. Which M that is, `sched.lastpoll` decides: whoever swaps 0 into it.
//!
//! A poll descriptor will hold two semaphores, `rg` and `wg`, one word each: empty, ready, wait (a goroutine prepares
//! to park) or the G that is parked. `netpoll` collects the Gs of the descriptors that the kernel reports in a `GList`;
//! `findrunnable` readies them with `injectglist`. The six functions of a platform (`netpollinit`, `netpollopen`,
//! `netpollclose`, `netpoll`, `netpoll_break`, `netpollarm`) go into a file of their own. Until a descriptor is opened,
//! the M here sleeps on a futex, which is all that timers need.
//! Knows nothing of: who readies what.

use crate::g::GList;
use crate::nondet;
use crate::sched::SCHED;
use crate::sync::*;
use std::time::Duration;

/// 1 after a break, until the sleeper has noticed.
static BREAK: Futex = Futex::new(0);

/// Do goroutines wait for descriptors? Then an idle M must poll even without a timer. (Go: `netpollAnyWaiters`)
#[inline]
pub(crate) fn any_waiters() -> bool {
    false
}

/// Collects goroutines whose descriptors are ready. `delay` in nanoseconds: 0 does not block, negative blocks until a
/// break. (Go: `netpoll`)
///
/// # Safety
/// At most one M at a time calls it with a delay.
pub(crate) unsafe fn netpoll(delay: i64) -> GList {
    if delay != 0 && BREAK.0.load(Acquire) == 0 {
        let timeout = (delay > 0).then(|| Duration::from_nanos(delay as u64));
        BREAK.wait(0, timeout);
    }
    if delay != 0 {
        BREAK.0.store(0, Release);
    }
    GList::new()
}

/// Wakes the M that blocks in `netpoll`, or the next that would. (Go: `netpollBreak`)
pub(crate) fn netpoll_break() {
    if BREAK.0.swap(1, Release) == 0 {
        BREAK.wake(1);
    }
}

/// A timer at `when` is new: somebody must look at the clock in time. (Go: `wakeNetPoller`)
pub(crate) fn wake_net_poller(when: i64) {
    // The timer was published before; this pairs with the fence in `findrunnable` between announcing `poll_until`
    // and looking at the timers again.
    fence(SeqCst);
    if SCHED.lastpoll.load(SeqCst) == 0 {
        let until = SCHED.poll_until.load(SeqCst);
        if until == 0 || until > when {
            netpoll_break();
        }
    } else if !nondet::seeded() {
        // Nobody blocks in `netpoll`: whoever goes idle next will look at the timers.
        crate::thread::wakep();
    }
}

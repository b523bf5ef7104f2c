//! Staying awake for a moment before going idle, while goroutines wait for descriptors and another P works.
//!
//! What the other P writes to a pipe or a socket makes a goroutine ready that nobody queues: the poller has to be asked.
//! Whoever finds nothing, goes to sleep and is woken by the next write pays some 5 µs for it, and on some machines far
//! more: a guest's kernel takes a halted core for a preempted one, wakes the thread on its waker's core, and there it
//! waits a millisecond for its turn while the other core idles. (Of an echo's time on two cores that was four fifths.)
//! So an M that spins goes on asking the poller for [`LINGER_NS`], and looks at the queues meanwhile.
//!
//! Not for nothing: an attempt that comes to nothing lets the next one pass, two of them in a row the next two, then four,
//! and so on ([`Lapses`]). And only while somebody runs: when all are idle, only the outside world can go on, and for that
//! we wait in the kernel. (Go has no such step: its thieves sleep a few microseconds on the way.)
//!
//! Knows nothing of: how work is taken, what comes after.

use crate::burst;
use crate::findrunnable::poll_now;
use crate::g::G;
use crate::netpoll;
use crate::nondet::{self, real_nanotime};
use crate::p::*;
use crate::sched::SCHED;
use crate::sync::*;

/// How long at most.
const LINGER_NS: i64 = 30_000;
/// Pauses between two looks: a look costs a system call.
const PAUSES: u32 = 32;
/// Attempts that pass after a row of fruitless ones, at most.
const LAPSES_MAX: u32 = 64;

/// A P's experience.
#[derive(Default)]
pub(crate) struct Lapses {
    /// So many pass after the next fruitless attempt.
    next: u32,
    /// So many pass now.
    left: u32,
}

/// What came of it.
pub(crate) enum Lingered {
    /// A goroutine to run.
    Found(*mut G),
    /// There may be something now: search once more.
    LookAgain,
    /// Go idle.
    Done,
}

/// What is left of it in one search.
pub(crate) enum Patience {
    Whole,
    Until(i64),
    Over,
}

impl Lapses {
    /// Is this attempt to be made?
    fn attempt(&mut self) -> bool {
        let now = self.left == 0;
        self.left = self.left.saturating_sub(1);
        now
    }

    fn fruitful(&mut self) {
        self.next = 0;
    }

    fn fruitless(&mut self) {
        self.next = (2 * self.next).clamp(1, LAPSES_MAX);
        self.left = self.next;
    }
}

impl Patience {
    pub(crate) fn new() -> Self {
        Patience::Whole
    }

    /// Before the P is given up. `timer`: when the next one fires, or 0.
    ///
    /// # Safety
    /// The caller's M spins and holds `pp`.
    #[inline(never)]
    pub(crate) unsafe fn linger(&mut self, pp: *mut P, timer: i64) -> Lingered {
        // SAFETY: the P is ours; of others only what thieves may touch.
        unsafe {
            let until = match *self {
                Patience::Over => return Lingered::Done,
                Patience::Until(t) => t,
                Patience::Whole => {
                    let worth = !nondet::seeded()
                        && netpoll::any_waiters()
                        && others_run()
                        && (*pp).lapses.attempt();
                    if !worth {
                        *self = Patience::Over;
                        return Lingered::Done;
                    }
                    let until = real_nanotime() + LINGER_NS;
                    if timer == 0 { until } else { until.min(timer) }
                }
            };
            *self = Patience::Until(until);
            loop {
                if !others_run() {
                    *self = Patience::Over;
                    return Lingered::Done;
                }
                let gp = poll_now(pp);
                if !gp.is_null() {
                    (*pp).lapses.fruitful();
                    return Lingered::Found(gp);
                }
                if SCHED.gcwaiting.load(Relaxed) {
                    return Lingered::LookAgain;
                }
                if something_queued(pp) {
                    (*pp).lapses.fruitful();
                    return Lingered::LookAgain;
                }
                for _ in 0..PAUSES {
                    spin_loop();
                }
                if real_nanotime() >= until {
                    (*pp).lapses.fruitless();
                    *self = Patience::Over;
                    // Perhaps a `runnext` has been lying for long enough meanwhile.
                    return Lingered::LookAgain;
                }
            }
        }
    }
}

/// Does a P do something else than look for work?
fn others_run() -> bool {
    let idle = &SCHED.idle.0;
    SCHED.nprocs() as i32 > idle.npidle.load(Relaxed) + idle.nmspinning.load(Relaxed)
}

/// Is there anything that a thief would take at once?
unsafe fn something_queued(pp: *mut P) -> bool {
    SCHED.runqsize.0.load(Relaxed) != 0
        || (0..SCHED.nprocs()).any(|i| {
            let p2 = SCHED.p(i);
            // SAFETY: Ps are never freed.
            p2 != pp && unsafe { (*p2).status.load(Relaxed) != PIDLE && burst::shares(p2, false) }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fruitless_attempts_become_rare_and_a_fruitful_one_ends_that() {
        let mut l = Lapses::default();
        let mut made = 0;
        for _ in 0..10_000 {
            if l.attempt() {
                made += 1;
                l.fruitless();
            }
        }
        assert!((150..180).contains(&made), "{made}");
        while !l.attempt() {}
        l.fruitful();
        assert!(l.attempt() && l.attempt());
        l.fruitless();
        assert!(!l.attempt() && l.attempt());
    }
}

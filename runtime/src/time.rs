//! Time for goroutines: sleeping, the timers behind channels, and what the scheduler asks of timers. (Go: runtime/time.go)
//!
//! How timers work stands in [`crate::timers`]; here they meet Ps, channels, the clock and the poller.
//! Timers in a heap are roots of the collector ([`each_timer`]).
//! Locks: a receiver calls `timer_block`, `timer_unblock` and `timer_maybe_run` without holding its channel, whose lock
//! comes after that of a timer's home.
//! Knows nothing of: `time.Time`; a timer calls a function.

use crate::chan::Hchan;
use crate::g::*;
use crate::heap::{self, GcType};
use crate::m::getp;
use crate::nondet::nanotime;
use crate::p::P;
use crate::sched::SCHED;
use crate::sync::*;
use crate::timers::{self, Outside};
use crate::trace;
use std::ptr::null_mut;

pub use crate::timers::{Timer, TimerFn, Timers};

static TIMER_MASK: u64 = Timer::POINTERS;
// SAFETY: the mask is static and covers all 8 words.
static TIMER_TYPE: GcType = unsafe { GcType::new(size_of::<Timer>(), size_of::<Timer>(), &raw const TIMER_MASK) };

/// The runtime around timers.
pub(crate) struct Runtime;

impl Outside for Runtime {
    #[inline]
    unsafe fn drain(c: *mut u8) -> bool {
        // SAFETY: a timer's channel.
        unsafe { crate::chan::drain(c.cast()) }
    }

    fn heir() -> *mut Timers {
        // SAFETY: P 0 is never gone.
        unsafe { &raw mut (*SCHED.p(0)).timers }
    }

    #[inline]
    fn earlier(when: i64) {
        crate::netpoll::wake_net_poller(when);
    }

    #[inline]
    fn fires(delta: i64) {
        if trace::on() {
            let mp = crate::m::getm();
            // SAFETY: Ms are never freed.
            let pp = if mp.is_null() { null_mut() } else { unsafe { (*mp).p.load(Relaxed) } };
            trace::emit(trace::What::Timer, pp, delta as u64);
        }
    }
}

/// `time.Sleep(ns)`. Nothing to finish after the park.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn time_sleep(gp: *mut G, ns: i64) -> Wait {
    if ns <= 0 {
        return Wait::Ready;
    }
    // SAFETY: fields of the running goroutine are ours.
    unsafe {
        if (*gp).timer.is_null() {
            (*gp).timer = new_static_timer(getp(gp), wake_sleeper, gp.cast());
        }
        (*gp).sleep_when = nanotime().saturating_add(ns);
        Wait::Park(Park::new(gp, Some(sleep_commit), null_mut(), WaitReason::Sleep))
    }
}

/// The goroutine is parked, so that its timer may fire from now on. (Go: `resetForSleep`)
unsafe fn sleep_commit(gp: *mut G, _lock: *mut u8) -> bool {
    // SAFETY: on g0 with a P; nobody else knows a timer that is in no heap.
    unsafe {
        let when = (*gp).sleep_when;
        let pp = (*crate::m::getm()).p.load(Relaxed);
        let first = (*pp).timers.adopt((*gp).timer, when);
        // With an empty queue this M will wait for the timer itself, or find work elsewhere, and then wake the next.
        if first && (!(*pp).runq.is_empty() || SCHED.lastpoll.load(Relaxed) == 0) {
            crate::netpoll::wake_net_poller(when);
        }
    }
    true
}

unsafe fn wake_sleeper(arg: *mut u8, _seq: usize, _delta: i64) {
    // SAFETY: the sleeper's own timer, fired once per sleep.
    unsafe { crate::park::goready(arg.cast()) }
}

/// A new, unset timer. With a channel `c` it has Go 1.23's semantics; `c` must be buffered by 1, and is told of its
/// timer here.
///
/// # Safety
/// `gp` is the running goroutine; `arg` is null or heap memory, and kept alive by the timer.
pub unsafe fn new_timer(gp: *mut G, f: TimerFn, arg: *mut u8, c: *mut Hchan) -> *mut Timer {
    // SAFETY: the memory is new and ours.
    unsafe {
        let t: *mut Timer = heap::mallocgc(gp, size_of::<Timer>(), &TIMER_TYPE, true).cast();
        t.write(Timer::new(&raw mut (*getp(gp)).timers, f, arg, c.cast()));
        if !c.is_null() {
            (*c).timer = t;
        }
        t
    }
}

/// A new, unset timer outside the collected heap, never freed: a sleeper's, and for a poll descriptor's deadlines.
pub(crate) fn new_static_timer(pp: *mut P, f: TimerFn, arg: *mut u8) -> *mut Timer {
    // SAFETY: Ps are never freed.
    let home = unsafe { &raw mut (*pp).timers };
    Box::into_raw(Box::new(Timer::new(home, f, arg, null_mut())))
}

/// Sets the timer to fire at `when` (nanotime), then every `period` if that is not 0. `true` if it was pending.
///
/// # Safety
/// `t` comes from `new_timer`; the caller holds a P.
pub unsafe fn timer_reset(t: *mut Timer, when: i64, period: i64, seq: usize) -> bool {
    // SAFETY: as the caller promises.
    unsafe { timers::reset::<Runtime>(t, when, period, seq) }
}

/// `true` if it was pending.
///
/// # Safety
/// As [`timer_reset`].
pub unsafe fn timer_stop(t: *mut Timer) -> bool {
    // SAFETY: as the caller promises.
    unsafe { timers::stop::<Runtime>(t) }
}

/// See [`timers::block`].
pub(crate) unsafe fn timer_block(t: *mut Timer) {
    // SAFETY: as the caller promises.
    unsafe { timers::block::<Runtime>(t) }
}

/// See [`timers::unblock`].
pub(crate) unsafe fn timer_unblock(t: *mut Timer) {
    // SAFETY: as the caller promises.
    unsafe { timers::unblock::<Runtime>(t) }
}

/// See [`timers::maybe_run`].
pub(crate) unsafe fn timer_maybe_run(t: *mut Timer) {
    // SAFETY: as the caller promises.
    unsafe { timers::maybe_run::<Runtime>(t, nanotime) }
}

/// Runs the due timers of `pp`, which may be another's. `now` is 0 or the time, and is set if it was read. Returns
/// when the next one fires (0: never) and whether any ran. (Go: `checkTimers`)
///
/// # Safety
/// On g0, with a P.
#[inline]
pub(crate) unsafe fn check_timers(pp: *mut P, now: &mut i64) -> (i64, bool) {
    // SAFETY: Ps are never freed.
    let ts = unsafe { &(*pp).timers };
    let next = ts.wake_time();
    if next == 0 {
        return (0, false);
    }
    if *now == 0 {
        *now = nanotime();
    }
    if *now < next {
        return (next, false);
    }
    // SAFETY: as ours.
    unsafe { ts.run_due::<Runtime>(*now) }
}

/// When the first timer of all fires; 0: never. (Go: `timeSleepUntil`)
pub(crate) fn time_sleep_until() -> i64 {
    let mut next = 0;
    for i in 0..SCHED.nprocs() {
        // SAFETY: Ps are never freed.
        let w = unsafe { (*SCHED.p(i)).timers.wake_time() };
        if w != 0 && (next == 0 || w < next) {
            next = w;
        }
    }
    next
}

/// The P `from` goes away: its timers move to `to`. The world is stopped. (Go: `timers.take`)
pub(crate) unsafe fn take_over(from: *mut P, to: *mut P) {
    // SAFETY: the world is stopped; only sysmon might look at `min_when`.
    unsafe { (*from).timers.move_to(&(*to).timers) }
}

/// The P is back.
pub(crate) unsafe fn revive(pp: *mut P) {
    // SAFETY: Ps are never freed.
    unsafe { (*pp).timers.revive() }
}

/// Every timer that is in a heap: roots of the collector. The world is stopped.
pub fn each_timer(f: &mut dyn FnMut(*mut Timer)) {
    for i in 0..crate::sched::MAX_PROCS {
        let pp = SCHED.p(i);
        if pp.is_null() {
            break;
        }
        // SAFETY: Ps are never freed, the world is stopped.
        unsafe { (*pp).timers.each(f) };
    }
}

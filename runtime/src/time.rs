//! Timers: a 4-ary heap per P, sleeping, and the timers behind channels. (Go: runtime/time.go)

use crate::chan::Hchan;
use crate::g::*;

/// Runs when a timer fires, on g0 with a P, no goroutine: must not park, must not allocate for long.
/// `seq` is what the timer was last set with, `delta` by how many nanoseconds it fires too late.
pub type TimerFn = unsafe fn(arg: *mut u8, seq: usize, delta: i64);

/// A timer in the collected heap: what Go's `time.Timer` and `time.Ticker` hold a pointer to.
#[repr(C)]
pub struct Timer {
    when: i64,
}

/// `time.Sleep(ns)`. Nothing to finish after the park.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn time_sleep(gp: *mut G, ns: i64) -> Wait {
    let _ = (gp, ns);
    todo!()
}

/// A new, unset timer. With a channel (`c`, buffered by 1) it has Go 1.23's semantics: after `timer_stop` or
/// `timer_reset` no stale value is ever received, and a timer nobody waits for is collectable.
///
/// # Safety
/// `gp` is the running goroutine; `arg` is null or heap memory, and kept alive by the timer.
pub unsafe fn new_timer(gp: *mut G, f: TimerFn, arg: *mut u8, c: *mut Hchan) -> *mut Timer {
    let _ = (gp, f, arg, c);
    todo!()
}

/// Sets the timer to fire at `when` (nanotime), then every `period` if that is not 0. `true` if it was pending.
///
/// # Safety
/// `t` comes from `new_timer`; the caller holds a P.
pub unsafe fn timer_reset(t: *mut Timer, when: i64, period: i64, seq: usize) -> bool {
    let _ = (t, when, period, seq);
    todo!()
}

/// `true` if it was pending.
///
/// # Safety
/// As [`timer_reset`].
pub unsafe fn timer_stop(t: *mut Timer) -> bool {
    let _ = t;
    todo!()
}

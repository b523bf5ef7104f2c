//! Is there anything left that could wake anyone? (Go: `checkdead` in runtime/proc.go)
//!
//! Called with `sched.lock` held whenever an M goes to sleep for want of work. While another M runs, blocks in a call or
//! waits for a timer, somebody may still wake the rest; when the last has gone to sleep, nobody can.
//! Knows nothing of: how Ms sleep.

use crate::g::*;
use crate::sched::SCHED;
use crate::sync::*;

/// # Safety
/// `sched.lock` is held.
pub(crate) unsafe fn checkdead() {
    let embedded = SCHED.embedded.load(Relaxed) && !crate::session::is_watching();
    if embedded || !SCHED.started.load(Relaxed) {
        // A host may make goroutines at any time.
        return;
    }
    // SAFETY: the lock is held.
    let (mcount, l) = unsafe { (SCHED.mcount(), SCHED.locked()) };
    let run = mcount - l.nmidle - l.nmidlelocked - l.nmsys;
    if run > 0 {
        return;
    }
    if run < 0 {
        crate::fatal::throw(&format!(
            "checkdead: inconsistent counts: nmidle={} nmidlelocked={} mcount={mcount} nmsys={}",
            l.nmidle, l.nmidlelocked, l.nmsys
        ));
    }
    // Nothing runs, so the timers can be looked at without locking. One that is pending will be waited for by the M
    // that goes idle last: it has not blocked yet.
    if crate::time::time_sleep_until() != 0 || crate::netpoll::any_waiters() {
        return;
    }
    if SCHED.embedded.load(Relaxed) {
        return crate::session::deadlocked();
    }
    let mut waiting = 0;
    let mut runnable = 0u64;
    crate::proc::for_each_g(&mut |gp| {
        // SAFETY: Gs are never freed.
        if unsafe { (*gp).system } {
            return;
        }
        match readgstatus(gp) {
            GWAITING => waiting += 1,
            // SAFETY: as above.
            GRUNNABLE | GRUNNING | GSYSCALL => runnable = unsafe { (*gp).goid },
            _ => {}
        }
    });
    SCHED.lock.unlock();
    if runnable != 0 {
        crate::fatal::throw(&format!(
            "checkdead: no thread runs, but goroutine {runnable} could"
        ));
    }
    if waiting == 0 {
        crate::fatal::fatal("no goroutines (main called runtime.Goexit) - deadlock!");
    }
    crate::fatal::fatal("all goroutines are asleep - deadlock!");
}

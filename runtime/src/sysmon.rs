//! The watcher: a thread without a P that looks after those that have one. (Go: `sysmon`, `retake`, `preemptone`)
//!
//! It retakes Ps whose M sits in a blocking call, asks goroutines that ran for 10 ms to yield, finds work that nobody was
//! woken for, and wakes the thread that gives idle memory back. It sleeps 20 µs between looks while it finds something to do, up to 10 ms when it does not, and deeply
//! while all Ps are idle.
//! Knows nothing of: how a goroutine yields.

use crate::g::STACK_PREEMPT;
use crate::m::{M, setm};
use crate::nondet::{self, real_nanotime};
use crate::p::*;
use crate::sched::SCHED;
use crate::sync::*;
use crate::thread::{handoffp, incidlelocked, injectglist, newm, startm, wakep};
use crate::trace::{What, emit};
use std::ptr::null_mut;
use std::time::Duration;

/// How long a goroutine may run, and a P be kept from others by a blocking call. (Go: `forcePreemptNS`)
const FORCE_PREEMPT_NS: i64 = 10_000_000;
/// How often Ps become eager again to wake others for a lone runnext; see `findrunnable.rs`.
const LONE_WAKE_NS: i64 = 8_000_000;
/// Deep sleep at the longest. (Go: half of `forcegcperiod`)
const DEEP_SLEEP_NS: i64 = 60_000_000_000;
/// A collection at least this often. (Go: `forcegcperiod`)
const FORCE_GC_NS: i64 = 120_000_000_000;

/// Starts the thread.
pub(crate) fn start_sysmon() {
    // SAFETY: counted before the thread exists, so that `checkdead` is never fooled.
    unsafe {
        SCHED.lock.lock();
        SCHED.locked().nmsys += 1;
        SCHED.lock.unlock();
        newm(null_mut(), false, Some(sysmon));
    }
}

fn sysmon(mp: *mut M) {
    setm(mp);
    let mut idle = 0u32;
    let mut delay_us = 20u64;
    let mut last_trace = 0;
    let mut last_gc = real_nanotime();
    let mut last_credit = last_gc;
    loop {
        if idle == 0 {
            delay_us = 20;
        } else if idle > 50 {
            delay_us = (delay_us * 2).min(10_000);
        }
        std::thread::sleep(Duration::from_micros(delay_us));

        // Before the deep sleep: who collected and went to sleep shall not hold what is idle.
        crate::heap::wake_scavenger();
        let trace_ms = crate::debug::SCHEDTRACE.get();
        if trace_ms <= 0 && all_quiet() && deep_sleep() {
            idle = 0;
            delay_us = 20;
        }
        crate::signal::check_quit();

        let now = real_nanotime();
        if trace_ms > 0 && now - last_trace >= trace_ms * 1_000_000 {
            last_trace = now;
            crate::schedtrace::schedtrace(crate::debug::SCHEDDETAIL.on());
        }
        if nondet::seeded() {
            // What real time has to say must not change the run.
            delay_us = 10_000;
            idle = 100;
            // SAFETY: on the sysmon thread.
            unsafe { retake_seeded(now) };
            continue;
        }
        // Nobody polled for 10 ms.
        let last = SCHED.lastpoll.load(SeqCst);
        if crate::netpoll::any_waiters() && last != 0 && last + FORCE_PREEMPT_NS < now {
            let _ = SCHED.lastpoll.compare_exchange(last, now, AcqRel, Relaxed);
            // SAFETY: does not block.
            unsafe {
                // From here on the last thread may go idle, and see nobody who waits or runs.
                incidlelocked(-1);
                injectglist(crate::netpoll::netpoll(0));
                incidlelocked(1);
            }
        }
        // SAFETY: on the sysmon thread.
        if unsafe { retake(now) } {
            idle = 0;
        } else {
            idle = idle.saturating_add(1);
        }
        if now - last_credit > LONE_WAKE_NS {
            last_credit = now;
            for i in 0..SCHED.nprocs() {
                // SAFETY: Ps are never freed.
                unsafe { (*SCHED.p(i)).wake_credit.store(0, Relaxed) };
            }
        }
        if now - last_gc.max(crate::heap::last_gc()) > force_gc_ns() {
            last_gc = now;
            crate::proc::force_gc();
        }
    }
}

fn force_gc_ns() -> i64 {
    match crate::debug::FORCEGC.get() {
        ms @ 1.. => ms * 1_000_000,
        _ => FORCE_GC_NS,
    }
}

/// Is the world stopped, or are all Ps idle?
fn all_quiet() -> bool {
    SCHED.gcwaiting.load(SeqCst) || SCHED.idle.0.npidle.load(SeqCst) as usize == SCHED.nprocs()
}

/// Sleeps until something runs again. `false` if something did already.
fn deep_sleep() -> bool {
    SCHED.lock.lock();
    if !all_quiet() {
        SCHED.lock.unlock();
        return false;
    }
    SCHED.sysmonwait.store(true, SeqCst);
    // Pairs with the fence in `entersyscall`.
    fence(SeqCst);
    SCHED.lock.unlock();
    SCHED
        .sysmonnote
        .sleep_for(DEEP_SLEEP_NS.min(force_gc_ns() / 2));
    SCHED.lock.lock();
    SCHED.sysmonwait.store(false, SeqCst);
    SCHED.sysmonnote.clear();
    SCHED.lock.unlock();
    true
}

/// Go: `retake`. Returns whether there was anything to do.
unsafe fn retake(now: i64) -> bool {
    let mut busy = false;
    let mut unserved = false;
    for i in 0..SCHED.nprocs() {
        // SAFETY: Ps are never freed; `sysmontick` is ours alone.
        unsafe {
            let pp = SCHED.p(i);
            if pp.is_null() {
                continue;
            }
            let pd = &mut (*pp).sysmontick;
            let status = (*pp).status.load(Acquire);
            let mut long = false;
            if status == PRUNNING || status == PSYSCALL {
                let t = (*pp).schedtick.load(Relaxed);
                if pd.schedtick != t {
                    pd.schedtick = t;
                    pd.schedwhen = now;
                } else if pd.schedwhen + FORCE_PREEMPT_NS <= now {
                    emit(What::Preempt, pp, 0);
                    preemptone(pp);
                    long = true;
                    // In a blocking call there is no goroutine to ask.
                }
            }
            if status == PRUNNING {
                // The same goroutine since the last look, others wait behind it: an idle P could take them.
                let t = (*pp).exectick.load(Relaxed);
                unserved |= pd.exectick == t && !(*pp).runq.is_empty();
                pd.exectick = t;
            }
            if status == PSYSCALL {
                let t = (*pp).syscalltick.load(Relaxed);
                if !long && pd.syscalltick != t {
                    pd.syscalltick = t;
                    pd.syscallwhen = now;
                    continue;
                }
                // Nothing else to do, and others are ready to do it: leave it for a while, or sysmon never sleeps.
                let idle = &SCHED.idle.0;
                if (*pp).runq.is_empty()
                    && idle.nmspinning.load(SeqCst) + idle.npidle.load(SeqCst) > 0
                    && pd.syscallwhen + FORCE_PREEMPT_NS > now
                {
                    continue;
                }
                // The M may come back without a P and go idle before another has this one.
                incidlelocked(-1);
                if (*pp)
                    .status
                    .compare_exchange(PSYSCALL, PIDLE, AcqRel, Relaxed)
                    .is_ok()
                {
                    (*pp).syscalltick.fetch_add(1, Relaxed);
                    emit(What::Retake, pp, 0);
                    busy = true;
                    handoffp(pp);
                }
                incidlelocked(1);
            }
        }
    }
    if unserved || SCHED.runqsize.0.load(Relaxed) != 0 {
        fence(SeqCst);
        wakep();
    }
    // A timer that nobody waits for in time (an M without a P holds the place of the poller, say).
    let next = crate::time::time_sleep_until();
    if next != 0 && next + FORCE_PREEMPT_NS < nondet::nanotime() {
        // SAFETY: takes an idle P or does nothing.
        unsafe { startm(null_mut(), false) };
    }
    busy
}

/// In a seeded run a blocking call keeps its P, so that its length changes nothing. But it may wait for what another
/// goroutine does: after this long the others go on, and the user is told that the run may not repeat.
const SEEDED_SYSCALL_NS: i64 = 1_000_000_000;

unsafe fn retake_seeded(now: i64) {
    // SAFETY: Ps are never freed; `sysmontick` is ours alone.
    unsafe {
        let pp = SCHED.p(0);
        let pd = &mut (*pp).sysmontick;
        if (*pp).status.load(Acquire) != PSYSCALL {
            return;
        }
        let t = (*pp).syscalltick.load(Relaxed);
        if pd.syscalltick != t || pd.syscallwhen == 0 {
            pd.syscalltick = t;
            pd.syscallwhen = now;
        } else if pd.syscallwhen + SEEDED_SYSCALL_NS <= now
            && (*pp)
                .status
                .compare_exchange(PSYSCALL, PIDLE, AcqRel, Relaxed)
                .is_ok()
        {
            nondet::uncontrolled("a system call that blocks for long");
            (*pp).syscalltick.fetch_add(1, Relaxed);
            emit(What::Retake, pp, 0);
            handoffp(pp);
        }
    }
}

/// Asks the goroutine on `pp` to come to the scheduler at its next safepoint. It may be gone already; then another
/// yields for nothing. (Go: `preemptone`)
pub(crate) unsafe fn preemptone(pp: *mut P) -> bool {
    // SAFETY: Ps, Ms and Gs are never freed.
    unsafe {
        let mp = (*pp).m.load(Acquire);
        if mp.is_null() {
            return false;
        }
        let gp = (*mp).curg.load(Acquire);
        if gp.is_null() {
            return false;
        }
        (*pp).preempt.store(true, Relaxed);
        (*gp).stackguard0.store(STACK_PREEMPT, Relaxed);
        true
    }
}

/// Go: `preemptall`.
pub(crate) fn preemptall() {
    for i in 0..SCHED.nprocs() {
        let pp = SCHED.p(i);
        // SAFETY: Ps are never freed.
        if unsafe { (*pp).status.load(Relaxed) } == PRUNNING {
            // SAFETY: as above.
            unsafe { preemptone(pp) };
        }
    }
}

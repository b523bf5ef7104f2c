//! Stopping all Ps at safepoints, and starting them again. (Go: `stopTheWorld`, `startTheWorld`)
//!
//! While the world is stopped no goroutine runs but the caller; Ms in blocking calls go on, but cannot come back.
//! Every P is then in `PGCSTOP`, or `PDEAD`.
//! Locks: `sched.lock`.

use crate::g::*;
use crate::nondet;
use crate::p::*;
use crate::park::gosched;
use crate::sched::SCHED;
use crate::sync::*;
use crate::sysmon::preemptall;
use crate::thread::{newm, wakep};
use crate::trace::{What, emit_g};
use std::ptr::null_mut;

/// Stops every other P. May park (keeping the native stack) while someone else has the world stopped: `gp.m` and the
/// P's cache must be read anew afterwards.
///
/// # Safety
/// `gp` is the running goroutine, not on g0.
pub unsafe fn stop_the_world(gp: *mut G, reason: WaitReason) {
    // SAFETY: as the caller promises.
    unsafe {
        while SCHED.worldsema.compare_exchange(1, 0, Acquire, Relaxed).is_err() {
            // Whoever has it stops us there.
            gosched(gp);
        }
        (*gp).waitreason = reason;
        emit_g(What::StopWorld, null_mut(), gp, 0);
        let own = crate::m::getp(gp);

        SCHED.lock.lock();
        let l = SCHED.locked();
        l.stopwait = SCHED.nprocs() as i64;
        SCHED.gcwaiting.store(true, Release);
        // Pairs with the fence in `entersyscall`: one of us sees the other.
        fence(SeqCst);
        preemptall();
        // The caller stands where it would have been sent: it keeps its P, and what it makes next keeps its turn.
        if !nondet::seeded() {
            (*own).preempt.store(false, Relaxed);
            (*gp).stackguard0.store((*gp).stackguard_real, Relaxed);
        }
        (*own).status.store(PGCSTOP, Release);
        l.stopwait -= 1;
        for i in 0..SCHED.nprocs() {
            let pp = SCHED.p(i);
            if (*pp).status.load(Relaxed) == PSYSCALL
                && (*pp).status.compare_exchange(PSYSCALL, PGCSTOP, AcqRel, Relaxed).is_ok()
            {
                (*pp).syscalltick.fetch_add(1, Relaxed);
                l.stopwait -= 1;
            }
        }
        loop {
            let pp = SCHED.pidleget();
            if pp.is_null() {
                break;
            }
            (*pp).status.store(PGCSTOP, Release);
            l.stopwait -= 1;
        }
        let wait = l.stopwait > 0;
        SCHED.lock.unlock();
        if wait {
            // A request may have been overwritten by a goroutine being switched in: ask again.
            while !SCHED.stopnote.sleep_for(100_000) {
                preemptall();
            }
            SCHED.stopnote.clear();
        }
        #[cfg(debug_assertions)]
        for i in 0..SCHED.nprocs() {
            assert_eq!((*SCHED.p(i)).status.load(Acquire), PGCSTOP, "P {i} runs in a stopped world");
        }
    }
}

/// # Safety
/// The caller stopped it.
pub unsafe fn start_the_world(gp: *mut G) {
    // SAFETY: as the caller promises.
    unsafe {
        let mp = (*gp).m;
        emit_g(What::StartWorld, null_mut(), gp, 0);
        SCHED.lock.lock();
        let new = std::mem::take(&mut SCHED.locked().new_procs);
        let n = if new == 0 { SCHED.nprocs() } else { new };
        let mut runnable = crate::proc::procresize(mp, n);
        SCHED.gcwaiting.store(false, Release);
        SCHED.wake_sysmon();
        SCHED.lock.unlock();
        // Ps with work get their Ms.
        while !runnable.is_null() {
            let pp = runnable;
            runnable = (*pp).link;
            (*pp).link = null_mut();
            let mp = (*pp).m.swap(null_mut(), Relaxed);
            if mp.is_null() {
                newm(pp, false, None);
            } else {
                (*mp).nextp.store(pp, Release);
                (*mp).park.wakeup();
            }
        }
        // The rest may find something to steal.
        wakep();
        SCHED.worldsema.store(1, Release);
    }
}

/// The process is about to die: stops whoever stops within a few milliseconds, so that tracebacks hold still. The world
/// never starts again. On any thread, in any state. (Go: `freezetheworld`)
pub(crate) fn freeze_the_world() {
    if world_stopping() || !SCHED.started.load(Relaxed) {
        return;
    }
    // So that nobody who stops believes to be the last.
    if SCHED.lock.try_lock() {
        // SAFETY: the lock is held.
        unsafe { SCHED.locked().stopwait = i64::MAX / 2 };
        SCHED.gcwaiting.store(true, Release);
        SCHED.lock.unlock();
        let mp = crate::m::getm();
        // SAFETY: Ps are never freed; a hint.
        let runs = |i| unsafe {
            let pp = SCHED.p(i);
            (*pp).status.load(Acquire) == PRUNNING && (*pp).m.load(Relaxed) != mp
        };
        for _ in 0..5 {
            if !(0..SCHED.nprocs()).any(runs) {
                break;
            }
            preemptall();
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
    }
}

/// Is the world stopped, or being stopped?
pub fn world_stopping() -> bool {
    SCHED.gcwaiting.load(Acquire)
}

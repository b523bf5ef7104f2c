//! Blocking calls: the M goes on alone, the P may be taken from it. (Go: `entersyscall`, `exitsyscall`)
//!
//! On entry the P stays with its M in state `PSYSCALL`. sysmon takes it after 20 µs to 10 ms if there is work for it, a
//! stop of the world at once; both by compare-and-swap of the state. On return the M takes its P back the same way, or
//! finds another, or queues its goroutine and sleeps.
//! (Go 1.27 has retired `_Psyscall` for a flag in the P; the old name says more.)
//! Knows nothing of: what the call does.

use crate::g::*;
use crate::m::Leave;
use crate::p::*;
use crate::sched::SCHED;
use crate::switch;
use crate::sync::*;
use crate::thread::{acquirep, stopped_one};
use crate::trace::{What, emit_g};
use std::ptr::null_mut;

pub use crate::switch::entersyscall;

/// The registers are saved: `switch::entersyscall` goes on here.
pub(crate) unsafe extern "C" fn entersyscall_saved(gp: *mut G) {
    // SAFETY: `gp` is the running goroutine.
    unsafe {
        let mp = (*gp).m;
        let pp = (*mp).p.load(Relaxed);
        emit_g(What::Syscall, pp, gp, 0);
        casgstatus(gp, GRUNNING, GSYSCALL);
        bump(&(*pp).syscalltick);
        (*mp).oldp = pp;
        (*mp).p.store(null_mut(), Relaxed);
        (*pp).m.store(null_mut(), Relaxed);
        (*pp).status.store(PSYSCALL, Release);
        // Pairs with the fence in `stop_the_world` and in sysmon.
        fence(SeqCst);
        if SCHED.gcwaiting.load(Relaxed) || SCHED.sysmonwait.load(Relaxed) {
            entersyscall_slow(pp);
        }
    }
}

#[cold]
unsafe fn entersyscall_slow(pp: *mut P) {
    // SAFETY: lists under the lock; the P is ours if we win its state.
    unsafe {
        SCHED.lock.lock();
        SCHED.wake_sysmon();
        if SCHED.locked().stopwait > 0 && (*pp).status.compare_exchange(PSYSCALL, PGCSTOP, AcqRel, Relaxed).is_ok() {
            (*pp).syscalltick.fetch_add(1, Relaxed);
            stopped_one();
        }
        SCHED.lock.unlock();
    }
}

/// Back from the call: gets a P again, or waits for one (keeping the native stack). `gp.m` may have changed.
///
/// # Safety
/// `gp` is between `entersyscall` and here.
pub unsafe fn exitsyscall(gp: *mut G) {
    // SAFETY: as the caller promises.
    unsafe {
        let mp = (*gp).m;
        let old = std::mem::replace(&mut (*mp).oldp, null_mut());
        if (*old).status.compare_exchange(PSYSCALL, PIDLE, AcqRel, Relaxed).is_ok() {
            acquirep(mp, old);
            bump(&(*old).syscalltick);
            casgstatus(gp, GSYSCALL, GRUNNING);
            emit_g(What::SyscallExit, old, gp, 0);
            return;
        }
        if SCHED.idle.0.npidle.load(SeqCst) != 0 {
            SCHED.lock.lock();
            let pp = SCHED.pidleget();
            SCHED.lock.unlock();
            if !pp.is_null() {
                acquirep(mp, pp);
                casgstatus(gp, GSYSCALL, GRUNNING);
                emit_g(What::SyscallExit, pp, gp, 0);
                return;
            }
        }
        (*mp).leave = Leave::SyscallExit;
        (*mp).release_stack = false;
        switch::mcall(&raw mut (*gp).sched, (*mp).g0sp, (*mp).g0entry, gp);
    }
}

//! The goroutines that run finalizers and cleanups: how they sleep, and who wakes them. (Go: runtime/mfinal.go, mcleanup.go)
//!
//! One goroutine runs finalizers, one after the other, another one cleanups; the library makes both when they are first
//! needed. Each waits here until a collection has queued something for it (`heap/specials.rs`).
//! No lost wake-up: the waiter looks at the queue with the lock held and parks holding it; who has queued takes the lock
//! afterwards, and so finds the waiter, or the waiter has found the queue.
//! While they wait they are the system's own: not counted, not shown, no reason to stay alive.
//! Knows nothing of: how a finalizer is called.

use crate::g::*;
use crate::lock::Mutex;
use crate::lockrank::LockRank;
use crate::sched::SCHED;
use crate::sync::*;
use std::ptr::null_mut;

/// What is run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Runs {
    Finalizers,
    Cleanups,
}

static LOCK: Mutex = Mutex::new(LockRank::Finq);
/// Who waits, by [`Runs`]; under the lock.
static WAITING: [AtomicPtr<G>; 2] = [const { AtomicPtr::new(null_mut()) }; 2];

/// Made, but did not wait yet.
static PENDING: [AtomicBool; 2] = [const { AtomicBool::new(false) }; 2];

/// The caller is about to make the goroutine that will call [`wait_queued`]. Once for each kind.
pub fn begin(runs: Runs) {
    PENDING[runs as usize].store(true, Relaxed);
    SCHED.ngsys.fetch_add(1, Relaxed);
}

/// Waits until there is something to run. Nothing to finish after the park.
///
/// # Safety
/// `gp` is the running goroutine, the only one that waits for this kind.
pub unsafe fn wait_queued(gp: *mut G, runs: Runs) -> Wait {
    LOCK.lock();
    if crate::heap::heap().queued()[runs as usize] {
        if PENDING[runs as usize].swap(false, Relaxed) {
            SCHED.ngsys.fetch_sub(1, Relaxed);
        }
        LOCK.unlock();
        return Wait::Ready;
    }
    let (reason, place) = match runs {
        Runs::Finalizers => (WaitReason::FinalizerWait, &WAITING[0]),
        Runs::Cleanups => (WaitReason::CleanupWait, &WAITING[1]),
    };
    let place = (&raw const *place).cast_mut().cast();
    // SAFETY: as the caller promises.
    unsafe {
        if PENDING[runs as usize].swap(false, Relaxed) {
            // Counted by `begin` already.
            (*gp).system = true;
        } else {
            set_system(gp, true);
        }
        Wait::Park(Park::new(gp, Some(wait_commit), place, reason))
    }
}

unsafe fn wait_commit(gp: *mut G, place: *mut u8) -> bool {
    // SAFETY: one of the two places.
    unsafe { (*place.cast::<AtomicPtr<G>>()).store(gp, Relaxed) };
    LOCK.unlock();
    true
}

/// The running goroutine becomes, or is no more, one of the system's own.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn set_system(gp: *mut G, system: bool) {
    // SAFETY: the goroutine's own field.
    let was = unsafe { std::mem::replace(&mut (*gp).system, system) };
    if system && !was {
        SCHED.ngsys.fetch_add(1, Relaxed);
    } else if was && !system {
        SCHED.ngsys.fetch_sub(1, Relaxed);
    }
}

/// Something has been queued. The caller holds a P.
pub(crate) fn wake() {
    let queued = crate::heap::heap().queued();
    LOCK.lock();
    let take = |i: usize| if queued[i] { WAITING[i].swap(null_mut(), Relaxed) } else { null_mut() };
    let woken = [take(0), take(1)];
    LOCK.unlock();
    for gp in woken.into_iter().filter(|gp| !gp.is_null()) {
        // SAFETY: taken off the place where it waited.
        unsafe { crate::park::goready(gp) };
    }
}

//! A goroutine that starts many others in a row.
//!
//! When [`SPAWN_BURST`] of them are queued it gives way at its next safepoint, and goes on behind them. Go lets it start
//! as many as fit its time slice; then each of them, its first frame and its closure have left the caches before it first
//! runs, and dead Gs are never at hand for the next one. Those that start a few each (trees of goroutines) must not give
//! way: that would open the whole tree breadth first.
//!
//! # Left alone
//! Goroutines that run for less than 100 ns are not worth sharing: a thief takes them by ones and twos as they come, and
//! each pays for a G, a frame and a counter (a WaitGroup, say) that come from another core's cache: twice the CPU time,
//! and not even the wall time of one P. How long they run shows only while nobody else takes part. So now and then a
//! burst is a *trial*: the P's queue is left to it (`P::alone`), nobody is woken for it, and the spawner stays on this P.
//! If the goroutines turn out to be tiny, it stays so for the next burst; else the following [`TRIAL_EVERY`] are shared.
//!
//! What a thief respects only as long as the P gets on: one that has not executed or started any for a few microseconds is
//! robbed as usual, and sysmon wakes a thief for it (`retake`). So long ones, too, are shared soon, and nothing is lost.
//!
//! Knows nothing of: how a goroutine is made or stolen.

use crate::findrunnable::gets_on;
use crate::g::{G, STACK_PREEMPT};
use crate::nondet::{self, real_nanotime};
use crate::p::{P, bump};
use crate::runq::RUNQ_SIZE;
use crate::sync::*;
use crate::thread::{wake_for_ready, wakep};
use std::ptr::null_mut;

/// So many in a row, all still queued.
pub(crate) const SPAWN_BURST: usize = RUNQ_SIZE / 2;
/// What takes less is tiny.
const TINY_NS: i64 = 150;
/// Shared bursts between two trials.
const TRIAL_EVERY: u32 = 16;

/// What a P knows of the burst on it. Its M's alone.
pub(crate) struct Burst {
    /// The goroutine that started the last one here. Compared only, never followed.
    spawner: *mut G,
    /// How many since it last gave way.
    n: usize,
    /// When it gave way, or 0 when it has come back; and the P's `exectick` then.
    since: i64,
    tick: u32,
    /// Bursts until the next trial.
    shared: u32,
    /// The last trial was a success.
    tiny: bool,
    /// The spawner gives way to the goroutines of this P alone.
    stays: bool,
}

impl Burst {
    pub(crate) const fn new() -> Self {
        Burst {
            spawner: null_mut(),
            n: 0,
            since: 0,
            tick: 0,
            shared: 0,
            tiny: false,
            stays: false,
        }
    }
}

/// `gp` has started a goroutine, which is queued on its `pp`: wakes somebody for it, or not.
///
/// # Safety
/// The caller's M runs `gp` on `pp`.
#[inline]
pub(crate) unsafe fn spawned(pp: *mut P, gp: *mut G) {
    // SAFETY: the P is ours.
    unsafe {
        let b = &mut (*pp).burst;
        if b.spawner != gp {
            *b = Burst {
                spawner: gp,
                ..Burst::new()
            };
            (*pp).alone.store(false, Relaxed);
        } else if b.since != 0 {
            came_back(pp);
        }
        if (*pp).alone.load(Relaxed) {
            // Starting them is getting on, too.
            bump(&(*pp).exectick);
        } else {
            wake_for_ready(pp);
        }
        (*pp).burst.n += 1;
        if (*pp).burst.n >= SPAWN_BURST
            && (*pp).runq.len() >= SPAWN_BURST
            && (*gp).lockedm.is_null()
        {
            give_way(pp, gp);
        }
    }
}

#[cold]
#[inline(never)]
unsafe fn give_way(pp: *mut P, gp: *mut G) {
    // SAFETY: the P is ours.
    unsafe {
        let b = &mut (*pp).burst;
        b.n = 0;
        if b.shared == 0 && !nondet::seeded() {
            (*pp).alone.store(true, Relaxed);
        }
        if !b.tiny {
            // Thieves that are awake see soon whether the goroutines of a trial are long.
            fence(SeqCst);
            wakep();
        }
        b.stays = (*pp).alone.load(Relaxed);
        b.tick = (*pp).exectick.load(Relaxed);
        b.since = real_nanotime();
        // Only the goroutine itself and those who poison it write here: nothing is lost.
        (*gp).stackguard0.store(STACK_PREEMPT, Relaxed);
    }
}

/// The spawner goes on. What have the others taken meanwhile?
#[cold]
#[inline(never)]
unsafe fn came_back(pp: *mut P) {
    // SAFETY: the P is ours.
    unsafe {
        let b = &mut (*pp).burst;
        let took = real_nanotime() - std::mem::replace(&mut b.since, 0);
        if !(*pp).alone.load(Relaxed) {
            b.shared = b.shared.saturating_sub(1);
            return;
        }
        let n = (*pp).exectick.load(Relaxed).wrapping_sub(b.tick) as usize;
        b.tiny = n >= SPAWN_BURST / 2 && took < n as i64 * TINY_NS;
        if !b.tiny {
            b.shared = TRIAL_EVERY;
            (*pp).alone.store(false, Relaxed);
        }
    }
}

/// A goroutine on `pp` yields: does it go behind those on this P, not behind all?
///
/// # Safety
/// The caller's M holds `pp`.
#[inline]
pub(crate) unsafe fn stays(pp: *mut P) -> bool {
    // SAFETY: the P is ours.
    unsafe { std::mem::replace(&mut (*pp).burst.stays, false) }
}

/// Nothing is queued on `pp` any more.
///
/// # Safety
/// The caller's M holds `pp`.
#[inline]
pub(crate) unsafe fn over(pp: *mut P) {
    // SAFETY: the P is ours.
    unsafe {
        if (*pp).alone.load(Relaxed) {
            (*pp).alone.store(false, Relaxed);
        }
    }
}

/// Has `p2` something in its ring that others may take? With `patient` it is watched for a moment if it is left alone.
///
/// # Safety
/// `p2` is a P.
#[inline]
pub(crate) unsafe fn shares(p2: *mut P, patient: bool) -> bool {
    // SAFETY: only what thieves may touch.
    unsafe {
        !(*p2).runq.ring_is_empty() && (!(*p2).alone.load(Relaxed) || patient && !gets_on(p2))
    }
}

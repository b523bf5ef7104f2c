//! The runtime's mutex: short critical sections on any thread, released by whoever comes along. (Go: runtime/lock_futex.go)
//!
//! A parking goroutine locks on its own stack and unlocks in the commit function on g0, so there is no guard object.
//!
//! The word is 0 (free), 1 (held) or 2 (held, somebody may sleep). Unlocking in state 1 is a plain store, not a
//! read-modify-write, because channels take two locks per hop: a sleeper that announces itself (1 → 2) between the
//! unlocker's load and its store is overwritten. It notices at once if it is not asleep yet (the word is no longer 2);
//! for the window in which it already is, every sleep is bounded by [`NAP`]. Mutual exclusion never depends on it:
//! only an atomic swap leaves 0.
//! Knows nothing of: what it protects.

#[cfg(all(debug_assertions, not(loom)))]
use crate::lockrank;
use crate::lockrank::LockRank;
use crate::sync::*;
use std::time::Duration;

const FREE: u32 = 0;
const HELD: u32 = 1;
const CONTENDED: u32 = 2;

/// How long a lost wake-up can delay a sleeper.
const NAP: Duration = Duration::from_micros(500);
/// Rounds of spinning before the first sleep.
const SPINS: u32 = 40;

/// A mutual exclusion lock without an owner. In the collected heap all zeroes must be a free lock.
#[repr(C)]
pub struct Mutex {
    word: Futex,
    rank: LockRank,
}

impl Mutex {
    #[cfg(not(loom))]
    pub const fn new(rank: LockRank) -> Self {
        Mutex {
            word: Futex::new(FREE),
            rank,
        }
    }

    #[cfg(loom)]
    pub fn new(rank: LockRank) -> Self {
        Mutex {
            word: Futex::new(FREE),
            rank,
        }
    }

    #[inline]
    pub fn lock(&self) {
        #[cfg(all(debug_assertions, not(loom)))]
        lockrank::acquiring(self.rank, self as *const Mutex as usize);
        if self
            .word
            .0
            .compare_exchange(FREE, HELD, Acquire, Relaxed)
            .is_err()
        {
            self.lock_slow();
        }
    }

    #[inline]
    pub fn try_lock(&self) -> bool {
        let ok = self
            .word
            .0
            .compare_exchange(FREE, HELD, Acquire, Relaxed)
            .is_ok();
        #[cfg(all(debug_assertions, not(loom)))]
        if ok {
            lockrank::acquired_by_trying(self.rank, self as *const Mutex as usize);
        }
        ok
    }

    #[cold]
    #[inline(never)]
    fn lock_slow(&self) {
        for i in 0..SPINS {
            if self.word.0.load(Relaxed) == FREE
                && self
                    .word
                    .0
                    .compare_exchange(FREE, HELD, Acquire, Relaxed)
                    .is_ok()
            {
                return;
            }
            if i % 10 == 9 {
                os_yield();
            } else {
                spin_loop();
            }
        }
        // From here on the lock is taken in state 2: others may sleep, and the unlocker has to wake one.
        while self.word.0.swap(CONTENDED, Acquire) != FREE {
            self.word.wait(CONTENDED, Some(NAP));
        }
    }

    #[inline]
    pub fn unlock(&self) {
        #[cfg(all(debug_assertions, not(loom)))]
        lockrank::released(self.rank, self as *const Mutex as usize);
        if self.word.0.load(Relaxed) == HELD {
            // Release: pairs with the Acquire of the next lock.
            self.word.0.store(FREE, Release);
        } else {
            self.unlock_slow();
        }
    }

    #[cold]
    #[inline(never)]
    fn unlock_slow(&self) {
        if self.word.0.swap(FREE, Release) == FREE {
            crate::fatal::throw("unlock of a free lock");
        }
        self.word.wake(1);
    }

    /// Is it held, by anybody?
    pub fn is_locked(&self) -> bool {
        self.word.0.load(Relaxed) != FREE
    }
}

//! An M's one-shot sleep and wake. (Go: `note` in runtime/lock_futex.go)
//!
//! One sleeper, one waker, then `clear` before the next use. Waking before sleeping makes the sleep return at once.

use crate::sync::*;
use std::time::Duration;

/// 0: cleared; 1: woken.
pub struct Note {
    key: Futex,
}

impl Note {
    #[cfg(not(loom))]
    pub const fn new() -> Self {
        Note { key: Futex::new(0) }
    }

    #[cfg(loom)]
    pub fn new() -> Self {
        Note { key: Futex::new(0) }
    }

    /// Go: `noteclear`. Nobody sleeps.
    pub fn clear(&self) {
        self.key.0.store(0, Relaxed);
    }

    /// Go: `notewakeup`. The Release pairs with the Acquire of the sleeper: it sees what the waker wrote before.
    pub fn wakeup(&self) {
        if self.key.0.swap(1, Release) != 0 {
            crate::fatal::throw("notewakeup: double wakeup");
        }
        self.key.wake(1);
    }

    /// As [`Note::wakeup`], where several may wake the same sleep.
    pub fn wakeup_once(&self) {
        if self.key.0.swap(1, Release) == 0 {
            self.key.wake(1);
        }
    }

    /// Go: `notesleep`.
    pub fn sleep(&self) {
        while self.key.0.load(Acquire) == 0 {
            self.key.wait(0, None);
        }
    }

    /// Go: `notetsleep`. Sleeps at most about `ns`; returns whether it was woken.
    pub fn sleep_for(&self, ns: i64) -> bool {
        if self.key.0.load(Acquire) == 0 && ns > 0 {
            self.key.wait(0, Some(Duration::from_nanos(ns as u64)));
        }
        self.key.0.load(Acquire) != 0
    }
}

impl Default for Note {
    fn default() -> Self {
        Self::new()
    }
}

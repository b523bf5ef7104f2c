//! The local run queue: a ring of 256 that its P pushes to and pops from and thieves take half of, and `runnext`.
//! (Go: `runqput`, `runqget`, `runqsteal` in runtime/proc.go)
//!
//! `head` is advanced by whoever takes (compare-and-swap), `tail` only by the owner. A slot in `[head, tail)` is full; a
//! thief copies slots first and then claims them by moving `head`; if that fails, what it copied means nothing.
//!
//! `runnext` is set by the owner alone; thieves only take it (non-null → null). So an owner that sees null may store.
//!
//! Generic over what is queued, so that the model checker can run it without goroutines.
//! Knows nothing of: Gs, Ps, the global queue: what does not fit is returned to the caller as a batch.

use crate::sync::*;
use std::ptr::null_mut;

/// Slots in the ring. Tiny under the model checker and with the `tiny-queues` feature, so that edges are reached.
pub const RUNQ_SIZE: usize = if cfg!(any(loom, feature = "tiny-queues")) {
    4
} else {
    256
};
const MASK: u32 = RUNQ_SIZE as u32 - 1;

/// Half a ring and the one that did not fit: goes to the global queue. (Go: the batch of `runqputslow`)
pub struct Overflow<T> {
    pub batch: [*mut T; RUNQ_SIZE / 2 + 1],
    pub n: usize,
}

/// A P's local run queue.
#[repr(C, align(64))]
pub struct RunQ<T> {
    head: AtomicU32,
    tail: AtomicU32,
    /// Runs next and inherits the time slice; taken by thieves only on their last pass.
    pub runnext: AtomicPtr<T>,
    ring: [AtomicPtr<T>; RUNQ_SIZE],
}

impl<T> RunQ<T> {
    pub fn new() -> Self {
        RunQ {
            head: AtomicU32::new(0),
            tail: AtomicU32::new(0),
            runnext: AtomicPtr::new(null_mut()),
            ring: std::array::from_fn(|_| AtomicPtr::new(null_mut())),
        }
    }

    /// Nothing in the ring (for the owner; a hint for others).
    #[inline]
    pub fn ring_is_empty(&self) -> bool {
        self.head.load(Relaxed) == self.tail.load(Relaxed)
    }

    /// How many are in the ring; a hint for all but the owner.
    pub fn len(&self) -> usize {
        let h = self.head.load(Acquire);
        self.tail.load(Acquire).wrapping_sub(h) as usize
    }

    /// Go: `runqempty`. Safe against a G that moves from `runnext` to the ring while we look.
    pub fn is_empty(&self) -> bool {
        loop {
            let h = self.head.load(Acquire);
            let t = self.tail.load(Acquire);
            let next = self.runnext.load(Acquire);
            if t == self.tail.load(Acquire) {
                return h == t && next.is_null();
            }
        }
    }

    /// Owner: makes `gp` the next to run; returns the one it kicks out, or null.
    #[inline]
    pub fn set_next(&self, gp: *mut T) -> *mut T {
        let mut old = self.runnext.load(Relaxed);
        if old.is_null() {
            // Only we set it, so it is still null. Release: a thief that takes it sees the G as we left it.
            self.runnext.store(gp, Release);
            return old;
        }
        loop {
            match self.runnext.compare_exchange(old, gp, AcqRel, Relaxed) {
                Ok(kicked) => return kicked,
                // A thief took it.
                Err(now) if now.is_null() => {
                    self.runnext.store(gp, Release);
                    return now;
                }
                Err(now) => old = now,
            }
        }
    }

    /// Owner: takes `runnext`. `alone`: there are no thieves at all.
    #[inline]
    pub fn take_next(&self, alone: bool) -> *mut T {
        let next = self.runnext.load(Relaxed);
        if next.is_null() {
            return next;
        }
        if alone {
            self.runnext.store(null_mut(), Relaxed);
            return next;
        }
        match self
            .runnext
            .compare_exchange(next, null_mut(), Relaxed, Relaxed)
        {
            Ok(_) => next,
            // Thieves only take, so it is gone.
            Err(_) => null_mut(),
        }
    }

    /// Owner: appends. If the ring is full, half of it and `gp` come back for the global queue.
    #[inline]
    pub fn put(&self, gp: *mut T) -> Option<Box<Overflow<T>>> {
        loop {
            // Acquire: pairs with the Release of a thief's `head`: its reads of the slots are done.
            let h = self.head.load(Acquire);
            let t = self.tail.load(Relaxed);
            if (t.wrapping_sub(h) as usize) < RUNQ_SIZE {
                self.ring[(t & MASK) as usize].store(gp, Relaxed);
                // Release: pairs with the Acquire of `tail` in `grab`: the slot is written.
                self.tail.store(t.wrapping_add(1), Release);
                return None;
            }
            if let Some(batch) = self.put_slow(gp, h, t) {
                return Some(batch);
            }
            // Thieves made room meanwhile.
        }
    }

    /// Go: `runqputslow`.
    #[cold]
    #[inline(never)]
    fn put_slow(&self, gp: *mut T, h: u32, t: u32) -> Option<Box<Overflow<T>>> {
        let n = (t.wrapping_sub(h) / 2) as usize;
        let mut out = Box::new(Overflow {
            batch: [null_mut(); RUNQ_SIZE / 2 + 1],
            n: 0,
        });
        for i in 0..n {
            out.batch[i] = self.ring[(h.wrapping_add(i as u32) & MASK) as usize].load(Relaxed);
        }
        // Release: commits the reads of the slots before the owner may overwrite them.
        if self
            .head
            .compare_exchange(h, h.wrapping_add(n as u32), Release, Relaxed)
            .is_err()
        {
            return None;
        }
        out.batch[n] = gp;
        out.n = n + 1;
        Some(out)
    }

    /// Owner: takes the oldest, or null. (`runnext` apart.) `alone`: there are no thieves at all.
    #[inline]
    pub fn get(&self, alone: bool) -> *mut T {
        loop {
            let h = self.head.load(Acquire);
            let t = self.tail.load(Relaxed);
            if t == h {
                return null_mut();
            }
            let gp = self.ring[(h & MASK) as usize].load(Relaxed);
            if alone {
                self.head.store(h.wrapping_add(1), Relaxed);
                return gp;
            }
            if self
                .head
                .compare_exchange(h, h.wrapping_add(1), Release, Relaxed)
                .is_ok()
            {
                return gp;
            }
        }
    }

    /// Owner of `self`: moves half of `victim`'s ring to `self`, which is empty; returns one of them to run at once, or
    /// null if there was nothing. (Go: `runqsteal` without `runnext`)
    pub fn steal(&self, victim: &RunQ<T>) -> *mut T {
        let t = self.tail.load(Relaxed);
        let n = self.grab(victim, t);
        if n == 0 {
            return null_mut();
        }
        let n = n - 1;
        let gp = self.ring[(t.wrapping_add(n) & MASK) as usize].load(Relaxed);
        if n > 0 {
            // Release: as in `put`.
            self.tail.store(t.wrapping_add(n), Release);
        }
        gp
    }

    /// Go: `runqgrab`. Copies behind our `tail`, then claims.
    fn grab(&self, victim: &RunQ<T>, t_own: u32) -> u32 {
        loop {
            // Acquire: synchronises with other consumers.
            let h = victim.head.load(Acquire);
            // Acquire: pairs with the Release in `put`.
            let t = victim.tail.load(Acquire);
            let n = t.wrapping_sub(h);
            let n = n - n / 2;
            if n == 0 {
                return 0;
            }
            if n as usize > RUNQ_SIZE / 2 {
                // `head` and `tail` were read at different times.
                spin_loop();
                continue;
            }
            for i in 0..n {
                let gp = victim.ring[(h.wrapping_add(i) & MASK) as usize].load(Relaxed);
                self.ring[(t_own.wrapping_add(i) & MASK) as usize].store(gp, Relaxed);
            }
            // Release: our reads of the slots are done before the owner sees room.
            if victim
                .head
                .compare_exchange(h, h.wrapping_add(n), AcqRel, Relaxed)
                .is_ok()
            {
                return n;
            }
        }
    }

    /// Thief: takes `runnext` if it is still `gp`.
    pub fn steal_next(&self, gp: *mut T) -> bool {
        // Acquire: pairs with the Release in `set_next`.
        self.runnext
            .compare_exchange(gp, null_mut(), Acquire, Relaxed)
            .is_ok()
    }

    /// Owner, with the world stopped: takes everything, `runnext` first.
    pub fn drain(&self) -> *mut T {
        let next = self.take_next(false);
        if next.is_null() {
            self.get(false)
        } else {
            next
        }
    }
}

impl<T> Default for RunQ<T> {
    fn default() -> Self {
        Self::new()
    }
}

//! Sweeping: what is not marked is free. (Go: runtime/mgcsweep.go)
//!
//! After marking, all spans are on the `unswept` lists. Allocation sweeps those of its class as it needs them, a helper
//! thread the rest in the background; before the next collection marks, all of it is done. A span's new free bits are the
//! complement of its mark bits, so sweeping touches headers, not objects.
//!
//! Locks: a class's list, to take spans off it; sweeping itself holds none.
//! Knows nothing of: marking, pacing.

use super::mcache::MCache;
use super::span::Span;
use super::{Acquire, Heap, NUM_SPAN_CLASSES, Relaxed, Release, lock};

/// What freed memory is filled with when poisoning is on: no address, and easy to recognise.
pub const POISON: u64 = 0xdead_beef_dead_beef;

impl Heap {
    /// After marking, with the world stopped: everything waits to be swept.
    pub(super) fn start_sweep(&self) {
        for c in &self.central {
            lock(c).start_sweep();
        }
        self.cycle.fetch_add(1, Release);
    }

    /// Is the last cycle's sweeping complete?
    pub(super) fn is_swept(&self) -> bool {
        self.swept.load(Acquire) == self.cycle.load(Acquire)
    }

    /// Somebody holds a span that is on no list. Called under the list's lock, so that who finds all lists empty and
    /// nobody sweeping knows that it is done.
    pub(super) fn begin_sweep(&self) {
        self.sweepers.fetch_add(1, Acquire);
    }

    pub(super) fn end_sweep(&self) {
        self.sweepers.fetch_sub(1, Release);
    }

    /// Turns mark bits into free bits. Returns the number of free objects.
    ///
    /// # Safety
    /// The caller owns the span, and it is not swept.
    pub(super) unsafe fn sweep_span(&self, span: *mut Span) -> u32 {
        let poison = self.debug.poison.load(Relaxed);
        let (mut free, mut freed) = (0, 0);
        // SAFETY: owned by the caller.
        unsafe {
            for g in 0..(*span).groups() {
                let mark = Span::mark_word(span, g);
                let now = !(*mark).load(Relaxed) & (*span).valid_mask(g);
                (*mark).store(0, Relaxed);
                let word = Span::free_word(span, g);
                let fresh = now & !*word;
                *word = now;
                free += now.count_ones();
                freed += fresh.count_ones();
                if poison {
                    self.poison(span, g, fresh);
                }
            }
            (*span).cursor = 0;
            if freed > 0 {
                (*span).needzero = true;
                let span_class = (*span).span_class as usize;
                self.stats.frees[span_class].fetch_add(freed as u64, Relaxed);
                if span_class <= 1 {
                    self.stats
                        .large_freed
                        .fetch_add((*span).elem_size as u64, Relaxed);
                }
            }
        }
        free
    }

    /// # Safety
    /// As [`Heap::sweep_span`]; the objects in `which` are free.
    #[cold]
    unsafe fn poison(&self, span: *mut Span, group: usize, mut which: u64) {
        while which != 0 {
            let index = group * 64 + which.trailing_zeros() as usize;
            which &= which - 1;
            // SAFETY: the object is nobody's.
            unsafe {
                let p = (*span).addr_of(index) as *mut u64;
                for w in 0..(*span).elem_size / 8 {
                    *p.add(w) = POISON;
                }
            }
        }
    }

    /// Sweeps one span of a class, and puts it where it belongs. `false`: none left.
    fn sweep_one(&self, span_class: usize) -> bool {
        let mut central = lock(&self.central[span_class]);
        let Some(span) = central.unswept.pop() else {
            return false;
        };
        self.begin_sweep();
        drop(central);
        // SAFETY: taken off the list, so ours.
        unsafe {
            let free = self.sweep_span(span);
            if free == (*span).nelems {
                self.free_span(span);
            } else {
                let mut central = lock(&self.central[span_class]);
                if free > 0 {
                    &mut central.partial
                } else {
                    &mut central.full
                }
                .push(span);
            }
        }
        self.end_sweep();
        true
    }

    /// Sweeps all spans of a class, as far as nobody else has them.
    pub(super) fn sweep_class(&self, span_class: usize) {
        if !self.is_swept() {
            while self.sweep_one(span_class) {}
        }
    }

    /// Sweeps everything, and waits for those who are at it.
    pub fn finish_sweep(&self) {
        // While we are at it, somebody else may finish and start the next cycle: only this one may be called swept then.
        let cycle = self.cycle.load(Acquire);
        if self.swept.load(Acquire) == cycle {
            return;
        }
        for span_class in 0..NUM_SPAN_CLASSES {
            while self.sweep_one(span_class) {}
        }
        while self.sweepers.load(Acquire) > 0 {
            std::thread::yield_now();
        }
        if self.swept.fetch_max(cycle, super::AcqRel) < cycle && crate::nondet::seeded() {
            // A thread of its own pace would make the figures differ from run to run.
            self.scavenge_to_goal();
        }
    }

    /// The helper thread's turn: the same in small steps.
    pub(super) fn background_sweep(&self) {
        for span_class in 0..NUM_SPAN_CLASSES {
            let mut n = 0u32;
            while self.sweep_one(span_class) {
                n += 1;
                if n.is_multiple_of(256) {
                    std::thread::yield_now();
                }
            }
        }
        self.finish_sweep();
    }

    /// With the world stopped: returns what caches hold to the lists, so that free bits are exact.
    pub(super) fn flush_caches(&self) {
        for &cache in lock(&self.caches).iter() {
            // SAFETY: the world is stopped.
            let cache = unsafe { &mut *cache };
            self.flush_cache(cache);
        }
    }

    /// Returns a cache's spans.
    pub(super) fn flush_cache(&self, cache: &mut MCache) {
        for span_class in 2..NUM_SPAN_CLASSES {
            if cache.slots[span_class].span.is_null() {
                continue;
            }
            cache.unload(span_class);
            let span = std::mem::replace(&mut cache.slots[span_class].span, std::ptr::null_mut());
            let mut central = lock(&self.central[span_class]);
            // SAFETY: the span was the cache's, and is the list's now.
            let free = unsafe { Span::count_free(span) };
            if free > 0 {
                &mut central.partial
            } else {
                &mut central.full
            }
            .push(span);
        }
        cache.tiny = 0;
        cache.tiny_offset = 0;
        cache.flush_live(self, true);
    }
}

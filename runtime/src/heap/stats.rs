//! Counters, and what `runtime.ReadMemStats` makes of them. (Go: runtime/mstats.go)
//!
//! Allocation counts live in the caches, frees are counted by sweeping: reading the figures flushes the first and finishes
//! the second, with the world stopped, so that they are true.

use super::sizeclasses::*;
use super::{Heap, Relaxed, lock};
use std::sync::atomic::{AtomicI64, AtomicU32, AtomicU64};

/// Pauses remembered, as in Go.
pub const PAUSES: usize = 256;

/// Cumulative counters of a heap.
pub struct Stats {
    /// Objects freed, by span class; those of class 0 are large.
    pub frees: [AtomicU64; NUM_SPAN_CLASSES],
    /// Bytes of large objects freed.
    pub large_freed: AtomicU64,
    /// Objects and large bytes allocated through caches that are gone.
    pub retired: [AtomicU64; NUM_SPAN_CLASSES],
    pub retired_large: AtomicU64,
    pub retired_tiny: AtomicU64,
    /// When the heap was made.
    pub start: AtomicI64,
    pub num_gc: AtomicU32,
    pub num_forced: AtomicU32,
    pub pause_total: AtomicU64,
    pub last_end: AtomicU64,
    /// `[n % PAUSES]` is the pause of cycle n + 1, and when it ended.
    pub pause: [AtomicU64; PAUSES],
    pub pause_end: [AtomicU64; PAUSES],
    /// Nanoseconds of CPU time spent on marking, all threads.
    pub gc_cpu: AtomicU64,
}

impl Stats {
    pub const fn new() -> Stats {
        Stats {
            frees: [const { AtomicU64::new(0) }; NUM_SPAN_CLASSES],
            large_freed: AtomicU64::new(0),
            retired: [const { AtomicU64::new(0) }; NUM_SPAN_CLASSES],
            retired_large: AtomicU64::new(0),
            retired_tiny: AtomicU64::new(0),
            start: AtomicI64::new(0),
            num_gc: AtomicU32::new(0),
            num_forced: AtomicU32::new(0),
            pause_total: AtomicU64::new(0),
            last_end: AtomicU64::new(0),
            pause: [const { AtomicU64::new(0) }; PAUSES],
            pause_end: [const { AtomicU64::new(0) }; PAUSES],
            gc_cpu: AtomicU64::new(0),
        }
    }
}

/// One size class in [`MemStats`].
#[derive(Clone, Copy, Default, Debug)]
pub struct BySize {
    pub size: u32,
    pub mallocs: u64,
    pub frees: u64,
}

/// Go: runtime.MemStats, with its meanings. Times are of `nanotime`.
#[derive(Clone, Debug)]
pub struct MemStats {
    pub alloc: u64,
    pub total_alloc: u64,
    pub sys: u64,
    pub mallocs: u64,
    pub frees: u64,
    pub heap_sys: u64,
    pub heap_idle: u64,
    pub heap_inuse: u64,
    pub heap_released: u64,
    pub heap_objects: u64,
    pub stack_inuse: u64,
    pub stack_sys: u64,
    pub mspan_inuse: u64,
    pub mcache_inuse: u64,
    pub gc_sys: u64,
    pub next_gc: u64,
    pub last_gc: u64,
    pub pause_total_ns: u64,
    pub pause_ns: [u64; PAUSES],
    pub pause_end: [u64; PAUSES],
    pub num_gc: u32,
    pub num_forced_gc: u32,
    pub by_size: [BySize; NUM_CLASSES],
}

impl Heap {
    /// The figures, true for a world that stands still: the caller has stopped it, and called [`Heap::finish_sweep`].
    pub fn mem_stats(&self) -> MemStats {
        let mut mallocs = [0u64; NUM_SPAN_CLASSES];
        let (mut large, mut tiny) = (
            self.stats.retired_large.load(Relaxed),
            self.stats.retired_tiny.load(Relaxed),
        );
        for (sc, n) in mallocs.iter_mut().enumerate() {
            *n = self.stats.retired[sc].load(Relaxed);
        }
        let caches = lock(&self.caches);
        for &cache in caches.iter() {
            // SAFETY: the world is stopped.
            let cache = unsafe { &*cache };
            for (sc, n) in mallocs.iter_mut().enumerate() {
                *n += cache.allocated(sc);
            }
            large += cache.large_bytes;
            tiny += cache.tiny_allocs;
        }
        let mut by_size = [BySize::default(); NUM_CLASSES];
        let (mut total, mut freed) = (large, self.stats.large_freed.load(Relaxed));
        let (mut n_mallocs, mut n_frees) = (tiny, tiny);
        for (sc, &n) in mallocs.iter().enumerate() {
            let (class, frees) = (sc >> 1, self.stats.frees[sc].load(Relaxed));
            let size = class_to_size(class) as u64;
            total += n * size;
            freed += frees * size;
            n_mallocs += n;
            n_frees += frees;
            by_size[class].size = size as u32;
            if class > 0 {
                by_size[class].mallocs += n;
                by_size[class].frees += frees;
            }
        }
        let pages = lock(&self.pages);
        let page = |n: usize| (n * PAGE_SIZE) as u64;
        let (used, slabs) = (pages.alloc.used_pages(), pages.slab_pages);
        let (total_pages, dirty) = (pages.alloc.total_pages(), pages.alloc.dirty_free());
        let mspan_inuse = pages.meta.in_use(self.arena()) as u64;
        let mcache_inuse = (caches.len() * size_of::<super::MCache>()) as u64;
        let gc_sys = page(total_pages) / 64 + page(total_pages) / 1024;
        MemStats {
            alloc: total - freed,
            total_alloc: total,
            sys: page(total_pages) + mspan_inuse + mcache_inuse + gc_sys,
            mallocs: n_mallocs,
            frees: n_frees,
            heap_sys: page(total_pages - slabs),
            heap_idle: page(total_pages - used),
            heap_inuse: page(used - slabs),
            heap_released: page(total_pages - used - dirty),
            heap_objects: n_mallocs - n_frees,
            stack_inuse: page(slabs),
            stack_sys: page(slabs),
            mspan_inuse,
            mcache_inuse,
            gc_sys,
            next_gc: self.pacer.trigger.load(Relaxed) as u64,
            last_gc: self.stats.last_end.load(Relaxed),
            pause_total_ns: self.stats.pause_total.load(Relaxed),
            pause_ns: std::array::from_fn(|i| self.stats.pause[i].load(Relaxed)),
            pause_end: std::array::from_fn(|i| self.stats.pause_end[i].load(Relaxed)),
            num_gc: self.stats.num_gc.load(Relaxed),
            num_forced_gc: self.stats.num_forced.load(Relaxed),
            by_size,
        }
    }
}

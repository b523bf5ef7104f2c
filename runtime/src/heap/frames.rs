//! Frame segments: the memory of goroutines' frames. Outside the collected heap, but in the same pages. (Go: runtime/stack.go)
//!
//! Segments are powers of two from 2 KiB to 256 KiB, aligned to their size, cut from slabs without gaps or headers: a
//! million goroutines cost 2 KiB each and no mapping of their own. A P keeps a list of free ones of each size; batches move
//! between it and the slabs. A slab whose segments are all free returns its pages, and they go back to the system as any
//! idle pages do.
//!
//! A slab is a span with no objects, so that the collector takes no address in it for one. Its bitmap area holds the free
//! mask and the links of the list of slabs that have a free segment.
//! Locks: one for each size; the page lock under it.
//! Knows nothing of: goroutines, frames. The VM reports which part of a segment is in use.

use super::mcache::MCache;
use super::sizeclasses::PAGE_SIZE;
use super::span::Span;
use super::{Heap, lock};
use std::ptr;

/// Smallest and largest segment; between them the powers of two.
pub const MIN_SEGMENT: usize = 2 << 10;
/// See [`MIN_SEGMENT`].
pub const MAX_SEGMENT: usize = 256 << 10;
/// Number of segment sizes.
pub const NUM_SIZES: usize = (MAX_SEGMENT / MIN_SEGMENT).ilog2() as usize + 1;

/// Segments up to a quarter of this share a slab.
const SLAB_BYTES: usize = 64 << 10;

/// Free segments, linked through their first words.
#[repr(C)]
pub struct SegmentList {
    head: *mut u8,
    n: usize,
}

impl SegmentList {
    pub const fn new() -> SegmentList {
        SegmentList {
            head: ptr::null_mut(),
            n: 0,
        }
    }

    /// # Safety
    /// The segment is nobody's.
    #[inline(always)]
    unsafe fn push(&mut self, seg: *mut u8) {
        // SAFETY: a free segment's first word is the list's.
        unsafe { *seg.cast::<*mut u8>() = self.head };
        self.head = seg;
        self.n += 1;
    }

    #[inline(always)]
    fn pop(&mut self) -> *mut u8 {
        let seg = self.head;
        if !seg.is_null() {
            // SAFETY: on the list, so free.
            self.head = unsafe { *seg.cast::<*mut u8>() };
            self.n -= 1;
        }
        seg
    }
}

/// The slabs of one size that have a free segment.
pub struct SlabList {
    head: *mut Span,
}

// SAFETY: slabs belong to the list, and the list to whoever holds its lock.
unsafe impl Send for SlabList {}

/// What lies behind the header of a slab.
#[repr(C)]
struct Slab {
    free: u64,
    next: *mut Span,
    prev: *mut Span,
}

/// # Safety
/// `span` is a live slab, and the lock of its size is held.
unsafe fn slab<'a>(span: *mut Span) -> &'a mut Slab {
    // SAFETY: header blocks are at least 32 bytes longer than the header.
    unsafe { &mut *span.add(1).cast::<Slab>() }
}

impl SlabList {
    pub const fn new() -> SlabList {
        SlabList {
            head: ptr::null_mut(),
        }
    }

    /// # Safety
    /// As [`slab`]; not on the list.
    unsafe fn push(&mut self, span: *mut Span) {
        // SAFETY: as the caller promises; the head is on the list.
        unsafe {
            let s = slab(span);
            s.next = self.head;
            s.prev = ptr::null_mut();
            if !self.head.is_null() {
                slab(self.head).prev = span;
            }
        }
        self.head = span;
    }

    /// # Safety
    /// As [`slab`]; on the list.
    unsafe fn remove(&mut self, span: *mut Span) {
        // SAFETY: as the caller promises; neighbours are on the list.
        unsafe {
            let s = slab(span);
            if s.prev.is_null() {
                self.head = s.next;
            } else {
                slab(s.prev).next = s.next;
            }
            if !s.next.is_null() {
                slab(s.next).prev = s.prev;
            }
        }
    }
}

#[inline(always)]
fn size_index(size: usize) -> usize {
    debug_assert!(size.is_power_of_two() && (MIN_SEGMENT..=MAX_SEGMENT).contains(&size));
    (size / MIN_SEGMENT).trailing_zeros() as usize
}

/// Segments that move between a cache and the slabs at once; a cache keeps up to twice as many.
fn batch(size: usize) -> usize {
    (SLAB_BYTES / size).clamp(1, 16)
}

impl Heap {
    /// A frame segment of `size` bytes, contents undefined. Null: memory ran out.
    ///
    /// # Safety
    /// `cache` is the cache of the P that the caller runs on; `size` is one of the segment sizes.
    #[inline]
    pub unsafe fn alloc_segment(&self, cache: *mut MCache, size: usize) -> *mut u8 {
        let i = size_index(size);
        // SAFETY: the caller owns the cache.
        let list = unsafe { &mut (*cache).segments[i] };
        if list.head.is_null() {
            self.fill_segments(list, i, size);
        }
        list.pop()
    }

    /// Takes a segment back, on any P.
    ///
    /// # Safety
    /// `seg` comes from [`Heap::alloc_segment`] with this `size`, nobody uses it; `cache` as there.
    #[inline]
    pub unsafe fn free_segment(&self, cache: *mut MCache, seg: *mut u8, size: usize) {
        let i = size_index(size);
        // SAFETY: the caller owns the cache, and gives the segment away.
        unsafe {
            let list = &mut (*cache).segments[i];
            list.push(seg);
            if list.n > 2 * batch(size) {
                self.spill_segments(list, i, size, batch(size));
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn fill_segments(&self, list: &mut SegmentList, i: usize, size: usize) {
        let mut slabs = lock(&self.slabs[i]);
        let mut want = batch(size);
        while want > 0 {
            let span = slabs.head;
            if span.is_null() {
                let bytes = SLAB_BYTES.max(size);
                let Some(span) = self.alloc_slab(bytes, size) else {
                    return;
                };
                // SAFETY: fresh, and the lock is held.
                unsafe {
                    let n = bytes / size;
                    slab(span).free = if n == 64 { u64::MAX } else { (1 << n) - 1 };
                    slabs.push(span);
                }
                continue;
            }
            // SAFETY: slabs on the list are live and have free segments, which are nobody's.
            unsafe {
                let s = slab(span);
                while want > 0 && s.free != 0 {
                    let k = s.free.trailing_zeros() as usize;
                    s.free &= s.free - 1;
                    list.push(((*span).base + k * size) as *mut u8);
                    want -= 1;
                }
                if s.free == 0 {
                    slabs.remove(span);
                }
            }
        }
    }

    /// Moves `n` segments from a cache's list to their slabs.
    #[cold]
    #[inline(never)]
    pub(super) fn spill_segments(&self, list: &mut SegmentList, i: usize, size: usize, n: usize) {
        let mut slabs = lock(&self.slabs[i]);
        for _ in 0..n {
            let seg = list.pop();
            if seg.is_null() {
                return;
            }
            let span = self.arena().span_of(seg as usize);
            // SAFETY: a segment's slab is live as long as the segment is not free in it.
            unsafe {
                let s = slab(span);
                let bytes = (*span).npages as usize * PAGE_SIZE;
                let all = u64::MAX >> (64 - bytes / size);
                if s.free == 0 {
                    slabs.push(span);
                }
                s.free |= 1 << ((seg as usize - (*span).base) / size);
                if s.free == all {
                    slabs.remove(span);
                    self.free_span(span);
                }
            }
        }
    }

    /// Gives everything in a cache's segment lists back.
    pub(super) fn flush_segments(&self, cache: &mut MCache) {
        for i in 0..NUM_SIZES {
            self.spill_segments(&mut cache.segments[i], i, MIN_SEGMENT << i, usize::MAX);
        }
    }
}

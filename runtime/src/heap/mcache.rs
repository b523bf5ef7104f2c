//! The per-P allocation cache: for each span class the free objects of one group of 64. (Go: runtime/mcache.go)
//!
//! A slot holds the free bits of a group, the group's first address and the object size: allocation clears the lowest bit
//! and is done. When the bits are used up the next group of the same span is loaded, then the next span.
//!
//! Owner: the P; no lock, no atomics. A collection flushes all caches while the world is stopped.
//! Invariants: `slot.free` is a part of its span's objects that no free bit of the span shows any more. Slot 0 (large
//! objects) is always empty.
//! Knows nothing of: where spans come from.

use super::frames::SegmentList;
use super::sizeclasses::*;
use super::span::Span;
use super::{Heap, Relaxed};
use std::ptr;

/// The free objects at hand of one span class.
#[repr(C)]
pub struct Slot {
    /// One bit for each free object of the group.
    pub free: u64,
    /// Address of the object of bit 0.
    pub base: usize,
    /// Bytes from one object to the next.
    pub size: u32,
    /// Objects may hold anything but zeros.
    pub needzero: bool,
    /// The span, or null.
    pub span: *mut Span,
}

/// A P's allocation cache. Made by [`Heap::allocmcache`].
#[repr(C)]
pub struct MCache {
    pub slots: [Slot; NUM_SPAN_CLASSES],
    /// `bits_bias + (addr >> 9) * 8` is the word of pointer bits of `addr`.
    pub bits_bias: usize,
    /// The block that tiny objects are cut from, or 0, and how much of it is taken.
    pub tiny: usize,
    pub tiny_offset: usize,
    pub tiny_allocs: u64,
    /// Bytes put into slots that `Heap::live` does not know of yet.
    pub unflushed: usize,
    /// Objects put into slots since the cache was made, by span class. Those of class 0 are large objects.
    pub handed: [u64; NUM_SPAN_CLASSES],
    /// Bytes of large objects.
    pub large_bytes: u64,
    /// Counts down to the next collection of the stress mode.
    pub stress_count: u32,
    pub segments: [SegmentList; super::frames::NUM_SIZES],
}

/// So many bytes may stay unknown to `Heap::live` in one cache.
const FLUSH_BYTES: usize = 32 << 10;

impl MCache {
    pub fn new(heap: &Heap) -> MCache {
        let arena = heap.arena();
        let slot = |sc: usize| Slot {
            free: 0,
            base: 0,
            size: class_to_size(sc >> 1) as u32,
            needzero: true,
            span: ptr::null_mut(),
        };
        MCache {
            slots: std::array::from_fn(slot),
            bits_bias: (arena.ptr_bits as usize).wrapping_sub((arena.lo >> 9) * 8),
            tiny: 0,
            tiny_offset: 0,
            tiny_allocs: 0,
            unflushed: 0,
            handed: [0; NUM_SPAN_CLASSES],
            large_bytes: 0,
            stress_count: 0,
            segments: [const { SegmentList::new() }; super::frames::NUM_SIZES],
        }
    }

    /// The next free object of a span class, not zeroed; null when the group is used up.
    #[inline(always)]
    pub fn take(&mut self, span_class: usize) -> *mut u8 {
        debug_assert!(span_class < NUM_SPAN_CLASSES);
        // SAFETY: a span class is below NUM_SPAN_CLASSES.
        let slot = unsafe { self.slots.get_unchecked_mut(span_class) };
        let free = slot.free;
        if free == 0 {
            return ptr::null_mut();
        }
        slot.free = free & (free - 1);
        (slot.base + free.trailing_zeros() as usize * slot.size as usize) as *mut u8
    }

    /// Puts the next group that has free objects into the slot. `false`: the span is used up.
    pub(super) fn next_group(&mut self, span_class: usize) -> bool {
        let slot = &mut self.slots[span_class];
        let span = slot.span;
        if span.is_null() {
            return false;
        }
        // SAFETY: a span in a slot is owned by this cache.
        unsafe {
            let groups = (*span).groups();
            while ((*span).cursor as usize) < groups {
                let g = (*span).cursor as usize;
                (*span).cursor += 1;
                let word = Span::free_word(span, g);
                let free = *word;
                if free != 0 {
                    *word = 0;
                    slot.free = free;
                    slot.base = (*span).addr_of(g * 64);
                    let n = free.count_ones() as usize;
                    self.handed[span_class] += n as u64;
                    self.unflushed += n * slot.size as usize;
                    return true;
                }
            }
        }
        false
    }

    /// Gives the rest of the slot's group back to the span.
    pub(super) fn unload(&mut self, span_class: usize) {
        let slot = &mut self.slots[span_class];
        if slot.free == 0 {
            return;
        }
        let n = slot.free.count_ones() as usize;
        // SAFETY: as in `next_group`; the group is the one before the cursor.
        unsafe {
            (*slot.span).cursor -= 1;
            let g = (*slot.span).cursor as usize;
            debug_assert_eq!((*slot.span).addr_of(g * 64), slot.base);
            *Span::free_word(slot.span, g) = slot.free;
        }
        slot.free = 0;
        self.handed[span_class] -= n as u64;
        // May go below what was flushed meanwhile: the sum with `Heap::live` is what counts.
        self.unflushed = self.unflushed.wrapping_sub(n * slot.size as usize);
    }

    /// Tells the heap of the bytes handed out, when they are many.
    #[inline]
    pub(super) fn flush_live(&mut self, heap: &Heap, force: bool) {
        if force || self.unflushed as isize >= FLUSH_BYTES as isize {
            heap.live.fetch_add(self.unflushed, Relaxed);
            self.unflushed = 0;
        }
    }

    /// Objects and bytes that were really allocated through the slots of a class.
    pub(super) fn allocated(&self, span_class: usize) -> u64 {
        self.handed[span_class] - self.slots[span_class].free.count_ones() as u64
    }
}

//! A span: a run of pages that holds objects of one size class. (Go: `mspan` in runtime/mheap.go)
//!
//! Behind the header lie the span's two bitmaps, interleaved so that marking touches one cache line: for each group of 64
//! objects a mark word and a free word. The pointer bits of the objects are not here but in the arena's own bitmap.
//!
//! Who owns a span: the P's cache that has it in a slot; or the central list that holds it; or whoever took it off a list
//! (to sweep it, to allocate from it). Only the owner changes it, except for mark bits while the world is stopped.
//! Invariants: a free bit says that nobody was given the object, and that it is not in a cache's slot either. Between
//! collections no mark bit is set in a swept span.
//! Knows nothing of: lists, caches, who marks.

use super::arena::Arena;
use super::gctype::GcType;
use std::sync::atomic::AtomicU64;

/// A span of the heap, or a slab of frame segments.
#[repr(C, align(64))]
pub struct Span {
    /// First address.
    pub base: usize,
    /// Bytes from one object to the next; for a large object its whole span.
    pub elem_size: usize,
    /// See [`class_to_magic`](super::sizeclasses::class_to_magic); 0 for large objects and slabs.
    pub magic: u32,
    /// Number of objects; 0 for slabs, whose addresses are therefore nobody's objects.
    pub nelems: u32,
    /// Size class and scan bit: `class << 1 | noscan`.
    pub span_class: u8,
    /// Objects handed out may hold anything but zeros.
    pub needzero: bool,
    /// Next group of 64 objects to hand out.
    pub cursor: u16,
    /// Pages in the span.
    pub npages: u32,
    /// Large objects: the type that their memory repeats; null: pointer-free.
    pub large_type: *const GcType,
    /// Large objects: bytes asked for.
    pub large_size: usize,
}

const _: () = assert!(size_of::<Span>() == 64);

/// Pseudo class of slabs of frame segments.
pub const SLAB_CLASS: u8 = 0xff;

impl Span {
    /// Groups of 64 objects.
    #[inline(always)]
    pub fn groups(&self) -> usize {
        self.nelems.div_ceil(64) as usize
    }

    #[inline(always)]
    pub fn noscan(&self) -> bool {
        self.span_class & 1 != 0
    }

    #[inline(always)]
    pub fn size_class(&self) -> usize {
        (self.span_class >> 1) as usize
    }

    /// The word with the mark bits of group `g`.
    ///
    /// # Safety
    /// `span` is live and has that group.
    #[inline(always)]
    pub unsafe fn mark_word(span: *const Span, g: usize) -> *const AtomicU64 {
        // SAFETY: the bitmaps lie behind the header, two words for each group.
        unsafe { span.add(1).cast::<AtomicU64>().add(2 * g) }
    }

    /// The word with the free bits of group `g`.
    ///
    /// # Safety
    /// As [`Span::mark_word`].
    #[inline(always)]
    pub unsafe fn free_word(span: *mut Span, g: usize) -> *mut u64 {
        // SAFETY: as above.
        unsafe { span.add(1).cast::<u64>().add(2 * g + 1) }
    }

    /// The valid bits of group `g`.
    #[inline(always)]
    pub fn valid_mask(&self, g: usize) -> u64 {
        let left = self.nelems as usize - g * 64;
        if left >= 64 {
            u64::MAX
        } else {
            (1 << left) - 1
        }
    }

    /// Index of the object that `addr`, an address inside the span, belongs to; `nelems` or more in the unused tail.
    #[inline(always)]
    pub fn index_of(&self, addr: usize) -> usize {
        (((addr - self.base) as u64).wrapping_mul(self.magic as u64) >> 32) as usize
    }

    #[inline(always)]
    pub fn addr_of(&self, index: usize) -> usize {
        self.base + index * self.elem_size
    }

    /// Is the object marked?
    ///
    /// # Safety
    /// As [`Span::mark_word`].
    pub unsafe fn is_marked(span: *const Span, index: usize) -> bool {
        // SAFETY: as the caller promises.
        let word = unsafe { (*Span::mark_word(span, index / 64)).load(super::Relaxed) };
        word >> (index % 64) & 1 != 0
    }

    /// Is the object free?
    ///
    /// # Safety
    /// As [`Span::mark_word`]; the span is no cache's, or the caches are flushed.
    pub unsafe fn is_free(span: *mut Span, index: usize) -> bool {
        // SAFETY: as the caller promises.
        unsafe { *Span::free_word(span, index / 64) >> (index % 64) & 1 != 0 }
    }

    /// Number of free objects.
    ///
    /// # Safety
    /// As [`Span::is_free`].
    pub unsafe fn count_free(span: *mut Span) -> usize {
        // SAFETY: as the caller promises.
        unsafe {
            (0..(*span).groups())
                .map(|g| (*Span::free_word(span, g)).count_ones() as usize)
                .sum()
        }
    }

    /// Bytes of a header with its bitmaps.
    pub fn block_size(nelems: usize) -> usize {
        (size_of::<Span>() + nelems.div_ceil(64).max(2) * 16).next_multiple_of(64)
    }
}

/// Blocks for span headers: bump allocation out of the arena's last region, a free list for each size.
pub struct MetaAlloc {
    next: usize,
    committed: usize,
    end: usize,
    free: [*mut Span; 8],
}

// SAFETY: plain memory, owned by whoever has the allocator.
unsafe impl Send for MetaAlloc {}

/// Committed in steps of this size.
const META_STEP: usize = 256 << 10;

impl MetaAlloc {
    pub const fn new() -> MetaAlloc {
        MetaAlloc {
            next: 0,
            committed: 0,
            end: 0,
            free: [std::ptr::null_mut(); 8],
        }
    }

    pub fn init(&mut self, arena: &Arena) {
        self.next = arena.meta_lo;
        self.committed = arena.meta_lo;
        self.end = arena.meta_hi;
    }

    /// Bytes that have memory behind them.
    pub fn in_use(&self, arena: &Arena) -> usize {
        self.next - arena.meta_lo
    }

    /// A zeroed block for a span of `nelems` objects. `None`: no memory.
    pub fn alloc(&mut self, nelems: usize) -> Option<*mut Span> {
        let size = Span::block_size(nelems);
        let list = &mut self.free[size / 64];
        if !list.is_null() {
            let span = *list;
            // SAFETY: a block on the list is unused; its first word is the link.
            unsafe {
                *list = *span.cast::<*mut Span>();
                std::ptr::write_bytes(span.cast::<u8>(), 0, size);
            }
            return Some(span);
        }
        if self.next + size > self.committed {
            let step = META_STEP.min(self.end - self.committed);
            // SAFETY: the next piece of the arena's region for headers.
            if step < size || !unsafe { super::os::commit(self.committed, step) } {
                return None;
            }
            self.committed += step;
        }
        let span = self.next as *mut Span;
        self.next += size;
        Some(span)
    }

    /// Takes a block back. Its memory stays a block of this size, so that a stale look-up reads a header, not rubbish.
    ///
    /// # Safety
    /// `span` comes from `alloc` with the same `nelems`, and nobody uses it any more.
    pub unsafe fn free(&mut self, span: *mut Span, nelems: usize) {
        let list = &mut self.free[Span::block_size(nelems) / 64];
        // SAFETY: the block is ours again.
        unsafe { *span.cast::<*mut Span>() = *list };
        *list = span;
    }
}

//! Spans and pages: where spans come from and go to. (Go: runtime/mheap.go)
//!
//! Locks: `Heap::pages` around the page allocator and the header blocks. A leaf: nothing is locked under it.
//! Knows nothing of: size-class lists, caches, when to collect.

use super::arena::CHUNK_BYTES;
use super::gctype::GcType;
use super::pages::{CHUNK_PAGES, PageAlloc, Run};
use super::sizeclasses::*;
use super::span::*;
use super::{Heap, Relaxed, lock};

/// What is under the page lock.
pub struct Pages {
    pub alloc: PageAlloc,
    pub meta: MetaAlloc,
    /// Pages of slabs of frame segments, among those in use.
    pub slab_pages: usize,
}

impl Pages {
    pub const fn new() -> Pages {
        Pages {
            alloc: PageAlloc::new(),
            meta: MetaAlloc::new(),
            slab_pages: 0,
        }
    }
}

/// May the page allocator ask the system for more?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Grow {
    No,
    Yes,
}

impl Heap {
    /// A new span of a size class, all objects free. `None`: no pages.
    pub(super) fn alloc_span(&self, span_class: usize, grow: Grow) -> Option<*mut Span> {
        let class = span_class >> 1;
        let npages = class_to_pages(class);
        let nelems = npages * PAGE_SIZE / class_to_size(class);
        let span = self.alloc_pages(npages, 1, nelems, grow, |s| {
            s.elem_size = class_to_size(class);
            s.magic = class_to_magic(class);
            s.nelems = nelems as u32;
            s.span_class = span_class as u8;
        })?;
        // SAFETY: the span is ours until it is handed on.
        unsafe {
            for g in 0..(*span).groups() {
                *Span::free_word(span, g) = (*span).valid_mask(g);
            }
        }
        Some(span)
    }

    /// A span for one large object of `size` bytes, already taken.
    pub(super) fn alloc_large_span(
        &self,
        size: usize,
        ty: *const GcType,
        grow: Grow,
    ) -> Option<*mut Span> {
        let npages = size.div_ceil(PAGE_SIZE);
        self.alloc_pages(npages, 1, 1, grow, |s| {
            s.elem_size = npages * PAGE_SIZE;
            s.nelems = 1;
            s.span_class = ty.is_null() as u8;
            s.large_type = ty;
            s.large_size = size;
        })
    }

    /// A slab of frame segments: `bytes` long and aligned to `align`.
    pub(super) fn alloc_slab(&self, bytes: usize, align: usize) -> Option<*mut Span> {
        let span = self.alloc_pages(
            bytes / PAGE_SIZE,
            (align / PAGE_SIZE).max(1),
            1,
            Grow::Yes,
            |s| s.span_class = SLAB_CLASS,
        )?;
        lock(&self.pages).slab_pages += bytes / PAGE_SIZE;
        Some(span)
    }

    fn alloc_pages(
        &self,
        npages: usize,
        align: usize,
        nelems: usize,
        grow: Grow,
        fill: impl FnOnce(&mut Span),
    ) -> Option<*mut Span> {
        let arena = self.arena();
        if npages > arena.reserved / PAGE_SIZE {
            return None;
        }
        let mut pages = lock(&self.pages);
        let max = self.heap_max.load(Relaxed) / PAGE_SIZE;
        if max > 0 {
            let used = pages.alloc.used_pages();
            if used + npages > max {
                return None;
            }
            let over = (used + npages + pages.alloc.dirty_free()).saturating_sub(max);
            if over > 0 {
                self.release_now(&mut pages, over);
            }
        }
        let mut grown = false;
        let dirty_before = pages.alloc.dirty_free();
        let (run, dirty) = match pages.alloc.alloc(npages, align) {
            Some(got) => got,
            None if grow == Grow::No => return None,
            None => {
                let missing = npages + align - 1;
                // What is free at the end is of use, unless alignment stands in the way.
                let at_end = if align > 1 {
                    0
                } else {
                    pages.alloc.free_at_end()
                };
                let chunks = (missing - at_end.min(missing - 1)).div_ceil(CHUNK_PAGES);
                if !arena.grow(chunks) {
                    return None;
                }
                pages.alloc.grow(chunks);
                grown = true;
                pages.alloc.alloc(npages, align)?
            }
        };
        let Some(span) = pages.meta.alloc(nelems) else {
            pages.alloc.free(run);
            return None;
        };
        let fresh = npages + pages.alloc.dirty_free() - dirty_before;
        if fresh > 0 {
            self.replace_fresh(&mut pages, fresh, grown);
        }
        // SAFETY: a block of our own, zeroed.
        let s = unsafe { &mut *span };
        s.base = arena.page_addr(run.page);
        s.npages = npages as u32;
        s.needzero = dirty;
        fill(s);
        // SAFETY: the pages are ours, and the header is complete.
        unsafe { arena.set_span(run.page, npages, span) };
        Some(span)
    }

    /// Gives a span's pages back.
    ///
    /// # Safety
    /// The caller owns the span; nothing in it is used any more.
    pub(super) unsafe fn free_span(&self, span: *mut Span) {
        // SAFETY: owned by the caller.
        let s = unsafe { &*span };
        let run = Run {
            page: self.arena().page_of(s.base),
            n: s.npages as usize,
        };
        let nelems = if s.span_class == SLAB_CLASS {
            1
        } else {
            s.nelems as usize
        };
        let mut pages = lock(&self.pages);
        if s.span_class == SLAB_CLASS {
            pages.slab_pages -= run.n;
        }
        // SAFETY: as above; after the page table forgot the span nobody finds it.
        unsafe {
            self.arena().set_span(run.page, run.n, std::ptr::null_mut());
            pages.meta.free(span, nelems);
        }
        pages.alloc.free(run);
    }

    /// Bytes of pages in use, frame segments included.
    pub fn in_use(&self) -> usize {
        lock(&self.pages).alloc.used_pages() * PAGE_SIZE
    }
}

const _: () = assert!(CHUNK_BYTES == 4 << 20);

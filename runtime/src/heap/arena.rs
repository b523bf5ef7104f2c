//! The address space of a heap: one reservation, four regions, and the way from an address to its object.
//!
//! ```text
//! lo                     reserved/1024       reserved/64            reserved/16
//! | objects, in pages    | page table        | pointer bits         | span headers |
//! ```
//! The page table has a word for each page: its span, or null. The pointer bits have a bit for each word of the objects'
//! region: may it hold a pointer? They are exact for objects of scanned size classes, and mean nothing anywhere else.
//! The first three regions are committed together, chunk by chunk (4 MiB of objects), the fourth as it is needed.
//! Knows nothing of: free pages, marking.

use super::os;
use super::pages::CHUNK_PAGES;
use super::sizeclasses::{PAGE_SHIFT, PAGE_SIZE};
use super::span::Span;
use super::{Acquire, Relaxed, Release};
use std::sync::atomic::{AtomicPtr, AtomicUsize};

/// Bytes of objects that are committed together.
pub const CHUNK_BYTES: usize = CHUNK_PAGES * PAGE_SIZE;

/// Where the heap would like to be: Go's addresses look the same, and a repeated run sees the same ones.
const HINT: usize = 0xc0_0000_0000;

/// The reservation of one heap. Written once, at its initialisation; only `used` grows.
pub struct Arena {
    /// First address of the objects.
    pub lo: usize,
    /// Bytes reserved for objects.
    pub reserved: usize,
    /// Bytes of objects committed: what lies above is nobody's.
    pub used: AtomicUsize,
    page_table: *const AtomicPtr<Span>,
    pub ptr_bits: *mut u64,
    pub meta_lo: usize,
    pub meta_hi: usize,
}

impl Arena {
    pub const fn new() -> Arena {
        Arena {
            lo: 0,
            reserved: 0,
            used: AtomicUsize::new(0),
            page_table: std::ptr::null(),
            ptr_bits: std::ptr::null_mut(),
            meta_lo: 0,
            meta_hi: 0,
        }
    }

    fn total(reserved: usize) -> usize {
        reserved + reserved / 1024 + reserved / 64 + reserved / 16
    }

    /// Reserves room for `want` bytes of objects (a power of two), or less where the kernel does not give that much
    /// address space. `at_hint`: at the usual place, if that is free.
    pub fn reserve(want: usize, at_hint: bool) -> Option<Arena> {
        let mut reserved = want;
        loop {
            let hint = if at_hint { HINT } else { 0 };
            let len = Self::total(reserved) + CHUNK_BYTES;
            if let Some(start) = os::reserve(hint, len) {
                return Some(Self::at(start, reserved));
            }
            reserved /= 2;
            if reserved < CHUNK_BYTES {
                return None;
            }
        }
    }

    fn at(start: usize, reserved: usize) -> Arena {
        let lo = start.next_multiple_of(CHUNK_BYTES);
        let page_table = lo + reserved;
        let ptr_bits = page_table + reserved / 1024;
        let meta_lo = ptr_bits + reserved / 64;
        Arena {
            lo,
            reserved,
            used: AtomicUsize::new(0),
            page_table: page_table as *const AtomicPtr<Span>,
            ptr_bits: ptr_bits as *mut u64,
            meta_lo,
            meta_hi: meta_lo + reserved / 16,
        }
    }

    /// Commits `chunks` more. `false`: no memory, or no address space.
    pub fn grow(&self, chunks: usize) -> bool {
        let used = self.used.load(Relaxed);
        let bytes = chunks * CHUNK_BYTES;
        if bytes > self.reserved - used {
            return false;
        }
        // A chunk needs one system page of the page table, and 16 of the pointer bits.
        // SAFETY: the next pieces of the regions; all sizes are multiples of the system's page.
        let ok = unsafe {
            os::commit(self.lo + used, bytes)
                && os::commit(self.page_table as usize + used / 1024, bytes / 1024)
                && os::commit(self.ptr_bits as usize + used / 64, bytes / 64)
        };
        if ok {
            // Release: pairs with the Acquire in `span_of`; the table behind it is readable.
            self.used.store(used + bytes, Release);
        }
        ok
    }

    #[inline(always)]
    pub fn page_addr(&self, page: usize) -> usize {
        self.lo + (page << PAGE_SHIFT)
    }

    #[inline(always)]
    pub fn page_of(&self, addr: usize) -> usize {
        (addr - self.lo) >> PAGE_SHIFT
    }

    /// Enters or clears the span of its pages.
    ///
    /// # Safety
    /// The caller owns the pages.
    pub unsafe fn set_span(&self, page: usize, n: usize, span: *mut Span) {
        for p in page..page + n {
            // SAFETY: committed with the pages.
            // Release: pairs with the Acquire in `span_of`; the header is filled in.
            unsafe { (*self.page_table.add(p)).store(span, Release) };
        }
    }

    /// The span that `addr` lies in, or null.
    #[inline(always)]
    pub fn span_of(&self, addr: usize) -> *mut Span {
        let offset = addr.wrapping_sub(self.lo);
        if offset >= self.used.load(Acquire) {
            return std::ptr::null_mut();
        }
        // SAFETY: the table is committed up to `used`.
        unsafe { (*self.page_table.add(offset >> PAGE_SHIFT)).load(Acquire) }
    }

    /// The object that `addr` points into: its span and its index. `None` for everything that is no object. A free
    /// object is one, too: who minds asks [`Span::is_free`].
    #[inline(always)]
    pub fn find_object(&self, addr: usize) -> Option<(*mut Span, usize)> {
        let span = self.span_of(addr);
        if span.is_null() {
            return None;
        }
        // SAFETY: headers are never unmapped; that the span is live is the caller's business as the object's user.
        let s = unsafe { &*span };
        let index = s.index_of(addr);
        (index < s.nelems as usize).then_some((span, index))
    }

    /// The word of the pointer bits that holds the bit of `addr`.
    #[inline(always)]
    pub fn bits_word(&self, addr: usize) -> *mut u64 {
        // SAFETY: `addr` lies in the committed part, by whoever owns the object there.
        unsafe { self.ptr_bits.add((addr - self.lo) >> 9) }
    }
}

//! Memory that several goroutines can see: relaxed atomic accesses of at most a word.

use std::sync::atomic::{AtomicU8, AtomicU16, AtomicU32, AtomicU64, Ordering::Relaxed};

/// Addresses below this are nil dereferences; it bounds the offsets that are not checked themselves.
pub(crate) const NIL_PAGE: u64 = 4096;

macro_rules! accesses {
    ($($load:ident $store:ident $atomic:ident $t:ty;)*) => { $(
        #[inline(always)]
        pub(crate) unsafe fn $load(addr: u64) -> $t {
            // SAFETY: the caller has the address of mapped, aligned memory of this size.
            unsafe { (*(addr as *const $atomic)).load(Relaxed) }
        }
        #[inline(always)]
        pub(crate) unsafe fn $store(addr: u64, v: $t) {
            // SAFETY: as above, and it may be written.
            unsafe { (*(addr as *const $atomic)).store(v, Relaxed) }
        }
    )* };
}

accesses! {
    ld8 st8 AtomicU8 u8;
    ld16 st16 AtomicU16 u16;
    ld32 st32 AtomicU32 u32;
    ld64 st64 AtomicU64 u64;
}

/// Copies of at most this many bytes go word by word; longer ones by the system's memmove.
const WORDWISE: usize = 128;

/// Copies `bytes` bytes; the places may overlap. Aligned words are copied whole, so that pointers never tear.
#[inline(always)]
pub(crate) unsafe fn copy(dst: u64, src: u64, bytes: usize) {
    // SAFETY: the caller has two places of this size.
    unsafe {
        if (dst | src) & 7 != 0 || bytes > WORDWISE || (dst > src && dst - src < bytes as u64) {
            return copy_slow(dst, src, bytes);
        }
        let mut i = 0;
        while i + 8 <= bytes as u64 {
            st64(dst + i, ld64(src + i));
            i += 8;
        }
        while i < bytes as u64 {
            st8(dst + i, ld8(src + i));
            i += 1;
        }
    }
}

#[inline(never)]
unsafe fn copy_slow(dst: u64, src: u64, bytes: usize) {
    // SAFETY: the caller has two places of this size.
    unsafe { std::ptr::copy(src as *const u8, dst as *mut u8, bytes) }
}

/// Zeroes `bytes` bytes.
#[inline(always)]
pub(crate) unsafe fn zero(dst: u64, bytes: usize) {
    // SAFETY: the caller has a place of this size.
    unsafe {
        if dst & 7 != 0 || bytes > WORDWISE {
            return zero_slow(dst, bytes);
        }
        let mut i = 0;
        while i + 8 <= bytes as u64 {
            st64(dst + i, 0);
            i += 8;
        }
        while i < bytes as u64 {
            st8(dst + i, 0);
            i += 1;
        }
    }
}

#[inline(never)]
unsafe fn zero_slow(dst: u64, bytes: usize) {
    // SAFETY: the caller has a place of this size.
    unsafe { std::ptr::write_bytes(dst as *mut u8, 0, bytes) }
}

/// Copies a value of `bytes` bytes from memory into whole slots, zeroing the rest of the last one.
#[inline(always)]
pub(crate) unsafe fn load_value(slots: *mut u64, src: u64, bytes: usize) {
    // SAFETY: the caller has a value there and as many slots.
    unsafe {
        if !bytes.is_multiple_of(8) {
            *slots.add(bytes / 8) = 0;
        }
        copy(slots as u64, src, bytes);
    }
}

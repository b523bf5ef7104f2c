//! The heap: span allocator and mark-sweep collector. (Go: runtime/malloc.go, runtime/mgc.go)
//!
//! What is public here is all that other crates and the scheduler call.

pub mod gctype;
pub mod sizeclasses;

pub use gctype::{GcType, SPAN_CLASS_SLOW};
pub use sizeclasses::round_up_size;

use crate::g::G;

/// The per-P allocation cache. A P holds a pointer to one, from [`allocmcache`] until [`freemcache`].
#[repr(C)]
pub struct MCache {
    _private: usize,
}

/// Go: allocmcache. A cache for a new P.
pub fn allocmcache() -> *mut MCache {
    todo!()
}

/// Go: freemcache. The P goes away; what the cache holds returns to the central lists.
///
/// # Safety
/// From [`allocmcache`], used by nobody any more.
pub unsafe fn freemcache(cache: *mut MCache) {
    let _ = cache;
    todo!()
}

/// Reserves the address space. Once per process, before the first P is made; later calls do nothing.
pub fn heap_init() {
    todo!()
}

/// Go: mallocgc. `size` bytes, laid out as `ty` repeated (`size` is a multiple of `ty.size`); null: pointer-free bytes.
/// Zeroed if `zero` or if the type holds pointers. Never null: memory that runs out is a fatal error. May collect, so
/// everything that must live is reachable from frames, the native stack or the heap. May give the P away and come back
/// with another.
///
/// # Safety
/// `gp` is the running goroutine (or a g0 with a P: then nothing is collected). `ty` is immortal.
pub unsafe fn mallocgc(gp: *mut G, size: usize, ty: *const GcType, zero: bool) -> *mut u8 {
    let _ = (gp, size, ty, zero);
    todo!()
}

/// Go: newobject. One zeroed value of `ty`.
///
/// # Safety
/// As [`mallocgc`].
#[inline(always)]
pub unsafe fn new_object(gp: *mut G, ty: &GcType) -> *mut u8 {
    // SAFETY: as the caller promises.
    unsafe { mallocgc(gp, ty.size, ty, true) }
}

/// One zeroed value of `ty` out of the cache, or null: then call [`mallocgc`]. Neither collects nor parks.
///
/// # Safety
/// `cache` belongs to the P that the caller runs on.
#[inline(always)]
pub unsafe fn new_object_fast(cache: &mut MCache, ty: &GcType) -> *mut u8 {
    let _ = (cache, ty);
    std::ptr::null_mut()
}

/// Go: runtime.GC. A whole collection, swept to the end.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn gc_full(gp: *mut G) {
    let _ = gp;
    todo!()
}

/// Registers memory outside the heap (package variables) as roots, for ever: `[lo, hi)`, 8-byte aligned. With a mask
/// (one bit per word, immortal) only marked words are read; null: all of them.
///
/// # Safety
/// The range stays mapped.
pub unsafe fn add_root_range(lo: *const u8, hi: *const u8, mask: *const u64) {
    let _ = (lo, hi, mask);
    todo!()
}

/// Registers a function that reports further root ranges, called with the world stopped.
pub fn add_root_callback(f: fn(visit: &mut dyn FnMut(usize, usize))) {
    let _ = f;
    todo!()
}

/// The heap object that `addr` points into: its first address and its size (that of its class). `None` for anything else.
pub fn find_object(addr: usize) -> Option<(usize, usize)> {
    let _ = addr;
    todo!()
}

/// Go: debug.SetGCPercent. Negative: off. Returns the old setting.
pub fn set_gc_percent(percent: i32) -> i32 {
    let _ = percent;
    todo!()
}

/// Go: debug.SetMemoryLimit. A soft limit in bytes; negative only asks. Returns the old setting.
pub fn set_memory_limit(bytes: i64) -> i64 {
    let _ = bytes;
    todo!()
}

/// The hard limit: a program that needs more ends with `fatal error: out of memory`. 0: none.
pub fn set_heap_max(bytes: usize) {
    let _ = bytes;
    todo!()
}

/// Smallest and largest frame segment; those between are the powers of two.
pub const MIN_SEGMENT: usize = 2 << 10;
/// See [`MIN_SEGMENT`].
pub const MAX_SEGMENT: usize = 256 << 10;

/// A frame segment of `size` bytes (a power of two from [`MIN_SEGMENT`] to [`MAX_SEGMENT`]), aligned to its size, with
/// whatever contents. Outside the collected heap: the VM reports what of it is in use. Null: memory ran out.
///
/// # Safety
/// `cache` is the allocation cache of the P that the caller runs on.
pub unsafe fn alloc_segment(cache: *mut MCache, size: usize) -> *mut u8 {
    let _ = (cache, size);
    todo!()
}

/// Gives a segment back, on any P.
///
/// # Safety
/// `seg` comes from [`alloc_segment`] with the same `size`, and nobody uses it any more.
pub unsafe fn free_segment(cache: *mut MCache, seg: *mut u8, size: usize) {
    let _ = (cache, seg, size);
    todo!()
}

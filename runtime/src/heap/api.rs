//! The heap of the process, as functions: what the VM, the library and the scheduler call.

use super::frames::{MAX_SEGMENT, MIN_SEGMENT};
use super::goworld::GoWorld;
use super::roots::RootRange;
use super::*;
use crate::debug;
use crate::g::G;

static HEAP: Heap = Heap::new();

/// The heap of the process.
#[inline(always)]
pub fn heap() -> &'static Heap {
    &HEAP
}

/// Debug switches, as `MINIGO_DEBUG` sets them.
#[derive(Clone, Copy, Default, Debug)]
pub struct HeapDebug {
    /// `gcstress=n`: collect at every n-th allocation, and poison what is freed. 0: off.
    pub stress: u32,
    /// `gcverify=1`: check the heap after every collection.
    pub verify: bool,
    /// `gctrace=1`: a line for every collection.
    pub trace: bool,
    /// `scavtrace=1`: a line when the scavenger has done its work.
    pub trace_scavenger: bool,
    /// `gcoff=1`: collect only when asked to, or when memory runs out.
    pub off: bool,
}

/// Reserves the address space, and reads `GOGC`, `GOMEMLIMIT` and the debug variables. Once per process, before the
/// first P is made; later calls do nothing.
pub fn heap_init() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        // Room for much more than the machine has: it costs nothing.
        let want = (os::physical_memory().next_power_of_two() * 4).clamp(64 << 30, 16 << 40);
        // SAFETY: once, and nobody uses the heap before.
        unsafe { HEAP.init(want, true) };
        HEAP.stats.start.store(crate::nondet::nanotime(), Relaxed);
        heap_debug(HeapDebug {
            stress: debug::GCSTRESS.get().clamp(0, i64::from(u32::MAX)) as u32,
            verify: debug::GCVERIFY.on(),
            trace: debug::GCTRACE.on(),
            trace_scavenger: debug::SCAVTRACE.on(),
            off: debug::GCOFF.on(),
        });
        if let Ok(text) = std::env::var("GOGC") {
            HEAP.pacer.percent.store(pacer::parse_gogc(&text), Relaxed);
        }
        if let Ok(text) = std::env::var("GOMEMLIMIT") {
            let Some(limit) = pacer::parse_memory_limit(&text) else {
                os::write_stderr(format!("GOMEMLIMIT={text}\n").as_bytes());
                crate::fatal("malformed GOMEMLIMIT; see `go doc runtime/debug.SetMemoryLimit`")
            };
            HEAP.pacer.limit.store(limit, Relaxed);
        }
        HEAP.update_pacer();
    });
}

/// Sets the debug switches, for tests and embedders: `MINIGO_DEBUG` has been read by [`heap_init`].
pub fn heap_debug(debug: HeapDebug) {
    HEAP.set_debug(debug);
}

/// Go: allocmcache. A cache for a new P.
pub fn allocmcache() -> *mut MCache {
    HEAP.allocmcache()
}

/// Go: freemcache. The P goes away; what the cache holds returns to the central lists.
///
/// # Safety
/// From [`allocmcache`], used by nobody any more; the world is stopped.
pub unsafe fn freemcache(cache: *mut MCache) {
    // SAFETY: as the caller promises.
    unsafe { HEAP.freemcache(cache) }
}

/// Go: mallocgc. `size` bytes, laid out as `ty` repeated (`size` is a multiple of `ty.size`); null: pointer-free bytes.
/// Zeroed if `zero` or if the type holds pointers. Never null: memory that runs out is a fatal error. May collect, so
/// everything that must live is reachable from frames, the native stack or the heap. May give the P away and come back
/// with another.
///
/// # Safety
/// `gp` is the running goroutine; on a g0 stack it may be null: then nothing is collected. `ty` is immortal.
#[inline]
pub unsafe fn mallocgc(gp: *mut G, size: usize, ty: *const GcType, zero: bool) -> *mut u8 {
    // SAFETY: as the caller promises.
    unsafe { HEAP.malloc(&GoWorld::new(gp), size, ty, zero) }
}

/// Go: newobject. One zeroed value of `ty`: the form to inline, a few instructions unless the cache is used up.
///
/// # Safety
/// As [`mallocgc`].
#[inline(always)]
pub unsafe fn new_object(gp: *mut G, ty: &GcType) -> *mut u8 {
    let world = GoWorld::new(gp);
    // SAFETY: as the caller promises; the P is the goroutine's until the next safepoint.
    unsafe {
        let p = new_object_fast(&mut *world.cache(), ty);
        if p.is_null() {
            HEAP.malloc(&world, ty.size, ty, true)
        } else {
            p
        }
    }
}

/// Go: runtime.GC. A whole collection, swept to the end.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn gc_full(gp: *mut G) {
    // With very many goroutines the look at each frame takes too long.
    specials::ASKED_FOR.store(crate::proc::gcount() < 1000, Relaxed);
    // SAFETY: as the caller promises.
    unsafe { HEAP.collect(&GoWorld::new(gp), Reason::Forced) };
    specials::ASKED_FOR.store(false, Relaxed);
    HEAP.finish_sweep();
}

/// Makes the next allocation that leaves the inline path collect: sysmon's way, two minutes after [`last_gc`].
pub fn request_gc() {
    HEAP.pacer.trigger.store(0, Relaxed);
}

/// When the last collection ended (`nanotime`), 0 before the first: for sysmon, which then calls [`request_gc`].
pub fn last_gc() -> i64 {
    HEAP.stats.last_end.load(Relaxed) as i64
}

/// Registers memory outside the heap (package variables) as roots, for ever: `[lo, hi)`, 8-byte aligned. With a mask
/// (one bit per word, immortal) only marked words are read; null: all of them.
///
/// # Safety
/// The range stays mapped.
pub unsafe fn add_root_range(lo: *const u8, hi: *const u8, mask: *const u64) {
    debug_assert!((lo as usize).is_multiple_of(WORD) && (hi as usize).is_multiple_of(WORD) && lo <= hi);
    let range = RootRange {
        lo: lo as usize,
        hi: hi as usize,
        mask,
    };
    lock(&HEAP.roots).ranges.push(range);
}

/// Registers a function that reports further root ranges, called with the world stopped.
pub fn add_root_callback(f: RootCallback) {
    lock(&HEAP.roots).callbacks.push(f);
}

/// The heap object that `addr` points into: its first address and its size (that of its class). `None` for anything else.
pub fn find_object(addr: usize) -> Option<(usize, usize)> {
    let (span, index) = HEAP.arena().find_object(addr)?;
    // SAFETY: headers are never unmapped.
    unsafe { Some(((*span).addr_of(index), (*span).elem_size)) }
}

/// Go: debug.SetGCPercent. Negative: off. Returns the old setting.
pub fn set_gc_percent(percent: i32) -> i32 {
    let old = HEAP.pacer.percent.swap(percent.max(-1), Relaxed);
    HEAP.update_pacer();
    old
}

/// Go: debug.SetMemoryLimit. A soft limit in bytes; negative only asks. Returns the old setting.
pub fn set_memory_limit(bytes: i64) -> i64 {
    let old = HEAP.pacer.limit.load(Relaxed);
    if bytes >= 0 {
        HEAP.pacer.limit.store(bytes, Relaxed);
        HEAP.update_pacer();
        HEAP.pace_by_limit();
    }
    old
}

/// The hard limit: a program that needs more ends with `fatal error: out of memory`. 0: none.
pub fn set_heap_max(bytes: usize) {
    HEAP.heap_max.store(bytes, Relaxed);
    HEAP.update_pacer();
}

/// Go: debug.FreeOSMemory, without the collection before it. Returns the bytes given back.
pub fn scavenge() -> usize {
    HEAP.finish_sweep();
    HEAP.scavenge_all()
}

/// sysmon's look: wakes the thread that gives memory back, if the last collection left it something to do.
#[inline]
pub(crate) fn wake_scavenger() {
    HEAP.wake_scavenger();
}

/// Go: runtime.ReadMemStats.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn read_mem_stats(gp: *mut G) -> MemStats {
    let mut stats = None;
    // SAFETY: as the caller promises.
    unsafe {
        GoWorld::new(gp).with_world_stopped(&mut || {
            HEAP.finish_sweep();
            stats = Some(HEAP.mem_stats());
        });
    }
    stats.expect("with_world_stopped runs its argument")
}

/// A frame segment of `size` bytes (a power of two from [`MIN_SEGMENT`] to [`MAX_SEGMENT`]), aligned to its size, with
/// whatever contents. Outside the collected heap: the VM reports what of it is in use. Null: memory ran out.
///
/// # Safety
/// `cache` is the allocation cache of the P that the caller runs on.
#[inline]
pub unsafe fn alloc_segment(cache: *mut MCache, size: usize) -> *mut u8 {
    debug_assert!((MIN_SEGMENT..=MAX_SEGMENT).contains(&size));
    // SAFETY: as the caller promises.
    unsafe { HEAP.alloc_segment(cache, size) }
}

/// Gives a segment back, on any P.
///
/// # Safety
/// `seg` comes from [`alloc_segment`] with the same `size`, and nobody uses it any more.
#[inline]
pub unsafe fn free_segment(cache: *mut MCache, seg: *mut u8, size: usize) {
    // SAFETY: as the caller promises.
    unsafe { HEAP.free_segment(cache, seg, size) }
}

/// The fatal error of a program that runs out of memory: for those who got null from [`alloc_segment`].
#[cold]
pub fn out_of_memory(bytes: usize) -> ! {
    HEAP.out_of_memory(bytes)
}

impl Heap {
    pub(super) fn set_debug(&self, d: HeapDebug) {
        self.debug.stress.store(d.stress, Relaxed);
        self.debug.poison.store(d.stress > 0 || d.verify, Relaxed);
        self.debug.verify.store(d.verify, Relaxed);
        self.debug.trace.store(d.trace, Relaxed);
        self.debug.trace_scavenger.store(d.trace_scavenger, Relaxed);
        self.debug.off.store(d.off, Relaxed);
    }
}

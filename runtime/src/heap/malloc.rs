//! Allocation: from the inline path over a P's cache down to fresh pages. (Go: runtime/malloc.go)
//!
//! Three kinds of objects. *Tiny*: pointer-free and below 16 bytes, several to a block. *Small*: up to 32 KiB, from the
//! cache's slot of their span class; those with pointers get their pointer bits written here. *Large*: a span each, which
//! remembers the type.
//!
//! A collection happens only at the head of a slow path, before anything was taken: an object that has been taken is
//! complete and in its caller's hands before the next safepoint. So the collector never meets one half made.
//! Knows nothing of: how the world stops, what the roots are ([`World`] does).

use super::gctype::{GcType, WORD};
use super::mcache::MCache;
use super::mheap::Grow;
use super::sizeclasses::*;
use super::span::Span;
use super::world::World;
use super::{Heap, Reason, Relaxed, lock};
use std::ptr;

/// Where all empty values are.
static ZEROBASE: u64 = 0;

/// The address of every zero-size object. (Go: zerobase)
#[inline(always)]
pub fn zerobase() -> *mut u8 {
    (&raw const ZEROBASE).cast_mut().cast()
}

/// Sets `size` bytes to zero, `size > 0`, in whole words. Small sizes without a call.
///
/// # Safety
/// `p` is 8-byte aligned and valid for `size` rounded up to 8.
#[inline(always)]
pub unsafe fn zero_words(p: *mut u8, size: usize) {
    type V = [u64; 2];
    let size = size.next_multiple_of(WORD);
    // SAFETY: all stores lie between `p` and `p + size`; for each branch the size is at least the widest store.
    unsafe {
        if size <= 16 {
            p.cast::<u64>().write(0);
            p.add(size - 8).cast::<u64>().write(0);
        } else if size <= 32 {
            p.cast::<V>().write_unaligned([0; 2]);
            p.add(size - 16).cast::<V>().write_unaligned([0; 2]);
        } else if size <= 64 {
            p.cast::<V>().write_unaligned([0; 2]);
            p.add(16).cast::<V>().write_unaligned([0; 2]);
            p.add(size - 32).cast::<V>().write_unaligned([0; 2]);
            p.add(size - 16).cast::<V>().write_unaligned([0; 2]);
        } else {
            ptr::write_bytes(p, 0, size);
        }
    }
}

/// Writes the pointer bits of an object of at most 64 words: `bits`, lowest first, the rest of its words zero.
///
/// # Safety
/// `bits_bias` is that of the heap's caches; the object of `words` words at `p` is the caller's.
#[inline(always)]
unsafe fn set_bits64(bits_bias: usize, p: *mut u8, words: usize, bits: u64) {
    let addr = p as usize;
    // SAFETY: the bitmap covers every committed address. A word of it covers 512 bytes: part of one page, which
    // belongs to one span, which is the caller's. Nobody else writes it.
    unsafe {
        let word = bits_bias.wrapping_add((addr >> 9) * 8) as *mut u64;
        let shift = addr >> 3 & 63;
        let ones = u64::MAX >> (64 - words);
        *word = *word & !(ones << shift) | bits << shift;
        if shift + words > 64 {
            let next = word.add(1);
            *next = *next & !(ones >> (64 - shift)) | bits >> (64 - shift);
        }
    }
}

/// One zeroed value of `ty` out of the cache, or null: then [`Heap::malloc`] has to do it. Neither collects nor parks.
///
/// # Safety
/// `cache` belongs to the P that the caller runs on.
#[inline(always)]
pub unsafe fn new_object_fast(cache: &mut MCache, ty: &GcType) -> *mut u8 {
    let span_class = ty.span_class as usize;
    let p = cache.take(span_class);
    if !p.is_null() {
        // SAFETY: the object is new, and its size class holds `ty.size`.
        unsafe {
            zero_words(p, ty.size);
            if ty.ptrdata != 0 {
                let words = cache.slots.get_unchecked(span_class).size as usize / WORD;
                set_bits64(cache.bits_bias, p, words, ty.mask0);
            }
        }
    }
    p
}

impl Heap {
    /// Go: mallocgc. See [`super::mallocgc`].
    ///
    /// # Safety
    /// As there; `world` stands for the running goroutine.
    pub unsafe fn malloc<W: World>(
        &self,
        world: &W,
        size: usize,
        ty: *const GcType,
        zero: bool,
    ) -> *mut u8 {
        // SAFETY: the caller owns the cache, and `ty` is a type or null.
        unsafe {
            if !ty.is_null() && (*ty).size == size {
                let p = new_object_fast(&mut *world.cache(), &*ty);
                if !p.is_null() {
                    return p;
                }
            }
        }
        if size == 0 {
            return zerobase();
        }
        // SAFETY: the caller owns the cache until it collects, which `refill` and `malloc_large` account for.
        unsafe {
            let ty = if ty.is_null() || (*ty).ptrdata == 0 {
                ptr::null()
            } else {
                ty
            };
            if size > MAX_SMALL_SIZE {
                return self.malloc_large(world, size, ty, zero);
            }
            if ty.is_null() && size < TINY_SIZE {
                return self.malloc_tiny(world, size);
            }
            let span_class = size_to_class(size) << 1 | ty.is_null() as usize;
            let mut p = (*world.cache()).take(span_class);
            if p.is_null() {
                p = self.refill(world, span_class);
            }
            let cache = &mut *world.cache();
            let slot = &cache.slots[span_class];
            if (zero || !ty.is_null()) && slot.needzero {
                zero_words(p, size);
            }
            if !ty.is_null() {
                let words = slot.size as usize / WORD;
                if size == (*ty).size && words <= 64 {
                    set_bits64(cache.bits_bias, p, words, (*ty).mask0);
                } else {
                    set_bits(cache.bits_bias, p, words, size, &*ty);
                }
            }
            p
        }
    }

    /// Pointer-free and below 16 bytes: cut from a block that lives as long as anything in it does.
    ///
    /// # Safety
    /// As [`Heap::malloc`].
    unsafe fn malloc_tiny<W: World>(&self, world: &W, size: usize) -> *mut u8 {
        const BLOCK: usize = size_to_class(TINY_SIZE) << 1 | 1;
        // To the largest power of two, up to 8, that divides the size.
        let align = |offset: usize| offset.next_multiple_of(1 << size.trailing_zeros().min(3));
        // SAFETY: as in `malloc`.
        unsafe {
            let cache = &mut *world.cache();
            let offset = align(cache.tiny_offset);
            if cache.tiny != 0 && offset + size <= TINY_SIZE && !self.stressed() {
                cache.tiny_offset = offset + size;
                cache.tiny_allocs += 1;
                return (cache.tiny + offset) as *mut u8;
            }
            let mut p = cache.take(BLOCK);
            if p.is_null() {
                p = self.refill(world, BLOCK);
            }
            p.cast::<[u64; 2]>().write([0; 2]);
            let cache = &mut *world.cache();
            // Keep whichever block has more room left.
            if cache.tiny == 0 || size < cache.tiny_offset {
                cache.tiny = p as usize;
                cache.tiny_offset = size;
            }
            p
        }
    }

    /// An object of a span class whose slot is empty. The head of the slow path.
    ///
    /// # Safety
    /// As [`Heap::malloc`]. The P may be another afterwards.
    #[cold]
    #[inline(never)]
    pub(super) unsafe fn refill<W: World>(&self, world: &W, span_class: usize) -> *mut u8 {
        debug_assert!(span_class > 1 && span_class < super::NUM_SPAN_CLASSES);
        // SAFETY: the cache is read anew after everything that may collect.
        unsafe {
            self.maybe_collect(world, 0);
            let mut tries = 0;
            loop {
                let cache = &mut *world.cache();
                let p = cache.take(span_class);
                if !p.is_null() {
                    if self.stressed() {
                        // So that the next allocation comes here again.
                        cache.unload(span_class);
                    }
                    return p;
                }
                if !cache.next_group(span_class) && !self.next_span(cache, span_class) {
                    self.out_of_pages(world, class_to_pages(span_class >> 1) * PAGE_SIZE, tries);
                    tries += 1;
                }
            }
        }
    }

    /// Puts another span with free objects into a slot. `false`: there are no pages.
    pub(super) fn next_span(&self, cache: &mut MCache, span_class: usize) -> bool {
        cache.flush_live(self, true);
        let slot = &mut cache.slots[span_class];
        let old = std::mem::replace(&mut slot.span, ptr::null_mut());
        let Some(span) = self.take_span(span_class, old) else {
            return false;
        };
        // SAFETY: the span is the cache's from here on.
        unsafe {
            (*span).cursor = 0;
            slot.needzero = (*span).needzero;
        }
        slot.span = span;
        true
    }

    /// A span of a class with at least one free object; `old`, the used-up one or null, goes to the full ones.
    fn take_span(&self, span_class: usize, old: *mut Span) -> Option<*mut Span> {
        let mut central = lock(&self.central[span_class]);
        if !old.is_null() {
            central.full.push(old);
        }
        if let Some(span) = central.partial.pop() {
            return Some(span);
        }
        // Sweeping finds free objects sooner or later; but one allocation shall not sweep for ever.
        for _ in 0..SWEEP_BUDGET {
            let Some(span) = central.unswept.pop() else {
                break;
            };
            self.begin_sweep();
            drop(central);
            // SAFETY: taken off the list, so ours.
            let free = unsafe { self.sweep_span(span) };
            // SAFETY: as above.
            if free == unsafe { (*span).nelems } {
                // All free: no need to return it, it is wanted here.
                self.end_sweep();
                return Some(span);
            }
            if free > 0 {
                self.end_sweep();
                return Some(span);
            }
            central = lock(&self.central[span_class]);
            central.full.push(span);
            self.end_sweep();
        }
        drop(central);
        if let Some(span) = self.alloc_span(span_class, Grow::No) {
            return Some(span);
        }
        // Before the heap grows, all garbage of the last cycle is found.
        self.finish_sweep();
        let span = lock(&self.central[span_class]).partial.pop();
        span.or_else(|| self.alloc_span(span_class, Grow::Yes))
    }

    /// More than 32 KiB.
    ///
    /// # Safety
    /// As [`Heap::malloc`].
    #[cold]
    #[inline(never)]
    unsafe fn malloc_large<W: World>(
        &self,
        world: &W,
        size: usize,
        ty: *const GcType,
        zero: bool,
    ) -> *mut u8 {
        let bytes = size.saturating_add(PAGE_SIZE - 1) & !(PAGE_SIZE - 1);
        // SAFETY: as in `malloc`.
        unsafe {
            self.maybe_collect(world, bytes);
            let mut tries = 0;
            let span = loop {
                // The cheapest memory is that of large objects which died in the last cycle.
                self.sweep_class(0);
                self.sweep_class(1);
                if let Some(span) = self.alloc_large_span(size, ty, Grow::No) {
                    break span;
                }
                self.finish_sweep();
                if let Some(span) = self.alloc_large_span(size, ty, Grow::Yes) {
                    break span;
                }
                self.out_of_pages(world, size, tries);
                tries += 1;
            };
            let p = (*span).base as *mut u8;
            if (*span).needzero && (zero || !ty.is_null()) {
                ptr::write_bytes(p, 0, size);
            }
            let span_class = (*span).span_class as usize;
            let cache = &mut *world.cache();
            cache.handed[span_class] += 1;
            cache.large_bytes += bytes as u64;
            self.live.fetch_add(bytes, Relaxed);
            lock(&self.central[span_class]).full.push(span);
            p
        }
    }

    /// Collects if it is time, counting `more` bytes that are about to be allocated.
    ///
    /// # Safety
    /// As [`Heap::malloc`].
    #[inline]
    unsafe fn maybe_collect<W: World>(&self, world: &W, more: usize) {
        // SAFETY: the caller's cache.
        let cache = unsafe { &mut *world.cache() };
        cache.flush_live(self, false);
        let stress = self.debug.stress.load(Relaxed);
        if stress > 0 {
            cache.stress_count += 1;
            if cache.stress_count >= stress && world.can_collect() {
                cache.stress_count = 0;
                // SAFETY: nothing has been taken yet.
                unsafe { self.collect(world, Reason::Stress) };
            }
            return;
        }
        let live = self
            .live
            .load(Relaxed)
            .wrapping_add(cache.unflushed)
            .wrapping_add(more);
        if live >= self.pacer.trigger.load(Relaxed) && world.can_collect() {
            // SAFETY: as above.
            unsafe { self.collect(world, Reason::Trigger) };
        }
    }

    /// No pages for `bytes` more. Collects once or twice; then it is the end.
    ///
    /// # Safety
    /// As [`Heap::malloc`].
    #[cold]
    unsafe fn out_of_pages<W: World>(&self, world: &W, bytes: usize, tries: usize) {
        if tries > 1 || !world.can_collect() {
            self.out_of_memory(bytes);
        }
        let before = self.live.load(Relaxed);
        // SAFETY: nothing has been taken yet.
        unsafe { self.collect(world, Reason::OutOfMemory) };
        self.finish_sweep();
        let freed = before.saturating_sub(self.live.load(Relaxed));
        if freed >= before / FUTILE_GAIN {
            self.futile.store(0, Relaxed);
        } else if self.futile.fetch_add(1, Relaxed) >= FUTILE_LIMIT {
            // Near the limit a program could collect for every page that it allocates, and never end.
            self.out_of_memory(bytes);
        }
    }

    /// The end of a program that wants too much.
    #[cold]
    pub(super) fn out_of_memory(&self, bytes: usize) -> ! {
        if crate::limits::bounds_memory() {
            crate::limits::out_of_memory();
        }
        let text = format!(
            "runtime: out of memory: cannot allocate {bytes}-byte block ({} in use)\n",
            self.in_use()
        );
        super::os::write_stderr(text.as_bytes());
        crate::fatal::fatal("out of memory")
    }

    /// Is the stress mode on?
    #[inline(always)]
    fn stressed(&self) -> bool {
        self.debug.stress.load(Relaxed) != 0
    }
}

/// Spans that one allocation sweeps before it takes fresh pages.
const SWEEP_BUDGET: usize = 1024;
/// A forced collection that frees less than this part of the heap is futile.
const FUTILE_GAIN: usize = 50;
/// So many futile ones in a row are the end.
const FUTILE_LIMIT: u32 = 10;

/// Writes the pointer bits of an object of `words` words that is filled with `size / ty.size` values of `ty`.
///
/// # Safety
/// As [`set_bits64`]; `size` is a multiple of `ty.size`.
unsafe fn set_bits(bits_bias: usize, p: *mut u8, words: usize, size: usize, ty: &GcType) {
    let mut out = BitWriter {
        bits_bias,
        at: p,
        pending: 0,
        filled: 0,
    };
    let elem_words = ty.size / WORD;
    debug_assert!(ty.size.is_multiple_of(WORD) && size.is_multiple_of(ty.size));
    let count = size / ty.size;
    // SAFETY: as the caller promises: the bits written are those of the object's words.
    unsafe {
        if elem_words <= 64 {
            // As many elements as fit in one word are written at once.
            let per = (64 / elem_words).min(count);
            let mut pattern = ty.mask0;
            let mut have = 1;
            while have < per {
                let more = have.min(per - have);
                let low = u64::MAX >> (64 - more * elem_words);
                pattern |= (pattern & low) << (have * elem_words);
                have += more;
            }
            for _ in 0..count / per {
                out.put(pattern, per * elem_words);
            }
            let rest = count % per * elem_words;
            if rest > 0 {
                out.put(pattern & (u64::MAX >> (64 - rest)), rest);
            }
        } else {
            let ptr_words = ty.ptrdata / WORD;
            for _ in 0..count {
                let mut w = 0;
                while w < elem_words {
                    let n = (elem_words - w).min(64);
                    out.put(
                        if w < ptr_words {
                            *ty.mask.add(w / 64)
                        } else {
                            0
                        },
                        n,
                    );
                    w += n;
                }
            }
        }
        let mut left = words - count * elem_words;
        while left > 0 {
            let n = left.min(64);
            out.put(0, n);
            left -= n;
        }
        out.finish();
    }
}

/// Collects bits until there are 64.
struct BitWriter {
    bits_bias: usize,
    at: *mut u8,
    pending: u64,
    filled: usize,
}

impl BitWriter {
    /// # Safety
    /// As [`set_bits64`] for the words written; `bits` has nothing above bit `n`, `1 <= n <= 64`.
    #[inline]
    unsafe fn put(&mut self, bits: u64, n: usize) {
        debug_assert!(n == 64 || bits >> n == 0);
        self.pending |= bits << self.filled;
        if self.filled + n < 64 {
            self.filled += n;
            return;
        }
        let taken = 64 - self.filled;
        // SAFETY: as the caller promises.
        unsafe {
            set_bits64(self.bits_bias, self.at, 64, self.pending);
            self.at = self.at.add(64 * WORD);
        }
        self.pending = if taken == 64 { 0 } else { bits >> taken };
        self.filled = n - taken;
    }

    /// # Safety
    /// As `put`.
    unsafe fn finish(self) {
        if self.filled > 0 {
            // SAFETY: as the caller promises.
            unsafe { set_bits64(self.bits_bias, self.at, self.filled, self.pending) };
        }
    }
}

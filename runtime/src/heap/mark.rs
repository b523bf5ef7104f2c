//! Marking: from the roots to everything that can be reached. (Go: runtime/mgcmark.go, runtime/mgcwork.go)
//!
//! A [`Marker`] has a stack of grey objects: marked, not yet scanned. Popped ones pass through a short queue, so that their
//! memory is on its way when they are scanned. Full halves of the stack go to a pool that all markers share; who has
//! nothing left takes from there. Nothing recurses, so a list of any length and a tree of any depth cost no stack.
//!
//! Termination: a marker without work counts itself idle. All idle and the pool empty, and it is over: an idle marker
//! holds no grey object, and only holders make new ones.
//!
//! The world is stopped: mark bits and the pool are all that is shared. With one marker bits are set without a locked
//! instruction.
//! Knows nothing of: sweeping, what triggers a collection.

use super::gctype::{GcType, WORD};
use super::roots::{RootCallback, RootRange};
use super::sizeclasses::*;
use super::span::Span;
use super::world::World;
use super::{Acquire, Heap, Relaxed, Release, lock};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize};

/// A grey object: its address, and in the top byte the size class. Class 0: a large object, or from this address on a
/// piece of one.
type Grey = u64;

const CLASS_SHIFT: u32 = 56;
const ADDR_MASK: u64 = (1 << CLASS_SHIFT) - 1;

/// Large objects are scanned in pieces of this size, so that several markers can share one. (Go: oblet)
const PIECE: usize = 128 << 10;
/// The local stack gives its older half away at this length.
const STACK_LIMIT: usize = 1024;
/// Objects whose memory is being fetched.
const AHEAD: usize = 8;
/// Words of a root range that are scanned as one job.
const RANGE_JOB: usize = (256 << 10) / WORD;

/// What all markers of a collection share.
pub struct Shared<'a> {
    pub heap: &'a Heap,
    world: &'a dyn World,
    ranges: Vec<RootRange>,
    callbacks: Vec<RootCallback>,
    extra: Vec<usize>,
    world_jobs: usize,
    next_job: AtomicUsize,
    pool: Mutex<Vec<Vec<Grey>>>,
    /// Length of the pool, to look at without the lock.
    pooled: AtomicUsize,
    idle: AtomicUsize,
    /// Markers that take part so far. A helper that joins late, even after the end, finds nothing and leaves.
    markers: AtomicUsize,
    /// More than one may take part.
    parallel: AtomicBool,
    /// Results.
    pub marked_bytes: AtomicUsize,
    pub marked_objects: AtomicUsize,
    /// Bytes of stacks and frames that were read.
    pub stack_bytes: AtomicUsize,
}

impl<'a> Shared<'a> {
    /// Everything that is to be marked from. The world is stopped.
    pub fn new(heap: &'a Heap, world: &'a dyn World) -> Shared<'a> {
        let roots = lock(&heap.roots);
        let mut ranges = Vec::with_capacity(roots.ranges.len());
        for r in &roots.ranges {
            let mut at = *r;
            while at.hi - at.lo > RANGE_JOB * WORD {
                ranges.push(RootRange {
                    hi: at.lo + RANGE_JOB * WORD,
                    ..at
                });
                at.lo += RANGE_JOB * WORD;
                if !at.mask.is_null() {
                    // SAFETY: a piece has a multiple of 64 words, and the mask covers the range.
                    at.mask = unsafe { at.mask.add(RANGE_JOB / 64) };
                }
            }
            ranges.push(at);
        }
        Shared {
            heap,
            world,
            ranges,
            callbacks: roots.callbacks.clone(),
            extra: lock(&heap.specials).roots(),
            world_jobs: world.root_jobs(),
            next_job: AtomicUsize::new(0),
            pool: Mutex::new(Vec::new()),
            pooled: AtomicUsize::new(0),
            idle: AtomicUsize::new(0),
            markers: AtomicUsize::new(0),
            parallel: AtomicBool::new(false),
            marked_bytes: AtomicUsize::new(0),
            marked_objects: AtomicUsize::new(0),
            stack_bytes: AtomicUsize::new(0),
        }
    }
}

/// One thread's part in marking.
pub struct Marker<'a> {
    shared: &'a Shared<'a>,
    heap: &'a Heap,
    lo: usize,
    used: usize,
    parallel: bool,
    stack: Vec<Grey>,
    ahead: [Grey; AHEAD],
    ahead_pos: usize,
    bytes: usize,
    objects: usize,
    stack_bytes: usize,
}

#[inline(always)]
fn prefetch(addr: usize) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: a hint; any address will do.
    unsafe {
        std::arch::x86_64::_mm_prefetch::<{ std::arch::x86_64::_MM_HINT_T0 }>(addr as *const i8)
    };
    #[cfg(target_arch = "aarch64")]
    // SAFETY: as above.
    unsafe {
        std::arch::asm!("prfm pldl1keep, [{}]", in(reg) addr, options(nostack, preserves_flags, readonly))
    };
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    let _ = addr;
}

impl<'a> Marker<'a> {
    /// Joins the marking.
    pub fn new(shared: &'a Shared<'a>) -> Marker<'a> {
        // Before any work is taken: who waits for work counts us.
        shared.markers.fetch_add(1, super::AcqRel);
        let arena = shared.heap.arena();
        Marker {
            shared,
            heap: shared.heap,
            lo: arena.lo,
            used: arena.used.load(Acquire),
            parallel: shared.parallel.load(Relaxed),
            stack: Vec::with_capacity(STACK_LIMIT),
            ahead: [0; AHEAD],
            ahead_pos: 0,
            bytes: 0,
            objects: 0,
            stack_bytes: 0,
        }
    }

    /// Takes root jobs while there are some, then drains until nobody has anything left.
    pub fn run(mut self) {
        let s = self.shared;
        let (ranges, callbacks, worlds) = (s.ranges.len(), s.callbacks.len(), s.world_jobs);
        loop {
            let job = s.next_job.fetch_add(1, Relaxed);
            if job < ranges {
                // SAFETY: registered for ever.
                unsafe { s.ranges[job].for_words(|v| self.mark(v)) };
            } else if job < ranges + callbacks {
                s.callbacks[job - ranges](&mut |lo, hi| self.scan_range(lo, hi));
            } else if job < ranges + callbacks + worlds {
                let job = job - ranges - callbacks;
                // SAFETY: the world is stopped, and the counter gives each job once.
                unsafe {
                    s.world.root_job(job, &mut |lo, hi| {
                        self.stack_bytes += hi.saturating_sub(lo);
                        self.scan_range(lo, hi)
                    })
                };
            } else {
                if job == ranges + callbacks + worlds {
                    for &v in &s.extra {
                        self.mark(v);
                    }
                }
                break;
            }
        }
        self.drain();
        s.marked_bytes.fetch_add(self.bytes, Relaxed);
        s.marked_objects.fetch_add(self.objects, Relaxed);
        s.stack_bytes.fetch_add(self.stack_bytes, Relaxed);
    }

    /// Marks what the given words point to, and all beyond.
    pub fn run_from(mut self, words: &[usize]) {
        for &v in words {
            self.mark(v);
        }
        self.drain();
        self.shared.marked_bytes.fetch_add(self.bytes, Relaxed);
        self.shared.marked_objects.fetch_add(self.objects, Relaxed);
    }

    /// Marks from every word of a range.
    pub fn scan_range(&mut self, lo: usize, hi: usize) {
        let mut at = lo.next_multiple_of(WORD);
        while at + WORD <= hi {
            // SAFETY: whoever reports a range says that it is readable. Volatile: it may be somebody's live memory.
            self.mark(unsafe { (at as *const usize).read_volatile() });
            at += WORD;
        }
    }

    /// Marks the object that `v` points into, if there is one and it is not marked.
    #[inline(always)]
    fn mark(&mut self, v: usize) {
        if v.wrapping_sub(self.lo) >= self.used {
            return;
        }
        let span = self.heap.arena().span_of(v);
        if span.is_null() {
            return;
        }
        // SAFETY: the world is stopped: spans in the page table are live, and only mark bits change.
        unsafe {
            let s = &*span;
            let index = s.index_of(v);
            if index >= s.nelems as usize {
                return;
            }
            let (group, bit) = (index / 64, 1u64 << (index % 64));
            let word = Span::mark_word(span, group);
            let old = (*word).load(Relaxed);
            // A stale word may point to a free object; it stays free.
            if old & bit != 0 || *Span::free_word(span, group) & bit != 0 {
                return;
            }
            if self.parallel {
                if (*word).fetch_or(bit, Relaxed) & bit != 0 {
                    return;
                }
            } else {
                (*word).store(old | bit, Relaxed);
            }
            self.bytes += s.elem_size;
            self.objects += 1;
            if !s.noscan() {
                let addr = s.addr_of(index);
                self.push(addr as u64 | (s.size_class() as u64) << CLASS_SHIFT);
            }
        }
    }

    #[inline(always)]
    fn push(&mut self, grey: Grey) {
        if self.stack.len() >= STACK_LIMIT {
            self.share(STACK_LIMIT / 2);
        }
        self.stack.push(grey);
    }

    /// Gives the `n` oldest grey objects to the pool: those nearest to the roots, which lead to the most.
    #[cold]
    #[inline(never)]
    fn share(&mut self, n: usize) {
        let mut given = Vec::with_capacity(STACK_LIMIT);
        given.extend(self.stack.drain(..n));
        let mut pool = lock(&self.shared.pool);
        pool.push(given);
        // Release: pairs with the Acquire in `take_shared`, which then takes the lock anyway.
        self.shared.pooled.store(pool.len(), Release);
    }

    fn take_shared(&mut self) -> bool {
        if self.shared.pooled.load(Acquire) == 0 {
            return false;
        }
        let mut pool = lock(&self.shared.pool);
        let Some(taken) = pool.pop() else {
            return false;
        };
        self.shared.pooled.store(pool.len(), Release);
        drop(pool);
        debug_assert!(self.stack.is_empty());
        self.stack = taken;
        true
    }

    /// Scans grey objects until no marker has any.
    fn drain(&mut self) {
        let mut steps = 0u32;
        loop {
            while let Some(grey) = self.stack.pop() {
                prefetch((grey & ADDR_MASK) as usize);
                let due = std::mem::replace(&mut self.ahead[self.ahead_pos], grey);
                self.ahead_pos = (self.ahead_pos + 1) % AHEAD;
                if due != 0 {
                    self.scan(due);
                }
                steps = steps.wrapping_add(1);
                if self.parallel && steps.is_multiple_of(64) {
                    self.feed_the_idle();
                }
            }
            let mut scanned = false;
            for i in 0..AHEAD {
                let due = std::mem::replace(&mut self.ahead[(self.ahead_pos + i) % AHEAD], 0);
                if due != 0 {
                    self.scan(due);
                    scanned = true;
                    if !self.stack.is_empty() {
                        break;
                    }
                }
            }
            if scanned || self.take_shared() {
                continue;
            }
            if !self.wait_for_work() {
                return;
            }
        }
    }

    #[inline]
    fn feed_the_idle(&mut self) {
        let s = self.shared;
        if self.stack.len() >= 16 && s.idle.load(Relaxed) > 0 && s.pooled.load(Relaxed) == 0 {
            self.share(self.stack.len() / 2);
        }
    }

    /// Nothing left here. `false`: nothing left anywhere.
    fn wait_for_work(&mut self) -> bool {
        let s = self.shared;
        if !self.parallel {
            return false;
        }
        // AcqRel: who sees all idle sees everything they marked, and the pool as they left it.
        let mut idle = s.idle.fetch_add(1, super::AcqRel) + 1;
        let mut spins = 0u32;
        loop {
            if s.pooled.load(Acquire) > 0 {
                s.idle.fetch_sub(1, super::AcqRel);
                if self.take_shared() {
                    return true;
                }
                idle = s.idle.fetch_add(1, super::AcqRel) + 1;
            }
            // Who takes from the pool stops being idle first. Should one slip in between the two loads, it goes on
            // alone: leaving early loses parallelism, not objects, because nobody leaves with anything in hand.
            if idle == s.markers.load(Acquire) && s.pooled.load(Acquire) == 0 {
                return false;
            }
            spins += 1;
            if spins.is_multiple_of(64) {
                std::thread::yield_now();
            } else {
                std::hint::spin_loop();
            }
            idle = s.idle.load(Acquire);
        }
    }

    #[inline(always)]
    fn scan(&mut self, grey: Grey) {
        let class = (grey >> CLASS_SHIFT) as usize;
        let addr = (grey & ADDR_MASK) as usize;
        if class == 0 {
            self.scan_large(addr);
        } else {
            self.scan_small(addr, class_to_size(class) / WORD);
        }
    }

    /// An object with pointer bits in the arena's bitmap.
    #[inline(always)]
    fn scan_small(&mut self, addr: usize, words: usize) {
        let bit = (addr - self.lo) / WORD;
        let (mut at, mut left) = (addr, words);
        let mut shift = bit % 64;
        // SAFETY: the bitmap covers the object, and the object's words are readable; the world is stopped.
        unsafe {
            let mut word = self.heap.arena().ptr_bits.add(bit / 64);
            loop {
                let n = left.min(64 - shift);
                let mut bits = *word >> shift & (u64::MAX >> (64 - n));
                while bits != 0 {
                    let w = bits.trailing_zeros() as usize;
                    bits &= bits - 1;
                    self.mark(*((at + w * WORD) as *const usize));
                }
                left -= n;
                if left == 0 {
                    return;
                }
                at += n * WORD;
                word = word.add(1);
                shift = 0;
            }
        }
    }

    /// A large object, or the piece of one that starts at `addr`.
    #[inline(never)]
    fn scan_large(&mut self, addr: usize) {
        let span = self.heap.arena().span_of(addr);
        // SAFETY: grey objects lie in live spans; the world is stopped.
        let (base, size, ty): (usize, usize, &GcType) =
            unsafe { ((*span).base, (*span).large_size, &*(*span).large_type) };
        let end = base + size / ty.size * ty.size;
        if addr == base {
            let mut piece = base + PIECE;
            while piece < end {
                self.push(piece as u64);
                piece += PIECE;
            }
        }
        let (lo, hi) = (addr, (addr + PIECE).min(end));
        if lo >= hi {
            return;
        }
        let mut elem = base + (lo - base) / ty.size * ty.size;
        let mask_words = (ty.ptrdata / WORD).div_ceil(64);
        while elem < hi {
            for m in 0..mask_words {
                let at = elem + m * 64 * WORD;
                if at >= hi || at + 64 * WORD <= lo {
                    continue;
                }
                // SAFETY: the mask has these words; addresses are checked to lie in the object.
                let mut bits = unsafe { *ty.mask.add(m) };
                while bits != 0 {
                    let w = at + bits.trailing_zeros() as usize * WORD;
                    bits &= bits - 1;
                    if w >= lo && w < hi {
                        // SAFETY: inside the object.
                        self.mark(unsafe { *(w as *const usize) });
                    }
                }
            }
            elem += ty.size;
        }
    }
}

/// Threads that help with marking and sweep in the background. Made when they are first needed.
pub struct Helpers {
    state: Mutex<HelperState>,
    wake: std::sync::Condvar,
    done: std::sync::Condvar,
}

struct HelperState {
    threads: usize,
    /// Raised for every new mark job; a helper takes part in each once.
    round: u64,
    /// Helpers that still may join the round's job.
    seats: usize,
    job: *const (),
    working: usize,
    sweep: bool,
}

// SAFETY: the job pointer is valid while `seats` or `working` says so; see `Helpers::mark`.
unsafe impl Send for HelperState {}

impl Helpers {
    pub const fn new() -> Helpers {
        Helpers {
            state: Mutex::new(HelperState {
                threads: 0,
                round: 0,
                seats: 0,
                job: std::ptr::null(),
                working: 0,
                sweep: false,
            }),
            wake: std::sync::Condvar::new(),
            done: std::sync::Condvar::new(),
        }
    }

    /// Makes helpers until there are `n`. Returns how many there are, at most `n`.
    fn ensure(heap: &Heap, n: usize) -> usize {
        // SAFETY: heaps are never freed: there is the static one, and those that tests leak.
        let heap: &'static Heap = unsafe { &*std::ptr::from_ref(heap) };
        let mut state = lock(&heap.helpers.state);
        while state.threads < n {
            let made = std::thread::Builder::new()
                .name("minigo-gc".into())
                .spawn(move || Helpers::main(heap));
            if made.is_err() {
                break;
            }
            state.threads += 1;
        }
        state.threads.min(n)
    }

    /// Marks everything with up to `n` helpers besides the caller.
    pub fn mark(heap: &Heap, shared: &Shared<'_>, n: usize) {
        let n = if n == 0 { 0 } else { Self::ensure(heap, n) };
        if n == 0 {
            Marker::new(shared).run();
            return;
        }
        shared.parallel.store(true, Relaxed);
        let me = &heap.helpers;
        {
            let mut state = lock(&me.state);
            state.round += 1;
            state.seats = n;
            state.job = std::ptr::from_ref(shared).cast();
            state.working = n;
        }
        me.wake.notify_all();
        Marker::new(shared).run();
        // `shared` lives on this stack: nobody may use it any more when this returns.
        let mut state = lock(&me.state);
        state.working -= std::mem::take(&mut state.seats);
        while state.working > 0 {
            state = me.done.wait(state).unwrap_or_else(|e| e.into_inner());
        }
        state.job = std::ptr::null();
    }

    /// Lets a helper finish the sweeping.
    pub fn sweep(heap: &Heap) {
        if Self::ensure(heap, 1) > 0 {
            lock(&heap.helpers.state).sweep = true;
            heap.helpers.wake.notify_one();
        }
    }

    fn main(heap: &'static Heap) {
        let me = &heap.helpers;
        let mut seen = 0;
        let mut state = lock(&me.state);
        loop {
            if state.round != seen && state.seats > 0 {
                seen = state.round;
                state.seats -= 1;
                let job = state.job.cast::<Shared<'_>>();
                drop(state);
                // SAFETY: `mark` waits for `working` to reach 0 before the job goes away, and counted us in.
                unsafe { Marker::new(&*job).run() };
                state = lock(&me.state);
                state.working -= 1;
                if state.working == 0 {
                    me.done.notify_all();
                }
            } else if state.sweep {
                state.sweep = false;
                drop(state);
                heap.background_sweep();
                state = lock(&me.state);
            } else {
                state = me.wake.wait(state).unwrap_or_else(|e| e.into_inner());
            }
        }
    }
}

//! The heap: span allocator and mark-sweep collector. (Go: runtime/malloc.go, runtime/mheap.go, runtime/mgc.go)
//!
//! Objects never move. Pages of 8 KiB make spans, a span holds objects of one size class, pointer-free objects apart from
//! the others. A P's cache hands out the free objects of its spans ([`mcache`]), central lists supply it with spans
//! ([`mcentral`]), the page allocator those with pages ([`mheap`], [`pages`]) out of one reservation ([`arena`]).
//!
//! A collection, start to end, is [`Heap::collect`]: stop the world, flush the caches, mark ([`mark`]) from roots
//! ([`roots`], [`world`]), let finalizers and weak pointers take effect ([`specials`]), put all spans on the lists of
//! unswept ones, set the next goal ([`pacer`]), start the world. Sweeping follows by and by ([`sweep`]), and a thread gives
//! back to the system what is above the goal ([`scavenge`]).
//!
//! The collector's invariants:
//!  - Objects are found from any address inside them; a word that points nowhere, to a free object, or outside is no root
//!    and no fault. So integers in pointer words do no harm, except that they may keep garbage.
//!  - Heap objects are scanned by their pointer bits, everything else (stacks, frames) word by word.
//!  - An object is either free (its bit in its span), or in a cache's slot, or allocated. Collections see only the first and
//!    the last, because the caches are flushed.
//!  - Marking starts only when every span is swept and no mark bit is set; it ends with every span unswept.
//!
//! For concurrent marking, later: objects would be allocated marked (`MCache::next_group` is the place), and pointer stores
//! would be reported by the VM's one function for them. Nothing here assumes that marks are only set while the world is
//! stopped, except the unlocked marking of a lone marker.
//!
//! Locks, in order: a class's list, a segment size's slabs → pages. `caches`, `roots`, `specials`, the helpers' are leaves.
//! None is ever held at a safepoint.
//! Knows nothing of: Go types beyond [`GcType`], frames, bytecode, the scheduler beyond [`World`].

mod api;
mod arena;
mod frames;
mod gctype;
mod goworld;
mod malloc;
mod mark;
mod mcache;
mod mcentral;
mod mheap;
mod os;
mod pacer;
mod pages;
mod roots;
mod scavenge;
mod sizeclasses;
mod span;
mod specials;
mod stats;
mod sweep;
#[cfg(test)]
mod tests;
mod verify;
mod world;

pub use api::*;
pub use frames::{MAX_SEGMENT, MIN_SEGMENT};
pub use gctype::{GcType, SPAN_CLASS_SLOW, WORD};
pub use malloc::{new_object_fast, zerobase};
pub use mcache::MCache;
pub use roots::RootCallback;
pub use sizeclasses::{MAX_SMALL_SIZE, PAGE_SIZE, round_up_size};
pub use specials::{Queued, frames_exactly, is_observed};
pub use stats::{BySize, MemStats};

use arena::Arena;
use mcentral::Central;
use mheap::Pages;
use pacer::Pacer;
use roots::Roots;
use scavenge::Scavenger;
use crate::trace::{What, emit};
use sizeclasses::NUM_SPAN_CLASSES;
use specials::Specials;
use stats::{PAUSES, Stats};
use std::cell::UnsafeCell;
use std::ptr::null;
use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize};
use std::sync::{Mutex, MutexGuard};
use world::World;

/// One heap. The process has one ([`heap`]); tests make their own. Never freed: helper threads refer to it.
pub struct Heap {
    arena: UnsafeCell<Arena>,
    pages: Mutex<Pages>,
    central: [Mutex<Central>; NUM_SPAN_CLASSES],
    slabs: [Mutex<frames::SlabList>; frames::NUM_SIZES],
    caches: Mutex<Vec<*mut MCache>>,
    roots: Mutex<Roots>,
    specials: Mutex<Specials>,
    helpers: mark::Helpers,
    scavenger: Scavenger,
    /// Bytes allocated and not known to be garbage, by size class: as of the last collection, plus what was handed to
    /// caches since.
    live: AtomicUsize,
    /// Mark phases so far.
    cycle: AtomicUsize,
    /// The mark phase up to which all spans are swept.
    swept: AtomicUsize,
    /// Spans being swept, which are on no list.
    sweepers: AtomicUsize,
    /// Somebody is about to collect because of the trigger.
    starting: AtomicBool,
    /// Finalizers or cleanups wait to be run.
    queued: AtomicBool,
    /// Hard limit for pages in use, in bytes; 0: none.
    heap_max: AtomicUsize,
    /// Forced collections in a row that freed next to nothing.
    futile: AtomicU32,
    pacer: Pacer,
    stats: Stats,
    debug: Debug,
}

// SAFETY: the arena is written once, before anyone else uses the heap; caches are touched by their owners, or with the
// world stopped; everything else is atomic or locked.
unsafe impl Sync for Heap {}
// SAFETY: as above.
unsafe impl Send for Heap {}

/// The debug switches of the heap. (`MINIGO_DEBUG`)
struct Debug {
    /// Collect at every n-th allocation; 0: off.
    stress: AtomicU32,
    verify: AtomicBool,
    poison: AtomicBool,
    trace: AtomicBool,
    trace_scavenger: AtomicBool,
    /// Never collect on its own.
    off: AtomicBool,
}

/// Why a collection is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// The heap has reached its goal.
    Trigger,
    /// The program asked: `runtime.GC`.
    Forced,
    /// There are no pages left.
    OutOfMemory,
    /// The stress mode.
    Stress,
}

/// If the last collection had less than this to read, one thread marks: waking another would take longer.
const PARALLEL_MIN: usize = 2 << 20;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic under the lock is a fault of ours, and fatal where it happens.
    mutex.lock().unwrap_or_else(|e| e.into_inner())
}

impl Heap {
    /// A heap without an address space; [`Heap::init`] gives it one.
    pub const fn new() -> Heap {
        Heap {
            arena: UnsafeCell::new(Arena::new()),
            pages: Mutex::new(Pages::new()),
            central: [const { Mutex::new(Central::new()) }; NUM_SPAN_CLASSES],
            slabs: [const { Mutex::new(frames::SlabList::new()) }; frames::NUM_SIZES],
            caches: Mutex::new(Vec::new()),
            roots: Mutex::new(Roots::new()),
            specials: Mutex::new(Specials::new()),
            helpers: mark::Helpers::new(),
            scavenger: Scavenger::new(),
            live: AtomicUsize::new(0),
            cycle: AtomicUsize::new(0),
            swept: AtomicUsize::new(0),
            sweepers: AtomicUsize::new(0),
            starting: AtomicBool::new(false),
            queued: AtomicBool::new(false),
            heap_max: AtomicUsize::new(0),
            futile: AtomicU32::new(0),
            pacer: Pacer::new(),
            stats: Stats::new(),
            debug: Debug {
                stress: AtomicU32::new(0),
                verify: AtomicBool::new(false),
                poison: AtomicBool::new(false),
                trace: AtomicBool::new(false),
                trace_scavenger: AtomicBool::new(false),
                off: AtomicBool::new(false),
            },
        }
    }

    /// Reserves address space for `bytes` of objects (a power of two), or as much as there is.
    ///
    /// # Safety
    /// Once, before anything else uses the heap.
    pub unsafe fn init(&self, bytes: usize, at_hint: bool) {
        let Some(arena) = Arena::reserve(bytes, at_hint) else {
            os::write_stderr(b"fatal error: cannot reserve address space for the heap\n");
            crate::fatal::fatal("cannot reserve heap virtual memory")
        };
        lock(&self.pages).meta.init(&arena);
        // SAFETY: nobody else uses the heap yet.
        unsafe { *self.arena.get() = arena };
    }

    #[inline(always)]
    fn arena(&self) -> &Arena {
        // SAFETY: written once, before the first use.
        unsafe { &*self.arena.get() }
    }

    /// Go: allocmcache.
    pub fn allocmcache(&self) -> *mut MCache {
        let cache = Box::into_raw(Box::new(MCache::new(self)));
        lock(&self.caches).push(cache);
        cache
    }

    /// Go: freemcache.
    ///
    /// # Safety
    /// From [`Heap::allocmcache`], used by nobody any more; the world is stopped, or no collection can run.
    pub unsafe fn freemcache(&self, cache: *mut MCache) {
        lock(&self.caches).retain(|&c| c != cache);
        // SAFETY: ours alone.
        let mut cache = unsafe { Box::from_raw(cache) };
        self.flush_cache(&mut cache);
        self.flush_segments(&mut cache);
        for span_class in 0..NUM_SPAN_CLASSES {
            self.stats.retired[span_class].fetch_add(cache.handed[span_class], Relaxed);
        }
        self.stats
            .retired_large
            .fetch_add(cache.large_bytes, Relaxed);
        self.stats
            .retired_tiny
            .fetch_add(cache.tiny_allocs, Relaxed);
    }

    /// One collection, start to end; sweeping follows.
    ///
    /// # Safety
    /// `world` stands for the running goroutine, and nothing has been taken from its cache that is not reachable from
    /// its roots.
    pub unsafe fn collect(&self, world: &dyn World, reason: Reason) {
        let wanted = || match reason {
            Reason::Trigger => self.live.load(Relaxed) >= self.pacer.trigger.load(Relaxed),
            _ => true,
        };
        if reason != Reason::Forced && self.debug.off.load(Relaxed) && reason != Reason::OutOfMemory
        {
            return;
        }
        if reason == Reason::Trigger {
            // The others go on allocating until they are stopped.
            if self.starting.swap(true, AcqRel) {
                return;
            }
            // SAFETY: the caller's own cache.
            unsafe { (*world.cache()).flush_live(self, true) };
        }
        // As much as possible before the world stops.
        self.finish_sweep();
        let asked = world.nanotime();
        // SAFETY: as the caller promises.
        unsafe {
            world.with_world_stopped(&mut || {
                if wanted() {
                    self.cycle(world, reason, asked);
                }
            });
        }
        self.starting.store(false, Release);
        if self.queued.load(Relaxed) && self.queued.swap(false, AcqRel) {
            world.specials_queued();
        }
    }

    /// The part of a collection during which the world is stopped.
    ///
    /// # Safety
    /// It is.
    unsafe fn cycle(&self, world: &dyn World, reason: Reason, asked: i64) {
        let stopped = world.nanotime();
        self.finish_sweep();
        self.flush_caches();
        let before = self.live.load(Relaxed);

        emit(What::Gc, null(), 0);
        world.before_mark();
        let shared = mark::Shared::new(self, world);
        let work = self.pacer.marked.load(Relaxed) + self.pacer.roots.load(Relaxed);
        let helpers = if work < PARALLEL_MIN {
            0
        } else {
            world.mark_helpers()
        };
        mark::Helpers::mark(self, &shared, helpers);
        self.mark_specials(&shared);
        let marked = world.nanotime();
        emit(What::Gc, null(), 1);

        let survived = shared.marked_bytes.load(Relaxed);
        let stacks = shared.stack_bytes.load(Relaxed);
        let globals = lock(&self.roots).bytes();
        if self.debug.verify.load(Relaxed)
            && let Err(fault) = self.verify_marked()
        {
            crate::fatal::throw(&format!("gcverify: {fault}"));
        }
        let goal = self.pacer.goal.load(Relaxed);
        // Nothing is swept yet: what the heap grew to.
        let peak = lock(&self.pages).alloc.used_pages() * PAGE_SIZE;
        self.live.store(survived, Relaxed);
        self.pacer.marked.store(survived, Relaxed);
        self.pacer.roots.store(stacks + globals, Relaxed);
        self.start_sweep();
        self.update_pacer();
        self.pace_scavenger(goal, peak);
        match reason {
            Reason::Stress => self.finish_sweep(),
            // Without helpers a run is to be repeatable, down to the addresses.
            _ if helpers > 0 => mark::Helpers::sweep(self),
            _ => {}
        }

        let end = world.nanotime();
        emit(What::Gc, null(), 2);
        let n = self.stats.num_gc.fetch_add(1, Relaxed) as usize;
        if reason == Reason::Forced {
            self.stats.num_forced.fetch_add(1, Relaxed);
        }
        let pause = (end - asked).max(0) as u64;
        self.stats.pause_total.fetch_add(pause, Relaxed);
        self.stats.pause[n % PAUSES].store(pause, Relaxed);
        self.stats.pause_end[n % PAUSES].store(end as u64, Relaxed);
        self.stats.last_end.store(end as u64, Relaxed);
        let cpu = (end - stopped).max(0) as u64 * (helpers as u64 + 1);
        let cpu = cpu + self.stats.gc_cpu.fetch_add(cpu, Relaxed);
        if self.debug.trace.load(Relaxed) {
            let ms = |from: i64, to: i64| (to - from) as f64 / 1e6;
            let procs = lock(&self.caches).len();
            let age = (end - self.stats.start.load(Relaxed)).max(1);
            let line = format!(
                "gc {} @{:.3}s {}%: {:.3}+{:.3}+{:.3} ms clock, {:.3}+{:.3}/0/0+{:.3} ms cpu, \
                 {}->{}->{} MB, {} MB goal, {} MB stacks, {} MB globals, {} P{}\n",
                n + 1,
                age as f64 / 1e9,
                cpu * 100 / (age as u64 * procs.max(1) as u64),
                ms(asked, stopped),
                ms(stopped, marked),
                ms(marked, end),
                ms(asked, stopped),
                ms(stopped, marked) * (helpers + 1) as f64,
                ms(marked, end),
                before >> 20,
                before >> 20,
                survived >> 20,
                goal >> 20,
                stacks >> 20,
                globals >> 20,
                procs,
                if reason == Reason::Forced {
                    " (forced)"
                } else {
                    ""
                },
            );
            os::write_stderr(line.as_bytes());
        }
    }

    /// Computes the next goal from the settings and the last collection.
    fn update_pacer(&self) {
        let slabs = lock(&self.pages).slab_pages * PAGE_SIZE;
        self.pacer.update(slabs, self.heap_max.load(Relaxed));
        if crate::nondet::seeded() {
            // When to collect is a choice, too: anywhere up to the goal.
            let (marked, goal) = (self.pacer.marked.load(Relaxed), self.pacer.trigger.load(Relaxed));
            let eighths = 1 + crate::nondet::choose(crate::nondet::Choice::Gc, 8) as usize;
            self.pacer.trigger.store(marked + goal.saturating_sub(marked) / 8 * eighths, Relaxed);
        }
    }
}

impl Default for Heap {
    fn default() -> Heap {
        Heap::new()
    }
}

//! The goroutine: its descriptor, its states, and why it waits. (Go: `g`, `gobuf`, `waitReason` in runtime/runtime2.go)
//!
//! Who owns a G, by state:
//!  - `GIDLE`, `GDEAD`: whoever took it off a free list; no native stack (a dead G's frames belong to the hooks).
//!  - `GRUNNABLE`: the run queue it is on; nobody touches its fields but the M that dequeues it.
//!  - `GRUNNING`: the M in `m`; `m.curg` is it. Its native stack is in use.
//!  - `GSYSCALL`: the M in `m`, without a P. Its native stack is in use; `syscallsp` bounds what the collector reads.
//!  - `GWAITING`: whoever holds it on a wait queue, and only they may make it runnable.
//!
//! `GSCAN` is added while a collector reads the stack of a G that does not run.
//!
//! A G whose `sched.sp` is 0 has no native stack: `execute` gives it one and enters `sched.pc` with it. New
//! goroutines start so, and those parked at a bytecode safepoint wait so. Frames never move and native stacks never
//! grow, so Go's `_Gcopystack` has no counterpart: its role is taken by the VM's chained frame segments.
//!
//! Knows nothing of: frames, bytecode, what a goroutine computes. `ext` is the VM's.

use crate::m::{M, UnlockF};
use crate::stack::NativeStack;
use crate::sudog::Sudog;
use crate::sync::*;
use crate::time::Timer;
use std::cell::UnsafeCell;

/// Just allocated, not yet initialised.
pub const GIDLE: u32 = 0;
/// On a run queue.
pub const GRUNNABLE: u32 = 1;
/// Executing; owns an M and a P.
pub const GRUNNING: u32 = 2;
/// In a blocking call; owns an M, no P.
pub const GSYSCALL: u32 = 3;
/// Blocked in the runtime; recorded on some wait queue.
pub const GWAITING: u32 = 4;
/// Unused: on a free list, or being taken apart.
pub const GDEAD: u32 = 6;
/// Added to a state while the collector reads the stack.
pub const GSCAN: u32 = 0x1000;

/// `stackguard0` when the goroutine should come to the scheduler at its next safepoint.
pub const STACK_PREEMPT: usize = 0;

/// A goroutine's first function. On a resumption after [`crate::park_released`] `arg` is null.
pub type Entry = unsafe extern "C" fn(gp: *mut G, arg: *mut u8) -> !;

/// Where a goroutine goes on. (Go: `gobuf`)
#[repr(C)]
pub struct Gobuf {
    /// Saved stack pointer; 0: no native stack, `execute` must attach one.
    pub sp: usize,
    /// Where to jump: behind an `mcall`, or an [`Entry`].
    pub pc: usize,
    /// The G this belongs to: first argument of an entry.
    pub g: *mut G,
    /// Second argument of an entry.
    pub ctxt: *mut u8,
}

/// The goroutine descriptor. Allocated for ever, reused after death.
#[repr(C, align(64))]
pub struct G {
    /// What the VM compares frame addresses against at every safepoint; [`STACK_PREEMPT`] sends it to its slow path.
    /// Written by anyone who wants the goroutine's attention, reset by `execute`.
    pub stackguard0: AtomicUsize,
    /// The VM's own limit, restored into `stackguard0` after a preemption. Change both with [`G::set_stackguard`].
    pub stackguard_real: usize,
    pub sched: Gobuf,
    /// Next G on the run queue, free list or `GList` it is on.
    pub schedlink: *mut G,
    /// Changed by [`casgstatus`] alone.
    pub status: AtomicU32,
    /// Why it waits, while `GWAITING`.
    pub waitreason: WaitReason,
    /// Runtime-internal (background workers): not counted, not shown, not a reason to stay alive.
    pub system: bool,
    /// A host wants it to end: its next safepoint unwinds it.
    pub cancelled: AtomicBool,
    // ---- second cache line: with the first, all that a life without waiting touches ----
    /// The M that runs it, or null. Read anew after anything that may park.
    pub m: *mut M,
    /// The M it is wired to by `LockOSThread`, or null.
    pub lockedm: *mut M,
    /// The native stack, while it has one.
    pub stack: Option<NativeStack>,
    pub goid: u64,
    pub parent_goid: u64,
    /// Token of the VM: the position of the `go` statement that created it.
    pub gopc: u64,
    /// The entry it was created with.
    pub startpc: usize,
    /// Roughly when it began to wait, 0 if unknown. Set by the collector, as in Go.
    pub waitsince: i64,
    // ---- waiting ----
    /// The sudog that woke it, or null after a close. (Go: `param`)
    pub param: *mut Sudog,
    /// The sudogs it waits on, in lock order. (Go: `waiting`)
    pub waiting: *mut Sudog,
    /// A goroutine waits on one thing at a time except in `select`: its first sudog costs no look-up.
    pub sudog0: Sudog,
    /// Set while a `select` with several waiters is still to be won; the winner swaps it to 1. (Go: `selectDone`)
    pub select_done: AtomicU32,
    pub locked_ext: u32,
    /// Counts wakings while a trace is being written; see `trace::Event`.
    pub waking: u32,
    /// Timer of `time.Sleep`, made at the first sleep and kept.
    pub timer: *mut Timer,
    /// Deadline of the sleep under way.
    pub sleep_when: i64,
    /// Stack pointer at `entersyscall`: what lies above is scanned while `GSYSCALL`.
    pub syscallsp: usize,
    /// The VM's: saved pc and fp, frame segments, defer and panic lists. Touched here only to zero it once.
    pub ext: UnsafeCell<[u64; 24]>,
}

// A million of them must fit; the VM's first frame segment comes on top.
const _: () = assert!(size_of::<G>() <= 448 && std::mem::offset_of!(G, m) == 64);

impl G {
    /// Sets the VM's frame limit without losing a preemption request that comes in between.
    /// Only the goroutine itself calls this.
    #[inline]
    pub fn set_stackguard(&mut self, limit: usize) {
        let old = self.stackguard_real;
        self.stackguard_real = limit;
        // A failure means that it is poisoned: `execute` will install the new limit after the preemption.
        let _ = self
            .stackguard0
            .compare_exchange(old, limit, Relaxed, Relaxed);
    }

    /// Was a preemption asked for? (The slow path of a safepoint asks, because a full frame segment goes there too.)
    /// With a seed the guard is poisoned all the time, and `nondet::safepoint` decides.
    #[inline]
    pub fn preempt_requested(&self) -> bool {
        self.stackguard0.load(Relaxed) == STACK_PREEMPT
    }

    /// With a seed: does `f` with the guard as it would be without, so that an instruction that came here only because
    /// it is a safepoint is executed.
    #[inline]
    pub fn with_real_guard<T>(&mut self, f: impl FnOnce() -> T) -> T {
        self.stackguard0.store(self.stackguard_real, Relaxed);
        let result = f();
        self.stackguard0.store(STACK_PREEMPT, Relaxed);
        result
    }

    /// The opaque area.
    #[inline]
    pub fn ext_ptr(&self) -> *mut u64 {
        self.ext.get().cast()
    }
}

/// The state without the scan bit.
#[inline]
#[allow(clippy::not_unsafe_ptr_arg_deref)] // Gs are never freed.
pub fn readgstatus(gp: *const G) -> u32 {
    // SAFETY: Gs are never freed.
    unsafe { (*gp).status.load(Acquire) & !GSCAN }
}

/// Go: `casgstatus`. The one way to change a G's state.
///
/// In every legal transition exactly one thread owns the G in its old state (see the list on top), so that this is a
/// check and a store, not a read-modify-write: it lies twice on every channel hop. A collector that reads stacks while
/// the world runs will have to set `GSCAN` in competition with the owner, and make this a compare-and-swap again.
#[inline]
#[allow(clippy::not_unsafe_ptr_arg_deref)] // Gs are never freed.
pub fn casgstatus(gp: *mut G, old: u32, new: u32) {
    // SAFETY: Gs are never freed, and the caller owns this one in state `old`.
    let g = unsafe { &*gp };
    let cur = g.status.load(Relaxed);
    if cur != old {
        bad_transition(g.goid, cur, old, new);
    }
    #[cfg(debug_assertions)]
    if !legal_transition(old, new) {
        bad_transition(g.goid, cur, old, new);
    }
    // Release: pairs with the Acquire in `readgstatus`; the queue the G goes on publishes the rest.
    g.status.store(new, Release);
}

#[cfg(debug_assertions)]
fn legal_transition(old: u32, new: u32) -> bool {
    matches!(
        (old, new),
        (GIDLE, GDEAD)
            | (GDEAD, GRUNNABLE)
            | (GRUNNABLE, GRUNNING)
            | (GRUNNING, GRUNNABLE | GWAITING | GSYSCALL | GDEAD)
            | (GSYSCALL, GRUNNING | GRUNNABLE)
            | (GWAITING, GRUNNABLE | GRUNNING)
    )
}

#[cold]
#[inline(never)]
fn bad_transition(goid: u64, cur: u32, old: u32, new: u32) -> ! {
    crate::fatal::throw(&format!(
        "casgstatus: goroutine {goid} is {}, should go from {} to {}",
        status_name(cur),
        status_name(old),
        status_name(new)
    ))
}

/// Go's name of a state, as tracebacks show it.
pub fn status_name(status: u32) -> &'static str {
    match status & !GSCAN {
        GIDLE => "idle",
        GRUNNABLE => "runnable",
        GRUNNING => "running",
        GSYSCALL => "syscall",
        GWAITING => "waiting",
        GDEAD => "dead",
        _ => "???",
    }
}

macro_rules! wait_reasons {
    ($($name:ident = $text:literal,)*) => {
        /// Why a goroutine is parked. Each has one use; add new ones, never reuse one. (Go: `waitReason`)
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub enum WaitReason { $($name,)* }

        impl WaitReason {
            /// Go's text, as it stands in `goroutine 1 [chan receive]:`.
            pub fn text(self) -> &'static str {
                match self { $(WaitReason::$name => $text,)* }
            }
        }
    };
}

wait_reasons! {
    Zero = "",
    IoWait = "IO wait",
    GarbageCollection = "garbage collection",
    PanicWait = "panicwait",
    GcSweepWait = "GC sweep wait",
    GcScavengeWait = "GC scavenge wait",
    FinalizerWait = "finalizer wait",
    CleanupWait = "cleanup wait",
    ForceGcIdle = "force gc (idle)",
    Semacquire = "semacquire",
    Sleep = "sleep",
    ChanReceiveNilChan = "chan receive (nil chan)",
    ChanSendNilChan = "chan send (nil chan)",
    SelectNoCases = "select (no cases)",
    Select = "select",
    ChanReceive = "chan receive",
    ChanSend = "chan send",
    SyncCondWait = "sync.Cond.Wait",
    SyncMutexLock = "sync.Mutex.Lock",
    SyncRwMutexRLock = "sync.RWMutex.RLock",
    SyncRwMutexLock = "sync.RWMutex.Lock",
    SyncWaitGroupWait = "sync.WaitGroup.Wait",
    WaitForGcCycle = "wait for GC cycle",
    GcWorkerIdle = "GC worker (idle)",
    Preempted = "preempted",
    StoppingTheWorld = "stopping the world",
    Coroutine = "coroutine",
    TraceReaderBlocked = "trace reader (blocked)",
}

/// What a runtime operation that may wait answers.
#[must_use]
pub enum Wait {
    /// Done; go on.
    Ready,
    /// The goroutine must park now, and call the operation's `_finish` when it runs again.
    Park(Park),
}

/// A park that is prepared except for leaving: the proof is this token, the rest lies in the M (it must not be copied
/// about in memory on the way to g0). Between getting one and parking with it nothing else of the runtime may be
/// called: locks are held.
#[must_use]
#[derive(Clone, Copy, Debug)]
pub struct Park {
    pub reason: WaitReason,
}

impl Park {
    /// `commit` runs on g0 once the state says waiting, with `gp` and `lock`; it usually releases `lock`, and may cancel
    /// the park by returning `false`.
    ///
    /// # Safety
    /// `gp` is the running goroutine, and parks at once with what is returned.
    #[inline]
    pub unsafe fn new(gp: *mut G, commit: Option<UnlockF>, lock: *mut u8, reason: WaitReason) -> Park {
        // SAFETY: the running goroutine and its M are ours.
        unsafe {
            let mp = (*gp).m;
            (*mp).waitunlockf = commit;
            (*mp).waitlock = lock;
            (*gp).waitreason = reason;
        }
        Park { reason }
    }
}

/// A singly linked list of Gs through `schedlink`, newest first. (Go: `gList`)
pub struct GList {
    pub head: *mut G,
    pub n: usize,
}

impl GList {
    pub const fn new() -> Self {
        GList {
            head: std::ptr::null_mut(),
            n: 0,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.head.is_null()
    }

    /// # Safety
    /// The caller owns `gp`, and it is on no other list.
    pub unsafe fn push(&mut self, gp: *mut G) {
        // SAFETY: owned by the caller.
        unsafe { (*gp).schedlink = self.head };
        self.head = gp;
        self.n += 1;
    }

    pub fn pop(&mut self) -> *mut G {
        let gp = self.head;
        if !gp.is_null() {
            // SAFETY: a G on the list is owned by the list's owner.
            self.head = unsafe { (*gp).schedlink };
            self.n -= 1;
        }
        gp
    }
}

impl Default for GList {
    fn default() -> Self {
        Self::new()
    }
}

/// The same with a tail, oldest first. (Go: `gQueue`)
pub struct GQueue {
    pub head: *mut G,
    pub tail: *mut G,
    pub n: usize,
}

impl GQueue {
    pub const fn new() -> Self {
        GQueue {
            head: std::ptr::null_mut(),
            tail: std::ptr::null_mut(),
            n: 0,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.head.is_null()
    }

    /// # Safety
    /// The caller owns `gp`, and it is on no other list.
    pub unsafe fn push_back(&mut self, gp: *mut G) {
        // SAFETY: owned by the caller; the tail is ours.
        unsafe {
            (*gp).schedlink = std::ptr::null_mut();
            if self.tail.is_null() {
                self.head = gp;
            } else {
                (*self.tail).schedlink = gp;
            }
        }
        self.tail = gp;
        self.n += 1;
    }

    /// Appends all of `other`.
    pub fn push_back_all(&mut self, other: GQueue) {
        if other.head.is_null() {
            return;
        }
        if self.tail.is_null() {
            self.head = other.head;
        } else {
            // SAFETY: the tail is ours.
            unsafe { (*self.tail).schedlink = other.head };
        }
        self.tail = other.tail;
        self.n += other.n;
    }

    pub fn pop(&mut self) -> *mut G {
        let gp = self.head;
        if !gp.is_null() {
            // SAFETY: a G on the queue is owned by the queue's owner.
            self.head = unsafe { (*gp).schedlink };
            if self.head.is_null() {
                self.tail = std::ptr::null_mut();
            }
            self.n -= 1;
        }
        gp
    }
}

impl Default for GQueue {
    fn default() -> Self {
        Self::new()
    }
}

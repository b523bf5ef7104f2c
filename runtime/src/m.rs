//! M: a thread of the scheduler. (Go: `m` in runtime/runtime2.go)
//!
//! An M's fields belong to its own thread, except those marked. An M without a P may not touch the heap, channels or
//! run queues. Ms are never freed; a thread that ends leaves its M to the next one.
//! Knows nothing of: what goroutines do.

use crate::g::G;
use crate::note::Note;
use crate::p::P;
use crate::sync::*;
use std::cell::Cell;
use std::ptr::null_mut;

/// What g0 does with a goroutine that left its stack. The goroutine's side names the reason, g0's side (`proc.rs`) the
/// consequence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Leave {
    /// It waits; `waitunlockf` runs once its state says so.
    Park,
    /// To the global queue.
    Yield,
    /// To the local queue.
    YieldLocal,
    /// To the global queue, having been asked to.
    Preempted,
    /// It has ended.
    Exit,
    /// It comes from a blocking call and found no P.
    SyscallExit,
}

/// A commit function: runs on g0 after the state says waiting; `false` cancels the park.
pub type UnlockF = unsafe fn(*mut G, *mut u8) -> bool;

#[repr(C)]
pub struct M {
    /// The goroutine it runs, or null. Read by others with the world stopped, and by sysmon as a hint.
    pub curg: AtomicPtr<G>,
    /// The P it holds, or null. Read by sysmon as a hint.
    pub p: AtomicPtr<P>,
    /// Where g0's stack begins; `mcall` goes there. 0 before the thread runs `mstart`.
    pub g0sp: usize,
    /// g0's side of every departure: `proc::left`. A pointer, so that `park.rs` does not rest on `proc.rs`.
    pub g0entry: unsafe extern "C" fn(*mut G) -> !,
    pub leave: Leave,
    /// The departing goroutine has given its native stack up.
    pub release_stack: bool,
    /// Looks for work without having any.
    pub spinning: bool,
    pub waitunlockf: Option<UnlockF>,
    pub waitlock: *mut u8,
    /// The P to take over on waking up; written by the waker before `park` is signalled.
    pub nextp: AtomicPtr<P>,
    /// The P it had before the blocking call.
    pub oldp: *mut P,
    pub id: i64,
    /// Next on the idle list; under `sched.lock`.
    pub schedlink: *mut M,
    /// Next in `allm`; immutable once linked.
    pub alllink: *mut M,
    pub park: Note,
    /// The goroutine wired to this thread.
    pub lockedg: *mut G,
    /// Callee-saved registers at `entersyscall`; scanned like the goroutine's stack.
    pub syscallregs: [usize; 12],
    /// Runs a function on this thread instead of scheduling: sysmon.
    pub nmsys: bool,
    /// What to do first on the new thread, if not schedule.
    pub mstartfn: Option<fn(*mut M)>,
}

thread_local! {
    static CURM: Cell<*mut M> = const { Cell::new(null_mut()) };
}

/// The M of this thread, or null. A thread has the same M all its life, but a goroutine changes threads: not valid
/// across a park. Never inlined: the compiler keeps a thread-local's address in a register across a switch.
#[inline(never)]
pub fn getm() -> *mut M {
    let m = CURM.with(|c| c.get());
    std::hint::black_box(m)
}

/// Once per thread.
#[inline(never)]
pub(crate) fn setm(mp: *mut M) {
    CURM.with(|c| c.set(mp));
}

/// The goroutine running on this thread, or null: for code that cannot be given `gp`. Not valid across a park.
/// On g0 it is the goroutine that called `systemstack`.
#[inline(never)]
pub fn getg() -> *mut G {
    let mp = getm();
    if mp.is_null() {
        return null_mut();
    }
    // SAFETY: Ms are never freed; this one is ours.
    unsafe { (*mp).curg.load(Relaxed) }
}

/// The P of the running goroutine. Not valid across a park.
///
/// # Safety
/// `gp` is the running goroutine and not in a blocking call.
#[inline]
pub unsafe fn getp(gp: *mut G) -> *mut P {
    // SAFETY: a running goroutine has an M, and that has a P.
    unsafe { (*(*gp).m).p.load(Relaxed) }
}

/// Go: `allocm`. Linked into `allm` by the caller.
pub(crate) fn malloc_m(g0entry: unsafe extern "C" fn(*mut G) -> !) -> *mut M {
    Box::into_raw(Box::new(M {
        curg: AtomicPtr::new(null_mut()),
        p: AtomicPtr::new(null_mut()),
        g0sp: 0,
        g0entry,
        leave: Leave::Exit,
        release_stack: false,
        spinning: false,
        waitunlockf: None,
        waitlock: null_mut(),
        nextp: AtomicPtr::new(null_mut()),
        oldp: null_mut(),
        id: 0,
        schedlink: null_mut(),
        alllink: null_mut(),
        park: Note::new(),
        lockedg: null_mut(),
        syscallregs: [0; 12],
        nmsys: false,
        mstartfn: None,
    }))
}


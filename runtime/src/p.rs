//! P: the right to run Go code, and everything that is cheaper for not being shared. (Go: `p` in runtime/runtime2.go)
//!
//! A P's fields belong to the M that holds it, or to whoever stopped the world. Others touch only the atomics: thieves
//! the run queue and the timers, sysmon the ticks and `m`. Ps are never freed; those beyond `GOMAXPROCS` are `PDEAD`.
//! Knows nothing of: what goroutines do.

use crate::burst::Burst;
use crate::g::{G, GList};
use crate::heap::MCache;
use crate::linger::Lapses;
use crate::m::M;
use crate::nondet::Rng;
use crate::runq::RunQ;
use crate::stack::StackCache;
use crate::sudog::SudogCache;
use crate::sync::*;
use crate::time::Timers;
use std::ptr::null_mut;

/// On the idle list, or held by somebody who moves it.
pub const PIDLE: u32 = 0;
/// Held by an M.
pub const PRUNNING: u32 = 1;
/// Its M is in a blocking call; whoever wins the state may take it.
pub const PSYSCALL: u32 = 2;
/// The world is stopped.
pub const PGCSTOP: u32 = 3;
/// Beyond `GOMAXPROCS`.
pub const PDEAD: u32 = 4;

#[repr(C)]
pub struct P {
    pub id: i32,
    /// Changed by the holder; from `PSYSCALL` by compare-and-swap.
    pub status: AtomicU32,
    /// The holder, or null.
    pub m: AtomicPtr<M>,
    /// Grows with each time slice. (`runnext` inherits one.)
    pub schedtick: AtomicU32,
    /// Grows with each goroutine executed: tells a thief that `runnext` does not lie idle.
    pub exectick: AtomicU32,
    /// Grows with each blocking call.
    pub syscalltick: AtomicU32,
    /// "A lone runnext" in `findrunnable.rs`: 0: readies of a lone goroutine wake another P; 1: the next is timed;
    /// more: so many pass. Zeroed by sysmon now and then.
    pub wake_credit: AtomicU32,
    /// How many pass, doubled each time.
    pub lone_passes: u32,
    /// When the lone ready that is being timed took place, or 0.
    pub lone_since: i64,
    /// See `linger.rs`.
    pub(crate) lapses: Lapses,
    /// Asked to come to the scheduler soon.
    pub preempt: AtomicBool,
    /// Free Gs.
    pub gfree: GList,
    /// Ids `[goid_next, goid_end)` are ours to give out.
    pub goid_next: u64,
    pub goid_end: u64,
    /// Unused Gs `[chunk_next, chunk_end)` of the last allocation.
    pub chunk_next: *mut G,
    pub chunk_end: *mut G,
    pub rng: Rng,
    /// The allocation cache; null while `PDEAD`.
    pub mcache: *mut MCache,
    pub stackcache: StackCache,
    pub sudogcache: SudogCache,
    pub timers: Timers,
    /// Next on the idle list; under `sched.lock`.
    pub link: *mut P,
    /// Timer of the sysmon thread alone.
    pub sysmontick: SysmonTick,
    /// Counters for schedtrace.
    pub nspawned: u64,
    pub(crate) burst: Burst,
    /// Thieves leave the ring to this P as long as it gets on; see `burst.rs`.
    pub alone: AtomicBool,
    pub runq: RunQ<G>,
}

/// What sysmon last saw. (Go: `sysmontick`)
#[derive(Default, Clone, Copy)]
pub struct SysmonTick {
    pub schedtick: u32,
    pub schedwhen: i64,
    pub syscalltick: u32,
    pub syscallwhen: i64,
    pub exectick: u32,
}

impl P {
    pub(crate) fn new(id: i32) -> Box<P> {
        Box::new(P {
            id,
            status: AtomicU32::new(PGCSTOP),
            m: AtomicPtr::new(null_mut()),
            schedtick: AtomicU32::new(0),
            exectick: AtomicU32::new(0),
            syscalltick: AtomicU32::new(0),
            wake_credit: AtomicU32::new(0),
            lone_passes: 8,
            lone_since: 0,
            lapses: Lapses::default(),
            preempt: AtomicBool::new(false),
            gfree: GList::new(),
            goid_next: 0,
            goid_end: 0,
            chunk_next: null_mut(),
            chunk_end: null_mut(),
            rng: crate::nondet::new_rng(id as u64),
            mcache: null_mut(),
            stackcache: StackCache::new(),
            sudogcache: SudogCache::new(),
            timers: Timers::new(),
            link: null_mut(),
            sysmontick: SysmonTick::default(),
            nspawned: 0,
            burst: Burst::new(),
            alone: AtomicBool::new(false),
            runq: RunQ::new(),
        })
    }
}

/// A counter that only its owner writes: no read-modify-write.
#[inline]
pub(crate) fn bump(counter: &AtomicU32) -> u32 {
    let n = counter.load(Relaxed).wrapping_add(1);
    counter.store(n, Relaxed);
    n
}

//! The scheduler's shared state: what is not a G's, an M's or a P's. (Go: `schedt`, `allp`, `allm`, `allgs`)
//!
//! `Locked` is touched only with `lock` held. The atomics are read without it as hints, and written under it where
//! that is said.
//! Knows nothing of: who reads it.

use crate::g::{G, GList, GQueue};
use crate::lock::Mutex;
use crate::lockrank::LockRank;
use crate::m::M;
use crate::nondet::{self, Choice, choose_on};
use crate::note::Note;
use crate::p::P;
use crate::sync::*;
use std::cell::UnsafeCell;
use std::ptr::null_mut;

/// The most Ps there can be.
pub const MAX_PROCS: usize = 1024;
/// The most threads. (Go: `maxmcount`)
pub const MAX_MCOUNT: i64 = 10_000;

/// Under `sched.lock`.
pub struct Locked {
    /// The global queue.
    pub runq: GQueue,
    /// With a seed, instead of all queues: the goroutines that can run, in no order.
    pub pool: Vec<*mut G>,
    /// Idle Ms, through `schedlink`.
    pub midle: *mut M,
    pub nmidle: i64,
    /// Idle Ms that wait for their locked goroutine.
    pub nmidlelocked: i64,
    /// Ms made so far, and the next id.
    pub mnext: i64,
    /// Threads that ended.
    pub nmfreed: i64,
    /// Ms that are no reason to believe that anything runs: sysmon.
    pub nmsys: i64,
    /// Idle Ps, through `link`.
    pub pidle: *mut P,
    /// Ps still to stop.
    pub stopwait: i64,
    /// Ms whose threads ended, to be reused.
    pub mfree: *mut M,
    /// When GOMAXPROCS is being changed: the new number.
    pub new_procs: usize,
}

#[repr(align(64))]
pub struct Line<T>(pub T);

/// Go: `schedt`.
pub struct Sched {
    /// Read at every ready: a line of their own.
    pub idle: Line<Idle>,
    /// Written under `lock`, read at every turn of `findrunnable`.
    pub runqsize: Line<AtomicUsize>,
    /// The world is to stop.
    pub gcwaiting: AtomicBool,
    /// `GOMAXPROCS`.
    pub procs: AtomicU32,
    pub lock: Mutex,
    locked: UnsafeCell<Locked>,
    pub allp: [AtomicPtr<P>; MAX_PROCS],
    /// All Ms through `alllink`.
    pub allm: AtomicPtr<M>,
    pub goidgen: Line<AtomicU64>,
    /// Runtime-internal goroutines.
    pub ngsys: AtomicU32,
    /// Of them, how many began to end and ended: they are counted as free before they stop counting as the system's.
    pub ngsys_ending: AtomicU32,
    pub ngsys_ended: AtomicU32,
    pub gfree_lock: Mutex,
    gfree: UnsafeCell<GList>,
    pub gfree_n: AtomicUsize,
    pub allg_lock: Mutex,
    allg: UnsafeCell<Vec<(usize, usize)>>,
    /// Gs that were ever put to use.
    pub allglen: AtomicUsize,
    pub stopnote: Note,
    /// Someone has the world stopped, or tries to.
    pub worldsema: AtomicU32,
    /// sysmon sleeps deeply, and must be woken when there is work.
    pub sysmonwait: AtomicBool,
    pub sysmonnote: Note,
    /// When somebody last polled; 0 while an M blocks in `netpoll`.
    pub lastpoll: AtomicI64,
    /// Until when that M blocks; 0: for ever, or none does.
    pub poll_until: AtomicI64,
    /// All asleep is no deadlock: a host may make goroutines.
    pub embedded: AtomicBool,
    /// `run_main` or `block_on` started scheduling.
    pub started: AtomicBool,
}

/// Who is idle, who looks.
pub struct Idle {
    /// Idle Ps. Written under `lock`.
    pub npidle: AtomicI32,
    /// Ms that look for work, with a P and without any.
    pub nmspinning: AtomicI32,
    /// A P went idle for want of an M while work came: the next M that looks should spin. (Go: `needspinning`)
    pub needspinning: AtomicU32,
}

// SAFETY: the cells are touched only under the locks named at them.
unsafe impl Sync for Sched {}
// SAFETY: as above.
unsafe impl Send for Sched {}

pub static SCHED: Sched = Sched {
    idle: Line(Idle { npidle: AtomicI32::new(0), nmspinning: AtomicI32::new(0), needspinning: AtomicU32::new(0) }),
    runqsize: Line(AtomicUsize::new(0)),
    gcwaiting: AtomicBool::new(false),
    procs: AtomicU32::new(0),
    lock: Mutex::new(LockRank::Sched),
    locked: UnsafeCell::new(Locked {
        runq: GQueue::new(),
        pool: Vec::new(),
        midle: null_mut(),
        nmidle: 0,
        nmidlelocked: 0,
        mnext: 0,
        nmfreed: 0,
        nmsys: 0,
        pidle: null_mut(),
        stopwait: 0,
        mfree: null_mut(),
        new_procs: 0,
    }),
    allp: [const { AtomicPtr::new(null_mut()) }; MAX_PROCS],
    allm: AtomicPtr::new(null_mut()),
    goidgen: Line(AtomicU64::new(0)),
    ngsys: AtomicU32::new(0),
    ngsys_ending: AtomicU32::new(0),
    ngsys_ended: AtomicU32::new(0),
    gfree_lock: Mutex::new(LockRank::GFree),
    gfree: UnsafeCell::new(GList::new()),
    gfree_n: AtomicUsize::new(0),
    allg_lock: Mutex::new(LockRank::AllG),
    allg: UnsafeCell::new(Vec::new()),
    allglen: AtomicUsize::new(0),
    stopnote: Note::new(),
    worldsema: AtomicU32::new(1),
    sysmonwait: AtomicBool::new(false),
    sysmonnote: Note::new(),
    lastpoll: AtomicI64::new(1),
    poll_until: AtomicI64::new(0),
    embedded: AtomicBool::new(false),
    started: AtomicBool::new(false),
};

impl Sched {
    /// # Safety
    /// `lock` is held, and the reference is dropped before it is released.
    #[allow(clippy::mut_from_ref)]
    pub unsafe fn locked(&self) -> &mut Locked {
        debug_assert!(self.lock.is_locked());
        // SAFETY: exclusive by the lock.
        unsafe { &mut *self.locked.get() }
    }

    /// The central list of free Gs.
    ///
    /// # Safety
    /// `gfree_lock` is held.
    #[allow(clippy::mut_from_ref)]
    pub unsafe fn gfree(&self) -> &mut GList {
        debug_assert!(self.gfree_lock.is_locked());
        // SAFETY: exclusive by the lock.
        unsafe { &mut *self.gfree.get() }
    }

    /// Where Gs lie: (address of the first, how many).
    ///
    /// # Safety
    /// `allg_lock` is held.
    #[allow(clippy::mut_from_ref)]
    pub unsafe fn allg(&self) -> &mut Vec<(usize, usize)> {
        debug_assert!(self.allg_lock.is_locked());
        // SAFETY: exclusive by the lock.
        unsafe { &mut *self.allg.get() }
    }

    /// `GOMAXPROCS`.
    #[inline]
    pub fn nprocs(&self) -> usize {
        self.procs.load(Relaxed) as usize
    }

    #[inline]
    pub fn p(&self, i: usize) -> *mut P {
        self.allp[i].load(Acquire)
    }

    // ---- the global queue; `lock` is held ----

    /// Go: `globrunqput`.
    ///
    /// # Safety
    /// `lock` is held; the caller owns `gp`, which is runnable.
    pub unsafe fn globrunqput(&self, gp: *mut G) {
        // SAFETY: by the caller's promise.
        unsafe {
            let l = self.locked();
            if nondet::seeded() {
                l.pool.push(gp);
                self.runqsize.0.store(l.pool.len(), Relaxed);
                return;
            }
            l.runq.push_back(gp);
            self.runqsize.0.store(l.runq.n, Relaxed);
        }
    }

    /// Go: `globrunqputbatch`.
    ///
    /// # Safety
    /// As [`Sched::globrunqput`].
    pub unsafe fn globrunqputbatch(&self, mut batch: GQueue) {
        // SAFETY: by the caller's promise.
        unsafe {
            if nondet::seeded() {
                while !batch.is_empty() {
                    self.globrunqput(batch.pop());
                }
                return;
            }
            let l = self.locked();
            l.runq.push_back_all(batch);
            self.runqsize.0.store(l.runq.n, Relaxed);
        }
    }

    /// Go: `globrunqget`, `globrunqgetbatch`. Takes one to run, and up to `max` - 1 more to `pp`'s queue; `max` 0: a
    /// fair share.
    ///
    /// # Safety
    /// `lock` is held; the caller holds `pp`, whose queue has room.
    pub unsafe fn globrunqget(&self, pp: *mut P, max: usize) -> *mut G {
        // SAFETY: by the caller's promise.
        unsafe {
            let l = self.locked();
            if nondet::seeded() {
                if l.pool.is_empty() {
                    return null_mut();
                }
                let i = choose_on(&mut (*pp).rng, Choice::RunNext, l.pool.len() as u32) as usize;
                let gp = l.pool.swap_remove(i);
                self.runqsize.0.store(l.pool.len(), Relaxed);
                return gp;
            }
            let size = l.runq.n;
            if size == 0 {
                return null_mut();
            }
            let mut n = (size / self.nprocs() + 1).min(size).min(crate::runq::RUNQ_SIZE / 2);
            if max > 0 {
                n = n.min(max);
            }
            let gp = l.runq.pop();
            for _ in 1..n {
                let g1 = l.runq.pop();
                if let Some(over) = (*pp).runq.put(g1) {
                    for &g in &over.batch[..over.n] {
                        l.runq.push_back(g);
                    }
                    break;
                }
            }
            self.runqsize.0.store(l.runq.n, Relaxed);
            gp
        }
    }

    // ---- idle Ps; `lock` is held ----

    /// Go: `pidleput`.
    ///
    /// # Safety
    /// `lock` is held; the caller releases `pp`, whose queue is empty.
    pub unsafe fn pidleput(&self, pp: *mut P) {
        // SAFETY: by the caller's promise.
        unsafe {
            debug_assert!((*pp).runq.is_empty());
            let l = self.locked();
            (*pp).link = l.pidle;
            l.pidle = pp;
            self.idle.0.npidle.fetch_add(1, SeqCst);
        }
    }

    /// Go: `pidleget`. Null if there is none.
    ///
    /// # Safety
    /// `lock` is held.
    pub unsafe fn pidleget(&self) -> *mut P {
        // SAFETY: by the caller's promise.
        unsafe {
            let l = self.locked();
            let pp = l.pidle;
            if !pp.is_null() {
                l.pidle = (*pp).link;
                self.idle.0.npidle.fetch_sub(1, SeqCst);
                self.wake_sysmon();
            }
            pp
        }
    }

    /// Wakes sysmon from its deep sleep: something runs again.
    ///
    /// # Safety
    /// `lock` is held.
    #[inline]
    pub unsafe fn wake_sysmon(&self) {
        if self.sysmonwait.load(Relaxed) {
            self.sysmonwait.store(false, Relaxed);
            // A signal's handler may wake it, too.
            self.sysmonnote.wakeup_once();
        }
    }

    /// Go: `pidlegetSpinning`: as `pidleget`; if there is none, the next M that looks should spin.
    ///
    /// # Safety
    /// `lock` is held.
    pub unsafe fn pidleget_spinning(&self) -> *mut P {
        // SAFETY: by the caller's promise.
        let pp = unsafe { self.pidleget() };
        if pp.is_null() {
            self.idle.0.needspinning.store(1, SeqCst);
        }
        pp
    }

    // ---- idle Ms; `lock` is held ----

    /// Go: `mput`, without its `checkdead`.
    ///
    /// # Safety
    /// `lock` is held.
    pub unsafe fn mput(&self, mp: *mut M) {
        // SAFETY: by the caller's promise.
        unsafe {
            let l = self.locked();
            (*mp).schedlink = l.midle;
            l.midle = mp;
            l.nmidle += 1;
        }
    }

    /// Go: `mget`.
    ///
    /// # Safety
    /// `lock` is held.
    pub unsafe fn mget(&self) -> *mut M {
        // SAFETY: by the caller's promise.
        unsafe {
            let l = self.locked();
            let mp = l.midle;
            if !mp.is_null() {
                l.midle = (*mp).schedlink;
                l.nmidle -= 1;
            }
            mp
        }
    }

    /// Threads alive. (Go: `mcount`)
    ///
    /// # Safety
    /// `lock` is held.
    pub unsafe fn mcount(&self) -> i64 {
        // SAFETY: by the caller's promise.
        let l = unsafe { self.locked() };
        l.mnext - l.nmfreed
    }
}

/// Go: `runqput`. `next`: it runs next, and kicks the present `runnext` to the end of the queue.
///
/// # Safety
/// The caller holds `pp` and owns `gp`, which is runnable.
#[inline]
pub unsafe fn runqput(pp: *mut P, mut gp: *mut G, mut next: bool) {
    // SAFETY: by the caller's promise.
    unsafe {
        if nondet::shaken() {
            if nondet::seeded() {
                SCHED.lock.lock();
                SCHED.globrunqput(gp);
                SCHED.lock.unlock();
                return;
            }
            next &= choose_on(&mut (*pp).rng, Choice::RunNext, 2) != 0;
        }
        if next {
            gp = (*pp).runq.set_next(gp);
            if gp.is_null() {
                return;
            }
        }
        if let Some(over) = (*pp).runq.put(gp) {
            put_overflow(pp, &over.batch[..over.n]);
        }
    }
}

/// Half of a full queue goes to the global one. (Go: `runqputslow`)
#[cold]
unsafe fn put_overflow(pp: *mut P, batch: &[*mut G]) {
    let mut q = GQueue::new();
    // SAFETY: the batch is ours.
    unsafe {
        if crate::debug::SCHEDSTRESS.on() {
            let mut shuffled = batch.to_vec();
            for i in 1..shuffled.len() {
                shuffled.swap(i, choose_on(&mut (*pp).rng, Choice::RunNext, i as u32 + 1) as usize);
            }
            shuffled.iter().for_each(|&g| q.push_back(g));
        } else {
            batch.iter().for_each(|&g| q.push_back(g));
        }
        SCHED.lock.lock();
        SCHED.globrunqputbatch(q);
        SCHED.lock.unlock();
    }
}

/// Go: `runqget`. The second: it inherits the time slice.
///
/// # Safety
/// The caller holds `pp`.
#[inline]
pub unsafe fn runqget(pp: *mut P) -> (*mut G, bool) {
    // SAFETY: by the caller's promise. With one P there are no thieves.
    unsafe {
        let alone = SCHED.nprocs() == 1;
        let next = (*pp).runq.take_next(alone);
        if !next.is_null() {
            return (next, true);
        }
        ((*pp).runq.get(alone), false)
    }
}

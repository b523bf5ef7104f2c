//! The scheduler's core, on g0: starting, choosing, running and burying goroutines. (Go: runtime/proc.go)
//!
//! `schedule` finds a goroutine and `execute`s it; `gogo` leaves g0's stack, and the next departure of a goroutine comes
//! back to [`left`] at the top of it. So g0's stack never grows, and no function here returns.
//! No value with a destructor lives across `execute`.
//! Knows nothing of: what goroutines do, queues they wait on.

use crate::burst::{self, SPAWN_BURST};
use crate::checkdead::checkdead;
use crate::fatal::throw;
use crate::findrunnable::{findrunnable, resetspinning};
use crate::g::*;
use crate::heap;
use crate::hooks::{Hooks, hooks};
use crate::lockrank;
use crate::m::*;
use crate::nondet::{self, Choice};
use crate::note::Note;
use crate::p::*;
use crate::sched::*;
use crate::switch;
use crate::sync::*;
use crate::thread::*;
use crate::trace::{What, emit_g};
use std::alloc::Layout;
use std::ptr::null_mut;
use std::sync::{Once, OnceLock};

/// How the runtime is set up.
#[derive(Clone, Copy, Default)]
pub struct Config {
    /// `GOMAXPROCS` at the start; 0: the environment variable, or one per core.
    pub procs: usize,
    pub hooks: Hooks,
    /// Draw everything random from this seed, on one P and with simulated time.
    pub seed: Option<u64>,
    /// A host program may make goroutines at any time: all of them asleep is no deadlock.
    pub embedded: bool,
    /// What the program may use.
    pub limits: crate::limits::Limits,
}

/// Sets the runtime up. Once per process; later calls do nothing and return `false`. (Go: `schedinit`)
pub fn schedinit(config: Config) -> bool {
    static ONCE: Once = Once::new();
    let mut first = false;
    ONCE.call_once(|| {
        first = true;
        crate::hooks::install(config.hooks);
        nondet::init(config.seed);
        heap::heap_init();
        set_thread_start(ThreadStart { main: mstart, g0entry: left });
        SCHED.embedded.store(config.embedded, Relaxed);
        let procs = if config.seed.is_some() { 1 } else { initial_procs(config.procs) };
        // SAFETY: no other thread uses the runtime yet.
        unsafe {
            SCHED.lock.lock();
            let runnable = procresize(null_mut(), procs);
            debug_assert!(runnable.is_null());
            SCHED.lock.unlock();
        }
        crate::limits::set(config.limits);
    });
    first
}

fn initial_procs(asked: usize) -> usize {
    let n = match asked {
        0 => std::env::var("GOMAXPROCS").ok().and_then(|v| v.parse().ok()).filter(|&n| n > 0).unwrap_or_else(ncpu),
        n => n,
    };
    n.min(MAX_PROCS)
}

/// Go: `runtime.NumCPU`. With a seed 1, on every machine. Asked once: the answer takes reads of the control group's
/// files.
pub fn ncpu() -> usize {
    if nondet::seeded() {
        return 1;
    }
    static NCPU: OnceLock<usize> = OnceLock::new();
    *NCPU.get_or_init(|| std::thread::available_parallelism().map_or(1, |n| n.get()))
}

/// Is it worth spinning for a lock that another goroutine holds? Not on one processor, not when no other P runs (the
/// holder does not either). (Go: `sync_runtime_canSpin`)
///
/// Go does not spin when this P has others to run. But then, where many goroutines contend for short sections, hardly
/// one ever spins: the last Unlock has woken a waiter onto this P's queue, so the next collision parks, which costs both
/// sides more than another look, and most of those that go to sleep find the lock released while they queue. So one round is always granted.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn can_spin(gp: *mut G, spins: u32) -> bool {
    spins < 4
        && ncpu() > 1
        && SCHED.nprocs()
            > SCHED.idle.0.npidle.load(Relaxed) as usize + SCHED.idle.0.nmspinning.load(Relaxed) as usize + 1
        // SAFETY: the running goroutine has a P.
        && (spins == 0 || unsafe { (*getp(gp)).runq.is_empty() })
}

/// Makes `n` Ps. The world is stopped and `sched.lock` held. `mp` is the M that goes on running (null: none), and holds
/// a P afterwards. Returns the other Ps with work, chained by `link`, each with an M in `m` if there is an idle one.
/// (Go: `procresize`)
pub(crate) unsafe fn procresize(mp: *mut M, n: usize) -> *mut P {
    // SAFETY: the world is stopped: everything is ours.
    unsafe {
        let old = SCHED.nprocs();
        for i in 0..n {
            let mut pp = SCHED.p(i);
            if pp.is_null() {
                pp = Box::into_raw(P::new(i as i32));
                SCHED.allp[i].store(pp, Release);
            }
            if (*pp).mcache.is_null() {
                (*pp).mcache = heap::allocmcache();
            }
            if (*pp).status.load(Relaxed) == PDEAD {
                crate::time::revive(pp);
                (*pp).status.store(PGCSTOP, Relaxed);
            }
        }
        if !mp.is_null() {
            let own = (*mp).p.load(Relaxed);
            if !own.is_null() && ((*own).id as usize) < n {
                (*own).status.store(PRUNNING, Release);
            } else {
                if !own.is_null() {
                    (*own).m.store(null_mut(), Relaxed);
                    (*mp).p.store(null_mut(), Relaxed);
                }
                let p0 = SCHED.p(0);
                (*p0).m.store(null_mut(), Relaxed);
                acquirep(mp, p0);
            }
        }
        for i in n..old {
            destroy_p(SCHED.p(i), SCHED.p(0));
        }
        SCHED.procs.store(n as u32, Release);
        let mut runnable: *mut P = null_mut();
        for i in (0..n).rev() {
            let pp = SCHED.p(i);
            if !mp.is_null() && (*mp).p.load(Relaxed) == pp {
                continue;
            }
            (*pp).status.store(PIDLE, Release);
            if (*pp).runq.is_empty() {
                SCHED.pidleput(pp);
            } else {
                (*pp).m.store(SCHED.mget(), Relaxed);
                (*pp).link = runnable;
                runnable = pp;
            }
        }
        runnable
    }
}

/// Go: `p.destroy`.
unsafe fn destroy_p(pp: *mut P, heir: *mut P) {
    // SAFETY: as `procresize`.
    unsafe {
        loop {
            let gp = (*pp).runq.drain();
            if gp.is_null() {
                break;
            }
            SCHED.globrunqput(gp);
        }
        crate::time::take_over(pp, heir);
        gfpurge(pp);
        crate::sudog::flush(&mut (*pp).sudogcache);
        (*pp).stackcache.flush();
        heap::freemcache(std::mem::replace(&mut (*pp).mcache, null_mut()));
        (*pp).status.store(PDEAD, Release);
    }
}

/// Go: `runtime.GOMAXPROCS`. `n < 1` only asks. Stops the world if it changes something.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn gomaxprocs(gp: *mut G, n: i64) -> i64 {
    let old = SCHED.nprocs();
    let n = if n < 1 || nondet::seeded() { old } else { (n as usize).min(MAX_PROCS) };
    if n != old {
        // SAFETY: as the caller promises.
        unsafe {
            crate::stop_world::stop_the_world(gp, WaitReason::StoppingTheWorld);
            SCHED.lock.lock();
            SCHED.locked().new_procs = n;
            SCHED.lock.unlock();
            crate::stop_world::start_the_world(gp);
        }
    }
    old as i64
}

// ---- goroutines: birth ----

/// A new goroutine, runnable, next on this P. `gp` is the running goroutine (null from outside the scheduler: global
/// queue). It gets a native stack only when it is first executed. (Go: `newproc`)
///
/// # Safety
/// `start` and `arg` are fit for each other; `arg` is kept alive by someone until `start` runs.
pub unsafe fn newproc(gp: *mut G, start: Entry, arg: *mut u8, gopc: u64) -> *mut G {
    // SAFETY: the running goroutine has a P; a new G is ours until it is queued.
    unsafe {
        if gp.is_null() {
            return newproc_outside(start, arg, gopc);
        }
        crate::limits::goroutine_born();
        let pp = getp(gp);
        let mut newg = gfget(pp);
        if newg.is_null() {
            newg = malg(pp);
        }
        if (*pp).goid_next == (*pp).goid_end {
            (*pp).goid_next = SCHED.goidgen.0.fetch_add(GOID_BATCH, Relaxed) + 1;
            (*pp).goid_end = (*pp).goid_next + GOID_BATCH;
        }
        (*newg).goid = (*pp).goid_next;
        (*pp).goid_next += 1;
        (*pp).nspawned += 1;
        newproc1(newg, (*gp).goid, start, arg, gopc);
        emit_g(What::Create, pp, newg, (*gp).goid);
        runqput(pp, newg, true);
        burst::spawned(pp, gp);
        newg
    }
}

/// Goroutine ids that a P takes at once. (Go: `_GoidCacheBatch`)
const GOID_BATCH: u64 = 16;

#[inline]
unsafe fn newproc1(newg: *mut G, parent: u64, start: Entry, arg: *mut u8, gopc: u64) {
    // SAFETY: a dead G is ours.
    unsafe {
        (*newg).parent_goid = parent;
        (*newg).gopc = gopc;
        (*newg).startpc = start as usize;
        (*newg).sched.sp = 0;
        (*newg).sched.pc = start as usize;
        (*newg).sched.ctxt = arg;
        (hooks().gcreated)(newg);
        casgstatus(newg, GDEAD, GRUNNABLE);
    }
}

/// As `newproc`, on a thread without a P, or on g0.
#[cold]
unsafe fn newproc_outside(start: Entry, arg: *mut u8, gopc: u64) -> *mut G {
    // SAFETY: a new G is ours until it is queued.
    unsafe {
        SCHED.gfree_lock.lock();
        let list = SCHED.gfree();
        let mut newg = list.pop();
        if newg.is_null() {
            let (mut next, end) = alloc_gs();
            while next != end {
                list.push(init_g(next));
                next = next.add(1);
            }
            newg = list.pop();
        }
        SCHED.gfree_n.store(list.n, Relaxed);
        SCHED.gfree_lock.unlock();
        (*newg).goid = SCHED.goidgen.0.fetch_add(1, Relaxed) + 1;
        newproc1(newg, 0, start, arg, gopc);
        emit_g(What::Create, null_mut(), newg, 0);
        SCHED.lock.lock();
        SCHED.globrunqput(newg);
        SCHED.lock.unlock();
        fence(SeqCst);
        wakep();
        newg
    }
}

/// Gs allocated at once.
const G_CHUNK: usize = 32;

/// Room for [`G_CHUNK`] Gs, zeroed: all `GIDLE`. Never freed.
#[cold]
fn alloc_gs() -> (*mut G, *mut G) {
    let layout = Layout::array::<G>(G_CHUNK).expect("a small array");
    // SAFETY: the layout is not empty.
    let first: *mut G = unsafe { std::alloc::alloc_zeroed(layout) }.cast();
    if first.is_null() {
        crate::fatal::fatal("out of memory");
    }
    SCHED.allg_lock.lock();
    // SAFETY: the lock is held; the end of the array is one past it.
    let end = unsafe {
        SCHED.allg().push((first as usize, G_CHUNK));
        first.add(G_CHUNK)
    };
    SCHED.allg_lock.unlock();
    (first, end)
}

/// A zeroed G becomes a dead one.
unsafe fn init_g(gp: *mut G) -> *mut G {
    // SAFETY: nobody else knows it.
    unsafe {
        (*gp).sched.g = gp;
        (*gp).stackguard0.store(usize::MAX, Relaxed);
        (*gp).stackguard_real = usize::MAX;
        casgstatus(gp, GIDLE, GDEAD);
    }
    SCHED.allglen.fetch_add(1, Relaxed);
    gp
}

/// Go: `malg`, from the P's piece of memory.
unsafe fn malg(pp: *mut P) -> *mut G {
    // SAFETY: the P is ours.
    unsafe {
        if (*pp).chunk_next == (*pp).chunk_end {
            ((*pp).chunk_next, (*pp).chunk_end) = alloc_gs();
        }
        let gp = (*pp).chunk_next;
        (*pp).chunk_next = gp.add(1);
        init_g(gp)
    }
}

/// Dead Gs a P keeps before it gives half away, and how many it takes. (Go: 64 and 32; a burst of ours fits.)
const GFREE_MAX: usize = 4 * SPAWN_BURST;
const GFREE_BATCH: usize = GFREE_MAX / 2;

/// Go: `gfget`.
#[inline]
unsafe fn gfget(pp: *mut P) -> *mut G {
    // SAFETY: the P is ours.
    unsafe {
        if (*pp).gfree.is_empty() && SCHED.gfree_n.load(Relaxed) != 0 {
            gfrefill(pp);
        }
        (*pp).gfree.pop()
    }
}

#[cold]
unsafe fn gfrefill(pp: *mut P) {
    // SAFETY: the P is ours; the list is under the lock.
    unsafe {
        SCHED.gfree_lock.lock();
        let list = SCHED.gfree();
        while (*pp).gfree.n < GFREE_BATCH && !list.is_empty() {
            (*pp).gfree.push(list.pop());
        }
        SCHED.gfree_n.store(list.n, Relaxed);
        SCHED.gfree_lock.unlock();
    }
}

/// Go: `gfput`.
#[inline]
unsafe fn gfput(pp: *mut P, gp: *mut G) {
    // SAFETY: the P and the dead G are ours.
    unsafe {
        (*pp).gfree.push(gp);
        if (*pp).gfree.n >= GFREE_MAX {
            gfspill(pp, GFREE_BATCH);
        }
    }
}

#[cold]
unsafe fn gfspill(pp: *mut P, keep: usize) {
    // SAFETY: as `gfrefill`.
    unsafe {
        SCHED.gfree_lock.lock();
        let list = SCHED.gfree();
        while (*pp).gfree.n > keep {
            list.push((*pp).gfree.pop());
        }
        SCHED.gfree_n.store(list.n, Relaxed);
        SCHED.gfree_lock.unlock();
    }
}

/// The P goes away.
unsafe fn gfpurge(pp: *mut P) {
    // SAFETY: the P is ours. Its unused Gs stay with it, for its next life.
    unsafe { gfspill(pp, 0) }
}

/// Go: `runtime.NumGoroutine`. Exact when nothing is born or dies meanwhile.
pub fn gcount() -> usize {
    loop {
        // One of the system's that ends meanwhile would be counted while it is neither.
        let ended = SCHED.ngsys_ended.load(SeqCst);
        let ending = SCHED.ngsys_ending.load(SeqCst);
        let n = count_goroutines();
        fence(SeqCst);
        if ending == ended && SCHED.ngsys_ending.load(SeqCst) == ending {
            return n;
        }
        os_yield();
    }
}

fn count_goroutines() -> usize {
    let mut free = SCHED.gfree_n.load(Relaxed) as i64;
    for i in 0..SCHED.nprocs() {
        // SAFETY: Ps are never freed; a count that changes is merely old.
        free += unsafe { (&raw const (*SCHED.p(i)).gfree.n).read_volatile() } as i64;
    }
    let n = SCHED.allglen.load(Relaxed) as i64 - free - SCHED.ngsys.load(Relaxed) as i64;
    // There is always one: who asks.
    n.max(1) as usize
}

/// Every G that ever was put to use, dead ones included. The world is stopped, or the caller tolerates Gs that change.
pub fn for_each_g(f: &mut dyn FnMut(*mut G)) {
    SCHED.allg_lock.lock();
    // SAFETY: the lock is held.
    let chunks = unsafe { SCHED.allg().clone() };
    SCHED.allg_lock.unlock();
    for (first, n) in chunks {
        for i in 0..n {
            let gp = (first as *mut G).wrapping_add(i);
            if readgstatus(gp) != GIDLE {
                f(gp);
            }
        }
    }
}

// ---- goroutines: life and death ----

/// Every departure of a goroutine arrives here, on g0, at the top of its stack.
pub(crate) unsafe extern "C" fn left(gp: *mut G) -> ! {
    // SAFETY: the goroutine is still ours: its state is unchanged.
    unsafe {
        let mp = (*gp).m;
        debug_assert_eq!(mp, getm());
        if (*mp).release_stack {
            // Now, while the goroutine is still ours: after the state has changed and the commit has run, another
            // thread may be executing it on a new stack.
            let pp = (*mp).p.load(Relaxed);
            if let Some(stack) = (*gp).stack.take() {
                (*pp).stackcache.put(stack);
            }
            (*gp).sched.sp = 0;
        }
        match (*mp).leave {
            Leave::Park => park_m(mp, gp),
            Leave::Yield | Leave::Preempted => goschedimpl(mp, gp),
            Leave::YieldLocal => goyield_m(mp, gp),
            Leave::Exit => goexit0(mp, gp),
            Leave::SyscallExit => exitsyscall0(mp, gp),
        }
    }
}

/// The M and its goroutine part. (Go: `dropg`)
#[inline]
unsafe fn dropg(mp: *mut M, gp: *mut G) {
    // SAFETY: both are ours.
    unsafe {
        (*mp).curg.store(null_mut(), Relaxed);
        (*gp).m = null_mut();
    }
}

/// Go: `park_m`.
#[inline]
unsafe fn park_m(mp: *mut M, gp: *mut G) -> ! {
    // SAFETY: ours until the commit has run.
    unsafe {
        emit_g(What::Park, (*mp).p.load(Relaxed), gp, 0);
        dropg(mp, gp);
        if crate::session::keeps_times() {
            (*gp).waitsince = nondet::nanotime();
        }
        casgstatus(gp, GRUNNING, GWAITING);
        if let Some(commit) = (*mp).waitunlockf.take()
            && !commit(gp, (*mp).waitlock)
        {
            casgstatus(gp, GWAITING, GRUNNABLE);
            execute(mp, gp, true)
        }
        schedule(mp)
    }
}

/// Go: `goschedImpl`.
unsafe fn goschedimpl(mp: *mut M, gp: *mut G) -> ! {
    // SAFETY: ours until it is queued.
    unsafe {
        let asked = (*mp).leave == Leave::Preempted;
        emit_g(What::Yield, (*mp).p.load(Relaxed), gp, asked as u64);
        casgstatus(gp, GRUNNING, GRUNNABLE);
        dropg(mp, gp);
        let pp = (*mp).p.load(Relaxed);
        if burst::stays(pp) {
            runqput(pp, gp, false);
            schedule(mp)
        }
        SCHED.lock.lock();
        SCHED.globrunqput(gp);
        SCHED.lock.unlock();
        if SCHED.idle.0.npidle.load(Relaxed) != 0 {
            fence(SeqCst);
            wakep();
        }
        schedule(mp)
    }
}

/// Go: `goyield_m`.
unsafe fn goyield_m(mp: *mut M, gp: *mut G) -> ! {
    // SAFETY: ours until it is queued.
    unsafe {
        emit_g(What::Yield, (*mp).p.load(Relaxed), gp, 0);
        casgstatus(gp, GRUNNING, GRUNNABLE);
        dropg(mp, gp);
        runqput((*mp).p.load(Relaxed), gp, false);
        schedule(mp)
    }
}

/// Go: `goexit0`, `gdestroy`.
#[inline]
unsafe fn goexit0(mp: *mut M, gp: *mut G) -> ! {
    // SAFETY: a dying goroutine is ours.
    unsafe {
        let pp = (*mp).p.load(Relaxed);
        emit_g(What::End, pp, gp, 0);
        (hooks().gdead)(gp);
        dropg(mp, gp);
        casgstatus(gp, GRUNNING, GDEAD);
        debug_assert!((*gp).param.is_null() && (*gp).waiting.is_null());
        (*gp).cancelled.store(false, Relaxed);
        let system = std::mem::take(&mut (*gp).system);
        if system {
            SCHED.ngsys_ending.fetch_add(1, SeqCst);
            SCHED.ngsys.fetch_sub(1, SeqCst);
        }
        let locked = !(*gp).lockedm.is_null();
        if locked {
            (*gp).lockedm = null_mut();
            (*gp).locked_ext = 0;
            (*mp).lockedg = null_mut();
        }
        gfput(pp, gp);
        if system {
            SCHED.ngsys_ended.fetch_add(1, SeqCst);
        }
        if locked {
            // It may have changed the thread's state: the thread ends with it.
            mexit(mp);
        }
        schedule(mp)
    }
}

/// Go: `exitsyscall0`: back from a blocking call, and no P is free.
unsafe fn exitsyscall0(mp: *mut M, gp: *mut G) -> ! {
    // SAFETY: ours until it is queued.
    unsafe {
        emit_g(What::SyscallExit, null_mut(), gp, 0);
        casgstatus(gp, GSYSCALL, GRUNNABLE);
        // As `dropg`. The collector may be looking: `heap::goworld` reads the status, then `m`.
        (*mp).curg.store(null_mut(), Relaxed);
        AtomicPtr::from_ptr(&raw mut (*gp).m).store(null_mut(), Release);
        let locked = !(*gp).lockedm.is_null();
        SCHED.lock.lock();
        let pp = SCHED.pidleget();
        if pp.is_null() {
            SCHED.globrunqput(gp);
        }
        SCHED.lock.unlock();
        if !pp.is_null() {
            acquirep(mp, pp);
            execute(mp, gp, false)
        }
        if locked {
            // Only this M may run it: somebody who finds it in the queue passes us a P.
            stoplockedm(mp);
            execute(mp, gp, false)
        }
        stopm(mp);
        schedule(mp)
    }
}

/// Runs `gp` on this M. `inherit`: it goes on with the time slice of the goroutine before it. (Go: `execute`)
#[inline]
unsafe fn execute(mp: *mut M, gp: *mut G, inherit: bool) -> ! {
    // SAFETY: the goroutine was taken off its queue, and is ours.
    unsafe {
        let pp = (*mp).p.load(Relaxed);
        casgstatus(gp, GRUNNABLE, GRUNNING);
        (*mp).curg.store(gp, Relaxed);
        (*gp).m = mp;
        (*gp).waitsince = 0;
        (*gp).stackguard0.store((*gp).stackguard_real, Relaxed);
        emit_g(What::Start, pp, gp, inherit as u64);
        bump(&(*pp).exectick);
        if !inherit {
            bump(&(*pp).schedtick);
        }
        if nondet::shaken() {
            shaken_slice(pp, gp);
        }
        if (*gp).sched.sp == 0 {
            let stack = (*pp).stackcache.get();
            (*gp).stack = Some(stack);
            switch::gostartcallfn(&raw mut (*gp).sched, stack);
        }
        switch::gogo(&raw const (*gp).sched)
    }
}

/// `gp` begins a time slice, with a seed or under `schedstress`.
#[cold]
#[inline(never)]
unsafe fn shaken_slice(pp: *mut P, gp: *mut G) {
    // SAFETY: both are ours.
    unsafe {
        if nondet::seeded() {
            nondet::begin_slice();
            // Every safepoint is to count.
            (*gp).stackguard0.store(STACK_PREEMPT, Relaxed);
        } else if nondet::choose_on(&mut (*pp).rng, Choice::Preempt, 4) == 0 {
            (*gp).stackguard0.store(STACK_PREEMPT, Relaxed);
        }
    }
}

/// One round of the scheduler: finds a goroutine and runs it. (Go: `schedule`)
#[inline]
pub(crate) unsafe fn schedule(mp: *mut M) -> ! {
    // SAFETY: on g0 of `mp`, which holds a P.
    unsafe {
        lockrank::assert_none();
        if !(*mp).lockedg.is_null() {
            stoplockedm(mp);
            execute(mp, (*mp).lockedg, false)
        }
        loop {
            (*(*mp).p.load(Relaxed)).preempt.store(false, Relaxed);
            let (gp, inherit) = findrunnable(mp);
            if (*mp).spinning {
                resetspinning(mp);
            }
            if !(*gp).lockedm.is_null() {
                startlockedm(mp, gp);
                continue;
            }
            execute(mp, gp, inherit)
        }
    }
}

// ---- threads: birth and death ----

/// A new thread's main function. (Go: `mstart`)
unsafe fn mstart(mp: *mut M) {
    // SAFETY: the M is ours.
    unsafe {
        if let Some(f) = (*mp).mstartfn {
            f(mp);
            return;
        }
        setm(mp);
        switch::on_g0(&raw mut (*mp).g0sp, mstart1, mp.cast());
        // `mexit` left g0's stack. The M may be reused.
        setm(null_mut());
        SCHED.lock.lock();
        let l = SCHED.locked();
        l.nmfreed += 1;
        (*mp).schedlink = l.mfree;
        l.mfree = mp;
        checkdead();
        SCHED.lock.unlock();
    }
}

unsafe extern "C" fn mstart1(mp: *mut u8) -> ! {
    let mp: *mut M = mp.cast();
    // SAFETY: the M is ours, the P was passed to it.
    unsafe {
        let pp = (*mp).nextp.swap(null_mut(), Acquire);
        if !pp.is_null() {
            acquirep(mp, pp);
        }
        schedule(mp)
    }
}

/// Ends this thread. (Go: `mexit`)
unsafe fn mexit(mp: *mut M) -> ! {
    // SAFETY: the M is ours.
    unsafe {
        let pp = releasep(mp);
        handoffp(pp);
        if (*mp).id == 0 {
            // The main thread's end would be the process's: it sleeps for ever.
            SCHED.lock.lock();
            SCHED.locked().nmfreed += 1;
            checkdead();
            SCHED.lock.unlock();
            (*mp).park.sleep();
            throw("the main thread was woken after its goroutine's end");
        }
        switch::leave_g0((*mp).g0sp)
    }
}

/// Makes the calling thread M0, starts sysmon, and runs `entry(gp, arg)` as goroutine 1. Ends with [`exit`].
/// (Go: `rt0_go`, `mstart`)
///
/// # Safety
/// After `schedinit`; once. The thread's native stack must be some 64 KiB deep or more.
pub unsafe fn run_main(entry: Entry, arg: *mut u8) -> ! {
    // SAFETY: the first M and the first P.
    unsafe {
        let mp = allocm();
        setm(mp);
        SCHED.lock.lock();
        let pp = SCHED.pidleget();
        SCHED.lock.unlock();
        acquirep(mp, pp);
        start_sysmon_once();
        crate::signal::init();
        // A goroutine that stands for the thread, to be the parent of the first.
        let (boot, _) = alloc_gs();
        (*boot).m = mp;
        // As if somebody looked for work already, so that nobody is woken for it: this thread runs it, and no other.
        SCHED.idle.0.nmspinning.fetch_add(1, SeqCst);
        newproc(boot, entry, arg, 0);
        SCHED.idle.0.nmspinning.fetch_sub(1, SeqCst);
        (*boot).m = null_mut();
        SCHED.started.store(true, Release);
        switch::on_g0(&raw mut (*mp).g0sp, mstart1, mp.cast());
    }
    throw("the main thread has left the scheduler")
}

fn start_sysmon_once() {
    static ONCE: Once = Once::new();
    ONCE.call_once(crate::sysmon::start_sysmon);
}

/// What [`block_on`] shares with its goroutine.
struct Visit<F, T> {
    f: Option<F>,
    result: Option<std::thread::Result<T>>,
    done: Note,
}

/// Runs a closure as a goroutine of its own and waits for it, on a thread that is no M. Panics pass through.
/// After a `schedinit` with `embedded`.
pub fn block_on<T: Send, F: FnOnce(*mut G) -> T + Send>(f: F) -> T {
    assert!(getm().is_null(), "block_on on a thread of the scheduler");
    start_sysmon_once();
    SCHED.started.store(true, Release);
    let mut visit = Visit { f: Some(f), result: None, done: Note::new() };
    // SAFETY: `visit` outlives the goroutine's use of it: the note is its last.
    unsafe { newproc(null_mut(), visit_entry::<F, T>, (&raw mut visit).cast(), 0) };
    visit.done.sleep();
    match visit.result.take() {
        Some(Ok(v)) => v,
        Some(Err(panic)) => std::panic::resume_unwind(panic),
        None => throw("block_on: woken without a result"),
    }
}

unsafe extern "C" fn visit_entry<F: FnOnce(*mut G) -> T, T>(gp: *mut G, arg: *mut u8) -> ! {
    run_visit::<F, T>(gp, arg);
    // SAFETY: the running goroutine; nothing with a destructor is left on its stack.
    unsafe { crate::park::goexit(gp) }
}

fn run_visit<F: FnOnce(*mut G) -> T, T>(gp: *mut G, arg: *mut u8) {
    // SAFETY: `arg` is the `Visit` of `block_on`, which waits for the note.
    unsafe {
        let visit: *mut Visit<F, T> = arg.cast();
        let f = (*visit).f.take().expect("started once");
        (*visit).result = Some(std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| f(gp))));
        (*visit).done.wakeup();
    }
}

/// Ends the process; in a host that outlives its program, the goroutine.
pub fn exit(code: i32) -> ! {
    let gp = getg();
    if let Some(host) = crate::session::hosted()
        && crate::session::on_own_stack(gp)
    {
        // SAFETY: on the goroutine's own stack, where natives hold nothing when they call this.
        unsafe { (host.exit)(gp, code) }
    }
    crate::debug::mark_main("exit");
    (hooks().before_exit)();
    crate::fatal::last_words(code);
    std::process::exit(code)
}

/// Runs `f(arg)` on this thread's g0 stack and returns; on g0 already, simply calls it. `f` must not park. While it
/// runs, `gp.sched.sp` bounds what the goroutine's native stack holds. (Go: `systemstack`)
///
/// # Safety
/// `gp` is the running goroutine; `f` and `arg` fit.
pub unsafe fn systemstack(gp: *mut G, f: unsafe extern "C" fn(*mut u8), arg: *mut u8) {
    let here = 0u8;
    // SAFETY: as the caller promises.
    unsafe {
        if (*gp).stack.is_some_and(|s| s.contains(&raw const here as usize)) {
            switch::systemstack_call(&raw mut (*gp).sched, (*(*gp).m).g0sp, f, arg);
        } else {
            f(arg);
        }
    }
}

/// Two minutes without a collection: starts one in a goroutine of its own. (Go: `forcegchelper`)
pub(crate) fn force_gc() {
    unsafe extern "C" fn collect(gp: *mut G, _arg: *mut u8) -> ! {
        // SAFETY: the running goroutine.
        unsafe {
            (*gp).system = true;
            SCHED.ngsys.fetch_add(1, Relaxed);
            heap::gc_full(gp);
            crate::park::goexit(gp)
        }
    }
    // SAFETY: no argument.
    unsafe { newproc(null_mut(), collect, null_mut(), 0) };
}

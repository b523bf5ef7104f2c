//! Threads: making them, putting them to sleep, waking them with a P. (Go: `newm`, `startm`, `stopm`, `handoffp`, `wakep`)
//!
//! `schedinit` says what a new thread does first; nothing here knows scheduling.
//! The argument about who wakes whom stands in `findrunnable.rs`.
//! Locks: `sched.lock`.

use crate::checkdead::checkdead;
use crate::fatal::throw;
use crate::g::*;
use crate::m::*;
use crate::nondet::real_nanotime;
use crate::p::*;
use crate::sched::{MAX_MCOUNT, SCHED};
use crate::sync::*;
use crate::trace::{What, emit, emit_ready};
use std::ptr::null_mut;
use std::sync::OnceLock;

/// What a thread of the scheduler does, and where departing goroutines go.
pub(crate) struct ThreadStart {
    pub main: unsafe fn(*mut M),
    pub g0entry: unsafe extern "C" fn(*mut G) -> !,
}

static THREAD_START: OnceLock<ThreadStart> = OnceLock::new();

/// g0's stack. The collector and timers run on it; committed as it is touched.
const THREAD_STACK: usize = 1 << 20;

pub(crate) fn set_thread_start(start: ThreadStart) {
    let _ = THREAD_START.set(start);
}

fn thread_start() -> &'static ThreadStart {
    THREAD_START.get().unwrap_or_else(|| throw("a thread is needed before schedinit"))
}

/// An M that is counted and linked into `allm`, without a thread yet. (Go: `allocm`, `mcommoninit`)
pub(crate) fn allocm() -> *mut M {
    // SAFETY: `sched.lock` protects the lists; a fresh or freed M is ours.
    unsafe {
        SCHED.lock.lock();
        let l = SCHED.locked();
        l.mnext += 1;
        let id = l.mnext - 1;
        if SCHED.mcount() > MAX_MCOUNT {
            SCHED.lock.unlock();
            throw(&format!("program exceeds {MAX_MCOUNT}-thread limit"));
        }
        let reused = l.mfree;
        if !reused.is_null() {
            l.mfree = (*reused).schedlink;
        }
        SCHED.lock.unlock();
        if !reused.is_null() {
            (*reused).id = id;
            return reused;
        }
        let mp = malloc_m(thread_start().g0entry);
        (*mp).id = id;
        let mut head = SCHED.allm.load(Relaxed);
        loop {
            (*mp).alllink = head;
            // Release: whoever walks `allm` sees the M initialised.
            match SCHED.allm.compare_exchange(head, mp, Release, Relaxed) {
                Ok(_) => return mp,
                Err(now) => head = now,
            }
        }
    }
}

/// Starts a thread that takes `pp` (may be null) and runs `thread_start`. (Go: `newm`)
pub(crate) unsafe fn newm(pp: *mut P, spinning: bool, mstartfn: Option<fn(*mut M)>) {
    let mp = allocm();
    // SAFETY: nobody else knows the M's fields yet.
    unsafe {
        (*mp).nextp.store(pp, Release);
        (*mp).spinning = spinning;
        (*mp).mstartfn = mstartfn;
        let addr = mp as usize;
        let name = if mstartfn.is_some() { "sysmon".to_string() } else { format!("m{}", (*mp).id) };
        let spawned = std::thread::Builder::new().name(name).stack_size(THREAD_STACK).spawn(move || {
            // SAFETY: the M is this thread's from here on.
            (thread_start().main)(addr as *mut M);
        });
        if let Err(e) = spawned {
            throw(&format!("failed to create new OS thread (have {} already): {e}", (*mp).id));
        }
    }
}

// ---- Ps and Ms together ----

/// Go: `acquirep`. `pp` is idle and off every list.
pub(crate) unsafe fn acquirep(mp: *mut M, pp: *mut P) {
    // SAFETY: both are ours.
    unsafe {
        debug_assert!((*mp).p.load(Relaxed).is_null() && (*pp).m.load(Relaxed).is_null());
        (*mp).p.store(pp, Relaxed);
        (*pp).m.store(mp, Relaxed);
        (*pp).status.store(PRUNNING, Release);
        emit(What::ProcStart, pp, (*mp).id as u64);
    }
}

/// Go: `releasep`.
pub(crate) unsafe fn releasep(mp: *mut M) -> *mut P {
    // SAFETY: both are ours.
    unsafe {
        let pp = (*mp).p.load(Relaxed);
        emit(What::ProcStop, pp, (*mp).id as u64);
        debug_assert!((*pp).m.load(Relaxed) == mp && (*pp).status.load(Relaxed) == PRUNNING);
        (*mp).p.store(null_mut(), Relaxed);
        (*pp).m.store(null_mut(), Relaxed);
        (*pp).status.store(PIDLE, Release);
        pp
    }
}

/// Sleeps until somebody passes a P. (Go: `stopm`)
pub(crate) unsafe fn stopm(mp: *mut M) {
    // SAFETY: the M is ours; `nextp` was written before the wake-up.
    unsafe {
        debug_assert!((*mp).p.load(Relaxed).is_null() && !(*mp).spinning);
        SCHED.lock.lock();
        SCHED.mput(mp);
        checkdead();
        SCHED.lock.unlock();
        sleep_until_nextp(mp);
    }
}

unsafe fn sleep_until_nextp(mp: *mut M) {
    // SAFETY: as `stopm`.
    unsafe {
        (*mp).park.sleep();
        (*mp).park.clear();
        let pp = (*mp).nextp.swap(null_mut(), Acquire);
        acquirep(mp, pp);
    }
}

/// Runs some M with `pp`, or with an idle P if it is null (none: nothing happens). With `spinning` the caller has
/// counted it in `nmspinning`. (Go: `startm`)
pub(crate) unsafe fn startm(mut pp: *mut P, spinning: bool) {
    // SAFETY: lists under the lock; a P or M taken off its list is ours.
    unsafe {
        SCHED.lock.lock();
        if pp.is_null() {
            debug_assert!(!spinning, "a spinning M brings its P");
            pp = SCHED.pidleget();
            if pp.is_null() {
                SCHED.lock.unlock();
                return;
            }
        }
        let mp = SCHED.mget();
        SCHED.lock.unlock();
        if mp.is_null() {
            newm(pp, spinning, None);
            return;
        }
        debug_assert!(!(*mp).spinning && (*mp).nextp.load(Relaxed).is_null());
        (*mp).spinning = spinning;
        (*mp).nextp.store(pp, Release);
        (*mp).park.wakeup();
    }
}

/// Tries to have one more M look for work: if an idle P is there and nobody looks already. Callable from any thread.
/// (Go: `wakep`)
pub(crate) fn wakep() {
    let idle = &SCHED.idle.0;
    if idle.nmspinning.load(SeqCst) != 0 {
        return;
    }
    if idle.npidle.load(SeqCst) == 0 {
        // All are busy: whoever goes idle next looks around once more.
        if idle.needspinning.load(Relaxed) == 0 {
            idle.needspinning.store(1, SeqCst);
        }
        return;
    }
    if idle.nmspinning.compare_exchange(0, 1, AcqRel, Relaxed).is_err() {
        return;
    }
    // SAFETY: the list is under the lock.
    unsafe {
        SCHED.lock.lock();
        let pp = SCHED.pidleget_spinning();
        SCHED.lock.unlock();
        if pp.is_null() {
            idle.nmspinning.fetch_sub(1, SeqCst);
            return;
        }
        startm(pp, true);
    }
}

/// After a G was put on `pp`'s queue by the M that holds `pp`. See "A lone runnext" in `findrunnable.rs`.
#[inline]
pub(crate) unsafe fn wake_for_ready(pp: *mut P) {
    let idle = &SCHED.idle.0;
    if idle.npidle.load(Relaxed) == 0 || idle.nmspinning.load(Relaxed) != 0 {
        return;
    }
    // SAFETY: the P is ours.
    unsafe {
        if (*pp).runq.ring_is_empty() {
            let credit = (*pp).wake_credit.load(Relaxed);
            if credit > 1 {
                (*pp).wake_credit.store(credit - 1, Relaxed);
            } else {
                lone_ready(pp);
            }
            return;
        }
    }
    wake_slow();
}

/// Who runs on for longer than this after a ready makes waking worth while.
const LONE_NS: i64 = 5_000;
/// Lone readies that pass without a wake-up, at most.
const CREDIT_MAX: u32 = 1024;

/// A lone ready that is to be timed. See "A lone runnext" in `findrunnable.rs`.
#[cold]
#[inline(never)]
unsafe fn lone_ready(pp: *mut P) {
    // SAFETY: the P is ours.
    unsafe {
        if (*pp).lone_since != 0 {
            // The goroutine has not parked since the last one: another thread took that, and serves us so fast that
            // both could as well share this one.
            judge_lone(pp);
        }
        match (*pp).wake_credit.load(Relaxed) {
            0 => wake_slow(),
            1 => {}
            _ => return,
        }
        // Not before the wake-up: its own cost would speak for it.
        (*pp).lone_since = real_nanotime();
    }
}

/// Was it worth while to wake somebody, the last time?
#[cold]
#[inline(never)]
pub(crate) unsafe fn judge_lone(pp: *mut P) {
    // SAFETY: the P is ours.
    unsafe {
        let ran_on = real_nanotime() - std::mem::replace(&mut (*pp).lone_since, 0);
        if ran_on > LONE_NS {
            (*pp).lone_passes = 8;
            (*pp).wake_credit.store(0, Relaxed);
        } else {
            (*pp).lone_passes = (2 * (*pp).lone_passes).clamp(16, CREDIT_MAX);
            (*pp).wake_credit.store((*pp).lone_passes, Relaxed);
        }
    }
}

#[cold]
#[inline(never)]
fn wake_slow() {
    // The work was published before; pairs with the fence in `findrunnable` behind the decrement of `nmspinning`.
    fence(SeqCst);
    wakep();
}

/// `pp`'s M blocks in the kernel or ends: gives `pp` to another M if there is anything to do, else to the idle list.
/// (Go: `handoffp`)
pub(crate) unsafe fn handoffp(pp: *mut P) {
    // SAFETY: `pp` is ours and idle.
    unsafe {
        if !(*pp).runq.is_empty() || SCHED.runqsize.0.load(Relaxed) != 0 {
            startm(pp, false);
            return;
        }
        // No local work: is anybody looking already?
        let idle = &SCHED.idle.0;
        if idle.nmspinning.load(SeqCst) + idle.npidle.load(SeqCst) == 0
            && idle.nmspinning.compare_exchange(0, 1, AcqRel, Relaxed).is_ok()
        {
            idle.needspinning.store(0, Relaxed);
            startm(pp, true);
            return;
        }
        SCHED.lock.lock();
        if SCHED.gcwaiting.load(Relaxed) {
            (*pp).status.store(PGCSTOP, Release);
            stopped_one();
            SCHED.lock.unlock();
            return;
        }
        if SCHED.runqsize.0.load(Relaxed) != 0 {
            SCHED.lock.unlock();
            startm(pp, false);
            return;
        }
        // The last running P, and nobody waits for the next timer or descriptor: somebody must.
        if idle.npidle.load(Relaxed) as usize == SCHED.nprocs() - 1 && SCHED.lastpoll.load(SeqCst) != 0 {
            SCHED.lock.unlock();
            startm(pp, false);
            return;
        }
        let when = (*pp).timers.wake_time();
        SCHED.pidleput(pp);
        SCHED.lock.unlock();
        if when != 0 {
            crate::netpoll::wake_net_poller(when);
        }
    }
}

/// One P less to stop. `sched.lock` is held.
pub(crate) unsafe fn stopped_one() {
    // SAFETY: the lock is held.
    unsafe {
        let l = SCHED.locked();
        l.stopwait -= 1;
        if l.stopwait == 0 {
            SCHED.stopnote.wakeup();
        }
    }
}

/// The world stops: gives the P up and sleeps until it starts. (Go: `gcstopm`)
pub(crate) unsafe fn gcstopm(mp: *mut M) {
    // SAFETY: the M is ours.
    unsafe {
        if (*mp).spinning {
            (*mp).spinning = false;
            // No wake-up can be lost: whoever starts the world wakes enough.
            SCHED.idle.0.nmspinning.fetch_sub(1, SeqCst);
        }
        let pp = releasep(mp);
        SCHED.lock.lock();
        (*pp).status.store(PGCSTOP, Release);
        stopped_one();
        SCHED.lock.unlock();
        stopm(mp);
    }
}

/// Makes the Gs of a list runnable, on any thread, with or without a P; they were waiting. (Go: `injectglist`)
pub(crate) unsafe fn injectglist(mut list: GList) {
    if list.is_empty() {
        return;
    }
    let mut q = GQueue::new();
    // SAFETY: the list is ours.
    unsafe {
        loop {
            let gp = list.pop();
            if gp.is_null() {
                break;
            }
            emit_ready(null_mut(), gp);
            casgstatus(gp, GWAITING, GRUNNABLE);
            q.push_back(gp);
        }
        let n = q.n;
        SCHED.lock.lock();
        SCHED.globrunqputbatch(q);
        SCHED.lock.unlock();
        for _ in 0..n.min(SCHED.nprocs()) {
            if SCHED.idle.0.npidle.load(SeqCst) == 0 {
                break;
            }
            startm(null_mut(), false);
        }
    }
}

// ---- goroutines wired to a thread ----

/// Go: `runtime.LockOSThread`.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn lock_os_thread(gp: *mut G) {
    // SAFETY: the goroutine and its M are ours.
    unsafe {
        (*gp).locked_ext += 1;
        (*gp).lockedm = (*gp).m;
        (*(*gp).m).lockedg = gp;
    }
}

/// Go: `runtime.UnlockOSThread`.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn unlock_os_thread(gp: *mut G) {
    // SAFETY: the goroutine and its M are ours.
    unsafe {
        if (*gp).locked_ext & !LOCKED_INT == 0 {
            return;
        }
        (*gp).locked_ext -= 1;
        if (*gp).locked_ext == 0 {
            (*gp).lockedm = null_mut();
            (*(*gp).m).lockedg = null_mut();
        }
    }
}

/// In `locked_ext`: wired by the runtime itself.
const LOCKED_INT: u32 = 1 << 31;

/// Goroutine 1 begins to initialise packages: on the main thread, and nowhere else. (Go: `lockOSThread` in `runtime.main`)
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn lock_main(gp: *mut G) {
    // SAFETY: the goroutine and its M are ours.
    unsafe {
        lock_os_thread(gp);
        (*gp).locked_ext = LOCKED_INT;
    }
}

/// It has done so. An init function that has locked it keeps it there.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn unlock_main(gp: *mut G) {
    // SAFETY: the goroutine and its M are ours.
    unsafe {
        (*gp).locked_ext &= !LOCKED_INT;
        if (*gp).locked_ext == 0 {
            (*gp).lockedm = null_mut();
            (*(*gp).m).lockedg = null_mut();
        }
    }
}

/// Threads that wait for their goroutine. Sysmon, which is no thread of the count, takes one off while it has work in its
/// hands, so that `checkdead` does not miss it. (Go: `incidlelocked`)
pub(crate) unsafe fn incidlelocked(n: i64) {
    // SAFETY: under the lock.
    unsafe {
        SCHED.lock.lock();
        SCHED.locked().nmidlelocked += n;
        if n > 0 {
            checkdead();
        }
        SCHED.lock.unlock();
    }
}

/// This M's goroutine cannot run now, and no other may run here: sleeps until it can. (Go: `stoplockedm`)
pub(crate) unsafe fn stoplockedm(mp: *mut M) {
    // SAFETY: the M is ours.
    unsafe {
        if !(*mp).p.load(Relaxed).is_null() {
            let pp = releasep(mp);
            handoffp(pp);
        }
        incidlelocked(1);
        sleep_until_nextp(mp);
    }
}

/// `gp` is wired to another M: passes it our P, and sleeps. (Go: `startlockedm`)
pub(crate) unsafe fn startlockedm(mp: *mut M, gp: *mut G) {
    // SAFETY: the M is ours; `gp` is runnable and ours, so its M sleeps in `stoplockedm` or is about to.
    unsafe {
        let locked = (*gp).lockedm;
        incidlelocked(-1);
        let pp = releasep(mp);
        // On the idle list before the other wakes: when it gives the P up again it finds us, and needs no new thread (and
        // a seeded run has the same Ms each time). No reason for `checkdead`: somebody runs.
        SCHED.lock.lock();
        SCHED.mput(mp);
        (*locked).nextp.store(pp, Release);
        (*locked).park.wakeup();
        SCHED.lock.unlock();
        sleep_until_nextp(mp);
    }
}

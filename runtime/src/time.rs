//! Timers: a 4-ary heap per P, sleeping, and the timers behind channels. (Go: runtime/time.go)
//!
//! A timer has a home, one P's [`Timers`], whose lock protects all its fields, whether it is in the heap or not. It
//! knows its place in the heap, so that stopping takes it out at once: no lazily deleted entries. A home changes only
//! while the timer is in no heap (a sleeper moves to the P it runs on), or when a P goes away with the world stopped.
//!
//! Channel timers follow Go 1.23:
//!  - They are in the heap only while a goroutine is blocked on the channel (`blocked > 0`); otherwise they are run
//!    when somebody looks at the channel. So a timer that nobody waits for is ordinary garbage.
//!  - They send with their home's lock held, and stopping or resetting empties the channel under the same lock: no
//!    stale value is ever received after either.
//!
//! Timers in a heap are roots of the collector ([`each_timer`]).
//! Locks: a home's lock comes before channel locks and `sched.lock`. A receiver therefore calls
//! `timer_block`, `timer_unblock` and `timer_maybe_run` without holding its channel.
//! Knows nothing of: `time.Time`; a timer calls a function.

use crate::chan::Hchan;
use crate::g::*;
use crate::heap::{self, GcType};
use crate::lock::Mutex;
use crate::lockrank::LockRank;
use crate::m::getp;
use crate::nondet::nanotime;
use crate::p::P;
use crate::sched::SCHED;
use crate::sync::*;
use crate::trace;
use std::cell::UnsafeCell;
use std::ptr::null_mut;

/// Runs when a timer fires, on g0 with a P and without a goroutine: must not park. A channel timer's function may do
/// nothing but send on its channel without blocking. `seq` is what the timer was last set with, `delta` by how many
/// nanoseconds it fires too late.
pub type TimerFn = unsafe fn(arg: *mut u8, seq: usize, delta: i64);

/// Children of a heap node.
const HEAP_N: usize = 4;

/// A timer: what Go's `time.Timer` and `time.Ticker` hold a pointer to. In the collected heap, except a sleeper's.
#[repr(C)]
pub struct Timer {
    /// Its home. Read without a lock, then checked under it.
    ts: AtomicPtr<Timers>,
    /// When it fires; 0: not set.
    when: i64,
    /// Fires again every so many nanoseconds, if not 0.
    period: i64,
    f: Option<TimerFn>,
    arg: *mut u8,
    seq: usize,
    /// The channel it sends on, or null.
    c: *mut Hchan,
    /// Place in the heap plus 1; 0: in none.
    idx: u32,
    /// Goroutines blocked on the channel.
    blocked: u32,
}

const _: () = assert!(size_of::<Timer>() == 64);

/// `arg` and `c` are pointers into the heap.
static TIMER_MASK: u64 = (1 << (std::mem::offset_of!(Timer, arg) / 8)) | (1 << (std::mem::offset_of!(Timer, c) / 8));
// SAFETY: the mask is static and covers all 8 words.
static TIMER_TYPE: GcType = unsafe { GcType::new(size_of::<Timer>(), size_of::<Timer>(), &raw const TIMER_MASK) };

/// A P's timers.
pub struct Timers {
    lock: Mutex,
    heap: UnsafeCell<Vec<Entry>>,
    /// When the first fires; 0: none. Written under the lock.
    min_when: AtomicI64,
    /// How many. Written under the lock.
    count: AtomicUsize,
    /// The P is gone: timers find another home.
    dead: AtomicBool,
}

#[derive(Clone, Copy)]
struct Entry {
    when: i64,
    t: *mut Timer,
}

impl Timers {
    pub(crate) fn new() -> Self {
        Timers {
            lock: Mutex::new(LockRank::Timers),
            heap: UnsafeCell::new(Vec::new()),
            min_when: AtomicI64::new(0),
            count: AtomicUsize::new(0),
            dead: AtomicBool::new(false),
        }
    }

    /// When the first timer fires; 0: there is none.
    #[inline]
    pub(crate) fn wake_time(&self) -> i64 {
        self.min_when.load(Acquire)
    }

    /// How many there are; a hint.
    pub(crate) fn len(&self) -> usize {
        self.count.load(Relaxed)
    }

    // ---- the heap; `lock` is held ----

    /// # Safety
    /// The lock is held.
    #[allow(clippy::mut_from_ref)]
    unsafe fn heap(&self) -> &mut Vec<Entry> {
        debug_assert!(self.lock.is_locked());
        // SAFETY: exclusive by the lock.
        unsafe { &mut *self.heap.get() }
    }

    /// Puts `e` at `i`.
    unsafe fn place(heap: &mut [Entry], i: usize, e: Entry) {
        heap[i] = e;
        // SAFETY: timers in a heap are alive.
        unsafe { (*e.t).idx = i as u32 + 1 };
    }

    unsafe fn sift_up(heap: &mut [Entry], mut i: usize) {
        let e = heap[i];
        while i > 0 {
            let parent = (i - 1) / HEAP_N;
            if heap[parent].when <= e.when {
                break;
            }
            // SAFETY: as `place`.
            unsafe { Self::place(heap, i, heap[parent]) };
            i = parent;
        }
        // SAFETY: as `place`.
        unsafe { Self::place(heap, i, e) };
    }

    unsafe fn sift_down(heap: &mut [Entry], mut i: usize) {
        let e = heap[i];
        loop {
            let first = i * HEAP_N + 1;
            if first >= heap.len() {
                break;
            }
            let last = (first + HEAP_N).min(heap.len());
            let mut least = first;
            for c in first + 1..last {
                if heap[c].when < heap[least].when {
                    least = c;
                }
            }
            if heap[least].when >= e.when {
                break;
            }
            // SAFETY: as `place`.
            unsafe { Self::place(heap, i, heap[least]) };
            i = least;
        }
        // SAFETY: as `place`.
        unsafe { Self::place(heap, i, e) };
    }

    /// Publishes the earliest time; returns whether it moved forward (someone may sleep too long).
    unsafe fn update_min(&self) -> bool {
        // SAFETY: the lock is held by our caller.
        let heap = unsafe { self.heap() };
        self.count.store(heap.len(), Relaxed);
        let new = heap.first().map_or(0, |e| e.when);
        let old = self.min_when.load(Relaxed);
        if old != new {
            self.min_when.store(new, Release);
        }
        new != 0 && (old == 0 || new < old)
    }

    /// Adds `t`, which is set and in no heap. As `update_min`.
    unsafe fn insert(&self, t: *mut Timer) -> bool {
        // SAFETY: the lock is held by our caller, and `t` is at home here.
        unsafe {
            debug_assert!((*t).idx == 0 && (*t).when > 0);
            let heap = self.heap();
            heap.push(Entry { when: (*t).when, t });
            let i = heap.len() - 1;
            Self::sift_up(heap, i);
            self.update_min()
        }
    }

    unsafe fn remove(&self, t: *mut Timer) {
        // SAFETY: as `insert`; `t` is in this heap.
        unsafe {
            let heap = self.heap();
            let i = (*t).idx as usize - 1;
            debug_assert!(heap[i].t == t);
            (*t).idx = 0;
            let last = heap.pop().expect("the timer's own entry");
            if i < heap.len() {
                heap[i] = last;
                (*last.t).idx = i as u32 + 1;
                Self::sift_down(heap, i);
                let at = (*last.t).idx as usize - 1;
                Self::sift_up(heap, at);
            }
            self.update_min();
        }
    }

    /// `t.when` of a timer in the heap has changed.
    unsafe fn moved(&self, t: *mut Timer) -> bool {
        // SAFETY: as `remove`.
        unsafe {
            let heap = self.heap();
            let i = (*t).idx as usize - 1;
            heap[i].when = (*t).when;
            Self::sift_down(heap, i);
            let at = (*t).idx as usize - 1;
            Self::sift_up(heap, at);
            self.update_min()
        }
    }
}

/// Locks the home of `t`.
unsafe fn lock_home<'a>(t: *mut Timer) -> &'a Timers {
    loop {
        // SAFETY: `t` is alive by the caller's promise; homes are never freed.
        let ts = unsafe { &*(*t).ts.load(Acquire) };
        ts.lock.lock();
        // SAFETY: as above.
        let now = unsafe { (*t).ts.load(Relaxed) };
        if std::ptr::eq(now, ts) && !ts.dead.load(Relaxed) {
            return ts;
        }
        if std::ptr::eq(now, ts) {
            // The P is gone, and `t` is in no heap (`take_over` moved those): any living home will do.
            // SAFETY: P 0 is never gone.
            unsafe { (*t).ts.store(&raw mut (*SCHED.p(0)).timers, Release) };
        }
        ts.lock.unlock();
    }
}

/// Whether a set timer belongs in the heap.
unsafe fn needs_heap(t: *mut Timer) -> bool {
    // SAFETY: the home's lock is held by our caller.
    unsafe { (*t).when > 0 && ((*t).c.is_null() || (*t).blocked > 0) }
}

/// `time.Sleep(ns)`. Nothing to finish after the park.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn time_sleep(gp: *mut G, ns: i64) -> Wait {
    if ns <= 0 {
        return Wait::Ready;
    }
    // SAFETY: fields of the running goroutine are ours.
    unsafe {
        if (*gp).timer.is_null() {
            (*gp).timer = Box::into_raw(Box::new(Timer {
                ts: AtomicPtr::new(&raw mut (*getp(gp)).timers),
                when: 0,
                period: 0,
                f: Some(wake_sleeper),
                arg: gp.cast(),
                seq: 0,
                c: null_mut(),
                idx: 0,
                blocked: 0,
            }));
        }
        (*gp).sleep_when = nanotime().saturating_add(ns);
        Wait::Park(Park::new(gp, Some(sleep_commit), null_mut(), WaitReason::Sleep))
    }
}

/// The goroutine is parked, so that its timer may fire from now on. (Go: `resetForSleep`)
unsafe fn sleep_commit(gp: *mut G, _lock: *mut u8) -> bool {
    // SAFETY: on g0 with a P; nobody else knows a timer that is in no heap.
    unsafe {
        let t = (*gp).timer;
        let when = (*gp).sleep_when;
        let pp = (*crate::m::getm()).p.load(Relaxed);
        let ts = &(*pp).timers;
        (*t).ts.store(&raw mut (*pp).timers, Relaxed);
        ts.lock.lock();
        (*t).when = when;
        let first = ts.insert(t);
        ts.lock.unlock();
        // With an empty queue this M will wait for the timer itself, or find work elsewhere, and then wake the next.
        if first && (!(*pp).runq.is_empty() || SCHED.lastpoll.load(Relaxed) == 0) {
            crate::netpoll::wake_net_poller(when);
        }
    }
    true
}

unsafe fn wake_sleeper(arg: *mut u8, _seq: usize, _delta: i64) {
    // SAFETY: the sleeper's own timer, fired once per sleep.
    unsafe { crate::park::goready(arg.cast()) }
}

/// A new, unset timer. With a channel `c` it has Go 1.23's semantics; `c` must be buffered by 1, and is told of its
/// timer here.
///
/// # Safety
/// `gp` is the running goroutine; `arg` is null or heap memory, and kept alive by the timer.
pub unsafe fn new_timer(gp: *mut G, f: TimerFn, arg: *mut u8, c: *mut Hchan) -> *mut Timer {
    // SAFETY: the memory is new and ours.
    unsafe {
        let t: *mut Timer = heap::mallocgc(gp, size_of::<Timer>(), &TIMER_TYPE, true).cast();
        (*t).ts.store(&raw mut (*getp(gp)).timers, Relaxed);
        (*t).f = Some(f);
        (*t).arg = arg;
        (*t).c = c;
        if !c.is_null() {
            (*c).timer = t;
        }
        t
    }
}

/// A new, unset timer outside the collected heap, never freed: for a poll descriptor's deadlines.
pub(crate) fn new_static_timer(pp: *mut P, f: TimerFn, arg: *mut u8) -> *mut Timer {
    Box::into_raw(Box::new(Timer {
        // SAFETY: Ps are never freed.
        ts: AtomicPtr::new(unsafe { &raw mut (*pp).timers }),
        when: 0,
        period: 0,
        f: Some(f),
        arg,
        seq: 0,
        c: null_mut(),
        idx: 0,
        blocked: 0,
    }))
}

/// Sets the timer to fire at `when` (nanotime), then every `period` if that is not 0. `true` if it was pending.
///
/// # Safety
/// `t` comes from `new_timer`; the caller holds a P.
pub unsafe fn timer_reset(t: *mut Timer, when: i64, period: i64, seq: usize) -> bool {
    // SAFETY: fields are ours under the home's lock.
    unsafe {
        let ts = lock_home(t);
        let mut pending = (*t).when > 0;
        (*t).when = when.max(1);
        (*t).period = period;
        (*t).seq = seq;
        let first = if (*t).idx != 0 {
            ts.moved(t)
        } else if needs_heap(t) {
            ts.insert(t)
        } else {
            false
        };
        if !(*t).c.is_null() && crate::chan::drain((*t).c) {
            pending = true;
        }
        ts.lock.unlock();
        if first {
            crate::netpoll::wake_net_poller(when.max(1));
        }
        pending
    }
}

/// `true` if it was pending.
///
/// # Safety
/// As [`timer_reset`].
pub unsafe fn timer_stop(t: *mut Timer) -> bool {
    // SAFETY: fields are ours under the home's lock.
    unsafe {
        let ts = lock_home(t);
        let mut pending = (*t).when > 0;
        (*t).when = 0;
        if (*t).idx != 0 {
            ts.remove(t);
        }
        if !(*t).c.is_null() && crate::chan::drain((*t).c) {
            pending = true;
        }
        ts.lock.unlock();
        pending
    }
}

/// A goroutine is about to block on the timer's channel: from now on the timer must fire by itself.
/// (Go: `blockTimerChan`)
pub(crate) unsafe fn timer_block(t: *mut Timer) {
    // SAFETY: as above.
    unsafe {
        let ts = lock_home(t);
        (*t).blocked += 1;
        let when = (*t).when;
        let first = (*t).idx == 0 && needs_heap(t) && ts.insert(t);
        ts.lock.unlock();
        if first {
            crate::netpoll::wake_net_poller(when);
        }
    }
}

/// It does not wait any more. (Go: `unblockTimerChan`)
pub(crate) unsafe fn timer_unblock(t: *mut Timer) {
    // SAFETY: as above.
    unsafe {
        let ts = lock_home(t);
        (*t).blocked -= 1;
        if (*t).blocked == 0 && (*t).idx != 0 {
            ts.remove(t);
        }
        ts.lock.unlock();
    }
}

/// Somebody looks at the channel of a timer that nobody waits for: runs it if it is due. (Go: `maybeRunChan`)
pub(crate) unsafe fn timer_maybe_run(t: *mut Timer) {
    // SAFETY: as above.
    unsafe {
        let ts = lock_home(t);
        if (*t).idx == 0 && (*t).when > 0 {
            let now = nanotime();
            if (*t).when <= now {
                run_one(ts, t, now);
            }
        }
        ts.lock.unlock();
    }
}

/// Runs a due timer. The home's lock is held on entry and on return; a function that is not a channel's runs without.
unsafe fn run_one(ts: &Timers, t: *mut Timer, now: i64) {
    // SAFETY: under the home's lock.
    unsafe {
        let delta = now - (*t).when;
        if (*t).period > 0 {
            (*t).when += (*t).period * (1 + delta / (*t).period);
            if (*t).when < 0 {
                (*t).when = i64::MAX;
            }
            if (*t).idx != 0 {
                ts.moved(t);
            }
        } else {
            (*t).when = 0;
            if (*t).idx != 0 {
                ts.remove(t);
            }
        }
        let (f, arg, seq) = ((*t).f, (*t).arg, (*t).seq);
        let Some(f) = f else { return };
        if trace::on() {
            let mp = crate::m::getm();
            let pp = if mp.is_null() { null_mut() } else { (*mp).p.load(Relaxed) };
            trace::emit(trace::What::Timer, pp, delta as u64);
        }
        if (*t).c.is_null() {
            ts.lock.unlock();
            f(arg, seq, delta);
            ts.lock.lock();
        } else {
            f(arg, seq, delta);
        }
    }
}

/// Runs the due timers of `pp`, which may be another's. `now` is 0 or the time, and is set if it was read. Returns
/// when the next one fires (0: never) and whether any ran. (Go: `checkTimers`)
///
/// # Safety
/// On g0, with a P.
#[inline]
pub(crate) unsafe fn check_timers(pp: *mut P, now: &mut i64) -> (i64, bool) {
    // SAFETY: Ps are never freed.
    let ts = unsafe { &(*pp).timers };
    let next = ts.wake_time();
    if next == 0 {
        return (0, false);
    }
    if *now == 0 {
        *now = nanotime();
    }
    if *now < next {
        return (next, false);
    }
    // SAFETY: as ours.
    unsafe { run_timers(ts, *now) }
}

#[cold]
#[inline(never)]
unsafe fn run_timers(ts: &Timers, now: i64) -> (i64, bool) {
    let mut ran = false;
    ts.lock.lock();
    // SAFETY: the lock is held.
    while let Some(first) = unsafe { ts.heap() }.first().copied() {
        if first.when > now {
            break;
        }
        // SAFETY: the lock is held; a timer in the heap is alive.
        unsafe { run_one(ts, first.t, now) };
        ran = true;
    }
    let next = ts.wake_time();
    ts.lock.unlock();
    (next, ran)
}

/// When the first timer of all fires; 0: never. (Go: `timeSleepUntil`)
pub(crate) fn time_sleep_until() -> i64 {
    let mut next = 0;
    for i in 0..SCHED.nprocs() {
        // SAFETY: Ps are never freed.
        let w = unsafe { (*SCHED.p(i)).timers.wake_time() };
        if w != 0 && (next == 0 || w < next) {
            next = w;
        }
    }
    next
}

/// The P `from` goes away: its timers move to `to`. The world is stopped. (Go: `timers.take`)
pub(crate) unsafe fn take_over(from: *mut P, to: *mut P) {
    // SAFETY: the world is stopped; only sysmon might look at `min_when`.
    unsafe {
        let (src, dst) = (&(*from).timers, &(*to).timers);
        // `sched.lock` is held, against the order; but in a stopped world nobody holds these.
        if !src.lock.try_lock() || !dst.lock.try_lock() {
            crate::fatal::throw("timers are locked in a stopped world");
        }
        let entries = std::mem::take(src.heap());
        src.min_when.store(0, Release);
        src.count.store(0, Relaxed);
        src.dead.store(true, Relaxed);
        for e in &entries {
            (*e.t).idx = 0;
            (*e.t).ts.store(&raw mut (*to).timers, Release);
            dst.insert(e.t);
        }
        dst.lock.unlock();
        src.lock.unlock();
    }
}

/// The P is back.
pub(crate) unsafe fn revive(pp: *mut P) {
    // SAFETY: the world is stopped.
    unsafe { (*pp).timers.dead.store(false, Relaxed) }
}

/// Every timer that is in a heap: roots of the collector. The world is stopped.
pub fn each_timer(f: &mut dyn FnMut(*mut Timer)) {
    for i in 0..crate::sched::MAX_PROCS {
        let pp = SCHED.p(i);
        if pp.is_null() {
            break;
        }
        // SAFETY: Ps are never freed, the world is stopped.
        for e in unsafe { &*(*pp).timers.heap.get() } {
            f(e.t);
        }
    }
}

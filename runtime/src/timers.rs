//! Timers and the 4-ary heap of a P that they lie in: setting, stopping, firing, moving house. (Go: runtime/time.go)
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
//! The model checker runs this file as it is: what it needs of the rest of the runtime is [`Outside`].
//! Locks: a home's lock comes before channel locks and `sched.lock`.
//! Knows nothing of: channels, Ps, clocks, who sleeps.

use crate::lockrank::LockRank;
use crate::sync::*;

/// Runs when a timer fires, on g0 with a P and without a goroutine: must not park. A channel timer's function may do
/// nothing but send on its channel without blocking. `seq` is what the timer was last set with, `delta` by how many
/// nanoseconds it fires too late.
pub type TimerFn = unsafe fn(arg: *mut u8, seq: usize, delta: i64);

/// What timers need of others.
pub trait Outside {
    /// Empties a timer's channel. `true`: there was a value in it.
    ///
    /// # Safety
    /// `c` is the channel of a timer whose home is locked.
    unsafe fn drain(c: *mut u8) -> bool;

    /// A home that is never gone.
    fn heir() -> *mut Timers;

    /// The first timer of a heap is another, and earlier, at `when`: somebody may be about to sleep too long.
    fn earlier(when: i64);

    /// A timer fires, so late.
    fn fires(_delta: i64) {}
}

/// Children of a heap node.
const HEAP_N: usize = 4;

/// A timer: what Go's `time.Timer` and `time.Ticker` hold a pointer to.
#[repr(C)]
pub struct Timer {
    /// Its home. Read without a lock, then checked under it.
    ts: AtomicPtr<Timers>,
    /// Under the home's lock.
    fields: Guarded<Fields>,
}

#[repr(C)]
struct Fields {
    /// When it fires; 0: not set.
    when: i64,
    /// Fires again every so many nanoseconds, if not 0.
    period: i64,
    f: Option<TimerFn>,
    arg: *mut u8,
    seq: usize,
    /// The channel it sends on, or null.
    c: *mut u8,
    /// Place in the heap plus 1; 0: in none.
    idx: u32,
    /// Goroutines blocked on the channel.
    blocked: u32,
}

#[cfg(not(loom))]
const _: () = assert!(size_of::<Timer>() == 64);

impl Timer {
    /// Words that may point into the collected heap: `arg` and `c`.
    #[cfg(not(loom))]
    pub const POINTERS: u64 = {
        let fields = std::mem::offset_of!(Timer, fields);
        let (arg, c) = (
            std::mem::offset_of!(Fields, arg),
            std::mem::offset_of!(Fields, c),
        );
        1 << ((fields + arg) / 8) | 1 << ((fields + c) / 8)
    };

    /// A timer that is not set. With a channel `c` it has Go 1.23's semantics.
    pub fn new(home: *mut Timers, f: TimerFn, arg: *mut u8, c: *mut u8) -> Timer {
        let fields = Fields {
            when: 0,
            period: 0,
            f: Some(f),
            arg,
            seq: 0,
            c,
            idx: 0,
            blocked: 0,
        };
        Timer {
            ts: AtomicPtr::new(home),
            fields: Guarded::new(fields),
        }
    }

    /// # Safety
    /// The home's lock is held, or nobody else knows the timer.
    #[allow(clippy::mut_from_ref)]
    unsafe fn fields(&self) -> &mut Fields {
        // SAFETY: as the caller promises.
        unsafe { &mut *self.fields.get() }
    }
}

/// A P's timers.
pub struct Timers {
    lock: ShortMutex,
    heap: Guarded<Vec<Entry>>,
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

impl Default for Timers {
    fn default() -> Self {
        Timers::new()
    }
}

impl Timers {
    pub fn new() -> Self {
        Timers {
            lock: ShortMutex::new(LockRank::Timers),
            heap: Guarded::new(Vec::new()),
            min_when: AtomicI64::new(0),
            count: AtomicUsize::new(0),
            dead: AtomicBool::new(false),
        }
    }

    /// When the first timer fires; 0: there is none.
    #[inline]
    pub fn wake_time(&self) -> i64 {
        self.min_when.load(Acquire)
    }

    /// How many there are; a hint.
    #[cfg(not(loom))]
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
        unsafe { (*e.t).fields().idx = i as u32 + 1 };
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
            let when = (*t).fields().when;
            debug_assert!((*t).fields().idx == 0 && when > 0);
            let heap = self.heap();
            heap.push(Entry { when, t });
            let i = heap.len() - 1;
            Self::sift_up(heap, i);
            self.update_min()
        }
    }

    unsafe fn remove(&self, t: *mut Timer) {
        // SAFETY: as `insert`; `t` is in this heap.
        unsafe {
            let heap = self.heap();
            let i = (*t).fields().idx as usize - 1;
            debug_assert!(heap[i].t == t);
            (*t).fields().idx = 0;
            let last = heap.pop().expect("the timer's own entry");
            if i < heap.len() {
                heap[i] = last;
                (*last.t).fields().idx = i as u32 + 1;
                Self::sift_down(heap, i);
                let at = (*last.t).fields().idx as usize - 1;
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
            let i = (*t).fields().idx as usize - 1;
            heap[i].when = (*t).fields().when;
            Self::sift_down(heap, i);
            let at = (*t).fields().idx as usize - 1;
            Self::sift_up(heap, at);
            self.update_min()
        }
    }

    // ---- what a P does with them ----

    /// Runs those that are due. Returns when the next one fires (0: never) and whether any ran.
    ///
    /// # Safety
    /// On g0, with a P.
    #[cold]
    #[inline(never)]
    pub unsafe fn run_due<O: Outside>(&self, now: i64) -> (i64, bool) {
        let mut ran = false;
        self.lock.lock();
        // SAFETY: the lock is held.
        while let Some(first) = unsafe { self.heap() }.first().copied() {
            if first.when > now {
                break;
            }
            // SAFETY: the lock is held; a timer in the heap is alive.
            unsafe { run_one::<O>(self, first.t, now) };
            ran = true;
        }
        let next = self.wake_time();
        self.lock.unlock();
        (next, ran)
    }

    /// Sets a timer that is in no heap and that nobody else can reach, and makes this its home. `true`: it is the first.
    ///
    /// # Safety
    /// `t` lives until it has fired.
    pub unsafe fn adopt(&self, t: *mut Timer, when: i64) -> bool {
        // SAFETY: as the caller promises.
        unsafe {
            (*t).ts.store(std::ptr::from_ref(self).cast_mut(), Relaxed);
            self.lock.lock();
            (*t).fields().when = when;
            let first = self.insert(t);
            self.lock.unlock();
            first
        }
    }

    /// The home is given up: its timers move to `to`. (Go: `timers.take`)
    ///
    /// # Safety
    /// The world is stopped: nobody has either lock, nobody fires.
    pub unsafe fn move_to(&self, to: &Timers) {
        // `sched.lock` is held, against the order; but in a stopped world nobody holds these.
        if !self.lock.try_lock() || !to.lock.try_lock() {
            crate::fatal::throw("timers are locked in a stopped world");
        }
        // SAFETY: both locks are held.
        unsafe {
            let entries = std::mem::take(self.heap());
            self.min_when.store(0, Release);
            self.count.store(0, Relaxed);
            self.dead.store(true, Relaxed);
            for e in &entries {
                (*e.t).fields().idx = 0;
                (*e.t).ts.store(std::ptr::from_ref(to).cast_mut(), Release);
                to.insert(e.t);
            }
        }
        to.lock.unlock();
        self.lock.unlock();
    }

    /// The home is one again.
    pub fn revive(&self) {
        self.dead.store(false, Relaxed);
    }

    /// Every timer in the heap.
    ///
    /// # Safety
    /// The world is stopped.
    pub unsafe fn each(&self, f: &mut dyn FnMut(*mut Timer)) {
        // SAFETY: as the caller promises.
        for e in unsafe { &*self.heap.get() } {
            f(e.t);
        }
    }
}

/// Locks the home of `t`.
unsafe fn lock_home<'a, O: Outside>(t: *mut Timer) -> &'a Timers {
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
            // The P is gone, and `t` is in no heap (`move_to` moved those): any living home will do.
            // SAFETY: as above.
            unsafe { (*t).ts.store(O::heir(), Release) };
        }
        ts.lock.unlock();
    }
}

/// Whether a set timer belongs in the heap.
fn needs_heap(f: &Fields) -> bool {
    f.when > 0 && (f.c.is_null() || f.blocked > 0)
}

/// Sets the timer to fire at `when`, then every `period` if that is not 0. `true` if it was pending.
///
/// # Safety
/// The timer is alive; the caller holds a P.
pub unsafe fn reset<O: Outside>(t: *mut Timer, when: i64, period: i64, seq: usize) -> bool {
    // SAFETY: fields are ours under the home's lock.
    unsafe {
        let ts = lock_home::<O>(t);
        let f = (*t).fields();
        let mut pending = f.when > 0;
        f.when = when.max(1);
        f.period = period;
        f.seq = seq;
        let (in_heap, wanted, c) = (f.idx != 0, needs_heap(f), f.c);
        let first = if in_heap {
            ts.moved(t)
        } else if wanted {
            ts.insert(t)
        } else {
            false
        };
        if !c.is_null() && O::drain(c) {
            pending = true;
        }
        ts.lock.unlock();
        if first {
            O::earlier(when.max(1));
        }
        pending
    }
}

/// `true` if it was pending.
///
/// # Safety
/// As [`reset`].
pub unsafe fn stop<O: Outside>(t: *mut Timer) -> bool {
    // SAFETY: fields are ours under the home's lock.
    unsafe {
        let ts = lock_home::<O>(t);
        let f = (*t).fields();
        let mut pending = f.when > 0;
        f.when = 0;
        let (in_heap, c) = (f.idx != 0, f.c);
        if in_heap {
            ts.remove(t);
        }
        if !c.is_null() && O::drain(c) {
            pending = true;
        }
        ts.lock.unlock();
        pending
    }
}

/// A goroutine is about to block on the timer's channel: from now on the timer must fire by itself.
/// (Go: `blockTimerChan`)
///
/// # Safety
/// As [`reset`].
pub unsafe fn block<O: Outside>(t: *mut Timer) {
    // SAFETY: fields are ours under the home's lock.
    unsafe {
        let ts = lock_home::<O>(t);
        let f = (*t).fields();
        f.blocked += 1;
        let (when, wanted) = (f.when, f.idx == 0 && needs_heap(f));
        let first = wanted && ts.insert(t);
        ts.lock.unlock();
        if first {
            O::earlier(when);
        }
    }
}

/// It does not wait any more. (Go: `unblockTimerChan`)
///
/// # Safety
/// As [`reset`].
pub unsafe fn unblock<O: Outside>(t: *mut Timer) {
    // SAFETY: fields are ours under the home's lock.
    unsafe {
        let ts = lock_home::<O>(t);
        let f = (*t).fields();
        f.blocked -= 1;
        if f.blocked == 0 && f.idx != 0 {
            ts.remove(t);
        }
        ts.lock.unlock();
    }
}

/// Somebody looks at the channel of a timer that nobody waits for: runs it if it is due. (Go: `maybeRunChan`)
///
/// # Safety
/// As [`reset`].
pub unsafe fn maybe_run<O: Outside>(t: *mut Timer, clock: impl FnOnce() -> i64) {
    // SAFETY: fields are ours under the home's lock.
    unsafe {
        let ts = lock_home::<O>(t);
        let f = (*t).fields();
        let (in_heap, when) = (f.idx != 0, f.when);
        if !in_heap && when > 0 {
            let now = clock();
            if when <= now {
                run_one::<O>(ts, t, now);
            }
        }
        ts.lock.unlock();
    }
}

/// Runs a due timer. The home's lock is held on entry and on return; a function that is not a channel's runs without.
unsafe fn run_one<O: Outside>(ts: &Timers, t: *mut Timer, now: i64) {
    // SAFETY: under the home's lock.
    unsafe {
        let fields = (*t).fields();
        let delta = now - fields.when;
        let in_heap = fields.idx != 0;
        if fields.period > 0 {
            fields.when += fields.period * (1 + delta / fields.period);
            if fields.when < 0 {
                fields.when = i64::MAX;
            }
            if in_heap {
                ts.moved(t);
            }
        } else {
            fields.when = 0;
            if in_heap {
                ts.remove(t);
            }
        }
        let fields = (*t).fields();
        let (f, arg, seq, c) = (fields.f, fields.arg, fields.seq, fields.c);
        let Some(f) = f else { return };
        O::fires(delta);
        if c.is_null() {
            ts.lock.unlock();
            f(arg, seq, delta);
            ts.lock.lock();
        } else {
            f(arg, seq, delta);
        }
    }
}

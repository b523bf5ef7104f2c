//! Package sync: locks and wait groups on the runtime's semaphores. (Go: internal/sync/mutex.go, sync/rwmutex.go,
//! sync/waitgroup.go)
//!
//! A native that waits leaves its state in its argument slots or in the lock itself, and goes on in its `finish`.

use crate::util::WordsType;
use minigo_runtime::heap::mallocgc;
use minigo_runtime::nondet::nanotime;
use minigo_runtime::pools::{self, Pool};
use minigo_runtime::sema::{
    NotifyList, notify_list_add, notify_list_notify_all, notify_list_notify_one, notify_list_wait,
    semacquire, semacquire_finish, semrelease,
};
use minigo_runtime::{Wait, WaitReason, fatal, proc};
use minigo_vm::native;
use minigo_vm::native::{
    G, Iface, NativeRet, NativeTable, park, raise_nil_deref, raise_string, wait,
};
use std::hint::spin_loop;
use std::sync::atomic::{AtomicI32, AtomicU32, AtomicU64, Ordering::*};

/// sync.Mutex in memory. In normal mode whoever comes first gets the lock, which is fast; a waiter that has waited for
/// more than a millisecond switches it to starving mode, in which the lock is handed from one waiter to the next.
#[repr(C)]
struct Mutex {
    /// [`LOCKED`], [`WOKEN`], [`STARVING`], and the number of waiters above them.
    state: AtomicI32,
    sema: AtomicU32,
}

const LOCKED: i32 = 1;
/// A waiter is awake and will try: Unlock need not wake another.
const WOKEN: i32 = 2;
const STARVING: i32 = 4;
const WAITER: i32 = 8;

/// How long a waiter waits, in nanoseconds, until it claims the lock.
const PATIENCE: i64 = 1_000_000;

/// Pauses between two looks at a lock that is held: 1.5 to 2.5 µs, so that the holder, whose cache line it is, gets
/// through a hundred short sections meanwhile. (Go: 30)
const SPIN_PAUSES: u32 = 50;

/// What a waiter keeps while it sleeps; the argument slot of the mutex points at it then.
#[repr(C)]
struct Waiter {
    mutex: *const Mutex,
    since: i64,
}

static WAITER_GC: WordsType<2> = WordsType::new(0b1);

/// A waiter's attempts. `since` is 0 before its first sleep, behind which `woken` is true.
///
/// # Safety
/// `gp` is the running goroutine, `args[0]` this native's own slot; the mutex is valid.
unsafe fn lock_slow(
    gp: *mut G,
    args: *mut u64,
    mutex: *const Mutex,
    mut since: i64,
    woken: bool,
) -> NativeRet {
    // SAFETY: as the caller promises.
    let m = unsafe { &*mutex };
    let mut awoke = woken;
    // Whether it has waited too long, and whether it has just slept.
    let mut starving = false;
    let mut slept = woken;
    let mut spins = 0;
    let mut old = m.state.load(Relaxed);
    loop {
        if std::mem::take(&mut slept) {
            starving |= nanotime() - since > PATIENCE;
            if old & STARVING != 0 {
                // Unlock left the lock to us, without setting LOCKED.
                let mut delta = LOCKED - WAITER;
                if !starving || old / WAITER == 1 {
                    delta -= STARVING;
                }
                m.state.fetch_add(delta, Acquire);
                return NativeRet::Done;
            }
        }
        // The holder may be done soon, if it runs on another processor.
        // SAFETY: `gp` is the running goroutine.
        if old & (LOCKED | STARVING) == LOCKED && unsafe { proc::can_spin(gp, spins) } {
            let mark = !awoke && old & WOKEN == 0 && old >= WAITER;
            let marked = mark
                && m.state
                    .compare_exchange(old, old | WOKEN, Relaxed, Relaxed)
                    .is_ok();
            awoke |= marked;
            for _ in 0..SPIN_PAUSES {
                spin_loop();
            }
            spins += 1;
            old = m.state.load(Relaxed);
            continue;
        }
        let mut new = old;
        if old & STARVING == 0 {
            new |= LOCKED;
        }
        if old & (LOCKED | STARVING) != 0 {
            new += WAITER;
        }
        if starving && old & LOCKED != 0 {
            new |= STARVING;
        }
        if awoke {
            new &= !WOKEN;
        }
        if let Err(now) = m.state.compare_exchange(old, new, Acquire, Relaxed) {
            old = now;
            continue;
        }
        if old & (LOCKED | STARVING) == 0 {
            return NativeRet::Done;
        }
        // SAFETY: the new object is large enough for a Waiter.
        unsafe {
            let lifo = since != 0;
            if since == 0 {
                since = nanotime().max(1);
                let w: *mut Waiter =
                    mallocgc(gp, size_of::<Waiter>(), WAITER_GC.get(), true).cast();
                *w = Waiter { mutex, since };
                *args = w as u64;
            }
            if let Wait::Park(p) = semacquire(gp, &m.sema, lifo, WaitReason::SyncMutexLock) {
                return park(gp, p, Some(lock_resumed));
            }
        }
        slept = true;
        awoke = true;
        spins = 0;
        old = m.state.load(Relaxed);
    }
}

/// Unlock woke us, or somebody was faster.
unsafe extern "C" fn lock_resumed(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: we were parked by `semacquire`, and the slot holds our Waiter.
    unsafe {
        if let Wait::Park(p) = semacquire_finish(gp) {
            return park(gp, p, Some(lock_resumed));
        }
        let Waiter { mutex, since } = *(*args as *const Waiter);
        lock_slow(gp, args, mutex, since, true)
    }
}

/// Go: func (m *Mutex) Lock()
///
/// # Safety
/// Called by the VM.
unsafe extern "C" fn mutex_lock(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: the receiver is a mutex or nil.
    unsafe {
        let mutex = *args as *const Mutex;
        let Some(m) = mutex.as_ref() else {
            return raise_nil_deref(gp);
        };
        match m.state.compare_exchange(0, LOCKED, Acquire, Relaxed) {
            Ok(_) => NativeRet::Done,
            Err(_) => lock_slow(gp, args, mutex, 0, false),
        }
    }
}

/// What the lock or wait group held before the part of a native that is an instruction: slot -1. (`quick.rs` in the VM)
///
/// # Safety
/// `args` are the argument slots of such a native.
unsafe fn before(args: *mut u64) -> u64 {
    // SAFETY: as the caller promises.
    unsafe { *args.sub(1) }
}

/// The mutex was unlocked, with this state before: wakes a waiter if there is one.
///
/// # Safety
/// As for a native: the caller returns the answer at once.
unsafe fn unlocked(gp: *mut G, m: &Mutex, before: i32) -> NativeRet {
    let mut old = before.wrapping_sub(LOCKED);
    if old == 0 {
        return NativeRet::Done;
    }
    if before & LOCKED == 0 {
        fatal("sync: unlock of unlocked mutex");
    }
    if old & STARVING != 0 {
        // SAFETY: as the caller promises.
        return match unsafe { semrelease(gp, &m.sema, true) } {
            true => NativeRet::Yield,
            false => NativeRet::Done,
        };
    }
    // Nobody waits, or somebody is awake or has locked already: nobody to wake.
    while old >= WAITER && old & (LOCKED | WOKEN | STARVING) == 0 {
        let new = (old - WAITER) | WOKEN;
        match m.state.compare_exchange(old, new, Relaxed, Relaxed) {
            Ok(_) => {
                // SAFETY: as above.
                let _ = unsafe { semrelease(gp, &m.sema, false) };
                break;
            }
            Err(now) => old = now,
        }
    }
    NativeRet::Done
}

/// sync.RWMutex in memory.
#[repr(C)]
struct RwMutex {
    w: Mutex,
    writer_sem: AtomicU32,
    reader_sem: AtomicU32,
    reader_count: AtomicI32,
    reader_wait: AtomicI32,
}

/// More readers than there can be; taken off `reader_count` by a writer.
const MAX_READERS: i32 = 1 << 30;

/// Waits for a semaphore; then the native is done.
///
/// # Safety
/// As for a native: the caller returns the answer at once.
unsafe fn acquire(gp: *mut G, sem: &AtomicU32, reason: WaitReason) -> NativeRet {
    // SAFETY: as the caller promises; the semaphore is in a lock that the caller's frame refers to.
    unsafe {
        match semacquire(gp, sem, false, reason) {
            Wait::Park(p) => park(gp, p, Some(acquired)),
            Wait::Ready => NativeRet::Done,
        }
    }
}

unsafe extern "C" fn acquired(gp: *mut G, _args: *mut u64) -> NativeRet {
    // SAFETY: we were parked by `semacquire`.
    unsafe {
        match semacquire_finish(gp) {
            Wait::Park(p) => park(gp, p, Some(acquired)),
            Wait::Ready => NativeRet::Done,
        }
    }
}

/// A native with an atomic change of memory and what follows from the value before it, and a native for the second alone.
macro_rules! in_two_parts {
    ($($name:ident $rest:ident: |$gp:ident, $args:ident, $lock:ident: $t:ty| $change:expr, |$old:ident: $word:ty| $then:expr;)*) => { $(
        unsafe extern "C" fn $name($gp: *mut G, $args: *mut u64) -> NativeRet {
            // SAFETY: the receiver is such a lock or nil.
            unsafe {
                let Some($lock) = (*$args as *const $t).as_ref() else {
                    return raise_nil_deref($gp);
                };
                let $old: $word = $change;
                $then
            }
        }
        unsafe extern "C" fn $rest($gp: *mut G, $args: *mut u64) -> NativeRet {
            // SAFETY: as above.
            unsafe {
                let Some($lock) = (*$args as *const $t).as_ref() else {
                    return raise_nil_deref($gp);
                };
                let $old = before($args) as $word;
                $then
            }
        }
    )* };
}

in_two_parts! {
    mutex_unlock mutex_unlock_rest: |gp, args, m: Mutex| m.state.fetch_sub(LOCKED, Release), |old: i32| unlocked(gp, m, old);
    rw_rlock rw_rlock_rest: |gp, args, rw: RwMutex| rw.reader_count.fetch_add(1, Acquire),
        |old: i32| match old >= 0 {
            true => NativeRet::Done,
            false => acquire(gp, &rw.reader_sem, WaitReason::SyncRwMutexRLock),
        };
    rw_runlock rw_runlock_rest: |gp, args, rw: RwMutex| rw.reader_count.fetch_sub(1, Release),
        |old: i32| runlocked(gp, rw, old);
    rw_await_readers rw_await_readers_rest: |gp, args, rw: RwMutex| rw.reader_count.fetch_sub(MAX_READERS, AcqRel),
        |old: i32| await_readers(gp, rw, old);
    rw_admit_readers rw_admit_readers_rest: |gp, args, rw: RwMutex| rw.reader_count.fetch_add(MAX_READERS, AcqRel),
        |old: i32| admit_readers(gp, rw, old);
    wg_add wg_add_rest: |gp, args, wg: WaitGroup| wg.state.fetch_add(*args.add(1) << 32, AcqRel),
        |old: u64| wg_added(gp, wg, old, *args.add(1) as i64);
    wg_done wg_done_rest: |gp, args, wg: WaitGroup| wg.state.fetch_sub(1 << 32, AcqRel),
        |old: u64| wg_added(gp, wg, old, -1);
}

/// A reader has left.
///
/// # Safety
/// `gp` is the running goroutine.
unsafe fn runlocked(gp: *mut G, rw: &RwMutex, before: i32) -> NativeRet {
    if before <= 0 {
        if before == 0 || before == -MAX_READERS {
            fatal("sync: RUnlock of unlocked RWMutex");
        }
        if rw.reader_wait.fetch_sub(1, AcqRel) == 1 {
            // SAFETY: as the caller promises.
            let _ = unsafe { semrelease(gp, &rw.writer_sem, false) };
        }
    }
    NativeRet::Done
}

/// A writer has announced itself to so many readers.
///
/// # Safety
/// As for a native: the caller returns the answer at once.
unsafe fn await_readers(gp: *mut G, rw: &RwMutex, readers: i32) -> NativeRet {
    if readers == 0 || rw.reader_wait.fetch_add(readers, AcqRel) + readers == 0 {
        return NativeRet::Done;
    }
    // SAFETY: as the caller promises.
    unsafe { acquire(gp, &rw.writer_sem, WaitReason::SyncRwMutexLock) }
}

/// A writer has left.
///
/// # Safety
/// `gp` is the running goroutine.
unsafe fn admit_readers(gp: *mut G, rw: &RwMutex, before: i32) -> NativeRet {
    let readers = before.wrapping_add(MAX_READERS);
    if readers >= MAX_READERS {
        fatal("sync: Unlock of unlocked RWMutex");
    }
    for _ in 0..readers {
        // SAFETY: as the caller promises.
        let _ = unsafe { semrelease(gp, &rw.reader_sem, false) };
    }
    NativeRet::Done
}

/// `delta` was added to a wait group's counter.
///
/// # Safety
/// As for a native: the caller returns the answer at once.
unsafe fn wg_added(gp: *mut G, wg: &WaitGroup, before: u64, delta: i64) -> NativeRet {
    const MISUSE: &str = "sync: WaitGroup misuse: Add called concurrently with Wait";
    let state = before.wrapping_add((delta as u64) << 32);
    let (counter, waiters) = ((state >> 32) as i32, state as u32);
    // SAFETY: as the caller promises.
    unsafe {
        if counter < 0 {
            return raise_string(gp, "sync: negative WaitGroup counter");
        }
        if waiters != 0 && delta > 0 && counter == delta as i32 {
            return raise_string(gp, MISUSE);
        }
        if counter > 0 || waiters == 0 {
            return NativeRet::Done;
        }
        if wg.state.load(Acquire) != state {
            return raise_string(gp, MISUSE);
        }
        wg.state.store(0, Release);
        for _ in 0..waiters {
            let _ = semrelease(gp, &wg.sema, false);
        }
    }
    NativeRet::Done
}

/// sync.WaitGroup in memory.
#[repr(C)]
struct WaitGroup {
    /// Counter in the upper half, waiters in the lower.
    state: AtomicU64,
    sema: AtomicU32,
}

/// sync.poolNode in memory.
#[repr(C)]
struct PoolNode {
    next: *mut PoolNode,
    x: Iface,
}

/// Held for a few instructions only, and by natives, so never while the world is stopped.
unsafe fn lock_pool(p: *mut Pool) {
    // SAFETY: the pool is alive.
    let lock = unsafe { &(*p).lock };
    while lock.compare_exchange_weak(0, 1, Acquire, Relaxed).is_err() {
        spin_loop();
    }
}

native! {
    fn mutex_try_lock(gp, m: *const Mutex) -> Result<bool, NativeRet> {
        match m.as_ref() {
            None => Err(raise_nil_deref(gp)),
            Some(m) => {
                let old = m.state.load(Relaxed);
                Ok(old & (LOCKED | STARVING) == 0
                    && m.state.compare_exchange(old, old | LOCKED, Acquire, Relaxed).is_ok())
            }
        }
    }
    fn rw_try_rlock(gp, rw: *const RwMutex) -> Result<bool, NativeRet> {
        let Some(rw) = rw.as_ref() else {
            return Err(raise_nil_deref(gp));
        };
        let reader = |n| (n >= 0).then_some(n + 1);
        Ok(rw.reader_count.fetch_update(Acquire, Relaxed, reader).is_ok())
    }
    fn pool_push(gp, p: *mut Pool, x: Iface, n: *mut PoolNode) -> Result<bool, NativeRet> {
        if p.is_null() {
            return Err(raise_nil_deref(gp));
        }
        lock_pool(p);
        let mut node = n;
        if node.is_null() {
            node = (*p).spare as *mut PoolNode;
            if !node.is_null() {
                (*p).spare = (*node).next as usize;
            }
        }
        if !node.is_null() {
            if (*p).registered == 0 {
                pools::register(p);
            }
            *node = PoolNode { next: (*p).head as *mut PoolNode, x };
            (*p).head = node as usize;
        }
        (*p).lock.store(0, Release);
        Ok(!node.is_null())
    }
    fn pool_pop(gp, p: *mut Pool) -> Result<Iface, NativeRet> {
        if p.is_null() {
            return Err(raise_nil_deref(gp));
        }
        lock_pool(p);
        let from = if (*p).head != 0 { &raw mut (*p).head } else { &raw mut (*p).victim };
        let node = *from as *mut PoolNode;
        let mut x = Iface::NIL;
        if !node.is_null() {
            *from = (*node).next as usize;
            x = std::mem::replace(&mut (*node).x, Iface::NIL);
            (*node).next = (*p).spare as *mut PoolNode;
            (*p).spare = node as usize;
        }
        (*p).lock.store(0, Release);
        Ok(x)
    }
    fn list_add(gp, l: *mut NotifyList) -> u32 { notify_list_add(l) }
    fn list_wake_all(gp, l: *mut NotifyList) { notify_list_notify_all(gp, l) }
    fn list_wake_one(gp, l: *mut NotifyList) { notify_list_notify_one(gp, l) }
}

unsafe extern "C" fn wg_wait(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: the receiver is a wait group or nil.
    unsafe {
        let Some(wg) = (*args as *const WaitGroup).as_ref() else {
            return raise_nil_deref(gp);
        };
        let enter = |state: u64| (state >> 32 != 0).then_some(state + 1);
        if wg.state.fetch_update(AcqRel, Acquire, enter).is_err() {
            return NativeRet::Done;
        }
        let acquired = semacquire(gp, &wg.sema, false, WaitReason::SyncWaitGroupWait);
        match acquired {
            Wait::Park(p) => park(gp, p, Some(wg_resumed)),
            Wait::Ready => wg_waited(gp, args),
        }
    }
}

unsafe extern "C" fn wg_resumed(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: we were parked by `semacquire`.
    unsafe {
        match semacquire_finish(gp) {
            Wait::Park(p) => park(gp, p, Some(wg_resumed)),
            Wait::Ready => wg_waited(gp, args),
        }
    }
}

unsafe extern "C" fn wg_waited(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: the receiver is the wait group.
    unsafe {
        match (*(*args as *const WaitGroup)).state.load(Acquire) {
            0 => NativeRet::Done,
            _ => raise_string(
                gp,
                "sync: WaitGroup is reused before previous Wait has returned",
            ),
        }
    }
}

unsafe extern "C" fn list_sleep(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: the receiver is a list, the parameter its ticket.
    unsafe {
        let l = *args as *mut NotifyList;
        let slept = notify_list_wait(gp, l, *args.add(1) as u32);
        wait(gp, args, slept, None)
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("sync.Mutex.Lock", mutex_lock),
    ("sync.Mutex.TryLock", mutex_try_lock),
    ("sync.Mutex.Unlock", mutex_unlock),
    ("sync.Mutex.Unlock/rest", mutex_unlock_rest),
    ("sync.Pool.pop", pool_pop),
    ("sync.Pool.push", pool_push),
    ("sync.RWMutex.RLock", rw_rlock),
    ("sync.RWMutex.RLock/rest", rw_rlock_rest),
    ("sync.RWMutex.RUnlock", rw_runlock),
    ("sync.RWMutex.RUnlock/rest", rw_runlock_rest),
    ("sync.RWMutex.TryRLock", rw_try_rlock),
    ("sync.RWMutex.admitReaders", rw_admit_readers),
    ("sync.RWMutex.admitReaders/rest", rw_admit_readers_rest),
    ("sync.RWMutex.awaitReaders", rw_await_readers),
    ("sync.RWMutex.awaitReaders/rest", rw_await_readers_rest),
    ("sync.WaitGroup.Add", wg_add),
    ("sync.WaitGroup.Add/rest", wg_add_rest),
    ("sync.WaitGroup.Done", wg_done),
    ("sync.WaitGroup.Done/rest", wg_done_rest),
    ("sync.WaitGroup.Wait", wg_wait),
    ("sync.notifyList.add", list_add),
    ("sync.notifyList.sleep", list_sleep),
    ("sync.notifyList.wakeAll", list_wake_all),
    ("sync.notifyList.wakeOne", list_wake_one),
];

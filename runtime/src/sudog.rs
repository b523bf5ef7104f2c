//! Waiters: a goroutine on a wait queue, and their cache. (Go: `sudog`, `acquireSudog`, `releaseSudog`)
//!
//! A goroutine waits on one thing at a time, except in `select`: the first sudog lies in the G itself, the others come
//! from the P's cache. Sudogs are not in the collected heap; what `elem` and `c` refer to is kept alive by the frame of
//! the goroutine that waits.
//! Knows nothing of: what is waited for.

use crate::chan::Hchan;
use crate::g::G;
use crate::lock::Mutex;
use crate::lockrank::LockRank;
use crate::p::P;
use crate::sync::*;
use std::cell::UnsafeCell;
use std::ptr::null_mut;

/// One G waiting on one thing. Protected by the lock of the queue it is on, except where said.
#[repr(C)]
pub struct Sudog {
    pub g: *mut G,
    pub next: *mut Sudog,
    pub prev: *mut Sudog,
    /// Channels: the value's place in the waiter's frame. Semaphores: the address waited on.
    pub elem: *mut u8,
    /// Semaphores: position in the treap, then 1 if the unit was handed over. Notify lists: the ticket.
    pub ticket: u32,
    /// Takes part in a `select`: whoever dequeues it must first win `g.select_done`.
    pub is_select: bool,
    /// Woken by a value (or for a value taken), not by a close. Read by the waiter after it was woken.
    pub success: bool,
    /// Semaphores: how many wait for the same address behind the first, saturating.
    pub waiters: u16,
    /// Semaphores: the treap.
    pub parent: *mut Sudog,
    /// `g.waiting` list; semaphores: next waiter for the same address.
    pub waitlink: *mut Sudog,
    /// Semaphores: the last waiter for the same address.
    pub waittail: *mut Sudog,
    /// The channel. Written by the waiter before it is queued, read by `select`'s commit.
    pub c: *mut Hchan,
}

impl Sudog {
    pub const fn new() -> Self {
        Sudog {
            g: null_mut(),
            next: null_mut(),
            prev: null_mut(),
            elem: null_mut(),
            ticket: 0,
            is_select: false,
            success: false,
            waiters: 0,
            parent: null_mut(),
            waitlink: null_mut(),
            waittail: null_mut(),
            c: null_mut(),
        }
    }
}

impl Default for Sudog {
    fn default() -> Self {
        Self::new()
    }
}

/// Sudogs a P keeps before it gives half away.
const CACHE_MAX: usize = 128;
/// Sudogs made at once.
const BATCH: usize = 32;

/// A P's free sudogs, chained by `next`.
pub struct SudogCache {
    head: *mut Sudog,
    n: usize,
}

impl SudogCache {
    pub const fn new() -> Self {
        SudogCache { head: null_mut(), n: 0 }
    }
}

impl Default for SudogCache {
    fn default() -> Self {
        Self::new()
    }
}

struct Central {
    lock: Mutex,
    head: UnsafeCell<*mut Sudog>,
    n: AtomicUsize,
}

// SAFETY: `head` is touched only under `lock`.
unsafe impl Sync for Central {}

static CENTRAL: Central =
    Central { lock: Mutex::new(LockRank::Sudog), head: UnsafeCell::new(null_mut()), n: AtomicUsize::new(0) };

/// Go: `acquireSudog`.
///
/// # Safety
/// The caller runs on `pp`.
pub unsafe fn acquire_sudog(pp: *mut P) -> *mut Sudog {
    // SAFETY: the cache belongs to the P we run on.
    unsafe {
        let cache = &mut (*pp).sudogcache;
        if cache.head.is_null() {
            refill(cache);
        }
        let sg = cache.head;
        cache.head = (*sg).next;
        cache.n -= 1;
        (*sg).next = null_mut();
        sg
    }
}

/// Go: `releaseSudog`. It must be off every queue.
///
/// # Safety
/// The caller runs on `pp`, and owns `sg`, which came from `acquire_sudog`.
pub unsafe fn release_sudog(pp: *mut P, sg: *mut Sudog) {
    // SAFETY: as above.
    unsafe {
        debug_assert!((*sg).prev.is_null() && (*sg).next.is_null() && (*sg).waitlink.is_null());
        *sg = Sudog::new();
        let cache = &mut (*pp).sudogcache;
        (*sg).next = cache.head;
        cache.head = sg;
        cache.n += 1;
        if cache.n > CACHE_MAX {
            spill(cache, CACHE_MAX / 2);
        }
    }
}

#[cold]
fn refill(cache: &mut SudogCache) {
    if CENTRAL.n.load(Relaxed) != 0 {
        CENTRAL.lock.lock();
        // SAFETY: the lock is held; free sudogs belong to their list.
        unsafe {
            let head = &mut *CENTRAL.head.get();
            while cache.n < BATCH && !head.is_null() {
                let sg = *head;
                *head = (*sg).next;
                (*sg).next = cache.head;
                cache.head = sg;
                cache.n += 1;
                CENTRAL.n.fetch_sub(1, Relaxed);
            }
        }
        CENTRAL.lock.unlock();
    }
    if cache.head.is_null() {
        for sg in Box::leak(Box::new([const { Sudog::new() }; BATCH])) {
            sg.next = cache.head;
            cache.head = sg;
            cache.n += 1;
        }
    }
}

#[cold]
fn spill(cache: &mut SudogCache, n: usize) {
    CENTRAL.lock.lock();
    // SAFETY: as in `refill`.
    unsafe {
        let head = &mut *CENTRAL.head.get();
        for _ in 0..n.min(cache.n) {
            let sg = cache.head;
            cache.head = (*sg).next;
            cache.n -= 1;
            (*sg).next = *head;
            *head = sg;
            CENTRAL.n.fetch_add(1, Relaxed);
        }
    }
    CENTRAL.lock.unlock();
}

/// Gives all back: the P goes away.
pub(crate) fn flush(cache: &mut SudogCache) {
    spill(cache, cache.n);
}

//! Pools that collections empty. (Go: `poolCleanup` in sync/pool.go)
//!
//! What lies in a pool when a collection begins goes to its victims, and what lay there already is given up: an object that
//! nobody fetches between two collections is freed by the second. Pools that were used since the last collection are
//! registered here; both lists are roots, so that a pool is alive while it is in one.
//!
//! A pool is touched by natives only, which are no safepoints, so that it is at rest while the world is stopped.
//! Knows nothing of: what lies in a pool.

use std::sync::{Mutex, MutexGuard};

/// What `sync.Pool` begins with: words that refer to the heap.
#[repr(C)]
pub struct Pool {
    /// Taken by natives for a few instructions.
    pub lock: std::sync::atomic::AtomicU32,
    /// It is in [`USED`].
    pub registered: u32,
    /// What is there.
    pub head: usize,
    /// What was there before the last collection.
    pub victim: usize,
    /// Nodes without contents.
    pub spare: usize,
}

/// Pools used since the last collection, and those whose victims are left from then.
static USED: Mutex<Vec<usize>> = Mutex::new(Vec::new());
static OLD: Mutex<Vec<usize>> = Mutex::new(Vec::new());

fn lock<T>(m: &Mutex<T>) -> MutexGuard<'_, T> {
    m.lock().unwrap_or_else(|e| e.into_inner())
}

/// A pool is used for the first time since the last collection.
///
/// # Safety
/// The pool is alive, and its lock held.
pub unsafe fn register(pool: *mut Pool) {
    // SAFETY: as the caller promises.
    unsafe { (*pool).registered = 1 };
    lock(&USED).push(pool as usize);
}

/// A collection begins. The world is stopped.
pub(crate) fn empty() {
    let (mut used, mut old) = (lock(&USED), lock(&OLD));
    for &p in old.iter() {
        // SAFETY: pools in the lists are alive, and nobody runs.
        unsafe { (*(p as *mut Pool)).victim = 0 };
    }
    for &p in used.iter() {
        // SAFETY: as above.
        let pool = unsafe { &mut *(p as *mut Pool) };
        pool.victim = std::mem::take(&mut pool.head);
        pool.spare = 0;
        pool.registered = 0;
    }
    std::mem::swap(&mut *used, &mut *old);
    used.clear();
}

/// Roots of the collector.
pub(crate) fn visit(f: &mut dyn FnMut(&[usize])) {
    f(&lock(&USED));
    f(&lock(&OLD));
}

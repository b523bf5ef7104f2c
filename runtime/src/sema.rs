//! Semaphores under `sync.Mutex` and `WaitGroup`, and the notify list under `sync.Cond`. (Go: runtime/sema.go)
//!
//! A semaphore is a counter in the program's memory. Who waits for it is found by its address, in one of
//! [`TABLE_SIZE`] roots: a treap of addresses, each with a list of waiters. The counter is only touched by atomics; a
//! waiter first announces itself in `nwait`, then looks at the counter again, and a releaser first adds to the counter,
//! then looks at `nwait`: one of them sees the other.
//!
//! Locks: a root, or a notify list; no G is readied under either.
//! Knows nothing of: mutexes, wait groups.

use crate::chan::{current_p, unlock_commit};
use crate::g::*;
use crate::lock::Mutex;
use crate::lockrank::LockRank;
use crate::nondet;
use crate::park::ready;
use crate::sudog::Sudog;
use crate::sync::*;
use std::cell::UnsafeCell;
use std::ptr::null_mut;

/// Prime, so that addresses spread.
const TABLE_SIZE: usize = 251;

#[repr(align(64))]
struct Root {
    lock: Mutex,
    /// Waiters under this root. Read without the lock.
    nwait: AtomicU32,
    treap: UnsafeCell<*mut Sudog>,
}

// SAFETY: `treap` is touched only under `lock`.
unsafe impl Sync for Root {}

static TABLE: [Root; TABLE_SIZE] = [const {
    Root { lock: Mutex::new(LockRank::Sema), nwait: AtomicU32::new(0), treap: UnsafeCell::new(null_mut()) }
}; TABLE_SIZE];

fn semroot(addr: *const AtomicU32) -> &'static Root {
    &TABLE[(addr as usize >> 3) % TABLE_SIZE]
}

/// Takes a unit if there is one. (Go: `cansemacquire`)
fn cansemacquire(addr: *const AtomicU32) -> bool {
    // SAFETY: the caller of every public function promises that `addr` is valid.
    let addr = unsafe { &*addr };
    let mut v = addr.load(Relaxed);
    while v > 0 {
        match addr.compare_exchange_weak(v, v - 1, Acquire, Relaxed) {
            Ok(_) => return true,
            Err(now) => v = now,
        }
    }
    false
}

/// Takes one unit from `*addr`, or parks. After the park call [`semacquire_finish`], which may park again.
/// `lifo` queues at the head (a woken mutex waiter that lost). `reason` tells a mutex from a wait group.
///
/// # Safety
/// `gp` is the running goroutine; `addr` stays valid while it waits.
pub unsafe fn semacquire(gp: *mut G, addr: *const AtomicU32, lifo: bool, reason: WaitReason) -> Wait {
    if cansemacquire(addr) {
        return Wait::Ready;
    }
    let root = semroot(addr);
    root.lock.lock();
    root.nwait.fetch_add(1, SeqCst);
    // Pairs with the fence in `semrelease`.
    fence(SeqCst);
    if cansemacquire(addr) {
        root.nwait.fetch_sub(1, SeqCst);
        root.lock.unlock();
        return Wait::Ready;
    }
    // SAFETY: our own sudog, on no queue; the lock is held.
    unsafe {
        let sg = &raw mut (*gp).sudog0;
        (*sg).g = gp;
        (*sg).is_select = false;
        // Only the waiter reads these two again.
        (*sg).elem = addr.cast_mut().cast();
        (*sg).success = lifo;
        root.queue(addr as usize, sg, lifo);
    }
    // SAFETY: the running goroutine.
    Wait::Park(unsafe { Park::new(gp, Some(unlock_commit), (&raw const root.lock).cast_mut().cast(), reason) })
}

/// After a parked acquire: `Ready` if the unit is taken, or another `Park` if somebody was faster.
///
/// # Safety
/// `gp` is the running goroutine and parked with what `semacquire` returned.
pub unsafe fn semacquire_finish(gp: *mut G) -> Wait {
    // SAFETY: our own sudog, off every queue.
    unsafe {
        let sg = &raw mut (*gp).sudog0;
        let handed_over = std::mem::replace(&mut (*sg).ticket, 0) != 0;
        let addr: *const AtomicU32 = (*sg).elem.cast();
        if handed_over {
            (*sg).elem = null_mut();
            return Wait::Ready;
        }
        semacquire(gp, addr, (*sg).success, (*gp).waitreason)
    }
}

/// Gives one unit and wakes a waiter. With `handoff` the unit goes to the waiter directly; `true` then means that the
/// caller should yield at once (`goyield` or `goyield_released`), so that the waiter runs now.
///
/// # Safety
/// `gp` is the running goroutine.
#[must_use]
pub unsafe fn semrelease(gp: *mut G, addr: *const AtomicU32, handoff: bool) -> bool {
    let root = semroot(addr);
    // SAFETY: `addr` is valid by the caller's promise.
    unsafe { (*addr).fetch_add(1, Release) };
    // Pairs with the fence in `semacquire`.
    fence(SeqCst);
    if root.nwait.load(SeqCst) == 0 {
        return false;
    }
    root.lock.lock();
    if root.nwait.load(Relaxed) == 0 {
        // Somebody else woke them.
        root.lock.unlock();
        return false;
    }
    // SAFETY: the lock is held; a dequeued waiter is ours.
    unsafe {
        let sg = root.dequeue(addr as usize);
        if sg.is_null() {
            root.lock.unlock();
            return false;
        }
        root.nwait.fetch_sub(1, SeqCst);
        root.lock.unlock();
        let handed = handoff && cansemacquire(addr);
        (*sg).ticket = handed as u32;
        let waiter = (*sg).g;
        ready(current_p(gp), waiter, true);
        handed
    }
}

impl Root {
    fn treap(&self) -> *mut *mut Sudog {
        debug_assert!(self.lock.is_locked());
        self.treap.get()
    }

    /// Adds a waiter. The node of an address is its first waiter; the others hang behind it by `waitlink`.
    unsafe fn queue(&self, addr: usize, s: *mut Sudog, lifo: bool) {
        // SAFETY: the lock is held; queued sudogs are alive.
        unsafe {
            (*s).next = null_mut();
            (*s).prev = null_mut();
            (*s).parent = null_mut();
            (*s).waitlink = null_mut();
            (*s).waittail = null_mut();
            (*s).ticket = 0;
            let mut last: *mut Sudog = null_mut();
            let mut pt = self.treap();
            while !(*pt).is_null() {
                let t = *pt;
                if (*t).elem as usize == addr {
                    if lifo {
                        // `s` takes the place of `t` in the treap, and `t` becomes the first behind it.
                        *pt = s;
                        (*s).ticket = (*t).ticket;
                        (*s).parent = (*t).parent;
                        (*s).prev = (*t).prev;
                        (*s).next = (*t).next;
                        for child in [(*s).prev, (*s).next] {
                            if !child.is_null() {
                                (*child).parent = s;
                            }
                        }
                        (*s).waitlink = t;
                        (*s).waittail = if (*t).waittail.is_null() { t } else { (*t).waittail };
                        (*t).parent = null_mut();
                        (*t).prev = null_mut();
                        (*t).next = null_mut();
                        (*t).waittail = null_mut();
                    } else {
                        if (*t).waittail.is_null() {
                            (*t).waitlink = s;
                        } else {
                            (*(*t).waittail).waitlink = s;
                        }
                        (*t).waittail = s;
                    }
                    return;
                }
                last = t;
                pt = if addr < (*t).elem as usize { &raw mut (*t).prev } else { &raw mut (*t).next };
            }
            // A new address: a leaf with a random priority (never 0), rotated up until the heap order holds.
            (*s).ticket = nondet::rand64() as u32 | 1;
            (*s).parent = last;
            *pt = s;
            while !(*s).parent.is_null() && (*(*s).parent).ticket > (*s).ticket {
                if (*(*s).parent).prev == s {
                    self.rotate_right((*s).parent);
                } else {
                    self.rotate_left((*s).parent);
                }
            }
        }
    }

    /// Takes the first waiter for `addr`, or null.
    unsafe fn dequeue(&self, addr: usize) -> *mut Sudog {
        // SAFETY: the lock is held; queued sudogs are alive.
        unsafe {
            let mut ps = self.treap();
            let mut s;
            loop {
                s = *ps;
                if s.is_null() {
                    return s;
                }
                if (*s).elem as usize == addr {
                    break;
                }
                ps = if addr < (*s).elem as usize { &raw mut (*s).prev } else { &raw mut (*s).next };
            }
            let t = (*s).waitlink;
            if !t.is_null() {
                // The next waiter takes its place.
                *ps = t;
                (*t).ticket = (*s).ticket;
                (*t).parent = (*s).parent;
                (*t).prev = (*s).prev;
                (*t).next = (*s).next;
                for child in [(*t).prev, (*t).next] {
                    if !child.is_null() {
                        (*child).parent = t;
                    }
                }
                (*t).waittail = if (*s).waittail == t { null_mut() } else { (*s).waittail };
            } else {
                // Rotated down to be a leaf, then cut off.
                while !(*s).next.is_null() || !(*s).prev.is_null() {
                    let (l, r) = ((*s).prev, (*s).next);
                    if r.is_null() || !l.is_null() && (*l).ticket < (*r).ticket {
                        self.rotate_right(s);
                    } else {
                        self.rotate_left(s);
                    }
                }
                self.replace_child((*s).parent, s, null_mut());
            }
            (*s).parent = null_mut();
            (*s).next = null_mut();
            (*s).prev = null_mut();
            (*s).waitlink = null_mut();
            (*s).waittail = null_mut();
            s
        }
    }

    unsafe fn replace_child(&self, parent: *mut Sudog, old: *mut Sudog, new: *mut Sudog) {
        // SAFETY: as the callers.
        unsafe {
            if parent.is_null() {
                *self.treap() = new;
            } else if (*parent).prev == old {
                (*parent).prev = new;
            } else {
                (*parent).next = new;
            }
        }
    }

    /// `(x a (y b c))` → `(y (x a b) c)`.
    unsafe fn rotate_left(&self, x: *mut Sudog) {
        // SAFETY: as the callers; `x` has a right child.
        unsafe {
            let p = (*x).parent;
            let y = (*x).next;
            let b = (*y).prev;
            (*y).prev = x;
            (*x).parent = y;
            (*x).next = b;
            if !b.is_null() {
                (*b).parent = x;
            }
            (*y).parent = p;
            self.replace_child(p, x, y);
        }
    }

    /// `(y (x a b) c)` → `(x a (y b c))`.
    unsafe fn rotate_right(&self, y: *mut Sudog) {
        // SAFETY: as the callers; `y` has a left child.
        unsafe {
            let p = (*y).parent;
            let x = (*y).prev;
            let b = (*x).next;
            (*x).next = y;
            (*y).parent = x;
            (*y).prev = b;
            if !b.is_null() {
                (*b).parent = y;
            }
            (*x).parent = p;
            self.replace_child(p, y, x);
        }
    }
}

/// Go: `notifyList`, inside a `sync.Cond`, in the collected heap. Zero is an empty list; size as in Go's package sync.
#[repr(C)]
pub struct NotifyList {
    /// Ticket of the next waiter.
    pub wait: AtomicU32,
    /// Ticket of the next to be notified. Written under the lock.
    pub notify: AtomicU32,
    lock: Mutex,
    /// Waiters by `next`. Not in the collected heap.
    head: *mut Sudog,
    tail: *mut Sudog,
}

/// Does ticket `a` come before `b`? They wrap around. (Go: `less`)
fn before(a: u32, b: u32) -> bool {
    (a.wrapping_sub(b) as i32) < 0
}

/// Takes a ticket, before the caller unlocks its mutex. (Go: `notifyListAdd`)
///
/// # Safety
/// `l` points at a notify list.
pub unsafe fn notify_list_add(l: *mut NotifyList) -> u32 {
    // SAFETY: as the caller promises.
    unsafe { (*l).wait.fetch_add(1, SeqCst) }
}

/// Waits for the ticket's notification. (Go: `notifyListWait`) Nothing to finish after the park.
///
/// # Safety
/// `gp` is the running goroutine; `l` stays valid while it waits.
pub unsafe fn notify_list_wait(gp: *mut G, l: *mut NotifyList, ticket: u32) -> Wait {
    // SAFETY: as the caller promises; the list is ours under its lock.
    unsafe {
        (*l).lock.lock();
        if before(ticket, (*l).notify.load(Relaxed)) {
            (*l).lock.unlock();
            return Wait::Ready;
        }
        let sg = &raw mut (*gp).sudog0;
        (*sg).g = gp;
        (*sg).is_select = false;
        (*sg).ticket = ticket;
        (*sg).next = null_mut();
        if (*l).tail.is_null() {
            (*l).head = sg;
        } else {
            (*(*l).tail).next = sg;
        }
        (*l).tail = sg;
        Wait::Park(Park::new(gp, Some(unlock_commit), (&raw mut (*l).lock).cast(), WaitReason::SyncCondWait))
    }
}

/// Wakes all. (Go: `notifyListNotifyAll`)
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn notify_list_notify_all(gp: *mut G, l: *mut NotifyList) {
    // SAFETY: as above.
    unsafe {
        if (*l).wait.load(SeqCst) == (*l).notify.load(SeqCst) {
            return;
        }
        (*l).lock.lock();
        let mut sg = (*l).head;
        (*l).head = null_mut();
        (*l).tail = null_mut();
        // Tickets taken but not yet waiting will find themselves notified.
        (*l).notify.store((*l).wait.load(SeqCst), SeqCst);
        (*l).lock.unlock();
        while !sg.is_null() {
            let next = (*sg).next;
            (*sg).next = null_mut();
            (*sg).ticket = 0;
            ready(current_p(gp), (*sg).g, true);
            sg = next;
        }
    }
}

/// Wakes the one that waits longest. (Go: `notifyListNotifyOne`)
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn notify_list_notify_one(gp: *mut G, l: *mut NotifyList) {
    // SAFETY: as above.
    unsafe {
        if (*l).wait.load(SeqCst) == (*l).notify.load(SeqCst) {
            return;
        }
        (*l).lock.lock();
        let ticket = (*l).notify.load(Relaxed);
        if ticket == (*l).wait.load(SeqCst) {
            (*l).lock.unlock();
            return;
        }
        (*l).notify.store(ticket.wrapping_add(1), SeqCst);
        // It may not be on the list yet; then it will not wait. The list is short: waiters overtake each other only
        // between taking a ticket and queueing.
        let mut prev: *mut Sudog = null_mut();
        let mut sg = (*l).head;
        while !sg.is_null() {
            if (*sg).ticket == ticket {
                let next = (*sg).next;
                if prev.is_null() {
                    (*l).head = next;
                } else {
                    (*prev).next = next;
                }
                if next.is_null() {
                    (*l).tail = prev;
                }
                (*l).lock.unlock();
                (*sg).next = null_mut();
                (*sg).ticket = 0;
                ready(current_p(gp), (*sg).g, true);
                return;
            }
            prev = sg;
            sg = (*sg).next;
        }
        (*l).lock.unlock();
    }
}

//! Waiting for the outside world: poll descriptors, their deadlines, and the M that waits in the kernel.
//! (Go: runtime/netpoll.go)
//!
//! A descriptor that the kernel can watch gets a [`PollDesc`] for its life. It is registered once, edge-triggered; a
//! goroutine tries its operation first and waits here only when the kernel says that it would block. What a descriptor
//! is to its waiters, deadlines included, stands in `polldesc.rs`.
//! Who wakes a waiter: the kernel's event (`netpoll` collects goroutines in a `GList`, and `findrunnable` or sysmon
//! readies them), a deadline (a timer's function), or the descriptor's closing ([`poll_unblock`]).
//!
//! At most one M blocks in [`netpoll`], until the next timer or until [`netpoll_break`]. Which M that is,
//! `sched.lastpoll` decides: whoever swaps 0 into it. Until the first descriptor is opened it sleeps on a futex, which is
//! all that timers need.
//!
//! Descriptors are never freed but reused: an event for a closed one may still be on its way. It carries the sequence
//! number of the descriptor that it was meant for, and is dropped if that is not the present one.
//! The kernel's part is in `netpoll_epoll.rs`: `netpollinit`, `netpollopen`, `netpollclose`, `netpoll`, `netpoll_break`.
//! For a kernel without epoll, `netpoll_kqueue.rs` would stand beside it with the same functions.
//! Locks: a descriptor's lock comes before the timers'. Semaphores are touched without it.
//! Knows nothing of: what is read and written.

use crate::g::*;
use crate::lock::Mutex;
use crate::lockrank::LockRank;
use crate::m::getp;
use crate::nondet::{self, nanotime};
use crate::park::goready;
use crate::polldesc::{Step, Woken};
use crate::pollsem::PollSem;
use crate::sched::SCHED;
use crate::sync::*;
use crate::time::{Runtime, new_static_timer};
use crate::timers::TimerFn;
use std::alloc::Layout;
use std::cell::UnsafeCell;
use std::ptr::null_mut;
use std::time::Duration;

pub use crate::polldesc::{Mode, PollDesc, PollErr};

#[cfg(target_os = "linux")]
#[path = "netpoll_epoll.rs"]
mod kernel;

/// What waiting for a descriptor comes to.
#[must_use]
pub enum PollWait {
    /// Try the operation again, or fail.
    Done(PollErr),
    /// Park, then call [`poll_wait_finish`].
    Park(Park),
}

// ---- descriptors are allocated ----

struct Cache {
    lock: Mutex,
    free: UnsafeCell<*mut PollDesc>,
}

// SAFETY: the list is touched under the lock alone.
unsafe impl Sync for Cache {}

/// Free descriptors. (Go: `pollcache`)
static CACHE: Cache = Cache { lock: Mutex::new(LockRank::PollCache), free: UnsafeCell::new(null_mut()) };

/// Descriptors allocated at once.
const CHUNK: usize = 32;

fn alloc() -> *mut PollDesc {
    CACHE.lock.lock();
    // SAFETY: the list is ours under the lock; new memory is large enough.
    let pd = unsafe {
        let free = CACHE.free.get();
        if (*free).is_null() {
            let layout = Layout::array::<PollDesc>(CHUNK).expect("a small array");
            let first: *mut PollDesc = std::alloc::alloc(layout).cast();
            if first.is_null() {
                crate::fatal::fatal("out of memory");
            }
            for i in 0..CHUNK {
                let pd = first.add(i);
                pd.write(PollDesc::new(*free));
                *free = pd;
            }
        }
        let pd = *free;
        *free = (*pd).link;
        pd
    };
    CACHE.lock.unlock();
    pd
}

unsafe fn free(pd: *mut PollDesc) {
    // SAFETY: the caller gives it up.
    unsafe {
        // From here on events on their way are for nobody.
        (*pd).seq.fetch_add(1, AcqRel);
        CACHE.lock.lock();
        let free = CACHE.free.get();
        (*pd).link = *free;
        *free = pd;
        CACHE.lock.unlock();
    }
}

// ---- what a file or socket calls ----

/// Goroutines that are parked on descriptors.
static WAITERS: AtomicI32 = AtomicI32::new(0);
/// The kernel's poller exists.
static INITED: AtomicBool = AtomicBool::new(false);

/// Creates the poller with the first descriptor. (Go: `netpollGenericInit`)
fn init() {
    if INITED.load(Acquire) {
        return;
    }
    static LOCK: Mutex = Mutex::new(LockRank::PollCache);
    LOCK.lock();
    if !INITED.load(Relaxed) {
        kernel::netpollinit();
        INITED.store(true, SeqCst);
        // Whoever sleeps on the futex comes back and sleeps in the kernel's poller from now on.
        BREAK.0.store(1, SeqCst);
        BREAK.wake(1);
    }
    LOCK.unlock();
}

/// Puts a nonblocking descriptor into the poller's hands. The error is an errno: `EPERM` for one that cannot be waited
/// for, such as a regular file. (Go: `poll_runtime_pollOpen`)
pub fn poll_open(fd: i32) -> Result<*mut PollDesc, i32> {
    init();
    let pd = alloc();
    // SAFETY: the descriptor is new: nobody else knows it, but perhaps an event for an earlier life.
    unsafe {
        (*pd).open(fd);
        match kernel::netpollopen(fd, pd) {
            Ok(()) => Ok(pd),
            Err(errno) => {
                free(pd);
                Err(errno)
            }
        }
    }
}

/// The descriptor will be closed: everybody who waits comes back with `Closing`, and nobody can wait any more.
/// (Go: `poll_runtime_pollUnblock`)
///
/// # Safety
/// `pd` comes from [`poll_open`] and was not closed; the caller holds a P.
pub unsafe fn poll_unblock(pd: *mut PollDesc) {
    // SAFETY: as the caller promises.
    unsafe { ready_all((*pd).close::<Runtime>()) };
}

/// The last user is gone: takes the descriptor out of the poller; the file is closed right after. After
/// [`poll_unblock`]. (Go: `poll_runtime_pollClose`)
///
/// # Safety
/// `pd` comes from [`poll_open`], and is not used any more.
pub unsafe fn poll_close(pd: *mut PollDesc) {
    // SAFETY: as the caller promises.
    unsafe {
        if !(*pd).is_unused() {
            crate::fatal::throw("poll_close: still in use");
        }
        kernel::netpollclose((*pd).fd());
        free(pd);
    }
}

/// Before an attempt: may it be made at all? Forgets earlier events. (Go: `poll_runtime_pollReset`)
///
/// # Safety
/// `pd` is open; the caller has this direction for itself.
#[inline]
pub unsafe fn poll_reset(pd: *mut PollDesc, mode: Mode) -> PollErr {
    // SAFETY: as the caller promises.
    let pd = unsafe { &*pd };
    let err = pd.check(mode);
    if err == PollErr::None {
        pd.sem(mode).reset();
    }
    err
}

/// Whether a reader that has just emptied the descriptor may wait for the next event without a further attempt: there
/// will be one. Without [`poll_reset`], as the event may have come already.
///
/// # Safety
/// As [`poll_reset`].
#[inline]
pub unsafe fn poll_more_events(pd: *mut PollDesc) -> bool {
    // SAFETY: as the caller promises.
    unsafe { !(*pd).has_last_word() }
}

/// The attempt would block: waits until something happens. (Go: `poll_runtime_pollWait`)
///
/// # Safety
/// As [`poll_reset`]; `gp` is the running goroutine.
pub unsafe fn poll_wait(gp: *mut G, pd: *mut PollDesc, mode: Mode) -> PollWait {
    // SAFETY: as the caller promises.
    unsafe { go_on(gp, pd, mode, (*pd).wait(mode)) }
}

unsafe fn go_on(gp: *mut G, pd: *mut PollDesc, mode: Mode, step: Step) -> PollWait {
    match step {
        Step::Done(err) => PollWait::Done(err),
        Step::Park => {
            // SAFETY: descriptors live for ever.
            let lock = unsafe { (&raw const *(*pd).sem(mode)).cast_mut().cast() };
            if nondet::seeded() {
                nondet::uncontrolled("a socket, a pipe or a terminal");
            }
            // SAFETY: the caller parks at once.
            PollWait::Park(unsafe { Park::new(gp, Some(wait_commit), lock, WaitReason::IoWait) })
        }
    }
}

/// Runs on g0. (Go: `netpollblockcommit`)
unsafe fn wait_commit(gp: *mut G, sem: *mut u8) -> bool {
    // Counted first: the one who wakes us counts down, and may do so at once.
    WAITERS.fetch_add(1, SeqCst);
    // SAFETY: the semaphore of a descriptor, which lives for ever.
    let parked = unsafe { (*sem.cast::<PollSem>()).commit(gp as usize) };
    if !parked {
        WAITERS.fetch_sub(1, SeqCst);
    }
    parked
}

/// After the park.
///
/// # Safety
/// As [`poll_wait`], which answered `Park`.
pub unsafe fn poll_wait_finish(gp: *mut G, pd: *mut PollDesc, mode: Mode) -> PollWait {
    // SAFETY: as the caller promises.
    unsafe { go_on(gp, pd, mode, (*pd).woken(mode)) }
}

/// Sets the deadline of the given directions: `ns` from now, 0 for none, negative for one that has passed.
/// (Go: `poll_runtime_pollSetDeadline`)
///
/// # Safety
/// `pd` is open; `gp` is the running goroutine.
pub unsafe fn poll_set_deadline(gp: *mut G, pd: *mut PollDesc, ns: i64, modes: &[Mode]) {
    let when = match ns {
        0 => 0,
        1.. => nanotime().saturating_add(ns),
        _ => -1,
    };
    let fns: [TimerFn; 2] = [read_deadline, write_deadline];
    // SAFETY: as the caller promises.
    unsafe {
        let new = |f| new_static_timer(getp(gp), f, pd.cast());
        ready_all((*pd).set_deadline::<Runtime>(when, modes, fns, &new));
    }
}

unsafe fn read_deadline(pd: *mut u8, seq: usize, _delta: i64) {
    // SAFETY: the timer of a descriptor.
    unsafe { ready_all([(*pd.cast::<PollDesc>()).deadline_passed(seq, Mode::Read), None]) }
}

unsafe fn write_deadline(pd: *mut u8, seq: usize, _delta: i64) {
    // SAFETY: the timer of a descriptor.
    unsafe { ready_all([(*pd.cast::<PollDesc>()).deadline_passed(seq, Mode::Write), None]) }
}

/// Takes the goroutine that waits out of its semaphore. (Go: `netpollgoready`, `netpollready`)
unsafe fn take(pd: *mut PollDesc, mode: Mode, ready: bool, list: &mut GList) {
    // SAFETY: descriptors live for ever; a goroutine taken out is ours.
    unsafe {
        if let Some(gp) = (*pd).sem(mode).unblock(ready) {
            WAITERS.fetch_sub(1, SeqCst);
            list.push(gp as *mut G);
        }
    }
}

/// On an M with a P.
unsafe fn ready_all(woken: Woken) {
    for gp in woken.into_iter().flatten() {
        WAITERS.fetch_sub(1, SeqCst);
        // SAFETY: a goroutine taken out of a semaphore is ours.
        unsafe { goready(gp as *mut G) };
    }
}

// ---- what the scheduler calls ----

/// 1 after a break, until the sleeper has noticed. Until there is a poller.
static BREAK: Futex = Futex::new(0);

/// Do goroutines wait for descriptors? Then an idle M must poll even without a timer. (Go: `netpollAnyWaiters`)
#[inline]
pub(crate) fn any_waiters() -> bool {
    WAITERS.load(SeqCst) > 0
}

/// Collects goroutines whose descriptors are ready. `delay` in nanoseconds: 0 does not block, negative blocks until a
/// break. (Go: `netpoll`)
///
/// # Safety
/// At most one M at a time calls it with a delay.
pub(crate) unsafe fn netpoll(delay: i64) -> GList {
    if INITED.load(SeqCst) {
        // SAFETY: as the caller promises.
        return unsafe { kernel::netpoll(delay) };
    }
    if delay != 0 && BREAK.0.load(Acquire) == 0 {
        let timeout = (delay > 0).then(|| Duration::from_nanos(delay as u64));
        BREAK.wait(0, timeout);
    }
    if delay != 0 {
        BREAK.0.store(0, Release);
    }
    GList::new()
}

/// Wakes the M that blocks in `netpoll`, or the next that would. (Go: `netpollBreak`)
pub(crate) fn netpoll_break() {
    if !INITED.load(SeqCst) {
        if BREAK.0.swap(1, SeqCst) == 0 {
            BREAK.wake(1);
        }
        // The sleeper may have moved meanwhile.
        if !INITED.load(SeqCst) {
            return;
        }
    }
    kernel::netpoll_break();
}

/// A timer at `when` is new: somebody must look at the clock in time. (Go: `wakeNetPoller`)
pub(crate) fn wake_net_poller(when: i64) {
    // The timer was published before; this pairs with the fence in `findrunnable` between announcing `poll_until`
    // and looking at the timers again.
    fence(SeqCst);
    if SCHED.lastpoll.load(SeqCst) == 0 {
        let until = SCHED.poll_until.load(SeqCst);
        if until == 0 || until > when {
            netpoll_break();
        }
    } else if !nondet::seeded() {
        // Nobody blocks in `netpoll`: whoever goes idle next will look at the timers.
        crate::thread::wakep();
    }
}

//! Waiting for the outside world: poll descriptors, their deadlines, and the M that waits in the kernel.
//! (Go: runtime/netpoll.go)
//!
//! A descriptor that the kernel can watch gets a [`PollDesc`] for its life. It is registered once, edge-triggered; a
//! goroutine tries its operation first and waits here only when the kernel says that it would block. Each direction has
//! a semaphore of one word ([`PollSem`]); at most one goroutine waits in each.
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
use crate::pollsem::PollSem;
use crate::sched::SCHED;
use crate::sync::*;
use crate::time::{Timer, new_static_timer, timer_reset, timer_stop};
use std::alloc::Layout;
use std::cell::UnsafeCell;
use std::ptr::null_mut;
use std::time::Duration;

#[cfg(target_os = "linux")]
#[path = "netpoll_epoll.rs"]
mod kernel;

/// A direction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    Read,
    Write,
}

/// Why an operation cannot go on, or that it can.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PollErr {
    None,
    /// The descriptor is being closed.
    Closing,
    /// The deadline has passed.
    Timeout,
    /// The kernel reports an error for a descriptor that it should watch.
    NotPollable,
}

/// What waiting for a descriptor comes to.
#[must_use]
pub enum PollWait {
    /// Try the operation again, or fail.
    Done(PollErr),
    /// Park, then call [`poll_wait_finish`].
    Park(Park),
}

/// In `PollDesc::info`.
const CLOSING: u32 = 1;
const EVENT_ERR: u32 = 2;
const READ_EXPIRED: u32 = 4;
const WRITE_EXPIRED: u32 = 8;
/// The kernel has told something that it tells once: the other end is done, an error, urgent data.
const LAST_WORD: u32 = 16;

/// A descriptor in the kernel's hands. Never freed.
pub struct PollDesc {
    /// Next on the free list; under the cache's lock.
    link: *mut PollDesc,
    /// Tells events for this life of the descriptor from those for earlier ones.
    seq: AtomicU32,
    rg: PollSem,
    wg: PollSem,
    /// What waiters look at without a lock: a summary of the fields below. Written under the lock, but `EVENT_ERR` and
    /// `LAST_WORD`.
    info: AtomicU32,
    lock: Mutex,
    // ---- under the lock ----
    fd: i32,
    closing: bool,
    read: Deadline,
    write: Deadline,
}

/// A deadline of one direction.
struct Deadline {
    /// When (nanotime); 0: never; negative: it has passed.
    when: i64,
    /// Which deadline this is: an earlier one's timer that fires late does nothing.
    seq: usize,
    /// Made with the first deadline, and kept.
    timer: *mut Timer,
    /// The timer is set.
    running: bool,
}

impl Deadline {
    const fn new() -> Self {
        Deadline { when: 0, seq: 0, timer: null_mut(), running: false }
    }
}

impl PollDesc {
    fn sem(&self, mode: Mode) -> &PollSem {
        match mode {
            Mode::Read => &self.rg,
            Mode::Write => &self.wg,
        }
    }

    fn deadline(&mut self, mode: Mode) -> &mut Deadline {
        match mode {
            Mode::Read => &mut self.read,
            Mode::Write => &mut self.write,
        }
    }

    /// The descriptor's file number.
    pub fn fd(&self) -> i32 {
        self.fd
    }

    /// Go: `netpollcheckerr`.
    fn check(&self, mode: Mode) -> PollErr {
        let info = self.info.load(Acquire);
        if info & !LAST_WORD == 0 {
            return PollErr::None;
        }
        let expired = match mode {
            Mode::Read => READ_EXPIRED,
            Mode::Write => WRITE_EXPIRED,
        };
        if info & CLOSING != 0 {
            PollErr::Closing
        } else if info & expired != 0 {
            PollErr::Timeout
        } else if mode == Mode::Read && info & EVENT_ERR != 0 {
            // A writer finds out by writing.
            PollErr::NotPollable
        } else {
            PollErr::None
        }
    }

    /// Brings `info` up to date. The lock is held. (Go: `publishInfo`)
    fn publish(&self) {
        let mut new = 0;
        if self.closing {
            new |= CLOSING;
        }
        if self.read.when < 0 {
            new |= READ_EXPIRED;
        }
        if self.write.when < 0 {
            new |= WRITE_EXPIRED;
        }
        let _ = self.info.fetch_update(AcqRel, Relaxed, |old| Some(old & (EVENT_ERR | LAST_WORD) | new));
    }

    /// There will be no further event about what the kernel has just said. Before the waiter is told.
    fn set_last_word(&self) {
        self.info.fetch_or(LAST_WORD, AcqRel);
    }

    /// The kernel saw an error and nothing else, or does so no longer.
    fn set_event_err(&self, err: bool) {
        if err {
            self.info.fetch_or(EVENT_ERR, AcqRel);
        } else if self.info.load(Relaxed) & EVENT_ERR != 0 {
            self.info.fetch_and(!EVENT_ERR, AcqRel);
        }
    }
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
                pd.write(PollDesc {
                    link: *free,
                    seq: AtomicU32::new(0),
                    rg: PollSem::new(),
                    wg: PollSem::new(),
                    info: AtomicU32::new(0),
                    lock: Mutex::new(LockRank::PollDesc),
                    fd: -1,
                    closing: false,
                    read: Deadline::new(),
                    write: Deadline::new(),
                });
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
        (*pd).lock.lock();
        (*pd).fd = fd;
        (*pd).closing = false;
        (*pd).info.store(0, Release);
        for mode in [Mode::Read, Mode::Write] {
            (*pd).sem(mode).reset();
            let d = (*pd).deadline(mode);
            d.seq += 1;
            d.when = 0;
        }
        (*pd).publish();
        (*pd).lock.unlock();
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
    // SAFETY: fields under the lock.
    unsafe {
        (*pd).lock.lock();
        if (*pd).closing {
            crate::fatal::throw("poll_unblock: already closing");
        }
        (*pd).closing = true;
        (*pd).publish();
        let mut woken = GList::new();
        for mode in [Mode::Read, Mode::Write] {
            take(pd, mode, false, &mut woken);
            let d = (*pd).deadline(mode);
            d.seq += 1;
            if std::mem::take(&mut d.running) {
                timer_stop(d.timer);
            }
        }
        (*pd).lock.unlock();
        ready_all(woken);
    }
}

/// The last user is gone: takes the descriptor out of the poller; the file is closed right after. After
/// [`poll_unblock`]. (Go: `poll_runtime_pollClose`)
///
/// # Safety
/// `pd` comes from [`poll_open`], and is not used any more.
pub unsafe fn poll_close(pd: *mut PollDesc) {
    // SAFETY: as the caller promises.
    unsafe {
        if !(*pd).closing || (*pd).rg.parked().is_some() || (*pd).wg.parked().is_some() {
            crate::fatal::throw("poll_close: still in use");
        }
        kernel::netpollclose((*pd).fd);
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
    unsafe { (*pd).info.load(Acquire) & LAST_WORD == 0 }
}

/// The attempt would block: waits until something happens. (Go: `poll_runtime_pollWait`)
///
/// # Safety
/// As [`poll_reset`]; `gp` is the running goroutine.
pub unsafe fn poll_wait(gp: *mut G, pd: *mut PollDesc, mode: Mode) -> PollWait {
    // SAFETY: as the caller promises.
    unsafe {
        loop {
            let err = (*pd).check(mode);
            if err != PollErr::None {
                return PollWait::Done(err);
            }
            let sem = (*pd).sem(mode);
            if sem.begin_wait() {
                return PollWait::Done(PollErr::None);
            }
            // The word says that we are about to wait: closing and deadlines that come now will see it.
            if (*pd).check(mode) == PollErr::None {
                let lock = (&raw const *sem).cast_mut().cast();
                if nondet::seeded() {
                    nondet::uncontrolled("a socket, a pipe or a terminal");
                }
                return PollWait::Park(Park::new(gp, Some(wait_commit), lock, WaitReason::IoWait));
            }
            if sem.finish() {
                return PollWait::Done(PollErr::None);
            }
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
    unsafe {
        if (*pd).sem(mode).finish() {
            return PollWait::Done(PollErr::None);
        }
        // A deadline passed, but perhaps another has been set since: then waiting goes on.
        poll_wait(gp, pd, mode)
    }
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
    // SAFETY: fields under the lock.
    unsafe {
        (*pd).lock.lock();
        if (*pd).closing {
            (*pd).lock.unlock();
            return;
        }
        let mut woken = GList::new();
        for &mode in modes {
            let d = (*pd).deadline(mode);
            if d.when == when && when >= 0 {
                continue;
            }
            d.when = when;
            d.seq += 1;
            if when > 0 {
                if d.timer.is_null() {
                    let f = match mode {
                        Mode::Read => read_deadline,
                        Mode::Write => write_deadline,
                    };
                    d.timer = new_static_timer(getp(gp), f, pd.cast());
                }
                timer_reset(d.timer, when, 0, d.seq);
                d.running = true;
            } else if std::mem::take(&mut d.running) {
                timer_stop(d.timer);
            }
        }
        (*pd).publish();
        if when < 0 {
            for &mode in modes {
                take(pd, mode, false, &mut woken);
            }
        }
        (*pd).lock.unlock();
        ready_all(woken);
    }
}

/// A deadline's timer fires. (Go: `netpolldeadlineimpl`)
unsafe fn deadline_passed(pd: *mut PollDesc, seq: usize, mode: Mode) {
    // SAFETY: fields under the lock.
    unsafe {
        (*pd).lock.lock();
        let d = (*pd).deadline(mode);
        if d.seq != seq {
            // Another has been set since, or the descriptor lives another life.
            (*pd).lock.unlock();
            return;
        }
        d.when = -1;
        d.running = false;
        (*pd).publish();
        let mut woken = GList::new();
        take(pd, mode, false, &mut woken);
        (*pd).lock.unlock();
        ready_all(woken);
    }
}

unsafe fn read_deadline(pd: *mut u8, seq: usize, _delta: i64) {
    // SAFETY: the timer of a descriptor.
    unsafe { deadline_passed(pd.cast(), seq, Mode::Read) }
}

unsafe fn write_deadline(pd: *mut u8, seq: usize, _delta: i64) {
    // SAFETY: the timer of a descriptor.
    unsafe { deadline_passed(pd.cast(), seq, Mode::Write) }
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
unsafe fn ready_all(mut list: GList) {
    loop {
        let gp = list.pop();
        if gp.is_null() {
            return;
        }
        // SAFETY: the list is ours.
        unsafe { goready(gp) };
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

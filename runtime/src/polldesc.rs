//! A descriptor that goroutines wait for: its two directions, their deadlines, its end. (Go: `pollDesc` in
//! runtime/netpoll.go)
//!
//! Each direction has a semaphore of one word ([`PollSem`]); at most one goroutine waits in each. It is woken by an event,
//! by a deadline's timer or by the descriptor's closing; who wakes takes the goroutine's address out of the semaphore.
//!
//! A deadline may be set anew, or the descriptor closed and used again, while the timer of an earlier one is already
//! firing: its function waits for the descriptor's lock. So each deadline has a number, which its timer is set with; a
//! timer that comes with another number than the present one does nothing.
//!
//! The model checker runs this file as it is, with the timers of [`crate::timers`].
//! Locks: a descriptor's lock comes before the timers'. Semaphores are touched without it.
//! Knows nothing of: goroutines (an address is a number), the kernel, who readies whom.

use crate::lockrank::LockRank;
use crate::pollsem::PollSem;
use crate::sync::*;
use crate::timers::{self, Outside, Timer, TimerFn};
use std::ptr::null_mut;

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

/// What who wants to wait does next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Try the operation again, or fail.
    Done(PollErr),
    /// Park with [`PollSem::commit`], then [`PollDesc::woken`].
    Park,
}

/// Goroutines that were taken out of the semaphores, to be readied when the lock is free.
pub type Woken = [Option<usize>; 2];

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
    pub link: *mut PollDesc,
    /// Tells events for this life of the descriptor from those for earlier ones.
    pub seq: AtomicU32,
    fd: AtomicI32,
    rg: PollSem,
    wg: PollSem,
    /// What waiters look at without a lock: a summary of the state below. Written under the lock, but `EVENT_ERR` and
    /// `LAST_WORD`.
    info: AtomicU32,
    lock: ShortMutex,
    state: Guarded<State>,
}

/// Under the lock.
struct State {
    closing: bool,
    read: Deadline,
    write: Deadline,
}

/// A deadline of one direction.
struct Deadline {
    /// When (nanotime); 0: never; negative: it has passed.
    when: i64,
    /// Which deadline this is.
    seq: usize,
    /// Made with the first deadline, and kept.
    timer: *mut Timer,
    /// The timer is set.
    running: bool,
}

impl Deadline {
    const fn new() -> Self {
        Deadline {
            when: 0,
            seq: 0,
            timer: null_mut(),
            running: false,
        }
    }
}

impl State {
    fn deadline(&mut self, mode: Mode) -> &mut Deadline {
        match mode {
            Mode::Read => &mut self.read,
            Mode::Write => &mut self.write,
        }
    }
}

impl PollDesc {
    /// A descriptor that is not open.
    pub fn new(link: *mut PollDesc) -> PollDesc {
        PollDesc {
            link,
            seq: AtomicU32::new(0),
            fd: AtomicI32::new(-1),
            rg: PollSem::new(),
            wg: PollSem::new(),
            info: AtomicU32::new(0),
            lock: ShortMutex::new(LockRank::PollDesc),
            state: Guarded::new(State {
                closing: false,
                read: Deadline::new(),
                write: Deadline::new(),
            }),
        }
    }

    /// The semaphore of a direction.
    pub fn sem(&self, mode: Mode) -> &PollSem {
        match mode {
            Mode::Read => &self.rg,
            Mode::Write => &self.wg,
        }
    }

    /// The descriptor's file number.
    pub fn fd(&self) -> i32 {
        self.fd.load(Relaxed)
    }

    /// # Safety
    /// The lock is held.
    #[allow(clippy::mut_from_ref)]
    unsafe fn state(&self) -> &mut State {
        // SAFETY: exclusive by the lock.
        unsafe { &mut *self.state.get() }
    }

    /// Go: `netpollcheckerr`.
    pub fn check(&self, mode: Mode) -> PollErr {
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
    fn publish(&self, state: &State) {
        let mut new = 0;
        if state.closing {
            new |= CLOSING;
        }
        if state.read.when < 0 {
            new |= READ_EXPIRED;
        }
        if state.write.when < 0 {
            new |= WRITE_EXPIRED;
        }
        let keep = EVENT_ERR | LAST_WORD;
        let _ = self
            .info
            .fetch_update(AcqRel, Relaxed, |old| Some(old & keep | new));
    }

    /// There will be no further event about what the kernel has just said. Before the waiter is told.
    pub fn set_last_word(&self) {
        self.info.fetch_or(LAST_WORD, AcqRel);
    }

    /// Has the kernel said all that it will say?
    pub fn has_last_word(&self) -> bool {
        self.info.load(Acquire) & LAST_WORD != 0
    }

    /// The kernel saw an error and nothing else, or does so no longer.
    pub fn set_event_err(&self, err: bool) {
        if err {
            self.info.fetch_or(EVENT_ERR, AcqRel);
        } else if self.info.load(Relaxed) & EVENT_ERR != 0 {
            self.info.fetch_and(!EVENT_ERR, AcqRel);
        }
    }

    /// A new life, for file `fd`.
    pub fn open(&self, fd: i32) {
        self.lock.lock();
        self.fd.store(fd, Relaxed);
        // SAFETY: the lock is held.
        let state = unsafe { self.state() };
        state.closing = false;
        self.info.store(0, Release);
        for mode in [Mode::Read, Mode::Write] {
            self.sem(mode).reset();
            let d = state.deadline(mode);
            d.seq += 1;
            d.when = 0;
        }
        self.publish(state);
        self.lock.unlock();
    }

    /// Nobody can wait any more from here on. Returns those who do.
    ///
    /// # Safety
    /// As [`timers::stop`].
    pub unsafe fn close<O: Outside>(&self) -> Woken {
        self.lock.lock();
        // SAFETY: the lock is held.
        let state = unsafe { self.state() };
        if state.closing {
            crate::fatal::throw("poll_unblock: already closing");
        }
        state.closing = true;
        self.publish(state);
        let woken = [Mode::Read, Mode::Write].map(|mode| {
            let woken = self.sem(mode).unblock(false);
            let d = state.deadline(mode);
            d.seq += 1;
            if std::mem::take(&mut d.running) {
                // SAFETY: a deadline's timer is never freed.
                unsafe { timers::stop::<O>(d.timer) };
            }
            woken
        });
        self.lock.unlock();
        woken
    }

    /// Is it being closed, and does nobody wait?
    pub fn is_unused(&self) -> bool {
        self.info.load(Acquire) & CLOSING != 0
            && self.rg.parked().is_none()
            && self.wg.parked().is_none()
    }

    /// The attempt would block: what now? (Go: `poll_runtime_pollWait`)
    pub fn wait(&self, mode: Mode) -> Step {
        loop {
            let err = self.check(mode);
            if err != PollErr::None {
                return Step::Done(err);
            }
            let sem = self.sem(mode);
            if sem.begin_wait() {
                return Step::Done(PollErr::None);
            }
            // The word says that we are about to wait: closing and deadlines that come now will see it.
            if self.check(mode) == PollErr::None {
                return Step::Park;
            }
            if sem.finish() {
                return Step::Done(PollErr::None);
            }
        }
    }

    /// After the park.
    pub fn woken(&self, mode: Mode) -> Step {
        if self.sem(mode).finish() {
            return Step::Done(PollErr::None);
        }
        // A deadline passed, but perhaps another has been set since: then waiting goes on.
        self.wait(mode)
    }

    /// Sets the deadline of the given directions: 0 for none, negative for one that has passed. `new` makes a timer with a
    /// function that calls [`PollDesc::deadline_passed`]. Returns those whose time is up.
    /// (Go: `poll_runtime_pollSetDeadline`)
    ///
    /// # Safety
    /// As [`timers::reset`]; the timers that `new` makes are never freed.
    pub unsafe fn set_deadline<O: Outside>(
        &self,
        when: i64,
        modes: &[Mode],
        fns: [TimerFn; 2],
        new: &dyn Fn(TimerFn) -> *mut Timer,
    ) -> Woken {
        self.lock.lock();
        // SAFETY: the lock is held.
        let state = unsafe { self.state() };
        let mut woken = [None; 2];
        if state.closing {
            self.lock.unlock();
            return woken;
        }
        for &mode in modes {
            let d = state.deadline(mode);
            if d.when == when && when >= 0 {
                continue;
            }
            d.when = when;
            d.seq += 1;
            if when > 0 {
                if d.timer.is_null() {
                    d.timer = new(fns[mode as usize]);
                }
                // SAFETY: as the caller promises.
                unsafe { timers::reset::<O>(d.timer, when, 0, d.seq) };
                d.running = true;
            } else if std::mem::take(&mut d.running) {
                // SAFETY: as above.
                unsafe { timers::stop::<O>(d.timer) };
            }
        }
        self.publish(state);
        if when < 0 {
            for (&mode, woken) in modes.iter().zip(&mut woken) {
                *woken = self.sem(mode).unblock(false);
            }
        }
        self.lock.unlock();
        woken
    }

    /// The timer of deadline number `seq` fires. (Go: `netpolldeadlineimpl`)
    pub fn deadline_passed(&self, seq: usize, mode: Mode) -> Option<usize> {
        self.lock.lock();
        // SAFETY: the lock is held.
        let state = unsafe { self.state() };
        let d = state.deadline(mode);
        if d.seq != seq {
            // Another has been set since, or the descriptor lives another life.
            self.lock.unlock();
            return None;
        }
        d.when = -1;
        d.running = false;
        self.publish(state);
        let woken = self.sem(mode).unblock(false);
        self.lock.unlock();
        woken
    }
}

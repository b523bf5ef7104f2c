//! Models of timers and of descriptors' deadlines: the runtime's own code (`timers.rs`, `polldesc.rs`, `pollsem.rs`) with
//! a channel, a clock and a poller that are the model's.

use super::bounded;
use loom::sync::Arc;
use loom::thread;
use minigo_runtime::lockrank::LockRank;
use minigo_runtime::polldesc::{Mode, PollDesc, PollErr, Step, Woken};
use minigo_runtime::sync::*;
use minigo_runtime::timers::{self, Outside, Timer, Timers};
use std::cell::Cell;

/// What the clock says whenever somebody fires timers.
const NOW: i64 = 10;
/// A waiting goroutine.
const G: usize = 64;

/// A channel with room for one value, of a timer.
struct Chan {
    lock: ShortMutex,
    full: Guarded<bool>,
}

impl Chan {
    fn new() -> Chan {
        Chan {
            lock: ShortMutex::new(LockRank::Hchan),
            full: Guarded::new(false),
        }
    }

    fn exchange(&self, full: bool) -> bool {
        self.lock.lock();
        // SAFETY: the lock is held.
        let old = unsafe { std::mem::replace(&mut *self.full.get(), full) };
        self.lock.unlock();
        old
    }
}

/// The model around the timers. The poller is one of those in `findrunnable`: it says until when it will sleep.
struct Model;

/// Until when the poller sleeps (0: it does not), and whether it was told to look again.
struct Poller(AtomicI64, AtomicBool);

thread_local! {
    /// The model checker runs all threads of a model on one real thread, one model after the other.
    static POLLER: Cell<*const Poller> = const { Cell::new(std::ptr::null()) };
}

impl Outside for Model {
    unsafe fn drain(c: *mut u8) -> bool {
        // SAFETY: the channel of a timer of the model.
        unsafe { (*c.cast::<Chan>()).exchange(false) }
    }

    fn heir() -> *mut Timers {
        unreachable!("no home is given up")
    }

    /// `wake_net_poller`.
    fn earlier(when: i64) {
        let poller = POLLER.get();
        if poller.is_null() {
            return;
        }
        fence(SeqCst);
        // SAFETY: the model that has a poller keeps it.
        let poller = unsafe { &*poller };
        let until = poller.0.load(SeqCst);
        if until > when {
            poller.1.store(true, Release);
        }
    }
}

unsafe fn send(c: *mut u8, _seq: usize, _delta: i64) {
    // SAFETY: the argument is the timer's channel.
    unsafe { (*c.cast::<Chan>()).exchange(true) };
}

unsafe fn count(n: *mut u8, _seq: usize, _delta: i64) {
    // SAFETY: the argument is a counter of the model.
    unsafe { (*n.cast::<AtomicU32>()).fetch_add(1, AcqRel) };
}

/// A home, a timer, what it acts on.
struct World<T> {
    ts: Box<Timers>,
    other: Box<Timers>,
    t: *mut Timer,
    target: Box<T>,
}

// SAFETY: the timers' own locks are what is being checked.
unsafe impl<T> Send for World<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for World<T> {}

impl<T> World<T> {
    fn new(f: timers::TimerFn, target: T, channel: bool) -> Arc<World<T>> {
        POLLER.set(std::ptr::null());
        let (mut ts, mut target) = (Box::new(Timers::new()), Box::new(target));
        let arg: *mut u8 = (&raw mut *target).cast();
        let c = if channel { arg } else { std::ptr::null_mut() };
        let t = Box::into_raw(Box::new(Timer::new(&raw mut *ts, f, arg, c)));
        Arc::new(World {
            ts,
            other: Box::new(Timers::new()),
            t,
            target,
        })
    }

    fn reset(&self, when: i64) -> bool {
        // SAFETY: the timer lives as long as the world.
        unsafe { timers::reset::<Model>(self.t, when, 0, 0) }
    }

    fn stop(&self) -> bool {
        // SAFETY: as above.
        unsafe { timers::stop::<Model>(self.t) }
    }

    fn fire(&self) {
        // SAFETY: as above.
        unsafe { self.ts.run_due::<Model>(NOW) };
    }

    fn block(&self) {
        // SAFETY: as above.
        unsafe { timers::block::<Model>(self.t) }
    }

    fn unblock(&self) {
        // SAFETY: as above.
        unsafe { timers::unblock::<Model>(self.t) }
    }
}

impl<T> Drop for World<T> {
    fn drop(&mut self) {
        // SAFETY: made by `new`, and the last user is gone.
        unsafe { drop(Box::from_raw(self.t)) };
    }
}

impl World<Chan> {
    /// A receive that does not wait.
    fn receive(&self) -> bool {
        // SAFETY: as `reset`.
        unsafe { timers::maybe_run::<Model>(self.t, || NOW) };
        self.target.exchange(false)
    }
}

/// Stopping against firing, with a receiver beside: the value is received, or the stop is told that it was in time.
/// Never both, never neither, and nothing is left behind the stop.
#[test]
fn a_timer_is_stopped_or_has_fired() {
    bounded(2, || {
        let w = World::new(send, Chan::new(), true);
        w.reset(5);
        // Somebody waits, so that it fires by itself.
        w.block();
        let (w1, w2) = (w.clone(), w.clone());
        let firing = thread::spawn(move || w1.fire());
        let receiver = thread::spawn(move || w2.target.exchange(false));
        let stopped = w.stop();
        assert!(!w.target.exchange(false), "a stale value behind the stop");
        firing.join().unwrap();
        let received = receiver.join().unwrap();
        assert!(!w.target.exchange(false), "it fires behind the stop");
        assert!(
            stopped != received,
            "stopped: {stopped}, received: {received}"
        );
        w.unblock();
    });
}

/// The same for a timer that is set anew, for later: the first time is received or was pending, and the channel is
/// empty afterwards.
#[test]
fn a_timer_set_anew_leaves_no_stale_value() {
    bounded(2, || {
        let w = World::new(send, Chan::new(), true);
        w.reset(5);
        w.block();
        let (w1, w2) = (w.clone(), w.clone());
        let firing = thread::spawn(move || w1.fire());
        let receiver = thread::spawn(move || w2.target.exchange(false));
        let pending = w.reset(NOW + 10);
        firing.join().unwrap();
        let received = receiver.join().unwrap();
        assert!(!w.target.exchange(false), "a value of the first setting");
        assert!(
            pending != received,
            "pending: {pending}, received: {received}"
        );
        assert_eq!(w.ts.wake_time(), NOW + 10);
        w.unblock();
        assert_eq!(w.ts.wake_time(), 0, "nobody waits, and it is in the heap");
    });
}

/// A timer that nobody waits for is run by whoever looks at its channel, and by the P once somebody waits: one value.
#[test]
fn whoever_looks_runs_the_timer_once() {
    bounded(2, || {
        let w = World::new(send, Chan::new(), true);
        w.reset(5);
        let (w1, w2) = (w.clone(), w.clone());
        let looker = thread::spawn(move || w1.receive());
        let waiter = thread::spawn(move || {
            w2.block();
            w2.fire();
            let got = w2.target.exchange(false);
            w2.unblock();
            got
        });
        let got = looker.join().unwrap() as u32 + waiter.join().unwrap() as u32;
        assert_eq!(got + w.receive() as u32, 1);
    });
}

/// A timer with a function is run without its home's lock: stopping it either keeps the function from being called, or
/// says that it was too late. Two Ps may run the same heap.
#[test]
fn a_function_is_called_or_its_timer_was_stopped() {
    bounded(3, || {
        let w = World::new(count, AtomicU32::new(0), false);
        w.reset(5);
        let (w1, w2) = (w.clone(), w.clone());
        let firing = thread::spawn(move || w1.fire());
        let thief = thread::spawn(move || w2.fire());
        let stopped = w.stop();
        firing.join().unwrap();
        thief.join().unwrap();
        assert_eq!(w.target.load(Relaxed), !stopped as u32);
    });
}

/// A sleeper that was woken sleeps again, on another P, while who woke it is not done with the first firing.
#[test]
fn a_sleeper_moves_with_its_timer() {
    bounded(3, || {
        let w = World::new(count, AtomicU32::new(0), false);
        // SAFETY: nobody else knows the timer; it lives as long as the world.
        unsafe { w.ts.adopt(w.t, 5) };
        let w1 = w.clone();
        let firing = thread::spawn(move || w1.fire());
        while w.target.load(Acquire) == 0 {
            thread::yield_now();
        }
        // SAFETY: it has fired, and is the sleeper's again.
        unsafe {
            assert!(w.other.adopt(w.t, 7));
            w.other.run_due::<Model>(NOW);
        }
        firing.join().unwrap();
        assert_eq!(w.target.load(Relaxed), 2);
        assert_eq!((w.ts.wake_time(), w.other.wake_time()), (0, 0));
    });
}

/// A timer that comes earlier than the poller sleeps: the poller publishes until when it will sleep, fences, and looks at
/// the timers; who adds a timer publishes it, fences, and looks at the poller. (`poll_blocking`, `wake_net_poller`)
#[test]
fn a_new_timer_and_the_poller_do_not_miss_each_other() {
    bounded(3, || {
        let w = World::new(count, AtomicU32::new(0), false);
        let poller = Box::new(Poller(AtomicI64::new(0), AtomicBool::new(false)));
        POLLER.set(&raw const *poller);
        let w2 = w.clone();
        let adder = thread::spawn(move || w2.reset(NOW));
        poller.0.store(100, SeqCst);
        fence(SeqCst);
        let seen = w.ts.wake_time() == NOW;
        adder.join().unwrap();
        assert!(
            seen | poller.1.load(Acquire),
            "the poller sleeps past the timer"
        );
        POLLER.set(std::ptr::null());
    });
}

/// A descriptor, and the goroutine that waits for it.
struct Desc {
    pd: PollDesc,
    /// How often the goroutine was readied.
    readied: AtomicUsize,
    ts: Box<Timers>,
}

// SAFETY: the descriptor's own locks are what is being checked.
unsafe impl Send for Desc {}
// SAFETY: as above.
unsafe impl Sync for Desc {}

unsafe fn deadline(d: *mut u8, seq: usize, _delta: i64) {
    // SAFETY: the argument is the model's descriptor, which outlives its threads.
    let d = unsafe { &*d.cast::<Desc>() };
    d.ready([d.pd.deadline_passed(seq, Mode::Read), None]);
}

impl Desc {
    fn new() -> Arc<Desc> {
        POLLER.set(std::ptr::null());
        let d = Arc::new(Desc {
            pd: PollDesc::new(std::ptr::null_mut()),
            readied: AtomicUsize::new(0),
            ts: Box::new(Timers::new()),
        });
        d.pd.open(3);
        d
    }

    fn ready(&self, woken: Woken) {
        for gp in woken.into_iter().flatten() {
            assert_eq!(gp, G);
            self.readied.fetch_add(1, Release);
        }
    }

    /// The timers that it makes are few, and stay.
    fn set(&self, when: i64) {
        let home: *mut Timers = (&raw const *self.ts).cast_mut();
        let arg: *mut u8 = std::ptr::from_ref(self).cast_mut().cast();
        let new = |f| Box::into_raw(Box::new(Timer::new(home, f, arg, std::ptr::null_mut())));
        // SAFETY: timers and descriptor outlive the threads.
        let woken = unsafe {
            self.pd
                .set_deadline::<Model>(when, &[Mode::Read], [deadline, deadline], &new)
        };
        self.ready(woken);
    }

    fn fire(&self) {
        // SAFETY: as above.
        unsafe { self.ts.run_due::<Model>(NOW) };
    }

    fn close(&self) {
        // SAFETY: as above.
        let woken = unsafe { self.pd.close::<Model>() };
        self.ready(woken);
    }

    fn event(&self) {
        self.ready([self.pd.sem(Mode::Read).unblock(true), None]);
    }

    /// A goroutine waits to read, until an event or an error.
    fn wait(&self) -> PollErr {
        let mut step = self.pd.wait(Mode::Read);
        loop {
            match step {
                Step::Done(err) => return err,
                Step::Park => {
                    if self.pd.sem(Mode::Read).commit(G) {
                        while self.readied.load(Acquire) == 0 {
                            thread::yield_now();
                        }
                        self.readied.fetch_sub(1, AcqRel);
                    }
                    step = self.pd.woken(Mode::Read);
                }
            }
        }
    }

    fn over(&self) {
        assert_eq!(self.readied.load(Relaxed), 0, "readied twice");
    }
}

/// Who waits, or is about to, is told that its deadline has passed.
#[test]
fn a_deadline_wakes_the_waiter() {
    bounded(2, || {
        let d = Desc::new();
        d.set(5);
        let d2 = d.clone();
        let firing = thread::spawn(move || d2.fire());
        assert_eq!(d.wait(), PollErr::Timeout);
        firing.join().unwrap();
        d.over();
    });
}

/// A deadline that was put off does not pass, though its first timer is firing already; and one that has passed is over
/// when another is set.
#[test]
fn a_deadline_that_was_put_off_does_not_pass() {
    bounded(3, || {
        let d = Desc::new();
        d.set(5);
        let d2 = d.clone();
        let firing = thread::spawn(move || d2.fire());
        d.set(NOW + 10);
        assert_eq!(
            d.pd.check(Mode::Read),
            PollErr::None,
            "the first deadline counts behind the second"
        );
        firing.join().unwrap();
        assert_eq!(d.pd.check(Mode::Read), PollErr::None);
        assert_eq!(d.ts.wake_time(), NOW + 10);
    });
}

/// A waiter whose deadline is put off goes on waiting, until the event.
#[test]
fn a_waiter_outlives_the_deadline_that_was_put_off() {
    bounded(1, || {
        let d = Desc::new();
        d.set(5);
        let (d1, d2) = (d.clone(), d.clone());
        let firing = thread::spawn(move || d1.fire());
        let other = thread::spawn(move || {
            d2.set(0);
            d2.event();
        });
        let end = d.wait();
        firing.join().unwrap();
        other.join().unwrap();
        assert!(matches!(end, PollErr::None | PollErr::Timeout));
        assert_eq!(d.pd.check(Mode::Read), PollErr::None);
        d.over();
    });
}

/// Closing and using the descriptor again, while a deadline of its earlier life is firing: the new life has none.
#[test]
fn a_deadline_ends_with_the_descriptors_life() {
    bounded(3, || {
        let d = Desc::new();
        d.set(5);
        let d2 = d.clone();
        let firing = thread::spawn(move || d2.fire());
        d.close();
        assert_eq!(d.pd.check(Mode::Read), PollErr::Closing);
        assert!(d.pd.is_unused());
        d.pd.open(4);
        assert_eq!(d.pd.check(Mode::Read), PollErr::None);
        firing.join().unwrap();
        assert_eq!(
            d.pd.check(Mode::Read),
            PollErr::None,
            "a deadline of the life before"
        );
        d.over();
    });
}

/// An event, a deadline and a close at the same time ready the waiter once.
#[test]
fn the_waiter_is_readied_once() {
    bounded(1, || {
        let d = Desc::new();
        d.set(5);
        let (d1, d2, d3) = (d.clone(), d.clone(), d.clone());
        let others = [
            thread::spawn(move || d1.fire()),
            thread::spawn(move || d2.event()),
            thread::spawn(move || d3.close()),
        ];
        d.wait();
        others.into_iter().for_each(|t| t.join().unwrap());
        d.over();
    });
}

//! Model checking: `RUSTFLAGS="--cfg loom" cargo test -p minigo-runtime --release --test loom`.
//!
//! Two or three threads, a few operations each: every interleaving (up to a preemption bound where said) is tried.
//! Timers and poll descriptors have models of their own: `loom/timers.rs`.
#![cfg(loom)]

use loom::sync::Arc;
use loom::thread;
use minigo_runtime::lock::Mutex;
use minigo_runtime::lockrank::LockRank;
use minigo_runtime::note::Note;
use minigo_runtime::runq::RunQ;
use minigo_runtime::sync::*;

/// What is queued: an address that is never dereferenced.
fn item(i: usize) -> *mut u64 {
    (i * 8) as *mut u64
}

fn bounded(bound: usize, f: impl Fn() + Sync + Send + 'static) {
    let mut b = loom::model::Builder::new();
    b.preemption_bound = Some(bound);
    b.check(f);
}

/// Each of `n` items was taken exactly once.
fn all_once(n: usize, lists: &[Vec<*mut u64>]) {
    let mut got: Vec<usize> = lists.iter().flatten().map(|p| *p as usize / 8).collect();
    got.sort();
    assert_eq!(got, (1..=n).collect::<Vec<_>>());
}

fn steal_all(own: &RunQ<u64>, victim: &RunQ<u64>) -> Vec<*mut u64> {
    let mut got = Vec::new();
    let first = own.steal(victim);
    if !first.is_null() {
        got.push(first);
    }
    loop {
        let gp = own.get(false);
        if gp.is_null() {
            return got;
        }
        got.push(gp);
    }
}

fn drain(q: &RunQ<u64>) -> Vec<*mut u64> {
    let mut got = Vec::new();
    loop {
        let gp = q.get(false);
        if gp.is_null() {
            return got;
        }
        got.push(gp);
    }
}

struct Q(RunQ<u64>);
// SAFETY: the items are numbers.
unsafe impl Send for Q {}
// SAFETY: the queue is made for it.
unsafe impl Sync for Q {}
struct Items(Vec<*mut u64>);
// SAFETY: as above.
unsafe impl Send for Items {}

#[test]
fn an_owner_and_a_thief() {
    bounded(3, || {
        let q = Arc::new(Q(RunQ::new()));
        let q2 = q.clone();
        for i in 1..=2 {
            assert!(q.0.put(item(i)).is_none());
        }
        let thief = thread::spawn(move || Items(steal_all(&RunQ::new(), &q2.0)));
        let mut own = Vec::new();
        assert!(q.0.put(item(3)).is_none());
        let gp = q.0.get(false);
        if !gp.is_null() {
            own.push(gp);
        }
        assert!(q.0.put(item(4)).is_none());
        own.extend(drain(&q.0));
        let stolen = thief.join().unwrap().0;
        all_once(4, &[own, stolen]);
    });
}

#[test]
fn an_owner_and_two_thieves() {
    bounded(2, || {
        let q = Arc::new(Q(RunQ::new()));
        for i in 1..=3 {
            assert!(q.0.put(item(i)).is_none());
        }
        let thieves: Vec<_> = (0..2)
            .map(|_| {
                let q = q.clone();
                thread::spawn(move || Items(steal_all(&RunQ::new(), &q.0)))
            })
            .collect();
        let own = drain(&q.0);
        let mut lists: Vec<_> = thieves.into_iter().map(|t| t.join().unwrap().0).collect();
        lists.push(own);
        all_once(3, &lists);
    });
}

#[test]
fn a_full_queue_spills_while_a_thief_takes() {
    bounded(2, || {
        let q = Arc::new(Q(RunQ::new()));
        let q2 = q.clone();
        for i in 1..=4 {
            assert!(q.0.put(item(i)).is_none());
        }
        let thief = thread::spawn(move || Items(steal_all(&RunQ::new(), &q2.0)));
        let mut own = Vec::new();
        if let Some(over) = q.0.put(item(5)) {
            own.extend_from_slice(&over.batch[..over.n]);
        }
        own.extend(drain(&q.0));
        all_once(5, &[own, thief.join().unwrap().0]);
    });
}

#[test]
fn runnext_is_taken_once() {
    bounded(3, || {
        let q = Arc::new(Q(RunQ::new()));
        let q2 = q.clone();
        assert!(q.0.set_next(item(1)).is_null());
        let thief = thread::spawn(move || {
            let gp = q2.0.runnext.load(Acquire);
            Items(if !gp.is_null() && q2.0.steal_next(gp) {
                vec![gp]
            } else {
                vec![]
            })
        });
        let mut own = Vec::new();
        // Kicks the first out, or finds it stolen.
        let kicked = q.0.set_next(item(2));
        if !kicked.is_null() {
            own.push(kicked);
        }
        let next = q.0.take_next(false);
        if !next.is_null() {
            own.push(next);
        }
        all_once(2, &[own, thief.join().unwrap().0]);
    });
}

#[test]
fn a_note_wakes_its_sleeper() {
    loom::model(|| {
        let s = Arc::new((Note::new(), AtomicU32::new(0)));
        let s2 = s.clone();
        let waker = thread::spawn(move || {
            s2.1.store(7, Relaxed);
            s2.0.wakeup();
        });
        s.0.sleep();
        // What the waker wrote before is seen.
        assert_eq!(s.1.load(Relaxed), 7);
        waker.join().unwrap();
        s.0.clear();
    });
}

#[test]
fn the_mutex_excludes() {
    bounded(2, || {
        let m = Arc::new((Mutex::new(LockRank::Sched), loom::cell::UnsafeCell::new(0)));
        let threads: Vec<_> = (0..2)
            .map(|_| {
                let m = m.clone();
                thread::spawn(move || {
                    m.0.lock();
                    // loom reports an access that is not exclusive.
                    // SAFETY: the lock is held.
                    m.1.with_mut(|v| unsafe { *v += 1 });
                    m.0.unlock();
                })
            })
            .collect();
        threads.into_iter().for_each(|t| t.join().unwrap());
        m.0.lock();
        // SAFETY: the lock is held.
        m.1.with(|v| assert_eq!(unsafe { *v }, 2));
        m.0.unlock();
    });
}

const RUNNING: u32 = 2;
const WAITING: u32 = 4;
const RUNNABLE: u32 = 1;

/// The race of park and ready: the parker queues itself under the lock, leaves its stack, says waiting, and only then
/// the commit unlocks. The readier takes it off the queue and readies it: it must find it waiting, and its stack free.
#[test]
fn park_against_ready() {
    bounded(3, || {
        struct Chan {
            lock: Mutex,
            queued: loom::cell::UnsafeCell<bool>,
            value: loom::cell::UnsafeCell<u32>,
            status: AtomicU32,
            stack: loom::cell::UnsafeCell<bool>,
            runq: AtomicU32,
        }
        // SAFETY: `lock` and the hand-over of the goroutine protect the cells; loom checks that.
        unsafe impl Sync for Chan {}
        // SAFETY: as above.
        unsafe impl Send for Chan {}
        let c = Arc::new(Chan {
            lock: Mutex::new(LockRank::Hchan),
            queued: loom::cell::UnsafeCell::new(false),
            value: loom::cell::UnsafeCell::new(0),
            status: AtomicU32::new(RUNNING),
            stack: loom::cell::UnsafeCell::new(true),
            runq: AtomicU32::new(0),
        });
        let c2 = c.clone();
        let sender = thread::spawn(move || {
            loop {
                c2.lock.lock();
                // SAFETY: the lock is held.
                let waits = c2
                    .queued
                    .with_mut(|q| unsafe { std::mem::replace(&mut *q, false) });
                if waits {
                    // SAFETY: the receiver is on the queue, so its place is ours.
                    c2.value.with_mut(|v| unsafe { *v = 9 });
                    c2.lock.unlock();
                    assert_eq!(c2.status.load(Relaxed), WAITING, "readied before it waits");
                    c2.status.store(RUNNABLE, Release);
                    c2.runq.store(1, Release);
                    return;
                }
                c2.lock.unlock();
                thread::yield_now();
            }
        });
        // The receiver: queue, leave, say waiting, commit.
        c.lock.lock();
        // SAFETY: the lock is held.
        c.queued.with_mut(|q| unsafe { *q = true });
        // SAFETY: its own stack, still running.
        c.stack.with_mut(|s| unsafe { *s = false });
        c.status.store(WAITING, Release);
        c.lock.unlock();
        // Some M finds it on a run queue.
        while c.runq.load(Acquire) == 0 {
            thread::yield_now();
        }
        assert_eq!(c.status.load(Relaxed), RUNNABLE);
        // SAFETY: it was handed over.
        c.stack.with_mut(|s| unsafe { *s = true });
        // SAFETY: as above.
        c.value.with(|v| assert_eq!(unsafe { *v }, 9));
        sender.join().unwrap();
    });
}

/// Who wakes whom: the bringer publishes work, fences, looks at the number of spinners; the last spinner decrements,
/// fences, looks at the work. One of them sees the other.
#[test]
fn work_and_the_last_spinner_do_not_miss_each_other() {
    loom::model(|| {
        let s = Arc::new((AtomicI32::new(1), AtomicU32::new(0)));
        let s2 = s.clone();
        let spinner = thread::spawn(move || {
            s2.0.fetch_sub(1, SeqCst);
            fence(SeqCst);
            s2.1.load(Relaxed) != 0
        });
        s.1.store(1, Release);
        fence(SeqCst);
        let wakes = s.0.load(Relaxed) == 0;
        assert!(
            spinner.join().unwrap() | wakes,
            "the work waits and nobody looks"
        );
    });
}

#[path = "loom/timers.rs"]
mod timers;

/// A P that goes into a blocking call while the world is being stopped is stopped once: by its own M, or by who stops the
/// world. (`entersyscall`, `stop_the_world`)
#[test]
fn a_blocking_call_does_not_escape_the_stopping_world() {
    const PRUNNING: u32 = 1;
    const PSYSCALL: u32 = 2;
    const PGCSTOP: u32 = 3;
    loom::model(|| {
        let s = Arc::new((AtomicU32::new(PRUNNING), AtomicBool::new(false)));
        let s2 = s.clone();
        let take = |status: &AtomicU32| {
            status
                .compare_exchange(PSYSCALL, PGCSTOP, AcqRel, Relaxed)
                .is_ok()
        };
        let call = thread::spawn(move || {
            s2.0.store(PSYSCALL, Release);
            fence(SeqCst);
            s2.1.load(Relaxed) && take(&s2.0)
        });
        s.1.store(true, Release);
        fence(SeqCst);
        let taken = s.0.load(Relaxed) == PSYSCALL && take(&s.0);
        let own = call.join().unwrap();
        assert!(
            taken != own,
            "stopped by the stopper: {taken}, by itself: {own}"
        );
    });
}

/// The finalizer goroutine looks at its queue with the lock held, and parks holding it; the collector queues, and then
/// takes the lock to find who waits. (`finq.rs`)
#[test]
fn the_finalizer_goroutine_does_not_sleep_on_a_full_queue() {
    bounded(3, || {
        let s = Arc::new((
            Mutex::new(LockRank::Finq),
            AtomicU32::new(0),
            AtomicU32::new(0),
        ));
        let s2 = s.clone();
        let collector = thread::spawn(move || {
            s2.1.store(1, Release);
            s2.0.lock();
            let woken = s2.2.swap(0, Relaxed) != 0;
            s2.0.unlock();
            woken
        });
        s.0.lock();
        let sleeps = s.1.load(Acquire) == 0;
        if sleeps {
            s.2.store(1, Relaxed);
        }
        s.0.unlock();
        assert_eq!(collector.join().unwrap(), sleeps);
    });
}

/// The whole way from spinning to idle: the spinner, having found nothing, gives its P up and stops spinning, then looks
/// at the queue once more; if there is work and an idle P it takes both. The bringer wakes somebody if it sees nobody
/// spinning and an idle P. In the end the work has somebody who runs it, and the P one owner. (`findrunnable`, `wakep`)
#[test]
fn from_spinning_to_idle() {
    bounded(3, || {
        struct Sched {
            lock: Mutex,
            idle_p: loom::cell::UnsafeCell<bool>,
            npidle: AtomicI32,
            nmspinning: AtomicI32,
            work: AtomicU32,
        }
        // SAFETY: `lock` protects the cell; loom checks that.
        unsafe impl Sync for Sched {}
        // SAFETY: as above.
        unsafe impl Send for Sched {}
        impl Sched {
            fn pidleget(&self) -> bool {
                self.lock.lock();
                // SAFETY: the lock is held.
                let got = self
                    .idle_p
                    .with_mut(|p| unsafe { std::mem::replace(&mut *p, false) });
                if got {
                    self.npidle.fetch_sub(1, SeqCst);
                }
                self.lock.unlock();
                got
            }
        }
        let s = Arc::new(Sched {
            lock: Mutex::new(LockRank::Sched),
            idle_p: loom::cell::UnsafeCell::new(false),
            npidle: AtomicI32::new(0),
            nmspinning: AtomicI32::new(1),
            work: AtomicU32::new(0),
        });
        let s2 = s.clone();
        let spinner = thread::spawn(move || {
            if s2.work.load(Acquire) != 0 {
                return true; // found while it spins
            }
            s2.lock.lock();
            // SAFETY: the lock is held.
            s2.idle_p.with_mut(|p| unsafe { *p = true });
            s2.npidle.fetch_add(1, SeqCst);
            s2.lock.unlock();
            s2.nmspinning.fetch_sub(1, SeqCst);
            fence(SeqCst);
            s2.work.load(Relaxed) != 0 && s2.pidleget()
        });
        s.work.store(1, Release);
        fence(SeqCst);
        let woke = s.nmspinning.load(Relaxed) == 0 && s.npidle.load(SeqCst) != 0 && s.pidleget();
        let found = spinner.join().unwrap();
        assert!(found | woke, "the work waits and nobody comes");
    });
}

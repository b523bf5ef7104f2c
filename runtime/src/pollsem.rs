//! The semaphore of one direction of a poll descriptor: one word between a goroutine that wants to wait and those who
//! can tell it to go on. (Go: `rg` and `wg` of `pollDesc` in runtime/netpoll.go)
//!
//! The word is
//!  - `NIL`: nothing;
//!  - `READY`: something happened since the last [`PollSem::reset`], and nobody has taken note of it yet;
//!  - `WAIT`: a goroutine prepares to park;
//!  - a goroutine's address: it is parked, and whoever swaps the address out may ready it.
//!
//! At most one goroutine waits (the descriptor's read or write lock sees to that). Besides being told here, it must not
//! sleep if the descriptor was closed or its deadline passed: the waiter writes `WAIT`, *fence*, looks at the
//! descriptor's state; the closer writes the state, *fence*, looks at the word. One of them sees the other.
//! Knows nothing of: goroutines (an address is a number), descriptors, the kernel.

use crate::sync::*;

/// Nothing.
pub const NIL: usize = 0;
/// Something happened.
pub const READY: usize = 1;
/// Somebody prepares to park.
pub const WAIT: usize = 2;

/// See the module's text.
pub struct PollSem(AtomicUsize);

impl PollSem {
    #[cfg(not(loom))]
    pub const fn new() -> Self {
        PollSem(AtomicUsize::new(NIL))
    }

    #[cfg(loom)]
    pub fn new() -> Self {
        PollSem(AtomicUsize::new(NIL))
    }

    /// Forgets what happened. Nobody waits. An attempt at the operation follows, so that nothing is missed.
    #[inline]
    pub fn reset(&self) {
        // Acquire: what the one who told us had written before counts from now on.
        if self.0.load(Acquire) != NIL {
            self.0.store(NIL, SeqCst);
        }
    }

    /// The waiter's first step. `true`: something had happened (and is taken note of), there is nothing to wait for.
    /// `false`: look at the descriptor's state, then park with [`PollSem::commit`], or give up; in both cases
    /// [`PollSem::finish`] follows. (Go: the first half of `netpollblock`)
    #[inline]
    pub fn begin_wait(&self) -> bool {
        loop {
            if self.0.compare_exchange(READY, NIL, AcqRel, Relaxed).is_ok() {
                return true;
            }
            match self.0.compare_exchange(NIL, WAIT, AcqRel, Relaxed) {
                Ok(_) => break,
                Err(READY) => {}
                Err(_) => crate::fatal::throw("two goroutines wait for the same descriptor"),
            }
        }
        // Pairs with the fence in `unblock`.
        fence(SeqCst);
        false
    }

    /// On g0, the goroutine's state says waiting. `false`: it must not sleep. (Go: `netpollblockcommit`)
    #[inline]
    pub fn commit(&self, gp: usize) -> bool {
        debug_assert!(gp > WAIT);
        // Release: whoever readies the goroutine sees it parked.
        self.0.compare_exchange(WAIT, gp, AcqRel, Relaxed).is_ok()
    }

    /// The waiter's last step: did something happen? Otherwise it was told to look at the descriptor's state.
    #[inline]
    pub fn finish(&self) -> bool {
        match self.0.swap(NIL, AcqRel) {
            NIL | WAIT => false,
            READY => true,
            _ => crate::fatal::throw("a goroutine runs while it is parked on a descriptor"),
        }
    }

    /// Something happened (`ready`), or the descriptor's state has changed: takes out the goroutine that is parked, if
    /// any; the caller readies it. (Go: `netpollunblock`)
    #[inline]
    pub fn unblock(&self, ready: bool) -> Option<usize> {
        // Pairs with the fence in `begin_wait`.
        fence(SeqCst);
        let new = if ready { READY } else { NIL };
        let mut old = self.0.load(Relaxed);
        loop {
            if old == READY || old == NIL && !ready {
                return None;
            }
            match self.0.compare_exchange(old, new, AcqRel, Relaxed) {
                Ok(_) => return (old > WAIT).then_some(old),
                Err(now) => old = now,
            }
        }
    }

    /// The address of the goroutine that is parked, for a look from outside.
    pub fn parked(&self) -> Option<usize> {
        Some(self.0.load(Relaxed)).filter(|&w| w > WAIT)
    }
}

impl Default for PollSem {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(all(test, loom))]
mod models {
    use super::*;
    use loom::sync::Arc;
    use loom::thread;

    /// A parked waiter's address, and where its waker announces that it may run.
    const G: usize = 64;

    struct Desc {
        sem: PollSem,
        closing: AtomicBool,
        /// How often the goroutine was readied.
        readied: AtomicUsize,
    }

    impl Desc {
        fn new() -> Arc<Desc> {
            Arc::new(Desc {
                sem: PollSem::new(),
                closing: AtomicBool::new(false),
                readied: AtomicUsize::new(0),
            })
        }

        fn tell(&self, ready: bool) {
            if self.sem.unblock(ready) == Some(G) {
                self.readied.fetch_add(1, Release);
            }
        }

        /// Waits once. `true` if something happened, `false` if closed.
        fn wait(&self) -> bool {
            if self.sem.begin_wait() {
                return true;
            }
            if !self.closing.load(Relaxed) && self.sem.commit(G) {
                while self.readied.load(Acquire) == 0 {
                    thread::yield_now();
                }
                self.readied.fetch_sub(1, AcqRel);
            }
            self.sem.finish()
        }
    }

    /// An event is never lost: the waiter comes back in every interleaving (else loom reports a thread that spins for
    /// ever), and knows that it was an event.
    #[test]
    fn an_event_wakes_the_waiter() {
        loom::model(|| {
            let d = Desc::new();
            let d2 = d.clone();
            let poller = thread::spawn(move || d2.tell(true));
            assert!(d.wait());
            poller.join().unwrap();
            assert_eq!(d.readied.load(Relaxed), 0);
        });
    }

    /// Closing wakes the waiter, or keeps it from sleeping.
    #[test]
    fn closing_wakes_the_waiter() {
        loom::model(|| {
            let d = Desc::new();
            let d2 = d.clone();
            let closer = thread::spawn(move || {
                d2.closing.store(true, Relaxed);
                d2.tell(false);
            });
            assert!(!d.wait());
            closer.join().unwrap();
            assert_eq!(d.readied.load(Relaxed), 0);
        });
    }

    /// An event and a close at the same time ready the goroutine once.
    #[test]
    fn an_event_and_a_close_wake_once() {
        let mut model = loom::model::Builder::new();
        model.preemption_bound = Some(2);
        model.check(|| {
            let d = Desc::new();
            let (d1, d2) = (d.clone(), d.clone());
            let poller = thread::spawn(move || d1.tell(true));
            let closer = thread::spawn(move || {
                d2.closing.store(true, Relaxed);
                d2.tell(false);
            });
            d.wait();
            poller.join().unwrap();
            closer.join().unwrap();
            assert_eq!(d.readied.load(Relaxed), 0);
        });
    }
}

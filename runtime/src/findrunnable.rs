//! Finding a goroutine to run, and who wakes whom. (Go: `findRunnable`, `stealWork`, `resetspinning` in runtime/proc.go)
//!
//! # Who wakes whom
//! Work must not wait while a P idles, and threads must not be woken for nothing. So at most one M is woken at a time, as
//! a *spinning* M: one that holds a P and looks for work. When it finds some, it wakes the next (`resetspinning`), and so
//! parallelism unfolds as far as there is work. While somebody spins nobody else is woken; at most half of the busy Ps
//! spin.
//!
//! The danger: an M stops spinning just when work arrives, and the one who brings it sees it still spinning. Hence
//!  - the bringer publishes the work, *fence*, then looks at `nmspinning` (`thread::wake_for_ready`);
//!  - the M decrements `nmspinning`, *fence*, then looks at all queues once more.
//!
//! One of them sees the other. (Written as fences, not as `SeqCst` accesses, so that loom can check it.)
//!
//! # A lone runnext
//! Go wakes a P for every ready. When two goroutines pass a value to and fro, that wakes a thread for every few hops, which
//! then finds a `runnext` that is gone before it can take it, or takes it and drags the pair apart: a hop costs 200 ns
//! instead of 30. What matters is how long the goroutine that readied another runs on: in ping-pong it parks at once, in
//! a pipeline it works on its next item while its P's `runnext` could run elsewhere. So a ready that leaves nothing but
//! `runnext` on the queue
//!  - wakes a P as in Go while the P is *eager* (`wake_credit == 0`: at first, and again every 10 ms by sysmon);
//!  - notes the time, and the next turn of the scheduler on this P, or the next lone ready if that comes first, judges
//!    (`judge_lone`): if little time has passed the waking was useless, and so many of the following readies pass without
//!    one (`wake_credit`), twice as many each time; else the P stays eager.
//!
//! A thief takes `runnext` on its last pass only if its P has not executed anything for [`RUNNEXT_NS`].
//! Nothing depends on these wake-ups: the P runs its `runnext` itself when its goroutine parks, and sysmon wakes somebody
//! for a queue that has not moved (`retake`). Tried before: counting fruitless searches instead of time. On a loaded
//! machine the woken thread displaces its waker from the core and so finds the stolen goroutine worth taking.
//!
//! Knows nothing of: how an M sleeps, what a goroutine is.

use crate::burst;
use crate::g::*;
use crate::linger::{Lingered, Patience};
use crate::m::M;
use crate::netpoll::{self, netpoll};
use crate::nondet::{self, Choice, choose_on, nanotime, real_nanotime};
use crate::p::*;
use crate::sched::*;
use crate::sync::*;
use crate::thread::*;
use crate::time::check_timers;
use crate::trace::{What, emit_g, emit_ready};
use std::ptr::null_mut;

/// How long `runnext` must lie before it is stolen.
const RUNNEXT_NS: i64 = 3_000;
/// With a seed: how long a descriptor may take to become ready before simulated time jumps to the next timer.
const OUTSIDE_NS: i64 = 5_000_000;
/// Turns after which the global queue comes first, so that two goroutines that ready each other do not starve it.
const GLOBAL_TICK: u32 = 61;

/// A goroutine to run, and whether it inherits the time slice. Blocks until there is one. (Go: `findRunnable`. Ours has
/// no steps for GC workers and trace readers.)
#[inline]
pub(crate) unsafe fn findrunnable(mp: *mut M) -> (*mut G, bool) {
    // SAFETY: on g0 of `mp`, which holds a P.
    unsafe {
        let pp = (*mp).p.load(Relaxed);
        if (*pp).lone_since != 0 {
            judge_lone(pp);
        }
        // The short way, for the many.
        if !SCHED.gcwaiting.load(Acquire)
            && (*pp).timers.wake_time() == 0
            && (!(*pp).schedtick.load(Relaxed).is_multiple_of(GLOBAL_TICK)
                || SCHED.runqsize.0.load(Relaxed) == 0)
        {
            let (gp, inherit) = runqget(pp);
            if !gp.is_null() {
                return (gp, inherit);
            }
        }
        findrunnable_slow(mp)
    }
}

#[inline(never)]
unsafe fn findrunnable_slow(mp: *mut M) -> (*mut G, bool) {
    // SAFETY: as above; `pp` is read anew wherever the P may have changed.
    unsafe {
        let mut patience = Patience::new();
        loop {
            let pp = (*mp).p.load(Relaxed);
            if SCHED.gcwaiting.load(Acquire) {
                gcstopm(mp);
                continue;
            }
            let mut now = 0;
            let (mut poll_until, _) = check_timers(pp, &mut now);

            // Without sysmon nobody else would look, as long as anything runs.
            if nondet::seeded()
                && netpoll::any_waiters()
                && (*pp).schedtick.load(Relaxed).is_multiple_of(GLOBAL_TICK)
            {
                injectglist(netpoll(0));
            }
            // Fairness, now and then.
            if (*pp).schedtick.load(Relaxed).is_multiple_of(GLOBAL_TICK)
                && SCHED.runqsize.0.load(Relaxed) != 0
            {
                let gp = globrunqget_locked(pp, 1);
                if !gp.is_null() {
                    return (gp, false);
                }
            }
            let (gp, inherit) = runqget(pp);
            if !gp.is_null() {
                return (gp, inherit);
            }
            burst::over(pp);
            if SCHED.runqsize.0.load(Relaxed) != 0 {
                let gp = globrunqget_locked(pp, 0);
                if !gp.is_null() {
                    return (gp, false);
                }
            }
            // Descriptors that are ready, before stealing: it is cheaper. Also while another M blocks in the poller: the
            // kernel has perhaps woken it, but not given it a core yet. (Go leaves it to that M.)
            if netpoll::any_waiters() {
                let gp = poll_now(pp);
                if !gp.is_null() {
                    return (gp, false);
                }
            }

            // Others have work. At most half of the busy Ps look for it.
            let idle = &SCHED.idle.0;
            let busy = SCHED.nprocs() as i32 - idle.npidle.load(SeqCst);
            if (*mp).spinning || 2 * idle.nmspinning.load(SeqCst) < busy {
                if !(*mp).spinning {
                    become_spinning(mp);
                }
                let (gp, next, again) = steal_work(pp, &mut now);
                if !gp.is_null() {
                    return (gp, false);
                }
                if again {
                    continue;
                }
                poll_until = earlier(poll_until, next);
                match patience.linger(pp, poll_until) {
                    Lingered::Found(gp) => return (gp, false),
                    Lingered::LookAgain => continue,
                    Lingered::Done => {}
                }
            }

            // Nothing anywhere. Give the P up.
            SCHED.lock.lock();
            if SCHED.gcwaiting.load(Relaxed) {
                SCHED.lock.unlock();
                continue;
            }
            if SCHED.runqsize.0.load(Relaxed) != 0 {
                let gp = SCHED.globrunqget(pp, 0);
                SCHED.lock.unlock();
                return (gp, false);
            }
            if !(*mp).spinning && idle.needspinning.load(SeqCst) == 1 {
                // Somebody brought work and found all busy.
                become_spinning(mp);
                SCHED.lock.unlock();
                continue;
            }
            releasep(mp);
            SCHED.pidleput(pp);
            SCHED.lock.unlock();

            let was_spinning = (*mp).spinning;
            if was_spinning {
                (*mp).spinning = false;
                idle.nmspinning.fetch_sub(1, SeqCst);
                // Pairs with the fence in `wake_for_ready`: see on top.
                fence(SeqCst);
                if let Some(gp) = look_again(mp, &mut poll_until) {
                    if gp.is_null() {
                        continue;
                    }
                    return (gp, false);
                }
            }

            // Wait for the next timer or descriptor, one M at a time.
            if (poll_until != 0 || netpoll::any_waiters()) && SCHED.lastpoll.swap(0, SeqCst) != 0 {
                if let Some(gp) = poll_blocking(mp, poll_until, was_spinning) {
                    return (gp, false);
                }
                if !(*mp).p.load(Relaxed).is_null() {
                    continue;
                }
            } else if poll_until != 0 {
                // Another waits, perhaps for too long.
                let until = SCHED.poll_until.load(SeqCst);
                if until == 0 || until > poll_until {
                    netpoll::netpoll_break();
                }
            }
            stopm(mp);
        }
    }
}

/// Collects who became ready at descriptors meanwhile: one to run at once, or null; the rest goes to the global queue.
pub(crate) unsafe fn poll_now(pp: *mut P) -> *mut G {
    // SAFETY: the P is ours.
    unsafe {
        let mut list = netpoll(0);
        let gp = list.pop();
        injectglist(list);
        if !gp.is_null() {
            emit_ready(pp, gp);
            casgstatus(gp, GWAITING, GRUNNABLE);
        }
        gp
    }
}

#[inline(never)]
unsafe fn globrunqget_locked(pp: *mut P, max: usize) -> *mut G {
    // SAFETY: the P is ours.
    unsafe {
        SCHED.lock.lock();
        let gp = SCHED.globrunqget(pp, max);
        SCHED.lock.unlock();
        gp
    }
}

/// The earlier of two times, 0 meaning never.
fn earlier(a: i64, b: i64) -> i64 {
    if a == 0 || b != 0 && b < a { b } else { a }
}

/// Go: `becomeSpinning`.
unsafe fn become_spinning(mp: *mut M) {
    // SAFETY: the M is ours.
    unsafe { (*mp).spinning = true };
    SCHED.idle.0.nmspinning.fetch_add(1, SeqCst);
    SCHED.idle.0.needspinning.store(0, SeqCst);
}

/// It found work: the next may look. (Go: `resetspinning`)
pub(crate) unsafe fn resetspinning(mp: *mut M) {
    // SAFETY: the M is ours.
    unsafe { (*mp).spinning = false };
    if SCHED.idle.0.nmspinning.fetch_sub(1, SeqCst) <= 0 {
        crate::fatal::throw("findrunnable: negative nmspinning");
    }
    wakep();
}

/// Takes work from another P. Returns a G; else when the next timer fires, and whether to start over (a timer ran, or
/// the world stops). (Go: `stealWork`)
unsafe fn steal_work(pp: *mut P, now: &mut i64) -> (*mut G, i64, bool) {
    const PASSES: u32 = 4;
    let n = SCHED.nprocs() as u32;
    let mut next = 0;
    let mut ran_timer = false;
    // SAFETY: the P is ours; of others only what thieves may touch.
    unsafe {
        for pass in 0..PASSES {
            let last = pass == PASSES - 1;
            // A random start, and a stride that visits all.
            let start = choose_on(&mut (*pp).rng, Choice::Steal, n);
            for i in 0..n {
                if SCHED.gcwaiting.load(Relaxed) {
                    return (null_mut(), next, true);
                }
                let p2 = SCHED.p(((start + i) % n) as usize);
                if p2 == pp {
                    continue;
                }
                if last && (*p2).timers.wake_time() != 0 {
                    let (w, ran) = check_timers(p2, now);
                    next = earlier(next, w);
                    if ran {
                        // It may have readied something on our queue.
                        let (gp, _) = runqget(pp);
                        if !gp.is_null() {
                            return (gp, next, false);
                        }
                        ran_timer = true;
                    }
                }
                if (*p2).status.load(Relaxed) == PIDLE {
                    continue;
                }
                let mut gp = null_mut();
                if burst::shares(p2, last) {
                    gp = (*pp).runq.steal(&(*p2).runq);
                }
                if gp.is_null() && last {
                    gp = steal_runnext(p2);
                }
                if !gp.is_null() {
                    emit_g(What::Steal, pp, gp, (*p2).id as u64);
                    return (gp, next, false);
                }
            }
        }
    }
    (null_mut(), next, ran_timer)
}

/// Takes `runnext` if it lies there while its P executes something long. See "A lone runnext".
unsafe fn steal_runnext(p2: *mut P) -> *mut G {
    // SAFETY: only what thieves may touch.
    unsafe {
        let gp = (*p2).runq.runnext.load(Acquire);
        if gp.is_null() {
            return gp;
        }
        if (*p2).status.load(Relaxed) == PRUNNING && !nondet::shaken() && gets_on(p2) {
            return null_mut();
        }
        if (*p2).runq.steal_next(gp) {
            gp
        } else {
            null_mut()
        }
    }
}

/// Watches `p2` for up to [`RUNNEXT_NS`]: does it execute one goroutine after the other?
pub(crate) unsafe fn gets_on(p2: *mut P) -> bool {
    // SAFETY: only what thieves may touch.
    unsafe {
        let tick = (*p2).exectick.load(Relaxed);
        let until = real_nanotime() + RUNNEXT_NS;
        while real_nanotime() < until {
            if (*p2).exectick.load(Relaxed) != tick {
                return true;
            }
            for _ in 0..20 {
                spin_loop();
            }
        }
        false
    }
}

/// We have stopped spinning and hold no P: is there anything after all? A G (we hold a P again, and spin), null (we
/// hold a P: start over), or nothing; then `poll_until` covers the timers of all. (Go: `checkRunqsNoP`, `checkTimersNoP`)
unsafe fn look_again(mp: *mut M, poll_until: &mut i64) -> Option<*mut G> {
    // SAFETY: the M is ours; lists under the lock.
    unsafe {
        if SCHED.runqsize.0.load(SeqCst) != 0 {
            SCHED.lock.lock();
            if SCHED.runqsize.0.load(Relaxed) != 0 {
                let pp = SCHED.pidleget_spinning();
                if !pp.is_null() {
                    let gp = SCHED.globrunqget(pp, 0);
                    SCHED.lock.unlock();
                    acquirep(mp, pp);
                    become_spinning(mp);
                    return Some(gp);
                }
            }
            SCHED.lock.unlock();
        }
        for i in 0..SCHED.nprocs() {
            let p2 = SCHED.p(i);
            // A lone `runnext` is its P's own affair.
            if (*p2).status.load(Relaxed) != PIDLE && burst::shares(p2, false) {
                SCHED.lock.lock();
                let pp = SCHED.pidleget_spinning();
                SCHED.lock.unlock();
                if pp.is_null() {
                    break;
                }
                acquirep(mp, pp);
                become_spinning(mp);
                return Some(null_mut());
            }
        }
        for i in 0..SCHED.nprocs() {
            *poll_until = earlier(*poll_until, (*SCHED.p(i)).timers.wake_time());
        }
        None
    }
}

/// Waits without a P until `poll_until` (0: for ever) or a break. Returns a G to run; with `None` and a P start over.
unsafe fn poll_blocking(mp: *mut M, poll_until: i64, was_spinning: bool) -> Option<*mut G> {
    // SAFETY: we swapped 0 into `lastpoll`: nobody else blocks.
    unsafe {
        SCHED.poll_until.store(poll_until, SeqCst);
        // Pairs with the fence in `wake_net_poller`: a timer that came before this is seen here, one that comes
        // after it sees us.
        fence(SeqCst);
        let mut until = poll_until;
        for i in 0..SCHED.nprocs() {
            until = earlier(until, (*SCHED.p(i)).timers.wake_time());
        }
        let mut list = if nondet::seeded() {
            // Without a timer only the outside world can go on, and that takes real time; with one it is given a little.
            let list = netpoll(match until {
                0 => -1,
                _ if netpoll::any_waiters() => OUTSIDE_NS,
                _ => 0,
            });
            if until != 0
                && list.is_empty()
                && SCHED.idle.0.npidle.load(SeqCst) as usize == SCHED.nprocs()
            {
                // Nothing can run before: simulated time jumps.
                nondet::advance(until);
            }
            list
        } else {
            let delay = if until == 0 {
                -1
            } else {
                (until - nanotime()).max(0)
            };
            netpoll(delay)
        };
        SCHED.poll_until.store(0, SeqCst);
        SCHED.lastpoll.store(real_nanotime(), SeqCst);
        SCHED.lock.lock();
        let pp = SCHED.pidleget();
        SCHED.lock.unlock();
        if pp.is_null() {
            injectglist(list);
            return None;
        }
        acquirep(mp, pp);
        let gp = list.pop();
        if !gp.is_null() {
            injectglist(list);
            emit_ready(pp, gp);
            casgstatus(gp, GWAITING, GRUNNABLE);
            return Some(gp);
        }
        if was_spinning {
            become_spinning(mp);
        }
        None
    }
}

//! Selects against a model, timers, semaphores, notify lists.

mod common;
use common::*;
use minigo_runtime::heap::GcType;
use minigo_runtime::sema::*;
use minigo_runtime::time::*;
use minigo_runtime::*;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering::*};

/// A generator for the tests.
struct Rng(u64);
impl Rng {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

/// What a channel must hold.
struct Model {
    c: Chan,
    cap: usize,
    q: VecDeque<u64>,
    closed: bool,
}

#[test]
fn selects_that_do_not_block_agree_with_a_model() {
    init(4);
    block_on(|gp| {
        for seed in 1..200u64 {
            let mut rng = Rng(seed * 0x9e37_79b9);
            let mut chans: Vec<Model> = (0..4)
                .map(|_| rng.below(4))
                .map(|cap| Model {
                    c: chan(gp, cap as i64),
                    cap,
                    q: VecDeque::new(),
                    closed: false,
                })
                .collect();
            for step in 0..200 {
                if rng.below(100) == 0 {
                    let i = rng.below(4);
                    if !chans[i].closed {
                        close(gp, chans[i].c);
                        chans[i].closed = true;
                    }
                }
                // Sends go to open channels only; a closed one is tested apart.
                let sends: Vec<usize> = (0..rng.below(3))
                    .map(|_| rng.below(4))
                    .filter(|&i| !chans[i].closed)
                    .collect();
                let recvs: Vec<usize> = (0..rng.below(4)).map(|_| rng.below(4)).collect();
                let vals: Vec<(Chan, u64)> = sends
                    .iter()
                    .enumerate()
                    .map(|(k, &i)| (chans[i].c, step * 10 + k as u64))
                    .collect();
                let rc: Vec<Chan> = recvs.iter().map(|&i| chans[i].c).collect();
                let ready = |k: usize| match sends.get(k) {
                    Some(&i) => chans[i].q.len() < chans[i].cap,
                    None => {
                        let m = &chans[recvs[k - sends.len()]];
                        !m.q.is_empty() || m.closed
                    }
                };
                let any = (0..sends.len() + recvs.len()).any(ready);
                let (idx, got) = select(gp, &vals, &rc, false);
                if idx < 0 {
                    assert!(!any, "default was chosen although a case was ready");
                    continue;
                }
                let k = idx as usize;
                assert!(ready(k), "case {k} was chosen, which is not ready");
                if k < sends.len() {
                    chans[sends[k]].q.push_back(vals[k].1);
                } else {
                    assert_eq!(got, chans[recvs[k - sends.len()]].q.pop_front());
                }
                for m in &chans {
                    // SAFETY: a live channel.
                    assert_eq!(unsafe { chanlen(m.c.0) }, m.q.len() as i64);
                }
            }
        }
    });
}

#[test]
fn blocking_selects_lose_and_double_nothing() {
    init(4);
    block_on(|gp| {
        const SENDERS: u64 = 8;
        const EACH: u64 = 4_000;
        let cs: Vec<Chan> = (0..5).map(|i| chan(gp, i % 3)).collect();
        let seen: Arc<Vec<AtomicUsize>> =
            Arc::new((0..SENDERS * EACH).map(|_| AtomicUsize::new(0)).collect());
        let (sent, received) = (WaitGroup::new(SENDERS as usize), WaitGroup::new(8));
        let quit = chan(gp, 0);
        for s in 0..SENDERS {
            let cs = cs.clone();
            go(gp, move |gp| {
                let mut rng = Rng(s + 1);
                for i in 0..EACH {
                    let v = s * EACH + i;
                    let n = 1 + rng.below(4);
                    let at = rng.below(5);
                    let sends: Vec<_> = (0..n).map(|k| (cs[(at + k) % 5], v)).collect();
                    select(gp, &sends, &[], true);
                }
                sent.done(gp);
            });
        }
        for r in 0..8 {
            let (cs, seen) = (cs.clone(), seen.clone());
            go(gp, move |gp| {
                let mut rng = Rng(100 + r);
                loop {
                    let at = rng.below(5);
                    let mut recvs: Vec<_> = (0..5).map(|k| cs[(at + k) % 5]).collect();
                    recvs.push(quit);
                    match select(gp, &[], &recvs, true) {
                        (5, _) => break,
                        (_, Some(v)) => seen[v as usize].fetch_add(1, Relaxed),
                        (_, None) => unreachable!(),
                    };
                }
                received.done(gp);
            });
        }
        sent.wait(gp);
        // What lies in buffers is taken before quitting.
        // SAFETY: live channels.
        while cs.iter().any(|c| unsafe { chanlen(c.0) } > 0) {
            // SAFETY: the running goroutine.
            unsafe { gosched(gp) };
        }
        close(gp, quit);
        received.wait(gp);
        assert!(seen.iter().all(|n| n.load(Relaxed) == 1));
    });
}

#[test]
fn a_select_on_both_ends_of_a_channel() {
    init(4);
    block_on(|gp| {
        let c = chan(gp, 0);
        let wg = WaitGroup::new(2);
        let sent = Arc::new(AtomicU64::new(0));
        for _ in 0..2 {
            let sent = sent.clone();
            go(gp, move |gp| {
                for _ in 0..5_000 {
                    let (i, _) = select(gp, &[(c, 1)], &[c], true);
                    if i == 0 {
                        sent.fetch_add(1, Relaxed);
                    }
                }
                wg.done(gp);
            });
        }
        wg.wait(gp);
        // Every pairing is one send and one receive.
        assert_eq!(sent.load(Relaxed), 5_000);
    });
}

#[test]
fn a_send_case_on_a_closed_channel() {
    init(4);
    block_on(|gp| {
        let c = chan(gp, 0);
        let out = chan(gp, 1);
        go(gp, move |gp| {
            let c = c;
            let mut v = 1u64;
            let mut case = Scase {
                c: c.0,
                elem: (&raw mut v).cast(),
            };
            let mut order = [0u16; 2];
            // SAFETY: all outlives the wait because the stack is kept.
            unsafe {
                let SelectResult::Park(park) =
                    selectgo(gp, &mut case, order.as_mut_ptr(), 1, 0, true)
                else {
                    panic!("nobody receives")
                };
                gopark(gp, park);
                let r = selectgo_finish(gp, &mut case, order.as_mut_ptr(), 1, 0);
                assert!(matches!(r, SelectResult::SendOnClosed));
            }
            send(gp, out, 1);
        });
        sleep(gp, 1_000_000);
        close(gp, c);
        assert_eq!(recv(gp, out), Some(1));
        // SAFETY: a channel.
        unsafe { assert_eq!(closechan(gp, c.0), Err(CloseError::Closed)) };
        // SAFETY: nil.
        unsafe { assert_eq!(closechan(gp, std::ptr::null_mut()), Err(CloseError::Nil)) };
    });
}

#[test]
fn nil_channels_are_never_ready() {
    init(4);
    block_on(|gp| {
        let nil: Chan = Ptr(std::ptr::null_mut());
        assert_eq!(select(gp, &[(nil, 1)], &[nil], false).0, -1);
        let c = chan(gp, 1);
        send(gp, c, 5);
        assert_eq!(select(gp, &[(nil, 1)], &[nil, c], true), (2, Some(5)));
        // SAFETY: nil is a channel.
        unsafe {
            assert_eq!((chanlen(nil.0), chancap(nil.0)), (0, 0));
            assert!(matches!(
                chanrecv(gp, nil.0, std::ptr::null_mut(), false),
                ChanResult::WouldBlock
            ));
        }
    });
}

#[test]
fn sizes_out_of_range() {
    init(4);
    block_on(|gp| {
        // SAFETY: the running goroutine.
        unsafe {
            assert!(makechan(gp, &U64, -1).is_none());
            assert!(makechan(gp, &U64, 1 << 60).is_none());
        }
    });
}

// ---- timers ----

static WORD_MASK: u64 = 1;
// SAFETY: the mask is static. (A timer's channel must be traced, as one of time.Time is.)
static WORD: GcType = unsafe { GcType::new(8, 8, &raw const WORD_MASK) };

/// A channel timer that sends its `seq`.
fn timer(gp: *mut G) -> (Chan, Ptr<Timer>) {
    // SAFETY: the running goroutine.
    unsafe {
        let c = makechan(gp, &WORD, 1).unwrap();
        let t = new_timer(gp, send_seq, c.cast(), c);
        let root = Box::leak(Box::new([c as usize]));
        let lo = root.as_ptr().cast::<u8>();
        heap::add_root_range(lo, lo.add(8), std::ptr::null());
        (Ptr(c), Ptr(t))
    }
}

unsafe fn send_seq(arg: *mut u8, seq: usize, _delta: i64) {
    // SAFETY: `arg` is the channel.
    unsafe {
        let _ = chansend(
            std::ptr::null_mut(),
            arg.cast(),
            (&raw const seq).cast(),
            false,
        );
    }
}

fn reset(t: Ptr<Timer>, ns: i64, period: i64, seq: usize) -> bool {
    // SAFETY: the timer is alive through its channel.
    unsafe { timer_reset(t.0, nondet::nanotime() + ns, period, seq) }
}

fn stop(t: Ptr<Timer>) -> bool {
    // SAFETY: as above.
    unsafe { timer_stop(t.0) }
}

fn try_recv(gp: *mut G, c: Chan) -> Option<u64> {
    match select(gp, &[], &[c], false) {
        (0, v) => v,
        _ => None,
    }
}

#[test]
fn sleeping_takes_at_least_its_time() {
    init(4);
    block_on(|gp| {
        let wg = WaitGroup::new(200);
        for i in 0..200i64 {
            go(gp, move |gp| {
                let ns = 200_000 + i * 37_000;
                let start = nondet::nanotime();
                sleep(gp, ns);
                assert!(nondet::nanotime() - start >= ns);
                wg.done(gp);
            });
        }
        wg.wait(gp);
        sleep(gp, 0);
        sleep(gp, -5);
    });
}

#[test]
fn a_timer_wakes_a_receiver() {
    init(4);
    block_on(|gp| {
        let (c, t) = timer(gp);
        assert!(!reset(t, 2_000_000, 0, 7));
        assert_eq!(recv(gp, c), Some(7));
        assert!(!stop(t));
        assert!(!reset(t, 1_000_000, 0, 8));
        let other = chan(gp, 0);
        assert_eq!(select(gp, &[], &[other, c], true), (1, Some(8)));
    });
}

#[test]
fn stopped_and_reset_timers_deliver_nothing_stale() {
    init(4);
    block_on(|gp| {
        let (c, t) = timer(gp);
        // Due, but nobody looked: it still counts as pending.
        reset(t, 1, 0, 1);
        sleep(gp, 1_000_000);
        assert!(stop(t));
        assert_eq!(try_recv(gp, c), None);
        // Due and looked at, hence sent, but not received.
        reset(t, 1, 0, 2);
        sleep(gp, 1_000_000);
        // SAFETY: live channels. A timer's channel looks unbuffered.
        unsafe { assert_eq!((chanlen(c.0), chancap(c.0)), (0, 0)) };
        assert!(reset(t, 1, 0, 3));
        sleep(gp, 1_000_000);
        assert_eq!(try_recv(gp, c), Some(3));
        assert_eq!(try_recv(gp, c), None);
        assert!(!stop(t));
    });
}

#[test]
fn tickers_tick() {
    init(4);
    block_on(|gp| {
        let (c, t) = timer(gp);
        reset(t, 300_000, 300_000, 1);
        for _ in 0..20 {
            assert_eq!(recv(gp, c), Some(1));
        }
        // A slow receiver finds one tick, not all it missed.
        sleep(gp, 3_000_000);
        assert_eq!(try_recv(gp, c), Some(1));
        stop(t);
        assert_eq!(try_recv(gp, c), None);
    });
}

static FIRED: AtomicUsize = AtomicUsize::new(0);

unsafe fn count_fired(_arg: *mut u8, seq: usize, _delta: i64) {
    FIRED.fetch_add(seq, Relaxed);
}

#[test]
fn functions_are_called_though_nobody_waits() {
    init(4);
    block_on(|gp| {
        for _ in 0..100 {
            // SAFETY: the running goroutine. Nobody keeps the timer but its heap.
            unsafe {
                let t = new_timer(gp, count_fired, std::ptr::null_mut(), std::ptr::null_mut());
                timer_reset(t, nondet::nanotime() + 500_000, 0, 1);
            }
        }
        while FIRED.load(Relaxed) < 100 {
            sleep(gp, 100_000);
        }
        // SAFETY: as above.
        unsafe {
            let t = new_timer(gp, count_fired, std::ptr::null_mut(), std::ptr::null_mut());
            timer_reset(t, nondet::nanotime() + 3_600_000_000_000, 0, 1_000_000);
            assert!(timer_stop(t));
            assert!(!timer_stop(t));
        }
        assert_eq!(FIRED.load(Relaxed), 100);
    });
}

#[test]
fn timers_under_attack() {
    init(4);
    block_on(|gp| {
        const TIMERS: usize = 16;
        let ts: Vec<(Chan, Ptr<Timer>)> = (0..TIMERS).map(|_| timer(gp)).collect();
        let wg = WaitGroup::new(6);
        for s in 0..6u64 {
            let ts = ts.clone();
            go(gp, move |gp| {
                let mut rng = Rng(s + 17);
                for i in 0..3_000 {
                    let (c, t) = ts[rng.below(TIMERS)];
                    match rng.below(4) {
                        0 => {
                            stop(t);
                        }
                        1 => {
                            try_recv(gp, c);
                        }
                        2 => {
                            reset(t, rng.below(200_000) as i64, 0, i);
                        }
                        _ => {
                            let quick = rng.below(20_000) as i64;
                            let (own, own_t) = ts[rng.below(TIMERS)];
                            reset(own_t, quick, 0, i);
                            // Somebody may stop it: a second timer bounds the wait.
                            let (bound, bound_t) = timer_for(gp);
                            reset(bound_t, 400_000, 0, i);
                            select(gp, &[], &[own, bound], true);
                        }
                    }
                    if i % 1000 == 0 && s == 0 {
                        // SAFETY: the running goroutine.
                        unsafe { gomaxprocs(gp, 1 + rng.below(6) as i64) };
                    }
                }
                wg.done(gp);
            });
        }
        wg.wait(gp);
        // SAFETY: the running goroutine.
        unsafe { gomaxprocs(gp, 4) };
    });
}

/// A timer that only the caller's stack keeps.
fn timer_for(gp: *mut G) -> (Chan, Ptr<Timer>) {
    // SAFETY: the running goroutine.
    unsafe {
        let c = makechan(gp, &WORD, 1).unwrap();
        (Ptr(c), Ptr(new_timer(gp, send_seq, c.cast(), c)))
    }
}

// ---- semaphores ----

#[test]
fn a_semaphore_as_a_mutex() {
    init(4);
    block_on(|gp| {
        let sema: &'static AtomicU32 = Box::leak(Box::new(AtomicU32::new(1)));
        let shared = Box::leak(Box::new(0u64)) as *mut u64 as usize;
        let wg = WaitGroup::new(30);
        for i in 0..30 {
            go(gp, move |gp| {
                for k in 0..1000 {
                    acquire(gp, sema, WaitReason::SyncMutexLock);
                    // SAFETY: guarded by the semaphore.
                    unsafe { *(shared as *mut u64) += 1 };
                    let handoff = (k + i) % 7 == 0;
                    // SAFETY: the semaphore is leaked.
                    if unsafe { semrelease(gp, sema, handoff) } {
                        // SAFETY: the running goroutine.
                        unsafe { goyield(gp) };
                    }
                }
                wg.done(gp);
            });
        }
        wg.wait(gp);
        // SAFETY: all are done.
        assert_eq!(unsafe { *(shared as *const u64) }, 30_000);
        assert_eq!(sema.load(Relaxed), 1);
    });
}

#[test]
fn many_addresses_under_one_root() {
    init(4);
    block_on(|gp| {
        // 251 words apart: all hash to the same root.
        const N: usize = 300;
        let words: &'static [AtomicU32] = Box::leak(
            (0..N * 2 * 251)
                .map(|_| AtomicU32::new(0))
                .collect::<Vec<_>>()
                .into(),
        );
        let at = |i: usize| &words[i * 2 * 251];
        let wg = WaitGroup::new(2 * N);
        for i in 0..2 * N {
            go(gp, move |gp| {
                acquire(gp, &words[(i % N) * 2 * 251], WaitReason::Semacquire);
                wg.done(gp);
            });
        }
        let mut rng = Rng(5);
        let mut order: Vec<usize> = (0..2 * N).map(|i| i % N).collect();
        for i in 1..order.len() {
            order.swap(i, rng.below(i + 1));
        }
        for (k, i) in order.into_iter().enumerate() {
            // SAFETY: the semaphores are leaked.
            unsafe {
                let _ = semrelease(gp, at(i), false);
            }
            if k % 50 == 0 {
                sleep(gp, 10_000);
            }
        }
        wg.wait(gp);
    });
}

#[test]
fn notify_lists() {
    init(4);
    block_on(|gp| {
        // SAFETY: zero is an empty list; it is leaked.
        let l = Ptr(
            unsafe { std::alloc::alloc_zeroed(std::alloc::Layout::new::<NotifyList>()) }
                .cast::<NotifyList>(),
        );
        let woken = Arc::new(AtomicUsize::new(0));
        let wg = WaitGroup::new(100);
        for _ in 0..100 {
            let woken = woken.clone();
            go(gp, move |gp| {
                let l = l;
                // SAFETY: the list is leaked.
                unsafe {
                    let ticket = notify_list_add(l.0);
                    if let Wait::Park(park) = notify_list_wait(gp, l.0, ticket) {
                        gopark(gp, park);
                    }
                }
                woken.fetch_add(1, Relaxed);
                wg.done(gp);
            });
        }
        // SAFETY: the list is leaked.
        unsafe {
            while (*l.0).wait.load(SeqCst) < 100 {
                gosched(gp);
            }
            for i in 0..40 {
                notify_list_notify_one(gp, l.0);
                while woken.load(Relaxed) < i + 1 {
                    gosched(gp);
                }
            }
            assert_eq!(woken.load(Relaxed), 40);
            notify_list_notify_all(gp, l.0);
        }
        wg.wait(gp);
    });
}

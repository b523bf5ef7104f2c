//! Goroutines on real threads: hops, storms, fairness, preemption, stopping the world.

mod common;
use common::*;
use minigo_runtime::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::*};

#[test]
fn a_closure_runs_and_returns() {
    init(4);
    assert_eq!(block_on(|_| 6 * 7), 42);
}

#[test]
fn panics_pass_through() {
    init(4);
    let r = std::panic::catch_unwind(|| block_on(|_| std::panic::panic_any(7usize)));
    assert_eq!(*r.unwrap_err().downcast::<usize>().unwrap(), 7);
}

#[test]
fn unbuffered_ping_pong() {
    init(4);
    let n = 1_000_000u64;
    let sum = block_on(move |gp| {
        let (a, b) = (chan(gp, 0), chan(gp, 0));
        go(gp, move |gp| {
            while let Some(v) = recv(gp, a) {
                send(gp, b, v + 1);
            }
            close(gp, b);
        });
        let mut sum = 0;
        for i in 0..n {
            send(gp, a, i);
            sum += recv(gp, b).unwrap();
        }
        close(gp, a);
        assert_eq!(recv(gp, b), None);
        sum
    });
    assert_eq!(sum, n * (n + 1) / 2);
}

#[test]
fn many_producers_and_consumers() {
    init(4);
    let total = block_on(|gp| {
        let c = chan(gp, 7);
        let out = chan(gp, 0);
        let wg = WaitGroup::new(50);
        for p in 0..50u64 {
            go(gp, move |gp| {
                for i in 0..2_000 {
                    send(gp, c, p * 2_000 + i);
                }
                wg.done(gp);
            });
        }
        for _ in 0..20 {
            go(gp, move |gp| {
                let mut sum = 0;
                while let Some(v) = recv(gp, c) {
                    sum += v;
                }
                send(gp, out, sum);
            });
        }
        wg.wait(gp);
        close(gp, c);
        (0..20).map(|_| recv(gp, out).unwrap()).sum::<u64>()
    });
    assert_eq!(total, (0..100_000u64).sum());
}

#[test]
fn spawn_storm() {
    init(4);
    let n = 300_000;
    let count = Arc::new(AtomicUsize::new(0));
    let c2 = count.clone();
    block_on(move |gp| {
        let wg = WaitGroup::new(n);
        for _ in 0..n {
            let c = c2.clone();
            go(gp, move |gp| {
                c.fetch_add(1, Relaxed);
                wg.done(gp);
            });
        }
        wg.wait(gp);
    });
    assert_eq!(count.load(Relaxed), n);
}

#[test]
fn a_hundred_thousand_parked() {
    init(4);
    block_on(|gp| {
        let c = chan(gp, 0);
        let out = chan(gp, 0);
        let n = 20_000;
        for _ in 0..n {
            go(gp, move |gp| {
                let v = recv(gp, c);
                assert_eq!(v, None);
                send(gp, out, 1);
            });
        }
        // Let them all park.
        for _ in 0..3 {
            // SAFETY: the running goroutine.
            unsafe { gosched(gp) };
        }
        close(gp, c);
        for _ in 0..n {
            recv(gp, out);
        }
    });
}

/// A goroutine that gives its native stack back at every park: its state is a heap object.
struct Machine {
    c: Chan,
    out: Chan,
    left: u64,
    sum: u64,
    slot: u64,
}

unsafe extern "C" fn machine_start(gp: *mut G, arg: *mut u8) -> ! {
    // SAFETY: `ext` is ours.
    unsafe {
        *(*gp).ext_ptr() = arg as u64;
        machine_loop(gp, false)
    }
}

unsafe extern "C" fn machine_resume(gp: *mut G, arg: *mut u8) -> ! {
    assert!(arg.is_null());
    // SAFETY: after a parked receive.
    unsafe { machine_loop(gp, true) }
}

unsafe fn machine_loop(gp: *mut G, mut resumed: bool) -> ! {
    // SAFETY: the machine lives until the goroutine ends.
    unsafe {
        let m = *(*gp).ext_ptr() as *mut Machine;
        loop {
            if resumed {
                assert!(chanrecv_finish(gp));
            } else {
                match chanrecv(gp, (*m).c.0, (&raw mut (*m).slot).cast(), true) {
                    ChanResult::Done(ok) => assert!(ok),
                    ChanResult::Park(park) => park_released(gp, park, machine_resume),
                    _ => unreachable!(),
                }
            }
            resumed = false;
            (*m).sum += (*m).slot;
            (*m).left -= 1;
            if (*m).left == 0 {
                send(gp, (*m).out, (*m).sum);
                drop(Box::from_raw(m));
                goexit(gp)
            }
            if (*m).left.is_multiple_of(16) {
                gosched_then(gp)
            }
        }
    }
}

unsafe extern "C" fn machine_go_on(gp: *mut G, _arg: *mut u8) -> ! {
    // SAFETY: after a yield.
    unsafe { machine_loop(gp, false) }
}

unsafe fn gosched_then(gp: *mut G) -> ! {
    // SAFETY: nothing on the native stack is needed.
    unsafe { gosched_released(gp, machine_go_on) }
}

#[test]
fn parking_gives_the_native_stack_back() {
    init(4);
    block_on(|gp| {
        let out = chan(gp, 0);
        let c = chan(gp, 0);
        let (n, each) = (500u64, 64u64);
        for _ in 0..n {
            let m = Box::new(Machine {
                c,
                out,
                left: each,
                sum: 0,
                slot: 0,
            });
            // SAFETY: the machine is leaked to its goroutine.
            unsafe { newproc(gp, machine_start, Box::into_raw(m).cast(), 0) };
        }
        for p in 0..4 {
            go(gp, move |gp| {
                for i in 0..n * each / 4 {
                    send(gp, c, p * (n * each / 4) + i);
                }
            });
        }
        let total: u64 = (0..n).map(|_| recv(gp, out).unwrap()).sum();
        assert_eq!(total, (0..n * each).sum());
    });
}

#[test]
fn a_busy_loop_does_not_starve_others() {
    init(4);
    // More busy loops than Ps: the rest runs only if they are preempted.
    block_on(|gp| {
        let stop = Arc::new(AtomicBool::new(false));
        let out = chan(gp, 0);
        for _ in 0..12 {
            let stop = stop.clone();
            go(gp, move |gp| {
                while !stop.load(Relaxed) {
                    safepoint(gp);
                }
                send(gp, out, 1);
            });
        }
        for i in 0..20 {
            go(gp, move |gp| send(gp, out, 100 + i));
        }
        let mut got = 0;
        while got < 20 {
            if recv(gp, out).unwrap() >= 100 {
                got += 1;
            }
        }
        stop.store(true, Relaxed);
        for _ in 0..12 {
            recv(gp, out);
        }
    });
}

#[test]
fn stopping_the_world_stops_everybody() {
    init(4);
    block_on(|gp| {
        let stop = Arc::new(AtomicBool::new(false));
        let ticks = Arc::new(AtomicU64::new(0));
        let wg = WaitGroup::new(8);
        for _ in 0..8 {
            let (stop, ticks) = (stop.clone(), ticks.clone());
            go(gp, move |gp| {
                while !stop.load(Relaxed) {
                    ticks.fetch_add(1, Relaxed);
                    safepoint(gp);
                }
                wg.done(gp);
            });
        }
        for _ in 0..50 {
            // SAFETY: the running goroutine.
            unsafe { stop_the_world(gp, WaitReason::StoppingTheWorld) };
            let before = ticks.load(SeqCst);
            std::thread::yield_now();
            assert_eq!(ticks.load(SeqCst), before);
            // SAFETY: as above.
            unsafe {
                start_the_world(gp);
                gosched(gp);
            }
        }
        stop.store(true, Relaxed);
        wg.wait(gp);
    });
}

#[test]
fn gomaxprocs_changes_while_goroutines_run() {
    init(4);
    block_on(|gp| {
        let wg = WaitGroup::new(40);
        for _ in 0..40 {
            go(gp, move |gp| {
                let (a, b) = (chan(gp, 0), chan(gp, 1));
                go(gp, move |gp| {
                    while let Some(v) = recv(gp, a) {
                        send(gp, b, v);
                    }
                });
                for i in 0..500 {
                    send(gp, a, i);
                    assert_eq!(recv(gp, b), Some(i));
                    if i % 100 == 0 {
                        sleep(gp, 1000);
                    }
                }
                close(gp, a);
                wg.done(gp);
            });
        }
        // SAFETY: the running goroutine.
        unsafe {
            for n in [1, 7, 2, 16, 3, 1, 4] {
                gomaxprocs(gp, n);
                assert_eq!(gomaxprocs(gp, 0), n);
                gosched(gp);
            }
        }
        wg.wait(gp);
    });
}

#[test]
fn blocking_calls_do_not_hold_a_p() {
    init(4);
    block_on(|gp| {
        let release = Arc::new(AtomicBool::new(false));
        let wg = WaitGroup::new(20);
        for _ in 0..20 {
            let release = release.clone();
            go(gp, move |gp| {
                // SAFETY: the running goroutine; nothing of the runtime is used in between.
                unsafe { entersyscall(gp) };
                while !release.load(Acquire) {
                    std::thread::sleep(std::time::Duration::from_millis(1));
                }
                // SAFETY: as above.
                unsafe { exitsyscall(gp) };
                wg.done(gp);
            });
        }
        // Twenty threads are blocked, four Ps there are: this still makes progress.
        let (a, b) = (chan(gp, 0), chan(gp, 0));
        go(gp, move |gp| {
            while let Some(v) = recv(gp, a) {
                send(gp, b, v);
            }
        });
        for i in 0..1000 {
            // SAFETY: the running goroutine.
            unsafe { gosched(gp) };
            send(gp, a, i);
            recv(gp, b);
        }
        close(gp, a);
        release.store(true, Release);
        wg.wait(gp);
    });
}

#[test]
fn a_locked_goroutine_stays_on_its_thread() {
    init(4);
    block_on(|gp| {
        let out = chan(gp, 0);
        for _ in 0..4 {
            go(gp, move |gp| {
                // SAFETY: the running goroutine.
                unsafe { thread::lock_os_thread(gp) };
                let me = std::thread::current().id();
                for i in 0..200 {
                    if i % 50 == 0 {
                        sleep(gp, 10_000);
                    }
                    // SAFETY: as above.
                    unsafe { gosched(gp) };
                    assert_eq!(std::thread::current().id(), me);
                }
                send(gp, out, 1);
                // It ends locked, and its thread with it.
            });
        }
        for _ in 0..4 {
            recv(gp, out);
        }
    });
}

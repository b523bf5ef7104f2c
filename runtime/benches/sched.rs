//! The scheduler's own costs, without a VM: `cargo bench -p minigo-runtime [--bench sched] [-- NAME] [--procs=N]`.
//!
//! Every figure is the best of several runs, in nanoseconds per operation, on one P and on as many as there are cores: CPU
//! time of all threads (so that spinning counts, and other load on the machine does not), and elapsed time.
//! `released`: goroutines that give their native stack back at each park, as the VM's do.

#[path = "../tests/common/mod.rs"]
mod common;
use common::*;
use minigo_runtime::*;
use std::time::Instant;

const RUNS: usize = 7;

/// CPU and elapsed nanoseconds.
type Cost = (f64, f64);
type Bench = fn(*mut G) -> Cost;

fn main() {
    init(1);
    let filter = std::env::args()
        .skip(1)
        .find(|a| !a.starts_with('-'))
        .unwrap_or_default();
    let benches: &[(&str, Bench)] = &[
        ("hop kept", hop_kept),
        ("hop released", hop_released),
        ("yield released", yield_released),
        ("spawn run exit", spawn),
        ("spawn storm", storm),
        ("buffered channel", buffered),
        ("select over four", select_four),
        ("ring of 1000", ring),
        ("sleepers", sleepers),
        ("pipeline of 100us", pipeline),
    ];
    let only = std::env::args().find_map(|a| a.strip_prefix("--procs=")?.parse().ok());
    for procs in [1, ncpu().max(2)] {
        if only.is_some_and(|n: usize| n != procs) {
            continue;
        }
        block_on(|gp| {
            // SAFETY: the running goroutine.
            unsafe { gomaxprocs(gp, procs as i64) };
        });
        for (name, f) in benches.iter().filter(|b| b.0.contains(&filter)) {
            let costs: Vec<Cost> = (0..RUNS).map(|_| block_on(f)).collect();
            let best =
                |part: fn(&Cost) -> f64| costs.iter().map(part).fold(f64::INFINITY, f64::min);
            println!(
                "{procs} P  {name:20} {:8.1} ns CPU {:8.1} ns",
                best(|c| c.0),
                best(|c| c.1)
            );
        }
    }
}

/// CPU time and elapsed time per operation.
fn per_op(n: u64, f: impl FnOnce()) -> Cost {
    let (start, before) = (Instant::now(), cpu_ns());
    f();
    let n = n as f64;
    (
        (cpu_ns() - before) as f64 / n,
        start.elapsed().as_nanos() as f64 / n,
    )
}

/// One hop: a value passes, a goroutine parks, another runs.
fn hop_kept(gp: *mut G) -> Cost {
    const N: u64 = 1_000_000;
    let (a, b) = (chan(gp, 0), chan(gp, 0));
    go(gp, move |gp| {
        while let Some(v) = recv(gp, a) {
            send(gp, b, v);
        }
    });
    let t = per_op(2 * N, || {
        for i in 0..N {
            send(gp, a, i);
            recv(gp, b);
        }
    });
    close(gp, a);
    t
}

/// Receives on `from`, sends on `to`, `left` times; a state machine in memory of its own.
struct Player {
    from: Chan,
    to: Chan,
    left: u64,
    slot: u64,
    done: Chan,
}

unsafe extern "C" fn player_start(gp: *mut G, arg: *mut u8) -> ! {
    // SAFETY: `ext` is ours.
    unsafe {
        *(*gp).ext_ptr() = arg as u64;
        player_run(gp, 0)
    }
}

unsafe extern "C" fn player_received(gp: *mut G, _arg: *mut u8) -> ! {
    // SAFETY: after a parked receive.
    unsafe {
        chanrecv_finish(gp);
        player_run(gp, 1)
    }
}

unsafe extern "C" fn player_sent(gp: *mut G, _arg: *mut u8) -> ! {
    // SAFETY: after a parked send.
    unsafe {
        assert!(chansend_finish(gp));
        player_run(gp, 2)
    }
}

#[inline]
unsafe fn player_run(gp: *mut G, mut state: u32) -> ! {
    // SAFETY: the player lives until the goroutine ends.
    unsafe {
        let m = *(*gp).ext_ptr() as *mut Player;
        loop {
            match state {
                0 => {
                    if (*m).left == 0 {
                        send(gp, (*m).done, 1);
                        goexit(gp)
                    }
                    (*m).left -= 1;
                    if let ChanResult::Park(p) =
                        chanrecv(gp, (*m).from.0, (&raw mut (*m).slot).cast(), true)
                    {
                        park_released(gp, p, player_received)
                    }
                    state = 1;
                }
                1 => {
                    if let ChanResult::Park(p) =
                        chansend(gp, (*m).to.0, (&raw const (*m).slot).cast(), true)
                    {
                        park_released(gp, p, player_sent)
                    }
                    state = 2;
                }
                _ => state = 0,
            }
        }
    }
}

fn player(gp: *mut G, from: Chan, to: Chan, left: u64, done: Chan) {
    let p = Box::leak(Box::new(Player {
        from,
        to,
        left,
        slot: 0,
        done,
    }));
    // SAFETY: leaked.
    unsafe { newproc(gp, player_start, (p as *mut Player).cast(), 0) };
}

fn hop_released(gp: *mut G) -> Cost {
    const N: u64 = 1_000_000;
    let (a, b, done) = (chan(gp, 0), chan(gp, 0), chan(gp, 2));
    player(gp, a, b, N, done);
    player(gp, b, a, N, done);
    per_op(2 * N, || {
        send(gp, a, 1);
        recv(gp, done);
        recv(gp, a);
        recv(gp, done);
    })
}

unsafe extern "C" fn yielder(gp: *mut G, arg: *mut u8) -> ! {
    // SAFETY: `ext` is ours; the cell is leaked.
    unsafe {
        if !arg.is_null() {
            *(*gp).ext_ptr() = arg as u64;
        }
        let cell = *(*gp).ext_ptr() as *mut (u64, Chan);
        if (*cell).0 == 0 {
            send(gp, (*cell).1, 1);
            goexit(gp)
        }
        (*cell).0 -= 1;
        goyield_released(gp, yielder)
    }
}

fn yield_released(gp: *mut G) -> Cost {
    const N: u64 = 1_000_000;
    let done = chan(gp, 2);
    per_op(2 * N, || {
        for _ in 0..2 {
            let cell = Box::leak(Box::new((N, done)));
            // SAFETY: leaked.
            unsafe { newproc(gp, yielder, (cell as *mut (u64, Chan)).cast(), 0) };
        }
        recv(gp, done);
        recv(gp, done);
    })
}

unsafe extern "C" fn nothing(gp: *mut G, _arg: *mut u8) -> ! {
    // SAFETY: the running goroutine.
    unsafe { goexit(gp) }
}

/// Spawn one, let it run and exit.
fn spawn(gp: *mut G) -> Cost {
    const N: u64 = 1_000_000;
    per_op(N, || {
        for _ in 0..N {
            // SAFETY: no argument.
            unsafe {
                newproc(gp, nothing, std::ptr::null_mut(), 0);
                goyield(gp);
            }
        }
    })
}

/// Spawn many, then let them run.
fn storm(gp: *mut G) -> Cost {
    const N: u64 = 200_000;
    let wg = WaitGroup::new(N as usize);
    per_op(N, || {
        for _ in 0..N {
            // SAFETY: the wait group is leaked.
            unsafe { newproc(gp, storm_one, (wg as *const WaitGroup).cast_mut().cast(), 0) };
            safepoint(gp);
        }
        wg.wait(gp);
    })
}

unsafe extern "C" fn storm_one(gp: *mut G, arg: *mut u8) -> ! {
    // SAFETY: the wait group of `storm`.
    unsafe {
        (*arg.cast::<WaitGroup>()).done(gp);
        goexit(gp)
    }
}

fn buffered(gp: *mut G) -> Cost {
    const N: u64 = 1_000_000;
    let c = chan(gp, 128);
    go(gp, move |gp| {
        for i in 0..N {
            send(gp, c, i);
        }
        close(gp, c);
    });
    per_op(N, || while recv(gp, c).is_some() {})
}

fn select_four(gp: *mut G) -> Cost {
    const N: u64 = 100_000;
    let cs: Vec<Chan> = (0..4).map(|_| chan(gp, 0)).collect();
    for &c in &cs {
        go(gp, move |gp| {
            for i in 0..N {
                send(gp, c, i);
            }
        });
    }
    per_op(4 * N, || {
        for _ in 0..4 * N {
            select(gp, &[], &cs, true);
        }
    })
}

fn ring(gp: *mut G) -> Cost {
    const N: u64 = 1000;
    const ROUNDS: u64 = 300;
    let cs: Vec<Chan> = (0..=N).map(|_| chan(gp, 0)).collect();
    for i in 0..N as usize {
        let (from, to) = (cs[i], cs[i + 1]);
        go(gp, move |gp| {
            while let Some(v) = recv(gp, from) {
                send(gp, to, v);
            }
        });
    }
    let t = per_op(N * ROUNDS, || {
        for i in 0..ROUNDS {
            send(gp, cs[0], i);
            recv(gp, cs[N as usize]);
        }
    });
    close(gp, cs[0]);
    t
}

/// A producer and a consumer that work 50 us each per item: on two Ps, half the elapsed time.
fn pipeline(gp: *mut G) -> Cost {
    const N: u64 = 1000;
    let c = chan(gp, 0);
    go(gp, move |gp| {
        for i in 0..N {
            work();
            send(gp, c, i);
        }
        close(gp, c);
    });
    per_op(N, || {
        while recv(gp, c).is_some() {
            work();
        }
    })
}

/// Some 50 us.
fn work() {
    let mut x = 1u64;
    for i in 0..50_000u64 {
        x = std::hint::black_box(x.wrapping_mul(i | 1));
    }
}

/// Ten sleeps each of 100,000 goroutines; CPU time, not the time slept.
fn sleepers(gp: *mut G) -> Cost {
    const N: u64 = 100_000;
    const EACH: u64 = 10;
    let wg = WaitGroup::new(N as usize);
    per_op(N * EACH, || {
        for i in 0..N {
            let s = Box::into_raw(Box::new((EACH, i as i64, wg)));
            // SAFETY: the goroutine takes the box.
            unsafe { newproc(gp, sleeper, s.cast(), 0) };
        }
        wg.wait(gp);
    })
}

unsafe extern "C" fn sleeper(gp: *mut G, arg: *mut u8) -> ! {
    // SAFETY: `ext` is ours; the box lives until the goroutine ends.
    unsafe {
        if !arg.is_null() {
            *(*gp).ext_ptr() = arg as u64;
        }
        let s = *(*gp).ext_ptr() as *mut (u64, i64, &'static WaitGroup);
        if (*s).0 == 0 {
            (*s).2.done(gp);
            drop(Box::from_raw(s));
            goexit(gp)
        }
        (*s).0 -= 1;
        match time::time_sleep(gp, 10_000_000 + ((*s).1 % 1000) * 10_000) {
            Wait::Park(park) => park_released(gp, park, sleeper),
            Wait::Ready => unreachable!(),
        }
    }
}

/// CPU time of this process.
fn cpu_ns() -> i64 {
    // SAFETY: zero is a valid rusage, and the call fills it.
    let ru = unsafe {
        let mut ru: libc::rusage = std::mem::zeroed();
        libc::getrusage(libc::RUSAGE_SELF, &mut ru);
        ru
    };
    let ns = |t: libc::timeval| t.tv_sec * 1_000_000_000 + t.tv_usec * 1_000;
    ns(ru.ru_utime) + ns(ru.ru_stime)
}

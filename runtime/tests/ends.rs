//! How a process ends: by deadlock, by main's end, by a fault. Each case is a process of its own: the test binary runs
//! itself with the case's name in an environment variable.

mod common;
use common::*;
use minigo_runtime::*;
use std::io::Write;
use std::process::{Command, Output};

const CASE: &str = "MINIGO_ENDS_CASE";

/// Runs `case` as a process of its own.
fn run(case: &str) -> Output {
    Command::new(std::env::current_exe().unwrap())
        .args(["the_child", "--exact", "--nocapture", "--test-threads=1"])
        .env(CASE, case)
        .output()
        .unwrap()
}

fn stderr(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

/// Not a test unless it is told to be a case.
#[test]
fn the_child() {
    let Ok(case) = std::env::var(CASE) else {
        return;
    };
    unsafe fn traceback(gp: *mut G, out: &mut dyn Write) {
        // SAFETY: Gs are never freed.
        let _ = writeln!(out, "main.f{}()", unsafe { (*gp).goid });
    }
    let hooks = Hooks {
        traceback,
        ..Hooks::default()
    };
    schedinit(Config {
        procs: 2,
        hooks,
        seed: case.starts_with("seeded").then_some(42),
        ..Config::default()
    });
    let entry: Entry = match case.as_str() {
        "deadlock" => deadlock,
        "deadlock after a timer" => deadlock_after_a_timer,
        "main exits" => main_goexit,
        "status" => status,
        "busy sleepers" => busy_sleepers,
        "seeded" => seeded,
        _ => panic!("no such case"),
    };
    // SAFETY: once in this process.
    unsafe { run_main(entry, std::ptr::null_mut()) }
}

unsafe extern "C" fn deadlock(gp: *mut G, _: *mut u8) -> ! {
    go(gp, |gp| {
        let c = chan(gp, 0);
        select(gp, &[(c, 1)], &[c], true);
    });
    go(gp, |gp| send(gp, Ptr(std::ptr::null_mut()), 1));
    recv(gp, chan(gp, 0));
    unreachable!()
}

#[test]
fn all_asleep() {
    let out = run("deadlock");
    let err = stderr(&out);
    assert_eq!(out.status.code(), Some(2), "{err}");
    let (head, rest) = err.split_once("\n\n").unwrap();
    assert_eq!(head, "fatal error: all goroutines are asleep - deadlock!");
    // The ids of the others depend on the P that main was on at their `go` statements.
    let mut gs: Vec<String> = rest
        .trim_end()
        .split("\n\n")
        .map(|g| g.replace(|c: char| c.is_ascii_digit(), ""))
        .collect();
    gs.sort();
    assert!(rest.starts_with("goroutine 1 ["), "{rest}");
    assert_eq!(
        gs,
        [
            "goroutine  [chan receive]:\nmain.f()",
            "goroutine  [chan send (nil chan)]:\nmain.f()",
            "goroutine  [select]:\nmain.f()",
        ]
    );
}

unsafe extern "C" fn deadlock_after_a_timer(gp: *mut G, _: *mut u8) -> ! {
    let c = chan(gp, 0);
    go(gp, move |gp| {
        for _ in 0..5 {
            sleep(gp, 2_000_000);
            send(gp, c, 1);
        }
    });
    loop {
        recv(gp, c);
    }
}

#[test]
fn a_timer_puts_the_deadlock_off() {
    let out = run("deadlock after a timer");
    assert_eq!(out.status.code(), Some(2));
    assert_eq!(
        stderr(&out),
        "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\nmain.f1()\n"
    );
}

unsafe extern "C" fn main_goexit(gp: *mut G, _: *mut u8) -> ! {
    go(gp, |gp| sleep(gp, 3_000_000));
    // SAFETY: the running goroutine.
    unsafe { goexit(gp) }
}

#[test]
fn main_ends_and_then_the_last() {
    let out = run("main exits");
    assert_eq!(out.status.code(), Some(2));
    assert_eq!(
        stderr(&out),
        "fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n"
    );
}

unsafe extern "C" fn status(gp: *mut G, _: *mut u8) -> ! {
    go(gp, |gp| {
        loop {
            safepoint(gp)
        }
    });
    sleep(gp, 1_000_000);
    exit(7)
}

#[test]
fn exit_status() {
    assert_eq!(run("status").status.code(), Some(7));
}

/// User and system time of this process in nanoseconds.
fn cpu_time() -> i64 {
    // SAFETY: zero is a valid rusage.
    let mut ru: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: `ru` is one.
    unsafe { libc::getrusage(libc::RUSAGE_SELF, &mut ru) };
    let ns = |t: libc::timeval| t.tv_sec * 1_000_000_000 + t.tv_usec * 1_000;
    ns(ru.ru_utime) + ns(ru.ru_stime)
}

unsafe extern "C" fn busy_sleepers(gp: *mut G, _: *mut u8) -> ! {
    go(gp, |gp| {
        let _ = recv(gp, chan(gp, 0));
    });
    sleep(gp, 50_000_000);
    let before = cpu_time();
    sleep(gp, 1_000_000_000);
    println!("idle for a second: {} us", (cpu_time() - before) / 1000);
    // Spinning or polling would burn a good part of the second; a loaded machine adds next to nothing to CPU time.
    exit(if cpu_time() - before < 20_000_000 {
        0
    } else {
        1
    })
}

#[test]
fn an_idle_program_uses_no_cpu() {
    let out = run("busy sleepers");
    assert_eq!(
        out.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&out.stdout)
    );
}

unsafe extern "C" fn seeded(gp: *mut G, _: *mut u8) -> ! {
    let start = nondet::nanotime();
    let c = chan(gp, 0);
    for i in 0..5u64 {
        go(gp, move |gp| {
            sleep(gp, 3_600_000_000_000 * (1 + nondet::randn(10) as i64));
            send(gp, c, i);
        });
    }
    let order: Vec<_> = (0..5).map(|_| recv(gp, c).unwrap()).collect();
    println!("order {order:?} after {}", nondet::nanotime() - start);
    exit(0)
}

#[test]
fn with_a_seed_sleeping_takes_no_time_and_repeats() {
    let line = |out: &Output| {
        assert_eq!(out.status.code(), Some(0), "{}", stderr(out));
        let text = String::from_utf8_lossy(&out.stdout).into_owned();
        text.lines()
            .find(|l| l.contains("order"))
            .unwrap()
            .to_string()
    };
    let first = line(&run("seeded"));
    assert_eq!(first, line(&run("seeded")));
}

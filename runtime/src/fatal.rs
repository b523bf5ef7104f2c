//! The ends that nobody recovers from: Go's fatal errors, and faults of our own. (Go: `throw`, `fatal`, `goroutineheader`)
//!
//! Knows nothing of: frames; the hooks print them.

use crate::g::*;
use crate::hooks::hooks;
use crate::nondet::{self, nanotime};
use crate::sync::*;
use std::io::Write;

/// Somebody is dying already.
static DYING: AtomicBool = AtomicBool::new(false);

/// The first to die prints; others wait for the end.
fn die_once() {
    if DYING.swap(true, AcqRel) {
        loop {
            std::thread::sleep(std::time::Duration::from_secs(1));
        }
    }
}

/// What is to be done before the process ends with `status`, whatever the reason: recordings are finished, and a failing
/// seeded run says how to repeat it.
pub(crate) fn last_words(status: i32) {
    crate::limits::hold();
    finish(status);
}

/// From now on other deaths wait, and nobody wonders why nothing runs.
pub(crate) fn dying() {
    DYING.store(true, Release);
}

pub(crate) fn finish(status: i32) {
    crate::choices::finish();
    crate::tracefile::finish();
    if status != 0 && nondet::seeded() {
        let _ = writeln!(
            std::io::stderr(),
            "minigo: seed {}: -seed {0} repeats this run",
            nondet::seed()
        );
    }
}

/// A fault of the runtime itself.
#[cold]
#[inline(never)]
pub fn throw(msg: &str) -> ! {
    die_once();
    let mut out = std::io::stderr().lock();
    let _ = writeln!(out, "minigo: internal error: runtime: {msg}");
    let _ = writeln!(
        out,
        "This is a fault of minigo, not of your program; please report it with the program."
    );
    let _ = out.flush();
    drop(out);
    last_words(134);
    std::process::abort()
}

/// A fatal error of the program: `fatal error: MSG`, every goroutine's traceback, exit status 2.
#[cold]
#[inline(never)]
pub fn fatal(msg: &str) -> ! {
    fatal_after("", msg)
}

/// The same, with `before` printed before it.
pub(crate) fn fatal_after(before: &str, msg: &str) -> ! {
    if msg == "out of memory" && crate::limits::bounds_memory() {
        crate::limits::out_of_memory();
    }
    let gp = crate::m::getg();
    if let Some(host) = crate::session::hosted()
        && crate::session::on_own_stack(gp)
    {
        // SAFETY: on the goroutine's own stack.
        unsafe { (host.fatal)(gp, msg) }
    }
    die_once();
    crate::stop_world::freeze_the_world();
    (hooks().before_exit)();
    let mut out = std::io::stderr().lock();
    let _ = writeln!(out, "{before}fatal error: {msg}");
    traceback_all(&mut out, crate::m::getg());
    let _ = out.flush();
    drop(out);
    last_words(2);
    std::process::exit(2)
}

/// Somebody outside wants to see what the program does: every goroutine's traceback, exit status 2.
pub(crate) fn quit(msg: &str) -> ! {
    die_once();
    crate::stop_world::freeze_the_world();
    (hooks().before_exit)();
    let mut out = std::io::stderr().lock();
    let _ = writeln!(out, "{msg}");
    traceback_all(&mut out, std::ptr::null_mut());
    let _ = out.flush();
    drop(out);
    last_words(2);
    std::process::exit(2)
}

/// `goroutine 1 [chan receive, 2 minutes]:` (Go: `goroutineheader`)
#[allow(clippy::not_unsafe_ptr_arg_deref)] // Gs are never freed.
pub fn goroutine_header(gp: *mut G, out: &mut dyn Write) {
    // SAFETY: Gs are never freed; a state read while it changes is merely old.
    unsafe {
        let status = readgstatus(gp);
        let waits = status == GWAITING && (*gp).waitreason != WaitReason::Zero;
        let text = if waits {
            (*gp).waitreason.text()
        } else {
            status_name(status)
        };
        let _ = write!(out, "goroutine {} [{text}", (*gp).goid);
        let since = (*gp).waitsince;
        if (waits || status == GSYSCALL) && since != 0 {
            let minutes = (nanotime() - since) / 60_000_000_000;
            if minutes >= 1 {
                let _ = write!(out, ", {minutes} minutes");
            }
        }
        if !(*gp).lockedm.is_null() {
            let _ = write!(out, ", locked to thread");
        }
        let _ = writeln!(out, "]:");
    }
}

/// Whether a panic that nobody recovers shows every goroutine: 0 not asked yet, 1 no, 2 yes.
static SHOW_ALL: AtomicU32 = AtomicU32::new(0);

/// Whether a level of `GOTRACEBACK` is for all goroutines.
fn is_all(level: &str) -> bool {
    match level {
        "all" | "system" | "crash" | "wer" => true,
        _ => level.parse::<u32>().is_ok_and(|n| n > 0),
    }
}

/// Go: `debug.SetTraceback`. What the environment asks for is the least.
pub fn set_traceback(level: &str) {
    if is_all(level) {
        SHOW_ALL.store(2, Relaxed);
    }
}

/// Behind the traceback of a goroutine that dies of a panic: the others, if the program or the environment asks for them.
#[allow(clippy::not_unsafe_ptr_arg_deref)] // Gs are never freed.
pub fn traceback_others(out: &mut dyn Write, me: *mut G) {
    if SHOW_ALL.load(Relaxed) == 0 {
        let asked = std::env::var("GOTRACEBACK").is_ok_and(|level| is_all(&level));
        SHOW_ALL.store(1 + u32::from(asked), Relaxed);
    }
    if SHOW_ALL.load(Relaxed) == 2 {
        DYING.store(true, Release);
        crate::stop_world::freeze_the_world();
        others(out, me);
    }
}

/// Every goroutine but one, each after an empty line.
fn others(out: &mut dyn Write, me: *mut G) {
    crate::proc::for_each_g(&mut |gp| {
        // SAFETY: Gs are never freed.
        if gp != me && !unsafe { (*gp).system } && !matches!(readgstatus(gp), GDEAD | GIDLE) {
            show(gp, out, me);
        }
    });
}

fn show(gp: *mut G, out: &mut dyn Write, me: *mut G) {
    let _ = writeln!(out);
    goroutine_header(gp, out);
    if gp != me && readgstatus(gp) == GRUNNING {
        // It did not stop in time: its frames change under our eyes.
        let _ = writeln!(
            out,
            "\tgoroutine running on other thread; stack unavailable"
        );
        return;
    }
    // SAFETY: the hook copes with goroutines in any state.
    unsafe { (hooks().traceback)(gp, out) };
}

/// Every goroutine, `me` first, each after an empty line. (Go: `tracebackothers`)
#[allow(clippy::not_unsafe_ptr_arg_deref)] // Gs are never freed.
pub fn traceback_all(out: &mut dyn Write, me: *mut G) {
    if !me.is_null() {
        show(me, out, me);
    }
    others(out, me);
}

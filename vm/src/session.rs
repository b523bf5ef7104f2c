//! A session: the program grows while it runs, and functions of it are run one input at a time.
//!
//! The thread that serves the user is none of the scheduler's. It loads what an input adds, starts a goroutine that calls
//! the input's functions one after the other, and waits for that goroutine's end; all others go on. What would end the
//! process ends the goroutine it happens on (`minigo_runtime::session`), and is reported.
//!
//! Knows nothing of: what was typed, how things are shown.

use crate::goroutine::{self, Spawn, VmG, start};
use crate::load::{self, LoadError};
use crate::native::NativeTable;
use crate::rtype::Rtype;
use crate::{interp, panic, traceback};
use minigo_bytecode::program::Program;
use minigo_bytecode::typedesc::{FuncIdx, TypeIdx};
use minigo_runtime::session::{self as rt, Cancel, Host};
use minigo_runtime::{Config, G, WaitReason, block_on};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::*};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock};
use std::time::{Duration, Instant};

/// How an input's goroutine ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It did everything.
    Done,
    /// It called `runtime.Goexit`.
    Goexit,
    /// It panicked.
    Panicked,
    /// It called `os.Exit`.
    Exited(i32),
    /// A fatal error.
    Fatal,
    /// The user stopped it.
    Interrupted,
    /// It waited for something that could not come.
    Deadlock,
}

/// Who is told of what happens to goroutines: text for standard error.
pub type Report = fn(&[u8]);

#[derive(Default)]
struct State {
    /// The input's goroutine.
    running: Option<(usize, u64)>,
    /// Why it ended, if not by itself.
    cause: Option<Ending>,
    ended: bool,
    /// Of goroutines that ended or died while it was not yet known which one is the input's.
    early_ends: Vec<u64>,
    early_causes: Vec<(u64, Ending)>,
}

static STATE: Mutex<State> = Mutex::new(State {
    running: None,
    cause: None,
    ended: false,
    early_ends: Vec::new(),
    early_causes: Vec::new(),
});
/// Nothing is left that could wake the input's goroutine. No part of the state: it is set with the scheduler locked.
static DEADLOCK: AtomicBool = AtomicBool::new(false);
static CHANGED: Condvar = Condvar::new();
static REPORT: OnceLock<Report> = OnceLock::new();
/// The goroutine that an input runs on; 0: none.
static RUNNING: AtomicU64 = AtomicU64::new(0);
static ON: AtomicBool = AtomicBool::new(false);

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(|e| e.into_inner())
}

/// Is this process a session?
#[inline]
pub(crate) fn is_on() -> bool {
    ON.load(Relaxed)
}

/// Makes the process a session. Once, before anything is loaded.
pub fn open(report: Report) {
    let _ = REPORT.set(report);
    minigo_runtime::schedinit(Config {
        embedded: true,
        hooks: goroutine::hooks(),
        ..Config::default()
    });
    rt::host(Host {
        exit: exited,
        fatal: fatal_error,
        deadlock,
    });
    ON.store(true, Relaxed);
}

/// Loads what the program has more than before; `touched` are earlier types that have changed.
pub fn grow(
    program: &Program,
    touched: &[TypeIdx],
    natives: &[&NativeTable],
) -> Result<(), LoadError> {
    load::grow(program, touched, natives)
}

/// Lets callers of `from` call `to`, or `from` itself again.
pub fn redirect(from: FuncIdx, to: Option<FuncIdx>) -> Result<(), LoadError> {
    load::redirect(from, to)
}

/// Address of a package variable.
pub fn global(off: u32) -> Option<*mut u8> {
    load::global_at(off)
}

/// Starts a goroutine that calls these functions one after the other.
pub fn run(calls: &[FuncIdx]) -> Result<(), LoadError> {
    let entry = load::place_calls(calls, all_done)?;
    *state() = State::default();
    DEADLOCK.store(false, SeqCst);
    let entry = entry as usize;
    // The goroutine may end before we know it: until then all ends are noted.
    RUNNING.store(u64::MAX, SeqCst);
    let gp = block_on(|gp| {
        // SAFETY: the running goroutine, which makes another; `gcreated` has copied `spawn` when `newproc` returns.
        unsafe {
            rt::set_system(gp);
            let mut spawn = Spawn {
                entry: entry as *const u64,
                context: 0,
                params: std::ptr::null(),
                segment: 0,
                ancestors: std::ptr::null_mut(),
            };
            let new =
                minigo_runtime::newproc(std::ptr::null_mut(), start, (&raw mut spawn).cast(), 0);
            let gp = (new as usize, (*new).goid);
            // Not before it exists, and not after it may have come to wait: while we run, nobody is asleep for good.
            rt::watch(true);
            gp
        }
    });
    let mut s = state();
    s.running = Some(gp);
    RUNNING.store(gp.1, SeqCst);
    s.ended |= s.early_ends.contains(&gp.1);
    let cause = s.early_causes.iter().find(|c| c.0 == gp.1);
    if let Some((_, how)) = cause.cloned() {
        s.cause.get_or_insert(how);
    }
    Ok(())
}

/// Waits for the end of the input's goroutine, at most so long.
pub fn wait(timeout: Duration) -> Option<Ending> {
    let until = Instant::now() + timeout;
    let mut s = state();
    loop {
        if s.ended {
            let done = s.cause.take();
            *s = State::default();
            RUNNING.store(0, SeqCst);
            rt::watch(false);
            return Some(done.unwrap_or(Ending::Goexit));
        }
        if DEADLOCK.swap(false, SeqCst) {
            drop(s);
            if stop(Ending::Deadlock) == Some(Cancel::Stuck) {
                let_go();
                return Some(Ending::Deadlock);
            }
            s = state();
            continue;
        }
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return None;
        }
        s = CHANGED
            .wait_timeout(s, left)
            .unwrap_or_else(|e| e.into_inner())
            .0;
    }
}

/// Ends the input's goroutine, and reports where it was. To be repeated while [`wait`] says that it still runs. `true`: it
/// waits for something outside, so that [`let_go`] is the way out.
pub fn interrupt() -> bool {
    stop(Ending::Interrupted) == Some(Cancel::Stuck)
}

/// Gives the input's goroutine up: it ends by itself when it comes to.
pub fn let_go() {
    let mut s = state();
    *s = State::default();
    RUNNING.store(0, SeqCst);
    rt::watch(false);
}

fn stop(why: Ending) -> Option<Cancel> {
    let (gp, goid) = state().running?;
    let (told, outcome) = with_world_stopped(|me| {
        let gp = gp as *mut G;
        let mut text = Vec::new();
        // SAFETY: the world is stopped; Gs are never freed.
        unsafe {
            if (*gp).goid == goid {
                text.extend(format!("goroutine {goid} [{}]:\n", doing(gp)).bytes());
                traceback::print_goroutine(gp, &mut text);
            }
        }
        // SAFETY: as above.
        let outcome = unsafe { rt::cancel(me, gp, goid, resume_cancelled) };
        // Before it runs again: it may end at once.
        let mut s = state();
        if outcome == Cancel::Ended || s.ended || s.cause.is_some() {
            return (None, outcome); // it has been told before
        }
        s.cause = Some(why.clone());
        (Some(text), outcome)
    });
    if let Some(text) = told {
        let mut out = match why {
            Ending::Deadlock => b"fatal error: all goroutines are asleep - deadlock!\n\n".to_vec(),
            _ => b"interrupted\n\n".to_vec(),
        };
        out.extend(text);
        report(&out);
    }
    Some(outcome)
}

/// What a goroutine that stands still was doing, in the words of tracebacks.
unsafe fn doing(gp: *mut G) -> &'static str {
    use minigo_runtime::g::{GRUNNABLE, GRUNNING, GWAITING, readgstatus, status_name};
    match readgstatus(gp) {
        // SAFETY: Gs are never freed.
        GWAITING => unsafe { (*gp).waitreason.text() },
        // It stands because the world does.
        GRUNNABLE | GRUNNING => "running",
        other => status_name(other),
    }
}

/// Does something while no goroutine runs but the one that does it.
pub fn with_world_stopped<T: Send>(f: impl FnOnce(*mut G) -> T + Send) -> T {
    block_on(|gp| {
        // SAFETY: the running goroutine, which keeps its native stack.
        unsafe {
            rt::set_system(gp);
            minigo_runtime::stop_the_world(gp, WaitReason::StoppingTheWorld);
            let result = f(gp);
            minigo_runtime::start_the_world(gp);
            result
        }
    })
}

/// A goroutine, as `:goroutines` lists it.
#[derive(Clone, Debug)]
pub struct Goroutine {
    /// Its number.
    pub id: u64,
    /// What it does or waits for, as in tracebacks.
    pub state: String,
    /// Function and place of its newest frame.
    pub at: String,
    /// The goroutine and the place that started it.
    pub creator: String,
    /// Nanoseconds that it has waited, if known.
    pub waited: Option<i64>,
}

/// All goroutines of the program.
pub fn goroutines() -> Vec<Goroutine> {
    with_world_stopped(|_| {
        let mut all = Vec::new();
        minigo_runtime::for_each_g(&mut |gp| {
            use minigo_runtime::g::{GDEAD, GIDLE, GWAITING, readgstatus, status_name};
            let status = readgstatus(gp);
            // SAFETY: the world is stopped; Gs are never freed.
            unsafe {
                if (*gp).system || matches!(status, GDEAD | GIDLE) {
                    return;
                }
                let waits = status == GWAITING;
                let state = match waits {
                    true => (*gp).waitreason.text(),
                    false => status_name(status),
                };
                let since = (*gp).waitsince;
                let waited =
                    (waits && since != 0).then(|| minigo_runtime::nondet::nanotime() - since);
                let (at, creator) = traceback::places(gp);
                all.push(Goroutine {
                    id: (*gp).goid,
                    state: state.to_owned(),
                    at,
                    creator,
                    waited,
                });
            }
        });
        all.sort_by_key(|g| g.id);
        all
    })
}

/// A value's type, by its index in the program.
pub fn rtype(index: TypeIdx) -> Option<&'static Rtype> {
    load::type_at(index)
}

// ---- on the scheduler's threads ----

/// What an input calls when it has done everything.
unsafe extern "C" fn all_done(_gp: *mut G, _args: *mut u64) -> crate::native::NativeRet {
    state().cause.get_or_insert(Ending::Done);
    crate::native::NativeRet::Done
}

/// Goes on with a goroutine that was taken off what it waited for: it ends.
unsafe extern "C" fn resume_cancelled(gp: *mut G, _arg: *mut u8) -> ! {
    // SAFETY: the position was saved before the park.
    unsafe {
        let vg = VmG::of(gp);
        (*vg).native_finish = None;
        let (pc, fp) = panic::cancelled(gp, (*vg).pc, (*vg).fp);
        interp::run(pc, fp, gp)
    }
}

fn report(text: &[u8]) {
    if let Some(report) = REPORT.get() {
        report(text);
    }
}

/// A goroutine dies of something that would have ended the process.
pub(crate) fn died(gp: *mut G, how: Ending, text: &[u8]) {
    report(text);
    // SAFETY: the running goroutine.
    let goid = unsafe { (*gp).goid };
    let mut s = state();
    match s.running {
        Some(r) if r.1 == goid => {
            s.cause.get_or_insert(how);
        }
        None => s.early_causes.push((goid, how)),
        Some(_) => {}
    }
}

/// The hook of every goroutine's end.
#[inline]
pub(crate) fn goroutine_ended(goid: u64) {
    let running = RUNNING.load(Relaxed);
    if running != 0 && (running == goid || running == u64::MAX) {
        entry_ended(goid);
    }
}

#[cold]
fn entry_ended(goid: u64) {
    let mut s = state();
    match s.running {
        Some(r) if r.1 == goid => {
            s.ended = true;
            CHANGED.notify_all();
        }
        None => s.early_ends.push(goid),
        Some(_) => {}
    }
}

unsafe fn exited(gp: *mut G, code: i32) -> ! {
    let text = format!("exit status {code}\n");
    // SAFETY: as the runtime promises.
    unsafe {
        died(gp, Ending::Exited(code), text.as_bytes());
        panic::abandon(gp)
    }
}

unsafe fn fatal_error(gp: *mut G, msg: &str) -> ! {
    let mut text = format!("fatal error: {msg}\n\n").into_bytes();
    // SAFETY: as the runtime promises; positions are saved whenever a fatal error may happen.
    unsafe {
        minigo_runtime::fatal::goroutine_header(gp, &mut text);
        traceback::print_goroutine(gp, &mut text);
        died(gp, Ending::Fatal, &text);
        panic::abandon(gp)
    }
}

fn deadlock() {
    // Who waits looks again after some milliseconds at the latest, should it miss this.
    DEADLOCK.store(true, SeqCst);
    CHANGED.notify_all();
}

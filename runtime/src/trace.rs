//! The life of goroutines as events, for whoever installs a sink. (Go: the tracer's hooks in runtime/proc.go)
//!
//! Costs one load and an untaken branch per event when off. The sink runs on the thread where the event happens, on g0 or
//! on a goroutine's stack, sometimes with the scheduler's locks held: it may write to memory of its own and nothing else.
//! Knows nothing of: formats, files.

use crate::g::G;
use crate::nondet;
use crate::p::P;
use crate::sync::*;

/// What happened. `arg` of the event in brackets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum What {
    /// A goroutine was made [the goid of its parent]; `name` is its function.
    Create,
    /// It runs [1: with the rest of its predecessor's time slice].
    Start,
    /// It waits; `name` says for what.
    Park,
    /// It was made runnable [the goid of who did it, 0: a timer, the netpoller]; `name`: what it had waited for.
    Ready,
    /// It let others run of itself [0], or because it was asked to [1].
    Yield,
    /// It ended.
    End,
    /// It entered a blocking call.
    Syscall,
    /// It came back from one.
    SyscallExit,
    /// sysmon took the P from a blocking call.
    Retake,
    /// sysmon asked the goroutine on the P to yield.
    Preempt,
    /// It was taken from another P's queue [that P's id].
    Steal,
    /// A timer fires [how many nanoseconds too late].
    Timer,
    /// The P got an M [its id].
    ProcStart,
    /// The P has none any more [the id of the one it had].
    ProcStop,
    /// The world stops; `name` says why.
    StopWorld,
    /// It starts again.
    StartWorld,
    /// A collection begins to mark [0], has marked [1], has ended [2].
    Gc,
}

/// One event.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// Nanotime; in a seeded run with the steps in between, so that no two events happen at the same time.
    pub when: i64,
    pub what: What,
    /// The P where it happened, -1: none.
    pub p: i32,
    /// The M where it happened, -1: a thread that is none.
    pub m: i32,
    /// Of `Create`, `Ready` and the `Start` that follows: tells this waking of the goroutine from its others. Else 0.
    pub waking: u32,
    /// The goroutine it is about, 0: none.
    pub goid: u64,
    pub arg: u64,
    pub name: &'static str,
}

/// Takes events.
pub type Sink = fn(&Event);

/// The sink's address, 0: off.
static SINK: AtomicUsize = AtomicUsize::new(0);

/// Installs or removes the sink. Events under way may still reach the old one.
pub fn set_sink(sink: Option<Sink>) {
    SINK.store(sink.map_or(0, |f| f as usize), Release);
}

/// Is anybody listening?
#[inline]
pub fn on() -> bool {
    SINK.load(Relaxed) != 0
}

/// An event that no goroutine has a part in.
#[inline(always)]
pub(crate) fn emit(what: What, pp: *const P, arg: u64) {
    if on() {
        emit_slow(what, pp, std::ptr::null_mut(), arg);
    }
}

/// An event of a goroutine.
#[inline(always)]
pub(crate) fn emit_g(what: What, pp: *const P, gp: *mut G, arg: u64) {
    if on() {
        emit_slow(what, pp, gp, arg);
    }
}

/// `gp` becomes runnable; whoever calls is who did it, if it is a goroutine.
#[inline(always)]
pub(crate) fn emit_ready(pp: *const P, gp: *mut G) {
    if on() {
        let by = crate::m::getg();
        // SAFETY: Gs are never freed.
        let by = if by.is_null() { 0 } else { unsafe { (*by).goid } };
        emit_slow(What::Ready, pp, gp, by);
    }
}

#[cold]
#[inline(never)]
fn emit_slow(what: What, pp: *const P, gp: *mut G, arg: u64) {
    let sink = SINK.load(Acquire);
    if sink == 0 {
        return;
    }
    // SAFETY: only `set_sink` writes it, and only functions of this type.
    let sink: Sink = unsafe { std::mem::transmute(sink) };
    let mp = crate::m::getm();
    // SAFETY: Ps, Ms and Gs are never freed; the goroutine is the caller's.
    let event = unsafe {
        let (mut goid, mut name, mut waking) = (0, "", 0);
        if !gp.is_null() {
            goid = (*gp).goid;
            match what {
                What::Create => {
                    name = (crate::hooks::hooks().function)(gp);
                    (*gp).waking = 1;
                    waking = 1;
                }
                What::Ready => {
                    name = (*gp).waitreason.text();
                    // Odd until the goroutine starts.
                    (*gp).waking = ((*gp).waking + 2) | 1;
                    waking = (*gp).waking;
                }
                What::Start if (*gp).waking & 1 != 0 => {
                    waking = (*gp).waking;
                    (*gp).waking += 1;
                }
                What::Park | What::StopWorld => name = (*gp).waitreason.text(),
                _ => {}
            }
        }
        Event {
            when: clock(),
            what,
            p: if pp.is_null() { -1 } else { (*pp).id },
            m: if mp.is_null() { -1 } else { (*mp).id as i32 },
            waking,
            goid,
            arg,
            name,
        }
    };
    sink(&event);
}

/// Simulated time stands still while goroutines run: then each step takes a little, and so does each event.
fn clock() -> i64 {
    static LAST: AtomicI64 = AtomicI64::new(0);
    if !nondet::seeded() {
        return nondet::nanotime();
    }
    let now = (nondet::nanotime() + nondet::steps_in_tick()).max(LAST.load(Relaxed) + EVENT_NS);
    LAST.store(now, Relaxed);
    now
}

/// How long an event takes in a seeded run.
const EVENT_NS: i64 = 100;

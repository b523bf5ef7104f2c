//! The life of goroutines as events, for whoever installs a sink. (Go: the tracer's hooks in runtime/proc.go)
//!
//! Costs one load and an untaken branch per event when off. The sink runs on the thread where the event happens, on g0 or
//! on a goroutine's stack, sometimes with the scheduler's locks held: it may write to memory of its own and nothing else.
//! Knows nothing of: formats, files.

use crate::nondet::nanotime;
use crate::p::P;
use crate::sync::*;

/// What happened. `arg` of the event in brackets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum What {
    /// A goroutine was made [the goid of its parent].
    Create,
    /// It runs [1: with the rest of its predecessor's time slice].
    Start,
    /// It waits [the wait reason].
    Park,
    /// It was made runnable [the goid of who did it, 0: a timer, the netpoller].
    Ready,
    /// It let others run of itself [0], or because it was asked to [1].
    Yield,
    /// It ended.
    End,
    /// It entered a blocking call.
    Syscall,
    /// It came back from one.
    SyscallExit,
    /// It was taken from another P's queue [that P's id].
    Steal,
    /// The P got an M [its id].
    ProcStart,
    /// The P has none any more.
    ProcStop,
    /// The world stops [the wait reason of who stops it].
    StopWorld,
    /// It starts again.
    StartWorld,
}

/// One event.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// Nanotime.
    pub when: i64,
    pub what: What,
    /// The P where it happened, -1: none.
    pub p: i32,
    /// The goroutine it is about, 0: none.
    pub goid: u64,
    pub arg: u64,
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

#[inline(always)]
pub(crate) fn emit(what: What, pp: *const P, goid: u64, arg: u64) {
    if on() {
        emit_slow(what, pp, goid, arg);
    }
}

#[cold]
#[inline(never)]
fn emit_slow(what: What, pp: *const P, goid: u64, arg: u64) {
    let sink = SINK.load(Acquire);
    if sink == 0 {
        return;
    }
    // SAFETY: only `set_sink` writes it, and only functions of this type.
    let sink: Sink = unsafe { std::mem::transmute(sink) };
    // SAFETY: Ps are never freed.
    let p = if pp.is_null() { -1 } else { unsafe { (*pp).id } };
    sink(&Event { when: nanotime(), what, p, goid, arg });
}

//! Clock, random numbers, every "pick any": the one place that a seeded run replaces.
//!
//! Nothing else in the house reads a clock or draws a number. Normally the clock is the kernel's and each P has a
//! generator of its own, seeded by the kernel.
//!
//! # With a seed
//!  - There is one P, and [`choose`] draws from one generator that starts from the seed (or from a recording:
//!    `choices.rs`).
//!  - Runnable goroutines stand in one pool, from which any may be next (`Sched::globrunqget`).
//!  - Time is simulated. It stands still while goroutines run, and jumps to the next timer when none can
//!    (`findrunnable.rs` calls [`advance`]). A program that computes on without end, or looks at the clock again and again,
//!    shall see it move all the same: every [`STEPS_PER_TICK`] safepoints it moves by [`TICK_NS`].
//!  - A goroutine is preempted after a drawn number of safepoints. The stack guard is poisoned all the time, so that each
//!    of them comes to [`safepoint`].
//!  - sysmon leaves everything alone, except a P whose M has been in a blocking call for very long.
//!
//! Knows nothing of: what is chosen.

use crate::choices;
use crate::sync::*;
use std::sync::OnceLock;

/// What a choice is about; a recording names it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Choice {
    /// Which ready case of a `select`.
    Select,
    /// In which order other Ps are robbed.
    Steal,
    /// Where ranging over a map starts.
    Map,
    /// What the program asks for (`math/rand`), and the seeds of its maps.
    Program,
    /// Which goroutine runs next, with a seed or under `schedstress`.
    RunNext,
    /// When to preempt, with a seed or under `schedstress`.
    Preempt,
    /// How much the heap may grow until the next collection.
    Gc,
}

impl Choice {
    /// As it stands in a recording.
    pub fn name(self) -> &'static str {
        match self {
            Choice::Select => "select",
            Choice::Steal => "steal",
            Choice::Map => "map",
            Choice::Program => "program",
            Choice::RunNext => "run",
            Choice::Preempt => "preempt",
            Choice::Gc => "gc",
        }
    }
}

/// A small fast generator (the step of splitmix64): not for secrets.
#[derive(Clone, Copy, Debug)]
pub struct Rng(u64);

impl Rng {
    #[inline]
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `n`.
    #[inline]
    pub fn below(&mut self, n: u32) -> u32 {
        (((self.next_u64() >> 32) * n as u64) >> 32) as u32
    }
}

static SEED: OnceLock<u64> = OnceLock::new();
static SEEDED: AtomicBool = AtomicBool::new(false);
/// A seed was given, or `schedstress` is on: the rare ways of the scheduler's hot paths.
static SHAKEN: AtomicBool = AtomicBool::new(false);
/// The simulated clock, while `SEEDED`.
static FAKE_NOW: AtomicI64 = AtomicI64::new(0);
/// For threads without a P.
static OUTSIDE: AtomicU64 = AtomicU64::new(0);

/// Where simulated time begins: the day of Go's first public release, as on Go's playground.
const FAKE_EPOCH_SECS: i64 = 1_257_894_000;

/// Fixes the seed; before any P exists, and before a program is loaded.
pub fn init(seed: Option<u64>) {
    if let Some(seed) = seed {
        if SEED.set(seed).is_ok() {
            SEEDED.store(true, Release);
            FAKE_NOW.store(1, Release);
            choices::begin(seed, Rng(seed));
            LONGEST.store(choices::draw(Choice::Preempt, 8) as i64, Relaxed);
        }
    } else {
        let _ = SEED.set(kernel_random());
    }
    SHAKEN.store(seed.is_some() || crate::debug::SCHEDSTRESS.on(), Release);
}

/// Is the scheduler to do unusual things?
#[inline]
pub(crate) fn shaken() -> bool {
    SHAKEN.load(Relaxed)
}

/// A seed for a run that shall be repeatable though none was given: short enough to be typed.
pub fn fresh_seed() -> u64 {
    kernel_random() >> 44
}

/// The seed of this run: given, or drawn at the start.
pub fn seed() -> u64 {
    *SEED.get_or_init(kernel_random)
}

/// Was a seed given?
#[inline]
pub fn seeded() -> bool {
    SEEDED.load(Relaxed)
}

/// A generator for one P, or for anyone else with a stream number of their own.
pub fn new_rng(stream: u64) -> Rng {
    let mut rng = Rng(seed() ^ stream.wrapping_mul(0xd6e8_feb8_6659_fd93));
    rng.next_u64();
    rng
}

/// Fills `buf` with bytes that nobody can guess, or in a seeded run with bytes that follow from the seed.
pub fn fill_random(buf: &mut [u8]) {
    let mut done = 0;
    while !seeded() && done < buf.len() {
        let rest = &mut buf[done..];
        // SAFETY: the buffer is that long.
        let n = unsafe { libc::getrandom(rest.as_mut_ptr().cast(), rest.len(), 0) };
        match n {
            1.. => done += n as usize,
            _ if std::io::Error::last_os_error().kind() == std::io::ErrorKind::Interrupted => {}
            _ => crate::fatal::fatal("crypto/rand: failed to read random data"),
        }
    }
    for part in buf[done..].chunks_mut(8) {
        part.copy_from_slice(&rand64().to_ne_bytes()[..part.len()]);
    }
}

fn kernel_random() -> u64 {
    let mut buf = [0u8; 8];
    #[cfg(target_os = "linux")]
    {
        // SAFETY: the buffer is 8 bytes long.
        let n = unsafe { libc::getrandom(buf.as_mut_ptr().cast(), 8, 0) };
        if n == 8 {
            return u64::from_ne_bytes(buf);
        }
    }
    // Without it: the address of a stack variable and the time.
    buf = real_nanotime().to_ne_bytes();
    u64::from_ne_bytes(buf) ^ (&raw const buf as u64).rotate_left(32)
}

/// Nanoseconds of a clock that only goes forward. (Go: `nanotime`)
#[inline]
pub fn nanotime() -> i64 {
    if seeded() { FAKE_NOW.load(Acquire) } else { real_nanotime() }
}

/// The same for programs, which may look at the clock until it has moved.
#[inline]
pub fn program_nanotime() -> i64 {
    if seeded() {
        count_steps(STEPS_PER_LOOK);
    }
    nanotime()
}

/// Seconds and nanoseconds since 1970. (Go: `walltime`)
pub fn walltime() -> (i64, i32) {
    if seeded() {
        let now = FAKE_NOW.load(Acquire);
        return (FAKE_EPOCH_SECS + now / 1_000_000_000, (now % 1_000_000_000) as i32);
    }
    let ts = clock(libc::CLOCK_REALTIME);
    (ts.tv_sec, ts.tv_nsec as i32)
}

/// The kernel's clock even in a seeded run: for sysmon and for waiting on threads, never for programs.
#[inline]
pub(crate) fn real_nanotime() -> i64 {
    let ts = clock(libc::CLOCK_MONOTONIC);
    ts.tv_sec * 1_000_000_000 + ts.tv_nsec
}

fn clock(id: libc::clockid_t) -> libc::timespec {
    let mut ts = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `ts` is a timespec.
    unsafe { libc::clock_gettime(id, &mut ts) };
    ts
}

/// Simulated time jumps to `when`: nothing can run before.
pub(crate) fn advance(when: i64) {
    debug_assert!(seeded());
    FAKE_NOW.fetch_max(when, AcqRel);
}

/// In a seeded run the program depends on something that the seed does not decide: says so, once for each `what`.
pub(crate) fn uncontrolled(what: &str) {
    static SAID: std::sync::Mutex<Vec<String>> = std::sync::Mutex::new(Vec::new());
    let mut said = SAID.lock().unwrap_or_else(|e| e.into_inner());
    if !said.iter().any(|s| s == what) {
        said.push(what.to_string());
        use std::io::Write;
        let _ = writeln!(std::io::stderr(), "minigo: seed {}: the program waits for {what}, which no seed controls: this run may not repeat", seed());
    }
}

/// Safepoints after which simulated time moves by itself.
const STEPS_PER_TICK: u64 = 100_000;
/// By how much.
const TICK_NS: i64 = 1_000_000;
/// A look at the clock counts as so many safepoints.
const STEPS_PER_LOOK: u64 = 100;

/// Safepoints so far, in a seeded run. Written by whoever holds the P.
static STEPS: AtomicU64 = AtomicU64::new(0);
/// Safepoints until the running goroutine is preempted.
static SLICE: AtomicI64 = AtomicI64::new(0);

fn count_steps(n: u64) {
    let before = STEPS.load(Relaxed);
    STEPS.store(before + n, Relaxed);
    if before / STEPS_PER_TICK != (before + n) / STEPS_PER_TICK {
        FAKE_NOW.fetch_add(TICK_NS, AcqRel);
    }
}

/// How long time slices may be in this run: 4 to the power of 1 to 8.
static LONGEST: AtomicI64 = AtomicI64::new(0);

/// A goroutine begins a time slice, in a seeded run: draws its length. Lengths differ widely within a run, and runs among
/// each other, since some races need a preemption every few steps, and others a single one after many.
pub(crate) fn begin_slice() {
    let drawn = choices::draw(Choice::Preempt, 1 << 16) as i64;
    let most = 4i64 << (2 * ((drawn >> 13) % (LONGEST.load(Relaxed) + 1)));
    // 1: at the first safepoint, so that a short goroutine can be stopped between any two of its steps. (A loop at which
    // a goroutine was preempted comes once more when it goes on: then nothing has moved, and the next draw may.)
    SLICE.store(1 + (((drawn & 0x1fff) * most) >> 13), Relaxed);
}

/// A safepoint of a seeded run: is the goroutine to come to the scheduler?
#[inline]
pub fn safepoint() -> bool {
    count_steps(1);
    let left = SLICE.load(Relaxed) - 1;
    SLICE.store(left, Relaxed);
    if left > 0 {
        return crate::stop_world::world_stopping();
    }
    slice_is_over()
}

#[cold]
fn slice_is_over() -> bool {
    let timer = crate::time::time_sleep_until();
    let others = crate::sched::SCHED.runqsize.0.load(Relaxed) != 0
        || timer != 0 && timer <= nanotime()
        || crate::netpoll::any_waiters()
        || crate::stop_world::world_stopping();
    if !others {
        // Nobody to be preempted for.
        begin_slice();
    }
    others
}

/// Nanoseconds since simulated time moved, as they would be if each step took its share.
pub(crate) fn steps_in_tick() -> i64 {
    (STEPS.load(Relaxed) % STEPS_PER_TICK) as i64 * (TICK_NS / STEPS_PER_TICK as i64)
}

/// A random number, cheap, thread-safe: not for secrets. (Go: `cheaprand64`)
pub fn rand64() -> u64 {
    if seeded() {
        return choices::draw(Choice::Program, 0);
    }
    let mp = crate::m::getm();
    if !mp.is_null() {
        // SAFETY: the M is ours; a P it holds is ours too.
        unsafe {
            let pp = (*mp).p.load(Relaxed);
            if !pp.is_null() {
                return (*pp).rng.next_u64();
            }
        }
    }
    let n = OUTSIDE.fetch_add(1, Relaxed);
    Rng(seed() ^ !n.wrapping_mul(0x2545_f491_4f6c_dd1d)).next_u64()
}

/// A random number below `n`. (Go: `cheaprandn`)
pub fn randn(n: u32) -> u32 {
    (((rand64() >> 32) * n as u64) >> 32) as u32
}

/// One of `n` possibilities: every choice that the language leaves open comes through here.
#[inline]
pub fn choose(kind: Choice, n: u32) -> u32 {
    if seeded() { choose_seeded(kind, n) } else { randn(n) }
}

/// As [`choose`], for the scheduler's own choices on a P it holds.
#[inline]
pub(crate) fn choose_on(rng: &mut Rng, kind: Choice, n: u32) -> u32 {
    if seeded() { choose_seeded(kind, n) } else { rng.below(n) }
}

#[cold]
#[inline(never)]
fn choose_seeded(kind: Choice, n: u32) -> u32 {
    // No choice at all.
    if n <= 1 { 0 } else { choices::draw(kind, n) as u32 }
}

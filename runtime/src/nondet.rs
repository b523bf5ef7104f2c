//! Clock, random numbers, every "pick any": the one place that a seeded run replaces.
//!
//! Nothing else in the house reads a clock or draws a number. Normally the clock is the kernel's and each P has a
//! generator of its own, seeded by the kernel. With a seed there is one P, its generator starts from the seed, and time
//! is simulated: it stands still while goroutines run, and jumps to the next timer when none can
//! (`findrunnable.rs` calls [`advance`]).
//! Knows nothing of: what is chosen.

use crate::sync::*;
use std::sync::OnceLock;

/// What a choice is about; a recorder can tell them apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Choice {
    /// Which ready case of a `select`.
    Select,
    /// In which order other Ps are robbed.
    Steal,
    /// Where ranging over a map starts.
    Map,
    /// What the program asks for (`math/rand`).
    Program,
    /// Which goroutine runs next, under `schedstress`.
    RunNext,
    /// Whether to preempt here, under `schedstress`.
    Preempt,
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
/// The simulated clock, while `SEEDED`.
static FAKE_NOW: AtomicI64 = AtomicI64::new(0);
/// For threads without a P.
static OUTSIDE: AtomicU64 = AtomicU64::new(0);

/// Where simulated time begins: the day of Go's first public release, as on Go's playground.
const FAKE_EPOCH_SECS: i64 = 1_257_894_000;

/// Fixes the seed; before any P exists.
pub(crate) fn init(seed: Option<u64>) {
    if let Some(seed) = seed {
        if SEED.set(seed).is_ok() {
            SEEDED.store(true, Release);
            FAKE_NOW.store(1, Release);
        }
    } else {
        let _ = SEED.set(kernel_random());
    }
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

/// A random number, cheap, thread-safe: not for secrets. (Go: `cheaprand64`)
pub fn rand64() -> u64 {
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
pub fn choose(_kind: Choice, n: u32) -> u32 {
    randn(n)
}

/// As [`choose`], for the scheduler's own choices on a P it holds.
#[inline]
pub(crate) fn choose_on(rng: &mut Rng, _kind: Choice, n: u32) -> u32 {
    rng.below(n)
}

//! The scheduler's core, on g0: starting, choosing, running and burying goroutines. (Go: runtime/proc.go)

use crate::g::*;
use crate::hooks::Hooks;

/// How the runtime is set up.
#[derive(Clone, Copy, Default)]
pub struct Config {
    /// `GOMAXPROCS` at the start; 0: one per core.
    pub procs: usize,
    pub hooks: Hooks,
    /// Draw everything random from this seed, on one P and with simulated time.
    pub seed: Option<u64>,
    /// A host program may make goroutines at any time: all of them asleep is no deadlock.
    pub embedded: bool,
}

/// Sets the runtime up. Once per process; later calls do nothing and return `false`.
pub fn schedinit(config: Config) -> bool {
    let _ = config;
    todo!()
}

/// A new goroutine, runnable, next on this P. `gp` is the running goroutine (null from outside: global queue).
///
/// # Safety
/// `start` and `arg` are fit for each other; `arg` is kept alive by someone until `start` runs.
pub unsafe fn newproc(gp: *mut G, start: Entry, arg: *mut u8, gopc: u64) -> *mut G {
    let _ = (gp, start, arg, gopc);
    todo!()
}

/// Makes the calling thread M0, starts sysmon, and runs `entry(gp, arg)` as goroutine 1. Ends with [`exit`].
///
/// # Safety
/// After `schedinit`; once.
pub unsafe fn run_main(entry: Entry, arg: *mut u8) -> ! {
    let _ = (entry, arg);
    todo!()
}

/// Runs a closure as a goroutine of its own and waits for it, on a thread that is no M. Panics pass through.
pub fn block_on<T: Send>(f: impl FnOnce(*mut G) -> T + Send) -> T {
    let _ = f;
    todo!()
}

/// Ends the process.
pub fn exit(code: i32) -> ! {
    (crate::hooks::hooks().before_exit)();
    std::process::exit(code)
}

/// Go: `runtime.NumGoroutine`.
pub fn gcount() -> usize {
    todo!()
}

/// Every G that ever was, dead ones included. The world is stopped, or the caller tolerates Gs that change.
pub fn for_each_g(f: &mut dyn FnMut(*mut G)) {
    let _ = f;
    todo!()
}

/// The goroutine running on this thread, or null: for code that cannot be given `gp`. Not valid across a park.
#[inline(never)]
pub fn getg() -> *mut G {
    todo!()
}

/// Go: `runtime.GOMAXPROCS`. `n < 1` only asks. Stops the world if it changes something.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn gomaxprocs(gp: *mut G, n: i64) -> i64 {
    let _ = (gp, n);
    todo!()
}

/// Runs `f(arg)` on this thread's g0 stack and returns. `f` must not park. (Go: `systemstack`)
///
/// # Safety
/// `gp` is the running goroutine; `f` and `arg` fit.
pub unsafe fn systemstack(gp: *mut G, f: unsafe extern "C" fn(*mut u8), arg: *mut u8) {
    let _ = (gp, f, arg);
    todo!()
}

//! What the runtime asks of whoever executes goroutines: function pointers, installed once before `schedinit`.
//!
//! Knows nothing of: who installs them.

use crate::fault::{Fault, Machine};
use crate::g::{Entry, G};
use std::io::Write;
use std::sync::OnceLock;

/// Called by the collector for a G, by any thread while the world is stopped: reports the address ranges `[lo, hi)` of its
/// frames. The goroutine that collects is reported, too: its position must be saved before it calls what may collect.
pub type ScanG = unsafe fn(gp: *mut G, visit: &mut dyn FnMut(usize, usize));

/// The VM's side of a goroutine.
#[derive(Clone, Copy)]
pub struct Hooks {
    /// Reports the frame ranges of a G, to be scanned word by word. The world is stopped.
    pub scan_g: ScanG,
    /// The goroutine has ended: give back or keep what `ext` refers to. Runs on g0, with a P. The G will be reused
    /// with `ext` as it is left here.
    pub gdead: unsafe fn(gp: *mut G),
    /// A G is about to be made runnable for the first time. `ext` is zero, or as `gdead` left it.
    pub gcreated: unsafe fn(gp: *mut G),
    /// Prints the goroutine's frames and its `created by` part, without the header.
    pub traceback: unsafe fn(gp: *mut G, out: &mut dyn Write),
    /// The name of the function that a goroutine begins with; it does not run yet.
    pub function: unsafe fn(gp: *mut G) -> &'static str,
    /// Was this fault an access of the program's own? Then where the goroutine goes on, on an empty native stack. Called
    /// by a signal's handler on the goroutine's thread.
    pub fault: unsafe fn(gp: *mut G, fault: &Fault, machine: &Machine<'_>) -> Option<Entry>,
    /// Flushes whatever the program has written but not yet handed to the kernel, before a fatal error or an exit.
    pub before_exit: fn(),
}

unsafe fn no_scan(_gp: *mut G, _visit: &mut dyn FnMut(usize, usize)) {}
unsafe fn no_op(_gp: *mut G) {}
unsafe fn no_traceback(_gp: *mut G, _out: &mut dyn Write) {}
unsafe fn no_function(_gp: *mut G) -> &'static str {
    "native"
}
fn nothing() {}

impl Default for Hooks {
    /// For goroutines that are plain native code.
    fn default() -> Self {
        Hooks {
            scan_g: no_scan,
            gdead: no_op,
            gcreated: no_op,
            traceback: no_traceback,
            function: no_function,
            fault: crate::fault::not_ours,
            before_exit: nothing,
        }
    }
}

static HOOKS: OnceLock<Hooks> = OnceLock::new();

pub(crate) fn install(hooks: Hooks) {
    let _ = HOOKS.set(hooks);
}

/// The installed hooks, or those that do nothing.
pub fn hooks() -> &'static Hooks {
    HOOKS.get_or_init(Hooks::default)
}

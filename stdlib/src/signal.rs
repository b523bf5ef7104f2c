//! Package os/signal: what the runtime does with signals.

use minigo_runtime::signal::{self, Received};
use minigo_vm::native;
use minigo_vm::native::{G, NativeRet, NativeTable, park};

native! {
    fn enable(gp, sig: i64) { signal::enable(sig as i32) }
    fn disable(gp, sig: i64) { signal::disable(sig as i32) }
    fn ignore(gp, sig: i64) { signal::ignore(sig as i32) }
    fn ignored(gp, sig: i64) -> bool { signal::ignored(sig as i32) }
}

/// func receive() int: the next signal. One goroutine calls it.
unsafe extern "C" fn receive(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: the running goroutine; the only slot is the result.
    unsafe { answer(gp, args, signal::recv(gp)) }
}

unsafe extern "C" fn received(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: we were parked by `recv`.
    unsafe { answer(gp, args, signal::recv_finish(gp)) }
}

unsafe fn answer(gp: *mut G, args: *mut u64, r: Received) -> NativeRet {
    // SAFETY: the caller returns at once.
    unsafe {
        match r {
            Received::Park(p) => park(gp, p, Some(received)),
            Received::Signal(sig) => {
                *args = sig as u64;
                NativeRet::Done
            }
        }
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("os/signal.disable", disable),
    ("os/signal.enable", enable),
    ("os/signal.ignore", ignore),
    ("os/signal.ignored", ignored),
    ("os/signal.receive", receive),
];

//! Blocking calls: the M goes on alone, the P may be taken from it. (Go: `entersyscall`, `exitsyscall`)

use crate::g::*;

/// The running goroutine is about to block its thread. Until `exitsyscall` it may not touch the heap's allocator,
/// channels or the scheduler; memory it reads or writes stays in place.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn entersyscall(gp: *mut G) {
    let _ = gp;
    todo!()
}

/// Back from the call: gets a P again, or waits for one (keeping the native stack). `gp.m` may have changed.
///
/// # Safety
/// `gp` is between `entersyscall` and here.
pub unsafe fn exitsyscall(gp: *mut G) {
    let _ = gp;
    todo!()
}

//! Stopping all Ps at safepoints, and starting them again. (Go: `stopTheWorld`, `startTheWorld`)

use crate::g::*;

/// Stops every other P. May park (keeping the native stack) while someone else has the world stopped: `gp.m` and the
/// P's cache must be read anew afterwards.
///
/// # Safety
/// `gp` is the running goroutine, not on g0.
pub unsafe fn stop_the_world(gp: *mut G, reason: WaitReason) {
    let _ = (gp, reason);
    todo!()
}

/// # Safety
/// The caller stopped it.
pub unsafe fn start_the_world(gp: *mut G) {
    let _ = gp;
    todo!()
}

/// Is the world stopped, or being stopped?
pub fn world_stopping() -> bool {
    todo!()
}

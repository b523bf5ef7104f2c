//! The heap's [`World`] as the scheduler provides it.

use super::mcache::MCache;
use super::world::World;
use crate::g::G;

/// The running goroutine.
#[derive(Clone, Copy)]
pub struct GoWorld {
    gp: *mut G,
}

// SAFETY: marking threads use it while the world is stopped, for reading.
unsafe impl Sync for GoWorld {}

impl GoWorld {
    #[inline(always)]
    pub fn new(gp: *mut G) -> GoWorld {
        GoWorld { gp }
    }
}

impl World for GoWorld {
    #[inline(always)]
    fn cache(&self) -> *mut MCache {
        let _ = self.gp;
        todo!()
    }

    fn can_collect(&self) -> bool {
        todo!()
    }

    unsafe fn with_world_stopped(&self, f: &mut dyn FnMut()) {
        f();
        todo!()
    }

    fn root_jobs(&self) -> usize {
        todo!()
    }

    unsafe fn root_job(&self, _job: usize, _visit: &mut dyn FnMut(usize, usize)) {
        todo!()
    }

    fn mark_helpers(&self) -> usize {
        todo!()
    }

    fn nanotime(&self) -> i64 {
        crate::nondet::nanotime()
    }
}

//! What the heap asks of the scheduler, as one trait: the running goroutine's cache, stopping the world, and the stacks.
//!
//! The heap is written against [`World`] alone, so that its tests run without a scheduler, on roots of their own.

use super::mcache::MCache;

/// The running goroutine, and through it all others.
pub trait World: Sync {
    /// The cache of the P that the caller runs on. Read it anew after a collection.
    fn cache(&self) -> *mut MCache;

    /// May a collection start here? Not on a scheduler's stack, and not where the world cannot be stopped.
    fn can_collect(&self) -> bool;

    /// Stops all other mutators at safepoints, runs `f`, and starts them again. `f` runs where the caller's registers have
    /// been saved to memory that the root jobs report.
    ///
    /// # Safety
    /// The caller is the running goroutine.
    unsafe fn with_world_stopped(&self, f: &mut dyn FnMut());

    /// How many pieces the stacks and the scheduler's own roots come in. The world is stopped.
    fn root_jobs(&self) -> usize;

    /// Reports the address ranges of one piece, to be read word by word.
    ///
    /// # Safety
    /// The world is stopped; each piece is asked for once, by any thread.
    unsafe fn root_job(&self, job: usize, visit: &mut dyn FnMut(usize, usize));

    /// Threads that may help with marking, apart from the caller's.
    fn mark_helpers(&self) -> usize;

    /// The world runs again, and finalizers or cleanups are waiting to be run.
    fn specials_queued(&self) {}

    /// The world is stopped, and marking is about to begin.
    fn before_mark(&self) {}

    /// Nanoseconds of a clock that only goes forward.
    fn nanotime(&self) -> i64;
}

//! The scavenger: gives memory that the program will not need soon back to the system. (Go: runtime/mgcscavenge.go)
//!
//! What is kept, by the last collection: as much as the heap will be at its next goal, going by what it was at the last
//! one, and a tenth more; or, near the memory limit, a little less than that, whichever is less. What lies above goes back a few pages at a
//! time, the highest first, by a thread that uses about a hundredth of one CPU and sleeps for good when it is done.
//!
//! How it comes to run: a collection only says that there may be something to do (`due`, one store), sysmon sees that at
//! its next look and wakes the thread. So a program that collects a thousand times a second wakes it a hundred times at
//! most, and one that collects once and falls asleep gives its memory back. The thread also finishes the sweeping: garbage
//! that nobody swept is no free page yet.
//!
//! Not in the background: allocation, when fresh pages would lead above the memory limit or when the heap grows while it
//! holds more than it should (it pays with as many pages as it took); `debug.FreeOSMemory`; and seeded runs, where the
//! thread's pace would show in MemStats: there it is done when sweeping ends.
//!
//! Locks: the page lock, which is not held while the kernel works. The thread's own state is a leaf.
//! Knows nothing of: what is allocated, the scheduler. The thread has no P and never waits for the world.

use super::mheap::Pages;
use super::sizeclasses::PAGE_SIZE;
use super::{AcqRel, Heap, Relaxed, Release, lock};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize};
use std::sync::{Condvar, Mutex};
use std::time::Duration;

/// Pages given back at once, while others wait for the kernel's lock on the address space. (Go: 64 KiB)
const BATCH: usize = (64 << 10) / PAGE_SIZE;
/// Kept beyond the last peak, as a part of it. (Go: `retainExtraPercent`)
const RETAIN_EXTRA: usize = 10;
/// How far below the memory limit the thread brings the heap, as a part of the limit. (Go: `reduceExtraPercent`)
const REDUCE_EXTRA: usize = 20;
/// Work between two sleeps. (Go: `minScavWorkTime`)
const WORK: Duration = Duration::from_millis(1);
/// It sleeps so many times as long as it works. (Go: `scavengePercent`)
const SLEEP_RATIO: u32 = 99;

/// What the heap may hold, and the thread that sees to it.
pub struct Scavenger {
    /// Bytes to keep by the heap's goal, and by the memory limit.
    by_goal: AtomicUsize,
    by_limit: AtomicUsize,
    /// A collection has set the goals anew, and nobody has looked since.
    due: AtomicBool,
    /// Bytes given back by the thread, and by everybody else, since the last line of the trace.
    background: AtomicU64,
    eager: AtomicU64,
    thread: Mutex<Thread>,
    wake: Condvar,
}

struct Thread {
    exists: bool,
    asked: bool,
}

impl Scavenger {
    pub const fn new() -> Scavenger {
        Scavenger {
            by_goal: AtomicUsize::new(usize::MAX),
            by_limit: AtomicUsize::new(usize::MAX),
            due: AtomicBool::new(false),
            background: AtomicU64::new(0),
            eager: AtomicU64::new(0),
            thread: Mutex::new(Thread {
                exists: false,
                asked: false,
            }),
            wake: Condvar::new(),
        }
    }
}

/// What to keep of a heap that was `peak` bytes when its goal was `last_goal`, now that it is `goal`. Pages in use may be
/// more than the goal, because of stacks and holes; that they are fewer says that somebody asked for a collection.
fn retain(peak: usize, last_goal: usize, goal: usize) -> usize {
    let scaled = goal as f64 * (peak as f64 / last_goal.max(1) as f64).max(1.0);
    let kept = scaled + scaled / RETAIN_EXTRA as f64;
    // Without a goal this is more than there can be.
    kept.clamp(1.0, 1e18) as usize / PAGE_SIZE * PAGE_SIZE + PAGE_SIZE
}

impl Heap {
    /// After a collection, the world being stopped: what to keep until the next one. (Go: `gcPaceScavenger`)
    pub(super) fn pace_scavenger(&self, last_goal: usize, peak: usize) {
        let goal = self.pacer.goal.load(Relaxed);
        self.scavenger
            .by_goal
            .store(retain(peak, last_goal, goal), Relaxed);
        self.pace_by_limit();
    }

    /// The same for the memory limit alone, which may be another.
    pub(super) fn pace_by_limit(&self) {
        let limit = self.pacer.limit.load(Relaxed);
        let by_limit = if limit == i64::MAX {
            usize::MAX
        } else {
            limit as usize - limit as usize / REDUCE_EXTRA
        };
        self.scavenger.by_limit.store(by_limit, Relaxed);
        if self.above_goal() > 0 {
            self.scavenger.due.store(true, Release);
        }
    }

    /// Bytes with memory behind them, used or free.
    pub(super) fn in_memory(&self) -> usize {
        in_memory(&lock(&self.pages))
    }

    /// By how many bytes the heap holds more than it should. Less than a batch is not worth a system call.
    fn above_goal(&self) -> usize {
        let s = &self.scavenger;
        let goal = s.by_goal.load(Relaxed).min(s.by_limit.load(Relaxed));
        let above = self.in_memory().saturating_sub(goal);
        if above < BATCH * PAGE_SIZE { 0 } else { above }
    }

    /// Gives back at most `pages` pages, without the page lock while the kernel works. Returns how many bytes.
    fn release_some(&self, pages: usize) -> usize {
        let Some(run) = lock(&self.pages).alloc.begin_release(pages) else {
            return 0;
        };
        let bytes = run.n * PAGE_SIZE;
        // SAFETY: between the two calls the pages are ours.
        unsafe { super::os::release(self.arena().page_addr(run.page), bytes) };
        lock(&self.pages).alloc.end_release(run);
        bytes
    }

    /// Gives back about `n` pages, or all there are, with the page lock held: for who is about to take some.
    pub(super) fn release_now(&self, pages: &mut Pages, n: usize) {
        let mut given = 0;
        while given < n
            && let Some(run) = pages.alloc.begin_release(n - given)
        {
            // SAFETY: between the two calls the pages are ours.
            unsafe {
                super::os::release(self.arena().page_addr(run.page), run.n * PAGE_SIZE);
            }
            pages.alloc.end_release(run);
            given += run.n;
        }
        let bytes = (given * PAGE_SIZE) as u64;
        self.scavenger.eager.fetch_add(bytes, Relaxed);
    }

    /// An allocation took `fresh` pages that had no memory behind them. If the heap holds more than it may, as many
    /// others go: free pages that did not fit.
    #[inline]
    pub(super) fn replace_fresh(&self, pages: &mut Pages, fresh: usize, grown: bool) {
        let mut goal = self.pacer.limit.load(Relaxed) as usize;
        if grown {
            goal = goal.min(self.scavenger.by_goal.load(Relaxed));
        }
        let over = in_memory(pages).saturating_sub(goal);
        if over > 0 && pages.alloc.dirty_free() > 0 {
            self.release_now(pages, fresh.min(over.div_ceil(PAGE_SIZE)));
        }
    }

    /// Gives back everything that is free. (Go: `scavengeAll`)
    pub(super) fn scavenge_all(&self) -> usize {
        let mut given = 0;
        loop {
            let bytes = self.release_some(usize::MAX);
            if bytes == 0 {
                break;
            }
            given += bytes;
        }
        self.scavenger.eager.fetch_add(given as u64, Relaxed);
        given
    }

    /// Gives back what is above the goals, at once.
    pub(super) fn scavenge_to_goal(&self) {
        let above = self.above_goal();
        if above > 0 {
            self.release_now(&mut lock(&self.pages), above / PAGE_SIZE);
        }
    }

    /// sysmon's part: a look at a flag, mostly.
    #[inline]
    pub(super) fn wake_scavenger(&self) {
        if self.scavenger.due.load(Relaxed) {
            self.ask_scavenger();
        }
    }

    #[cold]
    fn ask_scavenger(&self) {
        // Acquire: the goals are those of the collection that set the flag.
        if !self.scavenger.due.swap(false, AcqRel) || crate::nondet::seeded() {
            return;
        }
        // SAFETY: heaps are never freed: there is the static one, and those that tests leak.
        let heap: &'static Heap = unsafe { &*std::ptr::from_ref(self) };
        let mut thread = lock(&self.scavenger.thread);
        thread.asked = true;
        if thread.exists {
            self.scavenger.wake.notify_one();
        } else {
            // Without the thread memory stays here until the next time.
            let made = std::thread::Builder::new()
                .name("minigo-scavenge".into())
                .stack_size(256 << 10)
                .spawn(move || heap.scavenger_main());
            thread.exists = made.is_ok();
        }
    }

    /// The thread. (Go: `bgscavenge`)
    fn scavenger_main(&'static self) {
        let me = &self.scavenger;
        loop {
            let mut thread = lock(&me.thread);
            while !thread.asked {
                thread = me.wake.wait(thread).unwrap_or_else(|e| e.into_inner());
            }
            thread.asked = false;
            drop(thread);
            // Garbage is no free page before it is swept. Sweeping is paid by the collection, not out of our hundredth.
            if !self.is_swept() {
                self.background_sweep();
            }
            while let Some(worked) = self.scavenge_for(WORK) {
                std::thread::sleep(worked * SLEEP_RATIO);
            }
            if self.debug.trace_scavenger.load(Relaxed) {
                self.trace_scavenger();
            }
        }
    }

    /// Go's line for `scavtrace=1`, once the thread is done.
    fn trace_scavenger(&self) {
        let (used, dirty, all) = {
            let pages = lock(&self.pages);
            let alloc = &pages.alloc;
            let bytes = |n: usize| n * PAGE_SIZE;
            (bytes(alloc.used_pages()), bytes(alloc.dirty_free()), bytes(alloc.total_pages()))
        };
        let line = format!(
            "scav {} KiB work (bg), {} KiB work (eager), {} KiB now, {}% util\n",
            self.scavenger.background.swap(0, Relaxed) >> 10,
            self.scavenger.eager.swap(0, Relaxed) >> 10,
            (all - used - dirty) >> 10,
            used * 100 / (used + dirty).max(1),
        );
        super::os::write_stderr(line.as_bytes());
    }

    /// Gives back for about as long as it is told, in CPU time: on a busy machine the clock on the wall would make a
    /// short work a long one. Returns how long it took; `None`: there is nothing more to do.
    fn scavenge_for(&self, time: Duration) -> Option<Duration> {
        let begin = super::os::thread_cpu_time();
        loop {
            let above = self.above_goal();
            let bytes = if above == 0 {
                0
            } else {
                self.release_some(BATCH.min(above / PAGE_SIZE))
            };
            if bytes == 0 {
                // What is above is in use.
                return None;
            }
            let background = &self.scavenger.background;
            background.fetch_add(bytes as u64, Relaxed);
            let worked = super::os::thread_cpu_time().saturating_sub(begin);
            if worked >= time {
                return Some(worked);
            }
        }
    }
}

fn in_memory(pages: &Pages) -> usize {
    (pages.alloc.used_pages() + pages.alloc.dirty_free()) * PAGE_SIZE
}

#[cfg(test)]
mod tests {
    use super::*;

    const MB: usize = 1 << 20;

    #[test]
    fn what_is_kept() {
        let within = |got: usize, want: usize| got >= want && got <= want + PAGE_SIZE;
        assert!(within(retain(100 * MB, 100 * MB, 100 * MB), 110 * MB));
        assert!(within(retain(500 * MB, 500 * MB, 4 * MB), 4 * MB + 4 * MB / 10));
        assert!(within(retain(10 * MB, 5 * MB, 10 * MB), 22 * MB));
        // No collections, no goal: everything is kept.
        assert!(retain(10 * MB, 4 * MB, usize::MAX) > 1 << 59);
        assert!(retain(10 * MB, usize::MAX, usize::MAX) > 1 << 59);
        // Asked for before the goal was reached.
        assert!(within(retain(2 * MB, 100 * MB, 10 * MB), 11 * MB));
    }
}

//! The lock order, written down once and checked in debug builds. (Go: runtime/lockrank.go)
//!
//! A thread may take a lock only if every lock it holds stands before it in [`LockRank`]. Equal ranks are allowed
//! where several are taken in address order (channels in a `select`, two timer heaps).

/// The order in which locks nest, outermost first. A zeroed lock in the collected heap has rank `Hchan`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum LockRank {
    /// Channels (several, by address).
    Hchan = 0,
    /// Who sleeps on a semaphore; notify lists.
    Sema = 1,
    /// A P's timer heap (several, by address). Taken before channels: see `order`.
    Timers = 2,
    /// The scheduler's lists.
    Sched = 3,
    /// Free Gs.
    GFree = 4,
    /// All goroutines.
    AllG = 5,
    /// Free sudogs.
    Sudog = 6,
    /// Free native stacks.
    Stacks = 7,
    /// The event log and debug output.
    Trace = 8,
    /// The heap's own locks start here; they are leaves for the scheduler.
    Heap = 9,
    /// A poll descriptor. It sets its deadlines' timers: see `order`.
    PollDesc = 10,
    /// Free poll descriptors.
    PollCache = 11,
    /// Who waits for finalizers.
    Finq = 12,
}

/// Position in the order. Timers send on channels while their heap is locked, so they come first, although the
/// zero rank must be the channels'.
#[cfg(all(debug_assertions, not(loom)))]
fn order(rank: LockRank) -> u32 {
    match rank {
        LockRank::PollDesc => 0,
        LockRank::Timers => 1,
        r => 2 + r as u32,
    }
}

#[cfg(all(debug_assertions, not(loom)))]
mod held {
    use super::*;
    use std::cell::RefCell;

    thread_local! {
        static HELD: RefCell<Vec<(LockRank, usize)>> = const { RefCell::new(Vec::new()) };
    }

    /// Checks the order and records the lock. Called before it is taken, so that a wrong order is reported instead
    /// of deadlocking.
    #[inline(never)]
    pub fn acquiring(rank: LockRank, addr: usize) {
        let bad = HELD.with_borrow_mut(|held| {
            let in_order = |r: LockRank, a: usize| {
                // Several of these are taken together, in address order; the heap orders its own.
                let by_address = matches!(rank, LockRank::Hchan | LockRank::Timers) && a < addr;
                order(r) < order(rank) || r == rank && (by_address || rank == LockRank::Heap)
            };
            let bad = held.iter().find(|&&(r, a)| !in_order(r, a)).copied();
            held.push((rank, addr));
            bad
        });
        if let Some((r, _)) = bad {
            crate::fatal::throw(&format!(
                "lock order: {rank:?} is taken while {r:?} is held"
            ));
        }
    }

    /// Records a lock that was taken without waiting, in whatever order.
    #[inline(never)]
    pub fn acquired_by_trying(rank: LockRank, addr: usize) {
        HELD.with_borrow_mut(|held| held.push((rank, addr)));
    }

    #[inline(never)]
    pub fn released(rank: LockRank, addr: usize) {
        let found = HELD.with_borrow_mut(|held| {
            let i = held.iter().rposition(|&(_, a)| a == addr);
            if let Some(i) = i {
                held.remove(i);
            }
            i.is_some()
        });
        if !found {
            crate::fatal::throw(&format!(
                "{rank:?} is unlocked by a thread that does not hold it"
            ));
        }
    }

    /// A thread that enters `schedule`, or a goroutine that leaves, holds nothing.
    #[inline(never)]
    pub fn assert_none() {
        let first = HELD.with_borrow(|held| held.first().copied());
        if let Some((r, _)) = first {
            crate::fatal::throw(&format!("{r:?} is held on entering the scheduler"));
        }
    }
}

#[cfg(all(debug_assertions, not(loom)))]
pub use held::*;

/// Release builds check nothing.
#[cfg(any(not(debug_assertions), loom))]
#[inline(always)]
pub fn assert_none() {}

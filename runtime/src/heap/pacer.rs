//! When to collect: the heap may grow by `GOGC` percent of what survived, below the memory limit. (Go: runtime/mgcpacer.go)
//!
//! The world stops for marking, so no allocation happens meanwhile, and the trigger is the goal. As in Go, stacks and
//! package variables count into what the growth is a percentage of, because they are work as well.
//! Knows nothing of: how bytes are counted, who collects.

use super::Relaxed;
use std::sync::atomic::{AtomicI32, AtomicI64, AtomicUsize};

/// The smallest heap worth collecting, at 100 percent.
pub const MIN_HEAP: usize = 4 << 20;

/// Settings, and the goal they lead to.
pub struct Pacer {
    /// `GOGC`; negative: off.
    pub percent: AtomicI32,
    /// Soft limit in bytes; `i64::MAX`: none.
    pub limit: AtomicI64,
    /// Collect when so many bytes are live or garbage.
    pub trigger: AtomicUsize,
    /// What the trigger was computed to be; it itself may be put earlier.
    pub goal: AtomicUsize,
    /// Bytes that survived the last collection.
    pub marked: AtomicUsize,
    /// Stacks and package variables at the last collection.
    pub roots: AtomicUsize,
}

impl Pacer {
    pub const fn new() -> Pacer {
        Pacer {
            percent: AtomicI32::new(100),
            limit: AtomicI64::new(i64::MAX),
            trigger: AtomicUsize::new(MIN_HEAP),
            goal: AtomicUsize::new(MIN_HEAP),
            marked: AtomicUsize::new(0),
            roots: AtomicUsize::new(0),
        }
    }

    /// Computes the trigger anew. `overhead`: bytes in use that are no objects. `hard`: the hard limit, or 0.
    pub fn update(&self, overhead: usize, hard: usize) {
        let marked = self.marked.load(Relaxed);
        let percent = self.percent.load(Relaxed);
        let mut goal = usize::MAX;
        if percent >= 0 {
            let percent = percent as usize;
            let grow = (marked as u128 + self.roots.load(Relaxed) as u128) * percent as u128 / 100;
            goal = (marked as u128 + grow).min(usize::MAX as u128) as usize;
            goal = goal.max(MIN_HEAP * percent / 100);
        }
        let limit = self.limit.load(Relaxed);
        let mut limit = if limit == i64::MAX {
            usize::MAX
        } else {
            limit as usize
        };
        if hard > 0 {
            // Collect shortly before pages run out, rather than when an allocation has failed.
            limit = limit.min(hard - hard / 32);
        }
        // Whatever the limits say, some garbage is allowed between two collections: a program whose live data exceeds
        // its limit shall still advance.
        let least = marked + (marked / 16).max(256 << 10);
        let by_limit = if limit == usize::MAX {
            limit
        } else {
            limit.saturating_sub(overhead).max(least)
        };
        let goal = goal.min(by_limit).max(1);
        self.goal.store(goal, Relaxed);
        self.trigger.store(goal, Relaxed);
    }
}

/// The value of the environment variable `GOGC`. What is no number is ignored, as in Go.
pub fn parse_gogc(text: &str) -> i32 {
    if text == "off" { -1 } else { text.parse().unwrap_or(100) }
}

/// The value of the environment variable `GOMEMLIMIT`: bytes, with `B`, `KiB`, `MiB`, `GiB` or `TiB`, or `off`.
pub fn parse_memory_limit(text: &str) -> Option<i64> {
    if text.is_empty() || text == "off" {
        return Some(i64::MAX);
    }
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let shift = match &text[digits..] {
        "" | "B" => 0,
        "KiB" => 10,
        "MiB" => 20,
        "GiB" => 30,
        "TiB" => 40,
        _ => return None,
    };
    let n: i64 = text[..digits].parse().ok()?;
    // Go calls what does not fit malformed, too.
    n.checked_mul(1 << shift)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_from_the_environment() {
        assert_eq!([parse_gogc("off"), parse_gogc("50"), parse_gogc("x"), parse_gogc("")], [-1, 50, 100, 100]);
        assert_eq!(parse_memory_limit("off"), Some(i64::MAX));
        assert_eq!(parse_memory_limit("100"), Some(100));
        assert_eq!(parse_memory_limit("3GiB"), Some(3 << 30));
        for bad in ["3G", "-1", "B", "1.5GiB", "99999999999999999999", "9999999999TiB"] {
            assert_eq!(parse_memory_limit(bad), None, "{bad}");
        }
    }

    const MB: usize = 1 << 20;

    fn trigger(percent: i32, limit: i64, marked: usize, roots: usize, hard: usize) -> usize {
        let p = Pacer::new();
        p.percent.store(percent, Relaxed);
        p.limit.store(limit, Relaxed);
        p.marked.store(marked, Relaxed);
        p.roots.store(roots, Relaxed);
        p.update(MB, hard);
        p.trigger.load(Relaxed)
    }

    #[test]
    fn goals() {
        assert_eq!(trigger(100, i64::MAX, 0, 0, 0), 4 * MB);
        assert_eq!(trigger(100, i64::MAX, 10 * MB, 0, 0), 20 * MB);
        assert_eq!(trigger(50, i64::MAX, 10 * MB, 2 * MB, 0), 16 * MB);
        assert_eq!(trigger(-1, i64::MAX, 10 * MB, 0, 0), usize::MAX);
        assert_eq!(trigger(-1, 30 * MB as i64, 10 * MB, 0, 0), 29 * MB);
        assert_eq!(trigger(100, 5 * MB as i64, 16 * MB, 0, 0), 17 * MB);
        assert_eq!(
            trigger(100, i64::MAX, 30 * MB, 0, 32 * MB),
            31 * MB + 7 * MB / 8
        );
    }
}

//! Roots outside the heap: package variables, and whatever else was registered. (Go: `markroot` in runtime/mgcmark.go)
//!
//! Stacks are not here: the [`World`](super::world::World) reports them.

use super::gctype::WORD;

/// Reports address ranges to be read word by word.
pub type RootCallback = fn(visit: &mut dyn FnMut(usize, usize));

/// A range of memory, `[lo, hi)`, and which of its words to read.
#[derive(Clone, Copy)]
pub struct RootRange {
    pub lo: usize,
    pub hi: usize,
    /// A bit for each word, or null: every word.
    pub mask: *const u64,
}

/// Everything registered.
pub struct Roots {
    pub ranges: Vec<RootRange>,
    pub callbacks: Vec<RootCallback>,
}

// SAFETY: ranges and masks are immortal and readable by anyone, by the contract of registration.
unsafe impl Send for Roots {}

impl Roots {
    pub const fn new() -> Roots {
        Roots {
            ranges: Vec::new(),
            callbacks: Vec::new(),
        }
    }

    /// Bytes of registered ranges: what Go calls globals.
    pub fn bytes(&self) -> usize {
        self.ranges.iter().map(|r| r.hi - r.lo).sum()
    }
}

impl RootRange {
    /// Calls `f` with every word that is to be read.
    ///
    /// # Safety
    /// The range is mapped and the mask long enough.
    pub unsafe fn for_words(&self, mut f: impl FnMut(usize)) {
        let words = (self.hi - self.lo) / WORD;
        for w in 0..words {
            // SAFETY: as the caller promises.
            unsafe {
                if self.mask.is_null() || *self.mask.add(w / 64) >> (w % 64) & 1 != 0 {
                    f(*((self.lo + w * WORD) as *const usize));
                }
            }
        }
    }
}

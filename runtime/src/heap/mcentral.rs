//! The spans of one span class that no cache holds. (Go: runtime/mcentral.go)
//!
//! A span is on exactly one of the lists, or in a cache's slot, or in the hands of whoever sweeps it. Being on `unswept` is
//! what "not swept yet" means: there is no sweep generation to compare. Taking a span off a list makes it one's own.
//! Locks: the list's own; no other lock is taken under it.
//! Knows nothing of: how to sweep, pages.

use super::span::Span;

/// The lists of one span class. Large objects use `full` for those that are swept.
pub struct Central {
    /// Swept, with free objects.
    pub partial: Vec<*mut Span>,
    /// Swept, without.
    pub full: Vec<*mut Span>,
    /// As the last mark phase left them.
    pub unswept: Vec<*mut Span>,
}

// SAFETY: a span on a list belongs to the list, and the list to whoever holds its lock.
unsafe impl Send for Central {}

impl Central {
    pub const fn new() -> Central {
        Central {
            partial: Vec::new(),
            full: Vec::new(),
            unswept: Vec::new(),
        }
    }

    /// After marking: every span must be swept before it is allocated from.
    pub fn start_sweep(&mut self) {
        debug_assert!(self.unswept.is_empty());
        // Those with free objects are swept first, off the end: allocation goes on where it was.
        std::mem::swap(&mut self.unswept, &mut self.full);
        self.unswept.append(&mut self.partial);
    }

    /// All spans of the class that are on a list.
    pub fn all(&self) -> impl Iterator<Item = *mut Span> + '_ {
        self.partial
            .iter()
            .chain(&self.full)
            .chain(&self.unswept)
            .copied()
    }
}

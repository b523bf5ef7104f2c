//! Waiters: a goroutine on a wait queue. (Go: `sudog`)

use crate::g::G;

/// A G waiting for something. Not in the collected heap; `elem` points into a frame, which is scanned anyway.
#[repr(C)]
pub struct Sudog {
    pub g: *mut G,
    pub next: *mut Sudog,
    pub prev: *mut Sudog,
    pub elem: *mut u8,
}

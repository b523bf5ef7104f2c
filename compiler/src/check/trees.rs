//! Owns syntax trees, so that the checker and the code generator can hold references into them while more are parsed.

use std::any::Any;
use std::cell::RefCell;

/// Keeps what it is given until it is dropped itself, at a place that does not change.
#[derive(Default)]
pub struct Trees {
    kept: RefCell<Vec<Box<dyn Any>>>,
}

impl Trees {
    /// An empty store.
    pub fn new() -> Trees {
        Trees::default()
    }

    /// Keeps a file, a function body or whatever else was parsed.
    pub fn keep<T: Any>(&self, tree: T) -> &T {
        let tree = Box::new(tree);
        let ptr: *const T = &*tree;
        self.kept.borrow_mut().push(tree);
        // SAFETY: the box is never removed, replaced or handed out mutably while `self` lives, so its contents stay where
        // they are, unchanged; the result borrows `self`, which therefore outlives it.
        unsafe { &*ptr }
    }
}

//! Package weak: the words that the collector clears.

use minigo_runtime::heap::{find_object, heap, mallocgc};
use minigo_vm::native;
use minigo_vm::native::NativeTable;
use std::ptr::null;
use std::sync::atomic::{AtomicPtr, Ordering};

native! {
    fn cell_of(gp, ptr: *mut u8) -> (*mut u8, u64) {
        match find_object(ptr.addr()) {
            Some((base, _)) => {
                // Sixteen bytes, because smaller pointer-free objects share theirs with others.
                let fresh = mallocgc(gp, 16, null(), true);
                let offset = ptr.addr() - base;
                (heap().weak_cell(base as *mut u8, fresh), offset as u64)
            }
            None => (ptr, u64::MAX),
        }
    }
    // The world stands still while cells are cleared, and what is read here is seen on this stack.
    fn load(gp, cell: *const AtomicPtr<u8>) -> *mut u8 { (*cell).load(Ordering::Relaxed) }
}

pub(crate) const NATIVES: &NativeTable = &[("weak.cellOf", cell_of), ("weak.load", load)];

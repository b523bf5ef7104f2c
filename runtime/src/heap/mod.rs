//! The heap: span allocator and mark-sweep collector. (Go: runtime/malloc.go, runtime/mgc.go)
pub mod gctype;
pub mod sizeclasses;

pub use gctype::{GcType, SPAN_CLASS_SLOW};
pub use sizeclasses::round_up_size;

//! Native stacks: mapping (the only file that names memmap2), guard page, reuse.

/// Bytes reserved per native stack; committed by the kernel as they are touched.
pub const STACK_SIZE: usize = 64 << 10;

/// One native stack, `STACK_SIZE` bytes, aligned to its size.
#[derive(Clone, Copy, Debug)]
pub struct NativeStack {
    /// Lowest address (the guard page, where there is one).
    pub lo: std::num::NonZeroUsize,
}

impl NativeStack {
    /// One past the highest address.
    pub fn hi(self) -> usize {
        self.lo.get() + STACK_SIZE
    }
}

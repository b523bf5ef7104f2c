//! What the collector knows of a type: its size and which of its words can hold pointers. (Go: internal/abi `Type.PtrBytes`, `Type.GCData`)
//!
//! Invariants: a `GcType` and its mask are immortal and never change after the first allocation that used them;
//! `ptrdata <= size`, `ptrdata` is a multiple of 8; bits of the mask at and above `ptrdata / 8` are zero.
//! Knows nothing of: kinds, names, fields, methods. Those follow the prefix, in the VM's own descriptor.

use super::sizeclasses::{MAX_SMALL_SIZE, NUM_CLASSES, size_to_class};

/// Bytes of a heap word; the grain of pointer masks.
pub const WORD: usize = 8;

/// The prefix of every type descriptor that reaches the allocator.
///
/// Build it with [`GcType::new`], so that the precomputed fields agree with the described ones.
#[repr(C)]
#[derive(Debug)]
pub struct GcType {
    /// Size of a value in bytes.
    pub size: usize,
    /// Length in bytes of the prefix that can hold pointers; 0: pointer-free.
    pub ptrdata: usize,
    /// One bit per 8-byte word of `ptrdata`, lowest bit first; null when `ptrdata` is 0.
    pub mask: *const u64,
    /// The first word of the mask, so that small objects need no second load.
    pub mask0: u64,
    /// Size class and scan bit for one value of this type, or [`SPAN_CLASS_SLOW`].
    pub span_class: u8,
    /// Room for flags.
    pub flags: u8,
    _pad: [u8; 6],
}

/// `GcType::span_class` of values that the inline path does not serve: empty, tiny, or large.
pub const SPAN_CLASS_SLOW: u8 = 0;

// SAFETY: immutable after construction; the mask is immortal by the contract above.
unsafe impl Send for GcType {}
// SAFETY: as above.
unsafe impl Sync for GcType {}

impl GcType {
    /// Describes a type of `size` bytes whose words under `mask` can hold pointers.
    ///
    /// # Safety
    /// `mask` is null when `ptrdata` is 0, and otherwise points to `ceil(ptrdata / 512)` immortal words.
    pub const unsafe fn new(size: usize, ptrdata: usize, mask: *const u64) -> GcType {
        let mask0 = if ptrdata == 0 {
            0
        } else {
            // SAFETY: the caller promises at least one word when `ptrdata` is not 0.
            unsafe { *mask }
        };
        GcType {
            size,
            ptrdata,
            mask,
            mask0,
            span_class: Self::span_class_of(size, ptrdata),
            flags: 0,
            _pad: [0; 6],
        }
    }

    const fn span_class_of(size: usize, ptrdata: usize) -> u8 {
        let noscan = ptrdata == 0;
        // Tiny pointer-free values share blocks, and a mask of more than one word is written by the general path.
        if size == 0
            || size > MAX_SMALL_SIZE
            || (noscan && size < 16)
            || (!noscan && size > 64 * WORD)
        {
            return SPAN_CLASS_SLOW;
        }
        let class = size_to_class(size);
        debug_assert!(class < NUM_CLASSES);
        ((class << 1) | noscan as usize) as u8
    }

    /// Whether values of this type hold no pointers.
    #[inline(always)]
    pub const fn noscan(&self) -> bool {
        self.ptrdata == 0
    }
}

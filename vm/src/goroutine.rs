//! A goroutine as the VM sees it: its part of G, its first frame, its end.

use crate::native::NativeFn;
use crate::value::Iface;
use minigo_runtime::{G, Park};

/// The VM's part of a G, in `G::ext`. Reported to the collector as a whole, word by word.
#[repr(C)]
pub struct VmG {
    /// Next instruction, saved wherever the goroutine may be looked at from outside: calls of natives, allocation, parks.
    pub(crate) pc: *const u64,
    /// Frame of that instruction.
    pub(crate) fp: *mut u64,
    /// Value on its way from `native::raise` to the panic.
    pub(crate) panic_value: Iface,
    /// Closure, params, results, counts: on their way from `native::call_go` to the call.
    pub(crate) native_call: [u64; 4],
    /// What a native that parked or called wants to be called afterwards.
    pub(crate) native_finish: Option<NativeFn>,
    /// How a native wants to park.
    pub(crate) native_park: Option<Park>,
}

const _: () = assert!(size_of::<VmG>() <= size_of::<[u64; 24]>());

impl VmG {
    /// The VM's part of a goroutine.
    #[inline(always)]
    pub(crate) fn of(gp: *mut G) -> *mut VmG {
        // SAFETY: `ext` is a field of a G, and Gs are never freed.
        unsafe { (&raw mut (*gp).ext).cast() }
    }
}

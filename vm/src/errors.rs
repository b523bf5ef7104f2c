//! Runtime errors as Go values, with Go's texts. (Go: runtime/error.go, runtime/panic.go)
//!
//! The types are declared in the Go package `runtime`; the loader finds them by name among the program's well-known types:
//!  - `runtime.errorString`, kind string: its `Error` puts `runtime error: ` before the text; has `RuntimeError`
//!  - `runtime.boundsError`, kind string, the same: index and slice bounds
//!  - `runtime.plainError`, kind string: `Error` is the text as it is; has `RuntimeError`
//!  - `*runtime.TypeAssertionError`, to `struct { text string }`: `Error` is the text; has `RuntimeError`
//!  - `*runtime.PanicNilError`, to a struct of any size, zeroed
//!  - `runtime.errorAddressString`, `struct { msg string; addr uintptr }`: as errorString, with the address of a fault
//!
//! A type that the program lacks is replaced by a plain string type of the same name without methods.

use crate::rtype::{Kind, Rtype};
use crate::value::{GoStr, Iface};
use minigo_runtime::G;
use minigo_runtime::heap::mallocgc;
use std::sync::atomic::{AtomicPtr, Ordering::*};

/// The types of the values made here. Set by the loader.
pub(crate) struct WellKnown {
    pub error_string: AtomicPtr<Rtype>,
    pub bounds_error: AtomicPtr<Rtype>,
    pub plain_error: AtomicPtr<Rtype>,
    pub type_assertion_error: AtomicPtr<Rtype>,
    pub panic_nil_error: AtomicPtr<Rtype>,
    pub address_error: AtomicPtr<Rtype>,
    pub string: AtomicPtr<Rtype>,
}

pub(crate) static WELL_KNOWN: WellKnown = WellKnown {
    error_string: AtomicPtr::new(std::ptr::null_mut()),
    bounds_error: AtomicPtr::new(std::ptr::null_mut()),
    plain_error: AtomicPtr::new(std::ptr::null_mut()),
    type_assertion_error: AtomicPtr::new(std::ptr::null_mut()),
    panic_nil_error: AtomicPtr::new(std::ptr::null_mut()),
    address_error: AtomicPtr::new(std::ptr::null_mut()),
    string: AtomicPtr::new(std::ptr::null_mut()),
};

/// An interface holding a value of a string type with this text.
///
/// # Safety
/// `gp` is the running goroutine; `ty` is a loaded type of kind string.
unsafe fn string_like(gp: *mut G, ty: &AtomicPtr<Rtype>, text: &str) -> Iface {
    let ty = ty.load(Acquire);
    // SAFETY: the loader sets every well-known type before anything runs; the memory is new.
    unsafe {
        let header = mallocgc(gp, 16, (*ty).alloc_type(), true).cast::<GoStr>();
        *header = crate::native::new_string(gp, text.as_bytes());
        Iface {
            ty,
            data: header as u64,
        }
    }
}

/// `runtime error: ` + text.
///
/// # Safety
/// `gp` is the running goroutine.
pub(crate) unsafe fn runtime_error(gp: *mut G, text: &str) -> Iface {
    // SAFETY: as the caller promises.
    unsafe { string_like(gp, &WELL_KNOWN.error_string, text) }
}

/// `runtime error: ` + text, of the type for index and slice bounds.
///
/// # Safety
/// `gp` is the running goroutine.
pub(crate) unsafe fn bounds_error(gp: *mut G, text: &str) -> Iface {
    // SAFETY: as the caller promises.
    unsafe { string_like(gp, &WELL_KNOWN.bounds_error, text) }
}

/// The text as it is, as a runtime.Error.
///
/// # Safety
/// `gp` is the running goroutine.
pub(crate) unsafe fn plain_error(gp: *mut G, text: &str) -> Iface {
    // SAFETY: as the caller promises.
    unsafe { string_like(gp, &WELL_KNOWN.plain_error, text) }
}

/// A Go string in an interface.
///
/// # Safety
/// `gp` is the running goroutine.
pub(crate) unsafe fn string_value(gp: *mut G, text: &str) -> Iface {
    // SAFETY: as the caller promises.
    unsafe { string_like(gp, &WELL_KNOWN.string, text) }
}

/// Go's error for a nil dereference.
///
/// # Safety
/// `gp` is the running goroutine.
pub(crate) unsafe fn nil_deref(gp: *mut G) -> Iface {
    // SAFETY: as the caller promises.
    unsafe { runtime_error(gp, "invalid memory address or nil pointer dereference") }
}

/// Go's error for an access to memory that is not there, by a goroutine that wants to panic then.
///
/// # Safety
/// `gp` is the running goroutine.
pub(crate) unsafe fn bad_address(gp: *mut G, addr: u64) -> Iface {
    let ty = WELL_KNOWN.address_error.load(Acquire);
    // SAFETY: as for `string_like`; the struct is a string and a word.
    unsafe {
        let nil = nil_deref(gp);
        if (*ty).kind != Kind::Struct {
            return nil;
        }
        let object = mallocgc(gp, (*ty).size(), (*ty).alloc_type(), true);
        *object.cast::<GoStr>() = *(nil.data as *const GoStr);
        *object.add(16).cast::<u64>() = addr;
        Iface {
            ty,
            data: object as u64,
        }
    }
}

/// A failed type assertion.
///
/// # Safety
/// `gp` is the running goroutine.
pub(crate) unsafe fn type_assertion_error(gp: *mut G, text: &str) -> Iface {
    let ty = WELL_KNOWN.type_assertion_error.load(Acquire);
    // SAFETY: as for `string_like`; the pointer type leads to a struct of one string.
    unsafe {
        if (*ty).kind != Kind::Pointer {
            return string_like(gp, &WELL_KNOWN.type_assertion_error, text);
        }
        let elem = (*ty).elem();
        let object = mallocgc(gp, elem.size(), elem.alloc_type(), true).cast::<GoStr>();
        *object = crate::native::new_string(gp, text.as_bytes());
        Iface {
            ty,
            data: object as u64,
        }
    }
}

/// What `panic(nil)` panics with.
///
/// # Safety
/// `gp` is the running goroutine.
pub(crate) unsafe fn panic_nil_error(gp: *mut G) -> Iface {
    let ty = WELL_KNOWN.panic_nil_error.load(Acquire);
    // SAFETY: as for `string_like`.
    unsafe {
        if (*ty).kind != Kind::Pointer {
            let text = "runtime error: panic called with nil argument";
            return string_like(gp, &WELL_KNOWN.panic_nil_error, text);
        }
        let elem = (*ty).elem();
        // Even an empty struct gets an address of its own.
        let object = if elem.size() == 0 {
            mallocgc(gp, 8, std::ptr::null(), true)
        } else {
            mallocgc(gp, elem.size(), elem.alloc_type(), true)
        };
        Iface {
            ty,
            data: object as u64,
        }
    }
}

//! Values and types at run time, as natives need them: what an interface holds, what a type implements.

use minigo_vm::native::{G, Iface, alloc};
use minigo_vm::rtype::{Kind, Rtype};
use std::ptr::copy_nonoverlapping;

/// Whether a type that is no interface has all methods of an interface type.
pub(crate) fn implements(ty: &Rtype, iface: &Rtype) -> bool {
    iface
        .imethods
        .iter()
        .all(|m| ty.methods().iter().any(|x| x.sel == m.sel))
}

/// Whether a value of a type can be assigned to a variable of another, where only the second may be an interface.
pub(crate) fn assignable(ty: &Rtype, to: &Rtype) -> bool {
    std::ptr::eq(ty, to) || to.kind == Kind::Interface && implements(ty, to)
}

/// The address of the value that an interface holds. It must not be written to.
///
/// # Safety
/// `value` is not nil; the result is used no longer than `value` stays where it is.
pub(crate) unsafe fn address(value: &Iface) -> *const u8 {
    // SAFETY: the type word of an interface that is not nil is a descriptor.
    match unsafe { (*value.ty).is_direct() } {
        true => (&raw const value.data).cast(),
        false => value.data as *const u8,
    }
}

/// Stores what an interface holds in a variable of its dynamic type.
///
/// # Safety
/// `value` is not nil, `to` such a variable.
pub(crate) unsafe fn unpack(value: &Iface, to: *mut u8) {
    // SAFETY: as the caller promises; little-endian, a small value lies in the first bytes of the word.
    unsafe { copy_nonoverlapping(address(value), to, (*value.ty).size()) };
}

/// The canonical word for a value of at most 8 bytes.
///
/// # Safety
/// `from` is a variable of that type.
pub(crate) unsafe fn load_word(ty: &Rtype, from: *const u8) -> u64 {
    // SAFETY: as the caller promises.
    unsafe {
        match ty.kind {
            Kind::Int8 => *from.cast::<i8>() as u64,
            Kind::Int16 => from.cast::<i16>().read_unaligned() as u64,
            Kind::Int32 => from.cast::<i32>().read_unaligned() as u64,
            _ => {
                let mut word = 0u64;
                copy_nonoverlapping(from, (&raw mut word).cast(), ty.size());
                word
            }
        }
    }
}

/// Puts the value of a variable into an interface. An interface variable gives its own content.
///
/// # Safety
/// `from` is a variable of that type; `gp` is the running goroutine.
pub(crate) unsafe fn pack(gp: *mut G, ty: &'static Rtype, from: *const u8) -> Iface {
    // SAFETY: as the caller promises; the new object is as large as the value.
    unsafe {
        if ty.kind == Kind::Interface {
            return *from.cast::<Iface>();
        }
        let data = if ty.is_direct() {
            load_word(ty, from)
        } else {
            let copy = alloc(gp, ty);
            copy_nonoverlapping(from, copy, ty.size());
            copy as u64
        };
        Iface { ty, data }
    }
}

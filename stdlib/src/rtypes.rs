//! Values and types at run time, as natives need them: what an interface holds, what a type implements.

use minigo_vm::map::{MapIter, map_iter_init, map_iter_next};
use minigo_vm::native::{G, GoStr, Iface, alloc};
use minigo_vm::rtype::{Kind, Rtype};
use std::cmp::Ordering;
use std::mem::MaybeUninit;
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

/// Whether two interfaces hold values of the same type.
pub(crate) fn same_type(a: &Iface, b: &Iface) -> bool {
    std::ptr::eq(a.ty, b.ty)
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

/// The integer that an interface holds, of whatever integer type, if an int can hold it.
///
/// # Safety
/// A value that is not nil lies where its type says.
pub(crate) unsafe fn as_int(value: &Iface) -> Option<i64> {
    use Kind::*;
    // SAFETY: a type word is null or a descriptor; integers are direct and canonical.
    match unsafe { value.ty.as_ref() }?.kind {
        Int | Int8 | Int16 | Int32 | Int64 => Some(value.data as i64),
        Uint | Uint8 | Uint16 | Uint32 | Uint64 | Uintptr => i64::try_from(value.data).ok(),
        _ => None,
    }
}

/// The order in which fmt prints the keys of a map. (Go: internal/fmtsort)
///
/// # Safety
/// Both are values of that type.
pub(crate) unsafe fn compare(ty: &Rtype, a: *const u8, b: *const u8) -> Ordering {
    use Kind::*;
    // NaNs first.
    fn floats<T: PartialOrd>(a: T, b: T) -> Ordering {
        #[allow(clippy::eq_op)]
        a.partial_cmp(&b).unwrap_or_else(|| (a == a).cmp(&(b == b)))
    }
    // SAFETY: kinds tell the layout.
    unsafe {
        match ty.kind {
            Int | Int8 | Int16 | Int32 | Int64 => {
                (load_word(ty, a) as i64).cmp(&(load_word(ty, b) as i64))
            }
            Float32 => floats(*a.cast::<f32>(), *b.cast::<f32>()),
            Float64 => floats(*a.cast::<f64>(), *b.cast::<f64>()),
            Complex64 => {
                let ([a, b], [c, d]) = (*a.cast::<[f32; 2]>(), *b.cast::<[f32; 2]>());
                floats(a, c).then_with(|| floats(b, d))
            }
            Complex128 => {
                let ([a, b], [c, d]) = (*a.cast::<[f64; 2]>(), *b.cast::<[f64; 2]>());
                floats(a, c).then_with(|| floats(b, d))
            }
            String => (*a.cast::<GoStr>())
                .bytes()
                .cmp((*b.cast::<GoStr>()).bytes()),
            Struct => ty
                .fields
                .iter()
                .map(|f| compare(&*f.ty, a.add(f.offset), b.add(f.offset)))
                .find(|o| o.is_ne())
                .unwrap_or(Ordering::Equal),
            Array => {
                let size = ty.elem().size();
                (0..ty.len as usize)
                    .map(|i| compare(ty.elem(), a.add(i * size), b.add(i * size)))
                    .find(|o| o.is_ne())
                    .unwrap_or(Ordering::Equal)
            }
            Interface => {
                let (a, b) = (&*a.cast::<Iface>(), &*b.cast::<Iface>());
                if !std::ptr::eq(a.ty, b.ty) || a.is_nil() {
                    return a.ty.cmp(&b.ty);
                }
                compare(&*a.ty, address(a), address(b))
            }
            _ => load_word(ty, a).cmp(&load_word(ty, b)),
        }
    }
}

/// reflect.Value as it lies in memory.
#[repr(C)]
struct ReflectValue {
    ty: *const Rtype,
    ptr: *mut u8,
    flag: u64,
}

/// In a [`ReflectValue`]'s flag: `ptr` is the address of the value, not the value.
pub(crate) const FLAG_INDIR: u64 = 1 << 7;
/// In a [`ReflectValue`]'s flag: reached through unexported fields.
pub(crate) const FLAG_RO: u64 = 3 << 5;

/// What a reflect.Value stands for.
pub(crate) struct ValueRef {
    pub ty: &'static Rtype,
    /// Where the value lies.
    pub ptr: *mut u8,
    pub exported: bool,
}

impl ValueRef {
    /// `None` for the zero Value.
    ///
    /// # Safety
    /// `at` is a reflect.Value.
    pub unsafe fn of(at: *mut u8) -> Option<ValueRef> {
        let v = at.cast::<ReflectValue>();
        // SAFETY: as the caller promises; package reflect keeps the fields so.
        unsafe {
            Some(ValueRef {
                ty: (*v).ty.as_ref()?,
                ptr: match (*v).flag & FLAG_INDIR {
                    0 => (&raw mut (*v).ptr).cast(),
                    _ => (*v).ptr,
                },
                exported: (*v).flag & FLAG_RO == 0,
            })
        }
    }
}

/// Where the keys and values of a map lie.
///
/// # Safety
/// `map` is a map of that type, or null.
pub(crate) unsafe fn map_entries(ty: &Rtype, map: *mut u8) -> Vec<(*mut u8, *mut u8)> {
    let ty = ty.map_type();
    let mut iter = MaybeUninit::<MapIter>::uninit();
    let mut entries = Vec::new();
    // SAFETY: as the caller promises; the iterator is begun before it is used.
    unsafe {
        map_iter_init(iter.as_mut_ptr(), map.cast());
        while let Some((key, value)) = map_iter_next(ty, iter.as_mut_ptr()) {
            entries.push((key as *mut u8, value as *mut u8));
        }
    }
    entries
}

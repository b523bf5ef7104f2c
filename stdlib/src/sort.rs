//! Packages sort and slices.

use minigo_vm::native;
use minigo_vm::native::{GoSlice, GoStr, Iface, NativeRet, NativeTable, raise_string};
use minigo_vm::rtype::{Kind, Rtype};
use std::cmp::Ordering;

/// NaNs first.
fn compare_floats<T: PartialOrd>(a: &T, b: &T) -> Ordering {
    // Only a NaN does not equal itself.
    #[allow(clippy::eq_op)]
    a.partial_cmp(b).unwrap_or_else(|| (a == a).cmp(&(b == b)))
}

/// # Safety
/// The strings are alive.
unsafe fn compare_strings(a: &GoStr, b: &GoStr) -> Ordering {
    // SAFETY: as the caller promises.
    unsafe { a.bytes().cmp(b.bytes()) }
}

/// Sorts a slice of an ordered type.
///
/// # Safety
/// The slice's elements are of type `elem`.
unsafe fn sort_ordered(s: GoSlice, elem: &Rtype) {
    // SAFETY: kinds tell the layout of elements.
    unsafe {
        match elem.kind {
            Kind::Int | Kind::Int64 => s.elems_mut::<i64>().sort_unstable(),
            Kind::Int32 => s.elems_mut::<i32>().sort_unstable(),
            Kind::Int16 => s.elems_mut::<i16>().sort_unstable(),
            Kind::Int8 => s.elems_mut::<i8>().sort_unstable(),
            Kind::Uint | Kind::Uint64 | Kind::Uintptr => s.elems_mut::<u64>().sort_unstable(),
            Kind::Uint32 => s.elems_mut::<u32>().sort_unstable(),
            Kind::Uint16 => s.elems_mut::<u16>().sort_unstable(),
            Kind::Uint8 => s.elems_mut::<u8>().sort_unstable(),
            Kind::Float64 => s.elems_mut::<f64>().sort_unstable_by(compare_floats),
            Kind::Float32 => s.elems_mut::<f32>().sort_unstable_by(compare_floats),
            Kind::String => s
                .elems_mut::<GoStr>()
                .sort_unstable_by(|a, b| compare_strings(a, b)),
            _ => {}
        }
    }
}

native! {
    fn ints(gp, x: GoSlice) { x.elems_mut::<i64>().sort_unstable() }
    fn float64s(gp, x: GoSlice) { x.elems_mut::<f64>().sort_unstable_by(compare_floats) }
    fn strings(gp, x: GoSlice) { x.elems_mut::<GoStr>().sort_unstable_by(|a, b| compare_strings(a, b)) }
    fn slices_sort_ordered(gp, x: Iface) { sort_ordered(*(x.data as *const GoSlice), (*x.ty).elem()) }
    fn slice_of(gp, x: Iface) -> Result<(*mut u8, i64, usize), NativeRet> {
        match x.ty.as_ref() {
            Some(ty) if ty.kind == Kind::Slice => {
                let s = *(x.data as *const GoSlice);
                Ok((s.ptr, s.len, ty.elem().size()))
            }
            Some(ty) => Err(raise_string(gp, &format!("sort: {} is not a slice", ty.string))),
            None => Err(raise_string(gp, "sort: nil is not a slice")),
        }
    }
    fn swap(gp, ptr: *mut u8, size: usize, i: usize, j: usize) {
        let (a, b) = (ptr.add(i * size), ptr.add(j * size));
        match size {
            _ if i == j => {}
            8 => std::ptr::swap(a.cast::<u64>(), b.cast::<u64>()),
            16 => std::ptr::swap(a.cast::<[u64; 2]>(), b.cast::<[u64; 2]>()),
            24 => std::ptr::swap(a.cast::<[u64; 3]>(), b.cast::<[u64; 3]>()),
            _ => std::ptr::swap_nonoverlapping(a, b, size),
        }
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("slices.sortOrdered", slices_sort_ordered),
    ("sort.Float64s", float64s),
    ("sort.Ints", ints),
    ("sort.Strings", strings),
    ("sort.sliceOf", slice_of),
    ("sort.swap", swap),
];

//! Whether values are equal, deeply equal, zero.

use super::values::{array_elem, elem, field, first_word};
use super::*;
use minigo_vm::equality::equal;
use minigo_vm::map::{MapIter, map_get, map_iter_init, map_iter_next, map_len};
use minigo_vm::native;
use minigo_vm::rtype::Kind::*;
use std::collections::HashSet;
use std::mem::MaybeUninit;

/// Two values of one type that are still to be compared.
type Pair = (&'static Rtype, *const u8, *const u8);

/// Go: `reflect.DeepEqual`, of two values of one type. Without recursion: lists may be long.
unsafe fn deep_equal(first: Pair) -> bool {
    let mut todo = vec![first];
    // Pointers, maps and slices that have been met: cycles end there.
    let mut met = HashSet::new();
    while let Some((ty, a, b)) = todo.pop() {
        // SAFETY: both are values of the type; what they lead to is kept alive by them.
        if !unsafe { step((ty, a, b), &mut todo, &mut met) } {
            return false;
        }
    }
    true
}

/// Compares two values as far as they go, and notes the parts that are to be compared.
unsafe fn step(
    (ty, a, b): Pair,
    todo: &mut Vec<Pair>,
    met: &mut HashSet<(*const u8, *const u8, *const Rtype)>,
) -> bool {
    // SAFETY: kinds tell the layout; descriptors are immortal.
    unsafe {
        let words = || (*a.cast::<*const u8>(), *b.cast::<*const u8>());
        let elems = |todo: &mut Vec<Pair>, n: usize, a: *const u8, b: *const u8| {
            let size = ty.elem().size();
            todo.extend(
                (0..n)
                    .rev()
                    .map(|i| (ty.elem(), a.add(i * size), b.add(i * size))),
            );
        };
        match ty.kind {
            Array => elems(todo, ty.len as usize, a, b),
            Struct => todo.extend(
                (ty.fields.iter().rev()).map(|f| (&*f.ty, a.add(f.offset), b.add(f.offset))),
            ),
            Slice => {
                let (a, b) = (*a.cast::<GoSlice>(), *b.cast::<GoSlice>());
                if a.ptr.is_null() != b.ptr.is_null() || a.len != b.len {
                    return false;
                }
                if a.ptr == b.ptr || a.len == 0 {
                    return true;
                }
                if ty.elem().kind == Uint8 {
                    return a.bytes() == b.bytes();
                }
                if met.insert((a.ptr, b.ptr, ty)) {
                    elems(todo, a.len as usize, a.ptr, b.ptr);
                }
            }
            Interface => {
                let (a, b) = (&*a.cast::<Iface>(), &*b.cast::<Iface>());
                if a.ty != b.ty {
                    return false;
                }
                if !a.is_nil() {
                    let address = crate::rtypes::address;
                    todo.push((&*a.ty, address(a), address(b)));
                }
            }
            Pointer => {
                let (p, q) = words();
                if p == q {
                    return true;
                }
                if p.is_null() || q.is_null() {
                    return false;
                }
                if met.insert((p, q, ty)) {
                    todo.push((ty.elem(), p, q));
                }
            }
            Map => {
                let (m, n) = words();
                if m.is_null() != n.is_null() || map_len(m.cast()) != map_len(n.cast()) {
                    return false;
                }
                if m == n || !met.insert((m, n, ty)) {
                    return true;
                }
                let map_type = ty.map_type();
                let mut iter = MaybeUninit::<MapIter>::uninit();
                map_iter_init(iter.as_mut_ptr(), m.cast_mut().cast());
                while let Some((key, value)) = map_iter_next(map_type, iter.as_mut_ptr()) {
                    match map_get(map_type, n.cast_mut().cast(), key) {
                        Ok(other) if other != 0 => {
                            todo.push((ty.elem(), value as *const u8, other as *const u8));
                        }
                        _ => return false,
                    }
                }
            }
            Func => {
                let (f, g) = words();
                return f.is_null() && g.is_null();
            }
            _ => return equal(ty, a as u64, b as u64) == Ok(true),
        }
        true
    }
}

/// Go: `Value.Equal`; an error is the type that cannot be compared.
unsafe fn values_equal(v: &Val, u: &Val) -> std::result::Result<bool, &'static Rtype> {
    // SAFETY: kinds tell the layout.
    unsafe {
        let inside = |v: &Val| match v.kind() {
            Interface => elem(v),
            _ => *v,
        };
        let (v, u) = (inside(v), inside(u));
        if v.ty.is_null() || u.ty.is_null() {
            return Ok(v.ty == u.ty);
        }
        if v.ty != u.ty || v.kind() != u.kind() {
            return Ok(false);
        }
        match v.kind() {
            Func | Map | Slice => Err(v.ty()),
            Array if v.ty().len == 0 && !v.ty().comparable() => Err(v.ty()),
            Array => {
                for i in 0..v.ty().len as usize {
                    if !values_equal(&array_elem(&v, i), &array_elem(&u, i))? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Struct => {
                for i in 0..v.ty().fields.len() {
                    if !values_equal(&field(&v, i), &field(&u, i))? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            _ => equal(v.ty(), v.address() as u64, u.address() as u64),
        }
    }
}

unsafe fn is_comparable(v: &Val) -> bool {
    // SAFETY: kinds tell the layout.
    unsafe {
        match v.kind() {
            Invalid => false,
            Interface => first_word(v) == 0 || is_comparable(&elem(v)),
            Array if matches!(v.ty().elem().kind, Interface | Array | Struct) => {
                (0..v.ty().len as usize).all(|i| is_comparable(&array_elem(v, i)))
            }
            Struct => (0..v.ty().fields.len()).all(|i| is_comparable(&field(v, i))),
            _ => v.ty().comparable(),
        }
    }
}

unsafe fn zero_at(ty: &Rtype, at: *const u8) -> bool {
    // SAFETY: kinds tell the layout; descriptors are immortal.
    unsafe {
        match ty.kind {
            Float32 => *at.cast::<f32>() == 0.0,
            Float64 => *at.cast::<f64>() == 0.0,
            Complex64 => *at.cast::<[f32; 2]>() == [0.0; 2],
            Complex128 => *at.cast::<[f64; 2]>() == [0.0; 2],
            String => (*at.cast::<GoStr>()).len == 0,
            // One word tells: type, first element.
            Interface | Slice => *at.cast::<u64>() == 0,
            Array => {
                let size = ty.elem().size();
                (0..ty.len as usize).all(|i| zero_at(ty.elem(), at.add(i * size)))
            }
            Struct => {
                (ty.fields.iter()).all(|f| f.name == "_" || zero_at(&*f.ty, at.add(f.offset)))
            }
            _ => load_word(ty, at) == 0,
        }
    }
}

native! {
    fn deep_equal_any(gp, x: Iface, y: Iface) -> bool {
        if x.ty != y.ty {
            return false;
        }
        let address = crate::rtypes::address;
        x.is_nil() || deep_equal((&*x.ty, address(&x), address(&y)))
    }
    fn equal_values(gp, v: Val, u: Val) -> Result<bool> {
        match values_equal(&v, &u) {
            Ok(same) => Ok(same),
            Err(ty) => {
                let what = format!("values of type {} are not comparable", ty.string);
                fail(gp, format!("reflect.Value.Equal: {what}"))
            }
        }
    }
    fn comparable(gp, v: Val) -> bool { is_comparable(&v) }
    fn is_zero(gp, v: Val) -> Result<bool> {
        if v.ty.is_null() {
            return Err(value_error(gp, "reflect.Value.IsZero", Invalid));
        }
        Ok(v.flag & METHOD == 0 && zero_at(v.ty(), v.address()))
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("reflect.DeepEqual", deep_equal_any),
    ("reflect.Value.Comparable", comparable),
    ("reflect.Value.Equal", equal_values),
    ("reflect.Value.IsZero", is_zero),
];

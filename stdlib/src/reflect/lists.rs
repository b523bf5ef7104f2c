//! Slices: making, slicing, growing, copying.

use super::values::{len, set};
use super::*;
use minigo_vm::made;
use minigo_vm::native;
use minigo_vm::native::{alloc_array, extend_slice, raise_runtime_error};
use minigo_vm::rtype::Kind::*;

/// A Value of a slice header of its own.
unsafe fn slice_value(gp: *mut G, ty: &'static Rtype, s: GoSlice, flag: u64) -> Val {
    // SAFETY: `s` is a slice of that type, reachable from this stack.
    unsafe { Val::copy(gp, ty, (&raw const s).cast(), flag) }
}

/// What is sliced: type of the result, first element, capacity.
unsafe fn backing(gp: *mut G, v: &Val, method: &str) -> Result<(&'static Rtype, *mut u8, i64)> {
    // SAFETY: kinds tell the layout.
    unsafe {
        match v.kind() {
            Array if v.flag & ADDR == 0 => {
                fail(gp, format!("{method}: slice of unaddressable array"))
            }
            Array => Ok((
                made::slice_of(v.ty().elem()),
                v.word as *mut u8,
                v.ty().len as i64,
            )),
            Slice => Ok((v.ty(), v.slice().ptr, v.slice().cap)),
            kind => Err(value_error(gp, method, kind)),
        }
    }
}

unsafe fn slice_of(
    gp: *mut G,
    v: &Val,
    i: i64,
    j: i64,
    k: Option<i64>,
    method: &str,
) -> Result<Val> {
    // SAFETY: the bounds are checked.
    unsafe {
        let (ty, base, cap) = backing(gp, v, method)?;
        let k = k.unwrap_or(cap);
        if !(0 <= i && i <= j && j <= k && k <= cap) {
            return fail(gp, format!("{method}: slice index out of bounds"));
        }
        let s = GoSlice {
            // Not beyond the end, where another object may begin.
            ptr: base.add(if k > i {
                i as usize * ty.elem().size()
            } else {
                0
            }),
            len: j - i,
            cap: k - i,
        };
        Ok(slice_value(gp, ty, s, v.ro()))
    }
}

/// A slice with `n` more elements, as a Value and as it is.
unsafe fn extended(gp: *mut G, v: &Val, n: i64) -> Result<(Val, GoSlice)> {
    // SAFETY: the caller has seen that it is a slice.
    unsafe {
        v.must_be_exported(gp, "unknown method")?;
        match extend_slice(gp, v.slice(), n, v.ty().elem()) {
            Some(s) => Ok((slice_value(gp, v.ty(), s, 0), s)),
            None => Err(raise_runtime_error(gp, "growslice: len out of range")),
        }
    }
}

unsafe fn must_match(gp: *mut G, what: &str, a: &Rtype, b: &Rtype) -> Result<()> {
    match std::ptr::eq(a, b) {
        true => Ok(()),
        // SAFETY: `gp` is the running goroutine.
        false => unsafe { fail(gp, format!("{what}: {} != {}", a.string, b.string)) },
    }
}

/// The elements of a list or string: address and number.
unsafe fn elements(gp: *mut G, v: &Val) -> Result<(*const u8, i64)> {
    // SAFETY: kinds tell the layout.
    unsafe {
        let at = match v.kind() {
            Array => v.address(),
            _ => v.get::<*const u8>(),
        };
        Ok((at, len(gp, v)?))
    }
}

native! {
    fn make_slice(gp, t: Iface, len: i64, cap: i64) -> Result<Val> {
        let t = need_type(gp, t)?;
        let wrong = |what| fail(gp, format!("reflect.MakeSlice{what}"));
        match t.kind {
            Slice if len < 0 => wrong(": negative len"),
            Slice if cap < 0 => wrong(": negative cap"),
            Slice if len > cap => wrong(": len > cap"),
            Slice => {
                let size = t.elem().size() as i64;
                if cap.checked_mul(size.max(1)).is_none_or(|n| n >= 1 << 47) {
                    return fail(gp, "reflect.MakeSlice: cap out of range");
                }
                let ptr = alloc_array(gp, t.elem(), cap as usize);
                Ok(slice_value(gp, t, GoSlice { ptr, len, cap }, 0))
            }
            _ => wrong(" of non-slice type"),
        }
    }
    fn slice_at(gp, t: Iface, ptr: *mut u8, n: i64) -> Result<Val> {
        let t = need_type(gp, t)?;
        let bytes = n.checked_mul(t.size().max(1) as i64).unwrap_or(-1);
        if n < 0 || !(0..1 << 47).contains(&bytes) || (ptr as u64).checked_add(bytes as u64).is_none() {
            return Err(raise_runtime_error(gp, "unsafe.Slice: len out of range"));
        }
        if ptr.is_null() && n > 0 {
            return Err(raise_runtime_error(gp, "unsafe.Slice: ptr is nil and len is not zero"));
        }
        let s = GoSlice { ptr, len: n, cap: n };
        Ok(slice_value(gp, made::slice_of(t), s, 0))
    }
    fn slice(gp, v: Val, i: i64, j: i64) -> Result<Val> {
        let method = "reflect.Value.Slice";
        if v.kind() != String {
            return slice_of(gp, &v, i, j, None, method);
        }
        let s = v.string();
        if !(0 <= i && i <= j && j <= s.len) {
            return fail(gp, format!("{method}: string slice index out of bounds"));
        }
        let part = GoStr { ptr: s.ptr.add(if i < s.len { i as usize } else { 0 }), len: j - i };
        Ok(Val::copy(gp, v.ty(), (&raw const part).cast(), v.flag & RO))
    }
    fn slice3(gp, v: Val, i: i64, j: i64, k: i64) -> Result<Val> {
        slice_of(gp, &v, i, j, Some(k), "reflect.Value.Slice3")
    }
    fn set_len(gp, v: Val, n: i64) -> Result<()> {
        v.must_be_assignable(gp, "reflect.Value.SetLen")?;
        v.must_be(gp, Slice, "reflect.Value.SetLen")?;
        let s = v.slice();
        if n as u64 > s.cap as u64 {
            return fail(gp, "reflect: slice length out of range in SetLen");
        }
        v.store(GoSlice { len: n, ..s });
        Ok(())
    }
    fn set_cap(gp, v: Val, n: i64) -> Result<()> {
        v.must_be_assignable(gp, "reflect.Value.SetCap")?;
        v.must_be(gp, Slice, "reflect.Value.SetCap")?;
        let s = v.slice();
        if !(s.len..=s.cap).contains(&n) {
            return fail(gp, "reflect: slice capacity out of range in SetCap");
        }
        v.store(GoSlice { cap: n, ..s });
        Ok(())
    }
    fn grow(gp, v: Val, n: i64) -> Result<()> {
        v.must_be_assignable(gp, "reflect.Value.Grow")?;
        v.must_be(gp, Slice, "reflect.Value.Grow")?;
        if n < 0 {
            return fail(gp, "reflect.Value.Grow: negative len");
        }
        let s = v.slice();
        if s.len.checked_add(n).is_none() {
            return fail(gp, "reflect.Value.Grow: slice overflow");
        }
        if s.len + n > s.cap {
            match extend_slice(gp, s, n, v.ty().elem()) {
                Some(grown) => v.store(GoSlice { len: s.len, ..grown }),
                None => return Err(raise_runtime_error(gp, "growslice: len out of range")),
            }
        }
        Ok(())
    }
    fn append(gp, s: Val, x: GoSlice) -> Result<Val> {
        s.must_be(gp, Slice, "unknown method")?;
        let (v, grown) = extended(gp, &s, x.len)?;
        let elem = s.ty().elem();
        for (i, x) in x.elems::<Val>().iter().enumerate() {
            let at = grown.ptr.add((s.slice().len as usize + i) * elem.size());
            set(gp, &Val::at(elem, at, ADDR), *x)?;
        }
        Ok(v)
    }
    fn append_slice(gp, s: Val, t: Val) -> Result<Val> {
        s.must_be(gp, Slice, "unknown method")?;
        t.must_be(gp, Slice, "unknown method")?;
        let elem = s.ty().elem();
        must_match(gp, "reflect.AppendSlice", elem, t.ty().elem())?;
        t.must_be_exported(gp, "unknown method")?;
        let (old, more) = (s.slice(), t.slice());
        let (v, grown) = extended(gp, &s, more.len)?;
        let to = grown.ptr.add(old.len as usize * elem.size());
        std::ptr::copy(more.ptr, to, more.len as usize * elem.size());
        Ok(v)
    }
    fn copy(gp, to: Val, from: Val) -> Result<i64> {
        let method = "reflect.Copy";
        if !matches!(to.kind(), Array | Slice) {
            return Err(value_error(gp, method, to.kind()));
        }
        if to.kind() == Array {
            to.must_be_assignable(gp, "unknown method")?;
        }
        to.must_be_exported(gp, "unknown method")?;
        let elem = to.ty().elem();
        let is_text = from.kind() == String && elem.kind == Uint8;
        if !is_text && !matches!(from.kind(), Array | Slice) {
            return Err(value_error(gp, method, from.kind()));
        }
        from.must_be_exported(gp, "unknown method")?;
        if !is_text {
            must_match(gp, method, elem, from.ty().elem())?;
        }
        let ((a, n), (b, m)) = (elements(gp, &to)?, elements(gp, &from)?);
        let n = n.min(m);
        std::ptr::copy(b, a.cast_mut(), n as usize * elem.size());
        Ok(n)
    }
    fn swap_elems(gp, v: Val, i: i64, j: i64) -> Result<()> {
        let (s, size) = (v.slice(), v.ty().elem().size());
        if !(0..s.len).contains(&i) || !(0..s.len).contains(&j) {
            return fail(gp, "reflect: slice index out of range");
        }
        let at = |i: i64| s.ptr.add(i as usize * size);
        if i != j {
            std::ptr::swap_nonoverlapping(at(i), at(j), size);
        }
        Ok(())
    }
    fn clear(gp, v: Val) -> Result<()> {
        match v.kind() {
            Slice => {
                let s = v.slice();
                s.ptr.write_bytes(0, s.len as usize * v.ty().elem().size());
            }
            Map => minigo_vm::map::map_clear(v.word() as *mut _),
            kind => return Err(value_error(gp, "reflect.Value.Clear", kind)),
        }
        Ok(())
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("reflect.Append", append),
    ("reflect.AppendSlice", append_slice),
    ("reflect.Copy", copy),
    ("reflect.MakeSlice", make_slice),
    ("reflect.SliceAt", slice_at),
    ("reflect.swapElems", swap_elems),
    ("reflect.Value.Clear", clear),
    ("reflect.Value.Grow", grow),
    ("reflect.Value.SetCap", set_cap),
    ("reflect.Value.SetLen", set_len),
    ("reflect.Value.Slice", slice),
    ("reflect.Value.Slice3", slice3),
];

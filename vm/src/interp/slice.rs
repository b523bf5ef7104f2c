//! Slicing, append, copy, make.

use super::mem::*;
use super::memory::zero_sized;
use super::operands::*;
use super::{Fp, Gp, Pc, handlers, save, trap};
use crate::panic;
use crate::rtype::Rtype;
use crate::value::GoSlice;
use minigo_runtime::G;
use minigo_runtime::heap::{mallocgc, round_up_size};

/// Flags of `Slice` and `SliceStr`.
pub(crate) const HAS_LO: usize = 1;
pub(crate) const HAS_HI: usize = 2;
pub(crate) const HAS_MAX: usize = 4;

/// Go allows no allocation beyond this.
const MAX_ALLOC: u64 = 1 << 48;

#[inline(always)]
unsafe fn slice_at(fp: Fp, slot: usize) -> GoSlice {
    // SAFETY: three slots of the frame hold a slice.
    unsafe { *fp.add(slot).cast::<GoSlice>() }
}

#[inline(always)]
unsafe fn set_slice(fp: Fp, slot: usize, s: GoSlice) {
    // SAFETY: three slots of the frame.
    unsafe { *fp.add(slot).cast::<GoSlice>() = s }
}

/// Where slicing at `off` bytes begins; an empty rest must not point behind the object.
#[inline(always)]
fn advance(ptr: u64, off: u64, rest: u64) -> u64 {
    if rest == 0 { ptr } else { ptr + off }
}

handlers! {
    fn Slice(pc, fp, gp) {
        let (args, flags) = (fp.add(b(pc)), c(pc));
        let (ptr, len, cap) = (*args, *args.add(1), *args.add(2));
        let lo = if flags & HAS_LO != 0 { *args.add(3) } else { 0 };
        let hi = if flags & HAS_HI != 0 { *args.add(4) } else { len };
        let max = if flags & HAS_MAX != 0 { *args.add(5) } else { cap };
        if lo > hi || hi > max || max > cap {
            return trap(pc, fp, gp);
        }
        let dst = fp.add(a(pc));
        *dst = advance(ptr, lo * low(pc) as u64, max - lo);
        *dst.add(1) = hi - lo;
        *dst.add(2) = max - lo;
        (pc.add(1), fp)
    }

    fn SliceStr(pc, fp, gp) {
        let (args, flags) = (fp.add(b(pc)), c(pc));
        let (ptr, len) = (*args, *args.add(1));
        let lo = if flags & HAS_LO != 0 { *args.add(2) } else { 0 };
        let hi = if flags & HAS_HI != 0 { *args.add(3) } else { len };
        if lo > hi || hi > len {
            return trap(pc, fp, gp);
        }
        let dst = fp.add(a(pc));
        *dst = advance(ptr, lo, hi - lo);
        *dst.add(1) = hi - lo;
        (pc, fp)
    }

    fn SliceToArray(pc, fp, gp) {
        let s = fp.add(b(pc));
        let n = low(pc) as u64;
        if *s.add(1) < n {
            return trap(pc, fp, gp);
        }
        let ptr = *s;
        // A non-nil empty slice gives a non-nil pointer.
        set(fp, a(pc), ptr);
        (pc.add(1), fp)
    }

    /// Room in the capacity is the quick way; growing is the slow one.
    fn Append64(pc, fp, gp) {
        let s = fp.add(b(pc));
        let (ptr, len, cap) = (*s, *s.add(1), *s.add(2));
        if len >= cap {
            return trap(pc, fp, gp);
        }
        st64(ptr + len * 8, get(fp, c(pc)));
        let dst = fp.add(a(pc));
        *dst = ptr;
        *dst.add(1) = len + 1;
        *dst.add(2) = cap;
        (pc.add(1), fp)
    }

    fn Append8(pc, fp, gp) {
        let s = fp.add(b(pc));
        let (ptr, len, cap) = (*s, *s.add(1), *s.add(2));
        if len >= cap {
            return trap(pc, fp, gp);
        }
        st8(ptr + len, get(fp, c(pc)) as u8);
        let dst = fp.add(a(pc));
        *dst = ptr;
        *dst.add(1) = len + 1;
        *dst.add(2) = cap;
        (pc.add(1), fp)
    }

    fn Append(pc, fp, gp) {
        append_one(pc, fp, gp)
    }

    fn AppendN(pc, fp, gp) {
        append_many(pc, fp, gp)
    }

    fn AppendSlice(pc, fp, gp) {
        append_slice(pc, fp, gp)
    }

    fn Copy(pc, fp, gp) {
        let (to, from) = (fp.add(b(pc)), fp.add(c(pc)));
        let n = (*to.add(1)).min(*from.add(1));
        let size = (*near_low::<Rtype>(pc)).size();
        if n != 0 {
            copy(*to, *from, n as usize * size);
        }
        set(fp, a(pc), n);
        (pc.add(1), fp)
    }

    fn ClearSlice(pc, fp, gp) {
        let s = fp.add(a(pc));
        let size = (*near_low::<Rtype>(pc)).size();
        if *s.add(1) != 0 {
            zero(*s, *s.add(1) as usize * size);
        }
        (pc.add(1), fp)
    }

    fn MakeSlice(pc, fp, gp) {
        make_slice(pc, fp, gp)
    }
}

/// The element at `src`, appended; also the slow way of `Append64` and `Append8`.
#[inline(never)]
pub(crate) unsafe fn append_one(pc: Pc, fp: Fp, gp: Gp) -> (Pc, Fp) {
    // SAFETY: as every handler.
    unsafe {
        save(pc, fp, gp);
        let ty = &*near_low::<Rtype>(pc);
        let Some((s, at)) = extend(gp, slice_at(fp, b(pc)), 1, ty) else {
            return len_out_of_range(pc, fp, gp);
        };
        copy(at, fp.add(c(pc)) as u64, ty.size());
        set_slice(fp, a(pc), s);
        (pc.add(1), fp)
    }
}

#[inline(never)]
unsafe fn append_many(pc: Pc, fp: Fp, gp: Gp) -> (Pc, Fp) {
    // SAFETY: as every handler.
    unsafe {
        save(pc, fp, gp);
        let (ty, n) = (&*near_low::<Rtype>(pc), high(pc) as usize);
        let Some((s, at)) = extend(gp, slice_at(fp, b(pc)), n as i64, ty) else {
            return len_out_of_range(pc, fp, gp);
        };
        let src = fp.add(c(pc));
        for i in 0..n {
            copy(
                at + (i * ty.size()) as u64,
                src.add(i * ty.slots()) as u64,
                ty.size(),
            );
        }
        set_slice(fp, a(pc), s);
        (pc.add(1), fp)
    }
}

#[inline(never)]
unsafe fn append_slice(pc: Pc, fp: Fp, gp: Gp) -> (Pc, Fp) {
    // SAFETY: as every handler.
    unsafe {
        save(pc, fp, gp);
        let ty = &*near_low::<Rtype>(pc);
        let (from, n) = (get(fp, c(pc)), get(fp, c(pc) + 1));
        let Some((s, at)) = extend(gp, slice_at(fp, b(pc)), n as i64, ty) else {
            return len_out_of_range(pc, fp, gp);
        };
        if n != 0 {
            copy(at, from, n as usize * ty.size());
        }
        set_slice(fp, a(pc), s);
        (pc.add(1), fp)
    }
}

#[cold]
unsafe fn len_out_of_range(pc: Pc, fp: Fp, gp: Gp) -> (Pc, Fp) {
    // SAFETY: as every handler.
    unsafe { panic::runtime_error(gp, pc, fp, "growslice: len out of range") }
}

/// A slice with `n` more elements, which begin at the second value and are to be filled; it grows if it must. Nothing
/// when the length would be out of range. (Go: `growslice`)
///
/// # Safety
/// `gp` is the running goroutine with its position saved; the slice's elements have type `ty`, and it is reachable.
pub(crate) unsafe fn extend(gp: *mut G, s: GoSlice, n: i64, ty: &Rtype) -> Option<(GoSlice, u64)> {
    let size = ty.size() as u64;
    let len = s.len.checked_add(n)?;
    // SAFETY: as the caller promises; the new memory holds the old elements.
    unsafe {
        let grown = if len <= s.cap {
            GoSlice {
                ptr: s.ptr,
                len,
                cap: s.cap,
            }
        } else if size == 0 {
            GoSlice {
                ptr: zero_sized(),
                len,
                cap: len,
            }
        } else {
            let wanted = next_capacity(len, s.cap);
            let bytes = (wanted as u64)
                .checked_mul(size)
                .filter(|&b| b <= MAX_ALLOC)?;
            let bytes = round_up_size(bytes as usize, ty.gc.noscan()) as u64;
            let cap = (bytes / size) as i64;
            let used = s.len as usize * size as usize;
            let total = cap as usize * size as usize;
            // Without pointers only the part beyond the old elements needs zeroing.
            let noscan = ty.gc.noscan();
            let ptr = mallocgc(gp, total, ty.alloc_type(), !noscan);
            if noscan {
                zero(ptr as u64 + used as u64, total - used);
            }
            if used != 0 {
                copy(ptr as u64, s.ptr as u64, used);
            }
            GoSlice { ptr, len, cap }
        };
        Some((grown, grown.ptr as u64 + s.len as u64 * size))
    }
}

/// Go: nextslicecap. Twice the capacity while small, then gently towards a quarter more.
fn next_capacity(len: i64, old: i64) -> i64 {
    const THRESHOLD: i64 = 256;
    let double = old.saturating_mul(2);
    if len > double {
        return len;
    }
    if old < THRESHOLD {
        return double;
    }
    let mut cap = old;
    loop {
        cap = match cap.checked_add((cap + 3 * THRESHOLD) >> 2) {
            Some(c) => c,
            None => return len,
        };
        if cap >= len {
            return cap;
        }
    }
}

#[inline(never)]
unsafe fn make_slice(pc: Pc, fp: Fp, gp: Gp) -> (Pc, Fp) {
    // SAFETY: as every handler.
    unsafe {
        save(pc, fp, gp);
        let ty = &*near_low::<Rtype>(pc);
        let (len, cap) = (get(fp, b(pc)) as i64, get(fp, c(pc)) as i64);
        let fits = |n: i64| {
            n >= 0
                && (n as u64)
                    .checked_mul(ty.size() as u64)
                    .is_some_and(|b| b <= MAX_ALLOC)
        };
        if !fits(len) {
            return panic::runtime_error(gp, pc, fp, "makeslice: len out of range");
        }
        if !fits(cap) || len > cap {
            return panic::runtime_error(gp, pc, fp, "makeslice: cap out of range");
        }
        let bytes = cap as usize * ty.size();
        let ptr = if bytes == 0 {
            zero_sized()
        } else {
            mallocgc(gp, bytes, ty.alloc_type(), true)
        };
        set_slice(fp, a(pc), GoSlice { ptr, len, cap });
        (pc.add(1), fp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capacities_grow_as_gos_do() {
        assert_eq!(next_capacity(1, 0), 1);
        assert_eq!(next_capacity(5, 4), 8);
        assert_eq!(next_capacity(257, 256), 512);
        assert_eq!(next_capacity(513, 512), 832);
        assert_eq!(next_capacity(100, 3), 100);
    }
}

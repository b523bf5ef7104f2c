//! Loads and stores through pointers, parts of values in the frame, globals, new objects.

use super::mem::*;
use super::operands::*;
use super::{Fp, Gp, Pc, handlers, outlined, save, trap};
use crate::rtype::Rtype;
use crate::value::GoStr;

/// dst := load(base + off)
macro_rules! loads {
    ($($name:ident = |$p:ident| $e:expr;)*) => { handlers! { $(
        fn $name(pc, fp, gp) {
            let base = get(fp, b(pc));
            if base < NIL_PAGE {
                return trap(pc, fp, gp);
            }
            let $p = base + c(pc) as u64;
            set(fp, a(pc), $e);
            (pc, fp)
        }
    )* } };
}

/// store(base + off, src)
macro_rules! stores {
    ($($name:ident = |$p:ident, $v:ident| $e:expr;)*) => { handlers! { $(
        fn $name(pc, fp, gp) {
            let base = get(fp, a(pc));
            if base < NIL_PAGE {
                return trap(pc, fp, gp);
            }
            let ($p, $v) = (base + b(pc) as u64, get(fp, c(pc)));
            $e;
            (pc, fp)
        }
    )* } };
}

/// dst := load(slot + off), in the frame
macro_rules! frame_loads {
    ($($name:ident = |$p:ident| $e:expr;)*) => { handlers! { $(
        fn $name(pc, fp, gp) {
            let $p = fp.add(b(pc)) as u64 + c(pc) as u64;
            set(fp, a(pc), $e);
            (pc, fp)
        }
    )* } };
}

/// store(slot + off, src), in the frame
macro_rules! frame_stores {
    ($($name:ident = |$p:ident, $v:ident| $e:expr;)*) => { handlers! { $(
        fn $name(pc, fp, gp) {
            let ($p, $v) = (fp.add(a(pc)) as u64 + b(pc) as u64, get(fp, c(pc)));
            $e;
            (pc, fp)
        }
    )* } };
}

loads! {
    Load8u = |p| ld8(p) as u64;
    Load8s = |p| ld8(p) as i8 as i64 as u64;
    Load16u = |p| ld16(p) as u64;
    Load16s = |p| ld16(p) as i16 as i64 as u64;
    Load32u = |p| ld32(p) as u64;
    Load32s = |p| ld32(p) as i32 as i64 as u64;
    Load64 = |p| ld64(p);
}

stores! {
    Store8 = |p, v| st8(p, v as u8);
    Store16 = |p, v| st16(p, v as u16);
    Store32 = |p, v| st32(p, v as u32);
    Store64 = |p, v| st64(p, v);
    StorePtr = |p, v| st64(p, v);
}

frame_loads! {
    FLoad8u = |p| ld8(p) as u64;
    FLoad8s = |p| ld8(p) as i8 as i64 as u64;
    FLoad16u = |p| ld16(p) as u64;
    FLoad16s = |p| ld16(p) as i16 as i64 as u64;
    FLoad32u = |p| ld32(p) as u64;
    FLoad32s = |p| ld32(p) as i32 as i64 as u64;
}

frame_stores! {
    FStore8 = |p, v| st8(p, v as u8);
    FStore16 = |p, v| st16(p, v as u16);
    FStore32 = |p, v| st32(p, v as u32);
}

handlers! {
    fn Load2(pc, fp, gp) {
        let base = get(fp, b(pc));
        if base < NIL_PAGE {
            return trap(pc, fp, gp);
        }
        let p = base + c(pc) as u64;
        let (x, y) = (ld64(p), ld64(p + 8));
        let dst = fp.add(a(pc));
        *dst = x;
        *dst.add(1) = y;
        (pc, fp)
    }

    fn Load3(pc, fp, gp) {
        let base = get(fp, b(pc));
        if base < NIL_PAGE {
            return trap(pc, fp, gp);
        }
        let p = base + c(pc) as u64;
        let (x, y, z) = (ld64(p), ld64(p + 8), ld64(p + 16));
        let dst = fp.add(a(pc));
        *dst = x;
        *dst.add(1) = y;
        *dst.add(2) = z;
        (pc, fp)
    }

    fn LoadN(pc, fp, gp) {
        let base = get(fp, b(pc));
        if base < NIL_PAGE {
            return trap(pc, fp, gp);
        }
        load_value(fp.add(a(pc)), base + c(pc) as u64, low(pc) as usize);
        (pc.add(1), fp)
    }

    fn Store2(pc, fp, gp) {
        let base = get(fp, a(pc));
        if base < NIL_PAGE {
            return trap(pc, fp, gp);
        }
        let (p, src) = (base + b(pc) as u64, fp.add(c(pc)));
        st64(p, *src);
        st64(p + 8, *src.add(1));
        (pc, fp)
    }

    fn Store3(pc, fp, gp) {
        let base = get(fp, a(pc));
        if base < NIL_PAGE {
            return trap(pc, fp, gp);
        }
        let (p, src) = (base + b(pc) as u64, fp.add(c(pc)));
        st64(p, *src);
        st64(p + 8, *src.add(1));
        st64(p + 16, *src.add(2));
        (pc, fp)
    }

    fn StoreN(pc, fp, gp) {
        let base = get(fp, a(pc));
        if base < NIL_PAGE {
            return trap(pc, fp, gp);
        }
        copy(base + b(pc) as u64, fp.add(c(pc)) as u64, low(pc) as usize);
        (pc.add(1), fp)
    }

    fn CopyMem(pc, fp, gp) {
        let (dst, src) = (get(fp, a(pc)), get(fp, b(pc)));
        if dst < NIL_PAGE || src < NIL_PAGE {
            return trap(pc, fp, gp);
        }
        copy(dst, src, (*near_low::<Rtype>(pc)).size());
        (pc.add(1), fp)
    }

    fn CopyStr(pc, fp, gp) {
        let s = &*near::<GoStr>(pc);
        copy(get(fp, a(pc)), s.ptr as u64, s.len as usize);
        (pc, fp)
    }

    fn ZeroMem(pc, fp, gp) {
        let dst = get(fp, a(pc));
        if dst < NIL_PAGE {
            return trap(pc, fp, gp);
        }
        zero(dst, (*near_low::<Rtype>(pc)).size());
        (pc.add(1), fp)
    }

    fn AddrOff(pc, fp, gp) {
        let base = get(fp, b(pc));
        if base < NIL_PAGE {
            return trap(pc, fp, gp);
        }
        set(fp, a(pc), base + low(pc) as u64);
        (pc.add(1), fp)
    }

    fn NilCheck(pc, fp, gp) {
        if get(fp, a(pc)) < NIL_PAGE {
            return trap(pc, fp, gp);
        }
        (pc, fp)
    }

    fn FCopy(pc, fp, gp) {
        let dst = fp.add(a(pc)).cast::<u8>().add(low(pc) as usize);
        let src = fp.add(b(pc)).cast::<u8>().add(high(pc) as usize);
        std::ptr::copy(src, dst, c(pc));
        (pc.add(1), fp)
    }

    fn GlobalAddr(pc, fp, gp) {
        set(fp, a(pc), near::<u8>(pc) as u64);
        (pc, fp)
    }

    fn GLoad64(pc, fp, gp) {
        set(fp, a(pc), ld64(near::<u8>(pc) as u64));
        (pc, fp)
    }

    fn GLoad2(pc, fp, gp) {
        let (p, dst) = (near::<u8>(pc) as u64, fp.add(a(pc)));
        *dst = ld64(p);
        *dst.add(1) = ld64(p + 8);
        (pc, fp)
    }

    fn GLoad3(pc, fp, gp) {
        let (p, dst) = (near::<u8>(pc) as u64, fp.add(a(pc)));
        *dst = ld64(p);
        *dst.add(1) = ld64(p + 8);
        *dst.add(2) = ld64(p + 16);
        (pc, fp)
    }

    fn GStore64(pc, fp, gp) {
        st64(near::<u8>(pc) as u64, get(fp, a(pc)));
        (pc, fp)
    }

    fn GStore2(pc, fp, gp) {
        let (p, src) = (near::<u8>(pc) as u64, fp.add(a(pc)));
        st64(p, *src);
        st64(p + 8, *src.add(1));
        (pc, fp)
    }

    fn GStore3(pc, fp, gp) {
        let (p, src) = (near::<u8>(pc) as u64, fp.add(a(pc)));
        st64(p, *src);
        st64(p + 8, *src.add(1));
        st64(p + 16, *src.add(2));
        (pc, fp)
    }
}

outlined! {
    fn Clone(pc, fp, gp) {
        let src = get(fp, b(pc));
        if src < NIL_PAGE {
            return trap(pc, fp, gp);
        }
        save(pc, fp, gp);
        set(fp, a(pc), (*near_low::<Rtype>(pc)).clone_value(gp, src));
        (pc.add(1), fp)
    }

    fn New(pc, fp, gp) {
        save(pc, fp, gp);
        let ty = &*near::<Rtype>(pc);
        let p = if ty.size() == 0 {
            zero_sized()
        } else {
            ty.new_value(gp)
        };
        set(fp, a(pc), p as u64);
        (pc, fp)
    }
}

/// Where pointers to values without size point: not nil, never read.
#[inline(always)]
pub(crate) fn zero_sized() -> *mut u8 {
    static PLACE: [u64; 1] = [0];
    PLACE.as_ptr() as *mut u8
}

//! Elements of slices, strings and arrays: indexed loads and stores with their checks.

use super::mem::*;
use super::operands::*;
use super::{Fp, Gp, Pc, handlers, trap};

/// Address of element `i` of the slice or string at slot `s`, or nothing when out of range.
macro_rules! element {
    ($pc:ident, $fp:ident, $gp:ident, $s:expr, $i:expr, $size:expr) => {{
        let base = $fp.add($s);
        let i = get($fp, $i);
        if i >= *base.add(1) {
            return trap($pc, $fp, $gp);
        }
        *base + i * $size
    }};
}

macro_rules! slice_access {
    ($($load:ident $store:ident $size:literal |$p:ident, $v:ident| $ld:expr, $st:expr;)*) => { handlers! { $(
        fn $load(pc, fp, gp) {
            let $p = element!(pc, fp, gp, b(pc), c(pc), $size);
            set(fp, a(pc), $ld);
            (pc, fp)
        }
        fn $store(pc, fp, gp) {
            let $p = element!(pc, fp, gp, a(pc), b(pc), $size);
            let $v = get(fp, c(pc));
            $st;
            (pc, fp)
        }
    )* } };
}

macro_rules! slice_load {
    ($($load:ident $size:literal |$p:ident| $ld:expr;)*) => { handlers! { $(
        fn $load(pc, fp, gp) {
            let $p = element!(pc, fp, gp, b(pc), c(pc), $size);
            set(fp, a(pc), $ld);
            (pc, fp)
        }
    )* } };
}

slice_access! {
    IdxLoad8u IdxStore8 1 |p, v| ld8(p) as u64, st8(p, v as u8);
    IdxLoad16u IdxStore16 2 |p, v| ld16(p) as u64, st16(p, v as u16);
    IdxLoad32u IdxStore32 4 |p, v| ld32(p) as u64, st32(p, v as u32);
    IdxLoad64 IdxStore64 8 |p, v| ld64(p), st64(p, v);
}

slice_load! {
    IdxLoad8s 1 |p| ld8(p) as i8 as i64 as u64;
    IdxLoad16s 2 |p| ld16(p) as i16 as i64 as u64;
    IdxLoad32s 4 |p| ld32(p) as i32 as i64 as u64;
}

/// Elements of an array behind a pointer; the index is checked already.
macro_rules! pointer_access {
    ($($load:ident $store:ident $size:literal |$p:ident, $v:ident| $ld:expr, $st:expr;)*) => { handlers! { $(
        fn $load(pc, fp, gp) {
            let base = get(fp, b(pc));
            if base < NIL_PAGE {
                return trap(pc, fp, gp);
            }
            let $p = base + get(fp, c(pc)) * $size;
            set(fp, a(pc), $ld);
            (pc, fp)
        }
        fn $store(pc, fp, gp) {
            let base = get(fp, a(pc));
            if base < NIL_PAGE {
                return trap(pc, fp, gp);
            }
            let ($p, $v) = (base + get(fp, b(pc)) * $size, get(fp, c(pc)));
            $st;
            (pc, fp)
        }
    )* } };
}

macro_rules! pointer_load {
    ($($load:ident $size:literal |$p:ident| $ld:expr;)*) => { handlers! { $(
        fn $load(pc, fp, gp) {
            let base = get(fp, b(pc));
            if base < NIL_PAGE {
                return trap(pc, fp, gp);
            }
            let $p = base + get(fp, c(pc)) * $size;
            set(fp, a(pc), $ld);
            (pc, fp)
        }
    )* } };
}

pointer_access! {
    PIdxLoad8u PIdxStore8 1 |p, v| ld8(p) as u64, st8(p, v as u8);
    PIdxLoad16u PIdxStore16 2 |p, v| ld16(p) as u64, st16(p, v as u16);
    PIdxLoad32u PIdxStore32 4 |p, v| ld32(p) as u64, st32(p, v as u32);
    PIdxLoad64 PIdxStore64 8 |p, v| ld64(p), st64(p, v);
}

pointer_load! {
    PIdxLoad8s 1 |p| ld8(p) as i8 as i64 as u64;
    PIdxLoad16s 2 |p| ld16(p) as i16 as i64 as u64;
    PIdxLoad32s 4 |p| ld32(p) as i32 as i64 as u64;
}

/// Elements of an array in the frame; the index is checked already.
macro_rules! frame_access {
    ($($load:ident $store:ident $size:literal |$p:ident, $v:ident| $ld:expr, $st:expr;)*) => { handlers! { $(
        fn $load(pc, fp, gp) {
            let $p = fp.add(b(pc)) as u64 + get(fp, c(pc)) * $size;
            set(fp, a(pc), $ld);
            (pc, fp)
        }
        fn $store(pc, fp, gp) {
            let ($p, $v) = (fp.add(a(pc)) as u64 + get(fp, b(pc)) * $size, get(fp, c(pc)));
            $st;
            (pc, fp)
        }
    )* } };
}

macro_rules! frame_load {
    ($($load:ident $size:literal |$p:ident| $ld:expr;)*) => { handlers! { $(
        fn $load(pc, fp, gp) {
            let $p = fp.add(b(pc)) as u64 + get(fp, c(pc)) * $size;
            set(fp, a(pc), $ld);
            (pc, fp)
        }
    )* } };
}

frame_access! {
    FIdxLoad8u FIdxStore8 1 |p, v| ld8(p) as u64, st8(p, v as u8);
    FIdxLoad16u FIdxStore16 2 |p, v| ld16(p) as u64, st16(p, v as u16);
    FIdxLoad32u FIdxStore32 4 |p, v| ld32(p) as u64, st32(p, v as u32);
    FIdxLoad64 FIdxStore64 8 |p, v| ld64(p), st64(p, v);
}

frame_load! {
    FIdxLoad8s 1 |p| ld8(p) as i8 as i64 as u64;
    FIdxLoad16s 2 |p| ld16(p) as i16 as i64 as u64;
    FIdxLoad32s 4 |p| ld32(p) as i32 as i64 as u64;
}

handlers! {
    fn CheckIdx(pc, fp, gp) {
        if get(fp, a(pc)) >= wide(pc) as u64 {
            return trap(pc, fp, gp);
        }
        (pc, fp)
    }

    fn FIdxAddr(pc, fp, gp) {
        set(fp, a(pc), fp.add(b(pc)) as u64 + get(fp, c(pc)) * low(pc) as u64);
        (pc.add(1), fp)
    }

    fn PIdxStorePtr(pc, fp, gp) {
        let base = get(fp, a(pc));
        if base < NIL_PAGE {
            return trap(pc, fp, gp);
        }
        st64(base + get(fp, b(pc)) * 8, get(fp, c(pc)));
        (pc, fp)
    }

    fn PIdxAddr(pc, fp, gp) {
        let base = get(fp, b(pc));
        if base < NIL_PAGE {
            return trap(pc, fp, gp);
        }
        set(fp, a(pc), base + get(fp, c(pc)) * low(pc) as u64);
        (pc.add(1), fp)
    }

    fn IdxLoad2(pc, fp, gp) {
        let p = element!(pc, fp, gp, b(pc), c(pc), 16);
        let (x, y) = (ld64(p), ld64(p + 8));
        let dst = fp.add(a(pc));
        *dst = x;
        *dst.add(1) = y;
        (pc, fp)
    }

    fn IdxLoad3(pc, fp, gp) {
        let p = element!(pc, fp, gp, b(pc), c(pc), 24);
        let (x, y, z) = (ld64(p), ld64(p + 8), ld64(p + 16));
        let dst = fp.add(a(pc));
        *dst = x;
        *dst.add(1) = y;
        *dst.add(2) = z;
        (pc, fp)
    }

    fn IdxStorePtr(pc, fp, gp) {
        let p = element!(pc, fp, gp, a(pc), b(pc), 8);
        st64(p, get(fp, c(pc)));
        (pc, fp)
    }

    fn IdxStore2(pc, fp, gp) {
        let p = element!(pc, fp, gp, a(pc), b(pc), 16);
        let src = fp.add(c(pc));
        st64(p, *src);
        st64(p + 8, *src.add(1));
        (pc, fp)
    }

    fn IdxStore3(pc, fp, gp) {
        let p = element!(pc, fp, gp, a(pc), b(pc), 24);
        let src = fp.add(c(pc));
        st64(p, *src);
        st64(p + 8, *src.add(1));
        st64(p + 16, *src.add(2));
        (pc, fp)
    }

    fn IdxAddr(pc, fp, gp) {
        let p = element!(pc, fp, gp, b(pc), c(pc), low(pc) as u64);
        set(fp, a(pc), p);
        (pc.add(1), fp)
    }

    fn IdxFieldLoad64(pc, fp, gp) {
        let p = element!(pc, fp, gp, b(pc), c(pc), low(pc) as u64);
        set(fp, a(pc), ld64(p + high(pc) as u64));
        (pc.add(1), fp)
    }

    fn IdxFieldStore64(pc, fp, gp) {
        let p = element!(pc, fp, gp, a(pc), b(pc), low(pc) as u64);
        st64(p + high(pc) as u64, get(fp, c(pc)));
        (pc.add(1), fp)
    }
}

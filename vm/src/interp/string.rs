//! Strings: concatenation, comparison, runes, conversions.

use super::operands::*;
use super::{Fp, Gp, Pc, handlers, outlined, save};
use crate::native::{alloc_bytes, make_bytes, new_bytes, new_string};
use crate::panic;
use crate::value::{GoSlice, GoStr};
use minigo_runtime::G;
use minigo_runtime::heap::{mallocgc, round_up_size};
use std::arch::asm;
use std::ptr::{copy_nonoverlapping, null};

#[inline(always)]
unsafe fn str_at(fp: Fp, slot: usize) -> GoStr {
    // SAFETY: two slots of the frame hold a string.
    unsafe { *fp.add(slot).cast::<GoStr>() }
}

#[inline(always)]
unsafe fn set_str(fp: Fp, slot: usize, s: GoStr) {
    // SAFETY: two slots of the frame.
    unsafe { *fp.add(slot).cast::<GoStr>() = s }
}

/// Strings of different lengths differ without a look at their bytes.
#[inline(always)]
unsafe fn equal(x: GoStr, y: GoStr) -> bool {
    // SAFETY: the strings are well-formed and reachable.
    x.len == y.len && (x.ptr == y.ptr || unsafe { x.bytes() == y.bytes() })
}

handlers! {
    fn StrEq(pc, fp, gp) {
        set(fp, a(pc), equal(str_at(fp, b(pc)), str_at(fp, c(pc))) as u64);
        (pc, fp)
    }

    fn StrLt(pc, fp, gp) {
        set(fp, a(pc), (str_at(fp, b(pc)).bytes() < str_at(fp, c(pc)).bytes()) as u64);
        (pc, fp)
    }

    fn StrLe(pc, fp, gp) {
        set(fp, a(pc), (str_at(fp, b(pc)).bytes() <= str_at(fp, c(pc)).bytes()) as u64);
        (pc, fp)
    }

    fn JStrEq(pc, fp, gp) {
        if equal(str_at(fp, a(pc)), str_at(fp, b(pc))) {
            asm!("", options(nomem, nostack, preserves_flags));
            return (pc.offset(ic(pc) as isize), fp);
        }
        (pc, fp)
    }

    fn JStrNe(pc, fp, gp) {
        if !equal(str_at(fp, a(pc)), str_at(fp, b(pc))) {
            asm!("", options(nomem, nostack, preserves_flags));
            return (pc.offset(ic(pc) as isize), fp);
        }
        (pc, fp)
    }

    fn Concat(pc, fp, gp) {
        concat_two(pc, fp, gp)
    }

    fn ConcatN(pc, fp, gp) {
        concat_many(pc, fp, gp)
    }

    fn RuneAt(pc, fp, gp) {
        let s = fp.add(b(pc));
        let i = get(fp, c(pc));
        let at = *s as *const u8;
        let first = *at.add(i as usize);
        let (r, n) = if first < 0x80 {
            (first as u32, 1)
        } else {
            decode_rune(std::slice::from_raw_parts(at.add(i as usize), (*s.add(1) - i) as usize))
        };
        let dst = fp.add(a(pc));
        *dst = r as u64;
        *dst.add(1) = n as u64;
        (pc, fp)
    }

    fn StrFromRunes(pc, fp, gp) {
        str_from_runes(pc, fp, gp)
    }

    fn RunesFromStr(pc, fp, gp) {
        runes_from_str(pc, fp, gp)
    }
}

outlined! {
    fn StrFromBytes(pc, fp, gp) {
        save(pc, fp, gp);
        let src = *fp.add(b(pc)).cast::<GoSlice>();
        set_str(fp, a(pc), new_string(gp, src.bytes()));
        (pc, fp)
    }

    fn BytesFromStr(pc, fp, gp) {
        save(pc, fp, gp);
        let mut s = new_bytes_rounded(gp, str_at(fp, b(pc)).bytes());
        s.len = str_at(fp, b(pc)).len;
        *fp.add(a(pc)).cast::<GoSlice>() = s;
        (pc, fp)
    }

    fn StrFromRune(pc, fp, gp) {
        save(pc, fp, gp);
        let mut buf = [0; 4];
        let n = encode_rune(get(fp, b(pc)) as i64, &mut buf);
        set_str(fp, a(pc), new_string(gp, &buf[..n]));
        (pc, fp)
    }
}

/// `[]byte(s)`: its capacity is what the allocator gives.
unsafe fn new_bytes_rounded(gp: *mut G, bytes: &[u8]) -> GoSlice {
    // SAFETY: the goroutine is the running one; the new memory is large enough.
    unsafe {
        let cap = round_up_size(bytes.len(), true);
        if cap <= bytes.len() {
            return new_bytes(gp, bytes);
        }
        let s = make_bytes(gp, cap);
        copy_nonoverlapping(bytes.as_ptr(), s.ptr, bytes.len());
        s
    }
}

#[inline(never)]
unsafe fn concat_two(pc: Pc, fp: Fp, gp: Gp) -> (Pc, Fp) {
    // SAFETY: as every handler; operands stay in the frame while memory is allocated.
    unsafe {
        let (x, y) = (str_at(fp, b(pc)), str_at(fp, c(pc)));
        let s = if y.len == 0 {
            x
        } else if x.len == 0 {
            y
        } else {
            save(pc, fp, gp);
            let Some(len) = x.len.checked_add(y.len) else {
                return panic::runtime_error(gp, pc, fp, "string concatenation too long");
            };
            let ptr = alloc_bytes(gp, len as usize, false);
            copy_nonoverlapping(x.ptr, ptr, x.len as usize);
            copy_nonoverlapping(y.ptr, ptr.add(x.len as usize), y.len as usize);
            GoStr { ptr, len }
        };
        set_str(fp, a(pc), s);
        (pc, fp)
    }
}

/// Joins several; when only one of them has any bytes, the result is that one.
#[inline(never)]
unsafe fn concat_many(pc: Pc, fp: Fp, gp: Gp) -> (Pc, Fp) {
    // SAFETY: as every handler; operands stay in the frame while memory is allocated.
    unsafe {
        let args = fp.add(b(pc)).cast::<GoStr>();
        let n = c(pc);
        let (mut len, mut filled, mut last) = (0i64, 0, GoStr::EMPTY);
        for i in 0..n {
            let s = *args.add(i);
            if s.len != 0 {
                filled += 1;
                last = s;
                len = match len.checked_add(s.len) {
                    Some(len) => len,
                    None => {
                        return panic::runtime_error(gp, pc, fp, "string concatenation too long");
                    }
                };
            }
        }
        if filled > 1 {
            save(pc, fp, gp);
            let ptr = alloc_bytes(gp, len as usize, false);
            let mut at = ptr;
            for i in 0..n {
                let s = *args.add(i);
                if s.len != 0 {
                    copy_nonoverlapping(s.ptr, at, s.len as usize);
                    at = at.add(s.len as usize);
                }
            }
            last = GoStr { ptr, len };
        }
        set_str(fp, a(pc), last);
        (pc, fp)
    }
}

const RUNE_ERROR: u32 = 0xfffd;

/// The rune at the start of non-empty bytes and its width; U+FFFD of width 1 for what is not UTF-8.
pub(crate) fn decode_rune(b: &[u8]) -> (u32, usize) {
    let first = b[0];
    let cont = |i: usize| {
        b.get(i)
            .copied()
            .filter(|c| c & 0xc0 == 0x80)
            .map(|c| c as u32 & 0x3f)
    };
    let bad = (RUNE_ERROR, 1);
    match first {
        0..0x80 => (first as u32, 1),
        0xc2..0xe0 => match cont(1) {
            Some(x) => ((first as u32 & 0x1f) << 6 | x, 2),
            None => bad,
        },
        0xe0..0xf0 => match (cont(1), cont(2)) {
            (Some(x), Some(y)) => {
                let r = (first as u32 & 0x0f) << 12 | x << 6 | y;
                if r < 0x800 || (0xd800..0xe000).contains(&r) {
                    bad
                } else {
                    (r, 3)
                }
            }
            _ => bad,
        },
        0xf0..0xf5 => match (cont(1), cont(2), cont(3)) {
            (Some(x), Some(y), Some(z)) => {
                let r = (first as u32 & 0x07) << 18 | x << 12 | y << 6 | z;
                if (0x10000..0x110000).contains(&r) {
                    (r, 4)
                } else {
                    bad
                }
            }
            _ => bad,
        },
        _ => bad,
    }
}

/// UTF-8 of a rune, of U+FFFD when it is none; the number of bytes.
pub(crate) fn encode_rune(r: i64, buf: &mut [u8; 4]) -> usize {
    let c = u32::try_from(r).ok().and_then(char::from_u32);
    c.unwrap_or(char::REPLACEMENT_CHARACTER)
        .encode_utf8(buf)
        .len()
}

#[inline(never)]
unsafe fn str_from_runes(pc: Pc, fp: Fp, gp: Gp) -> (Pc, Fp) {
    // SAFETY: as every handler.
    unsafe {
        save(pc, fp, gp);
        let runes = (*fp.add(b(pc)).cast::<GoSlice>()).elems::<i32>();
        let mut buf = [0; 4];
        let len: usize = runes.iter().map(|&r| encode_rune(r as i64, &mut buf)).sum();
        let ptr = alloc_bytes(gp, len, false);
        let mut at = ptr;
        for &r in runes {
            let n = encode_rune(r as i64, &mut buf);
            copy_nonoverlapping(buf.as_ptr(), at, n);
            at = at.add(n);
        }
        set_str(
            fp,
            a(pc),
            GoStr {
                ptr,
                len: len as i64,
            },
        );
        (pc, fp)
    }
}

#[inline(never)]
unsafe fn runes_from_str(pc: Pc, fp: Fp, gp: Gp) -> (Pc, Fp) {
    // SAFETY: as every handler.
    unsafe {
        save(pc, fp, gp);
        let bytes = str_at(fp, b(pc)).bytes();
        let mut n = 0;
        let mut rest = bytes;
        while !rest.is_empty() {
            rest = &rest[decode_rune(rest).1..];
            n += 1;
        }
        let total = round_up_size(n * 4, true);
        let ptr = mallocgc(gp, total.max(4), null(), true).cast::<u32>();
        rest = bytes;
        for i in 0..n {
            let (r, width) = decode_rune(rest);
            *ptr.add(i) = r;
            rest = &rest[width..];
        }
        let s = GoSlice {
            ptr: ptr.cast(),
            len: n as i64,
            cap: (total / 4) as i64,
        };
        *fp.add(a(pc)).cast::<GoSlice>() = s;
        (pc, fp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runes_decode_as_in_go() {
        assert_eq!(decode_rune("é!".as_bytes()), (0xe9, 2));
        assert_eq!(decode_rune("€".as_bytes()), (0x20ac, 3));
        assert_eq!(decode_rune("😀".as_bytes()), (0x1f600, 4));
        for bad in [
            &b"\x80"[..],
            b"\xc0\x80",
            b"\xc3",
            b"\xe0\x80\x80",
            b"\xed\xa0\x80",
            b"\xf4\x90\x80\x80",
            b"\xff",
        ] {
            assert_eq!(decode_rune(bad), (RUNE_ERROR, 1), "{bad:x?}");
        }
        let mut buf = [0; 4];
        assert_eq!(encode_rune(-1, &mut buf), 3);
        assert_eq!(&buf[..3], "\u{fffd}".as_bytes());
    }
}

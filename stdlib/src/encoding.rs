//! Packages encoding/hex and encoding/base64: the inner loops. What is wrong in a text is found out in Go.

use minigo_vm::native;
use minigo_vm::native::{GoSlice, NativeTable};

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// The bytes of a slice that are written here.
///
/// # Safety
/// It is a `[]byte` of the caller, who sees nothing of it meanwhile.
unsafe fn bytes_mut<'a>(s: GoSlice) -> &'a mut [u8] {
    match s.len {
        0 => &mut [],
        // SAFETY: as the caller promises.
        n => unsafe { std::slice::from_raw_parts_mut(s.ptr, n as usize) },
    }
}

fn digit(c: u8) -> Option<u8> {
    char::from(c).to_digit(16).map(|d| d as u8)
}

native! {
    fn hex_encode(gp, dst: GoSlice, src: GoSlice) {
        // Backwards, so that a text may grow in its own memory.
        let (dst, n) = (dst.ptr, src.len as usize);
        for i in (0..n).rev() {
            let b = *src.ptr.add(i);
            *dst.add(2 * i + 1) = DIGITS[usize::from(b & 15)];
            *dst.add(2 * i) = DIGITS[usize::from(b >> 4)];
        }
    }
    fn hex_decode(gp, dst: GoSlice, src: GoSlice) -> usize {
        // Through pointers: dst may be the beginning of src.
        let n = (src.len as usize / 2).min(dst.len as usize);
        for i in 0..n {
            let (Some(high), Some(low)) = (digit(*src.ptr.add(2 * i)), digit(*src.ptr.add(2 * i + 1))) else {
                return i;
            };
            *dst.ptr.add(i) = high << 4 | low;
        }
        n
    }
    fn base64_encode_groups(gp, dst: GoSlice, src: GoSlice, chars: *const [u8; 64]) {
        let chars = &*chars;
        for (to, from) in bytes_mut(dst).chunks_exact_mut(4).zip(src.elems::<u8>().chunks_exact(3)) {
            let bits = u32::from(from[0]) << 16 | u32::from(from[1]) << 8 | u32::from(from[2]);
            for (i, c) in to.iter_mut().enumerate() {
                *c = chars[(bits >> (18 - 6 * i) & 63) as usize];
            }
        }
    }
    fn base64_decode_groups(gp, dst: GoSlice, src: GoSlice, table: *const [u8; 256]) -> usize {
        let table = &*table;
        let n = (src.len as usize / 4).min(dst.len as usize / 3);
        for i in 0..n {
            let mut bits = 0;
            let mut bad = 0;
            for k in 0..4 {
                let d = table[usize::from(*src.ptr.add(4 * i + k))];
                bad |= d;
                bits = bits << 6 | u32::from(d);
            }
            if bad == 0xff {
                return i;
            }
            for (k, b) in bits.to_be_bytes()[1..].iter().enumerate() {
                *dst.ptr.add(3 * i + k) = *b;
            }
        }
        n
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("encoding/base64.decodeGroups", base64_decode_groups),
    ("encoding/base64.encodeGroups", base64_encode_groups),
    ("encoding/hex.decode", hex_decode),
    ("encoding/hex.encode", hex_encode),
];

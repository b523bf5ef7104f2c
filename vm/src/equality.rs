//! Comparing and hashing values by their type. (Go: runtime/alg.go)
//!
//! Values are given by address, in memory layout. A type that cannot be compared can still hide in an interface: then
//! the answer is that type, and the caller panics with `comparing uncomparable type` or `hash of unhashable type`.

use crate::interp::mem::{ld8, ld16, ld32, ld64};
use crate::rtype::{Equality, Kind, Rtype};
use crate::value::{GoStr, Iface};
use minigo_runtime::nondet::rand64;

/// A dynamic type that has no equality.
pub type Uncomparable = &'static Rtype;

/// Whether the values of type `ty` at `a` and `b` are equal.
///
/// # Safety
/// Both addresses hold a value of that type.
pub unsafe fn equal(ty: &'static Rtype, a: u64, b: u64) -> Result<bool, Uncomparable> {
    // SAFETY: as the caller promises; parts lie inside their whole.
    unsafe {
        match ty.equality {
            Equality::Memory => return Ok(equal_bytes(a, b, ty.size())),
            Equality::None => return Err(ty),
            Equality::Structural => {}
        }
        Ok(match ty.kind {
            Kind::String => string_at(a).bytes() == string_at(b).bytes(),
            Kind::Interface => return equal_ifaces(iface_at(a), iface_at(b)),
            Kind::Float64 => f64_at(a) == f64_at(b),
            Kind::Float32 => f32_at(a) == f32_at(b),
            Kind::Complex128 => f64_at(a) == f64_at(b) && f64_at(a + 8) == f64_at(b + 8),
            Kind::Complex64 => f32_at(a) == f32_at(b) && f32_at(a + 4) == f32_at(b + 4),
            Kind::Array => {
                let (elem, size) = (ty.elem(), ty.elem().size() as u64);
                for i in 0..ty.len {
                    if !equal(elem, a + i * size, b + i * size)? {
                        return Ok(false);
                    }
                }
                true
            }
            Kind::Struct => {
                // As gc: what is cheap to compare first, up to what may panic; of strings only the lengths.
                for f in ty.fields.iter().filter(|f| f.name != "_") {
                    let (x, y) = (a + f.offset as u64, b + f.offset as u64);
                    let part = &*f.ty;
                    let differ = match (part.equality, part.kind) {
                        (Equality::Memory, _) => !equal_bytes(x, y, part.size()),
                        (_, Kind::String) => string_at(x).len != string_at(y).len,
                        _ => break,
                    };
                    if differ {
                        return Ok(false);
                    }
                }
                for f in ty.fields.iter().filter(|f| f.name != "_") {
                    let off = f.offset as u64;
                    if !equal(&*f.ty, a + off, b + off)? {
                        return Ok(false);
                    }
                }
                true
            }
            _ => equal_bytes(a, b, ty.size()),
        })
    }
}

/// Whether two interfaces hold equal values of the same type.
///
/// # Safety
/// Both are well-formed.
pub(crate) unsafe fn equal_ifaces(a: Iface, b: Iface) -> Result<bool, Uncomparable> {
    if a.ty != b.ty {
        return Ok(false);
    }
    // SAFETY: type words are null or immortal descriptors; indirect data words point at values.
    unsafe {
        let Some(ty) = a.ty.as_ref() else {
            return Ok(true);
        };
        if ty.equality == Equality::None {
            return Err(ty);
        }
        if !ty.is_direct() {
            return equal(ty, a.data, b.data);
        }
        if ty.equality == Equality::Memory {
            return Ok(a.data == b.data);
        }
        equal(ty, &raw const a.data as u64, &raw const b.data as u64)
    }
}

/// A hash of the value of type `ty` at `p`.
///
/// # Safety
/// The address holds a value of that type.
pub(crate) unsafe fn hash(ty: &'static Rtype, p: u64, seed: u64) -> Result<u64, Uncomparable> {
    // SAFETY: as the caller promises; parts lie inside their whole.
    unsafe {
        match ty.equality {
            Equality::Memory => return Ok(hash_bytes(p, ty.size(), seed)),
            Equality::None => return Err(ty),
            Equality::Structural => {}
        }
        Ok(match ty.kind {
            Kind::String => {
                let s = string_at(p);
                hash_bytes(s.ptr as u64, s.len as usize, seed)
            }
            Kind::Interface => return hash_iface(iface_at(p), seed),
            Kind::Float64 => hash_float(f64_at(p), seed),
            Kind::Float32 => hash_float(f32_at(p) as f64, seed),
            Kind::Complex128 => hash_float(f64_at(p + 8), hash_float(f64_at(p), seed)),
            Kind::Complex64 => hash_float(f32_at(p + 4) as f64, hash_float(f32_at(p) as f64, seed)),
            Kind::Array => {
                let (elem, size) = (ty.elem(), ty.elem().size() as u64);
                let mut h = seed;
                for i in 0..ty.len {
                    h = hash(elem, p + i * size, h)?;
                }
                h
            }
            Kind::Struct => {
                let mut h = seed;
                for f in ty.fields.iter().filter(|f| f.name != "_") {
                    h = hash(&*f.ty, p + f.offset as u64, h)?;
                }
                h
            }
            _ => hash_bytes(p, ty.size(), seed),
        })
    }
}

/// # Safety
/// The interface is well-formed.
pub unsafe fn hash_iface(v: Iface, seed: u64) -> Result<u64, Uncomparable> {
    // SAFETY: type words are null or immortal descriptors; indirect data words point at values.
    unsafe {
        let Some(ty) = v.ty.as_ref() else {
            return Ok(mix(seed, K2));
        };
        let seed = seed ^ ty.hash as u64;
        if ty.is_direct() {
            hash(ty, &raw const v.data as u64, seed)
        } else {
            hash(ty, v.data, seed)
        }
    }
}

/// Zeros hash alike; every NaN differs from everything, so its hash may be anything, and should be.
fn hash_float(x: f64, seed: u64) -> u64 {
    if x == 0.0 {
        hash_word(0, seed)
    } else if x.is_nan() {
        hash_word(rand64(), seed)
    } else {
        hash_word(x.to_bits(), seed)
    }
}

const K1: u64 = 0xa076_1d64_78bd_642f;
const K2: u64 = 0xe703_7ed1_a0b4_28db;

/// Folded 128-bit product: every bit of the factors reaches every bit of the result.
#[inline(always)]
fn mix(a: u64, b: u64) -> u64 {
    let r = a as u128 * b as u128;
    r as u64 ^ (r >> 64) as u64
}

/// Hash of one word.
#[inline(always)]
pub(crate) fn hash_word(x: u64, seed: u64) -> u64 {
    mix(x ^ K1, seed ^ K2)
}

/// Hash of `n` bytes.
///
/// # Safety
/// The bytes are readable.
#[inline]
pub unsafe fn hash_bytes(p: u64, n: usize, seed: u64) -> u64 {
    // Two words cover the ends, overlapping if need be; longer inputs fold 16 bytes at a time before.
    // SAFETY: all reads lie within the bytes.
    unsafe {
        let at = |i: usize| (p as *const u8).add(i);
        let word = |i: usize| at(i).cast::<u64>().read_unaligned();
        let half = |i: usize| at(i).cast::<u32>().read_unaligned() as u64;
        let mut h = seed ^ K2;
        let (x, y) = match n {
            0 => (0, 0),
            1..4 => {
                let ends = (*at(0) as u64) << 16 | (*at(n / 2) as u64) << 8 | *at(n - 1) as u64;
                (ends, 0)
            }
            4..8 => (half(0), half(n - 4)),
            8..=16 => (word(0), word(n - 8)),
            _ => {
                let mut i = 0;
                while i + 16 < n {
                    h = mix(word(i) ^ K1, word(i + 8) ^ h);
                    i += 16;
                }
                (word(n - 16), word(n - 8))
            }
        };
        mix(K1 ^ n as u64, mix(x ^ K1, y ^ h))
    }
}

/// # Safety
/// Both places are readable.
#[inline(always)]
unsafe fn equal_bytes(a: u64, b: u64, n: usize) -> bool {
    // SAFETY: as the caller promises.
    unsafe {
        match n {
            // Structs of small fields may lie at any multiple of their own alignment.
            8 if (a | b) & 7 == 0 => ld64(a) == ld64(b),
            4 if (a | b) & 3 == 0 => ld32(a) == ld32(b),
            2 if (a | b) & 1 == 0 => ld16(a) == ld16(b),
            1 => ld8(a) == ld8(b),
            0 => true,
            _ => {
                let (a, b) = (a as *const u8, b as *const u8);
                std::slice::from_raw_parts(a, n) == std::slice::from_raw_parts(b, n)
            }
        }
    }
}

unsafe fn string_at(p: u64) -> GoStr {
    // SAFETY: the callers have a string there.
    unsafe {
        GoStr {
            ptr: ld64(p) as *const u8,
            len: ld64(p + 8) as i64,
        }
    }
}

unsafe fn iface_at(p: u64) -> Iface {
    // SAFETY: the callers have an interface there.
    unsafe {
        Iface {
            ty: ld64(p) as *const Rtype,
            data: ld64(p + 8),
        }
    }
}

unsafe fn f64_at(p: u64) -> f64 {
    // SAFETY: the callers have a float64 there.
    f64::from_bits(unsafe { ld64(p) })
}

unsafe fn f32_at(p: u64) -> f32 {
    // SAFETY: the callers have a float32 there.
    f32::from_bits(unsafe { ld32(p) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_counts_in_a_hash() {
        for n in 0..70usize {
            let mut bytes = vec![7u8; n];
            // SAFETY: the bytes are the vector's.
            let of = |b: &[u8]| unsafe { hash_bytes(b.as_ptr() as u64, b.len(), 1) };
            let before = of(&bytes);
            for i in 0..n {
                bytes[i] ^= 1;
                assert_ne!(of(&bytes), before, "byte {i} of {n}");
                bytes[i] ^= 1;
            }
        }
    }
}

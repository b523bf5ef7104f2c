//! Packages hash/… and maphash: what is done for each byte.

use minigo_vm::equality;
use minigo_vm::native;
use minigo_vm::native::{GoSlice, GoStr, Iface, NativeTable, raise_runtime_error};

native! {
    fn adler32(gp, sum: u32, p: GoSlice) -> u32 {
        let (mut a, mut b) = (sum & 0xffff, sum >> 16);
        // So many bytes can be added before 32 bits overflow.
        for part in p.bytes().chunks(5552) {
            for &c in part {
                a += c as u32;
                b += a;
            }
            a %= 65521;
            b %= 65521;
        }
        b << 16 | a
    }
    fn crc32(gp, crc: u32, table: *const [u32; 256], p: GoSlice) -> u32 {
        let table = &*table;
        let step = |crc: u32, &c: &u8| table[(crc as u8 ^ c) as usize] ^ crc >> 8;
        !p.bytes().iter().fold(!crc, step)
    }
    fn crc64(gp, crc: u64, table: *const [u64; 256], p: GoSlice) -> u64 {
        let table = &*table;
        let step = |crc: u64, &c: &u8| table[(crc as u8 ^ c) as usize] ^ crc >> 8;
        !p.bytes().iter().fold(!crc, step)
    }
    fn fnv32(gp, h: u32, p: GoSlice, first: bool) -> u32 {
        const PRIME: u32 = 16777619;
        let bytes = p.bytes().iter();
        match first {
            true => bytes.fold(h, |h, &c| (h ^ c as u32).wrapping_mul(PRIME)),
            false => bytes.fold(h, |h, &c| h.wrapping_mul(PRIME) ^ c as u32),
        }
    }
    fn fnv64(gp, h: u64, p: GoSlice, first: bool) -> u64 {
        const PRIME: u64 = 1099511628211;
        let bytes = p.bytes().iter();
        match first {
            true => bytes.fold(h, |h, &c| (h ^ c as u64).wrapping_mul(PRIME)),
            false => bytes.fold(h, |h, &c| h.wrapping_mul(PRIME) ^ c as u64),
        }
    }
    fn hash_slice(gp, seed: u64, b: GoSlice) -> u64 { equality::hash_bytes(b.ptr as u64, b.len as usize, seed) }
    fn hash_string(gp, seed: u64, s: GoStr) -> u64 { equality::hash_bytes(s.ptr as u64, s.len as usize, seed) }
    fn hash_value(gp, seed: u64, v: Iface) -> Result<u64, native::NativeRet> {
        equality::hash_iface(v, seed)
            .map_err(|ty| raise_runtime_error(gp, &format!("hash of unhashable type {}", ty.string)))
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("hash/adler32.update", adler32),
    ("hash/crc32.update", crc32),
    ("hash/crc64.update", crc64),
    ("hash/fnv.update32", fnv32),
    ("hash/fnv.update64", fnv64),
    ("hash/maphash.hashBytes", hash_slice),
    ("hash/maphash.hashString", hash_string),
    ("hash/maphash.hashValue", hash_value),
];

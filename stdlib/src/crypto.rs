//! Packages crypto/…: what is done for each block, by the RustCrypto crates, which use what the processor has for it.

use aes::cipher::{BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use aes::{Aes128, Aes192, Aes256, Block};
use minigo_runtime::nondet;
use minigo_vm::native;
use minigo_vm::native::{GoSlice, NativeTable};

/// Kinds below these are MD5, SHA-1, SHA-224/256; the rest is SHA-384/512. (Go: `blockhash.Kind`)
const SHA1: i64 = 1;
const SHA384: i64 = 4;

/// The state in 32-bit words: the low halves of Go's.
fn with_words<const N: usize>(state: &mut [u64; 8], f: impl FnOnce(&mut [u32; N])) {
    let mut words = [0u32; N];
    for (w, s) in words.iter_mut().zip(&*state) {
        *w = *s as u32;
    }
    f(&mut words);
    for (s, w) in state.iter_mut().zip(words) {
        *s = w as u64;
    }
}

/// What Keccak adds to the first lane in each round, from its shift register.
fn round_constants() -> [u64; 24] {
    let mut lfsr = 1u8;
    std::array::from_fn(|_| {
        let mut c = 0u64;
        for j in 0..7 {
            if lfsr & 1 != 0 {
                c ^= 1 << ((1u32 << j) - 1);
            }
            lfsr = lfsr << 1 ^ if lfsr & 0x80 != 0 { 0x71 } else { 0 };
        }
        c
    })
}

/// The permutation Keccak-f[1600].
fn keccak(a: &mut [u64; 25]) {
    static CONSTANTS: std::sync::LazyLock<[u64; 24]> = std::sync::LazyLock::new(round_constants);
    for c in *CONSTANTS {
        let column: [u64; 5] = std::array::from_fn(|x| (0..5).fold(0, |s, y| s ^ a[x + 5 * y]));
        for (i, lane) in a.iter_mut().enumerate() {
            *lane ^= column[(i + 4) % 5] ^ column[(i + 1) % 5].rotate_left(1);
        }
        let (mut x, mut y, mut lane) = (1, 0, a[1]);
        for t in 1..=24u32 {
            (x, y) = (y, (2 * x + 3 * y) % 5);
            let turned = lane.rotate_left(t * (t + 1) / 2 % 64);
            lane = std::mem::replace(&mut a[x + 5 * y], turned);
        }
        for row in a.chunks_exact_mut(5) {
            let old: [u64; 5] = std::array::from_fn(|x| row[x]);
            for x in 0..5 {
                row[x] = old[x] ^ !old[(x + 1) % 5] & old[(x + 2) % 5];
            }
        }
        a[0] ^= c;
    }
}

/// Multiples of a GHASH key by all values of 4 bits, and what shifting by 4 bits brings back in.
struct GhashKey {
    multiples: [u128; 16],
    reduced: [u128; 16],
}

impl GhashKey {
    fn new(h: u128) -> GhashKey {
        const POLY: u128 = 0xe1 << 120;
        let halve = |v: u128| v >> 1 ^ if v & 1 != 0 { POLY } else { 0 };
        let mut multiples = [0; 16];
        let mut part = h;
        for bit in [8, 4, 2, 1] {
            multiples[bit] = part;
            part = halve(part);
        }
        let reduced = std::array::from_fn(|i| (0..4).fold(i as u128, |v, _| halve(v)));
        for i in 1..16usize {
            let top = 1 << i.ilog2();
            if i != top {
                multiples[i] = multiples[top] ^ multiples[i - top];
            }
        }
        GhashKey { multiples, reduced }
    }

    fn times(&self, x: u128) -> u128 {
        let mut z = 0u128;
        for i in 0..32 {
            z = z >> 4 ^ self.reduced[(z & 15) as usize];
            z ^= self.multiples[(x >> (4 * i) & 15) as usize];
        }
        z
    }
}

/// The modes of Go's `crypt`.
fn crypt<C>(c: &C, mode: i64, iv: &mut [u8; 16], dst: *mut u8, src: *const u8, n: usize)
where
    C: BlockCipherEncrypt
        + BlockCipherDecrypt
        + aes::cipher::BlockSizeUser<BlockSize = aes::cipher::consts::U16>,
{
    for at in (0..n).step_by(16) {
        // SAFETY: both slices have n bytes, and are the same or do not overlap; the block is read before it is written.
        let text: [u8; 16] = unsafe { src.add(at).cast::<[u8; 16]>().read() };
        let mut block = Block::from(text);
        let xor = |block: &mut Block, with: &[u8; 16]| {
            block.iter_mut().zip(with).for_each(|(a, b)| *a ^= b)
        };
        match mode {
            0 => c.encrypt_block(&mut block),
            1 => c.decrypt_block(&mut block),
            2 => {
                xor(&mut block, iv);
                c.encrypt_block(&mut block);
                *iv = block.into();
            }
            3 => {
                c.decrypt_block(&mut block);
                xor(&mut block, iv);
                *iv = text;
            }
            _ => {
                block = Block::from(*iv);
                c.encrypt_block(&mut block);
                xor(&mut block, &text);
                *iv = u128::from_be_bytes(*iv).wrapping_add(1).to_be_bytes();
            }
        }
        // SAFETY: as above.
        unsafe { dst.add(at).cast::<[u8; 16]>().write(block.into()) };
    }
}

native! {
    fn blocks(gp, kind: i64, state: *mut [u64; 8], p: GoSlice) {
        let state = &mut *state;
        let (small, _) = p.bytes().as_chunks::<64>();
        if kind < SHA1 {
            with_words(state, |s| md5::block_api::compress(s, small));
        } else if kind == SHA1 {
            with_words(state, |s| sha1::block_api::compress(s, small));
        } else if kind < SHA384 {
            with_words(state, |s| sha2::block_api::compress256(s, small));
        } else {
            sha2::block_api::compress512(state, p.bytes().as_chunks::<128>().0);
        }
    }
    fn permute(gp, state: *mut [u8; 200]) {
        let (lanes, _) = (*state).as_chunks_mut::<8>();
        let mut a: [u64; 25] = std::array::from_fn(|i| u64::from_le_bytes(lanes[i]));
        keccak(&mut a);
        for (lane, v) in lanes.iter_mut().zip(a) {
            *lane = v.to_le_bytes();
        }
    }
    fn xor(gp, dst: GoSlice, x: GoSlice, y: GoSlice, n: usize) {
        for i in 0..n {
            *dst.ptr.add(i) = *x.ptr.add(i) ^ *y.ptr.add(i);
        }
    }
    fn overlaps(gp, x: GoSlice, y: GoSlice) -> bool {
        x.ptr != y.ptr && x.ptr.addr().abs_diff(y.ptr.addr()) < x.len as usize
    }
    fn aes_crypt(gp, key: GoSlice, mode: i64, iv: *mut [u8; 16], dst: GoSlice, src: GoSlice) {
        let mut none = [0; 16];
        let iv = iv.as_mut().unwrap_or(&mut none);
        let (key, n) = (key.bytes(), src.len as usize);
        if let Ok(c) = Aes128::new_from_slice(key) {
            crypt(&c, mode, iv, dst.ptr, src.ptr, n);
        } else if let Ok(c) = Aes192::new_from_slice(key) {
            crypt(&c, mode, iv, dst.ptr, src.ptr, n);
        } else if let Ok(c) = Aes256::new_from_slice(key) {
            crypt(&c, mode, iv, dst.ptr, src.ptr, n);
        }
    }
    fn ghash(gp, h: *const [u8; 16], sum: *mut [u8; 16], data: GoSlice) {
        let key = GhashKey::new(u128::from_be_bytes(*h));
        let mut s = u128::from_be_bytes(*sum);
        for part in data.bytes().chunks(16) {
            let mut block = [0; 16];
            block[..part.len()].copy_from_slice(part);
            s = key.times(s ^ u128::from_be_bytes(block));
        }
        *sum = s.to_be_bytes();
    }
    fn fatal(gp, text: native::GoStr) { minigo_runtime::fatal(&String::from_utf8_lossy(text.bytes())) }
    fn random(gp, b: GoSlice) { nondet::fill_random(b.bytes_mut()) }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("crypto/aes.crypt", aes_crypt),
    ("crypto/cipher.ghash", ghash),
    ("crypto/rand.fatal", fatal),
    ("crypto/sha3.permute", permute),
    ("crypto/subtle.overlaps", overlaps),
    ("crypto/subtle.xor", xor),
    ("internal/blockhash.blocks", blocks),
    ("internal/sysrand.Read", random),
];

//! Packages math/rand and math/rand/v2: the generators, and the tables for other distributions.

use minigo_runtime::nondet::rand64;
use minigo_vm::native;
use minigo_vm::native::NativeTable;
use std::sync::OnceLock;

include!(concat!(env!("OUT_DIR"), "/rng_state.rs"));

/// rand.rngSource in memory.
#[repr(C)]
struct RngSource {
    tap: usize,
    feed: usize,
    vec: [u64; 607],
}

impl RngSource {
    fn seed(&mut self, seed: i64) {
        const M: i64 = (1 << 31) - 1;
        let step = |x: i64| x * 48271 % M;
        self.tap = 0;
        self.feed = 607 - 273;
        let mut x = seed % M;
        if x < 0 {
            x += M;
        }
        if x == 0 {
            x = 89482311;
        }
        for _ in 0..20 {
            x = step(x);
        }
        for (v, start) in self.vec.iter_mut().zip(STATE) {
            x = step(x);
            *v = (x << 40) as u64;
            x = step(x);
            *v ^= (x << 20) as u64;
            x = step(x);
            *v ^= x as u64 ^ start;
        }
    }

    fn next(&mut self) -> u64 {
        self.tap = self.tap.checked_sub(1).unwrap_or(606).min(606);
        self.feed = self.feed.checked_sub(1).unwrap_or(606).min(606);
        let x = self.vec[self.feed].wrapping_add(self.vec[self.tap]);
        self.vec[self.feed] = x;
        x
    }
}

/// An entry of the ziggurat: how large a sample surely is inside, what scales it, the density here and before.
type Step = (u32, f32, f32, f32);

/// Layers of equal area under a falling density, from the tail's start `r` on. (Marsaglia and Tsang 2000, `zigset`)
fn ziggurat(
    layers: usize,
    bits: i32,
    r: f64,
    area: f64,
    f: fn(f64) -> f64,
    f_inverse: fn(f64) -> f64,
) -> Vec<Step> {
    let m = 2f64.powi(bits);
    let (mut k, mut w, mut d) = (vec![0u32; layers], vec![0f32; layers], vec![0f32; layers]);
    let last = layers - 1;
    let q = area / f(r);
    k[0] = (r / q * m) as u32;
    w[0] = (q / m) as f32;
    w[last] = (r / m) as f32;
    d[0] = 1.0;
    d[last] = f(r) as f32;
    let (mut x, mut outer) = (r, r);
    for i in (1..last).rev() {
        x = f_inverse(area / x + f(x));
        k[i + 1] = (x / outer * m) as u32;
        outer = x;
        d[i] = f(x) as f32;
        w[i] = (x / m) as f32;
    }
    (0..layers)
        .map(|i| (k[i], w[i], d[i], d[i.saturating_sub(1)]))
        .collect()
}

fn normal() -> &'static [Step] {
    static TABLE: OnceLock<Vec<Step>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let density = |x: f64| (-0.5 * x * x).exp();
        ziggurat(128, 31, 3.442619855899, 9.91256303526217e-3, density, |y| {
            (-2.0 * y.ln()).sqrt()
        })
    })
}

fn exponential() -> &'static [Step] {
    static TABLE: OnceLock<Vec<Step>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let density = |x: f64| (-x).exp();
        ziggurat(
            256,
            32,
            7.697_117_470_131_05,
            3.949659822581572e-3,
            density,
            |y| -y.ln(),
        )
    })
}

/// rand.PCG in memory.
#[repr(C)]
struct Pcg {
    hi: u64,
    lo: u64,
}

/// rand.ChaCha8 in memory, as far as natives use it.
#[repr(C)]
struct ChaCha8 {
    buf: [u64; 32],
    seed: [u64; 4],
    i: u64,
    n: u64,
    counter: u64,
}

impl ChaCha8 {
    /// Four blocks side by side: word j of block b is the b-th 32-bit lane of row j.
    fn refill(&mut self) {
        let mut rows = [[0u32; 4]; 16];
        for block in 0..4 {
            let mut w = [0u32; 16];
            w[..4].copy_from_slice(&[0x61707865, 0x3320646e, 0x79622d32, 0x6b206574]);
            for (i, s) in self.seed.iter().enumerate() {
                w[4 + 2 * i] = *s as u32;
                w[5 + 2 * i] = (s >> 32) as u32;
            }
            w[12] = self.counter as u32 + block as u32;
            let key: [u32; 8] = w[4..12].try_into().expect("eight words");
            let mut quarter = |a: usize, b: usize, c: usize, d: usize| {
                for (rotate_d, rotate_b) in [(16, 12), (8, 7)] {
                    w[a] = w[a].wrapping_add(w[b]);
                    w[d] = (w[d] ^ w[a]).rotate_left(rotate_d);
                    w[c] = w[c].wrapping_add(w[d]);
                    w[b] = (w[b] ^ w[c]).rotate_left(rotate_b);
                }
            };
            for _ in 0..4 {
                for i in 0..4 {
                    quarter(i, 4 + i, 8 + i, 12 + i);
                }
                for i in 0..4 {
                    quarter(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4);
                }
            }
            // Only the key is added again: the rest is known.
            for (w, k) in w[4..12].iter_mut().zip(key) {
                *w = w.wrapping_add(k);
            }
            for (row, w) in rows.iter_mut().zip(w) {
                row[block] = w;
            }
        }
        for (to, pair) in self.buf.iter_mut().zip(rows.as_flattened().chunks_exact(2)) {
            *to = pair[0] as u64 | (pair[1] as u64) << 32;
        }
        self.i = 0;
        // The last numbers of every 16 blocks become the next seed.
        self.n = if self.counter == 12 { 28 } else { 32 };
    }

    fn next(&mut self) -> u64 {
        if self.i >= self.n {
            self.counter += 4;
            if self.counter == 16 {
                self.seed.copy_from_slice(&self.buf[28..]);
                self.counter = 0;
            }
            self.refill();
        }
        self.i += 1;
        self.buf[self.i as usize - 1]
    }
}

native! {
    fn random(gp) -> u64 { rand64() }
    fn rng_seed(gp, rng: *mut RngSource, seed: i64) { (*rng).seed(seed) }
    fn rng_int63(gp, rng: *mut RngSource) -> u64 { (*rng).next() & (u64::MAX >> 1) }
    fn rng_uint64(gp, rng: *mut RngSource) -> u64 { (*rng).next() }
    fn normal_step(gp, i: u32) -> (u32, f32, f32, f32) { normal()[i as usize] }
    fn exponential_step(gp, i: u32) -> (u32, f32, f32, f32) { exponential()[i as usize] }
    fn pcg_uint64(gp, p: *mut Pcg) -> u64 {
        const MULTIPLIER: u128 = 2549297995355413924 << 64 | 4865540595714422341;
        const INCREMENT: u128 = 6364136223846793005 << 64 | 1442695040888963407;
        let state = ((*p).hi as u128) << 64 | (*p).lo as u128;
        let state = state.wrapping_mul(MULTIPLIER).wrapping_add(INCREMENT);
        let (mut hi, lo) = ((state >> 64) as u64, state as u64);
        ((*p).hi, (*p).lo) = (hi, lo);
        // DXSM: xorshift and multiply twice.
        hi ^= hi >> 32;
        hi = hi.wrapping_mul(0xda942042e4dd58b5);
        hi ^= hi >> 48;
        hi.wrapping_mul(lo | 1)
    }
    fn chacha8_refill(gp, c: *mut ChaCha8) { (*c).refill() }
    fn chacha8_uint64(gp, c: *mut ChaCha8) -> u64 { (*c).next() }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("math/rand.exponential", exponential_step),
    ("math/rand.normal", normal_step),
    ("math/rand.random", random),
    ("math/rand.rngSource.Int63", rng_int63),
    ("math/rand.rngSource.Seed", rng_seed),
    ("math/rand.rngSource.Uint64", rng_uint64),
    ("math/rand/v2.ChaCha8.Uint64", chacha8_uint64),
    ("math/rand/v2.ChaCha8.refill", chacha8_refill),
    ("math/rand/v2.PCG.Uint64", pcg_uint64),
    ("math/rand/v2.exponential", exponential_step),
    ("math/rand/v2.normal", normal_step),
    ("math/rand/v2.random", random),
];

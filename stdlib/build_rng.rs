//! The additive lagged Fibonacci generator of Go's math/rand starts every seed from one fixed state: its own state after
//! 7.8 million million steps from seed 1. That is too many to take, but the generator is linear, so they can be leapt
//! over: the state after n steps follows from x^n modulo the recurrence's polynomial.

const LEN: usize = 607;
const TAP: usize = 273;
const STEPS: u64 = 7_800_000_000_000;

/// A step of the multiplicative generator that seeds it: 48271 x mod 2^31-1.
fn seed_step(x: u64) -> u64 {
    x * 48271 % ((1 << 31) - 1)
}

/// Reduces a polynomial by x^607 = x^334 + 1, which is the recurrence a[n] = a[n-607] + a[n-273].
fn reduce(mut p: Vec<u64>) -> Vec<u64> {
    for d in (LEN..p.len()).rev() {
        let c = p[d];
        p[d - LEN] = p[d - LEN].wrapping_add(c);
        p[d - TAP] = p[d - TAP].wrapping_add(c);
    }
    p.truncate(LEN);
    p
}

fn multiply(a: &[u64], b: &[u64]) -> Vec<u64> {
    let mut p = vec![0u64; 2 * LEN];
    for (i, &x) in a.iter().enumerate().filter(|(_, x)| **x != 0) {
        for (to, &y) in p[i..].iter_mut().zip(b) {
            *to = to.wrapping_add(x.wrapping_mul(y));
        }
    }
    reduce(p)
}

/// The state, in the order in which the generator keeps it.
pub fn state() -> Vec<u64> {
    let mut x = 1;
    for _ in 0..20 {
        x = seed_step(x);
    }
    let mut vec = [0u64; LEN];
    for v in &mut vec {
        x = seed_step(x);
        *v = x << 20;
        x = seed_step(x);
        *v ^= x << 10;
        x = seed_step(x);
        *v ^= x;
    }
    // The place that step n (from 1) writes; what lay there is a[n-1], what it writes a[n+606].
    let place = |n: u64| ((2 * LEN - TAP) as u64 - 1 - (n - 1) % LEN as u64) as usize % LEN;
    let mut a: Vec<u64> = (1..=LEN as u64).map(|n| vec[place(n)]).collect();
    for n in LEN..2 * LEN {
        a.push(a[n - LEN].wrapping_add(a[n - TAP]));
    }
    // x^STEPS by squaring.
    let mut power = vec![0u64; LEN];
    power[0] = 1;
    for bit in (0..64 - STEPS.leading_zeros()).rev() {
        power = multiply(&power, &power);
        if STEPS >> bit & 1 == 1 {
            power.insert(0, 0);
            power = reduce(power);
        }
    }
    for n in 1..=LEN as u64 {
        let from = &a[n as usize - 1..];
        let sum = power
            .iter()
            .zip(from)
            .fold(0u64, |s, (c, x)| s.wrapping_add(c.wrapping_mul(*x)));
        vec[place(STEPS + n)] = sum;
    }
    vec.to_vec()
}

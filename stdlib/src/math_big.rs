//! Package math/big: arithmetic of natural numbers, as slices of words with the lowest first and no zero word last.
//!
//! What is short is done here, on the words; what takes long enough for a better method goes to num-bigint.

use crate::util::on_deep_stack;
use minigo_vm::native;
use minigo_vm::native::{G, GoSlice, GoStr, NativeTable, alloc_bytes, new_string};
use num_bigint::{BigInt, BigUint, Sign};
use num_traits::{One, Signed, Zero};
use std::cmp::Ordering;

/// Products of factors shorter than this are made word by word.
const SCHOOLBOOK: usize = 32;

/// A number's words.
///
/// # Safety
/// As [`GoSlice::elems`].
unsafe fn words<'a>(x: GoSlice) -> &'a [u64] {
    // SAFETY: as the caller promises.
    unsafe { x.elems::<u64>() }
}

fn big(x: &[u64]) -> BigUint {
    // SAFETY: any bytes are words of half the size; the machine is little-endian.
    BigUint::from_slice(unsafe {
        std::slice::from_raw_parts(x.as_ptr().cast::<u32>(), 2 * x.len())
    })
}

fn trimmed(x: &[u64]) -> &[u64] {
    let n = x.iter().rposition(|&w| w != 0).map_or(0, |i| i + 1);
    &x[..n]
}

/// Room for `n` words: that of `z`, if it is enough.
///
/// # Safety
/// `gp` is the running goroutine.
unsafe fn room(gp: *mut G, z: GoSlice, n: usize) -> GoSlice {
    if n <= z.cap as usize {
        return GoSlice { len: n as i64, ..z };
    }
    // Somewhat more than asked for: numbers grow.
    let cap = if n == 1 { 1 } else { n + 4 };
    // SAFETY: as the caller promises. What lies behind the length is not read before it is written.
    let ptr = unsafe { alloc_bytes(gp, cap * 8, false) };
    GoSlice {
        ptr,
        len: n as i64,
        cap: cap as i64,
    }
}

/// A number with these words, which do not lie in `z`.
///
/// # Safety
/// `gp` is the running goroutine.
unsafe fn give(gp: *mut G, z: GoSlice, x: &[u64]) -> GoSlice {
    let x = trimmed(x);
    // SAFETY: as the caller promises; there is room.
    unsafe {
        let z = room(gp, z, x.len());
        if !x.is_empty() {
            std::ptr::copy(x.as_ptr(), z.ptr.cast(), x.len());
        }
        z
    }
}

/// As [`give`].
unsafe fn give_big(gp: *mut G, z: GoSlice, x: &BigUint) -> GoSlice {
    let digits: Vec<u64> = x.iter_u64_digits().collect();
    // SAFETY: as the caller promises.
    unsafe { give(gp, z, &digits) }
}

/// Leaves out zero words at the end.
unsafe fn shorten(z: GoSlice) -> GoSlice {
    // SAFETY: the words were written.
    let len = trimmed(unsafe { words(z) }).len() as i64;
    GoSlice { len, ..z }
}

fn order(x: &[u64], y: &[u64]) -> Ordering {
    x.len()
        .cmp(&y.len())
        .then_with(|| x.iter().rev().cmp(y.iter().rev()))
}

/// Word by word, with the longer one's rest; each word is read before its place is written.
unsafe fn each(
    gp: *mut G,
    z: GoSlice,
    x: GoSlice,
    y: GoSlice,
    n: usize,
    f: impl Fn(u64, u64) -> u64,
) -> GoSlice {
    // SAFETY: both are numbers, and there is room for n words.
    unsafe {
        let z = room(gp, z, n);
        let (x, y) = (words(x), words(y));
        for i in 0..n {
            let v = f(
                x.get(i).copied().unwrap_or(0),
                y.get(i).copied().unwrap_or(0),
            );
            *z.ptr.cast::<u64>().add(i) = v;
        }
        shorten(z)
    }
}

fn carrying_add(x: u64, y: u64, carry: bool) -> (u64, bool) {
    let (s, c1) = x.overflowing_add(y);
    let (s, c2) = s.overflowing_add(carry as u64);
    (s, c1 | c2)
}

fn multiply(to: &mut [u64], x: &[u64], y: &[u64]) {
    to.fill(0);
    for (i, &a) in x.iter().enumerate() {
        let mut carry = 0u64;
        for (t, &b) in to[i..].iter_mut().zip(y) {
            let v = a as u128 * b as u128 + *t as u128 + carry as u128;
            *t = v as u64;
            carry = (v >> 64) as u64;
        }
        to[i + y.len()] = carry;
    }
}

/// Text of a number in a base up to 62: digits, then small letters, then capitals.
fn text(x: &[u64], base: u32) -> Vec<u8> {
    if base <= 36 {
        return big(x).to_str_radix(base).into_bytes();
    }
    let mut digits = if x.is_empty() {
        vec![0]
    } else {
        big(x).to_radix_be(base)
    };
    for d in &mut digits {
        *d = match *d {
            v @ ..10 => b'0' + v,
            v @ 10..36 => b'a' + v - 10,
            v => b'A' + v - 36,
        };
    }
    digits
}

/// a to the power b, modulo m if that is not 0.
fn power(a: BigUint, b: BigUint, m: BigUint) -> BigUint {
    if !m.is_zero() {
        return a.modpow(&b, &m);
    }
    let mut result = BigUint::one();
    for i in (0..b.bits()).rev() {
        result = &result * &result;
        if b.bit(i) {
            result *= &a;
        }
    }
    result
}

/// Factors of a and b whose sum of products is their greatest common divisor, as Euclid's algorithm finds them.
fn extended_gcd(a: BigUint, b: BigUint) -> (BigUint, BigInt, BigInt) {
    let (mut r, mut s) = (BigInt::from(a.clone()), BigInt::from(b.clone()));
    let (mut x, mut next) = (BigInt::one(), BigInt::zero());
    while !s.is_zero() {
        let q = &r / &s;
        let rest = &r - &q * &s;
        r = std::mem::replace(&mut s, rest);
        let rest = &x - &q * &next;
        x = std::mem::replace(&mut next, rest);
    }
    let y = if b.is_zero() {
        BigInt::zero()
    } else {
        (&r - &x * BigInt::from(a)) / BigInt::from(b)
    };
    (r.magnitude().clone(), x, y)
}

native! {
    fn add(gp, z: GoSlice, x: GoSlice, y: GoSlice) -> GoSlice {
        let (x, y) = if x.len < y.len { (y, x) } else { (x, y) };
        let (a, b) = (words(x), words(y));
        let n = a.len();
        let z = room(gp, z, n + 1);
        let to = z.ptr.cast::<u64>();
        let mut carry = false;
        for (i, &v) in b.iter().enumerate() {
            let (s, c) = carrying_add(a[i], v, carry);
            *to.add(i) = s;
            carry = c;
        }
        for (i, w) in a.iter().enumerate().skip(b.len()) {
            let (s, c) = w.overflowing_add(carry as u64);
            *to.add(i) = s;
            carry = c;
        }
        *to.add(n) = carry as u64;
        shorten(z)
    }
    // x >= y
    fn sub(gp, z: GoSlice, x: GoSlice, y: GoSlice) -> GoSlice {
        let (a, b) = (words(x), words(y));
        let z = room(gp, z, a.len());
        let to = z.ptr.cast::<u64>();
        let mut borrow = false;
        for (i, w) in a.iter().enumerate() {
            let (d, b1) = w.overflowing_sub(b.get(i).copied().unwrap_or(0));
            let (d, b2) = d.overflowing_sub(borrow as u64);
            *to.add(i) = d;
            borrow = b1 | b2;
        }
        shorten(z)
    }
    fn mul(gp, z: GoSlice, x: GoSlice, y: GoSlice) -> GoSlice {
        let (a, b) = (words(x), words(y));
        let n = a.len() + b.len();
        if a.len().min(b.len()) >= SCHOOLBOOK {
            return give_big(gp, z, &on_deep_stack(gp, || big(a) * big(b)));
        }
        if a.is_empty() || b.is_empty() {
            return GoSlice { len: 0, ..z };
        }
        if n <= 16 {
            let mut to = [0; 16];
            multiply(&mut to[..n], a, b);
            return give(gp, z, &to[..n]);
        }
        let mut to = vec![0; n];
        multiply(&mut to, a, b);
        give(gp, z, &to)
    }
    // y is not 0
    fn div(gp, q: GoSlice, r: GoSlice, x: GoSlice, y: GoSlice) -> (GoSlice, GoSlice) {
        let (a, b) = (words(x), words(y));
        if order(a, b) == Ordering::Less {
            let copy: Vec<u64> = a.to_vec();
            return (GoSlice { len: 0, ..q }, give(gp, r, &copy));
        }
        if let [d] = *b {
            let q = room(gp, q, a.len());
            let to = q.ptr.cast::<u64>();
            let mut rest = 0u64;
            for i in (0..a.len()).rev() {
                let v = (rest as u128) << 64 | a[i] as u128;
                // The quotient fits a word, because the rest is less than the divisor.
                *to.add(i) = (v / d as u128) as u64;
                rest = (v % d as u128) as u64;
            }
            return (shorten(q), give(gp, r, &[rest]));
        }
        let (quotient, rest) = on_deep_stack(gp, || {
            let (a, b) = (big(a), big(b));
            let quotient = &a / &b;
            let rest = a - &quotient * b;
            (quotient, rest)
        });
        (give_big(gp, q, &quotient), give_big(gp, r, &rest))
    }
    fn shl(gp, z: GoSlice, x: GoSlice, s: usize) -> GoSlice {
        let a = words(x);
        if a.is_empty() {
            return GoSlice { len: 0, ..z };
        }
        let (skip, bits) = (s / 64, s % 64);
        let z = room(gp, z, a.len() + skip + 1);
        let to = z.ptr.cast::<u64>();
        let wide = |w: u64| (w as u128) << bits;
        *to.add(a.len() + skip) = (wide(a[a.len() - 1]) >> 64) as u64;
        for i in (0..a.len()).rev() {
            let low = if i > 0 { (wide(a[i - 1]) >> 64) as u64 } else { 0 };
            *to.add(i + skip) = a[i] << bits | low;
        }
        to.write_bytes(0, skip);
        shorten(z)
    }
    fn shr(gp, z: GoSlice, x: GoSlice, s: usize) -> GoSlice {
        let a = words(x);
        let (skip, bits) = (s / 64, s % 64);
        if skip >= a.len() {
            return GoSlice { len: 0, ..z };
        }
        let n = a.len() - skip;
        let z = room(gp, z, n);
        for i in 0..n {
            let high = a.get(i + skip + 1).copied().unwrap_or(0) as u128;
            *z.ptr.cast::<u64>().add(i) = ((high << 64 | a[i + skip] as u128) >> bits) as u64;
        }
        shorten(z)
    }
    fn cmp(gp, x: GoSlice, y: GoSlice) -> i64 { order(words(x), words(y)) as i64 }
    fn and(gp, z: GoSlice, x: GoSlice, y: GoSlice) -> GoSlice { each(gp, z, x, y, x.len.min(y.len) as usize, |x, y| x & y) }
    fn or(gp, z: GoSlice, x: GoSlice, y: GoSlice) -> GoSlice { each(gp, z, x, y, x.len.max(y.len) as usize, |x, y| x | y) }
    fn xor(gp, z: GoSlice, x: GoSlice, y: GoSlice) -> GoSlice { each(gp, z, x, y, x.len.max(y.len) as usize, |x, y| x ^ y) }
    fn and_not(gp, z: GoSlice, x: GoSlice, y: GoSlice) -> GoSlice { each(gp, z, x, y, x.len as usize, |x, y| x & !y) }
    // m may be 0: then there is no modulus
    fn exp(gp, z: GoSlice, x: GoSlice, y: GoSlice, m: GoSlice) -> GoSlice {
        let (x, y, m) = (words(x), words(y), words(m));
        give_big(gp, z, &on_deep_stack(gp, || power(big(x), big(y), big(m))))
    }
    fn sqrt(gp, z: GoSlice, x: GoSlice) -> GoSlice {
        let x = words(x);
        give_big(gp, z, &on_deep_stack(gp, || big(x).sqrt()))
     }
    // The divisor, and the first factor with its sign, and the second.
    fn gcd(gp, a: GoSlice, b: GoSlice) -> (GoSlice, GoSlice, bool, GoSlice, bool) {
        let (a, b) = (words(a), words(b));
        let (d, x, y) = on_deep_stack(gp, || extended_gcd(big(a), big(b)));
        let none = GoSlice::NIL;
        (
            give_big(gp, none, &d),
            give_big(gp, none, x.magnitude()),
            x.is_negative(),
            give_big(gp, none, y.magnitude()),
            y.sign() == Sign::Minus,
        )
    }
    fn nat_text(gp, x: GoSlice, base: u32) -> GoStr {
        let x = words(x);
        new_string(gp, &on_deep_stack(gp, || text(x, base)))
     }
    // Digits by their value, the first one highest.
    fn from_digits(gp, z: GoSlice, digits: GoSlice, base: u32) -> GoSlice {
        let digits = digits.bytes();
        if digits.len() <= 10 {
            let v = digits.iter().fold(0u64, |v, &d| v * base as u64 + d as u64);
            return give(gp, z, &[v]);
        }
        let parse = || BigUint::from_radix_be(digits, base).unwrap_or_default();
        give_big(gp, z, &on_deep_stack(gp, parse))
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("math/big.natAdd", add),
    ("math/big.natAnd", and),
    ("math/big.natAndNot", and_not),
    ("math/big.natCmp", cmp),
    ("math/big.natDigits", from_digits),
    ("math/big.natDiv", div),
    ("math/big.natExp", exp),
    ("math/big.natGCD", gcd),
    ("math/big.natMul", mul),
    ("math/big.natOr", or),
    ("math/big.natShl", shl),
    ("math/big.natShr", shr),
    ("math/big.natSqrt", sqrt),
    ("math/big.natSub", sub),
    ("math/big.natText", nat_text),
    ("math/big.natXor", xor),
];

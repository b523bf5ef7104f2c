//! Elementary functions, to the last bit as gc's library has them on amd64: the same polynomials (fdlibm, Cephes) in the
//! same order of operations. Nothing is fused but where [`exp`] says so.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, LN_2, LOG2_E, LOG10_E, PI};

/// `((c0·x + c1)·x + c2)·x …`
pub fn horner(x: f64, coefficients: &[f64]) -> f64 {
    coefficients[1..]
        .iter()
        .fold(coefficients[0], |sum, c| sum * x + c)
}

pub const NAN: f64 = f64::from_bits(0x7ff8_0000_0000_0001);
const LN2_HI: f64 = 6.93147180369123816490e-01;
const LN2_LO: f64 = 1.90821492927058770002e-10;
const TWO_52: f64 = 4503599627370496.0;
const TWO_53: f64 = 9007199254740992.0;

// ---- taking floats apart ----

/// A normal number and the exponent that it was scaled by.
fn normalize(x: f64) -> (f64, i64) {
    if x.abs() < f64::MIN_POSITIVE {
        return (x * TWO_52, -52);
    }
    (x, 0)
}

fn exponent(x: f64) -> i64 {
    (x.to_bits() >> 52 & 0x7ff) as i64 - 1023
}

fn with_exponent(x: f64, e: i64) -> f64 {
    f64::from_bits(x.to_bits() & !(0x7ff << 52) | ((e + 1023) as u64) << 52)
}

pub fn frexp(f: f64) -> (f64, i64) {
    if f == 0.0 || !f.is_finite() {
        return (f, 0);
    }
    let (f, e) = normalize(f);
    (with_exponent(f, -1), e + exponent(f) + 1)
}

pub fn ldexp(frac: f64, exp: i64) -> f64 {
    if frac == 0.0 || !frac.is_finite() {
        return frac;
    }
    let (frac, e) = normalize(frac);
    let exp = exp.saturating_add(e + exponent(frac));
    match exp {
        ..-1075 => 0f64.copysign(frac),
        1024.. => f64::INFINITY.copysign(frac),
        // Rounded once, from a normal number.
        -1075..-1022 => with_exponent(frac, exp + 53) * (1.0 / TWO_53),
        _ => with_exponent(frac, exp),
    }
}

pub fn ilogb(x: f64) -> i64 {
    if x == 0.0 {
        return i32::MIN as i64;
    }
    if !x.is_finite() {
        return i32::MAX as i64;
    }
    let (x, e) = normalize(x);
    exponent(x) + e
}

pub fn logb(x: f64) -> f64 {
    match x {
        0.0 => f64::NEG_INFINITY,
        x if x.is_infinite() => f64::INFINITY,
        x if x.is_nan() => x,
        x => ilogb(x) as f64,
    }
}

pub fn modf(f: f64) -> (f64, f64) {
    let int = f.trunc();
    (int, (f - int).copysign(f))
}

pub fn nextafter(x: f64, y: f64) -> f64 {
    match () {
        _ if x.is_nan() || y.is_nan() => NAN,
        _ if x == y => x,
        _ if x == 0.0 => f64::from_bits(1).copysign(y),
        _ if (y > x) == (x > 0.0) => f64::from_bits(x.to_bits() + 1),
        _ => f64::from_bits(x.to_bits() - 1),
    }
}

pub fn nextafter32(x: f32, y: f32) -> f32 {
    match () {
        _ if x.is_nan() || y.is_nan() => NAN as f32,
        _ if x == y => x,
        _ if x == 0.0 => f32::from_bits(1).copysign(y),
        _ if (y > x) == (x > 0.0) => f32::from_bits(x.to_bits() + 1),
        _ => f32::from_bits(x.to_bits() - 1),
    }
}

pub fn max(x: f64, y: f64) -> f64 {
    if x == f64::INFINITY || y == f64::INFINITY {
        return f64::INFINITY;
    }
    if x.is_nan() || y.is_nan() {
        return NAN;
    }
    if x == 0.0 && y == 0.0 {
        return if x.is_sign_negative() { y } else { x };
    }
    if x > y { x } else { y }
}

pub fn min(x: f64, y: f64) -> f64 {
    if x == f64::NEG_INFINITY || y == f64::NEG_INFINITY {
        return f64::NEG_INFINITY;
    }
    if x.is_nan() || y.is_nan() {
        return NAN;
    }
    if x == 0.0 && y == 0.0 {
        return if x.is_sign_negative() { x } else { y };
    }
    if x < y { x } else { y }
}

pub fn dim(x: f64, y: f64) -> f64 {
    let v = x - y;
    if v <= 0.0 { 0.0 } else { v }
}

/// The exact remainder with the sign of `x`.
pub fn fmod(x: f64, y: f64) -> f64 {
    if y == 0.0 || x.is_infinite() || x.is_nan() || y.is_nan() {
        return NAN;
    }
    x % y
}

/// The exact remainder of the nearest quotient.
pub fn remainder(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() || x.is_infinite() || y == 0.0 {
        return NAN;
    }
    if y.is_infinite() {
        return x;
    }
    let (mut r, y) = (if x < 0.0 { -x } else { x }, y.abs());
    if r == y {
        return 0f64.copysign(x);
    }
    if y <= f64::MAX / 2.0 {
        r %= y + y;
    }
    if y < 2.0 * f64::MIN_POSITIVE {
        if r + r > y {
            r -= y;
            if r + r >= y {
                r -= y;
            }
        }
    } else if r > 0.5 * y {
        r -= y;
        if r >= 0.5 * y {
            r -= y;
        }
    }
    if x < 0.0 { -r } else { r }
}

pub fn hypot(p: f64, q: f64) -> f64 {
    if p.is_infinite() || q.is_infinite() {
        return f64::INFINITY;
    }
    if p.is_nan() || q.is_nan() {
        return NAN;
    }
    let (p, q) = (p.abs(), q.abs());
    let (large, small) = if p >= q { (p, q) } else { (q, p) };
    if large == 0.0 {
        return 0.0;
    }
    let ratio = small / large;
    large * (ratio * ratio + 1.0).sqrt()
}

pub fn cbrt(x: f64) -> f64 {
    if x == 0.0 || !x.is_finite() {
        return x;
    }
    let a = x.abs();
    // A guess from a third of the exponent.
    let mut t = f64::from_bits(a.to_bits() / 3 + (715094163 << 32));
    if a < f64::MIN_POSITIVE {
        t = 18014398509481984.0 * a;
        t = f64::from_bits(t.to_bits() / 3 + (696219795 << 32));
    }
    let r = t * t / a;
    let s = 5.42857142857142815906e-01 + r * t;
    t *= 3.57142857142857150787e-01
        + 1.60714285714285720630e+00
            / (s + 1.41428571428571436819e+00 + -7.05306122448979611050e-01 / s);
    // Rounded to 22 bits, so that its square is exact.
    t = f64::from_bits((t.to_bits() & (0xf_ffff_fffc << 28)) + (1 << 30));
    let s = t * t;
    let r = a / s;
    let w = t + t;
    let r = (r - t) / (w + r);
    (t + t * r).copysign(x)
}

// ---- exponentials and logarithms ----

/// gc's own: a Taylor series for a sixteenth of the reduced argument, squared four times; with fused operations where
/// the processor has them.
pub fn exp(x: f64) -> f64 {
    if x.is_nan() || x == f64::INFINITY {
        return x;
    }
    if x == f64::NEG_INFINITY {
        return 0.0;
    }
    if x > 7.09782712893384e+02 {
        return f64::INFINITY;
    }
    let k = (LOG2_E * x).round_ties_even();
    if k < -4000.0 {
        return 0.0;
    }
    let y = if has_fma() {
        exp_reduced::<true>(x, k)
    } else {
        exp_reduced::<false>(x, k)
    };
    let e = k as i64 + 1023;
    match e {
        ..-52 => 0.0,
        -52..1 => y * f64::from_bits(((e + 1022) as u64) << 52) * f64::from_bits(1 << 52),
        2047.. => f64::INFINITY,
        _ => y * f64::from_bits((e as u64) << 52),
    }
}

#[cfg(target_arch = "x86_64")]
fn has_fma() -> bool {
    is_x86_feature_detected!("fma") && is_x86_feature_detected!("avx")
}

#[cfg(not(target_arch = "x86_64"))]
fn has_fma() -> bool {
    true
}

/// `exp(x)` less a factor of `2^k`.
fn exp_reduced<const FUSED: bool>(x: f64, k: f64) -> f64 {
    let mul_add = |a: f64, b: f64, c: f64| if FUSED { a.mul_add(b, c) } else { a * b + c };
    let mut x = mul_add(-k, 0.69314718055966295651160180568695068359375, x);
    x = mul_add(-k, 0.28235290563031577122588448175013436025525412068e-12, x);
    x *= 0.0625;
    let mut s = 2.4801587301587301587e-5;
    for c in [
        1.9841269841269841270e-4,
        1.3888888888888888889e-3,
        8.3333333333333333333e-3,
        4.1666666666666666667e-2,
        1.6666666666666666667e-1,
        0.5,
        1.0,
    ] {
        s = mul_add(s, x, c);
    }
    x *= s;
    // e^2x - 1 from e^x - 1.
    for _ in 0..3 {
        x *= x + 2.0;
    }
    mul_add(x, x + 2.0, 1.0)
}

pub fn exp2(x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    if x > 1.0239999999999999e+03 {
        return f64::INFINITY;
    }
    if x < -1.0740e+03 {
        return 0.0;
    }
    let k = if x > 0.0 {
        (x + 0.5) as i64
    } else if x < 0.0 {
        (x - 0.5) as i64
    } else {
        0
    };
    let t = x - k as f64;
    let (hi, lo) = (t * LN2_HI, -t * LN2_LO);
    let r = hi - lo;
    let t = r * r;
    let p = horner(
        t,
        &[
            4.13813679705723846039e-08,
            -1.65339022054652515390e-06,
            6.61375632143793436117e-05,
            -2.77777777770155933842e-03,
            1.66666666666666657415e-01,
        ],
    );
    let c = r - t * p;
    ldexp(1.0 - ((lo - (r * c) / (2.0 - c)) - hi), k)
}

/// Adds to the exponent, without a look at the result.
fn scale(y: f64, k: i64) -> f64 {
    f64::from_bits(y.to_bits().wrapping_add((k as u64) << 52))
}

pub fn expm1(x: f64) -> f64 {
    if x == f64::INFINITY || x.is_nan() {
        return x;
    }
    let (a, negative) = (x.abs(), x < 0.0);
    if a >= 3.88162421113569373274e+01 {
        if negative {
            return -1.0;
        }
        if a >= 7.09782712893383973096e+02 {
            return f64::INFINITY;
        }
    }
    let (mut x, mut c, mut k) = (x, 0.0, 0);
    if a > 3.46573590279972654709e-01 {
        let (hi, lo);
        if a < 1.03972077083991796413e+00 {
            (hi, lo, k) = if negative {
                (x + LN2_HI, -LN2_LO, -1)
            } else {
                (x - LN2_HI, LN2_LO, 1)
            };
        } else {
            k = (LOG2_E * x + if negative { -0.5 } else { 0.5 }) as i64;
            let t = k as f64;
            (hi, lo) = (x - t * LN2_HI, t * LN2_LO);
        }
        x = hi - lo;
        c = (hi - x) - lo;
    } else if a < 1.0 / (1u64 << 54) as f64 {
        return x;
    }
    let half = 0.5 * x;
    let hxs = x * half;
    let r1 = horner(
        hxs,
        &[
            -2.01099218183624371326e-07,
            4.00821782732936239552e-06,
            -7.93650757867487942473e-05,
            1.58730158725481460165e-03,
            -3.33333333333331316428e-02,
            1.0,
        ],
    );
    let t = 3.0 - r1 * half;
    let mut e = hxs * ((r1 - t) / (6.0 - x * t));
    if k == 0 {
        return x - (x * e - hxs);
    }
    e = x * (e - c) - c;
    e -= hxs;
    match k {
        -1 => 0.5 * (x - e) - 0.5,
        1 if x < -0.25 => -2.0 * (e - (x + 0.5)),
        1 => 1.0 + 2.0 * (x - e),
        ..=-2 | 57.. => scale(1.0 - (e - x), k) - 1.0,
        ..20 => {
            let t = f64::from_bits(0x3ff0000000000000 - (0x20000000000000 >> k));
            scale(t - (e - x), k)
        }
        _ => {
            let t = f64::from_bits(((0x3ff - k) as u64) << 52);
            scale(x - (e + t) + 1.0, k)
        }
    }
}

pub fn log(x: f64) -> f64 {
    if x.is_nan() || x == f64::INFINITY {
        return x;
    }
    if x < 0.0 {
        return NAN;
    }
    if x == 0.0 {
        return f64::NEG_INFINITY;
    }
    // gc's assembly does not scale denormals: their exponent is taken as it stands.
    let mut k = (x.to_bits() >> 52) as i64 - 1022;
    let mut f = f64::from_bits(x.to_bits() & 0xf_ffff_ffff_ffff | 0x3fe0_0000_0000_0000);
    if f <= std::f64::consts::FRAC_1_SQRT_2 {
        f *= 2.0;
        k -= 1;
    }
    let (f, k) = (f - 1.0, k as f64);
    let s = f / (2.0 + f);
    let s2 = s * s;
    let s4 = s2 * s2;
    let t1 = s2 * horner(s4, &[L[6], L[4], L[2], L[0]]);
    let t2 = s4 * horner(s4, &[L[5], L[3], L[1]]);
    let r = t1 + t2;
    let hfsq = 0.5 * f * f;
    k * LN2_HI - ((hfsq - (s * (hfsq + r) + k * LN2_LO)) - f)
}

const L: [f64; 7] = [
    6.666666666666735130e-01,
    3.999999999940941908e-01,
    2.857142874366239149e-01,
    2.222219843214978396e-01,
    1.818357216161805012e-01,
    1.531383769920937332e-01,
    1.479819860511658591e-01,
];

pub fn log10(x: f64) -> f64 {
    log(x) * LOG10_E
}

pub fn log2(x: f64) -> f64 {
    let (frac, exp) = frexp(x);
    if frac == 0.5 {
        return (exp - 1) as f64;
    }
    log(frac) * LOG2_E + exp as f64
}

pub fn log1p(x: f64) -> f64 {
    if x < -1.0 || x.is_nan() {
        return NAN;
    }
    if x == -1.0 {
        return f64::NEG_INFINITY;
    }
    if x == f64::INFINITY {
        return x;
    }
    let a = x.abs();
    let (mut k, mut f, mut c, mut bits) = (1i64, 0.0, 0.0, 1u64);
    if a < 4.142135623730950488017e-01 {
        if a < 1.0 / (1 << 29) as f64 {
            return if a < 1.0 / (1u64 << 54) as f64 {
                x
            } else {
                x - x * x * 0.5
            };
        }
        if x > -2.928932188134524755992e-01 {
            (k, f) = (0, x);
        }
    }
    if k != 0 {
        let mut u = x;
        if a < TWO_53 {
            u = 1.0 + x;
            k = (u.to_bits() >> 52) as i64 - 1023;
            c = if k > 0 { 1.0 - (u - x) } else { x - (u - 1.0) };
            c /= u;
        } else {
            k = (u.to_bits() >> 52) as i64 - 1023;
        }
        bits = u.to_bits() & 0xf_ffff_ffff_ffff;
        if bits < 0x6_a09e_667f_3bcd {
            u = f64::from_bits(bits | 0x3ff0_0000_0000_0000);
        } else {
            k += 1;
            u = f64::from_bits(bits | 0x3fe0_0000_0000_0000);
            bits = (0x10_0000_0000_0000 - bits) >> 2;
        }
        f = u - 1.0;
    }
    let kf = k as f64;
    let hfsq = 0.5 * f * f;
    if bits == 0 {
        if f == 0.0 {
            if k == 0 {
                return 0.0;
            }
            c += kf * LN2_LO;
            return kf * LN2_HI + c;
        }
        let r = hfsq * (1.0 - 0.66666666666666666 * f);
        if k == 0 {
            return f - r;
        }
        return kf * LN2_HI - ((r - (kf * LN2_LO + c)) - f);
    }
    let s = f / (2.0 + f);
    let z = s * s;
    let r = z * horner(z, &[L[6], L[5], L[4], L[3], L[2], L[1], L[0]]);
    if k == 0 {
        return f - (hfsq - s * (hfsq + r));
    }
    kf * LN2_HI - ((hfsq - (s * (hfsq + r) + (kf * LN2_LO + c))) - f)
}

fn is_odd(x: f64) -> bool {
    x.abs() < TWO_53 && x.fract() == 0.0 && x as i64 & 1 == 1
}

pub fn pow(x: f64, y: f64) -> f64 {
    if y == 0.0 || x == 1.0 {
        return 1.0;
    }
    if y == 1.0 {
        return x;
    }
    if x.is_nan() || y.is_nan() {
        return NAN;
    }
    let grows = (x.abs() < 1.0) == (y < 0.0);
    if x == 0.0 {
        return match (y < 0.0, x.is_sign_negative() && is_odd(y)) {
            (true, true) => f64::NEG_INFINITY,
            (true, false) => f64::INFINITY,
            (false, true) => x,
            (false, false) => 0.0,
        };
    }
    if y.is_infinite() {
        return if x == -1.0 {
            1.0
        } else if grows {
            f64::INFINITY
        } else {
            0.0
        };
    }
    if x.is_infinite() {
        if x < 0.0 {
            return pow(1.0 / x, -y);
        }
        return if y < 0.0 { 0.0 } else { f64::INFINITY };
    }
    if y == 0.5 {
        return x.sqrt();
    }
    if y == -0.5 {
        return 1.0 / x.sqrt();
    }
    let (mut yi, mut yf) = modf(y.abs());
    if yf != 0.0 && x < 0.0 {
        return NAN;
    }
    if yi >= 9223372036854775808.0 {
        return if x == -1.0 {
            1.0
        } else if grows {
            f64::INFINITY
        } else {
            0.0
        };
    }
    // The result is a1 × 2^ae.
    let (mut a1, mut ae) = (1.0, 0i64);
    if yf != 0.0 {
        if yf > 0.5 {
            yf -= 1.0;
            yi += 1.0;
        }
        a1 = exp(yf * log(x));
    }
    let (mut x1, mut xe) = frexp(x);
    let mut i = yi as i64;
    while i != 0 {
        if !(-1 << 12..=1 << 12).contains(&xe) {
            ae += xe;
            break;
        }
        if i & 1 == 1 {
            a1 *= x1;
            ae += xe;
        }
        x1 *= x1;
        xe <<= 1;
        if x1 < 0.5 {
            x1 += x1;
            xe -= 1;
        }
        i >>= 1;
    }
    if y < 0.0 {
        a1 = 1.0 / a1;
        ae = -ae;
    }
    ldexp(a1, ae)
}

pub fn pow10(n: i64) -> f64 {
    const SMALL: [f64; 32] = [
        1e00, 1e01, 1e02, 1e03, 1e04, 1e05, 1e06, 1e07, 1e08, 1e09, 1e10, 1e11, 1e12, 1e13, 1e14,
        1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28, 1e29,
        1e30, 1e31,
    ];
    const LARGE: [f64; 10] = [
        1e00, 1e32, 1e64, 1e96, 1e128, 1e160, 1e192, 1e224, 1e256, 1e288,
    ];
    const TINY: [f64; 11] = [
        1e-00, 1e-32, 1e-64, 1e-96, 1e-128, 1e-160, 1e-192, 1e-224, 1e-256, 1e-288, 1e-320,
    ];
    let m = n.unsigned_abs() as usize;
    match n {
        0..=308 => LARGE[m / 32] * SMALL[m % 32],
        -323..0 => TINY[m / 32] / SMALL[m % 32],
        309.. => f64::INFINITY,
        _ => 0.0,
    }
}

// ---- trigonometric functions ----

const SIN: [f64; 6] = [
    1.58962301576546568060e-10,
    -2.50507477628578072866e-8,
    2.75573136213857245213e-6,
    -1.98412698295895385996e-4,
    8.33333333332211858878e-3,
    -1.66666666666666307295e-1,
];
const COS: [f64; 6] = [
    -1.13585365213876817300e-11,
    2.08757008419747316778e-9,
    -2.75573141792967388112e-7,
    2.48015872888517045348e-5,
    -1.38888888888730564116e-3,
    4.16666666666665929218e-2,
];

/// The octant of a non-negative angle (even ones only), and the angle within it.
fn reduce(x: f64) -> (u64, f64) {
    if x >= 536870912.0 {
        return reduce_large(x);
    }
    let mut j = (x * std::f64::consts::FRAC_2_PI * 2.0) as u64;
    let mut y = j as f64;
    if j & 1 == 1 {
        j += 1;
        y += 1.0;
    }
    // π/4 in three parts.
    let z = ((x - y * 7.85398125648498535156e-1) - y * 3.77489470793079817668e-8)
        - y * 2.69515142907905952645e-15;
    (j & 7, z)
}

/// 4/π in binary, from the word with the 1 on. (Payne and Hanek)
const FOUR_OVER_PI: [u64; 20] = [
    0x0000000000000001,
    0x45f306dc9c882a53,
    0xf84eafa3ea69bb81,
    0xb6c52b3278872083,
    0xfca2c757bd778ac3,
    0x6e48dc74849ba5c0,
    0x0c925dd413a32439,
    0xfc3bd63962534e7d,
    0xd1046bea5d768909,
    0xd338e04d68befc82,
    0x7323ac7306a673e9,
    0x3908bf177bf25076,
    0x3ff12fffbc0b301f,
    0xde5e2316b414da3e,
    0xda6cfd9e4f96136e,
    0x9e8c7ecd3cbfd45a,
    0xea4f758fd7cbe2f6,
    0x7a0e73ef14a525d4,
    0xd7f6bf623f1aba10,
    0xac06608df8f6d757,
];

fn reduce_large(x: f64) -> (u64, f64) {
    let exp = exponent(x) - 52;
    let ix = x.to_bits() & 0xf_ffff_ffff_ffff | 1 << 52;
    // Three words of 4/π at the place that matters.
    let (digit, shift) = ((exp + 61) as usize / 64, (exp + 61) as u32 % 64);
    let word = |i: usize| {
        let pair = (FOUR_OVER_PI[digit + i] as u128) << 64 | FOUR_OVER_PI[digit + i + 1] as u128;
        (pair << shift >> 64) as u64
    };
    let low = (word(2) as u128 * ix as u128) >> 64;
    let middle = word(1) as u128 * ix as u128;
    let high = (word(0).wrapping_mul(ix) as u128) << 64;
    let product = high.wrapping_add(middle).wrapping_add(low);
    let j = (product >> 125) as u64;
    let fraction = product << 3;
    let (hi, lo) = ((fraction >> 64) as u64, product as u64);
    let zeros = hi.leading_zeros();
    let e = (1023 - (zeros as u64 + 1)) << 52;
    let wide = (hi as u128) << 64 | lo as u128;
    let mantissa = ((wide << zeros << 1) >> 64) as u64;
    let mut z = f64::from_bits(mantissa >> 12 | e);
    if j & 1 == 1 {
        z -= 1.0;
        return ((j + 1) & 7, z * FRAC_PI_4);
    }
    (j, z * FRAC_PI_4)
}

fn sin_within(z: f64) -> f64 {
    let zz = z * z;
    z + z * zz * horner(zz, &SIN)
}

fn cos_within(z: f64) -> f64 {
    let zz = z * z;
    1.0 - 0.5 * zz + zz * zz * horner(zz, &COS)
}

pub fn sin(x: f64) -> f64 {
    if x == 0.0 || x.is_nan() {
        return x;
    }
    if x.is_infinite() {
        return NAN;
    }
    let (j, z) = reduce(x.abs());
    let y = if matches!(j & 3, 1 | 2) {
        cos_within(z)
    } else {
        sin_within(z)
    };
    if (x < 0.0) != (j > 3) { -y } else { y }
}

pub fn cos(x: f64) -> f64 {
    if !x.is_finite() {
        return NAN;
    }
    let (j, z) = reduce(x.abs());
    let y = if matches!(j & 3, 1 | 2) {
        sin_within(z)
    } else {
        cos_within(z)
    };
    if (j > 3) != (j & 3 > 1) { -y } else { y }
}

pub fn sincos(x: f64) -> (f64, f64) {
    if x == 0.0 {
        return (x, 1.0);
    }
    if !x.is_finite() {
        return (NAN, NAN);
    }
    (sin(x), cos(x))
}

pub fn tan(x: f64) -> f64 {
    if x == 0.0 || x.is_nan() {
        return x;
    }
    if x.is_infinite() {
        return NAN;
    }
    let (j, z) = reduce(x.abs());
    let zz = z * z;
    let mut y = z;
    if zz > 1e-14 {
        let p = horner(
            zz,
            &[
                -1.30936939181383777646e4,
                1.15351664838587416140e6,
                -1.79565251976484877988e7,
            ],
        );
        let q = horner(
            zz,
            &[
                1.0,
                1.36812963470692954678e4,
                -1.32089234440210967447e6,
                2.50083801823357915839e7,
                -5.38695755929454629881e7,
            ],
        );
        y = z + z * (zz * p / q);
    }
    if j & 2 == 2 {
        y = -1.0 / y;
    }
    if x < 0.0 { -y } else { y }
}

/// For 0 ≤ x ≤ 0.66.
fn atan_small(x: f64) -> f64 {
    let z = x * x;
    let p = horner(
        z,
        &[
            -8.750608600031904122785e-01,
            -1.615753718733365076637e+01,
            -7.500855792314704667340e+01,
            -1.228866684490136173410e+02,
            -6.485021904942025371773e+01,
        ],
    );
    let q = horner(
        z,
        &[
            1.0,
            2.485846490142306297962e+01,
            1.650270098316988542046e+02,
            4.328810604912902668951e+02,
            4.853903996359136964868e+02,
            1.945506571482613964425e+02,
        ],
    );
    x * (z * p / q) + x
}

fn atan_positive(x: f64) -> f64 {
    const MORE: f64 = 6.123233995736765886130e-17; // of π/2
    if x <= 0.66 {
        return atan_small(x);
    }
    if x > 2.41421356237309504880 {
        return FRAC_PI_2 - atan_small(1.0 / x) + MORE;
    }
    FRAC_PI_4 + atan_small((x - 1.0) / (x + 1.0)) + 0.5 * MORE
}

pub fn atan(x: f64) -> f64 {
    if x == 0.0 {
        return x;
    }
    if x > 0.0 {
        atan_positive(x)
    } else {
        -atan_positive(-x)
    }
}

pub fn asin(x: f64) -> f64 {
    if x == 0.0 {
        return x;
    }
    let a = if x < 0.0 { -x } else { x };
    if a > 1.0 {
        return NAN;
    }
    let root = (1.0 - a * a).sqrt();
    let y = if a > 0.7 {
        FRAC_PI_2 - atan_positive(root / a)
    } else {
        atan_positive(a / root)
    };
    if x < 0.0 { -y } else { y }
}

pub fn acos(x: f64) -> f64 {
    FRAC_PI_2 - asin(x)
}

pub fn atan2(y: f64, x: f64) -> f64 {
    if y.is_nan() || x.is_nan() {
        return NAN;
    }
    if y == 0.0 {
        return if x.is_sign_positive() { 0f64 } else { PI }.copysign(y);
    }
    if x == 0.0 {
        return FRAC_PI_2.copysign(y);
    }
    if x.is_infinite() {
        return match (x > 0.0, y.is_infinite()) {
            (true, true) => FRAC_PI_4,
            (true, false) => 0.0,
            (false, true) => 2.356194490192345,
            (false, false) => PI,
        }
        .copysign(y);
    }
    if y.is_infinite() {
        return FRAC_PI_2.copysign(y);
    }
    let q = atan(y / x);
    if x < 0.0 {
        return if q <= 0.0 { q + PI } else { q - PI };
    }
    q
}

// ---- hyperbolic functions ----

pub fn sinh(x: f64) -> f64 {
    let a = if x < 0.0 { -x } else { x };
    let y = if a > 21.0 {
        exp(a) * 0.5
    } else if a > 0.5 {
        let e = exp(a);
        (e - 1.0 / e) * 0.5
    } else {
        let sq = a * a;
        let p = horner(
            sq,
            &[
                -0.2630563213397497062819489e+2,
                -0.2894211355989563807284660366e+4,
                -0.8991272022039509355398013511e+5,
                -0.6307673640497716991184787251e+6,
            ],
        );
        let q = horner(
            sq,
            &[
                1.0,
                -0.173678953558233699533450911e+3,
                0.1521517378790019070696485176e+5,
                -0.6307673640497716991212077277e+6,
            ],
        );
        p * a / q
    };
    if x < 0.0 { -y } else { y }
}

pub fn cosh(x: f64) -> f64 {
    let a = x.abs();
    if a > 21.0 {
        return exp(a) * 0.5;
    }
    let e = exp(a);
    (e + 1.0 / e) * 0.5
}

pub fn tanh(x: f64) -> f64 {
    let z = x.abs();
    if z > 0.5 * 8.8029691931113054295988e+01 {
        return if x < 0.0 { -1.0 } else { 1.0 };
    }
    if z >= 0.625 {
        let s = exp(2.0 * z);
        let z = 1.0 - 2.0 / (s + 1.0);
        return if x < 0.0 { -z } else { z };
    }
    if x == 0.0 {
        return x;
    }
    let s = x * x;
    let p = horner(
        s,
        &[
            -9.64399179425052238628e-1,
            -9.92877231001918586564e1,
            -1.61468768441708447952e3,
        ],
    );
    let q = horner(
        s,
        &[
            1.0,
            1.12811678491632931402e2,
            2.23548839060100448583e3,
            4.84406305325125486048e3,
        ],
    );
    x + x * s * p / q
}

const TWO_28: f64 = 268435456.0;

pub fn asinh(x: f64) -> f64 {
    if !x.is_finite() {
        return x;
    }
    let a = if x < 0.0 { -x } else { x };
    let y = if a > TWO_28 {
        log(a) + LN_2
    } else if a > 2.0 {
        log(2.0 * a + 1.0 / ((a * a + 1.0).sqrt() + a))
    } else if a < 1.0 / TWO_28 {
        a
    } else {
        log1p(a + a * a / (1.0 + (1.0 + a * a).sqrt()))
    };
    if x < 0.0 { -y } else { y }
}

pub fn acosh(x: f64) -> f64 {
    if x < 1.0 || x.is_nan() {
        return NAN;
    }
    if x == 1.0 {
        return 0.0;
    }
    if x >= TWO_28 {
        return log(x) + LN_2;
    }
    if x > 2.0 {
        return log(2.0 * x - 1.0 / (x + (x * x - 1.0).sqrt()));
    }
    let t = x - 1.0;
    log1p(t + (2.0 * t + t * t).sqrt())
}

pub fn atanh(x: f64) -> f64 {
    if !(-1.0..=1.0).contains(&x) {
        return NAN;
    }
    if x.abs() == 1.0 {
        return f64::INFINITY.copysign(x);
    }
    let a = if x < 0.0 { -x } else { x };
    let y = if a < 1.0 / TWO_28 {
        a
    } else if a < 0.5 {
        let t = a + a;
        0.5 * log1p(t + t * a / (1.0 - a))
    } else {
        0.5 * log1p((a + a) / (1.0 - a))
    };
    if x < 0.0 { -y } else { y }
}

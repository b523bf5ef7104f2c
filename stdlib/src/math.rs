//! Packages math and math/bits.

// Coefficients keep the digits that they are published with.
#[allow(clippy::excessive_precision)]
mod bessel;
#[allow(clippy::excessive_precision)]
mod elementary;
#[allow(clippy::excessive_precision, clippy::approx_constant)]
mod special;

use bessel::*;
use elementary as e;
use minigo_vm::native;
use minigo_vm::native::{G, NativeRet, NativeTable, raise_runtime_error};
use special::*;

/// Natives of one float that give one.
macro_rules! unary {
    ($($name:ident = $f:expr;)*) => {
        native! { $(fn $name(gp, x: f64) -> f64 { $f(x) })* }
    };
}

unary! {
    m_abs = f64::abs;
    m_acos = e::acos;
    m_acosh = e::acosh;
    m_asin = e::asin;
    m_asinh = e::asinh;
    m_atan = e::atan;
    m_atanh = e::atanh;
    m_cbrt = e::cbrt;
    m_ceil = f64::ceil;
    m_cos = e::cos;
    m_cosh = e::cosh;
    m_erf = erf;
    m_erfc = erfc;
    m_erfinv = erfinv;
    m_exp = e::exp;
    m_exp2 = e::exp2;
    m_expm1 = e::expm1;
    m_floor = f64::floor;
    m_gamma = gamma;
    m_j0 = j0;
    m_j1 = j1;
    m_log = e::log;
    m_log10 = e::log10;
    m_log1p = e::log1p;
    m_log2 = e::log2;
    m_logb = e::logb;
    m_round = f64::round;
    m_round_to_even = f64::round_ties_even;
    m_sin = e::sin;
    m_sinh = e::sinh;
    m_sqrt = f64::sqrt;
    m_tan = e::tan;
    m_tanh = e::tanh;
    m_trunc = f64::trunc;
    m_y0 = y0;
    m_y1 = y1;
}

native! {
    fn m_atan2(gp, y: f64, x: f64) -> f64 { e::atan2(y, x) }
    fn m_copysign(gp, f: f64, sign: f64) -> f64 { f.copysign(sign) }
    fn m_dim(gp, x: f64, y: f64) -> f64 { e::dim(x, y) }
    fn m_fma(gp, x: f64, y: f64, z: f64) -> f64 { x.mul_add(y, z) }
    fn m_frexp(gp, f: f64) -> (f64, i64) { e::frexp(f) }
    fn m_hypot(gp, p: f64, q: f64) -> f64 { e::hypot(p, q) }
    fn m_ilogb(gp, x: f64) -> i64 { e::ilogb(x) }
    fn m_inf(gp, sign: i64) -> f64 { if sign >= 0 { f64::INFINITY } else { f64::NEG_INFINITY } }
    fn m_jn(gp, n: i64, x: f64) -> f64 { jn(n, x) }
    fn m_ldexp(gp, frac: f64, exp: i64) -> f64 { e::ldexp(frac, exp) }
    fn m_lgamma(gp, x: f64) -> (f64, i64) { lgamma(x) }
    fn m_max(gp, x: f64, y: f64) -> f64 { e::max(x, y) }
    fn m_min(gp, x: f64, y: f64) -> f64 { e::min(x, y) }
    fn m_mod(gp, x: f64, y: f64) -> f64 { e::fmod(x, y) }
    fn m_modf(gp, f: f64) -> (f64, f64) { e::modf(f) }
    fn m_nan(gp) -> f64 { e::NAN }
    fn m_nextafter(gp, x: f64, y: f64) -> f64 { e::nextafter(x, y) }
    fn m_nextafter32(gp, x: f32, y: f32) -> f32 { e::nextafter32(x, y) }
    fn m_pow(gp, x: f64, y: f64) -> f64 { e::pow(x, y) }
    fn m_pow10(gp, n: i64) -> f64 { e::pow10(n) }
    fn m_remainder(gp, x: f64, y: f64) -> f64 { e::remainder(x, y) }
    fn m_sincos(gp, x: f64) -> (f64, f64) { e::sincos(x) }
    fn m_yn(gp, n: i64, x: f64) -> f64 { yn(n, x) }
    fn m_float64bits(gp, f: u64) -> u64 { f }
    fn m_float32bits(gp, f: u32) -> u32 { f }
}

// ---- math/bits ----

macro_rules! bits {
    ($($ty:ty: $lz:ident $tz:ident $ones:ident $rotate:ident $reverse:ident $bytes:ident $len:ident;)*) => {
        native! {
            $(
                fn $lz(gp, x: $ty) -> i64 { x.leading_zeros() as i64 }
                fn $tz(gp, x: $ty) -> i64 { x.trailing_zeros() as i64 }
                fn $ones(gp, x: $ty) -> i64 { x.count_ones() as i64 }
                fn $rotate(gp, x: $ty, k: i64) -> $ty { x.rotate_left((k & (<$ty>::BITS as i64 - 1)) as u32) }
                fn $reverse(gp, x: $ty) -> $ty { x.reverse_bits() }
                fn $bytes(gp, x: $ty) -> $ty { x.swap_bytes() }
                fn $len(gp, x: $ty) -> i64 { (<$ty>::BITS - x.leading_zeros()) as i64 }
            )*
        }
    };
}

bits! {
    u8: lz8 tz8 ones8 rotate8 reverse8 bytes8 len8;
    u16: lz16 tz16 ones16 rotate16 reverse16 bytes16 len16;
    u32: lz32 tz32 ones32 rotate32 reverse32 bytes32 len32;
    u64: lz64 tz64 ones64 rotate64 reverse64 bytes64 len64;
}

/// The divisor of a two-word number, which must be larger than its upper word.
///
/// # Safety
/// `gp` is the running goroutine.
unsafe fn check_divisor(gp: *mut G, hi: u64, y: u64) -> Result<(), NativeRet> {
    // SAFETY: as the caller promises.
    unsafe {
        match y {
            0 => Err(raise_runtime_error(gp, "integer divide by zero")),
            y if y <= hi => Err(raise_runtime_error(gp, "integer overflow")),
            _ => Ok(()),
        }
    }
}

native! {
    fn add32(gp, x: u32, y: u32, carry: u32) -> (u32, u32) {
        let sum = x as u64 + y as u64 + carry as u64;
        (sum as u32, (sum >> 32) as u32)
    }
    fn add64(gp, x: u64, y: u64, carry: u64) -> (u64, u64) {
        let sum = x as u128 + y as u128 + carry as u128;
        (sum as u64, (sum >> 64) as u64)
    }
    fn sub32(gp, x: u32, y: u32, borrow: u32) -> (u32, u32) {
        let diff = (x as u64).wrapping_sub(y as u64).wrapping_sub(borrow as u64);
        (diff as u32, (diff >> 63) as u32)
    }
    fn sub64(gp, x: u64, y: u64, borrow: u64) -> (u64, u64) {
        let diff = (x as u128).wrapping_sub(y as u128).wrapping_sub(borrow as u128);
        (diff as u64, (diff >> 127) as u64)
    }
    fn mul32(gp, x: u32, y: u32) -> (u32, u32) {
        let p = x as u64 * y as u64;
        ((p >> 32) as u32, p as u32)
    }
    fn mul64(gp, x: u64, y: u64) -> (u64, u64) {
        let p = x as u128 * y as u128;
        ((p >> 64) as u64, p as u64)
    }
    fn div32(gp, hi: u32, lo: u32, y: u32) -> Result<(u32, u32), NativeRet> {
        check_divisor(gp, hi as u64, y as u64)?;
        let n = (hi as u64) << 32 | lo as u64;
        Ok(((n / y as u64) as u32, (n % y as u64) as u32))
    }
    fn div64(gp, hi: u64, lo: u64, y: u64) -> Result<(u64, u64), NativeRet> {
        check_divisor(gp, hi, y)?;
        let n = (hi as u128) << 64 | lo as u128;
        Ok(((n / y as u128) as u64, (n % y as u128) as u64))
    }
    fn rem32(gp, hi: u32, lo: u32, y: u32) -> Result<u32, NativeRet> {
        check_divisor(gp, 0, y as u64)?;
        Ok((((hi as u64) << 32 | lo as u64) % y as u64) as u32)
    }
    fn rem64(gp, hi: u64, lo: u64, y: u64) -> Result<u64, NativeRet> {
        check_divisor(gp, 0, y)?;
        Ok((((hi as u128) << 64 | lo as u128) % y as u128) as u64)
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("math.Abs", m_abs),
    ("math.Acos", m_acos),
    ("math.Acosh", m_acosh),
    ("math.Asin", m_asin),
    ("math.Asinh", m_asinh),
    ("math.Atan", m_atan),
    ("math.Atan2", m_atan2),
    ("math.Atanh", m_atanh),
    ("math.Cbrt", m_cbrt),
    ("math.Ceil", m_ceil),
    ("math.Copysign", m_copysign),
    ("math.Cos", m_cos),
    ("math.Cosh", m_cosh),
    ("math.Dim", m_dim),
    ("math.Erf", m_erf),
    ("math.Erfc", m_erfc),
    ("math.Erfinv", m_erfinv),
    ("math.Exp", m_exp),
    ("math.Exp2", m_exp2),
    ("math.Expm1", m_expm1),
    ("math.FMA", m_fma),
    ("math.Float32bits", m_float32bits),
    ("math.Float32frombits", m_float32bits),
    ("math.Float64bits", m_float64bits),
    ("math.Float64frombits", m_float64bits),
    ("math.Floor", m_floor),
    ("math.Frexp", m_frexp),
    ("math.Gamma", m_gamma),
    ("math.Hypot", m_hypot),
    ("math.Ilogb", m_ilogb),
    ("math.Inf", m_inf),
    ("math.J0", m_j0),
    ("math.J1", m_j1),
    ("math.Jn", m_jn),
    ("math.Ldexp", m_ldexp),
    ("math.Lgamma", m_lgamma),
    ("math.Log", m_log),
    ("math.Log10", m_log10),
    ("math.Log1p", m_log1p),
    ("math.Log2", m_log2),
    ("math.Logb", m_logb),
    ("math.Max", m_max),
    ("math.Min", m_min),
    ("math.Mod", m_mod),
    ("math.Modf", m_modf),
    ("math.NaN", m_nan),
    ("math.Nextafter", m_nextafter),
    ("math.Nextafter32", m_nextafter32),
    ("math.Pow", m_pow),
    ("math.Pow10", m_pow10),
    ("math.Remainder", m_remainder),
    ("math.Round", m_round),
    ("math.RoundToEven", m_round_to_even),
    ("math.Sin", m_sin),
    ("math.Sincos", m_sincos),
    ("math.Sinh", m_sinh),
    ("math.Sqrt", m_sqrt),
    ("math.Tan", m_tan),
    ("math.Tanh", m_tanh),
    ("math.Trunc", m_trunc),
    ("math.Y0", m_y0),
    ("math.Y1", m_y1),
    ("math.Yn", m_yn),
    ("math/bits.Add", add64),
    ("math/bits.Add32", add32),
    ("math/bits.Add64", add64),
    ("math/bits.Div", div64),
    ("math/bits.Div32", div32),
    ("math/bits.Div64", div64),
    ("math/bits.LeadingZeros", lz64),
    ("math/bits.LeadingZeros16", lz16),
    ("math/bits.LeadingZeros32", lz32),
    ("math/bits.LeadingZeros64", lz64),
    ("math/bits.LeadingZeros8", lz8),
    ("math/bits.Len", len64),
    ("math/bits.Len16", len16),
    ("math/bits.Len32", len32),
    ("math/bits.Len64", len64),
    ("math/bits.Len8", len8),
    ("math/bits.Mul", mul64),
    ("math/bits.Mul32", mul32),
    ("math/bits.Mul64", mul64),
    ("math/bits.OnesCount", ones64),
    ("math/bits.OnesCount16", ones16),
    ("math/bits.OnesCount32", ones32),
    ("math/bits.OnesCount64", ones64),
    ("math/bits.OnesCount8", ones8),
    ("math/bits.Rem", rem64),
    ("math/bits.Rem32", rem32),
    ("math/bits.Rem64", rem64),
    ("math/bits.Reverse", reverse64),
    ("math/bits.Reverse16", reverse16),
    ("math/bits.Reverse32", reverse32),
    ("math/bits.Reverse64", reverse64),
    ("math/bits.Reverse8", reverse8),
    ("math/bits.ReverseBytes", bytes64),
    ("math/bits.ReverseBytes16", bytes16),
    ("math/bits.ReverseBytes32", bytes32),
    ("math/bits.ReverseBytes64", bytes64),
    ("math/bits.RotateLeft", rotate64),
    ("math/bits.RotateLeft16", rotate16),
    ("math/bits.RotateLeft32", rotate32),
    ("math/bits.RotateLeft64", rotate64),
    ("math/bits.RotateLeft8", rotate8),
    ("math/bits.Sub", sub64),
    ("math/bits.Sub32", sub32),
    ("math/bits.Sub64", sub64),
    ("math/bits.TrailingZeros", tz64),
    ("math/bits.TrailingZeros16", tz16),
    ("math/bits.TrailingZeros32", tz32),
    ("math/bits.TrailingZeros64", tz64),
    ("math/bits.TrailingZeros8", tz8),
];

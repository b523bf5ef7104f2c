//! Floating-point numbers of 512 bits with a wide exponent, for constants that are too large or too small to be
//! kept as fractions. (Go: math/big.Float as go/constant uses it)
//!
//! A number is `mant × 2^exp` with an integer mantissa of at most [`PREC`] bits, rounded to nearest, ties to even, after
//! each operation. So an operation costs the same whatever the exponent is, and `1e1000000000 * 1e-1000000000` is no trap.
//!
//! Knows nothing of: Go's types, other kinds of constants.

use std::cmp::Ordering;

use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Bits of the mantissa.
pub const PREC: u64 = 512;
/// Exponents beyond this mean infinity, or zero on the other side.
const MAX_EXP: i64 = i32::MAX as i64;

/// `mant × 2^exp`. Zero has mantissa 0 and exponent 0; other mantissas are odd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BigFloat {
    mant: BigInt,
    exp: i64,
}

impl BigFloat {
    /// Rounds `mant × 2^exp` to `prec` bits; `sticky` says that a little is missing from the mantissa.
    fn round(mant: BigInt, exp: i64, sticky: bool, prec: u64) -> BigFloat {
        if mant.is_zero() {
            return BigFloat { mant, exp: 0 };
        }
        let (sign, mut mag) = mant.into_parts();
        let mut exp = exp;
        let bits = mag.bits();
        if bits > prec {
            let drop = bits - prec;
            let half = mag.bit(drop - 1);
            let below = sticky || mag.trailing_zeros().unwrap_or(0) < drop - 1;
            mag >>= drop;
            exp += drop as i64;
            if half && (below || mag.bit(0)) {
                mag += 1u32;
            }
        }
        let zeros = mag.trailing_zeros().unwrap_or(0);
        if zeros > 0 {
            mag >>= zeros;
            exp += zeros as i64;
        }
        let top = exp.saturating_add(mag.bits() as i64);
        if top < -MAX_EXP {
            return BigFloat {
                mant: BigInt::zero(),
                exp: 0,
            };
        }
        BigFloat {
            mant: BigInt::from_biguint(sign, mag),
            exp,
        }
    }

    /// Whether the exponent went out of range.
    pub fn is_inf(&self) -> bool {
        self.top() > MAX_EXP
    }

    /// The place of the highest bit: the number lies in `[2^(top-1), 2^top)`.
    fn top(&self) -> i64 {
        self.exp.saturating_add(self.mant.bits() as i64)
    }

    /// A rounded integer.
    pub fn from_int(n: &BigInt) -> BigFloat {
        Self::round(n.clone(), 0, false, PREC)
    }

    /// A rounded fraction.
    pub fn from_ratio(r: &BigRational) -> BigFloat {
        Self::divide(r.numer(), r.denom(), 0, PREC)
    }

    /// A fraction for rounding once more to at most 64 bits: what the division leaves over stays visible as a lowest bit, so that
    /// the second rounding is the right one. (Rounding to odd.)
    fn for_narrowing(n: &BigInt, d: &BigInt) -> BigFloat {
        let shift = (130 + d.bits()).saturating_sub(n.bits());
        let num = n << shift;
        let mut q = &num / d;
        let rest = &q * d != num;
        q <<= 1;
        if rest {
            // The magnitude gets the bit.
            q += if n.is_negative() { -1 } else { 1 };
        }
        BigFloat {
            mant: q,
            exp: -(shift as i64) - 1,
        }
    }

    /// The nearest `f64` and `f32` of a fraction, perhaps infinite or zero.
    pub fn floats_of_ratio(r: &BigRational) -> (f64, f32) {
        let x = Self::for_narrowing(r.numer(), r.denom());
        (x.to_f64(), x.to_f32())
    }

    /// The nearest `f64` and `f32` of an integer, perhaps infinite.
    pub fn floats_of_int(n: &BigInt) -> (f64, f32) {
        let x = BigFloat {
            mant: n.clone(),
            exp: 0,
        };
        (x.to_f64(), x.to_f32())
    }

    /// Exactly the number that `f` is; `f` must be finite.
    pub fn from_f64(f: f64) -> BigFloat {
        let bits = f.to_bits();
        let exp = (bits >> 52 & 0x7ff) as i64;
        let frac = bits & ((1 << 52) - 1);
        let (mant, exp) = if exp == 0 {
            (frac, -1074)
        } else {
            (frac | 1 << 52, exp - 1075)
        };
        let mant = BigInt::from(mant);
        Self::round(
            if f.is_sign_negative() { -mant } else { mant },
            exp,
            false,
            PREC,
        )
    }

    /// `digits × 10^exp10 × 2^exp2`
    pub fn from_decimal(digits: &BigInt, exp10: i64, exp2: i64) -> BigFloat {
        // The exponent is clamped to where the result is zero or infinite anyway.
        let exp10 = exp10.clamp(-MAX_EXP, MAX_EXP);
        let x = Self::round(digits.clone(), 0, false, PREC + 64);
        // 10^n = 5^n × 2^n, so that only the power of five needs multiplications.
        let p = Self::pow5(exp10.unsigned_abs());
        let mut x = if exp10 >= 0 {
            Self::round(x.mant * p.mant, x.exp + p.exp, false, PREC)
        } else {
            Self::divide(&x.mant, &p.mant, x.exp - p.exp, PREC)
        };
        if !x.mant.is_zero() {
            x.exp = x.exp.saturating_add(exp10).saturating_add(exp2);
            if x.top() < -MAX_EXP {
                return BigFloat {
                    mant: BigInt::zero(),
                    exp: 0,
                };
            }
        }
        x
    }

    /// `5^n` with some bits to spare.
    fn pow5(mut n: u64) -> BigFloat {
        let prec = PREC + 64;
        let mut result = BigFloat {
            mant: BigInt::one(),
            exp: 0,
        };
        let mut base = BigFloat {
            mant: BigInt::from(5),
            exp: 0,
        };
        while n > 0 {
            if n & 1 == 1 {
                result = Self::round(
                    &result.mant * &base.mant,
                    result.exp + base.exp,
                    false,
                    prec,
                );
            }
            n >>= 1;
            if n > 0 {
                base = Self::round(&base.mant * &base.mant, base.exp * 2, false, prec);
            }
        }
        result
    }

    /// `n / d × 2^exp`; `d` must not be zero.
    fn divide(n: &BigInt, d: &BigInt, exp: i64, prec: u64) -> BigFloat {
        // Enough bits in the quotient that the remainder only matters as "there is more".
        let shift = (prec + 2 + d.bits()).saturating_sub(n.bits());
        let num = n.abs() << shift;
        let den = d.abs();
        let q = &num / &den;
        let sticky = &q * &den != num;
        let q = if (n.sign() == Sign::Minus) != (d.sign() == Sign::Minus) {
            -q
        } else {
            q
        };
        Self::round(q, exp - shift as i64, sticky, prec)
    }

    /// `self + other`
    pub fn add(&self, other: &BigFloat) -> BigFloat {
        if self.mant.is_zero() {
            return other.clone();
        }
        if other.mant.is_zero() {
            return self.clone();
        }
        let (hi, lo) = if self.top() >= other.top() {
            (self, other)
        } else {
            (other, self)
        };
        if hi.top() - lo.top() > 2 * PREC as i64 + 2 {
            // The smaller one is far below the last bit: a nudge in its direction rounds the same way.
            let shift = PREC + 4;
            let nudge = if lo.mant.is_negative() { -1 } else { 1 };
            return Self::round(
                (&hi.mant << shift) + nudge,
                hi.exp - shift as i64,
                false,
                PREC,
            );
        }
        let exp = hi.exp.min(lo.exp);
        let a = &hi.mant << (hi.exp - exp) as u64;
        let b = &lo.mant << (lo.exp - exp) as u64;
        Self::round(a + b, exp, false, PREC)
    }

    /// `-self`
    pub fn neg(&self) -> BigFloat {
        BigFloat {
            mant: -&self.mant,
            exp: self.exp,
        }
    }

    /// `self × other`
    pub fn mul(&self, other: &BigFloat) -> BigFloat {
        Self::round(
            &self.mant * &other.mant,
            self.exp.saturating_add(other.exp),
            false,
            PREC,
        )
    }

    /// `self / other`; `other` must not be zero.
    pub fn quo(&self, other: &BigFloat) -> BigFloat {
        Self::divide(
            &self.mant,
            &other.mant,
            self.exp.saturating_sub(other.exp),
            PREC,
        )
    }

    /// Compares two numbers.
    pub fn compare(&self, other: &BigFloat) -> Ordering {
        let (s, o) = (self.sign(), other.sign());
        if s != o || s == 0 {
            return s.cmp(&o);
        }
        if self.top() != other.top() {
            let order = self.top().cmp(&other.top());
            return if s > 0 { order } else { order.reverse() };
        }
        let exp = self.exp.min(other.exp);
        (&self.mant << (self.exp - exp) as u64).cmp(&(&other.mant << (other.exp - exp) as u64))
    }

    /// −1, 0 or 1.
    pub fn sign(&self) -> i32 {
        match self.mant.sign() {
            Sign::Minus => -1,
            Sign::NoSign => 0,
            Sign::Plus => 1,
        }
    }

    /// Whether it is a whole number.
    pub fn is_int(&self) -> bool {
        self.exp >= 0
    }

    /// The whole number it is, unless it has a fraction or more than `max_bits` bits.
    pub fn to_int(&self, max_bits: i64) -> Option<BigInt> {
        (self.is_int() && self.top() <= max_bits).then(|| &self.mant << self.exp as u64)
    }

    /// The fraction it is, unless its exponent is beyond `max_exp` on either side.
    pub fn to_ratio(&self, max_exp: i64) -> Option<BigRational> {
        if self.exp >= 0 {
            return self.to_int(max_exp).map(BigRational::from_integer);
        }
        (-self.exp <= max_exp + PREC as i64)
            .then(|| BigRational::new(self.mant.clone(), BigInt::one() << self.exp.unsigned_abs()))
    }

    /// The nearest number with `prec` bits whose exponent is at least `min_exp`, as (mantissa, exponent).
    fn narrowed(&self, prec: u64, min_exp: i64) -> (u64, i64) {
        let (_, mag) = self.mant.clone().into_parts();
        if mag.is_zero() {
            return (0, min_exp);
        }
        let mut exp = self.exp;
        let excess = (mag.bits() as i64 - prec as i64).max(min_exp - exp);
        if excess <= 0 {
            return (mag.to_u64().unwrap_or(0), exp);
        }
        if excess > mag.bits() as i64 + 1 {
            return (0, min_exp);
        }
        let excess = excess as u64;
        let half = mag.bit(excess - 1);
        let below = mag.trailing_zeros().is_some_and(|z| z < excess - 1);
        let mut m = (&mag >> excess).to_u64().unwrap_or(0);
        exp += excess as i64;
        if half && (below || m & 1 == 1) {
            m += 1;
        }
        (m, exp)
    }

    /// The nearest `f64`, perhaps infinite or zero.
    pub fn to_f64(&self) -> f64 {
        if self.top() > 1100 {
            return if self.sign() < 0 {
                f64::NEG_INFINITY
            } else {
                f64::INFINITY
            };
        }
        let (m, e) = self.narrowed(53, -1074);
        // Both factors and all products are exact: `m` has 53 bits, and the exponent is in range by now.
        let f = scale(m as f64, e);
        if self.sign() < 0 { -f } else { f }
    }

    /// The nearest `f32`, perhaps infinite or zero; not rounded twice.
    pub fn to_f32(&self) -> f32 {
        if self.top() > 200 {
            return if self.sign() < 0 {
                f32::NEG_INFINITY
            } else {
                f32::INFINITY
            };
        }
        let (m, e) = self.narrowed(24, -149);
        let f = scale(m as f64, e) as f32;
        if self.sign() < 0 { -f } else { f }
    }

    /// Mantissa in `[0.5, 1)` with the sign, and the binary exponent.
    pub fn mant_exp(&self) -> (f64, i64) {
        if self.mant.is_zero() {
            return (0.0, 0);
        }
        let unit = BigFloat {
            mant: self.mant.clone(),
            exp: -(self.mant.bits() as i64),
        };
        (unit.to_f64(), self.top())
    }
}

/// `m × 2^e` by exact steps.
fn scale(mut m: f64, mut e: i64) -> f64 {
    while e > 1000 {
        m *= 2f64.powi(1000);
        e -= 1000;
    }
    while e < -1000 {
        m *= 2f64.powi(-1000);
        e += 1000;
    }
    m * 2f64.powi(e as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(digits: i64, exp10: i64) -> BigFloat {
        BigFloat::from_decimal(&BigInt::from(digits), exp10, 0)
    }

    #[test]
    fn decimals_round_to_the_nearest_float() {
        for (digits, exp, text) in [
            (1, -1, "0.1"),
            (3, 0, "3"),
            (-25, -1, "-2.5"),
            (17976931348623157, 292, "1.7976931348623157e308"),
            (5, -324, "5e-324"),
            (1, 23, "1e23"),
            (2, -324, "2e-324"),
            (3, -324, "3e-324"),
        ] {
            assert_eq!(
                dec(digits, exp).to_f64(),
                text.parse::<f64>().unwrap(),
                "{text}"
            );
            assert_eq!(
                dec(digits, exp).to_f32(),
                text.parse::<f32>().unwrap(),
                "{text}"
            );
        }
    }

    #[test]
    fn huge_exponents_cost_nothing_special() {
        let big = dec(1, 100_000_000);
        let small = dec(1, -100_000_000);
        assert_eq!(big.mul(&small).to_f64(), 1.0);
        assert_eq!(big.add(&small).compare(&big), Ordering::Equal);
        assert_eq!(big.to_f64(), f64::INFINITY);
        assert!(dec(1, i64::MAX / 4).is_inf());
        assert_eq!(dec(1, i64::MIN / 4).sign(), 0);
    }

    #[test]
    fn comparison_and_division() {
        let third = dec(1, 0).quo(&dec(3, 0));
        assert_eq!(third.to_f64(), 1.0 / 3.0);
        assert_eq!(third.compare(&dec(33, -2)), Ordering::Greater);
        assert_eq!(third.neg().compare(&dec(-1, 0)), Ordering::Greater);
        assert_eq!(BigFloat::from_f64(-0.3).to_f64(), -0.3);
        let r = |n: i64, d: i64| BigFloat::floats_of_ratio(&BigRational::new(n.into(), d.into()));
        assert_eq!(r(-1, 3), (-1.0 / 3.0, -1.0f32 / 3.0));
        assert_eq!(r(-2, 3), (-2.0 / 3.0, -2.0f32 / 3.0));
        assert_eq!(r(1, 10), (0.1, 0.1));
        assert_eq!(BigFloat::from_f64(5e-324).to_f64(), 5e-324);
    }
}

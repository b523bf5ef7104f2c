//! Conversions between numbers.

use super::operands::*;
use super::{Fp, Gp, Pc, handlers};

/// int64(x) as amd64 computes it: what does not fit becomes the smallest int64.
#[inline(always)]
pub fn to_i64(x: f64) -> i64 {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if (-LIMIT..LIMIT).contains(&x) {
        x as i64
    } else {
        i64::MIN
    }
}

/// uint64(x) as Go computes it on amd64: two ranges, each by the signed conversion.
#[inline(always)]
pub fn to_u64(x: f64) -> u64 {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if x >= LIMIT {
        to_i64(x - LIMIT) as u64 ^ 1 << 63
    } else {
        to_i64(x) as u64
    }
}

handlers! {
    fn CvtI64F64(pc, fp, gp) {
        setf(fp, a(pc), get(fp, b(pc)) as i64 as f64);
        (pc, fp)
    }
    fn CvtU64F64(pc, fp, gp) {
        setf(fp, a(pc), get(fp, b(pc)) as f64);
        (pc, fp)
    }
    fn CvtI64F32(pc, fp, gp) {
        setf32(fp, a(pc), get(fp, b(pc)) as i64 as f32);
        (pc, fp)
    }
    fn CvtU64F32(pc, fp, gp) {
        setf32(fp, a(pc), get(fp, b(pc)) as f32);
        (pc, fp)
    }
    fn CvtF64I64(pc, fp, gp) {
        set(fp, a(pc), to_i64(getf(fp, b(pc))) as u64);
        (pc, fp)
    }
    fn CvtF64U64(pc, fp, gp) {
        set(fp, a(pc), to_u64(getf(fp, b(pc))));
        (pc, fp)
    }
    fn CvtF64F32(pc, fp, gp) {
        setf32(fp, a(pc), getf(fp, b(pc)) as f32);
        (pc, fp)
    }
    fn CvtF32F64(pc, fp, gp) {
        setf(fp, a(pc), getf32(fp, b(pc)) as f64);
        (pc, fp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn out_of_range_floats_convert_as_on_amd64() {
        assert_eq!(to_i64(-3.9), -3);
        assert_eq!(to_i64(1e19), i64::MIN);
        assert_eq!(to_i64(f64::NAN), i64::MIN);
        assert_eq!(to_u64(1e19), 10_000_000_000_000_000_000);
        assert_eq!(to_u64(-1.0), u64::MAX);
        assert_eq!(to_u64(f64::NAN), 1 << 63);
    }
}

//! Package math.

use minigo_vm::native;
use minigo_vm::native::NativeTable;

native! {
    fn ldexp(gp, f: f64, e: i64) -> f64 { f * 2f64.powi(e as i32) }
    fn sqrt(gp, f: f64) -> f64 { f.sqrt() }
    fn nan(gp) -> f64 { f64::NAN }
    fn inf(gp, i: i64) -> f64 { if i >= 0 { f64::INFINITY } else { f64::NEG_INFINITY } }
    fn copysign(gp, a: f64, b: f64) -> f64 { a.copysign(b) }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("math.Copysign", copysign),
    ("math.Inf", inf),
    ("math.NaN", nan),
    ("math.Sqrt", sqrt),
    ("math.ldexp", ldexp),
];

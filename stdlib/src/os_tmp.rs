use minigo_vm::native;
use minigo_vm::native::{GoSlice, NativeTable};
native! {
    fn write(gp, fd: i64, p: GoSlice) -> i64 { libc::write(fd as i32, p.ptr.cast(), p.len as usize) as i64 }
    fn exit(gp, code: i64) { std::process::exit(code as i32) }
    fn ldexp(gp, f: f64, e: i64) -> f64 { f * 2f64.powi(e as i32) }
    fn sqrt(gp, f: f64) -> f64 { f.sqrt() }
    fn nan(gp) -> f64 { f64::NAN }
    fn inf(gp, i: i64) -> f64 { if i >= 0 {f64::INFINITY} else {f64::NEG_INFINITY} }
    fn copysign(gp, a: f64, b: f64) -> f64 { a.copysign(b) }
}
pub(crate) const NATIVES: &NativeTable = &[
    ("os.write", write),
    ("os.exit", exit),
    ("math.ldexp", ldexp),
    ("math.Sqrt", sqrt),
    ("math.NaN", nan),
    ("math.Inf", inf),
    ("math.Copysign", copysign),
];

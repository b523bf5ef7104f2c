//! Moves, constants, arithmetic and comparisons of numbers.

use super::operands::*;
use super::{Fp, Gp, Pc, handlers, trap};
use crate::load::CODE_HEADER;

/// Three-operand instructions: dst := f(a, b), with how slots are read and written.
macro_rules! binary {
    ($($get:ident $set:ident [ $($name:ident = |$x:ident, $y:ident| $e:expr;)* ])*) => { $( handlers! { $(
        fn $name(pc, fp, gp) {
            let ($x, $y) = ($get(fp, b(pc)), $get(fp, c(pc)));
            $set(fp, a(pc), $e);
            (pc, fp)
        }
    )* } )* };
}

/// dst := f(a, immediate)
macro_rules! immediate {
    ($($name:ident = |$x:ident, $i:ident| $e:expr;)*) => { handlers! { $(
        fn $name(pc, fp, gp) {
            let ($x, $i) = (get(fp, b(pc)), ic(pc));
            set(fp, a(pc), $e);
            (pc, fp)
        }
    )* } };
}

/// dst := f(a)
macro_rules! unary {
    ($($get:ident $set:ident [ $($name:ident = |$x:ident| $e:expr;)* ])*) => { $( handlers! { $(
        fn $name(pc, fp, gp) {
            let $x = $get(fp, b(pc));
            $set(fp, a(pc), $e);
            (pc, fp)
        }
    )* } )* };
}

/// dst := f(a, b), unless b is 0.
macro_rules! division {
    ($($name:ident = |$x:ident, $y:ident| $e:expr;)*) => { handlers! { $(
        fn $name(pc, fp, gp) {
            let ($x, $y) = (get(fp, b(pc)), get(fp, c(pc)));
            if $y == 0 {
                return trap(pc, fp, gp);
            }
            set(fp, a(pc), $e);
            (pc, fp)
        }
    )* } };
}

handlers! {
    fn Mov(pc, fp, gp) {
        set(fp, a(pc), get(fp, b(pc)));
        (pc, fp)
    }

    fn Mov2(pc, fp, gp) {
        let src = fp.add(b(pc));
        let (x, y) = (*src, *src.add(1));
        let dst = fp.add(a(pc));
        *dst = x;
        *dst.add(1) = y;
        (pc, fp)
    }

    fn Mov3(pc, fp, gp) {
        let src = fp.add(b(pc));
        let (x, y, z) = (*src, *src.add(1), *src.add(2));
        let dst = fp.add(a(pc));
        *dst = x;
        *dst.add(1) = y;
        *dst.add(2) = z;
        (pc, fp)
    }

    fn MovN(pc, fp, gp) {
        std::ptr::copy(fp.add(b(pc)), fp.add(a(pc)), c(pc));
        (pc, fp)
    }

    fn LoadImm(pc, fp, gp) {
        set(fp, a(pc), iwide(pc) as u64);
        (pc, fp)
    }

    fn LoadConst(pc, fp, gp) {
        set(fp, a(pc), *near::<u64>(pc));
        (pc, fp)
    }

    fn LoadStr(pc, fp, gp) {
        let s = near::<u64>(pc);
        let dst = fp.add(a(pc));
        *dst = *s;
        *dst.add(1) = *s.add(1);
        (pc, fp)
    }

    fn Zero(pc, fp, gp) {
        let dst = fp.add(a(pc));
        for i in 0..wide(pc) as usize {
            *dst.add(i) = 0;
        }
        (pc, fp)
    }

    fn LoadFunc(pc, fp, gp) {
        set(fp, a(pc), near::<u64>(pc).sub(CODE_HEADER) as u64);
        (pc, fp)
    }

    fn LoadType(pc, fp, gp) {
        set(fp, a(pc), near::<u8>(pc) as u64);
        (pc, fp)
    }

    fn StrIface(pc, fp, gp) {
        let dst = fp.add(a(pc));
        // The constant's header in the image is the immutable copy that the data word points at.
        *dst = near_low::<u8>(pc) as u64;
        *dst.add(1) = near::<u64>(pc) as u64;
        (pc.add(1), fp)
    }

    fn FrameAddr(pc, fp, gp) {
        set(fp, a(pc), fp.add(b(pc)) as u64);
        (pc, fp)
    }

    fn MulAddF64(pc, fp, gp) {
        let acc = a(pc);
        setf(fp, acc, getf(fp, acc) + getf(fp, b(pc)) * getf(fp, c(pc)));
        (pc, fp)
    }

    fn MulSubF64(pc, fp, gp) {
        let acc = a(pc);
        setf(fp, acc, getf(fp, acc) - getf(fp, b(pc)) * getf(fp, c(pc)));
        (pc, fp)
    }

    fn CheckShift(pc, fp, gp) {
        if (get(fp, a(pc)) as i64) < 0 {
            return trap(pc, fp, gp);
        }
        (pc, fp)
    }

    fn DivI64Imm(pc, fp, gp) {
        set(fp, a(pc), (get(fp, b(pc)) as i64).wrapping_div(nonzero(ic(pc))) as u64);
        (pc, fp)
    }

    fn RemI64Imm(pc, fp, gp) {
        set(fp, a(pc), (get(fp, b(pc)) as i64).wrapping_rem(nonzero(ic(pc))) as u64);
        (pc, fp)
    }
}

/// The verifier has seen that the divisor is neither 0 nor -1.
#[inline(always)]
unsafe fn nonzero(imm: i64) -> i64 {
    // SAFETY: as said.
    unsafe { std::hint::assert_unchecked(imm != 0 && imm != -1) };
    imm
}

unary! {
    get set [
        Sext8 = |x| x as i8 as i64 as u64;
        Sext16 = |x| x as i16 as i64 as u64;
        Sext32 = |x| x as i32 as i64 as u64;
        Zext8 = |x| x as u8 as u64;
        Zext16 = |x| x as u16 as u64;
        Zext32 = |x| x as u32 as u64;
        NegI64 = |x| x.wrapping_neg();
        Not = |x| !x;
        NotBool = |x| x ^ 1;
    ]
    getf setf [
        NegF64 = |x| -x;
        SqrtF64 = |x| x.sqrt();
        AbsF64 = |x| x.abs();
    ]
    getf32 setf32 [
        NegF32 = |x| -x;
    ]
}

binary! {
    get set [
        AddI64 = |x, y| x.wrapping_add(y);
        SubI64 = |x, y| x.wrapping_sub(y);
        MulI64 = |x, y| x.wrapping_mul(y);
        And = |x, y| x & y;
        Or = |x, y| x | y;
        Xor = |x, y| x ^ y;
        AndNot = |x, y| x & !y;
        Shl = |x, y| if y < 64 { x << y } else { 0 };
        ShrI64 = |x, y| (x as i64 >> y.min(63)) as u64;
        ShrU64 = |x, y| if y < 64 { x >> y } else { 0 };
        AddI32 = |x, y| (x as i32).wrapping_add(y as i32) as i64 as u64;
        SubI32 = |x, y| (x as i32).wrapping_sub(y as i32) as i64 as u64;
        MulI32 = |x, y| (x as i32).wrapping_mul(y as i32) as i64 as u64;
        AddU32 = |x, y| (x as u32).wrapping_add(y as u32) as u64;
        SubU32 = |x, y| (x as u32).wrapping_sub(y as u32) as u64;
        MulU32 = |x, y| (x as u32).wrapping_mul(y as u32) as u64;
        AddU8 = |x, y| (x as u8).wrapping_add(y as u8) as u64;
        SubU8 = |x, y| (x as u8).wrapping_sub(y as u8) as u64;
        EqI64 = |x, y| (x == y) as u64;
        NeI64 = |x, y| (x != y) as u64;
        LtI64 = |x, y| ((x as i64) < y as i64) as u64;
        LeI64 = |x, y| (x as i64 <= y as i64) as u64;
        LtU64 = |x, y| (x < y) as u64;
        LeU64 = |x, y| (x <= y) as u64;
        MinI64 = |x, y| (x as i64).min(y as i64) as u64;
        MaxI64 = |x, y| (x as i64).max(y as i64) as u64;
        MinU64 = |x, y| x.min(y);
        MaxU64 = |x, y| x.max(y);
    ]
    getf setf [
        AddF64 = |x, y| x + y;
        SubF64 = |x, y| x - y;
        MulF64 = |x, y| x * y;
        DivF64 = |x, y| x / y;
        MinF64 = |x, y| min_f64(x, y);
        MaxF64 = |x, y| -min_f64(-x, -y);
    ]
    getf32 setf32 [
        AddF32 = |x, y| x + y;
        SubF32 = |x, y| x - y;
        MulF32 = |x, y| x * y;
        DivF32 = |x, y| x / y;
        MinF32 = |x, y| min_f64(x as f64, y as f64) as f32;
        MaxF32 = |x, y| -min_f64(-(x as f64), -(y as f64)) as f32;
    ]
    getf set [
        EqF64 = |x, y| (x == y) as u64;
        NeF64 = |x, y| (x != y) as u64;
        LtF64 = |x, y| (x < y) as u64;
        LeF64 = |x, y| (x <= y) as u64;
    ]
    getf32 set [
        EqF32 = |x, y| (x == y) as u64;
        NeF32 = |x, y| (x != y) as u64;
        LtF32 = |x, y| (x < y) as u64;
        LeF32 = |x, y| (x <= y) as u64;
    ]
}

immediate! {
    AddI64Imm = |x, i| x.wrapping_add(i as u64);
    MulI64Imm = |x, i| x.wrapping_mul(i as u64);
    AndImm = |x, i| x & i as u64;
    ShlImm = |x, i| x << (i & 63);
    ShrI64Imm = |x, i| (x as i64 >> (i & 63)) as u64;
    ShrU64Imm = |x, i| x >> (i & 63);
    AddI32Imm = |x, i| (x as i32).wrapping_add(i as i32) as i64 as u64;
    AddU32Imm = |x, i| (x as u32).wrapping_add(i as u32) as u64;
    ShlU32Imm = |x, i| ((x as u32) << (i & 31)) as u64;
    AddU8Imm = |x, i| (x as u8).wrapping_add(i as u8) as u64;
}

division! {
    DivI64 = |x, y| (x as i64).wrapping_div(y as i64) as u64;
    RemI64 = |x, y| (x as i64).wrapping_rem(y as i64) as u64;
    DivU64 = |x, y| x / y;
    RemU64 = |x, y| x % y;
}

/// Go's min: a NaN wins, and -0 is less than 0.
#[inline(always)]
fn min_f64(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        return x + y;
    }
    if x == 0.0 && y == 0.0 {
        return f64::from_bits(x.to_bits() | y.to_bits());
    }
    if x < y { x } else { y }
}

// ---- complex numbers ----

#[derive(Clone, Copy, PartialEq)]
struct Complex {
    re: f64,
    im: f64,
}

/// complex128: two slots.
#[inline(always)]
unsafe fn get128(fp: Fp, slot: usize) -> Complex {
    // SAFETY: two slots of the current frame.
    unsafe {
        Complex {
            re: getf(fp, slot),
            im: getf(fp, slot + 1),
        }
    }
}

#[inline(always)]
unsafe fn set128(fp: Fp, slot: usize, v: Complex) {
    // SAFETY: two slots of the current frame.
    unsafe {
        setf(fp, slot, v.re);
        setf(fp, slot + 1, v.im);
    }
}

/// complex64: one slot, real part in the low half.
#[inline(always)]
unsafe fn get64(fp: Fp, slot: usize) -> (f32, f32) {
    // SAFETY: a slot of the current frame.
    let v = unsafe { get(fp, slot) };
    (f32::from_bits(v as u32), f32::from_bits((v >> 32) as u32))
}

#[inline(always)]
unsafe fn set64(fp: Fp, slot: usize, v: (f32, f32)) {
    // SAFETY: a slot of the current frame.
    unsafe {
        set(
            fp,
            slot,
            v.0.to_bits() as u64 | (v.1.to_bits() as u64) << 32,
        )
    }
}

/// Go's complex division: like C99's Annex G, an infinite or zero operand decides before NaNs do.
fn divide(n: Complex, m: Complex) -> Complex {
    let inf = |x: f64| x.is_infinite();
    let signed_one = |x: f64| {
        if inf(x) {
            1f64.copysign(x)
        } else {
            0f64.copysign(x)
        }
    };
    // Scaled division that avoids overflow (Smith).
    let (mut e, mut f);
    if m.re.abs() >= m.im.abs() {
        let ratio = m.im / m.re;
        let denom = m.re + ratio * m.im;
        e = (n.re + n.im * ratio) / denom;
        f = (n.im - n.re * ratio) / denom;
    } else {
        let ratio = m.re / m.im;
        let denom = m.im + ratio * m.re;
        e = (n.re * ratio + n.im) / denom;
        f = (n.im * ratio - n.re) / denom;
    }
    if e.is_nan() && f.is_nan() {
        let (a, b, c, d) = (n.re, n.im, m.re, m.im);
        if m.re == 0.0 && m.im == 0.0 && (!a.is_nan() || !b.is_nan()) {
            e = f64::INFINITY.copysign(c) * a;
            f = f64::INFINITY.copysign(c) * b;
        } else if (inf(a) || inf(b)) && c.is_finite() && d.is_finite() {
            let (a, b) = (signed_one(a), signed_one(b));
            e = f64::INFINITY * (a * c + b * d);
            f = f64::INFINITY * (b * c - a * d);
        } else if (inf(c) || inf(d)) && a.is_finite() && b.is_finite() {
            let (c, d) = (signed_one(c), signed_one(d));
            e = 0.0 * (a * c + b * d);
            f = 0.0 * (b * c - a * d);
        }
    }
    Complex { re: e, im: f }
}

handlers! {
    fn AddC128(pc, fp, gp) {
        let (x, y) = (get128(fp, b(pc)), get128(fp, c(pc)));
        set128(fp, a(pc), Complex { re: x.re + y.re, im: x.im + y.im });
        (pc, fp)
    }
    fn SubC128(pc, fp, gp) {
        let (x, y) = (get128(fp, b(pc)), get128(fp, c(pc)));
        set128(fp, a(pc), Complex { re: x.re - y.re, im: x.im - y.im });
        (pc, fp)
    }
    fn MulC128(pc, fp, gp) {
        let (x, y) = (get128(fp, b(pc)), get128(fp, c(pc)));
        let v = Complex { re: x.re * y.re - x.im * y.im, im: x.re * y.im + x.im * y.re };
        set128(fp, a(pc), v);
        (pc, fp)
    }
    fn DivC128(pc, fp, gp) {
        set128(fp, a(pc), divide(get128(fp, b(pc)), get128(fp, c(pc))));
        (pc, fp)
    }
    fn EqC128(pc, fp, gp) {
        set(fp, a(pc), (get128(fp, b(pc)) == get128(fp, c(pc))) as u64);
        (pc, fp)
    }
    fn AddC64(pc, fp, gp) {
        let (x, y) = (get64(fp, b(pc)), get64(fp, c(pc)));
        set64(fp, a(pc), (x.0 + y.0, x.1 + y.1));
        (pc, fp)
    }
    fn SubC64(pc, fp, gp) {
        let (x, y) = (get64(fp, b(pc)), get64(fp, c(pc)));
        set64(fp, a(pc), (x.0 - y.0, x.1 - y.1));
        (pc, fp)
    }
    fn MulC64(pc, fp, gp) {
        let (x, y) = (get64(fp, b(pc)), get64(fp, c(pc)));
        set64(fp, a(pc), (x.0 * y.0 - x.1 * y.1, x.0 * y.1 + x.1 * y.0));
        (pc, fp)
    }
    fn DivC64(pc, fp, gp) {
        let (x, y) = (get64(fp, b(pc)), get64(fp, c(pc)));
        let widen = |z: (f32, f32)| Complex { re: z.0 as f64, im: z.1 as f64 };
        let v = divide(widen(x), widen(y));
        set64(fp, a(pc), (v.re as f32, v.im as f32));
        (pc, fp)
    }
    fn EqC64(pc, fp, gp) {
        set(fp, a(pc), (get64(fp, b(pc)) == get64(fp, c(pc))) as u64);
        (pc, fp)
    }
    fn CvtC64C128(pc, fp, gp) {
        let x = get64(fp, b(pc));
        set128(fp, a(pc), Complex { re: x.0 as f64, im: x.1 as f64 });
        (pc, fp)
    }
    fn CvtC128C64(pc, fp, gp) {
        let x = get128(fp, b(pc));
        set64(fp, a(pc), (x.re as f32, x.im as f32));
        (pc, fp)
    }
    fn MakeC64(pc, fp, gp) {
        set64(fp, a(pc), (getf32(fp, b(pc)), getf32(fp, c(pc))));
        (pc, fp)
    }
    fn RealC64(pc, fp, gp) {
        setf32(fp, a(pc), get64(fp, b(pc)).0);
        (pc, fp)
    }
    fn ImagC64(pc, fp, gp) {
        setf32(fp, a(pc), get64(fp, b(pc)).1);
        (pc, fp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn min_prefers_nan_and_negative_zero() {
        assert!(min_f64(f64::NAN, 1.0).is_nan());
        assert!(min_f64(1.0, f64::NAN).is_nan());
        assert_eq!(min_f64(0.0, -0.0).to_bits(), (-0.0f64).to_bits());
        assert_eq!(min_f64(-0.0, 0.0).to_bits(), (-0.0f64).to_bits());
        assert_eq!((-min_f64(-0.0, -(-0.0))).to_bits(), 0);
        assert_eq!(min_f64(2.0, 1.0), 1.0);
    }

    #[test]
    fn complex_division_knows_infinities() {
        let z = |re, im| Complex { re, im };
        assert!(divide(z(6.0, 2.0), z(2.0, 0.0)) == z(3.0, 1.0));
        let v = divide(z(1.0, 0.0), z(0.0, 0.0));
        assert!(v.re.is_infinite() && v.im.is_nan());
        assert!(divide(z(1.0, 1.0), z(f64::INFINITY, 0.0)) == z(0.0, 0.0));
    }
}

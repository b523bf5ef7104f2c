//! Floats to text, to the last digit as Go has it.
//!
//! Shortest digits come from zmij, digits to a given precision from std, which rounds exactly. The layout is ours.

/// The significant decimal digits of a number: `0.d1d2d3… × 10^point`.
struct Decimal {
    digits: Vec<u8>,
    point: i32,
}

/// Go: strconv.AppendFloat, for a finite or infinite `f`; `bits` is 32 or 64.
pub fn append_float(out: &mut Vec<u8>, f: f64, fmt: u8, prec: i64, bits: u32) {
    if f.is_nan() {
        return out.extend(b"NaN");
    }
    if f.is_infinite() {
        return out.extend(if f > 0.0 { b"+Inf" } else { b"-Inf" });
    }
    match fmt {
        b'b' => return binary(out, f, bits),
        b'x' | b'X' => return hexadecimal(out, f, fmt, prec, bits),
        b'e' | b'E' | b'f' | b'g' | b'G' => {}
        _ => return out.extend([b'%', fmt]),
    }
    if f.is_sign_negative() {
        out.push(b'-');
    }
    let abs = f.abs();
    let shortest = prec < 0;
    let mut prec = prec.max(0) as usize;
    let d = match fmt {
        _ if shortest => {
            let d = shortest_digits(abs, bits);
            match fmt {
                b'e' | b'E' => prec = d.digits.len().saturating_sub(1),
                b'f' => prec = (d.digits.len() as i32 - d.point).max(0) as usize,
                _ => prec = d.digits.len(),
            }
            d
        }
        b'f' => return fixed(out, abs, prec),
        b'e' | b'E' => digits_to(abs, prec + 1),
        _ => {
            prec = prec.max(1);
            let mut d = digits_to(abs, prec);
            while d.digits.last() == Some(&b'0') {
                d.digits.pop();
            }
            if d.digits.is_empty() {
                d.point = 0;
            }
            d
        }
    };
    match fmt {
        b'e' | b'E' => exponential(out, &d, prec, fmt),
        b'f' => positional(out, &d, prec),
        _ => {
            let n = d.digits.len();
            let mut eprec = prec;
            if eprec > n && n as i32 >= d.point {
                eprec = n;
            }
            if shortest {
                eprec = 6;
            }
            let exp = d.point - 1;
            if exp < -4 || exp >= eprec as i32 {
                let prec = prec.min(n);
                return exponential(out, &d, prec.saturating_sub(1), fmt + b'e' - b'g');
            }
            positional(out, &d, (n as i32 - d.point).max(0) as usize);
        }
    }
}

fn shortest_digits(abs: f64, bits: u32) -> Decimal {
    if abs == 0.0 {
        return Decimal {
            digits: Vec::new(),
            point: 0,
        };
    }
    let mut buffer = zmij::Buffer::new();
    let text = if bits == 32 {
        buffer.format_finite(abs as f32)
    } else {
        buffer.format_finite(abs)
    };
    let (mantissa, exp) = text.split_once('e').unwrap_or((text, "0"));
    let exp: i32 = exp.parse().expect("an exponent");
    let (int, frac) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all: Vec<u8> = int.bytes().chain(frac.bytes()).collect();
    let zeros = all.iter().take_while(|&&c| c == b'0').count();
    let end = all
        .iter()
        .rposition(|&c| c != b'0')
        .map_or(zeros, |i| i + 1);
    Decimal {
        digits: all[zeros..end].to_vec(),
        point: exp + int.len() as i32 - zeros as i32,
    }
}

/// No double has more significant digits than this.
const MAX_DIGITS: usize = 770;

/// The first `n` significant digits, rounded to even; none for zero.
fn digits_to(abs: f64, n: usize) -> Decimal {
    if abs == 0.0 {
        return Decimal {
            digits: Vec::new(),
            point: 0,
        };
    }
    let text = format!("{:.*e}", (n - 1).min(MAX_DIGITS), abs);
    let (mantissa, exp) = text.split_once('e').expect("an exponent");
    Decimal {
        digits: mantissa.bytes().filter(|&c| c != b'.').collect(),
        point: exp.parse::<i32>().expect("an exponent") + 1,
    }
}

/// `ddd.ddd` with `prec` digits behind the point.
fn fixed(out: &mut Vec<u8>, abs: f64, prec: usize) {
    use std::io::Write;
    const MOST: usize = 1100; // behind the point there is nothing beyond 2^-1074
    let _ = write!(out, "{:.*}", prec.min(MOST), abs);
    out.extend(std::iter::repeat_n(b'0', prec.saturating_sub(MOST)));
}

fn positional(out: &mut Vec<u8>, d: &Decimal, prec: usize) {
    let at = |i: i32| {
        let i = usize::try_from(i).ok();
        i.and_then(|i| d.digits.get(i)).copied().unwrap_or(b'0')
    };
    if d.point > 0 {
        out.extend((0..d.point).map(at));
    } else {
        out.push(b'0');
    }
    if prec > 0 {
        out.push(b'.');
        out.extend((0..prec as i32).map(|i| at(d.point + i)));
    }
}

fn exponential(out: &mut Vec<u8>, d: &Decimal, prec: usize, e: u8) {
    out.push(*d.digits.first().unwrap_or(&b'0'));
    if prec > 0 {
        out.push(b'.');
        let have = d.digits.len().min(prec + 1).max(1);
        out.extend(d.digits.get(1..have).unwrap_or_default());
        out.extend(std::iter::repeat_n(b'0', prec + 1 - have));
    }
    let exp = if d.digits.is_empty() { 0 } else { d.point - 1 };
    exponent(out, e, exp);
}

/// `e+07`: at least two digits.
fn exponent(out: &mut Vec<u8>, e: u8, exp: i32) {
    out.push(e);
    out.push(if exp < 0 { b'-' } else { b'+' });
    let exp = exp.unsigned_abs();
    if exp < 10 {
        out.push(b'0');
    }
    out.extend(exp.to_string().bytes());
}

/// Sign, mantissa and exponent of two, as the type stores them: `mantissa × 2^exp`.
fn parts(f: f64, bits: u32) -> (bool, u64, i32) {
    let (raw, width, bias) = match bits {
        32 => ((f as f32).to_bits() as u64, 23, 127),
        _ => (f.to_bits(), 52, 1023),
    };
    let negative = raw >> (bits - 1) != 0;
    let exp = (raw >> width) as i32 & ((1 << (bits - 1 - width)) - 1);
    let mantissa = raw & ((1 << width) - 1);
    match exp {
        0 => (negative, mantissa, 1 - bias - width as i32),
        _ => (negative, mantissa | 1 << width, exp - bias - width as i32),
    }
}

/// `-4503599627370496p-52`
fn binary(out: &mut Vec<u8>, f: f64, bits: u32) {
    let (negative, mantissa, exp) = parts(f, bits);
    let sign = if negative { "-" } else { "" };
    out.extend(format!("{sign}{mantissa}p{exp:+}").bytes());
}

/// `-0x1.yyyp+05`, normalised to one digit before the point.
fn hexadecimal(out: &mut Vec<u8>, f: f64, fmt: u8, prec: i64, bits: u32) {
    let (negative, mut mantissa, exp) = parts(f, bits);
    let mut exp = if mantissa == 0 { 0 } else { exp + 60 };
    // The leading one at bit 60.
    if mantissa != 0 {
        let shift = mantissa.leading_zeros() - 3;
        mantissa <<= shift;
        exp -= shift as i32;
    }
    if (0..15).contains(&prec) {
        let shift = prec as u32 * 4;
        let extra = (mantissa << shift) & ((1 << 60) - 1);
        mantissa >>= 60 - shift;
        if extra | (mantissa & 1) > 1 << 59 {
            mantissa += 1;
        }
        mantissa <<= 60 - shift;
        if mantissa & 1 << 61 != 0 {
            mantissa >>= 1;
            exp += 1;
        }
    }
    let x = fmt;
    let digits: &[u8; 16] = match fmt {
        b'X' => b"0123456789ABCDEF",
        _ => b"0123456789abcdef",
    };
    if negative {
        out.push(b'-');
    }
    out.extend([b'0', x, b'0' + (mantissa >> 60 & 1) as u8]);
    mantissa <<= 4;
    if prec != 0 && (prec > 0 || mantissa != 0) {
        out.push(b'.');
    }
    let mut left = if prec < 0 { usize::MAX } else { prec as usize };
    while left > 0 && (prec > 0 || mantissa != 0) {
        out.push(digits[(mantissa >> 60) as usize & 15]);
        mantissa <<= 4;
        left -= 1;
    }
    exponent(out, if x == b'X' { b'P' } else { b'p' }, exp);
}

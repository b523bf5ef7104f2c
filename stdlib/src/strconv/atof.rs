//! Text to floats: Go's syntax around std's correctly rounded conversion.

use super::atoi::{Fault, underscores_ok};

/// Go: strconv.ParseFloat. With [`Fault::Range`] the value is an infinity.
pub fn parse_float(s: &[u8], bits: i64) -> (f64, Option<Fault>) {
    let (f, n, fault) = parse_float_prefix(s, bits);
    if n == s.len() {
        (f, fault)
    } else {
        (0.0, Some(Fault::Syntax))
    }
}

/// The number that `s` begins with, and its length.
pub fn parse_float_prefix(s: &[u8], bits: i64) -> (f64, usize, Option<Fault>) {
    let (negative, rest) = match s {
        [b'+', rest @ ..] => (false, rest),
        [b'-', rest @ ..] => (true, rest),
        _ => (false, s),
    };
    let sign = |f: f64| if negative { -f } else { f };
    let begins = |s: &[u8], word: &str| {
        s.get(..word.len())
            .is_some_and(|p| p.eq_ignore_ascii_case(word.as_bytes()))
    };
    let signs = s.len() - rest.len();
    if begins(rest, "inf") {
        let n = if begins(rest, "infinity") { 8 } else { 3 };
        return (sign(f64::INFINITY), signs + n, None);
    }
    if begins(s, "nan") {
        return (f64::NAN, 3, None);
    }
    let value = match rest {
        [b'0', b'x' | b'X', digits @ ..] => hexadecimal(digits, bits),
        _ => decimal(rest, bits),
    };
    match value {
        Some((f, tail)) if underscores_ok(&s[..s.len() - tail]) => {
            let range = f.is_infinite().then_some(Fault::Range);
            (sign(f), s.len() - tail, range)
        }
        _ => (0.0, 0, Some(Fault::Syntax)),
    }
}

/// Digits, a point, an exponent; underscores are skipped (and looked at elsewhere). The value, and the length of the rest.
fn decimal(s: &[u8], bits: i64) -> Option<(f64, usize)> {
    let mut text = String::with_capacity(s.len());
    let (mut digits, mut point) = (false, false);
    let mut rest = s;
    while let [c, tail @ ..] = rest {
        match c {
            b'0'..=b'9' => digits = true,
            b'.' if !point => point = true,
            b'_' => {
                rest = tail;
                continue;
            }
            _ => break,
        }
        text.push(*c as char);
        rest = tail;
    }
    if !digits {
        return None;
    }
    if let [b'e' | b'E', tail @ ..] = rest {
        let (e, tail) = exponent(tail)?;
        text.push_str(&format!("e{e}"));
        rest = tail;
    }
    let f = match bits {
        32 => text.parse::<f32>().ok()? as f64,
        _ => text.parse().ok()?,
    };
    Some((f, rest.len()))
}

/// An exponent, cut off where it makes no difference any more, and the rest.
fn exponent(s: &[u8]) -> Option<(i32, &[u8])> {
    let (negative, digits) = match s {
        [b'+', rest @ ..] => (false, rest),
        [b'-', rest @ ..] => (true, rest),
        _ => (false, s),
    };
    if !digits.first()?.is_ascii_digit() {
        return None;
    }
    let mut e = 0;
    let mut rest = digits;
    while let [c @ (b'0'..=b'9' | b'_'), tail @ ..] = rest {
        if *c != b'_' {
            e = (e * 10 + (c - b'0') as i32).min(1_000_000);
        }
        rest = tail;
    }
    Some((if negative { -e } else { e }, rest))
}

/// What follows `0x`: hexadecimal digits, a point, a mandatory exponent of two.
fn hexadecimal(s: &[u8], bits: i64) -> Option<(f64, usize)> {
    let (mut mantissa, mut sticky, mut exp) = (0u64, false, 0i64);
    let (mut digits, mut point) = (false, false);
    let mut rest = s;
    while let [c, tail @ ..] = rest {
        match c {
            b'.' if !point => point = true,
            b'_' => {}
            _ => {
                let Some(d) = (*c as char).to_digit(16) else {
                    break;
                };
                digits = true;
                if mantissa >> 60 == 0 {
                    mantissa = mantissa << 4 | d as u64;
                    exp -= if point { 4 } else { 0 };
                } else {
                    sticky |= d != 0;
                    exp += if point { 0 } else { 4 };
                }
            }
        }
        rest = tail;
    }
    let [b'p' | b'P', tail @ ..] = rest else {
        return None;
    };
    if !digits {
        return None;
    }
    let (e, rest) = exponent(tail)?;
    let (width, min_exp) = if bits == 32 { (24, -149) } else { (53, -1074) };
    Some((
        round(mantissa, sticky, exp + e as i64, width, min_exp),
        rest.len(),
    ))
}

/// `mantissa × 2^exp` (and a little more, if sticky) rounded to even, to a float of `width` bits whose least
/// power of two is `min_exp`.
fn round(mut mantissa: u64, sticky: bool, mut exp: i64, width: u32, min_exp: i64) -> f64 {
    if mantissa == 0 {
        return 0.0;
    }
    let len = 64 - mantissa.leading_zeros();
    let mut drop = (len as i64 - width as i64).max(min_exp - exp);
    if drop > 0 {
        drop = drop.min(66);
        let wide = (mantissa as u128) << 1 | sticky as u128;
        let half = 1u128 << drop;
        let rest = wide & (half * 2 - 1);
        mantissa = (wide >> (drop + 1)) as u64;
        if rest > half || rest == half && mantissa & 1 != 0 {
            mantissa += 1;
        }
        exp = exp.saturating_add(drop);
        if exp < min_exp {
            return 0.0; // so much was dropped that nothing is left
        }
    }
    let largest = if width == 24 { 128 } else { 1024 };
    if 64 - mantissa.leading_zeros() as i64 + exp > largest {
        return f64::INFINITY;
    }
    // Exact: the mantissa fits, and so does every power of two on the way.
    let mut f = mantissa as f64;
    while exp != 0 && f != 0.0 {
        let step = exp.clamp(-1000, 900);
        f *= 2f64.powi(step as i32);
        exp -= step;
    }
    f
}

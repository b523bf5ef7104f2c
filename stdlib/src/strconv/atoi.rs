//! Integers to text and back.

/// Why a text is no number; the numbers are what package strconv's Go code knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i64)]
pub enum Fault {
    Syntax = 1,
    Range = 2,
    Base = 3,
    BitSize = 4,
}

/// Whether underscores stand only between digits, or between a base prefix and a digit.
pub fn underscores_ok(s: &[u8]) -> bool {
    if !s.contains(&b'_') {
        return true;
    }
    let s = s.strip_prefix(b"-").or(s.strip_prefix(b"+")).unwrap_or(s);
    let (mut before, hex, rest) = match s {
        [b'0', c, rest @ ..] if matches!(c | 0x20, b'b' | b'o' | b'x') => {
            (b'0', c | 0x20 == b'x', rest)
        }
        _ => (b'^', false, s),
    };
    for &c in rest {
        let kind = match c {
            b'0'..=b'9' => b'0',
            b'a'..=b'f' | b'A'..=b'F' if hex => b'0',
            b'_' if before == b'0' => b'_',
            b'_' => return false,
            _ if before == b'_' => return false,
            _ => b'!',
        };
        before = kind;
    }
    before != b'_'
}

/// Go: strconv.ParseUint.
pub fn parse_uint(s: &[u8], base: i64, bits: i64) -> (u64, Option<Fault>) {
    let fail = |f| (0, Some(f));
    if s.is_empty() {
        return fail(Fault::Syntax);
    }
    let auto = base == 0;
    let (base, digits) = match (base, s) {
        (2..=36, _) => (base as u64, s),
        (0, [b'0', c, rest @ ..]) if s.len() >= 3 && matches!(c | 0x20, b'b' | b'o' | b'x') => {
            match c | 0x20 {
                b'b' => (2, rest),
                b'o' => (8, rest),
                _ => (16, rest),
            }
        }
        (0, [b'0', rest @ ..]) => (8, rest),
        (0, _) => (10, s),
        _ => return fail(Fault::Base),
    };
    let bits = match bits {
        0 => 64,
        1..=64 => bits,
        _ => return fail(Fault::BitSize),
    };
    let max = u64::MAX >> (64 - bits);
    let mut n = 0u64;
    for &c in digits {
        let d = match c {
            b'0'..=b'9' => c - b'0',
            b'a'..=b'z' => c - b'a' + 10,
            b'A'..=b'Z' => c - b'A' + 10,
            b'_' if auto => continue,
            _ => return fail(Fault::Syntax),
        };
        if d as u64 >= base {
            return fail(Fault::Syntax);
        }
        match n.checked_mul(base).and_then(|n| n.checked_add(d as u64)) {
            Some(v) if v <= max => n = v,
            _ => return (max, Some(Fault::Range)),
        }
    }
    if auto && !underscores_ok(s) {
        return fail(Fault::Syntax);
    }
    (n, None)
}

/// Go: strconv.ParseInt.
pub fn parse_int(s: &[u8], base: i64, bits: i64) -> (i64, Option<Fault>) {
    let (negative, digits) = match s {
        [b'+', rest @ ..] => (false, rest),
        [b'-', rest @ ..] => (true, rest),
        _ => (false, s),
    };
    let (n, fault) = parse_uint(digits, base, bits);
    if fault.is_some_and(|f| f != Fault::Range) {
        return (0, fault);
    }
    let limit = 1u64 << (if bits == 0 { 64 } else { bits } - 1);
    match negative {
        false if n >= limit => ((limit - 1) as i64, Some(Fault::Range)),
        true if n > limit => ((limit as i64).wrapping_neg(), Some(Fault::Range)),
        false => (n as i64, None),
        true => ((n as i64).wrapping_neg(), None),
    }
}

/// Appends `n` in a base from 2 to 36.
pub fn append_uint(out: &mut Vec<u8>, mut n: u64, base: u64) {
    let mut text = [0; 64];
    let mut at = text.len();
    loop {
        at -= 1;
        text[at] = b"0123456789abcdefghijklmnopqrstuvwxyz"[(n % base) as usize];
        n /= base;
        if n == 0 {
            break;
        }
    }
    out.extend(&text[at..]);
}

/// Appends `n` in a base from 2 to 36.
pub fn append_int(out: &mut Vec<u8>, n: i64, base: u64) {
    if n < 0 {
        out.push(b'-');
    }
    append_uint(out, n.unsigned_abs(), base);
}

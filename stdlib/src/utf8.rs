//! UTF-8 as Go reads it: an invalid byte is U+FFFD of width one.

/// What stands for an encoding fault.
pub const RUNE_ERROR: u32 = 0xfffd;

/// The first code point of `s` and its width; (U+FFFD, 0) if `s` is empty, (U+FFFD, 1) if the encoding is invalid.
#[inline]
pub fn decode(s: &[u8]) -> (u32, usize) {
    match s {
        [] => (RUNE_ERROR, 0),
        [c @ 0..=0x7f, ..] => (*c as u32, 1),
        _ => decode_multibyte(s).unwrap_or((RUNE_ERROR, 1)),
    }
}

fn decode_multibyte(s: &[u8]) -> Option<(u32, usize)> {
    let tail = |i: usize| match s.get(i) {
        Some(c @ 0x80..=0xbf) => Some(*c as u32 & 0x3f),
        _ => None,
    };
    match s[0] {
        c @ 0xc2..=0xdf => Some(((c as u32 & 0x1f) << 6 | tail(1)?, 2)),
        c @ 0xe0..=0xef => {
            let r = (c as u32 & 0xf) << 12 | tail(1)? << 6 | tail(2)?;
            (r >= 0x800 && !(0xd800..0xe000).contains(&r)).then_some((r, 3))
        }
        c @ 0xf0..=0xf4 => {
            let r = (c as u32 & 0x7) << 18 | tail(1)? << 12 | tail(2)? << 6 | tail(3)?;
            (0x10000..0x110000).contains(&r).then_some((r, 4))
        }
        _ => None,
    }
}

/// The last code point of `s` and its width, as [`decode`].
pub fn decode_last(s: &[u8]) -> (u32, usize) {
    let Some(&last) = s.last() else {
        return (RUNE_ERROR, 0);
    };
    if last < 0x80 {
        return (last as u32, 1);
    }
    for n in 2..=s.len().min(4) {
        let (r, width) = decode(&s[s.len() - n..]);
        if s[s.len() - n] & 0xc0 != 0x80 {
            return if width == n { (r, n) } else { (RUNE_ERROR, 1) };
        }
    }
    (RUNE_ERROR, 1)
}

/// Whether `s` begins with a whole code point; an invalid one counts as whole.
pub fn full_rune(s: &[u8]) -> bool {
    let Some(&first) = s.first() else {
        return false;
    };
    let (need, second) = match first {
        0xc2..=0xdf => (2, 0x80..=0xbf),
        0xe0 => (3, 0xa0..=0xbf),
        0xed => (3, 0x80..=0x9f),
        0xe1..=0xef => (3, 0x80..=0xbf),
        0xf0 => (4, 0x90..=0xbf),
        0xf1..=0xf3 => (4, 0x80..=0xbf),
        0xf4 => (4, 0x80..=0x8f),
        _ => return true,
    };
    s.len() >= need
        || s.get(1).is_some_and(|c| !second.contains(c))
        || s.get(2).is_some_and(|c| c & 0xc0 != 0x80)
}

/// The number of code points; an invalid byte is one.
pub fn count(s: &[u8]) -> usize {
    match std::str::from_utf8(s) {
        Ok(t) => t.chars().count(),
        Err(_) => runes(s).count(),
    }
}

/// The code points with their byte offsets.
pub fn runes(s: &[u8]) -> impl Iterator<Item = (usize, u32)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (r, n) = decode(&s[at..]);
        at += n;
        (n > 0).then_some((at - n, r))
    })
}

/// Whether `r` can be encoded.
pub fn valid_rune(r: u32) -> bool {
    char::from_u32(r).is_some()
}

/// Appends the encoding of `r`, of U+FFFD if it has none.
#[inline]
pub fn push(out: &mut Vec<u8>, r: u32) {
    let c = char::from_u32(r).unwrap_or('\u{fffd}');
    let mut buffer = [0; 4];
    out.extend(c.encode_utf8(&mut buffer).as_bytes());
}

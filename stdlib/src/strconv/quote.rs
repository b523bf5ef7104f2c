//! Go's quoted strings, both ways.

use crate::unicode::tables::{is_graphic, is_print};
use crate::utf8::{self, RUNE_ERROR};

/// What stands for itself in a quoted string.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Plain {
    /// Whatever is printable.
    Print,
    /// The same, and spaces of every kind.
    Graphic,
    /// Printable ASCII.
    Ascii,
}

/// Appends `s` as a Go string literal.
pub fn append_quoted(out: &mut Vec<u8>, s: &[u8], quote: u8, plain: Plain) {
    out.reserve(s.len() + 2);
    out.push(quote);
    let mut rest = s;
    while let [first, ..] = rest {
        let (r, n) = utf8::decode(rest);
        if n == 1 && r == RUNE_ERROR {
            out.extend(b"\\x");
            push_hex(out, *first as u32, 2);
        } else {
            append_escaped(out, r, quote, plain);
        }
        rest = &rest[n..];
    }
    out.push(quote);
}

/// Appends `r` as a Go rune literal; what is no code point becomes U+FFFD.
pub fn append_quoted_rune(out: &mut Vec<u8>, r: u32, plain: Plain) {
    out.push(b'\'');
    let r = if utf8::valid_rune(r) { r } else { RUNE_ERROR };
    append_escaped(out, r, b'\'', plain);
    out.push(b'\'');
}

fn append_escaped(out: &mut Vec<u8>, r: u32, quote: u8, plain: Plain) {
    if r == quote as u32 || r == b'\\' as u32 {
        return out.extend([b'\\', r as u8]);
    }
    let itself = match plain {
        Plain::Ascii => (0x20..0x7f).contains(&r),
        Plain::Print => is_print(r),
        Plain::Graphic => is_graphic(r),
    };
    if itself {
        return utf8::push(out, r);
    }
    match r {
        7..=13 => out.extend([b'\\', b"abtnvfr"[r as usize - 7]]),
        0..=0x1f | 0x7f => {
            out.extend(b"\\x");
            push_hex(out, r, 2);
        }
        0..=0xffff => {
            out.extend(b"\\u");
            push_hex(out, r, 4);
        }
        _ => {
            out.extend(b"\\U");
            push_hex(out, r, 8);
        }
    }
}

fn push_hex(out: &mut Vec<u8>, v: u32, digits: u32) {
    for i in (0..digits).rev() {
        out.push(b"0123456789abcdef"[(v >> (4 * i)) as usize & 15]);
    }
}

/// Go: strconv.CanBackquote.
pub fn can_backquote(s: &[u8]) -> bool {
    utf8::runes(s).all(|(i, r)| match r {
        0xfeff | 0x60 | 0x7f => false,
        RUNE_ERROR => utf8::decode(&s[i..]).1 > 1,
        _ => r >= 0x20 || r == 9,
    })
}

/// Go: strconv.UnquoteChar: the character, whether it is to be encoded as UTF-8, its length in `s`.
pub fn unquote_char(s: &[u8], quote: u8) -> Option<(u32, bool, usize)> {
    let c = *s.first()?;
    if c == quote && matches!(quote, b'\'' | b'"') {
        return None;
    }
    if c >= 0x80 {
        let (r, n) = utf8::decode(s);
        return Some((r, true, n));
    }
    if c != b'\\' {
        return Some((c as u32, false, 1));
    }
    let number = |digits: &[u8], base| {
        let mut v = 0u32;
        for &d in digits {
            v = v.wrapping_mul(base) + (d as char).to_digit(base)?;
        }
        Some(v)
    };
    let c = *s.get(1)?;
    let plain = |r: u8| Some((r as u32, false, 2));
    match c {
        b'a' => plain(7),
        b'b' => plain(8),
        b'f' => plain(12),
        b'n' => plain(10),
        b'r' => plain(13),
        b't' => plain(9),
        b'v' => plain(11),
        b'x' => Some((number(s.get(2..4)?, 16)?, false, 4)),
        b'u' | b'U' => {
            let n = if c == b'u' { 6 } else { 10 };
            let r = number(s.get(2..n)?, 16)?;
            utf8::valid_rune(r).then_some((r, true, n))
        }
        b'0'..=b'7' => {
            let r = number(s.get(1..4)?, 8)?;
            (r <= 255).then_some((r, false, 4))
        }
        b'\\' => plain(b'\\'),
        b'\'' | b'"' if c == quote => plain(c),
        _ => None,
    }
}

/// The quoted string that `s` begins with: its length and, if asked, what it says.
pub fn unquote_prefix(s: &[u8], text: Option<&mut Vec<u8>>) -> Option<usize> {
    let quote = *s.first()?;
    let body = &s[1..];
    match quote {
        b'`' => {
            let n = body.iter().position(|&c| c == b'`')?;
            if let Some(text) = text {
                text.extend(body[..n].iter().filter(|&&c| c != b'\r'));
            }
            Some(n + 2)
        }
        b'"' | b'\'' => {
            let mut said = Vec::new();
            let mut at = 0;
            while *body.get(at)? != quote {
                let (r, multibyte, n) = unquote_char(&body[at..], quote)?;
                if body[at] == b'\n' {
                    return None;
                }
                at += n;
                if r < 0x80 || !multibyte {
                    said.push(r as u8);
                } else {
                    utf8::push(&mut said, r);
                }
                if quote == b'\'' {
                    break;
                }
            }
            if body.get(at) != Some(&quote) {
                return None;
            }
            if let Some(text) = text {
                *text = said;
            }
            Some(at + 2)
        }
        _ => None,
    }
}

/// Go: strconv.Unquote.
pub fn unquote(s: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    let n = unquote_prefix(s, Some(&mut text))?;
    (n == s.len()).then_some(text)
}

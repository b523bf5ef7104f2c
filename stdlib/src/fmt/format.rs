//! One value to text, by flags, width and precision: what is below the verbs.

use crate::strconv::{ftoa::append_float, quote};
use crate::unicode::tables::is_print;
use crate::utf8;

/// Flags of a verb; the numbers are what package fmt's Go code knows.
pub mod flag {
    pub const WIDTH: u64 = 1;
    pub const PRECISION: u64 = 1 << 1;
    pub const MINUS: u64 = 1 << 2;
    pub const PLUS: u64 = 1 << 3;
    pub const SHARP: u64 = 1 << 4;
    pub const SPACE: u64 = 1 << 5;
    pub const ZERO: u64 = 1 << 6;
    /// `%+v`
    pub const PLUS_V: u64 = 1 << 7;
    /// `%#v`
    pub const SHARP_V: u64 = 1 << 8;
    /// All of the above.
    pub const OF_VERB: u64 = (1 << 9) - 1;
}

/// What stands between `%` and the verb.
#[derive(Clone, Copy, Default)]
pub struct Spec {
    pub flags: u64,
    pub width: usize,
    pub precision: usize,
}

impl Spec {
    pub fn has(&self, flag: u64) -> bool {
        self.flags & flag != 0
    }

    fn without(self, flag: u64) -> Spec {
        Spec {
            flags: self.flags & !flag,
            ..self
        }
    }

    fn precision(&self) -> Option<usize> {
        self.has(flag::PRECISION).then_some(self.precision)
    }

    fn padding(&self, out: &mut Vec<u8>, n: usize) {
        let c = if self.has(flag::ZERO) && !self.has(flag::MINUS) {
            b'0'
        } else {
            b' '
        };
        out.extend(std::iter::repeat_n(c, n));
    }

    /// Appends text, padded to the width in code points.
    pub fn pad(&self, out: &mut Vec<u8>, text: &[u8]) {
        if !self.has(flag::WIDTH) || self.width == 0 {
            return out.extend(text);
        }
        let n = self.width.saturating_sub(utf8::count(text));
        if self.has(flag::MINUS) {
            out.extend(text);
            self.padding(out, n);
        } else {
            self.padding(out, n);
            out.extend(text);
        }
    }

    /// `%U`
    pub fn unicode(&self, out: &mut Vec<u8>, u: u64) {
        let digits = self.precision().unwrap_or(4).max(4);
        let mut text = format!("U+{u:0digits$X}").into_bytes();
        if self.has(flag::SHARP) && u <= 0x10ffff && is_print(u as u32) {
            text.extend(b" '");
            utf8::push(&mut text, u as u32);
            text.push(b'\'');
        }
        self.without(flag::ZERO).pad(out, &text);
    }

    /// An integer in base 2, 8, 10 or 16. `u` is the two's complement of a signed one.
    pub fn integer(&self, out: &mut Vec<u8>, u: u64, base: u64, signed: bool, verb: u32) {
        let negative = signed && (u as i64) < 0;
        let mut u = if negative { u.wrapping_neg() } else { u };
        let plain = self.without(flag::ZERO);
        let mut least = 0;
        if let Some(p) = self.precision() {
            if p == 0 && u == 0 {
                if self.has(flag::WIDTH) {
                    plain.padding(out, self.width);
                }
                return;
            }
            least = p;
        } else if self.has(flag::ZERO) && !self.has(flag::MINUS) && self.has(flag::WIDTH) {
            let sign = negative || self.has(flag::PLUS | flag::SPACE);
            least = self.width.saturating_sub(sign as usize);
        }
        let upper = verb == b'X' as u32;
        let digits: &[u8; 16] = match upper {
            true => b"0123456789ABCDEF",
            false => b"0123456789abcdef",
        };
        // From right to left.
        let mut text = [0u8; 80];
        let mut at = text.len();
        loop {
            at -= 1;
            text[at] = digits[(u % base) as usize];
            u /= base;
            if u == 0 {
                break;
            }
        }
        let zeros = least.saturating_sub(text.len() - at);
        let mut head = [0u8; 8];
        let mut n = 0;
        let mut put = |c| {
            head[n] = c;
            n += 1;
        };
        if negative {
            put(b'-');
        } else if self.has(flag::PLUS) {
            put(b'+');
        } else if self.has(flag::SPACE) {
            put(b' ');
        }
        if verb == b'O' as u32 {
            put(b'0');
            put(b'o');
        }
        if self.has(flag::SHARP) {
            match base {
                2 => {
                    put(b'0');
                    put(b'b');
                }
                8 if zeros == 0 && text[at] != b'0' => put(b'0'),
                16 => {
                    put(b'0');
                    put(if upper { b'X' } else { b'x' });
                }
                _ => {}
            }
        }
        if !self.has(flag::WIDTH) || self.width <= text.len() - at {
            out.extend(&head[..n]);
            out.extend(std::iter::repeat_n(b'0', zeros));
            return out.extend(&text[at..]);
        }
        let mut long = head[..n].to_vec();
        long.extend(std::iter::repeat_n(b'0', zeros));
        long.extend(&text[at..]);
        plain.pad(out, &long);
    }

    fn truncate<'a>(&self, s: &'a [u8]) -> &'a [u8] {
        match self.precision() {
            Some(n) if n < s.len() => match utf8::runes(s).nth(n) {
                Some((i, _)) => &s[..i],
                None => s,
            },
            _ => s,
        }
    }

    /// `%s`
    pub fn string(&self, out: &mut Vec<u8>, s: &[u8]) {
        self.pad(out, self.truncate(s));
    }

    /// `%x` of bytes.
    pub fn hex(&self, out: &mut Vec<u8>, s: &[u8], upper: bool) {
        let s = &s[..self.precision().unwrap_or(s.len()).min(s.len())];
        let (space, sharp) = (self.has(flag::SPACE), self.has(flag::SHARP));
        if s.is_empty() {
            if self.has(flag::WIDTH) {
                self.padding(out, self.width);
            }
            return;
        }
        let digits: &[u8; 16] = match upper {
            true => b"0123456789ABCDEF",
            false => b"0123456789abcdef",
        };
        let prefix = [b'0', if upper { b'X' } else { b'x' }];
        let mut width = 2 * s.len();
        if space {
            width = width * (1 + sharp as usize) + s.len() - 1;
        } else if sharp {
            width += 2;
        }
        let n = match self.has(flag::WIDTH) {
            true => self.width.saturating_sub(width),
            false => 0,
        };
        if !self.has(flag::MINUS) {
            self.padding(out, n);
        }
        for (i, &c) in s.iter().enumerate() {
            if space && i > 0 {
                out.push(b' ');
            }
            if sharp && (space || i == 0) {
                out.extend(prefix);
            }
            out.extend([digits[c as usize >> 4], digits[c as usize & 15]]);
        }
        if self.has(flag::MINUS) {
            self.padding(out, n);
        }
    }

    /// `%q` of text.
    pub fn quoted(&self, out: &mut Vec<u8>, s: &[u8]) {
        let s = self.truncate(s);
        let mut text = Vec::with_capacity(s.len() + 2);
        if self.has(flag::SHARP) && quote::can_backquote(s) {
            text.push(b'`');
            text.extend(s);
            text.push(b'`');
        } else {
            quote::append_quoted(&mut text, s, b'"', self.plain());
        }
        self.pad(out, &text);
    }

    fn plain(&self) -> quote::Plain {
        match self.has(flag::PLUS) {
            true => quote::Plain::Ascii,
            false => quote::Plain::Print,
        }
    }

    /// `%c`
    pub fn character(&self, out: &mut Vec<u8>, c: u64) {
        let mut text = Vec::with_capacity(4);
        utf8::push(&mut text, u32::try_from(c).unwrap_or(utf8::RUNE_ERROR));
        self.pad(out, &text);
    }

    /// `%q` of a code point.
    pub fn quoted_character(&self, out: &mut Vec<u8>, c: u64) {
        let mut text = Vec::with_capacity(12);
        let c = u32::try_from(c).unwrap_or(utf8::RUNE_ERROR);
        quote::append_quoted_rune(&mut text, c, self.plain());
        self.pad(out, &text);
    }

    /// A float in strconv's format `fmt`, to a precision unless the verb says one.
    pub fn float(&self, out: &mut Vec<u8>, f: f64, bits: u32, fmt: u8, precision: i64) {
        let precision = self.precision().map_or(precision, |p| p as i64);
        let mut text = vec![b'+'];
        append_float(&mut text, f, fmt, precision, bits);
        if matches!(text[1], b'-' | b'+') {
            text.remove(0);
        }
        if self.has(flag::SPACE) && text[0] == b'+' && !self.has(flag::PLUS) {
            text[0] = b' ';
        }
        if matches!(text[1], b'I' | b'N') {
            let bare = text[1] == b'N' && !self.has(flag::SPACE | flag::PLUS);
            let shown = if bare { &text[1..] } else { &text };
            return self.without(flag::ZERO).pad(out, shown);
        }
        if self.has(flag::SHARP) && fmt != b'b' {
            complete(&mut text, fmt, precision);
        }
        if self.has(flag::PLUS) || text[0] != b'+' {
            if self.has(flag::ZERO)
                && !self.has(flag::MINUS)
                && self.has(flag::WIDTH)
                && self.width > text.len()
            {
                out.push(text[0]);
                self.padding(out, self.width - text.len());
                return out.extend(&text[1..]);
            }
            return self.pad(out, &text);
        }
        self.pad(out, &text[1..]);
    }
}

/// The sharp flag: a decimal point always, and for %g and %x all digits of the precision. The text begins with a sign.
fn complete(text: &mut Vec<u8>, fmt: u8, precision: i64) {
    let mut digits = match fmt {
        b'g' | b'G' | b'x' if precision == -1 => 6,
        b'g' | b'G' | b'x' => precision,
        _ => 0,
    };
    let hex = matches!(fmt, b'x' | b'X');
    let is_tail = |c: &u8| matches!(c, b'p' | b'P') || !hex && matches!(c, b'e' | b'E');
    let end = text.iter().position(is_tail).unwrap_or(text.len());
    let tail = text.split_off(end);
    let (mut point, mut nonzero) = (false, false);
    for &c in &text[1..] {
        if c == b'.' {
            point = true;
        } else {
            nonzero |= c != b'0';
            digits -= nonzero as i64;
        }
    }
    if !point {
        if text[1..] == *b"0" {
            digits -= 1;
        }
        text.push(b'.');
    }
    text.extend(std::iter::repeat_n(b'0', digits.max(0) as usize));
    text.extend(tail);
}

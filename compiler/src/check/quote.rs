//! Go's quoting of strings and formatting of floats, as messages and literals need them. (Go: strconv)
//!
//! Knows nothing of: constants, types.

use std::fmt::Write;

/// The bytes of a string literal, quotes or backquotes included in `text`; `None` if it is malformed.
pub fn unquote(text: &str) -> Option<Vec<u8>> {
    if let Some(raw) = text.strip_prefix('`') {
        let raw = raw.strip_suffix('`')?;
        return Some(raw.bytes().filter(|&b| b != b'\r').collect());
    }
    let mut rest = text.strip_prefix('"')?.strip_suffix('"')?;
    let mut out = Vec::with_capacity(rest.len());
    while !rest.is_empty() {
        let plain = rest.find('\\').unwrap_or(rest.len());
        out.extend_from_slice(&rest.as_bytes()[..plain]);
        rest = &rest[plain..];
        if !rest.is_empty() {
            match escape(&mut rest, b'"')? {
                Escape::Byte(b) => out.push(b),
                Escape::Char(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
    }
    Some(out)
}

/// The code of a rune literal, quotes included in `text`; `None` if it is malformed.
pub fn unquote_char(text: &str) -> Option<u32> {
    let mut rest = text.strip_prefix('\'')?.strip_suffix('\'')?;
    if rest.starts_with('\\') {
        let code = match escape(&mut rest, b'\'')? {
            Escape::Byte(b) => u32::from(b),
            Escape::Char(c) => c as u32,
        };
        return rest.is_empty().then_some(code);
    }
    let mut chars = rest.chars();
    let c = chars.next()?;
    chars.next().is_none().then_some(c as u32)
}

enum Escape {
    Byte(u8),
    Char(char),
}

/// Reads an escape sequence off the front of `rest`, which begins with a backslash.
fn escape(rest: &mut &str, quote: u8) -> Option<Escape> {
    let kind = *rest.as_bytes().get(1)?;
    let simple = |b| Some((2, Escape::Byte(b)));
    let hex = |n: usize| u32::from_str_radix(rest.get(2..2 + n)?, 16).ok();
    let (len, value) = match kind {
        b'a' => simple(7),
        b'b' => simple(8),
        b'f' => simple(12),
        b'n' => simple(b'\n'),
        b'r' => simple(b'\r'),
        b't' => simple(b'\t'),
        b'v' => simple(11),
        b'\\' => simple(b'\\'),
        b'\'' | b'"' if kind == quote => simple(kind),
        b'x' => Some((4, Escape::Byte(hex(2)? as u8))),
        b'u' => Some((6, Escape::Char(char::from_u32(hex(4)?)?))),
        b'U' => Some((10, Escape::Char(char::from_u32(hex(8)?)?))),
        b'0'..=b'7' => {
            let n = u32::from_str_radix(rest.get(1..4)?, 8).ok()?;
            Some((4, Escape::Byte(u8::try_from(n).ok()?)))
        }
        _ => None,
    }?;
    *rest = &rest[len..];
    Some(value)
}

/// A string in double quotes with Go's escapes.
pub fn quote(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() + 2);
    out.push('"');
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\x07' => out.push_str("\\a"),
                '\x08' => out.push_str("\\b"),
                '\x0c' => out.push_str("\\f"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '\x0b' => out.push_str("\\v"),
                c if c < ' ' || c == '\x7f' => _ = write!(out, "\\x{:02x}", c as u32),
                c if is_print(c) => out.push(c),
                c if (c as u32) < 0x10000 => _ = write!(out, "\\u{:04x}", c as u32),
                c => _ = write!(out, "\\U{:08x}", c as u32),
            }
        }
        for b in chunk.invalid() {
            _ = write!(out, "\\x{b:02x}");
        }
    }
    out.push('"');
    out
}

/// Whether a character is shown as itself. Rust's own notion is close to Go's; both follow the Unicode categories.
fn is_print(c: char) -> bool {
    c == ' '
        || (!c.is_whitespace()
            && !c.is_control()
            && !c.escape_debug().to_string().starts_with("\\u"))
}

/// `%g`, or `%.{digits}g`: an exponent is written below −4, and from the precision on (6 for the shortest form).
pub fn format_g(x: f64, digits: Option<usize>) -> String {
    let (sci, limit) = match digits {
        Some(n) => (format!("{:.*e}", n.max(1) - 1, x), n as i32),
        None => (format!("{x:e}"), 6),
    };
    let (mantissa, exp) = sci.split_once('e').unwrap_or((&sci, "0"));
    let exp: i32 = exp.parse().unwrap_or(0);
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(m) => ("-", m),
        None => ("", mantissa),
    };
    let all: String = mantissa.chars().filter(|&c| c != '.').collect();
    let all = match all.trim_end_matches('0') {
        "" => "0",
        trimmed => trimmed,
    };
    if exp < -4 || exp >= limit {
        let frac = if all.len() > 1 {
            format!(".{}", &all[1..])
        } else {
            String::new()
        };
        let mark = if exp < 0 { '-' } else { '+' };
        return format!("{sign}{}{frac}e{mark}{:02}", &all[..1], exp.abs());
    }
    if exp < 0 {
        return format!("{sign}0.{}{all}", "0".repeat((-exp - 1) as usize));
    }
    let point = exp as usize + 1;
    if all.len() <= point {
        format!("{sign}{all}{}", "0".repeat(point - all.len()))
    } else {
        format!("{sign}{}.{}", &all[..point], &all[point..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_unquote() {
        assert_eq!(
            unquote(r#""a\n\x41\u00e9\101""#).as_deref(),
            Some("a\nA\u{e9}A".as_bytes())
        );
        assert_eq!(unquote("`a\\n\r`").as_deref(), Some(b"a\\n".as_slice()));
        assert_eq!(unquote(r#""\'""#), None);
        assert_eq!(unquote_char(r"'\''"), Some(39));
        assert_eq!(unquote_char("'é'"), Some(0xe9));
        assert_eq!(unquote_char(r"'\xff'"), Some(255));
        assert_eq!(unquote_char("'ab'"), None);
    }

    #[test]
    fn strings_quote_as_in_go() {
        assert_eq!(
            quote("a\"\n\x01é\u{200b}".as_bytes()),
            r#""a\"\n\x01é\u200b""#
        );
        assert_eq!(quote(b"\xff"), r#""\xff""#);
    }

    #[test]
    fn floats_format_as_in_go() {
        for (x, digits, want) in [
            (1e21, None, "1e+21"),
            (1e6, None, "1e+06"),
            (999999.0, None, "999999"),
            (123456.0, Some(6), "123456"),
            (1234567.0, Some(6), "1.23457e+06"),
            (0.0001, Some(6), "0.0001"),
            (0.00001, Some(6), "1e-05"),
            (0.0, Some(6), "0"),
            (-2.5, None, "-2.5"),
            (100000000.5, None, "1.000000005e+08"),
        ] {
            assert_eq!(format_g(x, digits), want);
        }
    }
}

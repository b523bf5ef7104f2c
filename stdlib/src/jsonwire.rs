//! Package internal/jsonwire: texts are checked, taken apart and written here; what types make of them is decided in Go.
//!
//! [`parse`] turns a whole text into a list of [`Token`]s in the order of the text, in which each knows the token
//! behind its value: skipping a value is one step, and Go code never looks at blanks or escapes. Faults are reported
//! by a text and the offset behind what is wrong, both as Go has them.

use crate::strconv::quote::{Plain, append_quoted, append_quoted_rune};
use crate::unicode::tables::is_print;
use crate::utf8::{self, RUNE_ERROR};
use crate::util::append_bytes;
use minigo_vm::native;
use minigo_vm::native::{G, GoSlice, GoStr, NativeTable, new_slice, new_string};

/// A value or an object's key; `jsonwire.Token` has the same layout.
#[derive(Clone, Copy)]
#[repr(C)]
struct Token {
    /// `{`, `[`, `"`, `0`, `t`, `f` or `n`.
    kind: u8,
    flags: u8,
    /// The index of the token behind this value.
    next: u32,
    /// Where it begins and ends in the text.
    start: i64,
    end: i64,
    /// A number's value.
    num: u64,
}

/// The string is not just what stands between its quotes.
const ESCAPED: u8 = 1;
/// The number is an integer, its value an `i64`.
const INT: u8 = 1;
/// The number's value is an `f64`.
const FLOAT: u8 = 2;

const MAX_DEPTH: usize = 10_000;
const TRUNCATED: &str = "unexpected end of JSON input";

struct Fault {
    text: String,
    offset: usize,
}

struct Scanner<'a> {
    b: &'a [u8],
    i: usize,
    /// None when only the end is asked for.
    tokens: Option<Vec<Token>>,
}

/// The first character between quotes, as Go writes it.
fn quote_char(b: &[u8]) -> (String, usize) {
    let (r, n) = utf8::decode(b);
    if r == RUNE_ERROR && n == 1 {
        return (format!("'\\x{:x}'", b[0]), 1);
    }
    let mut text = Vec::new();
    append_quoted_rune(&mut text, r, Plain::Print);
    (String::from_utf8_lossy(&text).into_owned(), n)
}

/// Whether `b` may be the beginning of `\uXXXX`.
fn begins_unicode_escape(b: &[u8]) -> bool {
    b.iter().take(6).enumerate().all(|(i, &c)| match i {
        0 => c == b'\\',
        1 => c == b'u',
        _ => c.is_ascii_hexdigit(),
    })
}

/// Bytes that stand for themselves in strings.
const PLAIN: [bool; 256] = {
    let mut t = [false; 256];
    let mut i = 0x20;
    while i < 0x80 {
        t[i] = i != b'"' as usize && i != b'\\' as usize;
        i += 1;
    }
    t
};

impl Scanner<'_> {
    fn blank(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.b.get(self.i) {
            self.i += 1;
        }
    }

    fn wrong(&self, place: &str) -> Fault {
        match self.b.get(self.i) {
            None => self.truncated(self.b.len()),
            Some(_) => {
                let (c, n) = quote_char(&self.b[self.i..]);
                Fault {
                    text: format!("invalid character {c} {place}"),
                    offset: self.i + n,
                }
            }
        }
    }

    fn truncated(&self, offset: usize) -> Fault {
        Fault {
            text: TRUNCATED.to_owned(),
            offset,
        }
    }

    fn token(&mut self, kind: u8, start: usize, flags: u8, num: u64) {
        let end = self.i as i64;
        if let Some(tokens) = &mut self.tokens {
            let next = tokens.len() as u32 + 1;
            tokens.push(Token {
                kind,
                flags,
                next,
                start: start as i64,
                end,
                num,
            });
        }
    }

    fn literal(&mut self, word: &str) -> Result<(), Fault> {
        let start = self.i;
        for &c in word.as_bytes() {
            if self.b.get(self.i) != Some(&c) {
                let place = format!("in literal {word} (expecting '{}')", char::from(c));
                return Err(self.wrong(&place));
            }
            self.i += 1;
        }
        self.token(word.as_bytes()[0], start, 0, 0);
        Ok(())
    }

    fn escape(&mut self) -> Result<(), Fault> {
        let rest = &self.b[self.i..];
        let bad = match rest.get(1) {
            None => return Err(self.truncated(self.i)),
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.i += 2;
                return Ok(());
            }
            Some(b'u') if rest.len() < 6 => {
                if begins_unicode_escape(rest) {
                    return Err(self.truncated(self.i));
                }
                rest
            }
            Some(b'u') => {
                if begins_unicode_escape(rest) {
                    self.i += 6;
                    return Ok(());
                }
                &rest[..6]
            }
            Some(_) => &rest[..2],
        };
        let plain =
            utf8::runes(bad).all(|(_, r)| r != 0x60 && r != RUNE_ERROR && r != 0x20 && is_print(r));
        let mut shown = Vec::new();
        match plain {
            true => shown.extend([b"`", bad, b"`"].concat()),
            false => append_quoted(&mut shown, bad, b'"', Plain::Print),
        }
        let shown = String::from_utf8_lossy(&shown);
        Err(Fault {
            text: format!("invalid escape sequence {shown} in string"),
            offset: self.i + bad.len(),
        })
    }

    fn string(&mut self) -> Result<(), Fault> {
        let start = self.i;
        let mut flags = 0;
        self.i += 1;
        loop {
            while let Some(true) = self.b.get(self.i).map(|&c| PLAIN[usize::from(c)]) {
                self.i += 1;
            }
            match self.b.get(self.i) {
                None => return Err(self.truncated(self.i)),
                Some(b'"') => break,
                Some(b'\\') => {
                    flags = ESCAPED;
                    self.escape()?;
                }
                Some(0x80..) => {
                    let (r, n) = utf8::decode(&self.b[self.i..]);
                    if r == RUNE_ERROR && n == 1 {
                        flags = ESCAPED;
                    }
                    self.i += n;
                }
                Some(_) => return Err(self.wrong("in string")),
            }
        }
        self.i += 1;
        self.token(b'"', start, flags, 0);
        Ok(())
    }

    fn digits(&mut self, start: usize) -> Result<(), Fault> {
        match self.b.get(self.i) {
            None => return Err(self.truncated(start)),
            Some(b'0'..=b'9') => {}
            Some(_) => return Err(self.wrong("in numeric literal")),
        }
        while let Some(b'0'..=b'9') = self.b.get(self.i) {
            self.i += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), Fault> {
        let start = self.i;
        let negative = self.b[self.i] == b'-';
        if negative {
            self.i += 1;
        }
        match self.b.get(self.i) {
            Some(b'0') => self.i += 1,
            _ => self.digits(start)?,
        }
        let mut integer = true;
        if self.b.get(self.i) == Some(&b'.') {
            integer = false;
            self.i += 1;
            self.digits(start)?;
        }
        if let Some(b'e' | b'E') = self.b.get(self.i) {
            integer = false;
            self.i += 1;
            if let Some(b'+' | b'-') = self.b.get(self.i) {
                self.i += 1;
            }
            self.digits(start)?;
        }
        if self.tokens.is_some() {
            let (flags, num) = self.value_of(&self.b[start..self.i], integer);
            self.token(b'0', start, flags, num);
        }
        Ok(())
    }

    fn value_of(&self, text: &[u8], integer: bool) -> (u8, u64) {
        if integer && text.len() < 19 && text != b"-0" {
            let (negative, digits) = match text {
                [b'-', rest @ ..] => (true, rest),
                _ => (false, text),
            };
            let n = digits
                .iter()
                .fold(0i64, |n, &c| n * 10 + i64::from(c - b'0'));
            return (INT, (if negative { -n } else { n }) as u64);
        }
        let text = std::str::from_utf8(text).unwrap_or("");
        match text.parse::<f64>() {
            Ok(f) if f.is_finite() => (FLOAT, f.to_bits()),
            _ => (0, 0),
        }
    }

    /// One value; blanks in front of it are skipped.
    fn value(&mut self) -> Result<(), Fault> {
        // Of each open list or object: its token, and whether it is an object.
        let mut open: Vec<(usize, bool)> = Vec::new();
        loop {
            // A value begins here.
            self.blank();
            let start = self.i;
            match self.b.get(self.i) {
                Some(b'"') => self.string()?,
                Some(b'-' | b'0'..=b'9') => self.number()?,
                Some(b't') => self.literal("true")?,
                Some(b'f') => self.literal("false")?,
                Some(b'n') => self.literal("null")?,
                Some(&c @ (b'{' | b'[')) => {
                    if open.len() == MAX_DEPTH {
                        return Err(Fault {
                            text: "exceeded max depth".to_owned(),
                            offset: self.i + 1,
                        });
                    }
                    self.i += 1;
                    open.push((self.tokens.as_ref().map_or(0, Vec::len), c == b'{'));
                    self.token(c, start, 0, 0);
                    self.blank();
                    match self.b.get(self.i) {
                        Some(b'}') if c == b'{' => self.close(&mut open),
                        Some(b']') if c == b'[' => self.close(&mut open),
                        _ if c == b'{' => {
                            self.key()?;
                            continue;
                        }
                        _ => continue,
                    }
                }
                _ => return Err(self.wrong("looking for beginning of value")),
            }
            // A value has ended here.
            loop {
                let Some(&(_, object)) = open.last() else {
                    return Ok(());
                };
                self.blank();
                match (self.b.get(self.i), object) {
                    (Some(b','), true) => {
                        self.i += 1;
                        self.blank();
                        self.key()?;
                        break;
                    }
                    (Some(b','), false) => {
                        self.i += 1;
                        break;
                    }
                    (Some(b'}'), true) | (Some(b']'), false) => self.close(&mut open),
                    (_, true) => return Err(self.wrong("after object key:value pair")),
                    (_, false) => return Err(self.wrong("after array element")),
                }
            }
        }
    }

    fn close(&mut self, open: &mut Vec<(usize, bool)>) {
        self.i += 1;
        let (at, _) = open.pop().expect("something is open");
        if let Some(tokens) = &mut self.tokens {
            let next = tokens.len() as u32;
            tokens[at].next = next;
            tokens[at].end = self.i as i64;
        }
    }

    /// A key and its colon.
    fn key(&mut self) -> Result<(), Fault> {
        if self.b.get(self.i) != Some(&b'"') {
            return Err(self.wrong("looking for beginning of object key string"));
        }
        self.string()?;
        self.blank();
        if self.b.get(self.i) != Some(&b':') {
            return Err(self.wrong("after object key"));
        }
        self.i += 1;
        Ok(())
    }
}

fn hex4(b: &[u8]) -> Option<u32> {
    let text = std::str::from_utf8(b.get(..4)?).ok()?;
    u32::from_str_radix(text, 16).ok()
}

/// What a string with its quotes stands for. Invalid UTF-8 and lone surrogates become U+FFFD.
fn unquote_to(s: &[u8], out: &mut Vec<u8>) {
    let mut s = &s[1..s.len() - 1];
    let mut buf = [0; 4];
    while let Some(&c) = s.first() {
        match c {
            b'\\' => {
                let simple = match s[1] {
                    b'b' => 8,
                    b'f' => 12,
                    b'n' => 10,
                    b'r' => 13,
                    b't' => 9,
                    b'u' => 0,
                    c => c,
                };
                if simple != 0 {
                    out.push(simple);
                    s = &s[2..];
                    continue;
                }
                let mut r = hex4(&s[2..]).unwrap_or(RUNE_ERROR);
                s = &s[6..];
                if (0xd800..0xdc00).contains(&r)
                    && s.starts_with(b"\\u")
                    && let Some(low @ 0xdc00..0xe000) = hex4(&s[2..])
                {
                    r = 0x10000 + ((r - 0xd800) << 10) + (low - 0xdc00);
                    s = &s[6..];
                }
                let c = char::from_u32(r).unwrap_or('\u{fffd}');
                out.extend_from_slice(c.encode_utf8(&mut buf).as_bytes());
            }
            0x80.. => {
                let (r, n) = utf8::decode(s);
                let c = char::from_u32(r).unwrap_or('\u{fffd}');
                out.extend_from_slice(c.encode_utf8(&mut buf).as_bytes());
                s = &s[n..];
            }
            _ => {
                let n = s
                    .iter()
                    .position(|&c| c == b'\\' || c >= 0x80)
                    .unwrap_or(s.len());
                out.extend_from_slice(&s[..n]);
                s = &s[n..];
            }
        }
    }
}

/// A string between quotes, for HTML without characters that mean something there.
fn quote_to(s: &[u8], html: bool, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut from = 0;
    let mut i = 0;
    while let Some(&c) = s.get(i) {
        let special = match c {
            b'<' | b'>' | b'&' => html,
            _ => c >= 0x80 || !PLAIN[usize::from(c)],
        };
        if c == 0x7f || !special {
            i += 1;
            continue;
        }
        let (r, n) = utf8::decode(&s[i..]);
        let bad = r == RUNE_ERROR && n == 1;
        if c >= 0x80 && !bad && r != 0x2028 && r != 0x2029 {
            i += n;
            continue;
        }
        out.extend_from_slice(&s[from..i]);
        i += n;
        from = i;
        match r {
            _ if bad => out.extend_from_slice("\u{fffd}".as_bytes()),
            0x22 | 0x5c => out.extend_from_slice(&[b'\\', c]),
            8 => out.extend_from_slice(b"\\b"),
            12 => out.extend_from_slice(b"\\f"),
            10 => out.extend_from_slice(b"\\n"),
            13 => out.extend_from_slice(b"\\r"),
            9 => out.extend_from_slice(b"\\t"),
            r => out.extend_from_slice(format!("\\u{r:04x}").as_bytes()),
        }
    }
    out.extend_from_slice(&s[from..]);
    out.push(b'"');
}

/// A string as it stands in a text, its escapes kept.
fn copy_string(s: &[u8], html: bool, out: &mut Vec<u8>) {
    if !html {
        return out.extend_from_slice(s);
    }
    let mut i = 0;
    while let Some(&c) = s.get(i) {
        match c {
            b'<' | b'>' | b'&' => out.extend_from_slice(format!("\\u00{c:02x}").as_bytes()),
            0xe2 if s[i..].starts_with(b"\xe2\x80\xa8") || s[i..].starts_with(b"\xe2\x80\xa9") => {
                out.extend_from_slice(format!("\\u202{:x}", s[i + 2] & 15).as_bytes());
                i += 2;
            }
            c => out.push(c),
        }
        i += 1;
    }
}

/// A checked text written anew: without blanks, or over lines.
fn format(b: &[u8], html: bool, lines: Option<(&[u8], &[u8])>) -> Vec<u8> {
    let mut out = Vec::with_capacity(b.len() * if lines.is_some() { 2 } else { 1 });
    let mut depth = 0usize;
    let newline = |out: &mut Vec<u8>, depth: usize| {
        if let Some((prefix, indent)) = lines {
            out.push(b'\n');
            out.extend_from_slice(prefix);
            for _ in 0..depth {
                out.extend_from_slice(indent);
            }
        }
    };
    let mut i = 0;
    let mut opened = false;
    while let Some(&c) = b.get(i) {
        if matches!(c, b' ' | b'\n' | b'\r' | b'\t') {
            i += 1;
            continue;
        }
        if opened && c != b'}' && c != b']' {
            newline(&mut out, depth);
        }
        match c {
            b'"' => {
                let start = i;
                i += 1;
                while b[i] != b'"' {
                    i += if b[i] == b'\\' { 2 } else { 1 };
                }
                copy_string(&b[start..=i], html, &mut out);
            }
            b'{' | b'[' => {
                depth += 1;
                out.push(c);
            }
            b'}' | b']' => {
                depth -= 1;
                if !opened {
                    newline(&mut out, depth);
                }
                out.push(c);
            }
            b',' => {
                out.push(c);
                newline(&mut out, depth);
            }
            b':' if lines.is_some() => out.extend_from_slice(b": "),
            c => out.push(c),
        }
        opened = matches!(c, b'{' | b'[');
        i += 1;
    }
    out
}

/// Checks that there is one value and nothing behind it.
fn check_all(b: &[u8]) -> Result<(), Fault> {
    let mut s = Scanner {
        b,
        i: 0,
        tokens: None,
    };
    s.value()?;
    s.blank();
    match s.i == b.len() {
        true => Ok(()),
        false => Err(s.wrong("after top-level value")),
    }
}

/// A text of no value at all: what Go functions return with an error.
const NO_BYTES: GoSlice = GoSlice {
    ptr: std::ptr::null_mut(),
    len: 0,
    cap: 0,
};

/// # Safety
/// `gp` is the running goroutine.
unsafe fn fault_text(gp: *mut G, f: &Fault) -> GoStr {
    // SAFETY: as the caller promises.
    unsafe { new_string(gp, f.text.as_bytes()) }
}

/// # Safety
/// `gp` is the running goroutine.
unsafe fn formatted(
    gp: *mut G,
    dst: GoSlice,
    src: GoSlice,
    html: bool,
    lines: Option<(&[u8], &[u8])>,
) -> (GoSlice, usize, GoStr) {
    // SAFETY: as the caller promises; src is a []byte of its caller.
    unsafe {
        let b = src.bytes();
        match check_all(b) {
            Ok(()) => (
                append_bytes(gp, dst, &format(b, html, lines)),
                0,
                new_string(gp, b""),
            ),
            Err(f) => (dst, f.offset, fault_text(gp, &f)),
        }
    }
}

native! {
    fn parse(gp, data: GoSlice) -> (GoSlice, usize, GoStr) {
        let mut s = Scanner { b: data.bytes(), i: 0, tokens: Some(Vec::with_capacity(data.len as usize / 8)) };
        let result = s.value().and_then(|()| {
            s.blank();
            if s.i == s.b.len() { Ok(()) } else { Err(s.wrong("after top-level value")) }
        });
        match result {
            Ok(()) => (new_slice(gp, s.tokens.as_deref().unwrap_or(&[])), 0, new_string(gp, b"")),
            Err(f) => (NO_BYTES, f.offset, fault_text(gp, &f)),
        }
    }
    fn check(gp, data: GoSlice) -> (usize, GoStr) {
        match check_all(data.bytes()) {
            Ok(()) => (0, new_string(gp, b"")),
            Err(f) => (f.offset, fault_text(gp, &f)),
        }
    }
    fn scan(gp, data: GoSlice, key: bool) -> (usize, usize, GoStr) {
        let mut s = Scanner { b: data.bytes(), i: 0, tokens: None };
        let result = match key {
            true => {
                s.blank();
                match s.b.get(s.i) {
                    Some(b'"') => s.string(),
                    _ => Err(s.wrong("looking for beginning of object key string")),
                }
            }
            false => s.value(),
        };
        match result {
            Ok(()) => (s.i, 0, new_string(gp, b"")),
            Err(f) => (0, f.offset, fault_text(gp, &f)),
        }
    }
    fn quote_char_text(gp, data: GoSlice) -> (GoStr, usize) {
        let (text, n) = quote_char(data.bytes());
        (new_string(gp, text.as_bytes()), n)
    }
    fn unquote(gp, s: GoSlice) -> GoStr {
        let mut out = Vec::with_capacity(s.len as usize);
        unquote_to(s.bytes(), &mut out);
        new_string(gp, &out)
    }
    fn append_quoted_string(gp, dst: GoSlice, s: GoStr, html: bool) -> GoSlice {
        let text = s.bytes();
        if dst.cap - dst.len >= s.len + 2 && text.iter().all(|&c| PLAIN[usize::from(c)] && !(html && matches!(c, b'<' | b'>' | b'&'))) {
            // There is room, and nothing to escape.
            let to = dst.ptr.add(dst.len as usize);
            *to = b'"';
            std::ptr::copy(text.as_ptr(), to.add(1), text.len());
            *to.add(1 + text.len()) = b'"';
            return GoSlice { len: dst.len + s.len + 2, ..dst };
        }
        let mut out = Vec::with_capacity(text.len() + 2);
        quote_to(text, html, &mut out);
        append_bytes(gp, dst, &out)
    }
    fn append_compact(gp, dst: GoSlice, src: GoSlice, html: bool) -> (GoSlice, usize, GoStr) {
        formatted(gp, dst, src, html, None)
    }
    fn append_indent(gp, dst: GoSlice, src: GoSlice, prefix: GoStr, indent: GoStr) -> (GoSlice, usize, GoStr) {
        formatted(gp, dst, src, false, Some((prefix.bytes(), indent.bytes())))
    }
    fn append_html_escape(gp, dst: GoSlice, src: GoSlice) -> GoSlice {
        let mut out = Vec::with_capacity(src.len as usize);
        copy_string(src.bytes(), true, &mut out);
        append_bytes(gp, dst, &out)
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("internal/jsonwire.AppendCompact", append_compact),
    ("internal/jsonwire.AppendHTMLEscape", append_html_escape),
    ("internal/jsonwire.AppendIndent", append_indent),
    ("internal/jsonwire.AppendQuoted", append_quoted_string),
    ("internal/jsonwire.Check", check),
    ("internal/jsonwire.Parse", parse),
    ("internal/jsonwire.QuoteChar", quote_char_text),
    ("internal/jsonwire.Scan", scan),
    ("internal/jsonwire.Unquote", unquote),
];

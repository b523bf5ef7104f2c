//! Package internal/httphead: heads of HTTP messages, strictly. (RFC 9112)
//!
//! Lines end with CR LF or, as Go has it, LF alone; a CR elsewhere, other control characters, a space in front of the
//! colon and a key that is no token are errors, so that nobody sees another message than we do.

use memchr::memchr;
use minigo_runtime::heap::mallocgc;
use minigo_vm::native;
use minigo_vm::native::{G, GoSlice, GoStr, NativeTable, new_string};

use crate::util::WordsType;

/// Keys as they come most often, so that they need not be made.
const COMMON: [&str; 40] = [
    "Accept",
    "Accept-Charset",
    "Accept-Encoding",
    "Accept-Language",
    "Accept-Ranges",
    "Authorization",
    "Cache-Control",
    "Connection",
    "Content-Encoding",
    "Content-Language",
    "Content-Length",
    "Content-Range",
    "Content-Type",
    "Cookie",
    "Date",
    "Etag",
    "Expect",
    "Expires",
    "Forwarded",
    "From",
    "Host",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "Keep-Alive",
    "Last-Modified",
    "Location",
    "Origin",
    "Pragma",
    "Range",
    "Referer",
    "Server",
    "Set-Cookie",
    "Te",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
    "User-Agent",
    "X-Forwarded-For",
    "X-Request-Id",
];

/// Characters of tokens.
const TOKEN: [bool; 256] = {
    let mut t = [false; 256];
    let mut i = 0;
    while i < 256 {
        t[i] = (i as u8).is_ascii_alphanumeric();
        i += 1;
    }
    let marks = b"!#$%&'*+-.^_`|~";
    let mut i = 0;
    while i < marks.len() {
        t[marks[i] as usize] = true;
        i += 1;
    }
    t
};

fn is_token(s: &[u8]) -> bool {
    !s.is_empty() && s.iter().all(|&c| TOKEN[c as usize])
}

/// No control characters but tabs.
fn is_value(s: &[u8]) -> bool {
    s.iter().all(|&c| c >= b' ' && c != 0x7f || c == b'\t')
}

fn is_canonical(key: &[u8]) -> bool {
    let mut upper = true;
    key.iter().all(|&c| {
        let ok = if upper {
            !c.is_ascii_lowercase()
        } else {
            !c.is_ascii_uppercase()
        };
        upper = c == b'-';
        ok
    })
}

/// The key in canonical form; it is a token.
///
/// # Safety
/// `gp` is the running goroutine; `whole` is a Go string.
unsafe fn canonical(gp: *mut G, whole: GoStr) -> GoStr {
    // SAFETY: as the caller promises.
    unsafe {
        let key = whole.bytes();
        if is_canonical(key) {
            return whole;
        }
        if let Some(known) = COMMON
            .iter()
            .find(|k| k.as_bytes().eq_ignore_ascii_case(key))
        {
            return GoStr::from_static(known);
        }
        let mut out = key.to_vec();
        let mut upper = true;
        for c in &mut out {
            *c = if upper {
                c.to_ascii_uppercase()
            } else {
                c.to_ascii_lowercase()
            };
            upper = *c == b'-';
        }
        new_string(gp, &out)
    }
}

fn end(b: &[u8], from: usize) -> i64 {
    if b.starts_with(b"\r\n") {
        return 2;
    }
    if b.starts_with(b"\n") {
        return 1;
    }
    let mut at = from.min(b.len());
    while let Some(i) = memchr(b'\n', &b[at..]) {
        at += i + 1;
        match &b[at..] {
            [b'\n', ..] => return at as i64 + 1,
            [b'\r', b'\n', ..] => return at as i64 + 2,
            _ => {}
        }
    }
    -1
}

/// The line at the beginning, without its end, and what is behind it.
fn line(s: &[u8]) -> (&[u8], &[u8]) {
    let (line, rest) = match memchr(b'\n', s) {
        Some(i) => (&s[..i], &s[i + 1..]),
        None => (s, &s[s.len()..]),
    };
    (line.strip_suffix(b"\r").unwrap_or(line), rest)
}

fn trim(s: &[u8]) -> &[u8] {
    let blank = |c: &u8| *c == b' ' || *c == b'\t';
    let from = s.iter().position(|c| !blank(c)).unwrap_or(s.len());
    let to = s.iter().rposition(|c| !blank(c)).map_or(from, |i| i + 1);
    &s[from..to]
}

const NO_LINE: i64 = 0;
const REQUEST: i64 = 1;
const BAD_FIRST_LINE: i64 = 1;
const BAD_HEADER_LINE: i64 = 2;
const BAD_HEADER_VALUE: i64 = 3;
const BAD_HEADER_NAME: i64 = 4;

/// A part of a Go string.
fn part(s: &[u8]) -> GoStr {
    GoStr {
        ptr: s.as_ptr(),
        len: s.len() as i64,
    }
}

/// Strings in a head: a value may have to be put together from continued lines.
enum Piece<'a> {
    Part(&'a [u8]),
    Key(&'a [u8]),
    Joined(Vec<u8>),
}

/// The head's strings, or what is wrong with which line.
fn split(head: &[u8], first: i64) -> Result<Vec<Piece<'_>>, (i64, &[u8])> {
    let mut out = Vec::with_capacity(24);
    let mut rest = head;
    if first != NO_LINE {
        let (l, r) = line(rest);
        rest = r;
        if !is_value(l) {
            return Err((BAD_FIRST_LINE, l));
        }
        if first == REQUEST {
            let mut words = l.splitn(3, |&c| c == b' ');
            match (words.next(), words.next(), words.next()) {
                (Some(method), Some(target), Some(version)) => {
                    out.extend([
                        Piece::Part(method),
                        Piece::Part(target),
                        Piece::Part(version),
                    ]);
                }
                _ => return Err((BAD_FIRST_LINE, l)),
            }
        } else {
            out.push(Piece::Part(l));
        }
    }
    let begin = out.len();
    loop {
        let (l, r) = line(rest);
        rest = r;
        if l.is_empty() {
            return Ok(out);
        }
        if matches!(l[0], b' ' | b'\t') {
            // An old way to continue a value on the next line.
            if out.len() == begin || !is_value(l) {
                return Err((BAD_HEADER_LINE, l));
            }
            let joined = match out.pop() {
                Some(Piece::Part(b"")) => trim(l).to_vec(),
                Some(Piece::Part(v)) => [v, b" ", trim(l)].concat(),
                Some(Piece::Joined(v)) => [&v, b" ".as_slice(), trim(l)].concat(),
                _ => return Err((BAD_HEADER_LINE, l)),
            };
            out.push(Piece::Joined(joined));
            continue;
        }
        let Some(colon) = memchr(b':', l) else {
            return Err((BAD_HEADER_LINE, l));
        };
        if !is_token(&l[..colon]) {
            return Err((
                if colon == 0 {
                    BAD_HEADER_LINE
                } else {
                    BAD_HEADER_NAME
                },
                l,
            ));
        }
        let value = trim(&l[colon + 1..]);
        if !is_value(value) {
            return Err((BAD_HEADER_VALUE, l));
        }
        out.push(Piece::Key(&l[..colon]));
        out.push(Piece::Part(value));
    }
}

static STRING_GC: WordsType<2> = WordsType::new(0b1);

/// A `[]string` of parts of the head.
///
/// # Safety
/// `gp` is the running goroutine; the pieces are parts of a Go string that the caller's argument slots refer to.
unsafe fn strings(gp: *mut G, pieces: Vec<Piece<'_>>) -> GoSlice {
    // SAFETY: the slice is kept alive by our own stack while its strings are made.
    unsafe {
        let n = pieces.len();
        let ptr =
            mallocgc(gp, n.max(1) * size_of::<GoStr>(), STRING_GC.get(), true).cast::<GoStr>();
        for (i, piece) in pieces.into_iter().enumerate() {
            *ptr.add(i) = match piece {
                Piece::Part(s) => part(s),
                Piece::Key(s) => canonical(gp, part(s)),
                Piece::Joined(s) => new_string(gp, &s),
            };
        }
        GoSlice {
            ptr: ptr.cast(),
            len: n as i64,
            cap: n as i64,
        }
    }
}

native! {
    fn go_end(gp, b: GoSlice, from: usize) -> i64 { end(b.bytes(), from) }
    fn go_split(gp, head: GoStr, first: i64) -> (GoSlice, i64) {
        match split(head.bytes(), first) {
            Ok(pieces) => (strings(gp, pieces), 0),
            Err((what, line)) => (strings(gp, vec![Piece::Part(line)]), what),
        }
    }
    fn go_canonical(gp, key: GoStr) -> GoStr {
        if is_token(key.bytes()) { canonical(gp, key) } else { key }
    }
    fn go_is_token(gp, s: GoStr) -> bool { is_token(s.bytes()) }
    fn go_is_value(gp, s: GoStr) -> bool { is_value(s.bytes()) }
    fn plain_path(gp, target: GoStr) -> i64 {
        let t = target.bytes();
        if t.first() != Some(&b'/') || t.get(1) == Some(&b'/') {
            return -1;
        }
        let end = memchr(b'?', t).unwrap_or(t.len());
        let plain = |c: &u8| c.is_ascii_alphanumeric() || b"-_.~$&+,/:;=@".contains(c);
        // A query may hold anything but control characters.
        let query = t[end..].iter().all(|&c| c > b' ' && c != 0x7f);
        if t[..end].iter().all(plain) && query { end as i64 } else { -1 }
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("internal/httphead.Canonical", go_canonical),
    ("internal/httphead.End", go_end),
    ("internal/httphead.IsToken", go_is_token),
    ("internal/httphead.IsValue", go_is_value),
    ("internal/httphead.PlainPath", plain_path),
    ("internal/httphead.Split", go_split),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(head: &str, first: i64) -> Result<Vec<String>, i64> {
        let text = |b: &[u8]| String::from_utf8_lossy(b).into_owned();
        match split(head.as_bytes(), first) {
            Ok(list) => Ok(list
                .iter()
                .map(|p| match p {
                    Piece::Part(s) | Piece::Key(s) => text(s),
                    Piece::Joined(s) => text(s),
                })
                .collect()),
            Err((what, _)) => Err(what),
        }
    }

    #[test]
    fn heads_end_at_an_empty_line() {
        assert_eq!(end(b"GET / HTTP/1.1\r\n\r\nbody", 0), 18);
        assert_eq!(end(b"GET / HTTP/1.1\nA: b\n\n", 0), 21);
        assert_eq!(end(b"GET / HTTP/1.1\r\nA: b\r\n", 0), -1);
        assert_eq!(end(b"GET / HTTP/1.1\r\nA: b\r\n\r\n", 19), 24);
        assert_eq!(end(b"\r\nx", 0), 2);
        assert_eq!(end(b"", 0), -1);
    }

    #[test]
    fn heads_are_taken_apart() {
        assert_eq!(
            parts("GET /a b HTTP/1.1\r\nHost:  x \r\nx-y: 1\r\n 2\r\n\r\n", 1).unwrap(),
            ["GET", "/a", "b HTTP/1.1", "Host", "x", "x-y", "1 2"]
        );
        assert_eq!(parts("A:\r\n\r\n", 0).unwrap(), ["A", ""]);
        assert_eq!(
            parts("HTTP/1.1 200 OK\r\n\r\n", 2).unwrap(),
            ["HTTP/1.1 200 OK"]
        );
    }

    #[test]
    fn bad_heads_are_refused() {
        assert_eq!(parts("GET /\r\n\r\n", 1), Err(BAD_FIRST_LINE));
        assert_eq!(parts("G\0T / HTTP/1.1\r\n\r\n", 1), Err(BAD_FIRST_LINE));
        for bad in ["a b: c", "a : b", "a\t: b", "\u{e9}: b"] {
            assert_eq!(
                parts(&format!("{bad}\r\n\r\n"), 0),
                Err(BAD_HEADER_NAME),
                "{bad:?}"
            );
        }
        for bad in ["nocolon", ": b", " a: b"] {
            assert_eq!(
                parts(&format!("{bad}\r\n\r\n"), 0),
                Err(BAD_HEADER_LINE),
                "{bad:?}"
            );
        }
        for bad in ["a: b\rc", "a: b\0", "a: \x7f", "a: \x01"] {
            assert_eq!(
                parts(&format!("{bad}\r\n\r\n"), 0),
                Err(BAD_HEADER_VALUE),
                "{bad:?}"
            );
        }
    }
}

//! What packages strings and bytes have in common: searching and changing UTF-8 text, on byte slices.

use crate::unicode::tables::{fold_eq, is_space, to_case};
use crate::utf8::{self, RUNE_ERROR};
use memchr::{memchr, memchr_iter, memmem, memrchr};

fn pos(i: Option<usize>) -> i64 {
    i.map_or(-1, |i| i as i64)
}

/// Where the first `t` begins in `s`, or -1.
pub fn index(s: &[u8], t: &[u8]) -> i64 {
    match t {
        [] => 0,
        [c] => index_byte(s, *c),
        _ => pos(memmem::find(s, t)),
    }
}

pub fn last_index(s: &[u8], t: &[u8]) -> i64 {
    match t {
        [] => s.len() as i64,
        [c] => last_index_byte(s, *c),
        _ => pos(memmem::rfind(s, t)),
    }
}

pub fn index_byte(s: &[u8], c: u8) -> i64 {
    pos(memchr(c, s))
}

pub fn last_index_byte(s: &[u8], c: u8) -> i64 {
    pos(memrchr(c, s))
}

/// U+FFFD also finds invalid bytes.
pub fn index_rune(s: &[u8], r: i32) -> i64 {
    match r as u32 {
        c @ 0..0x80 => index_byte(s, c as u8),
        RUNE_ERROR => pos(utf8::runes(s).find(|p| p.1 == RUNE_ERROR).map(|p| p.0)),
        c => match char::from_u32(c) {
            Some(c) => pos(memmem::find(s, c.encode_utf8(&mut [0; 4]).as_bytes())),
            None => -1,
        },
    }
}

fn has_rune(chars: &[u8], r: u32) -> bool {
    index_rune(chars, r as i32) >= 0
}

pub fn index_any(s: &[u8], chars: &[u8]) -> i64 {
    if chars.is_empty() {
        return -1;
    }
    pos(utf8::runes(s).find(|p| has_rune(chars, p.1)).map(|p| p.0))
}

pub fn last_index_any(s: &[u8], chars: &[u8]) -> i64 {
    let mut end = s.len();
    while end > 0 && !chars.is_empty() {
        let (r, n) = utf8::decode_last(&s[..end]);
        end -= n;
        if has_rune(chars, r) {
            return end as i64;
        }
    }
    -1
}

/// Counts `t` without overlaps; an empty one is between all code points and at both ends.
pub fn count(s: &[u8], t: &[u8]) -> usize {
    match t {
        [] => utf8::count(s) + 1,
        [c] => memchr_iter(*c, s).count(),
        _ => memmem::find_iter(s, t).count(),
    }
}

pub fn compare(a: &[u8], b: &[u8]) -> i64 {
    a.cmp(b) as i64
}

pub fn equal_fold(s: &[u8], t: &[u8]) -> bool {
    if s.is_ascii() && t.is_ascii() {
        return s.eq_ignore_ascii_case(t);
    }
    utf8::runes(s)
        .map(|p| p.1)
        .eq_by_fold(utf8::runes(t).map(|p| p.1))
}

trait EqByFold: Iterator<Item = u32> + Sized {
    fn eq_by_fold(mut self, mut other: impl Iterator<Item = u32>) -> bool {
        loop {
            match (self.next(), other.next()) {
                (None, None) => return true,
                (Some(a), Some(b)) if fold_eq(a, b) => {}
                _ => return false,
            }
        }
    }
}

impl<I: Iterator<Item = u32>> EqByFold for I {}

/// `s` in upper (0), lower (1) or title (2) case.
pub fn change_case(s: &[u8], case: usize) -> Vec<u8> {
    if s.is_ascii() {
        return match case {
            1 => s.to_ascii_lowercase(),
            _ => s.to_ascii_uppercase(),
        };
    }
    let mut out = Vec::with_capacity(s.len() + 8);
    for (_, r) in utf8::runes(s) {
        utf8::push(&mut out, to_case(case, r));
    }
    out
}

/// The part of `s` that is left without what `drop` says at its ends.
fn trim_by(s: &[u8], left: bool, right: bool, drop: impl Fn(u32) -> bool) -> (usize, usize) {
    let (mut i, mut j) = (0, s.len());
    while left && i < j {
        let (r, n) = utf8::decode(&s[i..]);
        if !drop(r) {
            break;
        }
        i += n;
    }
    while right && i < j {
        let (r, n) = utf8::decode_last(&s[i..j]);
        if !drop(r) {
            break;
        }
        j -= n;
    }
    (i, j)
}

pub fn trim_space(s: &[u8]) -> (usize, usize) {
    trim_by(s, true, true, is_space)
}

pub fn trim(s: &[u8], cutset: &[u8], left: bool, right: bool) -> (usize, usize) {
    trim_by(s, left, right, |r| has_rune(cutset, r))
}

/// The first `n` `old` replaced by `new`, all if `n` is negative; `None` if nothing changes.
pub fn replace(s: &[u8], old: &[u8], new: &[u8], n: i64) -> Option<Vec<u8>> {
    if old == new || n == 0 {
        return None;
    }
    let n = if n < 0 { usize::MAX } else { n as usize };
    let mut out = Vec::with_capacity(s.len() + new.len());
    let mut last = 0;
    if old.is_empty() {
        let ends = utf8::runes(s).map(|p| p.0).chain([s.len()]);
        for at in ends.take(n) {
            out.extend(&s[last..at]);
            out.extend(new);
            last = at;
        }
    } else {
        for at in memmem::find_iter(s, old).take(n) {
            out.extend(&s[last..at]);
            out.extend(new);
            last = at + old.len();
        }
        if last == 0 {
            return None;
        }
    }
    out.extend(&s[last..]);
    Some(out)
}

/// Runs of invalid bytes replaced; `None` if there are none.
pub fn to_valid_utf8(s: &[u8], replacement: &[u8]) -> Option<Vec<u8>> {
    if std::str::from_utf8(s).is_ok() {
        return None;
    }
    let mut out = Vec::with_capacity(s.len() + replacement.len());
    let mut run = false;
    let mut at = 0;
    while at < s.len() {
        let (r, n) = utf8::decode(&s[at..]);
        let invalid = r == RUNE_ERROR && n == 1;
        if !invalid {
            out.extend(&s[at..at + n]);
        } else if !run {
            out.extend(replacement);
        }
        run = invalid;
        at += n;
    }
    Some(out)
}

/// The first run of non-space in `s[from..]`; (len, len) if there is none.
pub fn next_field(s: &[u8], from: usize) -> (usize, usize) {
    let find = |from: usize, space: bool| {
        let mut at = from;
        while at < s.len() {
            let (r, n) = utf8::decode(&s[at..]);
            if is_space(r) == space {
                break;
            }
            at += n;
        }
        at
    };
    let start = find(from, false);
    (start, find(start, true))
}

pub fn count_fields(s: &[u8]) -> usize {
    let mut n = 0;
    let mut space = true;
    for (_, r) in utf8::runes(s) {
        let now = is_space(r);
        n += (space && !now) as usize;
        space = now;
    }
    n
}

/// Replaces pairs (old, new): at each place the first pair that fits. An empty old fits everywhere but behind a match of
/// an empty one.
pub fn replace_pairs(s: &[u8], pairs: &[(&[u8], &[u8])]) -> Option<Vec<u8>> {
    let mut starts = [false; 256];
    let mut empty = None;
    for (old, new) in pairs {
        match old.first() {
            Some(&c) => starts[c as usize] = true,
            None if empty.is_none() => empty = Some(new),
            None => {}
        }
    }
    let mut out = Vec::new();
    let (mut at, mut last) = (0, 0);
    let mut after_empty = false;
    let mut changed = false;
    while at <= s.len() {
        let here = &s[at..];
        if here.first().is_none_or(|&c| !starts[c as usize]) && empty.is_none() {
            at += 1;
            continue;
        }
        let fits = |p: &&(&[u8], &[u8])| here.starts_with(p.0) && !(after_empty && p.0.is_empty());
        let found = pairs.iter().find(fits);
        after_empty = found.is_some_and(|p| p.0.is_empty());
        match found {
            Some((old, new)) => {
                changed = true;
                out.extend(&s[last..at]);
                out.extend(*new);
                at += old.len();
                last = at;
            }
            None => at += 1,
        }
    }
    out.extend(&s[last.min(s.len())..]);
    changed.then_some(out)
}

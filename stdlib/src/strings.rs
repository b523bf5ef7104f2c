//! Package strings.

use crate::text;
use minigo_vm::native;
use minigo_vm::native::{G, GoSlice, GoStr, NativeTable, new_string};

/// A part of a string.
///
/// # Safety
/// `i <= j <= s.len`.
unsafe fn sub(s: GoStr, (i, j): (usize, usize)) -> GoStr {
    GoStr {
        // SAFETY: as the caller promises.
        ptr: unsafe { s.ptr.add(i) },
        len: (j - i) as i64,
    }
}

/// The changed text, or the string itself.
///
/// # Safety
/// `gp` is the running goroutine.
unsafe fn or_same(gp: *mut G, s: GoStr, changed: Option<Vec<u8>>) -> GoStr {
    // SAFETY: as the caller promises.
    unsafe {
        match changed {
            Some(text) if text != s.bytes() => new_string(gp, &text),
            _ => s,
        }
    }
}

native! {
    fn index(gp, s: GoStr, t: GoStr) -> i64 { text::index(s.bytes(), t.bytes()) }
    fn index_byte(gp, s: GoStr, c: u8) -> i64 { text::index_byte(s.bytes(), c) }
    fn index_rune(gp, s: GoStr, r: i32) -> i64 { text::index_rune(s.bytes(), r) }
    fn index_any(gp, s: GoStr, chars: GoStr) -> i64 { text::index_any(s.bytes(), chars.bytes()) }
    fn last_index(gp, s: GoStr, t: GoStr) -> i64 { text::last_index(s.bytes(), t.bytes()) }
    fn last_index_byte(gp, s: GoStr, c: u8) -> i64 { text::last_index_byte(s.bytes(), c) }
    fn last_index_any(gp, s: GoStr, chars: GoStr) -> i64 { text::last_index_any(s.bytes(), chars.bytes()) }
    fn count(gp, s: GoStr, t: GoStr) -> usize { text::count(s.bytes(), t.bytes()) }
    fn compare(gp, a: GoStr, b: GoStr) -> i64 { text::compare(a.bytes(), b.bytes()) }
    fn equal_fold(gp, s: GoStr, t: GoStr) -> bool { text::equal_fold(s.bytes(), t.bytes()) }
    fn to_upper(gp, s: GoStr) -> GoStr { or_same(gp, s, Some(text::change_case(s.bytes(), 0))) }
    fn to_lower(gp, s: GoStr) -> GoStr { or_same(gp, s, Some(text::change_case(s.bytes(), 1))) }
    fn to_title(gp, s: GoStr) -> GoStr { or_same(gp, s, Some(text::change_case(s.bytes(), 2))) }
    fn trim_space(gp, s: GoStr) -> GoStr { sub(s, text::trim_space(s.bytes())) }
    fn trim(gp, s: GoStr, cutset: GoStr) -> GoStr { sub(s, text::trim(s.bytes(), cutset.bytes(), true, true)) }
    fn trim_left(gp, s: GoStr, cutset: GoStr) -> GoStr { sub(s, text::trim(s.bytes(), cutset.bytes(), true, false)) }
    fn trim_right(gp, s: GoStr, cutset: GoStr) -> GoStr { sub(s, text::trim(s.bytes(), cutset.bytes(), false, true)) }
    fn replace(gp, s: GoStr, old: GoStr, new: GoStr, n: i64) -> GoStr {
        or_same(gp, s, text::replace(s.bytes(), old.bytes(), new.bytes(), n))
    }
    fn to_valid_utf8(gp, s: GoStr, replacement: GoStr) -> GoStr {
        or_same(gp, s, text::to_valid_utf8(s.bytes(), replacement.bytes()))
    }
    fn next_field(gp, s: GoStr, from: usize) -> (usize, usize) { text::next_field(s.bytes(), from) }
    fn count_fields(gp, s: GoStr) -> usize { text::count_fields(s.bytes()) }
    fn replace_pairs(gp, s: GoStr, oldnew: GoSlice) -> GoStr {
        let strings = oldnew.elems::<GoStr>().chunks_exact(2);
        let pairs: Vec<_> = strings.map(|p| (p[0].bytes(), p[1].bytes())).collect();
        or_same(gp, s, text::replace_pairs(s.bytes(), &pairs))
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("strings.Compare", compare),
    ("strings.Count", count),
    ("strings.EqualFold", equal_fold),
    ("strings.Index", index),
    ("strings.IndexAny", index_any),
    ("strings.IndexByte", index_byte),
    ("strings.IndexRune", index_rune),
    ("strings.LastIndex", last_index),
    ("strings.LastIndexAny", last_index_any),
    ("strings.LastIndexByte", last_index_byte),
    ("strings.Replace", replace),
    ("strings.ToLower", to_lower),
    ("strings.ToTitle", to_title),
    ("strings.ToUpper", to_upper),
    ("strings.ToValidUTF8", to_valid_utf8),
    ("strings.Trim", trim),
    ("strings.TrimLeft", trim_left),
    ("strings.TrimRight", trim_right),
    ("strings.TrimSpace", trim_space),
    ("strings.countFields", count_fields),
    ("strings.nextField", next_field),
    ("strings.replacePairs", replace_pairs),
];

//! Packages bytes and bufio.

use crate::text;
use minigo_vm::native;
use minigo_vm::native::{GoSlice, GoStr, NativeTable, new_bytes};

native! {
    fn index(gp, s: GoSlice, t: GoSlice) -> i64 { text::index(s.bytes(), t.bytes()) }
    fn index_byte(gp, s: GoSlice, c: u8) -> i64 { text::index_byte(s.bytes(), c) }
    fn index_rune(gp, s: GoSlice, r: i32) -> i64 { text::index_rune(s.bytes(), r) }
    fn index_any(gp, s: GoSlice, chars: GoStr) -> i64 { text::index_any(s.bytes(), chars.bytes()) }
    fn last_index(gp, s: GoSlice, t: GoSlice) -> i64 { text::last_index(s.bytes(), t.bytes()) }
    fn last_index_byte(gp, s: GoSlice, c: u8) -> i64 { text::last_index_byte(s.bytes(), c) }
    fn last_index_any(gp, s: GoSlice, chars: GoStr) -> i64 { text::last_index_any(s.bytes(), chars.bytes()) }
    fn count(gp, s: GoSlice, t: GoSlice) -> usize { text::count(s.bytes(), t.bytes()) }
    fn compare(gp, a: GoSlice, b: GoSlice) -> i64 { text::compare(a.bytes(), b.bytes()) }
    fn equal_fold(gp, s: GoSlice, t: GoSlice) -> bool { text::equal_fold(s.bytes(), t.bytes()) }
    fn to_upper(gp, s: GoSlice) -> GoSlice { new_bytes(gp, &text::change_case(s.bytes(), 0)) }
    fn to_lower(gp, s: GoSlice) -> GoSlice { new_bytes(gp, &text::change_case(s.bytes(), 1)) }
    fn to_title(gp, s: GoSlice) -> GoSlice { new_bytes(gp, &text::change_case(s.bytes(), 2)) }
    fn space_bounds(gp, s: GoSlice) -> (usize, usize) { text::trim_space(s.bytes()) }
    fn trim_bounds(gp, s: GoSlice, cutset: GoStr, left: bool, right: bool) -> (usize, usize) {
        text::trim(s.bytes(), cutset.bytes(), left, right)
    }
    fn replace(gp, s: GoSlice, old: GoSlice, new: GoSlice, n: i64) -> GoSlice {
        match text::replace(s.bytes(), old.bytes(), new.bytes(), n) {
            Some(text) => new_bytes(gp, &text),
            None if s.len == 0 => GoSlice::NIL,
            None => new_bytes(gp, s.bytes()),
        }
    }
    fn to_valid_utf8(gp, s: GoSlice, replacement: GoSlice) -> GoSlice {
        match text::to_valid_utf8(s.bytes(), replacement.bytes()) {
            Some(text) => new_bytes(gp, &text),
            None => new_bytes(gp, s.bytes()),
        }
    }
    fn next_field(gp, s: GoSlice, from: usize) -> (usize, usize) { text::next_field(s.bytes(), from) }
    fn next_word(gp, s: GoSlice) -> (usize, usize) { text::next_field(s.bytes(), 0) }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("bufio.nextField", next_word),
    ("bytes.Compare", compare),
    ("bytes.Count", count),
    ("bytes.EqualFold", equal_fold),
    ("bytes.Index", index),
    ("bytes.IndexAny", index_any),
    ("bytes.IndexByte", index_byte),
    ("bytes.IndexRune", index_rune),
    ("bytes.LastIndex", last_index),
    ("bytes.LastIndexAny", last_index_any),
    ("bytes.LastIndexByte", last_index_byte),
    ("bytes.Replace", replace),
    ("bytes.ToLower", to_lower),
    ("bytes.ToTitle", to_title),
    ("bytes.ToUpper", to_upper),
    ("bytes.ToValidUTF8", to_valid_utf8),
    ("bytes.nextField", next_field),
    ("bytes.spaceBounds", space_bounds),
    ("bytes.trimBounds", trim_bounds),
];

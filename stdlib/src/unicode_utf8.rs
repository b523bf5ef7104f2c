//! Package unicode/utf8.

use crate::utf8;
use minigo_vm::native;
use minigo_vm::native::{GoSlice, GoStr, NativeTable};

native! {
    fn full_rune(gp, p: GoSlice) -> bool { utf8::full_rune(p.bytes()) }
    fn full_rune_in_string(gp, s: GoStr) -> bool { utf8::full_rune(s.bytes()) }
    fn decode_rune(gp, p: GoSlice) -> (i32, i64) {
        let (r, n) = utf8::decode(p.bytes());
        (r as i32, n as i64)
    }
    fn decode_rune_in_string(gp, s: GoStr) -> (i32, i64) {
        let (r, n) = utf8::decode(s.bytes());
        (r as i32, n as i64)
    }
    fn decode_last_rune(gp, p: GoSlice) -> (i32, i64) {
        let (r, n) = utf8::decode_last(p.bytes());
        (r as i32, n as i64)
    }
    fn decode_last_rune_in_string(gp, s: GoStr) -> (i32, i64) {
        let (r, n) = utf8::decode_last(s.bytes());
        (r as i32, n as i64)
    }
    fn rune_count(gp, p: GoSlice) -> usize { utf8::count(p.bytes()) }
    fn rune_count_in_string(gp, s: GoStr) -> usize { utf8::count(s.bytes()) }
    fn valid(gp, p: GoSlice) -> bool { std::str::from_utf8(p.bytes()).is_ok() }
    fn valid_string(gp, s: GoStr) -> bool { std::str::from_utf8(s.bytes()).is_ok() }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("unicode/utf8.DecodeLastRune", decode_last_rune),
    (
        "unicode/utf8.DecodeLastRuneInString",
        decode_last_rune_in_string,
    ),
    ("unicode/utf8.DecodeRune", decode_rune),
    ("unicode/utf8.DecodeRuneInString", decode_rune_in_string),
    ("unicode/utf8.FullRune", full_rune),
    ("unicode/utf8.FullRuneInString", full_rune_in_string),
    ("unicode/utf8.RuneCount", rune_count),
    ("unicode/utf8.RuneCountInString", rune_count_in_string),
    ("unicode/utf8.Valid", valid),
    ("unicode/utf8.ValidString", valid_string),
];

//! Package unicode: properties and case mappings of code points.

mod data;
pub(crate) mod tables;

use minigo_vm::native;
use minigo_vm::native::{GoSlice, GoStr, NativeTable, new_slice, new_strings};
use tables::*;

/// unicode.RangeTable in memory.
#[repr(C)]
struct RangeTable {
    r16: GoSlice,
    r32: GoSlice,
    latin_offset: i64,
}

/// Whether `c` is in one of the sorted ranges (lo, hi, stride).
fn in_ranges<T: Copy + Into<u32>>(ranges: &[[T; 3]], c: u32) -> bool {
    let i = ranges.partition_point(|r| r[1].into() < c);
    ranges.get(i).is_some_and(|r| {
        let (lo, stride) = (r[0].into(), r[2].into());
        lo <= c && (stride <= 1 || (c - lo).is_multiple_of(stride))
    })
}

native! {
    fn go_is_letter(gp, r: i32) -> bool { is_letter(r as u32) }
    fn go_is_digit(gp, r: i32) -> bool { is_digit(r as u32) }
    fn go_is_number(gp, r: i32) -> bool { category(r as u32) & NUMBER != 0 }
    fn go_is_upper(gp, r: i32) -> bool { is_upper(r as u32) }
    fn go_is_lower(gp, r: i32) -> bool { is_lower(r as u32) }
    fn go_is_title(gp, r: i32) -> bool { r > 0x7f && category(r as u32) & LT != 0 }
    fn go_is_space(gp, r: i32) -> bool { is_space(r as u32) }
    fn go_is_control(gp, r: i32) -> bool { is_control(r as u32) }
    fn go_is_graphic(gp, r: i32) -> bool { is_graphic(r as u32) }
    fn go_is_print(gp, r: i32) -> bool { is_print(r as u32) }
    fn go_is_punct(gp, r: i32) -> bool { category(r as u32) & PUNCT != 0 }
    fn go_is_symbol(gp, r: i32) -> bool { category(r as u32) & SYMBOL != 0 }
    fn go_is_mark(gp, r: i32) -> bool { category(r as u32) & MARK != 0 }
    fn go_to(gp, case: i64, r: i32) -> i32 {
        match case {
            0..=2 => to_case(case as usize, r as u32) as i32,
            _ => 0xfffd,
        }
    }
    fn go_to_upper(gp, r: i32) -> i32 { to_case(0, r as u32) as i32 }
    fn go_to_lower(gp, r: i32) -> i32 { to_case(1, r as u32) as i32 }
    fn go_to_title(gp, r: i32) -> i32 { to_case(2, r as u32) as i32 }
    fn go_simple_fold(gp, r: i32) -> i32 {
        match r {
            0..=0x10ffff => simple_fold(r as u32) as i32,
            _ => r,
        }
    }
    fn go_is(gp, t: *const RangeTable, r: i32) -> Result<bool, native::NativeRet> {
        if t.is_null() {
            return Err(native::raise_nil_deref(gp));
        }
        let c = r as u32;
        Ok(if c <= 0xffff && (*t).r16.len > 0 {
            in_ranges((*t).r16.elems::<[u16; 3]>(), c)
        } else {
            in_ranges((*t).r32.elems::<[u32; 3]>(), c)
        })
    }
    /// Ranges as (lo, hi, stride), none across U+FFFF; or case ranges.
    fn go_numbers(gp, name: GoStr) -> GoSlice {
        let name = name.text();
        let mut v: Vec<u32> = Vec::new();
        if name == "CaseRanges" {
            for r in case_ranges() {
                v.extend([r.lo, r.hi]);
                v.extend(r.delta.map(|d| d as u32));
            }
        }
        for (lo, hi) in table(&name).unwrap_or_default() {
            if lo < 0x10000 && hi >= 0x10000 {
                v.extend([lo, 0xffff, 1, 0x10000, hi, 1]);
            } else {
                v.extend([lo, hi, 1]);
            }
        }
        new_slice(gp, &v)
    }
    fn go_names(gp, group: GoStr) -> GoSlice { new_strings(gp, &names(&group.text())) }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("unicode.Is", go_is),
    ("unicode.IsControl", go_is_control),
    ("unicode.IsDigit", go_is_digit),
    ("unicode.IsGraphic", go_is_graphic),
    ("unicode.IsLetter", go_is_letter),
    ("unicode.IsLower", go_is_lower),
    ("unicode.IsMark", go_is_mark),
    ("unicode.IsNumber", go_is_number),
    ("unicode.IsPrint", go_is_print),
    ("unicode.IsPunct", go_is_punct),
    ("unicode.IsSpace", go_is_space),
    ("unicode.IsSymbol", go_is_symbol),
    ("unicode.IsTitle", go_is_title),
    ("unicode.IsUpper", go_is_upper),
    ("unicode.SimpleFold", go_simple_fold),
    ("unicode.To", go_to),
    ("unicode.ToLower", go_to_lower),
    ("unicode.ToTitle", go_to_title),
    ("unicode.ToUpper", go_to_upper),
    ("unicode.names", go_names),
    ("unicode.numbers", go_numbers),
];

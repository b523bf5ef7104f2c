//! Package strconv: numbers, quoted strings.

pub(crate) mod atof;
pub(crate) mod atoi;
pub(crate) mod ftoa;
pub(crate) mod quote;

use crate::unicode::tables;
use crate::util::append_bytes;
use atoi::Fault;
use minigo_vm::native;
use minigo_vm::native::{G, GoSlice, GoStr, NativeRet, NativeTable, new_string, raise_string};
use quote::Plain;

fn code(fault: Option<Fault>) -> i64 {
    fault.map_or(0, |f| f as i64)
}

/// Checks what Go's functions panic about.
///
/// # Safety
/// `gp` is the running goroutine.
unsafe fn check_base(gp: *mut G, base: i64) -> Result<u64, NativeRet> {
    match base {
        2..=36 => Ok(base as u64),
        // SAFETY: as the caller promises.
        _ => Err(unsafe { raise_string(gp, "strconv: illegal AppendInt/FormatInt base") }),
    }
}

/// As [`check_base`].
///
/// # Safety
/// `gp` is the running goroutine.
unsafe fn float_text(
    gp: *mut G,
    f: f64,
    fmt: u8,
    prec: i64,
    bits: i64,
) -> Result<Vec<u8>, NativeRet> {
    if !matches!(bits, 32 | 64) {
        // SAFETY: as the caller promises.
        return Err(unsafe { raise_string(gp, "strconv: illegal FormatFloat bitSize") });
    }
    let f = if bits == 32 { f as f32 as f64 } else { f };
    let mut out = Vec::with_capacity(24);
    ftoa::append_float(&mut out, f, fmt, prec, bits as u32);
    Ok(out)
}

fn plain(mode: i64) -> Plain {
    match mode {
        0 => Plain::Print,
        1 => Plain::Ascii,
        _ => Plain::Graphic,
    }
}

native! {
    fn itoa(gp, i: i64) -> GoStr {
        let mut out = Vec::with_capacity(20);
        atoi::append_int(&mut out, i, 10);
        new_string(gp, &out)
    }
    fn format_int(gp, i: i64, base: i64) -> Result<GoStr, NativeRet> {
        let mut out = Vec::with_capacity(20);
        atoi::append_int(&mut out, i, check_base(gp, base)?);
        Ok(new_string(gp, &out))
    }
    fn format_uint(gp, i: u64, base: i64) -> Result<GoStr, NativeRet> {
        let mut out = Vec::with_capacity(20);
        atoi::append_uint(&mut out, i, check_base(gp, base)?);
        Ok(new_string(gp, &out))
    }
    fn append_int(gp, dst: GoSlice, i: i64, base: i64) -> Result<GoSlice, NativeRet> {
        let mut out = Vec::with_capacity(20);
        atoi::append_int(&mut out, i, check_base(gp, base)?);
        Ok(append_bytes(gp, dst, &out))
    }
    fn append_uint(gp, dst: GoSlice, i: u64, base: i64) -> Result<GoSlice, NativeRet> {
        let mut out = Vec::with_capacity(20);
        atoi::append_uint(&mut out, i, check_base(gp, base)?);
        Ok(append_bytes(gp, dst, &out))
    }
    fn format_float(gp, f: f64, fmt: u8, prec: i64, bits: i64) -> Result<GoStr, NativeRet> {
        let out = float_text(gp, f, fmt, prec, bits)?;
        Ok(new_string(gp, &out))
    }
    fn append_float(gp, dst: GoSlice, f: f64, fmt: u8, prec: i64, bits: i64) -> Result<GoSlice, NativeRet> {
        let out = float_text(gp, f, fmt, prec, bits)?;
        Ok(append_bytes(gp, dst, &out))
    }
    fn parse_int(gp, s: GoStr, base: i64, bits: i64) -> (i64, i64) {
        let (n, fault) = atoi::parse_int(s.bytes(), base, bits);
        (n, code(fault))
    }
    fn parse_uint(gp, s: GoStr, base: i64, bits: i64) -> (u64, i64) {
        let (n, fault) = atoi::parse_uint(s.bytes(), base, bits);
        (n, code(fault))
    }
    fn parse_float(gp, s: GoStr, bits: i64) -> (f64, i64) {
        let (f, fault) = atof::parse_float(s.bytes(), bits);
        (f, code(fault))
    }
    fn parse_float_prefix(gp, s: GoStr, bits: i64) -> (f64, usize, i64) {
        let (f, n, fault) = atof::parse_float_prefix(s.bytes(), bits);
        (f, n, code(fault))
    }
    fn go_quote(gp, s: GoStr, mode: i64) -> GoStr {
        let mut out = Vec::new();
        quote::append_quoted(&mut out, s.bytes(), b'"', plain(mode));
        new_string(gp, &out)
    }
    fn append_quote(gp, dst: GoSlice, s: GoStr, mode: i64) -> GoSlice {
        let mut out = Vec::new();
        quote::append_quoted(&mut out, s.bytes(), b'"', plain(mode));
        append_bytes(gp, dst, &out)
    }
    fn append_quote_rune(gp, dst: GoSlice, r: i32, mode: i64) -> GoSlice {
        let mut out = Vec::new();
        quote::append_quoted_rune(&mut out, r as u32, plain(mode));
        append_bytes(gp, dst, &out)
    }
    fn can_backquote(gp, s: GoStr) -> bool { quote::can_backquote(s.bytes()) }
    fn is_print(gp, r: i32) -> bool { tables::is_print(r as u32) }
    fn is_graphic(gp, r: i32) -> bool { tables::is_graphic(r as u32) }
    fn unquote(gp, s: GoStr) -> (GoStr, bool) {
        match quote::unquote(s.bytes()) {
            Some(text) => (new_string(gp, &text), true),
            None => (GoStr::EMPTY, false),
        }
    }
    fn unquote_char(gp, s: GoStr, quote: u8) -> (i32, bool, i64) {
        match quote::unquote_char(s.bytes(), quote) {
            Some((r, multibyte, n)) => (r as i32, multibyte, n as i64),
            None => (0, false, 0),
        }
    }
    fn quoted_prefix(gp, s: GoStr) -> usize { quote::unquote_prefix(s.bytes(), None).unwrap_or(0) }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("strconv.AppendFloat", append_float),
    ("strconv.AppendInt", append_int),
    ("strconv.AppendUint", append_uint),
    ("strconv.CanBackquote", can_backquote),
    ("strconv.FormatFloat", format_float),
    ("strconv.FormatInt", format_int),
    ("strconv.FormatUint", format_uint),
    ("strconv.IsGraphic", is_graphic),
    ("strconv.IsPrint", is_print),
    ("strconv.Itoa", itoa),
    ("strconv.appendQuote", append_quote),
    ("strconv.appendQuoteRune", append_quote_rune),
    ("strconv.parseFloat", parse_float),
    ("strconv.parseFloatPrefix", parse_float_prefix),
    ("strconv.parseInt", parse_int),
    ("strconv.parseUint", parse_uint),
    ("strconv.quote", go_quote),
    ("strconv.quotedPrefix", quoted_prefix),
    ("strconv.unquote", unquote),
    ("strconv.unquoteChar", unquote_char),
];

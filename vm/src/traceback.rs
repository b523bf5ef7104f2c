//! The frames below `goroutine 1 [chan receive]:`, and how panic values are printed. (Go: runtime/traceback.go)
//!
//! Two lines a frame, as Go prints them; generated wrappers and the VM's own trampolines are left out.

use crate::frame::Frames;
use crate::goroutine::{Ancestor, VmG};
use crate::load::{FuncInfo, func_at, func_before, trampolines};
use crate::panic;
use crate::rtype::{Kind, Rtype};
use crate::value::{GoStr, Iface};
use minigo_runtime::G;
use std::io::Write;

/// Of a deeper stack only this many frames at either end are shown.
const SHOWN: usize = 50;

/// Prints a goroutine's frames and where it was created.
///
/// # Safety
/// The goroutine stands still, or is the running one with its position saved.
pub(crate) unsafe fn print_goroutine(gp: *mut G, out: &mut dyn Write) {
    // SAFETY: as the caller promises.
    unsafe {
        let all = || {
            let mut newest = true;
            Frames::of(gp).filter_map(move |(pc, fp)| {
                let info = if newest { func_at(pc) } else { func_before(pc) };
                newest = false;
                info.filter(|f| shown(f)).map(|f| (f, pc, fp))
            })
        };
        let n = all().count();
        for (i, (f, pc, fp)) in all().enumerate() {
            let elided = n.saturating_sub(2 * SHOWN);
            if elided > 0 && i >= SHOWN && i < n - SHOWN {
                if i == SHOWN {
                    let _ = writeln!(out, "...{elided} frames elided...");
                }
                continue;
            }
            let params = if f.func.param_slots == 0 {
                "()"
            } else {
                "(...)"
            };
            let _ = if pc == trampolines().panic_next {
                writeln!(out, "{}", panic::describe_adapter(fp))
            } else {
                writeln!(out, "{}{params}", f.func.name)
            };
            print_place(f, pc, out);
        }
        let gopc = (*gp).gopc as *const u64;
        if !gopc.is_null()
            && let Some(f) = func_before(gopc)
        {
            let parent = (*gp).parent_goid;
            let _ = writeln!(out, "created by {} in goroutine {parent}", f.func.name);
            print_place(f, gopc, out);
        }
        for ancestor in (*VmG::of(gp)).ancestors.as_ref().into_iter().flatten() {
            print_ancestor(ancestor, out);
        }
    }
}

/// Where a goroutine is, and where it was started.
///
/// # Safety
/// As [`print_goroutine`].
pub(crate) unsafe fn places(gp: *mut G) -> (String, String) {
    let place = |f: &FuncInfo, pc| {
        format!(
            "{} {}:{}",
            f.func.name,
            f.file_before(pc),
            f.line_before(pc)
        )
    };
    // SAFETY: as the caller promises.
    unsafe {
        let mut newest = true;
        let at = Frames::of(gp).find_map(|(pc, _)| {
            let info = if newest { func_at(pc) } else { func_before(pc) };
            newest = false;
            info.filter(|f| shown(f)).map(|f| place(f, pc))
        });
        let gopc = (*gp).gopc as *const u64;
        let creator = match func_before_or_none(gopc) {
            Some(f) => format!("goroutine {} in {}", (*gp).parent_goid, place(f, gopc)),
            None => String::new(),
        };
        (at.unwrap_or_default(), creator)
    }
}

/// Whether tracebacks have the function: not generated ones, and of package runtime only what users can call, and a panic
/// (`runtime.gopanic`, which they call `panic`). (Go: `showframe`)
fn shown(f: &FuncInfo) -> bool {
    let of_runtime = f.func.name.strip_prefix("runtime.");
    let internal = of_runtime.is_some_and(|name| {
        name != "gopanic" && !name.starts_with(|c: char| c.is_ascii_uppercase())
    });
    !f.func.flags.wrapper && !internal
}

fn func_before_or_none(pc: *const u64) -> Option<&'static FuncInfo> {
    if pc.is_null() { None } else { func_before(pc) }
}

/// Where an ancestor of the goroutine was. (Go: `printAncestorTraceback`)
fn print_ancestor(ancestor: &Ancestor, out: &mut dyn Write) {
    let _ = writeln!(out, "[originating from goroutine {}]:", ancestor.goid);
    for &pc in &ancestor.pcs {
        if let Some(f) = func_before(pc).filter(|f| shown(f)) {
            let _ = writeln!(out, "{}(...)", f.func.name);
            print_place(f, pc, out);
        }
    }
    let gopc = ancestor.gopc as *const u64;
    if !gopc.is_null()
        && let Some(f) = func_before(gopc)
    {
        let _ = writeln!(out, "created by {}", f.func.name);
        print_place(f, gopc, out);
    }
}

fn print_place(f: &FuncInfo, pc: *const u64, out: &mut dyn Write) {
    let offset = pc as usize - f.entry as usize;
    let _ = writeln!(
        out,
        "\t{}:{} +{offset:#x}",
        f.file_before(pc),
        f.line_before(pc)
    );
}

/// A goroutine's stack as a program sees it: function name, file and line, newest first. Without wrappers.
///
/// # Safety
/// `gp` is the running goroutine with its position saved (as it is while a native runs).
pub unsafe fn callers(gp: *mut G) -> Vec<Caller> {
    // SAFETY: as the caller promises.
    unsafe { Frames::of(gp) }
        .filter_map(|(pc, _)| {
            let f = func_before(pc).filter(|f| !f.func.flags.wrapper)?;
            Some(Caller::new(f, pc))
        })
        .collect()
}

/// The place that a pc from [`callers`] stands for.
pub fn caller_at(pc: u64) -> Option<Caller> {
    let at = pc as *const u64;
    let f = if pc == 0 { None } else { func_at(at) }?;
    Some(Caller::new(f, at))
}

impl Caller {
    fn new(f: &'static FuncInfo, pc: *const u64) -> Caller {
        Caller {
            pc: pc as u64,
            entry: f.entry as u64,
            name: &f.func.name,
            file: f.file_before(pc),
            line: f.line_before(pc),
        }
    }
}

/// What `runtime.Stack` shows: the running goroutine, or all of them, as a fatal error would.
///
/// # Safety
/// `gp` is the running goroutine with its position saved (as it is while a native runs).
pub unsafe fn stack_text(gp: *mut G, all: bool) -> Vec<u8> {
    let mut out = Vec::new();
    // SAFETY: as the caller promises; others are looked at while the world stands still.
    unsafe {
        if all {
            minigo_runtime::stop_the_world(gp, minigo_runtime::WaitReason::StoppingTheWorld);
            minigo_runtime::fatal::traceback_all(&mut out, gp);
            minigo_runtime::start_the_world(gp);
            // Each goroutine comes after an empty line; the first needs none.
            out.drain(..out.iter().take_while(|&&b| b == b'\n').count());
        } else {
            minigo_runtime::fatal::goroutine_header(gp, &mut out);
            print_goroutine(gp, &mut out);
        }
    }
    out
}

/// One frame, for `runtime.Caller` and its like.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    /// Behind the call.
    pub pc: u64,
    /// Where the function begins.
    pub entry: u64,
    /// Function.
    pub name: &'static str,
    /// Source file.
    pub file: &'static str,
    /// Line; 0 when unknown.
    pub line: u32,
}

// ---- values ----

/// A panic's value as Go prints it without calling methods: basic values plainly, of defined types as `main.T(5)`,
/// others by type and address. (Go: `printpanicval`)
///
/// # Safety
/// The value is well-formed.
pub(crate) unsafe fn panic_value(v: Iface) -> String {
    // SAFETY: type words are null or immortal descriptors; an indirect data word points at a value.
    unsafe {
        let Some(ty) = v.ty.as_ref() else {
            return "nil".into();
        };
        let Some(text) = basic(ty, v.data) else {
            return format!("({}) {:#x}", ty.string, v.data);
        };
        let own = well_known_text(ty, &text);
        match (own, ty.pkg_path.is_empty(), ty.kind) {
            (Some(text), ..) => text,
            (None, true, _) => text,
            (None, false, Kind::String) => format!("{}(\"{text}\")", ty.string),
            (None, false, Kind::Complex64 | Kind::Complex128) => format!("{}{text}", ty.string),
            (None, false, _) => format!("{}({text})", ty.string),
        }
    }
}

/// The text of our own errors in a program that lacks their Error methods.
fn well_known_text(ty: &Rtype, text: &str) -> Option<String> {
    if !ty.methods().is_empty() {
        return None;
    }
    match ty.string {
        "runtime.errorString" | "runtime.boundsError" => Some(format!("runtime error: {text}")),
        "runtime.plainError" | "*runtime.TypeAssertionError" | "*runtime.PanicNilError" => {
            Some(text.to_string())
        }
        _ => None,
    }
}

unsafe fn basic(ty: &Rtype, data: u64) -> Option<String> {
    // SAFETY: strings and complex128 are larger than a word, so the data word is an address.
    unsafe {
        Some(match ty.kind {
            Kind::Bool => (data != 0).to_string(),
            Kind::Int | Kind::Int8 | Kind::Int16 | Kind::Int32 | Kind::Int64 => {
                (data as i64).to_string()
            }
            Kind::Uint
            | Kind::Uint8
            | Kind::Uint16
            | Kind::Uint32
            | Kind::Uint64
            | Kind::Uintptr => data.to_string(),
            Kind::Float64 => float(f64::from_bits(data)),
            Kind::Float32 => float32(f32::from_bits(data as u32)),
            Kind::Complex64 => {
                let (re, im) = (
                    f32::from_bits(data as u32),
                    f32::from_bits((data >> 32) as u32),
                );
                complex(float32(re), float32(im))
            }
            Kind::Complex128 => {
                let p = data as *const f64;
                complex(float(*p), float(*p.add(1)))
            }
            Kind::String => {
                let s = *(data as *const GoStr);
                String::from_utf8_lossy(&indented(s.bytes())).into_owned()
            }
            _ => return None,
        })
    }
}

/// Lines after the first are indented, so that they cannot pass for the runtime's own.
pub(crate) fn indented(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for &b in text {
        out.push(b);
        if b == b'\n' {
            out.push(b'\t');
        }
    }
    out
}

fn complex(re: String, im: String) -> String {
    let sign = if im.starts_with(['+', '-']) { "" } else { "+" };
    format!("({re}{sign}{im}i)")
}

/// A float64 as Go's print shows it: shortest digits, with an exponent below 1e-4 and from 1e6 on.
pub fn float(x: f64) -> String {
    float_digits(
        x.is_nan(),
        x.is_infinite(),
        x.is_sign_negative(),
        format!("{:e}", x.abs()),
    )
}

/// As [`float`], with the shortest digits of a float32.
pub fn float32(x: f32) -> String {
    float_digits(
        x.is_nan(),
        x.is_infinite(),
        x.is_sign_negative(),
        format!("{:e}", x.abs()),
    )
}

fn float_digits(nan: bool, infinite: bool, negative: bool, scientific: String) -> String {
    if nan {
        return "NaN".into();
    }
    if infinite {
        return if negative {
            "-Inf".into()
        } else {
            "+Inf".into()
        };
    }
    let (mantissa, exp) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exp: i32 = exp.parse().unwrap_or(0);
    let digits: String = mantissa.chars().filter(|c| *c != '.').collect();
    let text = if !(-4..6).contains(&exp) {
        let sign = if exp < 0 { '-' } else { '+' };
        format!("{mantissa}e{sign}{:02}", exp.abs())
    } else if exp < 0 {
        format!("0.{}{digits}", "0".repeat(-exp as usize - 1))
    } else if digits.len() <= exp as usize + 1 {
        format!("{digits}{}", "0".repeat(exp as usize + 1 - digits.len()))
    } else {
        format!(
            "{}.{}",
            &digits[..=exp as usize],
            &digits[exp as usize + 1..]
        )
    };
    if negative { format!("-{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_print_as_gos_println_does() {
        for (x, text) in [
            (0.0, "0"),
            (1.5, "1.5"),
            (-2.0, "-2"),
            (1e6, "1e+06"),
            (100000.0, "100000"),
            (123456789.0, "1.23456789e+08"),
            (1e21, "1e+21"),
            (1e-5, "1e-05"),
            (0.0001, "0.0001"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Inf"),
        ] {
            assert_eq!(float(x), text);
        }
        assert_eq!(float32(0.1), "0.1");
        assert_eq!(complex(float(1.0), float(-2.0)), "(1-2i)");
    }
}

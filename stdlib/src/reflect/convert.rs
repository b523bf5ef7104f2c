//! Which types can be assigned and converted to which, and doing it. (Go specification: Assignability, Conversions)

use super::call::method_value;
use super::values::{elem, float};
use super::*;
use crate::utf8;
use minigo_vm::native;
use minigo_vm::native::{new_bytes, new_slice, new_string, to_i64, to_u64};
use minigo_vm::rtype::Kind::*;

/// Whether a type has all methods of an interface type.
pub(super) fn implements(t: &Rtype, iface: &Rtype) -> bool {
    if iface.kind != Interface {
        return false;
    }
    match t.kind {
        Interface => iface
            .imethods
            .iter()
            .all(|m| t.imethods.iter().any(|x| x.sel == m.sel)),
        _ => crate::rtypes::implements(t, iface),
    }
}

/// Whether a value of type `t` can be assigned to a variable of type `to` as it is.
pub(super) fn directly_assignable(t: &Rtype, to: &Rtype) -> bool {
    if std::ptr::eq(t, to) {
        return true;
    }
    if !t.name.is_empty() && !to.name.is_empty() || t.kind != to.kind {
        return false;
    }
    is_channel_of_both(t, to) || same_underlying(t, to, true)
}

/// Whether `t` is a bidirectional channel of the same elements as the channel `to`, and one of them has no name.
fn is_channel_of_both(t: &Rtype, to: &Rtype) -> bool {
    t.kind == Chan
        && to.kind == Chan
        && t.len == 3
        && (t.name.is_empty() || to.name.is_empty())
        && t.elem == to.elem
}

/// Whether two types have identical underlying types, but perhaps for tags.
fn same_underlying(a: &Rtype, b: &Rtype, tags: bool) -> bool {
    if std::ptr::eq(a, b) {
        return true;
    }
    if a.kind != b.kind {
        return false;
    }
    let all = |a: &[*const Rtype], b: &[*const Rtype]| {
        a.len() == b.len() && a.iter().zip(b).all(|(&a, &b)| identical(a, b, tags))
    };
    match a.kind {
        Array | Chan => a.len == b.len && identical(a.elem, b.elem, tags),
        Func => a.variadic == b.variadic && all(a.params, b.params) && all(a.results, b.results),
        Interface => {
            let pairs = a.imethods.iter().zip(b.imethods);
            a.imethods.len() == b.imethods.len() && pairs.into_iter().all(|(a, b)| a.sel == b.sel)
        }
        Map => identical(a.key, b.key, tags) && identical(a.elem, b.elem, tags),
        Pointer | Slice => identical(a.elem, b.elem, tags),
        Struct => {
            let same = |(a, b): (&minigo_vm::rtype::Field, &minigo_vm::rtype::Field)| {
                a.name == b.name
                    && a.pkg_path == b.pkg_path
                    && a.embedded == b.embedded
                    && (!tags || a.tag == b.tag)
                    && identical(a.ty, b.ty, tags)
            };
            a.fields.len() == b.fields.len() && a.fields.iter().zip(b.fields).all(same)
        }
        _ => true,
    }
}

fn identical(a: *const Rtype, b: *const Rtype, tags: bool) -> bool {
    if a == b || tags {
        return a == b;
    }
    // SAFETY: descriptors are immortal.
    let (a, b) = unsafe { (&*a, &*b) };
    a.name.is_empty() && b.name.is_empty() && same_underlying(a, b, false)
}

/// The value as one of type `to`, to which it must be assignable. `context` is what Go's text names.
pub(super) unsafe fn assign(gp: *mut G, v: Val, to: &'static Rtype, context: &str) -> Result<Val> {
    // SAFETY: layouts of types that are assignable directly are the same.
    unsafe {
        let v = match v.flag & METHOD {
            0 => v,
            _ => method_value(gp, &v, context)?,
        };
        if directly_assignable(v.ty(), to) {
            return Ok(Val { ty: to, ..v });
        }
        if implements(v.ty(), to) {
            return Ok(in_interface(gp, &v, to, 0));
        }
        let what = format!("value of type {} is not assignable to type", v.ty().string);
        fail(gp, format!("{context}: {what} {}", to.string))
    }
}

/// The value in an interface of type `to`.
unsafe fn in_interface(gp: *mut G, v: &Val, to: &'static Rtype, flag: u64) -> Val {
    // SAFETY: the new object is an interface.
    unsafe {
        let cell = alloc(gp, to).cast::<Iface>();
        *cell = v.pack(gp);
        Val::at(to, cell.cast(), flag)
    }
}

/// What a conversion does.
enum How {
    Int,
    Uint,
    Float,
    Complex,
    IntString,
    UintString,
    Bytes,
    Runes,
    FromBytes,
    FromRunes,
    ArrayPointer,
    ToArray,
    Same,
    Interface,
}

fn how(t: &Rtype, to: &Rtype) -> Option<How> {
    use minigo_vm::rtype::Kind as K;
    let is_number = |k: K| (K::Int as u8..=K::Float64 as u8).contains(&(k as u8));
    let elem = |t: &Rtype| t.elem().kind;
    match (t.kind, to.kind) {
        (Int | Int8 | Int16 | Int32 | Int64, K::String) => return Some(How::IntString),
        (Uint | Uint8 | Uint16 | Uint32 | Uint64 | Uintptr, K::String) => {
            return Some(How::UintString);
        }
        (Int | Int8 | Int16 | Int32 | Int64, k) if is_number(k) => return Some(How::Int),
        (Uint | Uint8 | Uint16 | Uint32 | Uint64 | Uintptr, k) if is_number(k) => {
            return Some(How::Uint);
        }
        (Float32 | Float64, k) if is_number(k) => return Some(How::Float),
        (Complex64 | Complex128, Complex64 | Complex128) => return Some(How::Complex),
        (K::String, Slice) if elem(to) == Uint8 => return Some(How::Bytes),
        (K::String, Slice) if elem(to) == Int32 => return Some(How::Runes),
        (Slice, K::String) if elem(t) == Uint8 => return Some(How::FromBytes),
        (Slice, K::String) if elem(t) == Int32 => return Some(How::FromRunes),
        (Slice, Pointer) if elem(to) == Array && t.elem == to.elem().elem => {
            return Some(How::ArrayPointer);
        }
        (Slice, Array) if t.elem == to.elem => return Some(How::ToArray),
        _ => {}
    }
    let pointers = || {
        let named = !t.name.is_empty() || !to.name.is_empty();
        t.kind == Pointer
            && to.kind == Pointer
            && !named
            && same_underlying(t.elem(), to.elem(), false)
    };
    if is_channel_of_both(t, to) || same_underlying(t, to, false) || pointers() {
        return Some(How::Same);
    }
    implements(t, to).then_some(How::Interface)
}

pub(super) fn can_convert(t: &Rtype, to: &Rtype) -> bool {
    how(t, to).is_some()
}

/// A number of a type from the three forms that it may have.
fn number(to: &Rtype, int: impl Fn() -> u64, float: impl Fn() -> f64, flag: u64) -> Val {
    let word = match to.kind {
        Float32 => (float() as f32).to_bits() as u64,
        Float64 => float().to_bits(),
        _ => {
            let word = int();
            // SAFETY: the word has as many bytes as any integer; the first ones of it are made canonical.
            unsafe { load_word(to, (&raw const word).cast()) }
        }
    };
    Val::direct(to, word, flag)
}

fn text_of(x: i64) -> Vec<u8> {
    let mut out = Vec::new();
    utf8::push(&mut out, u32::try_from(x).unwrap_or(utf8::RUNE_ERROR));
    out
}

unsafe fn string_value(gp: *mut G, to: &'static Rtype, text: &[u8], flag: u64) -> Val {
    // SAFETY: the new object is a string.
    unsafe {
        let cell = alloc(gp, to).cast::<GoStr>();
        *cell = new_string(gp, text);
        Val::at(to, cell.cast(), flag)
    }
}

unsafe fn slice_value(gp: *mut G, to: &'static Rtype, s: GoSlice, flag: u64) -> Val {
    // SAFETY: the new object is a slice.
    unsafe {
        let cell = alloc(gp, to).cast::<GoSlice>();
        *cell = s;
        Val::at(to, cell.cast(), flag)
    }
}

/// `v.Convert(to)`
unsafe fn convert_value(gp: *mut G, v: Val, to: &'static Rtype) -> Result<Val> {
    // SAFETY: kinds tell the layout.
    unsafe {
        let v = match v.flag & METHOD {
            0 => v,
            _ => method_value(gp, &v, "Convert")?,
        };
        if v.ty.is_null() {
            return Err(value_error(gp, "reflect.Value.Convert", Invalid));
        }
        let Some(how) = how(v.ty(), to) else {
            let what = "reflect.Value.Convert: value of type";
            let (from, to) = (v.ty().string, to.string);
            return fail(
                gp,
                format!("{what} {from} cannot be converted to type {to}"),
            );
        };
        let ro = v.ro();
        let short = |what: &str, n: u64| {
            let len = v.slice().len;
            let text = format!("slice with length {len} to {what} with length {n}");
            fail(gp, format!("reflect: cannot convert {text}"))
        };
        Ok(match how {
            How::Int => number(to, || v.word(), || v.word() as i64 as f64, ro),
            How::Uint => number(to, || v.word(), || v.word() as f64, ro),
            // A float32 keeps its bits, even those of a NaN.
            How::Float if v.ty().kind == Float32 && to.kind == Float32 => {
                Val::direct(to, v.word(), ro)
            }
            How::Float => {
                let unsigned = matches!(to.kind, Uint | Uint8 | Uint16 | Uint32 | Uint64 | Uintptr);
                let int = || match unsigned {
                    true => to_u64(float(&v)),
                    false => to_i64(float(&v)) as u64,
                };
                number(to, int, || float(&v), ro)
            }
            How::Complex => {
                let (re, im) = match v.ty().size() {
                    8 => {
                        let [re, im] = v.get::<[f32; 2]>();
                        (re as f64, im as f64)
                    }
                    _ => v.get::<(f64, f64)>(),
                };
                match to.size() {
                    8 => Val::copy(gp, to, [re as f32, im as f32].as_ptr().cast(), ro),
                    _ => Val::copy(gp, to, [re, im].as_ptr().cast(), ro),
                }
            }
            How::IntString => string_value(gp, to, &text_of(v.word() as i64), ro),
            How::UintString => {
                let x = i64::try_from(v.word()).unwrap_or(-1);
                string_value(gp, to, &text_of(x), ro)
            }
            How::Bytes => slice_value(gp, to, new_bytes(gp, v.string().bytes()), ro),
            How::Runes => {
                let runes: Vec<u32> = utf8::runes(v.string().bytes()).map(|r| r.1).collect();
                slice_value(gp, to, new_slice(gp, &runes), ro)
            }
            How::FromBytes => string_value(gp, to, v.slice().bytes(), ro),
            How::FromRunes => {
                let runes = v.slice().elems::<i32>().iter();
                let text: Vec<u8> = runes.flat_map(|&r| text_of(r as i64)).collect();
                string_value(gp, to, &text, ro)
            }
            How::ArrayPointer => {
                let n = to.elem().len;
                if n > v.slice().len as u64 {
                    return short("pointer to array", n);
                }
                Val::direct(to, v.slice().ptr as u64, ro)
            }
            How::ToArray => {
                if to.len > v.slice().len as u64 {
                    return short("array", to.len);
                }
                Val::copy(gp, to, v.slice().ptr, ro)
            }
            How::Same if v.flag & ADDR != 0 => Val::copy(gp, to, v.address(), ro),
            How::Same => Val { ty: to, ..v },
            How::Interface => {
                let v = match v.ty().kind {
                    Interface => elem(&v),
                    _ => v,
                };
                match v.ty.is_null() {
                    true => Val::at(to, alloc(gp, to), ro),
                    false => in_interface(gp, &v, to, ro),
                }
            }
        })
    }
}

native! {
    fn convert(gp, v: Val, to: Iface) -> Result<Val> {
        convert_value(gp, v, need_type(gp, to)?)
    }
    fn can_convert_value(gp, v: Val, to: Iface) -> Result<bool> {
        let to = need_type(gp, to)?;
        if v.ty.is_null() {
            return Err(value_error(gp, "reflect.Value.Type", Invalid));
        }
        let from = match v.flag & METHOD {
            0 => v.ty(),
            _ => method_value(gp, &v, "CanConvert")?.ty(),
        };
        Ok(match how(from, to) {
            None => false,
            Some(How::ArrayPointer) => to.elem().len <= v.slice().len as u64,
            Some(How::ToArray) => to.len <= v.slice().len as u64,
            Some(_) => true,
        })
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("reflect.Value.CanConvert", can_convert_value),
    ("reflect.Value.Convert", convert),
];

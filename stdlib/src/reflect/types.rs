//! reflect.Type, and the making of types.

use super::convert::{can_convert, directly_assignable, implements};
use super::*;
use crate::strconv::quote::{Plain, append_quoted, unquote};
use minigo_vm::made;
use minigo_vm::native;
use minigo_vm::native::new_string;
use minigo_vm::rtype::{Field, Method};

type Type = *const Rtype;

/// reflect.StructField
#[repr(C)]
#[derive(Clone, Copy)]
struct StructField {
    name: GoStr,
    pkg_path: GoStr,
    ty: Iface,
    tag: GoStr,
    offset: u64,
    index: GoSlice,
    anonymous: bool,
}

impl Arg for StructField {
    const SLOTS: usize = size_of::<StructField>() / 8;
    unsafe fn get(at: *const u64) -> Self {
        // SAFETY: as many words as the structure has.
        unsafe { *at.cast() }
    }
    unsafe fn put(self, at: *mut u64) {
        // SAFETY: as above; the last word is written whole.
        unsafe {
            *at.add(Self::SLOTS - 1) = 0;
            let at = at.cast::<StructField>();
            (*at).name = self.name;
            (*at).pkg_path = self.pkg_path;
            (*at).ty = self.ty;
            (*at).tag = self.tag;
            (*at).offset = self.offset;
            (*at).index = self.index;
            (*at).anonymous = self.anonymous;
        }
    }
}

fn text(s: &'static str) -> GoStr {
    GoStr::from_static(s)
}

/// Go's names of the kinds.
const KINDS: [&str; 27] = [
    "invalid",
    "bool",
    "int",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "uintptr",
    "float32",
    "float64",
    "complex64",
    "complex128",
    "array",
    "chan",
    "func",
    "interface",
    "map",
    "ptr",
    "slice",
    "string",
    "struct",
    "unsafe.Pointer",
];

pub(super) fn exported_methods(t: &Rtype) -> impl Iterator<Item = &'static Method> + use<> {
    t.methods().iter().filter(|m| m.pkg_path.is_empty())
}

pub(super) fn method_count(t: &Rtype) -> usize {
    match t.kind {
        Kind::Interface => t.imethods.len(),
        _ => exported_methods(t).count(),
    }
}

unsafe fn wrong<T>(gp: *mut G, what: &str, want: &str, t: &Rtype) -> Result<T> {
    let text = format!("reflect: {what} of {want} type {}", t.string);
    // SAFETY: `gp` is the running goroutine.
    unsafe { fail(gp, text) }
}

unsafe fn need<'a>(gp: *mut G, t: Type, kind: Kind, what: &str, want: &str) -> Result<&'a Rtype> {
    // SAFETY: receivers are descriptors.
    unsafe {
        match &*t {
            t if t.kind == kind => Ok(t),
            t => wrong(gp, what, want, t),
        }
    }
}

/// The params or results of a func type, one of them.
unsafe fn part(gp: *mut G, list: &[Type], i: i64) -> Result<Iface> {
    match list.get(i as usize) {
        Some(&t) => Ok(type_value(t)),
        // SAFETY: `gp` is the running goroutine.
        None => Err(unsafe { out_of_range(gp, i, list.len()) }),
    }
}

unsafe fn out_of_range(gp: *mut G, i: i64, len: usize) -> NativeRet {
    let text = format!("index out of range [{i}] with length {len}");
    // SAFETY: `gp` is the running goroutine.
    unsafe { native::raise_runtime_error(gp, &text) }
}

/// Whether `for range` over it has one variable, or two.
fn can_range(t: &Rtype, two: bool) -> bool {
    use Kind::*;
    match t.kind {
        Array | Slice | String | Map => true,
        Int | Int8 | Int16 | Int32 | Int64 | Uint | Uint8 | Uint16 | Uint32 | Uint64 | Uintptr
        | Chan => !two,
        Pointer => t.elem().kind == Array,
        Func => {
            let [body] = t.params else { return false };
            // SAFETY: descriptors are immortal.
            let body = unsafe { &**body };
            t.results.is_empty()
                && body.kind == Func
                && body.params.len() == 1 + two as usize
                && body.results.len() == 1
                // SAFETY: as above.
                && unsafe { &*body.results[0] }.string == "bool"
        }
        _ => false,
    }
}

/// Whether a number of this kind does not fit a type.
pub(super) fn overflows_int(t: &Rtype, x: i64) -> bool {
    let shift = 64 - 8 * t.size() as u32;
    x << shift >> shift != x
}

pub(super) fn overflows_uint(t: &Rtype, x: u64) -> bool {
    let shift = 64 - 8 * t.size() as u32;
    x << shift >> shift != x
}

pub(super) fn overflows_float(t: &Rtype, x: f64) -> bool {
    t.size() == 4 && x.is_finite() && x.abs() > f32::MAX as f64
}

/// The words of a slice of types.
unsafe fn type_list(gp: *mut G, s: GoSlice) -> Result<Vec<&'static Rtype>> {
    // SAFETY: the elements are reflect.Types.
    unsafe {
        s.elems::<Iface>()
            .iter()
            .map(|&t| need_type(gp, t))
            .collect()
    }
}

fn valid_name(name: &str) -> bool {
    let mut chars = name.chars();
    let letter = |c: char| c == '_' || c.is_alphabetic();
    chars.next().is_some_and(letter) && chars.all(|c| letter(c) || c.is_numeric())
}

unsafe fn leak(s: GoStr) -> &'static str {
    // SAFETY: the string is an argument.
    match unsafe { s.text() } {
        t if t.is_empty() => "",
        t => String::leak(t.into_owned()),
    }
}

/// The fields of a struct type to be made.
unsafe fn fields(gp: *mut G, list: GoSlice) -> Result<Vec<Field>> {
    // SAFETY: the elements are reflect.StructFields.
    unsafe {
        let mut fields: Vec<Field> = Vec::new();
        let mut package = "";
        for (i, f) in list.elems::<StructField>().iter().enumerate() {
            let what = "reflect.StructOf: field";
            let name = leak(f.name);
            if name.is_empty() {
                return fail(gp, format!("{what} {i} has no name"));
            }
            if !valid_name(name) {
                return fail(gp, format!("{what} {i} has invalid name"));
            }
            let Some(ty) = type_of(f.ty) else {
                return fail(gp, format!("{what} {i} has no type"));
            };
            let pkg_path = leak(f.pkg_path);
            let lower = name.starts_with(|c: char| c == '_' || c.is_ascii_lowercase());
            if f.anonymous && !pkg_path.is_empty() {
                return fail(
                    gp,
                    format!("{what} \"{name}\" is anonymous but has PkgPath set"),
                );
            }
            if lower && pkg_path.is_empty() {
                return fail(
                    gp,
                    format!("{what} \"{name}\" is unexported but missing PkgPath"),
                );
            }
            if !pkg_path.is_empty() {
                if !package.is_empty() && package != pkg_path {
                    let text = format!("{package} and {pkg_path}");
                    let what = "reflect.StructOf: fields with different PkgPath";
                    return fail(gp, format!("{what} {text}"));
                }
                package = pkg_path;
            }
            if f.anonymous && ty.kind == Kind::Pointer {
                let elem = ty.elem();
                if matches!(elem.kind, Kind::Pointer | Kind::Interface) {
                    let what = "reflect.StructOf: illegal embedded field type";
                    return fail(gp, format!("{what} {}", ty.string));
                }
            }
            if f.anonymous && i > 0 && ty.kind != Kind::Interface && !ty.methods().is_empty() {
                let what = "reflect: embedded type with methods not implemented";
                return fail(gp, format!("{what} if type is not first field"));
            }
            if name != "_" && fields.iter().any(|f| f.name == name) {
                return fail(gp, format!("reflect.StructOf: duplicate field {name}"));
            }
            fields.push(Field {
                name,
                pkg_path,
                ty,
                offset: 0,
                tag: leak(f.tag),
                embedded: f.anonymous,
            });
        }
        Ok(fields)
    }
}

/// The part of a tag that belongs to a key, unquoted.
fn look_up(mut tag: &[u8], key: &[u8]) -> Option<Vec<u8>> {
    loop {
        let spaces = tag.iter().take_while(|&&c| c == b' ').count();
        tag = &tag[spaces..];
        let is_name = |&&c: &&u8| c > b' ' && c != b':' && c != b'"' && c != 0x7f;
        let n = tag.iter().take_while(is_name).count();
        if n == 0 || tag.get(n..n + 2) != Some(b":\"".as_slice()) {
            return None;
        }
        let (name, rest) = (&tag[..n], &tag[n + 1..]);
        // A value that does not end is no value; one that does not unquote is none either.
        let mut end = 1;
        while *rest.get(end)? != b'"' {
            end += 1 + (rest[end] == b'\\') as usize;
        }
        if name == key {
            return unquote(&rest[..=end]);
        }
        tag = &rest[end + 1..];
    }
}

native! {
    fn kind_string(gp, k: u64) -> GoStr {
        match KINDS.get(k as usize) {
            Some(s) => text(s),
            None => new_string(gp, format!("kind{}", k as i64).as_bytes()),
        }
    }
    fn tag_lookup(gp, tag: GoStr, key: GoStr) -> (GoStr, bool) {
        match look_up(tag.bytes(), key.bytes()) {
            Some(s) => (new_string(gp, &s), true),
            None => (GoStr::EMPTY, false),
        }
    }
    fn get_type(gp, v: Iface) -> Iface { type_value(v.ty) }

    fn align(gp, t: Type) -> i64 { (*t).align as i64 }
    fn size(gp, t: Type) -> usize { (*t).size() }
    fn string(gp, t: Type) -> GoStr { text((*t).string) }
    fn name(gp, t: Type) -> GoStr { text((*t).name) }
    fn pkg_path(gp, t: Type) -> GoStr {
        match (*t).kind {
            Kind::UnsafePointer if (*t).name == "Pointer" => text("unsafe"),
            _ => text((*t).pkg_path),
        }
    }
    fn kind(gp, t: Type) -> u64 { (*t).kind as u64 }
    fn num_method(gp, t: Type) -> i64 { method_count(&*t) as i64 }
    /// Name, package, func type without receiver, and whether the code takes the receiver as it lies in slots.
    fn method(gp, t: Type, i: i64) -> Result<(GoStr, GoStr, Type, Val)> {
        let t = &*t;
        if t.kind == Kind::Interface {
            return match t.imethods.get(i as usize) {
                Some(m) => Ok((text(m.name), text(m.pkg_path), m.ty, Val::NONE)),
                None => fail(gp, "reflect: Method index out of range"),
            };
        }
        let Some(m) = exported_methods(t).nth(i as usize) else {
            return fail(gp, "reflect: Method index out of range");
        };
        let sig = &*m.ty;
        let params: Vec<_> = std::iter::once(t).chain(sig.params.iter().map(|&p| &*p)).collect();
        let results: Vec<_> = sig.results.iter().map(|&r| &*r).collect();
        let func = made::func_of(&params, &results, sig.variadic);
        let code = match m.code.is_null() {
            false => native::unbound_method(gp, m.code, t.slots()) as u64,
            true => 0,
        };
        Ok((text(m.name), text(""), m.ty, Val::direct(func, code, 0)))
    }
    fn method_index(gp, t: Type, name: GoStr) -> i64 {
        let (t, name) = (&*t, name.bytes());
        let found = match t.kind {
            Kind::Interface => t.imethods.iter().position(|m| m.name.as_bytes() == name),
            _ => exported_methods(t).position(|m| m.name.as_bytes() == name),
        };
        found.map_or(-1, |i| i as i64)
    }
    fn type_implements(gp, t: Type, u: Iface) -> Result<bool> {
        match type_of(u) {
            None => fail(gp, "reflect: nil type passed to Type.Implements"),
            Some(u) if u.kind != Kind::Interface => {
                fail(gp, "reflect: non-interface type passed to Type.Implements")
            }
            Some(u) => Ok(implements(&*t, u)),
        }
    }
    fn assignable_to(gp, t: Type, u: Iface) -> Result<bool> {
        match type_of(u) {
            None => fail(gp, "reflect: nil type passed to Type.AssignableTo"),
            Some(u) => Ok(directly_assignable(&*t, u) || implements(&*t, u)),
        }
    }
    fn convertible_to(gp, t: Type, u: Iface) -> Result<bool> {
        match type_of(u) {
            None => fail(gp, "reflect: nil type passed to Type.ConvertibleTo"),
            Some(u) => Ok(can_convert(&*t, u)),
        }
    }
    fn comparable(gp, t: Type) -> bool { (*t).comparable() }
    fn bits(gp, t: Type) -> Result<i64> {
        match &*t {
            t if (Kind::Int as u8..=Kind::Complex128 as u8).contains(&(t.kind as u8)) => {
                Ok(t.size() as i64 * 8)
            }
            t => fail(gp, format!("reflect: Bits of non-arithmetic Type {}", t.string)),
        }
    }
    fn chan_dir(gp, t: Type) -> Result<i64> {
        Ok(need(gp, t, Kind::Chan, "ChanDir", "non-chan")?.len as i64)
    }
    fn is_variadic(gp, t: Type) -> Result<bool> {
        Ok(need(gp, t, Kind::Func, "IsVariadic", "non-func")?.variadic)
    }
    fn elem(gp, t: Type) -> Result<Iface> {
        match (*t).elem.is_null() {
            true => fail(gp, format!("reflect: Elem of invalid type {}", (*t).string)),
            false => Ok(type_value((*t).elem)),
        }
    }
    fn key(gp, t: Type) -> Result<Iface> {
        Ok(type_value(need(gp, t, Kind::Map, "Key", "non-map")?.key))
    }
    fn len(gp, t: Type) -> Result<i64> {
        Ok(need(gp, t, Kind::Array, "Len", "non-array")?.len as i64)
    }
    fn num_field(gp, t: Type) -> Result<i64> {
        Ok(need(gp, t, Kind::Struct, "NumField", "non-struct")?.fields.len() as i64)
    }
    fn num_in(gp, t: Type) -> Result<i64> {
        Ok(need(gp, t, Kind::Func, "NumIn", "non-func")?.params.len() as i64)
    }
    fn num_out(gp, t: Type) -> Result<i64> {
        Ok(need(gp, t, Kind::Func, "NumOut", "non-func")?.results.len() as i64)
    }
    fn in_(gp, t: Type, i: i64) -> Result<Iface> {
        part(gp, need(gp, t, Kind::Func, "In", "non-func")?.params, i)
    }
    fn out(gp, t: Type, i: i64) -> Result<Iface> {
        part(gp, need(gp, t, Kind::Func, "Out", "non-func")?.results, i)
    }
    fn field(gp, t: Type, i: i64) -> Result<StructField> {
        let t = need(gp, t, Kind::Struct, "Field", "non-struct")?;
        let Some(f) = t.fields.get(i as usize) else {
            return fail(gp, "reflect: Field index out of bounds");
        };
        Ok(StructField {
            name: text(f.name),
            pkg_path: text(f.pkg_path),
            ty: type_value(f.ty),
            tag: text(f.tag),
            offset: f.offset as u64,
            index: native::new_slice(gp, &[i]),
            anonymous: f.embedded,
        })
    }
    /// The struct's own field of that name, or -1; and whether there are embedded ones.
    fn field_index(gp, t: Type, name: GoStr) -> Result<(i64, bool)> {
        let fields = need(gp, t, Kind::Struct, "FieldByName", "non-struct")?.fields;
        let at = fields.iter().position(|f| f.name.as_bytes() == name.bytes());
        Ok((at.map_or(-1, |i| i as i64), fields.iter().any(|f| f.embedded)))
    }
    fn can_seq(gp, t: Type) -> bool { can_range(&*t, false) }
    fn can_seq2(gp, t: Type) -> bool { can_range(&*t, true) }
    fn overflow_int(gp, t: Type, x: i64) -> Result<bool> {
        use Kind::*;
        match &*t {
            t if matches!(t.kind, Int | Int8 | Int16 | Int32 | Int64) => Ok(overflows_int(t, x)),
            t => wrong(gp, "OverflowInt", "non-int", t),
        }
    }
    fn overflow_uint(gp, t: Type, x: u64) -> Result<bool> {
        use Kind::*;
        match &*t {
            t if matches!(t.kind, Uint | Uint8 | Uint16 | Uint32 | Uint64 | Uintptr) => {
                Ok(overflows_uint(t, x))
            }
            t => wrong(gp, "OverflowUint", "non-uint", t),
        }
    }
    fn overflow_float(gp, t: Type, x: f64) -> Result<bool> {
        match &*t {
            t if matches!(t.kind, Kind::Float32 | Kind::Float64) => Ok(overflows_float(t, x)),
            t => wrong(gp, "OverflowFloat", "non-float", t),
        }
    }

    fn pointer_to(gp, t: Iface) -> Result<Iface> {
        Ok(type_value(made::pointer_to(need_type(gp, t)?)))
    }
    fn slice_of(gp, t: Iface) -> Result<Iface> {
        Ok(type_value(made::slice_of(need_type(gp, t)?)))
    }
    fn array_of(gp, n: i64, t: Iface) -> Result<Iface> {
        if n < 0 {
            return fail(gp, "reflect: negative length passed to ArrayOf");
        }
        match made::array_of(n as u64, need_type(gp, t)?) {
            Some(t) => Ok(type_value(t)),
            None => fail(gp, "reflect.ArrayOf: array size would exceed virtual address space"),
        }
    }
    fn chan_of(gp, dir: i64, t: Iface) -> Result<Iface> {
        let t = need_type(gp, t)?;
        if t.size() >= 1 << 16 {
            return fail(gp, "reflect.ChanOf: element size too large");
        }
        if !(1..=3).contains(&dir) {
            return fail(gp, "reflect.ChanOf: invalid dir");
        }
        Ok(type_value(made::chan_of(dir as u64, t)))
    }
    fn map_of(gp, key: Iface, elem: Iface) -> Result<Iface> {
        let (key, elem) = (need_type(gp, key)?, need_type(gp, elem)?);
        match key.comparable() {
            true => Ok(type_value(made::map_of(key, elem))),
            false => fail(gp, format!("reflect.MapOf: invalid key type {}", key.string)),
        }
    }
    fn func_of(gp, params: GoSlice, results: GoSlice, variadic: bool) -> Result<Iface> {
        let (params, results) = (type_list(gp, params)?, type_list(gp, results)?);
        if variadic && params.last().is_none_or(|t| t.kind != Kind::Slice) {
            return fail(gp, "reflect.FuncOf: last arg of variadic func must be slice");
        }
        Ok(type_value(made::func_of(&params, &results, variadic)))
    }
    fn struct_of(gp, list: GoSlice) -> Result<Iface> {
        let tag = |tag: &str| {
            let mut quoted = Vec::new();
            append_quoted(&mut quoted, tag.as_bytes(), b'"', Plain::Print);
            String::from_utf8_lossy(&quoted).into_owned()
        };
        match made::struct_of(fields(gp, list)?, tag) {
            Some(t) => Ok(type_value(t)),
            None => fail(gp, "reflect.StructOf: struct size would exceed virtual address space"),
        }
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("reflect.Kind.String", kind_string),
    ("reflect.StructTag.Lookup", tag_lookup),
    ("reflect.TypeOf", get_type),
    ("reflect.rtype.Align", align),
    ("reflect.rtype.FieldAlign", align),
    ("reflect.rtype.Size", size),
    ("reflect.rtype.String", string),
    ("reflect.rtype.Name", name),
    ("reflect.rtype.PkgPath", pkg_path),
    ("reflect.rtype.Kind", kind),
    ("reflect.rtype.NumMethod", num_method),
    ("reflect.rtype.method", method),
    ("reflect.rtype.methodIndex", method_index),
    ("reflect.rtype.Implements", type_implements),
    ("reflect.rtype.AssignableTo", assignable_to),
    ("reflect.rtype.ConvertibleTo", convertible_to),
    ("reflect.rtype.Comparable", comparable),
    ("reflect.rtype.Bits", bits),
    ("reflect.rtype.ChanDir", chan_dir),
    ("reflect.rtype.IsVariadic", is_variadic),
    ("reflect.rtype.Elem", elem),
    ("reflect.rtype.Key", key),
    ("reflect.rtype.Len", len),
    ("reflect.rtype.NumField", num_field),
    ("reflect.rtype.NumIn", num_in),
    ("reflect.rtype.NumOut", num_out),
    ("reflect.rtype.In", in_),
    ("reflect.rtype.Out", out),
    ("reflect.rtype.Field", field),
    ("reflect.rtype.fieldIndex", field_index),
    ("reflect.rtype.CanSeq", can_seq),
    ("reflect.rtype.CanSeq2", can_seq2),
    ("reflect.rtype.OverflowInt", overflow_int),
    ("reflect.rtype.OverflowUint", overflow_uint),
    ("reflect.rtype.OverflowFloat", overflow_float),
    ("reflect.PointerTo", pointer_to),
    ("reflect.PtrTo", pointer_to),
    ("reflect.SliceOf", slice_of),
    ("reflect.ArrayOf", array_of),
    ("reflect.ChanOf", chan_of),
    ("reflect.MapOf", map_of),
    ("reflect.FuncOf", func_of),
    ("reflect.StructOf", struct_of),
];

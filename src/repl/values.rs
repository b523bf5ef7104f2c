//! Values in Go syntax, as the REPL prints them: read from the program's memory by their types.
//!
//! Composite values are shown whole as far as that is readable: long lists and texts are cut with a note of how much
//! is missing, pointers to structs, arrays, slices and maps are followed a few levels deep and never in a circle, and
//! what does not fit a line is broken as gofmt breaks it.
//!
//! The program must stand still meanwhile: [`minigo_vm::session::with_world_stopped`].

use minigo_compiler::check::quote::{format_g, quote};
use minigo_vm::map::{MapIter, map_is_busy, map_iter_init, map_iter_next, map_len};
use minigo_vm::rtype::{Kind, Rtype};
use minigo_vm::value::{GoSlice, GoStr, Iface};
use std::mem::MaybeUninit;

/// A value to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// In Go syntax.
    pub value: String,
    /// Its type, unless the value says it.
    pub ty: Option<String>,
    /// What else there is to say: what its String or Error method says, what it points at.
    pub remark: Option<String>,
}

/// Elements of one list that are shown.
const MOST_ELEMS: usize = 100;
/// Elements in all.
const MOST_PARTS: usize = 1000;
/// Bytes of a text that are shown.
const MOST_BYTES: usize = 4000;
/// Nested pointers that are followed.
const MOST_POINTERS: usize = 3;

/// Shows the value of this static type at an address, in lines of `width` columns.
///
/// # Safety
/// There is such a value, and the program stands still.
pub unsafe fn show(ty: &Rtype, at: *const u8, width: usize) -> Shown {
    let mut p = Printer {
        parts: 0,
        pointers: Vec::new(),
    };
    // SAFETY: as the caller promises.
    unsafe {
        let doc = p.value(ty, at, true);
        let spelled = type_name(ty.string);
        let value = doc.layout(width);
        let says_type = match ty.kind {
            Kind::Struct | Kind::Array | Kind::Slice | Kind::Map => {
                value.starts_with(&format!("{spelled}{{"))
                    || value.starts_with(&format!("{spelled}("))
            }
            Kind::Pointer => spelled
                .strip_prefix('*')
                .is_some_and(|to| value.starts_with(&format!("&{to}{{"))),
            _ => false,
        };
        Shown {
            value,
            ty: (!says_type).then_some(spelled),
            remark: p.remark(ty, at),
        }
    }
}

/// A type's spelling, seen from the session.
pub fn type_name(spelling: &str) -> String {
    // `main.` before a name, and not behind a letter: `domain.X` is another package.
    let mut out = String::with_capacity(spelling.len());
    let mut rest = spelling;
    while let Some(i) = rest.find("main.") {
        let before = rest[..i].chars().next_back();
        out.push_str(&rest[..i]);
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '/' || c == '.') {
            out.push_str("main.");
        }
        rest = &rest[i + 5..];
    }
    out.push_str(rest);
    out.replace("interface {}", "any")
        .replace("[]uint8", "[]byte")
}

/// A text, or a list of parts in brackets.
enum Doc {
    Text(String),
    List {
        open: String,
        items: Vec<Doc>,
        /// Remark in place of what was left out.
        more: Option<String>,
    },
    /// `key: value`
    Pair(String, Box<Doc>),
}

impl Doc {
    fn layout(&self, width: usize) -> String {
        let mut out = String::new();
        self.write(&mut out, width.max(20), 0, 0);
        out
    }

    /// The length on one line.
    fn flat(&self) -> usize {
        match self {
            Doc::Text(t) => t.chars().count(),
            Doc::Pair(k, v) => k.chars().count() + 2 + v.flat(),
            Doc::List { open, items, more } => {
                let inner: usize = items.iter().map(|i| i.flat() + 2).sum();
                open.chars().count() + inner + 2 + more.as_ref().map_or(0, |m| m.len() + 8)
            }
        }
    }

    /// `column`: where the text begins; `indent`: tabs before lines.
    fn write(&self, out: &mut String, width: usize, indent: usize, column: usize) {
        match self {
            Doc::Text(t) => out.push_str(t),
            Doc::Pair(k, v) => {
                out.push_str(k);
                out.push_str(": ");
                v.write(out, width, indent, column + k.chars().count() + 2);
            }
            Doc::List { open, items, more } => {
                out.push_str(open);
                out.push('{');
                if column + self.flat() <= width || items.is_empty() && more.is_none() {
                    for (i, item) in items.iter().enumerate() {
                        if i > 0 {
                            out.push_str(", ");
                        }
                        item.write(out, usize::MAX / 2, 0, 0);
                    }
                    if let Some(more) = more {
                        out.push_str(&format!(" /* {more} */"));
                    }
                    out.push('}');
                    return;
                }
                let line = |out: &mut String, n: usize| {
                    out.push('\n');
                    out.extend(std::iter::repeat_n('\t', n));
                };
                // Short values stand several to a line.
                let short = items
                    .iter()
                    .all(|i| matches!(i, Doc::Text(t) if t.len() <= 12));
                let start = 8 * (indent + 1);
                let mut at = usize::MAX;
                for item in items {
                    let n = item.flat() + 2;
                    if !short || at.saturating_add(n) > width {
                        line(out, indent + 1);
                        at = start;
                    } else {
                        out.push(' ');
                    }
                    at += n;
                    item.write(out, width, indent + 1, start);
                    out.push(',');
                }
                if let Some(more) = more {
                    line(out, indent + 1);
                    out.push_str(&format!("// {more}"));
                }
                line(out, indent);
                out.push('}');
            }
        }
    }
}

struct Printer {
    /// Elements shown so far.
    parts: usize,
    /// The pointers that were followed to get here.
    pointers: Vec<usize>,
}

impl Printer {
    /// A value. `known`: the reader knows its type already.
    unsafe fn value(&mut self, ty: &Rtype, at: *const u8, known: bool) -> Doc {
        // SAFETY: as `show`; values have the layout that their types say.
        unsafe {
            let text = match ty.kind {
                Kind::Bool => (*at != 0).to_string(),
                Kind::Int | Kind::Int64 => at.cast::<i64>().read().to_string(),
                Kind::Int8 => at.cast::<i8>().read().to_string(),
                Kind::Int16 => at.cast::<i16>().read().to_string(),
                Kind::Int32 => at.cast::<i32>().read().to_string(),
                Kind::Uint | Kind::Uint64 => at.cast::<u64>().read().to_string(),
                Kind::Uint8 => at.read().to_string(),
                Kind::Uint16 => at.cast::<u16>().read().to_string(),
                Kind::Uint32 => at.cast::<u32>().read().to_string(),
                Kind::Uintptr => format!("{:#x}", at.cast::<u64>().read()),
                Kind::Float32 => float(at.cast::<f32>().read() as f64, true),
                Kind::Float64 => float(at.cast::<f64>().read(), false),
                Kind::Complex64 => {
                    let [re, im] = at.cast::<[f32; 2]>().read();
                    complex(re as f64, im as f64, true)
                }
                Kind::Complex128 => {
                    let [re, im] = at.cast::<[f64; 2]>().read();
                    complex(re, im, false)
                }
                Kind::String => text(at.cast::<GoStr>().read().bytes()),
                Kind::UnsafePointer => {
                    return Doc::Text(format!("unsafe.Pointer({:#x})", at.cast::<u64>().read()));
                }
                Kind::Slice => return self.slice(ty, at.cast::<GoSlice>().read(), known),
                Kind::Array => {
                    let n = ty.len as usize;
                    let (items, more) = self.elems(ty.elem(), at, n);
                    return self.list(ty, items, more);
                }
                Kind::Struct => return self.fields(ty, at),
                Kind::Map => return self.map(ty, at.cast::<*mut u8>().read(), known),
                Kind::Pointer => return self.pointer(ty, at.cast::<usize>().read(), known),
                Kind::Interface => return self.interface(ty, at, known),
                Kind::Chan => {
                    let c = at.cast::<usize>().read();
                    return Doc::Text(match c {
                        0 => nil(ty, known),
                        _ => address(ty, c, known),
                    });
                }
                Kind::Func => {
                    let f = at.cast::<*const u64>().read();
                    return Doc::Text(match f.is_null() {
                        true => nil(ty, known),
                        false => func(ty, f, known),
                    });
                }
                Kind::Invalid => return Doc::Text("?".to_owned()),
            };
            Doc::Text(if known || is_default(ty, &text) {
                text
            } else {
                format!("{}({text})", type_name(ty.string))
            })
        }
    }

    fn list(&self, ty: &Rtype, items: Vec<Doc>, more: Option<String>) -> Doc {
        Doc::List {
            open: type_name(ty.string),
            items,
            more,
        }
    }

    /// How many of `n` elements are shown, and the remark about the others.
    fn room(&mut self, n: usize) -> (usize, Option<String>) {
        let shown = n.min(MOST_ELEMS).min(MOST_PARTS.saturating_sub(self.parts));
        self.parts += shown;
        let more = (shown < n).then(|| format!("… {} more", n - shown));
        (shown, more)
    }

    unsafe fn elems(
        &mut self,
        elem: &Rtype,
        at: *const u8,
        n: usize,
    ) -> (Vec<Doc>, Option<String>) {
        let (shown, more) = self.room(n);
        let size = elem.size();
        // SAFETY: `n` elements lie there.
        let items = (0..shown).map(|i| unsafe { self.element(elem, at.add(i * size)) });
        (items.collect(), more)
    }

    /// An element of a list, whose type stands before the list.
    unsafe fn element(&mut self, ty: &Rtype, at: *const u8) -> Doc {
        // SAFETY: as `value`.
        let doc = unsafe { self.value(ty, at, true) };
        let spelled = type_name(ty.string);
        match doc {
            Doc::List { open, items, more } if open == spelled => Doc::List {
                open: String::new(),
                items,
                more,
            },
            doc => doc,
        }
    }

    unsafe fn slice(&mut self, ty: &Rtype, s: GoSlice, known: bool) -> Doc {
        let n = s.len.max(0) as usize;
        if s.ptr.is_null() && n == 0 {
            return Doc::Text(nil(ty, known));
        }
        let elem = ty.elem();
        // SAFETY: a slice has that many elements.
        unsafe {
            if elem.kind == Kind::Uint8 && n > 0 {
                let bytes = s.bytes();
                let readable = std::str::from_utf8(bytes)
                    .is_ok_and(|t| t.chars().all(|c| !c.is_control() || "\n\t\r".contains(c)));
                if readable {
                    return Doc::Text(format!("{}({})", type_name(ty.string), text(bytes)));
                }
            }
            let (items, more) = self.elems(elem, s.ptr.cast_const().cast(), n);
            self.list(ty, items, more)
        }
    }

    unsafe fn fields(&mut self, ty: &Rtype, at: *const u8) -> Doc {
        let mut items = Vec::with_capacity(ty.fields.len());
        for f in ty.fields {
            // SAFETY: fields lie at their offsets; their types are descriptors.
            let value = unsafe { self.value(&*f.ty, at.add(f.offset), true) };
            items.push(Doc::Pair(f.name.to_owned(), Box::new(value)));
        }
        self.list(ty, items, None)
    }

    unsafe fn map(&mut self, ty: &Rtype, m: *mut u8, known: bool) -> Doc {
        if m.is_null() {
            return Doc::Text(nil(ty, known));
        }
        // SAFETY: a map of this type; nobody changes it.
        unsafe {
            let m = m.cast();
            let n = map_len(m) as usize;
            if map_is_busy(m) {
                return self.list(ty, Vec::new(), Some(format!("{n} entries, being changed")));
            }
            let map_type = ty.map_type();
            let (key, elem) = (map_type.key(), map_type.elem());
            let mut entries: Vec<(u64, u64)> = Vec::new();
            let mut it = MaybeUninit::<MapIter>::uninit();
            map_iter_init(it.as_mut_ptr(), m);
            // Enough to sort; a larger map is shown by any of its entries.
            while entries.len() < 10_000
                && let Some(entry) = map_iter_next(map_type, it.as_mut_ptr())
            {
                entries.push(entry);
            }
            sort(key, &mut entries);
            let (shown, more) = self.room(n.min(entries.len()));
            let more = match n - shown {
                0 => more,
                left => Some(format!("… {left} more")),
            };
            let mut items = Vec::with_capacity(shown);
            for &(k, v) in entries.iter().take(shown) {
                let k = self.element(key, k as *const u8).layout(usize::MAX / 2);
                let v = self.element(elem, v as *const u8);
                items.push(Doc::Pair(k, Box::new(v)));
            }
            self.list(ty, items, more)
        }
    }

    unsafe fn pointer(&mut self, ty: &Rtype, to: usize, known: bool) -> Doc {
        if to == 0 {
            return Doc::Text(nil(ty, known));
        }
        let elem = ty.elem();
        let composite = matches!(
            elem.kind,
            Kind::Struct | Kind::Array | Kind::Slice | Kind::Map
        );
        let deep = self.pointers.len() >= MOST_POINTERS || self.pointers.contains(&to);
        if composite && ty.name.is_empty() && !deep {
            self.pointers.push(to);
            // SAFETY: a pointer that is not nil leads to a value of its type.
            let doc = unsafe { self.value(elem, to as *const u8, true) };
            self.pointers.pop();
            return match doc {
                Doc::List { open, items, more } => Doc::List {
                    open: format!("&{open}"),
                    items,
                    more,
                },
                _ => Doc::Text(format!("({})({to:#x})", type_name(ty.string))),
            };
        }
        Doc::Text(address(ty, to, known))
    }

    unsafe fn interface(&mut self, ty: &Rtype, at: *const u8, known: bool) -> Doc {
        // SAFETY: an interface; its type word is null or a descriptor, its data word the value or its address.
        unsafe {
            let v = &*at.cast::<Iface>();
            match v.ty.as_ref() {
                None => Doc::Text(nil(ty, known)),
                Some(dynamic) => self.value(dynamic, data(v), false),
            }
        }
    }

    /// What is worth saying about a value as a whole.
    unsafe fn remark(&mut self, ty: &Rtype, at: *const u8) -> Option<String> {
        // SAFETY: as `show`.
        unsafe {
            match ty.kind {
                Kind::Int32 if ty.name == "int32" => {
                    let c = char::from_u32(at.cast::<u32>().read())?;
                    (c > ' ' && !c.is_control()).then(|| format!("'{c}'"))
                }
                Kind::Pointer => {
                    let to = at.cast::<usize>().read();
                    let simple = !matches!(
                        ty.elem().kind,
                        Kind::Struct | Kind::Array | Kind::Slice | Kind::Map
                    );
                    (to != 0 && simple).then(|| {
                        let doc = self.value(ty.elem(), to as *const u8, true);
                        format!("-> {}", doc.layout(usize::MAX / 2))
                    })
                }
                Kind::Chan => {
                    let c = at.cast::<*mut minigo_runtime::Hchan>().read();
                    let (len, cap) = (minigo_runtime::chanlen(c), minigo_runtime::chancap(c));
                    (cap > 0).then(|| format!("{len} of {cap} buffered"))
                }
                Kind::Interface => {
                    let v = &*at.cast::<Iface>();
                    let dynamic = v.ty.as_ref()?;
                    self.remark(dynamic, data(v))
                }
                _ => None,
            }
        }
    }
}

/// Where an interface's value lies.
fn data(v: &Iface) -> *const u8 {
    // SAFETY: a type word that is not null is a descriptor.
    match unsafe { (*v.ty).is_direct() } {
        true => (&raw const v.data).cast(),
        false => v.data as *const u8,
    }
}

fn address(ty: &Rtype, at: usize, known: bool) -> String {
    match known {
        true => format!("{at:#x}"),
        false => format!("({})({at:#x})", type_name(ty.string)),
    }
}

fn nil(ty: &Rtype, known: bool) -> String {
    match known {
        true => "nil".to_owned(),
        false => format!("({})(nil)", type_name(ty.string)),
    }
}

fn func(ty: &Rtype, f: *const u64, known: bool) -> String {
    // SAFETY: a func value points at a closure, whose first word is its code.
    let code = unsafe { *f };
    let name = minigo_vm::caller_at(code).map_or("func", |c| c.name);
    let name = type_name(name);
    match known {
        true => name,
        false => format!("({})({name})", type_name(ty.string)),
    }
}

/// Whether a literal has this type by itself.
fn is_default(ty: &Rtype, text: &str) -> bool {
    match ty.kind {
        _ if !ty.pkg_path.is_empty() => false,
        Kind::Bool | Kind::Int | Kind::String | Kind::Complex128 => true,
        Kind::Float64 => text.contains(['.', 'e']),
        _ => false,
    }
}

fn float(x: f64, single: bool) -> String {
    if x.is_nan() {
        return "NaN".to_owned();
    }
    if x.is_infinite() {
        return if x > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    if single {
        return minigo_vm::float32(x as f32);
    }
    format_g(x, None)
}

fn complex(re: f64, im: f64, single: bool) -> String {
    let (re, im) = (float(re, single), float(im, single));
    let sign = if im.starts_with(['+', '-']) { "" } else { "+" };
    format!("({re}{sign}{im}i)")
}

/// A text as a literal, cut if it is very long.
fn text(bytes: &[u8]) -> String {
    if bytes.len() <= MOST_BYTES {
        return quote(bytes);
    }
    let mut cut = MOST_BYTES;
    while cut > 0 && bytes[cut] & 0xc0 == 0x80 {
        cut -= 1;
    }
    format!(
        "{} + … {} more bytes",
        quote(&bytes[..cut]),
        bytes.len() - cut
    )
}

/// Orders a map's entries by their keys, as package fmt does for the kinds that keys usually have.
fn sort(key: &Rtype, entries: &mut [(u64, u64)]) {
    // SAFETY: the addresses are those of keys of this type.
    unsafe {
        match key.kind {
            Kind::String => entries.sort_by(|a, b| {
                let s = |e: &(u64, u64)| (*(e.0 as *const GoStr)).bytes();
                s(a).cmp(s(b))
            }),
            Kind::Int | Kind::Int64 => entries.sort_by_key(|e| *(e.0 as *const i64)),
            Kind::Int32 => entries.sort_by_key(|e| *(e.0 as *const i32)),
            Kind::Int16 => entries.sort_by_key(|e| *(e.0 as *const i16)),
            Kind::Int8 => entries.sort_by_key(|e| *(e.0 as *const i8)),
            Kind::Uint | Kind::Uint64 | Kind::Uintptr => {
                entries.sort_by_key(|e| *(e.0 as *const u64));
            }
            Kind::Uint32 => entries.sort_by_key(|e| *(e.0 as *const u32)),
            Kind::Uint16 => entries.sort_by_key(|e| *(e.0 as *const u16)),
            Kind::Uint8 | Kind::Bool => entries.sort_by_key(|e| *(e.0 as *const u8)),
            Kind::Float64 => entries.sort_by(|a, b| {
                let x = |e: &(u64, u64)| *(e.0 as *const f64);
                x(a).total_cmp(&x(b))
            }),
            _ => {
                let mut p = Printer {
                    parts: 0,
                    pointers: Vec::new(),
                };
                entries.sort_by_cached_key(|e| {
                    p.value(key, e.0 as *const u8, true).layout(usize::MAX / 2)
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_session_stand_without_package() {
        assert_eq!(type_name("map[string]*main.T"), "map[string]*T");
        assert_eq!(type_name("domain.T"), "domain.T");
        assert_eq!(type_name("func(main.A) interface {}"), "func(A) any");
    }

    #[test]
    fn long_lists_are_broken() {
        let item = |n: usize| Doc::Text("x".repeat(n));
        let list = |items| Doc::List {
            open: "[]T".to_owned(),
            items,
            more: None,
        };
        assert_eq!(list(vec![item(3), item(3)]).layout(20), "[]T{xxx, xxx}");
        assert_eq!(
            list(vec![item(13), item(13)]).layout(20),
            "[]T{\n\txxxxxxxxxxxxx,\n\txxxxxxxxxxxxx,\n}"
        );
    }
}

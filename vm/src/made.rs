//! Types made at run time. (Go: reflect.PointerTo, SliceOf, MapOf, ChanOf, ArrayOf, FuncOf, StructOf)
//!
//! Identical types have one descriptor, whether the program mentions them or not: the literal types of the program are
//! entered into a table the first time that something is asked for, and what is made is entered too. What the program
//! gains by a later load is entered when the next question comes.
//!
//! Knows nothing of: instructions, values.

use crate::load::{NO_METHODS, empty_method_table, type_at};
use crate::map::{MapType, pointer_at};
use crate::rtype::{Equality, Field, Kind, Rtype};
use minigo_runtime::heap::GcType;
use std::collections::HashMap;
use std::ptr::{null, null_mut};
use std::sync::Mutex;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering::*};

/// What makes two type literals identical, with descriptors by address.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Pointer(usize),
    Slice(usize),
    Array(usize, u64),
    Chan(usize, u64),
    Map(usize, usize),
    Func(Vec<usize>, Vec<usize>, bool),
    Struct(Vec<FieldKey>),
}

/// Name, package, type, tag, embedded.
type FieldKey = (&'static str, &'static str, usize, &'static str, bool);

#[derive(Default)]
struct Known {
    by_key: HashMap<Key, usize>,
    /// Types of the program that are entered.
    entered: u32,
    made: u32,
}

static KNOWN: Mutex<Option<Known>> = Mutex::new(None);

/// Made types count from here, where no program's types do.
const FIRST_INDEX: u32 = 1 << 30;
/// Arrays of more words are described by their element's mask.
const MAX_MASK_WORDS: usize = 1 << 10;

fn address(t: &Rtype) -> usize {
    t as *const Rtype as usize
}

fn addresses(list: &[*const Rtype]) -> Vec<usize> {
    list.iter().map(|&t| t as usize).collect()
}

/// The key of a type literal; named types and interfaces have none.
fn key_of(t: &Rtype) -> Option<Key> {
    if !t.name.is_empty() {
        return None;
    }
    let elem = t.elem as usize;
    Some(match t.kind {
        Kind::Pointer => Key::Pointer(elem),
        Kind::Slice => Key::Slice(elem),
        Kind::Array => Key::Array(elem, t.len),
        Kind::Chan => Key::Chan(elem, t.len),
        Kind::Map => Key::Map(t.key as usize, elem),
        Kind::Func => Key::Func(addresses(t.params), addresses(t.results), t.variadic),
        Kind::Struct => Key::Struct(
            (t.fields.iter())
                .map(|f| (f.name, f.pkg_path, f.ty as usize, f.tag, f.embedded))
                .collect(),
        ),
        _ => return None,
    })
}

/// The descriptor for a key, made by `make` if there is none. `None`: `make` found it impossible.
fn find(key: Key, make: impl FnOnce() -> Option<Rtype>) -> Option<&'static Rtype> {
    let mut guard = KNOWN.lock().unwrap_or_else(|e| e.into_inner());
    let known = guard.get_or_insert_default();
    while let Some(t) = type_at(known.entered) {
        known.entered += 1;
        if let Some(key) = key_of(t) {
            known.by_key.entry(key).or_insert(address(t));
        }
    }
    if let Some(&t) = known.by_key.get(&key) {
        // SAFETY: descriptors are immortal.
        return Some(unsafe { &*(t as *const Rtype) });
    }
    let t = Box::leak(Box::new(make()?));
    t.index = FIRST_INDEX + known.made;
    known.made += 1;
    if t.alloc.is_null() {
        t.alloc = &raw const t.gc;
    }
    if t.kind == Kind::Map {
        // SAFETY: descriptors are immortal.
        let (key, elem) = unsafe { (&*t.key, &*t.elem) };
        t.map = Box::leak(Box::new(MapType::new(key, elem)));
    }
    known.by_key.insert(key, address(t));
    Some(t)
}

/// A descriptor whose values are of one pointer, as a starting point.
fn pointer_like(kind: Kind, string: String) -> Rtype {
    static MASK: u64 = 1;
    Rtype {
        // SAFETY: the mask is a static of one word.
        gc: unsafe { GcType::new(8, 8, &raw const MASK) },
        kind,
        equality: Equality::Memory,
        align: 8,
        variadic: false,
        far: false,
        hash: (string.bytes()).fold(0x811c_9dc5, |h, b| (h ^ b as u32).wrapping_mul(0x0100_0193)),
        mtab: AtomicPtr::new(empty_method_table() as *mut u64),
        methods: AtomicPtr::new(&raw const NO_METHODS as *mut _),
        elem: null(),
        key: null(),
        len: 0,
        index: 0,
        map: null(),
        ptr_to: AtomicPtr::new(null_mut()),
        alloc: null(),
        string: String::leak(string),
        name: "",
        pkg_path: "",
        fields: &[],
        imethods: &[],
        params: &[],
        results: &[],
    }
}

/// What the loaded program's [`FarBytes`](minigo_bytecode::program::FarBytes) say.
static FAR_BYTES: AtomicUsize = AtomicUsize::new(usize::MAX);

/// A program is loaded whose values are far from so many bytes on.
pub(crate) fn set_far_bytes(n: u64) {
    FAR_BYTES.store(n as usize, Relaxed);
}

/// Whether values of so many bytes are [far](Rtype::far).
pub(crate) fn is_far(size: usize) -> bool {
    size > FAR_BYTES.load(Relaxed)
}

/// Whether values of a type hold pointers.
fn has_pointers(t: &Rtype) -> bool {
    // SAFETY: masks are immortal.
    unsafe { (*t.alloc_type()).ptrdata > 0 }
}

/// The collector's view of `size` bytes in which `pointer` tells which words may be pointers.
fn gc_type(size: usize, pointer: impl Fn(usize) -> bool) -> GcType {
    let mut mask = vec![0u64; size.div_ceil(512)];
    let mut ptrdata = 0;
    for word in (0..size / 8).filter(|&w| pointer(w)) {
        mask[word / 64] |= 1 << (word % 64);
        ptrdata = (word + 1) * 8;
    }
    let mask = match ptrdata {
        0 => null(),
        _ => Vec::leak(mask).as_ptr(),
    };
    // SAFETY: the mask has a bit for every word and is leaked.
    unsafe { GcType::new(size, ptrdata, mask) }
}

fn no_pointers(size: usize) -> GcType {
    // SAFETY: without pointers there is no mask.
    unsafe { GcType::new(size, 0, null()) }
}

/// `*T`
pub fn pointer_to(t: &'static Rtype) -> &'static Rtype {
    if let Some(p) = t.pointer_type() {
        return p;
    }
    let made = find(Key::Pointer(address(t)), || {
        let mut r = pointer_like(Kind::Pointer, format!("*{}", t.string));
        r.elem = t;
        Some(r)
    });
    let p = made.expect("pointer types can always be made");
    t.ptr_to.store(p as *const Rtype as *mut Rtype, Release);
    p
}

/// `[]T`
pub fn slice_of(t: &'static Rtype) -> &'static Rtype {
    let made = find(Key::Slice(address(t)), || {
        let mut r = pointer_like(Kind::Slice, format!("[]{}", t.string));
        r.gc = gc_type(24, |w| w == 0);
        r.equality = Equality::None;
        r.elem = t;
        Some(r)
    });
    made.expect("slice types can always be made")
}

/// `[n]T`, unless it is too large.
pub fn array_of(n: u64, t: &'static Rtype) -> Option<&'static Rtype> {
    let size = usize::try_from(n).ok()?.checked_mul(t.size())?;
    find(Key::Array(address(t), n), || {
        let mut r = pointer_like(Kind::Array, format!("[{n}]{}", t.string));
        let words = t.size() / 8;
        let masked = n > 0 && has_pointers(t) && size / 8 <= MAX_MASK_WORDS;
        r.gc = match masked {
            true => gc_type(size, |w| pointer_at(t, w % words)),
            false => no_pointers(size),
        };
        if has_pointers(t) && !masked {
            r.alloc = t.alloc_type();
        }
        (r.equality, r.align) = (t.equality, t.align);
        (r.elem, r.len, r.far) = (t, n, is_far(size));
        Some(r)
    })
}

/// `chan T`, with a direction as reflect.ChanDir has it.
pub fn chan_of(dir: u64, t: &'static Rtype) -> &'static Rtype {
    let made = find(Key::Chan(address(t), dir), || {
        let inner = t.string;
        let mut r = pointer_like(
            Kind::Chan,
            match dir {
                1 => format!("<-chan {inner}"),
                2 => format!("chan<- {inner}"),
                _ if t.name.is_empty() && inner.starts_with("<-") => format!("chan ({inner})"),
                _ => format!("chan {inner}"),
            },
        );
        (r.elem, r.len) = (t, dir);
        Some(r)
    });
    made.expect("channel types can always be made")
}

/// `map[K]V`, for a comparable K.
pub fn map_of(key: &'static Rtype, elem: &'static Rtype) -> &'static Rtype {
    let made = find(Key::Map(address(key), address(elem)), || {
        let string = format!("map[{}]{}", key.string, elem.string);
        let mut r = pointer_like(Kind::Map, string);
        r.equality = Equality::None;
        (r.key, r.elem) = (key, elem);
        Some(r)
    });
    made.expect("map types can always be made")
}

/// A func type; the last of the params of a variadic one is a slice.
pub fn func_of(
    params: &[&'static Rtype],
    results: &[&'static Rtype],
    variadic: bool,
) -> &'static Rtype {
    let list = |l: &[&'static Rtype]| -> Vec<*const Rtype> {
        l.iter().map(|&t| t as *const Rtype).collect()
    };
    let (p, r) = (list(params), list(results));
    let made = find(Key::Func(addresses(&p), addresses(&r), variadic), || {
        let mut t = pointer_like(Kind::Func, func_string(params, results, variadic));
        t.equality = Equality::None;
        t.variadic = variadic;
        (t.params, t.results) = (Vec::leak(p), Vec::leak(r));
        Some(t)
    });
    made.expect("func types can always be made")
}

fn func_string(params: &[&Rtype], results: &[&Rtype], variadic: bool) -> String {
    let list = |l: &[&Rtype]| l.iter().map(|t| t.string).collect::<Vec<_>>().join(", ");
    let mut s = match params.split_last() {
        Some((last, rest)) if variadic => {
            let comma = if rest.is_empty() { "" } else { ", " };
            format!("func({}{comma}...{})", list(rest), last.elem().string)
        }
        _ => format!("func({})", list(params)),
    };
    match results {
        [] => {}
        [one] => {
            s.push(' ');
            s.push_str(one.string);
        }
        _ => s.push_str(&format!(" ({})", list(results))),
    }
    s
}

/// A struct type, unless it is too large. Offsets are ignored and computed anew; `tag` spells a tag in the type's text.
pub fn struct_of(fields: Vec<Field>, tag: impl Fn(&str) -> String) -> Option<&'static Rtype> {
    let key = fields
        .iter()
        .map(|f| (f.name, f.pkg_path, f.ty as usize, f.tag, f.embedded));
    let key = Key::Struct(key.collect());
    find(key, || {
        let mut fields = fields;
        let mut string = String::from("struct {");
        let (mut size, mut align, mut last) = (0usize, 1, 0);
        let (mut equality, mut packed) = (Equality::Memory, 0usize);
        for (i, f) in fields.iter_mut().enumerate() {
            // SAFETY: descriptors are immortal.
            let t = unsafe { &*f.ty };
            f.offset = size.checked_next_multiple_of(t.align.max(1) as usize)?;
            (size, last) = (f.offset.checked_add(t.size())?, t.size());
            align = align.max(t.align);
            packed = packed.saturating_add(last);
            equality = match (equality, t.equality) {
                (Equality::None, _) | (_, Equality::None) => Equality::None,
                (Equality::Memory, Equality::Memory) if f.name != "_" => Equality::Memory,
                _ => Equality::Structural,
            };
            string.push_str(if i > 0 { "; " } else { " " });
            if !f.embedded {
                string.push_str(f.name);
                string.push(' ');
            }
            string.push_str(t.string);
            if !f.tag.is_empty() {
                string.push(' ');
                string.push_str(&tag(f.tag));
            }
        }
        if size > 0 && last == 0 {
            // The address of the last field is not that of what lies behind.
            size = size.checked_add(1)?;
        }
        size = size.checked_next_multiple_of(align as usize)?;
        if equality == Equality::Memory && packed != size {
            equality = Equality::Structural;
        }
        string.push_str(if fields.is_empty() { "}" } else { " }" });
        let mut r = pointer_like(Kind::Struct, string);
        let fields = Vec::leak(fields);
        // SAFETY: descriptors are immortal.
        let ty = |f: &Field| unsafe { &*f.ty };
        r.gc = match fields.iter().any(|f| has_pointers(ty(f))) {
            true => gc_type(size, |w| {
                let inside = |f: &&Field| f.offset / 8 <= w && w * 8 < f.offset + ty(f).size();
                let field = fields.iter().find(inside);
                field.is_some_and(|f| pointer_at(ty(f), w - f.offset / 8))
            }),
            false => no_pointers(size),
        };
        if let Some(first) = fields.first().filter(|f| f.embedded).map(ty)
            && first.kind != Kind::Interface
            && (fields.len() == 1 || !first.is_direct())
        {
            // The word that stands for the struct stands for its first field as well.
            r.mtab.store(first.mtab.load(Acquire), Relaxed);
            r.methods.store(first.methods.load(Acquire), Relaxed);
        }
        (r.equality, r.align, r.fields) = (equality, align, fields);
        r.far = is_far(size);
        Some(r)
    })
}

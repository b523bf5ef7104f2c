//! Program → loaded program: code placed, natives linked, descriptors built.
//!
//! A function is placed as three words and its code: the static closure object (one word: the address of the code),
//! a pointer to its [`FuncInfo`], and the frame word (frame bytes, result slots, param slots). Everything that calls
//! holds the address of the code and finds these at negative distances.
//!
//! Operands that are indices become distances in bytes from the word behind the instruction word to the thing itself
//! (see `image.rs`), so that handlers look nothing up. Constants, strings and natives are words in the image.
//!
//! A program that has grown is loaded by its new part ([`grow`]): what was there keeps its address. There is one loaded
//! program per process.

use crate::errors::WELL_KNOWN;
use crate::frame::ADAPTER_SLOTS;
use crate::image::{self, Full};
use crate::interp::pairs::pair;
use crate::interp::quick::{Deferred, REST, deferred, quick};
use crate::map::MapType;
use crate::native::NativeFn;
use crate::rtype::{Equality, Field, IfaceMethod, Kind, Method, NativeTable, Rtype};
use crate::value::GoStr;
use minigo_bytecode::lines::LineTable;
use minigo_bytecode::liveness::Sizes;
use minigo_bytecode::op::{Op, a_of, ins, op_of, wide_of};
use minigo_bytecode::operand::{FRAME_HEADER, Role};
use minigo_bytecode::program::{Func, FuncFlags, Program};
use minigo_bytecode::typedesc::{Detail, FuncIdx, TypeDesc};
use minigo_runtime::heap::{GcType, add_root_range};
use std::cell::UnsafeCell;
use std::collections::HashMap;
use std::fmt;
use std::mem::MaybeUninit;
use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicPtr, AtomicU32, AtomicU64, AtomicUsize, Ordering::*};
use std::sync::{Mutex, OnceLock};

/// Words before a function's code.
pub(crate) const CODE_HEADER: usize = 3;

/// What is known of a loaded function.
pub struct FuncInfo {
    /// Name, positions, flags.
    pub func: &'static Func,
    /// Its source file.
    file: &'static str,
    /// Other files that parts of it are of, by number.
    other_files: Vec<(u32, &'static str)>,
    /// First word of its code.
    pub(crate) entry: *const u64,
    /// How to do without a call of it when it is deferred.
    pub(crate) deferred: Option<Deferred>,
}

// SAFETY: immutable, and the code is immortal.
unsafe impl Send for FuncInfo {}
// SAFETY: as above.
unsafe impl Sync for FuncInfo {}

impl FuncInfo {
    /// Line of the instruction that ends just before `pc`; 0 when unknown.
    pub(crate) fn line_before(&self, pc: *const u64) -> u32 {
        let entry = self.word_before(pc).and_then(|w| self.func.lines.lookup(w));
        entry.map_or(self.func.line, |e| e.line)
    }

    /// File of the instruction that ends just before `pc`.
    pub(crate) fn file_before(&self, pc: *const u64) -> &'static str {
        let file = self
            .word_before(pc)
            .and_then(|w| self.func.lines.file_at(w));
        let other = |n| self.other_files.iter().find(|f| f.0 == n);
        file.and_then(other).map_or(self.file, |f| f.1)
    }

    /// Which bounds of the index or slice expression before a pc are unsigned.
    pub(crate) fn unsigned_before(&self, pc: *const u64) -> u8 {
        self.word_before(pc)
            .map_or(0, |w| self.func.lines.unsigned_at(w))
    }

    /// The word of code that ends just before `pc`; none at the entry.
    fn word_before(&self, pc: *const u64) -> Option<u32> {
        let offset = pc as usize - self.entry as usize;
        offset.checked_sub(1).map(|o| o as u32 / 8)
    }
}

/// What is known of a function, from the second word before its code.
///
/// # Safety
/// `entry` is that of a loaded function.
#[inline(always)]
pub(crate) unsafe fn info_at(entry: *const u64) -> &'static FuncInfo {
    // SAFETY: as the caller promises.
    unsafe { &*(*entry.sub(2) as *const FuncInfo) }
}

/// Frame bytes, result slots and param slots of a function, from the word before its code.
#[inline(always)]
pub(crate) unsafe fn frame_word(entry: *const u64) -> u64 {
    // SAFETY: the caller has the entry of a loaded function.
    unsafe { *entry.sub(1) }
}

fn make_frame_word(f: &Func) -> u64 {
    let slots = (f.result_slots as u64) << 32 | (f.param_slots as u64) << 48;
    slots | (f.frame_slots as u64 * 8)
}

#[inline(always)]
pub(crate) fn frame_bytes(word: u64) -> usize {
    word as u32 as usize
}

#[inline(always)]
pub(crate) fn result_slots(word: u64) -> usize {
    (word >> 32) as u16 as usize
}

#[inline(always)]
pub(crate) fn param_slots(word: u64) -> usize {
    (word >> 48) as usize
}

/// Why a program cannot be loaded.
#[derive(Debug)]
pub enum LoadError {
    /// A native that the program refers to is in no table.
    MissingNative(String),
    /// Code, constants and globals exceed what an image can hold: bytes wanted.
    TooLarge(usize),
    /// It is not well formed (checked in debug builds).
    Malformed(minigo_bytecode::verify::Fault),
    /// It has neither an init function nor a main function to run.
    NothingToRun,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::MissingNative(name) => write!(f, "native function {name} is missing"),
            LoadError::TooLarge(n) => write!(f, "too much data: {n} more bytes do not fit"),
            LoadError::Malformed(fault) => write!(f, "malformed bytecode: {fault}"),
            LoadError::NothingToRun => {
                f.write_str("function main is undeclared in the main package")
            }
        }
    }
}

impl std::error::Error for LoadError {}

impl From<Full> for LoadError {
    fn from(full: Full) -> Self {
        LoadError::TooLarge(full.0)
    }
}

/// What has been loaded so far, by index of the program.
#[derive(Default)]
struct Loaded {
    funcs: Vec<usize>,
    consts: Vec<usize>,
    strings: Vec<usize>,
    types: Vec<usize>,
    natives: Vec<usize>,
    /// Operations in whose place `CallNative` of these natives stands.
    quick: Vec<Option<Op>>,
    /// Stretches of globals: first offset, address.
    globals: Vec<(u32, usize)>,
    globals_size: u32,
    /// What the types are made from.
    descs: Vec<&'static TypeDesc>,
    files: Vec<&'static str>,
}

static LOADED: Mutex<Option<Loaded>> = Mutex::new(None);

/// Functions by address, for whoever has only a pc.
static FUNCS: Published<&'static FuncInfo> = Published::new();
static TYPES: Published<usize> = Published::new();
/// Entries of the program's functions, by index.
static ENTRIES: Published<usize> = Published::new();
/// The index of the native `runtime.GC`, plus one.
static GC_NATIVE: AtomicU32 = AtomicU32::new(0);

/// A list that grows at its end, under the lock of what is loaded, and is read by anyone at any time. A list that is
/// full is copied to one of twice the room, and the old one is left to its readers.
struct Published<T: 'static> {
    at: AtomicPtr<List<T>>,
}

struct List<T> {
    len: AtomicUsize,
    items: Box<[UnsafeCell<MaybeUninit<T>>]>,
}

impl<T: Copy> Published<T> {
    const fn new() -> Self {
        Published {
            at: AtomicPtr::new(null_mut()),
        }
    }

    fn get(&self) -> &'static [T] {
        // SAFETY: lists are never freed; the items below `len` were written before it was, and stay.
        unsafe {
            match self.at.load(Acquire).as_ref() {
                Some(list) => {
                    let len = list.len.load(Acquire);
                    std::slice::from_raw_parts(list.items.as_ptr().cast(), len)
                }
                None => &[],
            }
        }
    }

    fn append(&self, more: &[T]) {
        let old = self.get();
        let len = old.len() + more.len();
        let mut at = self.at.load(Relaxed);
        // SAFETY: as in `get`; only the holder of the loader's lock appends.
        unsafe {
            if at.is_null()
                || (&raw const (*at).items)
                    .as_ref()
                    .is_none_or(|i| i.len() < len)
            {
                let room = len.next_power_of_two().max(64);
                let empty = || UnsafeCell::new(MaybeUninit::uninit());
                at = Box::into_raw(Box::new(List {
                    len: AtomicUsize::new(0),
                    items: (0..room).map(|_| empty()).collect(),
                }));
            }
            let list = &*at;
            if list.len.load(Relaxed) == 0 {
                for (i, &item) in old.iter().enumerate() {
                    (*list.items[i].get()).write(item);
                }
            }
            for (i, &item) in more.iter().enumerate() {
                (*list.items[old.len() + i].get()).write(item);
            }
            list.len.store(len, Release);
        }
        self.at.store(at, Release);
    }
}

/// The function whose code contains the instruction that ends at `pc`.
pub(crate) fn func_before(pc: *const u64) -> Option<&'static FuncInfo> {
    let funcs = FUNCS.get();
    let at = pc as usize - 1;
    let after = funcs.partition_point(|f| f.entry as usize <= at);
    let f = funcs[after.checked_sub(1)?];
    (at < f.entry as usize + f.func.code.len() * 8).then_some(f)
}

/// As [`func_before`], for the saved position of a goroutine, which lies at the entry until it has run.
pub(crate) fn func_at(pc: *const u64) -> Option<&'static FuncInfo> {
    let funcs = FUNCS.get();
    match funcs.binary_search_by_key(&pc, |f| f.entry) {
        Ok(i) => Some(funcs[i]),
        Err(_) => func_before(pc),
    }
}

/// The loaded type with this index of the program.
pub fn type_at(index: u32) -> Option<&'static Rtype> {
    let t = *TYPES.get().get(index as usize)?;
    // SAFETY: descriptors are immortal.
    Some(unsafe { &*(t as *const Rtype) })
}

/// Whether this is a function of the program, and not one of the VM's own.
pub(crate) fn is_program_func(f: &FuncInfo) -> bool {
    ENTRIES.get().contains(&(f.entry as usize))
}

/// What the analysis of a loaded function asks.
pub(crate) struct LoadedSizes;

impl Sizes for LoadedSizes {
    fn type_slots(&self, ty: u32) -> usize {
        type_at(ty).map_or(usize::from(u16::MAX), |t| t.slots())
    }

    fn key_slots(&self, map: u32) -> usize {
        // SAFETY: a map type's key is set when it is loaded, and immortal.
        type_at(map).map_or(usize::from(u16::MAX), |t| unsafe { (*t.key).slots() })
    }

    fn func_slots(&self, func: u32) -> Option<(usize, usize)> {
        let &entry = ENTRIES.get().get(func as usize)?;
        // SAFETY: the entry of a loaded function.
        let word = unsafe { frame_word(entry as *const u64) };
        Some((result_slots(word), param_slots(word)))
    }

    /// Natives may keep their state in the window, where nobody knows their params. Only of `runtime.GC`'s it matters
    /// that it has none.
    fn native_slots(&self, native: u32) -> Option<(usize, usize)> {
        (native + 1 == GC_NATIVE.load(Relaxed)).then_some((1, 0))
    }
}

/// Every loaded type.
pub fn types() -> impl Iterator<Item = &'static Rtype> {
    (0..).map_while(type_at)
}

/// The Go function `runtime.panicText`, or null.
pub(crate) static PANIC_TEXT: AtomicPtr<u64> = AtomicPtr::new(null_mut());

/// What a load adds.
struct New<'p> {
    natives: &'p [String],
    consts: &'p [u64],
    strings: &'static [Vec<u8>],
    types: &'static [TypeDesc],
    /// Earlier types that have changed, by index.
    touched: Vec<(u32, &'static TypeDesc)>,
    funcs: &'static [Func],
    files: Vec<&'static str>,
    globals_size: u32,
    globals_mask: &'p [u64],
}

/// Loads a program. The answer is the entry that runs it.
pub(crate) fn load(program: Program, natives: &[&NativeTable]) -> Result<*const u64, LoadError> {
    #[cfg(debug_assertions)]
    minigo_bytecode::verify::program(&program).map_err(LoadError::Malformed)?;
    let p: &'static Program = Box::leak(Box::new(program));
    let mut guard = LOADED.lock().unwrap_or_else(|e| e.into_inner());
    let l = guard.get_or_insert_default();
    let new = New {
        natives: &p.natives,
        consts: &p.consts,
        strings: &p.strings,
        types: &p.types,
        touched: Vec::new(),
        funcs: &p.funcs,
        files: p.files.iter().map(String::as_str).collect(),
        globals_size: p.globals_size,
        globals_mask: &p.globals_mask,
    };
    crate::made::set_far_bytes(p.far_bytes.0);
    add(l, new, natives)?;
    set_well_known(l, p);
    place_trampolines(l)?;
    place_main(l, p)
}

/// Loads what a program has more than when it was loaded before: what was there keeps its address. `touched` are the
/// earlier types that have got methods or a pointer type since.
pub(crate) fn grow(
    p: &Program,
    touched: &[u32],
    natives: &[&NativeTable],
) -> Result<(), LoadError> {
    let mut guard = LOADED.lock().unwrap_or_else(|e| e.into_inner());
    let l = guard.get_or_insert_default();
    let first = l.funcs.is_empty();
    let known = l.types.len();
    // The caller goes on with its program, so the loaded part is a copy of what is new.
    let new = New {
        natives: &p.natives[l.natives.len()..],
        consts: &p.consts[l.consts.len()..],
        strings: Vec::leak(p.strings[l.strings.len()..].to_vec()),
        types: Vec::leak(p.types[known..].to_vec()),
        touched: touched
            .iter()
            .filter(|&&i| (i as usize) < known)
            .map(|&i| (i, &*Box::leak(Box::new(p.types[i as usize].clone()))))
            .collect(),
        funcs: Vec::leak(p.funcs[l.funcs.len()..].to_vec()),
        files: p.files[l.files.len()..]
            .iter()
            .map(|f| &*String::leak(f.clone()))
            .collect(),
        globals_size: p.globals_size,
        globals_mask: &p.globals_mask,
    };
    #[cfg(debug_assertions)]
    for f in new.funcs {
        minigo_bytecode::verify::func(p, f).map_err(LoadError::Malformed)?;
    }
    crate::made::set_far_bytes(p.far_bytes.0);
    add(l, new, natives)?;
    if first {
        set_well_known(l, p);
        place_trampolines(l)?;
    }
    Ok(())
}

fn add(l: &mut Loaded, new: New<'_>, natives: &[&NativeTable]) -> Result<(), LoadError> {
    link_natives(l, new.natives, natives)?;
    place_consts(l, new.consts)?;
    place_strings(l, new.strings)?;
    place_globals(l, new.globals_size, new.globals_mask)?;
    let first_type = l.types.len();
    place_types(l, &new)?;
    l.files.extend(&new.files);
    place_funcs(l, new.funcs)?;
    // Methods need the functions' addresses.
    for (i, t) in new.types.iter().enumerate() {
        set_methods(l, first_type + i, t)?;
    }
    for &(i, t) in &new.touched {
        set_methods(l, i as usize, t)?;
    }
    if !new.touched.is_empty() {
        crate::interp::forget_answers();
    }
    for &t in &l.types[first_type..] {
        // SAFETY: all descriptors are filled in by now, and nothing refers to the new ones yet.
        unsafe {
            let t = t as *mut Rtype;
            if (*t).kind == Kind::Map {
                (*t).map = Box::leak(Box::new(MapType::new(&*(*t).key, &*(*t).elem)));
            }
        }
    }
    TYPES.append(&l.types[first_type..]);
    Ok(())
}

/// Where a package variable lies, by its offset in the globals area.
pub(crate) fn global_at(off: u32) -> Option<*mut u8> {
    let guard = LOADED.lock().unwrap_or_else(|e| e.into_inner());
    Some(guard.as_ref()?.global(off) as *mut u8)
}

/// Lets callers of function `from` come to `to` from now on, or to `from` itself again. Both have the same results and
/// params; `from` was emitted with room for this (`emit/session.rs`).
pub(crate) fn redirect(from: FuncIdx, to: Option<FuncIdx>) -> Result<(), LoadError> {
    let mut guard = LOADED.lock().unwrap_or_else(|e| e.into_inner());
    let l = guard.get_or_insert_default();
    let at = l.funcs[from as usize] as *mut u64;
    let mut word = ins::Jmp(0).word;
    if let Some(to) = to {
        let target = l.funcs[to as usize];
        // SAFETY: a loaded function's frame word.
        let frame = unsafe { frame_word(at) };
        let (r, n) = (result_slots(frame) as u16, param_slots(frame) as u16);
        let own = FRAME_HEADER + r + n;
        let code = vec![
            ins::MovN(own + FRAME_HEADER + r, FRAME_HEADER + r, n).word,
            ins::Call(own, 0).word,
            ins::MovN(FRAME_HEADER, own + FRAME_HEADER, r).word,
            ins::Ret().word,
        ];
        let stub = place_internal(l, "redeclared", "", code, 2 * own as u32, r, n)?;
        // SAFETY: words just placed, which nobody executes yet.
        unsafe {
            let call = stub.add(1);
            let distance = (target as i64 - call.add(1) as i64) as i32 as u32;
            *call = *call & 0xffff_ffff | (distance as u64) << 32;
            let words = (stub as i64 - at.add(1) as i64) / 8;
            word = word & 0xffff_ffff | (words as i32 as u32 as u64) << 32;
        }
    }
    // SAFETY: the first word of a function of a session is a jump that nothing jumps to; other threads read either the
    // old one or the new one.
    unsafe { AtomicU64::from_ptr(at).store(word, Release) };
    Ok(())
}

fn link_natives(l: &mut Loaded, new: &[String], tables: &[&NativeTable]) -> Result<(), LoadError> {
    if new.is_empty() {
        return Ok(());
    }
    let known: HashMap<&str, NativeFn> = tables.iter().flat_map(|t| t.iter().copied()).collect();
    let at = image::place(new.len() * 8)?.cast::<usize>();
    for (i, name) in new.iter().enumerate() {
        let quick = quick(name).filter(|_| !minigo_runtime::nondet::seeded());
        let rest = quick.and_then(|_| known.get(format!("{name}{REST}").as_str()));
        let f = rest
            .or_else(|| known.get(name.as_str()))
            .ok_or_else(|| LoadError::MissingNative(name.clone()))?;
        // SAFETY: within the words just placed.
        unsafe {
            *at.add(i) = *f as usize;
            l.natives.push(at.add(i) as usize);
        }
        l.quick.push(quick);
        if name == "runtime.collect" {
            GC_NATIVE.store(l.natives.len() as u32, Relaxed);
        }
    }
    Ok(())
}

fn place_consts(l: &mut Loaded, new: &[u64]) -> Result<(), LoadError> {
    let at = image::place(new.len() * 8)?.cast::<u64>();
    for (i, &c) in new.iter().enumerate() {
        // SAFETY: within the words just placed.
        unsafe {
            *at.add(i) = c;
            l.consts.push(at.add(i) as usize);
        }
    }
    Ok(())
}

fn place_strings(l: &mut Loaded, new: &'static [Vec<u8>]) -> Result<(), LoadError> {
    let at = image::place(new.len() * 16)?.cast::<GoStr>();
    for (i, s) in new.iter().enumerate() {
        // SAFETY: within the words just placed; the program's bytes are leaked.
        unsafe {
            *at.add(i) = GoStr {
                ptr: s.as_ptr(),
                len: s.len() as i64,
            };
            l.strings.push(at.add(i) as usize);
        }
    }
    Ok(())
}

fn place_globals(l: &mut Loaded, new: u32, all: &[u64]) -> Result<(), LoadError> {
    let old = l.globals_size;
    if new == old {
        return Ok(());
    }
    let bytes = (new - old) as usize;
    let at = image::place(bytes)?;
    l.globals.push((old, at as usize));
    l.globals_size = new;
    // The collector's mask begins at the first new word.
    let first = (old / 8) as usize;
    let bit = |i: usize| {
        let word = all.get(i / 64).copied().unwrap_or(0);
        word >> (i % 64) & 1
    };
    let mut mask = vec![0u64; bytes.div_ceil(512)];
    for i in 0..bytes / 8 {
        mask[i / 64] |= bit(first + i) << (i % 64);
    }
    let mask = Vec::leak(mask);
    // SAFETY: the image stays mapped, the mask is leaked.
    unsafe { add_root_range(at, at.add(bytes), mask.as_ptr()) };
    Ok(())
}

impl Loaded {
    fn global(&self, off: u32) -> usize {
        let after = self.globals.partition_point(|&(first, _)| first <= off);
        match after.checked_sub(1) {
            Some(i) => self.globals[i].1 + (off - self.globals[i].0) as usize,
            // A zero-sized global of a program without globals: any address will do.
            None => self as *const Loaded as usize,
        }
    }
}

// ---- types ----

fn place_types(l: &mut Loaded, all: &New<'_>) -> Result<(), LoadError> {
    let first = l.types.len();
    let new = all.types;
    l.descs.extend(new);
    let at = image::place(size_of_val(new).min(1) + new.len() * size_of::<Rtype>())?;
    for i in 0..new.len() {
        l.types.push(at as usize + i * size_of::<Rtype>());
    }
    let ty = |i: u32| l.types[i as usize] as *const Rtype;
    let list = |ids: &[u32]| -> &'static [*const Rtype] {
        Vec::leak(ids.iter().map(|&i| ty(i)).collect())
    };
    for (i, t) in new.iter().enumerate() {
        let index = (first + i) as u32;
        let mut r = Rtype {
            gc: gc_type(t),
            kind: t.kind,
            equality: t.equality,
            align: t.align as u8,
            variadic: false,
            far: crate::made::is_far(t.size as usize),
            hash: type_hash(t),
            mtab: AtomicPtr::new(null_mut()),
            methods: AtomicPtr::new(null_mut()),
            elem: null(),
            key: null(),
            len: 0,
            index,
            map: null(),
            ptr_to: AtomicPtr::new(null_mut()),
            alloc: null(),
            string: &t.string,
            name: &t.name,
            pkg_path: &t.pkg_path,
            fields: &[],
            imethods: &[],
            params: &[],
            results: &[],
        };
        match &t.detail {
            Detail::Basic => {}
            Detail::Array(e, n) => (r.elem, r.len) = (ty(*e), *n),
            Detail::Chan(e, dir) => (r.elem, r.len) = (ty(*e), *dir as u64),
            Detail::Pointer(e) | Detail::Slice(e) => r.elem = ty(*e),
            Detail::Map(k, e) => (r.key, r.elem) = (ty(*k), ty(*e)),
            Detail::Func {
                params,
                results,
                variadic,
            } => (r.params, r.results, r.variadic) = (list(params), list(results), *variadic),
            Detail::Interface(methods) => {
                r.imethods = Vec::leak(
                    methods
                        .iter()
                        .map(|m| IfaceMethod {
                            name: &m.name,
                            pkg_path: &m.pkg_path,
                            ty: ty(m.ty),
                            sel: m.sel,
                        })
                        .collect(),
                );
            }
            Detail::Struct(fields) => {
                r.fields = Vec::leak(
                    fields
                        .iter()
                        .map(|f| Field {
                            name: &f.name,
                            pkg_path: &f.pkg_path,
                            ty: ty(f.ty),
                            offset: f.offset as usize,
                            tag: &f.tag,
                            embedded: f.embedded,
                        })
                        .collect(),
                );
            }
        }
        // SAFETY: this descriptor's place in the image, which nobody reads yet.
        unsafe { (ty(index) as *mut Rtype).write(r) };
    }
    // Fields that look at other descriptors, or that an older descriptor may gain.
    let numbered = new.iter().enumerate().map(|(i, t)| ((first + i) as u32, t));
    for (i, t) in numbered.chain(all.touched.iter().copied()) {
        // SAFETY: every descriptor is written by now.
        unsafe {
            let r = &*ty(i);
            if let Some(ptr) = t.ptr_to {
                r.ptr_to.store(ty(ptr) as *mut Rtype, Release);
            }
            if i as usize >= first {
                let mut holder = r;
                while is_repeated(l.descs[holder.index as usize]) {
                    holder = holder.elem();
                }
                (*(ty(i) as *mut Rtype)).alloc = &raw const holder.gc;
            }
        }
    }
    Ok(())
}

/// An array so large that its element's mask stands for it.
fn is_repeated(t: &TypeDesc) -> bool {
    matches!(t.detail, Detail::Array(..)) && t.ptrdata > 0 && t.ptrmask.is_empty()
}

fn gc_type(t: &'static TypeDesc) -> GcType {
    let masked = t.ptrdata > 0 && !is_repeated(t);
    let (ptrdata, mask) = if masked {
        (t.ptrdata as usize, t.ptrmask.as_ptr())
    } else {
        (0, null())
    };
    // SAFETY: the leaked program's mask has a bit for every word of `ptrdata`.
    unsafe { GcType::new(t.size as usize, ptrdata, mask) }
}

fn type_hash(t: &TypeDesc) -> u32 {
    let mut h = 0xcbf2_9ce4_8422_2325u64;
    for b in t.string.bytes().chain([0]).chain(t.pkg_path.bytes()) {
        h = (h ^ b as u64).wrapping_mul(0x100_0000_01b3);
    }
    (h ^ h >> 32) as u32
}

/// The methods of a type that has none.
pub(crate) static NO_METHODS: Vec<Method> = Vec::new();

/// Gives a type its methods, or those it has gained.
fn set_methods(l: &Loaded, index: usize, t: &'static TypeDesc) -> Result<(), LoadError> {
    // SAFETY: placed before.
    let r = unsafe { &*(l.types[index] as *const Rtype) };
    let first_time = r.methods.load(Relaxed).is_null();
    if t.methods.is_empty() {
        if first_time {
            let table = empty_method_table();
            r.mtab.store(table as *mut u64, Release);
            r.methods
                .store(&raw const NO_METHODS as *mut Vec<Method>, Release);
        }
        return Ok(());
    }
    let methods: Vec<Method> = t
        .methods
        .iter()
        .map(|m| Method {
            name: &m.name,
            pkg_path: &m.pkg_path,
            ty: l.types[m.ty as usize] as *const Rtype,
            sel: m.sel,
            code: m.func.map_or(null(), |f| l.funcs[f as usize] as *const u64),
        })
        .collect();
    if !first_time {
        let old = r.methods();
        let same =
            old.len() == methods.len() && old.iter().zip(&methods).all(|(a, b)| a.code == b.code);
        if same {
            return Ok(());
        }
    }
    r.mtab.store(method_table(&methods)?, Release);
    r.methods.store(Box::into_raw(Box::new(methods)), Release);
    Ok(())
}

/// A perfect hash of the reachable methods, see `Rtype::mtab`. Places of absent selectors lead to a function that fails.
fn method_table(methods: &[Method]) -> Result<*mut u64, LoadError> {
    let reachable: Vec<&Method> = methods.iter().filter(|m| !m.code.is_null()).collect();
    let mut bits = reachable.len().next_power_of_two().trailing_zeros();
    let mut mul = 0x9e37_79b1u32;
    let mut taken = Vec::new();
    loop {
        for _ in 0..32 {
            let shift = 32 - bits;
            taken.clear();
            taken.resize(1 << bits, null::<u64>());
            let fits = reachable.iter().all(|m| {
                let at = (m.sel.wrapping_mul(mul) as u64 >> shift) as usize;
                taken[at].is_null() && {
                    taken[at] = m.code;
                    true
                }
            });
            if fits {
                let table = image::place((1 + taken.len()) * 8)?.cast::<u64>();
                // SAFETY: within the words just placed.
                unsafe {
                    *table = mul as u64 | (shift as u64) << 32;
                    for (i, &code) in taken.iter().enumerate() {
                        *table.add(1 + i) = if code.is_null() {
                            missing_method() as u64
                        } else {
                            code as u64
                        };
                    }
                }
                return Ok(table);
            }
            mul = mul.wrapping_mul(0x2c1b_3c6d).wrapping_add(0x6d2b_79f5) | 1;
        }
        bits += 1;
    }
}

pub(crate) fn empty_method_table() -> *const u64 {
    static TABLE: OnceLock<[u64; 2]> = OnceLock::new();
    TABLE
        .get_or_init(|| [32 << 32, missing_method() as u64])
        .as_ptr()
}

/// Code that ends the process, for selectors that the type checker promised would never be called.
fn missing_method() -> *const u64 {
    static CODE: OnceLock<[u64; 3]> = OnceLock::new();
    // A frame word and the instruction; the info word is never read, because the frame is never seen.
    let code = CODE.get_or_init(|| [0, 64, Op::NoMethod as u16 as u64]);
    &raw const code[2]
}

fn set_well_known(l: &Loaded, p: &Program) {
    let find = |name: &str| {
        let entry = p.well_known.iter().find(|(n, _)| n == name);
        entry.map(|(_, i)| l.types[*i as usize] as *mut Rtype)
    };
    let set = |slot: &AtomicPtr<Rtype>, name: &'static str| match find(name) {
        Some(t) => slot.store(t, Release),
        None if slot.load(Relaxed).is_null() => slot.store(stand_in(name), Release),
        None => {}
    };
    set(&WELL_KNOWN.string, "string");
    set(&WELL_KNOWN.error_string, "runtime.errorString");
    set(&WELL_KNOWN.bounds_error, "runtime.boundsError");
    set(&WELL_KNOWN.plain_error, "runtime.plainError");
    set(
        &WELL_KNOWN.type_assertion_error,
        "*runtime.TypeAssertionError",
    );
    set(&WELL_KNOWN.panic_nil_error, "*runtime.PanicNilError");
    set(&WELL_KNOWN.address_error, "runtime.errorAddressString");
    if let Some((_, f)) = p
        .well_known_funcs
        .iter()
        .find(|(n, _)| n == "runtime.panicText")
    {
        PANIC_TEXT.store(l.funcs[*f as usize] as *mut u64, Release);
    }
}

/// A string type without methods, in place of a type that the program lacks.
fn stand_in(name: &'static str) -> *mut Rtype {
    static MASK: u64 = 1;
    let r = Box::leak(Box::new(Rtype {
        // SAFETY: the mask is a static of one word.
        gc: unsafe { GcType::new(16, 8, &raw const MASK) },
        kind: Kind::String,
        equality: Equality::Structural,
        align: 8,
        variadic: false,
        far: false,
        hash: name.len() as u32,
        mtab: AtomicPtr::new(empty_method_table() as *mut u64),
        methods: AtomicPtr::new(&raw const NO_METHODS as *mut Vec<Method>),
        elem: null(),
        key: null(),
        len: 0,
        index: u32::MAX,
        map: null(),
        ptr_to: AtomicPtr::new(null_mut()),
        alloc: null(),
        string: name,
        name,
        pkg_path: "",
        fields: &[],
        imethods: &[],
        params: &[],
        results: &[],
    }));
    r.alloc = &raw const r.gc;
    r
}

// ---- functions ----

fn place_funcs(l: &mut Loaded, new: &'static [Func]) -> Result<(), LoadError> {
    let words: usize = new.iter().map(|f| CODE_HEADER + f.code.len()).sum();
    let mut at = image::place(words * 8)?.cast::<u64>();
    let mut infos = Vec::with_capacity(new.len());
    for f in new {
        // SAFETY: the words were counted above.
        let entry = unsafe { at.add(CODE_HEADER) };
        l.funcs.push(entry as usize);
        ENTRIES.append(&[entry as usize]);
        let file = |n: u32| l.files.get(n as usize).copied().unwrap_or("?");
        infos.push(FuncInfo {
            func: f,
            file: file(f.file),
            other_files: f.lines.files.iter().map(|f| (f.1, file(f.1))).collect(),
            entry,
            deferred: deferred_native(l, f),
        });
        // SAFETY: as above.
        at = unsafe { entry.add(f.code.len()) };
    }
    let infos: &'static [FuncInfo] = Vec::leak(infos);
    for info in infos {
        let f = info.func;
        let entry = info.entry as *mut u64;
        // SAFETY: the words were counted above, and nobody executes them yet.
        unsafe {
            *entry.sub(3) = entry as u64;
            *entry.sub(2) = info as *const FuncInfo as u64;
            *entry.sub(1) = make_frame_word(f);
            std::ptr::copy_nonoverlapping(f.code.as_ptr(), entry, f.code.len());
            patch(l, entry, f.code.len());
            if minigo_runtime::nondet::seeded() {
                count_natives(entry, f.code.len());
            } else {
                join_pairs(entry, f.code.len());
            }
        }
    }
    publish(infos.iter());
    Ok(())
}

/// See [`FuncInfo::deferred`]: of functions that hand their only param to a native and return.
fn deferred_native(l: &Loaded, f: &Func) -> Option<Deferred> {
    let &[param, call, ret] = &f.code[..] else {
        return None;
    };
    let window = a_of(call);
    let forwards = op_of(call) == Op::CallNative as u16
        && param == ins::Mov(window + FRAME_HEADER, FRAME_HEADER).word
        && ret == ins::Ret().word
        && (f.param_slots, f.result_slots) == (1, 0);
    let quick = l.quick.get(wide_of(call) as usize).copied().flatten();
    quick.filter(|_| forwards).and_then(deferred)
}

/// Makes functions findable by address. Code is placed upwards, so the list stays sorted.
fn publish(infos: impl Iterator<Item = &'static FuncInfo>) {
    FUNCS.append(&infos.collect::<Vec<_>>());
}

// ---- functions of the VM's own ----

/// Places a function that is in no program: hidden in tracebacks, unless it has a file. Its operands are not patched.
fn place_internal(
    l: &mut Loaded,
    name: &str,
    file: &'static str,
    code: Vec<u64>,
    frame_slots: u32,
    result_slots: u16,
    param_slots: u16,
) -> Result<*mut u64, LoadError> {
    // `FUNCS` is changed under the lock of what is loaded.
    let _ = l;
    let at = image::place((CODE_HEADER + code.len()) * 8)?.cast::<u64>();
    // SAFETY: the words were just placed.
    unsafe {
        let entry = at.add(CODE_HEADER);
        let func = Box::leak(Box::new(Func {
            name: name.into(),
            file: 0,
            line: 1,
            code,
            frame_slots,
            result_slots,
            param_slots,
            recover_pc: None,
            lines: LineTable::default(),
            windows: Vec::new(),
            ty: None,
            flags: FuncFlags {
                wrapper: file.is_empty(),
                value_method: false,
                has_defer: false,
            },
        }));
        let info = Box::leak(Box::new(FuncInfo {
            func,
            file,
            other_files: Vec::new(),
            entry,
            deferred: None,
        }));
        *entry.sub(3) = entry as u64;
        *entry.sub(2) = info as *const FuncInfo as u64;
        *entry.sub(1) = make_frame_word(func);
        std::ptr::copy_nonoverlapping(func.code.as_ptr(), entry, func.code.len());
        publish(std::iter::once(&*info));
        Ok(entry)
    }
}

/// Return addresses of the frames that the VM itself puts between others.
#[derive(Clone, Copy)]
pub(crate) struct Trampolines {
    pub defers_next: *const u64,
    pub panic_next: *const u64,
    pub native_next: *const u64,
    pub text_next: *const u64,
}

static TRAMPOLINES: OnceLock<[usize; 4]> = OnceLock::new();

fn place_trampolines(l: &mut Loaded) -> Result<(), LoadError> {
    if TRAMPOLINES.get().is_some() {
        return Ok(());
    }
    let mut at = [0; 4];
    let ops = [Op::DefersNext, Op::PanicNext, Op::NativeNext, Op::TextNext];
    for (at, op) in at.iter_mut().zip(ops) {
        // Twice, because positions are looked up by the word before a return address.
        let code = vec![op as u16 as u64; 2];
        // Where a panic has called a deferred function, Go shows its own function that did.
        let (name, file) = match op {
            Op::PanicNext => ("runtime.gopanic", "$GOROOT/src/runtime/panic.go"),
            _ => (op.info().name, ""),
        };
        let entry = place_internal(l, name, file, code, ADAPTER_SLOTS as u32, 0, 0)?;
        *at = entry as usize + 8;
    }
    let _ = TRAMPOLINES.set(at);
    Ok(())
}

pub(crate) fn trampolines() -> Trampolines {
    let at = TRAMPOLINES.get().copied().unwrap_or_default();
    Trampolines {
        defers_next: at[0] as *const u64,
        panic_next: at[1] as *const u64,
        native_next: at[2] as *const u64,
        text_next: at[3] as *const u64,
    }
}

/// The first function of an input's goroutine: calls these, then the native.
pub(crate) fn place_calls(
    calls: &[FuncIdx],
    last: crate::native::NativeFn,
) -> Result<*const u64, LoadError> {
    let mut guard = LOADED.lock().unwrap_or_else(|e| e.into_inner());
    let l = guard.get_or_insert_default();
    let native = image::place(8)?.cast::<usize>();
    let mut code = vec![ins::Call(FRAME_HEADER, 0).word; calls.len()];
    code.push(ins::CallNative(FRAME_HEADER, 0).word);
    code.push(Op::GoExit as u16 as u64);
    let mut to: Vec<usize> = calls.iter().map(|&f| l.funcs[f as usize]).collect();
    to.push(native as usize);
    let slots = 2 * FRAME_HEADER as u32;
    let entry = place_internal(l, "runtime.session", "", code, slots, 0, 0)?;
    // SAFETY: the words were just placed; nobody executes them yet.
    unsafe {
        *native = last as usize;
        for (i, &to) in to.iter().enumerate() {
            let word = entry.add(i);
            let distance = (to as i64 - word.add(1) as i64) as i32 as u32;
            *word = *word & 0xffff_ffff | (distance as u64) << 32;
        }
    }
    Ok(entry)
}

/// The first function of goroutine 1: package initialisation, main, exit.
fn place_main(l: &mut Loaded, p: &Program) -> Result<*const u64, LoadError> {
    let calls: Vec<usize> = p
        .init
        .iter()
        .chain(&p.main)
        .map(|&f| l.funcs[f as usize])
        .collect();
    if calls.is_empty() {
        return Err(LoadError::NothingToRun);
    }
    // Each call stands behind a word of our own.
    let call = ins::Call(FRAME_HEADER, 0).word;
    let mut code = vec![Op::MainBegin as u16 as u64];
    for i in 0..calls.len() {
        let last = i + 1 == calls.len();
        code.extend([
            call,
            if last { Op::MainDone } else { Op::MainReady } as u16 as u64,
        ]);
    }
    if calls.len() == 1 {
        code[0] = Op::MainReady as u16 as u64;
    }
    let slots = 2 * FRAME_HEADER as u32;
    let entry = place_internal(l, "runtime.main", "", code, slots, 0, 0)?;
    for (i, &to) in calls.iter().enumerate() {
        // SAFETY: one of the words just placed; nobody executes it yet.
        unsafe {
            let word = entry.add(2 * i + 1);
            let distance = (to as i64 - word.add(1) as i64) as i32 as u32;
            *word = *word & 0xffff_ffff | (distance as u64) << 32;
        }
    }
    Ok(entry)
}

/// Code of closures that call a method with a fixed receiver: captured are the method's static closure and the receiver.
/// One for each number of result slots and of param slots without the receiver.
pub(crate) fn bound_stub(results: usize, params: usize) -> *const u64 {
    static STUBS: Mutex<Vec<(usize, usize, usize)>> = Mutex::new(Vec::new());
    let (r, n) = (results as u16, params as u16);
    let own = FRAME_HEADER + r + n;
    let window = own + 1;
    let receiver = window + FRAME_HEADER + r;
    let code = || {
        vec![
            ins::LoadCap(own, 0).word,
            ins::LoadCap(receiver, 1).word,
            ins::MovN(receiver + 1, FRAME_HEADER + r, n).word,
            ins::CallClosure(window, own).word,
            ins::MovN(FRAME_HEADER, window + FRAME_HEADER, r).word,
            ins::Ret().word,
        ]
    };
    stub(
        &STUBS,
        "bound method",
        (r, n),
        code,
        (receiver + 1 + n) as u32,
    )
}

/// Code of closures that are methods with the receiver as first param, in so many slots, not one: captured is the
/// method's static closure, which wants an interface's data word.
pub(crate) fn unbound_stub(results: usize, receiver: usize, params: usize) -> *const u64 {
    static STUBS: Mutex<Vec<(usize, usize, usize)>> = Mutex::new(Vec::new());
    let (r, s, n) = (results as u16, receiver as u16, params as u16);
    let own = FRAME_HEADER + r + s + n;
    let window = own + 1;
    let word = window + FRAME_HEADER + r;
    let code = || {
        vec![
            ins::LoadCap(own, 0).word,
            match s {
                0 => ins::LoadImm(word, 0).word,
                // The method reads it from there at once.
                _ => ins::FrameAddr(word, FRAME_HEADER + r).word,
            },
            ins::MovN(word + 1, FRAME_HEADER + r + s, n).word,
            ins::CallClosure(window, own).word,
            ins::MovN(FRAME_HEADER, window + FRAME_HEADER, r).word,
            ins::Ret().word,
        ]
    };
    let slots = (word + 1 + n) as u32;
    let key = (results << 16 | receiver, params);
    place_stub(&STUBS, key, "method expression", (r, s + n), code, slots)
}

/// The stub for functions of so many result and param slots, placed when it is first wanted.
fn stub(
    stubs: &Mutex<Vec<(usize, usize, usize)>>,
    name: &str,
    (results, params): (u16, u16),
    code: impl FnOnce() -> Vec<u64>,
    slots: u32,
) -> *const u64 {
    let key = (results as usize, params as usize);
    place_stub(stubs, key, name, (results, params), code, slots)
}

fn place_stub(
    stubs: &Mutex<Vec<(usize, usize, usize)>>,
    key: (usize, usize),
    name: &str,
    (results, params): (u16, u16),
    code: impl FnOnce() -> Vec<u64>,
    slots: u32,
) -> *const u64 {
    let mut stubs = stubs.lock().unwrap_or_else(|e| e.into_inner());
    if let Some(s) = stubs.iter().find(|s| (s.0, s.1) == key) {
        return s.2 as *const u64;
    }
    let mut guard = LOADED.lock().unwrap_or_else(|e| e.into_inner());
    let l = guard.get_or_insert_default();
    match place_internal(l, name, "", code(), slots, results, params) {
        Ok(entry) => {
            stubs.push((key.0, key.1, entry as usize));
            entry
        }
        Err(_) => minigo_runtime::fatal("out of memory"),
    }
}

/// Code of closures that hand their frame to another function: captured are that function, a `func(context,
/// frame unsafe.Pointer)`, and the context. The frame begins with the results, which the function writes, and goes on
/// with the params.
pub(crate) fn frame_stub(results: usize, params: usize) -> *const u64 {
    static STUBS: Mutex<Vec<(usize, usize, usize)>> = Mutex::new(Vec::new());
    let (r, n) = (results as u16, params as u16);
    let own = FRAME_HEADER + r + n;
    let window = own + 1;
    let to = window + FRAME_HEADER;
    let code = || {
        vec![
            ins::LoadCap(own, 0).word,
            ins::LoadCap(to, 1).word,
            ins::FrameAddr(to + 1, FRAME_HEADER).word,
            ins::CallClosure(window, own).word,
            ins::Ret().word,
        ]
    };
    stub(&STUBS, "made function", (r, n), code, (to + 2) as u32)
}

/// What the wide operand of an operation's first word names, and the operands of its ext word.
#[derive(Clone, Copy)]
struct Patches {
    wide: Option<Role>,
    low: Option<Role>,
    high: Option<Role>,
    words: u8,
    is_table: bool,
}

const fn placed(role: Role) -> Option<Role> {
    match role {
        Role::Const | Role::Str | Role::Type | Role::Func | Role::Native | Role::Global => {
            Some(role)
        }
        _ => None,
    }
}

static PATCHES: [Patches; Op::COUNT] = {
    let mut all = [Patches {
        wide: None,
        low: None,
        high: None,
        words: 1,
        is_table: false,
    }; Op::COUNT];
    let mut i = 0;
    while i < Op::COUNT {
        let info = Op::ALL[i].info();
        let mut k = 0;
        while k < info.roles.len() {
            if let Some(role) = placed(info.roles[k]) {
                all[i].wide = Some(role);
            }
            k += 1;
        }
        if info.ext_roles.len() == 2 {
            all[i].low = placed(info.ext_roles[0]);
            all[i].high = placed(info.ext_roles[1]);
            all[i].words = 2;
        }
        all[i].is_table = matches!(Op::ALL[i], Op::JTable);
        i += 1;
    }
    all
};

impl Loaded {
    /// The distance in bytes from `from` to what operand `index` of this role names.
    fn distance(&self, role: Role, index: u32, from: *const u64) -> u32 {
        let i = index as usize;
        let to = match role {
            Role::Const => self.consts[i],
            Role::Str => self.strings[i],
            Role::Type => self.types[i],
            Role::Func => self.funcs[i],
            Role::Native => self.natives[i],
            _ => self.global(index),
        };
        (to as i64 - from as i64) as i32 as u32
    }
}

/// Replaces indices by distances in a function's code, and calls of natives by the instructions for their usual cases.
///
/// # Safety
/// The words are a verified function's, and nobody executes them yet.
unsafe fn patch(l: &Loaded, entry: *mut u64, words: usize) {
    let mut i = 0;
    while i < words {
        // SAFETY: `i` stays below `words`, and instructions are whole.
        unsafe {
            let at = entry.add(i);
            let word = *at;
            let todo = &PATCHES[op_of(word) as usize];
            let next = at.add(1);
            if let Some(role) = todo.wide {
                let index = (word >> 32) as u32;
                let d = l.distance(role, index, next);
                let mut op = op_of(word);
                if role == Role::Native
                    && let Some(quick) = l.quick[index as usize]
                {
                    op = quick as u16;
                }
                *at = word & 0xffff_0000 | op as u64 | (d as u64) << 32;
            }
            if todo.low.is_some() || todo.high.is_some() {
                let ext = *next;
                let (mut low, mut high) = (ext as u32, (ext >> 32) as u32);
                if let Some(role) = todo.low {
                    low = l.distance(role, low, next);
                }
                if let Some(role) = todo.high {
                    high = l.distance(role, high, next);
                }
                *next = low as u64 | (high as u64) << 32;
            }
            i += todo.words as usize;
            if todo.is_table {
                i += (word >> 32) as usize;
            }
        }
    }
}

/// Gives the first of two instructions that make a pair the pair's number.
///
/// # Safety
/// As [`patch`].
unsafe fn join_pairs(entry: *mut u64, words: usize) {
    let mut i = 0;
    while i + 1 < words {
        // SAFETY: `i` stays below `words`, and instructions are whole. A word is changed when its successor has been
        // looked at, so all numbers seen are those of the program.
        unsafe {
            let at = entry.add(i);
            let op = Op::ALL[op_of(*at) as usize];
            let width = PATCHES[op as usize].words as usize;
            if op == Op::JTable {
                i += (*at >> 32) as usize;
            } else if width == 1
                && let Some(number) = pair(op, op_of(*at.add(1)))
            {
                *at = *at & !0xffff | number as u64;
            }
            i += width;
        }
    }
}

/// For a seeded run: natives take effect for others to see (they lock, send, store atomically), so that a goroutine may
/// have to be preempted behind them.
///
/// # Safety
/// As [`join_pairs`].
unsafe fn count_natives(entry: *mut u64, words: usize) {
    let mut i = 0;
    while i < words {
        // SAFETY: `i` stays below `words`, and instructions are whole.
        unsafe {
            let at = entry.add(i);
            let op = Op::ALL[op_of(*at) as usize];
            match op {
                Op::JTable => i += (*at >> 32) as usize,
                Op::CallNative => *at = *at & !0xffff | Op::CallNativeCounted as u64,
                _ => {}
            }
            i += PATCHES[op as usize].words as usize;
        }
    }
}
